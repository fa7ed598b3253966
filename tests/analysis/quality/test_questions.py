"""The questions to ask next, against the same model simulated one outage at a time with each answer."""

from dataclasses import replace
from signal import SIGINT, raise_signal

import pytest
from chain import tables

import beroenden
from beroenden.analysis.quality.doubts import Doubt, doubts
from beroenden.analysis.quality.quality import quality_of
from beroenden.analysis.quality.questions import Asked, ask, planned
from beroenden.analysis.quality.wording import hangs_words, question_words, to_whom
from beroenden.analysis.ranking.starts import starts_within, window_days
from beroenden.language import writing_in
from beroenden.model.entities import Step
from beroenden.units.times import Clock, time_zone

HORIZON = 10 * 1440
STARTS = starts_within(window_days("2026-12-15..2026-12-18"), 360, Clock(time_zone("Europe/Stockholm")))
ASKED = Asked(1440, STARTS, HORIZON)


def doubtful():
    """The worked example, with one unknown endurance on the chain and one of low confidence; another is sure."""
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power"}]
    made["payment"][0]["stage"][1]["needs"] = [{"provider": "clr", "endurance": "8h", "confidence": "low"}]
    network, findings = beroenden.build(made)
    assert network is not None, findings
    return network


def with_endurance(network, doubt: Doubt, minutes: int):
    """The model with one endurance as answered."""
    answered = replace(doubt.need, endurance=(Step(minutes, 1.0),))
    if doubt.stage is None:
        entity = replace(network.entity[doubt.consumer], needs=(answered,))
        return replace(network, entities=tuple(entity if one.id == entity.id else one for one in network.entities))
    [payment] = network.payments
    stages = [replace(one, needs=(answered,)) if at == doubt.stage else one for at, one in enumerate(payment.stages)]
    return replace(network, payments=(replace(payment, stages=tuple(stages)),))


def mean(network, entity):
    """Mean recipient-hours of an entity's outage over the starts, one simulation at a time."""
    zone = time_zone("Europe/Stockholm")
    total = 0.0
    for start in STARTS:
        when = beroenden.units.times.iso(start, zone)
        outcome = beroenden.simulate(
            network, outages=[{"entity": entity, "start": when, "for": "24h"}], horizon=f"{HORIZON}min"
        )
        total += outcome.to_dict()["totals"]["recipient_hours"]
    return total / len(STARTS)


def test_what_is_unknown_or_of_low_confidence_on_a_chain_is_doubtful():
    found = doubts(doubtful())
    assert [(one.consumer, one.stage, one.is_unknown, one.actor) for one in found] == [
        ("sys", None, True, "payer"),
        ("allowance", 1, False, "payer"),
    ]
    made = tables()
    made["payment"][0]["stage"][0]["needs"][0]["confidence"] = "low"  # 0 minutes: half and double are the same
    network, _ = beroenden.build(made)
    assert doubts(network) == []


def test_each_answer_is_what_single_simulations_give():
    network = doubtful()
    found = ask(network, ASKED)
    assert (found.doubts, found.tried, found.outages) == (2, 2, 2)  # the outages of power and of clr
    assert found.scenarios == found.planned == (2 + 1 + 2) * len(STARTS) == planned(network, ASKED)
    now = {one: mean(network, one) for one in ("power", "clr")}
    assert found.mean == pytest.approx(sum(now.values()) / 2)
    by_consumer = {one.doubt.consumer: one for one in found.questions}
    for consumer, cause, answers in (("sys", "power", (0, 1440)), ("allowance", "clr", (240, 480, 960))):
        question = by_consumer[consumer]
        means = [mean(with_endurance(network, question.doubt, minutes), cause) for minutes in answers]
        assert question.worst == cause
        assert (question.worst_least, question.worst_most) == pytest.approx((min(means), max(means)))
        assert question.change == pytest.approx((max(means) - min(means)) / 2)
    changes = [one.change for one in found.questions]
    assert changes == sorted(changes, reverse=True) and min(changes) > 0


def test_it_is_worded_as_a_question_to_the_owners_function():
    network = doubtful()
    found = ask(network, ASKED)
    by_consumer = {one.doubt.consumer: one for one in found.questions}
    with writing_in("sv"):
        assert question_words(by_consumer["sys"], network) == "Hur länge klarar sig The payer's system utan Power?"
        assert "Registrerat med låg tillförlitlighet: 8\xa0tim." in question_words(by_consumer["allowance"], network)
        assert to_whom(by_consumer["sys"], network) == "The payer: TiB, tib@example.se"
        assert "mest vid avbrott i Power" in hangs_words(by_consumer["sys"], found, network)


def without_count(*, beside=False):
    """The same without the number of recipients; or beside the payment as it was, another without it."""
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power"}]
    [payment] = made["payment"]
    other = {key: value for key, value in payment.items() if key != "count"}
    made["payment"] = [payment, other | {"id": "other", "name": "Other"}] if beside else [other]
    network, findings = beroenden.build(made)
    assert network is not None, findings
    return network


def test_of_payments_of_unknown_count_it_is_asked_how_late_they_come():
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power"}]
    sized, _ = beroenden.build(made)
    assert sized is not None
    [known] = ask(sized, ASKED).questions
    found = ask(without_count(), ASKED)
    [question] = found.questions
    assert (found.mean, question.change, found.uncounted) == (0, 0, ("allowance",))
    [(payment, hours)] = question.uncounted
    assert (payment, question.worst) == ("allowance", known.worst)
    assert hours == pytest.approx(known.change / 1000) and hours > 0


def test_what_is_known_is_as_it_was_beside_a_payment_of_unknown_count():
    [alone] = ask(without_count(beside=True), ASKED).questions
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power"}]
    network, _ = beroenden.build(made)
    assert network is not None
    [known] = ask(network, ASKED).questions
    assert (alone.least, alone.now, alone.most) == pytest.approx((known.least, known.now, known.most))
    assert [payment for payment, _ in alone.uncounted] == ["other"]


def test_the_words_say_that_the_number_of_recipients_is_unknown():
    for network, told in (
        (without_count(), "ändrar hur sent Allowance kommer, i medeltal med"),
        (without_count(beside=True), "Dessutom ändras hur sent Other kommer, i medeltal med"),
    ):
        found = ask(network, ASKED)
        with writing_in("sv"):
            words = hangs_words(found.questions[0], found, network)
        assert told in words and "antalet mottagare är okänt" in words.casefold()
        [question] = quality_of(network, found).to_dict()["questions"]
        assert question["uncounted"]["payments"] == list(found.uncounted)
        assert question["uncounted"]["most_hours"] == found.questions[0].uncounted[0][1]


def test_without_doubts_there_is_nothing_to_ask():
    network, _ = beroenden.build(tables())
    found = ask(network, ASKED)
    assert (found.questions, found.doubts, found.scenarios, found.mean) == ((), 0, 0, 0.0)


def test_a_stop_leaves_the_doubts_that_are_done(monkeypatch):
    network = doubtful()
    whole = ask(network, ASKED)
    monkeypatch.setattr("beroenden.analysis.quality.questions.CHUNK", len(STARTS))
    stopped = ask(network, ASKED, progress=lambda done, _: done == 3 * len(STARTS) and raise_signal(SIGINT))
    assert (stopped.tried, stopped.doubts, stopped.scenarios, stopped.planned) == (1, 2, 3 * len(STARTS), whole.planned)
    assert stopped.questions == tuple(one for one in whole.questions if one.doubt.consumer == "sys")
    early = ask(network, ASKED, progress=lambda done, _: done == len(STARTS) and raise_signal(SIGINT))
    assert (early.tried, early.questions) == (0, ()) and early.mean > 0
