"""Readers of single values: a raw TOML value and its place in, the value or None and findings out."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from math import nan
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.bankdays.hours import WEEKDAY_NAMES
from beroenden.bankdays.recurrence import check_rule
from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.entities import Length, LogNormal, Pert, Step
from beroenden.model.labels import TLP
from beroenden.modelfiles.findings import UNPRINTABLE, Place
from beroenden.units.amounts import typed_amount
from beroenden.units.durations import format_duration, parse_duration, suggest_duration
from beroenden.units.times import check_year, instant, minute_of_day, parse_instant, time_zone, why_no_such_day
from beroenden.units.typed import is_clock, typed_level, typed_moment

Reader = Callable[[Any, Place], Any]

LARGEST = 10**15
_YEAR = 366
_DAYS = ("bank", "all")
_DAYS_SAID = {"bankdagar": "bank", "alla": "all", "alla dagar": "all", "varje dag": "all"}
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def _wrong_type(value: object, place: Place, sv: str, en: str, suggestion: str | None = None) -> None:
    """Report a value of the wrong type; there is no value then."""
    names: dict[type, tuple[str, str]] = {
        str: ("text", "text"),
        bool: ("sant/falskt", "true/false"),
        int: ("ett tal", "a number"),
        float: ("ett decimaltal", "a decimal number"),
        list: ("en lista", "a list"),
        dict: ("en tabell", "a table"),
        date: ("ett datum", "a date"),
        datetime: ("datum och tid", "a date-time"),
        time: ("ett klockslag", "a time of day"),
    }
    is_sv, is_en = names.get(type(value), (type(value).__name__,) * 2)
    place.error("B202", say(f"ska vara {sv}, inte {is_sv}", f"should be {en}, not {is_en}"), suggestion)


def _number_meant(value: object, *, is_whole: bool = False) -> str | None:
    """The number that a text says, as files have it."""
    amount = typed_amount(value) if isinstance(value, str) else None
    if amount is None or amount > LARGEST or (is_whole and amount % 1):
        return None
    return f"{amount.normalize():f}"


def _level_meant(value: object) -> str | None:
    """The level that a text says, in per cent or as a share, as files have it."""
    try:
        found = typed_level(value) if isinstance(value, str) else nan
    except ValueError:
        return None
    return f"{found:g}" if 0 <= found <= 1 else None


def text(value: Any, place: Place) -> str | None:
    """Any text, with what cannot be shown as U+FFFD: no document or terminal could hold it."""
    if not isinstance(value, str):
        _wrong_type(value, place, "text", "text")
        return None
    if not UNPRINTABLE.search(value):
        return value
    place.warning("B214", say("styrtecken i texten ersätts", "control characters in the text are replaced"))
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)


def slug(value: Any, place: Place) -> str | None:
    """An id: lower-case letters a-z, digits and hyphens."""
    return _id(value, place, dict)


def entity_id(value: Any, place: Place) -> str | None:
    """The id of an entity; where its name stands instead, the id is suggested."""
    return _id(value, place, place.report.named)


def _id(value: Any, place: Place, named: Callable[[], Mapping[str, str]]) -> str | None:
    if not isinstance(value, str):
        _wrong_type(value, place, "ett id i text", "an id in text")
        return None
    if _SLUG.fullmatch(value):
        return value
    place.error(
        "B209",
        say(
            "ett id har bara gemener a–z, siffror och bindestreck", "an id has only lower-case a–z, digits and hyphens"
        ),
        named().get(value.casefold()) or plain_id(value) or None,
    )
    return None


def plain_id(text: str) -> str:
    """The id that a text is when written as ids are; "" where nothing is left of it."""
    if _SLUG.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join(re.findall("[a-z0-9]+", plain))


def flag(value: Any, place: Place) -> bool | None:
    """true or false."""
    if isinstance(value, bool):
        return value
    _wrong_type(value, place, "true eller false", "true or false")
    return None


class OneOf:
    """One of some words; what people say instead is suggested by `said`."""

    def __init__(self, *words: str, said: Mapping[str, str] | None = None) -> None:
        self.words, self._said = words, said or {}

    def __call__(self, value: Any, place: Place) -> str | None:
        """The word."""
        if not isinstance(value, str):
            _wrong_type(value, place, "text", "text")
            return None
        if value in self.words:
            return value
        known = ", ".join(self.words)
        place.error(
            "B207",
            say(f"”{value[:60]}” är inget av {known}", f'"{value[:60]}" is none of {known}'),
            self._said.get(value.strip().lower()) or did_you_mean(value, self.words),
        )
        return None


def tlp(value: Any, place: Place) -> str | None:
    """A label of TLP 2.0; TLP:WHITE of TLP 1.0 is TLP:CLEAR."""
    if not isinstance(value, str):
        _wrong_type(value, place, "en TLP-märkning i text", "a TLP label in text")
        return None
    if value == "TLP:WHITE":
        return "TLP:CLEAR"
    if value in TLP:
        return value
    meant = value.lower().removeprefix("tlp").lstrip(": ").replace(" ", "")
    near = did_you_mean(meant, [label.removeprefix("TLP:").lower() for label in TLP])
    place.error(
        "B206",
        say(f"”{value[:60]}” är ingen märkning i TLP 2.0", f'"{value[:60]}" is not a TLP 2.0 label'),
        near and f"TLP:{near.upper()}",
    )
    return None


def whole(value: Any, place: Place, *, least: int = 0, most: int = LARGEST) -> int | None:
    """A whole number from `least` to `most`."""
    if not isinstance(value, int) or isinstance(value, bool):
        _wrong_type(value, place, "ett heltal", "a whole number", _number_meant(value, is_whole=True))
        return None
    if least <= value <= most:
        return value
    last = "10^15" if most == LARGEST else most
    place.error("B212", say(f"ska vara från {least} till {last}", f"should be from {least} to {last}"))
    return None


def whole_of_any_sign(value: Any, place: Place) -> int | None:
    """A whole number of days, before (negative) or after; at most a year."""
    return whole(value, place, least=-_YEAR, most=_YEAR)


def days_ahead(value: Any, place: Place) -> int | None:
    """A whole number of days from 0; at most a year."""
    return whole(value, place, most=_YEAR)


def of_any_size(value: Any, place: Place) -> int | None:
    """A whole number; a rule says which ones are right."""
    return whole(value, place, least=-LARGEST)


def from_one(value: Any, place: Place) -> int | None:
    """A whole number from 1."""
    return whole(value, place, least=1)


def number(value: Any, place: Place) -> float | None:
    """A number from 0; a whole one as int, so that equal numbers have one text."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        _wrong_type(value, place, "ett tal", "a number", _number_meant(value))
        return None
    if 0 <= value <= LARGEST:
        return int(value) if value == int(value) else float(value)
    place.error("B212", say("ska vara från 0 till 10^15", "should be from 0 to 10^15"))
    return None


def factor(value: Any, place: Place) -> float | None:
    """A factor of uncertainty, 1 or more."""
    found = number(value, place)
    if found is None or found >= 1:
        return found
    place.error("B212", say("en faktor ska vara 1 eller mer", "a factor should be 1 or more"))
    return None


def level(value: Any, place: Place) -> float | None:
    """A level or share, 0..1."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        _wrong_type(value, place, "ett tal från 0 till 1", "a number from 0 to 1", _level_meant(value))
        return None
    if 0 <= value <= 1:
        return value + 0.0  # never -0.0
    as_share = f"{value / 100:g}" if 10 <= value <= 100 else None  # per cent
    place.error("B208", say("ska vara från 0 till 1", "should be from 0 to 1"), as_share)
    return None


def duration(value: Any, place: Place) -> int | None:
    """A duration in minutes; of tables in memory also a timedelta of whole minutes."""
    if isinstance(value, timedelta) and value >= timedelta(0) and not value % timedelta(minutes=1):
        value = format_duration(value // timedelta(minutes=1))
    if not isinstance(value, str):
        _wrong_type(value, place, 'en tid i text, t.ex. "4h"', 'a duration in text, e.g. "4h"')
        return None
    try:
        minutes = parse_duration(value)
    except ValueError:
        place.error(
            "B204",
            say(
                f"”{value[:60]}” är ingen tidslängd; skriv 90min, 4h, 3d, 1w, 1d 6h eller PT4H",
                f'"{value[:60]}" is not a duration; write 90min, 4h, 3d, 1w, 1d 6h or PT4H',
            ),
            suggest_duration(value),
        )
        return None
    if minutes <= LARGEST // 10**6:
        return minutes
    place.error("B212", say("tiden är orimligt lång", "the duration is too long"))
    return None


def length(value: Any, place: Place) -> int | Length | None:
    """A duration, or its distribution: { min, mode, max } or { p50, p90 }."""
    if not isinstance(value, dict):
        return duration(value, place)
    names = ("p50", "p90") if set(value) & {"p50", "p90"} else ("min", "mode", "max")
    if set(value) != set(names):
        place.error(
            "B203",
            say(
                "en osäker längd skrivs { min, mode, max } eller { p50, p90 }",
                "write { min, mode, max } or { p50, p90 }",
            ),
        )
        return None
    minutes = [duration(value[name], place / name) for name in names]
    if any(amount is None for amount in minutes):
        return None
    known = [amount for amount in minutes if amount is not None]
    if known != sorted(known) or known[0] == known[-1] or (len(known) == 2 and known[0] == 0):
        (place / names[0]).error(
            "B212", say(f"ska vara stigande: {', '.join(names)}", f"should be rising: {', '.join(names)}")
        )
        return None
    return Pert(*known) if len(known) == 3 else LogNormal(*known)


def endurance(value: Any, place: Place) -> tuple[Step, ...] | None:
    """An endurance: a duration, or steps [[duration, level], ...]."""
    if not isinstance(value, list):
        minutes = duration(value, place)
        return None if minutes is None else (Step(minutes, 1.0),)
    if not value:
        place.error("B203", say("minst ett steg ska anges", "at least one step must be given"))
    steps = []
    for index, item in enumerate(value):
        pair = _pair(item, place / index, '["4h", 1.0]')
        if pair is None:
            continue
        minutes, held = duration(pair[0], place / index / 0), level(pair[1], place / index / 1)
        if minutes is not None and held is not None:
            steps.append(Step(minutes, held))
    return tuple(steps) if steps and len(steps) == len(value) else None


def _pair(item: Any, place: Place, example: str) -> tuple[Any, Any] | None:
    if isinstance(item, list) and len(item) == 2:
        return item[0], item[1]
    _wrong_type(item, place, f"ett par {example}", f"a pair {example}")
    return None


def day(value: Any, place: Place) -> date | None:
    """A date in the years that are covered."""
    if isinstance(value, str) and (reason := why_no_such_day(value)):
        place.error("B211", reason)
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        _wrong_type(value, place, "ett datum, t.ex. 2026-12-18", "a date, e.g. 2026-12-18")
        return None
    try:
        check_year(value.year)
    except ValueError as error:
        place.error("B211", str(error))
        return None
    return value


def clock(value: Any, place: Place) -> int | None:
    """A time of day, in minutes after midnight."""
    if not isinstance(value, time):
        _wrong_type(value, place, "ett klockslag, t.ex. 19:00:00", "a time of day, e.g. 19:00:00")
        return None
    try:
        return minute_of_day(value)
    except ValueError as error:
        place.error("B211", str(error))
        return None


class Moment:
    """A date-time, local to a zone unless it has an offset, in minutes since the epoch."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def __call__(self, value: Any, place: Place) -> int | None:
        """The instant."""
        if not isinstance(value, datetime | str):
            _wrong_type(
                value, place, "datum och tid, t.ex. 2026-12-16T08:00:00", "a date-time, e.g. 2026-12-16T08:00:00"
            )
            return None
        try:
            return instant(value, self._zone) if isinstance(value, datetime) else parse_instant(value, self._zone)
        except ValueError as error:
            place.error("B211", str(error), _moment_meant(value) if isinstance(value, str) else None)
            return None


def _moment_meant(text: str) -> str | None:
    """The time that a person wrote in another form, in the form that files have; None where the day is not told."""
    if is_clock(text):
        return None
    try:
        return typed_moment(text, date.today).isoformat(timespec="minutes")
    except ValueError:
        return None


def zone_name(value: Any, place: Place) -> str | None:
    """The IANA name of a time zone."""
    if not isinstance(value, str):
        _wrong_type(value, place, "en tidszon i text", "a time zone in text")
        return None
    try:
        time_zone(value)
    except ValueError:
        place.error(
            "B210",
            say(f"tidszonen ”{value[:60]}” finns inte", f'there is no time zone "{value[:60]}"'),
            did_you_mean(value, ["Europe/Stockholm", "UTC"]) and "Europe/Stockholm",
        )
        return None
    return value


def rrule(value: Any, place: Place) -> str | None:
    """An RFC 5545 recurrence rule of whole days."""
    if not isinstance(value, str):
        _wrong_type(value, place, "en RRULE i text", "an RRULE in text")
        return None
    try:
        check_rule(value)
    except ValueError:
        place.error(
            "B205",
            say(
                f"”{value[:80]}” är ingen RRULE (RFC 5545) för hela dagar, t.ex. FREQ=MONTHLY;BYMONTHDAY=20",
                f'"{value[:80]}" is not an RRULE (RFC 5545) of whole days, e.g. FREQ=MONTHLY;BYMONTHDAY=20',
            ),
        )
        return None
    return value


class ListOf:
    """A list, each value read alike; a faulty one is None, so that the others keep their index."""

    def __init__(self, item: Reader) -> None:
        self.item = item

    def __call__(self, value: Any, place: Place) -> tuple[Any, ...] | None:
        """The values."""
        if not isinstance(value, list):
            _wrong_type(value, place, "en lista [ … ]", "a list [ … ]")
            return None
        return tuple(self.item(one, place / index) for index, one in enumerate(value))


class PairsOf:
    """A list of pairs, both halves read alike; a faulty pair is None."""

    def __init__(self, half: Reader, example: str) -> None:
        self.half, self._example = half, example

    def __call__(self, value: Any, place: Place) -> tuple[Any, ...] | None:
        """The pairs."""
        return ListOf(self._read_pair)(value, place)

    def _read_pair(self, value: Any, place: Place) -> tuple[Any, Any] | None:
        pair = _pair(value, place, self._example)
        if pair is None:
            return None
        first, second = self.half(pair[0], place / 0), self.half(pair[1], place / 1)
        return None if first is None or second is None else (first, second)


def shares(value: Any, place: Place) -> tuple[tuple[str, float], ...] | None:
    """{ id = share, ... }; a faulty share is nan."""
    if not isinstance(value, dict):
        _wrong_type(value, place, "en tabell { id = andel }", "a table { id = share }")
        return None
    found = [(text(key, place.key(key)), level(share, place / key)) for key, share in value.items()]
    return tuple((key or "", nan if share is None else share) for key, share in found)


def weekdays(value: Any, place: Place) -> str | tuple[str, ...] | None:
    """ "bank", "all" or a list of weekdays."""
    if isinstance(value, list):
        found: tuple[str, ...] | None = ListOf(OneOf(*WEEKDAY_NAMES))(value, place)
        return found
    if not isinstance(value, str) or value in _DAYS:
        word: str | None = OneOf(*_DAYS)(value, place)
        return word
    place.error(
        "B207",
        say(
            f'”{value[:60]}” är inget av bank, all; annars en lista av veckodagar, t.ex. ["mon", "tue", "wed", "thu", "fri"]',
            f'"{value[:60]}" is none of bank, all; else a list of weekdays, e.g. ["mon", "tue", "wed", "thu", "fri"]',
        ),
        _DAYS_SAID.get(value.strip().lower()) or did_you_mean(value, _DAYS),
    )
    return None


def positive_duration(value: Any, place: Place) -> int | Length | None:
    """The length of an outage: more than nothing."""
    found = length(value, place)
    if found != 0:
        return found
    place.error("B702", say("avbrottet varar 0 minuter", "the outage lasts 0 minutes"))
    return None
