"""Speed of cut sets beside the bare library. Run by name: `.venv/bin/python -m pytest tests/benchmarks`.

Nothing is asserted about time. The Aralia trees are looked for as `tests/aralia.py` says, and skipped where absent.
"""

import sys
from itertools import zip_longest
from pathlib import Path

import pytest
import relibmss
from generator import layered_model

import beroenden
from beroenden.analysis.cutsets.cutsets import cut_sets
from beroenden.engine.compiled import compiled
from beroenden.interop.open_psa import read_open_psa

sys.path.insert(0, str(Path(__file__).parents[1]))
from aralia import FOLDER, trees

TREES = trees()
SOES = Path(__file__).parents[2] / "models" / "soes"


def network_of(name):
    network = read_open_psa(FOLDER / f"{name}.xml").network
    compiled(network)
    return network


@pytest.mark.parametrize("name", TREES)
def test_cut_sets(benchmark, name):
    """From the network to counts by order, unavailability, importance and the first twenty sets."""
    network = network_of(name)
    found = benchmark.pedantic(
        lambda: cut_sets(network, TREES[name]["top"]).to_dict(limit=20), rounds=7, warmup_rounds=1
    )
    assert found["by_order"] == TREES[name]["by_order"]


@pytest.mark.parametrize("name", TREES)
def test_peer_bare_library(benchmark, name):
    """The peer: the same tree straight into relibmss, events in depth-first order; no list."""
    network = network_of(name)
    gates = {one.id: one for one in network.entities if one.needs}
    shares = {one.id: one.failure.unavailability for one in network.entities if not one.needs}
    upwards, events = depth_first(gates, TREES[name]["top"])
    found = benchmark.pedantic(
        bare, args=(gates, shares, upwards, events, TREES[name]["top"]), rounds=7, warmup_rounds=1
    )
    assert {str(order): count for order, count in enumerate(found) if count} == TREES[name]["by_order"]


def depth_first(gates, top):
    upwards, events, met = [], [], set()

    def visit(one):
        if one not in met:
            met.add(one)
            if one not in gates:
                events.append(one)
                return
            for need in gates[one].needs:
                for provider in need.providers:
                    visit(provider)
            upwards.append(one)

    visit(top)
    return upwards, events


def bare(gates, shares, upwards, events, top):
    library = relibmss.BDD()
    node = {one: library.defvar(one) for one in reversed(events)}
    for one in upwards:
        needs = [(need.at_least, [node[provider] for provider in need.providers]) for need in gates[one].needs]
        if len(needs) > 1 or len(needs[0][1]) == 1:
            node[one] = library.Or([provider for _, providers in needs for provider in providers])
        else:
            at_least, providers = needs[0]
            failing = len(providers) - at_least + 1
            node[one] = library.And(providers) if at_least == 1 else library.kofn(failing, providers)
    node[top].prob(shares)
    node[top].bmeas(shares)
    return by_order(node[top].minpath(), {0: [], 1: [1]})


def by_order(family, known):
    """How many sets of each order: the library has only the count of all."""
    number = family.get_id()
    if number not in known:
        without, with_it = (by_order(child, known) for child in family.get_children())
        known[number] = [sum(pair) for pair in zip_longest(without, [0, *with_it], fillvalue=0)]
    return known[number]


@pytest.mark.parametrize("level", [0, 0.7])
@pytest.mark.parametrize("target", ["swish", "barnbidrag", "barnfamiljer"])
def test_cut_sets_of_soes(benchmark, target, level):
    """An entity, a payment and a group on models/soes."""
    network = beroenden.load_or_raise(SOES)
    compiled(network)
    found = benchmark(lambda: cut_sets(network, target, level).to_dict(limit=20))
    benchmark.extra_info["sets"] = found["count"]


def test_cut_sets_of_ten_thousand_entities(benchmark):
    """Every need on one provider: all sets are of one entity."""
    network, _ = beroenden.build(layered_model(10_000))
    compiled(network)
    found = benchmark.pedantic(lambda: cut_sets(network, "e9999").to_dict(limit=20), rounds=3)
    assert found["by_order"].keys() == {"1"}
