"""Which entities can be made to fail, how often and for how long, and which lack the data for it."""

from dataclasses import dataclass
from math import log1p
from typing import Literal

from beroenden.consequences.lengths import mean_length
from beroenden.model.entities import Entity, Length
from beroenden.model.network import Network

Missing = Literal["failure", "duration", "per_year"]
_MINUTES_A_YEAR = 525_960
"""Of 365.25 days."""


@dataclass(frozen=True, slots=True)
class FailureRate:
    """How often an entity fails by itself, and for how long; a length is in minutes or a distribution of them."""

    entity: str
    per_year: float
    length: int | Length


@dataclass(frozen=True, slots=True)
class Lacking:
    """An entity whose failures cannot be simulated, and which key of the model would make them so."""

    entity: str
    missing: Missing


def failure_rates(network: Network) -> tuple[list[FailureRate], list[Lacking]]:
    """Entities that fail, and entities of which it is unknown; those that never fail by themselves are in neither.

    An unavailability alone says nothing of how often and how long: a hundred short failures harm nobody where one long
    one of the same total does. With a duration it gives the rate whose failures, each with a length of its own, make up
    that share of time (the infinite-server queue of `cutsets.failure.unavailability`, turned around).

    Citizens are those whom failures meet: without failure data they are not unknown.

    >>> from beroenden.model.entities import Failure
    >>> entities = [Entity("a", "A", "system", failure=Failure(unavailability=0.01, duration=60)), Entity("b", "B", "bank")]
    >>> network = Network("", "", "UTC", "TLP:CLEAR", entities=tuple(entities))
    >>> failing, lacking = failure_rates(network)
    >>> [(one.entity, round(one.per_year, 2)) for one in failing], lacking
    ([('a', 88.1)], [Lacking(entity='b', missing='failure')])
    """
    failing, lacking = [], []
    for entity in network.entities:
        found = failure_rate(entity)
        if isinstance(found, FailureRate):
            failing.append(found)
        elif found is not None:
            lacking.append(found)
    return failing, lacking


def failure_rate(entity: Entity) -> FailureRate | Lacking | None:
    """How often one entity fails, or what is missing to tell; None when it never fails by itself."""
    failure = entity.failure
    if failure is None:
        return None if entity.kind == "citizens" else Lacking(entity.id, "failure")
    share, often = failure.unavailability, failure.per_year
    if often == 0 or (often is None and share == 0):
        return None
    if failure.duration is None:
        return Lacking(entity.id, "duration")
    if often is None and share is not None and share < 1:
        often = -log1p(-share) * _MINUTES_A_YEAR / mean_length(failure.duration)
    return Lacking(entity.id, "per_year") if often is None else FailureRate(entity.id, often, failure.duration)
