"""Times and numbers as people type them, on a command line and in a spreadsheet; what stands in files is read by `parse_instant` alone."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from beroenden.language import say
from beroenden.units.times import MONTHS, MONTHS_EN, WEEKDAYS, WEEKDAYS_EN, check_year, date_in_words, instant, no_time

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_AT = r"(?:kl(?:ockan|\.)?\s*|at\s+)"
_TO_THE_MINUTE = r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)(?:[.:]00(?:[.,]0+)?)?"
_CLOCK = rf"(?:{_AT}?{_TO_THE_MINUTE}|{_AT}(?P<whole>\d{{1,2}}))"
_DAYS = (
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[ /.-]+(?P<year>\d{4}))?",
    r"(?:den\s+)?(?P<day>\d{1,2})\s+(?P<name>[a-zåäö]{3,9})\.?(?:\s+(?P<year>\d{4}))?",
)
_FORMS = tuple(
    re.compile(rf"(?:(?P<weekday>[a-zåäö]{{2,9}})\.?\s+)?{day}(?:(?:T|,?\s+){_CLOCK})?", re.IGNORECASE) for day in _DAYS
)
_BARE = re.compile(_CLOCK, re.IGNORECASE)
_NAMED = {"idag": 0, "today": 0, "igår": -1, "yesterday": -1, "imorgon": 1, "tomorrow": 1}
"""How many days from the day on which it is said."""
_NAMED_DAY = r"(?P<named>i ?dag|today|i ?går|yesterday|i ?morgon|tomorrow)"
_NAMED_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_NAMED_DAY}(?:,? (?:{_AT}?{_TO_THE_MINUTE}|{_AT}?(?P<whole>\d{{1,2}})))?",
        rf"{_CLOCK},? {_NAMED_DAY}",
    )
)
_NUMBERS = {
    word: number
    for words in (
        "en två tre fyra fem sex sju åtta nio tio elva tolv",
        "one two three four five six seven eight nine ten eleven twelve",
    )
    for number, word in enumerate(words.split(), 1)
} | {"ett": 1, "a": 1, "an": 1}
_MANY = r"(?P<many>\d{1,3}|[a-zåäö]+) (?:(?P<hours>timm(?:e|ar)|tim|h|hours?)|min(?:ut(?:er|es?)?)?)\.?"
_AFTER, _BEFORE = (
    re.compile(form, re.IGNORECASE) for form in (rf"(?:om|in) {_MANY}", rf"(?:för )?{_MANY} (?:sedan|sen|ago)")
)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(?P<name>[a-zåäö]{3,9})\.?\s+(?P<year>\d{4})", re.IGNORECASE)
_DECIMAL = re.compile(r"(?P<whole>\d{1,3}(?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+|\d+),(?P<part>\d+)")
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?")


def typed_instant(
    text: str, zone: "ZoneInfo", said: datetime, clock: time | None = None, day: date | None = None
) -> int:
    """Minutes since the epoch of a typed time: "2026-12-17 08.00", "17/12 2026 kl. 8:00", "17 december kl 8", "08.00", "i morgon
    kl. 9", "om två timmar".

    Args:
        text: What was typed.
        zone: The zone of times without an offset.
        said: When it is said: what lies a day or some hours from then is reckoned from it, and a date without a year is the
            one nearest to it.
        clock: The time of day of a day alone; None: that is refused, since midnight is seldom meant.
        day: The day of a time of day alone; None: that on which it is said.

    Raises:
        ValueError: with a message for a person.
    """
    plain = " ".join(text.split())
    for form, sign in ((_AFTER, 1), (_BEFORE, -1)):
        if (match := form.fullmatch(plain)) and (span := _span(match)) is not None:
            return instant(said.replace(second=0, microsecond=0), zone) + sign * span
    if match := next((match for form in _NAMED_DAYS if (match := form.fullmatch(plain))), None):
        named = said.date() + timedelta(days=_NAMED["".join(match["named"].lower().split())])
        return instant(_on(named, match, text, clock), zone)
    year = _year(plain, said.date())
    return instant(typed_moment(text, lambda: day or said.date(), year=year, clock=clock), zone)


def _span(match: re.Match[str]) -> int | None:
    """The minutes of "två timmar" or "30 min"; None for what is no number."""
    word = match["many"].lower()
    many = int(word) if word.isdecimal() else _NUMBERS.get(word)
    return None if many is None else many * (60 if match["hours"] else 1)


def _year(plain: str, near: date) -> int | None:
    """The year in which a date without one is nearest to a day; None where the text is no such date."""
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None or found["year"]:
        return None
    days = []
    for year in (near.year - 1, near.year, near.year + 1):
        with suppress(ValueError):  # 29 February
            days.append(_date(found.groupdict(), year))
    return min(days, key=lambda day: abs(day - near)).year if days else None


def has_clock(text: str) -> bool:
    """Whether a typed time says its time of day, and not only how far off it is."""
    plain = " ".join(text.split())
    return _AFTER.fullmatch(plain) is None and _BEFORE.fullmatch(plain) is None


def has_date(text: str) -> bool:
    """Whether a typed time says its day with its year, so that it is the same whenever it is said."""
    return _YEAR.search(text) is not None


def typed_moment(
    text: str, day_of_clock: Callable[[], date], *, year: int | None = None, clock: time | None = None
) -> datetime:
    """The date-time that a text tells, local unless the text has an offset.

    Args:
        text: What was typed.
        day_of_clock: The day of a time of day alone; asked only for such a one.
        year: That of a date without one; None: such a date is refused.
        clock: The time of day of a day alone; None: that is refused.

    Raises:
        ValueError: with a message for a person.
    """
    plain = " ".join(text.split())
    if match := _BARE.fullmatch(plain):
        return datetime.combine(day_of_clock(), _time(match, text))
    found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
    if found is None:
        return _iso(plain, text)
    day = _day(found, text, year)
    return _on(day, found, text, clock)


def _on(day: date, match: re.Match[str], text: str, clock: time | None) -> datetime:
    """The moment of a day that a text tells; one without a time of day is at the clock."""
    if match["hour"] is not None or match["whole"] is not None:
        return datetime.combine(day, _time(match, text))
    if clock is None:
        raise ValueError(_only_a_day(text, day))
    return datetime.combine(day, clock)


def typed_days(text: str) -> tuple[date, date]:
    """First and last day of a year, a month or a day: "2026", "2026-12", "december 2026", "16/12 2026", "16 december 2026".

    Raises:
        ValueError: when it is none of these.
    """
    plain = " ".join(text.split())
    if match := _PERIOD.fullmatch(plain):
        year, month = int(match[1]), int(match[2] or 0)
    elif match := _MONTH.fullmatch(plain):
        year, month = int(match["year"]), _month(match["name"])
    else:
        found = next((match for form in _FORMS if (match := form.fullmatch(plain))), None)
        if found is None or found["hour"] or found["whole"]:
            raise no_time(text)
        day = _day(found, text, None)
        check_year(day.year)
        return day, day
    check_year(year)
    last = month or 12
    return date(year, month or 1, 1), date(year, last, monthrange(year, last)[1])


def typed_number(text: str) -> float:
    """A number with a decimal comma, or a point; "1,250" is 1250 to some, so that it is refused.

    Raises:
        ValueError: when it is none.

    >>> typed_number("0,4"), typed_number("0,125"), typed_number("1 250,5"), typed_number("0.4")
    (0.4, 0.125, 1250.5, 0.4)
    """
    match = _DECIMAL.fullmatch(text.strip())
    if match is None:
        return float(text)
    whole = "".join(match["whole"].split())
    if len(match["part"]) == 3 and whole.strip("0") and len(whole) <= 3:
        raise ValueError(text)
    return float(f"{whole}.{match['part']}")


def typed_level(text: str) -> float:
    """A level or share from 0 to 1, also in per cent.

    Raises:
        ValueError: when it is none.

    >>> typed_level("0,5"), typed_level("50 %"), typed_level("12,5%"), typed_level("1")
    (0.5, 0.5, 0.125, 1.0)
    """
    plain = text.strip()
    return round(typed_number(plain[:-1].strip()) / 100, 6) if plain.endswith("%") else typed_number(plain)


def is_clock(text: str) -> bool:
    """Whether a text is a time of day alone."""
    return _BARE.fullmatch(" ".join(text.split())) is not None


def _iso(plain: str, text: str) -> datetime:
    """ISO 8601, with an offset or without."""
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        raise no_time(text) from None
    if found.microsecond:  # "10,55" is read as a part of an hour
        raise no_time(text)
    return found


def _time(match: re.Match[str], text: str) -> time:
    try:
        return time(int(match["whole"] or match["hour"]), int(match["minute"] or 0))
    except ValueError:
        raise no_time(text) from None


def _day(match: re.Match[str], text: str, year: int | None) -> date:
    given = match.groupdict()
    try:
        found = _date(given, int(given["year"] or year or 0))
    except ValueError:
        raise no_time(text) from None
    _check_weekday(given["weekday"], found, text)
    return found


def _date(given: Mapping[str, str | None], year: int) -> date:
    """The date of a year whose day and month a text has."""
    name = given.get("name")
    return date(year, _month(name) if name else int(given["month"] or 0), int(given["day"] or 0))


def _check_weekday(word: str | None, day: date, text: str) -> None:
    """Refuse a day of the week that the date does not fall on: one of the two is a slip."""
    names = [(name.lower(), number) for names in (WEEKDAYS, WEEKDAYS_EN) for number, name in enumerate(names)]
    told = {number for name, number in names if word and word.lower() in (name, name[:3])}
    if told and day.weekday() not in told:
        right, plain = date_in_words(day), date_in_words(day, weekday=False)
        raise ValueError(
            say(
                f"”{text[:60]}”: {plain} är ingen {word}, utan {right.split()[0]}; skriv {right}, eller rätta dagen",
                f'"{text[:60]}": {plain} is no {word} but a {right.split()[0]}; write {right}, or mend the day',
            )
        )


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
