"""What a mean year of random failures costs: the same years, simulated on one network or another."""

from dataclasses import dataclass

import numpy as np

from beroenden.analysis.improvement.toll import Toll
from beroenden.analysis.risk.failures import failure_rates
from beroenden.analysis.risk.years import Years, span_of
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.runs import timetable
from beroenden.engine.batch.scenarios import CHUNK
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network

_COLUMNS = ("recipients", "amount", "recipient_hours", "over_max_delay")


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
    """What a mean year costs, each year's failures simulated at once as `risk` does; and the payments that ever were late."""
    failing, _ = failure_rates(network)
    drawing = Years(network, failing, span_of(network, asked.year))
    model = batch_model(network)
    size = max(1, int(CHUNK / max(1.0, 2 * sum(one.per_year for one in failing))))  # as `risk`, so the same years
    sums, level_hours = np.zeros(len(_COLUMNS)), 0.0
    late: set[str] = set()
    for block in drawing.blocks(asked.years, asked.seed, size):
        if len(block.root):
            results = run_chunk(model, drawing.whole_years(block))
            sums += [float(getattr(results.totals, column).sum()) for column in _COLUMNS]
            level_hours += float(results.lost_hours.sum())
            late.update(np.array(model.payments)[results.payments.late.any(axis=0)])
    means = (float(one) / asked.years for one in (*sums, level_hours))
    return Toll(*means), frozenset(late)


def planned_in(network: Network, year: int) -> list[int | None]:
    """When every run of a year is planned to be complete: a change that moves these cannot be judged by delay."""
    span, table = span_of(network, year), timetable(network)
    return [plan.planned for payment in network.payments for plan in table.runs(payment, span.first, span.last)]
