"""What a player has seen of its payments and its key does not come to, which the game control is told beside the key."""

from dataclasses import replace

from chain import network, tables
from exercise.example import moment, play

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents import markdown
from beroenden.documents.exercise.key import key_document
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Stage
from beroenden.exercise.key import Key, key
from beroenden.exercise.noticed import noticed
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario


def model_read_by(*actors: str) -> Network:
    """The worked example, of which some actors read all."""
    made = tables()
    made["audience"] = [{"actor": actor, "tlp": "TLP:RED"} for actor in actors]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


MODEL = network()
SCENARIO = Scenario((Outage(moment("15T08:00"), moment("17T20:00"), "power"),))
WHOLE = plan(MODEL, SCENARIO, ["payer"], Pace(play("09:00")), language="sv")


def keyed(stage: Stage, *events: str) -> tuple[Key, Exercise]:
    """The key of a player that is only told of some events."""
    told = tuple(one for one in WHOLE.injects if not one.evidence or one.evidence.event in events)
    exercise = replace(WHOLE, injects=told)
    return key(simulate_scenario(MODEL, SCENARIO), exercise, "payer", stage), exercise


def number(exercise: Exercise, event: str) -> int:
    (found,) = (one.number for one in exercise.injects if one.evidence and one.evidence.event == event)
    return found


def test_money_that_has_not_come_and_that_nothing_known_explains() -> None:
    made, exercise = keyed(WHOLE.stages[-1], "late")
    assert not any(run.text.startswith("Dessa betalningar") for run in made.situation.statements)
    (found,) = made.unexplained
    assert (found.sight, found.injects, found.run.run.key) == (
        "overdue",
        (number(exercise, "late"),),
        ("allowance", "2026-12-18"),
    )
    page = markdown.render(key_document(made, WHOLE.stages[-1]))
    assert f"(inspel {number(exercise, 'late')}): skulle ha kommit fre 2026-12-18 06.00 och har inte gjort det" in page
    assert "enligt prognosen i tid." in page


def test_of_money_that_has_come_only_that_is_told() -> None:
    made, exercise = keyed(WHOLE.stages[-1], "late", "completed")
    (found,) = made.unexplained
    assert (found.sight, found.injects) == ("completed", (number(exercise, "completed"),))


def test_a_stage_that_was_late_is_told_too() -> None:
    made, _ = keyed(WHOLE.stages[-1], "stage", "cutoff")
    assert [one.sight for one in made.unexplained] == ["held_up"]


def test_who_knows_what_happens_has_all_explained() -> None:
    for stage in WHOLE.stages:
        made = key(simulate_scenario(MODEL, SCENARIO), WHOLE, "payer", stage)
        assert not made.unexplained
        assert "förklarar inte" not in markdown.render(key_document(made, stage))


def test_what_is_late_to_several_banks_is_explained_for_each() -> None:
    """The player knows why one bank's customers wait, and has been told that those of another do too."""
    model = model_read_by("payer")
    hours = moment("18T05:00"), moment("18T12:00")
    scenario = Scenario((Outage(*hours, "b1"), Outage(*hours, "b2")))
    exercise = plan(model, scenario, ["payer"], Pace(play("09:00")), language="en")
    outcome, last = simulate_scenario(model, scenario), exercise.stages[-1]
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert late.evidence and late.evidence.entities == ("b1", "b2")
    cause = Evidence("cause", hours[0], ("b2",), path=("b2",), level=0.0, until=hours[1])
    told = replace(late, number=1, time=hours[0], text="Bank two is out.", evidence=cause)
    found = key(outcome, replace(exercise, injects=(told, late)), "payer", last)
    assert [(one.sight, one.banks) for one in found.unexplained] == [("overdue", ("Bank one",))]
    page = markdown.render(key_document(found, last))
    assert "should have come to accounts at Bank one Fri 2026-12-18 06:00 and has not" in page


FAULT = Scenario((Outage(moment("16T08:00"), moment("20T12:00"), payment="allowance", share=0.028),))


def test_a_fault_in_part_of_a_file_is_seen_by_those_whom_it_hits() -> None:
    """All recipients were said to be without their money."""
    exercise = plan(MODEL, FAULT, ["payer"], Pace(play("09:00")), language="en")
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert late.evidence and late.evidence.level == 0.972
    text = late.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "2.8% of them have not got their money" in text and "are concerned: 28." in text
    (question,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "question")
    assert "Others have got theirs." in question.text
    stage = exercise.stages[late.stage - 1]
    page = markdown.render(key_document(key(simulate_scenario(MODEL, FAULT), exercise, "payer", stage), stage))
    page = page.replace("\N{NO-BREAK SPACE}", " ")
    assert "should have come to 2.8% of the recipients Fri 2026-12-18 06:00 and has not" in page


def test_a_fault_in_the_whole_file_is_seen_by_all() -> None:
    (fault,) = FAULT.outages
    exercise = plan(MODEL, replace(FAULT, outages=(replace(fault, share=1.0),)), ["payer"], Pace(play("09:00")))
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert late.evidence and late.evidence.level is None
    assert "Det har inte skett." in late.text


def test_a_fault_in_the_file_beside_an_outage_of_a_bank_counts_nobody_twice() -> None:
    """All of the bank's were counted, and those of them who stand in the faulty part once more; the first money was not told."""
    model = model_read_by("payer")
    (fault,) = FAULT.outages
    bank = Outage(moment("18T05:00"), moment("18T12:00"), "b2")
    exercise = plan(model, replace(FAULT, outages=(fault, bank)), ["payer"], Pace(play("09:00")), language="en")
    of_bank, of_file = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert of_bank.evidence and of_bank.evidence.entities == ("b2",)
    assert "are concerned: 600." in of_bank.text.replace("\N{NO-BREAK SPACE}", " ")
    assert of_file.evidence and (of_file.evidence.entities, of_file.evidence.level) == (("b1",), 0.972)
    text = of_file.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "2.8% of them with accounts at another bank than Bank two" in text
    assert "are concerned: 11." in text  # 0.4 × 28
    most, all_come = (one for one in exercise.injects if one.evidence and one.evidence.event == "completed")
    assert most.time < all_come.time
    assert "97.2% of the recipients" in most.text.replace("\N{NO-BREAK SPACE}", " ") and "have not" in most.text
    assert "has reached all recipients" in all_come.text
    untold = tuple(one for one in exercise.injects if not one.evidence or one.evidence.event != "fault")
    stage = exercise.stages[most.stage - 1]
    found = key(
        simulate_scenario(model, exercise.scenario), replace(exercise, injects=untold), "payer", stage
    ).unexplained
    assert [round(one.missing, 3) for one in found if one.missing] == [0.028]
    whole = key(simulate_scenario(model, exercise.scenario), exercise, "payer", stage).unexplained
    assert not [one for one in whole if one.missing]


def test_endurance_that_lasts_in_part_is_told_until_it_first_falls() -> None:
    """Until its last step was told, while a third of it was left after the first."""
    made = tables()
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    made["entity"][1]["needs"][0]["endurance"] = [["4h", 1.0], ["24h", 0.3]]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = noticed(simulate_scenario(model, SCENARIO), "payer")
    supply, level = (next(one for one in found if one.event == event) for event in ("supply", "level"))
    assert supply.until == level.at == moment("15T12:00")


READ_BY_ALL = model_read_by("payer", "b1")


def test_who_pays_finds_the_fault_in_its_file_some_hours_after_the_money_was_missing() -> None:
    exercise = plan(READ_BY_ALL, FAULT, ["payer", "b1"], Pace(play("09:00")), language="en")
    (found,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "fault")
    assert (found.to, found.time) == (
        "payer",
        moment("18T09:00"),
    )  # three hours after 06:00; the bank hears it from the payer
    text = found.text.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "The file for Allowance (Fri 18 Dec) is faulty for 2.8% of the recipients" in text and "no earlier than" in text
    )
    (hidden,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "outage")
    assert "Confirmed to The payer" in hidden.text and "Bank one know only if The payer tells them" in hidden.text
    (deadline,) = (
        one for one in exercise.injects if one.evidence and one.evidence.event == "deadline" and one.to == CONTROL
    )
    assert deadline.text.startswith("If the fault in the file is not resolved by")
    outcome = simulate_scenario(READ_BY_ALL, FAULT)
    stage = exercise.stages[found.stage - 1]
    known = key(outcome, exercise, "payer", stage)
    assert not known.unexplained
    assert any("These payments are late already" in one.text for one in known.situation.statements)
    over = key(outcome, exercise, "payer", exercise.stages[-1])
    assert not over.unexplained
    assert not any("late already" in one.text for one in over.situation.statements)
    (of_bank,) = key(outcome, exercise, "b1", stage).unexplained
    assert of_bank.sight == "overdue"


def test_a_bank_hears_of_a_fault_in_the_file_from_a_payer_that_does_not_play() -> None:
    exercise = plan(READ_BY_ALL, FAULT, ["b1"], Pace(play("09:00")), language="en")
    (found,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "fault")
    assert found.to == "b1" and found.sender.startswith("The payer")


def test_money_to_other_banks_than_those_said_to_be_without_is_told_where_the_prognosis_has_it_late() -> None:
    """All accounts were late by the key, though the player had been told in which banks the money was missing."""
    model = model_read_by("payer")
    hours = moment("18T05:00"), moment("18T12:00")
    scenario = Scenario((Outage(*hours, "b1"),))
    exercise = plan(model, scenario, ["payer"], Pace(play("09:00")), language="en")
    outcome, last = simulate_scenario(model, scenario), exercise.stages[-1]
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert late.evidence and late.evidence.entities == ("b1",)
    told = tuple(
        replace(
            late,
            number=place,
            time=hours[0],
            text=f"{bank} is out.",
            evidence=Evidence("unconfirmed", hours[0], (bank,), path=(bank,), level=0.0),
        )
        for place, bank in enumerate(("b1", "b2"), 1)
    )
    stage = replace(last, until=late.time)
    found = key(outcome, replace(exercise, injects=(*told, late)), "payer", stage)
    assert [(one.sight, one.banks) for one in found.unexplained] == [("not_missing", ("Bank two",))]
    page = markdown.render(key_document(found, stage))
    assert "to accounts at Bank two Fri 2026-12-18 06:00, and is not among what is said to be missing" in page
    right = key(outcome, replace(exercise, injects=(told[0], late)), "payer", stage)
    assert not right.unexplained
