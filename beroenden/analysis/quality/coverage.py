"""How much of what could be known of an actor's or a payment's part of the map is known, and how sure it is."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from beroenden.model.entities import CONFIDENCES, Entity, Need, Provenance
from beroenden.model.network import Network
from beroenden.model.payments import Payment

UNSTATED = "unknown"
"""The confidence of what has none."""
_OWNED_BY_NATURE = ("authority", "framework_bank", "bank", "supplier")


@dataclass(frozen=True, slots=True)
class FieldCover:
    """A field of the model, and in how many of the places where it belongs it is filled in."""

    field: str
    known: int
    of: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of a part of the map.

    Attributes:
        about: Id of the actor or payment; "" is the whole model.
        confidence: How many entities, needs and payments have each confidence; those without one are "unknown".
    """

    about: str
    fields: tuple[FieldCover, ...]
    confidence: dict[str, int]

    @property
    def share(self) -> float:
        """The share of all fields that is filled in; 1 where there is none."""
        of = sum(one.of for one in self.fields)
        return sum(one.known for one in self.fields) / of if of else 1.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        fields = [{"field": one.field, "known": one.known, "of": one.of} for one in self.fields]
        confidence = dict.fromkeys((*CONFIDENCES, UNSTATED), 0) | self.confidence
        return {"id": self.about or None, "share": self.share, "fields": fields, "confidence": confidence}


def cover_of_model(network: Network) -> Cover:
    """The whole model."""
    return _cover("", _asked(network.entities), network.payments)


def cover_by_actor(network: Network) -> list[Cover]:
    """Each actor's own entities and the payments that it makes, the least known first."""
    owned: dict[str, list[Entity]] = {}
    for entity in _asked(network.entities):
        owned.setdefault(network.actor_of(entity.id), []).append(entity)
    covers = [
        _cover(actor, entities, [payment for payment in network.payments if payment.payer == actor])
        for actor, entities in owned.items()
    ]
    return sorted(covers, key=lambda one: one.share)


def cover_by_payment(network: Network) -> list[Cover]:
    """Each payment with all that its chain depends on, in the actors' common order."""
    covers = []
    for payment in network.by_priority():
        direct = [one for stage in payment.stages for one in network.stage_providers(payment, stage)]
        upstream = network.upstream(direct)
        covers.append(_cover(payment.id, _asked(one for one in network.entities if one.id in upstream), [payment]))
    return covers


def _asked(entities: Iterable[Entity]) -> list[Entity]:
    """Groups of citizens answer nothing."""
    return [entity for entity in entities if entity.kind != "citizens"]


def _cover(about: str, entities: Iterable[Entity], payments: Iterable[Payment]) -> Cover:
    known, of, confidence = Counter[str](), Counter[str](), Counter[str]()
    for provenance, values in _parts(entities, payments):
        confidence[provenance.confidence or UNSTATED] += 1
        for field, value in values:
            of[field] += 1
            known[field] += value is not None
    return Cover(about, tuple(FieldCover(field, known[field], of[field]) for field in of), dict(confidence))


Values = Iterator[tuple[str, object]]


def _parts(entities: Iterable[Entity], payments: Iterable[Payment]) -> Iterator[tuple[Provenance, Values]]:
    for entity in entities:
        yield entity.provenance, _of_entity(entity)
        for need in entity.needs:
            yield need.provenance, _of_need(need)
    for payment in payments:
        yield payment.provenance, _of_payment(payment)
        for stage in payment.stages:
            for need in stage.needs:
                own = need.provenance.confidence or stage.provenance.confidence or payment.provenance.confidence
                yield Provenance(confidence=own), iter((("endurance", need.endurance), ("expects", need.expects)))


def _of_entity(entity: Entity) -> Values:
    if entity.kind not in _OWNED_BY_NATURE:
        yield "owner", entity.owner
    contact = entity.contact
    yield "contact", (contact.role or contact.channel) if contact else None
    yield from (("mtpd", entity.mtpd), ("rto", entity.rto), ("rta", entity.rta))
    yield from (("verified", entity.provenance.verified), ("source", entity.provenance.source))


def _of_need(need: Need) -> Values:
    yield from (("endurance", need.endurance), ("expects", need.expects), ("source", need.provenance.source))


def _of_payment(payment: Payment) -> Values:
    yield from (("count", payment.count), ("amount", payment.amount), ("max_delay", payment.max_delay))
    yield from (("verified", payment.provenance.verified), ("source", payment.provenance.source))
