"""What holds an entity below 1 at some time: from the victim back to what is out or used up an endurance then."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from beroenden.engine.causes import SAME, Causes, Link
from beroenden.engine.explain import Explainer

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


class Holding:
    """Finds what holds entities of one scenario.

    Unlike an entity's *because*, which goes back to what it fell by, the paths go back to what holds it at the time asked
    about: something that is over is on none, unless it used up an endurance that would have lasted otherwise.
    """

    def __init__(self, causes: Causes, explainer: Explainer) -> None:
        self._causes = causes
        self._explainer = explainer
        self._levels = causes.levels
        self._net = causes.net
        self._known: dict[tuple[int, int, int], Paths] = {}
        self._signal = cache(self._levels.signal)

    def of(self, entity: str, start: int, end: int) -> tuple[tuple[Link, ...], ...]:
        """The paths from an entity to what holds it below 1 in [start, end), one for each cause, the first to hold it first."""
        number = self._net.number[entity]
        return tuple(self._held(number, start, end, frozenset()).values()) if number in self._levels.by_number else ()

    def of_need(self, need: int, start: int, end: int) -> tuple[tuple[Link, ...], ...]:
        """The same from the providers of a need that is harmed in [start, end)."""
        return tuple(self._need_held(need, start, end, frozenset()).values())

    def _held(self, number: int, start: int, end: int, above: frozenset[int]) -> Paths:
        """The paths from an entity to what holds it below 1 in [start, end)."""
        key = (number, start, end)
        if not above and key in self._known:
            return self._known[key]
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
            path = self._explainer.because(self._net.ids[number], harmed)
            found = {self._net.number[path[-1].entity]: path}
        if not above:
            self._known[key] = found
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
        changes.update(time for since, to, _ in self._causes.of(number) for time in (since, to))
        changes.update(steps.times)
        cuts = [begin, *sorted(time for time in changes if begin < time < end), end]
        return ((since, to, steps.at(since)) for since, to in pairwise(cuts))

    def _setting(self, number: int, time: int, level: float) -> list[int]:
        """What sets the level of an entity from a time on: itself where it is a cause, then needs."""
        if level >= 1:
            return []
        needs = range(self._net.need_start[number], self._net.need_start[number + 1])
        setting = [need for need in needs if self._signal(need).at(time) <= level + SAME]
        return [_ITSELF, *setting] if self._causes.is_cause(number, time, level) else setting

    def _need_held(self, need: int, start: int, end: int, above: frozenset[int]) -> Paths:
        """The paths from the providers of a need to what holds its signal below 1 in [start, end)."""
        found: Paths = {}
        for since, to in self._lacking(need, start, end):
            for provider in self._causes.deciding(need, since):
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
                if left <= level + SAME:
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
