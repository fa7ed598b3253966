"""What must hold of the rows of a list, beyond each cell."""

from collections.abc import Callable, Iterator, Set

from beroenden.exercise.exercise import GAP_EN, GAP_SV
from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.rows import Draft
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.units.times import short_time

_ALWAYS = ("rubrik", "inspel")
_OF_PLAYERS = ("från",)
_ACTED_ON = ("övningsmål", "förväntad_åtgärd", "ansvarig_motspel")


def stage_is_there(draft: Draft, numbers: Set[int]) -> None:
    """skede is a stage of the exercise."""
    if "stage" in draft.values and draft.stage is None:
        known = ", ".join(map(str, draft.known.stages))
        message = say(f"övningen har skede {known}", f"the exercise has stages {known}")
        draft.row.at("skede").error("B959", message)


def it_is_given_in_its_stage(draft: Draft, numbers: Set[int]) -> None:
    """The time of play lies in the stage."""
    stage, play, zone = draft.stage, draft.values.get("play"), draft.known.zone
    if stage is None or play is None or stage.play <= play <= stage.play_until:
        return
    when = short_time(play, zone)
    since, until = short_time(stage.play, zone), short_time(stage.play_until, zone)
    message = say(
        f"inspelet ges {when}, utanför skede {stage.number} ({since} till {until})",
        f"the inject is given {when}, outside stage {stage.number} ({since} to {until})",
    )
    draft.row.at(draft.changed_of_play).warning("B969", message)


def reserve_stands_in_for_another(draft: Draft, numbers: Set[int]) -> None:
    """reserv_för is the number of another inject."""
    number = draft.values.get("reserve_for")
    if number is None or (number in numbers and number != draft.number):
        return
    if number == draft.number:
        message = say("ett inspel är inte reserv för sig självt", "an inject does not stand in for itself")
    else:
        message = say(f"listan har inget inspel {number}", f"the list has no inject {number}")
    draft.row.at("reserv_för").error("B959", message)


def what_is_approved_is_whole(draft: Draft, numbers: Set[int]) -> None:
    """What is approved has neither gaps nor empty cells; of what was played that is only told."""
    status = draft.values.get("status")
    if status not in ("godkänd", "spelat"):
        return
    for name, fault in _unfinished(draft):
        message = say(f"inspelet har status {status}, men {fault}", f"the inject has status {status}, but {fault}")
        draft.row.at(name).add("B966", "error" if status == "godkänd" else "warning", message)


def _unfinished(draft: Draft) -> Iterator[tuple[str, str]]:
    """Columns that are not ready, with why."""
    for column in COLUMNS:
        text = draft.values.get(column.attribute)
        if column.holds != "text" or text is None or column.name == "utfall":
            continue
        if GAP_SV in text or GAP_EN in text:
            yield column.name, say(f"{column.name} har en lucka att skriva", f"{column.name} has a gap to write")
        elif not text.strip() and column.name in _needed(draft):
            yield column.name, say(f"{column.name} är tom", f"{column.name} is empty")


def _needed(draft: Draft) -> tuple[str, ...]:
    """What an inject must have before it is given; information asks for no action, and nobody plays it."""
    kind = draft.values.get("kind")
    return (
        *_ALWAYS,
        *(() if kind == "spelledning" else _OF_PLAYERS),
        *(_ACTED_ON if kind in ("inspel", "reservinspel") else ()),
    )


def label_is_not_lowered(draft: Draft, numbers: Set[int]) -> None:
    """No label is lowered or taken away unseen."""
    before, after = draft.earlier.tlp if draft.earlier else "", draft.values.get("tlp")
    if before not in TLP or not draft.row.table.has("tlp"):
        return
    if not draft.row.has("tlp"):
        message = say(f"märkningen är borttagen; {before} behålls", f"the label was removed; {before} is kept")
    elif after in TLP and TLP.index(after) < TLP.index(before):
        message = say(f"märkningen sänks från {before} till {after}", f"the label is lowered from {before} to {after}")
    else:
        return
    draft.row.at("tlp").warning("B967", message)


RULES: tuple[Callable[[Draft, Set[int]], None], ...] = (
    stage_is_there,
    it_is_given_in_its_stage,
    reserve_stands_in_for_another,
    what_is_approved_is_whole,
    label_is_not_lowered,
)
