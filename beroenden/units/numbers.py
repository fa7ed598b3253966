"""Numbers and money as the reader expects them: in Swedish a no-break space between thousands and a decimal comma."""

from collections.abc import Callable, Sequence
from functools import cache
from math import floor, log10
from typing import Any

from beroenden.language import Language, language, say

NBSP = "\N{NO-BREAK SPACE}"


@cache
def _locale(spoken: Language) -> Any:
    from babel import Locale

    return Locale("sv", "SE") if spoken == "sv" else Locale("en")


def number(value: float, decimals: int = 0) -> str:
    """A number with at most so many decimals.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     number(1500000).replace(NBSP, " "), number(0.125, 2)
    ('1 500 000', '0,12')
    >>> with writing_in("en"):
    ...     number(1500000), number(0.125, 2)
    ('1,500,000', '0.12')
    """
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale(language())).replace("-", "\N{MINUS SIGN}")


def figure(value: float) -> str:
    """A figure with three significant digits, a whole one from a hundred on.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     figure(0.00987), figure(2.5), figure(20), figure(606.7)
    ('0,00987', '2,5', '20', '607')
    """
    if value == 0 or abs(value) >= 100:
        return number(value)
    return number(value, min(6, 2 - floor(log10(abs(value)))))


def money(kronor: float) -> str:
    """An amount in kronor, from a million on in millions (Mkr).

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     money(2_671_000_000).replace(NBSP, " "), money(1250).replace(NBSP, " ")
    ('2 671 Mkr', '1 250 kr')
    >>> with writing_in("sv"):
    ...     money(1_250_000).replace(NBSP, " "), money(1_350_000).replace(NBSP, " ")
    ('1,3 Mkr', '1,4 Mkr')
    >>> with writing_in("en"):
    ...     money(2_671_000_000).replace(NBSP, " "), money(1250).replace(NBSP, " ")
    ('SEK 2,671m', 'SEK 1,250')
    """
    if abs(kronor) >= 1_000_000:
        millions = number(_half_up(kronor, 100_000) / 1_000_000, 1)
        return say(f"{millions}{NBSP}Mkr", f"SEK{NBSP}{millions}m")
    whole = number(_half_up(kronor, 1))
    return say(f"{whole}{NBSP}kr", f"SEK{NBSP}{whole}")


def percent(share: float, decimals: int = 1) -> str:
    """A share as per cent.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     percent(0.4).replace(NBSP, " ")
    '40 %'
    >>> with writing_in("en"):
    ...     percent(0.625, 0), percent(0.375, 0), percent(0.0625)
    ('63%', '38%', '6.3%')
    """
    scale = 10**decimals
    value = number(_half_up(round(100 * share * scale, 6), 1) / scale, decimals)
    return say(f"{value}{NBSP}%", f"{value}%")


def about_money(kronor: float) -> str:
    """An amount as an estimate says it.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     about_money(4_588_760_000).replace(NBSP, " ")
    'cirka 4 590 Mkr'
    """
    if abs(kronor) < 1000:
        return money(kronor)
    return f"{_circa()}{money(_three_digits(kronor))}"


def about(value: float) -> str:
    """A count or sum as an estimate says it: three significant digits, and that it is about.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     about(1234567).replace(NBSP, " "), about(640)
    ('cirka 1 230 000', '640')
    >>> with writing_in("sv"):
    ...     about(1_085_000).replace(NBSP, " "), about(1_115_000).replace(NBSP, " ")
    ('cirka 1 090 000', 'cirka 1 120 000')
    """
    if value < 1000:
        return number(value)
    return f"{_circa()}{number(_three_digits(value))}"


def counted(count: int, one: str, several: str) -> str:
    """So many of something.

    >>> [counted(count, "entity", "entities") for count in (0, 1, 2)]
    ['0 entities', '1 entity', '2 entities']
    """
    return f"{number(count)} {one if count == 1 else several}"


def summed(parts: Sequence[int | None], words: Callable[[int], str], unknown: str) -> str:
    """The sum of some parts in words: at least what is known where some are unknown (None), `unknown` where all are.

    >>> from beroenden.language import writing_in
    >>> with writing_in("en"):
    ...     [summed(parts, number, "unknown").replace(NBSP, " ") for parts in ((1, 2), (1, None), (None,), ())]
    ['3', 'at least 1', 'unknown', '0']
    """
    known = [part for part in parts if part is not None]
    if parts and not known:
        return unknown
    return words(sum(known)) if len(known) == len(parts) else at_least(words(sum(known)))


def at_least(words: str) -> str:
    """A number that is more where what is not known is added."""
    return say(f"minst{NBSP}{words}", f"at least{NBSP}{words}")


def _three_digits(value: float) -> int:
    """A number from a thousand on to three significant digits."""
    return _half_up(value, 10 ** (len(str(int(abs(value)))) - 3))


def _half_up(value: float, unit: int) -> int:
    """A number to the nearest whole number of units; what lies half-way goes away from zero."""
    rounded = int(abs(value) / unit + 0.5) * unit
    return rounded if value >= 0 else -rounded


def _circa() -> str:
    return say("cirka", "about") + NBSP
