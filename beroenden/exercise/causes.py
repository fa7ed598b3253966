"""What makes a payment late, and until when that must be over: what its paths end at, and each outage that would do so by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from beroenden.consequences.outcome import Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario

Run = tuple[str, str]
"""Which run it is: the payment's id and the day in ISO 8601."""


@dataclass(frozen=True, slots=True)
class FirstLate:
    """A late run as it is once enough has begun to make it late, nothing of what is still to come counted.

    Attributes:
        scenario: What has begun then, with the minute after as its as-of time.
        run: The run under that.
    """

    scenario: Scenario
    run: RunImpact

    @property
    def since(self) -> int:
        """When the last that it took to make it late began."""
        return max((one.start for one in self.scenario.outages), default=self.scenario.start)

    @property
    def deadline(self) -> int | None:
        """Until when what has begun must be over for the run to come in time; None where it is too late at once."""
        return self.run.latest_recovery


@dataclass(frozen=True, slots=True)
class Later:
    """What begins once a run is late already, and makes it late where what had begun is over by its deadline.

    Attributes:
        of: Ids of what is out.
        by: Until when that must be over for the run to come in time; None where it is too late at once.
    """

    of: tuple[str, ...]
    by: int | None


def to_be_over(outcome: Outcome, runs: Iterable[RunImpact]) -> tuple[str, ...]:
    """Ids of what the deadlines of some late runs are of: what holds them up, and what is out beside it that could stand in for it."""
    found: dict[str, None] = {}
    for first in (first_late(outcome, run) for run in runs):
        out = {one.entity for one in first.scenario.outages}
        for cause in (one for one in first.run.blocked_by if one in out):
            found[cause] = None
            needs = (need for _, _, need in outcome.network.consumers[cause] if need.form == "any_of")
            found |= {one: None for need in needs for one in need.providers if one in out}
    return tuple(found)


def first_late(outcome: Outcome, run: RunImpact) -> FirstLate:
    """A late run as it is once enough has begun to make it late."""
    found = _first_late(outcome.network, outcome.scenario).get(run.key)
    return FirstLate(outcome.scenario, run) if found is None else found


def late_anyway(outcome: Outcome, runs: Iterable[RunImpact]) -> dict[Later, list[RunImpact]]:
    """The runs that are late all the same where their deadlines are met, by what begins later and makes them late."""
    found: dict[Later, list[RunImpact]] = {}
    for run in runs:
        first = first_late(outcome, run)
        if first.deadline is not None:
            late = _late_after(outcome.network, outcome.scenario, first.since, first.deadline)
            if run.key in late:
                found.setdefault(late[run.key], []).append(run)
    return found


def causes(outcome: Outcome, run: RunImpact) -> tuple[str, ...]:
    """Ids of what makes a late run late: the ends of its paths first, then each other outage that does so by itself.

    A path ends at what is out, also where that would have failed for another outage behind it: who knows of either knows that
    the payment comes late.
    """
    alone = _late_alone(outcome.network, outcome.scenario)
    by_itself = (one for one, late in alone if run.key in late)
    return tuple(dict.fromkeys((*run.blocked_by, *by_itself)))


def having_a_part(outcome: Outcome, run: RunImpact) -> tuple[str, ...]:
    """Ids of all whose outages have a part in a late run: that make it late, or have to be over by its deadline."""
    return tuple(dict.fromkeys((*causes(outcome, run), *to_be_over(outcome, (run,)))))


def decided_by(outcome: Outcome, run: RunImpact) -> tuple[str, ...]:
    """Those of what makes a late run late that its deadline comes of: who knows only of the others has another.

    An outage that alone would leave more time than the first of them, and than all together, is none of them.
    """
    then = first_late(outcome, run)
    alone = {one: late[run.key] for one, late in _late_alone(outcome.network, then.scenario) if run.key in late}
    by = {one: at for one, at in alone.items() if at is not None}
    first = max(min(by.values(), default=0), then.deadline or 0)
    return tuple(one for one in dict.fromkeys((*then.run.blocked_by, *alone)) if by.get(one, first) <= first)


@lru_cache(maxsize=1)
def _first_late(network: Network, scenario: Scenario) -> dict[Run, FirstLate]:
    """Each late run as it is after the first outages that make it late."""
    found: dict[Run, FirstLate] = {}
    for begun in sorted({one.start for one in scenario.outages}):
        known = _only(scenario, [one for one in scenario.outages if one.start <= begun])
        then = replace(known, at=begun + 1)
        for run in simulate_scenario(network, then).late_runs:
            found.setdefault(run.key, FirstLate(then, run))
    return found


@lru_cache(maxsize=32)
def _late_after(network: Network, scenario: Scenario, since: int, deadline: int) -> dict[Run, Later]:
    """The runs that are late where what has begun by an instant is over by a deadline, and of what begins later what makes them so."""
    before = [_over_by(one, deadline) for one in scenario.outages if one.start <= since]
    later = [one for one in scenario.outages if one.start > since]
    subjects = {one.subject for one in later}
    late = simulate_scenario(network, _only(scenario, (*before, *later))).late_runs
    by = {run.key: run.latest_recovery for run in late}
    alone = {run: at for run, at in _late(network, _only(scenario, later)).items() if run in by and at is not None}
    for at in set(alone.values()):  # what is over by the first deadline is so: only what begins later may last longer
        over = [_over_by(one, at) for one in later if one.start < at]
        still = _late(network, _only(scenario, (*before, *over)))
        by |= {run: at for run, until in alone.items() if until == at and run not in still}
    of = {run.key: tuple(one for one in run.blocked_by if one in subjects) or run.blocked_by for run in late}
    return {run: Later(of[run], at) for run, at in by.items()}


def _over_by(outage: Outage, deadline: int) -> Outage:
    return replace(outage, end=deadline if outage.end is None else min(outage.end, deadline), length=None)


@lru_cache(maxsize=8)
def _late_alone(network: Network, scenario: Scenario) -> tuple[tuple[str, dict[Run, int | None]], ...]:
    """By subject of outages, the latest recoveries of the runs that those alone make late, beside the levels that are held."""
    held = _late(network, _only(scenario, ()))
    subjects = dict.fromkeys(one.subject for one in scenario.outages)
    of_each = ((one, [out for out in scenario.outages if out.subject == one]) for one in subjects)
    late = ((one, _late(network, _only(scenario, outages))) for one, outages in of_each)
    return tuple((one, {run: at for run, at in found.items() if run not in held}) for one, found in late)


def _only(scenario: Scenario, outages: Sequence[Outage]) -> Scenario:
    """A scenario with some of its outages, within the time that it looks at."""
    return replace(scenario, outages=tuple(outages), since=scenario.start)


def _late(network: Network, scenario: Scenario) -> dict[Run, int | None]:
    """The latest recoveries of the runs that are late."""
    return {run.key: run.latest_recovery for run in simulate_scenario(network, scenario).late_runs}
