"""What holds an entity below 1 at some time: from the victim back to what is out or used up an endurance then."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from beroenden.engine.causes import SAME, Causes, Link
from beroenden.engine.explain import Explainer

_ITSELF = -1
"""Among the needs that set the level of an entity: its own outage, or what is observed of it."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """A need that sets the level of an entity, or the entity itself, and from when until when without a break."""

    need: int
    since: int
    to: int


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
        """The paths from an entity to what holds it below 1 in [start, end).

        From each time on it is what holds it longest then, for as long as it does. A time that nothing sets has no path: where
        members of a mutual dependency start again, each waits for the others.
        """
        key = (number, start, end)
        if not above and key in self._known:
            return self._known[key]
        found: Paths = {}
        told: int | None = None
        setting = self._setting_times(number, start, end)
        for since, to, _ in self._pieces(number, start, end):
            now = max(since, start if told is None else told)
            for one in setting if now < to else ():
                rest: Paths = {}
                if one.since <= now < one.to:
                    begin = one.since if told is None else now
                    rest = self._through(number, one.need, (begin, now, min(one.to, end)), above)
                if rest:
                    found |= {cause: path for cause, path in rest.items() if cause not in found}
                    told = one.to
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

    def _through(self, number: int, need: int, times: tuple[int, int, int], above: frozenset[int]) -> Paths:
        """The paths from an entity through what sets its level: from when, and from when until when it is to be told of."""
        since, start, end = times
        index: int | None = None
        rest: Paths = {number: ()}
        if need != _ITSELF:
            index, rest = need - self._net.need_start[number], self._need_held(need, start, end, above | {number})
        link = Link(self._net.ids[number], since, self._levels.by_number[number].at(since), index)
        return {cause: (link, *path) for cause, path in rest.items()}

    def _setting_times(self, number: int, start: int, end: int) -> list[_Setting]:
        """The times without a break at which something sets the level of an entity below 1, the longest-lasting first.

        Of those that last as long, what began first; of those, itself where it is a cause, then the needs in their order.
        """
        found: dict[int, list[_Setting]] = {}
        for since, to, level in self._pieces(number, start, end):
            for need in self._setting(number, since, level):
                times = found.setdefault(need, [])
                if times and times[-1].to == since:
                    times[-1] = replace(times[-1], to=to)
                else:
                    times.append(_Setting(need, since, to))
        every = (one for need in sorted(found) for one in found[need])
        return sorted(every, key=lambda one: (-one.to, one.since))

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
