"""Why an entity is harmed: from the victim back to an outage."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

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


_ITSELF = -1
"""Among the needs that set the level of an entity: its own outage, or what is observed of it."""


@dataclass(slots=True)
class _Stretch:
    """A time at which the same needs set the level of an entity, and its level as it begins."""

    since: int
    to: int
    level: float
    setting: list[int]


Paths = dict[int, tuple[Link, ...]]
"""By the number of the cause that a path ends at."""


class Explainer:
    """Finds the *because* of entities of one scenario, and what holds them at other times.

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
        self._known_held: dict[tuple[int, int, int], Paths] = {}
        self._signal = cache(levels.signal)
        for number in sorted(levels.by_number):  # providers first, so that no search goes deep
            self._path(number, levels.by_number[number].times[0], frozenset())

    def because(self, entity: str, at: int | None = None) -> tuple[Link, ...]:
        """The path from an entity below 1 (at a time; by default when it first fell): victim first, cause last."""
        number = self._net.number[entity]
        steps = self._levels.by_number[number]
        time = steps.times[0] if at is None else steps.spell_start(at)
        return self._path(number, time, frozenset())

    def holding(self, entity: str, start: int, end: int) -> tuple[tuple[Link, ...], ...]:
        """The paths from an entity to what holds it below 1 in [start, end), one for each cause, the first to hold it first.

        Unlike its *because*, which goes back to what it fell by, they go back to what holds it then: something that is over
        is on none, unless it used up an endurance that would have lasted otherwise.
        """
        number = self._net.number[entity]
        return tuple(self._held(number, start, end, frozenset()).values()) if number in self._levels.by_number else ()

    def holding_need(self, need: int, start: int, end: int) -> tuple[tuple[Link, ...], ...]:
        """The same from the providers of a need that is harmed in [start, end)."""
        return tuple(self._need_held(need, start, end, frozenset()).values())

    def _add_cause(self, entity: str, start: int, end: int | None, level: float) -> None:
        self._causes.setdefault(self._net.number[entity], []).append((start, NEVER if end is None else end, level))

    def _is_cause(self, number: int, time: int, level: float) -> bool:
        """Whether an entity is at its level at a time by what is out or observed of itself."""
        causes = self._causes.get(number, ())
        return any(start <= time < end and held <= level + _SAME for start, end, held in causes)

    def _path(self, number: int, time: int, above: frozenset[int]) -> tuple[Link, ...]:
        """The path from an entity whose spell begins at a time; empty if there is none.

        Args:
            above: Members of the entity's own component that already stand on the path.
        """
        if not above and (number, time) in self._known:
            return self._known[number, time]
        level = self._levels.by_number[number].at(time)
        if self._is_cause(number, time, level):
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

    def _held(self, number: int, start: int, end: int, above: frozenset[int]) -> Paths:
        """The paths from an entity to what holds it below 1 in [start, end)."""
        key = (number, start, end)
        if not above and key in self._known_held:
            return self._known_held[key]
        found: Paths = {}
        for one in self._stretches(number, start, end):
            for need in one.setting:
                if need == _ITSELF:
                    rest: Paths = {number: ()}
                else:
                    rest = self._need_held(need, max(one.since, start), min(one.to, end), above | {number})
                index = None if need == _ITSELF else need - self._net.need_start[number]
                link = Link(self._net.ids[number], one.since, one.level, index)
                found |= {cause: (link, *path) for cause, path in rest.items() if cause not in found}
                if rest:
                    break
        steps = self._levels.by_number[number]
        harmed = (
            None if found or above else next((time for time, _, level in steps.pieces(start, end) if level < 1), None)
        )
        if harmed is not None:  # members of a mutual dependency that start again: what they fell by
            path = self._path(number, steps.spell_start(harmed), frozenset())
            found = {self._net.number[path[-1].entity]: path}
        if not above:
            self._known_held[key] = found
        return found

    def _stretches(self, number: int, start: int, end: int) -> list[_Stretch]:
        """The times below 1 that reach into [start, end), by what sets the level; what set it first, for as long as it does.

        A time that nothing sets is left out: where members of a mutual dependency start again, each waits for the others.
        """
        found: list[_Stretch] = []
        for since, to, level in self._pieces(number, start, end):
            setting = self._setting(number, since, level)
            before = found[-1] if found else None
            if (
                before is not None
                and before.to == since
                and (still := [one for one in before.setting if one in setting])
            ):
                before.to, before.setting = to, still
            elif setting:
                found.append(_Stretch(since, to, level, setting))
        return [one for one in found if one.to > start]

    def _pieces(self, number: int, start: int, end: int) -> Iterator[tuple[int, int, float]]:
        """(from, to, level) from the beginning of the spell at `start` until `end`, cut where what sets the level may change."""
        steps = self._levels.by_number[number]
        begin = steps.spell_start(start) if steps.at(start) < 1 else start
        needs = range(self._net.need_start[number], self._net.need_start[number + 1])
        changes = {time for need in needs for time in self._signal(need).times}
        changes.update(time for since, to, _ in self._causes.get(number, ()) for time in (since, to))
        changes.update(steps.times)
        cuts = [begin, *sorted(time for time in changes if begin < time < end), end]
        return ((since, to, steps.at(since)) for since, to in pairwise(cuts))

    def _setting(self, number: int, time: int, level: float) -> list[int]:
        """What sets the level of an entity from a time on: itself where it is a cause, then needs."""
        if level >= 1:
            return []
        needs = range(self._net.need_start[number], self._net.need_start[number + 1])
        setting = [need for need in needs if self._signal(need).at(time) <= level + _SAME]
        return [_ITSELF, *setting] if self._is_cause(number, time, level) else setting

    def _need_held(self, need: int, start: int, end: int, above: frozenset[int]) -> Paths:
        """The paths from the providers of a need to what holds its signal below 1 in [start, end)."""
        found: Paths = {}
        for since, to in self._lacking(need, start, end):
            for provider in self._deciding(need, since):
                if provider in above:
                    continue
                same = any(self._net.component[provider] == self._net.component[one] for one in above)
                rest = self._held(provider, since, to, above if same else frozenset())
                found |= {cause: path for cause, path in rest.items() if cause not in found}
                if rest:
                    break
        return found

    def _lacking(self, need: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The times of too little supply that a need is harmed by in [start, end), cut where its providers change.

        Back by the restart, and by the endurance that has run out: all of that time it was used up.
        """
        signal, endured = self._signal(need), self._levels.signal(need, restart=False)
        providers = self._net.provider[self._net.provider_start[need] : self._net.provider_start[need + 1]]
        changes = {
            time for one in providers if one in self._levels.by_number for time in self._levels.by_number[one].times
        }
        for since, to, level in signal.pieces(start, end):
            if level >= 1:
                continue
            for harmed, until, left in endured.pieces(since - self._net.restart[need], to):
                if left <= level + _SAME:
                    begin = harmed - self._used_up(need, harmed)
                    cuts = [begin, *sorted(time for time in changes if begin < time < until), until]
                    yield from pairwise(cuts)

    def _used_up(self, need: int, time: int) -> int:
        """The longest endurance of a need that has run out at a time, in minutes."""
        supply = self._levels.supply(need)
        steps = range(self._net.step_start[need], self._net.step_start[need + 1])
        lengths = (self._net.step_minutes[step] for step in steps)
        return max(
            (one for one in lengths if all(level < 1 for *_, level in supply.pieces(time - one, time + 1))), default=0
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
