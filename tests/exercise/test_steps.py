"""An outage that comes back in steps: what players are told of each, and what the key makes of it."""

from dataclasses import replace

from chain import tables
from exercise.example import moment, play

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.exercise import Exercise, Inject
from beroenden.exercise.files.read import read_exercise
from beroenden.exercise.files.write import to_toml
from beroenden.exercise.key import key, told_log
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.incident.log.entries import OutageEntry
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for


def network_where_all_hear_of_it() -> Network:
    """The worked example, where everybody may read of the power."""
    made = tables()
    next(one for one in made["entity"] if one["id"] == "power")["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


BEGUN, BETTER, OVER = moment("15T08:00"), moment("15T20:00"), moment("16T20:00")
MODEL = network_where_all_hear_of_it()
SCENARIO = Scenario((Outage(BEGUN, BETTER, "power"), Outage(BETTER, OVER, "power", remaining=0.5)))


def planned(scenario: Scenario = SCENARIO) -> Exercise:
    return plan(MODEL, scenario, ["payer"], Pace(play("09:00")), language="en")


def told(exercise: Exercise, event: str) -> list[Inject]:
    return [one for one in exercise.injects if one.evidence and one.evidence.event == event and one.to == "payer"]


def outages(exercise: Exercise) -> list[tuple[int, int | None, float, str]]:
    """What the log of the player says is out, after corrections."""
    outcome = simulate_scenario(MODEL, exercise.scenario)
    log = told_log(outcome, exercise, "payer", exercise.stages[-1], masked(MODEL, viewer_for(MODEL, "payer")))
    then = log.as_of(exercise.stages[-1].until)
    found = [(entry.outage, entry.status) for entry in then.of(OutageEntry) if entry.outage.entity == "power"]
    return [(one.start, one.end, one.remaining, status) for one, status in found]


def test_a_step_ends_what_was_told_before_and_begins_a_new_part():
    """It took the place of what was told before, and the key said that nothing had come late."""
    parts = [(BEGUN, BETTER, 0.0, "confirmed"), (BETTER, OVER, 0.5, "confirmed")]
    assert outages(planned()) == parts
    made = key(simulate_scenario(MODEL, SCENARIO), planned(), "payer", planned().stages[-1]).situation
    said = " ".join(one.text for one in made.statements)
    assert "partly" in said and "late" in said


def test_who_has_it_confirmed_hears_at_once_how_it_goes_on_and_no_unconfirmed_word():
    first, then = told(planned(), "cause")
    assert (first.time, then.time) == (BEGUN + 360, BETTER)
    assert "disturbance in Power since Tuesday 15 December 2026 at\N{NO-BREAK SPACE}08:00. Since" in then.text
    assert "50% of capacity remains" in then.text
    assert all(one.time < first.time for one in told(planned(), "unconfirmed"))
    assert first.evidence and first.evidence.until == OVER  # until when the whole of it lasts


def test_a_first_word_after_a_step_tells_since_when_it_has_gone_on():
    soon = BEGUN + 60
    quick = Scenario((Outage(BEGUN, soon, "power"), Outage(soon, OVER, "power", remaining=0.5)))
    (cause,) = told(planned(quick), "cause")
    assert "08:00" in cause.text and cause.evidence and (cause.evidence.at, cause.evidence.since) == (soon, BEGUN)
    assert outages(planned(quick))[0][0] == BEGUN


def test_what_goes_better_is_not_headed_as_a_disturbance():
    worse, better = told(planned(), "level")
    assert (worse.title, better.title) == ("Disturbance: The payer's system", "Works better: The payer's system")
    assert better.text.startswith("It works better than before.")


def test_since_when_it_has_gone_on_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "ovning.toml"
    path.write_bytes(to_toml(planned(), MODEL).encode())
    found, findings = read_exercise(path, MODEL)
    assert not findings and found is not None and found.injects == planned().injects


def test_what_a_person_has_added_stands_in_the_key_as_unconfirmed():
    exercise = planned()
    own = Inject(
        200, 1, play("09:10"), BEGUN + 10, "Regionen", "payer", "mejl", "inspel", "Fråga", "Gatan är avstängd."
    )
    with_own = replace(exercise, injects=(*exercise.injects, own))
    made = key(simulate_scenario(MODEL, SCENARIO), with_own, "payer", exercise.stages[0]).situation
    (found,) = (one for one in made.statements if one.text == "Gatan är avstängd.")
    assert found.status == "obekräftad"
