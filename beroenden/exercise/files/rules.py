"""What must hold of an exercise as a whole, once its tables have been read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.exercise.exercise import CONTROL, Inject, Stage
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Place


@dataclass(frozen=True, slots=True)
class Draft:
    """The tables of an exercise that could be read, in the order of the file, with their places."""

    header: dict[str, Any]
    stages: list[tuple[Stage, Place]]
    injects: list[tuple[Inject, Place]]
    place: Place
    network: Network


def somebody_plays(draft: Draft) -> None:
    """There are players, each once."""
    place = draft.place / "exercise" / "actors"
    actors = draft.header["actors"]
    if not actors:
        place.error("B941", say("övningen har ingen övad aktör", "the exercise has no player"))
    for index, actor in enumerate(actors):
        if actor in actors[:index]:
            message = say(f"”{actor}” är redan en övad aktör", f'"{actor}" is a player already')
            (place / index).error("B941", message)


def numbers_are_unique(draft: Draft) -> None:
    """No two stages and no two injects have one number."""
    for items, sv, en in ((draft.stages, "skede", "a stage"), (draft.injects, "inspel", "an inject")):
        seen = set[int]()
        for one, place in items:
            if one.number in seen:
                message = say(f"det finns redan ett {sv} {one.number}", f"there is {en} {one.number} already")
                (place / "number").error("B942", message)
            seen.add(one.number)


def stages_follow_each_other(draft: Draft) -> None:
    """There are stages, numbered from 1; each ends after it begins, and begins when the one before has ended."""
    if not draft.stages:
        (draft.place / "stage").error("B943", say("övningen har inget skede", "the exercise has no stage"))
    before: Stage | None = None
    for stage, place in draft.stages:
        if stage.until < stage.since:
            (place / "until").error("B943", _ends_before("since"))
        if stage.play_until <= stage.play:
            (place / "play_until").error("B943", _ends_before("play"))
        if before and (stage.since < before.until or stage.play < before.play_until):
            key = "since" if stage.since < before.until else "play"
            message = say("skedet börjar innan det förra slutar", "the stage begins before the one before it ends")
            (place / key).error("B943", message)
        if stage.number != (before.number if before else 0) + 1:
            message = say("skedena ska ha nummer från 1 i ordning", "stages should be numbered from 1 in order")
            (place / "number").error("B943", message)
        before = stage


def _ends_before(key: str) -> str:
    return say(f"skedet slutar innan det börjar ({key})", f"the stage ends before it begins ({key})")


def injects_are_in_a_stage(draft: Draft) -> None:
    """Each inject is of a stage that there is, and is given while that is played."""
    stages = {stage.number: stage for stage, _ in draft.stages}
    for inject, place in draft.injects:
        stage = stages.get(inject.stage)
        if stage is None:
            message = say(f"det finns inget skede {inject.stage}", f"there is no stage {inject.stage}")
            (place / "stage").error("B944", message)
        elif not stage.play <= inject.play <= stage.play_until:
            message = say(
                f"inspel {inject.number} ges utanför skede {stage.number}",
                f"inject {inject.number} is given outside stage {stage.number}",
            )
            (place / "play").warning("B945", message)


def recipients_play(draft: Draft) -> None:
    """An inject is to a player or to the game control."""
    recipients = [CONTROL, *draft.header["actors"]]
    for inject, place in draft.injects:
        if inject.to not in recipients:
            listed = ", ".join(recipients)
            message = say(
                f"”{inject.to[:60]}” deltar inte; ett inspel går till någon av {listed}",
                f'"{inject.to[:60]}" does not take part; an inject is to one of {listed}',
            )
            (place / "to").error("B946", message, did_you_mean(inject.to, recipients))


def reserves_stand_in_for_another(draft: Draft) -> None:
    """What an inject stands in for is another inject of the exercise."""
    numbers = {inject.number for inject, _ in draft.injects}
    for inject, place in draft.injects:
        instead = inject.reserve_for
        if instead is not None and (instead not in numbers or instead == inject.number):
            message = say(f"det finns inget annat inspel {instead}", f"there is no other inject {instead}")
            (place / "reserve_for").error("B947", message)


def model_is_the_one_planned_on(draft: Draft) -> None:
    """The model is as it was when the exercise was planned."""
    planned = draft.header.get("model_hash")
    if planned and planned != draft.network.hash:
        message = say(
            "modellen har ändrats sedan övningen planerades; gå igenom inspelen eller planera om",
            "the model has changed since the exercise was planned; go through the injects or plan again",
        )
        (draft.place / "exercise" / "model_hash").warning("B949", message)


RULES: tuple[tuple[Callable[[Draft], None], tuple[str, ...]], ...] = (
    (somebody_plays, ("exercise",)),
    (numbers_are_unique, ()),
    (stages_follow_each_other, ("stage",)),
    (injects_are_in_a_stage, ("stage",)),
    (recipients_play, ("exercise",)),
    (reserves_stand_in_for_another, ("inject",)),
    (model_is_the_one_planned_on, ()),
)
"""Each with the tables that it can only be held against when all of them could be read."""
