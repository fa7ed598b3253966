"""What makes a payment late where several outages would: whoever is told of any of them can know."""

from typing import Any

from exercise.example import moment
from exercise.test_company import public
from exercise.test_leaks import PACE, built, out, told_to

from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.causes import causes, decided_by
from beroenden.exercise.evaluation.evaluation import evaluate
from beroenden.exercise.exercise import CONTROL, Evidence
from beroenden.exercise.noticed import bears_on
from beroenden.exercise.plan import plan
from beroenden.model.network import Network
from beroenden.model.scenario import Pin, Scenario

BOTH = (out("clr", "16T08:00", "18T12:00"), out("power", "16T08:00", "18T12:00"), out("sys", "16T08:00", "18T12:00"))
"""The clearing and the power that it needs; and a system whose work of this month is done."""


def behind(**clearing: Any) -> Network:
    """The worked example, where the clearing needs the power, and nothing of the payer's does."""
    made = public()
    entities = {one["id"]: one for one in made["entity"]}
    entities["clr"] |= {"needs": [{"provider": "power", "endurance": "0min"}], **clearing}
    del entities["sys"]["needs"]
    return built(made)


def test_an_outage_behind_what_is_out_makes_the_payment_late_too() -> None:
    outcome = simulate_scenario(behind(), Scenario(BOTH))
    (run,) = outcome.late_runs
    assert run.blocked_by == ("clr",)
    assert causes(outcome, run) == ("clr", "power")
    told = (Evidence("unconfirmed", moment("16T08:00"), (one,), path=(one,)) for one in ("clr", "power", "sys"))
    assert [bears_on(outcome, one, run) for one in told] == [True, True, False]


def test_an_outage_is_no_cause_of_what_is_late_without_it_since_a_level_is_held() -> None:
    held = Pin("clr", 0.0, moment("16T08:00"), moment("18T12:00"))
    outcome = simulate_scenario(behind(), Scenario(BOTH[1:], (held,)))
    (run,) = outcome.late_runs
    assert causes(outcome, run) == ("clr",)


def test_who_is_told_of_the_outage_behind_decides_under_the_deadline() -> None:
    """Nothing was said to tell the payer of it, and what it did not decide was excused."""
    model = behind(tlp="TLP:GREEN")
    exercise = plan(model, Scenario(BOTH[:2]), ("payer",), PACE, language="en")
    assert told_to(exercise, "payer", "unconfirmed", "cause")[0].evidence == Evidence(
        "unconfirmed", moment("16T08:00"), ("power",), path=("power",), level=0.0
    )
    (note,) = (one for one in exercise.injects if one.to == CONTROL and one.title.startswith("Deadline"))
    assert "To decide before it: The payer." in note.text and "No inject" not in note.text
    (deciding,) = evaluate(model, exercise).players[0].decidings
    assert deciding.sign is not None and deciding.sign.at == moment("16T10:00")
    assert deciding.waits_for == ("clr", "power")


def test_who_is_told_only_of_what_leaves_more_time_does_not_decide_under_the_deadline():
    """A bank that had been told nothing of the outage that sets the deadline was faulted for not deciding before it."""
    outages = (out("clr", "16T08:00", "18T12:00"), out("b2", "16T08:00", "18T12:00"))
    outcome = simulate_scenario(built(public()), Scenario(outages))
    (run,) = outcome.late_runs
    assert set(causes(outcome, run)) == {"clr", "b2"}
    alone = [simulate_scenario(built(public()), Scenario((one,))).late_runs[0].latest_recovery for one in outages]
    assert alone[0] == run.latest_recovery and alone[1] > alone[0]
    assert decided_by(outcome, run) == ("clr",)
    told = (Evidence("unconfirmed", moment("16T08:00"), (one,), path=(one,)) for one in ("clr", "b2"))
    assert [bears_on(outcome, one, run) for one in told] == [True, False]
