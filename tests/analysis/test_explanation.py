"""Chains begin at what held a payment up, and sentences say when something was at its worst."""

import pytest
from chain import tables

import beroenden
from beroenden.analysis.explanation import explain
from beroenden.consequences.outcome import Outcome
from beroenden.incident.lagesbild.actors import upstream_actors


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
