"""What stands beside the tables of a questionnaire: comments on cells, texts in the margin, sheets of people's own.

None of it is read into the model, and none of it may be lost: each is told, and kept for the list of what to take up.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from beroenden.interop.questionnaire.cells import persons_are_told
from beroenden.interop.questionnaire.change import Remark
from beroenden.interop.questionnaire.content import CHOICES
from beroenden.interop.questionnaire.guide import earlier_notes, hint_of, note_of
from beroenden.interop.questionnaire.table import Table, Tables, said_of
from beroenden.interop.sheets import CellPlace, Faulty, Note, Sheet, Value, is_blank
from beroenden.language import Language, say, writing_in

_GUIDE, _LIST = 2, 3
"""Columns of the sheet to read first, and of the one with those who deliver."""
_FIRST = 200
"""Characters that are told of a sheet of people's own."""


def remarks(tables: Tables) -> list[Remark]:
    """What stands beside the tables; each is told where it stands."""
    found = [one for table in tables.by_part.values() for one in _of_table(table)]
    for path, sheet in tables.beside:
        found += _of_other(CellPlace(tables.heard[0], path, sheet.name, 1), path, sheet)
    return found


def _of_table(table: Table) -> Iterator[Remark]:
    for note in table.sheet.notes:
        if not _is_ours(table, note):
            yield _told(_at(table, note.row, note.column), _about(table, note.row), note.text, is_comment=True)
    for row, column, text in _texts(table.sheet):
        if _is_outside(table, row, column) and not (row == table.head - 1 and _is_hint(table, text)):
            yield _told(_at(table, row, column), _about(table, row), text)


def _at(table: Table, row: int, column: int) -> CellPlace:
    heading = next((name for name, at in table.columns.items() if at == column), "")
    return CellPlace(table.report, table.path, table.sheet.name, row, column, heading)


def _about(table: Table, row: int) -> str:
    """The id that a row is about; of a row without one, the sheet."""
    return table.row(row).about if row > table.head else table.part.name


def _is_ours(table: Table, note: Note) -> bool:
    """Whether a comment is the help that the form has on its headings."""
    if note.row != table.head:
        return False
    if not note.is_signed:
        return True
    return note.text in _in_both(lambda: [*earlier_notes(), *(note_of(table.part, one) for one in table.part.columns)])


def _is_hint(table: Table, text: str) -> bool:
    """Whether a text is how the form says that a column is written."""
    return text in _in_both(lambda: [hint_of(column) for column in table.part.columns])


def _in_both(words: Callable[[], Iterable[str]]) -> set[str]:
    """What the form writes, in either language."""
    found: set[str] = set()
    languages: tuple[Language, ...] = ("sv", "en")
    for language in languages:
        with writing_in(language):
            found |= {*words()}
    return found


def _texts(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for row, cells in sorted(sheet.rows.items()):
        for column, value in sorted(cells.items()):
            if not is_blank(value):
                yield row, column, _text(value)


def _text(value: Value | Faulty) -> str:
    return value.text if isinstance(value, Faulty) else str(value).strip()


def _is_outside(table: Table, row: int, column: int) -> bool:
    """Whether a cell is under no heading, or above them where the form has nothing of its own."""
    if not is_blank(table.sheet.rows[table.head].get(column)):
        return row < table.head - 1 and (row, column) != (1, 1)
    return row != table.head and (row, column) != (1, 1)


def _of_other(place: CellPlace, path: Path, sheet: Sheet) -> Iterator[Remark]:
    """What stands in a sheet that is no table: beside what the form has there, or the whole of one that is not the form's."""
    own = _GUIDE if {"aktör", "actor"} & {word for word, _ in said_of(sheet)} else _LIST if sheet.name == CHOICES else 0
    name = sheet.name or path.name
    for note in sheet.notes:
        yield _told(_in(place, note.row, note.column), name, note.text, is_comment=True)
    texts = list(_texts(sheet))
    if own:
        for row, column, text in texts:
            if column > own:
                yield _told(_in(place, row, column), name, text)
    elif texts:
        row, column, _ = texts[0]
        yield _told(_in(place, row, column), name, _together(text for _, _, text in texts))


def _in(place: CellPlace, row: int, column: int) -> CellPlace:
    return CellPlace(place.report, place.file, place.sheet, row, column)


def _together(texts: Iterable[str]) -> str:
    """The beginning of what a sheet says, and how much more there is."""
    whole = " | ".join(" ".join(text.split()) for text in texts)
    more = len(whole) - _FIRST
    return whole if more <= 0 else f"{whole[:_FIRST]}… ({say(f'{more} tecken till', f'{more} more characters')})"


def _told(place: CellPlace, about: str, text: str, *, is_comment: bool = False) -> Remark:
    what = (
        say("en kommentar", "a comment") if is_comment else say("en text utanför tabellen", "a text outside the table")
    )
    message = say(
        f"{what} läses inte in i modellen: ”{' '.join(text.split())[:_FIRST]}”. Ta upp det",
        f'{what} is not read into the model: "{" ".join(text.split())[:_FIRST]}". Take it up',
    )
    place.warning("B854", message)
    persons_are_told(text, place)
    return Remark(about, place.short, text)
