"""What rests on one actor, against the simulation of an outage that does not end."""

import pytest
from analysis.gaps.small import entity, model, only, payment, stage
from hypothesis import given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.analysis.gaps.age import YEAR
from beroenden.analysis.gaps.concentration import lasting_levels, lost_part
from beroenden.analysis.gaps.kinds import kind_meaning
from beroenden.analysis.gaps.wording import size_words
from beroenden.engine.compiled import compiled
from beroenden.engine.single import solve
from beroenden.language import writing_in
from beroenden.model.scenario import Outage
from beroenden.units.numbers import NBSP

NOW = {"endurance": "0min"}


def shared(**second):
    """A supplier whose center two payments of two payers need, one of them through a system."""
    return model(
        [
            entity("other", kind="authority"),
            entity("seller", kind="supplier"),
            entity("center", owner="seller"),
            entity("system", {"provider": "center", "endurance": "72h"}, owner="other"),
        ],
        [
            payment("grant", stage("run", {"provider": "center", **NOW}), priority=2),
            payment("wage", stage("run", {"provider": "system", **NOW}), payer="other", priority=1, **second),
        ],
    )


def test_payments_payouts_and_kronor_a_month_directly_and_through_others():
    [gap] = only(shared(), "concentration")
    figures = gap.figures
    assert (gap.about, gap.payments) == (("seller",), ("wage", "grant"))
    assert (figures["payments"], figures["directly"]) == (2, 1)
    assert (figures["payouts_a_month"], figures["amount_a_month"]) == (2000, 2_000_000)
    assert gap.actors == ("seller", "other", "payer")


def test_a_payment_twice_a_month_counts_twice_and_one_of_unknown_size_is_named():
    [often] = only(shared(rrule="FREQ=MONTHLY;BYMONTHDAY=10,20"), "concentration")
    assert often.figures["payouts_a_month"] == 3000
    network = shared()
    sizeless = model(
        [entity("seller", kind="supplier"), entity("center", owner="seller")],
        [
            payment(one, stage("run", {"provider": "center", **NOW}), **size)
            for one, size in (("a", {}), ("b", {"count": 7}))
        ],
    )
    assert only(network, "concentration")[0].figures["amount_unknown"] == []
    tables = [
        {key: value for key, value in payment(one, stage("run", {"provider": "center", **NOW})).items() if key != left}
        for one, left in (("a", "amount"), ("b", "none"))
    ]
    lacking = model([entity("seller", kind="supplier"), entity("center", owner="seller")], tables)
    [gap] = only(lacking, "concentration")
    assert (gap.figures["amount_unknown"], gap.figures["amount_a_month"]) == (["a"], 1_000_000)
    assert size_words(gap).replace(NBSP, " ") == "at least about SEK 1m"
    assert only(sizeless, "concentration")[0].figures["payouts_a_month"] == 1007


def test_what_another_can_deliver_does_not_rest_on_one_and_own_payments_do_not_count():
    either = [payment(one, stage("run", {"any_of": ["center", "spare"], **NOW})) for one in ("grant", "wage")]
    entities = [
        entity("seller", kind="supplier"),
        entity("center", owner="seller"),
        entity("rival", kind="supplier"),
        entity("spare", owner="rival"),
    ]
    assert only(model(entities, either), "concentration") == []
    own = [payment(one, stage("run", {"provider": "mine", **NOW})) for one in ("grant", "wage")]
    assert only(model([entity("mine", owner="payer")], own), "concentration") == []


def test_a_recipients_bank_carries_its_share_and_a_floor_stays():
    accounts = {"b1": 0.4, "b2": 0.6}
    paid = [payment(one, stage("account", at_recipient_bank=True), accounts=accounts) for one in ("grant", "wage")]
    banks = [entity("b1", kind="bank"), entity("b2", {"provider": "center", "floor": 0.5, **NOW}, kind="bank")]
    network = model([entity("seller", kind="supplier"), entity("center", owner="seller"), *banks], paid)
    parts = {gap.about[0]: gap.figures["payouts_a_month"] for gap in only(network, "concentration")}
    assert parts == pytest.approx({"b1": 800, "b2": 1200, "seller": 600})


@st.composite
def mazes(draw):
    """Entities that need any others, in all forms, cycles included, with floors and no endurance."""
    count = draw(st.integers(2, 7))
    ids = [f"e{number}" for number in range(count)]
    entities = []
    for one in ids:
        needs = []
        for _ in range(draw(st.integers(0, 2))):
            providers = draw(st.lists(st.sampled_from([each for each in ids if each != one]), unique=True, min_size=1))
            need = {"floor": draw(st.sampled_from([0.0, 0.25])), "endurance": "0min"}
            form = draw(st.sampled_from(["provider", "any_of", "shares"]))
            if form == "provider":
                need["provider"] = providers[0]
            elif form == "any_of":
                need |= {"any_of": providers, "at_least": draw(st.integers(1, len(providers)))}
            else:
                need["shares"] = dict.fromkeys(providers, 1 / len(providers))
            needs.append(need)
        entities.append(entity(one, *needs, owner="payer"))
    stages = [stage(f"s{one}", {"provider": one, **NOW}) for one in draw(st.lists(st.sampled_from(ids), unique=True))]
    return model(entities, [payment("grant", *(stages or [stage("s", {"provider": ids[0], **NOW})]))])


@settings(max_examples=60, deadline=None)
@given(network=mazes(), data=st.data())
def test_levels_are_those_of_an_outage_that_does_not_end(network, data):
    gone = data.draw(st.lists(st.sampled_from([one.id for one in network.entities]), unique=True, min_size=1))
    levels = lasting_levels(network, gone)
    net = compiled(network)
    solved = solve(net, [Outage(0, None, entity=one) for one in gone], (), 1000)
    for one in network.entities:
        steps = solved.by_number.get(net.number[one.id])
        simulated = 1.0 if steps is None else next(iter(steps.pieces(10, 11)))[2]
        assert levels.get(one.id, 1.0) == pytest.approx(simulated, abs=1e-6), one.id
    paid = network.payments[0]
    direct = {provider for one in paid.stages for provider in network.stage_providers(paid, one)}
    plain = 1 - min(levels.get(one, 1.0) for one in direct)
    assert lost_part(network, paid, levels) == pytest.approx(plain, abs=1e-8)


def test_the_words_say_that_it_is_capacity_and_not_that_payments_stop():
    """A stage without duration passes at a fifth of the level: nothing is late, and four fifths of the capacity are lost."""
    entities = [entity("seller", kind="supplier"), entity("center", {"provider": "seller", "floor": 0.2, **NOW})]
    paid = [payment(one, stage("run", {"provider": "center", **NOW})) for one in ("a", "b")]
    network = model(entities, paid)
    [gap] = [gap for gap in only(network, "concentration") if gap.about == ("seller",)]
    assert gap.figures["payouts_a_month"] == pytest.approx(0.8 * 2000)
    outages = [{"entity": "seller", "start": "2026-12-01T08:00"}]
    assert beroenden.simulate(network, outages=outages, horizon="30d").late_runs == []
    with writing_in("sv"):
        words = kind_meaning("concentration", YEAR)
    assert "deras kapacitet försvinner" in words and "stannar" not in words
