"""One chunk of scenarios: a pure function of the model and the scenarios' columns."""

from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from beroenden.consequences.batch.payments import PaymentColumns, payment_columns
from beroenden.consequences.batch.results import Results, empty_results
from beroenden.consequences.batch.run import follow
from beroenden.consequences.runs import Timetable
from beroenden.engine.batch.arrays import Arrays, Columns, IntColumn, arrays_of, ints, workspace
from beroenden.engine.batch.jit import entry, shared
from beroenden.engine.batch.levels import add, forget, lost_hours, solve, summed
from beroenden.engine.batch.scenarios import Scenarios, of_outages
from beroenden.engine.compiled import compiled
from beroenden.engine.operators import FULL
from beroenden.model.network import Network
from beroenden.units.times import Clock, time_zone


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class BatchModel:
    """What a chunk needs to know of a network; small enough to be sent to another process once.

    Attributes:
        arrays: The compiled network.
        network: The network without its entities: payments, windows and accounts.
        payments: Ids of the payments that are followed, in the order of the results.
        targets: Numbers of the entities whose loss is wanted for themselves.
        stage_need: As in the compiled network.
        banks: Numbers of the banks with accounts.
    """

    arrays: Arrays
    network: Network
    payments: tuple[str, ...]
    targets: IntColumn
    stage_need: dict[tuple[str, int], int]
    banks: dict[str, int]


def batch_model(
    network: Network, *, payments: tuple[str, ...] | None = None, targets: tuple[str, ...] = ()
) -> BatchModel:
    """A network made ready for chunks.

    Args:
        network: The model.
        payments: Ids of the payments to follow; all unless given, none for levels only. They come by priority.
        targets: Ids of the entities whose loss is wanted for themselves.
    """
    net = compiled(network)
    chosen = [payment for payment in network.by_priority() if payments is None or payment.id in payments]
    banks = {bank for payment in chosen for bank, _ in network.accounts_of(payment) if bank is not None}
    return BatchModel(
        arrays=arrays_of(net),
        network=replace(network, entities=(), events=(), audiences=()),
        payments=tuple(payment.id for payment in chosen),
        targets=ints([net.number[target] for target in targets]),
        stage_need=net.stage_need,
        banks={bank: net.number[bank] for bank in banks},
    )


def run_chunk(model: BatchModel, scenarios: Scenarios) -> Results:
    """The results of some scenarios; the same wherever and with whatever others they are run."""
    if not len(scenarios):
        return empty_results(0, len(model.targets), len(model.payments))
    payments = _payments_over(model, int(scenarios.since.min()), int(scenarios.until.max()))
    return _results(model, scenarios, payments)


def warm(model: BatchModel) -> None:
    """Compile what a chunk runs, or fetch it from disk, so that the first chunk need not wait for it."""
    bare = replace(model, payments=())
    _results(bare, of_outages([], []), _payments_over(bare, 0, 0))


def _results(model: BatchModel, scenarios: Scenarios, payments: PaymentColumns) -> Results:
    arrays = model.arrays
    results = empty_results(len(scenarios), len(model.targets), len(model.payments))
    steps = arrays.net[8].copy()
    net = (*arrays.net[:8], steps, *arrays.net[9:])
    space = workspace(arrays)
    longest = int(np.diff(payments.chains.stage_start).max(initial=1))
    scratch = tuple(np.zeros(longest, np.int64) for _ in range(4))
    done = 0
    while True:
        done = _run(
            net,
            arrays.net[8],
            arrays.components,
            arrays.consumers,
            _columns(scenarios),
            model.targets,
            payments,
            (space.pool, space.slots, space.own, space.marks, space.harmed, scratch),
            (results.lost_hours, results.harmed, results.down, results.target_lost_hours),
            results.totals.columns,
            results.payments.columns,
            done,
        )
        if done == len(scenarios):
            return results
        space.grow()


@dataclass(slots=True)
class _Covered:
    """The payment columns of a model over the longest span asked for so far."""

    table: Timetable
    since: int
    until: int
    columns: PaymentColumns


_COVERED: "WeakKeyDictionary[BatchModel, _Covered]" = WeakKeyDictionary()


def _payments_over(model: BatchModel, since: int, until: int) -> PaymentColumns:
    known = _COVERED.get(model)
    if known is not None and known.since <= since and until <= known.until:
        return known.columns
    network = model.network
    table = known.table if known else Timetable(network, Clock(time_zone(network.timezone)))
    if known is not None:
        since, until = min(since, known.since), max(until, known.until)
    payments = [network.payment[payment] for payment in model.payments]
    columns = payment_columns(table, payments, model.stage_need, model.banks, since, until)
    _COVERED[model] = _Covered(table, since, until, columns)
    return columns


def _columns(scenarios: Scenarios) -> Columns:
    return (
        scenarios.outage_start,
        (scenarios.entity, scenarios.start, scenarios.end, scenarios.remaining),
        scenarios.since,
        scenarios.until,
        scenarios.uncertain,
        scenarios.factors,
    )


@entry
def _run(
    net: Columns,
    step_minutes: Any,
    components: Columns,
    consumers: Columns,
    scenarios: Columns,
    targets: Any,
    payments: PaymentColumns,
    space: Columns,
    levels: Columns,
    totals: Columns,
    per_payment: Columns,
    done: int,
) -> int:
    """Run scenarios from number `done` on; returns the number of the first that did not fit into the pool.

    Args:
        net: Columns of the network, whose step minutes are written over where a scenario draws them.
        step_minutes: As the model has them.
        space: pool, slots, own, marks, harmed, and the scratch of `follow`.
        levels: Columns of lost hours, harmed, down and the targets' lost hours.
        totals, per_payment: Columns of late, over_max_delay, recipients, amount and recipient-hours.
    """
    outage_start, outages, since, until, uncertain, factors = scenarios
    pool, slots, own, marks, harmed, scratch = space
    for one in range(done, len(since)):
        draw_endurances(net, step_minutes, uncertain, factors, one)
        first, last = outage_start[one], outage_start[one + 1]
        out = outages[0][first:last], outages[1][first:last], outages[2][first:last], outages[3][first:last]
        top, count = solve(net, components, consumers, out, pool, slots, own, marks, harmed, until[one])
        if top == FULL:
            return one
        sum_up(levels, pool, slots, harmed, count, targets, since[one], until[one], one)
        total = totals[0][one : one + 1], totals[1][one : one + 1], totals[2][one : one + 1], totals[3][one : one + 1]
        rows = per_payment[0][one], per_payment[1][one], per_payment[2][one], per_payment[3][one]
        clear(total)
        clear(rows)
        top = follow(
            net,
            payments,
            pool,
            slots,
            scratch,
            since[one],
            until[one],
            top,
            (*total, totals[4][one : one + 1]),
            (*rows, per_payment[4][one]),
        )
        forget(slots, harmed, count)
        if top == FULL:
            return one
    return len(since)


@shared
def draw_endurances(net: Columns, step_minutes: Any, uncertain: Any, factors: Any, one: int) -> None:
    """The minutes of uncertain endurances as they are drawn for a scenario."""
    step_start, drawn = net[7], net[8]
    for place in range(len(uncertain)):
        for step in range(step_start[uncertain[place]], step_start[uncertain[place] + 1]):
            drawn[step] = round(step_minutes[step] * factors[one, place])


@shared
def sum_up(
    levels: Columns,
    pool: Columns,
    slots: Columns,
    harmed: Any,
    count: int,
    targets: Any,
    since: int,
    until: int,
    one: int,
) -> None:
    """Write the sums over a scenario's levels."""
    times, values = pool[0], pool[1]
    begin, size = slots
    lost, carried, below, at_zero = 0.0, 0.0, 0, 0
    for place in range(count):
        entity = harmed[place]
        own, lowest = lost_hours(times, values, begin[entity], size[entity], since, until)
        lost, carried = add(lost, carried, own)
        below += lowest < 1.0
        at_zero += lowest <= 0.0
    levels[0][one], levels[1][one], levels[2][one] = summed(lost, carried), below, at_zero
    for place in range(len(targets)):
        entity = targets[place]
        levels[3][one, place], _ = lost_hours(times, values, begin[entity], size[entity], since, until)


@shared
def clear(rows: Columns) -> None:
    """Nothing is late yet."""
    late, over, recipients, amount = rows
    late[:], over[:], recipients[:], amount[:] = 0, 0, 0, 0
