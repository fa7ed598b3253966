"""An estimated length as a claim, so that who reads it can compute with the estimate and not only with its middle."""

import re

from beroenden.language import say
from beroenden.model.entities import Length, LogNormal, Pert
from beroenden.units.durations import duration_in_words, format_duration, parse_duration

LENGTH = "length"
"""Aspect of an outage whose length has been estimated."""
_PERT = re.compile(r"([\w ]+)\.\.([\w ]+)\.\.([\w ]+)")
_LOGNORMAL = re.compile(r"p50 ([\w ]+), p90 ([\w ]+)")


def length_value(length: Length) -> str:
    """The value of the claim.

    >>> length_value(Pert(60, 120, 300)), length_value(LogNormal(120, 720))
    ('1h..2h..5h', 'p50 2h, p90 12h')
    """
    if isinstance(length, LogNormal):
        return f"p50 {format_duration(length.p50)}, p90 {format_duration(length.p90)}"
    return "..".join(map(format_duration, (length.min, length.mode, length.max)))


def claimed_length(value: str) -> Length:
    """The estimate that a claim holds.

    Raises:
        ValueError: when it holds none.

    >>> claimed_length("1h..2h..5h")
    Pert(min=60, mode=120, max=300)
    """
    if match := _PERT.fullmatch(value):
        least, mode, most = map(parse_duration, match.groups())
        if 0 <= least <= mode <= most and least < most:
            return Pert(least, mode, most)
    if match := _LOGNORMAL.fullmatch(value):
        half, nine = map(parse_duration, match.groups())
        if 0 < half < nine:
            return LogNormal(half, nine)
    raise ValueError(value)


def length_in_words(length: Length) -> str:
    """An estimate as a reader is told of it."""
    if isinstance(length, LogNormal):
        half, nine = duration_in_words(length.p50), duration_in_words(length.p90)
        return say(
            f"{half} (median), i nio fall av tio högst {nine}", f"{half} (median), at most {nine} in nine of ten"
        )
    least, mode, most = map(duration_in_words, (length.min, length.mode, length.max))
    return say(f"{least}–{most}, troligast {mode}", f"{least}–{most}, most likely {mode}")
