"""A conference in FSPOS' order: participants by need, points by purpose, questions to who can answer, nothing withheld."""

import json
from dataclasses import replace

import pytest
from chain import network, tables
from logs import OUT, basis_at, log_of, minute

import beroenden
from beroenden.documents import markdown
from beroenden.documents.conference import conference_document
from beroenden.incident.basis import basis
from beroenden.incident.conference import Invitation, conference
from beroenden.incident.known import known_from

MODEL = network()
LOG = (
    OUT
    + """
[[request]]
id = "request-1"
time = 2026-12-18T04:20:00+01:00
type = "information"
to = "clr"
text = "When are you back?"
due = 2026-12-18T04:30:00+01:00

[[request]]
id = "request-2"
time = 2026-12-18T04:21:00+01:00
type = "help"
to = "b1"
text = "Can you lend staff?"
answered = 2026-12-18T04:25:00+01:00

[[decision]]
id = "decision-1"
time = 2026-12-18T04:30:00+01:00
by = "crisis manager"
text = "The allowance goes first."
"""
)


def made(tmp_path, text=LOG, to=None, model=MODEL, at="04:40", **given):
    return conference(basis_at(model, log_of(tmp_path, text, model), at, to), "payer", Invitation(**given))


def test_the_agenda_is_in_fspos_order(tmp_path):
    agenda = made(tmp_path).agenda
    assert [item.text.split(" (")[0] for item in agenda] == [
        "Närvarokontroll",
        "Säkerställ att sekreteraren loggför mötet",
        "Presentera syfte med mötet",
        "Respektive deltagande aktör redogör för följande",
        "Summering kopplat till syftet med mötet",
        "Sammanfattning av beslut/åtgärder",
        "Beslut om nästa samling",
    ]


@pytest.mark.parametrize(
    ("purposes", "numbers", "functions"),
    [
        (("information",), "12", ("samverkansansvarig",)),
        (("picture",), "12", ("samverkansansvarig",)),
        (("actions",), "123", ("krisledare", "verksamhetsansvarig")),
        (("messages",), "124", ("informatör",)),
        (("messages", "actions"), "1234", ("informatör", "krisledare", "verksamhetsansvarig")),
    ],
)
def test_the_purposes_decide_the_points_and_the_functions(tmp_path, purposes, numbers, functions):
    found = made(tmp_path, purposes=purposes)
    assert [point[0] for point in found.agenda[3].points] == list(numbers)
    assert {one.functions for one in found.participants} == {functions}
    assert len(found.agenda[2].points) == len(purposes)


def test_each_is_asked_what_it_has_not_answered_and_what_it_can_know(tmp_path):
    asked = {one.contact.actor: one.questions for one in made(tmp_path).participants}
    assert len(asked["clr"]) == 2
    assert "When are you back? Svar skulle ha kommit fre 2026-12-18 04.30 (10\xa0min sedan)." in asked["clr"][0]
    assert "Längden är okänd" in asked["clr"][1]
    assert asked["b1"] == ()


def test_the_ground_is_the_highlights_and_the_decision_clock(tmp_path):
    found = made(tmp_path, OUT + 'for = "5h"\n')
    assert {one.section for one in found.ground} == {"viktigast", "prognos.beslut"}
    assert "Allowance" in found.in_section("viktigast")[0].text


def test_logged_decisions_are_taken_over(tmp_path):
    (one,) = made(tmp_path).decisions
    assert (one.text, one.by) == ("The allowance goes first.", "crisis manager")


def test_what_has_only_been_feared_has_not_happened(tmp_path):
    feared = OUT.replace("04:00:00+01:00\n", "09:00:00+01:00\n") + 'status = "feared"\n'
    found = made(tmp_path, feared, at="04:40")
    assert found.is_feared
    assert found.agenda[3].points[0] == "1. Fakta om befarad händelse"
    assert not made(tmp_path, feared + OUT.replace("outage-1", "outage-2")).is_feared


@pytest.mark.parametrize(("at", "is_feared"), [("03:00", True), ("04:30", False)])
def test_a_scenario_that_lies_ahead_is_feared(at, is_feared):
    outcome = beroenden.simulate(MODEL, [{"entity": "clr", "start": "2026-12-18T04:00"}], at=f"2026-12-18T{at}")
    ground = basis(MODEL, known_from(outcome.scenario))
    assert conference(ground, "payer").is_feared == is_feared


def test_what_was_not_chosen_or_is_withheld_is_not_in_what_others_read(tmp_path):
    given = tables()
    given["entity"][3]["tlp"] = "TLP:RED"
    model, _ = beroenden.build(given)
    log = LOG.replace('to = "b1"', 'to = "b1"\ndisclose = true')
    text = json.dumps(made(tmp_path, log, "TLP:GREEN", model).to_dict())
    for word in ("clr", "Clearing", "withheld", "When are you back", "goes first"):
        assert word not in text
    assert '"b1"' in text
    assert "Clearing" in json.dumps(made(tmp_path, log, None, model).to_dict())


def test_the_label_is_that_of_the_strictest_that_is_said(tmp_path):
    assert made(tmp_path).tlp == "TLP:GREEN"
    strict = LOG.replace('by = "crisis manager"', 'by = "crisis manager"\ntlp = "TLP:AMBER"')
    assert made(tmp_path, strict).tlp == "TLP:AMBER"
    asked = LOG.replace('text = "When', 'tlp = "TLP:RED"\ntext = "When')
    assert made(tmp_path, asked).tlp == "TLP:RED"


def test_what_nobody_settled_is_null(tmp_path):
    data = made(tmp_path).to_dict()
    assert data["schema"] == "beroenden/conference/1"
    assert (data["time"], data["how"], data["instructions"]) == (None, None, None)
    data = made(tmp_path, time=minute("06:00"), how="video").to_dict()
    assert (data["time"], data["how"]) == ("2026-12-18T06:00+01:00", "video")


def test_an_outage_above_the_readers_label_is_not_named(tmp_path):
    red, system = OUT + 'tlp = "TLP:RED"\n', OUT.replace("outage-1", "outage-2").replace('"clr"', '"sys"')
    log = log_of(tmp_path, red + system, MODEL)
    nameless = replace(log, incident=replace(log.incident, name=""))
    shared = conference(basis_at(MODEL, nameless, "04:40", "TLP:GREEN"), "payer")
    assert "Clearing" not in json.dumps(shared.to_dict())
    assert conference(basis_at(MODEL, nameless, "04:40", "TLP:GREEN"), "payer").event == "Avbrott i The payer's system"
    assert "Clearing" in conference(basis_at(MODEL, nameless, "04:40"), "payer").event


def test_what_it_names_from_a_red_entry_makes_it_red(tmp_path):
    found = made(tmp_path, OUT + 'tlp = "TLP:RED"\n')
    assert found.tlp == "TLP:RED"
    assert found.participants[0].contact.tlp == "TLP:RED"


def test_a_question_ends_before_the_next_sentence(tmp_path):
    asked = made(tmp_path, LOG.replace("When are you back?", "Say when you are back")).participants[0].questions[0]
    assert "Say when you are back. Svar skulle" in asked


SLOW = """
[[observation]]
id = "observation-1"
time = 2026-12-18T04:30:00+01:00
text = "Slow"
entity = "clr"
level = 0.0
"""


def test_what_is_unconfirmed_is_told_as_such(tmp_path):
    meeting = made(tmp_path, SLOW)
    assert meeting.is_unconfirmed
    assert "(obekräftad)" in markdown.render(conference_document(meeting))
    assert "vilar på en obekräftad iakttagelse" in meeting.in_section("viktigast")[0].text
    assert {row.contact.actor: row.contact.why for row in meeting.participants}["clr"].startswith(
        "har själv ett avbrott (obekräftat)"
    )
    sure = made(tmp_path, SLOW + 'status = "confirmed"\n')
    assert not sure.is_unconfirmed
    assert "(inträffad)" in markdown.render(conference_document(sure))
