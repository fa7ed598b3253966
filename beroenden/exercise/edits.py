"""What people have written in an exercise since it was planned, and would lose if it were planned anew."""

from collections.abc import Iterator
from dataclasses import dataclass

from beroenden.exercise.exercise import CONTROL, Exercise, Inject
from beroenden.exercise.phrases import is_gap
from beroenden.language import say

_LEFT_TO_WRITE = ("objective", "expected", "responsible")
"""What a plan leaves for people to write, for whatever a player gets."""
_WRITTEN = ("sender", "form", "title", "questions")
"""What a plan writes itself."""


@dataclass(frozen=True, slots=True)
class Edits:
    """How much of each kind.

    Attributes:
        filled: Gaps that have been filled.
        reworded: Injects to players that say something else than the plan does.
        own: Injects that people added.
        removed: Injects of the plan that they removed; those after the last that is left are not known.
        played: Injects that have been marked as played or skipped.
    """

    filled: int
    reworded: int
    own: int
    removed: int
    played: int

    def in_words(self) -> str:
        """ "43 ifyllda luckor, 2 egna inspel"; nothing where nothing has been written."""
        own, one = self.own, self.filled == 1
        parts = (
            (self.filled, say("ifylld lucka" if one else "ifyllda luckor", "filled gap" if one else "filled gaps")),
            (self.reworded, say("omskrivna inspel", "reworded injects")),
            (
                own,
                say(
                    "eget inspel" if own == 1 else "egna inspel",
                    "inject of your own" if own == 1 else "injects of your own",
                ),
            ),
            (self.removed, say("borttagna inspel", "removed injects")),
            (self.played, say("inspel märkta som spelade eller överhoppade", "injects marked as played or skipped")),
        )
        return ", ".join(f"{count} {what}" for count, what in parts if count)


def edits_of(exercise: Exercise, anew: Exercise) -> Edits:
    """What has been written in an exercise.

    Args:
        exercise: As it stands.
        anew: What is to take its place. Where that is of the same scenario, actors and model, it says how injects were worded.
    """
    own = [one for one in exercise.injects if one.evidence is None]
    ours = [one for one in exercise.injects if one.evidence is not None]
    numbers = {one.number for one in exercise.injects}
    last = max((one.number for one in ours), default=0)
    return Edits(
        filled=sum(len(list(_filled(one))) for one in ours),
        reworded=_reworded(ours, exercise, anew),
        own=len(own),
        removed=sum(number not in numbers for number in range(1, last)),
        played=sum(one.status in ("spelat", "överhoppat") for one in ours),
    )


def _filled(one: Inject) -> Iterator[str]:
    """The fields of an inject that were left to write, and are written."""
    if one.to != CONTROL and not one.tells_time:
        for field in _LEFT_TO_WRITE:
            text = getattr(one, field)
            if text and not is_gap(text):
                yield field


def _reworded(ours: list[Inject], exercise: Exercise, anew: Exercise) -> int:
    def ground(one: Exercise) -> tuple[object, ...]:
        return one.scenario.outages, one.scenario.pins, one.actors, one.model_hash, one.language

    if ground(exercise) != ground(anew):
        return 0
    planned = {(one.evidence, one.to): one for one in anew.injects if one.kind != "reservinspel"}
    pairs = ((one, planned.get((one.evidence, one.to))) for one in ours if one.to != CONTROL)
    return sum(new is not None and one.kind == new.kind and _differ(one, new) for one, new in pairs)


def _differ(one: Inject, new: Inject) -> bool:
    """Whether an inject says something else; a text with gaps that have been filled does not."""
    same = all(getattr(one, field) == getattr(new, field) for field in _WRITTEN)
    return not same or (one.text != new.text and not is_gap(new.text))
