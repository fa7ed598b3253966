"""Moving the play of an exercise on the clock on the wall; the fictive course of events stays."""

from collections.abc import Sequence
from dataclasses import replace

from beroenden.errors import UsageError
from beroenden.exercise.exercise import Exercise, Stage
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.units.times import check_year, date_in_words, local, short_time, time_zone


def moved(exercise: Exercise, network: Network, to: int, number: int | None = None) -> Exercise:
    """The exercise with a stage and all after it moved by the same number of minutes.

    What has been played keeps when it was. A name that tells the day of the exercise tells the new one.

    Args:
        to: When the stage begins, on the clock on the wall; minutes since the epoch.
        number: The stage; None: the first, so that all are moved.

    Raises:
        UsageError: when there is no such stage, or it would begin before the one before it is over.
    """
    place = 0 if number is None else place_of(exercise.stages, number)
    stages = exercise.stages[place:]
    if place:
        _check_after(exercise.stages[place - 1], to, network)
    minutes, numbers = to - stages[0].play, {stage.number for stage in stages}
    later = [replace(one, play=one.play + minutes, play_until=one.play_until + minutes) for one in stages]
    injects = [replace(one, play=one.play + minutes) if one.stage in numbers else one for one in exercise.injects]
    _check_years(max(later[-1].play_until, *(one.play for one in injects)), network)
    return replace(
        exercise,
        name=exercise.name if place else _renamed(exercise, network, to),
        stages=(*exercise.stages[:place], *later),
        injects=tuple(sorted(injects, key=lambda one: one.play)),
    )


def place_of(stages: Sequence[Stage], number: int) -> int:
    """Where a stage stands.

    Raises:
        UsageError: when there is no such stage.
    """
    numbers = [stage.number for stage in stages]
    if number not in numbers:
        known = ", ".join(map(str, numbers))
        raise UsageError(
            say(f"Skede {number} finns inte; övningen har {known}.", f"There is no stage {number}; there are {known}.")
        )
    return numbers.index(number)


def _check_after(before: Stage, to: int, network: Network) -> None:
    if to >= before.play_until:
        return
    zone = time_zone(network.timezone)
    when, over = short_time(to, zone), short_time(before.play_until, zone)
    raise UsageError(
        say(
            f"Skedet kan inte börja {when}: skede {before.number} spelas till {over}. Korta det med --stage {before.number} "
            "--play-length LÄNGD.",
            f"The stage cannot begin {when}: stage {before.number} is played until {over}. Shorten that with --stage "
            f"{before.number} --play-length LENGTH.",
        )
    )


def _check_years(last: int, network: Network) -> None:
    try:
        check_year(local(last, time_zone(network.timezone)).year)
    except ValueError as error:
        raise UsageError(f"{error}.") from None


def _renamed(exercise: Exercise, network: Network, to: int) -> str:
    zone = time_zone(network.timezone)
    with writing_in(exercise.language):
        was, becomes = (date_in_words(local(one, zone).date(), weekday=False) for one in (exercise.play_start, to))
    return exercise.name.replace(was, becomes)
