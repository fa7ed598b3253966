"""Dates of a payment: RFC 5545 recurrence rules, counted from 2000-01-01 unless they say otherwise."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from beroenden.units.times import LAST_YEAR

START = datetime(2000, 1, 1)
_DAILY_OR_RARER = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|\s|$)", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _rule(text: str) -> Any:
    from dateutil.rrule import rrule, rrulestr

    if not _DAILY_OR_RARER.search(text):
        raise ValueError(text)
    try:
        parsed = rrulestr(text, dtstart=START, ignoretz=True, cache=True)
        if (
            isinstance(parsed, rrule)
            and getattr(parsed, "_until", None) is None
            and getattr(parsed, "_count", None) is None
        ):
            # A rule that never matches would else be followed to the year 9999.
            parsed = parsed.replace(until=datetime(LAST_YEAR, 12, 31), cache=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(text) from error
    return parsed


def check_rule(text: str) -> None:
    """Refuse what is not a recurrence rule of whole days.

    Raises:
        ValueError: when it is not one.
    """
    _rule(text)


def has_dates(text: str) -> bool:
    """Whether a rule yields any date."""
    return next(iter(_rule(text)), None) is not None


def rule_dates(text: str, first: date, last: date) -> list[date]:
    """The dates of a rule from `first` to `last`, both included.

    >>> rule_dates("FREQ=MONTHLY;BYMONTHDAY=20", date(2026, 11, 1), date(2026, 12, 31))
    [datetime.date(2026, 11, 20), datetime.date(2026, 12, 20)]
    """
    after, before = datetime.combine(first, datetime.min.time()), datetime.combine(last, datetime.max.time())
    return [moment.date() for moment in _rule(text).between(after, before, inc=True)]
