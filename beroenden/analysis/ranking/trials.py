"""Outages tried on the batch engine: scenarios with planned events in them, and the harm of each at each start."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from beroenden.analysis.ranking.question import Measure, Question
from beroenden.consequences.batch.chunk import BatchModel, batch_model, run_chunk
from beroenden.consequences.batch.cluster import Cluster
from beroenden.consequences.batch.results import PaymentResults, Results
from beroenden.consequences.batch.sweep import Progress, Sweep
from beroenden.engine.batch.arrays import FloatColumn, IntColumn, floats, ints
from beroenden.engine.batch.scenarios import CHUNK, Scenarios, Series, n_minus_k, of_outages
from beroenden.engine.compiled import compiled
from beroenden.model.network import Network
from beroenden.model.payments import is_unknown, with_a_recipient

WORTH_PROCESSES = 50_000
"""Scenarios from which on it pays to start more processes, or to send them to a cluster."""

Flags = NDArray[np.bool_]

_ROUNDING = 1e-9
_SAMPLE = 500
"""Scenarios by which the time is judged."""


@dataclass(frozen=True, slots=True, eq=False)
class Harm:
    """What c outages do at each of s starts, beyond what the planned events do by themselves.

    Attributes:
        value: (c, s) by the measure that was asked for.
        own: What of the value is no more than being out itself.
        unmeasured: (c, s) hours that payments of unknown size are late, each as its recipients have it in the mean.
    """

    value: FloatColumn
    own: float
    unmeasured: FloatColumn
    _after: PaymentResults
    _before: PaymentResults
    _unknown: list[int]
    _by: Measure

    @property
    def each(self) -> FloatColumn:
        """(c, s, payments) of each payment by the measure; recipient-hours where that is none of payments."""
        return self._shaped(_measured(self._after, self._by)) - _measured(self._before, self._by)

    @property
    def late(self) -> Flags:
        """(c, s, payments) whether each payment comes late."""
        late: Flags = np.greater(self._shaped(self._after.late), self._before.late)
        return late

    @property
    def over(self) -> Flags:
        """(c, s, payments) whether each payment comes later than its max_delay."""
        over: Flags = np.greater(self._shaped(self._after.over_max_delay), self._before.over_max_delay)
        return over

    @property
    def recipient_hours(self) -> FloatColumn:
        """(c, s, payments) of each payment; hours late where the number of recipients is unknown."""
        hours: FloatColumn = self._shaped(self._after.recipient_hours) - self._before.recipient_hours
        return hours

    @property
    def uncounted(self) -> IntColumn:
        """(c,) payments that come late at some start and whose part in the value is unknown."""
        count = np.zeros(len(self.value), np.int64)
        if self._unknown:
            count += self.late[:, :, self._unknown].any(axis=1).sum(axis=1)
        return count

    @property
    def hit(self) -> Flags:
        """(c, s) whether any payment comes late; where none is followed, whether there is any harm."""
        follows = self._before.late.shape[1] > 0
        hit: Flags = np.logical_or.reduce(self.late, axis=2) if follows else np.greater(self.value, self.own)
        return hit

    @property
    def is_harmless(self) -> Flags:
        """(c,) whether there is no harm at any start, besides being out."""
        harmless: Flags = (self.value.max(axis=1) <= self.own) & (self.uncounted == 0)
        return harmless

    def greatest(self, values: FloatColumn) -> IntColumn:
        """(c,) the first start at which (c, s) values are greatest; of equals that at which what has no size is latest."""
        is_greatest = values >= values.max(axis=1, keepdims=True) - _ROUNDING
        starts: IntColumn = np.where(is_greatest, self.unmeasured, -np.inf).argmax(axis=1)
        return starts

    def _shaped(self, column: NDArray[Any]) -> NDArray[Any]:
        return column.reshape(*self.value.shape, -1) if column.size else column.reshape(*self.value.shape, 0)


@dataclass(slots=True)
class Trials:
    """A question put to the batch engine.

    Attributes:
        progress: Told how many scenarios are done, of how many in all.
        cluster: Runs them instead of processes here, when given.
        done: Scenarios done so far.
        is_partial: Whether they were stopped before all were done.
    """

    network: Network
    question: Question
    processes: int = 1
    progress: Progress | None = None
    cluster: Cluster | None = None
    done: int = field(default=0, init=False)
    is_partial: bool = field(default=False, init=False)
    _model: BatchModel = field(init=False)
    _alone: Results = field(init=False)
    _known: list[int] = field(init=False)
    _unknown: list[int] = field(init=False)
    _each: FloatColumn = field(init=False)

    def __post_init__(self) -> None:
        asked, network = self.question, self.network
        each = replace(network, payments=tuple(map(with_a_recipient, network.payments)))
        self._model = batch_model(each, payments=asked.payments, targets=asked.entities)
        payments = [network.payment[payment] for payment in self._model.payments]
        places = range(len(payments))
        self._unknown = [place for place in places if is_unknown(payments[place], asked.by)]
        self._known = [place for place in places if place not in self._unknown]
        self._each = floats([payment.count or 1 for payment in payments])
        self._alone = run_chunk(self._model, self._nothing_out())

    @property
    def payments(self) -> tuple[str, ...]:
        """Ids of the payments that are followed, in the order of the harm."""
        return self._model.payments

    def harm_of(self, k: int) -> Iterator[Harm]:
        """The harm of every k entities out together, combinations in their order; a chunk at a time."""
        before = self.done
        series = self._series(k)
        is_worth_it = series.count >= WORTH_PROCESSES
        sweep = Sweep(
            self._model,
            series,
            self.processes if is_worth_it else 1,
            lambda done, _: self._told(before + done),
            self.cluster if is_worth_it else None,
        )
        for _, results in sweep:
            self.done = before + sweep.done
            yield self._harm(results, k)
        self.is_partial = self.is_partial or sweep.is_partial

    def seconds(self) -> float:
        """About how long all scenarios take, by some of them drawn at random."""
        asked = self.question
        if len(asked.candidates) < asked.k:
            return 0.0
        generator = np.random.default_rng(0)
        run_chunk(self._model, self._drawn(generator))  # compiles, or fetches what is compiled
        sample, before = self._drawn(generator), perf_counter()
        run_chunk(self._model, sample)
        at_once = self.cluster.workers if self.cluster else self.processes
        return (perf_counter() - before) / _SAMPLE * asked.scenarios / at_once

    def _drawn(self, generator: np.random.Generator) -> Scenarios:
        asked = self.question
        numbers = [compiled(self.network).number[one] for one in asked.candidates]
        starts = generator.choice(asked.starts, _SAMPLE).tolist()
        out = [sorted(generator.choice(numbers, asked.k, replace=False).tolist()) for _ in starts]
        rows = [
            [(one, start, start + asked.length, 0.0) for one in each] for each, start in zip(out, starts, strict=True)
        ]
        return self._with_events(of_outages(rows, [(start, start + asked.horizon) for start in starts]))

    def _told(self, done: int) -> None:
        if self.progress:
            self.progress(done, self.question.scenarios)

    def _series(self, k: int) -> Series:
        asked = self.question
        series = n_minus_k(
            compiled(self.network),
            asked.starts,
            asked.length,
            k=k,
            entities=asked.candidates,
            horizon=asked.horizon,
            chunk=max(CHUNK, len(asked.starts)),  # so that all starts of an outage come together
        )
        return Series(series.count, lambda: map(self._with_events, series))

    def _nothing_out(self) -> Scenarios:
        starts = self.question.starts
        return self._with_events(
            of_outages([[] for _ in starts], [(start, start + self.question.horizon) for start in starts])
        )

    def _with_events(self, scenarios: Scenarios) -> Scenarios:
        if not self.question.with_events or not self.network.events:
            return scenarios
        number = compiled(self.network).number
        events = [(number[one], event.start, event.end) for event in self.network.events for one in event.entities]
        return with_outages(scenarios, events)

    def _harm(self, results: Results, k: int) -> Harm:
        asked = self.question
        starts = len(asked.starts)
        value = self._value(results).reshape(-1, starts) - self._value(self._alone)
        unmeasured = self._unmeasured(results).reshape(-1, starts) - self._unmeasured(self._alone)
        counts_itself = asked.by == "level_hours" and not asked.entities
        own = k * min(asked.length, asked.horizon) / 60 if counts_itself else 0.0
        return Harm(value, own + _ROUNDING, unmeasured, results.payments, self._alone.payments, self._unknown, asked.by)

    def _value(self, results: Results) -> FloatColumn:
        if self.question.by == "level_hours":
            return results.target_lost_hours.sum(axis=1) if self.question.entities else results.lost_hours
        counted: FloatColumn = _measured(results.payments, self.question.by)[:, self._known].sum(axis=1)
        return counted

    def _unmeasured(self, results: Results) -> FloatColumn:
        hours: FloatColumn = (results.payments.recipient_hours / self._each)[:, self._unknown].sum(axis=1)
        return hours


def _measured(late: PaymentResults, by: Measure) -> FloatColumn:
    """(scenarios, payments) of each payment by a measure; recipient-hours where that is none of payments."""
    columns: dict[str, NDArray[Any]] = {
        "amount": late.amount,
        "payouts": late.recipients,
        "over_max_delay": late.over_max_delay,
    }
    measured: FloatColumn = columns.get(by, late.recipient_hours).astype(np.float64)
    return measured


def with_outages(scenarios: Scenarios, outages: Sequence[tuple[int, int, int]]) -> Scenarios:
    """Scenarios in which some more outages happen, in each that they meet.

    Args:
        outages: (number of the entity, start, end); nothing remains of the entity.
    """
    entity, start, end = (ints(column) for column in zip(*outages, strict=True))
    meets = (start < scenarios.until[:, None]) & (end > scenarios.since[:, None])
    scenario, which = np.nonzero(meets)
    mine = np.repeat(np.arange(len(scenarios)), np.diff(scenarios.outage_start))
    owner = np.concatenate([mine, scenario])
    columns = [
        np.concatenate([scenarios.entity, entity[which]]),
        np.concatenate([scenarios.start, start[which]]),
        np.concatenate([scenarios.end, end[which]]),
    ]
    order = np.lexsort((columns[2], columns[1], columns[0], owner))
    return replace(
        scenarios,
        outage_start=np.concatenate([ints([0]), np.cumsum(np.bincount(owner, minlength=len(scenarios)))]),
        entity=columns[0][order],
        start=columns[1][order],
        end=columns[2][order],
        remaining=np.concatenate([scenarios.remaining, floats([0.0] * len(which))])[order],
    )
