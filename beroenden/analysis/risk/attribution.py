"""Which failure is to blame for what: the consequences of years divided between the failures in them.

Rule: each year is simulated at once, each event (failures within a day of each other) by itself, and in an event of several
also each failure alone. What an event leads to is divided in proportion to what its failures lead to alone; where none of
them does anything alone (reserves that failed together) in equal parts between those that the payment or group depends on.
The year's consequences are then divided in proportion to that, so that the parts sum to the year, and in equal parts in the
same way should only failures of different events do harm together.

All this payment by payment and group by group.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beroenden.analysis.risk.years import Block
from beroenden.consequences.batch.results import Results
from beroenden.engine.batch.arrays import FloatColumn, IntColumn
from beroenden.model.network import Network


def reached_by(network: Network, roots: list[str], payments: list[str], groups: list[str]) -> NDArray[np.bool_]:
    """(roots, payments + groups) which payments and groups depend on which entities, directly or through others."""
    chosen = [network.payment[payment] for payment in payments]
    needed = [network.behind(payment) for payment in chosen]
    needed += [network.upstream([group]) for group in groups]
    return np.array([[root in one for one in needed] for root in roots], bool).reshape(len(roots), len(needed))


def side_by_side(results: Results) -> FloatColumn:
    """(scenarios, columns): of each payment its late runs, those over max_delay, payouts, amount and hours; then groups."""
    columns = [*results.payments.columns, results.target_lost_hours]
    return np.concatenate([column.astype(np.float64) for column in columns], axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Divided:
    """The consequences of a block, in columns of payments and groups.

    Attributes:
        whole: (years that were hit, columns) of each year.
        events: (events, columns) of each event by itself.
        parts: (f, columns) of each failure; the parts of a year sum to the year.
    """

    whole: FloatColumn
    events: FloatColumn
    parts: FloatColumn


def divided(block: Block, simulated: FloatColumn, reach: NDArray[np.bool_]) -> Divided:
    """Divide what was simulated of a block.

    Args:
        block: The failures.
        simulated: (scenarios, columns) in the order of `Years.scenarios`.
        reach: (failing entities, columns) whether the column can depend on the entity.
    """
    years, events = len(block.hit), len(block.first_of_event)
    whole, joint = simulated[:years], simulated[years : years + events]
    alone = joint[block.event]
    alone[block.together] = simulated[years + events :]
    concerned = reach[block.root].astype(np.float64)
    parts = _shared(joint, alone, concerned, block.event, block.first_of_event)
    year = np.searchsorted(block.hit, block.year)
    first = np.flatnonzero(np.diff(year, prepend=-1))
    return Divided(whole, joint, _shared(whole, parts, concerned, year, first))


def _shared(
    total: FloatColumn, weight: FloatColumn, otherwise: FloatColumn, group: IntColumn, first: IntColumn
) -> FloatColumn:
    """Totals of groups divided within each group by weight, or where no one has any by the other weight."""
    if not len(group):
        return weight
    sums, others = np.add.reduceat(weight, first, axis=0), np.add.reduceat(otherwise, first, axis=0)
    lacks = sums[group] == 0
    used, whole = np.where(lacks, otherwise, weight), np.where(lacks, others[group], sums[group])
    return total[group] * np.divide(used, whole, out=np.zeros_like(used), where=whole > 0)
