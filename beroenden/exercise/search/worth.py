"""What makes one scenario better for play than another, beside its goal."""

from collections.abc import Sequence

from beroenden.bankdays.bankdays import is_bank_day
from beroenden.model.network import Network
from beroenden.units.durations import HOUR
from beroenden.units.times import Clock

WORKING_HOURS = 0.1
"""What a start in working hours is worth, where the best scenario by the goal has 1."""
LACK = 0.5
"""What it costs for each actor whose wish is not met: a cause that is hidden, a first sign of its own, a clock."""
SIZE = 0.1
"""What each further entity out costs."""
OWN = 0.5
"""What it costs for each chosen actor that something of its own is out."""


def is_in_working_hours(instant: int, clock: Clock) -> bool:
    """Whether an instant lies from 07 and before 17 on a bank day."""
    day = clock.day(instant)
    return is_bank_day(day) and clock.at(day, 7 * HOUR) <= instant < clock.at(day, 17 * HOUR)


def hidden_wanted(actors: int) -> int:
    """From how many actors a cause is to be hidden: more than half."""
    return actors // 2 + 1


def direct_consumers(network: Network, out: Sequence[str]) -> int:
    """How many entities and payments need some entities directly, each counted once."""
    entities = {consumer.id for one in out for consumer, _, _ in network.consumers[one]}
    payments = [
        payment
        for payment in network.payments
        if any(one in network.stage_providers(payment, stage) for stage in payment.stages for one in out)
    ]
    return len(entities) + len(payments)
