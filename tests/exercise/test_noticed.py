"""What an actor decides under, and what it hears of its endurance."""

from datetime import time
from typing import Any

import pytest
from chain import network, tables
from exercise.example import moment

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.key import key
from beroenden.exercise.noticed import deadlines, is_over_in_time, late_upon, noticed
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.exercise.witness import Disclosure, Witness
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario

MODEL = network()
PACE = Pace(moment("2026-11-10T09:00"))


def outcome(hours: int, entity: str = "sys", model=MODEL):
    start = moment("15T17:00")
    return simulate_scenario(model, Scenario((Outage(start, start + 60 * hours, entity),), horizon=14 * 1440))


def test_a_deadline_is_one_only_when_the_outage_outlasts_it():
    short, long = outcome(4), outcome(40)
    (due,) = deadlines(long, "payer")
    assert [run.latest_recovery for run in short.runs][:1] == [due.at]
    assert deadlines(short, "payer") == ()
    assert is_over_in_time(short, "payer") and not is_over_in_time(long, "payer")
    assert list(Witness(short, "payer", Disclosure()).deadlines()) == []


def test_what_others_pay_late_rests_on_whose_system_is_harmed():
    made = tables()
    made["entity"] += [{"id": "host", "name": "Host", "kind": "supplier"}]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = outcome(40, "host", model)
    assert [run.payment.id for run in late_upon(found, "host")] == ["allowance"]
    assert late_upon(found, "payer") == [] and late_upon(found, "b2") == []


def test_nobody_decides_under_a_deadline_that_its_own_things_did_not_bring():
    """Its system had failed too, after its work for the payment was done."""
    made = tables()
    made["entity"] += [{"id": "host", "name": "Host", "kind": "supplier"}]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outages = tuple(Outage(moment("17T08:00"), moment("19T20:00"), one) for one in ("host", "clr"))
    found = simulate_scenario(model, Scenario(outages, horizon=14 * 1440))
    (run,) = found.late_runs
    assert run.blocked_by == ("clr",)
    assert late_upon(found, "host") == [] and deadlines(found, "host") == ()
    assert [one.payments for one in deadlines(found, "payer")] == [(run.key,)]


def two_needs() -> list[dict[str, object]]:
    return [{"provider": "host", "endurance": "0min"}, {"provider": "power", "endurance": "4h", "what": "electricity"}]


def test_what_is_down_already_does_not_go_on_without_what_took_it_down():
    made = tables()
    made["entity"] += [
        {"id": "host", "name": "Host", "kind": "supplier", "needs": [{"provider": "power", "endurance": "0min"}]}
    ]
    made["entity"][1]["needs"] = two_needs()
    made["model"]["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = outcome(40, "power", model)
    signs = [(one.event, one.entities) for one in noticed(found, "payer") if one.at == moment("15T17:00")]
    assert signs == [("level", ("sys",))]
    told = [one for one in Witness(found, "payer", Disclosure()).injects() if one.evidence]
    first_of_power = min((one.time, one.evidence.event) for one in told if one.evidence.entities[:1] == ("power",))
    assert first_of_power == (moment("15T19:00"), "unconfirmed")


def told(model, actor: str, *outages: Outage):
    exercise = plan(model, Scenario(outages), (actor,), PACE, language="en")
    return [one for one in exercise.given_to(actor, 99) if one.evidence], exercise


def test_a_file_that_came_too_late_is_not_blamed_on_what_works_again():
    """It said of the system that it does not respond, half an hour after it had said that it works."""
    given, _ = told(MODEL, "payer", Outage(moment("15T17:00"), moment("16T18:30"), "sys"))
    (passed,) = (one for one in given if one.evidence.event == "cutoff")
    assert passed.time == moment("16T19:00")
    assert "The payer's system works now, but came back too late." in passed.text
    assert "does not respond" not in passed.text


def upon_host():
    """The clearing needs a host."""
    made = tables()
    made["model"]["tlp"] = "TLP:CLEAR"
    made["entity"][3] |= {"needs": [{"provider": "host", "endurance": "0min"}]}
    made["entity"] += [{"id": "host", "name": "Host", "kind": "supplier"}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


_HOST, _CLEARING = Outage(moment("16T08:00"), moment("18T12:00"), "host"), Outage(moment("16T10:00"), None, "clr")


@pytest.mark.parametrize(
    ("outages", "sv", "en"),
    [
        ((_HOST,), "Felet ligger utanför oss: vi får", "The fault lies outside our organisation: we do"),
        ((_CLEARING,), "Felet ligger hos oss.", "The fault is ours."),
        ((_HOST, _CLEARING), "hos oss, och vi får inte heller", "ours, and we do not get what we need either"),
    ],
)
def test_a_stage_is_late_by_a_fault_of_ones_own_only_where_one_has_begun(outages, sv, en):
    for language, words in (("sv", sv), ("en", en)):
        exercise = plan(upon_host(), Scenario(outages), ["clr"], PACE, language=language)
        (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event in ("stage", "cutoff"))
        assert words in late.text


def test_what_a_player_did_without_is_told_to_be_back_though_the_player_fell_for_something_else():
    made = tables()
    made["model"]["tlp"] = "TLP:CLEAR"
    made["entity"][1]["needs"] = [{"provider": "power", "endurance": "1h"}, {"provider": "net", "endurance": "72h"}]
    needs = [{"provider": "power", "endurance": "0min"}]
    made["entity"] += [{"id": "net", "name": "Net", "kind": "infrastructure", "needs": needs}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    given, exercise = told(model, "payer", Outage(moment("15T08:00"), moment("15T12:00"), "power"))
    (back,) = (one for one in given if one.evidence.event == "restored" and one.evidence.path == ("net", "power"))
    assert (back.time, back.title, back.text) == (moment("15T12:00"), "Works again: Net", "Net works again.")
    made = key(simulate_scenario(model, exercise.scenario), exercise, "payer", exercise.stages[-1]).situation
    assert not any("persists" in one.text for one in made.statements)


@pytest.mark.parametrize(
    ("language", "why"), [("sv", "; från ons 2026-12-16 10.00 på eget avbrott"), ("en", " because of its own outage")]
)
def test_an_outage_of_its_own_that_began_later_is_told_beside_what_else_held_something_as_long(language, why):
    outages = (
        Outage(moment("16T08:00"), moment("16T12:00"), "host"),
        Outage(moment("16T10:00"), moment("17T12:00"), "clr"),
    )
    model = upon_host()
    exercise = plan(model, Scenario(outages), ["clr", "host"], PACE, language=language)
    made = key(simulate_scenario(model, exercise.scenario), exercise, "clr", exercise.stages[-1]).situation
    about = [one.text.replace("\xa0", " ") for one in made.in_section("prognos.konsekvenser") if "Host" in one.text]
    assert len(about) == 1 and why in about[0]


@pytest.mark.parametrize(
    ("language", "fact", "asked"),
    [
        ("sv", "Avbrott i Clearing (30 % av förmågan kvar) började onsdag 16 december 2026 kl. 10.00", "annan orsak"),
        (
            "en",
            "Outage of Clearing (30% of capacity remaining) began on Wednesday 16 December 2026 at 10:00",
            "another cause",
        ),
    ],
)
def test_a_fault_of_its_own_that_is_not_confirmed_yet_is_a_fact_and_no_other_cause_is_asked_for(language, fact, asked):
    outages = (
        Outage(moment("16T08:00"), moment("16T12:00"), "host"),
        Outage(moment("16T10:00"), None, "clr", remaining=0.3),
    )
    model, terms = upon_host(), Disclosure(confirmed=60 * 24 * 60)
    exercise = plan(model, Scenario(outages), ["clr"], PACE, terms, language=language)
    made = key(simulate_scenario(model, exercise.scenario), exercise, "clr", exercise.stages[-1]).situation
    said = [one.text.replace("\xa0", " ") for one in made.statements]
    assert any(one.startswith(fact) for one in said)
    assert not any(asked in one for one in said)


def slow_to_start():
    """The system needs a host that takes two hours to be in service again."""
    made = tables()
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    made["entity"] += [
        {"id": "host", "name": "Host", "kind": "supplier", "needs": [{"provider": "hall", "endurance": "0min"}]},
        {
            "id": "hall",
            "name": "Hall",
            "kind": "infrastructure",
            "needs": [{"provider": "host", "endurance": "0min", "restart": "2h"}],
        },
    ]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def test_that_something_works_again_is_told_when_it_does_and_not_when_its_fault_was_mended():
    """Nobody ever told so where the two differ, and the key let the outage go on for good."""
    model = slow_to_start()
    host = Outage(moment("15T17:00"), moment("16T08:00"), "host")
    given, exercise = told(model, "payer", host)
    back = [one for one in given if one.evidence.event == "restored" and one.evidence.entities == ("host",)]
    works = min(
        one.at for one in noticed(simulate_scenario(model, exercise.scenario), "payer") if one.event == "restored"
    )
    assert [one.time for one in back] == [works] and works > moment("16T08:00")
    assert "The fault was mended Wednesday 16 December 2026 at 08:00." in back[0].text.replace("\xa0", " ")
    made = key(simulate_scenario(model, exercise.scenario), exercise, "payer", exercise.stages[-1]).situation
    assert any("have been impaired" in one.text and "10:00" in one.text for one in made.statements)
    assert not any("persists" in one.text for one in made.statements)


def with_entities(*more, **needs):
    """The worked model with other needs of some entities, and some more entities; the payer reads all."""
    made = tables()
    made["audience"] = [{"actor": "payer", "tlp": "TLP:RED"}]
    for one in made["entity"]:
        one["needs"] = needs.get(one["id"], one.get("needs", []))
    made["entity"] += more
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def at_once(provider: str, endurance="0min"):
    return {"provider": provider, "endurance": endurance}


def test_what_fell_for_another_reason_is_not_said_to_be_unaffected():
    """In one minute it was told that the payer works again, and that the end of the net's outage had not affected it."""
    net = {"id": "net", "name": "Net", "kind": "infrastructure"}
    model = with_entities(net, payer=[at_once("sys"), at_once("net", "20h")], sys=[])
    host = (
        Outage(moment("15T17:00"), moment("15T23:00"), "sys"),
        Outage(moment("15T17:00"), moment("15T23:00"), "net"),
    )
    given, _ = told(model, "payer", *host)
    assert not any("not affected" in one.text for one in given)
    alone, _ = told(model, "payer", host[1])
    assert any("The payer was not affected." in one.text for one in alone)


def test_what_comes_back_in_part_is_no_new_disturbance():
    """That half of it was back was told in the words of its failure."""
    net = {"id": "net", "name": "Net", "kind": "infrastructure"}
    model = with_entities(net, payer=[at_once("net", "40h")])
    whole = Outage(moment("15T17:00"), moment("16T02:00"), "net")
    half = Outage(moment("16T02:00"), moment("16T06:00"), "net", remaining=0.3)
    given, _ = told(model, "payer", whole, half)
    assert [one.time for one in given if one.evidence.event == "supply"] == [moment("15T17:00")]


def test_what_fails_at_once_for_two_reasons_is_told_as_two():
    """A system was said to lack what another system lacked."""
    more = (
        {"id": "gate", "name": "Gate", "kind": "system", "owner": "payer", "needs": [at_once("net")]},
        {"id": "net", "name": "Net", "kind": "infrastructure"},
        {"id": "desk", "name": "Desk", "kind": "process", "owner": "payer", "needs": [at_once("sys")]},
    )
    model = with_entities(*more, sys=[at_once("power")])
    both = tuple(Outage(moment("15T17:00"), moment("16T20:00"), one) for one in ("power", "net"))
    found = noticed(simulate_scenario(model, Scenario(both, horizon=14 * 1440)), "payer")
    fell = {one.entities: one.path for one in found if one.event == "level"}
    assert fell == {("sys", "desk"): ("sys", "power"), ("gate",): ("gate", "net")}


def test_a_fault_of_its_own_is_told_of_also_where_the_level_does_not_show_it():
    """It was confirmed to nobody, and its key blamed the power for what its own fault held."""
    model = with_entities(sys=[at_once("power")])
    power = Outage(moment("15T17:00"), moment("17T08:00"), "power", remaining=0.5)
    own = Outage(moment("16T08:00"), moment("16T20:00"), "sys", remaining=0.5)
    more = Outage(moment("16T20:00"), moment("17T20:00"), "sys", remaining=0.5)
    given, exercise = told(model, "payer", power, own, more)
    signs = [(one.time, one.evidence.path) for one in given if one.evidence.event == "level"]
    assert signs == [(moment("15T17:00"), ("sys", "power")), (moment("16T08:00"), ("sys",))]
    (fault,) = (one for one in given if one.evidence.path == ("sys",) and one.evidence.event == "level")
    assert fault.text == (
        "50% of capacity remains: The payer's system. There is one more fault, and it is ours; its cause is not known."
    )
    confirmed = [one.time for one in given if one.evidence.event == "cause" and one.evidence.entities == ("sys",)]
    assert confirmed[0] == moment("16T14:00")
    made = key(simulate_scenario(model, exercise.scenario), exercise, "payer", exercise.stages[-1]).situation
    assert any(
        "because of Power; from Thu 2026-12-17 08:00 because of its own outage" in one.text for one in made.statements
    )


@pytest.mark.parametrize(("left", "rises"), [(0.2, True), (0.5, False)])
def test_who_answers_for_what_is_mended_is_told_so_while_something_else_goes_on(left, rises):
    """The key took the end of what went on for the end of its own fault, as confirmed."""
    model = with_entities(sys=[at_once("power")])
    power = Outage(moment("15T17:00"), moment("17T08:00"), "power", remaining=0.5)
    own = Outage(moment("16T08:00"), moment("16T20:00"), "sys", remaining=left)
    given, exercise = told(model, "payer", power, own)
    levels = [one for one in given if one.evidence.event == "level"]
    assert [one.time for one in levels] == [moment("15T17:00"), own.start, own.end]
    assert "There is one more fault, and it is ours" in levels[1].text
    assert (levels[2].title, levels[2].text) == (
        "Our own fault is mended: The payer's system",
        "The fault that was ours is mended, but not everything works yet. 50% of capacity remains: The payer's system.",
    )
    back = next(one for one in given if one.evidence.event == "restored" and "sys" in one.evidence.entities)
    assert back.text.endswith(" The fault that was ours was mended Wednesday 16 December 2026 at\xa020:00.")
    found = simulate_scenario(model, exercise.scenario)
    assert found.level_at("sys", own.end - 1) == pytest.approx(0.2 if rises else 0.5)
    made = key(found, exercise, "payer", exercise.stages[-1]).situation
    (fault,) = (one.text for one in made.statements if "Outage of The payer's system" in one.text)
    assert "ended on Wednesday 16 December 2026 at 20:00" in fault.replace("\xa0", " ")


def test_who_does_not_know_what_held_a_payment_up_is_not_told_that_all_of_it_is_over():
    """It was told that what held the payment up was resolved, while the clearing was out."""
    made = tables()
    made["entity"][1] |= {"tlp": "TLP:RED", "needs": [at_once("power")]}
    needs = [at_once("b1"), at_once("sys")]
    made["payment"][0]["stage"].insert(1, {"id": "bank", "duration": "1h", "needs": needs})
    power = Outage(moment("15T17:00"), moment("17T10:00"), "power")
    given, _ = told(readable(made), "b1", power, Outage(moment("16T08:00"), moment("17T20:00"), "clr"))
    (back,) = (one for one in given if one.evidence.event == "restored" and one.evidence.payments)
    assert back.text == "Something that held up Allowance (Fri 18 Dec) is resolved. There may be more."


def test_of_what_others_can_stand_in_for_it_is_told_that_those_fail_too():
    """Only the first was said to fail, which alone would have harmed nothing."""
    nets = [{"id": one, "name": one.title(), "kind": "infrastructure"} for one in ("net", "radio", "cable")]
    need = {"any_of": ["net", "radio", "cable"], "endurance": "0min"}
    model = with_entities(*nets, sys=[need], payer=[need | {"endurance": "4h"}])
    alike = tuple(Outage(moment("15T17:00"), moment("17T17:00"), one) for one in ("net", "radio", "cable"))
    given, _ = told(model, "payer", *alike)
    texts = [one.text for one in given if one.evidence.event in ("level", "supply", "stage")]
    assert "We do not get what we need from Net, nor from what can stand in for Net." in texts[0]
    assert "The payer can do without Net and what can stand in for Net until" in texts[1]
    each = with_entities(*nets, sys=[need | {"at_least": 3}])
    for of, outages in ((each, alike), (model, alike[:1])):
        given, _ = told(of, "payer", *outages, Outage(moment("15T17:00"), moment("17T17:00"), "sys"))
        assert not any("stand in for" in one.text for one in given)


def test_only_the_last_outage_is_let_last_longer():
    """The reserve gave the end of an outage that nobody had noticed, after the other was told to be over."""
    first = Outage(moment("15T17:00"), moment("16T20:00"), "sys")
    unfelt = Outage(moment("16T21:00"), moment("17T21:00"), "b2")
    _, exercise = told(MODEL, "payer", first, unfelt)
    (longer,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "longer")
    assert longer.evidence is not None
    assert (longer.time, longer.evidence.until) == (moment("16T20:00"), moment("17T23:00"))


def readable(made: dict[str, Any]) -> Network:
    """A model that everybody may read all of."""
    made["model"]["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


def test_a_bank_decides_only_under_what_comes_late_to_its_customers():
    """It was held to deadlines that its own customers could never be late for."""
    model = readable(tables())
    found = simulate_scenario(model, Scenario((Outage(moment("18T05:00"), moment("18T12:00"), "b1"),)))
    (run,) = found.late_runs
    assert [branch.bank for branch in run.branches if branch.is_late] == ["b1"]
    assert [deadlines(found, actor) != () for actor in ("payer", "b1", "b2")] == [True, True, False]


def test_what_is_fetched_at_the_bank_goes_to_no_accounts():
    made = tables()
    made["payment"][0]["accounts"] = {"b1": 1.0}
    made["payment"][0]["stage"][-1] |= {"at_recipient_bank": False, "needs": [{"provider": "b1", "endurance": "0min"}]}
    for table, is_named in ((tables(), True), (made, False)):
        found = simulate_scenario(readable(table), Scenario((Outage(moment("18T05:00"), moment("18T12:00"), "b1"),)))
        (late,) = (one for one in Witness(found, "payer", Disclosure()).injects() if one.evidence.event == "late")
        assert ("with accounts at" in late.text) == is_named
        assert late.evidence.entities == ("b1",)


def test_the_news_do_not_tell_in_the_morning_what_was_over_in_the_night():
    """What had been so for a few hours of the night was told in the morning as if it were still so."""
    model = readable(tables())
    for hours, is_told in ((4, False), (24, True)):
        outage = Outage(moment("15T22:00"), moment("15T22:00") + hours * 60, "b1")
        found = simulate_scenario(model, Scenario((outage,)))
        news = [one for one in Witness(found, "payer", Disclosure()).injects() if one.evidence.event == "service"]
        assert [one.time for one in news] == ([moment("16T07:00")] if is_told else [])


def test_a_bank_that_is_out_speaks_of_its_own_fault_and_asks_nobody_how_it_goes():
    outage = Outage(moment("15T17:00"), moment("17T08:00"), "b1")
    made = tables()
    made["payment"][0]["stage"].insert(
        1, {"id": "bank", "duration": "1h", "needs": [{"provider": "b1", "endurance": "0min"}]}
    )
    witness = Witness(simulate_scenario(readable(made), Scenario((outage,))), "payer", Disclosure())
    (stage,) = (one for one in witness.injects() if one.evidence.event == "stage")
    assert stage.sender.startswith("Bank one") and stage.text.endswith("The fault is ours.")
    ((_, nudge),) = witness.deadlines()
    assert nudge.sender == "Own monitoring of payments (role player)"


def in_parts(**needs: list[dict[str, Any]]) -> Network:
    """The payer's system has lost part of its supply before it has lost the rest, through a host that lives on endurance itself."""
    host = {"id": "host", "name": "Host", "kind": "supplier"}
    host["needs"] = [{"provider": "power", "endurance": [["1h", 1.0], ["6h", 0.4]]}]  # type: ignore[assignment]
    return with_entities(host, **needs)


def test_how_long_one_does_without_counts_from_when_the_supply_first_fell():
    """When it fell the rest too, it was said to go on in full for as long once more."""
    found = simulate_scenario(
        in_parts(sys=[at_once("host", "12h")]),
        Scenario((Outage(moment("15T17:00"), moment("17T17:00"), "power"),), horizon=14 * 1440),
    )
    lasts = [(one.at, one.until) for one in noticed(found, "payer") if one.event == "supply"]
    assert lasts == [(moment("15T18:00"), moment("16T06:00")), (moment("15T23:00"), moment("16T06:00"))]
    assert next(one.at for one in noticed(found, "payer") if one.event == "level") == moment("16T06:00")


def test_what_is_impaired_already_through_a_need_does_not_do_without_it():
    found = simulate_scenario(
        in_parts(sys=[at_once("host", "2h")]),
        Scenario((Outage(moment("15T17:00"), moment("17T17:00"), "power"),), horizon=14 * 1440),
    )
    signs = [(one.event, one.at) for one in noticed(found, "payer") if one.event in ("supply", "level")]
    assert signs == [
        ("supply", moment("15T18:00")),
        ("level", moment("15T20:00")),
        ("level", moment("16T01:00")),
    ]


def test_who_carries_a_stage_decides_under_the_deadline_and_who_is_only_harmed_beside_it_does_not():
    """The deadline of a payment that it carried was left out, and that of one that it had no stage of was its own."""
    made = tables()
    made["entity"] += [
        {"id": "maker", "name": "Maker", "kind": "authority"},
        {"id": "host", "name": "Host", "kind": "supplier"},
    ]
    made["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    made["payment"][0]["stage"][0]["needs"].append({"provider": "maker", "endurance": "0min"})
    model = readable(made)
    (run,) = (found := outcome(40, "host", model)).late_runs
    assert [one.payments for one in deadlines(found, "maker")] == [(run.key,)]
    assert deadlines(found, "host") == () and not is_over_in_time(found, "host")
    assert late_upon(found, "maker") == [] and late_upon(found, "host") == [run]
    assert is_over_in_time(outcome(4, "host", model), "maker")
    page = render(control_document(plan(model, found.scenario, ["payer", "maker"], PACE, language="en"), model))
    assert "Late payments of others that the actor has a part in" in page


def test_what_is_told_only_at_the_deadline_is_no_sign_before_it():
    """Who had no sign before it was asked whether it had raised the deadline."""
    made = tables()
    made["payment"][0]["stage"] = [
        {"id": "konto", "opens": {"bank_days": 0, "at": time(6)}, "at_recipient_bank": True, "needs": []}
    ]
    fault = Outage(moment("16T08:00"), moment("18T12:00"), payment="allowance", share=0.2)
    model = readable(made)
    exercise = plan(model, Scenario((fault,)), ["payer"], PACE, language="en")
    (note,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "deadline")
    (late,) = (one for one in exercise.injects if one.evidence and one.evidence.event == "late")
    assert note.evidence.at == late.evidence.at
    assert "To decide before it" not in note.text and "No inject says anything of it to The payer" in note.text
    assert "The payer (know only if somebody tells them)" in render(control_document(exercise, model))


def test_a_bank_that_plays_and_has_the_fault_itself_is_named_by_who_speaks_for_it():
    """Somebody unnamed said that the fault was theirs."""
    outage = Outage(moment("15T17:00"), moment("17T08:00"), "b1")
    made = tables()
    made["payment"][0]["stage"].insert(
        1, {"id": "bank", "duration": "1h", "needs": [{"provider": "b1", "endurance": "0min"}]}
    )
    exercise = plan(readable(made), Scenario((outage,)), ["payer", "b1"], PACE, language="en")
    reserves = [one for one in exercise.injects if one.to == "payer" and one.kind == "reservinspel"]
    told = [one.text for one in reserves if one.evidence.event in ("stage", "cutoff")]
    assert told and all(text.endswith("Bank one says that the fault is there.") for text in told)
