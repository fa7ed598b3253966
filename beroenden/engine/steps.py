"""Step functions of time as they leave the kernel."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steps:
    """A right-continuous step function: 1 before the first time, then each value from its time on.

    Attributes:
        times: Minutes since the epoch, rising.
        values: Levels, 0..1.
    """

    times: tuple[int, ...] = ()
    values: tuple[float, ...] = ()

    def at(self, time: int) -> float:
        """The value at a time."""
        index = bisect_right(self.times, time)
        return self.values[index - 1] if index else 1.0

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, float]]:
        """The pieces (from, to, value) that make up [start, end)."""
        index = bisect_right(self.times, start)
        while start < end:
            following = self.times[index] if index < len(self.times) else end
            stop = min(following, end)
            yield start, stop, self.values[index - 1] if index else 1.0
            start = stop
            index += 1

    def is_even(self, start: int, end: int) -> bool:
        """Whether it has one value throughout [start, end)."""
        return len({value for _, _, value in self.pieces(start, end)}) <= 1

    def spells(self) -> Iterator[tuple[int, int | None]]:
        """The spells below 1, each from its start to its end; None where it does not end."""
        start: int | None = None
        for time, value in zip(self.times, self.values, strict=True):
            if value < 1 and start is None:
                start = time
            elif value >= 1 and start is not None:
                yield start, time
                start = None
        if start is not None:
            yield start, None

    def spell_start(self, time: int) -> int:
        """The start of the spell below 1 that holds at a time."""
        index = bisect_right(self.times, time) - 1
        while index > 0 and self.values[index - 1] < 1:
            index -= 1
        return self.times[index]


ALWAYS = Steps()
"""The step function that is always 1."""


def lowest(functions: list[Steps]) -> Steps:
    """The pointwise least of some functions."""
    harmed = [one for one in functions if one.times]
    if len(harmed) < 2:
        return harmed[0] if harmed else ALWAYS
    times = sorted({time for one in harmed for time in one.times})
    return Steps(tuple(times), tuple(min(one.at(time) for one in harmed) for time in times))
