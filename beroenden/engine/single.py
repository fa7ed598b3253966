"""One scenario: the level of every entity that its outages can reach."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from beroenden.engine import kernel
from beroenden.engine.compiled import Column, Compiled
from beroenden.engine.operators import FULL
from beroenden.engine.steps import ALWAYS, Steps
from beroenden.model.scenario import Outage, Pin

NEVER = 1 << 50
"""The end of what never ends."""


@dataclass(slots=True)
class _Workspace:
    """Scratch columns of one compiled network, used again by every scenario."""

    begin: Column
    size: Column
    own_begin: Column
    own_size: Column
    cursor: Column
    ranked: list[float]
    times: Column = field(default_factory=lambda: [0] * 4096)
    values: list[float] = field(default_factory=lambda: [0.0] * 4096)
    queue: Column = field(default_factory=lambda: [0] * 4096)

    @property
    def pool(self) -> tuple[Column, list[float], Column, Column, list[float]]:
        """The pool and its scratch, as the kernel takes them."""
        return self.times, self.values, self.queue, self.cursor, self.ranked

    def grow(self) -> None:
        """Twice the pool."""
        self.times += [0] * len(self.times)
        self.values += [0.0] * len(self.values)
        self.queue += [0] * len(self.queue)

    def take(self, number: int) -> Steps:
        """The level of an entity, out of the pool."""
        begin, end = self.begin[number], self.begin[number] + self.size[number]
        return Steps(tuple(self.times[begin:end]), tuple(self.values[begin:end]))


_WORKSPACES: "WeakKeyDictionary[Compiled, _Workspace]" = WeakKeyDictionary()


def _workspace(net: Compiled) -> _Workspace:
    found = _WORKSPACES.get(net)
    if found is None:
        widest = max(
            [3, *(end - start for start, end in zip(net.provider_start, net.provider_start[1:], strict=False))]
        )
        deepest = max([1, *(end - start for start, end in zip(net.step_start, net.step_start[1:], strict=False))])
        count = len(net.ids)
        found = _WORKSPACES[net] = _Workspace(
            [0] * count, [0] * count, [0] * count, [0] * count, [0] * max(widest, 3 * deepest), [0.0] * widest
        )
    return found


def _columns(net: Compiled) -> tuple[Sequence[float], ...]:
    return (
        net.form,
        net.at_least,
        net.provider_start,
        net.provider,
        net.weight,
        net.floor,
        net.restart,
        net.step_start,
        net.step_minutes,
        net.step_level,
        net.need_start,
        net.inside,
    )


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one scenario, exact up to `limit`; entities not named are at 1 throughout."""

    net: Compiled
    by_number: dict[int, Steps]
    limit: int

    def of(self, entity: str) -> Steps:
        """The level of an entity over time."""
        return self.by_number.get(self.net.number[entity], ALWAYS)

    def supply(self, need: int) -> Steps:
        """What the providers of a need deliver together over time, before endurance."""
        return self._computed(need, lambda *loaded: kernel.supply(_columns(self.net), need, *loaded))

    def signal(self, need: int, *, restart: bool = True) -> Steps:
        """The signal of a need over time, after endurance and (if asked) restart."""
        return self._computed(need, lambda *loaded: kernel.need_signal(_columns(self.net), need, restart, *loaded))

    def _computed(self, need: int, compute: Callable[[Any, Any, int, int], int]) -> Steps:
        """What the kernel computes of a need with the levels of its providers in the pool."""
        net = self.net
        providers = net.provider[net.provider_start[need] : net.provider_start[need + 1]]
        if not any(provider in self.by_number for provider in providers):
            return ALWAYS
        space = _workspace(net)
        while True:
            top = self._load(space, providers)
            after = compute(space.pool, (space.begin, space.size), self.limit, top)
            for provider in providers:
                space.size[provider] = 0
            if after != FULL:
                return Steps(tuple(space.times[top:after]), tuple(space.values[top:after]))
            space.grow()

    def _load(self, space: _Workspace, providers: Iterable[int]) -> int:
        top = 0
        for provider in providers:
            steps = self.by_number.get(provider, ALWAYS)
            count = len(steps.times)
            while top + count > len(space.times):
                space.grow()
            space.times[top : top + count] = steps.times
            space.values[top : top + count] = steps.values
            space.begin[provider], space.size[provider] = top, count
            top += count
        return top


def reach(net: Compiled, sources: Iterable[int], only: Container[int] | None = None) -> list[int]:
    """Everything that the sources can harm, themselves included, in topological order; of it only some, if asked."""
    found = {number for number in sources if only is None or number in only}
    waiting = list(found)
    while waiting:
        number = waiting.pop()
        for consumer in net.consumer[net.consumer_start[number] : net.consumer_start[number + 1]]:
            if consumer not in found and (only is None or consumer in only):
                found.add(consumer)
                waiting.append(consumer)
    return sorted(found)


def solve(
    net: Compiled, outages: Iterable[Outage], pins: Iterable[Pin], limit: int, only: Container[int] | None = None
) -> Levels:
    """The levels that follow from outages and pins.

    Args:
        net: The compiled network.
        outages: Outages; those of payments are passed over.
        pins: Pinned levels, the later outranking the earlier.
        limit: Instant up to which levels are wanted.
        only: Numbers of the entities that are wanted; it must hold whatever those depend on.
    """
    hit = sorted(
        (net.number[outage.entity], outage.start, NEVER if outage.end is None else outage.end, outage.remaining)
        for outage in outages
        if outage.entity is not None
    )
    pinned = [(net.number[pin.entity], pin.start, NEVER if pin.end is None else pin.end, pin.level) for pin in pins]
    order = reach(net, {row[0] for row in hit} | {row[0] for row in pinned}, only)
    if any(net.cyclic[net.component[number]] for number in order):
        order = _whole_components(net, order)
    space = _workspace(net)
    columns = _columns(net)
    try:
        while True:
            top = kernel.solve(
                columns,
                order,
                (net.component, net.component_start, net.cyclic),
                _transposed(hit),
                _transposed(pinned),
                space.pool,
                (space.begin, space.size),
                (space.own_begin, space.own_size),
                limit,
            )
            if top != FULL:
                break
            space.grow()
        levels = {number: space.take(number) for number in order if space.size[number]}
    finally:  # whatever happens, the next scenario starts from a clean workspace
        for number in order:
            space.size[number] = 0
    return Levels(net, levels, limit)


def _whole_components(net: Compiled, order: list[int]) -> list[int]:
    components = dict.fromkeys(net.component[number] for number in order)
    return [number for one in components for number in range(net.component_start[one], net.component_start[one + 1])]


def _transposed(rows: list[tuple[int, int, int, float]]) -> tuple[Sequence[float], ...]:
    return tuple(zip(*rows, strict=True)) if rows else ((), (), (), ())
