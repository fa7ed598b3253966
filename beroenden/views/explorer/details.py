"""What the page tells of one entity or payment, as plain text and ids."""

from collections.abc import Iterator, Sequence
from typing import Any

from beroenden.analysis.portrait import entity_facts, payment_facts, stage_words
from beroenden.analysis.words import endurance_words
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number, percent


def entity_details(network: Network, entity: Entity, crossing: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """All that the panel shows of an entity; ids stand for names, which the page looks up.

    Args:
        crossing: (payment id, names of the stages that depend on the entity).
    """
    return {
        "name": network.called[entity.id],
        "kind": entity.kind,
        "owner": network.actor_of(entity.id),
        "label": entity.provenance.tlp or network.tlp,
        "verified": entity.provenance.verified and entity.provenance.verified.isoformat(),
        "confidence": entity.provenance.confidence,
        "facts": list(entity_facts(network, entity)),
        "needs": [{"ids": need.providers, "text": need_text(need)} for need in entity.needs],
        "payments": crossing,
        "population": entity.population,
    }


def crossings(network: Network) -> dict[str, list[tuple[str, str]]]:
    """For each entity the payments that cross it, with the stages that depend on it directly or through others."""
    found: dict[str, list[tuple[str, str]]] = {entity.id: [] for entity in network.entities}
    for payment in network.by_priority():
        stages: dict[str, list[str]] = {}
        for stage in payment.stages:
            for entity in network.upstream(network.stage_providers(payment, stage)):
                stages.setdefault(entity, []).append(stage.name)
        for entity, names in stages.items():
            found[entity].append((payment.id, ", ".join(names)))
    return found


def payment_details(network: Network, payment: Payment) -> dict[str, Any]:
    """All that the page shows of a payment; `ends` and the ids of stages are what it needs directly."""
    ends = (payment.payer, payment.paying_bank, payment.recipients)
    return {
        "name": network.called[payment.id],
        "facts": list(payment_facts(network, payment)),
        "stages": [
            {
                "name": stage.name,
                "text": stage_words(network, stage),
                "ids": list(dict.fromkeys(network.stage_providers(payment, stage))),
            }
            for stage in payment.stages
        ],
        "ends": [entity for entity in ends if entity is not None],
        "payer": payment.payer,
        "recipients": payment.recipients,
        "route": list(dict.fromkeys(_route(network, payment))),
    }


def _route(network: Network, payment: Payment) -> Iterator[tuple[str, str]]:
    """The way of the money, as (from, to): payer, paying bank, what lies between banks, recipients' banks, recipients."""
    banks = [bank for bank, _ in network.accounts_of(payment) if bank is not None]
    others = [bank for bank in banks if bank != payment.paying_bank]
    stages = [stage for stage in payment.stages if stage.interbank]
    between = [provider for stage in stages for need in stage.needs for provider in need.providers]
    if payment.paying_bank is not None:
        yield payment.payer, payment.paying_bank
        yield from ((payment.paying_bank, one) for one in between or others)
    yield from ((one, bank) for one in between for bank in others)
    if payment.recipients is not None:
        yield from ((bank, payment.recipients) for bank in banks)


def need_text(need: Need) -> str:
    """A need in words, apart from who provides it: what it is, how long one does without, what is expected, and its source."""
    parts = [need.what or "", *_conditions(need), _expectation(need), *_provenance(need)]
    return "; ".join(part for part in parts if part)


def brief_need_text(need: Need) -> str:
    """A need in a few words, for a table: "minst 1 av dem räcker; uthållighet: 4 tim"."""
    return "; ".join(_conditions(need))


def _conditions(need: Need) -> Iterator[str]:
    if need.form == "any_of":
        yield say(f"minst {need.at_least} av dem räcker", f"at least {need.at_least} of them is enough")
    if need.form == "shares":
        yield say("delad last: ", "split load: ") + ", ".join(percent(share) for share in need.shares)
    yield say("uthållighet: ", "endurance: ") + endurance_words(need)
    if need.spread is not None and need.spread != 1:
        factor = number(need.spread, 2)
        yield say(f"osäker med en faktor {factor}", f"uncertain by a factor of {factor}")
    if need.restart:
        yield say("omstart ", "restart ") + duration_in_words(need.restart)


def _expectation(need: Need) -> str:
    if need.expects is None:
        return say("räknar med: okänt", "expects: unknown")
    expected = duration_in_words(need.expects)
    return say(f"räknar med återställning inom {expected}", f"expects recovery within {expected}")


def _provenance(need: Need) -> Iterator[str]:
    if need.provenance.source:
        yield say("källa: ", "source: ") + need.provenance.source
    if need.provenance.verified:
        yield say(f"verifierad {need.provenance.verified}", f"verified {need.provenance.verified}")
