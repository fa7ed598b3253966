"""beroenden incident withdraw"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import command, json_option, write_json
from beroenden.cli.incident_fields import entry_time
from beroenden.cli.incident_log import command_line, log_argument, model_option, network_of, opened_log
from beroenden.cli.incident_told import slip_of_day
from beroenden.cli.printable import clean
from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.incident.log.entries import Entry, Log


@command(
    "Återkalla en post som blev fel: den räknas inte längre men står kvar i loggen, och det som den rättade gäller igen. Ett återkallat "
    "avslut öppnar händelsen.",
    "Withdraw an entry made by mistake: it counts no more but stays in the log, and what it corrected holds again. A "
    "withdrawn closing opens the incident.",
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
    from beroenden.incident.log.entries import Closed
    from beroenden.incident.log.fields import zone_of
    from beroenden.incident.log.write import append
    from beroenden.units.times import time_zone

    network = network_of(log, model)
    known = opened_log(log, network)
    mistaken = _mistaken(known, entry)
    if not reason.strip():
        raise UsageError(say("--reason är tomt; skriv varför.", "--reason is empty; say why."))
    moment = entry_time(time, network)
    made = {"kind": "withdrawn", "time": moment, "status": "confirmed", "supersedes": entry, "text": reason}
    ids = append(log, [made | {"tlp": mistaken.tlp}], network)
    if not write_json(json_path, {"schema": "beroenden/appended/1", "log": str(log), "ids": ids, "written": True}):
        click.echo(clean(say(f"Återkallade {entry} i {log} ({ids[0]})", f"Withdrew {entry} in {log} ({ids[0]})")))
        if isinstance(mistaken, Closed):
            click.echo(say("Händelsen är öppen igen.", "The incident is open again."))
    for remark in slip_of_day(known, moment, time_zone(zone_of(network))):
        click.echo(clean(remark), err=True)
    if mistaken.supersedes in known.entry:
        click.echo(clean(_holds_again(log, known.entry[mistaken.supersedes], entry)), err=True)


def _holds_again(path: Path, before: "Entry", entry: str) -> str:
    """What the withdrawn entry corrected holds again, and how to withdraw that as well."""
    from beroenden.incident.log.entries import Closed

    if isinstance(before, Closed):
        return say(
            f"{before.id}, som {entry} ersatte, gäller igen: händelsen är avslutad.",
            f"{before.id}, which {entry} superseded, holds again: the incident is closed.",
        )
    withdraw = command_line("withdraw", path, before.id, "--reason", "…")
    return say(
        f"{before.id}, som {entry} rättade, gäller igen. Ska inte heller den räknas:\n  {withdraw}",
        f"{before.id}, which {entry} corrected, holds again. If that should not count either:\n  {withdraw}",
    )


def _mistaken(log: "Log", wanted: str) -> "Entry":
    """The entry that is to be withdrawn.

    Raises:
        UsageError: when there is none, it does not stand, or it is one that is not withdrawn.
    """
    from beroenden.incident.log.entries import Issued, Withdrawn
    from beroenden.incident.log.rules import newest_correction

    if wanted not in log.entry:
        near = did_you_mean(wanted, log.entry)
        hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
        raise UsageError(say(f"{wanted} finns inte i loggen.", f"The log has no {wanted}.") + hint)
    found = log.entry[wanted]
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
