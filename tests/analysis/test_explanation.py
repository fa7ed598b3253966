"""Chains begin at what held a payment up, and sentences say when something was at its worst."""

from datetime import datetime

import pytest
from chain import tables

import beroenden
from beroenden.analysis.explanation import explain
from beroenden.analysis.worst import worsened_by
from beroenden.consequences.outcome import Outcome
from beroenden.incident.lagesbild.actors import upstream_actors
from beroenden.model.network import Network
from beroenden.units.numbers import NBSP


def both_without_power() -> Outcome:
    """The payer's system and the clearing fail together, when the system has done its work and the clearing has not."""
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power", "endurance": "0min"}]
    made["entity"][3]["needs"] = [{"provider": "power", "endurance": "0min"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return beroenden.simulate(model, [{"entity": "power", "start": "2026-12-17T08:00", "end": "2026-12-19T20:00"}])


def test_the_chain_of_a_late_payment_begins_at_what_held_it_up() -> None:
    """It began at the first thing that any stage needs and that had failed, though that stage was done by then."""
    (path,) = explain(both_without_power(), "allowance").paths
    assert [step.entity for step in path.steps] == ["clr", "power"]


def test_what_held_the_payments_up_stands_between_before_what_is_merely_harmed() -> None:
    assert upstream_actors(both_without_power(), "payer") == ["clr", "power"]


@pytest.mark.parametrize("entity", ["svenska-kraftnat", "elnat", "tietoevry", "swedbank", "bankgirot", "internet"])
def test_no_chain_begins_after_the_stage_that_it_held_up(entity: str) -> None:
    model, _ = beroenden.load("models/soes")
    for start in ("2026-12-17T05:00", "2026-12-16T08:00"):
        outcome = beroenden.simulate(model, [{"entity": entity, "start": start, "for": "24h"}])
        for run in outcome.late_runs:
            stages = {stage.id: stage for stage in run.payment.stages}
            for one in run.held_up:
                needed = {provider for need in stages[one.stage].needs for provider in need.providers}
                banks = {branch.bank for branch in run.branches} if stages[one.stage].at_recipient_bank else set()
                assert one.because[0].entity in needed | banks
                assert run.completed is None or one.because[0].at < run.completed
            assert run.held_up and run.blocked_by == tuple(dict.fromkeys(one.because[-1].entity for one in run.held_up))


def test_a_sentence_says_when_something_is_at_its_worst() -> None:
    """It said "is down" of the whole time, also of what was merely impaired for most of it."""
    made = tables()
    made["entity"][1]["needs"] = [
        {"provider": "power", "endurance": [["2h", 0.3], ["20h", 0.0]]},
    ]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outage = [{"entity": "power", "start": "2026-12-15T08:00", "for": "30h"}]
    said = explain(beroenden.simulate(model, outage), "sys").summary
    assert said == (
        "The payer's system is impaired from Tue 15 Dec 08:00 to Wed 16 Dec 14:00 and is down from Tue 15 Dec 10:00 "
        "to Wed 16 Dec 14:00, because Power is out or impaired."
    )


def test_an_actor_that_holds_is_told_of_the_payments_that_are_late() -> None:
    model, findings = beroenden.build(tables())
    assert model is not None, findings
    outcome = beroenden.simulate(model, [{"entity": "clr", "start": "2026-12-18T04:00", "for": "12h"}])
    assert explain(outcome, "payer").verdict == "Not harmed. Pays late: Allowance."
    assert explain(outcome, "b2").verdict == "Not harmed. Late to accounts here: Allowance."
    assert explain(outcome, "b1").verdict == "Not harmed."


TWICE = [
    {"entity": "power", "start": "2026-12-15T08:00", "for": "6h"},
    {"entity": "power", "start": "2026-12-17T08:00", "for": "6h"},
]


def test_what_is_harmed_twice_is_told_spell_by_spell() -> None:
    """It said "is down from" the first start "to" the last end, with two days between."""
    model, findings = beroenden.build(tables())
    assert model is not None, findings
    found = explain(beroenden.simulate(model, TWICE), "sys")
    assert found.verdict == "Harmed 2 times between Tue 15 Dec 12:00 and Thu 17 Dec 14:00."
    assert found.summary == (
        "The payer's system is down from Tue 15 Dec 12:00 to Tue 15 Dec 14:00, because Power is out or impaired; "
        "is down from Thu 17 Dec 12:00 to Thu 17 Dec 14:00, because Power is out or impaired."
    )


def test_of_several_causes_a_spell_is_told_what_it_began_with() -> None:
    made = tables()
    made["entity"][1]["needs"].append({"provider": "clr", "endurance": "0min"})
    model, findings = beroenden.build(made)
    assert model is not None, findings
    clearing = {"entity": "clr", "start": "2026-12-15T07:00", "for": "3h"}
    said = explain(beroenden.simulate(model, [TWICE[0], clearing]), "sys").summary
    assert said == (
        "The payer's system is down from Tue 15 Dec 07:00 to Tue 15 Dec 10:00; it begins with Clearing out or impaired; "
        "is down from Tue 15 Dec 12:00 to Tue 15 Dec 14:00; it begins with Power out or impaired."
    )


BANK = {"entity": "b2", "start": "2026-12-18T05:00", "for": "3h"}
FAULT = {"payment": "allowance", "share": 0.1, "start": "2026-12-18T00:00", "for": "2d"}


def late_by(*outages: dict[str, object]) -> Outcome:
    model, findings = beroenden.build(tables())
    assert model is not None, findings
    return beroenden.simulate(model, outages)


def test_a_fault_in_the_file_is_a_cause_beside_an_outage() -> None:
    outcome = late_by(BANK, FAULT)
    (run,) = outcome.late_runs
    assert (run.blocked_by, run.is_late_by_fault) == (("b2",), True)
    assert [branch.bank for branch in run.sound_part] == ["b1", "b2"]
    assert [branch.share for branch in run.faulty_part] == [0.1]
    found = explain(outcome, "allowance")
    assert found.summary.endswith("late, because of Bank two and a fault in the file.")
    assert found.verdict.replace(NBSP, " ") == (
        "2026-12-18: up to 2 h late for accounts in Bank two, up to 42 h late for the faulty part of the file."
    )


def test_the_course_is_that_of_the_bank_that_is_latest_and_the_fault_has_a_sentence() -> None:
    (course,) = explain(late_by(BANK, FAULT), "allowance").courses
    assert (course.bank, course.title) == ("b2", "2026-12-18, accounts in Bank two")
    assert [row.stage for row in course.rows] == ["underlag", "clearing", "konto"]
    assert course.fault_text == "The fault in the file lasts until Sun 20 Dec 00:00; the faulty part comes then."


def test_a_fault_in_the_file_alone_has_no_course() -> None:
    found = explain(late_by(FAULT), "allowance")
    (course,) = found.courses
    assert (course.bank, course.rows) == (None, ())
    assert found.summary.endswith("late, because of a fault in the file.")
    assert found.verdict.replace(NBSP, " ") == "2026-12-18: up to 42 h late for the faulty part of the file."
    lasting = explain(late_by({**FAULT, "for": "60d"}), "allowance").courses[0].fault_text
    assert lasting == "The fault in the file is not mended within the period."


def test_an_outage_alone_is_no_fault_in_the_file_where_the_banks_are_unknown() -> None:
    made = tables()
    del made["payment"][0]["accounts"]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    clearing = {"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}
    found = explain(beroenden.simulate(model, [clearing]), "allowance")
    assert found.verdict.replace(NBSP, " ") == "2026-12-18: up to 4 h late for accounts in unknown banks."
    assert found.courses[0].title == "2026-12-18, accounts in unknown banks"
    assert found.courses[0].fault_text == ""
    both = explain(beroenden.simulate(model, [clearing, FAULT]), "allowance")
    assert [row.name for row in both.courses[0].branches] == ["unknown banks", "the faulty part of the file"]


def shared_load() -> Network:
    """Shop needs power (70 %) and telephony (30 %); a bank needs the shop."""
    loads = {"shares": {"power": 0.7, "tele": 0.3}, "endurance": "0min"}
    made = [
        *({"id": one, "name": one.title(), "kind": "infrastructure"} for one in ("power", "tele", "water")),
        {"id": "shop", "name": "Shop", "kind": "supplier", "needs": [loads, {"provider": "water", "endurance": "30h"}]},
        {"id": "bank", "name": "Bank", "kind": "bank", "needs": [{"provider": "shop", "endurance": "0min"}]},
    ]
    network, findings = beroenden.build({"model": {"name": "m"}, "entity": made})
    assert network is not None, findings
    return network


POWER = {"entity": "power", "start": "2026-12-15T08:00", "for": "20h"}
TELE = {"entity": "tele", "start": "2026-12-15T14:00", "for": "6h"}
WATER = {"entity": "water", "start": "2026-12-15T09:00", "for": "10h"}


@pytest.mark.parametrize("entity", ["shop", "bank"])
def test_what_else_took_something_to_its_worst_is_named(entity: str) -> None:
    """Whoever reads only what it began with phones the wrong supplier; water, which is outlived, is not told of."""
    found = explain(beroenden.simulate(shared_load(), [POWER, WATER, TELE]), entity)
    assert found.summary.endswith(
        "is down from Tue 15 Dec 14:00 to Tue 15 Dec 20:00; it begins with Power out or impaired, and the worst of it is "
        "also due to Tele (from Tue 15 Dec 14:00)."
    )
    assert [step.entity for step in found.paths[0].steps][-1] == "power"


def test_what_began_before_the_cause_is_named_too() -> None:
    """Water fails first and is outlived for 30 hours; power then makes the shop fall, and water takes it to its worst."""
    water = {**WATER, "start": "2026-12-14T04:00", "for": "40h"}
    found = explain(beroenden.simulate(shared_load(), [water, POWER]), "shop")
    assert found.summary.endswith(
        "it begins with Power out or impaired, and the worst of it is also due to Water (from Mon 14 Dec 04:00)."
    )


def test_of_what_is_out_itself_the_rest_of_the_worst_is_told() -> None:
    partly = {"entity": "shop", "start": "2026-12-15T07:00", "for": "30h", "remaining": 0.9}
    found = explain(beroenden.simulate(shared_load(), [partly, TELE]), "shop")
    assert "70% of its capacity" in found.summary
    assert found.summary.endswith(", and the worst of it is also due to Tele (from Tue 15 Dec 14:00).")


def test_an_endurance_that_ends_is_no_other_cause() -> None:
    network, findings = beroenden.build(
        {
            "model": {"name": "m"},
            "entity": [
                *({"id": one, "name": one.title(), "kind": "infrastructure"} for one in ("power", "tele")),
                {
                    "id": "shop",
                    "name": "Shop",
                    "kind": "supplier",
                    "needs": [{"provider": "power", "endurance": [["2h", 0.5], ["8h", 0.2]]}],
                },
            ],
        }
    )
    assert network is not None, findings
    said = explain(beroenden.simulate(network, [POWER, TELE]), "shop").summary
    assert said.endswith("is down from Tue 15 Dec 16:00 to Wed 16 Dec 04:00; it begins with Power out or impaired.")


def test_an_observation_that_something_works_is_no_cause() -> None:
    works = {"entity": "water", "start": "2026-12-15T10:00", "end": "2026-12-15T15:00", "level": 1}
    outcome = beroenden.simulate(shared_load(), [POWER, TELE], pins=[works])
    assert worsened_by(outcome, "shop", outcome.start + 8 * 60, "power") == {"tele": outcome.start + 6 * 60}


def test_what_is_wrong_with_a_cause_is_said_as_it_is() -> None:
    """An outage, a level that was observed, or a planned outage; and a spell begins when it began, also before the first outage."""
    given = tables()
    given["event"] = [
        {
            "id": "byte",
            "name": "Change",
            "start": datetime(2026, 12, 16, 4),
            "end": datetime(2026, 12, 16, 12),
            "entities": ["clr"],
        }
    ]
    model, _ = beroenden.build(given)
    assert model is not None
    pins = [{"entity": "power", "level": 0.5, "start": "2026-12-16T05:00", "end": "2026-12-16T09:00"}]
    outcome = beroenden.simulate(
        model, [{"entity": "b2", "start": "2026-12-16T06:00", "for": "1h"}], pins=pins, with_events=True
    )
    said = {one: explain(outcome, one) for one in ("b2", "power", "clr")}
    reasons = {one: found.paths[0].steps[-1].reason for one, found in said.items()}
    assert reasons == {"b2": "the outage", "power": "observed level", "clr": "planned outage: Change"}
    assert "04:00 to Wed 16 Dec 12:00" in said["clr"].summary.replace(NBSP, " ")


def test_what_holds_something_on_is_told_beside_what_it_fell_by() -> None:
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power", "endurance": "0min"}, {"provider": "clr", "endurance": "0min"}]
    model, _ = beroenden.build(made)
    assert model is not None
    outages = [
        {"entity": "power", "start": "2026-12-16T06:00", "for": "1h"},
        {"entity": "clr", "start": "2026-12-16T06:30", "for": "5h"},
    ]
    summary = explain(beroenden.simulate(model, outages), made["entity"][1]["id"]).summary
    assert "and it is then kept so by Clearing (from Wed 16 Dec 07:00)" in summary.replace(NBSP, " ")
