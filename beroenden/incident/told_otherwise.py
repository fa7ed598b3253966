"""How things stand with something by others' confirmed word, where the own log has it otherwise and goes first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from beroenden.incident.known import holds_level
from beroenden.incident.log.entries import Log, Observation, OutageEntry, Received
from beroenden.incident.observed import SAME_LEVEL
from beroenden.incident.reported import OBSERVED, latest_received, observed_by_others, reported_by_others, stands_at
from beroenden.model.network import Network
from beroenden.model.scenario import Outage


@dataclass(frozen=True, slots=True)
class ToldState:
    """How things stand with something by a delgivning. Minutes.

    Attributes:
        start: When its last outage began, through what went over into it; None where the delgivning tells of none.
        end: When that ended, or is said or estimated to; None where it is not known.
        level: How much of its capacity is left; None where that is not told.
        seen: As of when that much is left.
        until: Until when it is; None where that is not said.
    """

    received: Received
    start: int | None
    end: int | None
    level: float | None
    seen: int
    until: int | None = None


def told_longer(log: Log, outage: Outage, report: OutageEntry, at: int, network: Network) -> ToldState | None:
    """By whose confirmed word an outage goes on, or ends, after the end that the own log has or assumes; None by nobody's.

    Args:
        log: The log as of a time, as far as others' words count.
        outage: As the own log has it.
        report: Its entry.
        at: The as-of time. Where no end is told and the own one has not come, nothing is known to be otherwise.
        network: The model.
    """
    own_end, subject = outage.end, outage.subject or ""
    for told in _states(log, subject, network):
        if own_end is not None and told.start is not None and told.start < own_end and _is_after(told, outage.start):
            goes_on = own_end <= at if told.end is None else told.end > own_end
            is_news = own_end < stands_at(told.received) or _is_newer_or_surer(told.received, report)
            return told if goes_on and is_news else None
    return None


def told_level(log: Log, outage: Outage, report: OutageEntry, at: int, network: Network) -> ToldState | None:
    """By whose confirmed word another share of something is left than by an own outage that goes on; None by nobody's."""
    for told in _states(log, outage.subject or "", network):
        holds = told.until is None or told.until > at
        if told.level is not None and told.seen >= outage.start and holds:
            is_news = told.seen >= report.time or report.status == "unconfirmed"
            return told if is_news and abs(told.level - outage.remaining) >= SAME_LEVEL else None
    return None


def told_begun(log: Log, outage: Outage, network: Network) -> ToldState | None:
    """By whose confirmed word something is or was out at some of the time of an own outage; None by nobody's."""
    for told in _states(log, outage.subject or "", network):
        begun = told.start is not None and (outage.end is None or told.start < outage.end)
        if begun and _is_after(told, outage.start):
            return told
    return None


def seen_since(log: Log | None, entity: str | None, moment: int) -> bool:
    """Whether the own log has at a moment, or later, what was observed of how much of something is left."""
    seen = log.of(Observation) if log else ()
    return any(one.entity == entity and holds_level(one) and one.time >= moment for one in seen)


def _is_after(told: ToldState, moment: int) -> bool:
    return told.end is None or told.end > moment


def _is_newer_or_surer(received: Received, report: OutageEntry) -> bool:
    """Whether a confirmed word is newer than an own entry, or surer."""
    return report.status != "confirmed" or report.time < stands_at(received)


def _states(log: Log, subject: str, network: Network) -> Iterator[ToldState]:
    """How things stand with something by each sender's confirmed word; who answers for it goes first."""
    answering = network.answering(subject)
    for received in sorted(latest_received(log), key=lambda one: one.sender != answering):
        words = [
            one.status
            for one in received.statements
            if any(claim.subject == subject and claim.aspect in ("start", OBSERVED) for claim in one.claims)
        ]
        if words and all(word == "bekräftad" for word in words):
            yield _state(replace(log, entries=(received,)), received, subject, network)


def _state(log: Log, received: Received, subject: str, network: Network) -> ToldState:
    """How things stand by the only delgivning of a log."""
    told = _state_of_outages(log, received, subject, network)
    for seen in observed_by_others(log, network):
        if seen[-1].entity == subject:
            return replace(told, level=seen[-1].level, seen=seen[-1].time, until=seen[-1].until)
    return told


def _state_of_outages(log: Log, received: Received, subject: str, network: Network) -> ToldState:
    now = stands_at(received)
    reported = (
        parts for _, parts in reported_by_others(log, network) if any(one.subject == subject for one, _ in parts)
    )
    begun = sorted((one for one in next(reported, []) if one[0].start <= now), key=lambda one: one[0].start)
    if not begun:
        return ToldState(received, None, None, None, now)
    last, is_over = begun[-1]
    start = last.start
    for before, _ in reversed(begun):
        start = before.start if before.end == start else start
    if is_over or last.end is None or last.end > now:
        return ToldState(received, start, last.end, None if is_over else last.remaining, now)
    if last.length is None:  # it has itself seen full capacity since
        return ToldState(received, None, None, 1.0, last.end)
    return ToldState(received, start, None, last.remaining, now)  # it has lasted longer than was estimated
