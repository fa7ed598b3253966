"""What is said of an entry when it has been added: what it leads to, and what in it is hardly meant."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import time as now
from typing import TYPE_CHECKING

import click

from beroenden.cli.incident_levels import level_remarks
from beroenden.cli.incident_log import command_line, time_typed
from beroenden.cli.incident_outages import outage_remarks
from beroenden.cli.printable import clean
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Entry, Log
    from beroenden.model.network import Network


def tell_of(path: Path, log: "Log", entries: Iterable[str], network: "Network | None") -> None:
    """Remarks on entries of a log, on stderr.

    Args:
        path: Where the log is, for commands to type.
        log: The log with the entries.
        entries: Their ids.
        network: The model.
    """
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.incident.log.fields import zone_of
    from beroenden.units.times import time_zone

    zone = time_zone(zone_of(network))
    for entry in (log.entry[one] for one in entries):
        outage = outage_remarks(path, log, entry, network, zone) if isinstance(entry, OutageEntry) else ()
        for remark in (
            *_times(log, entry, zone),
            *_moved(path, log, entry, zone),
            *outage,
            *_persons(entry),
            *_levels(path, log, entry, network),
        ):
            click.echo(clean(f"{entry.id}: {remark}"), err=True)


def slip_of_day(log: "Log", moment: int, zone: "ZoneInfo") -> Iterator[str]:
    """That the time of an entry has not come, or is of a day before the incident was opened."""
    yield from _ahead(log, moment, zone)
    yield from _before_opening(log, moment, zone)


def _before_opening(log: "Log", moment: int, zone: "ZoneInfo") -> Iterator[str]:
    from beroenden.units.durations import DAY, duration_in_words
    from beroenden.units.times import short_time

    before = log.incident.opened - moment
    if before > DAY:
        when, opened, span = short_time(moment, zone), short_time(log.incident.opened, zone), duration_in_words(before)
        yield say(
            f"Varning: tiden, {when}, är {span} innan händelsen öppnades ({opened}). Stämmer dagen?",
            f"Warning: the time, {when}, is {span} before the incident was opened ({opened}). Is the day right?",
        ) + _played(log)


def _played(log: "Log") -> str:
    """That the entries of an exercise may be of another day than what they tell of; "" of what has happened."""
    if not log.incident.is_exercise:
        return ""
    return say(
        " I en övningslogg som förs i speltid är det i sin ordning.",
        " In the log of an exercise that is kept in time of play that is in order.",
    )


def _ahead(log: "Log", moment: int, zone: "ZoneInfo") -> Iterator[str]:
    """That the time has not come; what an exercise of another day is played in is no concern of the clock."""
    from beroenden.units.durations import DAY
    from beroenden.units.times import short_time

    clock = int(now() // 60)
    if moment <= clock + 1 or (log.incident.is_exercise and log.incident.opened > clock):
        return
    when, here = short_time(moment, zone), short_time(clock, zone)
    yesterday = time_typed(moment - DAY, zone)
    meant = say(f' Menades i går: --time "{yesterday}".', f' If yesterday was meant: --time "{yesterday}".')
    yield say(
        f"Varning: tiden, {when}, ligger framåt (klockan är {here}); en lägesbild före dess har inte med posten. Stämmer dagen?",
        f"Warning: the time, {when}, lies ahead (it is {here} now); no report before that has the entry. Is the day right?",
    ) + (meant if moment - DAY <= clock else "")


def _times(log: "Log", entry: "Entry", zone: "ZoneInfo") -> Iterator[str]:
    """Times that are in the wrong order, or have not come."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.times import short_time

    yield from slip_of_day(log, entry.time, zone)
    due, then = getattr(entry, "due", None), short_time(entry.time, zone)
    if due is not None and due < entry.time and not entry.supersedes:
        when = short_time(due, zone)
        yield say(
            f"ska vara klar {when}, före postens tid ({then}). Stämmer dagen?",
            f"is due {when}, before the entry's time ({then}). Is the day right?",
        )
    answered = getattr(entry, "answered", None)
    if answered is not None and answered > entry.time:
        when = short_time(answered, zone)
        yield say(
            f"Varning: besvarades {when}, efter postens tid ({then}); en lägesbild före dess har inte med svaret. Stämmer dagen?",
            f"Warning: was answered {when}, after the entry's time ({then}); no report before that has the answer. Is the day "
            "right?",
        )
    if isinstance(entry, OutageEntry) and entry.outage.start > entry.time and entry.status != "feared":
        when = short_time(entry.outage.start, zone)
        yield say(
            f"börjar {when}, efter postens tid ({then}). Stämmer dagen? Det som bara befaras har --status feared.",
            f"begins {when}, after the entry's time ({then}). Is the day right? What is only feared has --status feared.",
        ) + _played(log)


def _moved(path: Path, log: "Log", entry: "Entry", zone: "ZoneInfo") -> Iterator[str]:
    """That a request that is put to another still has the time by which the first was to answer, which has passed."""
    from beroenden.incident.log.entries import Request
    from beroenden.units.times import short_time

    before = log.entry.get(entry.supersedes or "")
    if not isinstance(entry, Request) or not isinstance(before, Request) or entry.to == before.to:
        return
    due = entry.due if entry.answered is None and entry.due == before.due else None
    if due is not None and due < entry.time:
        when = short_time(due, zone)
        renew = command_line("add", path, "request", "--supersedes", entry.id, "--due", "…")
        yield say(
            f"Varning: begäran går till en annan men ska fortfarande vara besvarad {when}, som har passerat. Ge en ny tid:\n  {renew}",
            f"Warning: the request goes to another but is still to be answered by {when}, which has passed. Give a new time:\n"
            f"  {renew}",
        )


def _persons(entry: "Entry") -> Iterator[str]:
    """Fields for functions that seem to name a person."""
    from beroenden.modelfiles.persons import mobile_number, personal_number, persons_mail, persons_name

    for key in ("source", "owner", "by", "role", "channel"):
        text = getattr(entry, key, None) or ""
        if personal_number(text) or persons_mail(text) or mobile_number(text) or persons_name(text):
            yield say(
                f"--{key} ”{text[:60]}” ser ut att peka ut en person. Ange funktionen i stället; rätta med --supersedes {entry.id}.",
                f'--{key} "{text[:60]}" seems to tell of a person. Give the function instead; correct it with --supersedes {entry.id}.',
            )


def _levels(path: Path, log: "Log", entry: "Entry", network: "Network | None") -> Iterator[str]:
    """How an observed level goes with what the model computes from the rest of the log."""
    from beroenden.incident.log.entries import Observation
    from beroenden.incident.said import holds_level

    if network is None or not isinstance(entry, Observation) or not holds_level(entry) or entry.id in log.superseded:
        return
    yield from level_remarks(path, log, entry, network)
