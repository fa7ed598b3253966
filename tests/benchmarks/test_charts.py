"""Speed of pictures. Run by name: `.venv/bin/python -m pytest tests/benchmarks`. Nothing is asserted about time."""

import subprocess
import sys
from pathlib import Path

import beroenden
from beroenden.views.charts import (
    Bar,
    Curve,
    Risk,
    dependency_matrix,
    exceedance_curve,
    levels_over_time,
    payments_on_axis,
    payouts_delayed,
    ranking_bars,
    risk_matrix,
)

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


def test_ranking_warm(benchmark):
    """Thirty bars as PNG; wanted under 0.3 s."""
    bars = [Bar(f"Entity {n}", 60 - n, f"{60 - n} hours", low=50 - n, high=70 - n, added=n) for n in range(30)]
    benchmark(lambda: _shown(ranking_bars(bars, title="Ranking", quantity="Hours", added="second")).png())


def test_risk_matrix_warm(benchmark):
    """A hundred risks in five by five steps as PNG; wanted under 0.4 s."""
    risks = [Risk(f"Entity {n}", n % 6 or None, n // 6 % 5 + 1) for n in range(100)]
    steps = ("1", "2", "3", "4", "5")
    benchmark(lambda: risk_matrix(risks, likelihood_steps=steps, consequence_steps=steps, title="Risks").png())


def test_exceedance_warm(benchmark):
    """Four curves of ten thousand years as PNG; wanted under 0.6 s."""
    often = tuple((10_000 - n) / 10_000 for n in range(10_000))
    curves = [Curve(f"Curve {k}", tuple(k * 10 / one for one in often), often, often, often) for k in range(1, 5)]
    benchmark(lambda: _shown(exceedance_curve(curves, title="Exceedance", quantity="Payouts")).png())


def test_dependency_matrix_warm(benchmark):
    """The actors of models/soes as PNG; wanted under 0.6 s."""
    network = beroenden.load_or_raise(SOES)
    benchmark(lambda: _shown(dependency_matrix(network)).png())


def _shown(chart):
    assert chart is not None
    return chart


def _outcome():
    return beroenden.simulate(beroenden.load_or_raise(SOES), OUTAGES)
