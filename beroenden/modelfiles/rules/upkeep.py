"""What holds of how a model is kept: verified lately, and no text that tells what a stricter label hides. One rule, one function, one code."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.labels import TLP
from beroenden.model.names import spoken
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Built, Draft

_SHORTEST_NAME = 3


def entities_are_verified(draft: Draft, today: date) -> None:
    """What was verified was so within twelve months."""
    given: list[Built] = [*draft.entities, *draft.payments, *draft.events, *draft.needs()]
    given += [(stage, place) for _, stage, place in draft.stages()]
    for item, place in given:
        verified = item.provenance.verified
        if verified and (verified.year + 1, verified.month, verified.day) < (today.year, today.month, today.day):
            (place / "verified").warning(
                "B601",
                say(
                    f"inte verifierad sedan {verified}: över 12 månader",
                    f"not verified since {verified}: over 12 months",
                ),
            )


def texts_name_nothing_more_restricted(draft: Draft, today: date) -> None:
    """A text that may be shared names nothing whose own label is stricter: who reads it would know of it all the same."""
    model = draft.model.get("tlp", "TLP:CLEAR")
    texts = list(_shared_texts(draft, model))
    laxest = min((TLP.index(label) for _, label, _ in texts), default=0)
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for entity, _ in draft.entities:
        if TLP.index(entity.provenance.tlp or model) <= laxest:
            continue
        name = spoken(entity.name).casefold()
        if len(name) >= _SHORTEST_NAME and (words := _words(name)):
            by_word.setdefault(words[0], []).append((entity.id, name, entity.provenance.tlp or model))
    for text, label, place in texts:
        plain = text.casefold()
        near = (found for word in _words(plain) for start in _starts(word) for found in by_word.get(start, ()))
        told = next((one for one, name, own in near if TLP.index(own) > TLP.index(label) and name in plain), None)
        if told is not None:
            message = say(
                f"texten är {label} och nämner {told}, som har en strängare märkning: skriv om den, eller märk den så",
                f"the text is {label} and names {told}, whose label is stricter: reword it, or label it so",
            )
            place.warning("B603", message)


def _shared_texts(draft: Draft, model: str) -> Iterator[tuple[str, str, Place]]:
    """Texts that are shown with the label of what they stand in; an entity's own name is not one."""
    for entity, place in draft.entities:
        label = entity.provenance.tlp or model
        yield from _written_of(entity, label, place)
        yield from _texts_of_needs(entity.needs, label, place)
    for payment, place in draft.payments:
        label = payment.provenance.tlp or model
        yield from _written_of(payment, label, place, "name", "legal_basis")
        for index, stage in enumerate(payment.stages):
            own, at = stage.provenance.tlp or label, place / "stage" / index
            yield from _written_of(stage, own, at, "name")
            yield from _texts_of_needs(stage.needs, own, at)
    for event, place in draft.events:
        yield from _written_of(event, event.provenance.tlp or model, place, "name")


def _texts_of_needs(needs: Iterable[Need], label: str, place: Place) -> Iterator[tuple[str, str, Place]]:
    for index, need in enumerate(needs):
        yield from _written_of(need, need.provenance.tlp or label, place / "needs" / index, "what")


def _written_of(one: Any, label: str, place: Place, *keys: str) -> Iterator[tuple[str, str, Place]]:
    """The texts of a table: those under some keys, and what was noted.

    A source is not among them: it cites, and is left out for whoever may not read what it names.
    """
    texts = (*((key, getattr(one, key)) for key in keys), ("note", one.provenance.note))
    yield from ((text, label, place / key) for key, text in texts if text)


def _words(text: str) -> list[str]:
    return re.findall(r"[\w+-]+", text)


def _starts(word: str) -> Iterator[str]:
    """A word, and what it may be an inflection or a compound of."""
    yield from (word[:end] for end in range(_SHORTEST_NAME, len(word) + 1))
