"""When what is out must have begun or ended, where nobody has told: as a player can infer it from what it has seen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from beroenden.bankdays.hours import openings
from beroenden.consequences.outcome import Outcome
from beroenden.consequences.runs import timetable
from beroenden.consequences.simulate import simulate_scenario
from beroenden.consequences.stages import StageTimes
from beroenden.exercise.exercise import Evidence
from beroenden.exercise.noticed import direct_provider
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.model.payments import Stage
from beroenden.model.scenario import Outage, Pin, Scenario


def begun_by(network: Network, held_up: Evidence, provider: str) -> int:
    """From when a provider is taken to have been out, since a stage was late or a cut-off missed.

    Nobody knows more than that it was before the work was to be done; so that no deadline is promised too late, that is when
    the stage that needs it should have begun its work, less what that can do without it; where none needs it, when it was told.
    """
    found = (start for payment, day in held_up.payments for start in _work(network, held_up, payment, day, provider))
    return min(found, default=held_up.at)


def _work(network: Network, held_up: Evidence, payment: str, day: str, provider: str) -> Iterator[int]:
    """From when the last stage that matters and needs a provider needs it, branch by branch as planned."""
    of = network.payment[payment]
    place = next(place for place, stage in enumerate(of.stages) if stage.id == held_up.stage)
    # What is submitted to a cut-off has been made before it.
    until = place if held_up.event == "cutoff" else place + 1
    needing = [
        (at, stage) for at, stage in enumerate(of.stages[:until]) if provider in network.stage_providers(of, stage)
    ]
    for branch in timetable(network).plan(of, date.fromisoformat(day)).branches:
        planned = ((branch.stages[at], stage) for at, stage in reversed(needing))
        for times, stage in planned:
            if times is not None:
                yield _opened(network, stage, times) - _patience(stage, provider)
                break


def _opened(network: Network, stage: Stage, times: StageTimes) -> int:
    """When the work of a stage begins, inside its opening hours."""
    if stage.window is None:
        return times.start
    window, clock = network.window[stage.window], timetable(network).clock
    spells = openings(window.days, window.times, clock, times.start, times.done or times.start)
    return next((since for since, _ in spells), times.start)


def _patience(stage: Stage, provider: str) -> int:
    """Minutes that a stage goes on in full without a provider."""
    return min((_in_full(need) for need in stage.needs if provider in need.providers), default=0)


def _in_full(need: Need) -> int:
    total = 0
    for step in need.endurance or ():
        if step.level < 1:
            break
        total += step.minutes
    return total


def over_by(
    outcome: Outcome, ended: Sequence[Outage], others: Sequence[Outage], pins: Sequence[Pin], seen: Evidence
) -> int:
    """By when some outages must have been over for something that was seen to be so: their latest common end.

    Args:
        outcome: What happens in the exercise.
        ended: The outages, as the player knows them.
        others: What else it knows to be out.
        pins: Levels that it knows to be held.
        seen: That something works again, or that money has come.
    """
    first = min(one.start for one in (*ended, *others))

    def is_explained(end: int) -> bool:
        over = (replace(one, end=end, length=None) for one in ended if one.start < end)
        scenario = Scenario((*over, *others), tuple(pins), horizon=seen.at + 1 - first, since=first)
        return is_so(simulate_scenario(outcome.network, scenario), seen)

    early, late = min(one.start for one in ended), seen.at
    if is_explained(late) or not is_explained(early):
        return late
    while late - early > 1:
        middle = (early + late) // 2
        early, late = (middle, late) if is_explained(middle) else (early, middle)
    return early


def is_so(outcome: Outcome, seen: Evidence) -> bool:
    """Whether what was seen is so in an outcome."""
    if seen.event == "completed":
        runs = (run for run in outcome.runs if run.key in seen.payments)
        sound = (branch for run in runs for branch in run.sound_part)
        paid = (one for one in sound if not seen.entities or one.bank in seen.entities)
        return all(one.completed is not None and one.completed <= seen.at for one in paid)
    provider = direct_provider(seen)
    works = (*seen.entities, *([provider] if provider else []))
    return all(outcome.level_at(one, seen.at) >= 1 for one in works)
