"""What people have written in an exercise since it was planned, and would lose if it were planned anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, Event, Exercise, Inject, Stage
from beroenden.exercise.pace import Pace
from beroenden.exercise.phrases import is_gap
from beroenden.exercise.plan import plan
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import short_time, time_zone

_LEFT_TO_WRITE = ("objective", "expected", "responsible")
"""What a plan leaves for people to write, for whatever a player gets."""
_WRITTEN = ("sender", "form", "title", "questions")
"""What a plan writes itself."""
_BY_CHOICE: tuple[Event, ...] = ("rumour", "denial", "unconfirmed", "cause")
"""Events that players hear of when whoever planned chose that they should."""
Pair = tuple[Inject, Inject]
"""An inject as it stands and as it was planned."""


@dataclass(frozen=True, slots=True)
class Edits:
    """How much of each kind.

    Attributes:
        filled: Gaps that have been filled.
        reworded: Injects to players that say something else than the plan does.
        moved: Injects to players that are given at another time.
        remade: Injects to players that are of another kind than planned, such as reserves that are to be given.
        own: Injects that people added.
        removed: Injects of the plan that they removed; those after the last that is left are not known.
        approved: Injects that have been approved.
        played: Injects that have been marked as played or skipped.
    """

    filled: int
    reworded: int
    moved: int
    remade: int
    own: int
    removed: int
    approved: int
    played: int

    def in_words(self) -> str:
        """ "43 ifyllda luckor, 2 egna inspel"; nothing where nothing has been written."""
        parts = (
            (self.filled, say("ifylld lucka", "filled gap"), say("ifyllda luckor", "filled gaps")),
            (self.reworded, say("omskrivet inspel", "reworded inject"), say("omskrivna inspel", "reworded injects")),
            (self.moved, say("flyttat inspel", "moved inject"), say("flyttade inspel", "moved injects")),
            (
                self.remade,
                say("inspel av annan typ", "inject of another kind"),
                say("inspel av annan typ", "injects of another kind"),
            ),
            (self.own, say("eget inspel", "inject of your own"), say("egna inspel", "injects of your own")),
            (self.removed, say("borttaget inspel", "removed inject"), say("borttagna inspel", "removed injects")),
            (self.approved, say("godkänt inspel", "approved inject"), say("godkända inspel", "approved injects")),
            (
                self.played,
                say("inspel märkt som spelat eller överhoppat", "inject marked as played or skipped"),
                say("inspel märkta som spelade eller överhoppade", "injects marked as played or skipped"),
            ),
        )
        return ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in parts if count)


def edits_of(exercise: Exercise, network: Network) -> Edits:
    """What has been written in an exercise, as far as it can be told.

    Args:
        exercise: As it stands.
        network: The model; where it is another than the exercise was planned on, what was reworded or moved is not known,
            and of the gaps only those of a column of their own.
    """
    ours = [one for one in exercise.injects if one.evidence is not None]
    numbers = {one.number for one in exercise.injects}
    last = max((one.number for one in ours), default=0)
    planned = as_planned(exercise, network) or replace(exercise, injects=())
    both = list(pairs(ours, planned))
    return Edits(
        filled=sum(len(list(_filled(one))) for one in ours) + sum(_fills(*pair) for pair in both),
        reworded=sum(_differ(*pair) for pair in both),
        moved=sum(_is_moved(*pair, exercise, planned) for pair in both),
        remade=sum(one.kind != new.kind for one, new in both),
        own=len(exercise.injects) - len(ours),
        removed=sum(number not in numbers for number in range(1, last)),
        approved=sum(one.status == "godkänd" for one in ours),
        played=sum(one.status in ("spelat", "överhoppat") for one in ours),
    )


def as_planned(exercise: Exercise, network: Network) -> Exercise | None:
    """An exercise as a plan of its scenario, players and stages makes it; None: the model is not the one that it was planned on.

    Also None where there is no such plan.
    """
    return planned_on(exercise, network) if exercise.model_hash == network.hash else None


def planned_on(exercise: Exercise, network: Network) -> Exercise | None:
    """An exercise as a plan of its scenario, players and stages makes it on a model, whichever it was planned on.

    None: there is no such plan, since none of the players notices anything of the scenario on that model.
    """
    stages = exercise.stages
    pace = Pace(
        start=exercise.play_start,
        length=sum(one.play_until - one.play for one in stages),
        stages=len(stages),
        jumps=tuple((one.until + 1, then.since) for one, then in pairwise(stages) if one.until + 1 < then.since),
    )
    try:
        return plan(network, exercise.scenario, exercise.actors, pace, language=exercise.language)
    except UsageError:
        return None


def left_behind(exercise: Exercise, new: Exercise, network: Network, *, is_start_given: bool) -> Iterator[str]:
    """What stands in an exercise beside its injects and does not in the plan that is to replace it, in words.

    Args:
        is_start_given: Whether who plans says when it is to be played; where the plan is the one that the exercise was made
            by, another time was moved to since.
    """
    if exercise.purpose and not new.purpose:
        yield say("syftet", "the purpose")
    if exercise.goals and not new.goals:
        yield say("övningsmålen", "the goals")
    if exercise.contact and not new.contact:
        yield say("kontakten", "the contact")
    is_same_plan = exercise.id == new.id
    if exercise.play_start != new.play_start and (is_same_plan or not is_start_given):
        zone = time_zone(network.timezone)
        was, becomes = short_time(exercise.play_start, zone), short_time(new.play_start, zone)
        yield say(f"speltiden från {was} (blir {becomes})", f"the play from {was} (becomes {becomes})")
    if is_same_plan and (moved := _moved_apart(exercise, new)):
        numbers = ", ".join(moved)
        yield say(f"speltiden för skede {numbers}", f"the play time of stage {numbers}")


def _moved_apart(exercise: Exercise, new: Exercise) -> list[str]:
    """The numbers of the stages that are played at other times than in the plan that they were made by, all moved alike left out."""
    minutes = exercise.play_start - new.play_start
    meant = {one.number: (one.play + minutes, one.play_until + minutes) for one in new.stages}
    return [str(one.number) for one in exercise.stages if meant.get(one.number) != (one.play, one.play_until)]


def _filled(one: Inject) -> Iterator[str]:
    """The fields of an inject that were left to write, and are written."""
    if one.to != CONTROL and not one.tells_time:
        for field in _LEFT_TO_WRITE:
            text = getattr(one, field)
            if text and not is_gap(text):
                yield field


def pairs(ours: Iterable[Inject], planned: Exercise) -> Iterator[Pair]:
    """The injects to players with those of the plan that rest on the same; where there are several, with the one of its number."""
    for one in (one for one in ours if one.to != CONTROL):
        found = [new for new in planned.injects if (new.evidence, new.to) == (one.evidence, one.to)]
        if found:
            yield one, next((new for new in found if new.number == one.number), found[0])


def _fills(one: Inject, new: Inject) -> bool:
    """Whether the gap in the text of an inject has been filled."""
    return is_gap(new.text) and not is_gap(one.text)


def _differ(one: Inject, new: Inject) -> bool:
    """Whether an inject says something else; a text with gaps that have been filled does not."""
    same = all(getattr(one, field) == getattr(new, field) for field in _WRITTEN)
    return not same or (one.text != new.text and not is_gap(new.text))


def _is_moved(one: Inject, new: Inject, exercise: Exercise, planned: Exercise) -> bool:
    """Whether an inject is given at another time of the scenario; where its stage is played as planned, at another minute of it."""
    stage, meant = _stage(exercise, one), _stage(planned, new)
    if stage.clock == meant.clock:
        return (one.time, one.play - stage.play) != (new.time, new.play - meant.play)
    is_elsewhere = one.time != new.time and new.evidence is not None and new.evidence.event not in _BY_CHOICE
    is_beside = stage.scenario_time(one.play) != one.time and meant.scenario_time(new.play) == new.time
    return is_elsewhere or is_beside


def _stage(exercise: Exercise, inject: Inject) -> Stage:
    return next(stage for stage in exercise.stages if stage.number == inject.stage)
