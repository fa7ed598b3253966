"""Unavailability and importance against sums over every state of every entity."""

from itertools import product
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from properties import strategies

import beroenden
from beroenden.analysis.cutsets.cutsets import cut_sets
from beroenden.analysis.cutsets.failure import unavailability
from beroenden.consequences.lengths import mean_length
from beroenden.model.entities import Entity, Failure, LogNormal, Pert


def weighed(sets, shares, fixed) -> float:
    """The probability that all of some set have failed, entities in `fixed` being as it says."""
    total = 0.0
    names = list(shares)
    for state in product([False, True], repeat=len(names)):
        failed = {name for name, has_failed in zip(names, state, strict=True) if has_failed}
        if any(set(one) <= failed for one in sets):
            chance = 1.0
            for name, has_failed in zip(names, state, strict=True):
                share = fixed.get(name, shares[name])
                chance *= share if has_failed else 1 - share
            total += chance
    return total


@given(strategies.graphs().filter(lambda raw: len(raw["entity"]) <= 5), st.data())
def test_measures_are_those_of_the_definitions(raw, data):
    probability = st.floats(0.001, 0.999)
    for entity in raw["entity"]:
        entity["failure"] = {"unavailability": data.draw(probability)}
    net, _ = beroenden.build(raw)
    target = net.entities[-1].id
    found = cut_sets(net, target)
    sets, shares = list(found.smallest_first()), {one.id: one.failure.unavailability for one in net.entities}
    total = weighed(sets, shares, {})
    assert isclose(found.unavailability, total, rel_tol=1e-9)
    assert {one.entity for one in found.importance} == {name for one in sets for name in one}
    for one in found.importance:
        failed, sound = weighed(sets, shares, {one.entity: 1.0}), weighed(sets, shares, {one.entity: 0.0})
        assert isclose(one.birnbaum, failed - sound, rel_tol=1e-9, abs_tol=1e-12)
        assert isclose(one.fussell_vesely, (total - sound) / total, rel_tol=1e-9, abs_tol=1e-12)
        assert isclose(one.risk_achievement_worth, failed / total, rel_tol=1e-9)
        containing = [each for each in sets if one.entity in each]
        assert (one.sets, one.lowest_order) == (len(containing), min(map(len, containing)))


def chain(**failures) -> "beroenden.Network":
    entities = [{"id": "a", "kind": "system"}, {"id": "b", "kind": "system"}, {"id": "c", "kind": "system"}]
    needs = [{"provider": "a"}, {"any_of": ["b", "c"]}]
    entities.append({"id": "x", "kind": "system", "needs": needs})
    for entity in entities:
        if entity["id"] in failures:
            entity["failure"] = failures[entity["id"]]
    net, findings = beroenden.build({"model": {"name": "m"}, "entity": entities})
    assert net is not None, findings
    return net


def test_without_failure_data_the_unavailability_is_unknown_and_lies_within_bounds():
    known = {"unavailability": 0.1}
    found = cut_sets(chain(a=known, b=known, x={"unavailability": 0.2}), "x")
    assert found.without_data == ["c"]
    assert found.unavailability is None
    assert found.bounds == pytest.approx((1 - 0.8 * 0.9, 1 - 0.8 * 0.9 * 0.9))
    told = {one["entity"]: one for one in found.to_dict(5)["importance"]}
    assert told["a"]["unavailability"] == 0.1
    assert told["c"]["unavailability"] is None
    assert {one["birnbaum"] for one in told.values()} == {None}


def test_data_lacking_outside_every_set_do_not_matter():
    known = {"unavailability": 0.1}
    net, _ = beroenden.build(
        {
            "model": {"name": "m"},
            "entity": [
                {"id": "a", "kind": "system"},
                {"id": "x", "kind": "system", "failure": known, "needs": [{"provider": "a", "floor": 0.5}]},
            ],
        }
    )
    assert cut_sets(net, "x").unavailability == pytest.approx(0.1)


def test_small_unavailabilities_keep_their_digits():
    tiny = {"unavailability": 1e-12}
    found = cut_sets(chain(a=tiny, b=tiny, c=tiny, x={"unavailability": 0}), "x")
    assert found.unavailability == pytest.approx(1e-12, rel=1e-9, abs=0)


@pytest.mark.parametrize(
    ("length", "mean"),
    [(90, 90.0), (Pert(60, 120, 600), 190.0), (LogNormal(60, 180), 86.64)],
)
def test_mean_lengths(length, mean):
    assert mean_length(length) == pytest.approx(mean, rel=1e-4)


@pytest.mark.parametrize(
    ("failure", "share"),
    [
        (None, None),
        (Failure(), None),
        (Failure(per_year=2), None),
        (Failure(duration=60), None),
        (Failure(unavailability=0.25), 0.25),
        (Failure(per_year=0), 0.0),
        (Failure(per_year=1, duration=525_960), 1 - 2.718281828459045**-1),
    ],
)
def test_unavailability_of_an_entity(failure, share):
    found = unavailability(Entity("a", "A", "system", failure=failure))
    assert found is None if share is None else found == pytest.approx(share)
