"""Dependency-risk chains against what is computed by hand."""

from dataclasses import replace
from datetime import time
from math import erf, log, sqrt

import pytest
from analysis.risk.small import YEAR, entity, network, payment

from beroenden.analysis.risk.chains import Walk
from beroenden.analysis.risk.failures import FailureRate
from beroenden.analysis.risk.risk import risk
from beroenden.model.entities import LogNormal


def need(provider: str, endurance: str = "0min") -> dict[str, str]:
    return {"provider": provider, "endurance": endurance}


def line(failure):
    """a, then b after 4 h, then c after 2 h more; one payment needs b, one b and c, one d, which is not harmed."""
    entities = [
        entity("a", failure),
        entity("b", needs=[need("a", "4h")]),
        entity("c", needs=[need("b", "2h")]),
        entity("d", needs=[{"any_of": ["a", "e"], "endurance": "0min"}]),
        entity("e"),
    ]
    return network(
        entities, [payment("one", ["b"]), payment("two", ["b", "c"]), payment("three", ["c"]), payment("four", ["d"])]
    )


def chains(model, order=4, years=300):
    return risk(model, years=years, year=YEAR, order=order).chains


def test_each_link_has_the_time_until_it_is_harmed_and_how_often_it_is_reached():
    found = chains(line({"per_year": 20, "duration": {"p50": "5h", "p90": "20h"}}))
    longest = max(found.to_payments, key=lambda chain: chain.order)
    assert [(link.entity, link.after) for link in longest.links] == [("a", 0), ("b", 240), ("c", 360)]
    assert [link.payments for link in longest.links] == [(), ("one", "two"), ("three",)]
    z = [log(minutes / 300) / log(4) * 1.2815515655446004 for minutes in (240, 360)]
    longer = [1.0, *((1 - erf(one / sqrt(2))) / 2 for one in z)]
    assert [link.per_year for link in longest.links] == pytest.approx([20 * one for one in longer])


def test_the_cumulative_risk_is_what_the_root_costs_the_payments_of_its_links():
    model = line({"per_year": 20, "duration": {"p50": "5h", "p90": "20h"}})
    found = risk(model, years=300, year=YEAR)
    payouts = {one.payment.id: one.consequences.payouts.mean for one in found.payments}
    to_b, to_c = sorted(found.chains.to_payments, key=lambda chain: chain.order)
    assert to_b.risk == pytest.approx(payouts["one"] + payouts["two"])
    assert to_c.risk == pytest.approx(payouts["one"] + payouts["two"] + payouts["three"])
    assert found.chains.to_payments[0] == to_c
    told = to_c.to_dict()
    assert sum(link["per_year"] * link["impact"] for link in told["links"]) == pytest.approx(told["risk"])


def test_fixed_lengths_reach_what_is_harmed_before_they_end():
    found = chains(line({"per_year": 20, "duration": "5h"}))
    assert [[link.entity for link in chain.links] for chain in found.to_payments] == [["a", "b"]]


def test_a_chain_is_not_longer_than_asked():
    model = line({"per_year": 20, "duration": "2d"})
    assert {chain.order for chain in chains(model).to_payments} == {1, 2}
    assert {chain.order for chain in chains(model, order=1).to_payments} == {1}
    assert chains(model, order=0).to_payments == ()


def test_a_root_that_a_payment_needs_directly_is_a_chain_of_order_0():
    model = network([entity("a", {"per_year": 20, "duration": "2d"})], [payment("pay", ["a"])])
    (chain,) = chains(model).to_payments
    assert (chain.order, chain.links[0].payments) == (0, ("pay",))


def test_a_slow_way_has_only_the_risk_of_failures_that_last_so_long():
    entities = [
        entity("a", {"per_year": 30, "duration": {"p50": "5h", "p90": "20h"}}),
        entity("slow", needs=[need("a", "24h")]),
        {"id": "people", "name": "People", "kind": "citizens", "population": 10, "needs": [need("a"), need("slow")]},
    ]
    fast, slow = chains(network(entities, [payment("pay", ["a"])])).to_citizens
    assert [link.entity for link in fast.links] == ["a", "people"]
    assert [link.after for link in slow.links] == [0, 1440, 1440]
    assert 0 < slow.risk < 0.7 * fast.risk


def reduced(**konto):
    """a, then x at a fifth and the bank with it; what registers without duration needs x, and who pays takes two hours."""
    entities = [
        entity("a", {"per_year": 50, "duration": "20h"}),
        entity("x", needs=[need("a") | {"floor": 0.2}]),
        entity("bank", needs=[need("x")]),
    ]
    register = {"id": "register", "opens": {"days": -1, "at": time(6)}, "needs": [need("x")]}
    pay = {"id": "pay", "opens": {"days": 0, "at": time(6)}, **konto}
    return network(entities, [payment("one", ["x"], stage=[register, pay])])


def test_a_stage_without_duration_is_not_held_up_by_what_is_only_reduced():
    model = reduced(duration="2h", needs=[need("bank")])
    (chain,) = chains(model).to_payments
    assert [link.entity for link in chain.links] == ["a", "x", "bank"]
    assert [link.payments for link in chain.links] == [(), (), ("one",)]
    assert chains(reduced(needs=[need("bank")])).to_payments == ()


def test_nor_is_one_at_the_recipients_bank():
    at_bank = {"at_recipient_bank": True, "duration": "2h"}
    tables = reduced(**at_bank), reduced(at_recipient_bank=True)
    held, passing = (replace(model, accounts=(("bank", 1.0),)) for model in tables)
    assert [[link.entity for link in chain.links] for chain in chains(held).to_payments] == [["a", "x", "bank"]]
    assert chains(passing).to_payments == ()


def test_cycles_end():
    entities = [
        entity("a", {"per_year": 20, "duration": "2d"}),
        entity("b", needs=[need("a"), need("c")]),
        entity("c", needs=[need("b")]),
    ]
    found = chains(network(entities, [payment("pay", ["c"])]), order=10)
    assert [[link.entity for link in chain.links] for chain in found.to_payments] == [["a", "b", "c"]]


def test_onsets_are_all_times_that_a_chain_can_have():
    model = line({"per_year": 1, "duration": "2d"})
    walk = Walk(model, FailureRate("a", 1, LogNormal(60, 120)), 4)
    assert walk.onsets == [0, 240, 360]
    assert {link.after for chain in walk.chains(lambda name, after: 1.0) for link in chain.links} == {0, 240, 360}
    assert not walk.is_cut
