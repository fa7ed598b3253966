"""Points in time: whole minutes since 1970-01-01 UTC inside, local date-times at the border."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from beroenden.language import language, say
from beroenden.units.durations import DAY

FIRST_YEAR, LAST_YEAR = 1970, 2099
"""The years that are covered: the epoch, and a year before the `holidays` package ends."""
EPOCH = date(1970, 1, 1).toordinal()

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_FIRST_HALF = ("januari", "februari", "mars", "april", "maj", "juni")
MONTHS = (*_FIRST_HALF, "juli", "augusti", "september", "oktober", "november", "december")


WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST_HALF_EN = ("January", "February", "March", "April", "May", "June")
MONTHS_EN = (*_FIRST_HALF_EN, "July", "August", "September", "October", "November", "December")


_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
"""`fromtimestamp` takes no time before it on Windows."""


@lru_cache(maxsize=16)
def time_zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name.

    Raises:
        ValueError: when there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(name) from error


def instant(moment: datetime, zone: ZoneInfo) -> int:
    """Minutes since the epoch of a date-time; without an offset it is local to the zone.

    A local time that the clock change skips is moved forward an hour; of two, the first is meant.

    Raises:
        ValueError: when it has seconds or lies outside the years that are covered.
    """
    if moment.second or moment.microsecond:
        raise ValueError(say("tiden ska vara i hela minuter", "the time must be in whole minutes"))
    check_year(moment.year)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone, fold=0)
    minutes = int(aware.timestamp() // 60)
    check_year(local(minutes, zone).year)
    return minutes


def check_year(year: int) -> None:
    """Refuse a year outside those that are covered.

    Raises:
        ValueError: with a message for a person.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            say(
                f"året ska ligga mellan {FIRST_YEAR} och {LAST_YEAR}",
                f"the year must be between {FIRST_YEAR} and {LAST_YEAR}",
            )
        )


EXAMPLE = "2026-12-17 08.00"
"""The one example of a time that help and messages show."""
_SWEDISH_CLOCK = re.compile(r"(?<=[T ])(\d\d)\.(\d\d)$")


def parse_instant(text: str, zone: ZoneInfo) -> int:
    """Minutes since the epoch of "2026-12-17T08:00", with or without an offset; "2026-12-17 08.00" is read too.

    Raises:
        ValueError: with a message for a person.
    """
    try:
        moment = datetime.fromisoformat(_SWEDISH_CLOCK.sub(r"\1:\2", text.strip()))
    except ValueError as error:
        raise no_time(text) from error
    return instant(moment, zone)


_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def why_no_such_day(text: str) -> str | None:
    """Why the first date of a text is not in the calendar, told for a person; None where it is, or where there is none.

    Args:
        text: A date as files have it, or what holds one.

    >>> from beroenden.language import writing_in
    >>> with writing_in("en"):
    ...     why_no_such_day("2026-02-30"), why_no_such_day("2026-02-28")
    ('there is no 2026-02-30: February 2026 has 28 days', None)
    """
    match = _YEAR_FIRST.search(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    if not 1 <= month <= 12:
        reason = say("månaden ska vara 1–12", "the month should be 1–12")
    elif not 1 <= day <= (last := monthrange(year, month)[1]):
        name = month_names()[month - 1]
        reason = say(f"{name} {year} har {last} dagar", f"{name} {year} has {last} days")
    else:
        return None
    return say(f"datumet {match[0]} finns inte: {reason}", f"there is no {match[0]}: {reason}")


def no_time(text: str) -> ValueError:
    """The error for a text that is no time."""
    if reason := why_no_such_day(text):
        return ValueError(reason)
    return ValueError(
        say(
            f"”{text[:60]}” är ingen tidpunkt; skriv t.ex. {EXAMPLE} (eller 2026-12-17T08:00)",
            f'"{text[:60]}" is not a time; write e.g. {EXAMPLE} (or 2026-12-17T08:00)',
        )
    )


def local(minutes: int, zone: ZoneInfo) -> datetime:
    """The local date-time of an instant."""
    return (_UNIX + timedelta(minutes=minutes)).astimezone(zone)


def iso(minutes: int, zone: ZoneInfo) -> str:
    """The instant in ISO 8601 with its offset, to the minute.

    >>> iso(29700000, ZoneInfo("Europe/Stockholm"))
    '2026-06-21T02:00+02:00'
    """
    return local(minutes, zone).isoformat(timespec="minutes")


def minute_of_day(clock: time) -> int:
    """Minutes after midnight.

    Raises:
        ValueError: when it has seconds.
    """
    if clock.second or clock.microsecond:
        raise ValueError(say("klockslaget ska vara i hela minuter", "the time of day must be in whole minutes"))
    return clock.hour * 60 + clock.minute


def clock_text(minutes: int) -> str:
    """A time of day, "19.00" (19:00), of minutes after midnight."""
    return f"{minutes // 60 % 24:02d}{say('.', ':')}{minutes % 60:02d}"


def date_in_words(day: date, *, weekday: bool = True) -> str:
    """ "fredag 18 december 2026" (Friday 18 December 2026)."""
    text = f"{day.day} {_month(day)} {day.year}"
    return f"{_weekday(day)} {text}" if weekday else text


def weekday_names() -> tuple[str, ...]:
    """The days of the week, Monday first."""
    return WEEKDAYS if language() == "sv" else WEEKDAYS_EN


def month_names() -> tuple[str, ...]:
    """The months of the year."""
    return MONTHS if language() == "sv" else MONTHS_EN


def _weekday(day: date) -> str:
    return weekday_names()[day.weekday()]


def _month(day: date) -> str:
    return month_names()[day.month - 1]


def time_in_words(minutes: int, zone: ZoneInfo) -> str:
    """The instant in running text: "fredag 18 december 2026 kl. 06.00" (Friday 18 December 2026 at 06:00)."""
    moment = local(minutes, zone)
    return f"{date_in_words(moment.date())} {say('kl.', 'at')}\N{NO-BREAK SPACE}{clock_of(moment)}"


def clock_of(moment: datetime) -> str:
    """The time of day of a local date-time: "06.00" (06:00)."""
    return say(f"{moment:%H.%M}", f"{moment:%H:%M}") + _which(moment)


def _which(moment: datetime) -> str:
    """Which of the two, where the clock change makes an hour come twice."""
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    if first is None or second is None or first <= second:
        return ""
    return say(" (normaltid)", " (standard time)") if moment.fold else say(" (sommartid)", " (summer time)")


def short_time(minutes: int, zone: ZoneInfo) -> str:
    """The instant in a table: "fre 2026-12-18 06.00" (Fri 2026-12-18 06:00)."""
    moment = local(minutes, zone)
    return f"{_weekday(moment)[:3]} {moment:%Y-%m-%d} {clock_of(moment)}"


def brief_date(day: date) -> str:
    """The date in running text where the year is given: "fre 18 dec" (Fri 18 Dec)."""
    return f"{_weekday(day)[:3]} {day.day} {_month(day)[:3]}"


def table_date(day: date) -> str:
    """The date in a narrow table: "fre 2026-12-18" (Fri 2026-12-18)."""
    return f"{_weekday(day)[:3]} {day}"


def table_time(minutes: int, zone: ZoneInfo) -> str:
    """The instant in a narrow table: "fre 18 dec 07.50" (Fri 18 Dec 07:50)."""
    moment = local(minutes, zone)
    return f"{brief_date(moment)} {clock_of(moment)}"


def table_span(since: int, until: int, zone: ZoneInfo) -> str:
    """From when until when in a narrow table: "fre 18 dec 07.50–09.00", or "fre 18 dec 22.00–lör 19 dec 06.00"."""
    return f"{table_time(since, zone)}–{_until(since, until, zone, table_time)}"


def short_span(since: int, until: int, zone: ZoneInfo) -> str:
    """From when until when in a table: "fre 2026-12-18 07.50–09.00"."""
    return f"{short_time(since, zone)}–{_until(since, until, zone, short_time)}"


def _until(since: int, until: int, zone: ZoneInfo, written: Callable[[int, ZoneInfo], str]) -> str:
    """The end of a span, with its day where that is another than that on which it begins."""
    end = local(until, zone)
    return clock_of(end) if end.date() == local(since, zone).date() else written(until, zone)


class Clock:
    """Fast conversion between local days and instants of one time zone; days are ordinals (`date.toordinal`)."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._midnights: dict[int, int] = {}

    def midnight(self, day: int) -> int:
        """The instant at which a local day begins."""
        found = self._midnights.get(day)
        if found is None:
            moment = datetime.combine(date.fromordinal(day), time(), self.zone)
            found = self._midnights[day] = int(moment.timestamp() // 60)
        return found

    def at(self, day: int, minute: int) -> int:
        """The instant of a local time of day (0 to 1439 minutes) on a day."""
        midnight = self.midnight(day)
        if self.midnight(day + 1) - midnight == DAY:
            return midnight + minute
        moment = datetime.combine(date.fromordinal(day), time(minute // 60, minute % 60), self.zone)
        return int(moment.timestamp() // 60)

    def both(self, day: int, minute: int) -> set[int]:
        """The instants of a local time of day: two where the clock is put back over it, else one."""
        first = self.at(day, minute)
        if self.midnight(day + 1) - self.midnight(day) <= DAY:
            return {first}
        clock = time(minute // 60, minute % 60, fold=1)
        return {first, int(datetime.combine(date.fromordinal(day), clock, self.zone).timestamp() // 60)}

    def day(self, minutes: int) -> int:
        """The local day of an instant."""
        day = EPOCH + minutes // DAY
        if self.midnight(day) > minutes:
            return day - 1
        return day + 1 if self.midnight(day + 1) <= minutes else day
