"""What an entity fell by: from the victim back to an outage."""

from beroenden.engine.causes import SAME, Causes, Link

Fall = tuple[int, int]
"""The number of an entity, and when a spell of it began."""


class Explainer:
    """Finds the *because* of entities of one scenario.

    An entity fell when its spell below 1 began; the need that set its level then decides, of several the lowest, and of
    its providers the one that decides its supply, of several the one named first. Where a mutual dependency would lead
    round in a circle, the next candidate is taken.
    """

    def __init__(self, causes: Causes) -> None:
        self._causes = causes
        self._levels = causes.levels
        self._net = causes.net
        self._known: dict[tuple[int, int], tuple[Link, ...]] = {}
        for number in sorted(self._levels.by_number):  # providers first, so that no search goes deep
            self._path(number, self._levels.by_number[number].times[0], frozenset())

    def because(self, entity: str, at: int | None = None) -> tuple[Link, ...]:
        """The path from an entity below 1 (at a time; by default when it first fell): victim first, cause last."""
        number = self._net.number[entity]
        steps = self._levels.by_number[number]
        time = steps.times[0] if at is None else steps.spell_start(at)
        return self._path(number, time, frozenset())

    def _path(self, number: int, time: int, above: frozenset[Fall]) -> tuple[Link, ...]:
        """The path from an entity whose spell begins at a time; empty if there is none.

        Args:
            above: Falls of members of the entity's own component that already stand on the path. One may stand there again with
                an earlier fall, from which what needs it has not come back yet.
        """
        if not above and (number, time) in self._known:
            return self._known[number, time]
        level = self._levels.by_number[number].at(time)
        if self._causes.is_cause(number, time, level):
            found: tuple[Link, ...] = (Link(self._net.ids[number], time, level, None),)
        else:
            found = self._through_needs(number, time, level, above | {(number, time)})
        if not above:
            self._known[number, time] = found
        return found

    def _through_needs(self, number: int, time: int, level: float, above: frozenset[Fall]) -> tuple[Link, ...]:
        for need in self._needs_that_set(number, time, level):
            for provider in self._causes.deciding(need, time):
                spell = self._levels.by_number[provider].spell_start(time)
                if (provider, spell) in above:
                    continue
                same = self._net.component[provider] == self._net.component[number]
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
            if next(self._causes.deciding(need, time), None) is not None
        ]
        if len(harmed) < 2:
            return harmed
        signals = {need: self._levels.signal(need, restart=False).at(time) for need in harmed}
        return sorted(
            (need for need in harmed if signals[need] < 1), key=lambda need: (signals[need] > level + SAME, need)
        )
