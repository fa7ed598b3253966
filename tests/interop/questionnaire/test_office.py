"""The questionnaire through LibreOffice Calc: saved anew it reads the same, and it is readable on paper."""

import shutil
import subprocess

import pytest
from interop.inject_list.test_office import saved_as
from interop.questionnaire.test_round_trip import SOES

import beroenden
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import csv_files, xlsx
from beroenden.language import writing_in

ACTORS = ("forsakringskassan", "swedbank", "csn")
SEMICOLONS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,{sheet}"


@pytest.mark.sweep
@pytest.mark.parametrize("actor", ACTORS)
def test_a_workbook_saved_anew(tmp_path, actor):
    network, _ = beroenden.load(SOES)
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx(form_of(network, actor)))
    answers = read_form(saved_as(path, "xlsx"), network)
    assert (answers.actor, answers.changes, answers.findings) == (actor, (), ())


@pytest.mark.sweep
@pytest.mark.parametrize("sheet", [2, 3, 4])
def test_a_sheet_saved_as_csv(tmp_path, sheet):
    """Cells as they are shown."""
    network, _ = beroenden.load(SOES)
    path = tmp_path / "form.xlsx"
    path.write_bytes(xlsx(form_of(network, "forsakringskassan")))
    answers = read_form(saved_as(path, SEMICOLONS.format(sheet=sheet)), network, actor="forsakringskassan")
    assert (answers.changes, answers.findings) == ((), ())


@pytest.mark.sweep
def test_a_csv_file_saved_anew(tmp_path):
    network, _ = beroenden.load(SOES)
    for name, content in csv_files(form_of(network, "forsakringskassan")).items():
        if name in ("resurser.csv", "behov.csv", "betalningar.csv"):
            folder = tmp_path / name
            folder.mkdir()
            path = folder / name
            path.write_bytes(content)
            answers = read_form(saved_as(path, SEMICOLONS.format(sheet=0)), network, actor="forsakringskassan")
            assert (answers.changes, answers.findings) == ((), ()), name


@pytest.mark.sweep
def test_on_paper_each_page_says_whose_row_it_is(tmp_path):
    network, _ = beroenden.load(SOES)
    path = tmp_path / "form.xlsx"
    with writing_in("sv"):
        path.write_bytes(xlsx(form_of(network, "forsakringskassan")))
    printed = saved_as(path, "pdf")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert all(page.count("TLP:AMBER") >= 2 for page in pages)
    heads = [page for page in pages if "ändring" in page and "anmärkning" in page and "Läs mig" not in page][1:]
    assert heads and all("namn" in page or "från" in page for page in heads)
    width = subprocess.run(["pdfinfo", str(printed)], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in width
