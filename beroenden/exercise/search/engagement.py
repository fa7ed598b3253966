"""Whom outages engage, many at once, on the batch engine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter

import numpy as np

from beroenden.analysis.ranking.trials import Flags
from beroenden.consequences.batch.chunk import BatchModel, batch_model, run_chunk
from beroenden.consequences.batch.results import Results
from beroenden.engine.batch.arrays import IntColumn, ints
from beroenden.engine.batch.scenarios import Scenarios
from beroenden.engine.compiled import compiled
from beroenden.exercise.search.space import Space, combined

CHUNK = 8192
_SAMPLE = 500


@dataclass(slots=True)
class Engagement:
    """A space made ready for the batch engine.

    Attributes:
        numbers: By candidate, its number in the compiled network.
        starts: Instants.
    """

    space: Space
    model: BatchModel = field(init=False)
    numbers: IntColumn = field(init=False)
    starts: IntColumn = field(init=False)

    def __post_init__(self) -> None:
        space = self.space
        number = compiled(space.network).number
        self.model = batch_model(space.network, targets=tuple(one for own in space.own for one in own))
        self.numbers = ints([number[one] for one in space.candidates])
        self.starts = ints(space.starts)

    def columns(self, out: IntColumn, since: IntColumn, length: int) -> Scenarios:
        """Scenarios of as many entities each.

        Args:
            out: (scenarios, size) numbers of entities in the compiled network.
            since: (scenarios,) instants.
            length: Minutes of every outage.
        """
        count, size = out.shape
        start = np.repeat(since, size)
        return Scenarios(
            outage_start=size * np.arange(count + 1, dtype=np.int64),
            entity=np.sort(out, axis=1).reshape(-1),
            start=start,
            end=start + length,
            remaining=np.zeros(len(start)),
            since=since,
            until=since + self.space.wishes.horizon,
        )

    def engaged(self, results: Results) -> Flags:
        """(scenarios, actors) whether each actor has something harmed or late."""
        harmed, first = [], 0
        for own in self.space.own:
            harmed.append((results.target_lost_hours[:, first : first + len(own)] > 0).any(axis=1))
            first += len(own)
        engaged: Flags = np.stack(harmed, axis=1) | self.late(results)
        return engaged

    def late(self, results: Results) -> Flags:
        """(scenarios, actors) whether a payment that concerns each actor is late."""
        late = [(self.runs_late(results, concerns) > 0).any(axis=1) for concerns in self.space.concerns]
        return np.stack(late, axis=1)

    def runs_late(self, results: Results, payments: tuple[str, ...]) -> IntColumn:
        """(scenarios, payments) how many runs of some payments are late."""
        runs: IntColumn = results.payments.late[:, self.places(payments)]
        return runs

    def places(self, payments: tuple[str, ...]) -> list[int]:
        """Where payments stand in the results."""
        return [self.model.payments.index(payment) for payment in payments]

    def engaged_by(self, out: list[str], length: int) -> Flags:
        """(starts, actors) whom the outage of all of some entities at once engages."""
        number = compiled(self.space.network).number
        rows = np.tile(ints([number[one] for one in out]), (len(self.starts), 1))
        return self.engaged(run_chunk(self.model, self.columns(rows, self.starts, length)))

    def most_engaged(self) -> tuple[Flags, tuple[int, ...], Flags]:
        """What the longest outages of all sets do, whomever they can reach.

        Returns:
            (actors,) whether any set engages each; the set that engages most of them at one start; whom it engages.
        """
        candidates, actors = self.space.reaches.shape
        fixed = [self.space.candidates.index(one) for one in self.space.wishes.include]
        reached, best, most = np.zeros(actors, np.bool_), (), np.zeros(actors, np.bool_)
        for size in range(1, self.space.wishes.k + 1):
            for out in _some(combined(candidates, size, fixed), max(1, CHUNK // len(self.starts))):
                rows = np.repeat(self.numbers[out], len(self.starts), axis=0)
                since = np.tile(self.starts, len(out))
                engaged = self.engaged(run_chunk(self.model, self.columns(rows, since, self.space.wishes.lengths[-1])))
                reached |= engaged.any(axis=0)
                row = int(engaged.sum(axis=1).argmax())
                if engaged[row].sum() > most.sum():
                    best, most = tuple(out[row // len(self.starts)].tolist()), engaged[row]
        return reached, best, most

    def seconds(self) -> float:
        """About how long a scenario takes, by some of the largest sets, drawn at random."""
        sets = next((each for each in reversed(self.space.sets) if len(each)), None)
        if sets is None:
            return 0.0
        generator = np.random.default_rng(0)
        run_chunk(self.model, self._drawn(generator, sets))  # compiles, or fetches what is compiled
        sample, before = self._drawn(generator, sets), perf_counter()
        run_chunk(self.model, sample)
        return (perf_counter() - before) / _SAMPLE

    def _drawn(self, generator: np.random.Generator, sets: IntColumn) -> Scenarios:
        out = self.numbers[sets[generator.integers(len(sets), size=_SAMPLE)]]
        return self.columns(out, generator.choice(self.starts, _SAMPLE), self.space.wishes.lengths[-1])


def _some(waiting: Iterator[tuple[int, ...]], at_once: int) -> Iterator[IntColumn]:
    """Combinations, some at a time."""
    while taken := list(islice(waiting, at_once)):
        yield ints(taken)
