"""What a cell of the questionnaire says: levels, dates, amounts, words and texts, as people write them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from math import isclose
from pathlib import Path
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.columns import READ_AS, SYNONYMS, Column
from beroenden.interop.questionnaire.durations import read_duration
from beroenden.interop.questionnaire.endurance import read_endurance
from beroenden.interop.questionnaire.percent import read_level
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.values import Cell, as_text, read_as_is_told
from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import Language, say, writing_in
from beroenden.modelfiles.findings import UNPRINTABLE, Report
from beroenden.modelfiles.persons import personal_number, persons_mail
from beroenden.modelfiles.values import LARGEST
from beroenden.units.amounts import scale_of, typed_amount
from beroenden.units.times import month_names, why_no_such_day


class Silence(Enum):
    """What a cell says that holds no value."""

    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Said:
    """A value that a cell says, as the model has it."""

    value: Any


Answer = Said | Silence | None
"""None: a fault, which has been told."""

NEAR = 6e-7
"""Levels that differ by less are the same: a spreadsheet may give them back as it shows them, in 1/10 000 of a per cent."""
_UNKNOWN = ("okänt", "okänd", "okända", "vet ej", "vet inte", "unknown")
_NOT_KNOWING = "vet "
"""How it begins when whoever answers does not know; that is taken to be unknown to all."""
_NO_ANSWER = ("", "-", "--", "---", "–", "—", "n/a", "na", "n.a")
_NOT_THERE = ("saknas", "finns inte", "finns ej", "inget", "ingen", "ej tillämpligt", "inte tillämpligt", "ej aktuellt", "inte aktuellt")  # fmt: skip
"""Not there, or not known? Nobody can tell."""
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]00:00(?::00)?)?")
_SWEDISH = re.compile(r"(\d{1,2})(?:[/.] ?(\d{1,2})(?:[/. ] ?)|\.? ([^\W\d_]{3,9})\.? )(\d{4})")
_SERIAL = date(1899, 12, 30)


def answer(row: Row, column: Column, written: Cell, before: Value | None = None) -> Answer:
    """What a cell says.

    Args:
        row: Its row.
        column: Its column.
        written: What the questionnaire has there as the model is now; a cell that still holds that changes nothing.
        before: What it was filled in with, as far as that is known; a cell that nobody has touched changes nothing either.
    """
    value, unit = row.value(column.name), row.table.units.get(column.name, "")
    if value is None or is_as_written(value, written, column) or means_the_same(value, before, column, unit):
        return Silence.UNCHANGED
    place = row.at(column.name)
    if isinstance(value, str) and column.may_be_unknown:
        said = _bare(value)
        if says_unknown(value, column):
            if said.startswith(_NOT_KNOWING):
                read_as_is_told(value, "okänt", place)
            return Silence.UNKNOWN
        if said in _NO_ANSWER or (said in _NOT_THERE and column.holds != "text"):
            return _unclear(value, place)
    found = _READERS[column.holds](value, place, column, unit)
    return None if found is None else Said(found)


def says_unknown(value: Value, column: Column) -> bool:
    """Whether a cell says that nobody knows."""
    return column.may_be_unknown and isinstance(value, str) and _bare(value) in _UNKNOWN


def _bare(text: str) -> str:
    return text.strip(" .?").lower()


def _unclear(text: str, place: CellPlace) -> Silence:
    """What may mean that it is not known, that it does not apply, or nothing: it changes nothing."""
    message = say(
        f"”{text[:40]}” går inte att läsa som ett svar, och inget ändras. Ta upp det, eller skriv okänt om ingen vet",
        f'"{text[:40]}" cannot be read as an answer, and changes nothing. Take it up, or write okänt if nobody knows',
    )
    place.warning("B839", message)
    return Silence.UNCLEAR


def is_as_written(value: Value, written: Cell, column: Column) -> bool:
    """Whether a cell holds what was written there, whatever a spreadsheet made of it."""
    if written is None:
        return False
    if isinstance(value, datetime):
        return value.date().isoformat() == str(written)
    if isinstance(value, (int, float)) and isinstance(written, (int, float)):
        return isclose(value, written, rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(value, str):
        return value.split() == as_text(written, column).split()
    return isinstance(value, (int, float)) and _as_number(as_text(written, column)) == value


def means_the_same(value: Value | None, other: Value | None, column: Column, unit: str = "") -> bool:
    """Whether two cells say the same, whatever a spreadsheet made of them; the first stands under a heading with a unit."""
    if value is None or other is None:
        return value is other
    one, two = meant(value, column, unit), meant(other, column, "")
    if isinstance(one, float) and isinstance(two, (int, float)):
        return isclose(one, two, rel_tol=1e-12, abs_tol=NEAR)
    return bool(one == two)


def meant(value: Value, column: Column, unit: str) -> Any:
    """What a cell means, as the model has it; the words of one that means nothing."""
    mute = CellPlace(Report(), Path(), "", 1)
    found = None if column.holds in ("text", "entity", "id") else _READERS[column.holds](value, mute, column, unit)
    return " ".join(read_text(value, mute).split()) if found is None else found


def _as_number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _duration(value: Value, place: CellPlace, column: Column, unit: str) -> int | None:
    return read_duration(value, place, unit)


def _endurance(value: Value, place: CellPlace, column: Column, unit: str) -> Any:
    return read_endurance(value, place, unit)


def _level(value: Value, place: CellPlace, column: Column, unit: str) -> float | None:
    return read_level(value, place, unit)


def _count(value: Value, place: CellPlace, column: Column, unit: str) -> int | None:
    amount = _amount(value, unit)
    if amount is not None and amount == int(amount) and (amount >= 1 or column.name == "antal"):
        return int(amount)
    _refuse_number(value, place)
    return None


def _money(value: Value, place: CellPlace, column: Column, unit: str) -> float | None:
    amount = _amount(value, unit)
    if amount is None:
        _refuse_number(value, place)
        return None
    return int(amount) if amount == int(amount) else float(amount)


def _amount(value: Value, unit: str) -> Decimal | None:
    """A number from 0 with its scale: "2 671 Mkr", "1,5 miljoner", 2671 under "belopp (mkr)"."""
    amount = None
    if isinstance(value, str):
        amount = typed_amount(value, unit)
    elif isinstance(value, (int, float)) and not isinstance(value, bool) and (scale := scale_of(unit)) is not None:
        amount = Decimal(str(value)) * scale
    return amount if amount is not None and amount.is_finite() and 0 <= amount <= LARGEST else None


def _refuse_number(value: Value, place: CellPlace) -> None:
    text = str(value)[:40]
    message = say(
        f"”{text}” är inget antal eller belopp som går att läsa; skriv siffror, t.ex. 1 500 000 eller 2 671 Mkr",
        f'"{text}" is no number that can be read; write digits, e.g. 1 500 000 or 2 671 Mkr',
    )
    place.error("B842", message)


def _date(value: Value, place: CellPlace, column: Column, unit: str) -> date | None:
    found = _date_of(value, place)
    if found is None or not 1900 <= found.year <= 2199:
        text = str(value)[:40]
        message = say(f"”{text}” är inget datum; skriv 2026-11-22", f'"{text}" is no date; write 2026-11-22')
        if reason := why_no_such_day(text):
            message = reason
        place.error("B841", message)
        return None
    return found


def _date_of(value: Value, place: CellPlace) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 20_000 <= value < 80_000:
        found = _SERIAL + timedelta(days=int(value))
        message = say(f"talet {value:g} läses som {found}", f"the number {value:g} is read as {found}")
        place.warning("B839", message)
        return found
    return _date_of_text(value.strip(), place) if isinstance(value, str) else None


def _date_of_text(text: str, place: CellPlace) -> date | None:
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        match = _SWEDISH.fullmatch(text)
        if match is None:
            return None
        month = int(match[2]) if match[2] else _month(match[3])
        found = date(int(match[4]), month, int(match[1]))
    except ValueError:
        return None
    if match[2] and int(match[1]) <= 12:
        read_as_is_told(text, str(found), place)
    return found


def _month(name: str) -> int:
    languages: tuple[Language, ...] = ("sv", "en")
    for language in languages:
        with writing_in(language):
            for number, month in enumerate(month_names(), start=1):
                if month.lower().startswith(name.lower()[:3]):
                    return number
    raise ValueError(name)


def _word(value: Value, place: CellPlace, column: Column, unit: str) -> str | None:
    text = str(value).strip()
    near = {folded(word): meant for word, meant in READ_AS.get(column.name, {}).items()}
    same = {folded(word): meant for word, meant in SYNONYMS.get(column.name, {}).items()}
    same |= {folded(word): meant for word, meant in column.words}
    known = near | same
    if (found := known.get(folded(text))) is not None:
        if folded(text) not in same:
            read_as_is_told(text, next(word for word, meant in column.words if meant == found), place)
        return found
    words = ", ".join([*(word for word, _ in column.words), *(["okänt"] if column.may_be_unknown else [])])
    message = say(
        f"”{text[:40]}” går inte i kolumnen; där står {words}",
        f'"{text[:40]}" cannot stand in the column; it holds {words}',
    )
    meant = did_you_mean(folded(text), known) if column.name != "stämmer" else None  # an answer is never suggested
    place.error("B843", message, next((word for word, one in column.words if meant and one == known[meant]), None))
    return None


def read_text(value: Value, place: CellPlace) -> str:
    """A text as it stands; what a spreadsheet took for something else is told."""
    if isinstance(value, str):
        text = _printable(value.strip(), place)
    elif isinstance(value, (datetime, time, timedelta)):
        text = f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if isinstance(value, datetime) else str(value)
        message = say(
            f"cellen är ett datum eller klockslag, inte text; den läses som ”{text}”",
            f'the cell is a date or a time, not text; it is read as "{text}"',
        )
        place.warning("B839", message)
    else:
        text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return text


def _printable(text: str, place: CellPlace) -> str:
    plain, removed = UNPRINTABLE.subn("", text)
    if removed:
        message = say(
            f"{removed} tecken som inte kan visas är borttagna",
            f"{removed} characters that cannot be shown are removed",
        )
        place.warning("B839", message)
    return plain


def persons_are_told(text: str, place: CellPlace) -> None:
    """Tell of what names a person."""
    if personal_number(text) or persons_mail(text):
        message = say(
            "det ser ut som en uppgift om en person; skriv en funktion och en funktionsbrevlåda i stället",
            "this looks like data on a person; write a function and its mailbox instead",
        )
        place.warning("B851", message)


def _text(value: Value, place: CellPlace, column: Column, unit: str) -> str:
    text = read_text(value, place)
    if not column.attribute.startswith("contact."):  # the model's own rule tells of those
        persons_are_told(text, place)
    return text


_READERS: dict[str, Callable[[Value, CellPlace, Column, str], Any]] = {
    "duration": _duration,
    "endurance": _endurance,
    "level": _level,
    "count": _count,
    "money": _money,
    "date": _date,
    "word": _word,
    "text": _text,
    "entity": _text,
    "id": _text,
}
