"""The questionnaire as files: an Excel workbook, or CSV files in a folder."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable

from beroenden.interop.delimited import guarded
from beroenden.interop.questionnaire import prefilled
from beroenden.interop.questionnaire.content import Form
from beroenden.interop.questionnaire.excel import write
from beroenden.interop.questionnaire.guide import facts, instructions, shown_parts, title_of, warning
from beroenden.interop.questionnaire.values import as_text

_TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')
GUIDE = "las-mig.csv"


def xlsx(form: Form, reply_to: str = "") -> bytes:
    """The questionnaire as a workbook, in the language that is spoken. The same form gives the same bytes.

    Args:
        form: What it holds.
        reply_to: Where it is sent; by default to the sender.

    Raises:
        UsageError: when a text is longer than a cell of Excel holds.
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title_of(form), "subject": form.label})
        write(book, form, reply_to)
    return _finished(stream.getvalue())


def csv_files(form: Form, reply_to: str = "") -> dict[str, bytes]:
    """The questionnaire as a Swedish Excel opens it, by name of file: semicolons, UTF-8 with a byte order mark."""
    guide = [
        (title_of(form), ""),
        *facts(form, reply_to),
        ("", warning()),
        *(("", text) for text in instructions(form)),
    ]
    made = {GUIDE: _csv(guide)}
    for part in shown_parts(form):
        names = [column.name for column in part.columns]
        rows = ([as_text(row.cells[one.name], one) for one in part.columns] for row in form.rows[part.name])
        made[part.file] = _csv([names, *rows])
    made[prefilled.FILE] = _csv([prefilled.HEADS, *prefilled.told_rows(form)])
    return made


def _csv(rows: Iterable[Iterable[str]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _finished(content: bytes) -> bytes:
    """The workbook without when it was made, and with rows that grow with what is written in them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.infolist():
            text = read.read(part)
            if part.filename == "docProps/core.xml":
                text = _TIMES.sub(b"", text)
            elif part.filename.startswith("xl/worksheets/sheet"):
                text = _FIXED_HEIGHT.sub(rb"\1", text)
            part.create_system = 0  # the same bytes from every system
            written.writestr(part, text)
    return stream.getvalue()
