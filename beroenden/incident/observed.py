"""What observed levels make of the reported outages: which go on by themselves, and which follow a cause that is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from beroenden.engine.compiled import compiled
from beroenden.engine.single import solve
from beroenden.engine.steps import Steps
from beroenden.incident.log.entries import Observation
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin

SAME_LEVEL = 0.005
"""Levels that differ less than this agree."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Reported outages as they go on after what was observed.

    Attributes:
        outages: The reported ones, in their order, with the level that was observed last.
        beside: What goes on beside them, and whether it is over.
        pins: The observations that hold a level; one that follows its cause holds no longer than the cause explains it.
    """

    outages: tuple[Outage, ...]
    beside: tuple[tuple[Outage, bool], ...]
    pins: tuple[Observation, ...]


def observed(
    network: Network,
    reported: Sequence[Outage],
    observations: Iterable[Observation],
    last_words: Mapping[str, int],
    others_words: Mapping[str, int],
    at: int,
) -> Observed:
    """Reported outages after what was observed.

    A level that was observed last, without an end, is the level of the reported outage of the same entity from then on;
    a level of 1 ends it. Where there is none, or it was better before, a level below 1 follows its cause when the model
    computes that it is no higher from the rest of what is known; only what nothing known explains is an outage of its
    own, of unknown length, which the next observed level ends.

    Args:
        network: The model.
        reported: Outages of the own log, and those that other actors report.
        observations: Those that hold a level.
        last_words: When an outage of each entity was last reported by the own log.
        others_words: When an outage of each entity last began, or was over, by others' word: until then holds what was seen before.
        at: The as-of time.
    """
    outages, beside = list(reported), list[tuple[Outage, bool]]()
    pins, words = sorted(observations, key=lambda one: one.time), latest(last_words, others_words)
    for place, one in enumerate(pins):
        level, following = one.level or 0.0, _following(pins, place)
        is_outranked = last_words.get(one.entity or "", one.time) > one.time
        is_replaced = following is not None and following.time == one.time
        if one.until is not None or is_outranked or is_replaced:
            continue
        if level >= 1:
            outages = outages if following else [_until_seen_over(outage, one) for outage in outages]
            continue
        if others_words.get(one.entity or "", one.time) > one.time:
            continue
        places = [number for number, outage in enumerate(outages) if _is_of(outage, one, at)]
        if places and all(outages[number].remaining <= level for number in places):
            for number in () if following else places:
                if outages[number].start < one.time and outages[number].remaining < level:
                    beside.append((replace(outages[number], end=one.time, length=None), True))
                outages[number] = replace(outages[number], remaining=level)
            continue
        before = [other for other in pins[:place] if other.entity != one.entity]
        known = (*outages, *(outage for outage, _ in beside))
        computed = levels_of(network, known, held(before, words, at), one.entity or "", max(at, one.time) + 1)
        if not is_explained(computed.at(one.time), level):
            beside.append(_of_its_own(one, following))
        elif following is None:
            pins[place] = replace(one, until=_explained_until(computed, one.time, level, at))
    return Observed(tuple(outages), tuple(beside), tuple(pins))


def latest(words: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    """When something was last said of each entity, by one or the other."""
    return {one: max(each[one] for each in (words, others) if one in each) for one in (*words, *others)}


def _following(pins: Sequence[Observation], place: int) -> Observation | None:
    """The next observed level of the same entity after one of them; None where it is the last."""
    return next((one for one in pins[place + 1 :] if one.entity == pins[place].entity), None)


def _of_its_own(one: Observation, following: Observation | None) -> tuple[Outage, bool]:
    """An observed level as an outage until the next, and whether it is over: by another level, or one of 1 that is confirmed."""
    level = one.level or 0.0
    if following is None:
        return Outage(one.time, None, one.entity, remaining=level), False
    is_over = (following.level or 0.0) < 1 or following.status == "confirmed"
    return Outage(one.time, following.time, one.entity, remaining=level), is_over


def seen_over(
    outages: Iterable[Outage], observations: Iterable[Observation], last_words: Mapping[str, int]
) -> list[Outage]:
    """Outages, ended where their entity was observed last to work fully, and nothing was reported of it since."""
    last = {one.entity: one for one in sorted(observations, key=lambda one: one.time)}
    found = list(outages)
    for one in last.values():
        is_outranked = last_words.get(one.entity or "", one.time) > one.time
        if one.until is None and not is_outranked and (one.level or 0.0) >= 1:
            found = [_until_seen_over(outage, one) for outage in found]
    return found


def _until_seen_over(outage: Outage, one: Observation) -> Outage:
    """The outage, ended when its entity was observed to work fully; one of others, or that was over then, as it is."""
    is_ongoing = outage.start < one.time and (outage.end is None or outage.end > one.time)
    if outage.entity != one.entity or not is_ongoing:
        return outage
    return replace(outage, end=one.time, length=None)


def held(observations: Sequence[Observation], last_words: Mapping[str, int], at: int) -> tuple[Pin, ...]:
    """Each observed level until it was said to end, the next word about the entity, or the as-of time."""
    return tuple(_held(observations, last_words, at))


def _held(observations: Sequence[Observation], last_words: Mapping[str, int], at: int) -> Iterator[Pin]:
    later: dict[str, int] = {}
    for one in sorted(observations, key=lambda one: one.time)[::-1]:
        entity = one.entity or ""
        ends = [at if one.until is None else one.until]
        ends += [later[entity]] if entity in later else []
        ends += [last_words[entity]] if last_words.get(entity, one.time) > one.time else []
        later[entity] = one.time
        if min(ends) > one.time:
            yield Pin(entity, one.level or 0.0, one.time, min(ends))


def levels_of(network: Network, outages: Iterable[Outage], pins: Iterable[Pin], entity: str, limit: int) -> Steps:
    """The computed level of an entity up to an instant."""
    return solve(compiled(network), outages, pins, limit).of(entity)


def is_explained(computed: float, level: float) -> bool:
    """Whether an observed level is no lower than what is computed without it."""
    return computed <= level + SAME_LEVEL


def _explained_until(computed: Steps, start: int, level: float, at: int) -> int | None:
    """When the cause no longer explains an observed level; None while it does at the as-of time."""
    pieces = computed.pieces(start, at)
    return next((since for since, _, value in pieces if not is_explained(value, level)), None)


def _is_of(outage: Outage, observation: Observation, at: int) -> bool:
    """Whether an outage is of the observed entity, had begun when it was observed, and goes on at the as-of time."""
    has_begun = outage.start <= min(at, observation.time)
    return outage.entity == observation.entity and has_begun and (outage.end is None or outage.end > at)
