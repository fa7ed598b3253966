"""The inject list of an exercise as a file: an Excel workbook or CSV."""

import csv
import io
import re
import zipfile

from beroenden.exercise.exercise import Exercise
from beroenden.interop.delimited import guarded
from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.excel import label_of, title_of, write
from beroenden.interop.inject_list.values import as_text, value_of
from beroenden.interop.inject_list.version import NAME, stamp_text
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.units.times import time_zone

_TIMES = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_FIXED_HEIGHT = re.compile(rb'(<row [^>]*) customHeight="1"')


def xlsx(exercise: Exercise, network: Network) -> bytes:
    """The list as a workbook, in the language of the exercise. The same exercise gives the same bytes.

    Raises:
        UsageError: when a text is longer than a cell of Excel holds.
    """
    import xlsxwriter

    stream = io.BytesIO()
    with writing_in(exercise.language):
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(stream, options) as book:
            book.set_properties({"title": title_of(exercise), "subject": label_of(exercise)})
            write(book, exercise, network)
    return _finished(stream.getvalue())


def csv_text(exercise: Exercise, network: Network) -> bytes:
    """The list as a Swedish Excel opens it: semicolons, UTF-8 with a byte order mark, Windows' ends of lines."""
    stream, zone = io.StringIO(newline=""), time_zone(network.timezone)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(column.name for column in COLUMNS), NAME])
    for one in exercise.injects:
        cells = (guarded(as_text(value_of(one, column, exercise, zone), column)) for column in COLUMNS)
        writer.writerow([*cells, stamp_text(one, exercise, zone)])
    return stream.getvalue().encode("utf-8-sig")


def _finished(content: bytes) -> bytes:
    """The workbook without when it was made, and with rows that grow with what is written in them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        for part in read.infolist():
            text = read.read(part)
            if part.filename == "docProps/core.xml":
                text = _TIMES.sub(b"", text)
            elif part.filename.startswith("xl/worksheets/"):
                text = _FIXED_HEIGHT.sub(rb"\1", text)
            part.create_system = 0  # the same bytes from every system
            written.writestr(part, text)
    return stream.getvalue()
