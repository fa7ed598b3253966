"""Speed of many scenarios. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time.

Two kinds of models: `layered`, where chains are hundreds of links long and an outage harms hundreds or thousands; and
`tiered`, five links at most, where it harms dozens.
"""

import os
import resource
import subprocess
import sys
from functools import cache
from itertools import combinations, islice
from pathlib import Path

import networkx
import pytest
from generator import layered_model, tiered_model

import beroenden
from beroenden.consequences.batch.chunk import batch_model, run_chunk, warm
from beroenden.consequences.batch.montecarlo import draws_of
from beroenden.consequences.batch.sweep import Sweep
from beroenden.engine.batch.scenarios import n_minus_k
from beroenden.engine.compiled import _compile, compiled
from beroenden.modelfiles.scenario import build_scenario
from beroenden.units.times import parse_instant, time_zone

SOES = Path(__file__).parents[2] / "models" / "soes"
LENGTH = 24 * 60
HORIZON = 14 * 1440
MODELS = {"layered": layered_model, "tiered": tiered_model}


@cache
def network_of(kind, size, needs_each=3.7):
    """A generated model."""
    network, _ = beroenden.build(MODELS[kind](size, needs_each=needs_each))
    return network


@cache
def soes():
    """The model and when its outages start."""
    network = beroenden.load_or_raise(SOES)
    return network, parse_instant("2026-12-16T08:00", time_zone(network.timezone))


def swept(model, series, processes=1):
    """Go through a series: how many scenarios, how many entities harmed and runs late in all."""
    done, harmed, late = 0, 0, 0
    for _, results in Sweep(model, series, processes):
        done += len(results)
        harmed += int(results.harmed.sum())
        late += int(results.totals.late.sum())
    return done, harmed, late


def tell(benchmark, found):
    """What was swept, and the time an entity harmed."""
    done, harmed, late = found
    benchmark.extra_info |= {"scenarios": done, "harmed": harmed, "late": late}
    if harmed:
        benchmark.extra_info["ns_per_entity_harmed"] = round(benchmark.stats["median"] / harmed * 1e9)


# --- compiling --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MODELS)
def test_compile_a_network(benchmark, kind):
    """10 000 entities, 37 000 providers; wanted under 1 s."""
    net = benchmark.pedantic(_compile, args=(network_of(kind, 10_000),), rounds=5)
    benchmark.extra_info["providers"] = len(net.provider)


def test_first_batch_on_a_machine(benchmark, tmp_path):
    """A whole process that compiles the kernel; afterwards it is found on disk."""
    benchmark.pedantic(_start, args=(tmp_path,), rounds=1)


def test_later_batches(benchmark, tmp_path):
    """A whole process that finds the kernel on disk."""
    _start(tmp_path)
    benchmark.pedantic(_start, args=(tmp_path,), rounds=5)


def _start(folder):
    code = (
        "import beroenden\n"
        "from beroenden.consequences.batch.chunk import batch_model, warm\n"
        f"warm(batch_model(beroenden.load_or_raise({str(SOES)!r})))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "NUMBA_CACHE_DIR": str(folder)})


# --- levels -----------------------------------------------------------------------------------


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("kind", MODELS)
def test_n_minus_1(benchmark, kind, processes):
    """10 000 entities, each out for 24 h, levels; wanted under 1 s."""
    network = network_of(kind, 10_000)
    model, series = batch_model(network), n_minus_k(compiled(network), [0], LENGTH, chunk=250)
    warm(model)
    tell(benchmark, benchmark.pedantic(swept, args=(model, series, processes), rounds=3 if kind == "tiered" else 1))


@pytest.mark.parametrize("kind", MODELS)
def test_n_minus_2(benchmark, kind):
    """499 500 pairs of 1 000 entities, levels, on two processes; wanted under 10 s."""
    network = network_of(kind, 1_000)
    model, series = batch_model(network), n_minus_k(compiled(network), [0], LENGTH, k=2)
    warm(model)
    found = benchmark.pedantic(swept, args=(model, series, 2), rounds=1)
    assert found[0] == 499_500
    tell(benchmark, found)


@pytest.mark.parametrize("kind", MODELS)
def test_peer_plain_python(benchmark, kind):
    """The peer: the first 100 of the N-1 sweep on 10 000 entities as an analyst would write it, networkx and loops."""
    network = network_of(kind, 10_000)
    ids = [entity.id for entity in network.entities][::100]
    graph, model = plain_graph(network), batch_model(network)
    harmed = benchmark.pedantic(lambda: [plain_outage(graph, entity, LENGTH) for entity in ids], rounds=1)
    [columns] = n_minus_k(compiled(network), [0], LENGTH, entities=ids)
    assert [len(one) for one in harmed] == run_chunk(model, columns).harmed.tolist()
    benchmark.extra_info |= {"scenarios": len(ids), "harmed": sum(len(one) for one in harmed)}


def plain_graph(network):
    """Provider to consumer, with the need on the edge."""
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(entity.id for entity in network.entities)
    for entity in network.entities:
        for need in entity.needs:
            steps = [(step.minutes, step.level) for step in need.endurance or ()]
            graph.add_edge(need.providers[0], entity.id, steps=steps, restart=need.restart)
    return graph


def plain_outage(graph, entity, length):
    """Levels of all that an outage of an entity harms, as {id: [(from, level), ...]}: single providers, no floors."""
    reached = networkx.descendants(graph, entity)
    levels = {entity: [(0, 0.0), (length, 1.0)]}
    for one in networkx.topological_sort(graph.subgraph(reached)):
        found = []
        for provider, _, need in graph.in_edges(one, data=True):
            if provider in levels:
                found.append(plain_need(levels[provider], need["steps"], need["restart"]))
        if level := plain_least(found):
            levels[one] = level
    return levels


def plain_need(supply, steps, restart):
    """The signal of a need: each step keeps its part of the work on the best supply of its last minutes."""
    times = sorted({time + shift for time, _ in supply for shift in (0, *(minutes for minutes, _ in steps))})
    signal = []
    for time in times:
        now = plain_at(supply, time)
        lived = [level * plain_most(supply, time - minutes, time) + (1 - level) * now for minutes, level in steps]
        signal.append((time, max([now, *lived])))
    if not restart:
        return signal
    times = sorted({time + shift for time, _ in signal for shift in (0, restart)})
    return [(time, plain_fewest(signal, time - restart, time)) for time in times]


def plain_at(steps, time):
    return next((value for since, value in reversed(steps) if since <= time), 1.0)


def plain_most(steps, since, to):
    return max([plain_at(steps, since), *(value for time, value in steps if since < time <= to)])


def plain_fewest(steps, since, to):
    return min([plain_at(steps, since), *(value for time, value in steps if since < time <= to)])


def plain_least(functions):
    """The pointwise least, without what does not change; nothing when it is always 1."""
    found, before = [], 1.0
    for time in sorted({time for one in functions for time, _ in one}):
        value = min(plain_at(one, time) for one in functions)
        if value != before:
            found.append((time, value))
            before = value
    return found if any(value < 1 for _, value in found) and any(time <= HORIZON for time, _ in found) else []


@pytest.mark.parametrize("kind", MODELS)
def test_peer_rustworkx_reachability(benchmark, kind):
    """The peer: only who could be reached from each of 10 000 entities, without levels or times."""
    rustworkx = pytest.importorskip("rustworkx")
    net = compiled(network_of(kind, 10_000))
    graph = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(len(net.ids)))
    for provider in range(len(net.ids)):
        consumers = net.consumer[net.consumer_start[provider] : net.consumer_start[provider + 1]]
        graph.add_edges_from_no_data([(provider, consumer) for consumer in consumers])
    found = benchmark.pedantic(
        lambda: [len(rustworkx.descendants(graph, entity)) for entity in range(len(net.ids))], rounds=1
    )
    benchmark.extra_info["reached"] = sum(found)


# --- payments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("processes", [1, 2])
def test_n_minus_2_with_payments(benchmark, processes):
    """All pairs of models/soes for 24 h, with payments; wanted under 30 s."""
    network, start = soes()
    model, series = batch_model(network), n_minus_k(compiled(network), [start], LENGTH, k=2)
    warm(model)
    tell(benchmark, benchmark.pedantic(swept, args=(model, series, processes), rounds=5))


def test_n_minus_1_over_a_month(benchmark):
    """Each entity of models/soes for 24 h, from every hour of December 2026, with payments."""
    network, _ = soes()
    first, last = (parse_instant(f"{day}T00:00", time_zone(network.timezone)) for day in ("2026-12-01", "2027-01-01"))
    model, series = batch_model(network), n_minus_k(compiled(network), range(first, last, 60), LENGTH)
    warm(model)
    tell(benchmark, benchmark.pedantic(swept, args=(model, series), rounds=3))


def test_draws_of_one_outage(benchmark):
    """100 000 draws of the length of an outage on models/soes, with payments; wanted under 20 s."""
    network, _ = soes()
    outage = {"entity": "bankgirot", "start": "2026-12-16T08:00", "for": {"p50": "12h", "p90": "40h"}}
    model, series = batch_model(network), draws_of(network, build_scenario(network, [outage]), 100_000, seed=1)
    warm(model)
    tell(benchmark, benchmark.pedantic(swept, args=(model, series), rounds=3))


def test_peer_pairs_one_by_one(benchmark):
    """The peer: the first 100 pairs of models/soes by `simulate`, latest recovery and explanations included."""
    network, _ = soes()
    pairs = list(islice(combinations([entity.id for entity in network.entities], 2), 100))

    def run():
        for pair in pairs:
            outages = [{"entity": entity, "start": "2026-12-16T08:00", "for": "24h"} for entity in pair]
            beroenden.simulate(network, outages)

    benchmark.pedantic(run, rounds=1)


# --- large ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", MODELS)
def test_compile_a_large_network(benchmark, kind):
    """63 000 entities, 265 000 needs; wanted under 15 s and 2 GB."""
    network = network_of(kind, 63_000, 4.2)
    net = benchmark.pedantic(_compile, args=(network,), rounds=1)
    benchmark.extra_info |= {
        "providers": len(net.provider),
        "peak_MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


@pytest.mark.parametrize("place", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("kind", MODELS)
def test_one_removal_of_a_large_network(benchmark, kind, place):
    """One outage among 63 000 entities, warm; wanted under 50 ms."""
    network = network_of(kind, 63_000, 4.2)
    model, net = batch_model(network), compiled(network)
    [columns] = n_minus_k(net, [0], LENGTH, entities=[f"e{round(63_000 * place)}"])
    warm(model)
    results = benchmark(run_chunk, model, columns)
    tell(benchmark, (1, int(results.harmed[0]), 0))
