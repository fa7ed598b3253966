"""The conference's papers: blanks for what nobody gave, an agenda that can be read out, rows to write in."""

from dataclasses import replace

from chain import network
from logs import OUT, basis_at, log_of, minute

from beroenden.documents.conference import EMPTY_ROWS, conference_document
from beroenden.documents.document import Table
from beroenden.documents.markdown import render
from beroenden.incident.conference import Invitation, conference

MODEL = network()
DECIDED = """
[[decision]]
id = "decision-1"
time = 2026-12-18T04:30:00+01:00
by = "krisledaren"
text = "Barnbidraget går först."
"""


def made(tmp_path, text=OUT + DECIDED, language="sv", **given):
    ground = replace(basis_at(MODEL, log_of(tmp_path, text, MODEL), "04:40"), language=language)
    return conference_document(conference(ground, "payer", Invitation(**given)))


def rows(document, key):
    (section,) = [section for section in document.sections if section.key == key]
    return [row for block in section.blocks if isinstance(block, Table) for row in block.rows]


def test_its_parts_stand_in_order(tmp_path):
    keys = [section.key for section in made(tmp_path).sections if section.key]
    assert keys == [
        "inbjudan",
        "deltagare",
        "agenda",
        "underlag.viktigast",
        "underlag.beslut",
        "fragor",
        "beslutslogg",
    ]


def test_what_nobody_gave_is_blank_and_chair_and_secretary_always(tmp_path):
    assert [value for _, value in rows(made(tmp_path), "inbjudan")][:3] == ["", "", ""]
    given = made(tmp_path, time=minute("06:00"), how="telefon", instructions="Ring 123")
    values = [value for _, value in rows(given, "inbjudan")]
    assert values[:3] == ["fredag 18 december 2026 kl.\xa006.00", "telefon", "Ring 123"]
    assert values[4:] == ["", ""]


def test_the_decision_log_goes_on_where_the_log_ends(tmp_path):
    found = rows(made(tmp_path), "beslutslogg")
    assert [row[0] for row in found] == [str(number) for number in range(1, EMPTY_ROWS + 2)]
    assert found[0][1] == "Barnbidraget går först. (beslut av krisledaren, loggat fre 2026-12-18 04.30)"
    assert {row[1:] for row in found[1:]} == {("", "", "")}


def test_questions_stand_beside_whom_they_are_for_with_room_for_the_answer(tmp_path):
    ((name, question, answer),) = rows(made(tmp_path), "fragor")
    assert (name, answer) == ("Clearing", "")
    assert "när beräknas det vara åtgärdat?" in question


def test_participants_are_parted_into_who_must_and_who_may(tmp_path):
    (section,) = [section for section in made(tmp_path).sections if section.key == "deltagare"]
    tables = [block for block in section.blocks if isinstance(block, Table)]
    assert [table.caption for table in tables] == ["I första hand", "Också berörda; bedöm om de ska kallas"]
    assert [[row[0] for row in table.rows] for table in tables] == [["Clearing"], ["Bank two"]]


def test_it_speaks_english(tmp_path):
    text = render(made(tmp_path, OUT, "en"))
    assert "Make sure that the secretary keeps a log of the meeting" in text
    assert not any(word in text for word in ("Närvaro", "Beslut", "Avbrott", "saknas", "befarad"))


def test_what_is_left_out_for_another_reader_is_not_denied(tmp_path):
    log = log_of(tmp_path, OUT + 'tlp = "TLP:RED"\n', MODEL)
    text = render(conference_document(conference(basis_at(MODEL, log, "04:40", "TLP:GREEN"), "payer")))
    assert "Modellen och loggen har inga obesvarade frågor till dem som kallas, bland det som delas." in text
    assert render(conference_document(conference(basis_at(MODEL, log, "04:40"), "payer"))).startswith("**TLP:RED")
