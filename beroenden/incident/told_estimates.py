"""How long other actors have said that an outage will last, and when they have said that it ended."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beroenden.incident.comparison import Range, estimated_range
from beroenden.incident.estimates import LENGTH, claimed_length
from beroenden.incident.lagesbild.claims import as_instant, outages_by_start, said_outages
from beroenden.incident.log.entries import Log, Received, ReceivedStatement
from beroenden.incident.reported import UNKNOWN, latest_received, stands_at
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


def first_told(received: Iterable[Received], outage: Outage, zone: ZoneInfo) -> ToldEstimate | None:
    """The first estimate of an outage's length in some delgivningar, in their order.

    Args:
        received: The delgivningar.
        outage: The outage; what is told of the same thing at another time is of another one.
        zone: What local times are read in.
    """
    told = (one for each in received for one in _estimates(each, outage.subject, zone))
    return next((one for one in told if _is_of(one, outage)), None)


def _is_of(one: ToldEstimate, outage: Outage) -> bool:
    return one.start + one.likely > outage.start and (outage.end is None or one.start < outage.end)


def _estimates(received: Received, subject: str, zone: ZoneInfo) -> Iterator[ToldEstimate]:
    """What a delgivning estimates of one thing; an end that had come when it was told is none."""
    for statement in received.statements:
        time = stands_at(received) if statement.said is None else statement.said
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
    told = ((_end_by(one, outage.entity or "", zone), one) for one in (latest_received(log) if log else ()))
    ends = [(end, one) for end, one in told if end is not None and outage.start < end <= at]
    return sorted(ends, key=lambda one: one[0])


def _end_by(received: Received, entity: str, zone: ZoneInfo) -> int | None:
    """When an outage has ended by a delgivning: the last that had begun; None while it goes on or is not known."""
    latest: tuple[int, int | None] | None = None
    for said in received.statements:
        for (subject, since), claimed in outages_by_start(said.claims).items():
            start = as_instant(since, zone) if subject == entity else None
            if start is None or start > stands_at(received) or (latest is not None and start < latest[0]):
                continue
            is_said = said.status == "bekräftad" and LENGTH not in claimed
            end = as_instant(claimed.get("end", UNKNOWN), zone) if is_said else None
            latest = start, end if end is not None and end <= stands_at(received) else None
    return latest[1] if latest else None
