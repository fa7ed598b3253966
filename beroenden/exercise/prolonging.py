"""What the exercise tells that is not so where the game control lets the last outage last longer, and when it is so instead."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject
from beroenden.exercise.noticed import direct_provider, faults_of
from beroenden.incident.lagesbild.actors import OwnRun, last_of, own_branches
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import DAY

_SAME = 1e-9


def prolonged(scenario: Scenario, end: int) -> Scenario:
    """The scenario, where the outages that end at an instant last twice as long, and at least half a day longer."""
    return replace(scenario, outages=tuple(twice(one) if one.end == end else one for one in scenario.outages))


def twice(outage: Outage) -> Outage:
    """The outage, twice as long and at least half a day longer."""
    if outage.end is None:
        return outage
    return replace(outage, end=outage.end + max(outage.end - outage.start, DAY // 2), length=None)


def overtaken(exercise: Exercise, network: Network, end: int) -> list[tuple[Inject, int | None]]:
    """The injects to any player, in reserve or not, that are not true where what ends at an instant lasts longer.

    Each with when it is so then; None: not within the time that is looked at.
    """
    outcome = simulate_scenario(network, prolonged(exercise.scenario, end))
    found = [
        (one, _first_so(outcome, one.evidence, one.to))
        for one in exercise.injects
        if one.to != CONTROL and one.time >= end and one.evidence and _tells_of_working(one.evidence)
    ]
    return [(one, at) for one, at in found if at is None or (one.evidence and at > one.evidence.at)]


def says_longer(one: Inject) -> bool:
    """Whether it tells that a disturbance lasts longer than planned."""
    return one.evidence is not None and one.evidence.event == "longer"


def as_long(exercise: Exercise, longer: Inject) -> list[Inject]:
    """What tells the other players of the same disturbance that it lasts longer."""
    return [one for one in exercise.injects if says_longer(one) and one.to != longer.to and _end(one) == _end(longer)]


def _end(longer: Inject) -> int | None:
    """When the disturbance was to end that something tells to last longer."""
    return longer.evidence.at if longer.evidence else None


def _tells_of_working(found: Evidence) -> bool:
    """Whether it tells that something works again or better, that the money has come, or what works now though too late."""
    if found.event in ("stage", "cutoff"):
        return bool(found.level)
    return found.event in ("restored", "completed") or (found.event == "level" and not found.path)


def _first_so(outcome: Outcome, found: Evidence, reader: str) -> int | None:
    """From when on what an inject tells is so in an outcome, at its time or after; None: never."""
    if found.event == "completed":
        ends = [last_of(own.late) if own.late else found.at for own in _paid(outcome, found, reader)]
        return None if None in ends else max([found.at, *(end for end in ends if end is not None)])
    provider = direct_provider(found)
    things = (*found.entities, *([provider] if provider else []))
    wanted = (1.0 if found.level is None else found.level) - _SAME
    is_mended = found.event == "level" and found.until is not None
    faults = [fault for one in found.entities for fault in faults_of(outcome, one)] if is_mended else []
    changes = {time for one in things for time in outcome.levels.of(one).times} | {
        end or outcome.end for _, end in faults
    }
    times = (found.at, *sorted(time for time in changes if found.at < time < outcome.end))
    working = (time for time in times if all(outcome.level_at(one, time) >= wanted for one in things))
    return next((at for at in working if not any(since < at < (to or outcome.end) for since, to in faults)), None)


def _paid(outcome: Outcome, found: Evidence, reader: str) -> Iterator[OwnRun]:
    """The runs that money has come of: without whom a fault in the file hits where it has not come to those."""
    for run in (run for run in outcome.runs if run.key in found.payments):
        own = own_branches(run.payment, run.branches, reader) or run.branches
        branches = tuple(one for one in own if found.level is None or one not in run.faulty_part)
        yield OwnRun(run, branches, outcome.end)
