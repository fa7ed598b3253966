"""What must hold in a model beyond the form of each value. One rule, one function, one code."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from beroenden.bankdays.bankdays import add_bank_days
from beroenden.bankdays.recurrence import has_dates, rule_dates
from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.labels import TLP
from beroenden.model.names import spoken
from beroenden.model.payments import Opens, Payment
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.plausible import (
    amounts_fit_the_recipients,
    contacts_are_functions,
    cutoffs_are_handed_in_to,
    dates_are_past,
    failures_have_a_length,
    money_comes_by_the_payment_date,
    mutual_needs_have_endurance,
    names_tell_entities_apart,
    people_fit_in_sweden,
    priorities_are_taken_once,
)
from beroenden.modelfiles.schema import Built, Draft
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number

Rule = Callable[[Draft, date], None]

_SUM_TOLERANCE = 1e-6
_SHORTEST_NAME = 3
_MOST_SUGGESTIONS = 50
"""Looking for what was meant takes time; whoever gets more findings than this has forgotten a file."""


def _all_exist(references: Iterable[tuple[str, Place]], known: Collection[str], sv: str, en: str) -> None:
    near: dict[str, str | None] = {}
    for word, place in references:
        if not word or word in known:
            continue
        if word not in near:
            near[word] = did_you_mean(word, known) if len(near) < _MOST_SUGGESTIONS else None
        place.error("B301", say(f"{sv} ”{word[:60]}” finns inte", f'there is no {en} "{word[:60]}"'), near[word])


def entities_exist(draft: Draft, today: date) -> None:
    """Every id of an entity that is referred to exists."""
    _all_exist(named_entities(draft), draft.entity_ids(), "entiteten", "entity")


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
    _all_exist(references, {window.id: window for window, _ in draft.windows}, "öppettiden", "window")


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


def shares_sum_to_one(draft: Draft, today: date) -> None:
    """Shares of a need and of accounts sum to 1."""
    given = [(need.shares, place / "shares") for need, place in draft.needs() if need.shares]
    given += [
        (tuple(share for _, share in payment.accounts), place / "accounts")
        for payment, place in draft.payments
        if payment.accounts
    ]
    if draft.model_place and draft.model.get("accounts"):
        given.append((tuple(share for _, share in draft.model["accounts"]), draft.model_place / "accounts"))
    for shares, place in given:
        if abs(sum(shares) - 1) > _SUM_TOLERANCE:
            total = number(sum(shares), 6)
            place.error(
                "B401",
                say(f"andelarna ska summera till 1, men blir {total}", f"the shares should sum to 1 but make {total}"),
            )


def at_least_is_within_the_providers(draft: Draft, today: date) -> None:
    """`at_least` is from 1 to the number of providers."""
    for need, place in draft.needs():
        count = len(need.providers)
        if need.form == "any_of" and count and not 1 <= need.at_least <= count:
            (place / "at_least").error("B402", say(f"ska vara från 1 till {count}", f"should be from 1 to {count}"))


def endurance_steps_rise_in_time(draft: Draft, today: date) -> None:
    """Steps of an endurance come later and later."""
    for need, place in draft.needs():
        for index, (before, after) in enumerate(pairwise(need.endurance or ()), 1):
            if after.minutes <= before.minutes:
                (place / "endurance" / index / 0).error(
                    "B403", say("stegen ska komma i tidsordning", "the steps should come later and later")
                )


def endurance_steps_fall_in_level(draft: Draft, today: date) -> None:
    """Steps of an endurance hold less and less."""
    for need, place in draft.needs():
        for index, (before, after) in enumerate(pairwise(need.endurance or ()), 1):
            if after.level >= before.level:
                (place / "endurance" / index / 1).error(
                    "B404", say("nivån ska sjunka från steg till steg", "the level should fall from step to step")
                )


def rto_is_within_mtpd(draft: Draft, today: date) -> None:
    """The promised recovery time is not longer than the tolerable outage."""
    for entity, place in draft.entities:
        if entity.rto is not None and entity.mtpd is not None and entity.rto > entity.mtpd:
            (place / "rto").warning(
                "B405",
                say(
                    f"återställningstiden (rto) {duration_in_words(entity.rto)} är längre än acceptabel avbrottstid "
                    f"(mtpd) {duration_in_words(entity.mtpd)}",
                    f"the recovery time (rto) {duration_in_words(entity.rto)} is longer than the tolerable outage "
                    f"(mtpd) {duration_in_words(entity.mtpd)}",
                ),
            )


def rta_is_within_rto(draft: Draft, today: date) -> None:
    """The recovery time shown in test is not longer than the promised one."""
    for entity, place in draft.entities:
        if entity.rta is not None and entity.rto is not None and entity.rta > entity.rto:
            (place / "rta").warning(
                "B406",
                say(
                    f"visad återställningstid (rta) {duration_in_words(entity.rta)} är längre än den utlovade "
                    f"(rto) {duration_in_words(entity.rto)}",
                    f"the recovery time shown in test (rta) {duration_in_words(entity.rta)} is longer than the promised one "
                    f"(rto) {duration_in_words(entity.rto)}",
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


def cycles_have_no_restart(draft: Draft, today: date) -> None:
    """Mutual dependencies with restart times are shown: somebody must know in which order to start by hand."""
    known = draft.entity_ids()
    places = {entity.id: place for entity, place in reversed(draft.entities)}
    order = {entity: index for index, entity in enumerate(known)}
    for component in _cyclic_components(known):
        members = sorted(component, key=order.__getitem__)
        inside = [
            (entity, index)
            for entity in members
            for index, need in enumerate(known[entity].needs)
            if need.restart and not component.isdisjoint(need.providers)
        ]
        if inside:
            entity, index = inside[0]
            names = ", ".join(members)
            (places[entity] / "needs" / index / "restart").warning(
                "B408",
                say(
                    f"ömsesidigt beroende med omstartstider: {names}. I vilken ordning startas de för hand?",
                    f"mutual dependency with restart times: {names}. In which order are they started by hand?",
                ),
            )


def _cyclic_components(known: dict[str, Entity]) -> list[set[str]]:
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(known)
    for entity in known.values():
        graph.add_edges_from(
            (entity.id, provider) for need in entity.needs for provider in need.providers if provider in known
        )
    found = networkx.strongly_connected_components(graph)
    order = {entity: index for index, entity in enumerate(known)}
    cyclic = [part for part in found if len(part) > 1 or graph.has_edge(*(next(iter(part)),) * 2)]
    return sorted(cyclic, key=lambda part: min(order[entity] for entity in part))


def payments_have_stages(draft: Draft, today: date) -> None:
    """A payment has at least one stage."""
    for payment, place in draft.payments:
        if not payment.stages:
            place.error(
                "B501",
                say("betalningen har inget steg ([[payment.stage]])", "the payment has no stage ([[payment.stage]])"),
            )


def first_stages_open(draft: Draft, today: date) -> None:
    """The first stage says when it opens."""
    for payment, place in draft.payments:
        if payment.stages and payment.stages[0].opens is None:
            at = place / "stage" / 0
            at.error("B502", say("första steget saknar ”opens”", 'the first stage has no "opens"'))


def stages_are_in_order(draft: Draft, today: date) -> None:
    """No stage opens before one that it comes after."""
    for payment, place in draft.payments:
        latest = -(10**9)
        for index, stage in enumerate(payment.stages):
            if stage.opens is None:
                continue
            opens = _opening(stage.opens)
            if opens < latest:
                (place / "stage" / index / "opens").warning(
                    "B503", say("steget öppnar före ett tidigare steg", "the stage opens before an earlier stage")
                )
            latest = max(latest, opens)


_ANY_WEDNESDAY = date(2026, 9, 16).toordinal()


def _opening(opens: Opens) -> int:
    """Minutes from the payment date, for an ordinary payment date in the middle of a week."""
    day = (
        add_bank_days(_ANY_WEDNESDAY, opens.bank_days)
        if opens.bank_days is not None
        else _ANY_WEDNESDAY + (opens.days or 0)
    )
    return (day - _ANY_WEDNESDAY) * 1440 + opens.at


def a_stage_needs_the_paying_bank(draft: Draft, today: date) -> None:
    """Some stage needs the paying bank or something that it owns."""
    known = draft.entity_ids()
    for payment, place in draft.payments:
        if payment.stages and payment.paying_bank in known and not _needs_actor(known, payment, payment.paying_bank):
            (place / "paying_bank").warning(
                "B504", say("inget steg behöver den betalande banken", "no stage needs the paying bank")
            )


def a_stage_needs_the_payer(draft: Draft, today: date) -> None:
    """Some stage needs the payer or something that it owns."""
    known = draft.entity_ids()
    for payment, place in draft.payments:
        if payment.stages and payment.payer in known and not _needs_actor(known, payment, payment.payer):
            (place / "payer").warning(
                "B505",
                say(
                    "inget steg behöver betalaren eller något som den äger", "no stage needs the payer or what it owns"
                ),
            )


def _needs_actor(known: dict[str, Entity], payment: Payment, actor: str) -> bool:
    providers = [provider for stage in payment.stages for need in stage.needs for provider in need.providers]
    return any(provider == actor or (provider in known and known[provider].owner == actor) for provider in providers)


def stages_take_time(draft: Draft, today: date) -> None:
    """A stage of duration 0 passes at any capacity above 0."""
    for _, stage, place in draft.stages():
        if stage.duration == 0:
            (place / "duration" if stage.id else place).info(
                "B506",
                say(
                    f"steget ”{stage.id}” tar ingen tid: det går igenom vid varje kapacitet över 0",
                    f'the stage "{stage.id}" takes no time: it passes at any capacity above 0',
                ),
            )


def payments_have_dates(draft: Draft, today: date) -> None:
    """The rule of a payment yields dates."""
    for payment, place in draft.payments:
        if payment.rrule and not has_dates(payment.rrule):
            (place / "rrule").warning("B507", say("regeln ger inga datum", "the rule yields no dates"))


def moved_dates_are_dates_of_the_rule(draft: Draft, today: date) -> None:
    """A moved date is one that the rule gives."""
    for payment, place in draft.payments:
        for index, pair in enumerate(payment.moved):
            if not pair:
                continue
            planned = pair[0]
            is_planned = (
                planned in payment.dates
                if payment.dates
                else bool(payment.rrule and rule_dates(payment.rrule, planned, planned))
            )
            if not is_planned:
                (place / "moved" / index / 0).warning(
                    "B508", say(f"{planned} är inget av betalningens datum", f"{planned} is not a date of the payment")
                )


def events_end_after_they_start(draft: Draft, today: date) -> None:
    """An event ends after it starts."""
    for event, place in draft.events:
        if event.start and event.end and event.end <= event.start:
            (place / "start").error("B509", say("händelsen slutar innan den börjar", "the event ends before it starts"))


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


def endurance_on_payment_chains_is_known(draft: Draft, today: date) -> None:
    """Each need that lies on a payment chain says how long one does without."""
    known = draft.entity_ids()
    on_chain = _chain(draft, known)
    given = [
        (need, place / "needs" / index)
        for entity, place in draft.entities
        if entity.id in on_chain
        for index, need in enumerate(entity.needs)
    ]
    given += [
        (need, place / "needs" / index) for _, stage, place in draft.stages() for index, need in enumerate(stage.needs)
    ]
    for need, place in given:
        if need.endurance is None and need.providers:
            place.info(
                "B602",
                say(
                    f"okänd uthållighet utan {' / '.join(need.providers)}: räknas som 0",
                    f"unknown endurance without {' / '.join(need.providers)}: counts as 0",
                ),
            )


def _chain(draft: Draft, known: dict[str, Entity]) -> set[str]:
    """Everything that some stage needs, directly or through others."""
    waiting = [provider for _, stage, _ in draft.stages() for need in stage.needs for provider in need.providers]
    for payment, stage, _ in draft.stages():
        if stage.at_recipient_bank:
            waiting += [bank for bank, _ in payment.accounts or draft.model.get("accounts", ())]
    found: set[str] = set()
    while waiting:
        entity = waiting.pop()
        if entity in known and entity not in found:
            found.add(entity)
            waiting += [provider for need in known[entity].needs for provider in need.providers]
    return found


RULES: tuple[Rule, ...] = (
    entities_exist,
    windows_exist,
    ids_are_unique,
    audiences_are_unique,
    recipients_are_citizens,
    providers_are_named_once,
    shares_sum_to_one,
    at_least_is_within_the_providers,
    endurance_steps_rise_in_time,
    endurance_steps_fall_in_level,
    rto_is_within_mtpd,
    rta_is_within_rto,
    entities_are_connected,
    cycles_have_no_restart,
    payments_have_stages,
    first_stages_open,
    stages_are_in_order,
    a_stage_needs_the_paying_bank,
    a_stage_needs_the_payer,
    payments_have_dates,
    moved_dates_are_dates_of_the_rule,
    events_end_after_they_start,
    entities_are_verified,
    contacts_are_functions,
    amounts_fit_the_recipients,
    dates_are_past,
    people_fit_in_sweden,
    priorities_are_taken_once,
)

ACROSS_FILES: tuple[Rule, ...] = (
    entities_exist,
    windows_exist,
    entities_are_connected,
    a_stage_needs_the_paying_bank,
    a_stage_needs_the_payer,
)
"""Rules that would find fault with what stands in a file that could not be read."""

REMARKS: tuple[Rule, ...] = (
    stages_take_time,
    endurance_on_payment_chains_is_known,
    texts_name_nothing_more_restricted,
    failures_have_a_length,
    cutoffs_are_handed_in_to,
    money_comes_by_the_payment_date,
    mutual_needs_have_endurance,
    names_tell_entities_apart,
)
"""Rules that only remark on what is not there; of use once everything that is there can be read."""
