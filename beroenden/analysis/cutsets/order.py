"""In which order the failures stand in a diagram: its size depends on it more than on anything else."""

from collections.abc import Iterable, Mapping, Sequence

_ROUNDS = 50


def depth_first(providers: Mapping[str, Sequence[str]], roots: Iterable[str]) -> list[str]:
    """Entities as they are met from the roots, each followed by what it needs.

    Args:
        providers: What each entity needs; it holds every entity that is wanted.
        roots: Where to begin.
    """
    met: dict[str, None] = {}
    waiting = list(roots)[::-1]
    while waiting:
        one = waiting.pop()
        if one not in met:
            met[one] = None
            waiting += [provider for provider in reversed(providers[one]) if provider in providers]
    return list(met)


def force(providers: Mapping[str, Sequence[str]], start: Sequence[str]) -> list[str]:
    """An order in which entities stand close to what they need: each moves to the middle of those it is joined to.

    Source: Aloul, Markov, Sakallah (2003), FORCE: a fast and easy-to-implement variable-ordering heuristic, GLSVLSI.

    Args:
        providers: What each entity needs, as for `depth_first`.
        start: The order to begin from.
    """
    groups = [[one, *(provider for provider in providers[one] if provider in providers)] for one in start]
    joins: dict[str, list[int]] = {one: [] for one in start}
    for number, group in enumerate(groups):
        for member in group:
            joins[member].append(number)
    place = {one: float(number) for number, one in enumerate(start)}
    best, least = list(start), _span(groups, place)
    for _ in range(_ROUNDS):
        middle = [sum(place[member] for member in group) / len(group) for group in groups]
        pulled = {one: sum(middle[number] for number in numbers) / len(numbers) for one, numbers in joins.items()}
        ranked = sorted(pulled, key=pulled.__getitem__)
        place = {one: float(number) for number, one in enumerate(ranked)}
        span = _span(groups, place)
        if span < least:
            best, least = ranked, span
    return best


def _span(groups: Iterable[Sequence[str]], place: Mapping[str, float]) -> float:
    """How far the groups reach, all in all."""
    return sum(max(map(place.__getitem__, group)) - min(map(place.__getitem__, group)) for group in groups)
