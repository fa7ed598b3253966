"""What the planner promises of every exercise: times from the simulation, paths to the cause, an order that can be played."""

from collections.abc import Iterator
from itertools import pairwise

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.exercise import CONTROL, Exercise, Inject
from beroenden.exercise.noticed import noticed
from beroenden.exercise.telling import causes_of

_AT_ONCE = ("supply", "level", "reserve", "stage", "cutoff", "late", "completed", "restored", "rumour", "denial")
"""Events that are told when they happen."""
_OWN_FIRST = ("supply", "level", "reserve")
"""Events whose path begins with something of the player's own."""


def broken(exercise: Exercise, outcome: Outcome) -> Iterator[str]:
    """Every promise that is not kept, in words."""
    numbers = [one.number for one in exercise.injects]
    if numbers != list(range(1, len(numbers) + 1)):
        yield "numbers"
    for one in exercise.injects:
        yield from (f"{one.number} to {one.to}: {what}" for what in _of_one(exercise, outcome, one))
    yield from _order(exercise)
    yield from _told(exercise)


def _of_one(exercise: Exercise, outcome: Outcome, one: Inject) -> Iterator[str]:
    found = one.evidence
    assert found is not None
    stage = exercise.stages[one.stage - 1]
    if not stage.play <= one.play <= stage.play_until:
        yield "outside its stage"
    if one.time < outcome.start:
        yield "before the scenario"
    if (one.kind == "reservinspel") != (one.reserve_for is not None) or one.reserve_for not in (
        None,
        *(other.number for other in exercise.injects),
    ):
        yield "reserve for nothing"
    if one.to == CONTROL:
        return
    if found.event in _AT_ONCE and one.time != found.at and one.kind != "reservinspel":
        yield "not at its time"
    if found.event in ("question", "media", "service", "unconfirmed", "cause") and one.time < found.at:
        yield "before what it tells of"
    yield from _path(outcome, one)
    yield from _truth(outcome, one)


def _path(outcome: Outcome, one: Inject) -> Iterator[str]:
    """From the player's own back to what is out; a rumour's to what is wrongly blamed."""
    found, network = one.evidence, outcome.network
    assert found is not None
    if found.event in _OWN_FIRST and found.path and network.actor_of(found.path[0]) != one.to:
        yield "path from another's"
    if found.event in ("stage", "cutoff") and found.path:
        payment = network.payment[found.payments[0][0]]
        if found.path[0] not in {each for stage in payment.stages for each in network.stage_providers(payment, stage)}:
            yield "path from what no stage needs"
    causes = (*causes_of(outcome.scenario), *(found.entities if found.event in ("rumour", "denial") else ()))
    if len(found.path) > 1 and found.path[-1] not in causes:
        yield "path to no cause"


def _truth(outcome: Outcome, one: Inject) -> Iterator[str]:
    """What is said of levels is what the model says; what is wrongly blamed works all the time."""
    found = one.evidence
    assert found is not None
    levels = [outcome.level_at(each, found.at) for each in found.entities]
    if found.event == "level" and any(abs(each - (found.level or 0)) > 1e-6 for each in levels):
        yield "another level"
    if found.event == "restored" and min(levels, default=1) < 1:
        yield "not restored"
    if found.event in ("rumour", "denial") and {each.entity.id for each in outcome.entities} & set(found.entities):
        yield "a rumour of what is harmed"
    signs = noticed(outcome, one.to)
    is_heard_by_all = found.event in ("unconfirmed", "cause", "restored") and found.entities
    is_public = found.event in ("pace", "service", "rumour", "denial") or one.kind == "reservinspel"
    is_public = is_public or (is_heard_by_all and outcome.network.label_of(found.entities[0]) == "TLP:CLEAR")
    if not is_public and (not signs or one.time < min(sign.at for sign in signs)):
        yield f"before the first sign: {found.event}"


def _order(exercise: Exercise) -> Iterator[str]:
    for before, after in pairwise(exercise.injects):
        if before.play > after.play or before.stage > after.stage:
            yield f"{after.number}: out of order"
        if before.stage == after.stage and before.time > after.time and before.play != after.play:
            yield f"{after.number}: play and scenario disagree"


def _told(exercise: Exercise) -> Iterator[str]:
    """All players are told the same of the same; first the unconfirmed and then the confirmed, the rumour and its denial."""
    for actor in exercise.actors:
        of = [one for one in exercise.injects if one.to == actor]
        for first, then in (("rumour", "denial"), ("unconfirmed", "cause")):
            for one in (one for one in of if one.evidence and one.evidence.event == then):
                about = [other for other in of if other.evidence and other.evidence.event == first]
                same = [other for other in about if _subject(other) == _subject(one)]
                if then == "denial" and not same:
                    yield f"{one.number}: denies what was not said"
                if any(other.number > one.number for other in same):
                    yield f"{one.number}: before {first}"


def _subject(inject: Inject) -> tuple[object, ...]:
    assert inject.evidence is not None
    is_outage = inject.evidence.event in ("unconfirmed", "cause")
    return (*inject.evidence.entities, *([inject.evidence.at] if is_outage else []))
