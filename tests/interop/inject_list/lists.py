"""Inject lists to read: the example with cells changed, as a workbook or as CSV."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from chain import network
from exercise import example
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from beroenden.exercise.exercise import Exercise
from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import xlsx
from beroenden.interop.sheets import letters
from beroenden.modelfiles.findings import Finding

MODEL = network()
COLUMN_OF = {column.name: index for index, column in enumerate(COLUMNS, start=1)}


def planned() -> Exercise:
    """The example, with nothing approved that has a gap."""
    made = example.exercise(MODEL)
    whole = (replace(one, objective="Larmvägar") if one.number == 2 else one for one in made.injects)
    return replace(made, injects=tuple(whole))


def cell(row: int, name: str) -> str:
    """A cell as a spreadsheet names it."""
    return f"{letters(COLUMN_OF[name])}{row}"


class List:
    """A workbook with the example's list, to change and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "inspel.xlsx"
        self.path.write_bytes(xlsx(planned(), MODEL))
        self.book = load_workbook(self.path)

    @property
    def sheet(self) -> Worksheet:
        return self.book["Inspel"]

    def put(self, row: int, name: str, value: Any, form: str | None = None) -> "List":
        """Write a cell; without a number format as a new cell has it."""
        self.sheet[cell(row, name)].value = value
        self.sheet[cell(row, name)].number_format = form or "General"
        return self

    def add(self, **values: Any) -> "List":
        """A row below the list."""
        row = self.sheet.max_row + 1
        for name, value in values.items():
            self.put(row, name, value)
        return self

    def read(self, **options: Any) -> tuple[Exercise | None, list[Finding]]:
        self.book.save(self.path)
        return read_list(self.path, planned(), MODEL, **options)

    def inject(self, number: int, **options: Any) -> Any:
        """An inject of the list, which must be free from errors."""
        made, findings = self.read(**options)
        assert made is not None, findings
        return next(one for one in made.injects if one.number == number)

    def faults(self, severity: str = "error") -> list[tuple[str, int | None, int | None]]:
        """Code, row and column of the findings of a severity."""
        return [(one.code, one.line, one.column) for one in self.read()[1] if one.severity == severity]

    def fault(self, severity: str = "error") -> Finding:
        """The only finding of a severity."""
        made, findings = self.read()
        (found,) = (one for one in findings if one.severity == severity)
        assert (made is None) == any(one.severity == "error" for one in findings)
        return found
