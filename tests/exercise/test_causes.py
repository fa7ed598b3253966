"""What makes a payment late where several outages would: whoever is told of any of them can know."""

from typing import Any

import pytest
from exercise.example import moment
from exercise.test_company import public
from exercise.test_leaks import PACE, built, out, told_to

from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.causes import Later, causes, decided_by, first_late, having_a_part, late_anyway, to_be_over
from beroenden.exercise.evaluation.evaluation import evaluate
from beroenden.exercise.exercise import CONTROL, Evidence
from beroenden.exercise.noticed import bears_on, begun, deadlines, late_upon
from beroenden.exercise.plan import plan
from beroenden.language import writing_in
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


def test_the_deadline_is_of_what_makes_it_late_and_not_of_what_was_over_before():
    """With one end for all outages, one that was over days before was stretched until the payment was late for it."""
    outages = (out("sys", "15T08:00", "15T20:00"), out("clr", "16T08:00", "18T12:00"))
    outcome = simulate_scenario(built(public()), Scenario(outages))
    (run,) = outcome.late_runs
    (alone,) = simulate_scenario(built(public()), Scenario(outages[1:])).late_runs
    assert run.latest_recovery == moment("16T16:00") and alone.latest_recovery == moment("17T21:59")
    (deadline,) = deadlines(outcome, "payer")
    assert (deadline.at, deadline.path) == (alone.latest_recovery, ("clr",))
    assert begun(outcome, deadline) == moment("16T08:00") and late_anyway(outcome, [run]) == {}


def test_what_begins_after_a_deadline_is_no_part_of_it_and_is_told_beside_it():
    outages = (out("sys", "15T08:00", "16T20:00"), out("clr", "17T08:00", "18T12:00"))
    model = built(public())
    outcome = simulate_scenario(model, Scenario(outages))
    (run,) = outcome.late_runs
    assert run.blocked_by == ("sys", "clr")
    (deadline,) = deadlines(outcome, "payer")
    assert (deadline.at, deadline.path) == (moment("16T16:00"), ("sys",))
    assert first_late(outcome, run).since == moment("15T08:00")
    assert late_anyway(outcome, [run]) == {Later(("clr",), moment("18T06:00")): [run]}
    exercise = plan(model, Scenario(outages), ("payer",), PACE, language="en")
    (note,) = (one for one in exercise.injects if one.to == CONTROL and one.title.startswith("Deadline"))
    assert note.text.replace("\xa0", " ").startswith(
        "If the outage of The payer's system is not resolved by Wednesday 16 December 2026 at 16:00, Allowance will be late. "
        "Outage of Clearing (from Thursday 17 December 2026 at 08:00) makes Allowance late all the same; if that too is resolved by Friday 18 December 2026 at 06:00, that is enough."
    )


@pytest.mark.parametrize(
    ("language", "too"),
    [
        ("sv", "om också avbrottet i Clearing är åtgärdat senast"),
        ("en", "if the outage of Clearing too is resolved by"),
    ],
)
def test_the_table_of_deadlines_says_by_when_what_begins_later_has_to_be_over_too(language: Any, too: str):
    outages = (out("sys", "15T08:00", "16T20:00"), out("clr", "17T08:00", "18T12:00"))
    model = built(public())
    exercise = plan(model, Scenario(outages), ("payer",), PACE, language=language)
    with writing_in(language):
        text = render(control_document(exercise, model)).replace("\xa0", " ")
    assert too in text


def test_who_answers_for_what_begins_later_is_named_beside_the_deadline_too():
    outages = (out("sys", "15T08:00", "16T20:00"), out("power", "17T08:00", "18T12:00"))
    exercise = plan(behind(), Scenario(outages), ("payer", "power"), PACE, language="en")
    (note,) = (one for one in exercise.injects if one.to == CONTROL and one.title.startswith("Deadline"))
    assert note.text.endswith(" What is to be resolved is answered for by Power.")
    with writing_in("en"):
        assert "Power answers for the outage" in render(control_document(exercise, behind()))


def test_what_has_a_part_in_a_late_payment_is_what_holds_it_what_has_to_be_over_and_what_would_do_it_alone():
    outcome = simulate_scenario(behind(), Scenario(BOTH[:2]))
    (run,) = outcome.late_runs
    assert run.blocked_by == ("clr",) and set(having_a_part(outcome, run)) == {"clr", "power"}
    assert [one.key for one in late_upon(outcome, "power")] == [run.key]


def test_what_could_stand_in_for_a_cause_and_is_out_too_has_to_be_over_like_it():
    made = public()
    entities = {one["id"]: one for one in made["entity"]}
    made["entity"] += [{"id": "reserve", "name": "Reserve", "kind": "supplier"}]
    entities["sys"]["needs"] = [{"any_of": ["power", "reserve"], "endurance": "0min"}]
    both = tuple(out(one, "15T08:00", "16T20:00") for one in ("power", "reserve"))
    outcome = simulate_scenario(built(made), Scenario(both))
    (run,) = outcome.late_runs
    assert run.blocked_by == ("power",) and to_be_over(outcome, [run]) == ("power", "reserve")
