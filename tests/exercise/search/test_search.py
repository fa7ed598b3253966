"""The search finds what brute force finds, and proposes what is good and unlike."""

import random
from datetime import date
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from exercise.search.small import DAYS, by_brute_force, network, tables

import beroenden
from beroenden.consequences.batch.chunk import run_chunk
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import UsageError
from beroenden.exercise.noticed import deadlines, sees
from beroenden.exercise.search import search as module
from beroenden.exercise.search.choosing import VARIANT, Measured, choose, likeness
from beroenden.exercise.search.engagement import Engagement
from beroenden.exercise.search.judging import is_engaged, judged, scenario_of
from beroenden.exercise.search.search import Search
from beroenden.exercise.search.space import space_of
from beroenden.exercise.search.wishes import GOALS, Wishes
from beroenden.exercise.search.words import lacking_words, measured_words
from beroenden.exercise.search.worth import is_in_working_hours
from beroenden.language import writing_in
from beroenden.units.times import Clock, parse_instant, time_zone

MODEL = network()
HOUR = 60
SOES = Path(__file__).parents[3] / "models" / "soes"


def wishes(*actors: str, **others) -> Wishes:
    given = {"days": DAYS, "lengths": (6 * HOUR, 24 * HOUR), "k": 2, "every": 6 * HOUR}
    return Wishes(actors=actors, **given | others)


def searched(asked: Wishes, model=MODEL) -> Search:
    search = Search(model, asked)
    search.screen()
    return search


def found(asked: Wishes, model=MODEL):
    return searched(asked, model).found()


def refused(asked: Wishes, model=MODEL) -> str:
    with pytest.raises(UsageError) as error:
        found(asked, model)
    return str(error.value).replace("\N{NO-BREAK SPACE}", " ")


ASKED = (
    wishes("a", "b", k=1),
    wishes("a", "b", "bank-3", k=2),
    wishes("a", "b", avoid=("grid", "net-1")),
    pytest.param(wishes("a", "b"), marks=pytest.mark.sweep),
    pytest.param(wishes("a", "bank-2"), marks=pytest.mark.sweep),
    pytest.param(wishes("a", "bank-1", must_hit=("pay-b",)), marks=pytest.mark.sweep),
)


@pytest.mark.parametrize("asked", ASKED, ids=lambda one: "-".join(one.actors + one.must_hit + one.avoid) + str(one.k))
def test_as_brute_force(asked):
    search = Search(MODEL, asked)
    brute = by_brute_force(MODEL, asked, search.space.starts)
    if not brute:
        with pytest.raises(UsageError):
            search.screen()
        return
    search.screen()
    leads = {
        (tuple(search.space.candidates[place] for place in lead.out), lead.start, lead.length) for lead in search._leads
    }
    assert leads <= brute
    assert {(out, length) for out, _, length in leads} == {(out, length) for out, _, length in brute}
    proposals = search.found().proposals
    assert proposals
    for one in proposals:
        assert (one.judged.out, one.judged.start, one.judged.length) in brute


def test_threes_as_brute_force():
    made = tables()
    for entity in made["entity"]:
        if entity["id"] in ("a-sys", "b-sys"):
            entity["needs"] = [{"any_of": ["net-1", "net-2", "grid"], "at_least": 1, "endurance": "0min"}]
    model = network(made)
    asked = wishes("a", "b", k=3, avoid=("clearing", "a-sys", "b-sys", "bank-1", "bank-1-it"), every=24 * HOUR)
    search = searched(asked, model)
    brute = by_brute_force(model, asked, search.space.starts)
    out = {tuple(search.space.candidates[place] for place in lead.out) for lead in search._leads}
    assert out == {one for one, _, _ in brute} == {("grid", "net-1", "net-2")}


def test_screening_agrees_with_simulation_on_the_large_model():
    soes, _ = beroenden.load(SOES)
    asked = wishes("csn", "nordea", "swedbank", "riksgalden", days=(date(2026, 12, 1), date(2026, 12, 31)))
    engagement = Engagement(space_of(soes, asked))
    generator, space = random.Random(1), engagement.space
    for _ in range(40):
        out = sorted(generator.sample(range(len(space.candidates)), 2))
        start, length = generator.choice(space.starts), generator.choice(asked.lengths)
        columns = engagement.columns(engagement.numbers[[out]], np.array([start]), length)
        [engaged] = engagement.engaged(run_chunk(engagement.model, columns)).tolist()
        ids = [space.candidates[place] for place in out]
        outcome = simulate_scenario(soes, scenario_of(ids, start, length, asked.horizon))
        assert engaged == [is_engaged(outcome, actor) for actor in asked.actors], (ids, start, length)


@pytest.mark.parametrize("goal", GOALS)
def test_every_proposal_engages_all_and_tells_the_truth(goal):
    asked = wishes("a", "b", goal=goal)
    for proposal in found(asked).proposals:
        one = proposal.judged
        outcome = simulate_scenario(MODEL, one.scenario)
        assert all(is_engaged(outcome, actor) for actor in asked.actors)
        assert one.figures.payouts == outcome.payouts_delayed
        assert one.figures.recipient_hours == outcome.recipient_hours
        for part in one.parts:
            assert part.hidden == tuple(cause for cause in one.out if not sees(outcome, part.actor, cause))
            clocks = [each.at for each in deadlines(outcome, part.actor) if each.at > part.sign.at]
            assert (part.clock.at if part.clock else None) == (clocks[0] if clocks else None)
            assert part.sign.at >= one.start


def test_a_pair_whose_second_adds_nothing_is_the_single():
    proposals = found(wishes("a", "b")).proposals
    for one in proposals:
        for size in range(1, len(one.judged.out)):
            for smaller in combinations(one.judged.out, size):
                assert judged(MODEL, wishes("a", "b"), smaller, one.judged.start, one.judged.length) is None


def test_proposals_share_nothing_while_there_are_enough():
    proposals = found(wishes("a", "b", count=3)).proposals
    out = [entity for one in proposals for entity in one.judged.out]
    assert len(proposals) == 3
    assert len(set(out)) == len(out)
    assert not any(one.shares for one in proposals)


def test_sharing_is_told_and_variants_are_left_out():
    proposals = found(wishes("a", "b", count=50)).proposals
    assert any(one.shares for one in proposals)
    seen: set[str] = set()
    for one in proposals:
        assert set(one.shares) == seen & set(one.judged.out)
        seen |= set(one.judged.out)
    for one, other in combinations(proposals, 2):
        assert likeness(one.judged, other.judged) < VARIANT


def test_never_variants_of_one():
    starts = Search(MODEL, wishes("a", "b")).space.starts
    same = [judged(MODEL, wishes("a", "b"), ("grid",), start, 24 * HOUR) for start in starts[:2]]
    assert all(same)
    assert likeness(same[0], same[1]) >= VARIANT
    assert len(choose(same, "spread", 5)) == 1


def test_never_citizens_authorities_or_what_is_avoided():
    asked = wishes("a", "b", avoid=("grid",), count=50)
    out = {entity for one in found(asked).proposals for entity in one.judged.out}
    assert "grid" not in out
    assert {MODEL.entity[one].kind for one in out}.isdisjoint({"citizens", "authority"})


def test_must_hit():
    for one in found(wishes("a", "bank-1", must_hit=("pay-b",))).proposals:
        assert "pay-b" in one.judged.hit


def test_hidden_cause_is_preferred():
    """The grid lies behind a supplier here, so what fails is the same for both and met by neither."""
    made = tables()
    made["entity"].append({"id": "plant", "name": "Plant", "kind": "infrastructure"})
    next(one for one in made["entity"] if one["id"] == "grid")["needs"] = [{"provider": "plant", "endurance": "0min"}]
    first = found(wishes("a", "b", k=1), network(made)).proposals[0].judged
    assert first.out == ("plant",)
    assert first.hidden_from == 2


def test_what_is_not_met_is_said():
    asked = wishes("a", "b", k=1, lengths=(48 * HOUR,), avoid=("grid", "bank-1", "bank-1-it"))
    one = found(asked).proposals[0].judged
    assert one.out == ("clearing",)
    assert one.hidden_from == 0
    assert one.lacking >= 2
    told = found(asked).to_dict()["proposals"][0]
    assert "the cause is hidden from only 0 of 2 actors" in told["not_met"]


def test_working_hours_decide_between_equals():
    asked = wishes("a", "b", k=1)
    night = Search(MODEL, asked).space.starts[0]
    both = [judged(MODEL, asked, ("grid",), start, 12 * HOUR) for start in (night, night + 9 * HOUR)]
    assert both[0].figures == both[1].figures
    assert choose(both, "spread", 1)[0].judged is both[1]


def test_same_input_same_proposals():
    assert found(wishes("a", "b")).to_dict() == found(wishes("a", "b")).to_dict()


def test_starts_are_no_more_than_can_be_tried_and_daily_ones_are_in_the_morning():
    search = Search(MODEL, wishes("a", "b", every=None))
    assert search.space.every == HOUR
    daily = found(wishes("a", "b", every=24 * HOUR)).to_dict()["starts"]
    assert daily["first"] == "2026-12-14T09:00+01:00"
    assert daily["count"] == 3


def test_stopped_while_simulating(monkeypatch):
    search = searched(wishes("a", "b"))
    real, calls = module.judged, []

    def stopped(*given):
        calls.append(given)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(module, "judged", stopped)
    partial = search.found()
    assert partial.is_partial
    assert partial.judged == 3
    assert partial.proposals


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (wishes(), "at least one actor"),
        (wishes("aa"), 'no actor "aa"'),
        (wishes("people"), "are citizens"),
        (wishes("a-sys"), "answered for by a"),
        (wishes("a", must_hit=("pay-c",)), 'no payment "pay-c"'),
        (wishes("a", avoid=("gird",)), 'no entity "gird". Did you mean "grid" (Grid)?'),
        (wishes("a", k=4), "k is 1 to 3"),
        (wishes("a", lengths=(0,)), "more than 0"),
        (wishes("a", lengths=(30 * 24 * HOUR,)), "at most 14 days"),
        (wishes("a", "idle"), "Idle authority cannot be engaged: it owns nothing and pays nothing in the model."),
        (wishes("grid"), "it owns nothing and pays nothing"),
    ],
)
def test_refused(asked, message):
    assert message in refused(asked)


def test_avoided_altogether():
    text = refused(wishes("bank-3", avoid=("bank-3-it",)))
    assert "Bank 3 cannot be engaged: everything that reaches it is in --avoid (Bank 3 IT)." in text


def test_only_its_own_outage():
    made = tables()
    made["entity"] += [
        {"id": "lone", "name": "Lone", "kind": "authority", "needs": [{"provider": "lone-sys", "endurance": "0min"}]},
        {"id": "lone-sys", "name": "Lone system", "kind": "system", "owner": "lone"},
    ]
    assert "Lone cannot be engaged: only its own outage reaches it." in refused(wishes("lone"), network(made))


def test_no_run_in_the_period():
    made = tables()
    later = made["payment"][1] | {"id": "pay-c", "payer": "c", "dates": [date(2027, 6, 1)]}
    later["stage"] = [stage | {"needs": [{"provider": "clearing"}]} for stage in later["stage"]]
    made["payment"].append(later)
    made["entity"].append({"id": "c", "name": "Authority c", "kind": "authority"})
    model = network(made)
    assert "Authority c cannot be engaged: its payments have no run in the period" in refused(wishes("c"), model)
    assert "Payment b has no run in the period" in refused(wishes("a", must_hit=("pay-c",)), model)


def test_endurance_lasts():
    made = tables()
    for entity in made["entity"]:
        if entity["id"] == "bank-3":
            entity["needs"] = [{"provider": "bank-3-it", "endurance": "40h"}]
    text = refused(wishes("bank-3"), network(made))
    assert "it goes on through outages of 24 h, the longest in --for." in text
    assert "The shortest endurance is that of Bank 3 without Bank 3 IT: 40 h." in text
    assert "An outage of 41 h would engage it." in text


def test_a_reserve_of_its_own_holds():
    made = tables()
    made["entity"] += [
        {
            "id": "safe",
            "name": "Safe",
            "kind": "authority",
            "needs": [{"any_of": ["safe-sys", "grid"], "at_least": 1, "endurance": "0min"}],
        },
        {"id": "safe-sys", "name": "Safe system", "kind": "system", "owner": "safe"},
    ]
    assert "Nor do longer outages engage it." in refused(wishes("safe"), network(made))


def test_each_alone_but_not_all_together():
    text = refused(wishes("a", "bank-2", "bank-3", k=1))
    assert "Each actor can be engaged, but not all by one outage, at one start, of at most 1 together." in text
    assert any(f"engages the others does not engage Bank {number}" in text for number in (2, 3))
    assert "Choose another --window, a higher --k or fewer actors." in text


def test_more_at_once_than_k():
    made = tables()
    for entity in made["entity"]:
        if entity["id"] == "bank-3":
            entity["needs"] = [{"any_of": ["net-1", "net-2"], "at_least": 1, "endurance": "0min"}]
    text = refused(wishes("bank-3", k=1, avoid=("bank-3",)), network(made))
    assert "No outage of at most 1 together engages Bank 3: it takes more at once." in text


def test_all_engaged_but_what_must_be_hit_is_not():
    text = refused(wishes("bank-2", must_hit=("pay-b",), k=1, avoid=("grid", "bank-1", "bank-1-it", "clearing")))
    assert "engages all actors and makes Payment b late as well" in text


def test_swedish():
    with writing_in("sv"):
        assert refused(wishes("idle")) == "Idle authority kan inte övas: den äger inget och betalar inget i modellen."


def at(hours: float) -> int:
    """Hours from the beginning of 15 December."""
    return parse_instant("2026-12-15 00:00", time_zone("Europe/Stockholm")) + round(hours * HOUR)


def test_an_outage_that_is_over_before_the_deadline_falls_short():
    short = judged(MODEL, wishes("a"), ("a-host",), at(9), 3 * HOUR)
    assert short is not None and short.clockless == ("a",)
    assert (short.parts[0].is_over_in_time, short.parts[0].late) == (True, ())
    assert "the outage is over before the deadline of Authority a" in lacking_words(MODEL, short)
    long = judged(MODEL, wishes("a"), ("a-host",), at(9), 24 * HOUR)
    assert long is not None and (long.clockless, long.parts[0].late) == ((), ("pay-a",))


def test_working_hours_end_at_five():
    clock = Clock(time_zone("Europe/Stockholm"))
    assert [is_in_working_hours(at(hours), clock) for hours in (6.9, 7, 16.9, 17)] == [False, True, True, False]


def test_one_is_said_as_one():
    with writing_in("sv"):
        assert measured_words(Measured("hidden_from", 1, 3)) == "1 aktör ser inte hela orsaken (som mest 3)"
        assert measured_words(Measured("few_consumers", 1 / 26, 1 / 5)) == (
            "25 entiteter och betalningar behöver direkt det som faller (som minst 4)"
        )
