"""What the commands on a log share: the log, its model, and how an entry is told in short."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import load_network
from beroenden.cli.missing import in_words
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Entry, Log, Measure, Request
    from beroenden.model.network import Network
    from beroenden.modelfiles.findings import Finding

log_argument = click.argument("log", type=click.Path(path_type=Path), metavar=say("LOGG", "LOG"))
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar=say("MODELL", "MODEL"),
    help=say("Modellen, i stället för den som loggen anger.", "The model, instead of the one that the log names."),
)


def network_of(log: Path, model: Path | None) -> "Network | None":
    """The model that was given, else the log's own; a log can be used without it, with a warning.

    Raises:
        UsageError: when there is no log.
        FaultyFilesError: for a given model with errors.
    """
    from beroenden.incident.log.read import named_model

    if not log.is_file():
        raise UsageError(
            say(
                f"Loggen {log} finns inte; börja en med beroenden incident new.",
                f"There is no log {log}; begin one with beroenden incident new.",
            )
        )
    if model is not None:
        return load_network(model)
    found = named_model(log)
    if found is None:
        return None
    try:
        return load_network(found)
    except FaultyFilesError as error:
        message = say(
            "Varning: loggens modell går inte att läsa, så inga id slås upp; ange den med --model.",
            "Warning: the log's model cannot be read, so no ids are looked up; give it with --model.",
        )
        click.echo(clean(f"{message}\n  {in_words(error.findings[:1])}"), err=True)
        return None


def opened_log(path: Path, network: "Network | None") -> "Log":
    """The log, its warnings told.

    Raises:
        FaultyFilesError: when it has errors.
    """
    from beroenden.incident.log.read import load_log

    log, findings = load_log(path, network)
    tell(findings)
    return log


def tell(findings: "Iterable[Finding]") -> None:
    """Findings, on stderr."""
    for finding in findings:
        click.echo(clean(finding), err=True)


def command_line(verb: str, log: Path, *arguments: str) -> str:
    """A command on a log as it is typed.

    >>> command_line("add", Path("logg.toml"), "outage", "--end", "2026-12-16 08.10")
    'beroenden incident add logg.toml outage --end "2026-12-16 08.10"'
    """
    words = (f'"{one}"' if re.search(r"[^\w./\\:+-]", one) else one for one in (str(log), *arguments))
    return f"beroenden incident {verb} {' '.join(words)}"


def time_typed(minutes: int, zone: "ZoneInfo") -> str:
    """An instant as it is typed for an option: "2026-12-16 08.10"."""
    from beroenden.units.times import local

    return f"{local(minutes, zone):%Y-%m-%d %H.%M}"


def kind_word(kind: str) -> str:
    """A kind of entry in words."""
    sv, en = {
        "outage": ("avbrott", "outage"),
        "observation": ("iakttagelse", "observation"),
        "measure": ("åtgärd", "measure"),
        "decision": ("beslut", "decision"),
        "message": ("budskap", "message"),
        "request": ("begäran", "request"),
        "received": ("mottagen", "received"),
        "issued": ("lämnad", "issued"),
        "closed": ("avslutad", "closed"),
        "withdrawn": ("återkallad", "withdrawn"),
    }[kind]
    return say(sv, en)


def status_word(status: str) -> str:
    """The status of an entry in words."""
    sv = {"confirmed": "bekräftad", "unconfirmed": "obekräftad", "feared": "befarad"}[status]
    return say(sv, status)


def names_in(network: "Network | None") -> "Callable[[str], str]":
    """What an id is called in a table: "Bankgirot (bankgirot)"; the id alone where the model does not have it."""

    def name(one: str) -> str:
        known = network and (network.entity.get(one) or network.payment.get(one))
        return f"{known.name} ({one})" if known else one

    return name


def due_in_words(entry: "Measure | Request", zone: "ZoneInfo") -> str:
    """By when something is to be done."""
    from beroenden.units.times import table_time

    return "" if entry.due is None else say("senast ", "by ") + table_time(entry.due, zone)


def summary(entry: "Entry", zone: "ZoneInfo", names: "Callable[[str], str]" = str) -> str:
    """An entry in short.

    Args:
        entry: The entry.
        zone: Whose local times are told.
        names: What an id is called.
    """
    from beroenden.incident.lagesbild.planned import progress_word
    from beroenden.incident.log import entries as kinds
    from beroenden.units.numbers import percent
    from beroenden.units.times import table_time

    head = ""
    if isinstance(entry, kinds.OutageEntry):
        head = _outage(entry, zone, names)
    elif isinstance(entry, kinds.Observation) and entry.entity:
        head = names(entry.entity) + ("" if entry.level is None else say(" nivå ", " level ") + percent(entry.level))
        if entry.until is not None:
            head += f" {say('till', 'until')} {table_time(entry.until, zone)}"
    elif isinstance(entry, kinds.Measure):
        parts = (progress_word(entry.progress), entry.owner, due_in_words(entry, zone))
        head = ", ".join(part for part in parts if part)
    elif isinstance(entry, kinds.Decision) and entry.by:
        head = say(f"av {entry.by}", f"by {entry.by}")
    elif isinstance(entry, kinds.Request):
        to = entry.to and say(f"till {names(entry.to)}", f"to {names(entry.to)}")
        answered = say("besvarad", "answered") if entry.answered else due_in_words(entry, zone)
        head = ", ".join(part for part in (to, entry.role, answered) if part)
    elif isinstance(entry, kinds.Withdrawn):
        head = say(f"återkallar {entry.supersedes}", f"withdraws {entry.supersedes}")
    elif isinstance(entry, kinds.Received):
        sender = names(entry.sender)
        head = say(f"från {sender}, nr {entry.number or '–'}", f"from {sender}, no. {entry.number or '–'}")
    elif isinstance(entry, kinds.Issued):
        head = f"{entry.form} {say('nr', 'no.')} {entry.number}" + (
            f", {say('till', 'to')} {names(entry.to)}" if entry.to else ""
        )
    return ": ".join(part for part in (head, entry.text) if part)


def _outage(entry: "Entry", zone: "ZoneInfo", names: "Callable[[str], str]") -> str:
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.model.entities import Pert
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import percent
    from beroenden.units.times import table_time

    assert isinstance(entry, OutageEntry)
    outage = entry.outage
    part = ""
    if outage.remaining:
        part = say(f" ({percent(outage.remaining)} kvar)", f" ({percent(outage.remaining)} left)")
    elif outage.share is not None:
        part = say(f" ({percent(outage.share)} av mottagarna)", f" ({percent(outage.share)} of the recipients)")
    told = f"{names(outage.subject)}{part} {say('från', 'from')} {table_time(outage.start, zone)}, "
    if outage.end is None:
        return told + say("okänd längd", "unknown length")
    typical = duration_in_words(outage.end - outage.start)
    if outage.length is None:
        return told + typical
    ends = (outage.length.min, outage.length.max) if isinstance(outage.length, Pert) else ()
    wide = f" ({'–'.join(duration_in_words(end) for end in ends)})" if ends else ""
    return f"{told}{say('troligast', 'likeliest')} {typical}{wide}"
