"""How likely an entity is to be out at any moment, from its failure data."""

from math import expm1

from beroenden.consequences.lengths import mean_length
from beroenden.model.entities import Entity

_MINUTES_A_YEAR = 525_960
"""Of 365.25 days."""


def unavailability(entity: Entity) -> float | None:
    """The long-run share of time that an entity is out by itself; None when the model does not tell.

    Failures at a rate, each with a length of its own, whether or not another lasts: the number that last at a moment is
    Poisson with mean rate times mean length, so the share of time without any is exp(-rate * mean).

    Source: the infinite-server queue M/G/∞ (Takács 1962, Introduction to the Theory of Queues).

    >>> from beroenden.model.entities import Failure
    >>> round(unavailability(Entity("a", "A", "system", failure=Failure(per_year=2, duration=1440))), 6)
    0.005461
    >>> unavailability(Entity("a", "A", "system")) is None
    True
    """
    failure = entity.failure
    if failure is None:
        return None
    if failure.unavailability is not None:
        return failure.unavailability
    if failure.per_year == 0:
        return 0.0
    if failure.per_year is None or failure.duration is None:
        return None
    return -expm1(-failure.per_year * mean_length(failure.duration) / _MINUTES_A_YEAR)


def can_fail(entity: Entity) -> bool:
    """Whether an entity can fail by itself: all can, except those that the model says never do."""
    return unavailability(entity) != 0
