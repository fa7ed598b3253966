"""The payment runs of one scenario, as functions that numba compiles."""

from typing import Any

from beroenden.consequences.batch.calendar import Calendar
from beroenden.consequences.batch.payments import Chains, PaymentColumns, Runs
from beroenden.consequences.batch.stage import NEVER, UNBOUND, lowest, stage_completion
from beroenden.engine.batch.jit import shared
from beroenden.engine.batch.levels import add, summed
from beroenden.engine.kernel import Columns, need_signal
from beroenden.engine.operators import FULL

ALWAYS_ON = 1 << 60


@shared
def follow(
    net: Columns,
    payments: PaymentColumns,
    pool: Columns,
    slots: Columns,
    scratch: Columns,
    since: int,
    until: int,
    top: int,
    totals: Columns,
    per_payment: Columns,
) -> int:
    """Follow all runs that are planned to be complete on [since, until].

    Args:
        net, pool, slots: As `engine.kernel` names them; levels are solved up to `until`.
        scratch: By stage of a payment: where its capacity is in the pool (begin, size), and the last run of it (ready,
            completion).
        totals: Rows of one scenario of late, over max_delay, recipients, amount and recipient-hours; of one element.
        per_payment: The same by payment.

    Returns:
        Not less than 0, or FULL.
    """
    chains, runs, calendar = payments
    hours, carried = 0.0, 0.0
    for payment in range(len(chains.recipients)):
        after, harm_from, harm_to = capacities(net, chains, payment, pool, slots, scratch, until, top)
        if after == FULL:
            return FULL
        if harm_from == ALWAYS_ON:
            continue
        own_hours, own_carried = 0.0, 0.0
        for run in range(runs.run_start[payment], runs.run_start[payment + 1]):
            if not since <= runs.planned[run] <= until:
                continue
            if runs.planned[run] < harm_from or runs.opens[runs.opens_start[run]] >= harm_to:
                continue
            ended, late, over, share, delay = run_delays(
                chains, runs, calendar, payment, run, pool, slots, scratch, until, after
            )
            if ended == FULL:
                return FULL
            if late == 0:
                continue
            recipients, amount = round(chains.recipients[payment] * share), round(chains.amount[payment] * share)
            lost = chains.recipients[payment] * delay / 60
            own_hours, own_carried = add(own_hours, own_carried, lost)
            hours, carried = add(hours, carried, lost)
            count(per_payment, payment, over, recipients, amount)
            count(totals, 0, over, recipients, amount)
        per_payment[4][payment] = summed(own_hours, own_carried)
    totals[4][0] = summed(hours, carried)
    return top


@shared
def count(rows: Columns, place: int, over: int, recipients: int, amount: int) -> None:
    """Count a late run."""
    rows[0][place] += 1
    rows[1][place] += over
    rows[2][place] += recipients
    rows[3][place] += amount


@shared
def capacities(
    net: Columns, chains: Chains, payment: int, pool: Columns, slots: Columns, scratch: Columns, until: int, top: int
) -> tuple[int, int, int]:
    """The capacity of each stage of a payment, but for the recipient's bank.

    Returns:
        The new top (or FULL), and from when to when anything that the payment needs is below 1; ALWAYS_ON when nothing.
    """
    times, values = pool[0], pool[1]
    begin, size = slots
    harm_from, harm_to = ALWAYS_ON, -ALWAYS_ON
    first = chains.stage_start[payment]
    for stage in range(first, chains.stage_start[payment + 1]):
        held, held_size = top, 0
        for need in range(chains.need_first[stage], chains.need_last[stage]):
            after = need_signal(net, need, True, pool, slots, until, top)
            if after == FULL:
                return FULL, 0, 0
            if after == top:
                continue
            harm_from, harm_to = widened(harm_from, harm_to, times, values, top, after - top)
            if held_size == 0:
                held, held_size, top = top, after - top, after
                continue
            merged = lowest(times, values, held, held_size, top, after - top, after)
            if merged == FULL:
                return FULL, 0, 0
            held, held_size, top = after, merged - after, merged
        scratch[0][stage - first], scratch[1][stage - first] = held, held_size
        if chains.at_bank[stage] == 1:
            for branch in range(chains.branch_start[payment], chains.branch_start[payment + 1]):
                bank = chains.bank[branch]
                if bank != UNBOUND and size[bank] > 0:
                    harm_from, harm_to = widened(harm_from, harm_to, times, values, begin[bank], size[bank])
    return top, harm_from, harm_to


@shared
def widened(harm_from: int, harm_to: int, times: Any, values: Any, begin: int, size: int) -> tuple[int, int]:
    """A spell that also covers all times at which a function is below 1."""
    last = begin + size - 1
    to = times[last] if values[last] >= 1.0 else ALWAYS_ON
    return min(harm_from, times[begin]), max(harm_to, to)


@shared
def run_delays(
    chains: Chains,
    runs: Runs,
    calendar: Calendar,
    payment: int,
    run: int,
    pool: Columns,
    slots: Columns,
    scratch: Columns,
    until: int,
    top: int,
) -> tuple[int, int, int, float, float]:
    """How late the branches of a run are.

    Returns:
        FULL or not; late branches; 1 if any is over max_delay, else 0; share of the late; sum of share times minutes.
    """
    first = chains.branch_start[payment]
    for stage in range(chains.stage_start[payment + 1] - chains.stage_start[payment]):
        scratch[2][stage] = NEVER
    late, over = 0, 0
    share, share_carried, delay, delay_carried = 0.0, 0.0, 0.0, 0.0
    for branch in range(first, chains.branch_start[payment + 1]):
        completed = branch_completion(chains, runs, calendar, payment, run, branch, pool, slots, scratch, until, top)
        if completed == FULL:
            return FULL, 0, 0, 0.0, 0.0
        planned = runs.completed[runs.branch_start[run] + branch - first]
        minutes = (until if completed == NEVER else completed) - planned
        if completed != NEVER and minutes <= 0:
            continue
        late += 1
        if chains.max_delay[payment] != UNBOUND and minutes > chains.max_delay[payment]:
            over = 1
        share, share_carried = add(share, share_carried, chains.share[branch])
        delay, delay_carried = add(delay, delay_carried, chains.share[branch] * minutes)
    return top, late, over, summed(share, share_carried), summed(delay, delay_carried)


@shared
def branch_completion(
    chains: Chains,
    runs: Runs,
    calendar: Calendar,
    payment: int,
    run: int,
    branch: int,
    pool: Columns,
    slots: Columns,
    scratch: Columns,
    until: int,
    top: int,
) -> int:
    """When a branch is complete, NEVER or FULL; stages that nothing touches are as they were planned."""
    times, values = pool[0], pool[1]
    first, last = chains.stage_start[payment], chains.stage_start[payment + 1]
    opens, cell = runs.opens_start[run], runs.cell_start[run]
    cell += (branch - chains.branch_start[payment]) * (last - first)
    reached: int = runs.opens[opens]
    for place in range(last - first):
        stage = first + place
        if runs.completion[cell + place] == NEVER:
            continue
        ready = max(reached, runs.opens[opens + place])
        begin, size = scratch[0][place], scratch[1][place]
        bank = chains.bank[branch] if chains.at_bank[stage] == 1 else UNBOUND
        if bank != UNBOUND and slots[1][bank] == 0:
            bank = UNBOUND
        if size == 0 and bank == UNBOUND and ready == runs.ready[cell + place]:
            reached = runs.completion[cell + place]
            continue
        if bank == UNBOUND and scratch[2][place] == ready:  # as for the branch before
            reached = scratch[3][place]
        else:
            if bank != UNBOUND:
                after = lowest(times, values, begin, size, slots[0][bank], slots[1][bank], top)
                if after == FULL:
                    return FULL
                begin, size = top, after - top
            rows = chains.duration[stage], chains.cutoff[stage], chains.lead[stage], chains.window[stage]
            keys = chains.release[chains.release_start[stage] : chains.release_start[stage + 1]]
            reached = stage_completion(rows, keys, calendar, times, values, begin, size, ready, until)
            if bank == UNBOUND:
                scratch[2][place], scratch[3][place] = ready, reached
        if reached == NEVER:
            return NEVER
    return reached
