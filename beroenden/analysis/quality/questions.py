"""Which answers would change most: each doubtful endurance varied, over outages of all that its supply rests on.

An endurance that is unknown is tried as 0 (as the simulation counts it) and as 24 hours; one of low confidence as half and
as double. What is measured is the mean of the recipient-hours lost over all outages that are tried: each entity that a
doubtful need rests on, out for the same time at each of the same moments. Payments of unknown count have no recipient-hours;
of them it is measured how many hours they come late, each by itself, and what changes only that is asked last. Outages that the need does not rest on come out
the same whatever it is, so only the others are run again. One doubt is varied at a time. The mean is over what is tried; it
says nothing of how likely an outage is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beroenden.analysis.quality.doubts import Doubt, doubts, with_tried
from beroenden.consequences.batch.chunk import batch_model
from beroenden.consequences.batch.results import Results
from beroenden.consequences.batch.sweep import Progress, Sweep
from beroenden.engine.batch.arrays import FloatColumn, IntColumn, floats, ints
from beroenden.engine.batch.scenarios import CHUNK, Scenarios, Series
from beroenden.engine.compiled import compiled
from beroenden.model.network import Network

_AS_IT_STANDS = -1
_MOST_FACTORS = 4_000_000
"""Factors that a chunk may hold, so that memory does not grow with the square of the model."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The outages that are tried. Minutes, and instants in minutes since the epoch."""

    length: int
    starts: tuple[int, ...]
    horizon: int


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt, and what hangs on its answer.

    Attributes:
        least, most: Mean recipient-hours an outage with the most favourable and the least favourable answer that was tried.
        now: The same as the model stands.
        outages: How many entities' outages the answer bears on.
        worst: Id of the entity whose outage comes out most differently.
        worst_least, worst_most: The mean recipient-hours of that outage.
        uncounted: Of payments of unknown count that the answer bears on, the most first: the id, and the hours that it changes
            their mean delay by.
    """

    doubt: Doubt
    least: float
    now: float
    most: float
    outages: int
    worst: str
    worst_least: float
    worst_most: float
    uncounted: tuple[tuple[str, float], ...] = ()

    @property
    def change(self) -> float:
        """Mean recipient-hours an outage between the answers."""
        return self.most - self.least


@dataclass(frozen=True)
class Questions:
    """The questions whose answers matter, the one that changes most first.

    Attributes:
        doubts: How many endurances are unknown or of low confidence on payment chains.
        tried: How many of them were varied; fewer when it was stopped.
        mean: Mean recipient-hours an outage, as the model stands.
        uncounted: Ids of the payments that come late and are not in it, since their count is unknown.
        outages: How many entities were failed.
        scenarios: How many scenarios were run.
    """

    asked: Asked
    questions: tuple[Question, ...]
    doubts: int
    tried: int
    mean: float
    uncounted: tuple[str, ...]
    outages: int
    scenarios: int
    planned: int


def ask(network: Network, asked: Asked, *, processes: int = 1, progress: Progress | None = None) -> Questions:
    """Vary each doubtful endurance on the payment chains. Ctrl-C ends with the doubts that are done."""
    return _Trial(network, asked).answers(processes, progress)


def planned(network: Network, asked: Asked) -> int:
    """How many scenarios that makes."""
    return len(_Trial(network, asked).rows) * len(asked.starts)


@dataclass
class _Trial:
    """Rows of (doubt, place of its factor, number of the entity that is out); each is run at every start."""

    network: Network
    asked: Asked
    doubts: list[Doubt] = field(init=False)
    rows: list[tuple[int, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.doubts = [doubt for doubt in doubts(self.network) if self._may_fail(doubt)]
        self._tried = with_tried(self.network)
        self._net = compiled(self._tried)
        self._causes = [self._causes_of(doubt) for doubt in self.doubts]
        self._all = sorted({number for causes in self._causes for number in causes})
        varied = [
            (place, way, number)
            for place, doubt in enumerate(self.doubts)
            for way in range(len(doubt.factors))
            for number in self._causes[place]
        ]
        self.rows = [(_AS_IT_STANDS, 0, number) for number in self._all] + varied

    def _may_fail(self, doubt: Doubt) -> bool:
        return any(self.network.entity[one].kind != "citizens" for one in doubt.need.providers)

    def _causes_of(self, doubt: Doubt) -> list[int]:
        """Entities whose outage the supply of a need may feel."""
        upstream = self.network.upstream(doubt.need.providers)
        return sorted(self._net.number[one] for one in upstream if self.network.entity[one].kind != "citizens")

    def answers(self, processes: int, progress: Progress | None) -> Questions:
        starts, model = len(self.asked.starts), batch_model(self._tried)
        sizeless = np.array([self.network.payment[one].count is None for one in model.payments], bool)
        means = np.full((len(self.rows), 1 + int(sizeless.sum())), np.nan)
        sweep = Sweep(model, Series(len(self.rows) * starts, self._chunks), processes, progress)
        for scenarios, results in sweep:
            rows = slice((sweep.done - len(scenarios)) // starts, sweep.done // starts)
            means[rows] = _hours(results, sizeless).reshape(-1, starts, means.shape[1]).mean(axis=1)
        return self._found(
            means, [one for one, is_it in zip(model.payments, sizeless, strict=True) if is_it], sweep.done
        )

    def _found(self, means: FloatColumn, sizeless: list[str], scenarios: int) -> Questions:
        """The result.

        Args:
            means: (rows, 1 + sizeless) mean hours over the starts, as `_hours` gives them; NaN where not reached.
            sizeless: Ids of the payments of unknown count.
        """
        now = means[: len(self._all)]
        done = now[~np.isnan(now[:, 0])]
        asked = [self._question(doubt, causes, ways, now, sizeless) for doubt, causes, ways in self._answered(means)]
        found = [one for one in asked if one.change > 0 or one.uncounted]
        late = {one for one, hours in zip(sizeless, done[:, 1:].sum(axis=0), strict=True) if hours > 0}
        late |= {one for question in found for one, _ in question.uncounted}
        return Questions(
            asked=self.asked,
            questions=tuple(sorted(found, key=_rank)),
            doubts=len(self.doubts),
            tried=len(asked),
            mean=float(done[:, 0].mean()) if len(done) else 0.0,
            uncounted=tuple(one for one in sizeless if one in late),
            outages=len(self._all),
            scenarios=scenarios,
            planned=len(self.rows) * len(self.asked.starts),
        )

    def _answered(self, means: FloatColumn) -> Iterator[tuple[Doubt, list[int], FloatColumn]]:
        """The doubts that were reached: what each bears on, and (answers, outages, measures) means, the last as the model stands."""
        first, row = len(self._all), {number: place for place, number in enumerate(self._all)}
        for doubt, causes in zip(self.doubts, self._causes, strict=True):
            size = len(causes) * len(doubt.factors)
            after = means[first : first + size].reshape(len(doubt.factors), len(causes), -1)
            first += size
            if np.isnan(after).any():
                return
            yield doubt, causes, np.concatenate([after, means[[row[one] for one in causes]][None]])

    def _question(
        self, doubt: Doubt, causes: list[int], ways: FloatColumn, now: FloatColumn, sizeless: list[str]
    ) -> Question:
        """What a doubt came to."""
        count, sums = max(1, len(now)), ways.sum(axis=1)
        total, least, most = now[:, 0].sum(), sums.min(axis=0), sums.max(axis=0)
        lowest, highest = ways.min(axis=0), ways.max(axis=0)
        measure = slice(1) if most[0] > least[0] else slice(1, None)  # where no recipient-hours change: hours late
        worst = int((highest - lowest)[:, measure].sum(axis=1).argmax())
        late = {one: float(hours) / count for one, hours in zip(sizeless, (most - least)[1:], strict=True) if hours > 0}
        return Question(
            doubt=doubt,
            least=float(total - sums[-1, 0] + least[0]) / count,
            now=float(total) / count,
            most=float(total - sums[-1, 0] + most[0]) / count,
            outages=len(causes),
            worst=self._net.ids[causes[worst]],
            worst_least=float(lowest[worst, 0]),
            worst_most=float(highest[worst, 0]),
            uncounted=tuple(sorted(late.items(), key=lambda pair: -pair[1])),
        )

    def _chunks(self) -> Iterator[Scenarios]:
        starts = ints(self.asked.starts)
        together = max(1, min(CHUNK, _MOST_FACTORS // max(1, len(self.doubts))) // len(starts))
        uncertain = ints([doubt.number(self._net) for doubt in self.doubts])
        now = floats([doubt.now for doubt in self.doubts])
        for first in range(0, len(self.rows), together):
            yield self._chunk(self.rows[first : first + together], starts, uncertain, now)

    def _chunk(
        self, rows: list[tuple[int, int, int]], starts: IntColumn, uncertain: IntColumn, now: FloatColumn
    ) -> Scenarios:
        factors = np.tile(now, (len(rows), 1))
        for at, (place, way, _) in enumerate(rows):
            if place != _AS_IT_STANDS:
                factors[at, place] = self.doubts[place].factors[way]
        since = np.tile(starts, len(rows))
        count = len(since)
        columns: dict[str, Any] = {
            "outage_start": np.arange(count + 1, dtype=np.int64),
            "entity": np.repeat(ints([number for _, _, number in rows]), len(starts)),
            "start": since,
            "end": since + self.asked.length,
            "remaining": np.zeros(count),
            "since": since,
            "until": since + self.asked.horizon,
        }
        return Scenarios(**columns, uncertain=uncertain, factors=np.repeat(factors, len(starts), axis=0))


def _hours(results: Results, sizeless: NDArray[np.bool_]) -> FloatColumn:
    """(scenarios, 1 + payments of unknown count) recipient-hours of all other payments, then the hours each of those is late."""
    hours = results.payments.recipient_hours
    return np.column_stack([hours[:, ~sizeless].sum(axis=1), hours[:, sizeless]])


def _rank(one: Question) -> tuple[float, float]:
    """What changes most recipient-hours first, then what changes most hours of payments of unknown count."""
    return -one.change, -sum(hours for _, hours in one.uncounted)
