"""beroenden incident withdraw"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import clean, command, json_option, write_json
from beroenden.cli.incident_fields import instant_of
from beroenden.cli.incident_log import log_argument, model_option, network_of, opened_log
from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.incident.log.entries import Entry, Log


@command(
    "Återkalla en post som blev fel: den och det den rättade räknas inte längre, men står kvar i loggen.",
    "Withdraw an entry made by mistake: neither it nor what it corrected counts any more, but it stays in the log.",
    'beroenden incident withdraw logg.toml outage-2 --reason "Avsåg en annan händelse"',
)
@log_argument
@click.argument("entry", metavar="ID")
@click.option("--reason", required=True, metavar="…", help=say("Varför posten återkallas.", "Why it is withdrawn."))
@click.option("--time", metavar=say("TID", "TIME"), help=say("När den återkallas [nu].", "When it is withdrawn [now]."))
@model_option
@json_option
def withdraw(log: Path, entry: str, reason: str, time: str | None, model: Path | None, json_path: str | None) -> None:
    """Append the withdrawal."""
    from time import time as now

    from beroenden.incident.log.fields import zone_of
    from beroenden.incident.log.write import append
    from beroenden.units.times import time_zone

    network = network_of(log, model)
    known = opened_log(log, network)
    mistaken = _mistaken(known, entry)
    if not reason.strip():
        raise UsageError(say("--reason är tomt; skriv varför.", "--reason is empty; say why."))
    try:
        moment = instant_of(time, time_zone(zone_of(network))) if time else int(now() // 60)
    except ValueError as error:
        raise UsageError(f"--time: {error}.") from error
    made = {"kind": "withdrawn", "time": moment, "status": "confirmed", "supersedes": entry, "text": reason}
    ids = append(log, [made | {"tlp": mistaken.tlp}], network)
    if not write_json(json_path, {"schema": "beroenden/appended/1", "log": str(log), "ids": ids, "written": True}):
        click.echo(clean(say(f"Återkallade {entry} i {log} ({ids[0]})", f"Withdrew {entry} in {log} ({ids[0]})")))
    if mistaken.supersedes:
        message = say(
            f"{mistaken.supersedes}, som {entry} rättade, räknas inte heller. Gäller den ändå: lägg till den på nytt.",
            f"{mistaken.supersedes}, which {entry} corrected, does not count either. If it holds after all, add it anew.",
        )
        click.echo(clean(message), err=True)


def _mistaken(log: "Log", wanted: str) -> "Entry":
    """The entry that is to be withdrawn.

    Raises:
        UsageError: when there is none, it does not stand, or it is one that is not withdrawn.
    """
    from beroenden.incident.log.entries import Closed, Issued, Withdrawn
    from beroenden.incident.log.rules import newest_correction

    if wanted not in log.entry:
        near = did_you_mean(wanted, log.entry)
        hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
        raise UsageError(say(f"{wanted} finns inte i loggen.", f"The log has no {wanted}.") + hint)
    found = log.entry[wanted]
    if isinstance(found, Closed):
        raise UsageError(
            say(
                f"Ett avslut återkallas inte; öppna händelsen igen med en ny post: --supersedes {wanted}.",
                f"A closing is not withdrawn; open the incident again with a new entry: --supersedes {wanted}.",
            )
        )
    if isinstance(found, Issued):
        raise UsageError(
            say(
                f"{wanted} är en lämnad lägesbild och kan inte tas tillbaka; lämna en ny som rättar den.",
                f"{wanted} is a report that was handed on and cannot be taken back; issue a new one that corrects it.",
            )
        )
    newest = newest_correction(found, log.entries)
    if isinstance(newest, Withdrawn):
        raise UsageError(say(f"{wanted} är redan återkallad ({newest.id}).", f"{wanted} is withdrawn ({newest.id})."))
    if newest is not found:
        raise UsageError(
            say(
                f"{wanted} är redan rättad; återkalla {newest.id} i stället.",
                f"{wanted} is corrected already; withdraw {newest.id} instead.",
            )
        )
    return found
