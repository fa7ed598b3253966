"""The paper of one that pays nothing itself tells of the payments that it carries a stage of, never that nothing is late."""

import pytest
from chain import tables
from logs import OUT, log_of, situation_at
from situations import situation_of

import beroenden
from beroenden.documents.lagesbild import short
from beroenden.documents.markdown import render
from beroenden.incident.lagesbild.actors import carried_runs

SHARED = OUT + 'tlp = "TLP:CLEAR"\ndisclose = true\n'
CLEARING = [{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}]


def said(situation, section):
    return " ".join(one.text for one in situation.in_section(section)).replace("\xa0", " ")


def made(actor, outages=CLEARING, at="2026-12-18T04:30"):
    model, _ = beroenden.build(tables())
    return situation_of(beroenden.simulate(model, outages, at=at), actor)


def test_one_that_carries_a_stage_reads_of_the_payment_everywhere():
    paper = made("clr")
    first = said(paper, "viktigast")
    assert "betalningar som aktören har del i (steg: clearing)" in first
    assert "(600 utbetalningar" in first
    assert "Aktören betalar inget själv i modellen" in first
    assert "ingen" not in first.lower()
    assert [dict(one.cells)["Aktörens steg"] for one in paper.in_section("prognos.betalningar")] == ["clearing"]
    assert "betalningar som aktören har del i" in said(paper, "prognos.beslut")
    counts = [
        dict(one.cells)["Försenade utbetalningar som aktören har del i"] for one in paper.in_section("prognos.tid")
    ]
    assert "600" in counts


def test_one_without_a_part_is_told_that_it_pays_nothing_and_what_rests_on_it():
    paper = made("power", [{"entity": "power", "start": "2026-12-15T12:00"}], "2026-12-15T13:00")
    first = said(paper, "viktigast")
    assert "Aktören betalar inget själv i modellen och har inget steg i andras betalningar." in first
    assert "vilar på aktörens nedsatta system: Allowance (fre 18 dec)" in first


def test_what_is_late_of_something_else_does_not_rest_on_what_is_harmed_beside_it():
    later = {"entity": "power", "start": "2026-12-18T20:00", "for": "1h"}
    paper = made("power", [*CLEARING, later])
    assert "vilar på" not in said(paper, "viktigast")


def test_what_a_payer_carries_of_others_stands_apart():
    given = tables()
    other = {**given["payment"][0], "id": "grant", "name": "Grant", "payer": "agency", "paying_bank": "b2"}
    given["entity"].append({"id": "agency", "name": "Agency", "kind": "authority"})
    given["payment"].append(other)
    model, findings = beroenden.build(given)
    assert model is not None, findings
    first = said(situation_of(beroenden.simulate(model, CLEARING, at="2026-12-18T04:30"), "payer"), "viktigast")
    assert "blir dessa betalningar sena: Allowance" in first or "Dessa betalningar blir sena: Allowance" in first
    assert "som aktören har del i (steg: underlag) sena: Grant" in first or "(steg: underlag) blir sena: Grant" in first


@pytest.mark.parametrize(("outage", "day"), [("bankgirot", "2026-11-24"), ("af-arendesystem", "2026-11-16")])
def test_no_paper_of_the_model_denies_what_its_actor_carries(outage, day):
    model, _ = beroenden.load("models/soes")
    outcome = beroenden.simulate(model, [{"entity": outage, "start": f"{day}T12:10"}], at=f"{day}T12:40")
    carrying = [
        one.id
        for one in model.entities
        if model.actor_of(one.id) == one.id and any(run.late for run in carried_runs(outcome, one.id))
    ]
    assert "arbetsformedlingen" in carrying
    for actor in carrying:
        first = said(situation_of(outcome, actor), "viktigast")
        assert "har del i" in first, actor
        assert " ingen av de betalningar" not in first, actor


def clear():
    """The worked example, which everybody may read."""
    given = tables()
    given["model"]["tlp"] = "TLP:CLEAR"
    return beroenden.build(given)[0]


def test_a_reader_is_told_whose_payments_none_of_which_is_late(tmp_path):
    model = clear()
    log = log_of(tmp_path, SHARED.replace("start = ", "end = 2026-12-18T04:20:00+01:00\nstart = "), model)
    paper = situation_at(model, log, "2026-12-18T04:30", "b2", form="delgivning", disclosed=("prognos",))
    assert "ingen av avsändarens betalningar" in said(paper, "prognos.konsekvenser").lower()


def test_the_readers_own_bank_is_named_among_those_hit(tmp_path):
    model = clear()
    log = log_of(tmp_path, SHARED, model)
    paper = situation_at(model, log, "2026-12-18T04:30", "b2", disclosed=("prognos",))
    assert "Banker vars kunder får någon betalning sent: Bank two (ni själva)." in said(paper, "prognos.samverkan")


def test_what_nobody_has_said_is_left_to_a_person_in_the_short_form():
    text = render(
        short(made("payer", [{"entity": "power", "start": "2026-12-15T12:00", "for": "1h"}], "2026-12-15T12:30"))
    )
    assert "Inget." not in text
    assert "Fylls i av handläggaren." in text


def test_an_overdue_request_is_among_what_is_not_known(tmp_path):
    model, _ = beroenden.build(tables())
    asked = (
        '\n[[request]]\nid = "request-1"\ntime = 2026-12-18T04:15:00+01:00\ntype = "information"\nto = "b2"\n'
        'text = "Hur många väntar"\ndue = 2026-12-18T04:25:00+01:00\n'
    )
    paper = situation_at(model, log_of(tmp_path, OUT + asked, model), "2026-12-18T04:30")
    assert "Begäran till Bank two är obesvarad" in said(paper, "prognos.information")
    (row,) = paper.in_section("begaran.atgarder")
    assert dict(row.cells)["Svar"] == "obesvarad, försenad"


def test_what_never_passes_the_stage_is_not_counted_with_it():
    """Bank one pays its own customers without clearing: while it alone keeps their money, the clearing has no part in that."""
    model, _ = beroenden.build(tables())
    outages = [{"entity": "b1", "start": "2026-12-18T04:00", "for": "5h", "remaining": 0.0}]
    outcome = beroenden.simulate(model, outages, at="2026-12-18T04:30")
    whole = {
        bank for run in outcome.late_runs for branch in run.branches if branch.is_late for bank in run.banks_of(branch)
    }
    assert "b1" in whole
    late = [run for run in carried_runs(outcome, "clr") if run.late]
    assert not any("b1" in run.late_banks for run in late)
    both = beroenden.simulate(model, [*CLEARING, *outages], at="2026-12-18T04:30")
    (run,) = (one for one in carried_runs(both, "clr") if one.late)
    assert (run.late_banks, run.recipients_late) == (("b2",), 600)
    assert [one.bank for one in run.late_passed_by] == ["b1"]
    assert situation_of(both, "clr").claims != () and not any(
        claim.aspect == "completed" for claim in situation_of(both, "clr").claims
    )


@pytest.mark.parametrize(
    ("also", "where"),
    [
        ([], "alla banker utom Bank one"),
        ([{"entity": "b1", "start": "2026-12-18T04:00", "for": "5h"}], "Bank two och Bank three"),
    ],
)
def test_the_banks_are_those_of_what_passes_the_stage_as_the_number_is(also, where):
    """Nor does it except the paying bank, whose own customers are not paid through the stage, where they wait too."""
    given = tables()
    given["entity"].append({"id": "b3", "name": "Bank three", "kind": "bank"})
    given["payment"][0]["accounts"] = {"b1": 0.4, "b2": 0.3, "b3": 0.3}
    model, findings = beroenden.build(given)
    assert model is not None, findings
    paper = situation_of(beroenden.simulate(model, [*CLEARING, *also], at="2026-12-18T04:30"), "clr")
    assert f"gäller konton i {where}." in said(paper, "viktigast")
    (row,) = paper.in_section("prognos.betalningar")
    cells = dict(row.cells)
    assert (cells["Sena utbetalningar"], cells["Sena för konton i"]) == ("600", where)


def test_what_rests_on_it_and_has_come_late_is_told_too():
    paper = made("power", [{"entity": "power", "start": "2026-12-15T12:00", "for": "48h"}], "2026-12-23T13:00")
    first = said(paper, "viktigast")
    assert "Har blivit sena men bör vara framme, av andra betalningar som vilar på system hos aktören" in first
    assert "Allowance (fre 18 dec) (600 utbetalningar)" in first
