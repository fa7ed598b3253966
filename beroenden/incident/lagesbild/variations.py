"""The same outcome with something else supposed: simulated once, whichever actors ask."""

from dataclasses import replace
from functools import lru_cache

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.sharing.redaction import without_withheld


def varied(outcome: Outcome, *, scenario: Scenario | None = None, network: Network | None = None) -> Outcome:
    """What comes of another scenario or another model, planned events simulated if they were in the outcome."""
    return _simulated(network or outcome.network, scenario or outcome.scenario, outcome.with_events)


def ended_at(scenario: Scenario, time: int) -> Scenario:
    """The scenario with all that is out over by a time; what would begin then or later does not."""
    begun = (outage for outage in scenario.outages if outage.start < time)
    ended = (one if one.end is not None and one.end <= time else replace(one, end=time, length=None) for one in begun)
    return replace(scenario, outages=tuple(ended), since=scenario.start)


def level_in(outcome: Outcome, scenario: Scenario, entity: str, time: int) -> float:
    """The level of an entity at a time in another scenario; whole before that begins."""
    other = varied(outcome, scenario=scenario)
    return other.level_at(entity, time) if time >= other.start else 1.0


@lru_cache(maxsize=128)
def _simulated(network: Network, scenario: Scenario, with_events: bool) -> Outcome:
    return without_withheld(simulate_scenario(network, scenario, with_events=with_events))
