"""An exercise played for longer or shorter, with everything that people have written in it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from chain import network
from exercise.example import exercise, moment, play

from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, Exercise
from beroenden.exercise.pace import Pace, pace_words
from beroenden.exercise.plan import plan
from beroenden.exercise.repacing import repaced
from beroenden.language import writing_in
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.times import time_zone

MODEL = network()
ZONE = time_zone("Europe/Stockholm")


def made() -> Exercise:
    scenario = Scenario((Outage(moment("15T17:00"), moment("17T08:00"), "power"),), horizon=14 * 1440)
    return plan(MODEL, scenario, ["payer", "b2"], Pace(play("09:00"), 300, 3, pause=15))


def lengths(one: Exercise) -> list[int]:
    return [stage.play_until - stage.play for stage in one.stages]


def breaks(one: Exercise) -> list[int]:
    return [after.play - before.play_until for before, after in pairwise(one.stages)]


def test_only_times_change():
    before = made()
    own = replace(before.injects[5], number=99, evidence=None, title="Eget", play=before.injects[5].play + 1)
    kept = [replace(one, objective="Ifyllt") for one in before.injects if one.number != 7]
    before = replace(before, injects=tuple(sorted([*kept, own], key=lambda one: one.play)))
    after = repaced(before, MODEL, 180)
    assert sum(lengths(after)) == 180 and breaks(after) == breaks(before)
    now = {one.number: one for one in after.injects}
    assert now.keys() == {one.number for one in before.injects}
    for one in before.injects:
        timeless = replace(now[one.number], play=one.play)
        assert timeless == one or (one.to == CONTROL and one.tells_time)


@pytest.mark.parametrize("length", [120, 180, 300, 420])
def test_the_order_and_what_comes_at_once_stay_and_all_lies_in_its_stage(length):
    before = made()
    after = repaced(before, MODEL, length)
    now = {one.number: one.play for one in after.injects}
    for one, other in pairwise(sorted(before.injects, key=lambda one: one.play)):
        assert (one.play < other.play) == (now[one.number] < now[other.number])
    for one in after.injects:
        stage = after.stages[one.stage - 1]
        assert stage.play <= one.play <= stage.play_until
    for stage, was in zip(after.stages, before.stages, strict=True):
        assert (stage.since, stage.until) == (was.since, was.until)
        assert all(a <= c and b < d for (a, b), (c, d) in pairwise(stage.clock))


def test_a_player_keeps_its_minutes_where_there_is_room():
    before = made()
    after = repaced(before, MODEL, 240)

    def least(one: Exercise) -> int:
        plays = sorted({each.play for each in one.injects if each.to == "payer" and each.is_for_players})
        return min(later - earlier for earlier, later in pairwise(plays))

    assert least(before) >= 5
    assert least(after) >= 4


def test_one_stage_and_those_after_it_follow():
    before = made()
    after = repaced(before, MODEL, 40, 2)
    was = lengths(before)
    assert lengths(after) == [was[0], 40, *was[2:]]
    assert after.stages[0] == before.stages[0] and breaks(after) == breaks(before)


def test_the_game_control_is_told_the_new_pace_unless_somebody_has_written_it():
    before = made()
    first = next(one for one in before.injects if one.to == CONTROL and one.tells_time)
    after = repaced(before, MODEL, 150)
    with writing_in("sv"):
        assert pace_words(after.stages[0], ZONE, after.injects) in [one.text for one in after.injects]
    edited = tuple(replace(one, text="Säg hej") if one == first else one for one in before.injects)
    kept = repaced(replace(before, injects=edited), MODEL, 150)
    assert next(one.text for one in kept.injects if one.number == first.number) == "Säg hej"


def test_the_pace_that_is_told_is_that_of_the_last_inject():
    for one in (made(), repaced(made(), MODEL, 150)):
        for stage in (stage for stage in one.stages if stage.clock):
            mine = [each for each in one.injects if each.stage == stage.number and each.kind != "reservinspel"]
            last = max(mine, key=lambda each: (each.play, each.time))
            assert stage.compression == pytest.approx((last.time - stage.since) / (last.play - stage.play))


def test_the_same_length_changes_nothing():
    before = made()
    assert repaced(before, MODEL, sum(lengths(before))) is before
    assert repaced(exercise(), MODEL, 90, 1) == exercise()


@pytest.mark.parametrize(("length", "number", "told"), [(1, None, "at least"), (30, 9, "There is no stage 9")])
def test_what_cannot_be_is_refused(length, number, told):
    with pytest.raises(UsageError, match=told):
        repaced(made(), MODEL, length, number)


def test_a_stage_with_more_than_minutes_is_refused():
    with pytest.raises(UsageError, match=r"Stage 1 cannot .* at least"):
        repaced(exercise(), MODEL, 2, 1)
