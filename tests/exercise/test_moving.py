"""Moving the play of an exercise."""

from dataclasses import replace

import pytest
from chain import network
from exercise.example import exercise, moment, play

from beroenden.errors import UsageError
from beroenden.exercise.moving import moved

MODEL = network()


def test_all_is_moved_by_the_same_and_nothing_else_changes():
    before = exercise()
    after = moved(before, MODEL, moment("2026-11-12T08:30"))
    minutes = 2 * 1440 - 30
    assert [(one.play, one.play_until) for one in after.stages] == [
        (one.play + minutes, one.play_until + minutes) for one in before.stages
    ]
    assert [one.play for one in after.injects] == [one.play + minutes for one in before.injects]
    back = moved(after, MODEL, play("09:00"))
    assert back == before
    assert [one.played for one in after.injects] == [one.played for one in before.injects]


def test_a_stage_and_those_after_it():
    before = exercise()
    after = moved(before, MODEL, play("10:30"), 2)
    assert after.stages[0] == before.stages[0]
    assert (after.stages[1].play, after.stages[1].play_until) == (play("10:30"), play("11:45"))
    assert [one.play - was.play for one, was in zip(after.injects, before.injects, strict=True)] == [
        0,
        0,
        0,
        0,
        -15,
        -15,
    ]
    assert after.stages[1].play_time(moment("16T19:00")) - after.stages[1].play == 10


def test_injects_stay_in_order_of_play():
    before = exercise()
    early = (replace(one, play=play("12:30")) if one.number == 4 else one for one in before.injects)
    before = replace(before, injects=tuple(sorted(early, key=lambda one: one.play)))
    assert [one.number for one in moved(before, MODEL, play("13:00"), 2).injects] == [1, 2, 3, 4, 5, 6]


def test_a_name_that_tells_the_day_tells_the_new_one():
    before = replace(exercise(), name="Övning 10 november 2026")
    assert moved(before, MODEL, moment("2026-11-12T09:00")).name == "Övning 12 november 2026"
    assert moved(before, MODEL, moment("2026-11-12T10:45"), 2).name == "Övning 10 november 2026"
    english = replace(exercise(), name="Exercise 10 November 2026", language="en")
    assert moved(english, MODEL, moment("2026-11-12T09:00")).name == "Exercise 12 November 2026"


@pytest.mark.parametrize(
    ("to", "number", "told"),
    [
        (play("10:29"), 2, "stage 1 is played until Tue 2026-11-10 10:30"),
        (play("09:00"), 3, "There is no stage 3; there are 1, 2"),
        (moment("2099-12-31T23:00"), None, "1970"),
    ],
)
def test_what_cannot_be_is_refused(to, number, told):
    with pytest.raises(UsageError, match=told):
        moved(exercise(), MODEL, to, number)
