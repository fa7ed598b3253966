"""Reserve lost: an any_of need that still holds, but on no more providers than it must have."""

from collections.abc import Iterator

from beroenden.engine.compiled import ANY_OF
from beroenden.engine.single import Levels
from beroenden.engine.steps import ALWAYS


def reserves_lost(levels: Levels, start: int, end: int) -> dict[int, list[tuple[int, int, int | None]]]:
    """Where and when exactly `at_least` of more providers have a level above 0.

    Returns:
        By number of the entity: (index of the need, from, to) within [start, end); `to` None: it lasts to the end.
    """
    net = levels.net
    suspects = {
        consumer
        for number in levels.by_number
        for consumer in net.consumer[net.consumer_start[number] : net.consumer_start[number + 1]]
    }
    found: dict[int, list[tuple[int, int, int | None]]] = {}
    for number in sorted(suspects):
        for need in range(net.need_start[number], net.need_start[number + 1]):
            providers = net.provider[net.provider_start[need] : net.provider_start[need + 1]]
            if net.form[need] == ANY_OF and len(providers) > net.at_least[need]:
                index = need - net.need_start[number]
                for since, until in _spells(levels, providers, net.at_least[need], start, end):
                    found.setdefault(number, []).append((index, since, until))
    return found


def _spells(
    levels: Levels, providers: list[int], at_least: int, start: int, end: int
) -> Iterator[tuple[int, int | None]]:
    functions = [levels.by_number.get(provider, ALWAYS) for provider in providers]
    times = sorted({start, *(time for one in functions for time in one.times if start < time <= end)})
    since = None
    for time in times:
        is_lost = sum(one.at(time) > 0 for one in functions) == at_least
        if is_lost and since is None and time < end:
            since = time
        elif not is_lost and since is not None:
            yield since, time
            since = None
    if since is not None:
        yield since, None
