"""How uncertain the outcome is: the same outages with lengths and endurances drawn from their distributions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from beroenden.consequences.harm import Harm
from beroenden.consequences.lengths import factor_quantile, length_quantile
from beroenden.consequences.outcome import BranchImpact
from beroenden.consequences.runs import Plan, timetable
from beroenden.consequences.simulate import branch_impacts, planned_outages
from beroenden.engine.compiled import Compiled, compiled
from beroenden.engine.single import solve
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario

if TYPE_CHECKING:
    from numpy.random import Generator

Key = tuple[str, date]
"""A payment run: payment id and payment date."""
Drawn = dict[Key, tuple[BranchImpact, ...]]
"""The branches of the runs of one draw."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Outcomes of payment runs over many draws.

    Attributes:
        seed: What the draws were made from; the same seed gives the same draws.
        runs: For each draw, its runs.
    """

    seed: int
    runs: tuple[Drawn, ...]


def is_uncertain(network: Network, scenario: Scenario) -> bool:
    """Whether there is anything to draw: an outage of uncertain length, or an endurance with a spread."""
    return any(outage.length for outage in scenario.outages) or any(spread_needs(network))


def draw(
    network: Network, scenario: Scenario, payments: Sequence[str], count: int, seed: int, *, with_events: bool = False
) -> Draws:
    """Draw lengths and endurances and follow the payments.

    Lengths are drawn independently of each other; an outage that is still going on at the as-of time is drawn among the
    lengths that it has not yet passed.

    Args:
        network: The model.
        scenario: Its outages; those with a `length` are drawn.
        payments: Ids of the payments to follow.
        count: Number of draws.
        seed: Of the random generator.
        with_events: Also simulate the model's planned events.
    """
    from numpy.random import default_rng

    generator = default_rng(seed)
    table, net = timetable(network), compiled(network)
    plans = [
        plan for payment in payments for plan in table.runs(network.payment[payment], scenario.start, scenario.end)
    ]
    events = planned_outages(network, scenario.start, scenario.end) if with_events else []
    drawn = []
    for _ in range(count):
        outages = [*_lengths(scenario, generator), *events]
        levels = solve(_endurances(network, net, generator), outages, scenario.pins, scenario.end)
        drawn.append(_runs(plans, Harm(table, levels, outages, scenario.end), scenario.end))
    return Draws(seed, tuple(drawn))


def elapsed_at(outage: Outage, at: int | None) -> int:
    """Minutes that an outage has lasted by the as-of time."""
    return max(0, at - outage.start) if at is not None else 0


def _lengths(scenario: Scenario, generator: "Generator") -> Iterator[Outage]:
    for outage in scenario.outages:
        if outage.length is None:
            yield outage
        else:
            share = float(generator.random())
            minutes = length_quantile(outage.length, share, elapsed_at(outage, scenario.at))
            yield replace(outage, end=outage.start + minutes)


def spread_needs(network: Network) -> Iterator[tuple[str, int, Need]]:
    """Needs of entities whose endurance is uncertain by a factor."""
    for entity in network.entities:
        for index, need in enumerate(entity.needs):
            if need.spread is not None and need.spread != 1 and need.endurance:
                yield entity.id, index, need


def _endurances(network: Network, net: Compiled, generator: "Generator") -> Compiled:
    """The compiled network with the steps of each uncertain endurance multiplied by a drawn factor."""
    uncertain = list(spread_needs(network))
    if not uncertain:
        return net
    minutes = list(net.step_minutes)
    for entity, index, need in uncertain:
        factor = factor_quantile(need.spread or 1, float(generator.random()))
        number = net.need_start[net.number[entity]] + index
        for step in range(net.step_start[number], net.step_start[number + 1]):
            minutes[step] = round(minutes[step] * factor)
    return replace(net, step_minutes=minutes)


def _runs(plans: Sequence[Plan], harm: Harm, end: int) -> Drawn:
    return {(plan.payment.id, plan.day): branch_impacts(plan, harm, end)[1] for plan in plans}
