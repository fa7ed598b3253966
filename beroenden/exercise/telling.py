"""What an inject, as people have edited it, would tell a player that it should not know, or not yet."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from beroenden.exercise.exercise import Exercise, Inject
from beroenden.exercise.noticed import direct_provider
from beroenden.incident.lagesbild.actors import carriers
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.sharing.masking import Masked, masked
from beroenden.sharing.viewer import viewer_for

SHOWN = ("sender", "title", "text", "questions")
"""Fields of an inject that its player reads."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A field that tells too much.

    Attributes:
        why: "label": something that the player may never know; "cause": what is out, before it has been told.
        what: Id of the cause; "" where it is a label.
    """

    number: int
    field: str
    why: Literal["label", "cause"]
    what: str = ""


def telling(exercise: Exercise, network: Network) -> Iterator[Telling]:
    """Everything in the texts for players that tells too much, in order of play."""
    masks = {actor: masked(network, viewer_for(network, actor)) for actor in exercise.actors}
    causes = {one: _mask_of(network, _names(network, one)) for one in causes_of(exercise.scenario)}
    known: dict[str, set[str]] = {
        actor: {cause for cause in causes if network.actor_of(cause) == actor} for actor in exercise.actors
    }
    for inject in (one for one in exercise.injects if one.to in masks):
        told = known[inject.to] | _told_by(inject)
        if inject.is_for_players:
            known[inject.to] = told
        named = _named(network, inject, told, masks[inject.to])
        for field in SHOWN:
            text = getattr(inject, field)
            if _tells(masks[inject.to], text, named):
                yield Telling(inject.number, field, "label")
            may_stand = told | _speaks_for(network, inject, told) if field == "sender" else told
            for cause, mask in causes.items():
                if cause not in may_stand and _tells(mask, text, named):
                    yield Telling(inject.number, field, "cause", cause)


def causes_of(scenario: Scenario) -> tuple[str, ...]:
    """Ids of the entities that are out or are held down, each once."""
    pinned = (one.entity for one in scenario.pins if one.level < 1)
    return tuple(dict.fromkeys([*(one.entity for one in scenario.outages if one.entity), *pinned]))


def name_tells(name: str, scenario: Scenario, network: Network, actors: Iterable[str]) -> bool:
    """Whether a name of an exercise, which everybody sees, tells what is out or anything that a player may never know."""
    payments = (one.payment for one in scenario.outages if one.payment)
    hit = [*causes_of(scenario), *payments]
    words = [word for one in hit for word in (one, *_names(network, one))]
    return _mask_of(network, words).tells(name) or any(
        masked(network, viewer_for(network, actor)).tells(name) for actor in actors
    )


def _mask_of(network: Network, words: Iterable[str]) -> Masked:
    """What finds some words as it finds those of what is withheld: inflected, in compounds, in any case."""
    return replace(masked(network, None), words=frozenset(" ".join(word.casefold().split()) for word in words))


def _names(network: Network, one: str) -> tuple[str, str]:
    name = (network.entity.get(one) or network.payment[one]).name
    return name, spoken(name)


def _tells(mask: Masked, text: str, named: Iterable[str]) -> bool:
    """Whether a text names what a mask hides, other than within a name that may be said: Telia in "Telias mast"."""
    if not mask.tells(text):
        return False
    longer = sorted((one for one in named if mask.tells(one)), key=len, reverse=True)
    return not longer or mask.tells(re.sub("|".join(map(re.escape, longer)), " ", text, flags=re.IGNORECASE))


def _named(network: Network, inject: Inject, told: Iterable[str], mask: Masked) -> set[str]:
    """Names that may be said in an inject: of what its player has been told of, of its payments and of their stage."""
    found = inject.evidence
    runs = [payment for payment, _ in found.payments] if found else []
    readable = [one for one in (*told, *runs) if mask.ids[one] not in mask.network.withheld]
    stages = (part for one in runs for part in mask.network.payment[mask.ids[one]].stages)
    names = {name for one in readable for name in _names(network, one)}
    return names | {part.name for part in stages if found and part.id == found.stage}


def _told_by(inject: Inject) -> set[str]:
    """What an inject, by its evidence, is meant to tell of."""
    found = inject.evidence
    if found is None:
        return set()
    provider = direct_provider(found)
    return {*found.entities, *([provider] if provider else [])}


def _speaks_for(network: Network, inject: Inject, told: Iterable[str]) -> set[str]:
    """Who may be heard though it is out itself: the actors of what the player knows of, the bank that pays, who carries the stage.

    Of a fault in a file, who made it.
    """
    found = inject.evidence
    payments = [network.payment[payment] for payment, _ in found.payments] if found else []
    banks = (one.paying_bank for one in payments)
    stages = (stage for one in payments for stage in one.stages if found and stage.id == found.stage)
    carrying = (actor for stage in stages for actor in carriers(network, stage))
    made_by = (one.payer for one in payments if found and found.event == "fault")
    return {network.actor_of(one) for one in (*told, *banks, *carrying, *made_by) if one is not None}
