"""What an actor decides under, and what it hears of its endurance."""

from chain import network, tables
from exercise.example import moment

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.noticed import deadlines, is_over_in_time, late_upon, noticed
from beroenden.exercise.witness import Disclosure, Witness
from beroenden.model.scenario import Outage, Scenario

MODEL = network()


def outcome(hours: int, entity: str = "sys", model=MODEL):
    start = moment("15T17:00")
    return simulate_scenario(model, Scenario((Outage(start, start + 60 * hours, entity),), horizon=14 * 1440))


def test_a_deadline_is_one_only_when_the_outage_outlasts_it():
    short, long = outcome(4), outcome(40)
    (due,) = deadlines(long, "payer")
    assert [run.latest_recovery for run in short.runs][:1] == [due.at]
    assert deadlines(short, "payer") == ()
    assert is_over_in_time(short, "payer") and not is_over_in_time(long, "payer")
    assert list(Witness(short, "payer", Disclosure()).deadlines()) == []


def test_what_others_pay_late_rests_on_whose_system_is_harmed():
    made = tables()
    made["entity"] += [{"id": "host", "name": "Host", "kind": "supplier"}]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = outcome(40, "host", model)
    assert [run.payment.id for run in late_upon(found, "host")] == ["allowance"]
    assert late_upon(found, "payer") == [] and late_upon(found, "b2") == []


def test_nobody_decides_under_a_deadline_that_its_own_things_did_not_bring():
    """Its system had failed too, after its work for the payment was done."""
    made = tables()
    made["entity"] += [{"id": "host", "name": "Host", "kind": "supplier"}]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outages = tuple(Outage(moment("17T08:00"), moment("19T20:00"), one) for one in ("host", "clr"))
    found = simulate_scenario(model, Scenario(outages, horizon=14 * 1440))
    (run,) = found.late_runs
    assert run.blocked_by == ("clr",)
    assert late_upon(found, "host") == [] and deadlines(found, "host") == ()
    assert [one.payments for one in deadlines(found, "payer")] == [(run.key,)]


def two_needs() -> list[dict[str, object]]:
    return [{"provider": "host", "endurance": "0min"}, {"provider": "power", "endurance": "4h", "what": "electricity"}]


def test_what_is_down_already_does_not_go_on_without_what_took_it_down():
    made = tables()
    made["entity"] += [
        {"id": "host", "name": "Host", "kind": "supplier", "needs": [{"provider": "power", "endurance": "0min"}]}
    ]
    made["entity"][1]["needs"] = two_needs()
    made["model"]["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = outcome(40, "power", model)
    signs = [(one.event, one.entities) for one in noticed(found, "payer") if one.at == moment("15T17:00")]
    assert signs == [("level", ("sys",))]
    told = [one for one in Witness(found, "payer", Disclosure()).injects() if one.evidence]
    first_of_power = min((one.time, one.evidence.event) for one in told if one.evidence.entities[:1] == ("power",))
    assert first_of_power == (moment("15T19:00"), "unconfirmed")
