"""Draws of uncertain lengths and endurances against the distributions themselves."""

from dataclasses import replace

import numpy as np
import pytest
from chain import network, tables
from scipy import stats

import beroenden
from beroenden.consequences.draws import draw, is_uncertain
from beroenden.consequences.lengths import factor_quantile, length_quantile
from beroenden.model.entities import LogNormal, Pert
from beroenden.modelfiles.scenario import build_scenario

LATE = {"entity": "clr", "start": "2026-12-18T04:00", "for": {"p50": "2h", "p90": "12h"}}


def pert(length: Pert) -> object:
    width = length.max - length.min
    a = 1 + 4 * (length.mode - length.min) / width
    b = 1 + 4 * (length.max - length.mode) / width
    return stats.beta(a, b, loc=length.min, scale=width)


def lognormal(length: LogNormal) -> object:
    return stats.lognorm(np.log(length.p90 / length.p50) / stats.norm.ppf(0.9), scale=length.p50)


LENGTHS = [
    (Pert(60, 120, 600), pert),
    (Pert(120, 1200, 3600), pert),
    (Pert(0, 10, 20), pert),
    (LogNormal(120, 720), lognormal),
    (LogNormal(30, 31), lognormal),
]


@pytest.mark.parametrize(("length", "law"), LENGTHS)
@pytest.mark.parametrize("probability", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_quantiles_are_those_of_scipy_stats(length, law, probability):
    assert length_quantile(length, probability) == max(1, round(float(law(length).ppf(probability))))


@pytest.mark.parametrize(("length", "law"), LENGTHS)
@pytest.mark.parametrize("probability", [0.1, 0.5, 0.9])
def test_what_still_lasts_is_drawn_among_longer_lengths(length, law, probability):
    distribution = law(length)
    elapsed = round(float(distribution.ppf(0.6)))
    passed = distribution.cdf(elapsed)
    wanted = float(distribution.ppf(passed + probability * (1 - passed)))
    found = length_quantile(length, probability, elapsed)
    assert found > elapsed
    assert found == max(elapsed + 1, round(wanted))


def test_what_has_lasted_longer_than_possible_ends_the_next_minute():
    assert length_quantile(Pert(60, 120, 600), 0.5, elapsed=600) == 601
    assert length_quantile(Pert(60, 120, 600), 0.5, elapsed=900) == 901


def test_a_spread_is_the_lognormal_of_which_four_in_five_lie_within_the_factor():
    law = stats.lognorm(np.log(3) / stats.norm.ppf(0.9))
    for probability in (0.05, 0.1, 0.5, 0.9, 0.95):
        assert factor_quantile(3, probability) == pytest.approx(law.ppf(probability))


def test_the_same_seed_draws_the_same_and_another_does_not():
    model = network()
    scenario = build_scenario(model, [LATE])
    one, same, other = (draw(model, scenario, ["allowance"], 50, seed) for seed in (7, 7, 8))
    assert one == same
    assert one.runs != other.runs


def test_the_share_of_late_draws_is_the_chance_of_a_long_outage():
    """From 04:00 the release at 06:00 is missed when the outage goes on past it: longer than 2 h, half of the lengths.

    Up to 6 h it makes the 10:00 release, up to 10 h that of 14:00, and else Monday's.
    """
    model = network()
    scenario = build_scenario(model, [LATE])
    drawn = draw(model, scenario, ["allowance"], 2000, 3)
    ends = [max(branch.completed for branch in next(iter(runs.values()))) for runs in drawn.runs]
    first = min(ends)
    law = lognormal(LogNormal(120, 720))
    for hours, limit in ((0, 120), (4, 360), (8, 600)):
        share = sum(end <= first + hours * 60 for end in ends) / len(ends)
        assert share == pytest.approx(law.cdf(limit), abs=0.035)


def test_a_draw_is_a_simulation_with_that_length():
    model = network()
    scenario = build_scenario(model, [{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}])
    (runs,) = draw(model, scenario, ["allowance"], 1, 1).runs
    outcome = beroenden.simulate(model, scenario.outages)
    fares = [tuple(replace(branch, blocked_by=()) for branch in run.branches) for run in outcome.runs]
    assert list(runs.values()) == fares


def test_a_spread_endurance_moves_what_follows():
    """Power is out from 17:00 to 18:30 the next day; the system lives for e, so the work of 3 h from 18:00 has 4 h - e left.

    It is done at 18:30 + 4 h - e, after the cut-off at 19:00 when e is below 3 h 30 min, that is the factor below 0.875.
    """
    given = tables()
    given["entity"][1]["needs"] = [{"provider": "power", "endurance": "4h", "spread": 2}]
    model, _ = beroenden.build(given)
    scenario = build_scenario(model, [{"entity": "power", "start": "2026-12-15T17:00", "end": "2026-12-16T18:30"}])
    assert is_uncertain(model, scenario)
    assert not is_uncertain(network(), scenario)
    drawn = draw(model, scenario, ["allowance"], 1000, 5)
    late = sum(any(branch.is_late for branch in next(iter(runs.values()))) for runs in drawn.runs)
    law = stats.lognorm(np.log(2) / stats.norm.ppf(0.9))
    assert late / 1000 == pytest.approx(law.cdf(0.875), abs=0.05)


@pytest.mark.parametrize(("length", "law"), [(LogNormal(120, 180), lognormal), (Pert(60, 120, 600), pert)])
def test_far_out_the_rest_is_still_told_apart(length, law):
    """What has lasted far longer than expected: against the survival function, where the distribution's own has no digits left."""
    elapsed = 1200 if isinstance(length, LogNormal) else 598
    distribution = law(length)
    rest = distribution.sf(elapsed)
    for probability in (0.1, 0.5, 0.9):
        wanted = round(float(distribution.isf(rest * (1 - probability))))
        assert length_quantile(length, probability, elapsed) == max(elapsed + 1, wanted)
    if isinstance(length, LogNormal):
        assert length_quantile(length, 0.9, elapsed) > elapsed + 100
