"""Numbers and money as the reader expects them: in Swedish a no-break space between thousands and a decimal comma."""

from functools import cache
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


def money(kronor: float) -> str:
    """An amount in kronor, from a million on in millions (Mkr).

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     money(2_671_000_000).replace(NBSP, " "), money(1250).replace(NBSP, " ")
    ('2 671 Mkr', '1 250 kr')
    >>> with writing_in("en"):
    ...     money(2_671_000_000).replace(NBSP, " "), money(1250).replace(NBSP, " ")
    ('SEK 2,671m', 'SEK 1,250')
    """
    if abs(kronor) >= 1_000_000:
        millions = number(kronor / 1_000_000, 1)
        return say(f"{millions}{NBSP}Mkr", f"SEK{NBSP}{millions}m")
    return say(f"{number(kronor)}{NBSP}kr", f"SEK{NBSP}{number(kronor)}")


def percent(share: float, decimals: int = 1) -> str:
    """A share as per cent.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     percent(0.4).replace(NBSP, " ")
    '40 %'
    """
    value = number(100 * share, decimals)
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
    digits = len(str(int(abs(kronor))))
    return f"{_circa()}{money(round(kronor, 3 - digits))}"


def about(value: float) -> str:
    """A count or sum as an estimate says it: three significant digits, and that it is about.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     about(1234567).replace(NBSP, " "), about(640)
    ('cirka 1 230 000', '640')
    """
    if value < 1000:
        return number(value)
    digits = len(str(int(value)))
    return f"{_circa()}{number(round(value, 3 - digits))}"


def _circa() -> str:
    return say("cirka", "about") + NBSP
