"""A row that is deleted from a need of several suppliers is no answer: the supplier stays, and it is told and taken up."""

from datetime import date

import pytest
from interop.questionnaire.forms import NETWORK, TABLES, Form, made, model, told
from openpyxl import load_workbook

from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx

TODAY = date(2026, 11, 22)


def taken_up(answers) -> list[tuple[str, str, str]]:
    return [
        (one["gäller"], one["uppgift"], one["i klartext"])
        for one in entries(answers, NETWORK, TODAY)
        if one["ärende"] == "borttaget ur formuläret"
    ]


@pytest.mark.parametrize(("gone", "stays"), [("tele2", "telia"), ("telia", "tele2")])
def test_a_deleted_row_of_alternatives_keeps_its_supplier(tmp_path, gone, stays):
    form = Form(tmp_path)
    form.book["Behov"].delete_rows(form.row("Behov", "fk", 2, gone))
    answers = form.read()
    assert made(answers) == {}
    assert told(answers) == [("B850", "info", form.row("Behov", "fk", 2, stays), 3)]
    name = NETWORK.entity[gone].name
    assert taken_up(answers) == [
        ("fk", f"behovet av telia / tele2: raden för {gone}", f"Kassan: behovet av Telia / Tele2: raden för {name}")
    ]


def test_a_deleted_row_of_shares_keeps_its_share(tmp_path):
    form = Form(tmp_path)
    form.book["Behov"].delete_rows(form.row("Behov", "fk", 3, "bank2"))
    answers = form.read()
    assert made(answers) == {}
    assert [one[1] for one in taken_up(answers)] == ["behovet av bank1 / bank2: raden för bank2"]


def test_a_row_that_goes_still_goes_beside_one_that_is_deleted(tmp_path):
    form = Form(tmp_path)
    row = form.row("Behov", "fk", 2, "telia")
    form.put("Behov", row, ändring="bort")
    assert made(form.read()) == {"fk[1].any_of": ["tele2"]}
    form.book["Behov"].delete_rows(row + 1)
    answers = form.read()
    assert made(answers) == {"fk[1].any_of": ["tele2"]}
    assert [one[:2] for one in told(answers)] == [("B850", "info")]


def test_a_supplier_written_over_another_takes_its_place(tmp_path):
    form = Form(tmp_path)
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), till="bank2")
    answers = form.read()
    assert made(answers) == {"fk[1].any_of": ["telia", "bank2"]}
    assert taken_up(answers) == []


def test_of_a_row_written_over_and_one_deleted_the_name_beside_tells_which_is_which(tmp_path):
    entity = TABLES["entity"][0]
    needs = [one | {"any_of": ["telia", "tele2", "bank1"]} if "any_of" in one else one for one in entity["needs"]]
    wider = model(TABLES | {"entity": [entity | {"needs": needs}, *TABLES["entity"][1:]]})
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(wider, "fk")))
    form.book = load_workbook(form.path)
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), till="bank2")
    form.book["Behov"].delete_rows(form.row("Behov", "fk", 2, "bank1"))
    form.book.save(form.path)
    answers = read_form(form.path, wider, source="Kassan")
    assert made(answers) == {"fk[1].any_of": ["telia", "bank1", "bank2"]}
    assert [one.column for one in answers.absent] == ["raden för bank1"]
