"""The model as a reader may know it: the same structure and numbers, without a word of what is withheld."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary

from beroenden.language import Language, language, say
from beroenden.model.entities import Contact, Entity, Need, Provenance
from beroenden.model.names import spoken, without_legal_form
from beroenden.model.network import CONTACT, WITHHELD, Network
from beroenden.model.payments import Event, Payment, Stage
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.sharing.viewer import Viewer

_NOTHING_SAID = Provenance(tlp="TLP:CLEAR")
_SHORTEST_NAME, _LONG_ENOUGH = 3, 6
_START = 2  # no name that is looked for is shorter
_BEGINNINGS = re.compile(r"(?<!\w)(?=\S)")
_END = re.compile(r"(?:s|:s)?(?!\w)")


@dataclass(frozen=True)
class Masked:
    """A model for a reader.

    It computes as the whole model does, since it has the same structure: what is withheld has lost its words, not its
    place. So whatever is written from it holds nothing that the reader may not see.

    Attributes:
        network: With `withheld` filled in.
        viewer: The reader.
        ids: For each id of the whole model, its id here.
        words: Names and ids that may not be said, in lower case.
    """

    network: Network
    viewer: Viewer
    ids: dict[str, str]
    words: frozenset[str]

    def scenario(self, scenario: Scenario) -> Scenario:
        """The same scenario, in the ids of this model."""
        return replace(
            scenario,
            outages=tuple(self.outage(outage) for outage in scenario.outages),
            pins=tuple(self.pin(pin) for pin in scenario.pins),
            name="" if self.tells(scenario.name) else scenario.name,
            note="" if self.tells(scenario.note) else scenario.note,
        )

    def outage(self, outage: Outage) -> Outage:
        """The same outage, in the ids of this model."""
        return replace(
            outage,
            entity=outage.entity and self.ids[outage.entity],
            payment=outage.payment and self.ids[outage.payment],
        )

    def pin(self, pin: Pin) -> Pin:
        """The same pin, in the ids of this model."""
        return replace(pin, entity=self.ids[pin.entity])

    def tells(self, text: str) -> bool:
        """Whether a text that somebody wrote names something that is withheld, also inflected or in a compound."""
        return self._withheld.named_in(text)

    @cached_property
    def _withheld(self) -> "_Names":
        return _Names(self.words)


class _Names:
    """Names that are looked for in texts, found by how they begin: a model may have thousands of both."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in names:
            self._by_start.setdefault(name[:_START], []).append(name)

    def named_in(self, text: str) -> bool:
        """Whether a text names any of them."""
        if not self._by_start:
            return False
        written = _plain(text)
        return any(
            _ends(written, at.start(), name)
            for at in _BEGINNINGS.finditer(written)
            for name in self._by_start.get(written[at.start() : at.start() + _START], ())
        )


def _ends(written: str, at: int, name: str) -> bool:
    """Whether a name stands there; after a short one nothing but a genitive may follow."""
    after = at + len(name)
    return written.startswith(name, at) and (len(name) >= _LONG_ENOUGH or _END.match(written, after) is not None)


def _plain(text: str) -> str:
    """A text as it is compared: composed, without case, each space one, and "CSN:s" as "CSNs"."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace(":s ", "s ").split())


_OfReaders = dict[tuple[Viewer, Language, str], Masked]
"""By reader, language and the network's hash, without which networks compare."""
_KNOWN: "WeakKeyDictionary[Network, _OfReaders]" = WeakKeyDictionary()


def masked(network: Network, viewer: Viewer | None) -> Masked:
    """The model for a reader, made once for each; for the own house (None) the model itself."""
    if viewer is None:
        ids = {one: one for one in (*network.entity, *network.payment)}
        return Masked(network, Viewer("TLP:RED"), ids, frozenset())
    known = _KNOWN.setdefault(network, {})
    key = (viewer, language(), network.hash)
    if key not in known:
        known[key] = _Mask(network, viewer).masked()
    return known[key]


class _Mask:
    def __init__(self, network: Network, viewer: Viewer) -> None:
        self._network, self._viewer = network, viewer
        hidden = [*self._hidden()]
        self._ids = {one: one for one in (*network.entity, *network.payment)}
        self._ids |= {one: f"{WITHHELD}-{place}" for place, one in enumerate(hidden)}
        self._hidden_ids = frozenset(hidden)
        self._withheld: set[Hashable] = {self._ids[one] for one in hidden} | {WITHHELD}
        self._name = say("beroende som inte delas", "dependency not shared")
        self._model_is_shared = viewer.may_read(network.tlp)
        self._told = _Names(self._words())

    def masked(self) -> Masked:
        network = self._network
        entities = (*(self._entity(entity) for entity in network.entities), self._stand_in())
        payments = tuple(self._payment(payment) for payment in network.payments)
        made = replace(
            network,
            name=network.name if self._model_is_shared else "",
            version=network.version if self._model_is_shared else "",
            tlp=self._viewer.label_for(network.tlp) if self._model_is_shared else "TLP:CLEAR",
            accounts=self._banks(network.accounts),
            entities=entities,
            windows=tuple(replace(window, id=self._window(window.id)) for window in network.windows),
            payments=payments,
            audiences=(),
            events=tuple(self._event(event) for event in network.events),
            withheld=frozenset(self._withheld),
        )
        return Masked(made, self._viewer, self._ids, frozenset(self._words()))

    def _text(self, text: str | None) -> str | None:
        """A text that somebody wrote, unless it names something that is withheld."""
        return None if text is None or self._told.named_in(text) else text

    def _provenance(self, given: Provenance, label: str) -> Provenance:
        """Where something comes from, as far as that may be said."""
        return replace(
            given, tlp=self._viewer.label_for(label), source=self._text(given.source), note=self._text(given.note)
        )

    def _hidden(self) -> Iterator[str]:
        """Entities and payments that the reader may not see."""
        network = self._network
        for entity in network.entities:
            if not self._viewer.may_read(network.label_of(entity.id), network.actor_of(entity.id)):
                yield entity.id
        for payment in network.payments:
            if not self._viewer.may_read(payment.provenance.tlp or network.tlp, network.actor_of(payment.payer)):
                yield payment.id

    def _words(self) -> Iterator[str]:
        for one in self._hidden_ids:
            named = self._network.entity.get(one) or self._network.payment[one]
            words = (one, named.name, spoken(named.name), without_legal_form(named.name))  # as nobody writes all of it
            yield from (_plain(word) for word in words if len(word) >= _SHORTEST_NAME)

    def _stand_in(self) -> Entity:
        """What a withheld link of a chain is shown as; needs nothing and is needed by nothing."""
        return Entity(WITHHELD, self._name, "system", provenance=_NOTHING_SAID)

    def _entity(self, entity: Entity) -> Entity:
        here = self._ids[entity.id]
        owner = self._network.actor_of(entity.id)
        label = self._network.label_of(entity.id)
        needs = tuple(
            self._need(need, label, owner, (here, index), entity.id in self._hidden_ids)
            for index, need in enumerate(entity.needs)
        )
        if entity.id in self._hidden_ids:
            kind = entity.kind if entity.kind == "citizens" else "system"
            return Entity(here, self._name, kind, population=entity.population, provenance=_NOTHING_SAID, needs=needs)
        return replace(
            entity,
            owner=entity.owner and self._ids[entity.owner],
            contact=entity.contact and self._contact(entity.contact, here),
            regimes=tuple(one for one in entity.regimes if self._text(one) is not None),
            provenance=self._provenance(entity.provenance, label),
            needs=needs,
        )

    def _contact(self, contact: Contact, entity: str) -> Contact:
        made = Contact(role=self._text(contact.role), channel=self._text(contact.channel))
        if made != contact:
            self._withheld.add((entity, CONTACT))
        return made

    def _need(self, need: Need, label: str, actor: str, key: Hashable, is_hidden: bool) -> Need:
        label = need.provenance.tlp or label
        providers = tuple(self._ids[provider] for provider in need.providers)
        if not is_hidden and self._viewer.may_read(label, actor):
            provenance = self._provenance(need.provenance, label)
            return replace(need, providers=providers, what=self._text(need.what), provenance=provenance)
        self._withheld.add(key)
        return replace(need, providers=providers, expects=None, what=None, provenance=_NOTHING_SAID)

    def _payment(self, payment: Payment) -> Payment:
        here, label = self._ids[payment.id], payment.provenance.tlp or self._network.tlp
        is_hidden = payment.id in self._hidden_ids
        made = replace(
            payment,
            id=here,
            payer=self._ids[payment.payer],
            paying_bank=payment.paying_bank and self._ids[payment.paying_bank],
            recipients=payment.recipients and self._ids[payment.recipients],
            accounts=self._banks(payment.accounts),
            legal_basis=self._text(payment.legal_basis),
            provenance=self._provenance(payment.provenance, label),
            stages=tuple(
                self._stage(stage, label, self._network.actor_of(payment.payer), (here, index), is_hidden)
                for index, stage in enumerate(payment.stages)
            ),
        )
        if is_hidden:
            return replace(made, name=self._name, legal_basis=None, provenance=_NOTHING_SAID)
        return made

    def _stage(self, stage: Stage, label: str, actor: str, key: tuple[str, int], is_hidden: bool) -> Stage:
        label = stage.provenance.tlp or label
        is_hidden = is_hidden or not self._viewer.may_read(label, actor)
        needs = tuple(
            self._need(need, label, actor, (*key, index), is_hidden) for index, need in enumerate(stage.needs)
        )
        made = replace(stage, needs=needs, window=stage.window and self._window(stage.window))
        if not is_hidden:
            name = self._text(stage.name) or say("steg som inte namnges", "stage not named")
            return replace(made, name=name, provenance=self._provenance(stage.provenance, label))
        self._withheld.add(key)
        name = say("steg som inte delas", "stage not shared")
        return replace(made, id=f"{WITHHELD}-{key[1]}", name=name, provenance=_NOTHING_SAID)

    def _banks(self, accounts: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
        return tuple((self._ids[bank], share) for bank, share in accounts)

    def _window(self, window: str) -> str:
        if self._model_is_shared:
            return window
        return f"{WITHHELD}-{[one.id for one in self._network.windows].index(window)}"

    def _event(self, event: Event) -> Event:
        entities = tuple(self._ids[entity] for entity in event.entities)
        label = event.provenance.tlp or self._network.tlp
        if self._viewer.may_read(label):
            name = self._text(event.name) or self._name
            return replace(event, name=name, entities=entities, provenance=self._provenance(event.provenance, label))
        return replace(event, id=WITHHELD, name=self._name, entities=entities, provenance=_NOTHING_SAID)
