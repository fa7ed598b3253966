"""How long other actors have said that an outage will last, and when they have said that it ended."""

from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from itertools import dropwhile, pairwise
from zoneinfo import ZoneInfo

from beroenden.incident.comparison import Range, estimated_range
from beroenden.incident.estimates import LENGTH, claimed_length
from beroenden.incident.lagesbild.claims import as_instant, outages_by_start, said_outages
from beroenden.incident.log.entries import Log, Received, ReceivedStatement
from beroenden.incident.reported import UNKNOWN, is_another, latest_received, said_at, stands_at
from beroenden.model.scenario import Outage


@dataclass(frozen=True, slots=True)
class ToldEstimate:
    """A length that another has estimated. Minutes.

    Attributes:
        said: Instant at which it was said.
        start: When the outage began, by the same word.
        likely: The most likely length.
        limits: The shortest and the longest, where a range was estimated.
    """

    received: Received
    statement: ReceivedStatement
    said: int
    start: int
    likely: int
    limits: Range | None

    @property
    def latest_end(self) -> int:
        """Instant at which it is to be over even by the longest length."""
        return self.start + (self.limits.most if self.limits else self.likely)


def first_told(received: Iterable[Received], outage: Outage, zone: ZoneInfo) -> ToldEstimate | None:
    """The first estimate of an outage's length in some delgivningar, by when it was said.

    Args:
        received: The delgivningar.
        outage: The outage; what is told of the same thing at another time is of another one, unless it was planned and moved.
        zone: What local times are read in.
    """
    entries = [*received]
    same = _of_one(entries, outage, zone)
    told = (one for each in entries for one in _estimates(each, outage.subject, zone))
    return min((one for one in told if (one.received.id, one.start) in same), key=lambda one: one.said, default=None)


def times_moved(received: Iterable[Received], first: ToldEstimate, outage: Outage, zone: ZoneInfo) -> int:
    """How many times a sender has said another length of an outage than before, or that it is unknown.

    Args:
        received: The delgivningar, in their order.
        first: Its first estimate.
        outage: The outage.
        zone: What local times are read in.
    """
    entries = [*received]
    plans = _of_one(entries, outage, zone)
    later = dropwhile(lambda one: one is not first.received, entries)
    same = (one for one in later if one.sender == first.received.sender)
    told = [value for one in same for value in _stated(one, first, outage, zone, plans)]
    return sum(before != after for before, after in pairwise(told))


def _stated(
    received: Received, first: ToldEstimate, outage: Outage, zone: ZoneInfo, plans: Set[tuple[str, int]]
) -> Iterator[str]:
    """How long a delgivning says that an outage lasts, or until when; nothing where it tells that it has ended."""
    for said in _said_of(received, outage.subject):
        start, value = as_instant(said.get("start", ""), zone), said.get(LENGTH, said.get("end", UNKNOWN))
        end = as_instant(value, zone)
        if start is None or (end is not None and end <= stands_at(received)):
            continue
        is_same = start >= min(first.start, outage.start) and (outage.end is None or start < outage.end)
        if is_same or (received.id, start) in plans:
            yield value


def _of_one(received: Iterable[Received], outage: Outage, zone: ZoneInfo) -> set[tuple[str, int]]:
    """Which estimates are of an outage, and which plans became it when they were moved: by their delgivning's entry and start."""
    entries = sorted(received, key=stands_at)
    estimates = (one for each in entries for one in _estimates(each, outage.subject, zone))
    found = {(one.received.id, one.start) for one in estimates if _is_of(one, outage)}
    for sender in {one.sender for one in entries}:
        told = [one for one in entries if one.sender == sender]
        for before, after in reversed([*pairwise(told)]):
            plan, instead = moved_plan(before, after, outage.subject, zone) or (None, None)
            if plan is not None and (instead == outage.start or (after.id, instead) in found):
                found.add((before.id, plan))
    return found


def moved_plan(before: Received, after: Received, subject: str, zone: ZoneInfo) -> tuple[int, int] | None:
    """From which start to which a sender has moved a plan: the only one that it no longer tells of, and the only new one.

    None where there is no such pair, both of what was still ahead.
    """
    here, there = (_starts(one, subject, zone) for one in (before, after))
    gone, new = ([one for one in each if one > stands_at(after)] for each in (here - there, there - here))
    return (gone[0], new[0]) if len(gone) == len(new) == 1 else None


def moved_to(received: Iterable[Received], subject: str, start: int, zone: ZoneInfo) -> int:
    """From when a plan holds that some delgivningar told of, after those of them that moved it."""
    entries, moved = sorted(received, key=stands_at), start
    for sender in dict.fromkeys(one.sender for one in entries):
        for before, after in pairwise([one for one in entries if one.sender == sender]):
            plan, instead = moved_plan(before, after, subject, zone) or (None, start)
            moved = instead if plan == moved else moved
    return moved


def _starts(received: Received, subject: str, zone: ZoneInfo) -> set[int]:
    """From when a delgivning tells of outages of one thing."""
    starts = (as_instant(said.get("start", ""), zone) for said in _said_of(received, subject))
    return {one for one in starts if one is not None}


def _said_of(received: Received, subject: str) -> Iterator[dict[str, str]]:
    """What a delgivning says of each outage of one thing."""
    for statement in received.statements:
        yield from said_outages(statement.claims).get(subject, ())


def _is_of(one: ToldEstimate, outage: Outage) -> bool:
    """Whether an estimate is of an outage: of what went on when it was made, one that had begun then."""
    if one.start <= one.said < outage.start:
        return False
    if is_another(outage.start, one.start, one.start + one.likely, stands_at(one.received)):
        return False
    return one.start + one.likely > outage.start and (outage.end is None or one.start < outage.end)


def _estimates(received: Received, subject: str, zone: ZoneInfo) -> Iterator[ToldEstimate]:
    """What a delgivning estimates of one thing; an end that had come when it was told is none."""
    for statement in received.statements:
        time = said_at(received, statement)
        for said in said_outages(statement.claims).get(subject, ()):
            start = as_instant(said.get("start", ""), zone)
            limits, end = _limits(said), as_instant(said.get("end", ""), zone)
            if start is not None and limits is not None:
                yield ToldEstimate(received, statement, time, start, limits.likely, limits)
            elif start is not None and end is not None and end > stands_at(received):
                yield ToldEstimate(received, statement, time, start, end - start, None)


def _limits(said: Mapping[str, str]) -> Range | None:
    """The limits of an estimated length; None where none is told."""
    with suppress(ValueError):  # a log that was edited by hand
        return estimated_range(claimed_length(said[LENGTH])) if LENGTH in said else None
    return None


def told_ends(log: Log | None, outage: Outage, at: int, zone: ZoneInfo) -> list[tuple[int, Received]]:
    """When others have told that an outage ended, in order of time, each with the delgivning that says so.

    Args:
        log: The log; None has none.
        outage: The outage, of an entity.
        at: The as-of time: what is said to end later has not.
        zone: What local times are read in.
    """
    until = outage.end if outage.length is None else None
    told = ((_spell_by(one, outage.entity or "", zone), one) for one in (latest_received(log) if log else ()))
    ends = [
        (spell[1], one)
        for spell, one in told
        if spell is not None and outage.start < spell[1] <= at and (until is None or spell[0] < until)
    ]
    return sorted(ends, key=lambda one: one[0])


def _spell_by(received: Received, entity: str, zone: ZoneInfo) -> tuple[int, int] | None:
    """From when until when an outage was by a delgivning: the last that had begun, with what went over into it.

    None while it goes on or is not known.
    """
    by, ends, found = stands_at(received), dict[int, int](), list[tuple[int, bool, int | None]]()
    for said in received.statements:
        for (subject, since), claimed in outages_by_start(said.claims).items():
            start = as_instant(since, zone) if subject == entity else None
            if start is not None and start <= by:
                end = as_instant(claimed.get("end", UNKNOWN), zone)
                has_been = end is not None and end <= said_at(received, said) and LENGTH not in claimed
                found.append((start, has_been and said.status == "bekräftad", end))
    for start, _, end in sorted(found, key=lambda one: one[0]):
        if end is not None:
            ends[end] = ends.get(start, start)  # when what ends then began, through what went over into it
    last = max(found[::-1], key=lambda one: one[0], default=None)
    if last is None or not last[1] or last[2] is None or last[2] > by:
        return None
    return ends[last[2]], last[2]
