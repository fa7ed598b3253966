"""What others report in their delgivningar: the outages of each thing, by whose word, and whether they are over."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from beroenden.incident.estimates import LENGTH, claimed_length
from beroenden.incident.log.entries import Claim, Log, Observation, Received, ReceivedStatement
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.times import parse_instant, time_zone

UNKNOWN = "unknown"
"""Value of a claim about an end that nobody knows."""
OBSERVED = "observed"
"""Aspect of a level that somebody has seen and that holds at the as-of time."""
OBSERVED_UNTIL = "observed_until"
"""Aspect of a level that somebody has seen: until when it holds, where that is said."""
SHARE = "share"
"""Aspect of a fault in a payment's file: the share of the recipients that it hits."""


def reported_by_others(log: Log, network: Network) -> Iterator[tuple[int, list[tuple[Outage, bool]]]]:
    """The outages of each thing in others' latest delgivningar: as of when they are told, each, and whether it is said to be over.

    Whoever answers for the thing goes first. All that one of them says of the same thing is taken together: what was half
    restored went over into another outage.
    """
    found: dict[str, _Reported] = {}
    for received in latest_received(log):
        for statement in received.statements:
            claims = {(claim.subject, claim.aspect): claim.value for claim in statement.claims}
            for subject in (subject for subject, aspect in claims if aspect == "start"):
                outage = _claimed(network, subject, claims)
                if outage is None:
                    continue
                answers = network.answering(subject) == received.sender
                before = found.get(subject)
                if before is None or (answers and not before.answers):
                    before = found[subject] = _Reported(received.id, stands_at(received), answers, {})
                if before.entry == received.id:
                    before.outages.setdefault(outage.start, (outage, has_ended_by(received, statement, outage)))
    seen = _observed_by_others(log, network)
    for subject, reported in found.items():
        parts, levels = list(reported.outages.values()), seen.get((reported.entry, subject), [])
        lasting = [one for one in levels[-1:] if one.until is None]
        yield reported.at, _as_observed(parts, lasting[0].level or 0.0, lasting[0].time) if lasting else parts


def observed_by_others(log: Log, network: Network) -> list[list[Observation]]:
    """The levels of each entity that another has seen and that hold, in order of time, where it tells of no outage of it.

    One that holds until some time counts beside the outage that its teller tells of, and changes nothing of that. Whoever
    answers for the entity goes first: where that tells of an outage, the others have what they have seen since.
    """
    found: dict[str, list[Observation]] = {}
    told = {
        (one.sender, claim.subject): stands_at(one)
        for one, _, claim in _claims_of_others(log)
        if claim.aspect == "start"
    }
    for seen in _observed_by_others(log, network).values():
        entity, sender = seen[0].entity or "", seen[0].actor
        answers = network.answering(entity) == sender
        since = None if answers else told.get((network.answering(entity), entity))
        news = [one for one in seen if since is None or one.time > since]
        is_told = (sender, entity) in told and seen[-1].until is None
        if entity not in network.entity or is_told or not news:
            continue
        if entity not in found or answers:
            found[entity] = news
    return list(found.values())


def _observed_by_others(log: Log, network: Network) -> dict[tuple[str, str], list[Observation]]:
    """What others say they have seen and that holds, in order of time: by the delgivning's entry and the subject."""
    found, zone = dict[tuple[str, str], list[Observation]](), time_zone(network.timezone)
    for received, said, claim in _claims_of_others(log):
        if claim.aspect == OBSERVED:
            with suppress(ValueError):  # a log that was edited by hand
                one = Observation(
                    id=received.id,
                    time=said_at(received, said),
                    actor=received.sender,
                    status="confirmed" if said.status == "bekräftad" else "unconfirmed",
                    tlp=received.label_of(said),
                    entity=claim.subject,
                    level=min(1.0, max(0.0, float(claim.value))),
                    until=held_until(said.claims, claim.subject, zone),
                )
                found.setdefault((received.id, claim.subject), []).append(one)
    return {key: sorted(seen, key=lambda one: one.time) for key, seen in found.items()}


def held_until(claims: Iterable[Claim], subject: str, zone: ZoneInfo) -> int | None:
    """Until when some claims say that an observed level of something holds; None where they do not."""
    for claim in claims:
        if (claim.subject, claim.aspect) == (subject, OBSERVED_UNTIL):
            with suppress(ValueError):  # a log that was edited by hand
                return parse_instant(claim.value, zone)
    return None


def _claims_of_others(log: Log) -> Iterator[tuple[Received, ReceivedStatement, Claim]]:
    """The claims of others' latest delgivningar."""
    for received in latest_received(log):
        for said in received.statements:
            yield from ((received, said, claim) for claim in said.claims)


def _as_observed(parts: Iterable[tuple[Outage, bool]], level: float, time: int) -> list[tuple[Outage, bool]]:
    """What is told of an outage after the level that its teller has seen: full capacity is its end, though not confirmed."""
    found = []
    for outage, is_over in parts:
        if is_over or outage.start >= time or (outage.end is not None and outage.length is None and outage.end <= time):
            found.append((outage, is_over))
            continue
        found.append((replace(outage, end=time, length=None), level < 1))
        if level < 1:
            end = None if outage.end is None or outage.end <= time else outage.end
            found.append((replace(outage, start=time, end=end, remaining=level, length=None), False))
    return found


def has_ended_by(received: Received, said: ReceivedStatement, outage: Outage) -> bool:
    """Whether a delgivning has confirmed that an outage has ended: an end that was ahead when it was said is only expected."""
    has_come = outage.end is not None and outage.length is None and outage.end <= said_at(received, said)
    return has_come and said.status == "bekräftad"


@dataclass(frozen=True, slots=True)
class _Reported:
    """The outages of one thing that one delgivning tells of.

    Attributes:
        entry: Id of the delgivning in the log.
        at: As of when it tells how things stand.
        answers: Whether its sender answers for it.
        outages: By their start, and whether each is said to be over.
    """

    entry: str
    at: int
    answers: bool
    outages: dict[int, tuple[Outage, bool]]


def _claimed(network: Network, subject: str, claims: dict[tuple[str, str], str]) -> Outage | None:
    """The outage that another actor's claims describe, or the fault in a payment's file.

    None for what the model does not have, for no times, and for a fault of which it is not said whom it hits.
    """
    is_fault = subject in network.payment and (subject, SHARE) in claims
    if not is_fault and subject not in network.entity:
        return None
    zone = time_zone(network.timezone)
    end = claims.get((subject, "end"))
    end = None if end == UNKNOWN else end
    try:
        start = parse_instant(claims[subject, "start"], zone)
        length = claimed_length(claims[subject, LENGTH]) if (subject, LENGTH) in claims else None
        until = parse_instant(end, zone) if end else None
        told = Outage(start, until if length is None else start + length.typical, length=length)
        if is_fault:
            return replace(told, payment=subject, share=min(1.0, max(0.0, float(claims[subject, SHARE]))))
        return replace(told, entity=subject, remaining=min(1.0, max(0.0, float(claims.get((subject, "remaining"), 0)))))
    except ValueError:
        return None


def latest_received(log: Log) -> list[Received]:
    """The delgivning of each sender that says how things stood last, in the senders' order of first word."""
    latest: dict[str, Received] = {}
    for received in log.of(Received):
        if received.sender not in latest or stands_at(received) >= stands_at(latest[received.sender]):
            latest[received.sender] = received
    return list(latest.values())


def stands_at(received: Received) -> int:
    """As of when a delgivning tells how things stand: its own time, else when it was read."""
    return received.time if received.at is None else received.at


def said_at(received: Received, said: ReceivedStatement) -> int:
    """When its sender said something of a delgivning; where that is not told, as of when it tells how things stand."""
    return stands_at(received) if said.said is None else said.said


def is_another(begun: int, start: int, end: int | None, at: int) -> bool:
    """Whether an outage that is planned is another than one that has begun.

    It is where that went on when it was planned, or would be over before it by the planned length.

    Args:
        begun: When that began.
        start: From when it is planned.
        end: Until when; None where that is not known.
        at: As of when it is told; what had begun then is not planned.
    """
    return start > at and (begun <= at or (end is not None and begun + (end - start) <= start))


def is_beside_plan(told: Outage, every: Sequence[Outage], plan: Outage, planned: int) -> bool:
    """Whether an outage that another tells of began before what the own log plans, and is another than that.

    Args:
        told: What another tells of.
        every: All outages of the thing that it tells of: what is to begin while another goes on is what was planned.
        plan: What the own log plans of the thing.
        planned: When that was planned.
    """
    begun = _began(told, every)
    if begun >= plan.start:
        return False
    during = (one for one in every if told.start < one.start and (told.end is None or one.start < told.end))
    if any(overlap(one, plan) for one in during):
        return True
    return is_another(begun, plan.start, plan.end, planned)


def overlap(one: Outage, other: Outage) -> bool:
    """Whether two outages go on at some same time."""
    return (one.end is None or one.end > other.start) and (other.end is None or other.end > one.start)


def _began(told: Outage, every: Iterable[Outage]) -> int:
    """When an outage began that directly continues others."""
    begun = told.start
    for one in sorted(every, key=lambda one: one.start, reverse=True):
        if one.start < begun == one.end:
            begun = one.start
    return begun


def how_sure_others_are(log: Log, subject: str) -> list[str]:
    """How sure others are of what they tell of an outage."""
    return [said.status for _, said in _tellings(log, subject)]


def told_by(log: Log, subject: str) -> list[Received]:
    """The latest delgivningar of those who tell of an outage."""
    return list({received.id: received for received, _ in _tellings(log, subject)}.values())


def outages_told(log: Log, subject: str, network: Network) -> Iterator[tuple[Received, ReceivedStatement, Outage]]:
    """The outages of a thing, or faults in a file, that others' latest delgivningar tell of, each with where it stands."""
    for received, said in _tellings(log, subject):
        outage = _claimed(network, subject, {(one.subject, one.aspect): one.value for one in said.claims})
        if outage is not None:
            yield received, said, outage


def is_begun_by(received: Received, said: ReceivedStatement, outage: Outage) -> bool:
    """Whether an outage that a delgivning tells of had begun when that was said, and was not only planned."""
    return outage.start <= said_at(received, said)


def _tellings(log: Log, subject: str) -> Iterator[tuple[Received, ReceivedStatement]]:
    """What others' latest delgivningar say of an outage."""
    for received, said, claim in _claims_of_others(log):
        if (claim.subject, claim.aspect) == (subject, "start"):
            yield received, said
