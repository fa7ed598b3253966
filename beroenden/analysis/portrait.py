"""Portraits: what something is, what it needs, who needs it, which payments cross it."""

import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from beroenden.analysis.words import (
    dates_words,
    duration_words,
    endurance_words,
    failure_words,
    kind_words,
    providers_words,
    roll_words,
    window_words,
)
from beroenden.errors import unknown_id
from beroenden.language import say
from beroenden.model.entities import Entity, Need, Provenance
from beroenden.model.network import Network
from beroenden.model.payments import Opens, Payment, Stage
from beroenden.modelfiles.write import entity_toml, payment_toml, window_toml
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import counted, money, number, percent
from beroenden.units.times import clock_text


@dataclass(frozen=True, slots=True)
class Section:
    """A table of a portrait, or what to say when it is empty."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Portrait:
    """Facts and tables about one thing, in words, with the same as data."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    data: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """The portrait as JSON."""
        return {"schema": "beroenden/portrait/1", **self.data}


def portrait(network: Network, item: str | None = None) -> Portrait:
    """What an entity or a payment is, what it needs, who needs it and what crosses it; without an id, the whole model.

    The id of opening hours tells when something is open and which stages work then. An entity or a payment of the same id
    comes first.

    Raises:
        UsageError: for an id that the model does not have.
    """
    if item is None:
        return portrait_of_model(network)
    if item in network.entity:
        return portrait_of_entity(network, item)
    if item in network.payment:
        return portrait_of_payment(network, item)
    if item in network.window:
        return portrait_of_window(network, item)
    known = {**network.window, **network.entity, **network.payment}
    raise unknown_id(say("entitet, betalning eller öppettid", "entity, payment or window"), item, known)


def portrait_of_model(network: Network) -> Portrait:
    """How large the model is, and its payments."""
    kinds = Counter(entity.kind for entity in network.entities)
    needs = sum(len(entity.needs) for entity in network.entities)
    payments = tuple(
        (
            str(payment.priority or "–"),
            payment.name,
            payment.id,
            _or_unknown(payment.count, number),
            _or_unknown(payment.amount, money),
        )
        for payment in network.by_priority()
    )
    entities = tuple((kind_words(kind), str(count), _ids(network, kind)) for kind, count in kinds.items())
    headings = (
        say("Ordning", "Order"),
        say("Betalning", "Payment"),
        "id",
        say("Antal", "Number"),
        say("Belopp", "Amount"),
    )
    return Portrait(
        title=network.name,
        facts=(
            (say("Version", "Version"), network.version),
            ("TLP", network.tlp),
            (say("Kontrollsumma", "Checksum"), network.hash[:12]),
            (say("Entiteter", "Entities"), number(len(network.entities))),
            (say("Entiteternas behov", "Needs of entities"), number(needs)),
            (say("Betalningar", "Payments"), number(len(network.payments))),
        ),
        sections=(
            Section("payments", say("Betalningar", "Payments"), headings, payments, say("Inga.", "None.")),
            Section(
                "kinds",
                say("Entiteter", "Entities"),
                (say("Slag", "Kind"), say("Antal", "Number"), say("id och namn", "id and name")),
                entities,
                say("Inga.", "None."),
            ),
            *([_windows(network)] if network.windows else []),
        ),
        data={
            "id": None,
            "name": network.name,
            "version": network.version,
            "hash": network.hash,
            "entities": [entity.id for entity in network.entities],
            "payments": [payment.id for payment in network.by_priority()],
            "windows": [window.id for window in network.windows],
        },
    )


def _windows(network: Network) -> Section:
    rows = tuple((window.id, window_words(window)) for window in network.windows)
    return Section("windows", say("Öppettider", "Opening hours"), ("id", say("Öppet", "Open")), rows)


def _ids(network: Network, kind: str) -> str:
    return "\n".join(f"{entity.id}  {entity.name}" for entity in network.entities if entity.kind == kind)


def portrait_of_entity(network: Network, entity_id: str) -> Portrait:
    """One entity."""
    entity = network.entity[entity_id]
    stages_needing = {payment.id: _stages_that_need(network, payment, entity_id) for payment in network.payments}
    crossing = [payment for payment in network.by_priority() if stages_needing[payment.id]]
    owned = [one for one in network.entities if one.owner == entity_id != one.id]
    needs = tuple(
        (providers_words(need, network), need.what or "", endurance_words(need), duration_words(need.expects))
        for need in entity.needs
    )
    consumers = tuple(
        (consumer.name, need.what or "", endurance_words(need)) for consumer, _, need in network.consumers[entity_id]
    )
    stages = tuple((payment.name, ", ".join(stages_needing[payment.id])) for payment in crossing)
    return Portrait(
        title=f"{entity.name} ({entity.id})",
        facts=(*entity_facts(network, entity), *_reads(network, entity)),
        sections=(
            Section(
                "needs",
                say("Behöver", "Needs"),
                (
                    say("Av vem", "From whom"),
                    say("Vad", "What"),
                    say("Uthållighet", "Endurance"),
                    say("Räknar med", "Expects"),
                ),
                needs,
                say("Inget.", "Nothing."),
            ),
            Section(
                "consumers",
                say("Behövs av", "Needed by"),
                (say("Vem", "Who"), say("Vad", "What"), say("Uthållighet", "Endurance")),
                consumers,
                say("Ingen entitet.", "No entity."),
            ),
            Section(
                "payments",
                say("Betalningar som går genom den", "Payments that cross it"),
                (say("Betalning", "Payment"), say("Steg som behöver den", "Stages that need it")),
                stages,
                say("Ingen.", "None."),
            ),
            *_paid(network, entity_id),
            *([_owned(owned)] if owned else []),
        ),
        data=_entity_data(network, entity, crossing, owned),
    )


def _entity_data(network: Network, entity: Entity, crossing: list[Payment], owned: list[Entity]) -> dict[str, Any]:
    return {
        "id": entity.id,
        "entity": _as_in_the_file(entity_toml(entity))["entity"][0],
        "consumers": [{"entity": consumer.id, "need": index} for consumer, index, _ in network.consumers[entity.id]],
        "payments": [payment.id for payment in crossing],
        "pays": [payment.id for payment in network.payments if payment.payer == entity.id],
        "owns": [one.id for one in owned],
    }


def _as_in_the_file(text: str) -> Any:
    """The table of a canonical text with dates and times as text, as JSON has them."""
    return json.loads(json.dumps(tomllib.loads(text), default=str))


def _paid(network: Network, actor: str) -> Iterator[Section]:
    paid = [payment for payment in network.by_priority() if payment.payer == actor]
    if paid:
        rows = tuple(
            (payment.name, _or_unknown(payment.count, number), _or_unknown(payment.amount, money)) for payment in paid
        )
        yield Section(
            "pays",
            say("Betalar", "Pays"),
            (say("Betalning", "Payment"), say("Antal", "Number"), say("Belopp", "Amount")),
            rows,
        )


def _owned(owned: list[Entity]) -> Section:
    rows = tuple((one.name, kind_words(one.kind), one.id) for one in owned)
    return Section("owns", say("Svarar för", "Answers for"), (say("Vad", "What"), say("Slag", "Kind"), "id"), rows)


def entity_facts(network: Network, entity: Entity) -> Iterator[tuple[str, str]]:
    """(what, value) of all that is registered of an entity itself."""
    yield say("Slag", "Kind"), kind_words(entity.kind)
    if entity.owner:
        yield say("Svarar för den", "Responsible"), network.entity[entity.owner].name
    if entity.contact:
        yield (
            say("Kontakt", "Contact"),
            ", ".join(part for part in (entity.contact.role, entity.contact.channel) if part),
        )
    if entity.population is not None:
        yield say("Antal", "Number"), number(entity.population)
    known = (
        (say("Acceptabel avbrottstid (mtpd)", "Tolerable outage (mtpd)"), entity.mtpd),
        (say("Återställningstid (rto)", "Recovery time (rto)"), entity.rto),
        (say("Visad i test (rta)", "Shown in test (rta)"), entity.rta),
        (say("Maximal dataförlust (rpo)", "Data loss (rpo)"), entity.rpo),
    )
    if entity.kind != "citizens":
        yield from (
            (name, duration_words(minutes)) for name, minutes in known if minutes is not None or name == known[1][0]
        )
    if entity.rta_tested:
        yield say("Testad", "Tested"), str(entity.rta_tested)
    if entity.mbco is not None:
        yield say("Lägsta acceptabla nivå (mbco)", "Least acceptable level (mbco)"), percent(entity.mbco)
    if entity.failure:
        yield say("Felfrekvens", "Failures"), failure_words(entity.failure)
    if entity.regimes:
        yield say("Regelverk", "Regulations"), ", ".join(regime.upper() for regime in entity.regimes)
    yield from _provenance(entity.provenance, network)


def _reads(network: Network, entity: Entity) -> Iterator[tuple[str, str]]:
    """What an actor may read of others."""
    if network.actor_of(entity.id) == entity.id and entity.kind != "citizens":
        labels = [one.tlp for one in network.audiences if one.actor == entity.id]
        yield say("Får läsa av andra", "May read of others"), labels[0] if labels else "TLP:CLEAR"


def _provenance(given: Provenance, network: Network) -> Iterator[tuple[str, str]]:
    yield "TLP", given.tlp or network.tlp
    if given.source:
        yield say("Källa", "Source"), given.source
    if given.verified:
        yield say("Verifierad", "Verified"), str(given.verified)
    if given.confidence:
        words = {"low": ("låg", "low"), "medium": ("medel", "medium"), "high": ("hög", "high")}
        yield say("Tillförlitlighet", "Confidence"), say(*words[given.confidence])
    if given.note:
        yield say("Anmärkning", "Note"), given.note


def portrait_of_payment(network: Network, payment_id: str) -> Portrait:
    """One payment and its stages."""
    payment = network.payment[payment_id]
    return Portrait(
        title=f"{payment.name} ({payment.id})",
        facts=tuple(payment_facts(network, payment)),
        sections=(
            Section(
                "stages",
                say("Steg", "Stages"),
                (say("Steg", "Stage"), say("När", "When"), say("Behöver", "Needs")),
                tuple(
                    (stage.name, stage_words(network, stage), _stage_needs(network, stage)) for stage in payment.stages
                ),
            ),
        ),
        data={"id": payment.id, "payment": _as_in_the_file(payment_toml(payment))["payment"][0]},
    )


def portrait_of_window(network: Network, window_id: str) -> Portrait:
    """Opening hours, and the stages that are worked on only then."""
    window = network.window[window_id]
    stages = [
        (payment, stage) for payment in network.by_priority() for stage in payment.stages if stage.window == window_id
    ]
    return Portrait(
        title=say(f"Öppettid {window_id}", f"Opening hours {window_id}"),
        facts=((say("Öppet", "Open"), window_words(window)),),
        sections=(
            Section(
                "stages",
                say("Steg som arbetas bara då", "Stages that are worked on only then"),
                (say("Betalning", "Payment"), say("Steg", "Stage")),
                tuple((payment.name, stage.name) for payment, stage in stages),
                say("Inget.", "None."),
            ),
        ),
        data={
            "id": window_id,
            "window": _as_in_the_file(window_toml(window))["window"][0],
            "stages": [{"payment": payment.id, "stage": stage.id} for payment, stage in stages],
        },
    )


def payment_facts(network: Network, payment: Payment) -> Iterator[tuple[str, str]]:
    """(what, value) of all that is registered of a payment itself."""
    banks = [(_name(network, bank), share) for bank, share in network.accounts_of(payment)]
    yield say("Betalare", "Payer"), _name(network, payment.payer)
    yield say("Betalande bank", "Paying bank"), _name(network, payment.paying_bank)
    yield say("Mottagare", "Recipients"), _name(network, payment.recipients)
    yield say("Antal per körning", "Number a run"), _or_unknown(payment.count, number)
    yield say("Belopp per körning", "Amount a run"), _or_unknown(payment.amount, money)
    yield say("Dagar", "Days"), dates_words(payment)
    yield say("Flyttas", "Moved"), roll_words(payment.roll)
    yield say("Tolerabel försening", "Tolerable delay"), duration_words(payment.max_delay)
    yield say("Konton", "Accounts"), ", ".join(f"{name} {percent(share)}" for name, share in banks)
    yield from _provenance(payment.provenance, network)


def _name(network: Network, entity: str | None) -> str:
    return network.entity[entity].name if entity else "–"


def _or_unknown(value: float | None, words: Any) -> str:
    return say("okänt", "unknown") if value is None else str(words(value))


def stage_words(network: Network, stage: Stage) -> str:
    """When a stage begins, how long it takes, when work is done on it and when it is delivered."""
    parts = []
    if stage.opens:
        parts.append(say("öppnar ", "opens ") + _opens(stage.opens))
    if stage.duration:
        parts.append(say("tar ", "takes ") + duration_in_words(stage.duration))
    if stage.window:
        parts.append(say("öppet ", "open ") + window_words(network.window[stage.window]))
    if stage.cutoff is not None:
        parts.append(say("bryttid ", "cut-off ") + clock_text(stage.cutoff))
        parts.append(say("levereras ", "delivered ") + _lead(stage.lead))
    if stage.release:
        parts.append(say("släpps ", "released ") + ", ".join(clock_text(minute) for minute in stage.release))
    if stage.interbank:
        parts.append(say("bara mellan banker", "only between banks"))
    return "; ".join(parts)


def _lead(bank_days: int) -> str:
    """When what made a cut-off is delivered."""
    if bank_days == 0:
        return say("samma bankdag", "the same bank day")
    return _days(bank_days, is_bank_days=True) + say(" senare", " later")


def _opens(opens: Opens) -> str:
    is_bank_days = opens.bank_days is not None
    count = (opens.bank_days if is_bank_days else opens.days) or 0
    clock = say("kl. ", "at ") + clock_text(opens.at)
    if count == 0:
        return clock + say(" på betalningsdagen", " on the payment date")
    side = say("före" if count < 0 else "efter", "before" if count < 0 else "after")
    date = say("betalningsdagen", "the payment date")
    return f"{clock}, {_days(abs(count), is_bank_days=is_bank_days)} {side} {date}"


def _days(count: int, *, is_bank_days: bool) -> str:
    if is_bank_days:
        return counted(count, say("bankdag", "bank day"), say("bankdagar", "bank days"))
    return counted(count, say("dag", "day"), say("dagar", "days"))


def _stage_needs(network: Network, stage: Stage) -> str:
    parts = [providers_words(need, network) + _while_without(need) for need in stage.needs]
    if stage.at_recipient_bank:
        parts.append(say("mottagarens bank", "the recipient's bank"))
    return "; ".join(parts) or "–"


def _while_without(need: Need) -> str:
    """How long a stage does without a need, where that is not nothing."""
    if need.endurance is not None and not need.floor and not any(step.minutes for step in need.endurance):
        return ""
    what = f", {need.what}" if need.what else ""
    return f" ({say('uthållighet', 'endurance')} {endurance_words(need)}{what})"


def _stages_that_need(network: Network, payment: Payment, entity: str) -> list[str]:
    """Names of the stages that depend on an entity, directly or through others."""
    return [
        stage.name for stage in payment.stages if entity in network.upstream(network.stage_providers(payment, stage))
    ]
