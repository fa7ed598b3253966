"""Speed of the search for exercise scenarios. Run by name: `.venv/bin/python -m pytest tests/benchmarks`.

Nothing is asserted about time; wanted: five actors and a month in under 60 s on two cores.
"""

from pathlib import Path

import pytest

import beroenden
from beroenden.analysis.ranking.starts import window_days
from beroenden.exercise.search.search import JUDGED, Search
from beroenden.exercise.search.wishes import Wishes, lengths_between

SOES = Path(__file__).parents[2] / "models" / "soes"
THREE = ("forsakringskassan", "pensionsmyndigheten", "csn")
FIVE = (*THREE, "swedbank", "skatteverket")


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("actors", "k"), [(THREE, 2), (FIVE, 2), (THREE, 3)], ids=["3-k2", "5-k2", "3-k3"])
def test_a_month(benchmark, actors, k, processes):
    """From the network to the proposals, outages of 6 h to 48 h, starts as close as the search takes them."""
    network, _ = beroenden.load(SOES)
    wishes = Wishes(actors, window_days("2026-12"), lengths_between(360, 2880), k)

    def run():
        search = Search(network, wishes, processes)
        search.screen()
        return search.found()

    found = benchmark.pedantic(run, rounds=1)
    assert found.proposals
    assert found.judged <= JUDGED
    benchmark.extra_info |= {
        "scenarios": found.scenarios[0],
        "every_minutes": found.every,
        "sets": found.sets,
        "judged": found.judged,
    }
