"""Quantiles of uncertain lengths.

Source: PERT as a beta distribution with weight 4 on the mode (Malcolm et al. 1959); lognormal by median and 90th percentile.
"""

from beroenden.model.entities import Length, LogNormal


def length_quantile(length: Length, probability: float) -> int:
    """The length, in whole minutes, that is not exceeded with a probability.

    Args:
        length: The distribution.
        probability: Above 0 and below 1.

    >>> from beroenden.model.entities import LogNormal, Pert
    >>> [length_quantile(LogNormal(120, 720), q) for q in (0.5, 0.9)]
    [120, 720]
    >>> [length_quantile(Pert(60, 120, 600), q) for q in (0.1, 0.5, 0.9)]
    [90, 174, 315]
    """
    from math import log

    from scipy import stats

    if isinstance(length, LogNormal):
        sigma = log(length.p90 / length.p50) / stats.norm.ppf(0.9)
        return max(1, round(float(stats.lognorm.ppf(probability, sigma, scale=length.p50))))
    width = length.max - length.min
    a = 1 + 4 * (length.mode - length.min) / width
    b = 1 + 4 * (length.max - length.mode) / width
    return max(1, round(float(stats.beta.ppf(probability, a, b, loc=length.min, scale=width))))
