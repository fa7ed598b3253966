"""What every check stands on: who needs what of whom as far as a reader may see it, and what rests on each."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beroenden.analysis.gaps.age import YEAR, Age
from beroenden.model.entities import Contact, Entity, Need, Provenance
from beroenden.model.labels import strictest
from beroenden.model.network import Network

ACTORS = ("authority", "framework_bank", "bank", "supplier")
"""Kinds that answer for themselves."""
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Use:
    """One provider of one need of an entity or of a stage of a payment.

    Attributes:
        consumer: Id of the entity or the payment.
        provider: Id of the entity.
        stage: Index of the payment's stage; None for an entity.
        share: How much of the need it carries: its share of a load that is split, else 1.
        is_alone: Whether the need is not met without it: of k of n, only when fewer than k others are left.
    """

    consumer: str
    provider: str
    need: Need
    stage: int | None
    share: float
    is_alone: bool


def full_endurance(need: Need) -> int | None:
    """Minutes for which a need goes on being fully met without supply; None is unknown.

    That is the last step at full level. A later step at part of the level is no longer full service, and the acceptable
    outage (mtpd) counts from where full service ends, so this is also the careful choice.
    """
    if need.endurance is None:
        return None
    return max((step.minutes for step in need.endurance if step.level >= 1 - _SAME), default=0)


@dataclass(frozen=True)
class Ground:
    """A model (the whole, or masked for a reader) and the day it is looked at.

    Attributes:
        age: What was verified or tested longer ago is old.
    """

    network: Network
    today: date
    age: Age = YEAR

    def is_shared(self, *keys: Hashable) -> bool:
        """Whether the reader may see entities, payments, needs or stages (by their keys in `Network.withheld`)."""
        return self.network.withheld.isdisjoint(keys)

    def is_old(self, day: date) -> bool:
        """Whether a day is longer ago than that."""
        return self.age.is_over(day, self.today)

    @cached_property
    def entities(self) -> list[Entity]:
        """The entities that may be named."""
        return [entity for entity in self.network.entities if self.is_shared(entity.id)]

    @cached_property
    def asked(self) -> list[Entity]:
        """The entities that somebody can answer for; groups of citizens give no answers."""
        return [entity for entity in self.entities if entity.kind != "citizens"]

    @cached_property
    def payments(self) -> list[str]:
        """The payments that may be named, in the actors' common order."""
        return [payment.id for payment in self.network.by_priority() if self.is_shared(payment.id)]

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """All that is needed by what can be asked, as far as both ends and the need itself may be seen."""
        return tuple(use for use in self._known if self.is_shared(use.provider))

    @cached_property
    def unnamed(self) -> tuple[Use, ...]:
        """What is needed, as far as it may be seen, of providers that may not be: only who needs can be asked.

        Each need stands once, of however many: that is not told.
        """
        hidden = (use for use in self._known if not self.is_shared(use.provider))
        return tuple({(use.consumer, use.stage, use.need): use for use in hidden}.values())

    @cached_property
    def _known(self) -> tuple[Use, ...]:
        return (*self._of_entities(), *self._of_stages())

    def _of_entities(self) -> Iterator[Use]:
        for entity in self.asked:
            for index, need in enumerate(entity.needs):
                if self.is_shared((entity.id, index)):
                    yield from self._of_need(entity.id, need, None)

    def _of_stages(self) -> Iterator[Use]:
        for payment in self.payments:
            for place, stage in enumerate(self.network.payment[payment].stages):
                for index, need in enumerate(stage.needs):
                    if self.is_shared((payment, place), (payment, place, index)):
                        yield from self._of_need(payment, need, place)

    def _of_need(self, consumer: str, need: Need, stage: int | None) -> Iterator[Use]:
        shares = need.shares or (1.0,) * len(need.providers)
        is_alone = need.form != "any_of" or len(need.providers) - 1 < need.at_least
        for provider, share in zip(need.providers, shares, strict=True):
            yield Use(consumer, provider, need, stage, share, is_alone)

    @cached_property
    def _crossing(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for one in self.payments:
            payment = self.network.payment[one]
            direct = [entity for stage in payment.stages for entity in self.network.stage_providers(payment, stage)]
            for entity in self.network.upstream(direct):
                found.setdefault(entity, []).append(one)
        return {entity: tuple(payments) for entity, payments in found.items()}

    def rests_on(self, *ids: str) -> tuple[str, ...]:
        """The payments that depend on any of some entities, directly or through others, or are among them."""
        found = {one for each in ids for one in self._crossing.get(each, ())} | {*ids}
        return tuple(payment for payment in self.payments if payment in found)

    def actor_of(self, one: str) -> str | None:
        """The actor that answers for an entity or a payment; None where there is none, or it may not be named."""
        payment = self.network.payment.get(one)
        actor = payment.payer if payment else self.network.actor_of(one)
        is_actor = actor in self.network.entity and self.network.entity[actor].kind != "citizens"
        return actor if is_actor and self.is_shared(actor) else None

    def actors_of(self, *ids: str) -> tuple[str, ...]:
        """The actors that answer for some entities and payments, each once."""
        return tuple(dict.fromkeys(actor for one in ids if (actor := self.actor_of(one)) is not None))

    def contact_of(self, one: str) -> Contact | None:
        """The function that answers for an entity: its own, else its owner's."""
        for each in dict.fromkeys((one, self.network.actor_of(one))):
            contact = self.network.entity[each].contact if self.is_shared(each) else None
            if contact is not None and (contact.role or contact.channel):
                return contact
        return None

    def label(self, *ids: str, use: Use | None = None) -> str:
        """The strictest label of what is told: of some entities and payments, and of a need and its stage."""
        own: list[Provenance] = []
        if use is not None:
            own.append(use.need.provenance)
            if use.stage is not None:
                own.append(self.network.payment[use.consumer].stages[use.stage].provenance)
        return strictest(self.network.label_of(*ids), *(one.tlp for one in own if one.tlp))
