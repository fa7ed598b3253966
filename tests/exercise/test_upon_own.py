"""One that pays nothing and carries no stage: what others pay late through what it answers for."""

from typing import Any

import pytest
from chain import tables
from exercise.example import moment
from exercise.test_leaks import PACE, built, out

from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.evaluation_tables import EvaluationTables
from beroenden.exercise.evaluation.deciding import Deciding
from beroenden.exercise.evaluation.evaluation import Evaluation, evaluate
from beroenden.exercise.key import key
from beroenden.exercise.plan import plan
from beroenden.incident.log.entries import Decision, Incident, Log
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario

HOST = (out("host", "15T17:00", "17T12:00"),)
RESTING = "Other payments will be late that rest on the actor's impaired systems: Allowance"


def hosted(**need: Any) -> Network:
    """The worked example, where the payer's system needs a host, and that the power, with no other part in the payment."""
    made = tables()
    made["model"]["tlp"] = "TLP:CLEAR"
    needs = [{"provider": "power", "endurance": "0min"}]
    made["entity"].append({"id": "host", "name": "Host", "kind": "supplier", "needs": needs})
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"} | need]
    return built(made)


@pytest.mark.parametrize(("need", "is_told"), [({}, True), ({"tlp": "TLP:RED"}, False)])
def test_its_key_tells_of_them_as_far_as_it_may_know_what_rests_on_it(need: dict[str, Any], is_told: bool) -> None:
    model = hosted(**need)
    exercise = plan(model, Scenario(HOST), ["host", "payer"], PACE, language="en")
    made = key(simulate_scenario(model, exercise.scenario), exercise, "host", exercise.stages[0]).situation
    first = " ".join(one.text for one in made.in_section("viktigast"))
    assert "The actor pays nothing itself in the model and has no stage in the payments of others." in first
    assert (RESTING in first) == is_told


@pytest.mark.parametrize(("need", "is_told"), [({}, True), ({"tlp": "TLP:RED"}, False)])
def test_who_may_not_know_what_rests_on_it_is_not_held_to_have_known_the_payment(
    need: dict[str, Any], is_told: bool
) -> None:
    made = evaluated(hosted(**need), HOST)
    (host,) = (one for one in made.players if one.actor == "host")
    with writing_in("en"):
        ((payment, *_),) = EvaluationTables(made).decided(host.decidings).rows
    assert ("the actor may not read in the model that it rests on something of its own" in payment) != is_told


def judged(outages: tuple[Outage, ...], *decided: str) -> tuple[Deciding, ...]:
    """What the host is held against, where its log has decisions about itself at some times."""
    made = evaluated(hosted(), outages, *decided)
    return next(one for one in made.players if one.actor == "host").decidings


def evaluated(model: Network, outages: tuple[Outage, ...], *decided: str) -> Evaluation:
    exercise = plan(model, Scenario(outages), ["host", "payer"], PACE, language="en")
    incident = Incident("i", "I", "host", moment("14T00:00"), is_exercise=True, tlp="TLP:GREEN", model="m")
    entries = (
        Decision(id=f"decision-{at}", time=moment(at), actor="host", text="…", concerns=("host",)) for at in decided
    )
    return evaluate(model, exercise, [Log(incident, tuple(entries))])


def test_what_its_own_outage_makes_others_pay_late_is_held_against_it_from_when_that_began() -> None:
    """A fault of another in its system the day before, and what it decided of that, are nothing of this."""
    before = out("power", "14T06:00", "14T12:00")
    (one,) = judged((before, *HOST), "14T07:00", "15T18:30")
    assert (one.payment, one.own, one.state) == ("allowance", ("host",), "before")
    assert one.said is not None and one.said.time == moment("15T18:30")
    assert one.sign is not None and one.sign.at == moment("15T17:00")
    (none,) = judged((before, *HOST), "14T07:00")
    assert none.state == "none"


def test_what_anothers_outage_makes_late_through_it_is_not_held_against_it() -> None:
    assert judged((out("power", "15T17:00", "17T12:00"),), "15T18:30") == ()
