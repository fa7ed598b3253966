"""What is said of an observed level when it has been added: how it goes with the model, and how long it counts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.incident.log.entries import Log, Observation
    from beroenden.model.network import Network
    from beroenden.model.scenario import Outage


def level_remarks(path: Path, log: "Log", entry: "Observation", network: "Network") -> Iterator[str]:
    """How an observed level goes with the rest of the log, and what follows of it."""
    from beroenden.incident.known import level_without
    from beroenden.incident.observed import SAME_LEVEL
    from beroenden.units.numbers import percent

    name, level = network.entity[entry.entity or ""].name, entry.level or 0.0
    computed = level_without(log, entry, network)
    hit = _outages_hit(log, entry, network)
    if abs(computed - level) > SAME_LEVEL:
        seen, said = percent(level), percent(computed)
        sure = (
            ""
            if entry.status == "confirmed"
            else say(" Iakttagelsen är obekräftad.", " The observation is unconfirmed.")
        )
        yield say(
            f"{name} har {seen} enligt iakttagelsen men {said} enligt modellen.{sure}",
            f"{name} is at {seen} by the observation and {said} by the model.{sure}",
        )
    if hit and entry.until is None:
        if abs(computed - level) > SAME_LEVEL:
            yield _takes_over(path, log, entry, hit, network)
    else:
        yield from _how_long(log, entry, network, computed)


def _outages_hit(log: "Log", entry: "Observation", network: "Network") -> list[str]:
    """The entries that tell of the outages whose level an observation without an end takes over."""
    from beroenden.incident.log.entries import OutageEntry

    own = [
        one
        for one in log.as_of(entry.time).of(OutageEntry)
        if one.outage.entity == entry.entity and one.status != "feared" and _goes_on(one.outage, entry)
    ]
    others = _of_others(log, entry, network)
    going = (*(one.outage for one in own), *others)
    ids = (*(one.id for one in own), *(others and _tellers(log, entry)))
    return [*ids] if all(one.remaining <= (entry.level or 0.0) for one in going) else []


def _of_others(log: "Log", entry: "Observation", network: "Network") -> "list[Outage]":
    """The outages of an observed entity that go on by others' word, as far as that counts."""
    from beroenden.incident.known import known_at

    rest = replace(log, entries=tuple(one for one in log.entries if one.id != entry.id))
    known = known_at(rest, entry.time, network)
    told = known.unreported if entry.entity in known.by_others else []
    return [one for one in told if one.entity == entry.entity and _goes_on(one, entry)]


def _tellers(log: "Log", entry: "Observation") -> list[str]:
    """The delgivningar that tell of an outage of an observed entity."""
    from beroenden.incident.reported import latest_received

    told = [
        (one.id, claim)
        for one in latest_received(log.as_of(entry.time))
        for said in one.statements
        for claim in said.claims
    ]
    return [*dict.fromkeys(one for one, claim in told if (claim.subject, claim.aspect) == (entry.entity, "start"))]


def _goes_on(outage: "Outage", entry: "Observation") -> bool:
    """Whether an outage goes on when its entity is observed, as far as its report says when it ends."""
    is_open = outage.end is None or outage.length is not None or outage.end > entry.time
    return outage.start < entry.time and is_open


def _takes_over(path: Path, log: "Log", entry: "Observation", hit: list[str], network: "Network") -> str:
    from beroenden.incident.log.entries import Received
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time, time_zone

    zone, ids = time_zone(network.timezone), ", ".join(hit)
    when, level = short_time(entry.time, zone), percent(entry.level or 0.0)
    which = (
        ("--entity", entry.entity or "") if isinstance(log.entry[hit[-1]], Received) else ()
    )  # which may tell of several
    correct = command_line(
        "add", path, "outage", "--supersedes", hit[-1], *which, "--end", time_typed(entry.time, zone)
    )
    if entry.level == 1:
        return say(
            f"loggen säger att det är ute ({ids}). Prognosen räknar efter iakttagelsen att det upphörde {when}. Är det över, "
            f"avsluta avbrottet:\n  {correct}\nGällde iakttagelsen bara en stund: rätta den med --until.",
            f"the log says that it is out ({ids}). The prognosis takes it from the observation that it ended {when}. If it is "
            f"over, end the outage:\n  {correct}\nIf the observation held only for a while, correct it with --until.",
        )
    return say(
        f"loggen säger att det är ute ({ids}). Prognosen räknar med {level} från {when} tills avbrottet är över.",
        f"the log says that it is out ({ids}). The prognosis takes it to be at {level} from {when} until the outage is over.",
    )


def _how_long(log: "Log", entry: "Observation", network: "Network", computed: float) -> Iterator[str]:
    """Until when a level counts that is no reported outage's."""
    from beroenden.incident.known import goes_on
    from beroenden.incident.observed import SAME_LEVEL, is_explained
    from beroenden.units.times import short_time, time_zone

    name, level = network.entity[entry.entity or ""].name, entry.level or 0.0
    differs = abs(computed - level) > SAME_LEVEL
    if entry.until is not None:
        if differs:
            when = short_time(entry.until, time_zone(network.timezone))
            yield say(
                f"iakttagelsen gäller till {when}; sedan räknas nivån åter ur resten av loggen.",
                f"the observation holds until {when}; then the level is computed again from the rest of the log.",
            )
    elif goes_on(log, entry, network):
        yield say(
            f"inget känt avbrott förklarar nivån: {name} räknas som ett avbrott av okänd längd tills något annat sägs. "
            "Ange --until om nivån bara gällde till en viss tid.",
            f"no known outage explains the level: {name} counts as an outage of unknown length until something else is said. "
            "Give --until if the level held only until some time.",
        )
    elif differs:
        yield say(
            "iakttagelsen gäller till läget per i en lägesbild; därefter räknas nivån åter ur resten av loggen.",
            "the observation holds until the as-of time of a report; after that the level is computed again from the rest of "
            "the log.",
        )
    elif level < 1 and is_explained(computed, level):
        yield say(
            f"nivån förklaras av det som redan är känt: {name} följer sin orsak och blir inget eget avbrott.",
            f"the level follows from what is known already: {name} follows its cause and is no outage of its own.",
        )
