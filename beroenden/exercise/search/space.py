"""What the search tries: which entities together, at which starts, for how long, and what concerns each actor."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from math import comb

import numpy as np

from beroenden.analysis.ranking.starts import starts_within
from beroenden.analysis.ranking.trials import Flags
from beroenden.engine.batch.arrays import IntColumn
from beroenden.errors import UsageError
from beroenden.exercise.search.wishes import Wishes
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.units.durations import DAY, HOUR
from beroenden.units.numbers import number
from beroenden.units.times import Clock, time_zone

_STEPS = (HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR)
_AFFORDABLE = 3_000_000
"""Scenarios that a step may make unless it is asked for: some twenty seconds of work."""
_MOST_SETS = 5_000_000
_MORNING = 9 * HOUR
"""When outages begin that are tried once a day."""
_BRANCH = "~"
"""Parts the id of a payment from that of the bank whose branch of it is followed; no id holds it."""


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """What is tried.

    Attributes:
        network: The model, with a payment of its own for each branch that concerns a chosen bank.
        candidates: Ids of the entities that are failed; an outage of any other harms no chosen actor, or is not wanted.
        reaches: (candidates, actors) whether an outage of each can reach each actor at all.
        sets: By how many fail together, (sets, that many) places among the candidates; together they can reach all actors.
        starts: Instants, rising.
        every: Minutes between the starts.
        own: By actor, what it answers for.
        concerns: By actor, ids of the payments of `network` that it pays or carries, or whose branch is its own.
    """

    network: Network
    wishes: Wishes
    candidates: tuple[str, ...]
    reaches: Flags
    sets: tuple[IntColumn, ...]
    starts: tuple[int, ...]
    every: int
    own: tuple[tuple[str, ...], ...]
    concerns: tuple[tuple[str, ...], ...]

    @property
    def scenarios(self) -> int:
        """At most how many scenarios are tried; fewer are where a smaller set does the job."""
        return sum(len(sets) for sets in self.sets) * len(self.starts) * len(self.wishes.lengths)

    @property
    def upstream(self) -> list[set[str]]:
        """By actor, everything that what concerns it depends on, itself included."""
        return [_upstream(self.network, *both) for both in zip(self.own, self.concerns, strict=True)]

    @property
    def owns(self) -> Flags:
        """(candidates, actors) whether each actor answers for each candidate."""
        return _members(self.candidates, self.own)

    @staticmethod
    def is_branch(payment: str) -> bool:
        """Whether an id of a payment stands for a branch of another."""
        return _BRANCH in payment


def space_of(network: Network, wishes: Wishes) -> Space:
    """The space of a search. Entities of kind citizens and authority are not failed, nor what is to be avoided."""
    own = tuple(_own(network, actor) for actor in wishes.actors)
    payments = [list(_payments(network, actor)) for actor in wishes.actors]
    branches = {one.id: one for each in payments for one in each if _BRANCH in one.id}
    wider = replace(network, payments=(*network.payments, *branches.values()))
    concerns = tuple(tuple(payment.id for payment in each) for each in payments)
    upstream = [_upstream(wider, *both) for both in zip(own, concerns, strict=True)]
    candidates = tuple(
        one for one in may_fail(network, wishes) if one in wishes.include or any(one in each for each in upstream)
    )
    _check_size(len(candidates) - len(wishes.include), wishes.k - len(wishes.include))
    reaches = _members(candidates, upstream)
    fixed = [candidates.index(one) for one in wishes.include]
    sets = tuple(_covering(reaches, size, fixed) for size in range(1, wishes.k + 1))
    a_start = sum(map(len, sets)) * len(wishes.lengths)
    every = wishes.every or _step(wishes.days, a_start)
    clock = Clock(time_zone(network.timezone))
    return Space(wider, wishes, candidates, reaches, sets, _starts(wishes.days, every, clock), every, own, concerns)


def _check_size(candidates: int, k: int) -> None:
    if (sets := comb(candidates, k)) > _MOST_SETS:
        raise UsageError(
            say(
                f"{k} åt gången av {candidates} entiteter blir {number(sets)} kombinationer, fler än som går att pröva; välj lägre --k.",
                f"{k} at a time of {candidates} entities makes {number(sets)} combinations, more than can be tried; choose a lower --k.",
            )
        )


def may_fail(network: Network, wishes: Wishes) -> list[str]:
    """Ids of the entities that can be failed in an exercise."""
    return [
        one.id for one in network.entities if one.kind not in ("citizens", "authority") and one.id not in wishes.avoid
    ]


def _own(network: Network, actor: str) -> tuple[str, ...]:
    return tuple(one.id for one in network.entities if network.actor_of(one.id) == actor and one.kind != "citizens")


def _payments(network: Network, actor: str) -> Iterator[Payment]:
    """The payments that an actor pays or carries, and, as a payment of its own, the branch that has its accounts."""
    for payment in network.payments:
        if actor in (payment.payer, payment.paying_bank):
            yield payment
        elif any(bank == actor for bank, _ in network.accounts_of(payment)):
            yield replace(payment, id=f"{payment.id}{_BRANCH}{actor}", accounts=((actor, 1.0),))


def _upstream(network: Network, own: tuple[str, ...], payments: tuple[str, ...]) -> set[str]:
    chosen = [network.payment[payment] for payment in payments]
    needed = [one for each in chosen for stage in each.stages for one in network.stage_providers(each, stage)]
    return network.upstream([*own, *needed])


def _members(rows: Sequence[str], groups: Sequence[Collection[str]]) -> Flags:
    return np.array([[one in group for group in groups] for one in rows], np.bool_).reshape(len(rows), len(groups))


def combined(count: int, size: int, fixed: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """All combinations of a size out of the first so many numbers that hold some of them, each rising."""
    if size >= len(fixed):
        others = (one for one in range(count) if one not in fixed)
        yield from (tuple(sorted((*fixed, *more))) for more in combinations(others, size - len(fixed)))


def _covering(reaches: Flags, size: int, fixed: Sequence[int]) -> IntColumn:
    """The combinations of a size that hold what is fixed and of which each actor can be reached by some member."""
    every = np.array(list(combined(len(reaches), size, fixed)), np.int64).reshape(-1, size)
    together: Flags = np.logical_or.reduce(reaches[every], axis=1)
    covers: IntColumn = every[np.logical_and.reduce(together, axis=1)]
    return covers


def _step(days: tuple[date, date], scenarios_a_start: int) -> int:
    """Minutes between starts: an hour, or where that makes very many scenarios the shortest step that does not."""
    length = ((days[1] - days[0]).days + 1) * DAY
    return next((step for step in _STEPS if length // step * scenarios_a_start <= _AFFORDABLE), DAY)


def _starts(days: tuple[date, date], every: int, clock: Clock) -> tuple[int, ...]:
    found = starts_within(days, every, clock)
    return tuple(clock.at(clock.day(one), _MORNING) for one in found) if every % DAY == 0 else found
