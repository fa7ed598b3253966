"""Who lives on endurance, from when, and until when it lasts."""

from collections.abc import Iterator
from dataclasses import dataclass

from beroenden.engine.single import Levels
from beroenden.engine.steps import Steps
from beroenden.model.entities import Need
from beroenden.model.network import Network

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Respite:
    """A time during which a consumer is better off than its supply, since it lives on endurance.

    Attributes:
        entity: Who does.
        need: The index of its need.
        since, to: [since, to) in minutes since the epoch; the supply does not change within.
        drops: (instant, level) of each fall that comes if the supply stays as it is; the last is when all has run out.
        is_outlasted: Whether the consumer is worse off at `to` than before it; not where the supply is back by then.
    """

    entity: str
    need: int
    since: int
    to: int
    drops: tuple[tuple[int, float], ...]
    is_outlasted: bool


def respites(network: Network, levels: Levels, start: int, end: int) -> Iterator[Respite]:
    """All respites of entities within [start, end), in the order of the model."""
    net = levels.net
    for entity in network.entities:
        first = net.need_start[net.number[entity.id]]
        for index, need in enumerate(entity.needs):
            if need.endurance:
                supply, signal = levels.supply(first + index), levels.signal(first + index, restart=False)
                for since, to, drops in _of_need(need, supply, signal, start, end):
                    is_outlasted = signal.at(to) < signal.at(to - 1) - _SAME
                    yield Respite(entity.id, index, since, to, drops, is_outlasted)


def _of_need(
    need: Need, supply: Steps, signal: Steps, start: int, end: int
) -> Iterator[tuple[int, int, tuple[tuple[int, float], ...]]]:
    for since, to, supplied in supply.pieces(start, end):
        if supplied >= 1 - _SAME:
            continue
        without = need.floor + (1 - need.floor) * supplied
        lasts = [stop for _, stop, level in signal.pieces(since, to) if level > without + _SAME]
        if lasts:
            yield since, max(lasts), _drops(need, supply, since, supplied)


def _drops(need: Need, supply: Steps, since: int, supplied: float) -> tuple[tuple[int, float], ...]:
    """When each step of the endurance ends, counted from when there was last more supply, and what is left after it."""
    steps = need.endurance or ()
    fell, before = _last_better(supply, since, supplied)
    without = need.floor + (1 - need.floor) * supplied
    lived = [step.level * before + (1 - step.level) * supplied for step in steps]
    after = [max([without, *lived[place:]]) for place in range(len(steps) + 1)]
    return tuple(
        (fell + step.minutes, round(after[place + 1], 9))
        for place, step in enumerate(steps)
        if after[place + 1] < after[place] - _SAME
    )


def _last_better(supply: Steps, since: int, supplied: float) -> tuple[int, float]:
    """When the supply last was better than it is from an instant on, and what it was then."""
    fell, before = since, 1.0
    for time, level in zip(reversed(supply.times), reversed(supply.values), strict=True):
        if time <= since and level > supplied + _SAME:
            return fell, level
        if time <= since:
            fell = time
    return fell, before
