"""Moments at which an outage may begin, over a stretch of the calendar."""

from datetime import date

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import DAY, HOUR, format_duration
from beroenden.units.times import Clock
from beroenden.units.typed import typed_days

_STEPS = (HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR)
_AFFORDABLE = 1_000_000
"""Scenarios that a step may make unless it is asked for."""


def window_days(text: str) -> tuple[date, date]:
    """First and last day of "2026", "2026-12", "december 2026", "2026-12-16", or of a span, "2026-12-16..2026-12-20".

    Raises:
        UsageError: when it is none of these.

    >>> window_days("2026-02"), window_days("2026-12-30..2027-01")
    ((datetime.date(2026, 2, 1), datetime.date(2026, 2, 28)), (datetime.date(2026, 12, 30), datetime.date(2027, 1, 31)))
    """
    first, _, last = text.strip().partition("..")
    days = _days(first, text)[0], _days(last or first, text)[1]
    if days[1] < days[0]:
        raise UsageError(say(f"”{text}” slutar innan det börjar.", f'"{text}" ends before it starts.'))
    return days


def _days(part: str, text: str) -> tuple[date, date]:
    try:
        return typed_days(part)
    except (ValueError, IndexError):
        raise UsageError(
            say(
                f"”{text[:60]}” är ingen period; skriv 2026-12, 2026-12-16 eller 2026-12-16..2026-12-20.",
                f'"{text[:60]}" is no period; write 2026-12, 2026-12-16 or 2026-12-16..2026-12-20.',
            )
        ) from None


def sensible_step(days: tuple[date, date], scenarios_a_start: int) -> int:
    """Minutes between starts: an hour, or where that makes very many scenarios the shortest step that does not."""
    length = ((days[1] - days[0]).days + 1) * DAY
    return next((step for step in _STEPS if length // step * scenarios_a_start <= _AFFORDABLE), DAY)


def starts_within(days: tuple[date, date], every: int, clock: Clock) -> tuple[int, ...]:
    """The moments of a window, at the same local times every day; a whole number of days apart, at midnight.

    A time that comes twice, when the clock is put back, is two moments: hour by hour every hour of the window is there.

    Args:
        days: First and last day.
        every: Minutes; goes evenly into a day, or is whole days.

    Raises:
        UsageError: for any other step.
    """
    if every <= 0 or (DAY % every and every % DAY):
        given = format_duration(every)
        raise UsageError(
            say(
                f"{given} går inte jämnt upp i ett dygn; välj t.ex. 1h, 6h, 24h eller hela dygn.",
                f"{given} does not go evenly into a day; choose 1h, 6h, 24h or whole days.",
            )
        )
    ordinals = range(days[0].toordinal(), days[1].toordinal() + 1, max(1, every // DAY))
    if every >= DAY:
        return tuple(clock.midnight(day) for day in ordinals)
    minutes = range(0, DAY, every)
    return tuple(sorted({start for day in ordinals for minute in minutes for start in clock.both(day, minute)}))
