"""What a text states that can be checked: its numbers and times of day, however a person writes them, and names."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,:]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_HOUR = re.compile(r"\b(kl\.?|klockan|at)([ \u00a0])(\d{1,2})\b(?![.:]\d)", re.IGNORECASE)
_LEAST = 4
"""Letters of a word by which a name may be known."""


def numbers(text: str) -> dict[str, str]:
    """The numbers of a text, years aside, each by what it is whatever way it is written.

    >>> numbers("16 december 2026 kl 20, not 20:30; about 1 150 000")
    {'16': '16', '20:00': '20.00', '20:30': '20:30', '1150000': '1 150 000'}
    """
    found = (match[0] for match in _NUMBER.finditer(_WHOLE_HOUR.sub(r"\1\2\3.00", text)))
    return {_plain(one): one for one in found if not _YEAR.fullmatch(one)}


def _plain(written: str) -> str:
    """A number as it is compared: 20.00 and 20:00 are one, with hard spaces or soft."""
    return re.sub("[.,]", ":", re.sub(r"\s", "", written))


def _is_said(name: str, text: str) -> bool:
    """Whether a text has a name, or a word of it that may stand for it."""
    words = re.findall(rf"\w{{{_LEAST},}}", name.casefold()) or [name.casefold()]
    return any(word in text.casefold() for word in words)


def contradicts(text: str, other: str) -> bool:
    """Whether two texts about one thing each have a number that the other lacks; one that leaves some out does not."""
    here, there = numbers(text).keys(), numbers(other).keys()
    return bool(here - there and there - here)


def unsaid(text: str, by: str, names: Iterable[str]) -> list[str]:
    """The numbers of a text, as it writes them, and those of some names in it, that another text does not say."""
    said = numbers(by)
    lost = [name for name in names if name.casefold() in text.casefold() and not _is_said(name, by)]
    return [*lost, *(written for plain, written in numbers(text).items() if plain not in said)]
