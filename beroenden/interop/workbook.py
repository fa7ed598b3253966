"""Other people's sheets, from Excel or CSV: read so that nothing in them does harm and every cell keeps its place.

A workbook is never trusted: it is measured before it is unpacked, its XML expands and fetches nothing (defusedxml), macros
and external links are not read, and a formula is no value, since what it once gave may be out of date.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from beroenden.errors import UsageError, why_unreadable
from beroenden.interop.delimited import divided, text_of
from beroenden.interop.notes import notes_of
from beroenden.interop.sheets import LONGEST, Faulty, Merged, Sheet, Value, with_line_ends
from beroenden.language import say
from beroenden.modelfiles.findings import Report

LARGEST = 100_000_000
"""Bytes, unpacked."""
_TIGHTEST, _SMALL = 100, 10_000_000
"""Bytes out of one byte in; sheets pack well, so only what unpacks to more than `_SMALL` is held to it."""
_WIDEST = 200
"""Columns that are read of a sheet."""
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"


def read_sheets(path: Path, report: Report, code: str, is_heading: Callable[[str], bool]) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one of a CSV file; none, and an error, of a file that cannot be read.

    Args:
        path: The file; what it is shows in its content, whatever it is called.
        report: Hears why it cannot be read.
        code: The code of that finding.
        is_heading: Whether a text is a heading of the table that is looked for; it tells how a CSV file is divided.
    """
    try:
        content = _content(path)
        if content.startswith((_OLE, _ZIP)):
            return tuple(_sheets_of(content))
        return (divided(text_of(content), is_heading),)
    except UsageError as refused:
        report.file(code, path, str(refused))
    return ()


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(_too_large())
        return path.read_bytes()
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"filen går inte att läsa: {reason}", f"the file cannot be read: {reason}")) from error


def _too_large() -> str:
    most = LARGEST // 1_000_000
    return say(
        f"filen är större än {most} MB uppackad, eller orimligt hårt packad, och läses inte; spara bara listan i en ny "
        "arbetsbok",
        f"the file is larger than {most} MB unpacked, or packed beyond reason, and is not read; save the list alone in a "
        "new workbook",
    )


def _sheets_of(content: bytes) -> Iterator[Sheet]:
    """The sheets of a workbook that has been measured first."""
    if content.startswith(_OLE):
        raise UsageError(_why_not_ole(content))
    try:
        _check_package(content)
        yield from _opened(content)
    except UsageError:
        raise
    except Exception as error:  # a damaged or hostile workbook makes the reader raise nearly anything
        raise UsageError(
            say(
                "arbetsboken är skadad eller inte ordentligt skriven; öppna den i Excel eller LibreOffice och spara den "
                "som ny .xlsx",
                "the workbook is damaged or not properly written; open it in Excel or LibreOffice and save it as a new "
                ".xlsx",
            )
        ) from error


def _why_not_ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return say(
            "arbetsboken har lösenord; ta bort det (Arkiv > Info > Skydda arbetsbok) och spara som ny .xlsx",
            "the workbook has a password; remove it (File > Info > Protect Workbook) and save as a new .xlsx",
        )
    return say(
        "filen är av den gamla sorten .xls; öppna den och spara som .xlsx",
        "the file is of the old kind .xls; open it and save as .xlsx",
    )


def _check_package(content: bytes) -> None:
    """Refuse what is no workbook of the kind that is read, or would not fit in memory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
        if size > LARGEST or (size > _SMALL and size > _TIGHTEST * packed):
            raise UsageError(_too_large())
        if any(part.flag_bits & 1 for part in parts):
            raise UsageError(say("filen har lösenord; spara den utan", "the file has a password; save it without"))
        if "mimetype" in names and b"opendocument" in archive.read("mimetype"):
            raise UsageError(_save_as_xlsx(say("i OpenDocument-format (.ods)", "in OpenDocument format (.ods)")))
        if "xl/workbook.bin" in names:
            raise UsageError(_save_as_xlsx(say("en binär arbetsbok (.xlsb)", "a binary workbook (.xlsb)")))
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            raise UsageError(_save_as_xlsx(say("ingen arbetsbok", "no workbook")))
        for part in parts:
            _check_prolog(archive, part)


def _check_prolog(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse XML that declares anything of its own: no office program writes that, and not every parser below is safe."""
    from defusedxml.ElementTree import ParseError, iterparse

    with archive.open(part) as stream, suppress(ParseError):  # a picture
        next(iterparse(stream, events=("start",), forbid_dtd=True), None)


def _save_as_xlsx(what: str) -> str:
    return say(
        f"filen är {what}; öppna den och spara den som .xlsx", f"the file is {what}; open it and save it as .xlsx"
    )


def _opened(content: bytes) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that are of no use here
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from [_sheet(archive, sheet) for sheet in book.worksheets]


def _sheet(archive: zipfile.ZipFile, sheet: Any) -> Sheet:
    """The cells of a sheet and its merged ranges, which openpyxl does not tell when it only reads."""
    sheet.reset_dimensions()  # other programs write wrong ones
    rows: dict[int, dict[int, Value | Faulty]] = {}
    for number, row in enumerate(sheet.iter_rows(max_col=_WIDEST), start=1):
        if number > LONGEST:
            raise UsageError(_too_long(sheet.title))
        cells = {column: value for column, cell in enumerate(row, start=1) if (value := _value(cell)) is not None}
        if cells:
            rows[number] = cells
    part = sheet._worksheet_path
    return Sheet(sheet.title, rows, tuple(_merged(archive, part)), tuple(notes_of(archive, part)))


def _too_long(sheet: str) -> str:
    return say(
        f"bladet {sheet} går längre ner än rad {LONGEST}; ta bort raderna under listan, även tomma som är formaterade",
        f"sheet {sheet} goes below row {LONGEST}; delete the rows below the list, also empty ones that are formatted",
    )


def _value(cell: Any) -> Value | Faulty | None:
    value = cell.value
    if value is None:
        return None
    if cell.data_type in ("f", "e"):
        return Faulty(str(getattr(value, "text", value)))
    if isinstance(value, str):
        return with_line_ends(re.sub("_x000[BDbd]_", "\r", value)) or None
    return value  # type: ignore[no-any-return]


def _merged(archive: zipfile.ZipFile, part: str) -> Iterator[Merged]:
    from defusedxml.ElementTree import iterparse

    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            if element.tag.endswith("}mergeCell"):
                name = str(element.get("ref", ""))
                lines = [int(one) for one in re.findall(r"\d{1,7}", name)]
                if lines:
                    yield Merged(name, min(lines), max(lines))
            if element.tag.endswith("}row"):
                element.clear()
