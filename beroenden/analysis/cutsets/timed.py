"""Minimal sets of entities whose outage of a certain length at a certain time makes a payment too late.

More outage never makes a payment earlier, so a set that holds a smaller one that suffices is never minimal: sets are
tried order by order, and only those without any that was found.

Source: the level-wise search of Mannila and Toivonen (1997), Levelwise search and borders of theories in knowledge
discovery, Data Mining and Knowledge Discovery 1.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice
from math import comb
from time import perf_counter
from typing import Any

import numpy as np

from beroenden.analysis.cutsets.cutsets import SCHEMA
from beroenden.analysis.cutsets.failure import can_fail
from beroenden.analysis.ranking.question import HORIZON, check_span
from beroenden.analysis.ranking.ranking import starts_to_dict
from beroenden.analysis.ranking.trials import WORTH_PROCESSES, Flags
from beroenden.consequences.batch.chunk import BatchModel, batch_model, run_chunk
from beroenden.consequences.batch.results import Results
from beroenden.consequences.batch.sweep import Progress, Sweep
from beroenden.consequences.runs import timetable
from beroenden.engine.batch.arrays import IntColumn, ints
from beroenden.engine.batch.scenarios import CHUNK, Scenarios, Series
from beroenden.engine.compiled import compiled
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import iso, time_zone

MAX_ORDER = 3
Out = tuple[int, ...]
"""Places among the candidates of entities that are out together."""

_SAMPLE = 500


@dataclass(frozen=True, slots=True)
class TimedSet:
    """A minimal set.

    Attributes:
        first_start: The first start at which it makes the payment too late.
        starts: At how many starts it does.
    """

    entities: tuple[str, ...]
    first_start: int
    starts: int


@dataclass(frozen=True, slots=True)
class TimedCutSets:
    """The minimal sets that make a payment too late at any of some starts, the smallest first.

    Attributes:
        starts: Instants at which the outage begins.
        every: Minutes between the starts; None for one start.
        max_delay: Minutes beyond which it is too late; None: unknown, and then any delay is.
        max_order: Most entities in a set.
        runs: Runs of the payment that are planned within reach of any start.
        candidates: How many entities the payment needs, directly or through others, that can fail.
        searched: Up to which order all sets were tried.
        scenarios: How many were run.
        is_partial: Whether it was stopped; sets of the next order may then be missing, but those found are minimal.
    """

    network: Network
    target: str
    length: int
    starts: tuple[int, ...]
    every: int | None
    horizon: int
    max_delay: int | None
    max_order: int
    runs: int
    candidates: int
    sets: tuple[TimedSet, ...]
    searched: int
    scenarios: int
    is_partial: bool

    @property
    def by_order(self) -> dict[int, int]:
        """How many sets there are of each order."""
        orders = [len(one.entities) for one in self.sets]
        return {order: orders.count(order) for order in sorted(set(orders))}

    def to_dict(self, limit: int) -> dict[str, Any]:
        """The JSON of `beroenden cutsets --timed`.

        Args:
            limit: At most so many sets are listed.
        """
        zone = time_zone(self.network.timezone)
        listed = self.sets[:limit]
        return {
            "schema": SCHEMA,
            "model": {"name": self.network.name, "version": self.network.version, "hash": self.network.hash},
            "target": self.target,
            "timed": {
                "for_minutes": self.length,
                "starts": starts_to_dict(self.starts, self.every, zone),
                "horizon_minutes": self.horizon,
                "max_delay_minutes": self.max_delay,
                "runs": self.runs,
                "candidates": self.candidates,
                "searched_order": self.searched,
                "scenarios": self.scenarios,
                "partial": self.is_partial,
            },
            "max_order": self.max_order,
            "count": len(self.sets),
            "by_order": {str(order): number for order, number in self.by_order.items()},
            "cut_sets": [list(one.entities) for one in listed],
            "moments": [{"first_start": iso(one.first_start, zone), "starts": one.starts} for one in listed],
        }


@dataclass(slots=True)
class TimedSearch:
    """The search for the sets of a payment; `begin`, and then `found`.

    Attributes:
        starts: Instants at which outages of `length` minutes begin.
        every: Minutes between the starts; None for one start.
        progress: Told how many scenarios of an order are done, of how many.

    Raises:
        UsageError: for a target that is no payment, or an outage that does not last.
    """

    network: Network
    target: str
    length: int
    starts: tuple[int, ...]
    every: int | None = None
    max_order: int = MAX_ORDER
    horizon: int = HORIZON
    processes: int = 1
    progress: Progress | None = None
    _model: BatchModel = field(init=False)
    _candidates: list[str] = field(init=False)
    _numbers: IntColumn = field(init=False)
    _sets: list[TimedSet] = field(default_factory=list, init=False)
    _cuts: set[Out] = field(default_factory=set, init=False)
    _left: list[int] = field(default_factory=list, init=False)
    _starts_left: tuple[int, ...] = field(default=(), init=False)
    _searched: int = field(default=0, init=False)
    _scenarios: int = field(default=0, init=False)
    _is_partial: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        _check_target(self.network, self.target)
        check_span(self.length, self.starts, self.horizon)
        payment = self.network.payment[self.target]
        direct = [one for stage in payment.stages for one in self.network.stage_providers(payment, stage)]
        needed = self.network.upstream(direct)
        self._candidates = [one.id for one in self.network.entities if one.id in needed and can_fail(one)]
        self._numbers = ints([compiled(self.network).number[one] for one in self._candidates])
        self._model = batch_model(self.network, payments=(self.target,))

    def begin(self) -> None:
        """Try each entity alone, and all the others together: starts at which not even that makes it late are left out."""
        self._starts_left = self.starts
        self._left = list(range(len(self._candidates)))
        self._try(1)
        alone = {out[0] for out in self._cuts}
        self._left = [one for one in self._left if one not in alone]
        if self._left and not self._is_partial:
            everything = self._columns([tuple(self._left)])
            is_late = self._is_late(run_chunk(self._model, everything))
            self._starts_left = tuple(np.array(self.starts)[is_late].tolist())
            self._scenarios += len(everything)

    @property
    def scenarios_left(self) -> int:
        """At most how many scenarios are left to run after the beginning."""
        orders = range(2, min(self.max_order, len(self._left)) + 1)
        return sum(comb(len(self._left), order) for order in orders) * len(self._starts_left)

    def seconds_left(self) -> float:
        """About how long those take, by some of them drawn at random."""
        order = min(self.max_order, len(self._left))
        if not self.scenarios_left:
            return 0.0
        generator = np.random.default_rng(0)
        sets = max(1, _SAMPLE // len(self._starts_left))
        out = [tuple(generator.choice(self._left, order, replace=False).tolist()) for _ in range(sets)]
        sample, before = self._columns(out), perf_counter()
        run_chunk(self._model, sample)
        return (perf_counter() - before) / len(sample) * self.scenarios_left / self.processes

    def found(self) -> TimedCutSets:
        """Try the sets of two entities and more."""
        for order in range(2, self.max_order + 1):
            if not self._is_partial:
                self._try(order)
        payment, table = self.network.payment[self.target], timetable(self.network)
        runs = {plan.day for start in self.starts for plan in table.runs(payment, start, start + self.horizon)}
        return TimedCutSets(
            network=self.network,
            target=self.target,
            length=self.length,
            starts=self.starts,
            every=self.every,
            horizon=self.horizon,
            max_delay=payment.max_delay,
            max_order=self.max_order,
            runs=len(runs),
            candidates=len(self._candidates),
            sets=tuple(self._sets),
            searched=self._searched,
            scenarios=self._scenarios,
            is_partial=self._is_partial,
        )

    def _try(self, order: int) -> None:
        """Try the sets of an order that hold none that was found."""
        starts, cuts = self._starts_left, frozenset(self._cuts)
        if starts:
            self._run(order, lambda: _without(cuts, self._left, order))
        if not self._is_partial:
            self._searched = order

    def _run(self, order: int, sets: Callable[[], Iterator[Out]]) -> None:
        starts = self._starts_left
        together = max(1, CHUNK // len(starts))
        count = sum(1 for _ in sets()) * len(starts)
        series = Series(count, lambda: map(self._columns, _in_parts(sets(), together)))
        processes = self.processes if count >= WORTH_PROCESSES else 1
        sweep, waiting = Sweep(self._model, series, processes, self.progress), sets()
        for _, results in sweep:
            is_late = self._is_late(results).reshape(-1, len(starts))
            for out, late in zip(islice(waiting, len(is_late)), is_late, strict=True):
                if late.any():
                    self._cuts.add(out)
                    entities = tuple(self._candidates[one] for one in out)
                    self._sets.append(TimedSet(entities, starts[int(late.argmax())], int(late.sum())))
        self._scenarios += sweep.done
        self._is_partial = sweep.is_partial

    def _columns(self, sets: Sequence[Out]) -> Scenarios:
        return outages_at(self._numbers[np.array(sets)], self._starts_left, self.length, self.horizon)

    def _is_late(self, results: Results) -> Flags:
        is_known = self.network.payment[self.target].max_delay is not None
        late: Flags = (results.totals.over_max_delay if is_known else results.totals.late) > 0
        return late


def outages_at(sets: IntColumn, starts: Sequence[int], length: int, horizon: int) -> Scenarios:
    """Each of some sets of entities, (sets, size) by number, out together at each of some starts, set by set."""
    out = np.repeat(sets, len(starts), axis=0)
    since, size = np.tile(ints(starts), len(sets)), out.shape[1]
    start = np.repeat(since, size)
    return Scenarios(
        outage_start=np.arange(len(since) + 1, dtype=np.int64) * size,
        entity=out.reshape(-1),
        start=start,
        end=start + length,
        remaining=np.zeros(len(start)),
        since=since,
        until=since + horizon,
    )


def _without(cuts: frozenset[Out], among: Sequence[int], order: int) -> Iterator[Out]:
    """Sets of an order that hold none of some smaller ones; single entities among those are left out beforehand."""
    sizes = range(2, order)
    for out in combinations(among, order):
        if not any(part in cuts for size in sizes for part in combinations(out, size)):
            yield out


def _in_parts(sets: Iterable[Out], size: int) -> Iterator[list[Out]]:
    waiting = iter(sets)
    while part := list(islice(waiting, size)):
        yield part


def _check_target(network: Network, target: str) -> None:
    if target in network.payment:
        return
    if target in network.entity:
        raise UsageError(
            say(
                f"”{target}” är en entitet; snittmängder i tiden gäller en betalning. Utan --timed går det bra.",
                f'"{target}" is an entity; timed cut sets are for payments. It works without --timed.',
            )
        )
    raise unknown_id(say("betalning", "payment"), target, network.payment)
