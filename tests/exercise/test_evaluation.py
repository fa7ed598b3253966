"""What a player noticed, decided and believed, against hand-made logs whose lags are known."""

from dataclasses import replace

import pytest
from exercise.example import moment, play
from exercise.played import FULL, INJECTS, NETWORK, evaluation, exercise, log

from beroenden.documents.evaluation import evaluation_document
from beroenden.documents.markdown import render
from beroenden.errors import UsageError
from beroenden.exercise.evaluation.evaluation import evaluate
from beroenden.exercise.evaluation.written import evaluation_dict
from beroenden.exercise.exercise import Evidence
from beroenden.exercise.moving import moved
from beroenden.exercise.outdated import outdated
from beroenden.incident.log.entries import Measure
from beroenden.model.scenario import Outage

ABOUT = 'text = "…"\nconcerns = ["allowance"]'


def entry(id_, time, rest):
    kind = id_.partition("-")[0]
    return f'\n[[{kind}]]\nid = "{id_}"\ntime = 2026-{time}:00+01:00\n{rest}\n'


def observed(id_, time, entity, rest=""):
    return entry(id_, time, f'text = "…"\nentity = "{entity}"\n{rest}')


def decided(id_, time, *concerns, rest=""):
    return entry(id_, time, f'text = "…"\nconcerns = {list(concerns)!r}\n{rest}'.replace("'", '"'))


def noticed(made, number, actor="payer"):
    player = next(one for one in made.players if one.actor == actor)
    return next(one for one in player.noticings if number in [inject.number for inject in one.injects])


def told(made, number):
    """State, minutes and entry of what an inject told."""
    one = noticed(made, number)
    return one.state, one.lag, one.said and one.said.entry.id


def test_the_lag_counts_from_when_the_inject_was_played(tmp_path):
    made = evaluation(tmp_path)
    assert noticed(made, 2).known == moment("15T16:30")  # played three minutes late, at ten to one
    assert told(made, 2) == ("logged", 10, "outage-1")
    assert told(made, 5) == ("logged", 110, "observation-3")  # from the planned time, none being noted
    assert (noticed(made, 2).is_played, noticed(made, 5).is_played) == (True, False)
    assert [one.is_late(60) for one in (noticed(made, 2), noticed(made, 5))] == [False, True]


def test_an_entry_from_before_the_time_in_the_inject_comes_before_it(tmp_path):
    later = exercise(injects=(replace(INJECTS[1], time=moment("15T16:30"), played=None), *INJECTS[2:]))
    made = evaluate(NETWORK, later, [log(tmp_path, observed("observation-1", "12-15T16:10", "power"))])
    assert told(made, 2) == ("logged", -20, "observation-1")


def played_late(number, clock):
    return tuple(replace(one, played=play(clock)) if one.number == number else one for one in INJECTS)


@pytest.mark.parametrize(
    ("logged", "known"),
    [("19:10", "16T19:00"), ("19:55", "16T19:00"), ("20:00", "16T20:00"), ("20:15", "16T20:00")],
)
def test_who_logs_by_the_time_in_the_inject_is_not_blamed_for_that_it_was_played_late(tmp_path, logged, known):
    late = exercise(injects=played_late(7, "10:05"))  # two minutes, 60 of the scenario
    one = noticed(evaluate(NETWORK, late, [log(tmp_path, decided("decision-1", f"12-16T{logged}", "allowance"))]), 7)
    assert (one.state, one.known) == ("logged", moment(known))
    assert one.lag == moment(f"16T{logged}") - moment(known)
    assert one.is_late(60) is False
    (missed,) = (one for one in evaluate(NETWORK, late, [log(tmp_path, "")]).improvements if one.kind == "missed")
    assert 7 in missed.injects


def test_by_the_wall_clock_it_counts_from_when_it_was_played(tmp_path):
    late, text = exercise(injects=played_late(7, "10:05")), decided("decision-1", "11-10T10:06", "allowance")
    one = noticed(evaluate(NETWORK, late, [log(tmp_path, text)], clock="play"), 7)
    assert (one.state, one.known, one.played_lag) == ("logged", moment("16T20:00"), 1)


def test_a_denial_that_was_played_late_is_heeded_at_the_time_that_stands_in_it(tmp_path):
    (one,) = evaluate(NETWORK, exercise(injects=played_late(4, "09:20")), [log(tmp_path)]).players[0].rumours
    assert (one.denied, one.correction and one.correction.entry.id) == (moment("15T19:00"), "observation-1")


def test_a_sign_that_was_played_after_the_latest_recovery_could_not_be_known_unless_the_log_shows_it(tmp_path):
    sign = replace(INJECTS[6], play=play("10:01"), time=moment("16T17:30"), played=play("10:03"))
    late = exercise(injects=(sign,))
    one = evaluate(NETWORK, late, [log(tmp_path, "")]).players[0].decidings[0]
    assert (one.state, one.sign.at, one.play_to_decide) == ("too_early", moment("16T18:44"), None)
    text = decided("decision-1", "12-16T17:40", "allowance")
    one = evaluate(NETWORK, late, [log(tmp_path, text)]).players[0].decidings[0]
    assert (one.state, one.sign.at, one.margin) == ("before", moment("16T17:30"), 20)


def test_what_was_skipped_could_not_be_known(tmp_path):
    made = evaluation(tmp_path)
    assert told(made, 6) == ("not_given", None, None)
    assert 9 not in [inject.number for one in made.players[0].noticings for inject in one.injects]


def test_a_reserve_that_was_played_tells_what_was_skipped(tmp_path):
    injects = tuple(replace(one, status="spelat") if one.number == 9 else one for one in INJECTS)
    made = evaluate(NETWORK, exercise(injects=injects), [log(tmp_path)])
    assert noticed(made, 9).known == moment("16T20:30")
    assert 6 not in [one.number for one in noticed(made, 9).injects]


def test_an_entry_before_the_inject_counts_unless_it_may_be_about_something_told_earlier(tmp_path):
    early = observed("observation-1", "12-15T16:10", "power") + observed("observation-2", "12-15T19:50", "sys")
    made = evaluation(tmp_path, early)
    assert told(made, 2) == ("logged", 10, "observation-1")  # by the inject's own clock, though it was played later
    assert told(made, 5) == ("missed", None, None)
    assert noticed(made, 5).earlier.entry.id == "observation-2"


def test_an_entry_that_names_nothing_may_be_the_one_that_is_missed(tmp_path):
    """An observation can name no payment: who wrote that the money had not come was said to have written nothing."""
    made = evaluation(tmp_path, entry("observation-1", "12-15T16:50", 'text = "Pengarna har inte kommit"'))
    one = noticed(made, 2)
    assert (one.state, one.nameless.entry.id) == ("missed", "observation-1")
    issue = next(each.issue for each in made.improvements if each.kind == "missed")
    assert "2 (Elen är borta; kan stå i observation-1, som inte anger vad den gäller)" in issue
    assert noticed(evaluation(tmp_path, entry("observation-1", "12-15T23:50", 'text = "x"')), 2).nameless is None


def test_a_message_counts_for_what_it_names_and_decides_nothing(tmp_path):
    """Who told the public at once what had happened was said to have noticed it hours later."""
    text = entry("message-1", "12-16T19:10", f'audience = "external"\n{ABOUT}')
    made = evaluation(tmp_path, text)
    assert told(made, 7) == ("logged", 10, "message-1")
    assert made.players[0].decidings[0].state == "none"
    nameless = entry("message-1", "12-16T19:10", 'audience = "external"\ntext = "Sent"')
    assert evaluation(tmp_path, nameless).players[0].log.nameless == ("message-1",)


def test_what_was_logged_late_may_have_been_logged_before_without_a_name(tmp_path):
    text = entry("observation-1", "12-15T16:50", 'text = "x"') + observed("observation-2", "12-15T18:00", "power")
    made = evaluation(tmp_path, text)
    one = noticed(made, 2)
    assert (one.said.entry.id, one.nameless.entry.id) == ("observation-2", "observation-1")
    issue = next(each.issue for each in made.improvements if each.kind == "late")
    assert "2 (Elen är borta; kan stå i observation-1, som inte anger vad den gäller) efter" in issue
    later = entry("observation-3", "12-15T18:00", 'text = "x"')
    assert noticed(evaluation(tmp_path, text.replace("16:50", "15:10") + later), 2).nameless is None


def test_a_corrected_entry_counts_from_its_first_time_with_its_last_content(tmp_path):
    text = observed("observation-1", "12-15T16:35", "b1")
    text += observed("observation-2", "12-15T17:45", "power", 'supersedes = "observation-1"')
    made = evaluation(tmp_path, text)
    assert told(made, 2) == ("logged", 5, "observation-1")
    assert noticed(made, 2).said.newest.id == "observation-2"


def test_of_information_one_is_held_to_what_can_be_logged_as_an_outage(tmp_path):
    """What was the first sign of the cause could not be logged to any credit."""
    cause = Evidence("cause", moment("15T16:00"), ("power",), path=("power",), level=0.0)
    news = replace(INJECTS[4], kind="information", evidence=replace(cause, event="service", entities=("people",)))
    told_of = replace(INJECTS[5], kind="information", status="spelat", evidence=cause)
    made = evaluate(NETWORK, exercise(injects=(*INJECTS[:4], news, told_of)), [log(tmp_path, FULL)])
    numbers = {inject.number for one in made.players[0].noticings for inject in one.injects}
    assert {2, 6} <= numbers and 5 not in numbers
    assert [one.number for one in made.unjudged] == [5]


def stepwise(event, at, clock, time):
    found = Evidence(event, moment(at), ("power",), path=("power",), level=0.5)
    return replace(INJECTS[4], number=20, play=play(clock), time=moment(time), evidence=found)


def out(id_, logged, start, rest=""):
    return entry(id_, f"12-15T{logged}", f'entity = "power"\nstart = 2026-12-15T{start}:00+01:00\n{rest}')


def ended(end):
    return f'end = 2026-12-15T{end}:00+01:00\nsupersedes = "outage-1"'


def test_an_end_is_no_answer_to_a_beginning_and_a_part_is_answered_by_its_own_beginning(tmp_path):
    """That the first part was over was taken for the second, and whoever had it before the inject for late."""
    later = exercise(injects=(*INJECTS[:2], stepwise("cause", "15T18:00", "09:30", "15T21:00")))
    text = out("outage-1", "16:40", "16:00") + out("outage-2", "18:10", "16:00", ended("18:00"))
    assert told(evaluate(NETWORK, later, [log(tmp_path, text)]), 20) == ("missed", None, None)
    text += out("outage-3", "18:11", "18:00", "remaining = 0.5")
    assert told(evaluate(NETWORK, later, [log(tmp_path, text)]), 20) == ("logged", -169, "outage-3")


def test_a_beginning_is_no_answer_to_an_end(tmp_path):
    over = exercise(injects=(*INJECTS[:2], stepwise("restored", "15T19:00", "09:20", "15T19:00")))
    text = out("outage-1", "19:10", "16:00")
    assert told(evaluate(NETWORK, over, [log(tmp_path, text)]), 20) == ("missed", None, None)
    text += out("outage-2", "19:20", "16:00", ended("19:00"))
    assert told(evaluate(NETWORK, over, [log(tmp_path, text)]), 20) == ("logged", 20, "outage-2")


def test_that_something_works_again_is_not_to_have_noticed_that_it_failed(tmp_path):
    works = FULL.replace("level = 0.0", "level = 1.0").replace("Systemet ligger nere", "Systemet fungerar igen")
    (thing,) = (one for one in evaluation(tmp_path, works).players[0].noticings if one.injects[0].number == 5)
    assert (thing.state, thing.said) == ("missed", None)


def test_what_was_corrected_away_counts_no_more(tmp_path):
    text = observed("observation-1", "12-15T16:35", "power")
    text += observed("observation-2", "12-15T17:45", "b1", 'supersedes = "observation-1"')
    assert told(evaluation(tmp_path, text), 2) == ("missed", None, None)


def test_a_correction_is_what_notices_a_later_thing(tmp_path):
    text = observed("observation-1", "12-15T16:35", "sys") + observed(
        "observation-2", "12-15T20:05", "sys", 'supersedes = "observation-1"'
    )
    assert told(evaluation(tmp_path, text), 5) == ("logged", 5, "observation-2")


def test_an_entry_that_reopens_a_closed_log_is_not_as_old_as_the_closing(tmp_path):
    text = entry("closed-1", "12-15T16:35", "") + observed(
        "observation-1", "12-15T17:00", "power", 'supersedes = "closed-1"'
    )
    assert told(evaluation(tmp_path, text), 2) == ("logged", 30, "observation-1")


def test_entries_from_before_the_exercise_do_not_count(tmp_path):
    text = decided("decision-1", "12-15T15:00", "allowance") + observed("observation-1", "12-15T15:59", "power")
    made = evaluation(tmp_path, text)
    assert told(made, 2) == ("missed", None, None)
    assert made.players[0].log.before == ("decision-1", "observation-1")
    assert made.players[0].decidings[0].state == "none"


def test_a_jump_between_stages_is_told_and_makes_nothing_late(tmp_path):
    made = evaluation(tmp_path, observed("observation-1", "12-16T17:30", "sys"))
    one = noticed(made, 5)
    assert (one.lag, one.jumped) == (21 * 60 + 30, 19 * 60)  # two hours of stage 1, the jump, half an hour of stage 2
    assert (one.is_late(150), one.is_late(149)) == (False, True)


def test_a_log_on_the_wall_clock_is_converted_by_the_stages(tmp_path):
    text = observed("observation-3", "11-10T08:59", "power") + observed("observation-1", "11-10T09:04", "power")
    text += observed("observation-2", "11-10T09:45", "sys") + decided("decision-1", "11-10T10:01", "allowance")
    made = evaluation(tmp_path, text, clock="play")
    assert told(made, 2) == ("logged", 10, "observation-1")  # a minute of play
    assert noticed(made, 2).played_lag == 1
    assert told(made, 5) == ("logged", 120, "observation-2")  # the scenario's clock stopped at 22:00
    assert noticed(made, 5).played_lag == 21
    assert made.players[0].decidings[0].margin == 60 - 40
    assert made.players[0].log.before == ("observation-3",)
    assert not made.doubts


@pytest.mark.parametrize(("logged", "time"), [("09:24", "20:00"), ("09:32", "20:30"), ("09:40", "21:00")])
def test_what_is_logged_between_two_injects_lies_between_their_times(tmp_path, logged, time):
    """The stage's clock was read as it went before the injects were set apart: who decided at once was hours late."""
    apart = tuple(replace(one, play=play("09:40")) if one.number == 6 else one for one in INJECTS)
    stages = (replace(exercise().stages[0], clock=((0, 0), (30, 20), (360, 24))), exercise().stages[1])
    text = observed("observation-1", f"11-10T{logged}", "sys")
    made = evaluate(NETWORK, exercise(stages=stages, injects=apart), [log(tmp_path, text)], clock="play")
    assert made.players[0].log.said[0].time == moment(f"15T{time}")


@pytest.mark.parametrize(("moved", "time"), [("09:28", "20:45"), ("09:24", "20:55")])
def test_beside_an_inject_that_was_moved_the_clock_goes_evenly(tmp_path, moved, time):
    """The stage's clock had gone on where the player still had the time of its last inject: a decision in time came late."""
    plays = {5: moved, 6: "09:36"}
    given = tuple(replace(one, play=play(plays[one.number])) if one.number in plays else one for one in INJECTS)
    stages = (replace(exercise().stages[0], clock=((0, 0), (240, 24), (295, 34), (300, 36))), exercise().stages[1])
    text = observed("observation-1", "11-10T09:34", "sys")
    made = evaluate(NETWORK, exercise(stages=stages, injects=given), [log(tmp_path, text)], clock="play")
    assert made.players[0].log.said[0].time == moment(f"15T{time}")


def test_each_log_may_have_been_kept_by_its_own_clock(tmp_path):
    wall = observed("observation-1", "11-10T11:02", "b2")
    logs = [log(tmp_path), log(tmp_path, wall, "b2")]
    made = evaluate(NETWORK, exercise(), logs, clocks={"b2": "play"})
    assert [one.log and one.log.clock for one in made.players] == ["scenario", "play", None]
    assert (told(made, 2), noticed(made, 10, "b2").played_lag) == (("logged", 10, "outage-1"), 2)
    assert not made.doubts
    written = evaluation_dict(made)
    assert [one["clock"] for one in written["players"]] == ["scenario", "play", None]
    (doubt,) = evaluate(NETWORK, exercise(), logs).doubts
    assert "b2" in doubt


def test_the_other_clock_is_suspected(tmp_path):
    made = evaluation(tmp_path, observed("observation-1", "11-10T09:04", "power"))
    assert len(made.doubts) == 1
    assert "1 av 1 poster ligger i speltiden och 0 i scenariots tid" in made.doubts[0]
    assert "@play" in made.doubts[0]


def test_the_other_clock_is_suspected_though_one_entry_fits(tmp_path):
    entries = observed("observation-1", "12-15T17:10", "power") + observed("observation-2", "12-15T21:10", "sys")
    strays = observed("observation-3", "11-10T09:30", "sys")
    made = evaluation(tmp_path, strays + entries, clock="play")
    assert "2 av 3 poster ligger i scenariots tid och 1 i speltiden" in made.doubts[0]
    assert not evaluation(tmp_path, strays + entries).doubts


def test_news_and_what_is_over_need_no_measure_and_the_rest_is_one_row(tmp_path):
    first = INJECTS[1]
    tells = (
        Evidence("level", moment("15T16:30"), ("power",), level=0.0),
        Evidence("level", moment("15T17:30"), ("sys",), level=0.0),
        Evidence("restored", moment("15T18:30"), ("b1",), level=1.0),
        Evidence("service", moment("15T19:30"), ("people",), level=0.2),
    )
    given = tuple(replace(first, number=number, evidence=one, time=one.at) for number, one in enumerate(tells, 20))
    made = evaluate(NETWORK, replace(exercise(), injects=given), [log(tmp_path, "")])
    assert [one.injects for one in made.improvements if one.kind == "missed"] == [(20, 21)]
    missed = {one.injects[0].number for one in made.players[0].noticings if one.state == "missed"}
    assert missed == {20, 21, 22, 23}


def test_the_label_says_where_it_comes_from(tmp_path):
    made = evaluation(tmp_path)
    assert (made.tlp, made.tlp_from) == ("TLP:GREEN", "modellen")
    strict = replace(exercise(), tlp="", injects=(replace(INJECTS[1], tlp="TLP:RED"),))
    made = evaluate(NETWORK, strict, [log(tmp_path)])
    assert (made.tlp, made.tlp_from) == ("TLP:RED", "inspel 2")


def test_an_empty_log_gives_no_label_and_an_entry_gives_its_own_or_the_logs(tmp_path):
    """Nothing of an empty log is repeated, and yet its label was said to decide."""
    made = evaluation(tmp_path, "")
    red = replace(made.players[0].log.log.incident, tlp="TLP:RED")
    empty = replace(made.players[0].log.log, incident=red)
    assert evaluate(NETWORK, exercise(), [empty]).tlp == "TLP:GREEN"
    full = replace(log(tmp_path), incident=red)
    made = evaluate(NETWORK, exercise(), [full])
    assert (made.tlp, made.tlp_from) == ("TLP:RED", "loggen från The payer")
    others = replace(full, incident=replace(red, actor="b2"))
    assert evaluate(NETWORK, exercise(), [full, others]).tlp_from == "loggarna från The payer och Bank two"
    own = evaluation(tmp_path, observed("observation-1", "12-15T18:10", "clr", 'tlp = "TLP:RED"'))
    assert own.tlp_from == "observation-1 i loggen från The payer"


def test_a_deadline_that_the_outage_ends_before_is_none():
    short = replace(exercise().scenario, outages=(Outage(moment("15T17:00"), moment("15T22:00"), "sys"),), pins=())
    made = evaluate(NETWORK, replace(exercise(), scenario=short))
    assert not any(one.decidings for one in made.players)
    longer = replace(short, outages=(replace(short.outages[0], end=moment("17T15:00")),))
    made = evaluate(NETWORK, replace(exercise(), scenario=longer))
    assert [one.deadline for one in made.players[0].decidings] != []


def test_decisions_are_held_against_the_latest_recovery(tmp_path):
    one = evaluation(tmp_path).players[0].decidings[0]
    assert (one.payment, one.dates, one.deadline) == ("allowance", ("2026-12-18",), moment("16T18:00"))
    assert (one.state, one.margin, one.said.entry.id, one.concerns) == ("before", 30, "measure-1", ("allowance",))


def deciding(injects, actor="payer"):
    made = evaluate(NETWORK, exercise(injects=injects))
    return next(one for one in made.players if one.actor == actor).decidings[0]


def test_the_first_sign_is_about_the_payment_its_cause_or_something_between():
    one = deciding(INJECTS)
    assert (one.sign.inject.number, one.sign.at, one.sign.play) == (2, moment("15T16:30"), play("09:03"))
    assert one.time_to_decide == 25 * 60 + 30
    # 18:00 is an hour into the second stage, 37 minutes of the scenario in one of play
    assert one.play_to_decide == play("10:01") - play("09:03")
    assert (one.told.inject.number, one.confirmed.inject.number) == (2, 2)
    strange = replace(INJECTS[1], evidence=replace(INJECTS[1].evidence, entities=("b2",), path=("b2",)))
    assert deciding((strange, *INJECTS[2:])).sign.inject.number == 5


def test_breaks_between_stages_are_no_play(tmp_path):
    """The time to decide was longer by the break, in which nobody plays."""
    late = moved(exercise(), NETWORK, play("10:20"), 2)
    without = replace(late, injects=tuple(replace(one, played=None) for one in late.injects))
    one = evaluate(NETWORK, without).players[0].decidings[0]
    assert (one.sign.play, one.deadline_play) == (play("09:00"), play("10:21"))
    assert one.play_to_decide == 61
    logs = [log(tmp_path, observed("observation-1", f"11-10T{clock}", "sys")) for clock in ("10:25", "10:12")]
    lags = [noticed(evaluate(NETWORK, without, [each], clock="play"), 5).played_lag for each in logs]
    assert lags == [41, 36]  # from 09:24 to the end of the stage there are 36 minutes


@pytest.mark.parametrize("event", ["rumour", "denial", "pace"])
def test_what_is_not_true_or_only_tells_the_time_is_no_sign(event):
    one = deciding((replace(INJECTS[1], evidence=replace(INJECTS[1].evidence, event=event)),))
    assert (one.sign, one.time_to_decide, one.play_to_decide) == (None, None, None)


def test_a_sign_after_the_latest_recovery_leaves_no_time():
    one = deciding(INJECTS[6:7])
    assert one.time_to_decide == -60
    assert one.play_to_decide is None


def test_a_nudge_is_a_sign_once_it_was_given():
    evidence = replace(INJECTS[8].evidence, event="deadline")
    nudge = replace(INJECTS[8], time=moment("15T21:00"), play=play("09:30"), evidence=evidence)
    assert deciding((nudge,)).sign is None
    assert deciding((replace(nudge, status="spelat"),)).sign.inject.number == 9


def test_at_the_end_of_a_stage_its_work_counts_as_time_to_decide():
    still = exercise().stages[0]
    stages = (replace(still, until=moment("16T18:00"), compression=26 * 60 / 36),)
    made = evaluate(NETWORK, exercise(stages=stages, injects=INJECTS[:5]))
    assert made.players[0].decidings[0].deadline_play == play("10:00")


@pytest.mark.parametrize(
    ("text", "state", "margin"),
    [
        (decided("decision-1", "12-16T18:00", "allowance"), "before", 0),
        (decided("decision-1", "12-16T18:25", "power"), "after", -25),  # what the payment waits for
        (decided("decision-1", "12-16T17:00", "b2"), "none", None),
        (observed("observation-1", "12-16T17:00", "power"), "none", None),
        (entry("measure-1", "12-16T17:00", f'type = "communicative"\n{ABOUT}'), "none", None),
        (entry("measure-1", "12-16T17:00", f'type = "strategic"\n{ABOUT}'), "before", 60),
        (
            entry("measure-1", "12-16T17:00", 'type = "operational"\ntext = "…"\nconcerns = ["allowance"]')
            + entry(
                "measure-2",
                "12-16T17:10",
                'type = "operational"\ntext = "…"\nconcerns = ["allowance"]\nprogress = "cancelled"\nsupersedes = "measure-1"',
            ),
            "none",
            None,
        ),
    ],
)
def test_the_first_decision_counts_whichever_side_it_is_on(tmp_path, text, state, margin):
    one = evaluation(tmp_path, text).players[0].decidings[0]
    assert (one.state, one.margin) == (state, margin)


def test_a_deadline_before_any_inject_is_nobodys_fault(tmp_path):
    made = evaluate(NETWORK, exercise(), [log(tmp_path, "", "b2")])
    player = made.players[1]
    assert [one.state for one in player.decidings] == ["too_early"]  # b2 was told on the 18th
    assert made.tally([player]).deadlines == 0


def test_a_deadline_after_the_last_stage_is_not_missed(tmp_path):
    made = evaluate(NETWORK, exercise(stages=exercise().stages[:1], injects=INJECTS[:5]), [log(tmp_path, "")])
    assert made.players[0].decidings[0].state == "beyond"


@pytest.mark.parametrize(
    ("text", "taken", "correction", "standing"),
    [
        ("", "not_logged", None, False),
        (observed("observation-1", "12-15T18:10", "clr"), "unconfirmed", None, True),
        (observed("observation-1", "12-15T18:10", "clr", 'status = "confirmed"'), "unclear", None, True),
        (observed("observation-1", "12-15T18:10", "clr", 'status = "confirmed"\nlevel = 0.5'), "confirmed", None, True),
        (
            observed("observation-1", "12-15T18:10", "clr") + observed("observation-2", "12-15T19:01", "clr"),
            "unconfirmed",
            "observation-2",
            False,
        ),
        (decided("decision-1", "12-15T18:10", "clr"), "not_logged", None, False),
        (observed("observation-1", "12-15T17:59", "clr"), "not_logged", None, False),
        (FULL, "confirmed", "observation-1", False),
    ],
)
def test_how_a_rumour_was_taken(tmp_path, text, taken, correction, standing):
    (one,) = evaluation(tmp_path, text).players[0].rumours
    assert (one.taken, one.correction and one.correction.entry.id, one.is_left_standing) == (
        taken,
        correction,
        standing,
    )


REPEATED = observed("observation-1", "12-15T18:10", "clr", 'status = "confirmed"\nlevel = 0.5') + observed(
    "observation-2", "12-15T18:20", "clr", 'status = "confirmed"\nlevel = 0.3\nsupersedes = "observation-1"'
)


@pytest.mark.parametrize(
    ("text", "believed", "doubted"),
    [
        (FULL, "18:20", "19:10"),
        (REPEATED, "18:10", None),
        (REPEATED + observed("observation-3", "12-15T18:30", "b1", 'supersedes = "observation-2"'), "18:10", "18:30"),
        (
            REPEATED + entry("withdrawn-1", "12-15T18:40", 'text = "Fel"\nsupersedes = "observation-2"'),
            "18:10",
            "18:40",
        ),
        (observed("observation-1", "12-15T18:10", "clr"), None, None),
    ],
)
def test_how_long_a_rumour_stood_as_true(tmp_path, text, believed, doubted):
    (one,) = evaluation(tmp_path, text).players[0].rumours
    assert [time and moment(f"15T{time}") for time in (believed, doubted)] == [one.believed, one.doubted]


def test_what_was_decided_or_told_while_a_rumour_was_believed_is_to_be_gone_through(tmp_path):
    """Who took a rumour for true, and told everybody so, looked best of all."""
    text = REPEATED + decided("decision-1", "12-15T18:30", "allowance")
    text += entry("message-1", "12-15T19:09", 'audience = "external"\ntext = "Fel i clearingen"')
    text += observed("observation-3", "12-15T19:10", "clr", 'supersedes = "observation-2"')
    made = evaluation(tmp_path, text + decided("decision-2", "12-15T19:10", "allowance"))
    found = [(one.said.entry.id, one.without_need) for one in made.players[0].reviews]
    assert found == [("decision-1", False), ("message-1", False)]
    (issue,) = (one.issue for one in made.improvements if one.kind == "rumour")
    assert issue.endswith(" Under tiden: decision-1, message-1.")
    written = evaluation_dict(made)["players"][0]["to_review"][0]
    assert (written["entry"], written["without_need"], written["rumours"]) == ("decision-1", False, [3])


def test_what_was_decided_of_a_payment_that_never_came_late_is_to_be_gone_through(tmp_path):
    short = replace(exercise().scenario, outages=(Outage(moment("15T17:00"), moment("15T22:00"), "sys"),), pins=())
    text = decided("decision-1", "12-15T18:30", "allowance") + decided("decision-2", "12-15T18:40", "sys")
    text += entry("measure-1", "12-15T18:50", f'type = "communicative"\n{ABOUT}')
    made = evaluate(NETWORK, exercise(scenario=short), [log(tmp_path, text)])
    assert [(one.said.entry.id, one.rumours) for one in made.players[0].reviews] == [("decision-1", ())]
    assert evaluate(NETWORK, exercise(), [log(tmp_path, text)]).players[0].reviews == ()


def test_a_rumour_is_about_what_it_blames_and_not_what_it_explains(tmp_path):
    rumour = replace(INJECTS[2], evidence=replace(INJECTS[2].evidence, path=("sys", "clr")))
    text = observed("observation-1", "12-15T18:10", "sys", 'status = "confirmed"\nlevel = 0.5')
    (one,) = evaluate(NETWORK, exercise(injects=(rumour,)), [log(tmp_path, text)]).players[0].rumours
    assert (one.subjects, one.taken) == (("clr",), "not_logged")


def test_a_rumour_without_a_denial_cannot_be_corrected(tmp_path):
    injects = tuple(replace(one, status="överhoppat") if one.number == 4 else one for one in INJECTS)
    (one,) = evaluate(NETWORK, exercise(injects=injects), [log(tmp_path)]).players[0].rumours
    assert (one.denial, one.denied, one.correction, one.is_left_standing) == (None, None, None, False)
    assert one.taken == "confirmed"


def test_without_a_log_nothing_is_counted(tmp_path):
    made = evaluation(tmp_path)
    silent = made.players[1:]
    assert [one.log for one in silent] == [None, None]
    assert {one.state for player in silent for one in (*player.noticings, *player.decidings)} == {"no_log"}
    assert made.tally(made.players) == made.tally(made.players[:1])
    data = evaluation_dict(made)
    assert [one["summary"] is None for one in data["players"]] == [False, True, True]
    assert {one.actor for one in made.improvements} == {"payer"}


def test_the_counts_are_of_what_could_be_judged(tmp_path):
    made = evaluation(tmp_path)
    tally = made.tally(made.players)
    assert (tally.told, tally.logged, tally.late, tally.missed) == (3, 3, 1, 0)
    assert tally.lag == 20  # of 10, 20 and 110 minutes
    assert (tally.deadlines, tally.in_time, tally.rumours, tally.believed) == (1, 1, 1, 1)


def test_entries_that_name_nothing_are_told(tmp_path):
    assert evaluation(tmp_path).players[0].log.nameless == ("observation-2",)


def test_what_is_to_be_followed_up(tmp_path):
    made = evaluation(tmp_path, language="en")
    assert [(one.kind, one.injects, one.entries) for one in made.improvements] == [
        ("late", (5,), ("observation-3",)),
        ("rumour", (3,), ("outage-2",)),
        ("measure", (), ("measure-1", "measure-2")),
    ]
    late, rumour, measure = made.improvements
    assert (late.action, rumour.status) == ("[TO WRITE: corrective action]", "to be decided")
    assert late.issue == "Injects logged late: 5 (Systemet stannar) after 1\xa0h 50\xa0min."
    assert (measure.action, measure.responsible) == ("Förbered manuell fil till nästa bankdag", "driftchefen")
    assert (measure.start, measure.due) == (moment("16T17:30"), moment("17T12:00"))
    assert {one.contact for one in made.improvements} == {"TiB, tib@example.se"}


def test_a_missed_thing_and_a_deadline_without_decision_are_followed_up(tmp_path):
    made = evaluation(tmp_path, "")
    assert [one.kind for one in made.improvements] == ["missed", "undecided"]


def test_how_late_late_is_can_be_chosen(tmp_path):
    assert "late" not in [one.kind for one in evaluation(tmp_path, late=120).improvements]


def test_dues_on_the_wall_clock_are_converted_too(tmp_path):
    text = entry("measure-1", "11-10T10:01", 'type = "operational"\ntext = "…"\ndue = 2026-11-10T10:11:00+01:00')
    (row,) = [one for one in evaluation(tmp_path, text, clock="play").improvements if one.kind == "measure"]
    assert (row.start, row.due) == (moment("16T17:40"), moment("16T17:40") + 363)
    assert row.responsible.startswith("[ATT SKRIVA")


def test_a_live_log_is_never_mixed_in(tmp_path):
    with pytest.raises(UsageError, match="marked LIVE"):
        evaluate(NETWORK, exercise(), [log(tmp_path, is_exercise=False)])


def test_each_player_has_one_log_and_others_none(tmp_path):
    with pytest.raises(UsageError, match="Two logs"):
        evaluate(NETWORK, exercise(), [log(tmp_path), log(tmp_path)])
    with pytest.raises(UsageError, match="did not play; the players are payer, b2, b1"):
        evaluate(NETWORK, exercise(), [log(tmp_path, "", "clr")])


def test_the_label_is_the_strictest_of_exercise_and_logs(tmp_path):
    assert evaluation(tmp_path, "").tlp == "TLP:GREEN"
    secret = observed("observation-1", "12-15T18:10", "clr", 'tlp = "TLP:RED"')
    assert evaluation(tmp_path, secret).tlp == "TLP:RED"
    assert evaluate(NETWORK, exercise(tlp="TLP:AMBER")).tlp == "TLP:AMBER"


def test_injects_without_outcome_and_those_that_no_log_is_held_to(tmp_path):
    made = evaluation(tmp_path)
    assert [one.number for one in made.without_outcome] == [4, 5, 8, 10, 11]
    assert [one.number for one in made.unjudged] == [8]


def test_what_only_tells_the_time_is_neither_judged_nor_missed(tmp_path):
    clock = replace(INJECTS[0], number=12, to="payer", kind="information")
    made = evaluate(NETWORK, exercise(injects=(*INJECTS, clock)), [log(tmp_path)])
    assert 12 not in [one.number for one in (*made.unjudged, *made.without_outcome, *made.unsaid)]
    assert [one.number for one in made.unsaid] == [8]


def test_another_model_or_another_day_is_a_doubt():
    moved = tuple(replace(one, played=play("09:00") + 7 * 1440) if one.number == 2 else one for one in INJECTS)
    made = evaluate(NETWORK, exercise(model_hash="other", injects=moved), language="en")
    assert [one.split()[1] for one in made.doubts] == ["model", "that", "lies"]
    found = outdated(made.exercise, NETWORK)
    assert found and f"no longer follow from the model: {found.in_words()}." in made.doubts[1]
    assert made.doubts[1] in render(evaluation_document(made))
    assert "injects 2" in made.doubts[2]


def test_what_was_given_on_another_day_counts_as_given_when_it_was_planned(tmp_path):
    """Of the list of another day everything was given after the exercise, and the players were to blame for it."""
    injects = tuple(replace(one, played=one.played and one.played - 42 * 1440) for one in INJECTS)
    made = evaluate(NETWORK, exercise(injects=injects), [log(tmp_path)])
    one = noticed(made, 2)
    assert (one.known, one.is_played, one.lag) == (moment("15T16:00"), False, 40)
    assert made.players[0].decidings[0].sign.play == play("09:00")
    assert "de räknas som givna när de var planerade" in made.doubts[0]


def test_the_json_says_where_each_figure_comes_from(tmp_path):
    data = evaluation_dict(evaluation(tmp_path))
    first = data["players"][0]
    assert (data["schema"], data["clock"], data["late_minutes"]) == ("beroenden/evaluation/1", "scenario", 60)
    assert first["noticed"][0] | {"payments": None} == {
        "injects": [2], "event": "supply", "entities": ["sys"], "payments": None, "subjects": ["sys", "power"],
        "state": "logged", "known": "2026-12-15T16:30+01:00", "known_from": "played", "entry": "outage-1",
        "logged": "2026-12-15T16:40+01:00", "concerns": ["power"], "lag_minutes": 10, "jumped_minutes": 0, "played_lag_minutes": None,
        "late": False, "earlier_entry": None, "nameless_entry": None,
    }  # fmt: skip
    deadline = first["deadlines"][0]
    assert (deadline["margin_minutes"], deadline["minutes_to_decide"], deadline["played_minutes_to_decide"]) == (
        30,
        1530,
        58,
    )
    assert deadline["first_sign"] == deadline["cause_told"] == {"inject": 2, "at": "2026-12-15T16:30+01:00"}
    assert deadline["passed_before_cause_was"] == ""
    assert data["injects"][1]["difference_minutes"] == 3
    assert data["without_outcome"] == [4, 5, 8, 10, 11]


def test_measures_done_are_not_followed_up(tmp_path):
    made = evaluation(tmp_path, FULL.replace('progress = "ongoing"', 'progress = "done"'))
    assert not [one for one in made.improvements if one.kind == "measure"]
    assert isinstance(made.players[0].decidings[0].said.newest, Measure)


def test_a_decision_or_word_of_a_rumour_that_names_nothing_may_be_what_is_missed(tmp_path):
    """Who wrote what to do with the file, without an id, was said to have decided nothing."""
    text = entry("decision-1", "12-16T15:00", 'text = "Skicka filen för hand"')
    made = evaluation(tmp_path, text)
    one = made.players[0].decidings[0]
    assert (one.state, [each.entry.id for each in one.nameless]) == ("none", ["decision-1"])
    words = "kan stå i decision-1, som inte anger vad den gäller"
    assert f"inget; {words}" in render(evaluation_document(made))
    assert words in next(each.issue for each in made.improvements if each.kind == "undecided")
    assert evaluation_dict(made)["players"][0]["deadlines"][0]["nameless_entries"] == ["decision-1"]
    two = text + text.replace("decision-1", "decision-2")
    both = "kan stå i decision-1 och decision-2, som inte anger vad de gäller"
    assert both in render(evaluation_document(evaluation(tmp_path, two)))
    for other in ("12-16T19:00", "12-15T15:30"):
        assert evaluation(tmp_path, text.replace("12-16T15:00", other)).players[0].decidings[0].nameless == ()
    (rumour,) = evaluation(tmp_path, entry("observation-1", "12-15T18:10", 'text = "…"')).players[0].rumours
    assert (rumour.taken, rumour.nameless and rumour.nameless.entry.id) == ("not_logged", "observation-1")
