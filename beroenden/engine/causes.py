"""What is out or observed of entities of one scenario, and which providers decide a supply."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beroenden.engine.compiled import ANY_OF, PROVIDER
from beroenden.engine.single import NEVER, Levels
from beroenden.engine.steps import ALWAYS
from beroenden.model.scenario import Outage, Pin

SAME = 1e-9
"""Levels that differ by less are the same."""


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


class Causes:
    """The outages and observed levels of one scenario, by the number of their entity."""

    def __init__(self, levels: Levels, outages: Sequence[Outage], pins: Sequence[Pin]) -> None:
        self.levels = levels
        self.net = levels.net
        self._of: dict[int, list[tuple[int, int, float]]] = {}
        for outage in outages:
            if outage.entity is not None:
                self._add(outage.entity, outage.start, outage.end, outage.remaining)
        for pin in pins:
            self._add(pin.entity, pin.start, pin.end, pin.level)

    def of(self, number: int) -> Sequence[tuple[int, int, float]]:
        """(start, end, level) of what is out or observed of an entity itself."""
        return self._of.get(number, ())

    def is_cause(self, number: int, time: int, level: float) -> bool:
        """Whether an entity is at its level at a time by what is out or observed of itself."""
        return any(start <= time < end and held <= level + SAME for start, end, held in self.of(number))

    def deciding(self, need: int, time: int) -> Iterator[int]:
        """Harmed providers of a need, the one that decides its supply first."""
        net = self.net
        places = range(net.provider_start[need], net.provider_start[need + 1])
        held = {place: self.levels.by_number.get(net.provider[place], ALWAYS).at(time) for place in places}
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

    def _add(self, entity: str, start: int, end: int | None, level: float) -> None:
        self._of.setdefault(self.net.number[entity], []).append((start, NEVER if end is None else end, level))
