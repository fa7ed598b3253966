"""What is known at a time: the outages and observed levels of a log, as a scenario. Nothing later shines through."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from beroenden.consequences.lengths import length_quantile
from beroenden.incident.log.entries import Entry, Log, Observation, OutageEntry, Received
from beroenden.model.entities import Length, Pert
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.units.durations import DAY
from beroenden.units.times import parse_instant, time_zone

UNKNOWN = "unknown"
"""Value of a claim about an end that nobody knows."""
HORIZON = 14 * DAY
"""How far ahead of the as-of time a lägesbild looks."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at a time and is simulated.

    Attributes:
        scenario: Outages and pinned levels, with the as-of time.
        log: The log as of that time; None when only a scenario is given.
        reports: For each outage of the scenario, the entry that reported it; None for the scenario's own, for
            what an observation goes on as, and for what others have reported.
        over: For each outage of the scenario, whether somebody says that it has ended; not only that it was expected to.
        feared: Outages that are feared and have not begun; not simulated beside those that have.
        overtaken: Entries of outages that have lasted longer than was thought possible.
        pins: Observations that hold a level.
        unobserved: The scenario without them: what the model would say of itself.
    """

    scenario: Scenario
    log: Log | None = None
    reports: tuple[OutageEntry | None, ...] = ()
    over: tuple[bool, ...] = ()
    feared: tuple[OutageEntry, ...] = ()
    overtaken: tuple[OutageEntry, ...] = ()
    pins: tuple[Observation, ...] = ()
    unobserved: Scenario | None = None


def known_from(scenario: Scenario) -> Known:
    """What a scenario says."""
    unreported = len(scenario.outages)
    return Known(scenario, reports=(None,) * unreported, over=(False,) * unreported)


def known_at(log: Log, at: int, network: Network) -> Known:
    """What a log says at a time.

    Args:
        log: The whole log.
        at: The as-of time, in minutes since the epoch.
        network: The model, whose time zone others' times are read in.
    """
    then = log.as_of(at)
    entries = then.of(OutageEntry)
    feared = tuple(entry for entry in entries if entry.status == "feared")
    begun = [entry for entry in entries if entry.status != "feared"]
    simulated = begun or feared
    pins = [_since_seen(log, one) for one in then.of(Observation) if holds_level(one)]
    reported = [_as_of(entry.outage, at) for entry in simulated]
    others = list(_reported_by_others(then, network, at))
    last = _last_words(begun)
    observed, beside = _observed(
        reported, [one for one in pins if one.time >= last.get(one.entity or "", one.time)], at
    )
    outages = [*observed, *(outage for outage, _ in (*beside, *others))]
    first = min([log.incident.opened, *(one.start for one in outages), *(one.time for one in pins)])
    start = min((outage.start for outage in outages), default=first)
    scenario = Scenario(
        outages=tuple(outages),
        pins=tuple(_pins(pins, last, at)),
        horizon=max(at - start, 0) + HORIZON,
        at=at,
        name=log.incident.name,
        since=first,
    )
    return Known(
        scenario=scenario,
        log=then,
        reports=(*simulated, *[None] * (len(outages) - len(simulated))),
        over=(*(has_ended(entry) for entry in simulated), *(is_over for _, is_over in (*beside, *others))),
        feared=feared if begun else (),
        overtaken=tuple(entry for entry in simulated if _is_overtaken(entry.outage, at)),
        pins=tuple(pins),
        unobserved=replace(scenario, outages=(*reported, *(outage for outage, _ in others)), pins=(), since=start),
    )


def holds_level(observation: Observation) -> bool:
    """Whether an observation says how much of an entity's capacity is left, now and not only as a fear."""
    return observation.entity is not None and observation.level is not None and observation.status != "feared"


def _since_seen(log: Log, observation: Observation) -> Observation:
    """A corrected observation that holds the same level of the same entity, from when that was first seen."""
    first = observation
    while (before := log.entry.get(first.supersedes or "")) is not None and isinstance(before, Observation):
        if (before.entity, before.level) != (first.entity, first.level) or before.time > first.time:
            break
        first = before
    return replace(observation, time=first.time)


def has_ended(entry: OutageEntry) -> bool:
    """Whether an entry says that its outage is over: its end had come when that was said, and it is confirmed."""
    end = entry.outage.end
    return entry.status == "confirmed" and entry.outage.length is None and end is not None and end <= entry.time


def _last_words(entries: Iterable[OutageEntry]) -> dict[str, int]:
    """When an outage of each entity was last reported: what was observed before that no longer holds."""
    last: dict[str, int] = {}
    for entry in entries:
        if entry.outage.entity:
            last[entry.outage.entity] = max(entry.time, last.get(entry.outage.entity, entry.time))
    return last


def _as_of(outage: Outage, at: int) -> Outage:
    """The outage with the end that is most likely when it still lasts at a time; none when no end is likely any more."""
    if outage.length is None or outage.start + outage.length.typical > at:
        return outage
    if _is_overtaken(outage, at):
        return replace(outage, end=None, length=None)
    return replace(outage, end=outage.start + length_quantile(outage.length, 0.5, at - outage.start))


def _is_overtaken(outage: Outage, at: int) -> bool:
    longest = _longest(outage.length)
    return longest is not None and outage.start + longest <= at


def _longest(length: Length | None) -> int | None:
    return length.max if isinstance(length, Pert) else None


def _pins(observations: Sequence[Observation], reported: Mapping[str, int], at: int) -> Iterator[Pin]:
    """Each observed level until it was said to end, the next word about the entity, or the as-of time."""
    later: dict[str, int] = {}
    for one in sorted(observations, key=lambda one: one.time)[::-1]:
        entity = one.entity or ""
        ends = [at if one.until is None else one.until]
        ends += [later[entity]] if entity in later else []
        ends += [reported[entity]] if reported.get(entity, one.time) > one.time else []
        later[entity] = one.time
        if min(ends) > one.time:
            yield Pin(entity, one.level or 0.0, one.time, min(ends))


def _observed(
    reported: list[Outage], observations: Iterable[Observation], at: int
) -> tuple[list[Outage], list[tuple[Outage, bool]]]:
    """The reported outages as they go on after what was observed, and what goes on beside them (and whether it is over).

    A level below 1 that was observed last, without an end, is the level of the reported outage of the same entity from
    then on; where there is none, or it was better before, it is an outage of its own, of unknown length.
    """
    outages, beside = list(reported), list[tuple[Outage, bool]]()
    last = {one.entity: one for one in sorted(observations, key=lambda one: one.time)}
    for one in last.values():
        level = one.level or 0.0
        if one.until is not None or level >= 1:
            continue
        places = [place for place, outage in enumerate(outages) if _is_of(outage, one, at)]
        if not places or any(outages[place].remaining > level for place in places):
            beside.append((Outage(one.time, None, one.entity, remaining=level), False))
            continue
        for place in places:
            if outages[place].start < one.time and outages[place].remaining < level:
                beside.append((replace(outages[place], end=one.time, length=None), True))
            outages[place] = replace(outages[place], remaining=level)
    return outages, beside


def _is_of(outage: Outage, observation: Observation, at: int) -> bool:
    """Whether an outage is of the observed entity, and goes on at the as-of time."""
    return outage.entity == observation.entity and outage.start <= at and (outage.end is None or outage.end > at)


def _reported_by_others(log: Log, network: Network, at: int) -> Iterator[tuple[Outage, bool]]:
    """Outages in others' latest delgivningar, and whether they say that it is over; whoever answers for it goes first.

    What the own log says of an outage that has begun, or of a level, outranks them.
    """
    own = {
        entry.outage.entity for entry in log.of(OutageEntry) if entry.status != "feared" and entry.outage.start <= at
    }
    own |= {one.entity for one in log.of(Observation) if holds_level(one)}
    found: dict[str, tuple[bool, Outage, bool]] = {}
    for received in latest_received(log):
        for statement in received.statements:
            claims = {(claim.subject, claim.aspect): claim.value for claim in statement.claims}
            for subject in (subject for subject, aspect in claims if aspect == "start"):
                outage = _claimed(network, subject, claims)
                if outage is not None and subject not in own:
                    answers = network.actor_of(subject) == received.sender
                    is_said = statement.status == "bekräftad" and outage.end is not None
                    is_over = is_said and (outage.end or 0) <= _stands(received)
                    if subject not in found or (answers and not found[subject][0]):
                        found[subject] = answers, outage, is_over
    yield from ((outage, is_over) for _, outage, is_over in found.values())


def _claimed(network: Network, entity: str, claims: dict[tuple[str, str], str]) -> Outage | None:
    """The outage that another actor's claims describe; None for what the model does not have, or for no times."""
    if entity not in network.entity:
        return None
    zone = time_zone(network.timezone)
    end = claims.get((entity, "end"))
    end = None if end == UNKNOWN else end
    try:
        return Outage(
            parse_instant(claims[entity, "start"], zone),
            parse_instant(end, zone) if end else None,
            entity,
            remaining=min(1.0, max(0.0, float(claims.get((entity, "remaining"), 0)))),
        )
    except ValueError:
        return None


def latest_received(log: Log) -> list[Received]:
    """The delgivning of each sender that says how things stood last, in the senders' order of first word."""
    latest: dict[str, Received] = {}
    for received in log.of(Received):
        if received.sender not in latest or _stands(received) >= _stands(latest[received.sender]):
            latest[received.sender] = received
    return list(latest.values())


def _stands(received: Received) -> int:
    return received.time if received.at is None else received.at


def concerned(entry: Entry) -> tuple[str, ...]:
    """Ids of entities and payments that an entry is about."""
    if isinstance(entry, OutageEntry):
        return tuple(one for one in (entry.outage.entity, entry.outage.payment) if one)
    if isinstance(entry, Observation):
        return (entry.entity,) if entry.entity else ()
    return tuple(getattr(entry, "concerns", ()))
