"""What makes a payment late: what its paths end at, and each outage that would do so by itself."""

from dataclasses import replace
from functools import lru_cache

from beroenden.consequences.outcome import Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario

Runs = dict[tuple[str, str], int | None]
"""The latest recoveries of late runs, by (id, date in ISO 8601)."""


def causes(outcome: Outcome, run: RunImpact) -> tuple[str, ...]:
    """Ids of what makes a late run late: the ends of its paths first, then each other outage that does so by itself.

    A path ends at what is out, also where that would have failed for another outage behind it: who knows of either knows that
    the payment comes late.
    """
    alone = _late_alone(outcome.network, outcome.scenario)
    by_itself = (one for one, late in alone if run.key in late)
    return tuple(dict.fromkeys((*run.blocked_by, *by_itself)))


def decided_by(outcome: Outcome, run: RunImpact) -> tuple[str, ...]:
    """Those of what makes a late run late that its latest recovery comes of: who knows only of the others has another.

    An outage that alone would leave more time than the first of them, and than all together, is none of them.
    """
    alone = {one: late.get(run.key) for one, late in _late_alone(outcome.network, outcome.scenario)}
    by = {one: at for one, at in alone.items() if at is not None}
    of = causes(outcome, run)
    first = max(min(by.values(), default=0), run.latest_recovery or 0)
    return tuple(one for one in of if by.get(one, first) <= first)


@lru_cache(maxsize=1)
def _late_alone(network: Network, scenario: Scenario) -> tuple[tuple[str, Runs], ...]:
    """By subject of outages, the runs that those alone make late, beside the levels that are held."""
    held = _late(network, scenario, ())
    subjects = dict.fromkeys(one.subject for one in scenario.outages)
    of_each = ((one, tuple(out for out in scenario.outages if out.subject == one)) for one in subjects)
    late = ((one, _late(network, scenario, outages)) for one, outages in of_each)
    return tuple((one, {run: at for run, at in found.items() if run not in held}) for one, found in late)


def _late(network: Network, scenario: Scenario, outages: tuple[Outage, ...]) -> Runs:
    """The runs that are late where of a scenario only some outages occur, within the time that it looks at."""
    alone = replace(scenario, outages=outages, since=scenario.start)
    return {run.key: run.latest_recovery for run in simulate_scenario(network, alone).late_runs}
