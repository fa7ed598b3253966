"""Durations as people write them, in whole minutes inside."""

import re

from beroenden.errors import UsageError
from beroenden.language import say

MINUTE, HOUR, DAY, WEEK = 1, 60, 1440, 10080

_UNITS = {"min": MINUTE, "h": HOUR, "d": DAY, "w": WEEK}
_TERM = re.compile(r"(\d{1,9})(min|h|d|w)")
_SUM = re.compile(r"\d{1,9}(?:min|h|d|w)(?:\s*\d{1,9}(?:min|h|d|w))*")
_ISO = re.compile(
    r"P(?=.)(?:(?P<w>\d{1,9}(?:[.,]\d{1,9})?)W)?(?:(?P<d>\d{1,9}(?:[.,]\d{1,9})?)D)?"
    r"(?:T(?=.)(?:(?P<h>\d{1,9}(?:[.,]\d{1,9})?)H)?(?:(?P<min>\d{1,9}(?:[.,]\d{1,9})?)M)?"
    r"(?:(?P<s>\d{1,9}(?:[.,]\d{1,9})?)S)?)?"
)
_LOOSE = re.compile(r"(\d{1,9}(?:[.,]\d{1,3})?)\s*([a-zåäö]+)\.?")
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)")
_MINUS = ("-", "−")
_BETWEEN = re.compile(r"[\s,+]*(?:och|and|samt)?[\s,+]*")
_AMOUNT = r"(\d{1,9}(?:[.,]\d{1,3})?)"
_SPAN = re.compile(rf"{_AMOUNT}\s*([a-zåäö]*)\.?\s*(?:-|–|—|\.\.|\btill\b|\bto\b)\s*{_AMOUNT}\s*([a-zåäö]+)\.?")
_WORDS = {
    "halvtimme": "0.5 h", "halvtimma": "0.5 h", "kvart": "15 min", "en halv": "0.5", "ett halvt": "0.5", "halvt": "0.5",
    "half an": "0.5", "half a": "0.5", "half": "0.5", "en": "1", "ett": "1", "två": "2", "tre": "3", "fyra": "4", "fem": "5", "sex": "6", "sju": "7",
    "åtta": "8", "nio": "9", "tio": "10", "elva": "11", "tolv": "12", "one": "1", "an": "1", "a": "1", "two": "2",
    "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip
"""Numbers and lengths in words, the longer before those that they hold."""
_IN_WORDS = re.compile(rf"\b(?:(?:en|a)\s+(?=halvtimm|kvart))?({'|'.join(_WORDS)})\b")
_HALF_MORE = re.compile(r"\b(en|ett|två|tre|fyra|fem|sex|\d+) och (?:en halv|ett halvt)\b")
_LOOSE_UNITS = {
    "m": "min", "minut": "min", "minuter": "min", "minute": "min", "minutes": "min", "mins": "min", "min": "min",
    "t": "h", "tim": "h", "timme": "h", "timmar": "h", "hour": "h", "hours": "h", "hrs": "h", "hr": "h", "h": "h",
    "dag": "d", "dagar": "d", "dygn": "d", "day": "d", "days": "d", "d": "d",
    "v": "w", "vecka": "w", "veckor": "w", "week": "w", "weeks": "w", "w": "w",
}  # fmt: skip


def parse_duration(text: str) -> int:
    """Minutes of a duration such as "90min", "4h", "1d 6h" or ISO 8601 "PT4H".

    Raises:
        ValueError: when it is not a duration of whole minutes.

    >>> parse_duration("1d 6h"), parse_duration("90min"), parse_duration("PT4H")
    (1800, 90, 240)
    """
    plain = text.strip()
    if _SUM.fullmatch(plain):
        return sum(int(amount) * _UNITS[unit] for amount, unit in _TERM.findall(plain))
    if match := _ISO.fullmatch(plain):
        seconds = sum(
            float(amount.replace(",", ".")) * (1 if unit == "s" else 60 * _UNITS[unit])
            for unit, amount in match.groupdict().items()
            if amount
        )
        if seconds % 60 == 0:
            return int(seconds // 60)
    raise ValueError(text)


def suggest_duration(text: str) -> str | None:
    """What the writer of a bad duration probably meant, in the form that is read.

    >>> suggest_duration("4 timmar"), suggest_duration("1,5 h"), suggest_duration("snart"), suggest_duration("2-6h")
    ('4h', '1h 30min', None, None)
    >>> suggest_duration("två dygn"), suggest_duration("en och en halv timme"), suggest_duration("en kvart")
    ('2d', '1h 30min', '15min')
    >>> suggest_duration("halvt dygn")
    '12h'
    >>> suggest_duration("4:30")
    '4h 30min'
    """
    plain = text.strip().lower().lstrip("".join(_MINUS))
    if clock := _CLOCK.fullmatch(plain):
        return format_duration(int(clock[1]) * HOUR + int(clock[2]))
    plain = with_digits(plain)
    terms = _LOOSE.findall(plain)
    is_whole = all(map(_BETWEEN.fullmatch, _LOOSE.sub("\0", plain).split("\0")))
    if not terms or not is_whole or any(unit not in _LOOSE_UNITS for _, unit in terms):
        return None
    return format_duration(
        round(sum(float(amount.replace(",", ".")) * _UNITS[_LOOSE_UNITS[unit]] for amount, unit in terms))
    )


def with_digits(text: str) -> str:
    """A length in small letters with its numbers in digits.

    >>> with_digits("två veckor"), with_digits("en och en halv timme")
    ('2 veckor', '1.5 timme')
    """
    halves = _HALF_MORE.sub(lambda match: f"{_WORDS.get(match[1], match[1])}.5", text)
    return _IN_WORDS.sub(lambda match: _WORDS[match[1]], halves)


def suggest_span(text: str) -> str | None:
    """The shortest and longest length that someone wrote with a dash or a word between, in the form that is read.

    >>> suggest_span("2-6h"), suggest_span("6 – 48 timmar"), suggest_span("90 min till 2 h"), suggest_span("6h")
    ('2h..6h', '6h..48h', '90min..2h', None)
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if not match:
        return None
    least, first, most, last = match.groups()
    ends = [_as_read(least, first or last), _as_read(most, last)]
    return "..".join(end for end in ends if end) if all(ends) else None


def _as_read(amount: str, unit: str) -> str | None:
    """An amount in the unit it was written in, where that is read."""
    if amount.isdecimal() and unit in _LOOSE_UNITS:
        return f"{amount}{_LOOSE_UNITS[unit]}"
    return suggest_duration(f"{amount}{unit}")


def minutes_of(name: str, text: str, *, least: int = 1, takes_span: bool = False) -> int:
    """The minutes of a duration that a person gave for something, whose name a complaint begins with.

    What is clearly meant ("4 timmar", "1,5 h") is taken as well, but not "4:30", which may be a time of day; files are read by
    `parse_duration` alone.

    Args:
        name: What it was given for, e.g. "--for".
        text: What was given.
        least: The fewest minutes that make sense.
        takes_span: Whether a shortest and a longest length could have been given there.

    Raises:
        UsageError: when it is no length of time, or a shorter one than makes sense.
    """
    is_unclear = text.strip().startswith(_MINUS) or _CLOCK.fullmatch(text.strip())
    try:
        minutes = parse_duration(text if is_unclear else suggest_duration(text) or text)
    except ValueError:
        raise UsageError(_no_length(name, text, takes_span=takes_span)) from None
    if minutes < least:
        raise UsageError(say(f"{name}: längden är 0.", f"{name}: the length is 0."))
    return minutes


def _no_length(name: str, text: str, *, takes_span: bool) -> str:
    span = suggest_span(text)
    clock = suggest_duration(text) if _CLOCK.fullmatch(text.strip()) else None
    hint = say(" Skriv t.ex. 12h, 90min eller 1d 6h.", " Write e.g. 12h, 90min or 1d 6h.")
    if clock:
        hint = say(f" Menade du {clock}?", f" Did you mean {clock}?")
    elif span and takes_span:
        hint = say(f" Menade du {span}?", f" Did you mean {span}?")
    elif span:
        hint = say(" Ange en längd här, inte ett spann.", " Give one length here, not a span.")
    return say(f"{name}: ”{text[:60]}” är ingen längd.", f'{name}: "{text[:60]}" is no length of time.') + hint


def format_duration(minutes: int) -> str:
    """The duration in the form of the model files.

    >>> format_duration(1800), format_duration(0), format_duration(90)
    ('1d 6h', '0min', '1h 30min')
    """
    days, rest = divmod(minutes, DAY)
    hours, rest = divmod(rest, HOUR)
    terms = [f"{amount}{unit}" for amount, unit in ((days, "d"), (hours, "h"), (rest, "min")) if amount]
    return " ".join(terms) or "0min"


def duration_in_words(minutes: int) -> str:
    """The duration in words that never round: hours up to two days, then days (dygn).

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     duration_in_words(90), duration_in_words(26 * 60), duration_in_words(72 * 60)
    ('1\\xa0tim 30\\xa0min', '26\\xa0tim', '3\\xa0dygn')
    """
    day, hour = say("dygn", "d"), say("tim", "h")
    days, rest = divmod(minutes, DAY) if minutes >= 2 * DAY else (0, minutes)
    hours, rest = divmod(rest, HOUR)
    units = ((days, day), (hours, hour), (rest, "min"))
    return " ".join(f"{amount}\N{NO-BREAK SPACE}{unit}" for amount, unit in units if amount) or "0\N{NO-BREAK SPACE}min"
