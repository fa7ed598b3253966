"""Speed and size. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time."""

import subprocess
import sys
import tomllib
from pathlib import Path

import networkx
import pytest
from generator import layered_model

import beroenden
from beroenden.engine.compiled import compiled
from beroenden.engine.single import solve
from beroenden.model.graph import to_networkx
from beroenden.model.scenario import Outage

ROOT = Path(__file__).parents[2]
SOES = ROOT / "models" / "soes"
BANKGIROT = [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}]


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]], ids=["version", "help"])
def test_command_starts(benchmark, arguments):
    """Whole process; wanted under 0.3 s."""
    benchmark.pedantic(_run, args=(arguments,), rounds=5, warmup_rounds=1)


def test_simulate_cold(benchmark):
    """Whole process on models/soes; wanted under 1.5 s."""
    arguments = [
        "simulate",
        str(SOES),
        "--outage",
        "bankgirot",
        "--start",
        "2026-12-16T08:00",
        "--for",
        "12h",
        "--json",
        "-",
    ]
    benchmark.pedantic(_run, args=(arguments,), rounds=5, warmup_rounds=1)


def _run(arguments):
    done = subprocess.run([sys.executable, "-m", "beroenden", *arguments], capture_output=True, cwd=ROOT, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("entity", ["telia", "bankgirot", "swedbank", "elnat"])
def test_simulate_warm(benchmark, entity):
    """One scenario with payments and latest recovery; wanted under 20 ms."""
    network = beroenden.load_or_raise(SOES)
    outages = [{"entity": entity, "start": "2026-12-16T08:00", "for": "12h"}]
    beroenden.simulate(network, outages)
    outcome = benchmark(beroenden.simulate, network, outages)
    benchmark.extra_info["harmed"] = len(outcome.entities)
    assert outcome.runs


@pytest.mark.parametrize("size", [1_000, 3_000, 10_000])
def test_cost_is_of_what_is_reached(benchmark, size):
    """One outage at the same distance from the end, so that a few hundred are reached, however large the model."""
    network, _ = beroenden.build(layered_model(size))
    net = compiled(network)
    outage = Outage(0, 24 * 60, f"e{size - 900}")
    levels = benchmark(solve, net, [outage], [], 14 * 1440)
    benchmark.extra_info["harmed"] = len(levels.by_number)
    assert len(levels.by_number) > 100


@pytest.mark.parametrize("size", [1_000, 3_000, 10_000])
def test_peer_networkx_reachability(benchmark, size):
    """The peer: only who is reached, with networkx, without levels or times."""
    network, _ = beroenden.build(layered_model(size))
    graph = to_networkx(network).reverse()
    found = benchmark(networkx.descendants, graph, f"e{size - 900}")
    benchmark.extra_info["reached"] = len(found)
    assert len(found) > 100


@pytest.fixture(scope="module")
def large_file(tmp_path_factory):
    """5 000 entities in one file of about 2 MB, with one doubt, so that positions are scanned."""
    network, _ = beroenden.build(layered_model(5_000))
    path = tmp_path_factory.mktemp("large") / "model.toml"
    path.write_text(
        beroenden.to_toml(network) + '\n[[entity]]\nid = "alone"\nname = "Alone"\nkind = "system"\n', "utf-8"
    )
    return path


def test_read_large_model(benchmark, large_file):
    """Reading with positions and rules; wanted under 5 s and 500 MB."""
    network, findings = benchmark.pedantic(beroenden.load, args=(large_file,), rounds=3)
    assert network is not None
    assert "B407" in {finding.code for finding in findings}
    benchmark.extra_info["bytes"] = large_file.stat().st_size


def test_peer_tomllib_alone(benchmark, large_file):
    """The peer: only the TOML parser."""
    text = large_file.read_text("utf-8")
    tables = benchmark.pedantic(tomllib.loads, args=(text,), rounds=3)
    assert len(tables["entity"]) == 5_001
