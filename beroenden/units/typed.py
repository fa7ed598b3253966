"""Times as people type them on a command line; what stands in files is read by `parse_instant` alone."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from beroenden.language import say
from beroenden.units.times import MONTHS, MONTHS_EN, instant, no_time, parse_instant

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_CLOCK = r"(?:kl(?:ockan|\.)?\s*|at\s+)?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)"
_DAYS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})[ /-]+(?P<year>\d{4})",
    r"(?:den\s+)?(?P<day>\d{1,2})\s+(?P<name>[a-zåäö]{3,9})\.?\s+(?P<year>\d{4})",
)
_FORMS = tuple(re.compile(rf"(?:[a-zåäö]{{3,9}}\s+)?{day}(?:,?\s+{_CLOCK})?", re.IGNORECASE) for day in _DAYS)
_BARE = re.compile(_CLOCK, re.IGNORECASE)


def typed_instant(text: str, zone: "ZoneInfo", day_of_clock: Callable[[], date]) -> int:
    """Minutes since the epoch of a typed time: "2026-12-17 08.00", "17/12 2026 kl. 8:00", "17 december 2026 08.00", "08.00".

    Args:
        text: What was typed.
        zone: The zone of times without an offset.
        day_of_clock: The day of a time of day alone; asked only for such a one.

    Raises:
        ValueError: with a message for a person, also for a day alone: midnight is seldom meant.
    """
    plain = " ".join(text.split())
    if match := _BARE.fullmatch(plain):
        return instant(datetime.combine(day_of_clock(), _time(match, text)), zone)
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        return parse_instant(plain, zone)
    day = _day(found, text)
    if found["hour"] is None:
        raise ValueError(_only_a_day(text, day))
    return instant(datetime.combine(day, _time(found, text)), zone)


def is_clock(text: str) -> bool:
    """Whether a text is a time of day alone."""
    return _BARE.fullmatch(" ".join(text.split())) is not None


def _time(match: re.Match[str], text: str) -> time:
    try:
        return time(int(match["hour"]), int(match["minute"]))
    except ValueError:
        raise no_time(text) from None


def _day(match: re.Match[str], text: str) -> date:
    given = match.groupdict()
    try:
        month = _month(given["name"]) if given.get("name") else int(given["month"])
        return date(int(given["year"]), month, int(given["day"]))
    except ValueError:
        raise no_time(text) from None


def _month(name: str) -> int:
    """The month of a Swedish or English name, in full or its first three letters."""
    for names in (MONTHS, MONTHS_EN):
        for number, known in enumerate(names, 1):
            if name.lower() in (known.lower(), known[:3].lower()):
                return number
    raise ValueError(name)


def _only_a_day(text: str, day: date) -> str:
    return say(
        f"”{text[:60]}” är bara en dag; ange även klockslag: {day} 08.00",
        f'"{text[:60]}" is only a day; give the time of day as well: {day} 08.00',
    )
