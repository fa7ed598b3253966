"""What the planner promises of every exercise: times from the simulation, paths to the cause, an order that can be played."""

from collections.abc import Iterator
from itertools import pairwise

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject
from beroenden.exercise.noticed import bears_on, direct_provider, noticed
from beroenden.exercise.telling import causes_of
from beroenden.model.names import spoken

_AT_ONCE = ("supply", "level", "reserve", "stage", "cutoff", "late", "completed", "restored", "rumour", "denial")
"""Events that are told when they happen, or when a stage begins after a jump over that."""
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
    yield from _spoken_for(exercise, outcome)
    for actor in exercise.actors:
        yield from (f"{actor}: {what}" for what in _presupposed(exercise, outcome, actor))


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
    if found.event in _AT_ONCE and one.time != max(found.at, stage.since) and one.kind != "reservinspel":
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
    harmed = {outcome.network.actor_of(each.entity.id) for each in outcome.entities}
    if found.event in ("rumour", "denial") and harmed & set(map(outcome.network.actor_of, found.entities)):
        yield "a rumour of a house in which something is harmed"
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
    for actor in exercise.actors:
        mine = [one for one in exercise.injects if one.to == actor and one.kind in ("inspel", "information")]
        for before, after in pairwise(one for one in mine if not one.tells_time):
            if before.time == after.time and before.stage == after.stage and _is_good(before) and not _is_good(after):
                yield f"{after.number}: fails after it works again"


def _is_good(inject: Inject) -> bool:
    return inject.evidence is not None and inject.evidence.event in ("restored", "completed")


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


def _spoken_for(exercise: Exercise, outcome: Outcome) -> Iterator[str]:
    """Nobody plays who plays; what a player knows itself others get in reserve only, and it gets that in time."""
    names = {actor: spoken(outcome.network.entity[actor].name) for actor in exercise.actors}
    by_number = {one.number: one for one in exercise.injects}
    for one in exercise.injects:
        yield from (f"{one.number}: {names[each]} is played" for each in names if names[each] in one.sender)
        other = by_number.get(one.reserve_for or 0)
        is_anothers = other is not None and other.to not in (CONTROL, one.to)
        if other and is_anothers and (other.kind == "reservinspel" or other.time > one.time):
            yield f"{one.number}: reserve for what is not known"
        if one.to == CONTROL or one.kind == "reservinspel" or one.evidence is None:
            continue
        owners = {outcome.network.actor_of(each) for each in one.evidence.entities[:1]}
        if one.evidence.event == "cause" and owners & set(exercise.actors) - {one.to}:
            yield f"{one.number}: a cause that another player knows"


def _presupposed(exercise: Exercise, outcome: Outcome, actor: str) -> Iterator[str]:
    """A player is told of no end, rumour or deadline of what it has not been told of and not noticed."""
    runs = {(run.payment.id, run.day.isoformat()): run for run in outcome.runs}
    before: list[Evidence] = []
    for one in exercise.injects:
        found = one.evidence
        if one.to != actor or found is None or one.tells_time:
            continue
        met = {*(each for other in before for each in other.entities), *map(direct_provider, before)}
        provider = direct_provider(found)
        if found.event == "restored" and one.is_for_players and met.isdisjoint((*found.entities, provider)):
            yield f"{one.number}: the end of what it has not heard of"
        if found.event == "rumour" and not before:
            yield f"{one.number}: a rumour of nothing"
        if found.event == "deadline" and not any(
            bears_on(outcome, other, runs[run]) for other in before for run in found.payments
        ):
            yield f"{one.number}: a deadline of what it has not heard of"
        if one.is_for_players and found.event not in ("service", "rumour", "denial"):
            before.append(found)
