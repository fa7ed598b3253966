"""A network as flat tables: entities, payments, their stages, and a row for each provider of each need."""

from collections.abc import Iterator, Sequence
from typing import Any

from beroenden.model.entities import Entity, Need, Provenance
from beroenden.model.network import Network
from beroenden.model.payments import Payment, Stage

Row = dict[str, Any]


def tables_of(network: Network) -> dict[str, list[Row]]:
    """The tables. Lengths are minutes, shares and levels 0..1, amounts SEK; None is unknown."""
    return {
        "entities": [_entity(network, one) for one in network.entities],
        "needs": [*_needs(network)],
        "payments": [_payment(one) for one in network.by_priority()],
        "stages": [
            _stage(payment, place, stage)
            for payment in network.by_priority()
            for place, stage in enumerate(payment.stages)
        ],
    }


def _entity(network: Network, one: Entity) -> Row:
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.kind,
        "owner": network.actor_of(one.id),
        "mtpd": one.mtpd,
        "rto": one.rto,
        "rta": one.rta,
        "rta_tested": _day(one.rta_tested),
        "rpo": one.rpo,
        "mbco": one.mbco,
        "population": one.population,
        **_provenance(one.provenance),
    }


def _payment(one: Payment) -> Row:
    return {
        "id": one.id,
        "name": one.name,
        "payer": one.payer,
        "paying_bank": one.paying_bank,
        "recipients": one.recipients,
        "count": one.count,
        "amount": one.amount,
        "max_delay": one.max_delay,
        "priority": one.priority,
        **_provenance(one.provenance),
    }


def _stage(payment: Payment, place: int, one: Stage) -> Row:
    return {
        "payment": payment.id,
        "place": place,
        "stage": one.id,
        "name": one.name,
        "duration": one.duration,
        "cutoff": one.cutoff,
        "lead": one.lead,
        "interbank": one.interbank,
        "at_recipient_bank": one.at_recipient_bank,
        **_provenance(one.provenance),
    }


def _needs(network: Network) -> Iterator[Row]:
    for entity in network.entities:
        yield from _providers({"consumer": entity.id, "stage": None}, entity.needs, ())
    for payment in network.by_priority():
        for stage in payment.stages:
            around = (stage.provenance, payment.provenance)
            yield from _providers({"consumer": payment.id, "stage": stage.id}, stage.needs, around)


def _providers(consumer: Row, needs: Sequence[Need], around: Sequence[Provenance]) -> Iterator[Row]:
    """A row for each provider; `endurance` is how long the work goes on in full, `lasts` until only the floor is left.

    Args:
        consumer: What each row begins with.
        needs: Of one consumer.
        around: Who says so of what holds the needs, the nearest first; it holds for what they do not say themselves.
    """
    for index, need in enumerate(needs):
        steps = need.endurance
        for place, provider in enumerate(need.providers):
            yield {
                **consumer,
                "need": index,
                "provider": provider,
                "form": need.form,
                "at_least": need.at_least if need.form == "any_of" else None,
                "share": need.shares[place] if need.shares else None,
                "endurance": None
                if steps is None
                else max((one.minutes for one in steps if one.level >= 1), default=0),
                "lasts": None if steps is None else max((one.minutes for one in steps), default=0),
                "floor": need.floor,
                "restart": need.restart,
                "expects": need.expects,
                "spread": need.spread,
                "what": need.what,
                **_inherited(_provenance(need.provenance), around),
            }


def _inherited(own: Row, around: Sequence[Provenance]) -> Row:
    """Who says so, key by key, with what is around where it says nothing itself."""
    given = [own, *map(_provenance, around)]
    return {key: next((one[key] for one in given if one[key] is not None), None) for key in own}


def _provenance(given: Provenance) -> Row:
    return {
        "tlp": given.tlp,
        "source": given.source,
        "verified": _day(given.verified),
        "confidence": given.confidence,
    }


def _day(day: Any) -> str | None:
    return None if day is None else str(day)
