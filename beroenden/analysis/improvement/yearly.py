"""What a mean year of random failures costs: the same years, simulated on one network or another."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from beroenden.analysis.improvement.toll import Toll
from beroenden.analysis.risk.failures import failure_rates
from beroenden.analysis.risk.years import Years, span_of
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.runs import timetable
from beroenden.engine.batch.arrays import FloatColumn
from beroenden.engine.batch.scenarios import CHUNK
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network

_COLUMNS = ("recipients", "amount", "recipient_hours", "over_max_delay")
_ROUNDING = 1e-6
"""Two sums of the same, added up in different order, differ less."""


@dataclass(frozen=True, slots=True)
class Yearly:
    """So many years, all with one calendar year's payments; the same seed gives the same failures."""

    years: int
    seed: int
    year: int


def failing_of(network: Network) -> list[str]:
    """The entities that fail, in the order of the model.

    Raises:
        UsageError: when none has failure data.
    """
    found = [one.entity for one in failure_rates(network)[0]]
    if found:
        return found
    raise UsageError(
        say(
            "Ingen entitet har feldata, så det finns ingen risk att räkna på; ange failure i modellen, eller ett scenario.",
            "No entity has failure data, so there is no risk to compute; enter failure in the model, or give a scenario.",
        )
    )


def yearly_toll(network: Network, asked: Yearly) -> tuple[Toll, frozenset[str]]:
    """What a mean year costs, and the payments that ever were late."""
    costs, late = yearly_costs(network, asked)
    return mean_toll(costs), late


def mean_toll(costs: FloatColumn) -> Toll:
    """What a mean year costs, from what each does."""
    return Toll(*(float(one) for one in costs.mean(axis=0)))


def yearly_costs(network: Network, asked: Yearly) -> tuple[FloatColumn, frozenset[str]]:
    """What each year costs, its failures simulated at once as `risk` does; and the payments that ever were late.

    Returns:
        (years, 5) the fields of `Toll` in their order; and ids of payments.
    """
    failing, _ = failure_rates(network)
    drawing = Years(network, failing, span_of(network, asked.year))
    model = batch_model(network)
    size = max(1, int(CHUNK / max(1.0, 2 * sum(one.per_year for one in failing))))  # as `risk`, so the same years
    costs, first = np.zeros((asked.years, len(_COLUMNS) + 1)), 0
    late: set[str] = set()
    for block in drawing.blocks(asked.years, asked.seed, size):
        if len(block.root):
            results = run_chunk(model, drawing.whole_years(block))
            columns = [getattr(results.totals, column) for column in _COLUMNS]
            costs[first + block.hit] = np.column_stack([*columns, results.lost_hours])
            late.update(np.array(model.payments)[results.payments.late.any(axis=0)])
        first += block.years
    return costs, frozenset(late)


def standard_error(before: FloatColumn, after: FloatColumn) -> float | None:
    """Of the mean that a change takes off, by what it takes off each year; None of a single year.

    Both have the same failures in the same years, so that the difference varies far less than either of them.

    Source: Law (2015), Simulation Modeling and Analysis, 5th ed., section 10.2 (paired-t with common random numbers).

    Args:
        before, after: (years,) the same measure.
    """
    years = len(before)
    return None if years < 2 else float((before - after).std(ddof=1) / sqrt(years))


def is_ever_worse(before: FloatColumn, after: FloatColumn) -> bool:
    """Whether a change makes any year worse.

    Args:
        before, after: (years,) the same measure.
    """
    return bool((after > before + _ROUNDING).any())


def planned_in(network: Network, year: int) -> list[int | None]:
    """When every run of a year is planned to be complete: a change that moves these cannot be judged by delay."""
    span, table = span_of(network, year), timetable(network)
    return [plan.planned for payment in network.payments for plan in table.runs(payment, span.first, span.last)]
