"""What comes of a chunk of scenarios, as columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from beroenden.engine.batch.arrays import FloatColumn, IntColumn


@dataclass(frozen=True, slots=True, eq=False)
class PaymentResults:
    """Payment runs by scenario (n,), or by scenario and payment (n, payments).

    Attributes:
        late: Runs that are delayed or not completed.
        over_max_delay: Runs with a branch later than max_delay; one without a max_delay never counts.
        recipients: Payouts that come late; payments of unknown count add nothing.
        amount: SEK that come late; payments of unknown amount add nothing.
        recipient_hours: Payouts times hours late; what is not completed counts to the end of the time looked at.
    """

    late: IntColumn
    over_max_delay: IntColumn
    recipients: IntColumn
    amount: IntColumn
    recipient_hours: FloatColumn

    @property
    def columns(self) -> tuple[IntColumn, IntColumn, IntColumn, IntColumn, FloatColumn]:
        """The columns in their order."""
        return self.late, self.over_max_delay, self.recipients, self.amount, self.recipient_hours


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """The results of n scenarios.

    Attributes:
        lost_hours: (n,) level-hours lost by all entities together, added up in the order of their numbers.
        harmed: (n,) entities below 1 at some time.
        down: (n,) entities at 0 at some time.
        target_lost_hours: (n, targets) level-hours lost by each entity that was asked for.
        totals: Of all payments together; hours are added up in the order of the payments and their dates.
        payments: By payment, in the order of the sweep.
    """

    lost_hours: FloatColumn
    harmed: IntColumn
    down: IntColumn
    target_lost_hours: FloatColumn
    totals: PaymentResults
    payments: PaymentResults

    def __len__(self) -> int:
        return len(self.lost_hours)


def empty_results(scenarios: int, targets: int, payments: int) -> Results:
    """Results of so many scenarios, all 0."""
    return Results(
        lost_hours=np.zeros(scenarios),
        harmed=np.zeros(scenarios, np.int64),
        down=np.zeros(scenarios, np.int64),
        target_lost_hours=np.zeros((scenarios, targets)),
        totals=_empty_payments((scenarios,)),
        payments=_empty_payments((scenarios, payments)),
    )


def _empty_payments(shape: tuple[int, ...]) -> PaymentResults:
    late, over, recipients, amount = (_zeros(shape) for _ in range(4))
    return PaymentResults(late, over, recipients, amount, np.zeros(shape))


def _zeros(shape: tuple[int, ...]) -> NDArray[np.int64]:
    return np.zeros(shape, np.int64)
