"""Levels and shares as people write them: 40 %, "0,4", 40 under "mbco (%)", "fyrtio procent" not."""

import re
from decimal import Decimal

from beroenden.interop.questionnaire.values import percent_text, read_as_is_told
from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import say

_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,20})?)\s*(%|procent|percent|pct)?", re.IGNORECASE)

_BARE = re.compile(r"\d{1,3}(?:[.,]\d+)?")


def said_level(text: str, unit: str = "") -> float | None:
    """The level that a text says, 0..1; None where it says none. A number above 1 needs its per cent sign.

    >>> said_level("40 %"), said_level("0,4"), said_level("40"), said_level("40", "%")
    (0.4, 0.4, None, 0.4)
    """
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    amount = Decimal(match[1].replace(",", "."))
    if match[2] or unit.strip().lower() in ("%", "procent", "percent"):
        amount /= 100
    return float(amount) if amount <= 1 else None


def read_level(value: Value, place: CellPlace, unit: str) -> float | None:
    """A level of a cell; a number without per cent is told, where people wrote it and not a spreadsheet."""
    found = None
    if isinstance(value, str):
        found = said_level(value, unit)
        if found is not None and not unit and _BARE.fullmatch(value.strip()):
            read_as_is_told(value, percent_text(found), place)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        found = said_level(f"{Decimal(repr(value)):f}", unit)
    if found is None:
        text = str(value)[:40]
        message = say(
            f"”{text}” är ingen nivå eller andel från 0 till 100 %", f'"{text}" is no level or share from 0 to 100 %'
        )
        is_bare = _BARE.fullmatch(text) is not None
        place.error("B840", message, f"{text} %" if is_bare and said_level(text, "%") is not None else None)
    return found
