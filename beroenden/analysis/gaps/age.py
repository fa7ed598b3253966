"""How long ago something may have been verified before it is old."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import with_digits

_AGE = re.compile(r"(\d{1,4})\s*([a-zåäö]*)\.?")
_DAYS = {
    **dict.fromkeys(("d", "dag", "dagar", "dygn", "day", "days"), 1),
    **dict.fromkeys(("v", "vecka", "veckor", "w", "week", "weeks"), 7),
}
_MONTHS = {
    **dict.fromkeys(("", "m", "mån", "månad", "månader", "month", "months"), 1),
    **dict.fromkeys(("å", "år", "y", "year", "years"), 12),
}


@dataclass(frozen=True, slots=True)
class Age:
    """So many months, or so many days."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        """In words."""
        if self.days:
            return say("en dag", "a day") if self.days == 1 else say(f"{self.days} dagar", f"{self.days} days")
        return (
            say("en månad", "a month") if self.months == 1 else say(f"{self.months} månader", f"{self.months} months")
        )

    def is_over(self, day: date, today: date) -> bool:
        """Whether a day is longer ago than that."""
        last = today - timedelta(days=self.days)
        whole = last.year * 12 + last.month - 1 - self.months
        return (day.year, day.month, day.day) < (whole // 12, whole % 12 + 1, last.day)


YEAR = Age(months=12)


def age_of(name: str, text: str) -> Age:
    """The age that a person gave for something, whose name a complaint begins with: a number alone is of months.

    Raises:
        UsageError: when it is none.

    >>> age_of("--older-than", "60 dagar"), age_of("--older-than", "2 years"), age_of("--older-than", "6")
    (Age(months=0, days=60), Age(months=24, days=0), Age(months=6, days=0))
    """
    match = _AGE.fullmatch(with_digits(text.strip().lower()))
    if match is not None and int(match[1]):
        count, unit = int(match[1]), match[2]
        if unit in _DAYS:
            return Age(days=count * _DAYS[unit])
        if unit in _MONTHS:
            return Age(months=count * _MONTHS[unit])
    raise UsageError(
        say(
            f"{name}: ”{text[:60]}” är ingen ålder; skriv t.ex. 12 månader, 2 år, 8 veckor eller 60 dagar.",
            f'{name}: "{text[:60]}" is no age; write e.g. 12 months, 2 years, 8 weeks or 60 days.',
        )
    )
