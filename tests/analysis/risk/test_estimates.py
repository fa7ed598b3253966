"""Confidence intervals and exceedance."""

import numpy as np
import pytest
from scipy import stats

from beroenden.analysis.risk.estimates import convergence, exceedance, frequency_of, mean_of


def test_the_mean_and_its_interval_are_those_of_the_library():
    yearly = np.random.default_rng(1).exponential(5, 400)
    found = mean_of(yearly.sum(), (yearly**2).sum(), 400)
    low, high = stats.norm.interval(0.95, yearly.mean(), stats.sem(yearly))
    assert (found.mean, found.low, found.high) == pytest.approx((yearly.mean(), low, high))


def test_nine_to_ten_in_ten_intervals_hold_the_true_mean():
    generator = np.random.default_rng(2)
    draws = generator.exponential(5, (1000, 300))
    found = [mean_of(row.sum(), (row**2).sum(), 300) for row in draws]
    assert 920 <= sum(one.low <= 5 <= one.high for one in found) <= 970


@pytest.mark.parametrize("count", [0, 1, 7, 200])
def test_the_interval_of_a_frequency_is_exact(count):
    found = frequency_of(count, count, 50)
    assert found.mean == count / 50
    assert stats.poisson.sf(count - 1, found.low * 50) == pytest.approx(0.025 if count else 1.0)
    assert stats.poisson.cdf(count, found.high * 50) == pytest.approx(0.025)


def test_exceedance_counts_the_years_that_had_at_least_so_much():
    yearly = [0.0] * 60 + [float(one) for one in range(1, 41)]
    found = exceedance(yearly)
    assert found.level(2).value == 0.0
    assert found.level(5).value == 21.0
    assert found.level(10).value == 31.0
    assert found.level(20).value is None
    assert found.probability[0] == 0.4
    for (low, high), share in zip(found.intervals(), found.probability, strict=True):
        assert low < share < high


def test_the_interval_of_a_level_holds_the_true_one():
    generator = np.random.default_rng(3)
    truth, inside = stats.expon.ppf(0.95), 0
    for _ in range(200):
        found = exceedance(generator.exponential(1, 2000)).level(20)
        inside += found.low <= truth <= found.high
    assert 180 <= inside <= 199


def test_convergence_has_a_mark_at_each_tenth():
    marks = convergence(np.arange(1.0, 101.0))
    assert [mark.years for mark in marks] == list(range(10, 101, 10))
    assert marks[-1].mean == 50.5
    assert marks[0].half_width == pytest.approx(1.959963984540054 * stats.sem(np.arange(1, 11)))
    assert convergence(np.zeros(5))[-1].half_width is None


def test_what_happens_several_times_in_one_event_is_no_surer_for_that():
    """Seven failures of one event had the interval of seven events: 0.0014 to 0.0072 where longer runs had none."""
    once, seven = frequency_of(1, 1, 2000), frequency_of(7, 1, 2000)
    assert (seven.mean, seven.low, seven.high) == pytest.approx((7 * once.mean, 7 * once.low, 7 * once.high))
