"""Dates of a payment: RFC 5545 recurrence rules, counted from 2000-01-01 unless they say otherwise."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from warnings import catch_warnings, simplefilter

from beroenden.units.times import LAST_YEAR

START = datetime(2000, 1, 1)
_FIRST, _LAST = datetime(1900, 1, 1), datetime(LAST_YEAR, 12, 31)
_UNTIL = re.compile(r"UNTIL=(?!\d{8}(?:T\d{6}Z?)?(?:;|\s|$))", re.IGNORECASE)
"""An UNTIL that is no date: dateutil would guess one, and from today."""


@lru_cache(maxsize=1024)
def _rule(text: str) -> Any:
    from dateutil.rrule import rrulestr

    if _UNTIL.search(text):
        raise ValueError(text)
    try:
        with catch_warnings():
            simplefilter("ignore")  # what dateutil only warns of is refused below
            parsed: Any = rrulestr(text, dtstart=START, ignoretz=True, cache=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(text) from error
    rules = [*getattr(parsed, "_rrule", []), *getattr(parsed, "_exrule", [])] if _is_set(parsed) else [parsed]
    if not rules or not all(_is_of_whole_days(rule) for rule in rules):
        raise ValueError(text)
    for rule in rules:
        rule._until = min(rule._until or _LAST, _LAST)
    return parsed


def _is_set(parsed: Any) -> bool:
    from dateutil.rrule import rruleset

    return isinstance(parsed, rruleset)


def _is_of_whole_days(rule: Any) -> bool:
    """Whether a rule gives at most one moment a day, goes on, and has at most one of COUNT and UNTIL."""
    from dateutil.rrule import DAILY

    return (
        rule._freq <= DAILY
        and rule._interval >= 1
        and len(rule._timeset) == 1
        and _is_covered(rule._dtstart)
        and (rule._count is None or rule._until is None)
    )


def _is_covered(start: datetime) -> bool:
    return start.tzinfo is None and start >= _FIRST


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
