"""Times and durations as people and spreadsheets write them: "1,5 h", "1:30", "2026-12-16 08.25", "16/12 08:25", "09.40"."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from zoneinfo import ZoneInfo

from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import say
from beroenden.units.durations import parse_duration, suggest_duration
from beroenden.units.times import instant, local
from beroenden.units.typed import typed_moment

_LONGEST = 10_000 * 60
"""Minutes of play that a list may span: beyond, a time was meant to be something else."""
_SIGNED = re.compile(r"T?\s*([+\-−]?)\s*(.*)", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"(\d{1,4})[:.](\d\d)(?:[:.]00)?")
_HOURS = re.compile(r"\d{1,4}(?:[.,]\d{1,4})?")
_DAY_ONE = {1899: datetime(1899, 12, 31), 1900: datetime(1899, 12, 31), 1904: datetime(1904, 1, 1)}
"""From where a spreadsheet counts a length of time that it shows as a date."""


def read_elapsed(value: Value, place: CellPlace) -> int | None:
    """Minutes since the exercise began; a number without a unit is hours."""
    minutes = _elapsed_of_text(value) if isinstance(value, str) else _elapsed_of_value(value)
    if minutes is not None and abs(minutes) <= _LONGEST:
        return minutes
    shown = str(value)[:40]
    message = say(
        f"”{shown}” är ingen tid från början i hela minuter; skriv 1:30 eller 90 min",
        f'"{shown}" is no time from the beginning in whole minutes; write 1:30 or 90 min',
    )
    place.error("B964", message)
    return None


def _elapsed_of_text(text: str) -> int | None:
    sign, plain = _SIGNED.fullmatch(text.strip()).groups()  # type: ignore[union-attr]
    if match := _CLOCK.fullmatch(plain):
        minutes = int(match[1]) * 60 + int(match[2]) if int(match[2]) < 60 else None
    elif _HOURS.fullmatch(plain):
        minutes = _hours(float(plain.replace(",", ".")))
    elif plain[:1] not in ("-", "−") and (meant := suggest_duration(plain)):
        minutes = parse_duration(meant)
    else:
        return None
    return -minutes if minutes is not None and sign in ("-", "−") else minutes


def _elapsed_of_value(value: Value) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _hours(value)
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    elif isinstance(value, datetime):
        if value.year not in _DAY_ONE:
            return None
        value -= _DAY_ONE[value.year]
    if not isinstance(value, timedelta):
        return None
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return None if seconds else minutes


def _hours(hours: float) -> int | None:
    minutes = hours * 60
    return round(minutes) if isfinite(minutes) and abs(minutes - round(minutes)) < 0.05 else None


def read_moment(value: Value, place: CellPlace, zone: ZoneInfo, on: date, earlier: int | None = None) -> int | None:
    """The instant that a cell tells.

    Args:
        on: The day that a mere clock time is of, and whose year a date without one is of.
        earlier: What the exercise has there; it is kept where the cell tells the same local time.
    """
    moment = _moment_of(value, on)
    if moment is None:
        place.error("B964", _no_moment(value), _clock_meant(value, on))
    elif earlier is not None and moment == local_time(earlier, zone):
        return earlier
    else:
        try:
            return instant(moment, zone)
        except ValueError as error:
            place.error("B964", _no_moment(value, f" ({error})"))
    return None


def local_time(minutes: int, zone: ZoneInfo) -> datetime:
    """The local date-time of an instant as a spreadsheet has it, without an offset."""
    return local(minutes, zone).replace(tzinfo=None, fold=0)


def _no_moment(value: Value, reason: str = "") -> str:
    shown = str(value)[:40]
    return say(
        f"”{shown}” är ingen tidpunkt{reason}; skriv 2026-12-16 08:25",
        f'"{shown}" is no time{reason}; write 2026-12-16 08:25',
    )


def _clock_meant(value: Value, on: date) -> str | None:
    """What was meant where the hours were set apart from the minutes otherwise: "10,55", which a spreadsheet takes for a number."""
    text = f"{value:.2f}" if isinstance(value, float) and value < 24 else str(value).strip()
    meant = re.sub(r"(\d{1,2})[.,;](\d\d)$", r"\1:\2", text)
    return meant if meant != text and _moment_of(meant, on) is not None else None


def _moment_of(value: Value, on: date) -> datetime | None:
    try:
        if isinstance(value, str):
            return _moment_of_text(" ".join(value.split()), on)
        if isinstance(value, time):
            value = datetime.combine(on, value)
        if isinstance(value, datetime):
            # A spreadsheet keeps fractions of days, so a whole minute may be a little off.
            return (value + timedelta(milliseconds=500)).replace(microsecond=0)
    except (ValueError, OverflowError):
        pass  # the 31st of February and the like
    return None


def _moment_of_text(text: str, on: date) -> datetime:
    return typed_moment(text, lambda: on, year=on.year)
