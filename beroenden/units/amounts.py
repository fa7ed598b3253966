"""Numbers and amounts with their scale, as people write them in a cell or a file."""

import re
from decimal import Decimal

_SCALES = {
    "": 1, "kr": 1, "kronor": 1, "sek": 1, "st": 1, "antal": 1, "personer": 1, "tkr": 10**3, "tusen": 10**3, "tusental": 10**3,
    "mkr": 10**6, "mnkr": 10**6, "mn": 10**6, "milj": 10**6, "miljon": 10**6, "miljoner": 10**6, "miljoner kr": 10**6,
    "miljoner kronor": 10**6, "mdkr": 10**9, "md": 10**9, "mdr": 10**9, "miljard": 10**9, "miljarder": 10**9,
    "miljarder kr": 10**9, "miljarder kronor": 10**9, "million": 10**6, "billion": 10**9, "thousand": 10**3,
}  # fmt: skip
_NUMBER = re.compile(r"(\d{1,3}(?: \d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+)(?:[.,](\d{1,9}))?")
_DIGITS_THEN_SCALE = re.compile(r"([\d ,.]*\d)\s*([^\d.,]*)\.?")


def typed_amount(text: str, unit: str = "") -> Decimal | None:
    """A number from 0 with its scale; None where the text is none.

    Args:
        text: As it is written; "1.500" is one and a half to some and 1 500 to others, so that it is none.
        unit: What the number counts where the text does not say.

    >>> typed_amount("2 671 Mkr"), typed_amount("1,5 miljoner"), typed_amount("2671", "mkr"), typed_amount("1.500")
    (Decimal('2671000000'), Decimal('1500000.0'), Decimal('2671000000'), None)
    """
    plain = " ".join(text.replace("\N{MINUS SIGN}", "-").split())
    match = _DIGITS_THEN_SCALE.fullmatch(plain)
    if match is None:
        return None
    number = _NUMBER.fullmatch(match[1].strip())
    if number is None or ("." in match[1] and len(number[2] or "") == 3):
        return None
    scale = scale_of(match[2] or unit)
    digits = re.sub("[ .]", "", number[1])
    return None if scale is None else Decimal(f"{digits}.{number[2]}" if number[2] else digits) * scale


def scale_of(unit: str) -> int | None:
    """How many a unit counts, as 1 000 000 of "Mkr"; None where it is not known."""
    return _SCALES.get(unit.strip(" .").lower())
