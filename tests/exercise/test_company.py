"""Players among players: nobody plays who plays, each knows its own, and nothing rests on what nobody has told."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

from chain import network, tables
from exercise.example import moment
from exercise.test_leaks import PACE, built, out, told_to

from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise
from beroenden.exercise.noticed import bears_on
from beroenden.exercise.plan import plan
from beroenden.exercise.questions import questions_of
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.units.durations import HOUR
from beroenden.units.times import table_time, time_zone

SYSTEM = (out("sys", "15T17:00", "17T12:00"),)
CLEARING = (out("clr", "16T08:00", "18T12:00"),)
BANK = (out("b1", "16T08:00", "17T12:00"),)


def public(**changes: Any) -> dict[str, Any]:
    made = tables()
    made["model"]["tlp"] = "TLP:CLEAR"
    return made | changes


def planned(outages: tuple[Outage, ...], *actors: str, model: Network | None = None) -> Exercise:
    return plan(model or built(public()), Scenario(outages), actors, PACE, language="en")


def reserves(exercise: Exercise, actor: str, *events: str) -> list[Any]:
    found = (one for one in exercise.injects if one.to == actor and one.kind == "reservinspel")
    return [one for one in found if one.evidence and one.evidence.event in events]


def test_the_bank_that_pays_notices_the_cutoff_and_the_payer_only_what_the_bank_tells() -> None:
    alone, together = planned(SYSTEM, "payer"), planned(SYSTEM, "payer", "b1")
    (told,) = told_to(alone, "payer", "cutoff")
    assert told.sender.startswith("Bank one")
    (noticed,) = told_to(together, "b1", "cutoff")
    assert (noticed.sender, noticed.time) == ("Own operations (role player)", told.time)
    assert noticed.questions.startswith("This is what you know.")
    assert told_to(together, "payer", "cutoff") == []
    (reserve,) = reserves(together, "payer", "cutoff")
    assert (reserve.reserve_for, reserve.text) == (noticed.number, told.text)
    assert "Bank one" not in reserve.sender


def test_a_bank_that_is_out_and_plays_is_not_played() -> None:
    exercise = planned(BANK, "payer", "b1")
    assert not any("Bank one" in one.sender for one in exercise.injects)
    (own,) = told_to(exercise, "b1", "cause")
    assert own.questions.startswith("This is what you know.")
    assert told_to(exercise, "payer", "cause", "restored") == []
    by_number = {one.number: one for one in exercise.injects}
    held = reserves(exercise, "payer", "cause", "restored")
    assert [(one.evidence.event, by_number[one.reserve_for].to) for one in held] == [
        ("cause", "b1"),
        ("restored", "b1"),
    ]
    (hidden,) = [one for one in exercise.injects if one.evidence and one.evidence.event == "outage"]
    assert "The payer know only if Bank one tells them" in hidden.text


def test_who_plays_is_told_when_by_the_hidden_course_of_its_own_too() -> None:
    """It said the outage's own start for whom it hit, and the inject that confirms it came hours later."""
    exercise = planned(BANK, "payer", "b1")
    (hidden,) = [one for one in exercise.injects if one.evidence and one.evidence.event == "outage"]
    (own,) = told_to(exercise, "b1", "cause")
    with writing_in("en"):
        assert f"Confirmed to Bank one {table_time(own.time, time_zone('Europe/Stockholm'))};" in hidden.text
    assert own.time == moment("16T14:00")


def test_the_paper_says_when_such_a_reserve_is_given() -> None:
    model = built(public())
    told = render(control_document(planned(BANK, "payer", "b1", model=model), model))
    assert "Bank one has not told it (no. " in told


def test_what_comes_of_another_players_supply_one_notices_oneself() -> None:
    made = public()
    made["entity"][1]["needs"] = [{"provider": "b1", "endurance": "4h", "what": "accounts"}]
    model = built(made)
    (alone,) = told_to(planned(BANK, "payer", model=model), "payer", "supply")
    (among,) = told_to(planned(BANK, "payer", "b1", model=model), "payer", "supply")
    assert alone.sender.startswith("Bank one") and "It is being looked into" in alone.text
    assert among.sender == "Own operations (role player)"
    assert among.text.startswith("We do not get what we need from Bank one.")


def test_who_has_noticed_nothing_hears_no_rumour_no_end_and_no_deadline() -> None:
    """The bank heard a rumour of what it had not been told of, then that it was over, and nobody could raise a deadline."""
    made = public()
    made["entity"].append({"id": "link", "name": "Link", "kind": "supplier", "tlp": "TLP:GREEN"})
    made["entity"][1]["needs"].append({"provider": "link", "endurance": "0min"})
    model = built(made)
    exercise = planned((out("link", "15T17:00", "17T12:00"),), "payer", "b2", model=model)
    assert told_to(exercise, "payer", "rumour") and told_to(exercise, "payer", "level")
    first_sign = told_to(exercise, "b2", "late")[0].time
    assert told_to(exercise, "b2", "unconfirmed", "cause", "restored") == []
    assert all(one.time > first_sign for one in told_to(exercise, "b2", "rumour", "denial"))
    (note,) = [
        one for one in exercise.injects if one.to == CONTROL and one.evidence and one.evidence.event == "deadline"
    ]
    assert "To decide before it: The payer." in note.text
    assert "No inject says anything of it to Bank two" in note.text


def test_a_payer_who_has_noticed_nothing_is_not_asked_about_the_deadline() -> None:
    exercise = planned(CLEARING, "payer", "b1", model=network())
    assert reserves(exercise, "payer", "deadline") == []


def test_a_stage_of_the_bank_is_told_of_by_the_bank() -> None:
    made = public()
    submitting = {
        "id": "submit",
        "name": "Submission",
        "opens": {"bank_days": -2, "at": tables_time(16)},
        "duration": "30min",
    }
    submitting["needs"] = [{"provider": "b1"}, {"provider": "clr"}]
    made["payment"][0]["stage"].insert(1, submitting)
    exercise = planned(CLEARING, "payer", model=built(made))
    (told,) = told_to(exercise, "payer", "stage")
    assert told.evidence.stage == "submit" and told.sender.startswith("Bank one")
    own = planned((out("sys", "15T17:00", "17T12:00"),), "payer", model=built(made))
    (told,) = told_to(own, "payer", "stage")
    assert (told.evidence.stage, told.sender) == ("underlag", "Own operations (role player)")


def tables_time(hour: int) -> Any:
    return type(tables()["payment"][0]["stage"][0]["opens"]["at"])(hour)


def test_nothing_is_blamed_whose_house_has_something_harmed() -> None:
    """A bank was denied any disturbance while its app was down."""
    made = public()
    made["entity"] += [
        {"id": "telco", "name": "Telco", "kind": "supplier"},
        {"id": "net", "name": "Net", "kind": "infrastructure", "owner": "telco"},
    ]
    made["entity"][1]["needs"] = [
        {"provider": "power", "endurance": "0min"},
        {"provider": "telco", "endurance": "0min"},
    ]
    made["entity"][2] |= {"owner": "grid"}
    made["entity"].append({"id": "grid", "name": "Grid", "kind": "supplier"})
    model = built(made)
    power = out("power", "15T17:00", "16T20:00")
    assert [one.evidence.entities for one in told_to(planned((power,), "payer", model=model), "payer", "rumour")] == [
        ("telco",)
    ]
    both = (power, out("net", "15T17:00", "16T20:00"))
    assert told_to(planned(both, "payer", model=model), "payer", "rumour", "denial") == []


def test_a_leap_of_hours_within_minutes_of_play_is_told() -> None:
    pace = replace(PACE, stages=1, length=30)
    exercise = plan(built(public()), Scenario((out("power", "15T17:00", "17T12:00"),)), ("payer",), pace, language="en")
    given = exercise.given_to("payer", 99)
    leaps = [
        after
        for before, after in pairwise(given)
        if after.time - before.time >= 3 * HOUR and after.play - before.play < 15
    ]
    assert leaps and all(one.tells_time for one in leaps)
    assert leaps[0].text.startswith("In the scenario it is now Tuesday 15 December")


def test_a_bank_is_not_asked_about_its_own_payouts() -> None:
    exercise = planned(BANK, "payer", "b1")
    (first, *_) = told_to(exercise, "b1", "level")
    assert "Which payments go through it" in first.questions
    assert "your payments" in questions_of("level")


def test_the_news_keep_the_exact_part_in_the_evidence() -> None:
    exercise = planned(BANK, "b1")
    (news, *_) = told_to(exercise, "b1", "service")
    assert "%" not in news.text and "100% affected" in news.basis.replace("\xa0", "")


def test_what_fails_of_ones_own_for_the_same_cause_bears_on_no_payment_that_does_not_rest_on_it() -> None:
    made = public()
    made["entity"].append(
        {
            "id": "app",
            "name": "App",
            "kind": "system",
            "owner": "b2",
            "needs": [{"provider": "power", "endurance": "0min"}],
        }
    )
    made["entity"].append({"id": "mast", "name": "Mast", "kind": "infrastructure"})
    made["entity"][1]["needs"] = [{"provider": "power", "endurance": "0min"}]
    made["entity"][2]["needs"] = [{"provider": "mast", "endurance": "0min"}]
    found = simulate_scenario(built(made), Scenario((out("mast", "15T17:00", "18T12:00"),)))
    (run,) = found.late_runs
    own = Evidence("level", moment("15T17:00"), ("app",), path=("app", "power", "mast"), level=0.0)
    way = Evidence("level", moment("15T21:00"), ("sys",), path=("sys", "power", "mast"), level=0.0)
    assert bears_on(found, way, run) and not bears_on(found, own, run)
    assert bears_on(found, Evidence("unconfirmed", moment("15T17:00"), ("mast",), path=("mast",)), run)


def test_the_hidden_course_has_the_levels_that_are_held_and_who_sees_them() -> None:
    """They had no row of their own, and nobody was said to know of them."""
    model = built(public())
    pin = Pin("b1", 0.5, moment("16T10:00"), moment("17T10:00"))
    exercise = plan(model, Scenario(BANK, (pin,)), ("payer", "b1"), PACE, language="en")
    hidden = [one for one in exercise.injects if one.evidence and one.evidence.event == "outage"]
    (held,) = (one for one in hidden if one.evidence and one.evidence.at == pin.start and one.evidence.level == 0.5)
    assert held.title.replace("\N{NO-BREAK SPACE}", " ") == "Hidden: Bank one is held at 50%"
    assert held.text.endswith("Bank one sees it for itself; not confirmed to The payer.")
    page = render(control_document(exercise, model))
    assert "Levels that the scenario holds" not in page


def test_who_may_not_know_of_a_payment_is_not_said_to_decide_under_its_deadline() -> None:
    """A supplier of power was asked whether it had raised the deadline of a payment that it cannot know needs it."""
    made = public()
    made["payment"][0]["stage"][0]["needs"].append({"provider": "power", "endurance": "4h", "tlp": "TLP:RED"})
    model = built(made)
    exercise = planned((out("power", "15T08:00", "18T12:00"),), "payer", "power", model=model)
    (note,) = (
        one for one in exercise.injects if one.to == CONTROL and one.evidence and one.evidence.event == "deadline"
    )
    assert "To decide before it: The payer. Have they raised it?" in note.text
    assert "No inject says anything of it to Power, who can only know from others." in note.text
    assert "The payer; Power (know only if somebody tells them)" in render(control_document(exercise, model))


def test_good_news_that_are_true_anyway_are_given_though_the_disturbance_lasts_longer() -> None:
    """All that works again afterwards was to be withheld."""
    model = built(public())
    outages = (out("sys", "15T17:00", "15T19:00"), out("b1", "15T08:00", "15T10:00"))
    pin = Pin("sys", 0.0, moment("15T18:00"), moment("17T10:00"))
    for pins, is_withheld in (((), True), ((pin,), False)):
        exercise = plan(model, Scenario(outages, pins), ("payer", "b1"), PACE, language="en")
        longer = next(one for one in exercise.injects if one.evidence and one.evidence.event == "longer")
        later = replace(longer, kind="inspel", number=900, reserve_for=None, evidence=Evidence(
            "restored", moment("17T10:00") if pins else moment("15T20:00"), ("sys",), level=1.0
        ), time=max(longer.time, moment("15T20:00")))  # fmt: skip
        page = render(control_document(replace(exercise, injects=(*exercise.injects, later)), model))
        assert bool(re.search(r"then do not give no\. [\d–, ]*900 either", page)) == is_withheld


def test_nobody_is_said_to_know_from_a_player_that_does_not_know_or_of_what_it_may_not_read() -> None:
    """A bank was said to know of a payer's supplier only from itself, and the payer, which may not read of it, from the bank."""
    made = public()
    made["entity"].append({"id": "host", "name": "Host", "kind": "supplier", "tlp": "TLP:RED"})
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    exercise = planned((out("host", "15T17:00", "17T12:00"),), "payer", "b1", "b2", model=built(made))
    (hidden,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "outage")
    assert reserves(exercise, "payer", "cutoff")
    assert hidden.text.endswith("Not confirmed to The payer, Bank one and Bank two.")


def test_the_hidden_course_says_who_notices_what_is_never_confirmed_to_it() -> None:
    """It said that the supplier's outage was not confirmed to whom the supplier itself had phoned."""
    made = public()
    made["entity"][1]["needs"] = [{"provider": "b1", "endurance": "4h"}]
    exercise = planned((out("b1", "16T08:00", "16T11:00"),), "payer", model=built(made))
    assert told_to(exercise, "payer", "supply") and not told_to(exercise, "payer", "cause")
    (hidden,) = [one for one in exercise.injects if one.evidence and one.evidence.event == "outage"]
    noticing = (
        "; they notice from Wed 16 Dec 08:00 that it does not work as it should, but are not told when it is resolved."
    )
    assert hidden.text.replace("\xa0", " ").endswith(f"Not confirmed to The payer{noticing}")


def test_a_deadline_of_several_payments_says_which_each_decides_on() -> None:
    """It named all the payments and both players, one of whom had no part in some of them."""
    made = public()
    made["payment"].append(made["payment"][0] | {"id": "grant", "name": "Grant", "payer": "agency"})
    made["entity"].append({"id": "agency", "name": "Agency", "kind": "authority"})
    exercise = planned(CLEARING, "payer", "agency", model=built(made))
    (note,) = [
        one for one in exercise.injects if one.to == CONTROL and one.evidence and one.evidence.event == "deadline"
    ]
    assert "To decide before it: The payer and Agency (Grant)." in note.text


def test_what_a_jump_puts_off_is_told_in_the_words_that_hold_then() -> None:
    """The estimate was that of the confirmation as it would have come, and its earliest had passed."""
    jump = (moment("16T12:00"), moment("18T06:00"))
    exercise = plan(built(public()), Scenario(CLEARING), ["payer"], replace(PACE, jumps=(jump,)), language="en")
    (cause,) = told_to(exercise, "payer", "cause")
    assert cause.time == jump[1]
    told = cause.text.replace("\xa0", " ")
    assert told.endswith(" It is estimated to be resolved no later than Saturday 19 December 2026 at 09:00.")
