"""How things stand with something by others' confirmed word, where the own log has it otherwise and goes first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from beroenden.incident.log.entries import Log, Observation, OutageEntry, Received
from beroenden.incident.observed import SAME_LEVEL
from beroenden.incident.reported import (
    OBSERVED,
    has_ended_by,
    is_begun_by,
    latest_received,
    observed_by_others,
    outages_told,
    overlap,
    reported_by_others,
    stands_at,
)
from beroenden.incident.said import has_ended, holds_level
from beroenden.incident.told_estimates import told_ends
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.times import local


@dataclass(frozen=True, slots=True)
class ToldState:
    """How things stand with something by a delgivning. Minutes.

    Attributes:
        start: When its last outage began, through what went over into it; None where the delgivning tells of none.
        end: When that ended, or is said or estimated to; None where it is not known.
        level: How much of its capacity is left; None where that is not told.
        seen: As of when that much is left.
        until: Until when it is; None where that is not said.
        is_sure: Whether it is confirmed.
        is_begun: Whether the outage had begun when it was told, and was not only planned.
        is_over: Whether it is confirmed that it has ended.
    """

    received: Received
    start: int | None
    end: int | None
    level: float | None
    seen: int
    until: int | None = None
    is_sure: bool = True
    is_begun: bool = True
    is_over: bool = False


def told_plan(
    log: Log, outage: Outage, report: OutageEntry, others: Iterable[Outage], network: Network, zone: ZoneInfo
) -> ToldState | None:
    """How another has told an outage that the own log plans; None where nobody has, or the own log says it later or surer.

    What is confirmed goes first, and who answers for it; what is not counts beside what is not confirmed in the own log.

    Args:
        log: The log as of a time, as far as others' words count.
        outage: As the own log has it.
        report: Its entry.
        others: Other outages of the same thing in the own log: what is told of their time is of them.
        network: The model.
        zone: What a day is in.
    """
    subject, apart = outage.subject or "", [*others]
    told = [*outages_told(log, subject, network)]
    answering = network.answering(subject)
    for received in sorted(latest_received(log), key=lambda one: one.sender != answering):
        by = [(said, one) for received_by, said, one in told if received_by is received]
        same = _same_plan(outage, [one for _, one in by], apart, zone)
        if same is None:
            continue
        said = next(said for said, one in by if one is same)
        is_sure, now = said.status == "bekräftad", stands_at(received)
        is_news = report.time < now and report.status == "unconfirmed"
        if is_news or (is_sure and _is_newer_or_surer(received, report)):
            state = ToldState(received, same.start, same.end, same.remaining, now, is_sure=is_sure)
            is_begun, is_over = is_begun_by(received, said, same), has_ended_by(received, said, same)
            return replace(state, is_begun=is_begun, is_over=is_over)
    return None


def _same_plan(outage: Outage, told: Sequence[Outage], apart: Sequence[Outage], zone: ZoneInfo) -> Outage | None:
    """Which of some outages of a thing is one that is planned: what goes on at its time, else the same day and not at another's."""
    day = local(outage.start, zone).date()
    at_its_time = [one for one in told if overlap(one, outage)]
    of_its_day = [
        one for one in told if local(one.start, zone).date() == day and not any(overlap(one, other) for other in apart)
    ]
    return min(at_its_time or of_its_day, key=lambda one: abs(one.start - outage.start), default=None)


def told_end(log: Log, outage: Outage, report: OutageEntry, at: int, network: Network) -> ToldState | None:
    """By whose word an outage ends at another time than the own log has or assumes; None by nobody's.

    By anyone's it goes on, or ends, later; by the word of who answers for it also sooner. What is not confirmed counts
    where the own log has not confirmed it either, or only assumes that it has ended.

    Args:
        log: The log as of a time, as far as others' words count.
        outage: As the own log has it.
        report: Its entry.
        at: The as-of time. Where no end is told and the own one has not come, nothing is known to be otherwise.
        network: The model.
    """
    own_end, subject = outage.end, outage.subject or ""
    if own_end is None:
        return None
    states = [*_states(log, subject, network)]
    if report.status == "unconfirmed" or (own_end <= at and not has_ended(report)):
        states += _states(log, subject, network, is_sure=False)
    for told in states:
        if told.start is not None and told.start < own_end and _is_after(told, outage.start):
            return told if _is_otherwise(told, own_end, report, at, network.answering(subject)) else None
    return None


def _is_otherwise(told: ToldState, own_end: int, report: OutageEntry, at: int, answering: str | None) -> bool:
    """Whether another's word of when an outage ends is otherwise than the own end, and newer or surer."""
    if not told.is_sure:
        return told.end is not None and told.end > own_end and report.time < stands_at(told.received)
    is_newer_or_surer = _is_newer_or_surer(told.received, report)
    if told.end is not None and at < told.end < own_end:
        return told.received.sender == answering and is_newer_or_surer
    goes_on = own_end <= at if told.end is None else told.end > own_end
    return goes_on and (own_end < stands_at(told.received) or is_newer_or_surer)


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


def goes_on_by_owner(log: Log, outage: Outage, end: int, network: Network) -> bool:
    """Whether who answers for something has confirmed that an outage of it was not over at an end that others tell of."""
    subject = outage.subject or ""
    states = (one for one in _states(log, subject, network) if one.received.sender == network.answering(subject))
    return any(
        one.start is not None and one.start < end < stands_at(one.received) and (one.end is None or one.end > end)
        for one in states
    )


def ended_by_others(
    log: Log | None, outage: Outage, at: int, network: Network, zone: ZoneInfo
) -> list[tuple[int, Received]]:
    """When others have confirmed that an own outage ended, but for what who answers for it says went on then.

    Args:
        log: The log, as far as others' words count; None has none.
        outage: As the own log has it, which does not say that it has ended.
        at: The as-of time.
        network: The model.
        zone: What local times are read in.
    """
    ends = told_ends(log, outage, at, zone)
    return [one for one in ends if log is None or not goes_on_by_owner(log, outage, one[0], network)]


def told_apart(log: Log, subject: str, network: Network) -> list[ToldState]:
    """How others tell of an outage that has begun, where they disagree of its end or of what is left; the one that counts first.

    What is older than the word that counts is only otherwise where it says that the outage is over.

    Args:
        log: The log as of a time.
        subject: What is out, of which the own log has nothing.
        network: The model.
    """
    told = [one for one in _states(log, subject, network, is_sure=None) if one.start is not None]
    apart = [one for one in told[1:] if _is_told_apart(told[0], one)]
    return [told[0], *apart] if apart else []


def _is_told_apart(counted: ToldState, other: ToldState) -> bool:
    """Whether another tells otherwise of an outage than the word that counts, and not only what that has outdated."""
    if not _is_after(other, counted.start or 0) or not _is_after(counted, other.start or 0):
        return False
    is_news = stands_at(other.received) >= stands_at(counted.received)
    if (is_news or other.is_over) and (other.end, other.is_over) != (counted.end, counted.is_over):
        return True
    if other.level is None or counted.level is None or other.seen < counted.seen:
        return False
    return abs(counted.level - other.level) >= SAME_LEVEL


def seen_since(log: Log | None, entity: str | None, moment: int) -> bool:
    """Whether the own log has at a moment, or later, what was observed of how much of something is left."""
    seen = log.of(Observation) if log else ()
    return any(one.entity == entity and holds_level(one) and one.time >= moment for one in seen)


def _is_after(told: ToldState, moment: int) -> bool:
    return told.end is None or told.end > moment


def _is_newer_or_surer(received: Received, report: OutageEntry) -> bool:
    """Whether a confirmed word is newer than an own entry, or surer."""
    return report.status != "confirmed" or report.time < stands_at(received)


def _states(log: Log, subject: str, network: Network, is_sure: bool | None = True) -> Iterator[ToldState]:
    """How things stand with something by each sender's confirmed word, or unconfirmed (None: either); who answers for it first."""
    answering = network.answering(subject)
    for received in sorted(latest_received(log), key=lambda one: one.sender != answering):
        words = [
            one.status
            for one in received.statements
            if any(claim.subject == subject and claim.aspect in ("start", OBSERVED) for claim in one.claims)
        ]
        is_confirmed = all(word == "bekräftad" for word in words)
        if words and is_sure in (None, is_confirmed):
            told = _state(replace(log, entries=(received,)), received, subject, network)
            yield replace(told, is_sure=is_confirmed)


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
        return ToldState(received, start, last.end, None if is_over else last.remaining, now, is_over=is_over)
    if last.length is None:
        seen = any(
            one.aspect == OBSERVED and one.subject == subject for said in received.statements for one in said.claims
        )
        if seen:  # full capacity, at its end
            return ToldState(received, None, None, 1.0, last.end)
        return ToldState(received, start, last.end, None, now)
    return ToldState(received, start, None, last.remaining, now)  # it has lasted longer than was estimated
