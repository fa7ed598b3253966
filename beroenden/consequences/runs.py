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
    """A run without any outage; `planned` is the last of its branches, None when it never completes."""

    payment: Payment
    day: date
    branches: tuple[Branch, ...]
    planned: int | None


def _no_harm(stage: int, bank: str | None) -> list[Steps]:
    return []


@dataclass(slots=True)
class Timetable:
    """Planned runs of one network, each worked out once."""

    network: Network
    clock: Clock
    _plans: dict[tuple[str, date], Plan] = field(default_factory=dict)

    def runs(self, payment: Payment, start: int, end: int) -> list[Plan]:
        """The runs of a payment whose planned completion lies in [start, end]."""
        reach = timedelta(days=_days_around(payment))
        first = date.fromordinal(self.clock.day(start)) - reach
        last = date.fromordinal(self.clock.day(end)) + reach
        plans = [self.plan(payment, day) for day in payment_dates(payment, first, last)]
        return [plan for plan in plans if plan.planned is not None and start <= plan.planned <= end]

    def plan(self, payment: Payment, day: date) -> Plan:
        """The run of a payment date without any outage."""
        found = self._plans.get((payment.id, day))
        if found is None:
            until = self.clock.midnight(day.toordinal()) + _LONGEST_PLAN
            banks = self.network.accounts_of(payment)
            runner = _Runner(self, payment, day, _no_harm, until, None)
            branches = tuple(runner.branch(index, bank, share) for index, (bank, share) in enumerate(banks))
            completed = [branch.completed for branch in branches]
            planned = None if None in completed else max(one for one in completed if one is not None)
            found = self._plans[payment.id, day] = Plan(payment, day, branches, planned)
        return found

    def branches(self, plan: Plan, signals: Signals, until: int) -> "_Runner":
        """What runs the branches of a planned run under some harm, one at a time."""
        return _Runner(self, plan.payment, plan.day, signals, until, plan)


def _days_around(payment: Payment) -> int:
    """Days by which a run's completion can lie from its payment date, generously."""
    days = 31
    for stage in payment.stages:
        days += 2 * stage.lead + stage.duration // 240
        if stage.opens:
            days += 2 * abs(stage.opens.bank_days or stage.opens.days or 0)
    return days


_TIMETABLES: "WeakKeyDictionary[Network, Timetable]" = WeakKeyDictionary()


def timetable(network: Network) -> Timetable:
    """The planned runs of a network."""
    found = _TIMETABLES.get(network)
    if found is None:
        found = _TIMETABLES[network] = Timetable(network, Clock(time_zone(network.timezone)))
    return found


class _Runner:
    """Runs the branches of one payment date; stages that several branches share are run once."""

    def __init__(
        self, table: Timetable, payment: Payment, day: date, signals: Signals, until: int, plan: Plan | None
    ) -> None:
        self._network, self._clock = table.network, table.clock
        self._payment, self._day = payment, day.toordinal()
        self._signals, self._until, self._plan = signals, until, plan
        self._known: dict[tuple[int, int, str | None], StageTimes] = {}

    def branch(self, index: int, bank: str | None, share: float) -> Branch:
        """The branch of one bank; `index` is its place in the plan."""
        planned = self._plan.branches[index].stages if self._plan else ()
        times: list[StageTimes | None] = []
        first = self._payment.stages[0].opens
        reached: int | None = opening(first, self._day, self._clock) if first else None
        for place, stage in enumerate(self._payment.stages):
            is_skipped = stage.interbank and bank is not None and bank == self._payment.paying_bank
            if is_skipped or reached is None:
                times.append(None)
                continue
            ready = max(reached, opening(stage.opens, self._day, self._clock)) if stage.opens else reached
            run = self._stage(
                place, ready, bank if stage.at_recipient_bank else None, planned[place] if planned else None
            )
            times.append(run)
            reached = run.completion
        return Branch(bank, share, tuple(times), reached)

    def _stage(self, place: int, ready: int, bank: str | None, planned: StageTimes | None) -> StageTimes:
        signals = self._signals(place, bank)
        if not signals and planned is not None and planned.ready == ready:
            return (
                planned if planned.completion is not None and planned.completion <= self._until else self._past(planned)
            )
        known = self._known.get((place, ready, bank))
        if known is None:
            stage = self._payment.stages[place]
            window = self._network.window[stage.window] if stage.window else None
            known = stage_times(stage, window, ready, signals, self._clock, self._until)
            self._known[place, ready, bank] = known
        return known

    @staticmethod
    def _past(planned: StageTimes) -> StageTimes:
        return StageTimes(planned.ready, planned.start, None, None)
