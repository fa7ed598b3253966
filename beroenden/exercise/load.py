"""Where an exercise leaves a player with nothing to do for long, with more than it can take in, or with no time to decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.evaluation.deciding import Deciding, decidings
from beroenden.exercise.exercise import Exercise
from beroenden.exercise.pace import APART
from beroenden.units.durations import HOUR

_IDLE = HOUR
"""Minutes of play without anything that count as idle; breaks between stages not counted."""
_MANY, _SOON = 4, 12
"""So many injects within so many minutes are too many."""


@dataclass(frozen=True, slots=True)
class Load:
    """A stretch of play. Instants in minutes since the epoch.

    Attributes:
        count: Injects in it, from the first to the last; of an idle stretch 0.
        pause: Minutes of it that are breaks between stages.
    """

    actor: str
    kind: Literal["idle", "crowded"]
    since: int
    until: int
    count: int
    pause: int = 0


def empty_stages(exercise: Exercise) -> dict[str, list[int]]:
    """By actor the numbers of the stages in which it gets no inject of its own; who has one in each is left out."""
    found = {}
    for actor in exercise.actors:
        own = {one.stage for one in exercise.injects if one.to == actor and one.kind == "inspel"}
        if empty := [stage.number for stage in exercise.stages if stage.number not in own]:
            found[actor] = empty
    return found


def loads(exercise: Exercise) -> Iterator[Load]:
    """The stretches, player by player in order of time; who gets nothing at all has none."""
    given = [one for one in exercise.injects if one.is_for_players and not one.tells_time]
    last = max((one.play for one in given), default=exercise.play_start)
    for actor in exercise.actors:
        plays = sorted(one.play for one in given if one.to == actor)
        found = [*_idle(exercise, actor, plays, last), *_crowded(actor, plays)] if plays else []
        yield from sorted(found, key=lambda one: one.since)


def hurried(exercise: Exercise, outcome: Outcome) -> Iterator[Deciding]:
    """The deadlines that a player has less play for, from its first sign, than for any inject, player by player."""
    for actor in exercise.actors:
        for one in decidings(exercise.lived_by(actor), outcome, actor, None, ()):
            if one.play_to_decide is not None and one.play_to_decide < APART:
                yield one


def _idle(exercise: Exercise, actor: str, plays: list[int], last: int) -> Iterator[Load]:
    for since, until in pairwise([exercise.play_start, *plays, last]):
        pause = exercise.paused(since, until)
        if until - since - pause >= _IDLE:
            yield Load(actor, "idle", since, until, 0, pause)


def _crowded(actor: str, plays: list[int]) -> Iterator[Load]:
    """Each stretch in which too many come too close, as long as it goes on."""
    place = 0
    while place + _MANY <= len(plays):
        end = place + _MANY
        if plays[end - 1] - plays[place] < _SOON:
            while end < len(plays) and plays[end] - plays[end - _MANY + 1] < _SOON:
                end += 1
            yield Load(actor, "crowded", plays[place], plays[end - 1], end - place)
            place = end
        else:
            place += 1
