"""Which answers would change most: each doubtful endurance varied, over outages of all that its supply rests on.

An endurance that is unknown is tried as 0 (as the simulation counts it) and as 24 hours; one of low confidence as half and
as double. What is measured is the mean of the recipient-hours lost over all outages that are tried: each entity that a
doubtful need rests on, out for the same time at each of the same moments. Outages that the need does not rest on come out
the same whatever it is, so only the others are run again. One doubt is varied at a time. The mean is over what is tried; it
says nothing of how likely an outage is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isnan
from typing import Any

import numpy as np

from beroenden.analysis.quality.doubts import Doubt, doubts, with_tried
from beroenden.consequences.batch.chunk import batch_model
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
    """

    doubt: Doubt
    least: float
    now: float
    most: float
    outages: int
    worst: str
    worst_least: float
    worst_most: float

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
        outages: How many entities were failed.
        scenarios: How many scenarios were run.
    """

    asked: Asked
    questions: tuple[Question, ...]
    doubts: int
    tried: int
    mean: float
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
        starts = len(self.asked.starts)
        hours = np.full(len(self.rows) * starts, np.nan)
        sweep = Sweep(batch_model(self._tried), Series(len(hours), self._chunks), processes, progress)
        for scenarios, results in sweep:
            hours[sweep.done - len(scenarios) : sweep.done] = results.totals.recipient_hours
        means = hours.reshape(-1, starts).mean(axis=1) if len(hours) else floats([])
        now = dict(zip(self._all, means[: len(self._all)].tolist(), strict=True))
        done = [hours for hours in now.values() if not isnan(hours)]
        found, tried = [], 0
        for question in self._questions(means, now):
            tried += 1
            if question.change > 0:
                found.append(question)
        return Questions(
            asked=self.asked,
            questions=tuple(sorted(found, key=lambda one: -one.change)),
            doubts=len(self.doubts),
            tried=tried,
            mean=sum(done) / len(done) if done else 0.0,
            outages=len(self._all),
            scenarios=sweep.done,
            planned=len(hours),
        )

    def _questions(self, means: FloatColumn, now: dict[int, float]) -> Iterator[Question]:
        """What each doubt came to; none for those that were not reached."""
        first, count = len(self._all), max(1, len(self._all))
        for place, doubt in enumerate(self.doubts):
            causes = self._causes[place]
            after = means[first : first + len(causes) * len(doubt.factors)].reshape(len(doubt.factors), -1)
            first += after.size
            if np.isnan(after).any():
                return
            before = floats([now[number] for number in causes])
            ways = np.vstack([after, before])
            sums = ways.sum(axis=1)
            worst = int((ways.max(axis=0) - ways.min(axis=0)).argmax())
            base, rest = float(before.sum()), float(sum(now.values()))
            yield Question(
                doubt=doubt,
                least=(rest - base + float(sums.min())) / count,
                now=rest / count,
                most=(rest - base + float(sums.max())) / count,
                outages=len(causes),
                worst=self._net.ids[causes[worst]],
                worst_least=float(ways[:, worst].min()),
                worst_most=float(ways[:, worst].max()),
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
