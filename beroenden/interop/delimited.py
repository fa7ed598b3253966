"""CSV files as spreadsheets save them: any delimiter, any encoding, and cells that no spreadsheet takes for formulas."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator

from beroenden.errors import UsageError
from beroenden.interop.sheets import LONGEST, TITLES, Faulty, Sheet, Value, heading_row, with_line_ends
from beroenden.language import say

_DELIMITERS = ";,\t"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ERRORS = (
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!",
    "#REFERENS!", "#SAKNAS!", "#NAMN?", "#VÄRDEFEL!", "#DIVISION/0!", "#SKÄRNING!", "#OGILTIGT!",
)  # fmt: skip
"""What formulas give that failed, in English and Swedish."""


def guarded(text: str) -> str:
    """The text for a cell of a CSV file, with an apostrophe first where it would be taken for a formula, or the error of one.

    >>> guarded("=1+1"), guarded("'-1"), guarded("1")
    ("'=1+1", "''-1", '1')
    """
    return f"'{text}" if _looks_computed(text.lstrip("'")) else text


def unguarded(text: str) -> str:
    """The text of a cell of a CSV file, without the apostrophe that `guarded` gives it."""
    return text[1:] if text.startswith("'") and _looks_computed(text.lstrip("'")) else text


def _looks_computed(text: str) -> bool:
    return text.startswith(_FORMULA) or _is_error(text)


def _is_error(text: str) -> bool:
    return text.strip().upper() in _ERRORS


def text_of(content: bytes) -> str:
    """The text of a CSV file in any of the encodings in which spreadsheets save it."""
    try:
        text = content.decode("utf-16") if content.startswith(_UTF_16) else _decoded(content)
    except UnicodeDecodeError as error:
        raise UsageError(_no_text()) from error
    if "\0" in text:
        raise UsageError(_no_text())
    return text


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _no_text() -> str:
    return say(
        "filen är varken en arbetsbok eller text; spara listan som .xlsx eller som CSV UTF-8",
        "the file is neither a workbook nor text; save the list as .xlsx or as CSV UTF-8",
    )


def divided(text: str, is_heading: Callable[[str], bool]) -> Sheet:
    """The cells of a CSV file; Excel's own first line "sep=;" tells the delimiter, and is no row."""
    told = re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text, re.IGNORECASE)
    if told:
        return Sheet("", dict(_records(text[told.end() :], told[1])))
    return Sheet("", dict(_records(text, max(_DELIMITERS, key=lambda one: _headings(text, one, is_heading)))))


def _headings(text: str, delimiter: str, is_heading: Callable[[str], bool]) -> int:
    """How many headings stand in one row, if the file is divided so."""
    rows: dict[int, dict[int, Value | Faulty]] = {}
    try:
        for number, cells in _records(text, delimiter):
            rows[number] = cells
            if len(rows) == TITLES:
                break
    except UsageError:
        pass  # what was read until then may show the headings
    return heading_row(Sheet("", rows), is_heading)[1]


def _records(text: str, delimiter: str) -> Iterator[tuple[int, dict[int, Value | Faulty]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, start=1):
            if number > LONGEST:
                raise UsageError(say(f"filen har över {LONGEST} rader", f"the file has over {LONGEST} rows"))
            if cells := dict(_cells(record)):
                yield number, cells
    except csv.Error as error:
        line = reader.line_num
        message = say(
            f"citattecknen går inte ihop vid textrad {line}: en cell med citattecken eller radbrytning ska stå inom "
            '"…", och " i den skrivas ""',
            f"the quotation marks do not match at line {line} of the text: a cell with quotation marks or line breaks "
            'stands within "…", and " in it is written ""',
        )
        raise UsageError(message) from error


def _cells(record: Iterable[str]) -> Iterator[tuple[int, Value | Faulty]]:
    for column, raw in enumerate(record, start=1):
        text = with_line_ends(raw)
        if text:
            yield column, Faulty(text) if _is_error(text) else unguarded(text)
