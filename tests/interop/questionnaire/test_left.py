"""Answers on what the model has no more: the rest of the form is read, and they are kept to be taken up."""

from datetime import date

import pytest
from interop.questionnaire.forms import NETWORK, Form, made, told
from openpyxl import load_workbook

import beroenden
from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.apply import apply
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx
from beroenden.modelfiles.editing.editable import Editable, open_model

TODAY = date(2026, 11, 22)


@pytest.fixture
def opened(tmp_path) -> Editable:
    path = tmp_path / "model.toml"
    beroenden.save(NETWORK, path)
    return open_model(path)


def read(form: Form, opened: Editable) -> Answers:
    form.book.save(form.path)
    return read_form(form.path, opened.network, source="Kassan")


def left(answers: Answers, opened: Editable) -> list[tuple[str, str, str]]:
    listed = entries(answers, opened.network, TODAY)
    return [
        (one["gäller"], one["uppgift"], one["kommentar"]) for one in listed if one["ärende"] == "svar mot nyare uppgift"
    ]


def test_an_answer_on_a_need_that_was_removed_meanwhile(tmp_path, opened):
    """Those behind it have other numbers now, and are read."""
    opened.remove_need("entity:fk", 0)
    form = Form(tmp_path)
    row = form.row("Behov", "fk", 1)
    form.put("Behov", row, "yyyy-mm-dd", verifierad=date(2026, 11, 20))
    form.put("Behov", row, uthållighet="6h").put("Resurser", 4, mtpd="20h")
    form.put("Behov", form.row("Behov", "fk", 2, "telia"), uthållighet="3h")
    answers = read(form, opened)
    assert made(answers) == {"fk.mtpd": "20h", "fk[0].endurance": "3h"}
    assert told(answers) == [("B852", "warning", row, 2)]
    assert "need of fk-sys" in answers.findings[0].message
    assert left(answers, opened) == [
        (
            "fk",
            "behovet av fk-sys: uthållighet, verifierad",
            "svaret 6h, 2026-11-20 är inte inläst; modellen hade inte längre behovet av fk-sys",
        )
    ]


def test_an_answer_on_a_need_that_the_actor_itself_has_taken_away(tmp_path, opened):
    gone, form = Form(tmp_path), Form(tmp_path)
    gone.put("Behov", gone.row("Behov", "fk", 2, "telia"), ändring="bort")
    gone.put("Behov", gone.row("Behov", "fk", 2, "tele2"), ändring="bort")
    apply(opened, read(gone, opened).changes)
    row = form.row("Behov", "fk", 2, "telia")
    answers = read(form.put("Behov", row, uthållighet="6h"), opened)
    assert made(answers) == {} and told(answers) == [("B852", "warning", row, 2)]
    assert [one[:2] for one in left(answers, opened)] == [("fk", "behovet av telia / tele2: uthållighet")]


def test_an_answer_is_never_read_into_the_next_need_of_the_same(tmp_path, opened):
    opened.set("entity:fk", "needs[1]", {"provider": "fk-sys", "what": "Filer", "endurance": "2h"})
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    opened.remove_need("entity:fk", 0)
    form.put("Behov", form.row("Behov", "fk", 1), uthållighet="6h")
    form.put("Behov", form.row("Behov", "fk", 2), vad="Filer och listor")
    assert made(read(form, opened)) == {"fk[0].what": "Filer och listor"}


@pytest.mark.parametrize("mark", ["bort", "row deleted"])
def test_of_two_suppliers_that_are_not_shared_an_answer_is_only_read_of_its_own(tmp_path, opened, mark):
    """What each is for tells them apart, also where the one that is left goes."""
    opened.add("entity", {"id": "dold", "name": "Dold", "kind": "supplier", "tlp": "TLP:RED"})
    opened.add_need("entity:fk", {"provider": "dold", "what": "Moln", "endurance": "2h"})
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    opened.remove_need("entity:fk", 3)
    drift, moln = form.row("Behov", "fk", 4), form.row("Behov", "fk", 5)
    form.put("Behov", drift, uthållighet="2 dygn")
    if mark == "bort":
        form.put("Behov", moln, ändring="bort")
    else:
        form.book["Behov"].delete_rows(moln)
    answers = read(form, opened)
    assert ("B852", "warning", drift, 2) in told(answers)
    assert made(answers) == ({"fk[3]": None} if mark == "bort" else {})
    assert [one[:2] for one in left(answers, opened)] == [
        ("fk", "behovet av beroende som inte delas (nr 4 i formuläret, Drift): uthållighet")
    ]


def test_of_two_suppliers_that_are_not_shared_the_right_one_goes_though_the_other_was_exchanged(tmp_path, opened):
    opened.add("entity", {"id": "dold", "name": "Dold", "kind": "supplier", "tlp": "TLP:RED"})
    opened.add_need("entity:fk", {"provider": "dold", "what": "Moln"})
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    opened.set("entity:fk", "needs[3].provider", "telia")
    form.put("Behov", form.row("Behov", "fk", 5), ändring="bort")
    assert made(read(form, opened)) == {"fk[4]": None}


def test_two_rows_of_one_nr_are_still_a_fault(tmp_path, opened):
    opened.set("entity:fk", "rto", "4h")
    form = Form(tmp_path)
    row = form.free("Behov")
    form.put("Behov", row, från="fk", nr=1, till="bank2")
    assert ("B844", "error", row, 2) in told(read(form, opened))


def test_what_has_another_id_since_is_told_with_it(tmp_path, opened):
    opened.rename("fk-sys", "kassasystem")
    form = Form(tmp_path)
    form.put("Resurser", 5, rto="6h").put("Resurser", 4, mtpd="20h")
    need = form.row("Behov", "fk", 1)
    form.put("Behov", need, uthållighet="6h")
    answers = read(form, opened)
    assert made(answers) == {"fk.mtpd": "20h"}
    warnings = [
        (one.code, one.line, one.column, one.suggestion) for one in answers.findings if one.severity == "warning"
    ]
    assert warnings == [("B852", 5, 1, "kassasystem"), ("B852", need, 3, "kassasystem")]
    assert left(answers, opened) == [
        ("fk-sys", "rto", "svaret 6h är inte inläst; modellen hade inte längre resursen"),
        ("fk", "behovet av fk-sys: uthållighet", "svaret 6h är inte inläst; modellen hade inte längre fk-sys"),
    ]
    form.put("Resurser", 5, id="kassasystem").put("Behov", need, till="kassasystem")
    assert made(read(form, opened)) == {"fk.mtpd": "20h", "kassasystem.rto": "6h", "fk[0].endurance": "6h"}


def test_a_supplier_that_has_another_id_since_is_told_with_it(tmp_path, opened):
    opened.rename("bank1", "storbanken")
    form = Form(tmp_path)
    row = form.row("Behov", "fk", 3, "bank1")
    answers = read(form.put("Behov", row, uthållighet="6h"), opened)
    assert [(one.line, one.column, one.suggestion) for one in answers.findings if one.severity == "warning"] == [
        (row, 3, "storbanken")
    ]


def test_what_the_model_has_under_another_id_already_is_not_taken_up_again(tmp_path, opened):
    form = Form(tmp_path)
    form.put("Resurser", 5, rto="6h").put("Behov", form.row("Behov", "fk", 1), uthållighet="okänt", anmärkning="Provas")
    apply(opened, read(form, opened).changes)
    opened.rename("fk-sys", "kassasystem")
    again = read(form, opened)
    assert made(again) == {} and left(again, opened) == []
    assert [one for one in told(again) if one[1] == "warning"] == []
    opened.set("entity:fk", "needs[0].note", "Provat")
    [one] = left(read(form, opened), opened)
    assert one == (
        "fk",
        "behovet av fk-sys: anmärkning",
        "svaret Provas är inte inläst; modellen hade inte längre fk-sys",
    )


def test_a_payment_that_is_gone(tmp_path, opened):
    opened.rename("bidrag", "stod")
    answers = read(Form(tmp_path).put("Betalningar", 4, prioritet=3), opened)
    assert told(answers)[0] == ("B852", "warning", 4, 1)
    assert left(answers, opened) == [
        ("bidrag", "prioritet", "svaret 3 är inte inläst; modellen hade inte längre betalningen")
    ]


def test_an_id_that_never_was_there_is_still_a_fault(tmp_path, opened):
    opened.set("entity:fk", "rto", "4h")
    answers = read(Form(tmp_path).put("Resurser", 5, id="fk-sis"), opened)
    assert ("B844", "error", 5, 1) in told(answers)
