"""Speed of registers of 10 000 rows: wanted under 10 s, cold, from the command to the model. Nothing is asserted about time."""

import csv
import io
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

ROOT = Path(__file__).parents[2]
BANK = "549300EXEMPELBANK048"
HEADS = {
    "b_01.01": 6,
    "b_01.02": 11,
    "b_02.01": 5,
    "b_02.02": 18,
    "b_05.01": 12,
    "b_05.02": 7,
    "b_06.01": 10,
    "b_07.01": 12,
}


def tables(contracts: int = 1_000, seed: int = 2026) -> dict[str, list[list[str]]]:
    """A register of some 10 000 rows: a thousand contracts, each for several functions and countries, with subcontractors."""
    draw = random.Random(seed)
    providers = [f"VAT{number:06d}" for number in range(400)]
    functions = [f"F{number}" for number in range(1, 301)]
    rows: dict[str, list[list[str]]] = {name: [] for name in HEADS}
    rows["b_01.01"] = [[BANK, "Banken", "eba_GA:SE", "eba_CT:x12", "FI", "2025-12-31"]]
    rows["b_01.02"] = [
        [BANK, "Banken", "eba_GA:SE", "eba_CT:x12", "eba_RP:x53", BANK, "", "", "9999-12-31", "eba_CU:SEK", "1"]
    ]
    rows["b_05.01"] = [
        [one, "eba_qCO:qx2004", "", "", f"Leverantör {one}", "", "", "eba_GA:SE", "", "", "", ""] for one in providers
    ]
    rows["b_06.01"] = [
        [one, "eba_TA:x28", f"Funktion {one}", BANK, "eba_BT:x28", "", "", "4", "1", "eba_ZZ:x793"] for one in functions
    ]
    for number in range(contracts):
        contract, service = f"A-{number}", f"eba_TA:S{draw.randint(1, 19):02d}"
        chain = draw.sample(providers, 3)
        rows["b_02.01"].append([contract, "eba_CO:x1", "", "eba_CU:SEK", "1000"])
        for function in draw.sample(functions, 2):
            for country in ("SE", "FI"):
                start = [
                    contract,
                    BANK,
                    chain[0],
                    "eba_qCO:qx2004",
                    function,
                    service,
                    "2020-01-01",
                    "9999-12-31",
                    "",
                    "90",
                    "90",
                ]
                rows["b_02.02"].append(
                    [
                        *start,
                        *[f"eba_GA:{country}"] * 2,
                        "eba_BT:x28",
                        *[f"eba_GA:{country}"] * 2,
                        "eba_ZZ:x793",
                        "eba_ZZ:x797",
                    ]
                )
        for rank, provider in enumerate(chain, start=1):
            recipient = chain[rank - 2] if rank > 1 else ""
            rows["b_05.02"].append([contract, service, provider, "eba_qCO:qx2004", str(rank), recipient, ""])
        rows["b_07.01"].append(
            [
                contract,
                chain[0],
                "eba_qCO:qx2004",
                service,
                "eba_ZZ:x961",
                "",
                "",
                "eba_BT:x28",
                "eba_ZZ:x798",
                "eba_ZZ:x792",
                "eba_BT:x28",
                "",
            ]
        )
    return {name: [[f"c{10 * one:04d}" for one in range(1, HEADS[name] + 1)], *found] for name, found in rows.items()}


def as_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables().items():
            stream = io.StringIO()
            csv.writer(stream).writerows(rows)
            archive.writestr(f"reports/{name}.csv", stream.getvalue())


def as_xlsx(path: Path) -> None:
    book = Workbook(write_only=True)
    for name, rows in tables().items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


@pytest.mark.parametrize(("name", "write"), [("register.zip", as_zip), ("register.xlsx", as_xlsx)])
def test_a_register_of_10_000_rows_cold(benchmark, tmp_path, name, write):
    path, model = tmp_path / name, tmp_path / "model"
    write(path)
    assert sum(len(rows) - 1 for rows in tables().values()) > 9_500
    code = "from beroenden.cli.interop_dora import dora; dora()"
    arguments = [sys.executable, "-c", code, str(path), "-o", str(model), "--force"]
    benchmark.pedantic(
        lambda: subprocess.run(arguments, check=True, cwd=ROOT, capture_output=True), rounds=3, warmup_rounds=1
    )
    assert (model / "model.toml").stat().st_size > 1_000_000
