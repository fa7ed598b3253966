"""What is not told where the game control lets the last outage last longer: to no player, and what is to be written instead."""

from dataclasses import replace

from exercise.example import moment
from exercise.test_company import planned, public
from exercise.test_leaks import PACE, built, out

from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.doubts.doubts import doubts
from beroenden.exercise.exercise import Evidence, Exercise, Inject
from beroenden.exercise.phrases import numbers_in_words
from beroenden.exercise.plan import plan
from beroenden.exercise.prolonging import overtaken, prolonged
from beroenden.model.scenario import Outage, Scenario

MODEL = built(public())
OVER = moment("18T12:00")
LATE_BANK = (out("b1", "16T08:00", "18T12:00"),)


def longer_of(exercise: Exercise, actor: str) -> Inject:
    reserves = (one for one in exercise.injects if one.evidence and one.evidence.event == "longer")
    return next(one for one in reserves if one.to == actor)


def numbers(exercise: Exercise, actor: str, *events: str) -> set[int]:
    found = (one for one in exercise.injects if one.to == actor and one.evidence and one.evidence.event in events)
    return {one.number for one in found if one.time >= OVER}


def test_what_is_not_so_for_any_player_is_listed_reserves_too() -> None:
    """The payer was told that the money had come, and in reserve that the bank works, while the bank was told that it lasts."""
    exercise = planned(LATE_BANK, "payer", "b1", "b2", model=MODEL)
    wrong = {one.number: at for one, at in overtaken(exercise, MODEL, OVER)}
    for actor in ("payer", "b1", "b2"):
        assert numbers(exercise, actor, "completed", "restored") <= set(wrong)
    assert numbers(exercise, "payer", "completed") and any(
        one.kind == "reservinspel" and one.to == "payer" for one in exercise.injects if one.number in wrong
    )
    after = simulate_scenario(MODEL, prolonged(exercise.scenario, OVER))
    (run,) = (run for run in after.runs if run.payment.id == "allowance")
    assert {wrong[one] for one in numbers(exercise, "payer", "completed")} == {run.completed}


def test_the_game_control_reads_what_to_leave_out_and_what_to_write() -> None:
    exercise = planned(LATE_BANK, "payer", "b1", model=MODEL)
    page = render(control_document(exercise, MODEL))
    longer = longer_of(exercise, "b1")
    (come,) = numbers(exercise, "payer", "completed")
    (line,) = {line for line in page.splitlines() if "then do not give no. " in line and not line.startswith("|")}
    left_out = {one.number for one, _ in overtaken(exercise, MODEL, OVER)} - {longer.reserve_for}
    assert come in left_out
    assert f"(no. {longer.reserve_for}); then do not give no. {numbers_in_words(left_out)} either" in line
    assert "With the longer disturbance what they say is so only: no. " in page


def test_that_a_fault_is_mended_is_not_so_before_it_is_over() -> None:
    """It is down all the time: the power is out as well."""
    both = (out("sys", "16T08:00", "18T12:00"), out("power", "16T08:00", "25T12:00"))
    exercise = planned(both, "payer", model=MODEL)
    mended = Evidence("level", OVER, ("sys",), level=0.0, until=OVER)
    exercise = replace(exercise, injects=(replace(exercise.injects[-1], to="payer", time=OVER, evidence=mended),))
    ((_, at),) = overtaken(exercise, MODEL, OVER)
    assert at == prolonged(exercise.scenario, OVER).outages[0].end


def test_who_else_is_told_that_it_lasts_longer_is_named() -> None:
    """Two players are told by others that one outage is over."""
    exercise = planned((out("clr", "16T08:00", "18T12:00"),), "payer", "b1", model=MODEL)
    page = render(control_document(exercise, MODEL))
    for actor, other in (("payer", "b1"), ("b1", "payer")):
        assert longer_of(exercise, actor).evidence
        assert f"; then also give no. {longer_of(exercise, other).number}" in page


def test_money_that_a_fault_in_the_file_holds_up_longer_has_not_come() -> None:
    fault = Outage(moment("17T08:00"), OVER, payment="allowance", share=0.028)
    exercise = plan(MODEL, Scenario((fault,)), ("payer",), PACE, language="en")
    come = {one.number for one in exercise.injects if one.evidence and one.evidence.event == "completed"}
    assert come and come <= {one.number for one, _ in overtaken(exercise, MODEL, OVER)}


def test_a_disturbance_that_lasts_longer_has_the_name_that_its_player_has_been_told() -> None:
    exercise = planned(LATE_BANK, "payer", "b1", model=MODEL)
    assert longer_of(exercise, "b1").text.startswith("The disturbance in Bank one is now expected")
    supplier = public()
    supplier["entity"] += [
        {"id": "mid", "name": "Middle", "kind": "supplier", "needs": [{"provider": "grid", "endurance": "0min"}]},
        {"id": "grid", "name": "Grid", "kind": "infrastructure", "tlp": "TLP:RED"},
    ]
    supplier["entity"][1]["needs"] = [{"provider": "mid", "endurance": "0min"}]
    unknown = planned((out("grid", "15T17:00", "18T12:00"),), "payer", model=built(supplier))
    found = [one for one in unknown.injects if one.evidence and one.evidence.event == "longer"]
    assert all(one.text.startswith("The disturbance is now expected") for one in found)


def test_good_news_that_are_still_to_be_given_once_it_lasts_longer_are_doubted() -> None:
    exercise = planned(LATE_BANK, "payer", "b1", model=MODEL)
    longer = longer_of(exercise, "b1")
    given = [replace(one, status="spelat") if one == longer else one for one in exercise.injects]
    (doubt,) = doubts(exercise, replace(exercise, injects=tuple(given)), MODEL)
    assert (doubt.code, doubt.number, doubt.field) == ("B983", longer.number, "status")
    later = replace(exercise, injects=tuple(given))
    assert doubts(later, later, MODEL) == (doubt,)  # for as long as nothing is done about it
    wrong = {one.number for one, _ in overtaken(exercise, MODEL, OVER) if one.kind != "reservinspel"}
    skipped = [replace(one, status="överhoppat") if one.number in wrong else one for one in given]
    after = replace(exercise, injects=tuple(skipped))
    assert [one.code for one in doubts(exercise, after, MODEL) if one.code == "B983"] == []


def test_a_reserve_that_is_made_an_inject_lets_it_last_longer_too() -> None:
    """Both players' reserves were made injects, and what says that it is over was skipped for one of them only."""
    exercise = planned(LATE_BANK, "payer", "b1", model=MODEL)
    longer = [one for one in exercise.injects if one.evidence and one.evidence.event == "longer"]
    given = [replace(one, kind="inspel") if one in longer else one for one in exercise.injects]
    after = replace(exercise, injects=tuple(given))
    (doubt,) = [one for one in doubts(exercise, after, MODEL) if one.code == "B983"]
    assert (doubt.number, doubt.field) == (longer[0].number, "kind")
    assert doubt.message.startswith(f"inject {numbers_in_words(one.number for one in longer)} is given")
    wrong = [one.number for one, _ in overtaken(exercise, MODEL, OVER) if one.kind != "reservinspel"]
    assert f"no. {numbers_in_words(wrong)} are still to be given" in doubt.message
    assert doubts(after, replace(after, contact="1100"), MODEL) == (replace(doubt, field="status"),)


def test_who_else_is_to_be_told_that_it_lasts_longer_is_named_by_the_doubt() -> None:
    exercise = planned((out("clr", "16T08:00", "18T12:00"),), "payer", "b1", model=MODEL)
    longer, other = longer_of(exercise, "payer"), longer_of(exercise, "b1")
    given = tuple(replace(one, kind="inspel") if one == longer else one for one in exercise.injects)
    (doubt,) = doubts(exercise, replace(exercise, injects=given), MODEL)
    assert doubt.message.endswith(f"Also give no. {other.number}")


def test_what_not_to_give_stands_by_the_inject_that_the_reserve_became() -> None:
    exercise = planned(LATE_BANK, "payer", "b1", model=MODEL)
    longer = longer_of(exercise, "b1")
    given = tuple(replace(one, kind="inspel") if one == longer else one for one in exercise.injects)
    page = render(control_document(replace(exercise, injects=given), MODEL))
    left_out = numbers_in_words(one.number for one, _ in overtaken(exercise, MODEL, OVER))
    assert f"Once it is given**: then do not give no. {left_out}" in page.replace(":**", "**:")
    assert "With the longer disturbance what they say is so only: no. " in page
