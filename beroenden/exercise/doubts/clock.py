"""Doubts about when injects are given: the clock of the play and of the scenario.

B972  a time of play that the stage's clock does not have for its time of the scenario
B973  something told before it happens, or before the scenario begins
B982  a player's clock that goes back
B988  a time at which it was given that is of another day than the play
B992  a deadline that is told of when it has passed
"""

from collections.abc import Iterator

from beroenden.exercise.doubts.edit import Doubt, Edit, is_given
from beroenden.exercise.exercise import CONTROL, Inject
from beroenden.exercise.phrases import numbers_in_words
from beroenden.language import say

_SLACK = 10
"""Minutes of play by which an inject may be off the clock."""
_AHEAD = ("deadline", "longer")
"""Events that are told of before they come."""


def _fits(one: Inject, meant: int, shown: int) -> bool:
    """Whether an inject is given when the clock shows its time, or nearly so and not before what it tells a player of."""
    found = None if one.to == CONTROL else one.evidence
    is_ahead = found is not None and found.event not in _AHEAD and shown < found.at <= one.time
    return shown == one.time or (abs(one.play - meant) <= _SLACK and not is_ahead)


def it_fits_the_clock(edit: Edit) -> Iterator[Doubt]:
    """An inject is given when its stage's clock shows its time of the scenario; the clock may stand still."""
    for one, field in edit.changed("play", "time"):
        stage, meant, shown = edit.clock(one)
        if _fits(one, meant, shown):
            continue
        given, played = edit.time(one.play), edit.time(meant)
        message = say(
            f"inspel {one.number} ges {given}, när klockan i skede {stage} visar {edit.time(shown)}, men scenariotid "
            f"är {edit.time(one.time)}, som spelas {played}. Töm scenariotid, så följer den klockan",
            f"inject {one.number} is given {given}, when the clock of stage {stage} shows {edit.time(shown)}, but "
            f"scenariotid is {edit.time(one.time)}, which is played {played}. Empty scenariotid, and it follows the clock",
        )
        yield Doubt("B972", one.number, field, message)


def it_has_happened(edit: Edit) -> Iterator[Doubt]:
    """What an inject tells of has happened, and the scenario has begun."""
    begins = edit.after.scenario.start
    for one, field in edit.changed("time"):
        found, when = one.evidence, edit.time(one.time)
        if one.time < begins:
            message = say(
                f"inspel {one.number} har scenariotid {when}, före scenariots början {edit.time(begins)}",
                f"inject {one.number} has scenariotid {when}, before the scenario begins {edit.time(begins)}",
            )
        elif found is not None and found.event not in _AHEAD and one.time < found.at:
            message = say(
                f"inspel {one.number} har scenariotid {when}, men det som det berättar händer först {edit.time(found.at)}",
                f"inject {one.number} has scenariotid {when}, but what it tells happens only {edit.time(found.at)}",
            )
        else:
            continue
        yield Doubt("B973", one.number, field, message)


def the_clock_goes_forward(edit: Edit) -> Iterator[Doubt]:
    """What a player gets later is not of an earlier time in the scenario."""
    for one, field in edit.changed("play", "time"):
        _, meant, shown = edit.clock(one)
        if not _fits(one, meant, shown):
            continue  # which is told already
        others = (other for other in edit.after.injects if other.to == one.to and other.number != one.number)
        for other in (each for each in others if is_given(each) and each.kind != "reservinspel" != one.kind):
            if (one.play - other.play) * (one.time - other.time) < 0:
                first, later = sorted((one, other), key=lambda each: each.play)
                message = say(
                    f"{edit.reader(one.to)} får inspel {later.number} (scenariotid "
                    f"{edit.time(later.time)}) efter inspel {first.number} (scenariotid {edit.time(first.time)}): klockan går bakåt. "
                    "Töm scenariotid, så följer den klockan, eller flytta ett av dem",
                    f"{edit.reader(one.to)} gets inject {later.number} (scenariotid {edit.time(later.time)}) after inject "
                    f"{first.number} (scenariotid {edit.time(first.time)}): the clock goes back. Empty scenariotid, and it "
                    "follows the clock, or move one of them",
                )
                yield Doubt("B982", one.number, field, message)
                break


def a_deadline_is_told_of_before_it_passes(edit: Edit) -> Iterator[Doubt]:
    """What is said of a deadline is said while there is time to decide under it."""
    for one, field in edit.changed("play", "time"):
        if one.evidence is None or one.evidence.event != "deadline":
            continue
        _, _, shown = edit.clock(one)
        if shown > one.evidence.at:
            by = edit.time(one.evidence.at)
            message = say(
                f"inspel {one.number} är om fristen {by} men ges när klockan visar {edit.time(shown)}: då har den passerat. Flytta "
                "det till före fristen, eller hoppa över det",
                f"inject {one.number} is about the deadline {by} but is given when the clock shows {edit.time(shown)}: it has "
                "passed then. Move it to before the deadline, or skip it",
            )
            yield Doubt("B992", one.number, field, message)


def it_was_given_on_the_day_of_the_play(edit: Edit) -> Iterator[Doubt]:
    """What was given was given within a day of the play."""
    given = (one for one, _ in edit.changed("played"))
    astray = [one for one in given if one.played is not None and not edit.after.is_about_play(one.played)]
    if astray:
        first, numbers = astray[0], numbers_in_words(one.number for one in astray)
        when, begins = edit.time(first.played or 0), edit.time(edit.after.play_start)
        message = say(
            f"spelat_kl för inspel {numbers} ligger mer än ett dygn utanför övningens speltid (t.ex. {when}; övningen börjar {begins}). "
            "Är det en annan dags lista, läs in den rätta; annars flytta övningen eller rätta tiderna",
            f"spelat_kl of injects {numbers} lies more than a day outside the exercise's play (e.g. {when}; it begins {begins}). "
            "If it is the list of another day, read the right one; else move the exercise or correct the times",
        )
        yield Doubt("B988", first.number, "played", message)
