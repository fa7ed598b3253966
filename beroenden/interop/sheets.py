"""Sheets as they are read: cells with the places at which the reader of the file sees them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Report, Severity, visible

LONGEST = 100_000
"""Rows that are read of a sheet."""
TITLES = 50
"""A table's headings are looked for in so many rows with content."""

Value = str | int | float | bool | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class Faulty:
    """A formula, or the error that one gave: nothing to trust."""

    text: str

    @property
    def complaint(self) -> str:
        """What is wrong with the cell."""
        if self.text.startswith("#"):
            return say(f"cellen har felet {self.text[:40]}", f"the cell has the error {self.text[:40]}")
        return say(
            "cellen har en formel, och vad den blir är inte säkert; klistra in värdet i stället",
            "the cell has a formula, and what it gives is not certain; paste the value instead",
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range; rows and columns from 1, the last included."""

    name: str
    top: int
    bottom: int

    @property
    def complaint(self) -> str:
        """What is wrong with it: one value for many cells, so what it says of each is a guess."""
        return say(
            f"cellerna {self.name} är sammanfogade; dela dem och skriv ut värdet i varje cell",
            f"the cells {self.name} are merged; split them and write the value in each cell",
        )


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a cell; of a thread, all that is said in it.

    Attributes:
        is_signed: Whether it has an author, whose name is left out.
    """

    row: int
    column: int
    text: str
    is_signed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or a CSV file.

    Attributes:
        name: "" of a CSV file.
        rows: Cells by row and column from 1, as the reader of the file counts them; blank ones are left out.
    """

    name: str
    rows: dict[int, dict[int, Value | Faulty]]
    merged: tuple[Merged, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, or a whole row (column None), and the report that hears of its faults."""

    report: Report
    file: Path
    sheet: str
    row: int
    column: int | None = None
    heading: str = ""

    def __str__(self) -> str:
        sheet = say(f"bladet {self.sheet}, ", f"sheet {self.sheet}, ") if self.sheet else ""
        row = say(f"rad {self.row}", f"row {self.row}")
        if self.column is None:
            return f"{sheet}{row}"
        column = say("kolumn", "column") + f" {letters(self.column)}"
        return f"{sheet}{row}, {column}" + (f" ({self.heading[:40]})" if self.heading else "")

    @property
    def short(self) -> str:
        """The cell as a spreadsheet names it, with its sheet."""
        name = f"{self.sheet or self.file.name} {letters(self.column or 1)}{self.row}"
        return f"{name} ({self.heading[:40]})" if self.heading else name

    def add(self, code: str, severity: Severity, message: str, suggestion: str | None = None) -> None:
        """Report a finding here."""
        told = visible(f"{self}: {message}")
        file = visible(str(self.file))
        self.report.findings.append(Finding(code, severity, told, file, self.row, self.column or 1, suggestion))

    def error(self, code: str, message: str, suggestion: str | None = None) -> None:
        """Report an error here."""
        self.add(code, "error", message, suggestion)

    def warning(self, code: str, message: str, suggestion: str | None = None) -> None:
        """Report a warning here."""
        self.add(code, "warning", message, suggestion)

    def info(self, code: str, message: str) -> None:
        """Report a remark here."""
        self.add(code, "info", message)


def letters(column: int) -> str:
    """A column as a spreadsheet names it.

    >>> letters(1), letters(26), letters(27)
    ('A', 'Z', 'AA')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_blank(value: Value | Faulty | None) -> bool:
    """Whether a cell holds nothing, or nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def heading_row(sheet: Sheet, is_heading: Callable[[str], bool]) -> tuple[int, int]:
    """The row that holds most of some headings, with how many; (0, 0) where none holds any."""
    best = (0, 0)
    for row, cells in list(sheet.rows.items())[:TITLES]:
        known = sum(isinstance(value, str) and is_heading(value) for value in cells.values())
        if known > best[1]:
            best = (row, known)
    return best


def with_line_ends(text: str) -> str:
    """The text with every end of a line as one character."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
