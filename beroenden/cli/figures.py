"""Numbers that are typed: a year, and what to write instead of a number that lies outside its range."""

import re

import click

from beroenden.language import say
from beroenden.units.numbers import number

_RANGE = re.compile(r"(?P<value>\S+) .*(x[<>]|[<>]=?x)")
"""The message of click: the value, and then the range in signs."""


def year_of(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """The calendar year that is typed; a month or a day of it is refused with what to write."""
    if value is None or value.strip().isdecimal():
        return None if value is None else int(value)
    message = say(
        f"”{value}” är inget år; skriv ett år, t.ex. 2026. Det som räknas är alltid ett helt kalenderår.",
        f'"{value}" is no year; write a year, e.g. 2026. What is computed is always a whole calendar year.',
    )
    raise click.BadParameter(message, context, parameter)


def within_range(error: click.BadParameter) -> click.BadParameter:
    """The error of a number outside its range with the range in words; any other as it is."""
    kind, found = error.param.type if error.param else None, _RANGE.match(error.message)
    if not found or not isinstance(kind, click.IntRange | click.FloatRange):
        return error
    value = found["value"]
    message = say(f"{value} går inte; ange {_in_words(kind)}.", f"{value} will not do; give {_in_words(kind)}.")
    return click.BadParameter(message, error.ctx, error.param)


def _in_words(kind: click.IntRange | click.FloatRange) -> str:
    """What a number may be."""
    low, high = (None if end is None else number(end, 3) for end in (kind.min, kind.max))
    if low is not None and high is not None and not (kind.min_open or kind.max_open):
        return say(f"{low} till {high}", f"{low} to {high}")
    above = say("mer än", "more than") if kind.min_open else say("minst", "at least")
    below = say("mindre än", "less than") if kind.max_open else say("högst", "at most")
    ends = [f"{words} {end}" for words, end in ((above, low), (below, high)) if end is not None]
    return say(" och ", " and ").join(ends)
