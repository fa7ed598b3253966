"""The axis of time below a picture: local days and hours, days that are no bank days, the as-of time."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

from beroenden.bankdays.bankdays import is_bank_day
from beroenden.consequences.outcome import Outcome
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.units.durations import DAY, HOUR
from beroenden.units.times import Clock, brief_date, local, table_time
from beroenden.views.charts.sheet import FAINT, GRID, INK, LEADING, SHADE, WIDTH, Sheet, Sign, width_of

HEIGHT = 3 * LEADING + 3
"""Millimetres that the labels below an axis take at most."""
TOP = 5.0
"""Millimetres above the picture, for the label of the as-of time."""

_HOUR_STEPS = (1, 2, 3, 6, 12)
_SHORTEST = 6 * HOUR
_AIR = 1.5


class TimeAxis:
    """Instants [start, end] as places between two edges, in millimetres."""

    def __init__(self, start: int, end: int, zone: ZoneInfo, left: float, right: float) -> None:
        self.start, self.end, self.left, self.right = start, end, left, right
        self._zone, self._clock = zone, Clock(zone)
        self._scale = (right - left) / (end - start)
        self._step = self._hour_step()
        self._edges = self._days()
        self._names = self._day_names()

    @property
    def height(self) -> float:
        """Millimetres that the labels below it take."""
        return LEADING * (bool(self._step) + max(map(len, self._names))) + 3

    def x(self, time: int) -> float:
        """Where an instant lies; one outside lies at the edge."""
        return self.left + (min(max(time, self.start), self.end) - self.start) * self._scale

    def draw(self, sheet: Sheet, top: float, bottom: float) -> None:
        """Days, hours and what is no bank day, behind a picture between two heights."""
        for (day, begin), (_, end) in pairwise(self._edges):
            if not is_bank_day(day):
                sheet.box(self.x(begin), top, self.x(end), bottom, fill=SHADE, layer=0)
            if begin > self.start:
                sheet.line((self.x(begin),) * 2, (top, bottom), colour=GRID, layer=1)
        sheet.line((self.left, self.right), (bottom, bottom), colour=FAINT, width=0.6)
        self._draw_hours(sheet, bottom)
        self._draw_day_names(sheet, bottom + LEADING * (1 + bool(self._step)))

    def key(self, sheet: Sheet) -> list[tuple[Sign, str]]:
        """What the shading means, for the picture's key; nothing when there is none."""
        if all(is_bank_day(day) for day, _ in self._edges[:-1]):
            return []

        def shading(left: float, right: float, y: float) -> None:
            sheet.box(left, y - 1.5, right, y + 1.5, fill=SHADE)

        return [(shading, say("ingen bankdag", "no bank day"))]

    def as_of(self, sheet: Sheet, at: int, top: float, bottom: float) -> None:
        """The as-of time: a dashed line with its label above."""
        text = say(f"läget per {table_time(at, self._zone)}", f"as of {table_time(at, self._zone)}")
        half, x = width_of(text) / 2, self.x(at)
        sheet.line((x, x), (top - 1, bottom), width=1, style=(0, (4, 2)), layer=2.5)
        sheet.text(min(max(x, self.left + half), WIDTH - half - _AIR), top - 3, text, align="center")

    def _days(self) -> list[tuple[int, int]]:
        """(day, its first instant within the axis), and last the end of the axis."""
        first, last = self._clock.day(self.start), self._clock.day(self.end - 1)
        days = [(day, max(self._clock.midnight(day), self.start)) for day in range(first, last + 1)]
        return [*days, (last + 1, self.end)]

    def _hour_step(self) -> int | None:
        """Hours between the clock times that fit below the axis; None when not even a few do."""
        needed = width_of("00.00") + _AIR
        return next((one for one in _HOUR_STEPS if one * HOUR * self._scale >= needed), None)

    def _draw_hours(self, sheet: Sheet, bottom: float) -> None:
        for time in self._clock_times(self._step) if self._step else ():
            x, moment = self.x(time), local(time, self._zone)
            sheet.line((x, x), (bottom, bottom + 1), colour=FAINT, width=0.6)
            text = say(f"{moment:%H.%M}", f"{moment:%H:%M}")
            sheet.text(x, bottom + LEADING, text, colour=FAINT, align="center")

    def _clock_times(self, step: int) -> list[int]:
        days = range(self._clock.day(self.start), self._clock.day(self.end) + 1)
        times = {self._clock.at(day, hour * HOUR) for day in days for hour in range(0, 24, step)}
        return sorted(time for time in times if self.start <= time <= self.end)

    @property
    def _day_width(self) -> float:
        return min(DAY * self._scale, self.right - self.left)

    def _day_names(self) -> list[list[str]]:
        """The name of each day, in one line when it fits in a day and else in two."""
        names = [brief_date(date.fromordinal(day)) for day, _ in self._edges[:-1]]
        is_wide = max(map(width_of, names)) + _AIR > self._day_width
        return [name.split(" ", 1) if is_wide else [name] for name in names]

    def _draw_day_names(self, sheet: Sheet, y: float) -> None:
        """Each name in the middle of its day; every so many days when there is no room for all."""
        needed = [max(map(width_of, lines)) + _AIR for lines in self._names]
        every = max(1, ceil(max(needed) / self._day_width))
        for (day, begin), (_, end), lines, width in zip(
            self._edges, self._edges[1:], self._names, needed, strict=False
        ):
            left, right = self.x(begin), self.x(end)
            if day % every == 0 and (right - left) * every >= width:
                colour = INK if is_bank_day(day) else FAINT
                sheet.lines((left + right) / 2, y, lines, colour=colour, align="center")


def reach(start: int, at: int, times: Iterable[int], end: int, is_open: bool) -> int:
    """Where an axis ends: a little after the last that happens, with room for an arrow when something goes on."""
    last = max(start, at, *(time for time in times if time <= end))
    length = max(last - start, _SHORTEST)
    return start + length + max(HOUR // 2, length // (8 if is_open else 25))


def beginning(outcome: Outcome, at: int, drawn: Iterable[int] = ()) -> int:
    """Where a picture begins: with the first outage, or the first that its reader may know of.

    Args:
        drawn: Instants that the picture shows; to a reader from whom the first outage is kept, it begins with the first
            of them, so that nothing stands at the edge that happened before.
    """
    if not outcome.network.withheld and not outcome.scenario.withheld:
        return outcome.start
    told = [one.start for one in outcome.outages if WITHHELD not in (one.entity, one.payment)]
    return min([at, *told, *drawn])
