"""How things are said to players whatever they are about: names, parts, estimates, and what is left for people to write."""

import re
from collections.abc import Iterable
from itertools import groupby

from beroenden.exercise.exercise import GAP_EN, GAP_SV
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.units.durations import HOUR

_GAP = re.compile(rf"\s*(?:{re.escape(GAP_SV)}|{re.escape(GAP_EN)})[^\]]*\]")
_AT_EARLIEST, _AT_LATEST = 0.85, 1.4
"""Parts of an outage's length between which its end is said to lie."""
_NAMED = 3
"""So many groups of people the news name; of more, their number."""


def gap(sv: str, en: str) -> str:
    """A place that only a person can fill, marked as such."""
    return say(f"{GAP_SV}: {sv}]", f"{GAP_EN}: {en}]")


def several(names: Iterable[str]) -> str:
    """Names in a sentence, each once; set apart by semicolons where a name has a comma in it."""
    each = list(dict.fromkeys(names))
    if not any("," in one for one in each):
        return listed(each)
    return "; ".join(each)


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Numbers as ranges.

    >>> numbers_in_words([5, 2, 3, 4, 9])
    '2–5, 9'
    """
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda placed: placed[1] - placed[0])
    return ", ".join(_range([one for _, one in run]) for _, run in runs)


def _range(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if last - first < 2:
        return ", ".join(map(str, numbers))
    return f"{first}–{last}"


def is_gap(text: str) -> bool:
    """Whether something in a text is left to be written."""
    return GAP_SV in text or GAP_EN in text


def estimated(start: int, end: int) -> tuple[int, int]:
    """Between when and when an outage is said to end while it goes on, in whole hours: nobody knows it to the minute."""
    length = end - start
    first, last = start + round(length * _AT_EARLIEST), start + round(length * _AT_LATEST)
    return first // HOUR * HOUR, -(-last // HOUR) * HOUR


def within(name: str) -> str:
    """A name within a sentence: without its capital, where that is only because it stands first.

    >>> within("Allmänheten"), within("SOES-aktörer")
    ('allmänheten', 'SOES-aktörer')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def few(names: Iterable[str]) -> str:
    """Names as one says them: three of them, and how many more there are."""
    each = list(names)
    if len(each) <= _NAMED + 1:
        return several(each)
    more = len(each) - _NAMED
    return several([*each[:_NAMED], say(f"{more} grupper till", f"{more} more groups")])


def part_in_words(part: float) -> str:
    """A part of people as one says it, rounded to the nearest that has a name.

    >>> part_in_words(0.218), part_in_words(0.48), part_in_words(1)
    ('about one in five', 'about half', 'everybody')
    """
    words = {
        0.05: say("några få", "a few"),
        0.1: say("omkring var tionde", "about one in ten"),
        0.2: say("omkring var femte", "about one in five"),
        0.25: say("omkring var fjärde", "about one in four"),
        0.33: say("omkring var tredje", "about one in three"),
        0.4: say("omkring fyra av tio", "about four in ten"),
        0.5: say("omkring hälften", "about half"),
        0.6: say("omkring sex av tio", "about six in ten"),
        0.67: say("omkring två av tre", "about two in three"),
        0.75: say("omkring tre av fyra", "about three in four"),
        0.8: say("omkring åtta av tio", "about eight in ten"),
        0.9: say("omkring nio av tio", "about nine in ten"),
        0.97: say("nästan alla", "nearly everybody"),
        1.0: say("alla", "everybody"),
    }
    return words[min(words, key=lambda one: (abs(one - part), one))]


def without_gaps(text: str) -> str:
    """A text without the places that are left to be written.

    >>> without_gaps("The money has not come. [TO WRITE: a voice]")
    'The money has not come.'
    """
    return _GAP.sub("", text).strip()
