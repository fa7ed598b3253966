"""What the key makes of outages that nobody has told the player the times of, and of levels that it sees for itself."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from chain import tables
from exercise.example import moment, play

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents import markdown
from beroenden.documents.exercise.key import key_document
from beroenden.exercise.exercise import Evidence, Exercise, Inject
from beroenden.exercise.inferring import begun_by
from beroenden.exercise.key import Key, key, told_log
from beroenden.exercise.pace import Pace
from beroenden.exercise.phrases import estimated
from beroenden.exercise.plan import plan
from beroenden.incident.log.entries import Observation, OutageEntry
from beroenden.model.entities import Pert
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for

BEGINS, DUE, CUTOFF = moment("15T18:00"), moment("15T21:00"), moment("16T19:00")
"""Of the stage that needs the system: when its work begins, and when it should be done; and the cut-off after it."""


def hired(endurance: str = "0min") -> Network:
    """The worked example, where somebody else runs the payer's system."""
    made = tables()
    system = next(one for one in made["entity"] if one["id"] == "sys")
    del system["owner"]
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    made["payment"][0]["stage"][0]["needs"] = [{"provider": "sys", "endurance": endurance}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def own() -> Network:
    """The worked example, where the payer reads everything."""
    made = tables()
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def planned(model: Network, scenario: Scenario, *players: str) -> Exercise:
    return plan(model, scenario, players or ("payer",), Pace(play("09:00")), language="en")


def told_only(exercise: Exercise, *events: str) -> Exercise:
    """The exercise where the players are told only of some events."""
    told = (one for one in exercise.injects if not one.evidence or one.evidence.event in events)
    return replace(exercise, injects=tuple(told))


def outages(model: Network, exercise: Exercise) -> list[OutageEntry]:
    """What the payer's log says is out at the end, after corrections."""
    outcome, last = simulate_scenario(model, exercise.scenario), exercise.stages[-1]
    log = told_log(outcome, exercise, "payer", last, masked(model, viewer_for(model, "payer")))
    return log.as_of(last.until).of(OutageEntry)


def levels(model: Network, exercise: Exercise, number: int) -> list[tuple[str | None, int, float | None, int | None]]:
    """What the payer's log says has been observed at the end of a stage."""
    outcome, stage = simulate_scenario(model, exercise.scenario), exercise.stages[number]
    log = told_log(outcome, exercise, "payer", stage, masked(model, viewer_for(model, "payer")))
    return [(one.entity, one.time, one.level, one.until) for one in log.of(Observation) if one.entity]


def keys(model: Network, exercise: Exercise) -> list[Key]:
    outcome = simulate_scenario(model, exercise.scenario)
    return [key(outcome, exercise, "payer", stage) for stage in exercise.stages]


def said(keys: Iterable[Key]) -> str:
    return " ".join(one.text for made in keys for one in made.situation.statements).replace("\N{NO-BREAK SPACE}", " ")


TRUE_END = moment("17T20:00")
OUT = Scenario((Outage(moment("15T08:00"), TRUE_END, "sys"),))


def test_what_held_up_a_stage_was_out_before_the_stage_was_to_be_done() -> None:
    """It was dated from when the stage should have been done, so that the key had the stage done and promised its deadline."""
    for event in ("stage", "cutoff"):
        exercise = told_only(planned(hired(), OUT), event)
        (entry,) = outages(hired(), exercise)
        assert (entry.outage.start, entry.outage.end, entry.status) == (BEGINS, None, "unconfirmed")
        assert "beginning is assumed" in entry.text
        last = keys(hired(), exercise)[-1]
        assert not last.unexplained
        assert any("late" in one.text for one in last.situation.statements)


def test_a_stage_that_lives_on_without_a_provider_for_a_while_needs_it_to_be_out_longer() -> None:
    evidence = Evidence("stage", DUE, payments=(("allowance", "2026-12-18"),), stage="underlag", path=("sys",))
    assert begun_by(hired(), evidence, "sys") == BEGINS
    assert begun_by(hired("2h"), evidence, "sys") == BEGINS - 120
    assert begun_by(hired(), evidence, "b2") == DUE  # no stage until then needs it


def test_a_stage_that_the_outages_known_hold_up_is_explained_though_the_payment_then_comes_in_time() -> None:
    exercise = planned(hired(), OUT)
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "stage")
    cause = Evidence("cause", moment("15T08:00"), ("sys",), path=("sys",), level=0.0, until=moment("15T22:00"))
    told = replace(late, number=1, time=moment("15T14:00"), text="It is out.", evidence=cause)
    outcome, stage = simulate_scenario(hired(), OUT), replace(exercise.stages[0], until=DUE)
    both = replace(exercise, injects=(replace(told, stage=1), replace(late, stage=1)))
    assert not key(outcome, both, "payer", stage).unexplained


def test_a_stage_that_the_outages_known_do_not_hold_up_is_unexplained() -> None:
    exercise = planned(hired(), OUT)
    late = next(one for one in exercise.injects if one.evidence and one.evidence.event == "stage")
    cause = Evidence("cause", moment("16T18:00"), ("clr",), path=("clr",), level=0.0, until=moment("22T22:00"))
    told = replace(late, number=1, text="It is out.", evidence=cause)
    unknown = replace(late, evidence=replace(late.evidence, path=()) if late.evidence else None)
    outcome, stage = simulate_scenario(hired(), OUT), exercise.stages[-1]
    made = key(outcome, replace(exercise, injects=(told, unknown)), "payer", stage)
    assert [one.sight for one in made.unexplained] == ["held_up"]
    assert "according to the prognosis done in time." in markdown.render(key_document(made, stage))


def test_the_end_that_nobody_has_told_is_the_latest_that_what_was_seen_allows() -> None:
    """The scenario's own end had entered the key, as one that had been reported."""
    exercise = told_only(planned(hired(), OUT), "stage", "cutoff", "late", "completed")
    (entry,) = outages(hired(), exercise)
    end = entry.outage.end
    assert end is not None and end != TRUE_END and entry.status == "unconfirmed"
    come = next(one.evidence.at for one in exercise.injects if one.evidence and one.evidence.event == "completed")
    for after, is_in_time in ((end, True), (end + 1, False)):
        outcome = simulate_scenario(hired(), Scenario((Outage(BEGINS, after, "sys"),)))
        (run,) = (run for run in outcome.runs if run.day.day == 18)
        assert (run.completed is not None and run.completed <= come) == is_in_time
    last = keys(hired(), exercise)[-1]
    assert not last.unexplained
    assert "the end is not confirmed. The beginning is assumed" in said([last])
    assert "The end is inferred" in said([last])


HELD_UP = Scenario(
    (Outage(moment("15T08:00"), moment("18T08:00"), "power"), Outage(moment("15T08:00"), moment("15T20:00"), "clr")),
    (Pin("sys", 1.0, moment("15T08:00"), moment("19T08:00")),),
)


def test_the_key_holds_the_level_of_its_own_that_the_scenario_holds_up() -> None:
    """The key had the system down, and the payment late, though nothing of the player's own was impaired."""
    model = own()
    exercise = planned(model, HELD_UP, "payer", "power")
    held = ("sys", moment("15T08:00"), 1.0, moment("19T08:00"))
    assert all(levels(model, exercise, stage.number - 1) == [held] for stage in exercise.stages)
    power = Evidence("cause", moment("15T08:00"), ("power",), path=("power",), level=0.0, until=moment("17T08:00"))
    first = next(one for one in exercise.injects if one.to == "payer")
    told = replace(first, number=1, stage=1, kind="inspel", time=moment("15T09:00"), text="Down.", evidence=power)
    made = keys(model, replace(exercise, injects=(told,)))
    first_key = said(made[:1])
    assert "If the estimated length holds, none of the actor's payments" in first_key and "(0%)" not in first_key
    observed = next(one.text for one in made[0].situation.statements if "Observed" in one.text)
    assert observed.replace("\N{NO-BREAK SPACE}", " ").startswith("Observed capacity of The payer's system: 100% until")


HELD_DOWN = Scenario(
    (Outage(moment("15T17:00"), moment("15T23:00"), "sys"),),
    (Pin("sys", 0.0, moment("15T22:00"), moment("17T10:00")),),
)


def test_the_key_has_its_own_down_until_it_has_been_told_that_it_works_again() -> None:
    """The outage that explained the level was over, and so was the level."""
    model = own()
    exercise = planned(model, HELD_DOWN)
    outcome = simulate_scenario(model, HELD_DOWN)
    for until, end in ((moment("16T12:00"), None), (moment("17T12:00"), moment("17T10:00"))):
        stage = replace(exercise.stages[-1], until=until)
        log = told_log(
            outcome, replace(exercise, stages=(stage,)), "payer", stage, masked(model, viewer_for(model, "payer"))
        )
        assert ("sys", moment("15T22:00"), 0.0, end) in {
            (one.entity, one.time, one.level, one.until) for one in log.of(Observation)
        }
    last = said(keys(model, exercise)[-1:])
    assert "to Thursday 17 December 2026 at 10:00" in last


def test_a_fault_of_its_own_that_is_told_explains_a_level_before_it_is_confirmed() -> None:
    """The level was observed, and the key asked whether it had another cause than what the model has."""
    model = own()
    scenario = Scenario((Outage(moment("15T08:00"), moment("16T08:00"), "sys"),))
    exercise = told_only(planned(model, scenario), "level", "restored")
    assert levels(model, exercise, -1) == []
    (entry,) = outages(model, exercise)
    assert (entry.outage, entry.status) == (scenario.outages[0], "confirmed")


def test_the_key_speaks_of_the_actor_to_whom_it_belongs() -> None:
    exercise = planned(own(), replace(HELD_DOWN, pins=()))
    outcome = simulate_scenario(own(), exercise.scenario)
    for stage in exercise.stages:
        page = markdown.render(key_document(key(outcome, exercise, "payer", stage), stage))
        assert "the sender" not in page and "that are shared" not in page


def test_an_estimate_is_told_and_not_the_end_that_it_is_of() -> None:
    """The key reckoned with the scenario's own end, as if that had been the median of what was left."""
    exercise = planned(own(), OUT)
    cause = Evidence("cause", moment("15T08:00"), ("sys",), path=("sys",), level=0.0, until=TRUE_END)
    told = Inject(
        1, 1, play("09:00"), moment("15T14:00"), "Operations", "payer", "telefon", "inspel", "t", "x", evidence=cause
    )
    (entry,) = outages(own(), replace(exercise, injects=(told,)))
    first, last = estimated(moment("15T08:00"), TRUE_END)
    assert isinstance(entry.outage.length, Pert)
    assert (entry.outage.length.min, entry.outage.length.max) == (first - entry.outage.start, last - entry.outage.start)
    assert entry.outage.end == entry.outage.start + entry.outage.length.typical != TRUE_END


def test_what_is_said_to_last_longer_lasts_until_then() -> None:
    """It was told in the facts, and the prognosis let the outage end when it was to end before."""
    exercise = planned(hired(), OUT)
    (longer,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "longer")
    cause = Evidence("cause", moment("15T08:00"), ("sys",), path=("sys",), level=0.0, until=TRUE_END)
    told = replace(longer, number=1, time=moment("15T14:00"), text="It is out.", evidence=cause, kind="inspel")
    played = replace(exercise, injects=(told, replace(longer, status="spelat")))
    (entry,) = outages(hired(), played)
    assert longer.evidence and longer.evidence.until
    assert (entry.outage.end, entry.outage.length) == (longer.evidence.until, None)
    assert longer.evidence.until > TRUE_END


def stated(exercise: Exercise, one: Inject) -> tuple[str, str]:
    """What the key makes of a single inject: its words, and how sure they are."""
    made = key(simulate_scenario(hired(), OUT), replace(exercise, injects=(one,)), "payer", exercise.stages[-1])
    found = [each for each in made.situation.statements if one.text in each.text]
    return found[0].text, found[0].status


@pytest.mark.parametrize(
    ("title", "text", "is_asked"),
    [
        ("A committee asks", "It says that it looks into the allowance.", False),
        ("Riksdagen", "Ett utskott vill veta hur det går.", True),
        ("The bank calls", "Who decides? We must know.", True),
        ("The bank calls", "Clearing was out yesterday. What do you do?", False),
        ("Till er", "Clearingen hade fel i går.", False),
    ],
)
def test_who_asks_states_nothing_that_is_so_or_not(title: str, text: str, is_asked: bool) -> None:
    """A question was confirmed as though it were a fact, or not confirmed."""
    exercise = planned(hired(), OUT)
    own = replace(exercise.injects[0], to="payer", kind="inspel", title=title, text=text, evidence=None)
    status = "bekräftad" if is_asked else "obekräftad"
    assert stated(exercise, own) == (f"To be answered: {text}" if is_asked else text, status)


def test_who_is_asked_about_a_deadline_has_a_question_to_answer() -> None:
    exercise = planned(hired(), OUT)
    found = Evidence("deadline", DUE, payments=(("allowance", "2026-12-18"),))
    asked = replace(
        exercise.injects[0], to="payer", kind="inspel", text="Who decides if it does not go?", evidence=found
    )
    assert stated(exercise, asked) == ("To be answered: Who decides if it does not go?", "bekräftad")


def restarting() -> Network:
    """The worked example, where the clearing needs the power, and is back half an hour after it."""
    made = tables()
    clearing = next(one for one in made["entity"] if one["id"] == "clr")
    clearing["needs"] = [{"provider": "power", "endurance": "0min", "restart": "30min"}]
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def told_before(evidence: Evidence, time: int) -> Inject:
    """That the player was told of a cause, before anything else."""
    return Inject(1, 1, play("09:00"), time, "Operations", "payer", "mejl", "inspel", "t", "x", evidence=evidence)


def test_what_was_confirmed_stays_so_where_only_the_end_is_inferred() -> None:
    """The whole outage became unconfirmed when the money came, and the key asked what if it was not so."""
    told = told_before(Evidence("cause", OUT.outages[0].start, ("sys",), path=("sys",), level=0.0), moment("15T14:00"))
    exercise = told_only(planned(hired(), OUT), "completed")
    exercise = replace(exercise, injects=(told, *(replace(one, number=one.number + 1) for one in exercise.injects)))
    (entry,) = outages(hired(), exercise)
    assert (entry.status, entry.source, entry.outage.start) == ("confirmed", "Operations", OUT.outages[0].start)
    last = said(keys(hired(), exercise)[-1:])
    assert "began on Tuesday 15 December 2026 at 08:00 and is taken to have ended" in last
    assert "the end is not confirmed. The end is inferred" in last and "is unconfirmed" not in last


def test_what_held_up_a_stage_and_works_by_then_shows_that_what_it_needs_does() -> None:
    """The power was taken to be over only when the money came, though the clearing was told to work before."""
    down = Scenario((Outage(moment("16T17:00"), moment("18T04:00"), "power"),))
    cause = Evidence("cause", down.start, ("power",), path=("power",), level=0.0)
    at = moment("18T06:00")
    works = Evidence(
        "stage", at, payments=(("allowance", "2026-12-18"),), stage="clearing", path=("clr", "power"), level=1.0
    )
    exercise = planned(restarting(), down)
    late = replace(told_before(works, at), number=2, stage=exercise.stages[-1].number)
    exercise = replace(exercise, injects=(told_before(cause, moment("16T20:00")), late))
    power = next(one for one in outages(restarting(), exercise) if one.outage.entity == "power")
    assert (power.outage.end, power.status) == (at - 30, "confirmed")


def test_what_works_again_in_full_no_longer_lacks_what_it_had_endurance_without():
    """The key had the system impaired for want of what had been back for hours, and observed to work in full."""
    made = tables()
    system = next(one for one in made["entity"] if one["id"] == "sys")
    system["needs"] = [{"provider": "power", "endurance": "0min"}, {"provider": "clr", "endurance": "4h"}]
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    begins = moment("15T08:00")
    outages = (
        Outage(begins, begins + 360, "power", remaining=0.5),
        Outage(begins + 30, begins + 200, "clr"),
    )
    exercise = told_only(planned(model, Scenario(outages)), "pace", "level", "supply", "restored")
    outcome = simulate_scenario(model, exercise.scenario)
    given = [one for one in exercise.injects if not (one.evidence and one.evidence.entities[:1] == ("clr",))]
    log = told_log(
        outcome,
        replace(exercise, injects=tuple(given)),
        "payer",
        exercise.stages[-1],
        masked(model, viewer_for(model, "payer")),
    )
    known = {one.outage.entity: one for one in log.entries if isinstance(one, OutageEntry)}
    assert set(known) == {"power", "clr"}
    assert known["clr"].outage.end is not None and known["clr"].outage.end <= begins + 360
