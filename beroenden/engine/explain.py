"""Why an entity is harmed: from the victim back to an outage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beroenden.engine.compiled import ANY_OF, PROVIDER, Compiled
from beroenden.engine.single import NEVER, Levels
from beroenden.engine.steps import ALWAYS
from beroenden.model.scenario import Outage, Pin

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Link:
    """One entity on the way from a victim to the cause: when it fell, to what level, and by which of its needs.

    Attributes:
        need: Index of the need; None for the cause.
    """

    entity: str
    at: int
    level: float
    need: int | None


class Explainer:
    """Finds the *because* of entities of one scenario.

    An entity fell when its spell below 1 began; the need that set its level then decides, of several the lowest, and of
    its providers the one that decides its supply, of several the one named first. Where a mutual dependency would lead
    round in a circle, the next candidate is taken.
    """

    def __init__(self, levels: Levels, outages: Sequence[Outage], pins: Sequence[Pin]) -> None:
        self._levels = levels
        self._net: Compiled = levels.net
        self._causes: dict[int, list[tuple[int, int, float]]] = {}
        for outage in outages:
            if outage.entity is not None:
                self._add_cause(outage.entity, outage.start, outage.end, outage.remaining)
        for pin in pins:
            self._add_cause(pin.entity, pin.start, pin.end, pin.level)
        self._known: dict[tuple[int, int], tuple[Link, ...]] = {}
        for number in sorted(levels.by_number):  # providers first, so that no search goes deep
            self._path(number, levels.by_number[number].times[0], frozenset())

    def because(self, entity: str, at: int | None = None) -> tuple[Link, ...]:
        """The path from an entity below 1 (at a time; by default when it first fell): victim first, cause last."""
        number = self._net.number[entity]
        steps = self._levels.by_number[number]
        time = steps.times[0] if at is None else steps.spell_start(at)
        return self._path(number, time, frozenset())

    def because_of_need(self, need: int, at: int) -> tuple[Link, ...]:
        """The path from the provider that decides a need that is harmed at a time; empty if there is none.

        Where only the restart still holds it, that goes back to the last minute of the harm itself.
        """
        endured = self._levels.signal(need, restart=False)
        if endured.at(at) >= 1:
            at = max(time for time in endured.times if time <= at) - 1
        for provider in self._deciding(need, at):
            path = self._path(provider, self._levels.by_number[provider].spell_start(at), frozenset())
            if path:
                return path
        return ()

    def _add_cause(self, entity: str, start: int, end: int | None, level: float) -> None:
        self._causes.setdefault(self._net.number[entity], []).append((start, NEVER if end is None else end, level))

    def _path(self, number: int, time: int, above: frozenset[int]) -> tuple[Link, ...]:
        """The path from an entity whose spell begins at a time; empty if there is none.

        Args:
            above: Members of the entity's own component that already stand on the path.
        """
        if not above and (number, time) in self._known:
            return self._known[number, time]
        level = self._levels.by_number[number].at(time)
        if any(start <= time < end and held <= level + _SAME for start, end, held in self._causes.get(number, ())):
            found: tuple[Link, ...] = (Link(self._net.ids[number], time, level, None),)
        else:
            found = self._through_needs(number, time, level, above | {number})
        if not above:
            self._known[number, time] = found
        return found

    def _through_needs(self, number: int, time: int, level: float, above: frozenset[int]) -> tuple[Link, ...]:
        for need in self._needs_that_set(number, time, level):
            for provider in self._deciding(need, time):
                if provider in above:
                    continue
                same = self._net.component[provider] == self._net.component[number]
                spell = self._levels.by_number[provider].spell_start(time)
                rest = self._path(provider, spell, above if same else frozenset())
                if rest:
                    index = need - self._net.need_start[number]
                    return (Link(self._net.ids[number], time, level, index), *rest)
        return ()

    def _needs_that_set(self, number: int, time: int, level: float) -> list[int]:
        """Needs with harmed supply: first those whose signal is the entity's level, then the others."""
        harmed = [
            need
            for need in range(self._net.need_start[number], self._net.need_start[number + 1])
            if next(self._deciding(need, time), None) is not None
        ]
        if len(harmed) < 2:
            return harmed
        signals = {need: self._levels.signal(need, restart=False).at(time) for need in harmed}
        return sorted(
            (need for need in harmed if signals[need] < 1), key=lambda need: (signals[need] > level + _SAME, need)
        )

    def _deciding(self, need: int, time: int) -> Iterator[int]:
        """Harmed providers of a need, the one that decides its supply first."""
        net = self._net
        places = range(net.provider_start[need], net.provider_start[need + 1])
        held = {place: self._levels.by_number.get(net.provider[place], ALWAYS).at(time) for place in places}
        harmed = [place for place in places if held[place] < 1]
        if net.form[need] == ANY_OF:
            deciding = sorted(held.values(), reverse=True)[net.at_least[need] - 1]
            if deciding >= 1:
                return
            harmed.sort(key=lambda place: (held[place] != deciding, place))
        elif net.form[need] != PROVIDER:
            harmed.sort(key=lambda place: (held[place], place))
        for place in harmed:
            yield net.provider[place]
