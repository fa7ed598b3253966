"""What the page tells of one entity or payment, as plain text and ids."""

from collections.abc import Sequence
from typing import Any

from beroenden.model.entities import Entity, Need, Step
from beroenden.model.network import Network
from beroenden.model.payments import Payment, Stage
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import money, number, percent
from beroenden.views.result import Harm
from beroenden.views.signs import SIGNS

UNKNOWN = "okänd"


def entity_details(network: Network, entity: Entity, harm: Harm | None) -> dict[str, Any]:
    """All that the panel shows of an entity; `needs` and `neededBy` carry ids, names are looked up in the page."""
    return {
        "name": entity.name,
        "facts": _facts(network, entity),
        "needs": [{"ids": need.providers, "text": need_text(need)} for need in entity.needs],
        "neededBy": [
            {"ids": [consumer.id], "text": need_text(need)} for consumer, _, need in network.consumers[entity.id]
        ],
        "payments": [
            f"{payment.name}: {', '.join(stages)}"
            for payment in network.by_priority()
            if (stages := _stages_that_need(payment, entity.id))
        ],
        "state": harm.mark if harm else "",
        "spells": harm.spells if harm else (),
        "because": [{"ids": [link], "text": text} for link, text in harm.because] if harm else [],
    }


def payment_details(network: Network, payment: Payment) -> dict[str, Any]:
    """All that the panel shows of a payment; `shows` is the entities that it needs directly."""
    return {
        "id": payment.id,
        "name": payment.name,
        "facts": [
            ["Utbetalare", network.entity[payment.payer].name],
            ["Betalande bank", network.entity[payment.paying_bank].name if payment.paying_bank else UNKNOWN],
            ["Mottagare", network.entity[payment.recipients].name if payment.recipients else UNKNOWN],
            ["Antal", "okänt" if payment.count is None else number(payment.count)],
            ["Belopp", "okänt" if payment.amount is None else money(payment.amount)],
        ],
        "stages": [{"name": stage.name, "ids": _stage_needs(network, payment, stage)} for stage in payment.stages],
        "shows": _shown(network, payment),
    }


def need_text(need: Need) -> str:
    """A need in words, apart from who provides it: "minst 1 av 3; klarar sig 4 tim utan"."""
    parts = [_form(need), need.what or "", endurance_text(need)]
    if need.restart:
        parts.append(f"omstart {duration_in_words(need.restart)}")
    if need.expects is not None:
        parts.append(f"räknar med återställning inom {duration_in_words(need.expects)}")
    return "; ".join(part for part in parts if part)


def endurance_text(need: Need) -> str:
    """How long a consumer manages without supply."""
    if need.endurance is None:
        text = f"uthållighet {UNKNOWN}"
    elif not any(step.minutes for step in need.endurance):
        text = "ingen uthållighet"
    elif len(need.endurance) == 1 and need.endurance[0].level == 1:
        text = f"klarar sig {duration_in_words(need.endurance[0].minutes)} utan"
    else:
        text = "klarar sig utan: " + ", ".join(map(_step, need.endurance))
    return f"{text}, sedan {percent(need.floor)}" if need.floor else text


def _step(step: Step) -> str:
    return f"{percent(step.level)} till {duration_in_words(step.minutes)}"


def _form(need: Need) -> str:
    if need.form == "any_of":
        return f"minst {need.at_least} av {len(need.providers)}"
    if need.form == "shares":
        return "delad last: " + ", ".join(percent(share) for share in need.shares)
    return ""


def _facts(network: Network, entity: Entity) -> list[list[str]]:
    actor = network.actor_of(entity.id)
    facts = [
        ["Typ", SIGNS[entity.kind].name],
        ["Ansvarig", network.entity[actor].name if actor in network.entity else actor],
    ]
    if entity.kind == "citizens":
        facts.append(["Antal", "okänt" if entity.population is None else number(entity.population)])
    facts.append(["Källa", entity.provenance.source or UNKNOWN])
    return facts


def _stages_that_need(payment: Payment, entity: str) -> list[str]:
    return [stage.name for stage in payment.stages if any(entity in need.providers for need in stage.needs)]


def _stage_needs(network: Network, payment: Payment, stage: Stage) -> list[str]:
    """Ids that a stage needs directly; at the recipients' banks also these."""
    found = [provider for need in stage.needs for provider in need.providers]
    if stage.at_recipient_bank:
        found.extend(bank for bank, _ in network.accounts_of(payment) if bank is not None)
    return list(dict.fromkeys(found))


def _shown(network: Network, payment: Payment) -> Sequence[str]:
    """Ids of the payer, what each stage needs, and the recipients."""
    ends = (payment.payer, payment.paying_bank, payment.recipients)
    found = [entity for entity in ends if entity is not None]
    for stage in payment.stages:
        found.extend(_stage_needs(network, payment, stage))
    return list(dict.fromkeys(found))
