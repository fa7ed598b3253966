"""What people write in the questionnaire: what it changes, and every fault of it with its place."""

from copy import deepcopy
from datetime import date

import pytest
from interop.questionnaire.forms import HEAD, NETWORK, TABLES, Form, made, model, told
from openpyxl import load_workbook

from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.apply import apply
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx
from beroenden.language import writing_in
from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.write import save, to_toml
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for

FK, SYS, BIDRAG = 4, 5, 4
"""Rows."""


@pytest.fixture
def form(tmp_path) -> Form:
    return Form(tmp_path)


def test_about_is_dropped_and_told(form):
    answers = form.put("Resurser", FK, rto="ca 1,5 h").read()
    assert made(answers) == {"fk.rto": "1h 30min"}
    assert told(answers) == [("B839", "warning", FK, 5)]


@pytest.mark.parametrize(
    ("heading", "value", "becomes"),
    [("rto (tim)", 6, "6h"), ("RTO [min]", "90", "1h 30min"), ("rto, i dygn", 2.5, "2d 12h"), ("Återställningstid (h)", 6.0, "6h")],
)  # fmt: skip
def test_a_number_has_the_unit_of_the_heading(form, heading, value, becomes):
    form.book["Resurser"].cell(HEAD, 5).value = heading
    form.book["Resurser"].cell(FK, 5).value = value
    assert made(form.read()) == {"fk.rto": becomes}


def test_a_number_above_1_is_no_level(form):
    (found,) = form.put("Resurser", FK, mbco=40).read().findings
    assert (found.code, found.line, found.column, found.suggestion) == ("B840", FK, 8, "40 %")


def test_an_endurance_in_steps_with_what_remains(form):
    need = form.row("Behov", "fk", 1)
    answers = form.put("Behov", need, uthållighet="4h 100 %; 72h 40 %; därefter 10 %").read()
    assert made(answers) == {"fk[0].endurance": [["4h", 1.0], ["3d", 0.4]], "fk[0].floor": 0.1}


def test_words_in_either_language_and_a_near_one(form):
    form.put("Resurser", FK, typ="Supplier", säkerhet="HÖG", delning="amber+strict")
    form.put("Resurser", SYS, typ="sytsem")
    (found,) = form.read().findings
    assert (found.code, found.line, found.column, found.suggestion) == ("B843", SYS, 3, "system")


def test_no_label_is_lowered_by_form(form):
    answers = form.put("Resurser", FK, delning="TLP:CLEAR").read()
    assert told(answers) == [("B849", "error", FK, 12)]


def test_formulas_merged_cells_and_errors_are_refused(form):
    form.put("Resurser", FK, rto="=2*4", mtpd="#REF!")
    form.book["Behov"].merge_cells("E4:E5")
    assert told(form.read()) == [("B837", "error", FK, 4), ("B837", "error", FK, 5), ("B836", "error", 4, 1)]


def test_every_fault_at_once_and_nothing_of_the_good(form):
    form.put("Resurser", FK, rto="snart", mbco=40, namn="Ny")
    form.put("Betalningar", BIDRAG, antal="många")
    answers = form.read()
    assert told(answers) == [("B838", "error", FK, 5), ("B840", "error", FK, 8), ("B842", "error", BIDRAG, 3)]
    assert answers.changes == ()


def test_a_row_that_is_wrong_in_one_cell_tells_the_others(form):
    """What was hidden behind an unknown id, from or missing mark, a formula, or a number that is not there."""
    form.put("Resurser", FK, rto="=2*4", mbco=40)
    form.put("Resurser", 6, id="fk-ny", namn="Ny", typ="telefoni")
    form.put("Resurser", 7, id="Fel id", namn="Annan", typ="system", rto="5", ändring="ny")
    form.put("Betalningar", 5, id="bidarg", antal="många", betalande_bank="bank9")
    row = form.free("Behov")
    form.put("Behov", row, från="fk-sus", till="telia", uthållighet="5")
    form.put("Behov", row + 1, från="fk", nr=9, till="telia", uthållighet="5", ändring="x")
    form.put("Behov", row + 2, från="fk", nr="två", till="tele2", omstart="6")
    found = told(form.read())
    assert sorted((code, line, column) for code, _, line, column in found) == sorted([
        ("B837", FK, 5), ("B840", FK, 8), ("B844", 6, 1), ("B843", 6, 3), ("B844", 7, 1), ("B838", 7, 5),
        ("B844", 5, 1), ("B842", 5, 3), ("B844", 5, 7),
        ("B844", row, 1), ("B838", row, 9), ("B843", row + 1, form.column("Behov", "ändring")), ("B838", row + 1, 9),
        ("B844", row + 2, 2), ("B838", row + 2, 11),
    ])  # fmt: skip


def test_columns_moved_renamed_unknown_and_missing(form):
    sheet = form.book["Resurser"]
    sheet.cell(HEAD, 5).value = "Återställningstid"
    sheet.cell(HEAD, 4).value = "mtdp"
    sheet.cell(HEAD, 26).value = "egen kolumn"
    sheet.cell(FK, 26).value = "eget"
    sheet.cell(FK, 5).value = "6h"
    answers = form.read()
    assert made(answers) == {"fk.rto": "6h"}
    assert [(one.code, one.severity, one.suggestion) for one in answers.findings] == [
        ("B835", "info", None),
        ("B833", "warning", "mtpd"),
        ("B833", "warning", None),
    ]


def test_a_column_twice(form):
    form.book["Resurser"].cell(HEAD, 30).value = "RTO"
    assert told(form.read()) == [("B834", "error", HEAD, 30)]


def test_two_rows_for_one_thing(form):
    form.put("Resurser", 6, id="fk", rto="4h")
    form.put("Behov", form.free("Behov"), från="fk", till="fk-sys", vad="Utbetalning")
    found = told(form.read())
    assert [(code, severity) for code, severity, _, _ in found] == [("B846", "error")] * 2


def test_only_ones_own(form):
    form.put("Resurser", 6, id="bank2", rto="1h")
    form.put("Behov", form.free("Behov"), från="bank2", till="telia")
    form.put("Betalningar", 5, id="annan", antal=5)
    answers = form.read()
    assert {(one.code, one.severity) for one in answers.findings} == {("B845", "error")}
    assert len(answers.findings) == 3 and all("bank2" in one.message for one in answers.findings)


def test_of_a_misspelt_name_only_that_is_told(form):
    form.put("Behov", form.row("Behov", "fk", 1), till="fk-syss")
    form.put("Resurser", SYS, id="fk-sis")
    form.put("Betalningar", BIDRAG, id="bidarg")
    found = form.read().findings
    assert sorted((one.code, one.suggestion) for one in found) == [
        ("B844", "bidrag"),
        ("B844", "fk-sys"),
        ("B844", "fk-sys"),
    ]


def test_an_unknown_resource_provider_and_payment(form):
    form.put("Resurser", 6, id="fk-syss", rto="1h")
    form.put("Behov", form.free("Behov"), från="fk", till="telja")
    form.put("Betalningar", 5, id="bidarg", antal=5)
    found = form.read().findings
    assert {(one.code, one.suggestion) for one in found} == {("B844", "bidrag"), ("B844", "fk-sys"), ("B844", "telia")}


def test_a_new_resource_with_its_need_and_a_new_provider(form):
    form.put("Resurser", 6, namn="Kassans arkiv", typ="process", mtpd="2 dygn", ändring="ny")
    row = form.free("Behov")
    form.put("Behov", row, från="Kassans arkiv", till="Telia", uthållighet="1 vecka")
    form.put("Behov", row + 1, från="fk", till="Papper AB", vad="Papper", ändring="ny")
    answers = form.read()
    assert [one.severity for one in answers.findings] == ["info", "warning"]
    assert made(answers) == {
        "fk": {"provider": "papper-ab", "what": "Papper", "source": "Kassan, formulär"},  # inherits TLP:AMBER of fk
        "kassans-arkiv": {
            "id": "kassans-arkiv", "name": "Kassans arkiv", "owner": "fk", "kind": "process", "mtpd": "2d",
            "tlp": "TLP:AMBER", "source": "Kassan, formulär",
            "needs": [{"provider": "telia", "endurance": "7d", "source": "Kassan, formulär"}],
        },
        "papper-ab": {
            "id": "papper-ab", "name": "Papper AB", "kind": "supplier", "tlp": "TLP:AMBER", "source": "Kassan, formulär"
        },
    }  # fmt: skip


@pytest.mark.parametrize(("given", "label"), [("TLP:AMBER+STRICT", "TLP:AMBER+STRICT"), ("TLP:GREEN", "TLP:AMBER")])
def test_a_new_provider_is_no_less_restricted_than_who_named_it(form, given, label):
    row = form.free("Behov")
    form.put("Behov", row, från="fk", till="Papper AB", vad="Papper", delning=given, ändring="ny")
    assert made(form.read())["papper-ab"]["tlp"] == label


@writing_in("sv")
def test_a_new_provider_that_its_own_teller_may_not_read_of_is_told(form):
    row = form.free("Behov")
    answers = form.put("Behov", row, från="fk", till="Papper AB", vad="Papper", ändring="ny").read()
    (found,) = [one for one in answers.findings if one.severity == "warning"]
    assert (found.code, found.line, found.column) == ("B856", row, 3)
    assert "fk kommer inte att se Papper AB" in found.message and "[[audience]]" in found.message
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["gäller"], entry["ta upp med"]) == ("papper-ab", "arbetsgruppen")


@writing_in("sv")
def test_a_supplier_of_the_model_that_its_teller_may_not_read_of_is_told_once_it_is_named(form):
    row = form.free("Behov")
    form.put("Behov", row, från="fk-sys", till="hemlig", förväntad_återställning="2h")
    answers = form.put("Behov", row + 1, från="fk", till="Okänd leverantör", vad="Arkiv", ändring="ny").read()
    found = [(one.line, one.column) for one in answers.findings if one.code == "B856"]
    assert found == [(row, 3), (row + 1, 3)]
    assert "fk kommer inte att se Okänd leverantör" in answers.findings[0].message
    assert (
        "”beroende som inte delas”" in answers.findings[0].message and "utan ägare" not in answers.findings[0].message
    )
    (entry,) = [one for one in entries(answers, NETWORK, date(2026, 11, 22)) if one["ta upp med"] == "arbetsgruppen"]
    assert entry["gäller"] == "hemlig"


def test_an_answer_that_stays_of_low_confidence_is_asked_about(tmp_path):
    tables = deepcopy(TABLES)
    tables["entity"][0] |= {"confidence": "low", "verified": date(2026, 1, 2)}
    network, form = model(tables), Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(network, "fk")))
    form.book = load_workbook(form.path)
    need = form.row("Behov", "fk", 1)
    form.put("Resurser", FK, rto="6h", rpo="1h").put("Behov", need, uthållighet="6h").put("Resurser", SYS, rto="6h")
    form.book.save(form.path)
    answers = read_form(form.path, network)
    assert told(answers) == [("B855", "info", FK, 5), ("B855", "info", need, 9)]
    assert "2026-01-02" in answers.findings[0].message
    listed = entries(answers, network, date(2026, 11, 22))
    assert [(one["ärende"], one["uppgift"]) for one in listed] == [
        ("står som låg säkerhet", "rto, rpo"), ("står som låg säkerhet", "behovet av fk-sys: uthållighet"),
    ]  # fmt: skip
    form.put("Resurser", FK, säkerhet="hög").book.save(form.path)
    assert told(read_form(form.path, network)) == []


def test_how_sure_what_nobody_knows_is_not_asked(tmp_path):
    tables = deepcopy(TABLES)
    tables["entity"][0] |= {"confidence": "low"}
    network, form = model(tables), Form(tmp_path)
    form.path.write_bytes(xlsx(form_of(network, "fk")))
    form.book = load_workbook(form.path)
    form.put("Resurser", FK, rto="okänt").book.save(form.path)
    listed = entries(read_form(form.path, network), network, date(2026, 11, 22))
    assert [(one["ärende"], one["uppgift"]) for one in listed] == [("känt som okänt", "rto")]


def test_a_new_resource_lacks_its_kind(form):
    assert told(form.put("Resurser", 6, namn="Arkiv", ändring="ny").read()) == [("B847", "error", 6, 3)]


def test_a_new_row_without_the_mark(form):
    (found,) = form.put("Resurser", 6, namn="Arkiv", typ="process").read().findings
    assert (found.code, found.line) == ("B844", 6) and "ny" in found.message


def test_alternatives_one_more_and_how_many_must_work(form):
    form.put("Behov", form.free("Behov"), från="fk", till="bank2", alternativ_grupp="A")
    form.put("Behov", form.row("Behov", "fk", 2, "telia"), minst_antal=2)
    assert made(form.read()) == {"fk[1].any_of": ["telia", "tele2", "bank2"], "fk[1].at_least": 2}


def test_an_alternative_is_taken_away_or_exchanged(form):
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), ändring="bort")
    form.put("Behov", form.row("Behov", "fk", 2, "telia"), till="bank1")
    assert made(form.read()) == {"fk[1].any_of": ["bank1"]}


def test_fewer_alternatives_than_must_work(form):
    form.put("Behov", form.row("Behov", "fk", 2, "telia"), minst_antal=2)
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), ändring="bort")
    assert [one[0] for one in told(form.read())] == ["B848"]


def test_more_must_work_than_there_are(form):
    row = form.row("Behov", "fk", 2, "telia")
    assert told(form.put("Behov", row, minst_antal=3).read()) == [("B848", "error", row, 7)]


def test_shares(form):
    first, second = form.row("Behov", "fk", 3, "bank1"), form.row("Behov", "fk", 3, "bank2")
    form.put("Behov", first, andel="60 %").put("Behov", second, andel=0.4)
    assert made(form.read()) == {"fk[2].shares": {"bank1": 0.6, "bank2": 0.4}}
    assert told(form.put("Behov", second, andel=0.5).read()) == [("B848", "error", first, 8)]


def test_a_provider_is_exchanged_and_gets_a_stand_in(form):
    row = form.row("Behov", "fk", 1)
    assert made(form.put("Behov", row, till="bank2").read()) == {"fk[0].provider": "bank2"}
    form.put("Behov", row, alternativ_grupp="X", minst_antal=1)
    form.put("Behov", form.free("Behov"), från="fk", till="telia", alternativ_grupp="X")
    assert made(form.read()) == {"fk[0].provider": None, "fk[0].any_of": ["bank2", "telia"]}


def test_a_need_is_no_more_and_a_missing_row_is_kept(form):
    form.put("Behov", form.row("Behov", "fk", 1), ändring="bort")
    form.book["Behov"].delete_rows(form.row("Behov", "fk", 2, "telia"), 2)
    answers = form.read()
    assert [(one.kind, one.id, one.need) for one in answers.changes] == [("removed", "fk", 0)]
    below = form.free("Behov")
    assert told(answers) == [("B850", "info", below, 1)]
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["ärende"], entry["gäller"], entry["uppgift"]) == (
        "borttaget ur formuläret",
        "fk",
        "behovet av telia / tele2: raden",
    )
    assert entry["ta upp med"] == "Kassan"


def test_a_deleted_sheet_is_told_and_taken_up(form):
    del form.book["Behov"]
    answers = form.read()
    assert answers.changes == ()
    ((code, severity, *_),) = told(answers)
    assert (code, severity, "Behov" in answers.findings[0].message) == ("B850", "warning", True)
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["ärende"], entry["uppgift"]) == ("borttaget ur formuläret", "bladet Behov")


def test_a_deleted_row_is_told_where_it_would_stand(form):
    form.book["Resurser"].delete_rows(SYS)
    (found,) = form.read().findings
    assert (found.code, found.line, found.column) == ("B850", SYS, 1)
    assert f"sheet Resurser, row {SYS}: fk-sys is not in the form" in found.message


def test_an_emptied_cell_changes_nothing_is_told_and_is_taken_up(form):
    need = form.row("Behov", "fk", 2, "telia")
    answers = form.put("Resurser", FK, mtpd=None, delning=None).put("Behov", need, uthållighet=None).read()
    assert answers.changes == ()
    column = form.column("Behov", "uthållighet")
    assert told(answers) == [("B850", "info", FK, 4), ("B850", "info", FK, 12), ("B850", "info", need, column)]
    assert ["okänt" in one.message for one in answers.findings] == [True, False, True]
    listed = [(one["gäller"], one["uppgift"]) for one in entries(answers, NETWORK, date(2026, 11, 22))]
    assert listed == [("fk", "mtpd"), ("fk", "delning"), ("fk", "behovet av telia / tele2: uthållighet")]


def test_what_stands_in_another_row_of_the_group_is_not_emptied(form):
    first, second = (form.row("Behov", "fk", 2, one) for one in ("telia", "tele2"))
    assert form.put("Behov", first, uthållighet=None).put("Behov", second, uthållighet="2h").read().findings == ()


def test_what_an_actor_does_not_know_is_its_own_to_find_out_but_what_others_promise(form):
    form.put("Resurser", FK, rto="okänt").put("Behov", form.row("Behov", "fk", 2, "telia"), uthållighet="okänt")
    form.put("Behov", form.row("Behov", "fk", 1), förväntad_återställning="okänt")
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), förväntad_återställning="okänt")
    form.put("Behov", form.row("Behov", "fk", 4), vad="okänt", förväntad_återställning="okänt")
    listed = entries(form.read(), NETWORK, date(2026, 11, 22))
    assert [(one["gäller"], one["uppgift"], one["ta upp med"]) for one in listed] == [
        ("fk", "rto", "Kassan"),
        ("fk", "behovet av fk-sys: förväntad_återställning", "Kassan"),
        ("fk", "behovet av telia / tele2: uthållighet", "Kassan"),
        ("fk", "behovet av telia / tele2: förväntad_återställning", "Telia, Tele2"),
        ("fk", "behovet av beroende som inte delas (nr 4 i formuläret, Drift): vad", "Kassan"),
        ("fk", "behovet av beroende som inte delas (nr 4 i formuläret, Drift): förväntad_återställning", "Kassan"),
    ]


def test_those_who_are_no_longer_needed_are_to_know(form):
    """Not of what the actor itself delivers, nor who may not be named."""
    for number in (1, 4):
        form.put("Behov", form.row("Behov", "fk", number), ändring="bort")
    form.put("Behov", form.row("Behov", "fk", 2, "tele2"), ändring="bort")
    form.put("Behov", form.row("Behov", "fk", 3, "bank1"), till="telia")
    listed = entries(form.read(), NETWORK, date(2026, 11, 22))
    assert [(one["ärende"], one["gäller"], one["uppgift"], one["ta upp med"]) for one in listed] == [
        ("behöver inte längre", "fk", "behöver tele2: ett av flera behov", "Tele2"),
        ("behöver inte längre", "fk", "behöver bank1: ett av flera behov", "Bank ett"),
    ]


def test_a_time_shown_that_is_longer_than_the_promised_is_taken_up(form):
    tables = deepcopy(TABLES)
    tables["entity"][1]["rta"] = "9h"
    (entry,) = entries(form.read(), model(tables), date(2026, 11, 22))
    assert (entry["ärende"], entry["gäller"], entry["uppgift"]) == (
        "svaren säger emot varandra",
        "fk-sys",
        "rta 9h, rto 8h",
    )


def test_a_need_that_is_not_shared_is_kept_or_exchanged(form):
    row = form.row("Behov", "fk", 4)
    assert made(form.put("Behov", row, uthållighet="1h").read()) == {"fk[3].endurance": "1h"}
    assert made(form.put("Behov", row, till="telia").read())["fk[3].provider"] == "telia"


def test_the_source_is_stamped(form):
    form.put("Resurser", FK, rto="6h").put("Resurser", SYS, rto="6h", källa="Driftchefen")
    form.put("Behov", form.row("Behov", "fk", 1), omstart="1h")
    stamps = {(one.id, one.need): one.after for one in form.read().changes if one.key == "source"}
    assert stamps == {
        ("fk", None): "Kassan, formulär (rto); Intervju 2025",
        ("fk-sys", None): "Driftchefen",
        ("fk", 0): "Kassan, formulär (omstart); antagande",
    }


def test_okänt_is_told_apart_from_an_empty_cell(form):
    answers = form.put("Resurser", FK, rta="okänt", rto=None).read()
    assert (answers.changes, [str(one) for one in answers.unknown]) == ((), ["fk: rta"])


def test_what_others_say_is_answered_and_nothing_of_theirs_changed(form):
    row = form.row("Andra om oss", "bank1")
    answers = form.put("Andra om oss", row, stämmer="Nej", kommentar="Vi lovar 4h").read()
    assert answers.changes == ()
    assert [(one.who, one.needs, one.agrees, one.comment) for one in answers.on_others] == [
        ("bank1", "fk-sys", False, "Vi lovar 4h")
    ]
    assert told(answers) == [("B853", "warning", row, 9)]


@pytest.mark.parametrize("given", ["okänt", "Vet ej", "?", "-"])
def test_what_others_say_may_be_unknown(form, given):
    row = form.row("Andra om oss", "bank1")
    answers = form.put("Andra om oss", row, stämmer=given).read()
    assert not [one for one in answers.findings if one.severity == "error"]
    assert [(one.who, one.agrees) for one in answers.on_others] == [("bank1", None)]
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["ärende"], entry["uppgift"]) == ("känt som okänt", "behöver fk-sys: stämmer")


@pytest.mark.parametrize("given", ["-", "–", "n/a", "N/A", "?", "saknas", "ej tillämpligt"])
def test_what_is_no_answer_changes_nothing_and_is_taken_up(form, given):
    answers = form.put("Resurser", FK, rto=given).read()
    assert (answers.changes, told(answers)) == ((), [("B839", "warning", FK, 5)])
    (entry,) = entries(answers, NETWORK, date(2026, 11, 22))
    assert (entry["gäller"], entry["uppgift"], entry["kommentar"]) == ("fk", "Resurser E4 (rto)", given)


def test_persons_are_told(form):
    answers = form.put("Resurser", FK, källa="anna.berg@example.se", anmärkning="800101-1234").read()
    assert [one[0] for one in told(answers)] == ["B851", "B851"]


def test_a_form_of_an_earlier_state_that_does_not_tell_what_it_was_filled_in_with(form):
    del form.book["Ifyllt"]
    form.book["Läs mig"].cell(8, 2).value = "0123456789ab"
    assert told(form.read()) == []
    form.put("Resurser", FK, rto="7h")
    assert [one[0] for one in told(form.read())] == ["B852"]


def test_whose_form_it_is(form):
    assert told(form.read(actor="bank1")) == [("B844", "error", 1, 1)]
    del form.book["Läs mig"]
    assert form.read().actor == "fk"
    form.book["Resurser"].delete_rows(4, 9)
    form.book["Behov"].delete_rows(4, 9)
    assert told(form.read()) == [("B844", "error", 1, 1)]
    assert form.read(actor="fk").actor == "fk"


def test_a_second_table_of_the_same_part_is_told_and_not_read(form):
    form.book.copy_worksheet(form.book["Behov"])
    assert ("B832", "error", HEAD, 1) in told(form.read())


def without_labels(form: Form) -> Form:
    """New rows of every sort, none with a label."""
    form.put("Resurser", form.free("Resurser"), namn="Nya arkivet", typ="system", ändring="ny")
    row = form.free("Behov")
    for number, (consumer, provider) in enumerate(
        (("fk", "telia"), ("fk-sys", "telia"), ("Nya arkivet", "tele2"), ("fk-sys", "Papper AB"), ("Nya arkivet", "Bläck AB"))
    ):  # fmt: skip
        form.put("Behov", row + number, från=consumer, till=provider, vad=f"Hemligheten {number}", ändring="ny")
    return form


@pytest.mark.parametrize("label", ["TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"])
@pytest.mark.parametrize("reader", ["TLP:CLEAR", "TLP:GREEN"])
def test_what_is_new_and_unlabelled_is_shared_no_further_than_the_form(form, tmp_path, label, reader):
    guide = form.book.worksheets[0]
    cell = next(cells[1] for cells in guide.iter_rows() if cells[0].value == "Märkning")
    assert cell.value == "TLP:AMBER"
    cell.value = label
    save(NETWORK, tmp_path / "model.toml")
    opened = open_model(tmp_path / "model.toml")
    answers = without_labels(form).read()
    apply(opened, answers.changes)
    shown = to_toml(masked(opened.network, viewer_for(opened.network, reader)).network)
    assert not [one for one in ("Hemligheten", "arkivet", "Papper", "Bläck") if one in shown]
    everything = to_toml(opened.network)
    assert everything.count("Hemligheten") == 5 and everything.count(f'"{label}"') >= 4


def test_a_label_that_is_given_and_rows_that_were_there_stay(form):
    row = form.free("Behov")
    form.put("Behov", row, från="fk-sys", till="telia", vad="Öppet", delning="TLP:GREEN", ändring="ny")
    form.put("Behov", form.row("Behov", "fk", 1), uthållighet="5h")
    changed = made(form.read())
    assert changed["fk-sys"]["tlp"] == "TLP:GREEN"
    assert changed["fk[0].endurance"] == "5h" and not [key for key in changed if key.endswith(".tlp")]


def test_a_new_provider_whose_name_is_like_anothers_is_asked_about(form):
    row = form.free("Behov")
    form.put("Behov", row, från="fk", till="Telja", vad="Data", ändring="ny")
    found = [one for one in form.read().findings if one.code == "B847" and one.severity == "warning"]
    assert [(one.code, one.line, one.suggestion) for one in found] == [("B847", row, "telia")]
    assert "Telja (telja) is like Telia (telia)" in found[0].message


@pytest.mark.parametrize(
    ("known", "name"),
    [("Nordic Cloud AB", "Nordic Cloud Aktiebolag"), ("Nordic Cloud", "Aktiebolaget Nordic-Cloud (publ)"),
     ("Papper Oy", "Papper Oyj"), ("Nörd A/S", "NORD ASA"), ("Kabel GmbH", "Kabel Inc."), ("Bud & Co HB", "Bud Co KB"), ("Data Ltd", "DATA, AS")],
)  # fmt: skip
def test_suppliers_are_alike_whatever_their_legal_form(form, known, name):
    tables = deepcopy(TABLES)
    tables["entity"].append({"id": "kand", "name": known, "kind": "supplier", "tlp": "TLP:AMBER"})
    network, row = model(tables), form.free("Behov")
    form.put("Behov", row, från="fk", till=name, vad="Data", ändring="ny").book.save(form.path)
    answers = read_form(form.path, network)
    assert ("B847", "warning", row, 3) in told(answers)
    assert [one.other for one in answers.likenesses] == ["kand"]
    (entry,) = [one for one in entries(answers, network, date(2026, 11, 22)) if one["ärende"] == "kan vara samma"]
    assert (entry["kommentar"], entry["ta upp med"]) == (f"liknar {known} (kand): är det en ny?", "arbetsgruppen")


def test_a_new_resource_with_the_name_of_anothers_is_asked_about(form):
    tables = deepcopy(TABLES)
    tables["entity"].append({"id": "fil", "name": "Gemensam filtjänst", "kind": "system", "owner": "bank2"})
    network = model(tables)
    form.put("Resurser", 6, namn="Gemensam Filtjänst", typ="system", ändring="ny")
    form.put("Resurser", 7, namn="Gemensam filtjänst 2", typ="system", ändring="ny").book.save(form.path)
    answers = read_form(form.path, network)
    assert [(one.code, one.line, one.suggestion) for one in answers.findings if one.severity == "warning"] == [
        ("B847", 6, "fil")
    ]
    (entry,) = [one for one in entries(answers, network, date(2026, 11, 22)) if one["ärende"] == "kan vara samma"]
    assert (entry["gäller"], entry["ta upp med"]) == ("gemensam-filtjanst", "Bank två")


def test_what_is_more_restricted_than_the_form_is_not_named_in_the_list(form):
    answers = form.put("Behov", form.free("Behov"), från="fk", till="Okänd leverantörr", ändring="ny").read()
    (entry,) = [one for one in entries(answers, NETWORK, date(2026, 11, 22)) if one["ärende"] == "kan vara samma"]
    assert "hemlig" not in str(entry) and entry["kommentar"].startswith("liknar något i modellen")


@writing_in("sv")
def test_a_form_that_is_not_there_is_told_in_swedish(tmp_path):
    (found,) = read_form(tmp_path / "inget.xlsx", NETWORK).findings
    assert found.code == "B830" and "finns inte" in found.message and "No such" not in found.message
