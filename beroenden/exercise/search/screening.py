"""All outages tried: which of them engage every chosen actor, and which of those are worth a closer look.

More outage never helps, so a set that holds a smaller one that does the job at the same start and length does it too; such
sets are not tried, and each entity of a set that is found is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from beroenden.analysis.ranking.trials import WORTH_PROCESSES, Flags
from beroenden.consequences.batch.results import Results
from beroenden.consequences.batch.sweep import Progress, Sweep
from beroenden.engine.batch.arrays import FloatColumn, IntColumn
from beroenden.engine.batch.scenarios import Scenarios, Series
from beroenden.exercise.search.engagement import CHUNK, Engagement
from beroenden.exercise.search.promise import Promise
from beroenden.exercise.search.space import Space

_DAYS = 3
"""The best starts of each set and length are kept, on so many days."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A scenario that does the job, and how good it looks.

    Attributes:
        out: Places among the candidates, rising.
        promise: The more, the better.
    """

    out: tuple[int, ...]
    length: int
    start: int
    promise: float


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some sets at all starts, for one length.

    Attributes:
        first: Number of the first set among those of its size.
        out: (sets, size) places among the candidates.
        length: Place among the lengths.
        tried: (sets, starts) those that hold no smaller set that does the job.
    """

    first: int
    out: IntColumn
    length: int
    tried: Flags


@dataclass(slots=True)
class Screening:
    """The search on the batch engine.

    Attributes:
        progress: Told how many scenarios are settled, of how many in all.
        done: Scenarios that are settled: tried, or known by a smaller set.
        engaging: Those of them that were tried and engage all chosen actors, whether or not they hit what they must.
        is_partial: Whether it was stopped before all were done.
    """

    engagement: Engagement
    promise: Promise
    processes: int = 1
    progress: Progress | None = None
    done: int = field(default=0, init=False)
    engaging: int = field(default=0, init=False)
    is_partial: bool = field(default=False, init=False)
    _does: list[Flags] = field(default_factory=list, init=False)
    _numbers: list[IntColumn] = field(default_factory=list, init=False)

    @property
    def space(self) -> Space:
        """What is tried."""
        return self.engagement.space

    def leads(self) -> list[Lead]:
        """The best starts of each set of entities and length, where it does the job and nothing smaller in it does."""
        found: list[Lead] = []
        for size in range(1, self.space.wishes.k + 1):
            if not self.is_partial:
                found += self._of_size(size)
        return found

    def _of_size(self, size: int) -> list[Lead]:
        sets, lengths, starts = self.space.sets[size - 1], len(self.space.wishes.lengths), len(self.space.starts)
        does = np.zeros((len(sets), lengths, starts), np.bool_)
        found: list[Lead] = []
        before = self.done
        count = sum(int(part.tried.sum()) for part in self._parts(size))
        series = Series(count, lambda: self._scenarios(size))
        sweep = Sweep(self.engagement.model, series, self.processes if count >= WORTH_PROCESSES else 1)
        for part, (_, results) in zip(self._parts(size), sweep, strict=False):
            does[part.first : part.first + len(part.out), part.length] = self._settled(part, results, found)
            self._tell(before + (part.length * len(sets) + part.first + len(part.out)) * starts)
        self.is_partial = sweep.is_partial
        if not self.is_partial:
            self._tell(before + does.size)
        if size < self.space.wishes.k:
            self._does.append(does)
            self._numbers.append(_numbered(sets, len(self.space.candidates)))
        return found

    def _tell(self, done: int) -> None:
        self.done = done
        if self.progress:
            self.progress(done, self.space.scenarios)

    def _parts(self, size: int) -> Iterator[_Part]:
        """All sets of a size, length by length and some at a time, where there is anything to try."""
        sets = self.space.sets[size - 1]
        at_once = max(1, CHUNK // len(self.space.starts))
        for length in range(len(self.space.wishes.lengths)):
            for first in range(0, len(sets), at_once):
                out = sets[first : first + at_once]
                tried = ~self._is_known(out, length)
                if tried.any():
                    yield _Part(first, out, length, tried)

    def _is_known(self, out: IntColumn, length: int) -> Flags:
        """(sets, starts) whether a smaller set within each does the job."""
        known = np.zeros((len(out), len(self.space.starts)), np.bool_)
        for smaller in range(1, out.shape[1]):
            for members in combinations(range(out.shape[1]), smaller):
                number = self._numbers[smaller - 1][tuple(out[:, members].T)]
                has = number >= 0
                known[has] |= self._does[smaller - 1][number[has], length]
        return known

    def _scenarios(self, size: int) -> Iterator[Scenarios]:
        for part in self._parts(size):
            sets, starts = np.nonzero(part.tried)
            out = self.engagement.numbers[part.out[sets]]
            yield self.engagement.columns(out, self.engagement.starts[starts], self.space.wishes.lengths[part.length])

    def _settled(self, part: _Part, results: Results, found: list[Lead]) -> Flags:
        """(sets, starts) whether each does the job; the best of those that do go to `found`."""
        engages_all = self.engagement.engaged(results).all(axis=1)
        must_hit = self.engagement.runs_late(results, self.space.wishes.must_hit)
        does = engages_all & (must_hit > 0).all(axis=1)
        self.engaging += int(engages_all.sum())
        whole = np.zeros(part.tried.shape, np.bool_)
        whole[part.tried] = does
        if does.any():
            sets, starts = np.nonzero(part.tried)
            promise = np.full(part.tried.shape, -np.inf)
            promise[part.tried] = np.where(does, self.promise.of(part.out[sets], starts, results), -np.inf)
            found += self._best(part, promise)
        return whole

    def _best(self, part: _Part, promise: FloatColumn) -> Iterator[Lead]:
        """The best start of each set, and the best of other days."""
        length, days = self.space.wishes.lengths[part.length], self.promise.days
        for _ in range(_DAYS):
            best = promise.argmax(axis=1)
            value = promise[np.arange(len(promise)), best]
            for row in np.flatnonzero(value > -np.inf).tolist():
                yield Lead(tuple(part.out[row].tolist()), length, self.space.starts[best[row]], float(value[row]))
            promise[days[best][:, None] == days] = -np.inf


def shortlist(leads: list[Lead], most: int) -> list[Lead]:
    """The most promising leads, so that each entity has its turn: the best of each, then the second best, and so on."""
    taken: dict[int, int] = {}
    turns: list[int] = []
    in_order = sorted(leads, key=lambda lead: (-lead.promise, len(lead.out), lead.out, lead.length, lead.start))
    for lead in in_order:
        turns.append(min(taken.get(one, 0) for one in lead.out))
        taken |= {one: taken.get(one, 0) + 1 for one in lead.out}
    order = sorted(range(len(in_order)), key=lambda place: (turns[place], place))
    return [in_order[place] for place in order[:most]]


def _numbered(sets: IntColumn, candidates: int) -> IntColumn:
    """The number of each set by the places of its members, rising; -1 where it is not among them."""
    numbers = np.full((candidates,) * sets.shape[1], -1, np.int64)
    numbers[tuple(sets.T)] = np.arange(len(sets))
    return numbers
