"""Minimal cut sets against every set of failures tried on the engine, and against models worked out by hand."""

from itertools import combinations

import pytest
from chain import network, tables
from hypothesis import given, settings
from hypothesis import strategies as st
from properties import strategies

import beroenden
from beroenden.analysis.cutsets.cutsets import cut_sets
from beroenden.engine.compiled import compiled
from beroenden.engine.single import solve
from beroenden.errors import UsageError
from beroenden.model.network import Network
from beroenden.model.scenario import Outage

LONG = 1_000_000
"""Minutes after which everything has run out: levels in a mutual dependency come down one endurance at a time."""


def model(*entities: dict, **more) -> Network:
    made, findings = beroenden.build({"model": {"name": "m", "timezone": "UTC"}, "entity": list(entities), **more})
    assert made is not None, findings
    return made


def system(name: str, *needs: dict, **more) -> dict:
    return {"id": name, "kind": "system", "needs": list(needs), **more}


def sets_of(found) -> set[frozenset[str]]:
    listed = [frozenset(one) for one in found.smallest_first()]
    assert len(set(listed)) == len(listed) == found.count
    return set(listed)


def minimal(sets) -> set[frozenset[str]]:
    """Those that hold no other."""
    kept: list[frozenset[str]] = []
    for one in sorted(sets, key=len):
        if not any(smaller <= one for smaller in kept):
            kept.append(one)
    return set(kept)


def every_set(names) -> list[frozenset[str]]:
    return [frozenset(one) for size in range(len(names) + 1) for one in combinations(names, size)]


def levels_after(net: Network, failed):
    return solve(compiled(net), [Outage(0, None, entity=one) for one in sorted(failed)], [], LONG)


def agrees_with_the_engine(raw: dict, level: float) -> None:
    net, _ = beroenden.build(raw)
    ids = [one.id for one in net.entities]
    tried = {failed: levels_after(net, failed) for failed in every_set(ids)}
    for target in ids:
        down = [failed for failed, levels in tried.items() if levels.of(target).at(LONG) <= level + 1e-9]
        assert sets_of(cut_sets(net, target, level)) == minimal(down), target


SMALL = strategies.graphs().filter(lambda raw: len(raw["entity"]) <= 5)


@given(SMALL, st.sampled_from([0.0, 0.0, 0.3, 0.45, 0.7, 0.9]))
def test_sets_are_those_that_the_engine_finds_by_trying_all(raw, level):
    agrees_with_the_engine(raw, level)


@pytest.mark.sweep
@settings(max_examples=1500)
@given(SMALL, st.sampled_from([0.0, 0.1, 0.3, 0.45, 0.7, 0.9]))
def test_sets_of_many_models_are_those_that_the_engine_finds(raw, level):
    """Without endurance, which would have the engine follow slow declines through thousands of breakpoints."""
    for entity in raw["entity"]:
        for need in entity.get("needs", ()):
            need.pop("endurance", None)
    agrees_with_the_engine(raw, level)


@pytest.mark.parametrize("change", ["as it is", "all accounts in the paying bank", "a bank of its own need", "floor"])
def test_sets_of_a_payment_are_the_failures_with_which_it_is_never_completed(change):
    raw = tables()
    stages = raw["payment"][0]["stage"]
    if change == "all accounts in the paying bank":
        raw["payment"][0]["accounts"] = {"b1": 1.0}
    if change == "a bank of its own need":
        stages[1]["needs"] = [{"any_of": ["clr", "b1"], "endurance": "1h"}, {"shares": {"b1": 0.5, "b2": 0.5}}]
    if change == "floor":
        stages[0]["needs"][0]["floor"] = 0.2
    net, findings = beroenden.build(raw)
    assert net is not None, findings
    down = []
    for failed in every_set([one.id for one in net.entities]):
        outages = [{"entity": one, "start": "2026-12-08T00:00"} for one in sorted(failed)]
        outcome = beroenden.simulate(net, outages, horizon="90d") if outages else None
        runs = [run for run in outcome.to_dict()["payments"] if run["date"] == "2026-12-18"] if outcome else []
        if any(run["status"] == "not_completed" for run in runs):
            down.append(failed)
    assert sets_of(cut_sets(net, "allowance")) == minimal(down)


def test_a_mutual_dependency_keeps_itself_up():
    net = model(
        system("a"), system("x", {"any_of": ["a", "y"]}), system("y", {"provider": "x"}), system("z", {"provider": "y"})
    )
    assert sets_of(cut_sets(net, "z")) == {frozenset("x"), frozenset("y"), frozenset("z")}


def test_levels_in_a_mutual_dependency_with_shares_creep_down_to_nothing():
    net = model(
        system("a"),
        system("x", {"shares": {"a": 0.005, "y": 0.995}}, {"provider": "y"}),
        system("y", {"provider": "x"}),
    )
    assert sets_of(cut_sets(net, "y")) == {frozenset("a"), frozenset("x"), frozenset("y")}
    net = model(
        system("a"),
        system("b"),
        system("x", {"shares": {"a": 0.2, "b": 0.3, "x": 0.5}}),
        system("y", {"provider": "x"}),
    )
    assert sets_of(cut_sets(net, "y", 0.4)) == {frozenset("b"), frozenset("x"), frozenset("y")}
    assert sets_of(cut_sets(net, "y", 0.6)) == {frozenset("a"), frozenset("b"), frozenset("x"), frozenset("y")}


def test_levels_that_creep_too_slowly_are_refused():
    net = model(system("a"), system("x", {"shares": {"a": 0.0001, "x": 0.9999}}))
    with pytest.raises(UsageError, match="mutual dependency x do not come to rest"):
        cut_sets(net, "x")


def test_a_floor_holds_a_consumer_above_zero_but_not_above_itself():
    net = model(system("a"), system("x", {"provider": "a", "floor": 0.2, "endurance": "4h"}))
    assert sets_of(cut_sets(net, "x")) == {frozenset("x")}
    assert sets_of(cut_sets(net, "x", 0.19)) == {frozenset("x")}
    assert sets_of(cut_sets(net, "x", 0.2)) == {frozenset("x"), frozenset("a")}


def test_levels_of_shares_are_sums():
    net = model(*map(system, "abc"), system("x", {"shares": {"a": 0.5, "b": 0.3, "c": 0.2}}))
    assert sets_of(cut_sets(net, "x", 0.5)) == {frozenset("x"), frozenset("a"), frozenset("bc")}
    assert sets_of(cut_sets(net, "x", 0.49)) == {frozenset("x"), frozenset("ab"), frozenset("ac")}
    assert sets_of(cut_sets(net, "x")) == {frozenset("x"), frozenset("abc")}


def test_what_never_fails_by_itself_is_in_no_set():
    net = model(system("a"), system("x", {"provider": "a"}, failure={"unavailability": 0}))
    assert sets_of(cut_sets(net, "x")) == {frozenset("a")}
    net = model(system("a", failure={"per_year": 0}), system("x", {"provider": "a"}, failure={"unavailability": 0}))
    found = cut_sets(net, "x")
    assert (found.count, found.by_order, found.unavailability, found.importance) == (0, {}, 0.0, [])


def test_too_many_levels_are_refused_by_the_name_of_what_has_them():
    many = [f"e{n}" for n in range(13)]
    uneven = {one: 2**n / (2**13 - 1) for n, one in enumerate(many)}
    net = model(*map(system, many), system("x", {"shares": uneven}))
    with pytest.raises(UsageError, match=r"e0, e1, .* can take 4097 values; more than 4096"):
        cut_sets(net, "x", 0.5001)
    assert cut_sets(net, "x").by_order == {1: 1, 13: 1}


def test_too_large_a_diagram_is_refused(monkeypatch):
    from beroenden.analysis.cutsets import cutsets

    monkeypatch.setattr(cutsets, "_FEW_NODES", 5)
    net = model(*map(system, "abcdefgh"), system("x", {"any_of": list("abcdefgh"), "at_least": 4}))
    assert cut_sets(net, "x").by_order == {1: 1, 5: 56}  # in the better order
    monkeypatch.setattr(cutsets, "_MOST_NODES", 5)
    with pytest.raises(UsageError, match="more than 5 nodes"):
        cut_sets(net, "x")


def test_counts_beyond_a_machine_word_are_exact():
    pairs = [(f"a{n}", f"b{n}") for n in range(70)]
    needs = [{"any_of": [f"p{n}" for n in range(70)]}]
    either = [
        system(f"p{n}", *({"provider": one} for one in pair), failure={"unavailability": 0})
        for n, pair in enumerate(pairs)
    ]
    net = model(*(system(one) for pair in pairs for one in pair), *either, system("x", *needs))
    found = cut_sets(net, "x")
    assert found.by_order == {1: 1, 70: 2**70}
    assert [len(one) for one in found.to_dict(limit=3)["cut_sets"]] == [1, 70, 70]


@pytest.mark.parametrize("level", [-0.1, 1.0, float("nan")])
def test_a_level_outside_its_range_is_refused(level):
    with pytest.raises(UsageError):
        cut_sets(network(), "sys", level)


def test_an_unknown_target_is_told_with_the_nearest():
    with pytest.raises(UsageError, match='Did you mean "power"'):
        cut_sets(network(), "powr")


def test_max_order_counts_and_lists_only_smaller_sets_and_says_how_many_are_larger():
    net = model(*map(system, "abc"), system("x", {"any_of": ["a", "b", "c"]}))
    told = cut_sets(net, "x").to_dict(limit=10, max_order=2)
    assert (told["count"], told["count_above"], told["by_order"], told["cut_sets"]) == (1, 1, {"1": 1}, [["x"]])
