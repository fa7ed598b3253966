"""What players are asked at an inject: what they can still do something about."""

import pytest
from chain import network
from exercise.example import moment

from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.exercise import Evidence
from beroenden.exercise.questions import is_too_late, questions_of
from beroenden.model.scenario import Outage, Scenario

RUN = (("allowance", "2026-12-18"),)


@pytest.mark.parametrize("is_past", [False, True])
def test_after_the_latest_recovery_nobody_is_asked_by_when(is_past):
    asked = questions_of("stage", is_too_late=is_past)
    assert asked.startswith("What does it mean for the recipients?" if is_past else "By when must it be solved")
    told = questions_of("stage", "knows", is_too_late=is_past)
    assert told.startswith("This is what you know")


def test_it_is_too_late_once_the_latest_recovery_of_all_has_passed():
    scenario = Scenario((Outage(moment("15T16:00"), moment("17T08:00"), "power"),), horizon=14 * 1440)
    outcome = simulate_scenario(network(), scenario)
    latest = next(run for run in outcome.runs if run.key in RUN).latest_recovery
    assert latest == moment("16T18:00")
    found = Evidence("stage", moment("15T21:00"), payments=RUN, stage="underlag")
    assert [is_too_late(outcome, found, at) for at in (latest, latest + 1)] == [False, True]
    assert not is_too_late(outcome, Evidence("stage", latest), latest + 1)


def test_what_could_not_be_done_in_time_from_the_first_is_too_late():
    outage = Outage(moment("15T16:00"), moment("17T08:00"), "power")
    scenario = Scenario((outage,), at=moment("16T20:00"), horizon=14 * 1440)
    outcome = simulate_scenario(network(), scenario)
    run = next(run for run in outcome.runs if run.key in RUN)
    assert (run.latest_recovery_state, run.latest_recovery) == ("too_late", None)
    assert is_too_late(outcome, Evidence("stage", moment("16T20:00"), payments=RUN), moment("16T20:00"))
