"""The levels of one scenario, and what they sum to, as functions that numba compiles."""

import sys
from math import isfinite
from typing import Any

from beroenden.engine import kernel, operators
from beroenden.engine.batch.jit import share, shared
from beroenden.engine.kernel import Columns, component_levels
from beroenden.engine.operators import FULL

share(operators)
share(kernel)

COMPENSATED = sys.version_info >= (3, 12)
"""Whether Python's `sum` of floats carries the rounding errors along; the batch adds up as the single run does."""


@shared
def add(total: float, carried: float, term: float) -> tuple[float, float]:
    """One more term of a sum as Python adds it up: the total so far and the errors carried.

    Source: Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen (1974), as in Python 3.12.
    """
    after = total + term
    if COMPENSATED:
        carried += (total - after) + term if abs(total) >= abs(term) else (term - after) + total
    return after, carried


@shared
def summed(total: float, carried: float) -> float:
    """The sum itself."""
    return total + carried if carried != 0.0 and isfinite(carried) else total


@shared
def solve(
    net: Columns,
    components: Columns,
    consumers: Columns,
    outages: Columns,
    pool: Columns,
    slots: Columns,
    own: Columns,
    marks: Any,
    harmed: Any,
    limit: int,
) -> tuple[int, int]:
    """Levels of all entities that the outages harm: as `kernel.solve`, but it goes on only from what falls below 1.

    Args:
        consumers: Where each entity's consumers start, and the consumers.
        outages: (entity, from, to, remaining) columns, grouped by entity.
        marks: All 0; so it is left.
        harmed: Receives the numbers of the entities below 1 at some time, rising; all others have size 0.
        limit: Instant after which nothing is wanted.

    Returns:
        The top of the pool (or FULL, and then nothing is harmed), and how many are harmed.
    """
    component, component_start, cyclic = components
    consumer_start, consumer = consumers
    size = slots[1]
    pins = outages[0][:0], outages[1][:0], outages[2][:0], outages[3][:0]
    place, furthest = len(marks), -1
    for i in range(len(outages[0])):
        marks[outages[0][i]] = 1
        place, furthest = min(place, outages[0][i]), max(furthest, outages[0][i])
    top, count = 0, 0
    while place <= furthest:
        if marks[place] == 0:
            place += 1
            continue
        first, last = component_start[component[place]], component_start[component[place] + 1]
        is_cyclic = cyclic[component[place]] == 1
        top = component_levels(net, first, last, is_cyclic, outages, pins, pool, slots, own, limit, top)
        if top == FULL:
            marks[place : furthest + 1] = 0
            size[first:last] = 0
            forget(slots, harmed, count)
            return FULL, 0
        for member in range(first, last):
            marks[member] = 0
            if size[member] == 0:
                continue
            harmed[count] = member
            count += 1
            for i in range(consumer_start[member], consumer_start[member + 1]):
                if consumer[i] >= last:
                    marks[consumer[i]] = 1
                    furthest = max(furthest, consumer[i])
        place = last
    return top, count


@shared
def forget(slots: Columns, harmed: Any, count: int) -> None:
    """Everything is at 1 again, for the next scenario."""
    size = slots[1]
    for i in range(count):
        size[harmed[i]] = 0


@shared
def lost_hours(times: Any, values: Any, begin: int, size: int, start: int, until: int) -> tuple[float, float]:
    """Level-hours that an entity loses on [start, until), and its lowest level there."""
    lost, carried, lowest = 0.0, 0.0, 1.0
    held, since = 1.0, start
    for i in range(begin, begin + size + 1):
        following = until if i == begin + size or times[i] > until else times[i]
        if following > since:
            lost, carried = add(lost, carried, (1.0 - held) * (following - since))
            lowest = min(lowest, held)
            since = following
        if i < begin + size:
            held = values[i]
    return summed(lost, carried) / 60, lowest
