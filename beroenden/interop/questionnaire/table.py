"""Where in the files the tables of the questionnaire stand: their sheets, headings and rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from beroenden.interop.questionnaire.change import Remark
from beroenden.interop.questionnaire.columns import (
    LONGEST_HEADING,
    NEEDS,
    OTHERS,
    PARTS,
    Part,
    is_heading,
    split_unit,
    without_unit,
)
from beroenden.interop.questionnaire.prefilled import Prefilled, prefilled_of
from beroenden.interop.sheets import CellPlace, Faulty, Sheet, Value, heading_row, is_blank
from beroenden.interop.workbook import read_sheets
from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Report

_LEAST = 3
"""Headings in a row that make it the head of a table."""


@dataclass(frozen=True, slots=True)
class Table:
    """One part of the questionnaire as it stands in a file.

    Attributes:
        head: The row of the headings.
        columns: Where each column stands that the table has.
        units: The units that headings name, by column.
    """

    part: Part
    report: Report
    path: Path
    sheet: Sheet
    head: int
    columns: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def at(self, row: int, name: str = "") -> CellPlace:
        """A cell of a column, or the row where the table has no such column."""
        column = self.columns.get(name)
        return CellPlace(self.report, self.path, self.sheet.name, row, column, name if column else "")

    def rows(self) -> Iterator["Row"]:
        """The rows below the headings with content that is read."""
        for number in sorted(self.sheet.rows):
            row = self.row(number)
            if number > self.head and any(not is_blank(value) for value in row.cells.values()):
                yield row

    @property
    def below(self) -> int:
        """The first row below all that is read."""
        return max((row.number for row in self.rows()), default=self.head) + 1

    def row(self, number: int) -> "Row":
        """A row with what is read of it."""
        told = [one.name for one in self.part.columns if one.holds != "shown" and one.name in self.columns]
        cells = self.sheet.rows.get(number, {})
        return Row(self, number, {name: value for name in told if (value := cells.get(self.columns[name])) is not None})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    table: Table
    number: int
    cells: dict[str, Value | Faulty]

    def at(self, name: str = "") -> CellPlace:
        """A cell of the row, or the row."""
        return self.table.at(self.number, name)

    def has(self, name: str) -> bool:
        """Whether a cell holds something."""
        return not is_blank(self.cells.get(name))

    def value(self, name: str) -> Value | None:
        """What a cell holds, formulas and blanks aside."""
        found = self.cells.get(name)
        return None if found is None or isinstance(found, Faulty) or is_blank(found) else found

    def text(self, name: str) -> str:
        """What a cell holds as text, e.g. an id; a number without decimals."""
        found = self.value(name)
        return f"{found:.15g}" if isinstance(found, float) else "" if found is None else str(found).strip()

    def beside(self, name: str) -> str:
        """What a cell holds that is only there to be read by people."""
        found = self.table.sheet.rows[self.number].get(self.table.columns.get(name, 0))
        return "" if found is None or isinstance(found, Faulty) else str(found).strip()

    @property
    def about(self) -> str:
        """The id that it is about; of a row without one, the part."""
        return (
            self.text({NEEDS.name: "från", OTHERS.name: "vem"}.get(self.table.part.name, "id")) or self.table.part.name
        )

    def remark(self, name: str) -> Remark:
        """A cell as something to take up."""
        return Remark(self.about, self.at(name).short, self.text(name))

    def __str__(self) -> str:
        return str(self.table.at(self.number))


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of a questionnaire, and the words beside them that say whose it is.

    Attributes:
        heard: What is found of the files, then of each table in the order in which they stand.
        prefilled: What they were filled in with when they were written.
        beside: The sheets that are no tables.
    """

    heard: list[Report]
    by_part: dict[str, Table] = field(default_factory=dict)
    prefilled: Prefilled = field(default_factory=Prefilled)
    said: dict[str, str] = field(default_factory=dict)
    beside: list[tuple[Path, Sheet]] = field(default_factory=list)

    def findings(self) -> list[Finding]:
        """All findings, sheet by sheet."""
        return [one for report in self.heard for one in report.in_order()]


def read_tables(path: Path) -> Tables:
    """The tables of a workbook, of a CSV file, or of the CSV files in a folder."""
    report = Report()
    sheets = [(file, sheet) for file in _files(path, report) for sheet in read_sheets(file, report, "B830", is_heading)]
    found = Tables([report])
    for file, sheet in sheets:
        _take(found, file, sheet)
    if not found.by_part and not found.findings():
        report.file("B831", path, _no_table())
    for table in found.by_part.values():
        _nothing_is_merged(table)
        _others_are_named(table)
    return found


def _files(path: Path, report: Report) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(one for one in path.iterdir() if one.suffix.lower() == ".csv" and not one.name.startswith("."))
    if not files:
        report.file("B830", path, say("mappen har inga CSV-filer", "the folder has no CSV files"))
    return files


def _no_table() -> str:
    heads = "; ".join(f"{part.name}: {', '.join(_known_by(part))}" for part in PARTS)
    return say(
        "ingen av formulärets tabeller hittas. Är det bara ett blad, t.ex. Läs mig, som har sparats som CSV? Spara hela arbetsboken "
        f"som .xlsx, eller bladen med svaren som var sin CSV-fil. Tabellerna känns igen på sina rubriker, minst ({heads})",
        "no table of the questionnaire is found. Was only one sheet, such as Läs mig, saved as CSV? Save the whole workbook as "
        f".xlsx, or the sheets with the answers as a CSV file each. The tables are known by their headings, at least ({heads})",
    )


def _known_by(part: Part) -> list[str]:
    """Headings that are enough to know a part by."""
    names = (*part.mandatory, *part.telling, *(column.name for column in part.columns))
    return list(dict.fromkeys(names))[:_LEAST]


def _take(found: Tables, file: Path, sheet: Sheet) -> None:
    """Learn which part a sheet is, or what it says of the questionnaire itself."""
    if (prefilled := prefilled_of(sheet)) is not None:
        found.prefilled.rows.update(prefilled.rows)
        return
    part, head = _part_of(sheet)
    if part is None:
        found.beside.append((file, sheet))
        for word, text in said_of(sheet):
            found.said.setdefault(word, text)
        return
    table = Table(part, Report(), file, sheet, head)
    found.heard.append(table.report)
    if part.name in found.by_part:
        there = found.by_part[part.name]
        name = there.sheet.name or there.path.name
        message = say(
            f"här står också {part.name}; bara tabellen i {name} läses. Flytta raderna dit",
            f"here is {part.name} too; only the table in {name} is read. Move the rows there",
        )
        table.at(head).error("B832", message)
    elif _columns_are_known(table):
        found.by_part[part.name] = table


def _part_of(sheet: Sheet) -> tuple[Part | None, int]:
    """The part whose headings stand in a sheet, and in which row; None where it is none."""
    found = [(part, *heading_row(sheet, _is_heading_of(part))) for part in PARTS]
    likely = [(known, part, head) for part, head, known in found if known >= _LEAST and _tells(sheet, head, part)]
    _, best, head = max(likely, key=lambda one: one[0], default=(0, None, 0))
    return best, head


def _is_heading_of(part: Part) -> Callable[[str], bool]:
    return lambda text: len(text) < LONGEST_HEADING and part.column_of(without_unit(text)) is not None


def _tells(sheet: Sheet, head: int, part: Part) -> bool:
    texts = (without_unit(one) for one in sheet.rows[head].values() if isinstance(one, str))
    return any(column.name in part.telling for one in texts if (column := part.column_of(one)))


def said_of(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Pairs of a word and what stands right of it, e.g. aktör: csn."""
    for cells in sheet.rows.values():
        first, second = cells.get(1), cells.get(2)
        if isinstance(first, str) and second is not None and not isinstance(second, Faulty):
            yield first.strip().rstrip(":").lower(), str(second).strip()


def _columns_are_known(table: Table) -> bool:
    """Each heading names a column, and none twice; the table learns where they stand. False where one must be and is not."""
    for number, heading in sorted(table.sheet.rows[table.head].items()):
        if is_blank(heading):
            continue
        text = heading.text if isinstance(heading, Faulty) else str(heading)
        place = CellPlace(table.report, table.path, table.sheet.name, table.head, number, text.strip())
        name, unit = split_unit(text)
        column = table.part.column_of(name)
        if column is None:
            message = say("kolumnen är okänd och läses inte", "the column is unknown and is not read")
            place.warning("B833", message, table.part.nearest(name))
        elif column.name in table.columns:
            first = table.at(table.head, column.name)
            place.error("B834", say(f"kolumnen finns redan: {first}", f"the column is there already: {first}"))
        else:
            table.columns[column.name] = number
            table.units[column.name] = unit
    missing = [name for name in table.part.mandatory if name not in table.columns]
    for name in missing:
        table.at(table.head).error("B835", say(f"kolumnen {name} saknas", f"the column {name} is missing"))
    return not missing


def _others_are_named(table: Table) -> None:
    absent = [one.name for one in table.part.columns if one.name not in table.columns and one.holds != "shown"]
    if absent:
        names = ", ".join(absent)
        message = say(
            f"kolumner som saknas: {names}. Det som modellen har i dem behålls",
            f"columns that are missing: {names}. What the model has in them is kept",
        )
        table.at(table.head).info("B835", message)


def _nothing_is_merged(table: Table) -> None:
    """No cells from the headings on are merged."""
    for one in table.sheet.merged:
        if one.bottom >= table.head:
            table.at(one.top).error("B836", one.complaint)


def nothing_is_computed(row: Row) -> bool:
    """Whether no cell of a row holds a formula or the error of one; each that does is told."""
    faulty = {name: value for name, value in row.cells.items() if isinstance(value, Faulty)}
    for name, value in faulty.items():
        row.at(name).error("B837", value.complaint)
    return not faulty
