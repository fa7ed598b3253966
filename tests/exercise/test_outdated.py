"""What a changed model makes of injects that were planned on the one before."""

from dataclasses import replace
from typing import Any

import pytest
from exercise.leaking import random_case
from exercise.test_company import CLEARING, public
from exercise.test_leaks import PACE, built, out

from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.exercise import CONTROL, Event, Exercise
from beroenden.exercise.outdated import findings, outdated, untold
from beroenden.exercise.phrases import numbers_in_words
from beroenden.exercise.plan import plan
from beroenden.model.scenario import Scenario

SCENARIO = Scenario((out("power", "15T17:00", "18T12:00"),))


def changed(key: str, place: int, **values: Any) -> Any:
    """The worked example with one of its tables changed."""
    made = public()
    made[key][place] = made[key][place] | values
    return built(made)


def exercise(scenario: Scenario = SCENARIO) -> Exercise:
    return plan(built(public()), scenario, ("payer", "b1"), PACE, language="en")


def numbers(made: Exercise, *events: Event) -> set[int]:
    return {one.number for one in made.injects if one.evidence and one.evidence.event in events}


def longer_endurance() -> Any:
    made = public()
    for entity in made["entity"]:
        for need in entity.get("needs", ()):
            if need.get("provider") == "power":
                need["endurance"] = "9h"
    return built(made)


def test_what_happens_later_is_named_and_what_is_so_still_is_not() -> None:
    made, model = exercise(), longer_endurance()
    found = outdated(made, model)
    levels = numbers(made, "level", "supply")
    assert levels and levels <= {*found.gone, *found.changed}
    assert not {*found.gone, *found.changed} & numbers(made, "pace", "outage", "cause", "longer")
    skipped = replace(made, injects=tuple(replace(one, status="överhoppat") for one in made.injects))
    assert not outdated(skipped, model)


def test_a_number_that_is_another_is_named_and_one_that_a_person_left_out_is_not() -> None:
    made, model = exercise(Scenario(CLEARING)), changed("payment", 0, count=4_000)
    late = numbers(made, "late")
    assert late and set(outdated(made, model).changed) == late and outdated(made, model).gone == ()
    reworded = tuple(
        replace(one, text="The money has not come.") if one.number in late else one for one in made.injects
    )
    assert not outdated(replace(made, injects=reworded), model)


def test_what_nothing_answers_to_is_named_apart_also_to_the_game_control() -> None:
    unhurt = public()
    for stage in unhurt["payment"][0]["stage"]:
        stage["needs"] = []
    made = exercise(Scenario(CLEARING))
    found, rested = outdated(made, built(unhurt)), numbers(made, "deadline", "stage", "late", "question", "completed")
    assert rested <= set(found.gone) and {one.to for one in made.injects if one.number in rested} > {CONTROL}
    assert "(does not happen at all)" in found.in_words()
    assert not set(found.gone) & numbers(made, "rumour", "denial")


def test_a_rumour_of_what_is_out_after_all_is_no_longer_one() -> None:
    model = public()
    model["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min"}]
    made = exercise(Scenario(CLEARING))
    rumour = numbers(made, "rumour", "denial")
    assert rumour and rumour <= set(outdated(made, built(model)).changed)


def test_who_opens_the_exercise_is_told_and_the_game_control_reads_it() -> None:
    made, model = exercise(), longer_endurance()
    (finding,) = findings(made, model, "ovning.toml")
    found = outdated(made, model)
    assert (finding.code, finding.severity) == ("B985", "warning")
    assert numbers_in_words(found.changed) in finding.message
    page = render(control_document(made, model))
    assert f"Injects that no longer follow from it: {found.in_words()}." in page
    assert f"checksum {model.hash[:12]} (planned on {made.model_hash[:12]})" in page
    same = replace(made, model_hash="0" * 64)
    (finding,) = findings(same, built(public()), "ovning.toml")
    assert (finding.code, finding.severity) == ("B985", "info")
    assert list(findings(made, built(public()), "ovning.toml")) == []


@pytest.mark.parametrize("seed", range(8))
def test_of_the_model_that_it_was_planned_on_nothing_is_named(seed: int) -> None:
    case = random_case(seed)
    other = replace(case.exercise, model_hash="0" * 64)
    assert not outdated(other, case.network) and not untold(other, case.network)


def test_what_the_model_gives_too_and_nobody_tells_is_named() -> None:
    """A need that a player's own system had got made it fail, and all was said to follow from the model still."""
    model = public()
    model["entity"].append({"id": "app", "name": "The app", "kind": "system", "owner": "payer"})
    made = plan(built(model), SCENARIO, ("payer", "b1"), PACE, language="en")
    model["entity"][-1]["needs"] = [{"provider": "sys", "endurance": "2h", "restart": "1h"}]
    needing = built(model)
    assert not outdated(made, needing)
    new = untold(made, needing)
    assert [(one.to, one.evidence.event, one.evidence.entities) for one in new if one.evidence] == [
        ("payer", "supply", ("app",)),
        ("payer", "level", ("app",)),
    ]
    (finding,) = findings(made, needing, "ovning.toml")
    assert (finding.code, finding.severity) == ("B989", "warning")
    assert "The payer Tue 15 Dec 23:00: Disturbance: The app" in finding.message.replace("\xa0", " ")
    unhurt = public() | {"payment": []}
    unhurt["entity"][1]["needs"] = []
    assert untold(made, built(unhurt)) == ()  # nobody notices anything
