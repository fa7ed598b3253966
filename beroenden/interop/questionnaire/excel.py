"""The questionnaire in an Excel workbook: a sheet to read first, the parts, and those who deliver to choose from."""

import math
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from beroenden.analysis.words import kind_words
from beroenden.errors import UsageError
from beroenden.interop.questionnaire import prefilled
from beroenden.interop.questionnaire.columns import NEEDS, OTHERS, RESOURCES, Column, Part
from beroenden.interop.questionnaire.content import CHOICES, Form, Row
from beroenden.interop.questionnaire.guide import (
    facts,
    hint_of,
    instructions,
    note_of,
    part_note,
    shown_parts,
    title_of,
    warning,
)
from beroenden.interop.questionnaire.values import Cell
from beroenden.language import say
from beroenden.modelfiles.findings import visible

_MOST = 32_767
"""UTF-16 units in a cell, by Excel's own limit."""
_HEAD = 2
"""The row of the headings, from 0; above it what the sheet is for, and how its columns are written."""
_NEW, _SPARE = 8, 200
"""Empty rows below that are drawn, few lest they fill a page on paper, and those that have drop-downs."""
_LINE, _HIGHEST = 15.0, 409.0
"""Points: of a line of text, and of a row by Excel's own limit."""
_PAGE = 140.0
"""Characters across a page of A4 on its side, in a size that people read."""
_NOTES = (22, 95)
"""Widths of the two columns of the sheet to read first."""
_GRID = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
_READ_ONLY = {"bg_color": "#F2F2F2", "font_color": "#404040"}


def write(book: Any, form: Form, reply_to: str) -> None:
    """Write all sheets.

    Raises:
        UsageError: when a text is longer than a cell of Excel holds.
    """
    writer = _Writer(book, form)
    writer.write_guide(reply_to)
    for part in shown_parts(form):
        writer.write_part(part)
    writer.write_choices()
    writer.write_prefilled()


def _height(cells: Iterable[tuple[object, float]]) -> float:
    """Points that a row needs for its wrapped texts, each in a column of some characters; not every program reckons it."""
    texts = ((str(value), max(int(width) - 1, 1)) for value, width in cells if value is not None)
    lines = max(
        (sum(len(textwrap.wrap(part, width)) or 1 for part in text.split("\n")) for text, width in texts), default=1
    )
    return min(_HIGHEST, _LINE * lines)


def _decimals(level: float) -> str:
    """The format that shows a level with the decimals that it has, four at most."""
    exact = (Decimal(repr(float(level))) * 100).normalize()
    count = min(max(-int(exact.as_tuple().exponent), 0), 4)
    return f"0.{'0' * count} %" if count else "0 %"


class _Writer:
    """One workbook while it is being written."""

    def __init__(self, book: Any, form: Form) -> None:
        self.book, self.form = book, form
        self.formats: dict[tuple[str, bool], Any] = {}
        self.heading = book.add_format({**_GRID, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True})
        self.hint = book.add_format({"italic": True, "font_size": 9, "font_color": "#595959", "text_wrap": True})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"valign": "top", "text_wrap": True})
        self.bullet = book.add_format({"valign": "top", "align": "right"})
        self.strong = book.add_format(
            {"valign": "top", "text_wrap": True, "bold": True, "bg_color": "#FFEB9C", "border": 1}
        )

    def write_guide(self, reply_to: str) -> None:
        """Läs mig: what it is for, how it is answered, what the columns hold."""
        sheet = self.book.add_worksheet(say("Läs mig", "Read me"))
        for index, width in enumerate(_NOTES):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, title_of(self.form), self.title)
        row = self._pairs(sheet, 2, facts(self.form, reply_to)) + 1
        sheet.set_row(row, _height([(warning(), _NOTES[1])]))
        sheet.write_string(row, 0, say("Viktigt", "Important"), self.strong)
        sheet.write_string(row, 1, warning(), self.strong)
        row += 2
        for text in instructions(self.form):
            sheet.set_row(row, _height([(text, _NOTES[1])]))
            sheet.write_string(row, 0, "•", self.bullet)
            sheet.write_string(row, 1, text, self.plain)
            row += 1
        for part in shown_parts(self.form):
            notes = [(column.name, note_of(part, column)) for column in part.columns]
            row = self._pairs(sheet, row + 1, notes, (part.name, part_note(part)))
        self._set_up_print(sheet)

    def write_part(self, part: Part) -> None:
        """One part: what it is for, its columns, its rows, and empty ones."""
        sheet, rows = self.book.add_worksheet(part.name), self.form.rows[part.name]
        sheet.write_string(0, 0, part_note(part), self.plain_line)
        for index, column in enumerate(part.columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(_HEAD - 1, index, hint_of(column), self.hint)
            sheet.write_string(_HEAD, index, column.name, self.heading)
            sheet.write_comment(_HEAD, index, note_of(part, column), {"x_scale": 2, "author": ""})
        sheet.set_row(_HEAD - 1, _height((hint_of(one), one.width) for one in part.columns))
        sheet.set_row(_HEAD, _height((one.name, one.width) for one in part.columns))
        for place, row in enumerate(rows, start=_HEAD + 1):
            self._write_row(sheet, place, part, row)
        self._write_empty(sheet, part, _HEAD + 1 + len(rows))
        self._help(sheet, part, len(rows))

    @property
    def plain_line(self) -> Any:
        """A text on one line, however long."""
        return self._format("line", False)

    def _write_row(self, sheet: Any, place: int, part: Part, row: Row) -> None:
        cells = [(row.cells[column.name], column.width) for column in part.columns]
        sheet.set_row(place, _height((value, width) for value, width in cells if isinstance(value, str)))
        for index, column in enumerate(part.columns):
            self._write_cell(sheet, place, index, column, row.cells[column.name], self._is_read_only(part, column))

    def _is_read_only(self, part: Part, column: Column) -> bool:
        if part is OTHERS:
            return column.name not in ("stämmer", "kommentar")
        return column.holds == "shown" or column.name in ("id", "nr")

    def _write_cell(self, sheet: Any, row: int, index: int, column: Column, value: Cell, is_read_only: bool) -> None:
        kind = {"level": "level", "date": "date", "money": "money", "count": "number"}.get(column.holds, "text")
        if value is None or value == "":
            sheet.write_blank(row, index, None, self._format("0 %" if kind == "level" else kind, is_read_only))
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day)
            sheet.write_datetime(row, index, moment, self._format("date", is_read_only))
        elif isinstance(value, str):
            self._write_text(sheet, row, index, column.name, value, self._format("text", is_read_only))
        else:
            shown = _decimals(value) if kind == "level" else kind
            sheet.write_number(row, index, value, self._format(shown, is_read_only))

    def _write_text(self, sheet: Any, row: int, index: int, name: str, text: str, form: Any) -> None:
        if len(text.encode("utf-16-le")) // 2 > _MOST:
            raise UsageError(
                say(
                    f"{name} är på en rad längre än de {_MOST} tecken som en cell i Excel rymmer. Skriv formuläret som "
                    "CSV (-o MAPP), eller korta texten i modellen.",
                    f"{name} is in one row longer than the {_MOST} characters that a cell in Excel holds. Write the form "
                    "as CSV (-o FOLDER), or shorten the text in the model.",
                )
            )
        if text.startswith("<r>") and text.endswith("</r>"):  # else it would be taken for marked-up text
            sheet.write_rich_string(row, index, text[0], self.plain, text[1:], form)
        else:
            sheet.write_string(row, index, text, form)

    def _format(self, kind: str, is_read_only: bool) -> Any:
        """The format of a kind of cell, made once."""
        if (kind, is_read_only) not in self.formats:
            shown = {"date": "yyyy-mm-dd", "number": "#,##0", "money": "#,##0"}
            made = {**_GRID, "align": "left", "text_wrap": True, **(_READ_ONLY if is_read_only else {})}
            if kind == "line":
                made = {"italic": True, "font_color": "#404040"}
            elif kind == "kept":
                made |= {"text_wrap": False}
            elif kind != "text":
                made |= {
                    "num_format": shown.get(kind, kind),
                    "align": "left" if kind == "date" else "right",
                    "text_wrap": False,
                }
            self.formats[kind, is_read_only] = self.book.add_format(made)
        return self.formats[kind, is_read_only]

    def _write_empty(self, sheet: Any, part: Part, first: int) -> None:
        """Empty rows for what is new, where something new may be told."""
        if part not in (RESOURCES, NEEDS):
            return
        for row in range(first, first + _NEW):
            for index, column in enumerate(part.columns):
                self._write_cell(sheet, row, index, column, None, column.holds == "shown")

    def _help(self, sheet: Any, part: Part, count: int) -> None:
        """What helps to fill in: a frozen head, a filter, drop-downs, print set-up."""
        first, is_open = _HEAD + 1, part in (RESOURCES, NEEDS)
        last = _HEAD + count + (_SPARE if is_open else 0)
        named = 3 if part is NEEDS else 2
        sheet.freeze_panes(first, named)
        sheet.autofilter(_HEAD, 0, _HEAD + count + (_NEW if is_open else 0), len(part.columns) - 1)
        for index, column in enumerate(part.columns):
            source = self._choices(column)
            if source and last >= first:
                sheet.data_validation(first, index, last, index, _list(column, source))
        self._set_up_print(sheet, math.ceil(sum(one.width for one in part.columns) / _PAGE))
        sheet.set_landscape()
        sheet.print_across()
        sheet.repeat_rows(_HEAD - 1, _HEAD)
        sheet.repeat_columns(0, named - 1)

    def _choices(self, column: Column) -> str | list[str]:
        """What a cell is chosen from: words, the actor's own, or all that it may see; nothing of what is only read."""
        if column.holds == "word":
            return [*(word for word, _ in column.words), *(["okänt"] if column.may_be_unknown else [])]
        if column.holds != "entity":
            return ""
        if column.name == "från":
            return f"={RESOURCES.name}!$A${_HEAD + 2}:$A${_HEAD + 1 + len(self.form.rows[RESOURCES.name]) + _NEW}"
        return f"={CHOICES}!$A$2:$A${1 + len(self.form.choices)}"

    def write_choices(self) -> None:
        """Those who deliver: all entities that the actor may see."""
        sheet = self.book.add_worksheet(CHOICES)
        widths = (30, 60, 18)
        heads = ("id", say("leverantörens namn", "the provider's name"), say("sort", "sort"))
        for index, (width, head) in enumerate(zip(widths, heads, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, head, self.heading)
        for row, (one, name, kind) in enumerate(self.form.choices, start=1):
            texts = (one, visible(name), kind_words(kind))
            sheet.set_row(row, _height(zip(texts, widths, strict=True)))
            for index, text in enumerate(texts):
                sheet.write_string(row, index, text, self._format("text", True))
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self._set_up_print(sheet)

    def write_prefilled(self) -> None:
        """What the form was filled in with: to be compared with, not to be read or printed."""
        sheet, widths = self.book.add_worksheet(prefilled.NAME), (14, 30, 5, 30, 26, 60)
        sheet.write_string(0, 0, prefilled.note(), self.plain_line)
        for index, (width, head) in enumerate(zip(widths, prefilled.HEADS, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(_HEAD - 1, index, head, self.heading)
        for row, texts in enumerate(prefilled.told_rows(self.form), start=_HEAD):
            for index, text in enumerate(texts):
                self._write_text(sheet, row, index, texts[4], text, self._format("kept", True))
        sheet.freeze_panes(_HEAD, 0)
        sheet.print_area(0, 0, 0, len(widths) - 1)
        self._set_up_print(sheet)

    def _pairs(
        self, sheet: Any, row: int, pairs: Sequence[tuple[str, str]], head: tuple[str, str] | None = None
    ) -> int:
        """Write rows of two cells, and a head above; the row after them."""
        if head is not None:
            sheet.set_row(row, _height(zip(head, _NOTES, strict=True)))
            for index, text in enumerate(head):
                sheet.write_string(row, index, text, self.heading)
            row += 1
        for place, pair in enumerate(pairs, start=row):
            sheet.set_row(place, _height(zip(pair, _NOTES, strict=True)))
            for index, text in enumerate(pair):
                sheet.write_string(place, index, text, self._format("text", False))
        return row + len(pairs)

    def _set_up_print(self, sheet: Any, across: int = 1) -> None:
        """A4, so many pages wide; the label in the head and foot of every page, in its own size whatever the scale."""
        sheet.set_paper(9)
        sheet.fit_to_pages(across, 0)
        sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        name = visible(self.form.actor.name)[:80].replace("&", "&&")
        label = f'&R&"-,Bold"&12 {self.form.label}'
        fixed = {"scale_with_doc": False}
        sheet.set_header(f"&L{say('Formulär om beroenden', 'Questionnaire on dependencies')}: {name}{label}", fixed)
        sheet.set_footer(f"&L{say('Sida', 'Page')} &P {say('av', 'of')} &N{label}", fixed)


def _list(column: Column, source: str | list[str]) -> dict[str, Any]:
    """A drop-down; of entities another may be written all the same, since it may be new or named by its name."""
    is_free = column.holds == "entity"
    wrong = (
        say(
            "Det står inte i listan. Är det nytt, skriv ny i ändring.",
            "It is not in the list. If it is new, write ny in ändring.",
        )
        if is_free
        else say("Välj ett av värdena i listan.", "Choose one of the values in the list.")
    )
    kind = "information" if is_free else "stop" if not column.may_be_unknown else "warning"
    return {
        "validate": "list",
        "source": source,
        "error_type": kind,
        "error_title": column.name[:32],
        "error_message": wrong,
    }
