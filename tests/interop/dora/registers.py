"""Registers to read: those of tests/files/dora, with rows changed, as a folder, a report package or a workbook."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from beroenden.interop.dora.read import Imported, read_dora

FILES = Path(__file__).parents[2] / "files/dora"
BANK, SAVINGS = "549300EXEMPELBANK048", "549300EXEMPELSPAR066"
OPERATIONS, CLOUD, TELECOM, HALLS = (
    "529900EXEMPELDRIFT59",
    "529900EXEMPELMOLN058",
    "529900EXEMPELTELE074",
    "529900EXEMPELHALL091",
)
LABELS = {
    "eba_CT:x12": "Credit institutions",
    "eba_BT:x28": "Yes",
    "eba_BT:x29": "No",
    "eba_BT:x21": "Assessment not performed",
    "eba_ZZ:x793": "High",
    "eba_ZZ:x791": "Low",
    "eba_ZZ:x797": "4. Full reliance",
    "eba_ZZ:x796": "Material reliance",
    "eba_ZZ:x960": "Highly complex substitutability",
    "eba_ZZ:x962": "Easily substitutable",
    "eba_TA:S14": "ICT operation management (including maintenance)",
    "eba_TA:S19": "Cloud services: SaaS",
    "S10": "Telecom carrier",
    "eba_TA:S10": "Telecom carrier",
    "eba_CO:x2": "Overarching contractual arrangement",
    "eba_qCO:qx2000": "LEI",
    "eba_qCO:qx2004": "SE_VAT",
}
"""What a workbook has instead of codes."""


class Given:
    """A register whose rows a test may change: for each template its headings and its rows."""

    def __init__(self, name: str = "exempelbanken") -> None:
        (self.root,) = (FILES / name).iterdir()
        self.parts = {path.relative_to(self.root).as_posix(): path.read_bytes() for path in _files(self.root)}
        self.tables: dict[str, list[list[str]]] = {}
        for name in [one for one in self.parts if "/b_" in one]:
            self.tables[_code(name)] = list(csv.reader(io.StringIO(self.parts.pop(name).decode())))

    def put(self, template: str, row: int, column: str, value: str) -> "Given":
        """Write a cell; rows count from 1 below the headings."""
        table = self.tables[template]
        table[row][table[0].index(column)] = value
        return self

    def add(self, template: str, *cells: str) -> "Given":
        """Add a row, filled up with empty cells."""
        table = self.tables[template]
        table.append([*cells, *[""] * (len(table[0]) - len(cells))])
        return self

    def csvs(self) -> dict[str, bytes]:
        """The files of the package."""
        made = dict(self.parts)
        for code, rows in self.tables.items():
            stream = io.StringIO()
            csv.writer(stream).writerows(rows)
            made[f"reports/{code.lower()}.csv"] = stream.getvalue().encode()
        return made

    def zip(self, folder: Path, name: str = "register.zip") -> Path:
        """Write a report package."""
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in self.csvs().items():
                archive.writestr(f"{self.root.name}/{part}", content)
        return path

    def xlsx(self, folder: Path, *, labels: bool = True, prefix: str = "B_") -> Path:
        """Write a workbook with a title, the codes, and an explaining row on each sheet."""
        book = Workbook()
        book.active.title = "Read me"
        for code, rows in self.tables.items():
            sheet = book.create_sheet(f"{prefix}{code[2:]}")
            sheet.append(["Template", code])
            sheet.append([f"{prefix}{code[2:]}.{one[1:]}" for one in rows[0]])
            sheet.append(["Alphanumerical"] * len(rows[0]))
            for row in rows[1:]:
                sheet.append([_as_typed(LABELS.get(one, one) if labels else one) for one in row])
        path = folder / "register.xlsx"
        book.save(path)
        return path

    def read(self, folder: Path) -> Imported:
        """Read it as a report package."""
        return read_dora([self.zip(folder)], "en")

    def codes(self, folder: Path) -> list[str]:
        """Codes and severities of its findings."""
        return [f"{one.severity} {one.code}" for one in self.read(folder).findings]


def _files(root: Path) -> list[Path]:
    return [path for path in sorted(root.rglob("*")) if path.is_file()]


def _code(name: str) -> str:
    return f"B_{name.rpartition('/b_')[2].removesuffix('.csv')}"


def _as_typed(text: str) -> Any:
    return int(text) if text.isdigit() and len(text) < 9 else text or None
