"""What is said of an entry when it has been added: what it leads to, and what in it is hardly meant."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import clean
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Entry, Log, Observation
    from beroenden.model.network import Network


def tell_of(log: "Log", entries: Iterable[str], network: "Network | None") -> None:
    """Remarks on entries of a log, on stderr."""
    from beroenden.incident.log.fields import zone_of
    from beroenden.units.times import time_zone

    zone = time_zone(zone_of(network))
    for entry in (log.entry[one] for one in entries):
        for remark in (*_times(entry, zone), *_persons(entry), *_levels(log, entry, network)):
            click.echo(clean(f"{entry.id}: {remark}"), err=True)


def _times(entry: "Entry", zone: "ZoneInfo") -> Iterator[str]:
    """Times that are in the wrong order."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.times import short_time

    due, then = getattr(entry, "due", None), short_time(entry.time, zone)
    if due is not None and due < entry.time and not entry.supersedes:
        when = short_time(due, zone)
        yield say(
            f"ska vara klar {when}, före postens tid ({then}). Stämmer dagen?",
            f"is due {when}, before the entry's time ({then}). Is the day right?",
        )
    if isinstance(entry, OutageEntry) and entry.outage.start > entry.time and entry.status != "feared":
        when = short_time(entry.outage.start, zone)
        yield say(
            f"börjar {when}, efter postens tid ({then}). Stämmer dagen? Det som bara befaras har --status feared.",
            f"begins {when}, after the entry's time ({then}). Is the day right? What is only feared has --status feared.",
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


def _levels(log: "Log", entry: "Entry", network: "Network | None") -> Iterator[str]:
    """How an observed level goes with what the model computes from the rest of the log."""
    from beroenden.incident.known import holds_level
    from beroenden.incident.log.entries import Observation

    if network is None or not isinstance(entry, Observation) or not holds_level(entry) or entry.id in log.superseded:
        return
    yield from _level(log, entry, network)


def _is_reported(log: "Log", entry: "Observation") -> bool:
    """Whether the own log has an outage of what was observed: then the level is that outage's."""
    from beroenden.incident.log.entries import OutageEntry

    reports = log.as_of(entry.time).of(OutageEntry)
    return any(one.outage.entity == entry.entity and one.status != "feared" for one in reports)


def _level(log: "Log", entry: "Observation", network: "Network") -> Iterator[str]:
    from beroenden.incident.known import goes_on, level_without
    from beroenden.incident.observed import SAME_LEVEL, is_explained
    from beroenden.units.numbers import percent

    name, level = network.entity[entry.entity or ""].name, entry.level or 0.0
    computed = level_without(log, entry, network)
    if abs(computed - level) > SAME_LEVEL:
        seen, said = percent(level), percent(computed)
        sure = (
            ""
            if entry.status == "confirmed"
            else say(" Iakttagelsen är obekräftad.", " The observation is unconfirmed.")
        )
        yield say(
            f"{name} har {seen} enligt iakttagelsen men {said} enligt modellen. Iakttagelsen gäller i lägesbilden.{sure}",
            f"{name} is at {seen} by the observation and {said} by the model. The observation holds in the report.{sure}",
        )
    if entry.until is not None or level >= 1:
        return
    if goes_on(log, entry, network):
        yield say(
            f"inget känt avbrott förklarar nivån: {name} räknas som ett avbrott av okänd längd tills något annat sägs. "
            "Ange --until om nivån bara gällde till en viss tid.",
            f"no known outage explains the level: {name} counts as an outage of unknown length until something else is said. "
            "Give --until if the level held only until some time.",
        )
    elif is_explained(computed, level) and not _is_reported(log, entry):
        yield say(
            f"nivån förklaras av det som redan är känt: {name} följer sin orsak och blir inget eget avbrott.",
            f"the level follows from what is known already: {name} follows its cause and is no outage of its own.",
        )
