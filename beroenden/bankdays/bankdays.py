"""Swedish bank days: Monday to Friday less public holidays, midsommarafton, julafton and nyårsafton.

Source: Riksbanken's list of bank holidays; Lag (1989:253) om allmänna helgdagar.
"""

from collections.abc import Callable
from datetime import date
from functools import cache


@cache
def _holidays(year: int) -> frozenset[int]:
    from holidays import country_holidays

    # "de_facto" holds the three eves; the default misses them and "bank" adds half days, which are bank days.
    found = country_holidays("SE", years=year, categories=("public", "de_facto"))
    return frozenset(day.toordinal() for day in found)


@cache
def is_bank_day(day: int) -> bool:
    """Whether a day (ordinal) is a Swedish bank day."""
    return day % 7 not in (6, 0) and day not in _holidays(date.fromordinal(day).year)


def preceding(day: int) -> int:
    """The day itself if it is a bank day, else the last bank day before it."""
    while not is_bank_day(day):
        day -= 1
    return day


def following(day: int) -> int:
    """The day itself if it is a bank day, else the first bank day after it."""
    while not is_bank_day(day):
        day += 1
    return day


def nearest(day: int) -> int:
    """The bank day nearest to a day; of two equally near, the preceding."""
    before, after = preceding(day), following(day)
    return before if day - before <= after - day else after


def saturday_preceding(day: int) -> int:
    """A Saturday to the bank day before, any other day that is no bank day to the bank day after."""
    return preceding(day) if day % 7 == 6 else following(day)


def unchanged(day: int) -> int:
    """The day itself, bank day or not."""
    return day


ROLLS: dict[str, Callable[[int], int]] = {
    "none": unchanged,
    "preceding": preceding,
    "following": following,
    "nearest": nearest,
    "saturday_preceding": saturday_preceding,
}


def add_bank_days(day: int, count: int) -> int:
    """The bank day that lies `count` bank days strictly after (before, if negative) a day; 0 is the day itself."""
    step = 1 if count > 0 else -1
    for _ in range(abs(count)):
        day += step
        while not is_bank_day(day):
            day += step
    return day
