"""Playing an exercise for longer or shorter: everything that people have written in it stays, only the times change."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, Exercise, Inject, Stage
from beroenden.exercise.moving import place_of
from beroenden.exercise.pace import APART, EVEN, FOR_WORK, pace_words, paced
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.times import time_zone


def repaced(exercise: Exercise, network: Network, length: int, number: int | None = None) -> Exercise:
    """The exercise with its stages, or one of them, played for so long; the breaks between them stay as long.

    What is given at the same minute still is, and nothing comes before what it came after. Injects to one player stay as far
    apart as they were, up to five minutes, where there is room. What has been played keeps when it was.

    Args:
        length: Minutes of play, breaks not counted: of all stages together, each its part of them, or of one.
        number: The stage; None: all.

    Raises:
        UsageError: when there is no such stage, or it is too short for its injects.
    """
    place = None if number is None else place_of(exercise.stages, number)
    lengths = _shared(exercise.stages, length) if place is None else _with(exercise.stages, place, length)
    if lengths == _lengths(exercise.stages):
        return exercise
    stages, injects, begins = list[Stage](), list[Inject](), exercise.play_start
    for index, (stage, minutes) in enumerate(zip(exercise.stages, lengths, strict=True)):
        mine = [one for one in exercise.injects if one.stage == stage.number]
        made, given = _replayed(stage, mine, begins, minutes)
        stages.append(made)
        injects += given
        if index + 1 < len(lengths):
            begins = made.play_until + exercise.stages[index + 1].play - stage.play_until
    order = {one.number: index for index, one in enumerate(exercise.injects)}
    in_order = sorted(injects, key=lambda one: (one.play, order[one.number]))
    with writing_in(exercise.language):
        told = _told_anew(exercise, stages, in_order, network)
    return replace(exercise, stages=tuple(stages), injects=told)


def _lengths(stages: Sequence[Stage]) -> list[int]:
    return [stage.play_until - stage.play for stage in stages]


def _with(stages: Sequence[Stage], place: int, length: int) -> list[int]:
    lengths = _lengths(stages)
    lengths[place] = length
    return lengths


def _shared(stages: Sequence[Stage], length: int) -> list[int]:
    """The length shared as the stages share it now, in whole steps of the clock; together it is what was asked for."""
    lengths = _lengths(stages)
    total = sum(lengths)
    ends = [EVEN * round(length * sum(lengths[: place + 1]) / total / EVEN) for place in range(len(lengths) - 1)]
    shared = [until - since for since, until in pairwise([0, *ends, length])]
    if short := next((stage for stage, minutes in zip(stages, shared, strict=True) if minutes <= 0), None):
        raise _too_short(short, 1)
    return shared


def _replayed(stage: Stage, injects: Sequence[Inject], begins: int, minutes: int) -> tuple[Stage, list[Inject]]:
    """A stage and its injects, played from another time on and for so long."""
    plays, before = _plays(stage, injects, minutes), stage.play_until - stage.play
    given = [replace(one, play=begins + _along(plays, one.play - stage.play, before, minutes)) for one in injects]
    clock = tuple((there, plays[play]) for there, play in stage.clock)
    made = replace(stage, play=begins, play_until=begins + minutes, clock=clock)
    if minutes != before:
        made = paced(replace(made, compression=stage.compression * before / minutes), given)
    return made, given


def _plays(stage: Stage, injects: Sequence[Inject], minutes: int) -> dict[int, int]:
    """By each minute of the stage at which something happens, that of the stage when it is played for so long.

    Raises:
        UsageError: when each cannot have a minute of its own.
    """
    before = stage.play_until - stage.play
    stops = sorted({0, *(play for _, play in stage.clock), *(one.play - stage.play for one in injects)})
    stops = [stop for stop in stops if 0 <= stop <= before]
    scale = minutes / before
    latest = max(int(stops[-1] * scale), int(minutes * (1 - FOR_WORK)))
    tried = (_spread(stops, scale, _after_own(stage, injects, apart)) for apart in range(APART, 0, -1))
    found = next((one for one in tried if one[stops[-1]] <= latest), None) or _spread(stops, scale, {})
    if found[stops[-1]] > minutes:
        raise _too_short(stage, len(stops))
    return found


def _after_own(stage: Stage, injects: Sequence[Inject], apart: int) -> dict[int, list[tuple[int, int]]]:
    """By minute of the stage, the minutes of what its players got just before and how long each is to have for that."""
    found: dict[int, list[tuple[int, int]]] = {}
    given = [one for one in injects if one.is_for_players and not one.tells_time]
    for player in {one.to for one in given}:
        plays = sorted({one.play - stage.play for one in given if one.to == player})
        for before, after in pairwise(plays):
            found.setdefault(after, []).append((before, min(apart, after - before)))
    return found


def _spread(stops: Sequence[int], scale: float, own: Mapping[int, Sequence[tuple[int, int]]]) -> dict[int, int]:
    """Each stop in its place of the new length, later where a player would else have too little time."""
    found = {stops[0]: round(stops[0] * scale)}
    for before, stop in pairwise(stops):
        earliest = (found[one] + minutes for one, minutes in own.get(stop, ()))
        found[stop] = max(round(stop * scale), found[before] + 1, *earliest)
    return found


def _along(plays: Mapping[int, int], minute: int, before: int, minutes: int) -> int:
    """Where a minute of a stage comes; what is given outside its stage stays as far outside."""
    if minute in plays:
        return plays[minute]
    return minute if minute < 0 else minutes + minute - before


def _too_short(stage: Stage, least: int) -> UsageError:
    words = duration_in_words(least)
    return UsageError(
        say(
            f"Så kort går det inte att spela skede {stage.number}: det tar minst {words}.",
            f"Stage {stage.number} cannot be played for so short a time: it takes at least {words}.",
        )
    )


def _told_anew(
    before: Exercise, after: Sequence[Stage], injects: Sequence[Inject], network: Network
) -> tuple[Inject, ...]:
    """The injects with the pace of the stages told as it is now, unless a person has written it otherwise."""
    zone = time_zone(network.timezone)
    words = {
        old.number: (pace_words(old, zone, before.injects), pace_words(new, zone, injects))
        for old, new in zip(before.stages, after, strict=True)
    }

    def anew(one: Inject) -> Inject:
        was, becomes = words[one.stage]
        return replace(one, text=becomes) if one.to == CONTROL and one.tells_time and one.text == was else one

    return tuple(anew(one) if one.stage in words else one for one in injects)
