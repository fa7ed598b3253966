"""A template as it stands in a file: its columns by their headings, wherever they stand, and its rows."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from beroenden.interop.dora.codes import NO_DATE, Choices, is_blank_code, plain
from beroenden.interop.dora.tally import Tally
from beroenden.interop.dora.templates import (
    B_05_01,
    B_05_01_OF_9,
    B_06_01,
    B_06_01_OF_2024,
    LONG_FORM,
    Template,
    column_code,
    is_heading,
)
from beroenden.interop.sheets import CellPlace, Faulty, Sheet, Value, heading_row, is_blank
from beroenden.language import say
from beroenden.modelfiles.findings import Report, visible

_LEAST = 2
"""Headings in a row that make it the head of a template."""
_NEAR = 3
"""Rows below the head that may explain the columns."""
_EXPLAINING = re.compile(
    r"(alphanumerical|alphanumeric|pattern|lei of|lei$|identification code|contractual arrangement ref|function identifier"
    r"|name of|text$|code$)",
    re.IGNORECASE,
)
_COUNTRY = re.compile("[A-Z]{2}|qx2007")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_LONGEST_HOURS = 24 * 366


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a template; cells by name, as text."""

    table: "Table"
    number: int
    cells: dict[str, str]

    def at(self, name: str = "") -> CellPlace:
        """A cell of the row, or the row."""
        return self.table.at(self.number, name)

    def text(self, name: str) -> str:
        """What a cell says; "" where it is empty or says that there is nothing to say."""
        text = self.cells.get(name, "")
        return "" if is_blank_code(text) else text

    def code(self, name: str) -> str:
        """An identifying code: without its prefix, spaces and difference of case."""
        return re.sub(r"\s+", "", plain(self.text(name))).upper()

    def choice(self, name: str, choices: Choices) -> str | None:
        """The code of a closed set; None where there is none, or none of the set, which is told."""
        text = self.text(name)
        code = choices.code_of(text) if text else None
        if text and code is None:
            self._unknown(name, text)
        return code

    def day(self, name: str) -> date | None:
        """A date; None where there is none, or 9999-12-31, or no date, which is told."""
        text = self.text(name)
        if not text or text.startswith(NO_DATE):
            return None
        day_first = _DAY_FIRST.fullmatch(text)
        try:
            if day_first:
                return date(int(day_first[3]), int(day_first[2]), int(day_first[1]))
            return datetime.fromisoformat(text).date()
        except ValueError:
            self._unknown(name, text)
            return None

    def minutes(self, name: str) -> int | None:
        """Hours as minutes; 0 is unknown: the register has 1 for everything shorter than an hour."""
        text = self.text(name)
        if not text:
            return None
        try:
            hours = float(text.replace(",", "."))
        except ValueError:
            hours = math.nan
        if not 0 <= hours <= _LONGEST_HOURS:
            self._unknown(name, text)
            return None
        if hours == 0:
            self.table.tally.leave(self.table.template.code, "zero")
            return None
        return max(1, round(hours * 60))

    def _unknown(self, name: str, text: str) -> None:
        told = visible(text)[:60]
        message = say(f"”{told}” går inte att tolka; räknas som okänt", f'"{told}" cannot be read; counts as unknown')
        self.at(name).warning("B685", message)


@dataclass(frozen=True, slots=True)
class Table:
    """A template in a file.

    Attributes:
        head: The row of the headings.
        columns: Where each column stands that is read, by name.
    """

    template: Template
    report: Report
    tally: Tally
    path: Path
    sheet: Sheet
    head: int
    columns: dict[str, int]

    def at(self, row: int, name: str = "") -> CellPlace:
        """A cell of a column, or the row."""
        heading = f"{self.template.code}.{self.template.columns[name]}" if name else ""
        return CellPlace(self.report, self.path, self.sheet.name, row, self.columns.get(name), heading)

    def rows(self) -> Iterator[Row]:
        """The rows with content; those without what the template is about are told and left out."""
        for number, cells in self.sheet.rows.items():
            if number <= self.head or self._explains(number, cells):
                continue
            found = {name: cells[column] for name, column in self.columns.items() if not is_blank(cells.get(column))}
            if found:
                self.tally.rows[self.template.code] += 1
                yield Row(self, number, {name: self._text(value, number, name) for name, value in found.items()})

    def _explains(self, number: int, cells: dict[int, Value | Faulty]) -> bool:
        """Whether a row just below the head tells what the columns mean, as the supervisors' workbooks do."""
        if number > self.head + _NEAR:
            return False
        first = cells.get(next(iter(self.columns.values())))
        return isinstance(first, str) and bool(_EXPLAINING.match(first.strip()))

    def _text(self, value: Value | Faulty, row: int, name: str) -> str:
        if isinstance(value, Faulty):
            message = say(
                f"cellen har en formel eller ett fel: {value.text[:40]}",
                f"the cell has a formula or an error: {value.text[:40]}",
            )
            self.at(row, name).error("B684", message)
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        if isinstance(value, datetime):
            return value.date().isoformat()
        return visible(str(value)).strip()


def table_of(template: Template, path: Path, sheet: Sheet, report: Report, tally: Tally) -> Table | None:
    """The template in a sheet; None, and an error, where its columns are not found."""
    head, known = heading_row(sheet, is_heading)
    place = CellPlace(report, path, sheet.name, head or 1)
    headings = {column: str(value) for column, value in sheet.rows.get(head, {}).items()}
    if any(heading.strip().casefold() in LONG_FORM for heading in headings.values()):
        place.error("B682", _long_form())
        return None
    if known < _LEAST:
        message = say(
            f"{template.code} saknar en rad med kolumnernas koder (c0010, c0020 …)",
            f"{template.code} has no row with the codes of its columns (c0010, c0020 …)",
        )
        place.error("B683", message)
        return None
    table = Table(template, report, tally, path, sheet, head, {})
    _nothing_is_merged(table)
    codes = _codes(headings, place)
    layout = _layout(table, codes)
    return None if layout is None else _with_columns(table, layout, codes, place)


def _long_form() -> str:
    return say(
        "filen är av den långa sorten (en rad för varje värde: datapoint, factValue), som inte läses; exportera registret "
        "som plain-csv med en kolumn för varje fält (c0010, c0020 …), eller som arbetsbok",
        "the file is of the long form (a row for each value: datapoint, factValue), which is not read; export the register "
        "as plain CSV with a column for each field (c0010, c0020 …), or as a workbook",
    )


def _nothing_is_merged(table: Table) -> None:
    """No cells below the headings are merged: only the first of them would have a value."""
    for one in table.sheet.merged:
        if one.bottom > table.head:
            message = say(
                f"cellerna {one.name} är sammanfogade; dela dem och skriv ut värdet i varje cell",
                f"the cells {one.name} are merged; split them and write the value in each cell",
            )
            table.at(one.top).error("B684", message)


def _codes(headings: dict[int, str], place: CellPlace) -> dict[str, int]:
    """Columns by code; the second of two alike is an error."""
    found: dict[str, int] = {}
    for column, heading in headings.items():
        code = column_code(heading)
        if code is not None and code in found:
            message = say(f"kolumnen {code} finns två gånger", f"the column {code} is there twice")
            CellPlace(place.report, place.file, place.sheet, place.row, column, heading).error("B683", message)
        elif code is not None:
            found[code] = column
    return found


def _layout(table: Table, codes: dict[str, int]) -> Template | None:
    """The layout that a template has here, of those in use."""
    if table.template is B_05_01:
        return _layout_of_providers(table, codes)
    if table.template is B_06_01 and "0110" in codes and "0050" not in codes:
        _is_older(table, B_06_01_OF_2024)
        return B_06_01_OF_2024
    return table.template


def _layout_of_providers(table: Table, codes: dict[str, int]) -> Template | None:
    """Of 12 columns or of 9; where the headings do not decide it, the column that holds countries does."""
    if codes.keys() & {"0100", "0110", "0120"}:
        return B_05_01
    of_9, of_12 = (_holds_countries(table, codes.get(code)) for code in ("0050", "0080"))
    if not of_9:
        return B_05_01
    if not of_12:
        _is_older(table, B_05_01_OF_9)
        return B_05_01_OF_9
    message = say(
        "det går inte att avgöra om mallen har 12 kolumner (namn i c0050) eller 9 (namn i c0030); ta med alla kolumner",
        "it cannot be told whether the template has 12 columns (names in c0050) or 9 (names in c0030); include all columns",
    )
    table.at(table.head).error("B683", message)
    return None


def _holds_countries(table: Table, column: int | None) -> bool:
    """Whether at least half of what stands in a column are codes of countries; an explanation may stand there too."""
    if column is None:
        return False
    below = (cells.get(column) for number, cells in table.sheet.rows.items() if number > table.head)
    values = [plain(str(one)) for one in below if not is_blank(one)]
    return bool(values) and 2 * sum(bool(_COUNTRY.fullmatch(one)) for one in values) >= len(values)


def _is_older(table: Table, layout: Template) -> None:
    message = say(
        f"{layout.code} har den äldre indelningen med {layout.width} kolumner och läses så",
        f"{layout.code} has the older layout of {layout.width} columns and is read so",
    )
    table.at(table.head).info("B689", message)


def _with_columns(table: Table, layout: Template, codes: dict[str, int], place: CellPlace) -> Table | None:
    """The table with its columns; None where one is missing that tells what the rows are about."""
    columns = {name: codes[code] for name, code in layout.columns.items() if code in codes}
    missing = [layout.columns[name] for name in layout.required if name not in columns]
    if missing:
        names = ", ".join(f"c{code}" for code in missing)
        place.error("B683", say(f"{layout.code} saknar {names}", f"{layout.code} lacks {names}"))
        return None
    last = max(10 * layout.width, *map(int, layout.columns.values()))
    strangers = [code for code in codes if int(code) > last]
    if strangers:
        names = ", ".join(f"c{code}" for code in strangers)
        message = say(f"{layout.code} har ingen kolumn {names}; den läses inte", f"{layout.code} has no column {names}")
        place.warning("B683", message)
    return Table(layout, table.report, table.tally, table.path, table.sheet, table.head, columns)
