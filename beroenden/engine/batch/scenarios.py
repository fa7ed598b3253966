"""Scenarios as columns, and how to make many of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, islice
from math import comb

import numpy as np

from beroenden.engine.batch.arrays import FloatColumn, IntColumn, floats, ints
from beroenden.engine.compiled import Compiled
from beroenden.engine.single import NEVER
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.scenario import Outage, Scenario

Row = tuple[int, int, int, float]
"""Number of the entity, start, end and remaining level of an outage."""
HORIZON = 14 * 1440
CHUNK = 2048


def _no_ints() -> IntColumn:
    return ints([])


def _no_factors() -> FloatColumn:
    return np.ones((0, 0))


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """n scenarios with m outages in all. Instants are minutes since the epoch.

    Attributes:
        outage_start: (n + 1,) the outages of scenario i stand from `outage_start[i]` to `outage_start[i + 1]`.
        entity: (m,) number of the entity in the compiled network; within a scenario, those of one entity together.
        start, end: (m,) the outage holds on [start, end); an end that never comes is `NEVER`.
        remaining: (m,) level meanwhile, 0..1.
        since, until: (n,) the time that is looked at, [since, until).
        uncertain: (u,) numbers of the needs whose endurance is drawn.
        factors: (n, u) what the minutes of their endurance are multiplied by.
    """

    outage_start: IntColumn
    entity: IntColumn
    start: IntColumn
    end: IntColumn
    remaining: FloatColumn
    since: IntColumn
    until: IntColumn
    uncertain: IntColumn = field(default_factory=_no_ints)
    factors: FloatColumn = field(default_factory=_no_factors)

    def __len__(self) -> int:
        return len(self.since)


@dataclass(frozen=True, slots=True)
class Series:
    """Many scenarios, made chunk by chunk when they are asked for; it can be gone through again.

    Attributes:
        count: Scenarios in all.
        make: Makes the chunks, in order.
    """

    count: int
    make: Callable[[], Iterator[Scenarios]]

    def __iter__(self) -> Iterator[Scenarios]:
        return self.make()


def n_minus_k(
    net: Compiled,
    starts: Sequence[int],
    length: int,
    *,
    k: int = 1,
    entities: Iterable[str] | None = None,
    remaining: float = 0.0,
    horizon: int = HORIZON,
    chunk: int = CHUNK,
) -> Series:
    """Every k entities out together, at each of some times.

    Args:
        net: The compiled network.
        starts: Instants, as `range(first, last, 60 * hours)` over a window; those of the same entities come together.
        length: Minutes.
        k: How many entities at a time.
        entities: Ids; all unless given. Combinations come in their order.
        remaining: Level of those that are out.
        horizon: Minutes that are looked at, from the outage's start.
        chunk: Most scenarios in a chunk.
    """
    numbers = [net.number[one] for one in entities] if entities is not None else list(range(len(net.ids)))
    times = ints(starts)
    together = max(1, chunk // max(1, len(times)))

    def make() -> Iterator[Scenarios]:
        waiting = combinations(numbers, k)
        while taken := list(islice(waiting, together)):
            out = np.fromiter(chain.from_iterable(taken), np.int64, k * len(taken)).reshape(-1, k)
            entity = np.repeat(out, len(times), axis=0)
            since = np.tile(times, len(taken))
            yield from _sliced(entity, since, length, remaining, horizon, chunk)

    return Series(comb(len(numbers), k) * len(times), make)


def _sliced(
    entity: IntColumn, since: IntColumn, length: int, remaining: float, horizon: int, chunk: int
) -> Iterator[Scenarios]:
    k = entity.shape[1]
    for first in range(0, len(since), chunk):
        part = since[first : first + chunk]
        start = np.repeat(part, k)
        yield Scenarios(
            outage_start=np.arange(0, k * len(part) + 1, k, dtype=np.int64) if k else np.zeros(len(part) + 1, np.int64),
            entity=entity[first : first + chunk].reshape(-1),
            start=start,
            end=start + length,
            remaining=np.full(len(start), remaining),
            since=part,
            until=part + horizon,
        )


def in_columns(net: Compiled, scenarios: Iterable[Scenario]) -> Scenarios:
    """Scenarios as they are simulated one by one, in columns.

    Raises:
        UsageError: for what a batch does not hold: a fault in part of a payment's file, or a pinned level.
    """
    listed = list(scenarios)
    spans = [(scenario.start, scenario.end) for scenario in listed]
    return of_outages([_outages(net, scenario) for scenario in listed], spans)


def of_outages(outages: Sequence[Sequence[Row]], spans: Sequence[tuple[int, int]]) -> Scenarios:
    """Scenarios of (entity, start, end, remaining), those of one entity together, and of [since, until)."""
    flat = [row for one in outages for row in one]
    return Scenarios(
        outage_start=np.concatenate([ints([0]), np.cumsum(ints([len(one) for one in outages]))]),
        entity=ints([row[0] for row in flat]),
        start=ints([row[1] for row in flat]),
        end=ints([row[2] for row in flat]),
        remaining=floats([row[3] for row in flat]),
        since=ints([since for since, _ in spans]),
        until=ints([until for _, until in spans]),
    )


def outage_row(net: Compiled, outage: Outage) -> Row:
    """An outage of an entity as it stands in the columns; those of a scenario are sorted.

    Raises:
        UsageError: for a fault in part of a payment's file.
    """
    if outage.entity is None:
        raise UsageError(
            say(
                f"Många scenarier på en gång kan inte ha fel i en del av en fil ({outage.payment}); "
                "simulera dem ett och ett.",
                f"Many scenarios at once cannot hold a fault in part of a file ({outage.payment}); "
                "simulate them one by one.",
            )
        )
    return net.number[outage.entity], outage.start, NEVER if outage.end is None else outage.end, outage.remaining


def _outages(net: Compiled, scenario: Scenario) -> list[Row]:
    if scenario.pins:
        raise UsageError(
            say(
                "Många scenarier på en gång kan inte ha observerade nivåer (pin); simulera dem ett och ett.",
                "Many scenarios at once cannot hold pinned levels; simulate them one by one.",
            )
        )
    return sorted(outage_row(net, outage) for outage in scenario.outages)
