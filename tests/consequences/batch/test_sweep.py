"""Sweeps: the same results on any number of processes, in order, with progress, and a clean stop."""

import signal
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import batched
import pytest

import beroenden
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.batch.sweep import Sweep
from beroenden.engine.batch.scenarios import in_columns, n_minus_k
from beroenden.engine.compiled import compiled
from beroenden.modelfiles.scenario import build_scenario
from beroenden.units.times import parse_instant, time_zone

SOES = Path(__file__).parents[3] / "models" / "soes"
NETWORK = beroenden.load_or_raise(SOES)
NET = compiled(NETWORK)
START = parse_instant("2026-12-16T08:00", time_zone(NETWORK.timezone))
DAY = 24 * 60


def built(outages):
    return build_scenario(NETWORK, outages, [], None, None)


def single(entities, start="2026-12-16T08:00", length="30h"):
    return built([{"entity": entity, "start": start, "for": length} for entity in entities])


def test_each_entity_of_the_model_alone():
    scenarios = [single([entity]) for entity in NETWORK.entity]
    results = run_chunk(batch_model(NETWORK, targets=("swedbank",)), in_columns(NET, scenarios))
    batched.compare(NETWORK, scenarios, results, ("swedbank",))
    assert results.totals.late.max() > 2


@pytest.mark.sweep
def test_some_pairs_at_some_times_with_a_level_left():
    pairs = list(combinations(["bankgirot", "telia", "swedbank", "rix", "elnat", "fk-utbetalning"], 2))
    pairs = [pair for pair in pairs if set(pair) <= set(NETWORK.entity)]
    starts = ["2026-03-27T18:00", "2026-12-16T08:00", "2026-12-23T04:30", "2027-01-04T00:01"]
    scenarios = [
        built([{"entity": entity, "start": start, "for": length, "remaining": 0.3} for entity in pair])
        for pair in pairs
        for start in starts
        for length in ("12h",)
    ]
    assert len(scenarios) > 20
    batched.compare(NETWORK, scenarios, run_chunk(batch_model(NETWORK), in_columns(NET, scenarios)))


def test_the_same_scenario_anywhere_gives_the_same():
    model = batch_model(NETWORK)
    [together] = n_minus_k(NET, range(START, START + 40 * DAY, 7 * DAY), DAY, entities=["telia", "bankgirot"])
    whole = run_chunk(model, together)
    alone = run_chunk(model, in_columns(NET, [single(["bankgirot"], "2027-01-13T08:00", "24h")]))
    fresh = run_chunk(batch_model(NETWORK), in_columns(NET, [single(["bankgirot"], "2027-01-13T08:00", "24h")]))
    assert batched.same(alone, fresh)
    assert batched.at(whole.totals, 10) == batched.at(alone.totals, 0)


def test_two_processes_give_the_same_in_the_same_order():
    series = n_minus_k(NET, [START], DAY, k=2, entities=NET.ids[:40], chunk=100)
    seen = []
    model = batch_model(NETWORK)
    one = list(Sweep(model, series))
    two = list(Sweep(model, series, processes=2, progress=lambda done, total: seen.append((done, total))))
    assert [batched.bytes_of_scenarios(columns) for columns, _ in one] == [
        batched.bytes_of_scenarios(columns) for columns, _ in two
    ]
    assert [batched.bytes_of(results) for _, results in one] == [batched.bytes_of(results) for _, results in two]
    assert seen == [(min(100 * chunk, 780), 780) for chunk in range(1, 9)]


@pytest.mark.parametrize("processes", [1, 2])
def test_ctrl_c_ends_with_what_is_done(processes):
    series = n_minus_k(NET, [START], DAY, k=2, chunk=500)
    sweep = Sweep(batch_model(NETWORK), series, processes, lambda done, total: stop_at(done, 1500))
    before = signal.getsignal(signal.SIGINT)
    found = sum(len(results) for _, results in sweep)
    assert (found, sweep.done, sweep.is_partial) == (1500, 1500, True)
    assert signal.getsignal(signal.SIGINT) is before


def stop_at(done, wanted):
    if done == wanted:
        signal.raise_signal(signal.SIGINT)


def test_a_sweep_that_is_done_is_whole():
    sweep = Sweep(batch_model(NETWORK, payments=()), n_minus_k(NET, [START], DAY))
    assert sum(len(results) for _, results in sweep) == len(NETWORK.entities) == sweep.done
    assert not sweep.is_partial


def test_chunks_are_made_when_they_are_asked_for():
    asked = n_minus_k(NET, [START], DAY, k=5, chunk=10)
    assert asked.count > 100_000_000
    sweep = iter(Sweep(batch_model(NETWORK, payments=()), asked))
    assert len(next(sweep)[1]) == 10
    sweep.close()


def test_only_the_payments_that_are_asked_for():
    everything = batch_model(NETWORK)
    some = batch_model(NETWORK, payments=("barnbidrag", "pension-1"))
    [columns] = n_minus_k(NET, [START], DAY)
    assert set(some.payments) == {"barnbidrag", "pension-1"}
    whole, part = run_chunk(everything, columns), run_chunk(some, columns)
    for column, payment in enumerate(some.payments):
        assert (
            part.payments.recipients[:, column] == whole.payments.recipients[:, everything.payments.index(payment)]
        ).all()


def test_no_single_run_imports_numba():
    code = (
        "import sys, beroenden\n"
        f"network = beroenden.load_or_raise({str(SOES)!r})\n"
        "beroenden.simulate(network, [{'entity': 'telia', 'start': '2026-12-16T08:00', 'for': '12h'}])\n"
        "sys.exit('numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
