"""The whole model, frozen."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from beroenden.model.entities import Entity, Need
from beroenden.model.labels import strictest
from beroenden.model.names import spoken
from beroenden.model.payments import Event, Payment, Stage, Window

WITHHELD = "~withheld"
"""Stands for whatever a reader may not see; no id of a model can begin so."""
CONTACT = "contact"
"""With an entity's id, the key under which a contact of which a reader may not see all is withheld."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The highest label that an actor may read of others."""

    actor: str
    tlp: str


@dataclass(frozen=True)
class Network:
    """Entities, payments and their calendar, as the model files give them. Compares by value.

    Attributes:
        hash: SHA-256 of the canonical text, so the split into files does not matter.
        accounts: (bank, share) of recipients' accounts, for payments without their own.
        withheld: What of this copy its reader may not see: ids of entities and payments, (entity, index) of needs, (entity, "contact"),
            (payment, index) of stages and (payment, index, index) of their needs. Empty in a model as it was read.
    """

    name: str
    version: str
    timezone: str
    tlp: str
    accounts: tuple[tuple[str, float], ...] = ()
    entities: tuple[Entity, ...] = ()
    windows: tuple[Window, ...] = ()
    payments: tuple[Payment, ...] = ()
    audiences: tuple[Audience, ...] = ()
    events: tuple[Event, ...] = ()
    withheld: frozenset[Hashable] = frozenset()
    hash: str = field(default="", compare=False)

    def __hash__(self) -> int:
        return hash((self.name, self.version, len(self.entities), len(self.payments)))

    @cached_property
    def entity(self) -> dict[str, Entity]:
        """Entities by id."""
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def payment(self) -> dict[str, Payment]:
        """Payments by id."""
        return {payment.id: payment for payment in self.payments}

    @cached_property
    def window(self) -> dict[str, Window]:
        """Opening hours by id."""
        return {window.id: window for window in self.windows}

    @cached_property
    def called(self) -> dict[str, str]:
        """Names by id; of entities with one name, or payments, each with who answers for it, or else its id."""
        entities = self._told_apart({entity.id: entity.name for entity in self.entities})
        return entities | self._told_apart({payment.id: payment.name for payment in self.payments})

    def _told_apart(self, names: dict[str, str]) -> dict[str, str]:
        """Names by id, with what tells like ones apart in brackets; what is withheld stays as it is."""
        alike = Counter(names.values())
        owned = {id_: f"{name} ({self._whose(id_)})" if alike[name] > 1 else name for id_, name in names.items()}
        still = Counter(owned.values())
        apart = {id_: one if still[one] == 1 else f"{names[id_]} ({id_})" for id_, one in owned.items()}
        return apart | {id_: name for id_, name in names.items() if id_ in self.withheld}

    def _whose(self, one: str) -> str:
        """The name of who answers for an entity or a payment; its id where that is nobody else, or withheld."""
        actor = self.answering(one)
        return one if actor in self.withheld or actor == one else self.entity[actor].name

    @cached_property
    def spoken(self) -> dict[str, str]:
        """Names of entities and payments by id, as they are said; in whole where two would be said alike."""
        names = {entity.id: spoken(entity.name) for entity in self.entities}
        names |= {payment.id: spoken(payment.name) for payment in self.payments}
        alike = Counter(names.values())
        return {id_: name if alike[name] == 1 else self.called[id_] for id_, name in names.items()}

    @cached_property
    def consumers(self) -> dict[str, tuple[tuple[Entity, int, Need], ...]]:
        """For each entity, who needs it: (consumer, index of the need, need)."""
        found: dict[str, list[tuple[Entity, int, Need]]] = {entity.id: [] for entity in self.entities}
        for entity in self.entities:
            for index, need in enumerate(entity.needs):
                for provider in dict.fromkeys(need.providers):
                    found[provider].append((entity, index, need))
        return {entity: tuple(needs) for entity, needs in found.items()}

    def accounts_of(self, payment: Payment) -> tuple[tuple[str | None, float], ...]:
        """(bank, share) of a payment's recipients; one nameless branch where nothing is known."""
        return payment.accounts or self.accounts or ((None, 1.0),)

    def window_of(self, stage: Stage) -> Window | None:
        """The opening hours of a stage; None where it is always open."""
        return self.window[stage.window] if stage.window else None

    def stage_providers(self, payment: Payment, stage: Stage) -> list[str]:
        """Everything that a stage needs directly, the recipients' banks included where it needs them."""
        banks = [bank for bank, _ in self.accounts_of(payment) if bank] if stage.at_recipient_bank else []
        return [provider for need in stage.needs for provider in need.providers] + banks

    def behind(self, payment: Payment) -> set[str]:
        """Everything that a payment needs in any stage, directly or through others."""
        return self.upstream(one for stage in payment.stages for one in self.stage_providers(payment, stage))

    @cached_property
    def as_shown(self) -> "Network":
        """The model with only those stages and needs that its reader may know of; itself where nothing is withheld."""
        if not self.withheld:
            return self
        entities = (replace(one, needs=self._shown(one.needs, one.id)) for one in self.entities)
        payments = (replace(one, stages=tuple(self._shown_stages(one))) for one in self.payments)
        return replace(self, entities=tuple(entities), payments=tuple(payments))

    def _shown_stages(self, payment: Payment) -> Iterator[Stage]:
        for place, stage in enumerate(payment.stages):
            if (payment.id, place) not in self.withheld:
                yield replace(stage, needs=self._shown(stage.needs, payment.id, place))

    def _shown(self, needs: tuple[Need, ...], *of: Hashable) -> tuple[Need, ...]:
        return tuple(need for place, need in enumerate(needs) if (*of, place) not in self.withheld)

    def upstream(self, entities: Iterable[str]) -> set[str]:
        """Some entities and everything that they need, directly or through others."""
        waiting, found = list(entities), set[str]()
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += [provider for need in self.entity[one].needs for provider in need.providers]
        return found

    def downstream(self, entities: Iterable[str]) -> set[str]:
        """Some entities and everything that needs them, directly or through others."""
        waiting, found = list(entities), set[str]()
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += [consumer.id for consumer, _, _ in self.consumers[one]]
        return found

    def actor_of(self, entity: str) -> str:
        """The actor that answers for an entity: its owner, else itself."""
        return self.entity[entity].owner or entity

    def answering(self, one: str) -> str:
        """The actor that answers for an entity, or pays a payment."""
        return self.payment[one].payer if one in self.payment else self.actor_of(one)

    def label_of(self, *ids: str) -> str:
        """The label of a text that names some entities and payments: the most restricted of theirs, or the model's own."""
        named = (self.entity.get(one) or self.payment[one] for one in ids)
        return strictest(*(one.provenance.tlp or self.tlp for one in named)) if ids else self.tlp

    def by_priority(self) -> list[Payment]:
        """Payments in the actors' common order, unordered ones last."""
        return sorted(self.payments, key=lambda payment: (payment.priority is None, payment.priority or 0))
