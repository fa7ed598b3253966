"""The list through LibreOffice Calc: saved anew it reads the same, and it prints two pages wide."""

import shutil
import subprocess
from pathlib import Path

import pytest
from interop.inject_list.lists import MODEL, planned

from beroenden.interop.inject_list.columns import COLUMN, COLUMNS
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import csv_text, xlsx

SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"
COMMAS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
"""Cells as they are shown."""


def saved_as(path: Path, form: str) -> Path:
    """The file as LibreOffice saves it; skips where there is no LibreOffice, or one without Calc."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = path.parent / "ny"
    profile = f"-env:UserInstallation={(path.parent / 'profil').as_uri()}"
    divided = ["--infilter=CSV:59,34,76,1,,1053"] if path.suffix == ".csv" else []
    command = [program, profile, "--headless", *divided, "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, capture_output=True, timeout=120, check=False)
    found = list(folder.glob("*")) if folder.is_dir() else []
    if not found:
        pytest.skip("LibreOffice without Calc")
    return found[0]


@pytest.mark.sweep
@pytest.mark.parametrize("form", ["xlsx", SEMICOLONS, COMMAS])
@pytest.mark.parametrize("name", ["inspel.xlsx", "inspel.csv"])
def test_saved_anew_it_reads_the_same(tmp_path, name, form):
    path = tmp_path / name
    path.write_bytes(xlsx(planned(), MODEL) if name.endswith("xlsx") else csv_text(planned(), MODEL))
    made, findings = read_list(saved_as(path, form), planned(), MODEL)
    assert made == planned(), findings


@pytest.mark.sweep
def test_it_prints_two_pages_wide_that_part_after_the_text(tmp_path):
    path = tmp_path / "inspel.xlsx"
    path.write_bytes(xlsx(planned(), MODEL))
    printed = saved_as(path, "pdf")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    ).stdout
    *pages, guide, end = text.split("\f")
    names, part = [column.name for column in COLUMNS], 1 + list(COLUMN).index("inspel")
    heads = [page.split("\n\n", 1)[1].split("\n", 1)[0].split() for page in pages]
    assert heads == [names[:part], ["nr", *names[part:]]]
    assert all("TLP:AMBER+STRICT ÖVNING" in page for page in (*pages, guide))
    assert not end
