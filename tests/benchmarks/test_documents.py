"""Speed of documents, whole processes, cold. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOG = ROOT / "sample_data/incidents/clearingstorning.toml"
AT = "2026-12-16T14:00"


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_internal_lagesbild_cold(benchmark, tmp_path, ending):
    """From the command to the file on models/soes, 200 draws included; wanted: Word under 3 s, Markdown under 2 s."""
    target = tmp_path / f"lagesbild.{ending}"
    arguments = ["lagesbild", "models/soes", "--incident", str(LOG), "--at", AT, "-o", str(target)]
    benchmark.pedantic(_run, args=(arguments,), rounds=5, warmup_rounds=1)
    assert target.stat().st_size > 5_000


def test_import_of_docxtpl_for_comparison(benchmark):
    """What the libraries alone take: docxtpl, matplotlib's figure and scipy's special functions."""
    code = "import docxtpl, matplotlib.figure, scipy.special"
    benchmark.pedantic(lambda: subprocess.run([sys.executable, "-c", code], check=True), rounds=5, warmup_rounds=1)


def _run(arguments):
    subprocess.run([sys.executable, "-m", "beroenden", *arguments], check=True, cwd=ROOT, capture_output=True)
