"""What holds of how a model is kept: verified lately, and no text that tells what a stricter label hides. One rule, one function, one code."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.labels import TLP
from beroenden.model.names import without_legal_form
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Built, Draft

_WORD = re.compile(r"\w+")
_SHORTEST_NAME = 3
_SHORTEST_FIRST = 5


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
    named = [(entity, entity.provenance.tlp or model) for entity, _ in draft.entities]
    stricter = [(entity, own) for entity, own in named if TLP.index(own) > laxest]
    by_word: dict[str, list[tuple[str, str, str]]] = {}
    for entity, own in stricter:
        name = without_legal_form(entity.name).casefold()
        if len(name) >= _SHORTEST_NAME and (words := _words(name)):
            by_word.setdefault(words[0], []).append((entity.id, name, own))
    by_first = _by_first_word(stricter, named, [*(text for text, _, _ in texts), *(entity.name for entity, _ in named)])
    for text, label, place in texts:
        plain = text.casefold()
        near = (found for word in _words(plain) for start in _starts(word) for found in by_word.get(start, ()))
        told = next((one for one, name, own in near if TLP.index(own) > TLP.index(label) and name in plain), None)
        perhaps = next((one for one in _meant(text, by_first) if TLP.index(one.label) > TLP.index(label)), None)
        if told is not None:
            message = say(
                f"texten är {label} och nämner {told}, som har en strängare märkning: skriv om den, eller märk den så",
                f"the text is {label} and names {told}, whose label is stricter: reword it, or label it so",
            )
            place.warning("B603", message)
        elif perhaps is not None:
            message = say(
                f"texten är {label} och menar nog {perhaps.id}, som har en strängare märkning, med ”{perhaps.word}”; ett "
                "sådant kortnamn döljs inte: skriv om den, eller märk den så",
                f'the text is {label} and probably means {perhaps.id}, whose label is stricter, by "{perhaps.word}"; such a '
                "short name is not masked: reword it, or label it so",
            )
            place.warning("B603", message)


@dataclass(frozen=True, slots=True)
class _FirstWord:
    """The first word of a longer name, by which it is probably meant."""

    word: str
    id: str
    label: str
    is_company: bool


def _by_first_word(
    stricter: Iterable[tuple[Entity, str]], named: Iterable[tuple[Entity, str]], written: Iterable[str]
) -> dict[str, list[_FirstWord]]:
    """First words of names that are no ordinary word, since nothing has them in small letters, and in no laxer name."""
    ordinary = {word for text in written for word in _WORD.findall(text) if word.islower()}
    found: dict[str, list[_FirstWord]] = {}
    for entity, own in stricter:
        first, *more = _WORD.findall(without_legal_form(entity.name)) or [""]
        if not more or len(first) < _SHORTEST_FIRST or not first[0].isupper() or first.casefold() in ordinary:
            continue
        if not any(first in _WORD.findall(one.name) for one, label in named if TLP.index(label) < TLP.index(own)):
            told = _FirstWord(first, entity.id, own, entity.kind == "supplier")
            for form in (first, f"{first}s"):
                found.setdefault(form, []).append(told)
    return found


def _meant(text: str, by_first: Mapping[str, list[_FirstWord]]) -> Iterator[_FirstWord]:
    """What words with a capital in a text probably mean; one that begins a sentence only a company."""
    for match in _WORD.finditer(text):
        begins = re.search(r"(?:^|[.!?:])\s*$", text[: match.start()]) is not None
        yield from (one for one in by_first.get(match[0], ()) if one.is_company or not begins)


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
