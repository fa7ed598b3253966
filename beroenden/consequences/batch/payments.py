"""Payments and their planned runs as arrays."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from beroenden.consequences.batch.calendar import Calendar, calendar_of
from beroenden.consequences.batch.stage import NEVER, UNBOUND
from beroenden.consequences.runs import Plan, Timetable
from beroenden.engine.batch.arrays import FloatColumn, IntColumn, floats, ints
from beroenden.model.payments import Payment, Stage


class Chains(NamedTuple):
    """The stages and branches of payments, in the actors' common order; needs and banks by number.

    What belongs to payment p stands from `x_start[p]` to `x_start[p + 1]`.

    Attributes:
        stage_start, branch_start: By payment.
        recipients, amount: Recipients and SEK a run; 0 where it is unknown.
        max_delay: Minutes; UNBOUND where it is unknown.
        need_first, need_last: By stage.
        duration, lead: By stage.
        cutoff, window: By stage, their row in the calendar, or UNBOUND.
        at_bank: By stage, 1 where it needs the recipient's own bank.
        release_start, release: By stage, the rows of its releases in the calendar.
        bank: By branch, or UNBOUND.
        share: By branch.
    """

    stage_start: IntColumn
    branch_start: IntColumn
    recipients: FloatColumn
    amount: FloatColumn
    max_delay: IntColumn
    need_first: IntColumn
    need_last: IntColumn
    duration: IntColumn
    lead: IntColumn
    cutoff: IntColumn
    window: IntColumn
    at_bank: IntColumn
    release_start: IntColumn
    release: IntColumn
    bank: IntColumn
    share: FloatColumn


class Runs(NamedTuple):
    """Planned runs, payment by payment, in the order of their dates.

    Attributes:
        run_start: (payments + 1,) the runs of each payment.
        planned: By run, completion of the last of its branches.
        cell_start: By run, its first cell; branch by branch and stage by stage.
        opens_start: By run, its first opening.
        opens: By run and stage, the instant at which it opens, or NEVER.
        ready, completion: By cell, the stage as planned; NEVER where the branch skips it.
        branch_start: By run, its first branch.
        completed: By run and branch, as planned.
    """

    run_start: IntColumn
    planned: IntColumn
    opens_start: IntColumn
    opens: IntColumn
    cell_start: IntColumn
    ready: IntColumn
    completion: IntColumn
    branch_start: IntColumn
    completed: IntColumn


class PaymentColumns(NamedTuple):
    """Everything that the kernel needs to follow the payments over a span of time."""

    chains: Chains
    runs: Runs
    calendar: Calendar


def payment_columns(
    table: Timetable,
    payments: Sequence[Payment],
    stage_need: dict[tuple[str, int], int],
    number: dict[str, int],
    since: int,
    until: int,
) -> PaymentColumns:
    """The columns of some payments for scenarios within [since, until].

    Args:
        table: Where the planned runs and the clock are.
        payments: In the order in which results come.
        stage_need: First need of each stage, by (payment id, index of the stage).
        number: Numbers of the banks.
        since, until: Instants; runs whose planned completion lies between them are held.
    """
    stages = [stage for payment in payments for stage in payment.stages]
    minutes = sorted({minute for stage in stages for minute in _minutes(stage)})
    windows = sorted({stage.window for stage in stages if stage.window})
    plans = [table.runs(payment, since, until) for payment in payments]
    clock, network = table.clock, table.network
    begun = min([since, *(plan.opens[0] or since for one in plans for plan in one)])
    last = clock.day(until) + 14 + 3 * max((stage.lead for stage in stages), default=0)
    return PaymentColumns(
        chains=_chains(table, payments, minutes, windows, stage_need, number),
        runs=_runs(plans),
        calendar=calendar_of(
            clock, clock.day(begun) - 2, last, minutes, [network.window[window] for window in windows]
        ),
    )


def _minutes(stage: Stage) -> list[int]:
    return [*stage.release, *([] if stage.cutoff is None else [stage.cutoff])]


def _chains(
    table: Timetable,
    payments: Sequence[Payment],
    minutes: list[int],
    windows: list[str],
    stage_need: dict[tuple[str, int], int],
    number: dict[str, int],
) -> Chains:
    keys = {minute: row for row, minute in enumerate(minutes)}
    stages = [(payment, place, stage) for payment in payments for place, stage in enumerate(payment.stages)]
    branches = [table.network.accounts_of(payment) for payment in payments]
    first = [stage_need[payment.id, place] for payment, place, _ in stages]
    return Chains(
        stage_start=_starts(len(payment.stages) for payment in payments),
        branch_start=_starts(len(one) for one in branches),
        recipients=floats([payment.count or 0 for payment in payments]),
        amount=floats([payment.amount or 0 for payment in payments]),
        max_delay=ints([UNBOUND if payment.max_delay is None else payment.max_delay for payment in payments]),
        need_first=ints(first),
        need_last=ints([need + len(stage.needs) for need, (_, _, stage) in zip(first, stages, strict=True)]),
        duration=ints([stage.duration for _, _, stage in stages]),
        lead=ints([stage.lead for _, _, stage in stages]),
        cutoff=ints([UNBOUND if stage.cutoff is None else keys[stage.cutoff] for _, _, stage in stages]),
        window=ints([windows.index(stage.window) if stage.window else UNBOUND for _, _, stage in stages]),
        at_bank=ints([stage.at_recipient_bank for _, _, stage in stages]),
        release_start=_starts(len(stage.release) for _, _, stage in stages),
        release=ints([keys[minute] for _, _, stage in stages for minute in sorted(stage.release)]),
        bank=ints([UNBOUND if bank is None else number[bank] for one in branches for bank, _ in one]),
        share=floats([share for one in branches for _, share in one]),
    )


def _runs(plans: Sequence[Sequence[Plan]]) -> Runs:
    flat = [plan for one in plans for plan in one]
    cells = [times for plan in flat for branch in plan.branches for times in branch.stages]
    return Runs(
        run_start=_starts(len(one) for one in plans),
        planned=_instants(plan.planned for plan in flat),
        opens_start=_starts(len(plan.opens) for plan in flat),
        opens=_instants(opened for plan in flat for opened in plan.opens),
        cell_start=_starts(len(plan.branches) * len(plan.opens) for plan in flat),
        ready=_instants(times.ready if times else None for times in cells),
        completion=_instants(times.completion if times else None for times in cells),
        branch_start=_starts(len(plan.branches) for plan in flat),
        completed=_instants(branch.completed for plan in flat for branch in plan.branches),
    )


def _instants(values: Iterable[int | None]) -> IntColumn:
    return ints([NEVER if value is None else value for value in values])


def _starts(sizes: Iterable[int]) -> IntColumn:
    return np.concatenate([ints([0]), np.cumsum(ints(list(sizes)))])
