"""The list of conflicts as CSV, as spreadsheets open and save it."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.errors import FaultyFilesError, UsageError, why_unreadable
from beroenden.interop.delimited import divided, guarded, text_of
from beroenden.interop.sheets import CellPlace, Faulty, Sheet, Value
from beroenden.language import say
from beroenden.modelfiles.merging.settling import COLUMNS, READ, SWEDISH, rows, settled_of

if TYPE_CHECKING:
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.merging.conflicts import Conflict, Settled


def conflicts_csv(conflicts: "Iterable[Conflict]") -> bytes:
    """The list, with semicolons and a byte order mark as Excel wants them."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([say(*both) for both in zip(SWEDISH, COLUMNS, strict=True)])
    writer.writerows([guarded(_in_words(name, row[name])) for name in COLUMNS] for row in rows(conflicts))
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _in_words(column: str, value: str) -> str:
    from beroenden.analysis.quality.wording import confidence_words

    return confidence_words(value) if column in ("a_confidence", "b_confidence") and value else value


def settled_rows(path: Path, report: "Report") -> "list[Settled]":
    """What was settled in the list; faults go to the report with row and column."""
    sheet = _sheet(path)
    heading = next((number for number, row in sheet.rows.items() if set(map(_column, row.values())) >= {*READ}), None)
    if heading is None:
        told = say("kolumnerna ska vara ", "the columns should be ") + "; ".join(_said(one) for one in READ)
        CellPlace(report, path, sheet.name, 1).error("B728", told)
        return []
    columns = {_column(value): column for column, value in sheet.rows[heading].items()}
    found = []
    for number, cells in sheet.rows.items():
        if number > heading:
            row = {name: _plain(cells.get(columns.get(name, 0), "")) for name in COLUMNS}
            place = CellPlace(report, path, sheet.name, number, columns["take"], _said("take"))
            found.append(settled_of(row, place, (str(path), number, columns["take"])))
    return [one for one in found if one is not None]


def _sheet(path: Path) -> Sheet:
    try:
        return divided(text_of(path.read_bytes()), lambda text: text.strip().lower() in {*COLUMNS, *SWEDISH})
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"{path} går inte att läsa: {reason}.", f"{path} cannot be read: {reason}.")) from error
    except UsageError as error:
        raise FaultyFilesError([f"{path}:1:1: error B728 {error}"]) from error


def _column(value: Value | Faulty) -> str:
    """The column that a heading is of, in either language."""
    return dict(zip(SWEDISH, COLUMNS, strict=True)).get(_text(value), _text(value))


def _said(column: str) -> str:
    return say(SWEDISH[COLUMNS.index(column)], column)


def _plain(value: Value | Faulty) -> str:
    return value.text if isinstance(value, Faulty) else str(value)


def _text(value: Value | Faulty) -> str:
    return _plain(value).strip().lower()
