"""Where in a file the inject list stands: its sheet, its headings, its rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from beroenden.interop.inject_list.cells import is_western
from beroenden.interop.inject_list.columns import COLUMNS, column_of, folded, is_heading, nearest_heading
from beroenden.interop.inject_list.version import NAME
from beroenden.interop.sheets import CellPlace, Faulty, Sheet, Value, heading_row, is_blank
from beroenden.interop.workbook import read_sheets
from beroenden.language import say
from beroenden.modelfiles.findings import Report

_LEAST = 4
"""Headings in a row that make it the head of an inject list."""


@dataclass(frozen=True, slots=True)
class Table:
    """The list as it stands in a file.

    Attributes:
        head: The row of the headings.
        columns: Where each column stands that the list has.
        is_western: Whether no cell has a character that Windows' western European code page lacks: the file may have been
            saved in it, and lost some.
    """

    report: Report
    path: Path
    sheet: Sheet
    head: int
    columns: dict[str, int]
    is_western: bool

    def has(self, name: str) -> bool:
        """Whether the list has a column."""
        return name in self.columns

    def at(self, row: int, name: str = "") -> CellPlace:
        """A cell of a column, or the row where the list has no such column."""
        column = self.columns.get(name)
        return CellPlace(self.report, self.path, self.sheet.name, row, column, name if column else "")

    def rows(self) -> Iterator["Row"]:
        """The rows below the headings with content in any column of the list."""
        for number, cells in self.sheet.rows.items():
            found = {name: cells.get(column) for name, column in self.columns.items()}
            if number > self.head and any(not is_blank(value) for name, value in found.items() if name != NAME):
                yield Row(self, number, {name: value for name, value in found.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list."""

    table: Table
    number: int
    cells: dict[str, Value | Faulty]

    def at(self, name: str = "") -> CellPlace:
        """A cell of the row, or the row."""
        return self.table.at(self.number, name)

    def has(self, name: str) -> bool:
        """Whether a cell holds something."""
        return not is_blank(self.cells.get(name))


def read_table(path: Path, report: Report) -> Table | None:
    """The list of a file; None where there is none, or columns are missing that it must have."""
    sheets = read_sheets(path, report, "B950", is_heading)
    if not sheets:
        return None
    found = [(sheet, *heading_row(sheet, is_heading)) for sheet in sheets]
    sheet, head, known = max(found, key=lambda one: one[2])
    if known < _LEAST:
        report.file("B951", path, _no_list())
        return None
    texts = (value for cells in sheet.rows.values() for value in cells.values() if isinstance(value, str))
    table = Table(report, path, sheet, head, {}, all(map(is_western, texts)))
    for rule in (_others_are_told(found), _columns_are_known, _mandatory_columns_are_there, _nothing_is_merged):
        rule(table)
    return table if all(table.has(column.name) for column in COLUMNS if column.is_mandatory) else None


def _no_list() -> str:
    names = ", ".join(column.name for column in COLUMNS if column.is_mandatory)
    return say(
        f"ingen rad med rubrikerna hittas; listan ska ha en rad med minst {names}, och t_plus eller speltid för nya inspel",
        f"no row of headings is found; the list needs a row with at least {names}, and t_plus or "
        "speltid for new injects",
    )


def _others_are_told(found: list[tuple[Sheet, int, int]]) -> Callable[[Table], None]:
    """Other sheets with a list are not read."""

    def rule(table: Table) -> None:
        for sheet, head, known in found:
            if known >= _LEAST and sheet is not table.sheet:
                message = say(
                    f"här står också en inspelslista; bara den på bladet {table.sheet.name} läses. Flytta raderna dit",
                    f"here is an inject list too; only that on sheet {table.sheet.name} is read. Move the rows there",
                )
                CellPlace(table.report, table.path, sheet.name, head).warning("B952", message)

    return rule


def _columns_are_known(table: Table) -> None:
    """Each heading names a column, and none twice; the table learns where they stand."""
    for number, heading in table.sheet.rows[table.head].items():
        if is_blank(heading):
            continue
        text = heading.text if isinstance(heading, Faulty) else str(heading)
        place = CellPlace(table.report, table.path, table.sheet.name, table.head, number, text.strip())
        column = column_of(text)
        if folded(text) == NAME:
            table.columns.setdefault(NAME, number)
        elif column is None:
            message = say(
                "kolumnen är okänd och läses inte; den nya listan får den inte, och inte heller din sortering. Båda finns kvar i "
                "den här filen, eller i den numrerade som sparas",
                "the column is unknown and is not read; the new list has neither it nor your sorting. Both stay in this file, or "
                "in the numbered one that is kept",
            )
            place.warning("B954", message, nearest_heading(text))
        elif column.name in table.columns:
            first = table.at(table.head, column.name)
            place.error("B955", say(f"kolumnen finns redan: {first}", f"the column is there already: {first}"))
        else:
            table.columns[column.name] = number


def _mandatory_columns_are_there(table: Table) -> None:
    missing = [column.name for column in COLUMNS if column.is_mandatory and not table.has(column.name)]
    for name in missing:
        table.at(table.head).error("B953", say(f"kolumnen {name} saknas", f"the column {name} is missing"))
    others = [column.name for column in COLUMNS if not column.is_mandatory and not table.has(column.name)]
    if others:
        names = ", ".join(others)
        message = say(
            f"kolumner som saknas: {names}. Det som övningen har i dem behålls",
            f"columns that are missing: {names}. What the exercise has in them is kept",
        )
        table.at(table.head).info("B953", message)


def _nothing_is_merged(table: Table) -> None:
    """No cells from the headings on are merged."""
    for one in table.sheet.merged:
        if one.bottom >= table.head:
            table.at(one.top).error("B956", one.complaint)


def nothing_is_computed(row: Row) -> None:
    """No cell of a row holds a formula or the error of one."""
    for name, value in row.cells.items():
        if isinstance(value, Faulty):
            row.at(name).error("B957", value.complaint)
