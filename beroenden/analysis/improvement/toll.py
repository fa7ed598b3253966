"""What a scenario costs, in numbers that can be set against each other."""

from dataclasses import dataclass
from datetime import date

from beroenden.consequences.harm import Harm
from beroenden.consequences.outcome import BranchImpact, part_of
from beroenden.consequences.runs import timetable
from beroenden.consequences.simulate import planned_outages
from beroenden.engine.compiled import compiled
from beroenden.engine.single import Levels, solve
from beroenden.model.network import Network
from beroenden.model.payments import Payment, is_unknown
from beroenden.model.scenario import Outage, Scenario

Due = dict[tuple[str, date], dict[str | None, int]]
"""When each branch of a run should be complete, by (payment, payment date) and bank."""


@dataclass(frozen=True, slots=True)
class Toll:
    """The consequences of a scenario, or of a mean year, in numbers; payments of unknown size add nothing to those.

    Attributes:
        payouts: Payouts that come late.
        amount: SEK that come late.
        recipient_hours: Hours of delay over all late payouts; what is not completed counts to the end.
        over_max_delay: Runs later than is tolerable.
        level_hours: Hours of lost level, over all entities.
    """

    payouts: float
    amount: float
    recipient_hours: float
    over_max_delay: float
    level_hours: float


MEASURES = ("recipient_hours", "amount", "payouts", "over_max_delay", "level_hours")


@dataclass(frozen=True)
class Weighed:
    """A scenario on a network, with what it does."""

    toll: Toll
    levels: Levels
    late: frozenset[str]


def uncounted(network: Network, late: frozenset[str], measure: str) -> tuple[str, ...]:
    """Ids of the late payments that add nothing to a measure, since the model lacks their size; in the actors' order."""
    return tuple(one.id for one in network.by_priority() if one.id in late and is_unknown(one, measure))


def due_of(network: Network, scenario: Scenario) -> Due:
    """When the runs of a scenario's time should be complete, as the model stands."""
    table = timetable(network)
    plans = [plan for payment in network.payments for plan in table.runs(payment, scenario.start, scenario.end)]
    return {
        (plan.payment.id, plan.day): {branch.bank: branch.completed or scenario.end for branch in plan.branches}
        for plan in plans
    }


def weigh(network: Network, scenario: Scenario, due: Due, *, with_events: bool) -> Weighed:
    """What a scenario does to a network.

    Args:
        due: When payments should be complete: as the model stood before any change, so that a payment which is planned
            earlier than before is not late for being as late as before.
    """
    end = scenario.end
    events = planned_outages(network, scenario.start, end) if with_events else []
    outages = (*scenario.outages, *events)
    levels = solve(compiled(network), outages, scenario.pins, end)
    runs = _late_branches(network, levels, outages, due, end)
    toll = Toll(
        payouts=sum(part_of(payment.count, late) or 0 for payment, late in runs),
        amount=sum(part_of(payment.amount, late) or 0 for payment, late in runs),
        recipient_hours=sum(_hours(payment, late, end) for payment, late in runs),
        over_max_delay=sum(_is_over(payment, late, end) for payment, late in runs),
        level_hours=_level_hours(levels, scenario.start, end),
    )
    return Weighed(toll, levels, frozenset(payment.id for payment, _ in runs))


def _late_branches(
    network: Network, levels: Levels, outages: tuple[Outage, ...], due: Due, end: int
) -> list[tuple[Payment, list[BranchImpact]]]:
    """Each late run's payment with its late branches."""
    table = timetable(network)
    harm = Harm(table, levels, outages, end)
    found = []
    for (payment, day), planned in due.items():
        plan = table.plan(network.payment[payment], day)
        last = max(planned.values(), default=end)
        branches = [
            BranchImpact(one.bank, one.share, planned.get(one.bank, last), one.completed) for one in harm.branches(plan)
        ]
        late = [branch for branch in branches if branch.is_late]
        if late:
            found.append((plan.payment, late))
    return found


def _hours(payment: Payment, late: list[BranchImpact], end: int) -> float:
    return (payment.count or 0) * sum(branch.share * branch.delay_until(end) for branch in late) / 60


def _is_over(payment: Payment, late: list[BranchImpact], end: int) -> bool:
    most = payment.max_delay
    return most is not None and any(branch.delay_until(end) > most for branch in late)


def _level_hours(levels: Levels, start: int, end: int) -> float:
    return sum(
        (1 - level) * (to - since) / 60
        for steps in levels.by_number.values()
        for since, to, level in steps.pieces(start, end)
    )
