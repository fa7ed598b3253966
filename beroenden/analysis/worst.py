"""What took something to its worst, besides what its harm began with."""

from collections.abc import Iterator, Sequence

from beroenden.consequences.outcome import Outcome
from beroenden.engine.single import solve
from beroenden.model.scenario import Outage, Pin

_SAME = 1e-9

Cause = Outage | Pin
"""Something that is out, or observed to be impaired."""


def worsened_by(outcome: Outcome, entity: str, at: int, first: str) -> dict[str, int]:
    """What else had to be wrong, and since when, for an entity to be at its level at an instant.

    Where one of several would do, the one that began earliest.

    Args:
        first: The entity that the harm began with.
    """
    level = outcome.level_at(entity, at)
    begun = sorted((one for one in _causes(outcome) if one.start <= at), key=lambda one: one.start)
    needed = [one for one in begun if one.entity == first or _is_sound(one)]
    others = [one for one in begun if one not in needed]
    for one in reversed(tuple(others)):
        rest = [other for other in others if other is not one]
        if abs(_level(outcome, [*needed, *rest], entity, at) - level) < _SAME:
            others = rest
    return {one.entity: one.start for one in reversed(others) if one.entity is not None}


def _causes(outcome: Outcome) -> Iterator[Cause]:
    yield from (one for one in outcome.outages if one.entity is not None)
    yield from outcome.scenario.pins


def _is_sound(cause: Cause) -> bool:
    """Whether it is an observation that something works, which harms nothing."""
    return isinstance(cause, Pin) and cause.level >= 1


def _level(outcome: Outcome, causes: Sequence[Cause], entity: str, at: int) -> float:
    """The level of an entity at an instant if nothing else were wrong."""
    outages = [one for one in outcome.outages if one in causes]
    pins = [one for one in outcome.scenario.pins if one in causes]
    return solve(outcome.levels.net, outages, pins, outcome.levels.limit).of(entity).at(at)
