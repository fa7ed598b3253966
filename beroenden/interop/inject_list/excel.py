"""The inject list in an Excel workbook: the list, and a sheet that explains it."""

import textwrap
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from beroenden.errors import UsageError
from beroenden.exercise.exercise import GAP_EN, GAP_SV, Exercise
from beroenden.interop.inject_list.columns import COLUMNS, Column
from beroenden.interop.inject_list.guide import column_notes, instructions, recipients
from beroenden.interop.inject_list.values import elapsed_text, value_of
from beroenden.interop.inject_list.version import NAME, WIDTH, stamp_text
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import visible
from beroenden.units.durations import DAY
from beroenden.units.times import time_zone

_MOST = 32_767
"""UTF-16 units in a cell, by Excel's own limit."""
_SPARE = 200
"""Rows below the list that have its drop-downs, for new injects."""
_LINE, _HIGHEST = 15.0, 409.0
"""Points: of a line of text, and of a row by Excel's own limit."""
_NOTES = (20, 90)
"""Widths of the two columns of the sheet that explains."""
_FORMATS = {"elapsed": "[h]:mm", "moment": "yyyy-mm-dd hh:mm"}


def write(book: Any, exercise: Exercise, network: Network) -> None:
    """Write both sheets.

    Raises:
        UsageError: when a text is longer than a cell of Excel holds.
    """
    _Writer(book, exercise, network).write()


def _height(cells: Iterable[tuple[object, float]]) -> float:
    """Points that a row needs for its wrapped texts, each in a column of some characters; not every program reckons it."""
    texts = ((str(value), int(width)) for value, width in cells if value is not None)
    lines = max(
        (sum(len(textwrap.wrap(part, width)) or 1 for part in text.split("\n")) for text, width in texts), default=1
    )
    return min(_HIGHEST, _LINE * lines)


def title_of(exercise: Exercise) -> str:
    """The title of the workbook."""
    return f"{say('Inspelslista', 'Inject list')} – {visible(exercise.name)[:120]}"


def label_of(exercise: Exercise) -> str:
    """The label of every page."""
    return f"{exercise.tlp} {say('ÖVNING', 'EXERCISE')}".strip()


class _Writer:
    """One workbook while it is being written."""

    def __init__(self, book: Any, exercise: Exercise, network: Network) -> None:
        self.book, self.exercise, self.network = book, exercise, network
        self.zone = time_zone(network.timezone)
        cell = {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
        self.text = book.add_format({**cell, "text_wrap": True, "align": "left"})
        self.formats = {
            column.name: book.add_format({**cell, "num_format": _FORMATS[column.holds], "align": "left"})
            if column.holds in _FORMATS
            else self.text
            for column in COLUMNS
        }
        below = {"valign": "top", "text_wrap": True, "align": "left"}
        self.new = {
            one.holds: book.add_format({**below, "num_format": _FORMATS.get(one.holds, "General")}) for one in COLUMNS
        }
        self.heading = book.add_format({**cell, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True})
        self.gap = book.add_format({"bg_color": "#FFEB9C"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bullet = book.add_format({"valign": "top", "align": "right"})
        self.plain = book.add_format({"valign": "top", "text_wrap": True})

    def write(self) -> None:
        """Both sheets."""
        sheet, guide = self.book.add_worksheet("Inspel"), self.book.add_worksheet(say("Läs mig", "Read me"))
        chosen = self._write_guide(guide)
        self._write_list(sheet)
        self._help(sheet, chosen)
        for one in (sheet, guide):
            self._set_up_print(one)
        guide.fit_to_pages(1, 0)
        # The columns to inspel and those after it are as wide, so that two pages across, which fit any font, part there.
        sheet.fit_to_pages(2, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.repeat_columns(0)

    def _write_list(self, sheet: Any) -> None:
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, column.width, self.new[column.holds])
            sheet.write_string(0, index, column.name, self.heading)
        # Hidden, since nobody edits it; sorted with the rows, and saved as CSV too.
        sheet.set_column(len(COLUMNS), len(COLUMNS), WIDTH, self.text, {"hidden": True})
        sheet.write_string(0, len(COLUMNS), NAME, self.heading)
        for row, one in enumerate(self.exercise.injects, start=1):
            values = [value_of(one, column, self.exercise, self.zone) for column in COLUMNS]
            texts = [
                (value, column.width) for value, column in zip(values, COLUMNS, strict=True) if column.holds == "text"
            ]
            sheet.set_row(row, _height(texts))
            for index, (column, value) in enumerate(zip(COLUMNS, values, strict=True)):
                self._write_cell(sheet, row, index, column, value)
            sheet.write_string(row, len(COLUMNS), stamp_text(one, self.exercise, self.zone), self.text)

    def _write_cell(self, sheet: Any, row: int, index: int, column: Column, value: str | int | datetime | None) -> None:
        form = self.formats[column.name]
        if value is None or value == "":
            sheet.write_blank(row, index, None, form)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, index, value, form)
        elif isinstance(value, str):
            self._write_text(sheet, row, index, column, value)
        elif column.holds != "elapsed":
            sheet.write_number(row, index, value, form)
        elif value < 0:  # Excel shows no time below 0
            sheet.write_string(row, index, elapsed_text(value), form)
        else:
            sheet.write_number(row, index, value / DAY, form)

    def _write_text(self, sheet: Any, row: int, index: int, column: Column, text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > _MOST:
            number = self.exercise.injects[row - 1].number
            raise UsageError(
                say(
                    f"Inspel {number}: {column.name} är längre än de {_MOST} tecken som en cell i Excel rymmer. Korta "
                    "texten, eller skriv listan som CSV.",
                    f"Inject {number}: {column.name} is longer than the {_MOST} characters that a cell in Excel holds. "
                    "Shorten the text, or write the list as CSV.",
                )
            )
        if text.startswith("<r>") and text.endswith("</r>"):  # else it would be taken for marked-up text
            sheet.write_rich_string(row, index, text[0], self.plain, text[1:], self.text)
        else:
            sheet.write_string(row, index, text, self.text)

    def _help(self, sheet: Any, chosen: dict[str, str]) -> None:
        """What helps to fill in: a frozen head, a filter, drop-downs, gaps that are seen."""
        last, width = len(self.exercise.injects), len(COLUMNS)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, width)
        wrong = say("Välj ett av värdena i listan.", "Choose one of the values in the list.")
        for index, column in enumerate(COLUMNS):
            source = chosen.get(column.name) or list(column.words)
            if source:
                told = {"error_title": column.name, "error_message": wrong, "show_error": column.holds != "text"}
                sheet.data_validation(1, index, last + _SPARE, index, {"validate": "list", "source": source, **told})
        for gap in (GAP_SV, GAP_EN):
            rule = {"type": "text", "criteria": "containing", "value": gap, "format": self.gap}
            sheet.conditional_format(1, 0, last + _SPARE, width, rule)

    def _write_guide(self, sheet: Any) -> dict[str, str]:
        """Write the sheet that explains; by column the cells from which its values are chosen, as a formula."""
        for index, width in enumerate(_NOTES):
            sheet.set_column(index, index, width)
        sheet.write_string(0, 0, title_of(self.exercise), self.title)
        sheet.write_string(1, 0, label_of(self.exercise), self.title)
        row = 3
        for text in instructions():
            sheet.set_row(row, _height([(text, _NOTES[1])]))
            sheet.write_string(row, 0, "•", self.bullet)
            sheet.write_string(row, 1, text, self.plain)
            row += 1
        row = self._write_pairs(sheet, row + 1, (say("Kolumn", "Column"), say("Innehåll", "Content")), column_notes())
        chosen = {
            "till": (say("Mottagare", "Recipient"), "A", recipients(self.exercise, self.network)),
            "övningsmål": (
                say("Övningens mål, att välja bland eller skriva om", "The exercise's goals, to choose from or reword"),
                "B",
                tuple((str(place), goal) for place, goal in enumerate(self.exercise.goals, 1)),
            ),
        }
        cells = {}
        for name, (about, column, pairs) in chosen.items():
            if pairs:
                first = row + 3
                cells[name] = f"='{sheet.get_name()}'!${column}${first}:${column}${first + len(pairs) - 1}"
                row = self._write_pairs(sheet, row + 1, (name, about), pairs)
        return cells

    def _write_pairs(self, sheet: Any, row: int, head: tuple[str, str], pairs: tuple[tuple[str, str], ...]) -> int:
        for index, text in enumerate(head):
            sheet.write_string(row, index, text, self.heading)
        for below, pair in enumerate(pairs, start=1):
            sheet.set_row(row + below, _height(zip(pair, _NOTES, strict=True)))
            for index, text in enumerate(pair):
                sheet.write_string(row + below, index, visible(text), self.text)
        return row + len(pairs) + 1

    def _set_up_print(self, sheet: Any) -> None:
        """A4; the label in the head and foot of every page, in its own size whatever the scale."""
        sheet.set_paper(9)
        sheet.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
        name = visible(self.exercise.name)[:80].replace("&", "&&")
        label = f'&R&"-,Bold"&12 {label_of(self.exercise)}'
        fixed = {"scale_with_doc": False}
        sheet.set_header(f"&L{say('Inspelslista', 'Inject list')}: {name}{label}", fixed)
        sheet.set_footer(f"&L{say('Sida', 'Page')} &P {say('av', 'of')} &N{label}", fixed)
