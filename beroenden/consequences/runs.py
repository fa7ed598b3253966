"""Runs of a payment: planned, and as they turn out under an outage."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from weakref import WeakKeyDictionary

from beroenden.consequences.dates import payment_dates
from beroenden.consequences.stages import StageTimes, opening, stage_times
from beroenden.engine.steps import Steps
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.units.durations import DAY
from beroenden.units.times import Clock, time_zone

_LONGEST_PLAN = 400 * DAY

Signals = Callable[[int, str | None], list[Steps]]
"""Levels of the needs of a stage (its index, the recipient's bank where it counts) that are below 1 at some time."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The part of a run whose recipients have their accounts in one bank.

    Attributes:
        stages: Times of each stage; None where the branch skips it.
        completed: Instant of the last stage's completion; None when past the time looked at.
    """

    bank: str | None
    share: float
    stages: tuple[StageTimes | None, ...]
    completed: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A run without any outage.

    Attributes:
        opens: Instant at which each stage opens; None where it follows the stage before.
        planned: Completion of the last of its branches; None when it never completes.
    """

    payment: Payment
    day: date
    opens: tuple[int | None, ...]
    branches: tuple[Branch, ...]
    planned: int | None


@dataclass(slots=True)
class Timetable:
    """Planned runs of one network, each worked out once."""

    network: Network
    clock: Clock
    _plans: dict[tuple[str, date], Plan] = field(default_factory=dict)

    def runs(self, payment: Payment, start: int, end: int) -> list[Plan]:
        """The runs of a payment whose planned completion lies in [start, end]."""
        reach = timedelta(days=days_around(payment))
        first = date.fromordinal(self.clock.day(start)) - reach
        last = date.fromordinal(self.clock.day(end)) + reach
        plans = [self.plan(payment, day) for day in payment_dates(payment, first, last)]
        return [plan for plan in plans if plan.planned is not None and start <= plan.planned <= end]

    def plan(self, payment: Payment, day: date) -> Plan:
        """The run of a payment date without any outage."""
        found = self._plans.get((payment.id, day))
        if found is None:
            found = self._plans[payment.id, day] = self._plan(payment, day)
        return found

    def _plan(self, payment: Payment, day: date) -> Plan:
        ordinal = day.toordinal()
        opens = tuple(
            None if stage.opens is None else opening(stage.opens, ordinal, self.clock) for stage in payment.stages
        )
        unplanned = Plan(payment, day, opens, (), None)
        run = Run(self, unplanned, lambda stage, bank: [], self.clock.midnight(ordinal) + _LONGEST_PLAN)
        branches = tuple(run.branch(bank, share) for bank, share in self.network.accounts_of(payment))
        completed = [branch.completed for branch in branches]
        planned = None if None in completed else max(one for one in completed if one is not None)
        return Plan(payment, day, opens, branches, planned)


def days_around(payment: Payment) -> int:
    """Days by which a run's completion can lie from its payment date, generously."""
    days = 31
    for stage in payment.stages:
        days += 2 * stage.lead + stage.duration // 240
        if stage.opens:
            days += 2 * abs(stage.opens.bank_days or stage.opens.days or 0)
    return min(days, _LONGEST_PLAN // DAY + 366)  # a run that takes longer is never complete


_TIMETABLES: "WeakKeyDictionary[Network, Timetable]" = WeakKeyDictionary()


def timetable(network: Network) -> Timetable:
    """The planned runs of a network."""
    found = _TIMETABLES.get(network)
    if found is None:
        found = _TIMETABLES[network] = Timetable(network, Clock(time_zone(network.timezone)))
    return found


def share_plans(network: Network, before: Network) -> None:
    """Let a network that was made from another take over the planned runs of the payments that are the same in both."""
    same = {payment.id for payment in network.payments if before.payment.get(payment.id) is payment}
    known = timetable(before)._plans
    timetable(network)._plans.update({key: plan for key, plan in known.items() if key[0] in same})


class Run:
    """Runs the branches of one payment date, planned or under harm; what several branches share is run once.

    Args:
        table: Where the clock and the opening hours are.
        plan: The run without harm; without branches while it is being planned.
        signals: The harm to each stage.
        until: Last instant that counts.
    """

    def __init__(self, table: Timetable, plan: Plan, signals: Signals, until: int) -> None:
        self._network, self._clock, self._plan = table.network, table.clock, plan
        self._signals, self._until = signals, until
        self._known: dict[tuple[int, int, str | None], StageTimes] = {}

    def branch(self, bank: str | None, share: float, planned: Branch | None = None) -> Branch:
        """One branch; stages that nothing touches are as they were planned."""
        payment, opens = self._plan.payment, self._plan.opens
        times: list[StageTimes | None] = []
        reached = opens[0]
        for place, stage in enumerate(payment.stages):
            is_skipped = stage.interbank and bank is not None and bank == payment.paying_bank
            if is_skipped or reached is None:
                times.append(None)
                continue
            opened = opens[place]
            ready = reached if opened is None or opened < reached else opened
            own_bank = bank if stage.at_recipient_bank else None
            signals = self._signals(place, own_bank)
            before = planned.stages[place] if planned else None
            if before is not None and not signals and before.ready == ready:
                run = before
            else:
                run = self._stage(place, ready, own_bank, signals)
            times.append(run)
            reached = run.completion
        return Branch(bank, share, tuple(times), reached)

    def _stage(self, place: int, ready: int, bank: str | None, signals: list[Steps]) -> StageTimes:
        known = self._known.get((place, ready, bank))
        if known is None:
            stage = self._plan.payment.stages[place]
            known = stage_times(stage, self._network.window_of(stage), ready, signals, self._clock, self._until)
            self._known[place, ready, bank] = known
        return known
