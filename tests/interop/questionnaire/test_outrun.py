"""A form that is older than the model: what nobody has touched never puts back what is newer, and each such cell is told."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interop.questionnaire.forms import NETWORK, Form, made
from openpyxl import load_workbook

import beroenden
from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.apply import apply
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import csv_files, xlsx
from beroenden.model.network import Network
from beroenden.modelfiles.editing.editable import Editable, open_model
from beroenden.units.durations import format_duration

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def opened(tmp_path) -> Editable:
    path = tmp_path / "model.toml"
    beroenden.save(NETWORK, path)
    return open_model(path)


def read(form: Form, network: Network) -> Answers:
    form.book.save(form.path)
    return read_form(form.path, network, source="Kassan")


def told(answers: Answers) -> list[tuple[str, int, int]]:
    return [(one.severity, one.line, one.column) for one in answers.findings if one.code == "B852"]


def test_an_untouched_cell_never_changes_the_model(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "rto", "4h")
    opened.set("entity:fk", "verified", date(2026, 12, 1))
    opened.set("entity:fk", "needs[0].endurance", "9h")
    opened.set("payment:bidrag", "priority", 15)
    answers = read(form.put("Resurser", 4, mtpd="20h"), opened.network)
    assert made(answers) == {}
    assert told(answers) == [
        ("warning", 4, 4),  # mtpd, of what has been verified since
        ("info", 4, 5),
        ("info", 4, form.column("Resurser", "verifierad")),
        ("info", form.row("Behov", "fk", 1), form.column("Behov", "uthållighet")),
        ("info", 4, form.column("Betalningar", "prioritet")),
    ]
    (found,) = [one for one in answers.findings if (one.line, one.column) == (4, 5) and "rto" in one.message]
    assert "then 8h, now 4h" in found.message


def test_an_answer_over_what_is_newer_is_told_in_its_cell(tmp_path, opened):
    opened.set("entity:fk", "rto", "4h")
    form = Form(tmp_path).put("Resurser", 4, rto="6h")
    answers = read(form, opened.network)
    assert made(answers) == {"fk.rto": "6h"}
    assert told(answers) == [("warning", 4, 5)]


def test_an_answer_against_what_is_verified_later_is_not_read(tmp_path, opened):
    """Though the meeting has put back the very value that the form was filled in with."""
    form = Form(tmp_path).put("Betalningar", 4, prioritet=10)
    apply(opened, read(form, opened.network).changes)
    opened.set("payment:bidrag", "priority", 1)
    opened.set("payment:bidrag", "verified", date(2026, 11, 21))
    answers = read(form, opened.network)
    assert answers.changes == ()
    place = (4, form.column("Betalningar", "prioritet"))
    (found,) = [one for one in answers.findings if (one.line, one.column) == place]
    assert (found.code, found.severity) == ("B852", "warning")
    assert "(1) is verified 2026-11-21" in found.message and '"10"' in found.message
    (listed,) = [one for one in entries(answers, opened.network, date(2026, 11, 22)) if one["uppgift"] == "prioritet"]
    assert (listed["ärende"], listed["gäller"]) == ("svar mot nyare uppgift", "bidrag")
    assert listed["kommentar"] == "svaret 10 är inte inläst; modellen hade 1, verifierad 2026-11-21"


def test_an_answer_that_its_actor_verifies_later_still_is_read(tmp_path, opened):
    form = Form(tmp_path).put("Betalningar", 4, prioritet=10, verifierad=date(2026, 11, 23))
    opened.set("payment:bidrag", "verified", date(2026, 11, 21))
    answers = read(form, opened.network)
    assert made(answers) == {"bidrag.priority": 10, "bidrag.verified": date(2026, 11, 23)}
    assert [one for one in told(answers) if one[0] == "warning"] == []


def test_a_form_put_right_is_read_over_what_it_said_itself(tmp_path, opened):
    """The day in the model is the one of the form, and no one else has said anything since."""
    form = Form(tmp_path).put("Betalningar", 4, prioritet=10, verifierad=date(2026, 11, 23))
    apply(opened, read(form, opened.network).changes)
    assert made(read(form.put("Betalningar", 4, prioritet=9), opened.network)) == {"bidrag.priority": 9}
    opened.set("payment:bidrag", "source", f"Möte 4; {opened.get('payment:bidrag', 'source')}")
    assert made(read(form, opened.network)) == {}


def test_of_a_need_the_day_of_its_entity_holds(tmp_path, opened):
    opened.set("entity:fk", "verified", date(2026, 11, 21))
    form = Form(tmp_path)
    row = form.row("Behov", "fk", 1)
    form.put("Behov", row, uthållighet="5h").put("Behov", form.row("Behov", "fk", 4), ändring="bort")
    answers = read(form, opened.network)
    assert answers.changes == ()
    assert ("warning", row, form.column("Behov", "uthållighet")) in told(answers)
    assert [(one.answer, one.is_read) for one in answers.outrun] == [("5h", False), ("bort", False)]
    form.put("Resurser", 4, verifierad=date(2026, 11, 22))
    assert [one.kind for one in read(form, opened.network).changes if one.key not in ("source", "verified")] == [
        "changed",
        "removed",
    ]


def test_an_answer_over_what_is_newer_but_not_verified_is_read_and_taken_up(tmp_path, opened):
    opened.set("entity:fk", "rto", "4h")
    answers = read(Form(tmp_path).put("Resurser", 4, rto="6h"), opened.network)
    (listed,) = [one for one in entries(answers, opened.network, date(2026, 11, 22)) if one["uppgift"] == "rto"]
    assert listed["kommentar"] == "svaret 6h är inläst; modellen hade 4h"


def test_a_day_that_is_typed_but_older_is_not_read(tmp_path, opened):
    opened.set("entity:fk", "verified", date(2026, 12, 1))
    answers = read(Form(tmp_path).put("Resurser", 4, verifierad=date(2026, 11, 2)), opened.network)
    assert made(answers) == {}
    assert [one[0] for one in told(answers)] == ["warning"]


def test_of_a_form_that_does_not_tell_an_older_day_is_not_read(tmp_path):
    path = tmp_path / "model.toml"
    beroenden.save(NETWORK, path)
    opened = open_model(path)
    opened.set("entity:fk", "verified", date(2026, 12, 1))
    form = Form(tmp_path).put("Resurser", 4, verifierad=date(2026, 10, 20), mtpd="20h")
    del form.book["Ifyllt"]
    answers = read(form, opened.network)
    assert made(answers) == {"fk.mtpd": "20h"}
    assert ("warning", 4, form.column("Resurser", "verifierad")) in told(answers)


def test_an_untouched_provider_and_group_stay(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[0].provider", "bank2")
    opened.set("entity:fk", "needs[1].any_of", ["telia", "bank2"])
    answers = read(form, opened.network)
    assert made(answers) == {} and answers.outrun == ()
    assert told(answers) == [("info", form.row("Behov", "fk", 1), 3), ("info", form.row("Behov", "fk", 2), 3)]


@pytest.mark.parametrize("verified", [None, date(2026, 11, 23)])
@pytest.mark.parametrize(
    ("index", "key", "now", "row", "was"),
    [
        (0, "provider", "bank2", (1, "fk-sys"), "fk-sys"),
        (1, "any_of", ["telia", "bank2"], (2, "telia"), "telia, tele2"),
    ],
)
def test_an_answer_on_a_supplier_is_not_read_of_the_one_in_its_place(
    tmp_path, opened, index, key, now, row, was, verified
):
    form = Form(tmp_path)
    opened.set("entity:fk", f"needs[{index}].{key}", now)
    if verified:
        opened.set("entity:fk", f"needs[{index}].verified", verified)
    line = form.row("Behov", "fk", *row)
    sent = form.book["Behov"].cell(line, form.column("Behov", "uthållighet")).value
    for answer, kept in (({"uthållighet": "5h"}, "5h"), ({"uthållighet": sent, "ändring": "bort"}, "bort")):
        answers = read(form.put("Behov", line, **answer), opened.network)
        assert made(answers) == {} and told(answers) == [("warning", line, 2)]
        assert f"of {was}" in next(one.message for one in answers.findings if one.severity == "warning")
        (listed,) = entries(answers, opened.network, date(2026, 11, 24))
        assert (listed["ärende"], listed["gäller"]) == ("svar mot nyare uppgift", "fk")
        assert listed["kommentar"] == f"svaret {kept} är inte inläst; modellen hade inte längre behovet av {was}"


def test_an_answer_is_read_of_a_group_that_others_have_come_to(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[1].any_of", ["telia", "tele2", "bank2"])
    row = form.row("Behov", "fk", 2, "telia")
    answers = read(form.put("Behov", row, uthållighet="5h"), opened.network)
    assert made(answers) == {"fk[1].endurance": "5h"} and told(answers) == [("info", row, 3)]


def test_all_that_is_answered_of_one_thing_is_taken_up_together(tmp_path, opened):
    opened.set("entity:fk", "verified", date(2026, 11, 20))
    form = Form(tmp_path).put("Resurser", 4, rto="6h", säkerhet="låg", verifierad=date(2026, 11, 10))
    answers = read(form, opened.network)
    (listed,) = entries(answers, opened.network, date(2026, 11, 22))
    assert listed["uppgift"] == "rto, säkerhet"
    assert listed["kommentar"] == (
        "svaret rto 6h, säkerhet låg, verifierad 2026-11-10 är inte inläst; modellen hade rto 8h, säkerhet tomt, verifierad "
        "2026-11-20"
    )
    alone = Form(tmp_path).put("Resurser", 4, verifierad=date(2026, 11, 10))
    (listed,) = entries(read(alone, opened.network), opened.network, date(2026, 11, 22))
    assert (listed["uppgift"], listed["kommentar"]) == (
        "verifierad",
        "svaret 2026-11-10 är inte inläst; modellen hade 2026-11-20",
    )


def taken_up(answers: Answers, network: Network) -> list[str]:
    listed = entries(answers, network, date(2026, 11, 22))
    return [one["kommentar"] for one in listed if one["ärende"] == "svar mot nyare uppgift"]


def test_who_goes_and_who_is_new_is_taken_up_with_what_is_said_of_it(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[1].verified", date(2026, 11, 20))
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), ändring="bort", anmärkning="Uppsagt")
    answers = read(form, opened.network)
    assert made(answers) == {}
    assert taken_up(answers, opened.network) == [
        "svaret tele2 bort (Uppsagt) är inte inläst; modellen hade telia, tele2, verifierad 2026-11-20"
    ]
    assert "tele2 bort (Uppsagt)" in answers.findings[0].message

    other = Form(tmp_path)
    other.put("Behov", other.row("Behov", "fk", 2, "tele2"), till="bank2")
    assert taken_up(read(other, opened.network), opened.network) == [
        "svaret tele2 bort, bank2 ny är inte inläst; modellen hade telia, tele2, verifierad 2026-11-20"
    ]


def test_who_delivers_that_the_actor_may_not_know_of_is_named_on_the_screen_alone(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[3].verified", date(2026, 11, 20))
    form.put("Behov", form.row("Behov", "fk", 4), till="bank2")
    answers = read(form, opened.network)
    assert taken_up(answers, opened.network) == [
        "svaret beroende som inte delas bort, bank2 ny är inte inläst; modellen hade beroende som inte delas, "
        "verifierad 2026-11-20"
    ]
    assert "hemlig" in answers.findings[0].message


def test_an_alternative_more_keeps_those_that_came_meanwhile(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[1].any_of", ["telia", "tele2", "bank2"])
    form.put("Behov", form.free("Behov"), från="fk", nr=2, till="bank1", alternativ_grupp="A")
    assert made(read(form, opened.network)) == {"fk[1].any_of": ["telia", "tele2", "bank2", "bank1"]}


def test_what_went_meanwhile_is_told_and_not_an_error(tmp_path, opened):
    form = Form(tmp_path)
    opened.remove_need("entity:fk", 3)
    answers = read(form.put("Resurser", 4, mtpd="20h"), opened.network)
    assert made(answers) == {"fk.mtpd": "20h"}
    assert told(answers) == [("info", form.row("Behov", "fk", 4), 2)]


def test_a_need_that_is_to_go_but_was_changed_is_told(tmp_path, opened):
    opened.set("entity:fk", "needs[0].endurance", "9h")
    form = Form(tmp_path)
    row = form.row("Behov", "fk", 1)
    answers = read(form.put("Behov", row, ändring="bort"), opened.network)
    assert [one.kind for one in answers.changes] == ["removed"]
    assert told(answers) == [("warning", row, form.column("Behov", "ändring"))]


def test_a_day_that_goes_back_is_read_and_taken_up(tmp_path, opened):
    opened.set("entity:fk", "verified", date(2026, 10, 6))
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    answers = read(form.put("Resurser", 4, rto="6h", verifierad=date(2026, 9, 1)), opened.network)
    assert made(answers) == {"fk.rto": "6h", "fk.verified": date(2026, 9, 1)}
    (found,) = [one for one in answers.findings if one.code == "B852"]
    assert found.severity == "warning" and "from 2026-10-06 to 2026-09-01" in found.message
    (listed,) = [one for one in entries(answers, opened.network, date(2026, 11, 22)) if one["uppgift"] == "verifierad"]
    assert listed["kommentar"] == "svaret 2026-09-01 är inläst; modellen hade 2026-10-06"


@pytest.mark.parametrize("sent", ["low", None])
def test_a_new_answer_is_not_as_sure_as_the_one_between(tmp_path, opened, sent):
    """Its certainty cell is untouched: it is as sure as that says."""
    if sent:
        opened.set("entity:fk", "confidence", sent)
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    opened.set("entity:fk", "rto", "12h")
    opened.set("entity:fk", "confidence", "high")
    answers = read(form.put("Resurser", 4, rto="6h"), opened.network)
    assert made(answers) == {"fk.rto": "6h", "fk.confidence": sent}
    assert told(answers) == [("warning", 4, 5), ("warning", 4, form.column("Resurser", "säkerhet"))]
    (listed,) = [
        one for one in entries(answers, opened.network, date(2026, 11, 22)) if one["uppgift"] == "rto, säkerhet"
    ]
    assert "modellen hade rto 12h, säkerhet hög" in listed["kommentar"]
    apply(opened, answers.changes)
    assert opened.network.entity["fk"].provenance.confidence == sent
    assert read(form, opened.network).changes == ()


def test_an_answer_between_that_was_less_sure_stays_so(tmp_path, opened):
    """What it said is not surer for another answer beside it."""
    opened.set("entity:fk", "confidence", "high")
    form = Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(opened.network, "fk")))
    form.book = load_workbook(form.path)
    opened.set("entity:fk", "confidence", "low")
    answers = read(form.put("Resurser", 4, rto="6h"), opened.network)
    assert made(answers) == {"fk.rto": "6h"} and [one.column for one in answers.unsure] == ["rto"]


def test_of_a_need_as_well_but_not_where_nothing_new_is_said(tmp_path, opened):
    form = Form(tmp_path)
    opened.set("entity:fk", "needs[0].confidence", "high")
    opened.set("entity:fk", "needs[1].confidence", "high")
    row = form.row("Behov", "fk", 1)
    answers = read(form.put("Behov", row, uthållighet="5h", källa="Avtal 7"), opened.network)
    assert made(answers) == {"fk[0].endurance": "5h", "fk[0].confidence": None}


TIMES = st.dictionaries(
    st.sampled_from(("mtpd", "rto", "rta", "rpo", "needs[0].endurance", "needs[1].restart", "needs[3].expects")),
    st.integers(1, 3000).map(format_duration),
    max_size=5,
)


@given(TIMES, TIMES, st.booleans())
@settings(QUIET, max_examples=20, derandomize=True)
def test_an_untouched_old_form_changes_nothing(tmp_path_factory, then, now, is_book):
    """Whatever the model was and has become; a workbook or its CSV twins."""
    folder = tmp_path_factory.mktemp("gammalt")
    path = folder / "model.toml"
    beroenden.save(NETWORK, path)
    opened = open_model(path)
    for key, value in then.items():
        opened.set("entity:fk", key, value)
    sent = _written(folder / "svar", form_of(opened.network, "fk"), is_book)
    for key, value in now.items():
        opened.set("entity:fk", key, value)
    answers = read_form(sent, opened.network)
    assert (answers.changes, answers.unknown) == ((), ())
    differing = {key for key, value in now.items() if value != then.get(key, _at(key))}
    assert len(told(answers)) == len(answers.findings) == len(differing)
    assert {one.severity for one in answers.findings} <= {"info"}


def _at(key: str) -> object:
    return {"mtpd": "1d", "rto": "8h", "needs[0].endurance": "4h"}.get(key)


def _written(path: Path, form, is_book: bool) -> Path:
    if is_book:
        path = path.with_suffix(".xlsx")
        path.write_bytes(xlsx(form))
        return path
    path.mkdir()
    for name, content in csv_files(form).items():
        (path / name).write_bytes(content)
    return path


def test_read_again_it_is_silent(tmp_path, opened):
    form = Form(tmp_path).put("Resurser", 4, mtpd="20 tim", källa="Avtal")
    form.put("Behov", form.row("Behov", "fk", 1), uthållighet="4h 100 %; 72h 40 %; därefter 10 %")
    form.put("Behov", form.row("Behov", "fk", 2), ändring="bort")
    answers = read(form, opened.network)
    apply(opened, answers.changes)
    again = read(form, opened.network)
    assert again.changes == () and told(again) == []
