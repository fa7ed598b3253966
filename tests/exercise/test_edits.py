"""What people have written in an exercise, told before it is planned anew."""

from dataclasses import replace

import pytest
from chain import network
from exercise.example import moment, play

from beroenden.exercise.edits import Edits, edits_of
from beroenden.exercise.exercise import CONTROL, Exercise, Inject
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.exercise.repacing import repaced
from beroenden.exercise.witness import Disclosure
from beroenden.language import writing_in
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import HOUR

MODEL = network()
SCENARIO = Scenario((Outage(moment("15T17:00"), moment("17T08:00"), "power"),), horizon=14 * 1440)
NOTHING = Edits(*[0] * 8)


def planned(pace: Pace, terms: Disclosure | None = None) -> Exercise:
    return plan(MODEL, SCENARIO, ["payer", "b2"], pace, terms)


def with_changes(exercise: Exercise, one: Inject, **changes: object) -> Exercise:
    return replace(
        exercise, injects=tuple(replace(each, **changes) if each is one else each for each in exercise.injects)
    )


def told(exercise: Exercise) -> list[Inject]:
    return [one for one in exercise.injects if one.to != CONTROL and not one.tells_time and one.kind == "inspel"]


EVEN = Pace(play("09:00"), 300, 3, pause=15)


@pytest.mark.parametrize(
    "pace",
    [
        EVEN,
        Pace(play("09:00"), 60, 8),
        Pace(play("09:00"), 90, 1),
        Pace(play("09:00"), compression=30),
        Pace(play("09:00"), 300, 3, jumps=((moment("16T06:00"), moment("16T15:00")),), breaks=((1, 45),)),
    ],
)
@pytest.mark.parametrize("terms", [Disclosure(), Disclosure(rumour=180, unconfirmed=4 * HOUR, confirmed=10 * HOUR)])
def test_of_a_plan_as_it_was_made_nothing_is_lost(pace, terms):
    made = planned(pace, terms)
    assert edits_of(made, MODEL) == NOTHING
    assert edits_of(repaced(made, MODEL, 420), MODEL) == NOTHING


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({"title": "Annat"}, {"reworded": 1}),
        ({"kind": "information"}, {"remade": 1}),
        ({"status": "godkänd"}, {"approved": 1}),
        ({"status": "överhoppat"}, {"played": 1}),
        ({"evidence": None}, {"own": 1}),
        ({"objective": "Larma", "expected": "TiB larmar"}, {"filled": 2}),
    ],
)
def test_each_kind_is_counted_whatever_is_planned_instead(changes, lost):
    """Of another scenario than the exercise's own, what had been reworded was not told."""
    made = planned(EVEN)
    assert edits_of(with_changes(made, told(made)[1], **changes), MODEL) == replace(NOTHING, **lost)


@pytest.mark.parametrize("pace", [EVEN, Pace(play("09:00"), 300, 3, compression=30)])
def test_what_is_given_earlier_or_later_is_moved(pace):
    made = planned(pace)
    one = next(one for one in told(made) if one.stage == 2)
    assert edits_of(with_changes(made, one, play=one.play + 3), MODEL).moved == 1
    assert edits_of(with_changes(made, one, time=one.time + 30), MODEL).moved == 1


def test_where_the_clock_stands_still_at_the_end_of_its_stage_it_is_moved_too():
    made = planned(EVEN)
    last = [one for one in told(made) if one.stage == 1][-1]
    assert edits_of(with_changes(made, last, play=made.stages[0].play_until), MODEL).moved == 1


def test_a_reserve_that_is_to_be_given_is_of_another_kind():
    made = planned(EVEN)
    reserve = next(one for one in made.injects if one.kind == "reservinspel")
    assert edits_of(with_changes(made, reserve, kind="inspel"), MODEL) == replace(NOTHING, remade=1)


def test_on_another_model_only_what_the_exercise_itself_tells_is_counted():
    made = planned(EVEN)
    other = replace(with_changes(made, told(made)[1], title="Annat", objective="Larma"), model_hash="0" * 64)
    assert edits_of(other, MODEL) == replace(NOTHING, filled=1)


def test_one_is_one():
    with writing_in("sv"):
        assert replace(NOTHING, moved=1, remade=1, own=2).in_words() == (
            "1 flyttat inspel, 1 inspel av annan typ, 2 egna inspel"
        )
