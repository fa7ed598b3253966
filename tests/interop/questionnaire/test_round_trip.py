"""What was written changes nothing when it is read, whatever stands in the model."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from interop.questionnaire.forms import NETWORK, Form, told
from modelfiles.strategies import networks

import beroenden
from beroenden.interop.questionnaire.content import actors_of, form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import csv_files, xlsx
from beroenden.model.network import Network

SOES = Path(__file__).parents[3] / "models" / "soes"
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def comes_back_unchanged(network: Network, actor: str, folder: Path) -> None:
    form = form_of(network, actor)
    book = folder / f"{actor}.xlsx"
    book.write_bytes(xlsx(form))
    twins = folder / actor
    twins.mkdir()
    for name, content in csv_files(form).items():
        (twins / name).write_bytes(content)
    for path in (book, twins):
        answers = read_form(path, network)
        assert answers.actor == actor
        assert (answers.changes, answers.unknown, answers.findings) == ((), (), ()), (path, answers)


@pytest.mark.parametrize("actor", ["forsakringskassan", "swedbank", "kommunerna", "telia"])
def test_a_form_of_the_model(tmp_path, actor):
    network, _ = beroenden.load(SOES)
    comes_back_unchanged(network, actor, tmp_path)


def any_model(folder: Path, network: Network) -> None:
    for actor in actors_of(network):
        comes_back_unchanged(network, actor, folder)


@given(networks())
@settings(QUIET, max_examples=10)
def test_forms_of_any_model(tmp_path_factory, network):
    any_model(tmp_path_factory.mktemp("former"), network)


@pytest.mark.sweep
@given(networks())
@settings(QUIET, max_examples=200)
def test_forms_of_many_models(tmp_path_factory, network):
    any_model(tmp_path_factory.mktemp("former"), network)


def test_the_same_form_is_the_same_bytes():
    assert xlsx(form_of(NETWORK, "fk")) == xlsx(form_of(NETWORK, "fk"))


def test_sorted_moved_and_blank_it_says_the_same(tmp_path):
    """Rows in another order, a column elsewhere, an empty row between, cells emptied: nothing changes."""
    form = Form(tmp_path)
    sheet = form.book["Behov"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=9)]
    sheet.delete_rows(4, 6)
    for place, row in enumerate([*rows[::-1]], start=5):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value
    resources = form.book["Resurser"]
    resources.move_range(f"D3:D{resources.max_row}", cols=20)
    form.put("Resurser", 4, namn=None, rto="", mbco="  ")
    answers = form.read()
    assert (answers.changes, told(answers)) == ((), [("B850", "info", 4, 2), ("B850", "info", 4, 5)])


def test_on_paper_a_wide_sheet_is_more_pages_not_smaller_letters(tmp_path):
    book = Form(tmp_path).book
    assert {sheet.title: sheet.page_setup.fitToWidth for sheet in book} == {
        "Läs mig": None, "Resurser": 2, "Behov": 3, "Betalningar": 2, "Andra om oss": 2, "Leverantörer": None,
        "Ifyllt": None,
    }  # fmt: skip
    for sheet in book:
        assert int(sheet.page_setup.paperSize) == 9
    assert (book["Behov"].print_title_rows, book["Behov"].print_title_cols) == ("$2:$3", "$A:$C")
    assert book["Resurser"].page_setup.orientation == "landscape"
