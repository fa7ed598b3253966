"""Durations as people and spreadsheets write them: "4 tim", "fyra timmar", "ca 1,5 h", "1 dygn 6 h", 04:00, 8 under "rto (h)"."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction

from beroenden.interop.questionnaire.values import read_as_is_told
from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import say
from beroenden.units.durations import DAY, HOUR, MINUTE, WEEK, duration_in_words, format_duration, parse_duration

_UNITS = {
    **dict.fromkeys(("min", "mins", "m", "minut", "minuter", "minute", "minutes"), MINUTE),
    **dict.fromkeys(("h", "t", "tim", "timma", "timme", "timmar", "hr", "hrs", "hour", "hours"), HOUR),
    **dict.fromkeys(("d", "dygn", "dag", "dagar", "day", "days"), DAY),
    **dict.fromkeys(("v", "w", "vecka", "veckor", "week", "weeks"), WEEK),
    "kvart": 15,
    "kvartar": 15,
    "halvtimme": 30,
    "halvdygn": 12 * HOUR,
}
_ONES = {
    "noll": 0, "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9,
    "tio": 10, "elva": 11, "tolv": 12, "tretton": 13, "fjorton": 14, "femton": 15, "sexton": 16, "sjutton": 17,
    "arton": 18, "nitton": 19, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90}
_WORDS = {
    **{word: Fraction(number) for word, number in (_ONES | _TENS).items()},
    **{ten + one: Fraction(_TENS[ten] + _ONES[one]) for ten in _TENS for one in _ONES if 0 < _ONES[one] < 10},
    **dict.fromkeys(("halv", "halvt", "half"), Fraction(1, 2)),
    "anderhalv": Fraction(3, 2),
    "anderhalvt": Fraction(3, 2),
}
_ABOUT = re.compile(
    r"^(?:ca\.?|c:a|circa|cirka|ungefär|omkring|runt|typ|drygt|knappt|about|approx\.?|~|≈)\s*(?=\S)", re.IGNORECASE
)
_AND_A_HALF = re.compile(r"\b(ett|en|\d{1,9}) och (?:en|ett) halvt?\b", re.IGNORECASE)
"""To be told from "en halv timme", which is half of one."""
_TOKEN = re.compile(r"\s*(?:(\d{1,9}(?:[.,]\d{1,9})?|[½¼¾])|([^\W\d_]+)\.?|(,))")
_JOINING = ("och", "and")
_ISO = re.compile(r"P[T\d]")
_CLOCK = re.compile(r"(\d{1,5}):(\d\d)(?::00)?")
_SIGNS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_LONGEST = 10**9
"""Minutes; what the model files take."""
_DAY_ONE = {1899: datetime(1899, 12, 31), 1900: datetime(1899, 12, 31), 1904: datetime(1904, 1, 1)}
"""From where a spreadsheet counts a length of time that it shows as a date."""


@dataclass(frozen=True, slots=True)
class Said:
    """A duration that was understood.

    Attributes:
        is_about: Whether it was said to be about so long.
        is_literal: Whether it is written in digits with units, as the questionnaire asks.
    """

    minutes: int
    is_about: bool = False
    is_literal: bool = True


def said_duration(text: str) -> Said | None:
    """The duration that a text says, in whole minutes; None where it says none, or more than one.

    >>> said_duration("ca 1,5 h"), said_duration("2–4 h")
    (Said(minutes=90, is_about=True, is_literal=True), None)
    >>> said_duration("fyra timmar")
    Said(minutes=240, is_about=False, is_literal=False)
    """
    exact, abouts = _ABOUT.subn("", " ".join(text.split()))
    plain = _AND_A_HALF.sub(lambda match: f"{1 if match[1].isalpha() else match[1]},5", exact)
    if (minutes := _minutes(plain)) is None or minutes > _LONGEST:
        return None
    return Said(minutes, bool(abouts), _is_literal(exact))


def _is_literal(text: str) -> bool:
    """Whether a duration has only digits, units and what joins them, or is in ISO 8601."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return bool(_ISO.match(text)) or (
        text[:1].isnumeric() and ":" not in text and {*words} <= {*_UNITS, *_JOINING, *_SIGNS}
    )


def _minutes(text: str) -> int | None:
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60 + int(clock[2]) if int(clock[2]) < 60 else None
    if text == "0":
        return 0
    try:
        return parse_duration(text)
    except ValueError:
        return _sum_of_terms(text.lower())


def _sum_of_terms(text: str) -> int | None:
    """The sum of numbers, in digits or words, each with its unit; None unless the whole text is that."""
    total, number, place = Fraction(0), None, 0
    while match := _TOKEN.match(text, place):
        place = match.end()
        digits, word, _ = match.groups()
        if digits:
            if number is not None and digits not in _SIGNS:
                return None
            number = (number or 0) + (_SIGNS.get(digits) or Fraction(digits.replace(",", ".")))
        elif word in _UNITS and (number is not None or word.startswith(("halv", "kvart"))):
            total, number = total + (1 if number is None else number) * _UNITS[word], None
        elif word in _WORDS:
            number = _with(number, _WORDS[word])
            if number is None:
                return None
        elif word and word not in (*_JOINING, "a", "an"):
            return None
    whole = place == len(text.rstrip()) and place > 0 and number is None
    return int(total) if whole and total.denominator == 1 else None


def _with(number: Fraction | None, word: Fraction) -> Fraction | None:
    """A number with the next word of it: "en halv" is a half, "en och en halv" one and a half, "två tre" nothing."""
    if number is None:
        return word
    if word == 1:
        return number  # "två och en halv": the article before the half
    if word.denominator == 2:
        return word if number == 1 else number + word
    return None


def read_duration(value: Value, place: CellPlace, unit: str) -> int | None:
    """Minutes of a cell; a bare number is read in the unit of the heading, and refused where that has none."""
    if isinstance(value, str):
        return _of_text(value.strip(), place, unit)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _of_number(value, f"{value:.15g}", place, unit)
    minutes = _of_time(value)
    if minutes is None:
        _refuse(str(value), place)
    else:
        shown = format_duration(minutes)
        message = say(
            f"cellen är en tid eller ett klockslag; den läses som tidslängden {shown}",
            f"the cell is a time of day or a length; it is read as the length {shown}",
        )
        place.warning("B839", message)
    return minutes


def _of_text(text: str, place: CellPlace, unit: str) -> int | None:
    if re.fullmatch(r"\d{1,9}(?:[.,]\d{1,9})?", text) and text != "0":
        return _of_number(float(text.replace(",", ".")), text, place, unit)
    said = said_duration(text)
    if said is None:
        _refuse(text, place)
        return None
    if said.is_about:
        shown = format_duration(said.minutes)
        message = say(
            f"”{text[:40]}” läses som {shown}; modellen har inget ”cirka”",
            f'"{text[:40]}" is read as {shown}; the model has no "about"',
        )
        place.warning("B839", message)
    elif not said.is_literal:
        read_as_is_told(text, duration_in_words(said.minutes), place)
    return said.minutes


def _of_number(number: float, text: str, place: CellPlace, unit: str) -> int | None:
    if number == 0:
        return 0
    minutes = _UNITS.get(unit.strip(" .").lower())
    if minutes is None:
        message = say(
            f"”{text}” saknar enhet; skriv {text}h, {text} min eller {text} dygn",
            f'"{text}" has no unit; write {text}h, {text} min or {text} d',
        )
        place.error("B838", message)
        return None
    exact = number * minutes
    if exact < 0 or exact > _LONGEST or abs(exact - round(exact)) > 1e-6:
        _refuse(text, place)
        return None
    return round(exact)


def _of_time(value: Value) -> int | None:
    """The length that a spreadsheet has as a time."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    elif isinstance(value, datetime):
        if value.year not in _DAY_ONE:
            return None
        value -= _DAY_ONE[value.year]
    if not isinstance(value, timedelta):
        return None
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return None if seconds or minutes < 0 else minutes


def _refuse(text: str, place: CellPlace) -> None:
    message = say(
        f"”{text[:40]}” är ingen tidslängd i hela minuter; skriv en enda, t.ex. 4h, 90 min eller 3 dygn",
        f'"{text[:40]}" is no duration in whole minutes; write a single one, e.g. 4h, 90 min or 3 d',
    )
    place.error("B838", message)
