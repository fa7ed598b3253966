"""Payments that the actors rank differently, where answers of several actors have been merged."""

from collections.abc import Mapping

from beroenden.analysis.gaps.gap import Gap, Tally
from beroenden.analysis.gaps.ground import Ground

Orders = Mapping[str, Mapping[str, int]]
"""For each payment, the priority that each actor gives it. One model holds one common order, so it has none of these."""


def priorities(ground: Ground, orders: Orders) -> Tally:
    """Payments whose priority the actors see differently; the size is how far apart they are."""
    tally = Tally("priority")
    for payment in ground.payments:
        seen = {actor: order for actor, order in orders.get(payment, {}).items() if ground.is_shared(actor)}
        if len(seen) < 2:
            continue
        tally.of += 1
        apart = max(seen.values()) - min(seen.values())
        if apart:
            label = ground.label(payment, *seen)
            tally.gaps.append(Gap("priority", (payment,), tuple(seen), {"orders": seen}, (payment,), apart, label))
    return tally
