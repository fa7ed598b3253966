"""Numbers and money as Swedish readers expect them: no-break space between thousands, decimal comma."""

from functools import cache
from typing import Any

NBSP = "\N{NO-BREAK SPACE}"


@cache
def _locale() -> Any:
    from babel import Locale

    return Locale("sv", "SE")


def number(value: float, decimals: int = 0) -> str:
    """A number with at most so many decimals.

    >>> number(1500000).replace(NBSP, " "), number(0.125, 2)
    ('1 500 000', '0,12')
    """
    from babel.numbers import format_decimal

    pattern = "#,##0" + ("." + "#" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_locale()).replace("-", "\N{MINUS SIGN}")


def money(kronor: float) -> str:
    """An amount in kronor, from a million on in millions (Mkr).

    >>> money(2_671_000_000).replace(NBSP, " "), money(1250).replace(NBSP, " ")
    ('2 671 Mkr', '1 250 kr')
    """
    if abs(kronor) >= 1_000_000:
        return f"{number(kronor / 1_000_000, 1)}{NBSP}Mkr"
    return f"{number(kronor)}{NBSP}kr"


def percent(share: float, decimals: int = 1) -> str:
    """A share as per cent.

    >>> percent(0.4).replace(NBSP, " ")
    '40 %'
    """
    return f"{number(100 * share, decimals)}{NBSP}%"


def about_money(kronor: float) -> str:
    """An amount as an estimate says it.

    >>> about_money(4_588_760_000).replace(NBSP, " ")
    'cirka 4 590 Mkr'
    """
    if abs(kronor) < 1000:
        return money(kronor)
    digits = len(str(int(abs(kronor))))
    return f"cirka{NBSP}{money(round(kronor, 3 - digits))}"


def about(value: float) -> str:
    """A count or sum as an estimate says it: three significant digits, and that it is about.

    >>> about(1234567).replace(NBSP, " "), about(640)
    ('cirka 1 230 000', '640')
    """
    if value < 1000:
        return number(value)
    digits = len(str(int(value)))
    return f"cirka{NBSP}{number(round(value, 3 - digits))}"
