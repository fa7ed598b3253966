"""beroenden incident"""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, line, load_network, path_from, table, write_json
from beroenden.cli.group import group
from beroenden.cli.incident_add import add
from beroenden.cli.incident_fields import entry_time
from beroenden.cli.incident_import import import_
from beroenden.cli.incident_log import (
    kind_word,
    log_argument,
    model_option,
    names_in,
    network_of,
    opened_log,
    status_word,
    summary,
)
from beroenden.cli.incident_told import slip_of_day
from beroenden.cli.incident_withdraw import withdraw
from beroenden.cli.moments import typed_time
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Entry, Log
    from beroenden.model.network import Network

_LONGEST = 120
"""Characters of an entry's text in the table."""

time_option = click.option(
    "--time", metavar=say("TID", "TIME"), help=say("Tidpunkt; 08.10 är i dag [nu].", "Time; 08:10 is today [now].")
)


@group(
    "För en händelses logg: börja, lägg till, visa och avsluta.",
    "Keep an incident's log: begin, append, show and close.",
    "beroenden incident show logg.toml",
)
def incident() -> None:
    """The commands on a log."""


@command(
    "Börja en logg för en händelse. En logg är en fil som bara växer: rättelser är nya poster.",
    "Begin an incident's log. A log is a file that only grows: corrections are new entries.",
    'beroenden incident new logg.toml --actor forsakringskassan --name "Störning i clearingen" --exercise --model models/soes',
)
@log_argument
@click.option(
    "--actor",
    required=True,
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say("Vems logg det är.", "Whose log it is."),
)
@click.option(
    "--name", required=True, metavar=say("NAMN", "NAME"), help=say("Händelsens namn.", "The incident's name.")
)
@click.option(
    "--exercise/--live",
    "is_exercise",
    default=None,
    help=say("ÖVNING eller SKARPT; måste anges.", "Exercise or live; must be given."),
)
@click.option(
    "--model",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("MODELL", "MODEL"),
    help=say("Modellen som loggen hänvisar till.", "The model that the log refers to."),
)
@click.option(
    "--id", "incident_id", metavar="ID", help=say("Händelsens id [filens namn].", "The id [the file's name].")
)
@click.option(
    "--tlp",
    metavar=say("MÄRKNING", "LABEL"),
    help=say(
        "Märkning på poster utan egen [TLP:AMBER+STRICT].", "Label of entries without their own [TLP:AMBER+STRICT]."
    ),
)
@time_option
@json_option
def new(
    log: Path,
    actor: str,
    name: str,
    is_exercise: bool | None,
    model: Path,
    incident_id: str | None,
    tlp: str | None,
    time: str | None,
    json_path: str | None,
) -> None:
    """Begin a log."""
    from beroenden.incident.lagesbild.actors import check_actor
    from beroenden.incident.log.entries import to_dict
    from beroenden.incident.log.write import new as begin

    if is_exercise is None:
        raise UsageError(say("Ange --exercise (ÖVNING) eller --live (SKARPT).", "Give --exercise or --live."))
    network = load_network(model)
    check_actor(network, actor)
    zone = _zone(network)
    try:
        made = begin(
            log,
            actor=actor,
            name=name,
            is_exercise=is_exercise,
            model=path_from(model, log.parent),
            incident_id=incident_id or _slug(log.stem),
            opened=entry_time(time, network),
            tlp=_label(tlp),
            network=network,
        )
    except FaultyFilesError as error:
        raise UsageError(
            re.sub(r"^-?(incident\.)?(\w+): (?:fel|error) B\d+", r"--\2:", str(error), flags=re.MULTILINE)
        ) from error
    content = {"schema": "beroenden/incident/1", "log": str(log), "incident": to_dict(made.incident, zone)}
    if write_json(json_path, content | {"closed": False, "entries": []}):
        return
    line(say(f"Började {log}, {_exercise(made)}.", f"Began {log}, {_exercise(made)}."))
    line(
        say(
            "Uppgifter som är säkerhetsskyddsklassificerade hör inte hemma i detta verktyg på en vanlig dator.",
            "Information that is security-classified (säkerhetsskyddsklassificerad) does not belong in this tool on an ordinary computer.",
        )
    )


def _label(tlp: str | None) -> str | None:
    return tlp if tlp is None or tlp.upper().startswith("TLP") else f"TLP:{tlp.upper()}"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain)) or "incident"


def _zone(network: "Network | None") -> "ZoneInfo":
    from beroenden.incident.log.fields import zone_of
    from beroenden.units.times import time_zone

    return time_zone(zone_of(network))


def _exercise(log: "Log") -> str:
    return say("ÖVNING", "EXERCISE") if log.incident.is_exercise else say("SKARPT", "LIVE")


@command(
    "Visa en händelses logg i tidsordning, som den är eller som den var.",
    "Show an incident's log in order of time, as it is or as it was.",
    "beroenden incident show logg.toml --at 2026-12-16T09:30",
)
@log_argument
@click.option(
    "--at",
    metavar=say("TID", "TIME"),
    help=say("Loggen som den var; 08.10 är i dag.", "The log as it was; 08:10 is today."),
)
@click.option("--all", "is_all", is_flag=True, help=say("Även ersatta poster.", "Also superseded entries."))
@model_option
@json_option
def show(log: Path, at: str | None, is_all: bool, model: Path | None, json_path: str | None) -> None:
    """Print the log as a table."""
    from beroenden.incident.log.entries import to_dict
    from beroenden.incident.log.fields import zone_of

    network = network_of(log, model)
    whole = opened_log(log, network)
    zone = _zone(network)
    latest = max((entry.time for entry in whole.entries), default=whole.incident.opened)
    until = typed_time("--at", at, zone_of(network)) if at else latest
    current = whole.as_of(until)
    shown = [entry for entry in whole.entries if entry.time <= until] if is_all else list(current.entries)
    corrected = {entry.id for entry in shown} - {entry.id for entry in current.entries}
    content = {
        "schema": "beroenden/incident/1",
        "log": str(log),
        "incident": to_dict(whole.incident, zone),
        "closed": current.is_closed,
        "entries": [
            to_dict(one, zone) | {"label": whole.label(one), "superseded": one.id in corrected} for one in shown
        ],
    }
    if not write_json(json_path, content):
        _print_log(whole, current, shown, corrected, zone, until if at else None, names_in(network))


def _print_log(
    log: "Log",
    current: "Log",
    shown: "list[Entry]",
    corrected: set[str],
    zone: "ZoneInfo",
    at: int | None,
    names: "Callable[[str], str]",
) -> None:
    from beroenden.units.times import short_time

    state = say(", avslutad", ", closed") if current.is_closed else ""
    line(f"{_exercise(log)} – {log.incident.name} ({log.incident.id}){state}")
    opened = short_time(log.incident.opened, zone)
    line(
        say(
            f"{names(log.incident.actor)}, öppnad {opened}, {log.incident.tlp}",
            f"{names(log.incident.actor)}, opened {opened}, {log.incident.tlp}",
        )
    )
    if at is not None:
        line(say(f"Läget per {short_time(at, zone)}", f"As of {short_time(at, zone)}"))
    if not shown:
        line(say("Inga poster.", "No entries."))
        return
    click.echo()
    headings = (say("Tid", "Time"), "Id", say("Innehåll", "Content"), say("Status, märkning", "Status, label"))
    table((*headings, say("Delge", "Share")), [_row(log, one, corrected, zone, names) for one in shown], whole=(0,))


def _row(
    log: "Log", entry: "Entry", corrected: set[str], zone: "ZoneInfo", names: "Callable[[str], str]"
) -> tuple[str, ...]:
    from beroenden.incident.log.entries import Received, Withdrawn
    from beroenden.incident.log.rules import newest_correction
    from beroenden.units.times import brief_date, clock_of, local

    moment = local(entry.time, zone)
    text = summary(entry, zone, names)
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
    is_correction = entry.supersedes and not isinstance(entry, Withdrawn)
    notes = [say(f"ersätter {entry.supersedes}", f"supersedes {entry.supersedes}")] if is_correction else []
    mistaken = log.entry.get(entry.supersedes or "")
    if mistaken is not None and not is_correction:
        said = summary(mistaken, zone, names)
        notes.append(f"({kind_word(mistaken.kind)}: {said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'})")
    if entry.id in corrected:
        is_withdrawn = isinstance(newest_correction(entry, log.entries), Withdrawn)
        notes += [say("ÅTERKALLAD", "WITHDRAWN") if is_withdrawn else say("ERSATT", "SUPERSEDED")]
    is_others = isinstance(entry, Received)
    status = say("enligt avsändaren", "as its sender says") if is_others else status_word(entry.status)
    return (
        f"{brief_date(moment)}\n{clock_of(moment)}",
        f"{entry.id}\n{kind_word(entry.kind)}",
        "\n".join([short, *notes]).strip(),
        f"{status}\n{log.label(entry)}",
        say("ja", "yes") if entry.disclose else say("nej", "no"),
    )


@command(
    "Avsluta en händelse. Den öppnas igen genom att avslutet återkallas (incident withdraw).",
    "Close an incident. It is opened again by withdrawing the closing (incident withdraw).",
    'beroenden incident close logg.toml --text "Clearingen är åter i drift"',
)
@log_argument
@click.option("--text", metavar="…", help=say("Varför, eller hur det gick.", "Why, or how it went."))
@click.option(
    "--even-if-open",
    is_flag=True,
    help=say(
        "Också när loggen inte säger när ett avbrott upphörde; det räknas då som över senast vid avslutet.",
        "Also when the log does not say when an outage ended; it is then taken to be over by the closing.",
    ),
)
@time_option
@model_option
@json_option
def close(
    log: Path, text: str | None, even_if_open: bool, time: str | None, model: Path | None, json_path: str | None
) -> None:
    """Append the closing."""
    from beroenden.cli.incident_open import open_by_others, refuse_open, still_feared
    from beroenden.incident.log.write import append

    network = network_of(log, model)
    known = opened_log(log, network)
    if known.is_closed:
        raise UsageError(say("Händelsen är redan avslutad.", "The incident is closed already."))
    zone = _zone(network)
    moment = entry_time(time, network)

    def can_end(there: "Log") -> None:
        _refuse_earlier(there, moment, zone)
        if not even_if_open:
            refuse_open(log, there, moment, zone, names_in(network), with_time=time is not None)

    entry = {"kind": "closed", "time": moment, "status": "confirmed", "text": text}
    ids = append(log, [entry], network, guard=can_end)
    content = {"schema": "beroenden/appended/1", "log": str(log), "ids": ids, "written": True}
    feared = still_feared(log, known, moment, names_in(network))
    by_others = open_by_others(log, known, ids[0], moment, network) if network else ()
    for remark in (*slip_of_day(known, moment, zone), *feared, *by_others):
        click.echo(clean(remark), err=True)
    if not write_json(json_path, content):
        click.echo(clean(say(f"Avslutade händelsen i {log} ({ids[0]})", f"Closed the incident in {log} ({ids[0]})")))


def _refuse_earlier(log: "Log", moment: int, zone: "ZoneInfo") -> None:
    """An incident is not closed before something that stands in its log."""
    from beroenden.units.times import short_time

    last = max(log.standing, key=lambda entry: entry.time, default=None)
    if last is not None and last.time > moment:
        then, given = short_time(last.time, zone), short_time(moment, zone)
        raise UsageError(
            say(
                f"Avslutet ({given}) ligger före {last.id} ({then}); ange --time tidigast då.",
                f"The closing ({given}) is before {last.id} ({then}); give --time no earlier than that.",
            )
        )


for one in (new, add, show, import_, withdraw, close):
    incident.add_command(one)
