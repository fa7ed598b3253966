"""Dates of a payment: RFC 5545 recurrence rules, counted from 2000-01-01 unless they say otherwise."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from warnings import catch_warnings, simplefilter

from beroenden.units.times import LAST_YEAR

START = datetime(2000, 1, 1)
_FIRST, _LAST = datetime(1900, 1, 1), datetime(LAST_YEAR, 12, 31)
_DATE = r"\d{8}(?:T\d{6}Z?)?"
_PARTS = re.compile(
    rf"(?:(?:RRULE:)?(?P<rule>FREQ=[^:]+|[^:]+;FREQ=[^:]+)"
    rf"|(?:DTSTART|RDATE|EXDATE)(?:;VALUE=DATE(?:-TIME)?)?:{_DATE}(?:,{_DATE})*)",
    re.IGNORECASE,
)
_NOT_RFC_5545 = re.compile(rf"UNTIL=(?!{_DATE}(?:;|$))|BYEASTER", re.IGNORECASE)
_BY = re.compile(r"(BYMONTH|BYMONTHDAY|BYYEARDAY|BYWEEKNO)=([^;]*)", re.IGNORECASE)
_MOST = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53}


@lru_cache(maxsize=1024)
def _rule(text: str) -> Any:
    from dateutil.rrule import rrulestr

    _check_form(text)
    try:
        with catch_warnings():
            simplefilter("ignore")  # what dateutil only warns of is refused below
            parsed: Any = rrulestr(text, dtstart=START, ignoretz=True, cache=True)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(text) from error
    rule = getattr(parsed, "_rrule", [parsed])[0]
    if not _is_of_whole_days(rule):
        raise ValueError(text)
    rule._until = min(rule._until or _LAST, _LAST)
    return parsed


def _check_form(text: str) -> None:
    """Refuse what dateutil would read, but by guessing: one rule, plain dates, numbers that the calendar has."""
    parts = [_PARTS.fullmatch(part) for part in text.split()]
    rules = [part["rule"] for part in parts if part and part["rule"]]
    if None in parts or len(rules) != 1 or _NOT_RFC_5545.search(rules[0]):
        raise ValueError(text)
    for key, numbers in _BY.findall(rules[0]):
        if not all(1 <= abs(int(number)) <= _MOST[key.upper()] for number in numbers.split(",")):
            raise ValueError(text)


def _is_of_whole_days(rule: Any) -> bool:
    """Whether a rule gives at most one moment a day, goes on, and has at most one of COUNT and UNTIL."""
    from dateutil.rrule import DAILY

    return bool(
        rule._freq <= DAILY
        and rule._interval >= 1
        and len(rule._timeset) == 1
        and rule._dtstart >= _FIRST
        and (rule._count is None or rule._until is None)
    )


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
