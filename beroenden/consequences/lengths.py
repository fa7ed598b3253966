"""Uncertain lengths: quantiles of an outage's length and of how far an endurance may be off.

Source: PERT as a beta distribution with weight 4 on the mode (Malcolm et al. 1959); lognormal by median and 90th percentile.
The distributions' functions come from scipy.special: scipy.stats computes the same and takes a second to import.
"""

from math import exp, log

from beroenden.model.entities import Length, LogNormal, Pert

Z90 = 1.2815515655446004
"""The standard normal's 90th percentile."""


def length_quantile(length: Length, probability: float, elapsed: int = 0) -> int:
    """The length, in whole minutes, that is not exceeded with a probability.

    Args:
        length: The distribution.
        probability: Above 0 and below 1.
        elapsed: Minutes that it is known to have lasted and still lasts; the distribution is then that of the lengths
            above it. What has lasted as long as the distribution goes gives one minute more.

    >>> from beroenden.model.entities import LogNormal, Pert
    >>> [length_quantile(LogNormal(120, 720), q) for q in (0.5, 0.9)]
    [120, 720]
    >>> [length_quantile(Pert(60, 120, 600), q) for q in (0.1, 0.5, 0.9)]
    [90, 174, 315]
    >>> [length_quantile(Pert(60, 120, 600), q, elapsed=240) for q in (0.1, 0.5, 0.9)]
    [249, 296, 392]
    """
    longer = share_above(length, elapsed) * (1 - probability)
    return max(elapsed + 1, round(_exceeded_by(length, longer))) if longer > 0 else elapsed + 1


def factor_quantile(spread: float, probability: float) -> float:
    """The factor on an endurance of which four in five lie from 1/spread to spread (lognormal, median 1).

    >>> [round(factor_quantile(2, q), 3) for q in (0.1, 0.5, 0.9)]
    [0.5, 1.0, 2.0]
    """
    from scipy.special import ndtri

    return exp(log(spread) / Z90 * float(ndtri(probability)))


def share_above(length: Length, minutes: int) -> float:
    """The share of the lengths that are above so many minutes; exact also far out."""
    from scipy.special import betainc, ndtr

    if minutes <= 0:
        return 1.0
    if isinstance(length, LogNormal):
        return float(ndtr(-log(minutes / length.p50) / sigma_of(length)))
    a, b = shape_of(length)
    left = min(1.0, max(0.0, (length.max - minutes) / (length.max - length.min)))
    return float(betainc(b, a, left))  # the beta distribution seen from its other end


def _exceeded_by(length: Length, share: float) -> float:
    """The length that a share of the lengths exceed."""
    from scipy.special import betaincinv, ndtri

    if isinstance(length, LogNormal):
        return length.p50 * exp(-sigma_of(length) * float(ndtri(share)))
    a, b = shape_of(length)
    return length.max - (length.max - length.min) * float(betaincinv(b, a, share))


def mean_length(length: int | Length) -> float:
    """The mean of a length, in minutes.

    Source: PERT (Malcolm et al. 1959); the mean of a lognormal is its median times exp(sigma² / 2).

    >>> from beroenden.model.entities import LogNormal, Pert
    >>> mean_length(Pert(60, 120, 600)), round(mean_length(LogNormal(60, 180)), 1)
    (190.0, 86.6)
    """
    if isinstance(length, int):
        return float(length)
    if isinstance(length, Pert):
        return (length.min + 4 * length.mode + length.max) / 6
    return length.p50 * exp(sigma_of(length) ** 2 / 2)


def sigma_of(length: LogNormal) -> float:
    """The standard deviation of the logarithm."""
    return log(length.p90 / length.p50) / Z90


def shape_of(length: Pert) -> tuple[float, float]:
    """The two shape parameters of the beta distribution."""
    width = length.max - length.min
    return 1 + 4 * (length.mode - length.min) / width, 1 + 4 * (length.max - length.mode) / width
