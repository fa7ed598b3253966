"""What can be compared: between one lägesbild and the next, and between what several actors say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.estimates import LENGTH, length_value
from beroenden.incident.lagesbild.actors import OwnRun
from beroenden.incident.log.entries import Claim, Log, Measure
from beroenden.incident.reported import OBSERVED_UNTIL, SHARE, UNKNOWN
from beroenden.model.scenario import Outage
from beroenden.units.times import iso, parse_instant, time_zone

NEVER = "never"
"""Value of a completion or restoration that is not reached within the time looked at."""
ASKED = "asked"
"""Aspect of an actor that something is requested of."""

ChangeKind = Literal["new", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """A claim that is new, says something else than before, or is no longer made."""

    kind: ChangeKind
    subject: str
    aspect: str
    before: str | None
    after: str | None


def changes(before: Iterable[Claim], after: Iterable[Claim]) -> list[Change]:
    """The differences between two sets of claims, in the order of the later, then what is gone.

    >>> old = [Claim("barnbidrag", "completed", "10.00"), Claim("csn", "affected", "yes")]
    >>> [one.kind for one in changes(old, [Claim("barnbidrag", "completed", "14.00"), Claim("fk", "affected", "yes")])]
    ['changed', 'new', 'gone']
    """
    old = {(claim.subject, claim.aspect): claim.value for claim in before}
    new = {(claim.subject, claim.aspect): claim.value for claim in after}
    found = [
        Change("new" if key not in old else "changed", *key, old.get(key), value)
        for key, value in new.items()
        if old.get(key) != value
    ]
    return found + [Change("gone", *key, value, None) for key, value in old.items() if key not in new]


def outage_claims(outage: Outage, timezone: str) -> tuple[Claim, ...]:
    """When an outage began, how much is left, when it ends and how long it is estimated to be, as far as that is said.

    Of a fault in a payment's file, which share of the recipients it hits stands instead of what is left.
    """
    subject, zone = outage.subject, time_zone(timezone)
    estimate = () if outage.length is None else (Claim(subject, LENGTH, length_value(outage.length)),)
    of_file = Claim(subject, SHARE, f"{1 if outage.share is None else outage.share:g}")
    return (
        Claim(subject, "start", iso(outage.start, zone)),
        of_file if outage.payment else Claim(subject, "remaining", f"{outage.remaining:g}"),
        Claim(subject, "end", UNKNOWN if outage.end is None else iso(outage.end, zone)),
        *estimate,
    )


_OF_OUTAGES = ("start", "remaining", SHARE, "end", LENGTH)


def said_outages(claims: Iterable[Claim]) -> dict[str, list[dict[str, str]]]:
    """What claims say of each outage: by the subject, in their order, the value of each aspect.

    Each begins with its start; what a later one of the same subject does not say is as with the one before, for logs
    in which each claim stands once.

    >>> said = said_outages([Claim("a", "start", "5"), Claim("a", "end", "9"), Claim("a", "start", "10")])
    >>> said["a"]
    [{'start': '5', 'end': '9'}, {'start': '10', 'end': '9'}]
    """
    found: dict[str, list[dict[str, str]]] = {}
    for claim in claims:
        if claim.aspect in _OF_OUTAGES:
            said = found.setdefault(claim.subject, [{}])
            if claim.aspect == "start" and "start" in said[-1]:
                said.append({})
            said[-1][claim.aspect] = claim.value
    for said in found.values():
        for before, one in pairwise(said):
            one |= {aspect: before[aspect] for aspect in ("remaining", "end") if aspect in before and aspect not in one}
    return found


def outages_by_start(claims: Iterable[Claim]) -> dict[tuple[str, str], dict[str, str]]:
    """What claims say of each outage, by its subject and start.

    >>> list(outages_by_start([Claim("a", "start", "5"), Claim("a", "start", "10")]))
    [('a', '5'), ('a', '10')]
    """
    of_subjects = said_outages(claims).items()
    return {(subject, one["start"]): one for subject, outages in of_subjects for one in outages if "start" in one}


def as_instant(value: str, zone: ZoneInfo) -> int | None:
    """A claimed time; None where it is unknown, or was made by hand and is none."""
    try:
        return parse_instant(value, zone)
    except ValueError:
        return None


def lapsed_levels(claims: Iterable[Claim], at: int, zone: ZoneInfo) -> set[str]:
    """Ids of what claims tell an observed level of that held until a time which has come."""
    ends = {one.subject: as_instant(one.value, zone) for one in claims if one.aspect == OBSERVED_UNTIL}
    return {subject for subject, end in ends.items() if end is not None and end <= at}


def each_once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims without those that are said again; what is said of an outage stays with it."""
    found: dict[object, Claim] = {}
    for place, claim in enumerate(claims):
        found.setdefault((place, claim) if claim.aspect in _OF_OUTAGES else claim, claim)
    return tuple(found.values())


def feared_claims(outage: Outage, timezone: str) -> tuple[Claim, ...]:
    """From when an outage is feared; nobody simulates another's fears."""
    return (Claim(outage.subject, "feared", iso(outage.start, time_zone(timezone))),)


def run_claims(run: OwnRun, timezone: str) -> tuple[Claim, ...]:
    """When all that is late of a run has come, and until when it can be saved."""
    subject, zone = run_subject(run), time_zone(timezone)
    found = []
    if run.late:
        completed = run.late_completed
        found.append(Claim(subject, "completed", NEVER if completed is None else iso(completed, zone)))
    if run.deadline is not None:
        found.append(Claim(subject, "latest_recovery", iso(run.deadline, zone)))
    return tuple(found)


def run_subject(run: OwnRun) -> str:
    """What a run is called among claims: the payment's id and the payment date."""
    return f"{run.run.payment.id} {run.run.day}"


def impact_claims(impact: EntityImpact, timezone: str) -> tuple[Claim, ...]:
    """From when to when an entity is harmed."""
    zone = time_zone(timezone)
    restored = NEVER if impact.restored is None else iso(impact.restored, zone)
    since = iso(impact.degraded_from or 0, zone)
    return Claim(impact.entity.id, "degraded", since), Claim(impact.entity.id, "restored", restored)


def actor_claims(actors: Iterable[str]) -> Iterator[Claim]:
    """That actors are affected."""
    yield from (Claim(actor, "affected", "yes") for actor in actors)


def entry_claims(log: Log) -> Iterator[Claim]:
    """The status of each entry of the own log, and how far measures have come."""
    for entry in log.entries:
        if entry.kind != "issued":
            yield Claim(entry.id, "status", entry.status)
        if isinstance(entry, Measure):
            yield Claim(entry.id, "progress", entry.progress)
