"""Several entities out together: how much harm they do, and what that is beyond what they do each alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import comb

import numpy as np

from beroenden.analysis.ranking.alone import Alone
from beroenden.analysis.ranking.trials import Flags, Harm, Trials
from beroenden.engine.batch.arrays import FloatColumn, IntColumn

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Point:
    """The harm of several entities when they fall at one start.

    Attributes:
        together: Of all of them out together.
        parts: The most that their parts do: of a pair, the sum of each alone; of three, also a pair and the third alone.
    """

    start: int
    together: float
    parts: float

    @property
    def added(self) -> float:
        """What they do together beyond what their parts do; below 0 where they harm the same."""
        return self.together - self.parts


@dataclass(frozen=True, slots=True)
class Joint:
    """Several entities out together.

    Attributes:
        worst: The first start at which they do most harm.
        most_added: The first start at which they add most to what their parts do.
        mean: Harm in the mean over all starts.
        uncounted: Payments that come late at some start and add nothing to the harm, since their size is unknown.
    """

    entities: tuple[str, ...]
    worst: Point
    most_added: Point
    mean: float
    uncounted: int


@dataclass(frozen=True, slots=True)
class Together:
    """All combinations of k entities; the lists hold the greatest of them, and the counts all.

    Attributes:
        k: How many are out together.
        tried: Combinations that were tried.
        combinations: How many there are.
        greatest: Most harm together, of those in which each adds something; `greatest_count` are such.
        adding: Most added to what their parts do, of those that are not redundant; `adding_count` are such.
        redundant: Each part of them is harmless, and together they are not; `redundant_count` are such.
    """

    k: int
    tried: int
    combinations: int
    greatest: tuple[Joint, ...]
    greatest_count: int
    adding: tuple[Joint, ...]
    adding_count: int
    redundant: tuple[Joint, ...]
    redundant_count: int


@dataclass(slots=True)
class _Greatest:
    """The greatest of what comes, those that came first before their equals."""

    most: int
    count: int = 0
    kept: list[tuple[float, Joint]] = field(default_factory=list)

    def add(self, keys: FloatColumn, chosen: Flags, made: Callable[[int], Joint]) -> None:
        """Take in those that are chosen."""
        places = np.flatnonzero(chosen)
        self.count += len(places)
        first = places[np.argsort(-keys[places], kind="stable")[: self.most]]
        least = self.kept[-1][0] if len(self.kept) == self.most else -np.inf
        new = [(float(keys[place]), made(int(place))) for place in first if keys[place] > least]
        self.kept = sorted([*self.kept, *new], key=lambda one: -one[0])[: self.most]

    @property
    def joints(self) -> tuple[Joint, ...]:
        """Those that are kept, the greatest first."""
        return tuple(joint for _, joint in self.kept)


class _Tables:
    """The harm of what fewer entities do, by combination and start."""

    def __init__(self, alone: Alone) -> None:
        self.alone, self.harmless = alone.value, alone.is_harmless
        self.pairs, self.pairs_harmless = np.zeros((0, alone.value.shape[1])), alone.is_harmless[:0]

    def keep_pairs(self, values: list[FloatColumn], are_harmless: list[Flags]) -> None:
        """Remember the pairs, for the threes."""
        self.pairs, self.pairs_harmless = np.concatenate(values), np.concatenate(are_harmless)

    def parts(self, out: IntColumn) -> tuple[FloatColumn, FloatColumn, Flags]:
        """By combination and start, the most that the parts do as a sum, the most that one part does; all harmless."""
        alone = self.alone[out]
        if out.shape[1] == 2:
            return alone.sum(axis=1), alone.max(axis=1), _all(self.harmless[out])
        places = [self._place(out[:, one], out[:, other]) for one, other in ((1, 2), (0, 2), (0, 1))]
        pairs = np.stack([self.pairs[place] for place in places], axis=1)
        sums = np.maximum((alone + pairs).max(axis=1), alone.sum(axis=1))
        return sums, pairs.max(axis=1), _all(self.pairs_harmless[np.stack(places, axis=1)])

    def _place(self, one: IntColumn, other: IntColumn) -> IntColumn:
        """Where pairs stand among all pairs."""
        count = len(self.alone)
        place: IntColumn = one * (2 * count - one - 1) // 2 + other - one - 1
        return place


def _all(flags: Flags) -> Flags:
    """Whether all of a row are."""
    every: Flags = np.logical_and.reduce(flags, axis=1)
    return every


def all_together(trials: Trials, alone: Alone, most: int) -> tuple[Together, ...]:
    """Try all pairs, having tried each alone, and up to the number that is asked for all threes.

    Args:
        most: So many are kept in each list.
    """
    tables = _Tables(alone)
    orders = range(2, trials.question.k + 1)
    return tuple(_tried(trials, tables, k, most) for k in orders if not trials.is_partial)


def _tried(trials: Trials, tables: _Tables, k: int, most: int) -> Together:
    asked = trials.question
    waiting = combinations(range(len(asked.candidates)), k)
    greatest, adding, redundant = (_Greatest(most) for _ in range(3))
    values: list[FloatColumn] = []
    are_harmless: list[Flags] = []
    tried = 0
    for harm in trials.harm_of(k):
        out = np.array(list(islice(waiting, len(harm.value))), dtype=np.int64)
        chunk = _Chunk(trials, tables, out, harm)
        worst = chunk.value_at(chunk.worst)
        greatest.add(worst, chunk.each_adds, chunk.joint)
        adding.add(chunk.added, (chunk.added > 0) & ~chunk.is_redundant, chunk.joint)
        redundant.add(worst, chunk.is_redundant, chunk.joint)
        tried += len(out)
        if k < asked.k:
            values.append(harm.value)
            are_harmless.append(chunk.is_harmless)
    if k < asked.k and not trials.is_partial:
        tables.keep_pairs(values, are_harmless)
    lists = [(one.joints, one.count) for one in (greatest, adding, redundant)]
    return Together(k, tried, comb(len(asked.candidates), k), *lists[0], *lists[1], *lists[2])


class _Chunk:
    """Some combinations against their parts."""

    def __init__(self, trials: Trials, tables: _Tables, out: IntColumn, harm: Harm) -> None:
        self._asked, self._out, self._harm = trials.question, out, harm
        self._parts, one_part, parts_harmless = tables.parts(out)
        added = harm.value - self._parts
        added[np.abs(added) <= _ROUNDING * harm.value] = 0.0
        self.worst, self.most_added = harm.greatest(harm.value), harm.greatest(added)
        rows = np.arange(len(out))
        self.added = added[rows, self.most_added]
        self.is_harmless = harm.is_harmless
        self._uncounted = harm.uncounted
        self.is_redundant = parts_harmless & ~self.is_harmless
        more = harm.value - one_part
        self.each_adds = more[rows, self.worst] > _ROUNDING * harm.value[rows, self.worst]

    def value_at(self, starts: IntColumn) -> FloatColumn:
        """The harm of each combination at a start of its own."""
        value: FloatColumn = self._harm.value[np.arange(len(starts)), starts]
        return value

    def joint(self, place: int) -> Joint:
        """One of the combinations."""
        return Joint(
            entities=tuple(self._asked.candidates[one] for one in self._out[place]),
            worst=self._point(place, int(self.worst[place])),
            most_added=self._point(place, int(self.most_added[place])),
            mean=float(self._harm.value[place].mean()),
            uncounted=int(self._uncounted[place]),
        )

    def _point(self, place: int, start: int) -> Point:
        together, parts = float(self._harm.value[place, start]), float(self._parts[place, start])
        return Point(self._asked.starts[start], together, parts)
