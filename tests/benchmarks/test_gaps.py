"""Speed of gaps and of the quality of the map. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from generator import tiered_model

import beroenden
from beroenden.analysis.gaps.gaps import find_gaps

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("output", ["table", "json", "md", "docx"])
def test_gaps_cold(benchmark, tmp_path, output):
    """From the command to the result on models/soes; wanted: under 2 s."""
    target = tmp_path / f"gaps.{output}"
    asked = {"table": [], "json": ["--json", str(target)]}.get(
        output, ["--actor", "forsakringskassan", "-o", str(target)]
    )
    benchmark.pedantic(_run, args=(["gaps", "models/soes", *asked],), rounds=5, warmup_rounds=1)


def test_quality_cold(benchmark):
    """Coverage and all questions on models/soes, outages every six hours of a month; the engine is compiled before."""
    benchmark.pedantic(_run, args=(["quality", "models/soes", "--window", "2026-12"],), rounds=3, warmup_rounds=1)


def test_gaps_of_a_large_model(benchmark):
    """10 000 entities with 37 000 needs, in memory: how it grows."""
    network, _ = beroenden.build(tiered_model(10_000))
    assert network is not None
    benchmark.pedantic(find_gaps, args=(network, date(2026, 11, 22)), rounds=1)


def _run(arguments):
    subprocess.run([sys.executable, "-m", "beroenden", *arguments], check=True, cwd=ROOT, capture_output=True)
