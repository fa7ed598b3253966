"""Opening hours on the time axis."""

from collections.abc import Iterator

from beroenden.bankdays.bankdays import is_bank_day
from beroenden.units.times import Clock

WEEKDAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def opens_on(days: str | tuple[str, ...], day: int) -> bool:
    """Whether a rule for days ("bank", "all" or weekday names) holds on a day (ordinal)."""
    if days == "bank":
        return is_bank_day(day)
    return days == "all" or WEEKDAY_NAMES[(day - 1) % 7] in days


def openings(
    days: str | tuple[str, ...], times: tuple[tuple[int, int], ...], clock: Clock, start: int, until: int
) -> Iterator[tuple[int, int]]:
    """The opening hours as instants [open, close), in order and disjoint, from `start` until `until`.

    Args:
        days: "bank", "all" or weekday names; the day on which a spell opens.
        times: Minutes of day [from, to); a `to` not after its `from` is on the next day.
        clock: The time zone.
        start: Instant from which on it is wanted; the first spell is cut there.
        until: Instant at which to stop looking; the last spell may reach past it.
    """
    reached = start
    for day in range(clock.day(start) - 1, clock.day(until) + 1):
        if not opens_on(days, day):
            continue
        spells = [(clock.at(day, one), clock.at(day if other > one else day + 1, other)) for one, other in times]
        for opening, closing in sorted(spells):  # as instants: a clock change may turn the order of times of day
            begin = max(opening, reached)
            if begin < min(closing, until):
                yield begin, closing
                reached = closing
