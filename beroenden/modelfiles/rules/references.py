"""What a model refers to exists, is there once, and is used. One rule, one function, one code."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date

from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Built, Draft

_MOST_SUGGESTIONS = 50
"""Looking for what was meant takes time; whoever gets more findings than this has forgotten a file."""


def _all_exist(
    references: Iterable[tuple[str, Place]],
    built: Iterable[Built],
    told: Collection[str],
    named: Callable[[], Mapping[str, str]],
    sv: str,
    en: str,
) -> None:
    """
    Args:
        built: What may be referred to.
        told: Ids of which it is told elsewhere that they cannot be read.
        named: Gives ids by names.
    """
    ids = [one.id for one, _ in built if one.id]
    known = dict.fromkeys(ids)
    is_any_missing = len(known) < len(ids)  # the second of two may be the one that is referred to
    near: dict[str, str | None] = {}
    for word, place in references:
        if not word or word in known or word in told:
            continue
        if word not in near:
            is_looked_for = not is_any_missing and len(near) < _MOST_SUGGESTIONS
            near[word] = named().get(word.casefold()) or (did_you_mean(word, known) if is_looked_for else None)
        place.error("B301", say(f"{sv} ”{word[:60]}” finns inte", f'there is no {en} "{word[:60]}"'), near[word])


def entities_exist(draft: Draft, today: date) -> None:
    """Every id of an entity that is referred to exists."""
    _all_exist(named_entities(draft), draft.entities, draft.stated, draft.named, "entiteten", "entity")


def named_entities(draft: Draft) -> Iterator[tuple[str, Place]]:
    """Every id of an entity that something refers to, with its place; "" where none is named."""
    for bank, _ in draft.model.get("accounts", ()):
        if draft.model_place:
            yield bank, (draft.model_place / "accounts").key(bank)
    for entity, place in draft.entities:
        yield entity.owner or "", place / "owner"
    for need, place in draft.needs():
        yield from _providers(need, place)
    for payment, place in draft.payments:
        yield payment.payer, place / "payer"
        yield payment.paying_bank or "", place / "paying_bank"
        yield payment.recipients or "", place / "recipients"
        for bank, _ in payment.accounts:
            yield bank, (place / "accounts").key(bank)
    for audience, place in draft.audiences:
        yield audience.actor, place / "actor"
    for event, place in draft.events:
        for index, entity in enumerate(event.entities):
            yield entity, place / "entities" / index


def _providers(need: Need, place: Place) -> Iterator[tuple[str, Place]]:
    for index, provider in enumerate(need.providers):
        if need.form == "provider":
            yield provider, place / "provider"
        elif need.form == "any_of":
            yield provider, place / "any_of" / index
        else:
            yield provider, (place / "shares").key(provider)


def windows_exist(draft: Draft, today: date) -> None:
    """Every window that is referred to exists."""
    references = ((stage.window or "", place / "window") for _, stage, place in draft.stages())
    _all_exist(references, draft.windows, (), dict, "öppettiden", "window")


def ids_are_unique(draft: Draft, today: date) -> None:
    """Ids are unique over entities and payments, over windows, over events, and over the stages of a payment."""
    groups = [draft.entities + draft.payments, draft.windows, draft.events]
    groups += [
        [(stage, place / "stage" / index) for index, stage in enumerate(payment.stages)]
        for payment, place in draft.payments
    ]
    for group in groups:
        seen: dict[str, Place] = {}
        for item, place in group:
            if item.id in seen:
                (place / "id").error("B302", say(f"id ”{item.id}” finns redan", f'the id "{item.id}" is already taken'))
            elif item.id:
                seen[item.id] = place


def audiences_are_unique(draft: Draft, today: date) -> None:
    """An actor has one highest label."""
    seen: set[str] = set()
    for audience, place in draft.audiences:
        if audience.actor in seen:
            (place / "actor").error(
                "B302", say(f"”{audience.actor}” har redan en märkning", f'"{audience.actor}" already has a label')
            )
        elif audience.actor:
            seen.add(audience.actor)


def recipients_are_citizens(draft: Draft, today: date) -> None:
    """Recipients are an entity of kind citizens."""
    known = draft.entity_ids()
    for payment, place in draft.payments:
        recipients = known.get(payment.recipients or "")
        if recipients and recipients.kind and recipients.kind != "citizens":
            (place / "recipients").error(
                "B303", say("mottagare ska vara av slaget citizens", "recipients should be of the kind citizens")
            )


def providers_are_named_once(draft: Draft, today: date) -> None:
    """A need names each of its providers once."""
    for need, place in draft.needs():
        if need.form == "any_of":
            for index, provider in enumerate(need.providers):
                if provider and provider in need.providers[:index]:
                    (place / "any_of" / index).error(
                        "B304", say(f"”{provider}” står redan i listan", f'"{provider}" is already in the list')
                    )


def needs_are_of_others(draft: Draft, today: date) -> None:
    """No entity provides for itself: that says nothing, unless of how long it takes to start."""
    for entity, place in draft.entities:
        for index, need in enumerate(entity.needs):
            providers = () if need.restart else _providers(need, place / "needs" / index)
            for provider, at in providers:
                if provider and provider == entity.id:
                    at.warning(
                        "B305",
                        say(
                            f"”{entity.id}” behöver sig själv: skriv vem som levererar, eller ta bort behovet",
                            f'"{entity.id}" needs itself: write who provides, or remove the need',
                        ),
                    )


def entities_are_connected(draft: Draft, today: date) -> None:
    """An entity needs something, is needed, or plays a part in a payment."""
    if not all(need.providers for need, _ in draft.needs()):
        return  # what a faulty need meant to name is not known
    used = {word for word, _ in named_entities(draft)}
    for entity, place in draft.entities:
        if entity.id and not entity.needs and entity.id not in used:
            (place / "id").warning(
                "B407",
                say(
                    f"ingen behöver ”{entity.id}”, och den behöver ingen",
                    f'nobody needs "{entity.id}" and it needs nothing',
                ),
            )
