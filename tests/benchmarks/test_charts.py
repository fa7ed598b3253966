"""Speed of pictures. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time."""

import subprocess
import sys
from pathlib import Path

import beroenden
from beroenden.views.charts import levels_over_time, payments_on_axis, payouts_delayed

SOES = Path(__file__).parents[2] / "models" / "soes"
CHARTS = (levels_over_time, payments_on_axis, payouts_delayed)
OUTAGES = [{"entity": "telia", "start": "2026-12-16T08:00"}, {"entity": "swedbank", "start": "2026-12-16T08:00"}]
COLD = f"""
import time
import beroenden
from beroenden.views.charts import levels_over_time, payments_on_axis, payouts_delayed
network = beroenden.load_or_raise({str(SOES)!r})
outcome = beroenden.simulate(network, {OUTAGES!r})
began = time.perf_counter()
for draw in (levels_over_time, payments_on_axis, payouts_delayed):
    draw(outcome, "swedbank", outcome.start).png()
print(time.perf_counter() - began)
"""


def test_three_pngs_cold(benchmark):
    """Whole process with three full pictures; the pictures, `import matplotlib` with them, wanted under 0.9 s."""
    done = benchmark.pedantic(_run, rounds=5, warmup_rounds=1)
    benchmark.extra_info["charts"] = float(done)


def _run():
    return subprocess.run([sys.executable, "-c", COLD], capture_output=True, check=True, text=True).stdout


def test_three_pngs_warm(benchmark):
    """Three full pictures; wanted under 0.4 s."""
    outcome = _outcome()
    benchmark(lambda: [draw(outcome, "swedbank", outcome.start).png() for draw in CHARTS])


def test_three_svgs_warm(benchmark):
    """Three full pictures; wanted under 0.4 s."""
    outcome = _outcome()
    drawn = benchmark(lambda: [draw(outcome, "swedbank", outcome.start).svg() for draw in CHARTS])
    benchmark.extra_info["characters"] = [len(svg) for svg in drawn]


def _outcome():
    return beroenden.simulate(beroenden.load_or_raise(SOES), OUTAGES)
