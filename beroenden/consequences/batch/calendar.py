"""Bank days, times of day and opening hours over a stretch of days, as arrays and as functions that numba compiles."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from beroenden.bankdays.bankdays import is_bank_day
from beroenden.bankdays.hours import openings
from beroenden.engine.batch.arrays import IntColumn, ints
from beroenden.engine.batch.jit import shared
from beroenden.model.payments import Window
from beroenden.units.durations import DAY
from beroenden.units.times import EPOCH, Clock


class Calendar(NamedTuple):
    """Some days in a row, numbered from 0.

    Attributes:
        first: Day 0 as minutes since the epoch, were all days of 24 hours in UTC.
        midnight: (days + 1,) instants at which the days begin.
        bank_day: (days,) 1 on bank days.
        at: (times of day, days) instants of each time of day that is asked for.
        spell_start: (windows + 1,) the opening hours of each window, in order and disjoint.
        opening, closing: By spell, [opening, closing).
    """

    first: int
    midnight: IntColumn
    bank_day: IntColumn
    at: IntColumn
    spell_start: IntColumn
    opening: IntColumn
    closing: IntColumn


def calendar_of(clock: Clock, first: int, last: int, minutes: Iterable[int], windows: Iterable[Window]) -> Calendar:
    """The calendar of the days (ordinals) from `first` to `last`, for some times of day and opening hours."""
    days = range(first, last + 1)
    spells = [list(_spells(window, clock, first, last)) for window in windows]
    flat = [spell for one in spells for spell in one]
    at = [[clock.at(day, minute) for day in days] for minute in minutes]
    return Calendar(
        first=(first - EPOCH) * DAY,
        midnight=ints([clock.midnight(day) for day in range(first, last + 2)]),
        bank_day=ints([is_bank_day(day) for day in days]),
        at=ints(at) if at else np.zeros((0, len(days)), np.int64),
        spell_start=ints([0, *np.cumsum([len(one) for one in spells])]),
        opening=ints([opening for opening, _ in flat]),
        closing=ints([closing for _, closing in flat]),
    )


def _spells(window: Window, clock: Clock, first: int, last: int) -> Iterator[tuple[int, int]]:
    return openings(window.days, window.times, clock, clock.midnight(first), clock.midnight(last))


@shared
def day_of(calendar: Calendar, minute: int) -> int:
    """The day of an instant."""
    day = (minute - calendar.first) // DAY
    if calendar.midnight[day] > minute:
        return day - 1
    return day + 1 if calendar.midnight[day + 1] <= minute else day


@shared
def bank_days_after(calendar: Calendar, day: int, count: int) -> int:
    """The bank day that lies `count` (0 or more) bank days strictly after a day."""
    for _ in range(count):
        day += 1
        while calendar.bank_day[day] == 0:
            day += 1
    return day


@shared
def next_at(calendar: Calendar, key: int, ready: int) -> int:
    """The first bank day on which a time of day is not before an instant."""
    day = day_of(calendar, ready)
    while calendar.bank_day[day] == 0 or calendar.at[key, day] < ready:
        day += 1
    return day


@shared
def next_spell(calendar: Calendar, window: int, instant: int) -> int:
    """The first spell of a window that closes after an instant; the window's last and one more, if there is none."""
    low: int = calendar.spell_start[window]
    high = calendar.spell_start[window + 1]
    while low < high:
        middle = (low + high) // 2
        if calendar.closing[middle] > instant:
            high = middle
        else:
            low = middle + 1
    return low
