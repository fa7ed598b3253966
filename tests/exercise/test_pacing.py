"""How close the injects of a player come, and who is told of too few or too many."""

from dataclasses import replace
from itertools import pairwise

import pytest
from chain import network, tables
from exercise import played
from exercise.example import ZONE, exercise, moment, play

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject, Stage
from beroenden.exercise.load import hurried, loads
from beroenden.exercise.pace import APART, Pace, pace_words, stages
from beroenden.exercise.plan import plan
from beroenden.exercise.spacing import spaced
from beroenden.language import writing_in
from beroenden.model.scenario import Outage, Scenario

START = moment("15T08:00")


def given(number: int, to: str, time: int, at: int, *entities: str, event: str = "level") -> tuple[Inject, int]:
    found = Evidence(event, time, entities)  # type: ignore[arg-type]
    return Inject(number, 1, at, time, "a", to, "mejl", "inspel", "t", "", evidence=found), number


def stage(minutes: int = 90) -> Stage:
    return Stage(1, START, START + 600, 0, minutes, 10.0)


def test_injects_of_one_moment_come_one_after_the_other_and_news_to_all_at_once():
    drafts = [
        given(1, "a", START, 0, "x"), given(2, "a", START, 0, "y"), given(3, "a", START, 0, "c", event="cause"),
        given(4, "b", START, 0, "c", event="cause"), given(5, "b", START + 5, 1, "z"), given(6, CONTROL, START, 0, "x"),
    ]  # fmt: skip
    assert {id_: one.play for one, id_ in spaced(drafts, {}, [stage()])} == {1: 0, 2: 5, 3: 10, 4: 10, 5: 15, 6: 0}


def test_two_moments_of_the_scenario_are_never_in_one_minute_of_play():
    """One player was told that it was 19 o'clock, and another in the same minute that it was morning."""
    drafts = [given(1, "a", START, 0, "x"), given(2, "a", START, 0, "y"), given(3, "b", START + 600, 1, "z")]
    assert [one.play for one, _ in spaced(drafts, {}, [stage()])] == [0, 5, 6]
    assert [one.play for one, _ in spaced(drafts, {}, [stage(2)])] == [0, 1, 2]
    assert [one.play for one, _ in spaced(drafts, {}, [stage(1)])] == [0, 1, 1]


def test_a_reserve_stays_with_its_own():
    drafts = [given(1, "a", START, 0, "x"), given(2, "a", START, 0, "y"), given(3, "a", START, 0, "y", event="longer")]
    drafts[2] = (replace(drafts[2][0], kind="reservinspel"), 3)
    assert {id_: one.play for one, id_ in spaced(drafts, {3: 2}, [stage()])} == {1: 0, 2: 5, 3: 5}


@pytest.mark.parametrize(("minutes", "apart"), [(90, 5), (6, 2), (2, 0)])
def test_a_short_stage_has_less_between_them(minutes, apart):
    drafts = [given(number, "a", START, 0, str(number)) for number in range(1, 5)]
    assert [one.play for one, _ in spaced(drafts, {}, [stage(minutes)])] == [0, apart, 2 * apart, 3 * apart]


def test_the_clock_leaves_a_player_time_for_each():
    times = [START, START + 1, START + 2, START + 300]
    (made,) = stages(times, START, Pace(0, 120, 1), readers=(times[:3],))
    plays = [made.play_time(time) for time in times]
    assert min(after - before for before, after in pairwise(plays[:3])) >= APART
    assert plays[-1] <= 90
    (without,) = stages(times, START, Pace(0, 120, 1))
    assert [without.play_time(time) for time in times[:3]] == [0, 1, 2]


def test_the_same_exercise_comes_out_each_time_and_no_player_gets_two_at_once():
    scenario = Scenario((Outage(moment("15T17:00"), moment("17T08:00"), "power"),), horizon=14 * 1440)
    made = plan(network(), scenario, ["payer"], Pace(play("09:00")))
    assert made == plan(network(), scenario, ["payer"], Pace(play("09:00")))
    for actor in made.actors:
        plays = [one.play for one in made.injects if one.to == actor and one.is_for_players and not one.tells_time]
        assert plays and min(after - before for before, after in pairwise(plays)) >= APART


@pytest.mark.parametrize(
    ("length", "counts", "lengths"),
    [
        (150, (52, 33, 7), [80, 50, 20]),  # rounded each by itself they would take 155
        (152, (52, 33, 7), [80, 50, 22]),
        (60, (90, 2, 2), [30, 15, 15]),
        (50, (90, 40, 2), [20, 15, 15]),
        (30, (9, 9, 9), [15, 15, 15]),
    ],
)
def test_the_stages_together_take_as_long_as_asked_unless_none_can_be_shorter(length, counts, lengths):
    times = [START + place * 1440 + minute for place, count in enumerate(counts) for minute in range(count)]
    made = stages(times, START, Pace(0, length, len(counts), pause=15))
    assert [one.play_until - one.play for one in made] == lengths


def planned(*plays: str) -> Exercise:
    one = exercise().injects[1]
    injects = [replace(one, number=number, play=play(at)) for number, at in enumerate(plays, 1)]
    return replace(exercise(), injects=tuple(injects))


def test_who_waits_long_is_told_the_break_not_counted():
    assert [(one.kind, one.since, one.until) for one in loads(planned("09:00", "10:05", "11:10"))] == [
        ("idle", play("09:00"), play("10:05"))
    ]  # from 10.05 to 11.10 there is a break of a quarter


def test_who_gets_many_at_once_is_told():
    (found,) = loads(planned("09:00", "09:20", "09:22", "09:24", "09:26", "09:28", "10:00"))
    assert (found.kind, found.since, found.until, found.count) == ("crowded", play("09:20"), play("09:28"), 5)


def planned_at(pace: Pace) -> Exercise:
    scenario = Scenario((Outage(moment("15T17:00"), moment("17T08:00"), "power"),), horizon=14 * 1440)
    return plan(network(), scenario, ["payer", "b2"], pace)


@pytest.mark.parametrize("pace", [Pace(play("09:00"), 60), Pace(play("09:00"), compression=16.0)])
def test_the_clock_shows_the_time_of_each_inject_when_it_is_given(pace):
    """It went as it did before the injects were set apart."""
    since = {"sys": "16T08:00", "b1": "16T08:00", "clr": "16T09:00"}
    outages = tuple(Outage(moment(begin), moment("18T08:00"), entity) for entity, begin in since.items())
    made = plan(network(), Scenario(outages, horizon=14 * 1440), ["payer", "b1", "b2"], pace)
    for one in made.injects:
        stage = made.stages[one.stage - 1]
        assert stage.scenario_time(one.play) == one.time
        assert stage.play_time(one.time) <= one.play


@pytest.mark.parametrize("jumps", [
    (("15T20:00", "16T12:00"),),
    (("15T20:00", "16T12:00"), ("16T18:00", "16T21:00"), ("17T07:00", "18T05:00")),
])  # fmt: skip
def test_what_is_jumped_over_is_not_played_and_the_time_never_goes_back(jumps):
    skipped = [(moment(begin), moment(end)) for begin, end in jumps]
    made = planned_at(Pace(play("09:00"), 120, jumps=tuple(skipped)))
    in_order = sorted(made.injects, key=lambda one: (one.play, one.number))
    assert [one.time for one in in_order] == sorted(one.time for one in in_order)
    assert not [one for one in in_order if any(begin <= one.time < end for begin, end in skipped)]
    for stage in made.stages:
        first = [
            one for one in made.injects if one.stage == stage.number and one.tells_time and one.time == stage.since
        ]
        assert {one.play for one in first} == {stage.play}


def test_there_is_time_for_work_after_the_last_inject_or_it_is_told_that_there_is_none():
    drafts = [given(number, "a", START, 0, str(number)) for number in range(1, 6)]
    assert max(one.play for one, _ in spaced(drafts, {}, [stage(20)])) <= 15
    words = ("After the last inject the players work", "give the players time")
    made = replace(stage(20), until=START).through(one for one, _ in spaced(drafts, {}, [stage(20)]))
    assert words[0] in pace_words(made, ZONE)
    full = stage(20).through([replace(drafts[0][0], play=19, time=START + 600)])
    assert words[1] in pace_words(full, ZONE)


def test_a_deadline_that_there_is_no_time_to_decide_under_is_told():
    made = played.exercise()
    outcome = simulate_scenario(played.NETWORK, made.scenario)
    assert list(hurried(made, outcome)) == []
    sign = replace(played.INJECTS[4], play=play("10:00"), time=moment("16T17:00"), stage=2)
    (found,) = hurried(replace(made, injects=(sign,)), outcome)
    assert (found.actor, found.deadline, found.play_to_decide) == ("payer", moment("16T18:00"), 1)


def test_what_is_over_when_a_jump_ends_is_not_told_as_if_it_were_so():
    made = tables()
    next(one for one in made["entity"] if one["id"] == "power")["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outages = (
        Outage(moment("15T08:00"), moment("15T15:00"), "power"),
        Outage(moment("16T08:00"), moment("17T08:00"), "power"),
    )
    pace = Pace(play("09:00"), 120, jumps=((moment("15T09:00"), moment("15T20:00")),))
    planned_over = plan(model, Scenario(outages, horizon=14 * 1440), ["payer"], pace)
    found = [one.evidence for one in planned_over.injects if one.evidence and one.time == moment("15T20:00")]
    assert {one.event for one in found} == {"pace", "restored"}
    hidden = next(one for one in planned_over.injects if one.evidence and one.evidence.event == "outage")
    assert "Bekräftas inte för The payer" in hidden.text


def test_one_minute_is_one_minute():
    for language, words in (("sv", "är i snitt 1 minut i"), ("en", "is 1 minute in it")):
        with writing_in(language):
            assert words in pace_words(replace(stage(), compression=1.0), ZONE)
            assert "10 minut" in pace_words(stage(), ZONE)


def test_the_pace_that_is_told_is_what_came_out_also_where_one_was_asked_for():
    """It said what had been asked for, though the injects were set apart and the clock went slower."""
    made = planned_at(Pace(play("09:00"), stages=1, compression=200.0))
    (stage,) = made.stages
    mine = [one for one in made.injects if one.kind != "reservinspel"]
    last = max(mine, key=lambda one: (one.play, one.time))
    assert stage.compression == (last.time - stage.since) / (last.play - stage.play) < 200


def test_the_clock_is_said_to_go_slower_to_decide_only_where_it_does():
    """It was said of every stage, also where the clock went evenly or there was nothing to decide."""
    begin, until = START + 100, START + 200
    note = replace(given(1, CONTROL, begin, 0)[0], evidence=Evidence("deadline", until))
    for play_for, is_told in ((40, True), (10, False), (5, False)):
        clock = ((0, 0), (100, 10), (200, 10 + play_for), (600, 60))
        made = replace(stage(80), until=START + 600, compression=10.0, clock=clock)
        assert ("fewer while" in pace_words(made, ZONE, [note])) is is_told
        assert "fewer while" not in pace_words(made, ZONE)
