"""Speed of `beroenden risk`. Run by name: `.venv/bin/python -m pytest tests/benchmarks/test_risk.py`.

Nothing is asserted about time.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from generator import layered_model

import beroenden
from beroenden.analysis.risk.risk import risk
from beroenden.model.entities import Failure, LogNormal

SOES = Path(__file__).parents[2] / "models" / "soes"
INVENTED = Failure(per_year=1, duration=LogNormal(240, 1440))


def with_invented_data(network):
    """A copy in which every entity fails once a year."""
    entities = tuple(replace(one, failure=INVENTED) if one.kind != "citizens" else one for one in network.entities)
    return replace(network, entities=entities)


@pytest.mark.parametrize("processes", [1, 2])
def test_ten_thousand_years_of_soes(benchmark, processes):
    """As the model is: four entities fail, 33 times a year together."""
    network = beroenden.load_or_raise(SOES)
    risk(network, years=2, year=2026)
    found = benchmark.pedantic(
        lambda: risk(network, years=10_000, year=2026, processes=processes), rounds=3, warmup_rounds=0
    )
    benchmark.extra_info["scenarios"] = found.scenarios


def test_ten_thousand_years_of_soes_where_everything_fails(benchmark):
    """97 entities, each once a year."""
    network = with_invented_data(beroenden.load_or_raise(SOES))
    risk(network, years=2, year=2026)
    found = benchmark.pedantic(lambda: risk(network, years=10_000, year=2026), rounds=3, warmup_rounds=0)
    benchmark.extra_info["scenarios"] = found.scenarios


def test_a_hundred_years_of_a_thousand_entities(benchmark):
    """Levels of a layered network without payments."""
    network, _ = beroenden.build(layered_model(1000))
    network = with_invented_data(network)
    risk(network, years=2, year=2026)
    found = benchmark.pedantic(lambda: risk(network, years=100, year=2026), rounds=3, warmup_rounds=0)
    benchmark.extra_info["scenarios"] = found.scenarios
