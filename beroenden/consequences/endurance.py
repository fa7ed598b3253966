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
        level: What the need gives at `since`; below 1 where it is impaired already.
        drops: (instant, level) of each fall that comes if the supply stays as it is; the last is when all has run out.
        is_outlasted: Whether the consumer is worse off at `to` than before it; not where the supply is back by then.
    """

    entity: str
    need: int
    since: int
    to: int
    level: float
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
                    yield Respite(entity.id, index, since, to, signal.at(since), drops, is_outlasted)


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
    """When it falls and to what, if the supply stays as it is from an instant; each fall of the supply until then is outlived in turn."""
    fell = [time for time in supply.times if time <= since]
    ends = {time + step.minutes for time in fell for step in need.endurance or ()}
    found, before = list[tuple[int, float]](), _lived(need, supply, since, supplied, since)
    for at in sorted(end for end in ends if end > since):
        level = _lived(need, supply, since, supplied, at)
        if level < before - _SAME:
            found.append((at, level))
            before = level
    return tuple(found)


def _lived(need: Need, supply: Steps, since: int, supplied: float, at: int) -> float:
    """What a need gives at an instant if the supply stays as it is from an earlier one."""
    left = [need.floor + (1 - need.floor) * supplied]
    for step in need.endurance or ():
        best = max((level for _, _, level in supply.pieces(at - step.minutes, since)), default=supplied)
        left.append(step.level * max(best, supplied) + (1 - step.level) * supplied)
    return round(max(left), 9)
