"""Outages that are planned are told as planned, with from when: in questions, contacts, conditions, conference and follow-up."""

import pytest
from chain import network, tables
from logs import OUT, basis_at, log_of, situation_at

import beroenden
from beroenden.documents import markdown
from beroenden.documents.conference import conference_document
from beroenden.documents.followup import followup_document
from beroenden.incident.conference import conference
from beroenden.incident.contacts import contact_list
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.writer import all_lasting
from beroenden.incident.responsibility import shared_systems
from beroenden.language import writing_in

MODEL = network()


def planned(entity="clr", number=2, end="end = 2026-12-21T21:00:00+01:00", status="confirmed", day=21):
    """An outage that is to begin a later evening."""
    return f"""
[[outage]]
id = "outage-{number}"
time = 2026-12-18T04:20:00+01:00
status = "{status}"
entity = "{entity}"
start = 2026-12-{day}T18:00:00+01:00
{end}
"""


def texts(tmp_path, text, section, at="04:40"):
    found = situation_at(MODEL, log_of(tmp_path, text, MODEL), at).in_section(section)
    return [one.text.replace("\xa0", " ") for one in found]


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({}, "blir det av då, och är det åtgärdat måndag 21 december 2026 kl. 21.00?"),
        ({"end": ""}, "blir det av då, och när beräknas det vara åtgärdat? Längden är okänd."),
        ({"status": "unconfirmed", "end": ""}, "är det bekräftat, och blir det av då, och när beräknas det vara"),
    ],
)
def test_what_is_asked_of_what_is_planned_is_not_what_is_asked_of_what_goes_on(tmp_path, more, asked):
    now, then = texts(tmp_path, OUT + planned(**more), "prognos.information")[:2]
    assert now == "Avbrott i Clearing: när beräknas det vara åtgärdat? Längden är okänd."
    assert then.startswith(f"Avbrott i Clearing, planerat från måndag 21 december 2026 kl. 18.00: {asked}")


def test_a_condition_names_what_is_planned_beside_what_goes_on(tmp_path):
    both = "Om avbrottet i Clearing kvarstår och det planerade avbrottet i Clearing (från mån 2026-12-21 18.00) är åtgärdat"
    assert texts(tmp_path, OUT + planned(), "viktigast")[0].startswith(both)
    assert texts(tmp_path, planned(), "viktigast")[0].startswith("Om det planerade avbrottet är åtgärdat som uppgivet")
    more = texts(tmp_path, planned() + planned("b1", 3) + planned("b2", 4), "viktigast")[0]
    assert more.startswith("Om de planerade avbrotten i Clearing (från mån 2026-12-21 18.00), Bank one (från mån")


@pytest.mark.parametrize(
    ("out", "words"),
    [
        (
            OUT,
            "avbrottet i Clearing åtgärdas nu och det planerade avbrottet i Clearing (från mån 2026-12-21 18.00) ställs in",
        ),
        ("", "det planerade avbrottet ställs in"),
        (
            planned("b1", 3),
            "de planerade avbrotten i Bank one (från mån 2026-12-21 18.00) och Clearing (från mån 2026-12-21 18.00) ställs in",
        ),
    ],
)
def test_what_is_planned_after_a_time_does_not_end_then_but_is_cancelled(tmp_path, out, words):
    basis = basis_at(MODEL, log_of(tmp_path, out + planned(), MODEL), "04:40")
    with writing_in("sv"):
        which = all_lasting(basis)
        assert f"{which.words} {which.resolved_now}" == words


def test_a_deadline_names_what_has_to_end_by_then(tmp_path):
    by_then = planned(day=18, end="").replace("T18:00", "T05:30")
    assert "är avbrottet i Clearing åtgärdat då" in texts(tmp_path, OUT + planned(), "prognos.beslut")[0]
    (told,) = texts(tmp_path, OUT + by_then, "prognos.beslut")
    assert "det planerade avbrottet i Clearing (från fre 2026-12-18 05.30) åtgärdade då" in told


def test_what_goes_over_into_another_part_is_not_planned(tmp_path):
    half = planned(day=18, end="remaining = 0.5").replace("T18:00", "T06:00")
    told = texts(tmp_path, OUT + "end = 2026-12-18T06:00:00+01:00\n" + half, "prognos.information")
    assert told and not any("planerat" in one for one in told)


def test_whom_to_call_about_what_is_planned_and_what_is_feared(tmp_path):
    text = planned() + planned("b1", 3) + planned("b2", 4, status="feared")
    rows = {
        row.actor: row.why
        for row in contact_list(basis_at(MODEL, log_of(tmp_path, OUT + text, MODEL), "04:40"), "payer")
    }
    assert rows["clr"] == "har själv ett avbrott (obekräftat); har själv ett planerat avbrott från mån 21 dec 18.00"
    assert rows["b1"].startswith("har själv ett planerat avbrott från mån 21 dec 18.00")
    assert not any("befaras" in one for one in rows.values())
    told = texts(tmp_path, OUT + text, "prognos.samverkan")
    assert told[1].startswith("Där ett avbrott är planerat: Bank one")
    assert "Bank one" not in told[0]


def test_a_shared_system_that_is_planned_to_be_out_is_not_out(tmp_path):
    ground = basis_at(MODEL, log_of(tmp_path, planned("b1"), MODEL), "04:40")
    assert {one.state for one in shared_systems(ground, "payer")} <= {"planned", "will_be_harmed"}


def test_what_works_between_an_outage_that_is_over_and_a_planned_one_is_not_harmed(tmp_path):
    over = (
        planned(number=3)
        .replace("2026-12-21T18:00", "2026-12-18T04:00")
        .replace("2026-12-21T21:00", "2026-12-18T04:15")
    )
    given = tables()
    given["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min"}]
    model, findings = beroenden.build(given)
    assert model is not None, findings
    log = log_of(tmp_path, over + planned(), model)
    ground = basis_at(model, log, "04:40")
    assert {one.entity: one.state for one in shared_systems(ground, "payer")} == {"clr": "planned"}
    rows = {row.actor: row.why for row in contact_list(ground, "payer")}
    assert "den egna verksamheten blir nedsatt från mån 21 dec 18.00" in rows["b2"]
    told = [one.text for one in situation_at(model, log, "04:40").in_section("prognos.samverkan")]
    assert not any("Har nedsatta system" in one for one in told)
    assert any("planerat: Clearing" in one for one in told)


def test_a_conference_on_what_is_planned_says_so(tmp_path):
    made = conference(basis_at(MODEL, log_of(tmp_path, planned(), MODEL), "04:40"), "payer")
    with writing_in("sv"):
        text = markdown.render(conference_document(made))
    assert made.is_planned and made.to_dict()["planned"]
    assert "(planerad)" in text and "Fakta om planerad händelse" in text
    assert "befara" not in text
    assert not conference(basis_at(MODEL, log_of(tmp_path, OUT + planned(), MODEL), "04:40"), "payer").is_planned


def test_a_follow_up_says_that_what_is_planned_has_not_begun(tmp_path):
    log = log_of(tmp_path, planned(), MODEL)
    with writing_in("sv"):
        made = follow_up(basis_at(MODEL, log, "04:40"), "payer", log)
        text = markdown.render(followup_document(made)).replace("\xa0", " ")
    (estimate,) = made.estimates
    assert estimate.is_planned
    assert "| 3 tim; planerat från mån 21 dec 18.00 | har inte börjat |" in text


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("19:00", "| 3 tim; var planerat från fre 18 dec 18.00 | inget säger att det har börjat |"),
        ("22:00", "| 3 tim; var planerat från fre 18 dec 18.00 | inget säger att det blev av |"),
    ],
)
def test_a_follow_up_does_not_say_that_what_nobody_saw_begin_took_place(tmp_path, at, told):
    log = log_of(tmp_path, planned(day=18).replace("12-21T21", "12-18T21"), MODEL)
    with writing_in("sv"):
        made = follow_up(basis_at(MODEL, log, at), "payer", log)
        text = markdown.render(followup_document(made)).replace("\xa0", " ")
    assert made.estimates[0].is_unseen
    assert told in text
    assert "antas ha upphört" not in text
