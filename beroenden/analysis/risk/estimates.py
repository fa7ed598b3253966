"""Means, frequencies and exceedance with their confidence intervals (95 %)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from beroenden.engine.batch.arrays import FloatColumn

Z95 = 1.959963984540054
"""The standard normal's 97.5th percentile."""
RETURN_PERIODS = (2, 5, 10, 20, 50, 100, 200, 500, 1000)
FEWEST = 10
"""Years that must have reached a level before anything is said of it."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean or frequency a year, with the ends of its 95 % confidence interval; `high` None: nothing to tell it by."""

    mean: float
    low: float
    high: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {"mean": self.mean, "low": self.low, "high": self.high}


def mean_of(total: float, squares: float, years: int) -> Estimate:
    """The mean of a yearly sum, by the central limit theorem; what is never negative has no negative end.

    Where nothing ever happened there is a mean of 0 and no upper end: that a year with harm was not drawn does not say
    how bad one would be.

    Source: Law (2015), Simulation Modeling and Analysis, 5th ed., section 4.5.

    Args:
        total: Sum over the years.
        squares: Sum of the squares.
        years: Number of years.
    """
    mean = total / years
    if total == 0 or years < 2:
        return Estimate(mean, 0.0 if total == 0 else mean, None)
    spread = sqrt(max(0.0, squares - total * mean) / (years - 1))
    half = Z95 * spread / sqrt(years)
    return Estimate(mean, max(0.0, mean - half), mean + half)


def frequency_of(count: int, events: int, years: int) -> Estimate:
    """How often a year something happened, of what happened in a number of independent events; exact also for few or none.

    What happened several times in one event is no surer for that: the interval is that of the events, as many times over.

    Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28.

    >>> found = frequency_of(0, 0, 1000)
    >>> found.mean, found.low, round(found.high, 6)
    (0.0, 0.0, 0.003689)
    >>> found = frequency_of(7, 1, 1000)
    >>> found.mean, round(found.low, 6), round(found.high, 6)
    (0.007, 0.000177, 0.039002)
    """
    from scipy.special import gammaincinv

    each = count / events if events else 1.0
    low = float(gammaincinv(events, 0.025)) * each / years if events else 0.0
    return Estimate(count / years, low, float(gammaincinv(events + 1, 0.975)) * each / years)


@dataclass(frozen=True, slots=True)
class Progress:
    """The running mean after so many years, and the half width of its confidence interval; None where it has none."""

    years: int
    mean: float
    half_width: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {"years": self.years, "mean": self.mean, "half_width": self.half_width}


def convergence(yearly: FloatColumn) -> tuple[Progress, ...]:
    """The running mean of (years,) yearly sums at 10 %, 20 %, … of the years."""
    marks = sorted({max(1, round(len(yearly) * tenth / 10)) for tenth in range(1, 11)})
    return tuple(_so_far(yearly[:mark]) for mark in marks)


def _so_far(yearly: FloatColumn) -> Progress:
    found = mean_of(float(yearly.sum()), float((yearly**2).sum()), len(yearly))
    return Progress(len(yearly), found.mean, None if found.high is None else found.high - found.mean)


@dataclass(frozen=True, slots=True)
class Level:
    """What is reached or passed in one year of so many; None: too few simulated years reached that far.

    Attributes:
        years: The return period.
        low, high: Ends of its 95 % confidence interval.
    """

    years: int
    value: float | None
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {"return_period": self.years, "value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Exceedance:
    """In how many years a consequence was at least so great.

    Attributes:
        values: Rising, above 0; every one that some year had.
        reached: Years that had at least each value.
        years: All years.
    """

    values: tuple[float, ...]
    reached: tuple[int, ...]
    years: int

    @property
    def probability(self) -> tuple[float, ...]:
        """The probability a year of at least each value."""
        return tuple(count / self.years for count in self.reached)

    def intervals(self) -> list[tuple[float, float]]:
        """The 95 % confidence interval of each probability.

        Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
        """
        return [_wilson(count, self.years) for count in self.reached]

    def levels(self) -> tuple[Level, ...]:
        """What is reached or passed in one year of two, of five, of ten, … as far as the years carry."""
        return tuple(self.level(period) for period in RETURN_PERIODS if period <= self.years)

    def level(self, period: int) -> Level:
        """What is reached or passed in one year of so many.

        Source: David and Nagaraja (2003), Order Statistics, 3rd ed., section 7.1: the interval's ends are the values whose
        ranks a binomial number of years gives.
        """
        expected = self.years / period
        half = Z95 * sqrt(expected * (1 - 1 / period))
        if expected < FEWEST:
            return Level(period, None, None, None)
        return Level(period, *(self._ranked(expected + off) for off in (0.0, half, -half)))

    def _ranked(self, rank: float) -> float:
        """The value that so many years reached."""
        wanted = max(1, round(rank))
        return max(
            (value for value, count in zip(self.values, self.reached, strict=True) if count >= wanted), default=0.0
        )

    def to_dict(self) -> list[dict[str, Any]]:
        """The JSON of its levels."""
        return [level.to_dict() for level in self.levels()]


def exceedance(yearly: Sequence[float] | FloatColumn) -> Exceedance:
    """The exceedance of yearly values.

    >>> found = exceedance([0, 5, 5, 20])
    >>> found.values, found.reached, found.probability
    ((5.0, 20.0), (3, 1), (0.75, 0.25))
    """
    column = np.asarray(yearly, np.float64)
    values, counts = np.unique(column[column > 0], return_counts=True)
    reached: Iterable[int] = np.cumsum(counts[::-1])[::-1].tolist()
    return Exceedance(tuple(values.tolist()), tuple(reached), len(column))


def _wilson(count: int, years: int) -> tuple[float, float]:
    share, weight = count / years, Z95**2 / years
    middle, half = share + weight / 2, Z95 * sqrt(share * (1 - share) / years + weight / (4 * years))
    return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))
