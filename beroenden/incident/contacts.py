"""Whom to call about an incident and why, and who answers for the systems that several actors share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import causing_actors, check_actor, late_banks, own_runs, upstream_actors
from beroenden.incident.lagesbild.writer import Writer
from beroenden.incident.log.entries import Entry, Request
from beroenden.language import say, writing_in
from beroenden.model.entities import Contact, Entity, Need
from beroenden.units.durations import format_duration
from beroenden.units.times import brief_date

SCHEMA = "beroenden/contacts/1"
_NAMED = 3
"""How many names a reason gives before the rest are counted."""
_PRESSING = ("cause", "between", "asked", "pays")
_ACTORS = ("authority", "framework_bank", "bank", "supplier")
"""Kinds that answer for themselves."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """An actor to call: the function, never a person; "" where the model has none.

    Attributes:
        reasons: Key of why it is on the list (cause, between, asked, pays, bank, harmed) and the words for it, the
            weightiest first.
    """

    actor: str
    name: str
    role: str
    channel: str
    reasons: tuple[tuple[str, str], ...]
    tlp: str

    @property
    def why(self) -> str:
        """All reasons in words."""
        return "; ".join(words for _, words in self.reasons)

    @property
    def is_pressing(self) -> bool:
        """Whether more than being affected speaks for calling it: the cause, the way here, a request, or late payments."""
        return any(key in _PRESSING for key, _ in self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON; what is missing is null."""
        return {
            "actor": self.actor,
            "name": self.name,
            "role": self.role or None,
            "channel": self.channel or None,
            "reasons": [{"reason": key, "text": words} for key, words in self.reasons],
            "tlp": self.tlp,
        }


@dataclass(frozen=True, slots=True)
class SharedSystem:
    """Something out or harmed that two or more actors use. Lengths in minutes; None is unknown.

    Attributes:
        owner: Who answers for it; "" where the model does not say, or the reader may not know.
        contact: The function that answers for it.
        expects: (user, recovery time that it counts on), for those that are registered.
        lacking: What is missing or does not agree, in words.
    """

    entity: str
    name: str
    state: str
    owner: str
    contact: Contact | None
    users: tuple[str, ...]
    rto: int | None
    rta: int | None
    expects: tuple[tuple[str, int], ...]
    lacking: tuple[str, ...]
    tlp: str

    def to_dict(self) -> dict[str, Any]:
        """The system as JSON; what is missing is null."""
        return {
            "entity": self.entity,
            "name": self.name,
            "state": self.state,
            "owner": self.owner or None,
            "role": self.contact and self.contact.role,
            "channel": self.contact and self.contact.channel,
            "users": list(self.users),
            "rto": _length(self.rto),
            "rta": _length(self.rta),
            "expects": [{"user": user, "within": format_duration(minutes)} for user, minutes in self.expects],
            "lacking": list(self.lacking),
            "tlp": self.tlp,
        }


def contact_list(basis: Basis, actor: str) -> tuple[ContactRow, ...]:
    """Whom an actor needs to reach: where the cause lies, who stands between, whom the log asks, who else is affected.

    Args:
        basis: What is known and what follows.
        actor: Id in the whole model; it is not on its own list.

    Raises:
        UsageError: when it is no actor.
    """
    here = own_id(basis, actor)
    with writing_in(basis.language):
        return tuple(_Contacts(basis, here).rows())


def shared_systems(basis: Basis, actor: str) -> tuple[SharedSystem, ...]:
    """Who answers for what is out or harmed and used by several actors; what is out comes first, then what the actor itself uses.

    Args:
        basis: What is known and what follows.
        actor: Id in the whole model.

    Raises:
        UsageError: when it is no actor.
    """
    here = own_id(basis, actor)
    with writing_in(basis.language):
        name = basis.network.entity[here].name
        found = [*_Responsibility(basis, here).systems()]
        return tuple(
            sorted(found, key=lambda one: (one.state != "out", name not in (*one.users, one.owner), -len(one.users)))
        )


def reader_of(basis: Basis) -> str:
    """Whom a basis is for: an actor's id or a label; "" is the own house."""
    return (basis.viewer.actor or basis.viewer.label) if basis.viewer else ""


def own_id(basis: Basis, actor: str) -> str:
    """The id of an actor in the words of a basis.

    Raises:
        UsageError: when it is no actor.
    """
    here = basis.mask.ids.get(actor, actor)
    check_actor(basis.network, here)
    return here


def to_dict(contacts: Iterable[ContactRow], systems: Iterable[SharedSystem]) -> dict[str, Any]:
    """Both lists as JSON."""
    return {
        "schema": SCHEMA,
        "contacts": [one.to_dict() for one in contacts],
        "shared_systems": [one.to_dict() for one in systems],
    }


_Kind = TypeVar("_Kind", bound=Entry)


def entries_to_show(basis: Basis, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """The log's entries of a kind: all for the own house, for other readers those that were chosen for sharing."""
    found = basis.log.of(kind) if basis.log else ()
    return tuple(one for one in found if basis.viewer is None or one.disclose)


def requests_to_others(basis: Basis) -> tuple[Request, ...]:
    """The requests that may be told of; one to the reader itself always."""
    found = basis.log.of(Request) if basis.log else ()
    chosen = entries_to_show(basis, Request)
    mine = basis.viewer.actor if basis.viewer else None
    return tuple(
        one for one in found if one.to not in basis.network.withheld and (one in chosen or (one.to and one.to == mine))
    )


class _Contacts(Writer):
    """Reasons to call, gathered by actor; the order in which actors are first named is that of need."""

    def rows(self) -> Iterator[ContactRow]:
        reasons: dict[str, dict[str, str]] = {}
        for key, actor, words in self._reasons():
            if actor != self._actor and self._is_shared(actor):
                reasons.setdefault(actor, {}).setdefault(key, words)
        for actor, found in reasons.items():
            entity = self._network.entity[actor]
            contact = entity.contact or Contact()
            label = self._network.label_of(actor)
            yield ContactRow(actor, entity.name, contact.role or "", contact.channel or "", tuple(found.items()), label)

    def _reasons(self) -> Iterator[tuple[str, str, str]]:
        """(key, actor, words)."""
        yield from self._causes()
        stopped = (one for run in own_runs(self._outcome, self._actor) if run.late for one in run.run.blocked_by)
        between = (*upstream_actors(self._outcome, self._actor), *map(self._network.actor_of, stopped))
        causing = causing_actors(self._outcome, self._actor)
        for actor in between:
            if actor not in causing:
                yield "between", actor, say("står mellan orsaken och oss", "stands between the cause and us")
        yield from self._asked()
        yield from self._payers()
        for actor in late_banks(self._outcome):
            yield "bank", actor, say("bankens kunder får pengar sent", "the bank's customers receive money late")
        yield from self._harmed()

    def _causes(self) -> Iterator[tuple[str, str, str]]:
        network = self._network
        for actor in causing_actors(self._outcome, self._actor):
            out = [one.entity for one in self._outcome.scenario.outages if one.entity]
            own = [one for one in out if network.actor_of(one) == actor and self._is_shared(one)]
            names = _some(self._name(one) for one in own)
            itself = say("är själv ute", "is itself out")
            what = say(f"svarar för det som är ute: {names}", f"answers for what is out: {names}")
            yield "cause", actor, itself if own == [actor] else what

    def _asked(self) -> Iterator[tuple[str, str, str]]:
        for request in requests_to_others(self._basis):
            if request.to in self._network.entity:
                waiting = request.answered is None
                state = say("obesvarad", "unanswered") if waiting else say("besvarad", "answered")
                yield "asked", request.to or "", say(f"har fått en begäran ({state})", f"has been asked ({state})")

    def _payers(self) -> Iterator[tuple[str, str, str]]:
        late: dict[str, list[str]] = {}
        for run in self._outcome.late_runs:
            late.setdefault(run.payment.payer, []).append(f"{run.payment.name} ({brief_date(run.day)})")
        for actor, runs in late.items():
            yield "pays", actor, say(f"betalar sent: {_some(runs)}", f"pays late: {_some(runs)}")

    def _harmed(self) -> Iterator[tuple[str, str, str]]:
        out = {one.entity for one in self._outcome.scenario.outages}
        harmed: dict[str, list[str]] = {}
        for impact in self._outcome.entities:
            if impact.degraded_from is not None and impact.entity.kind != "citizens" and impact.entity.id not in out:
                actor = self._network.actor_of(impact.entity.id)
                harmed.setdefault(actor, []).append(impact.entity.id)
        for actor, entities in harmed.items():
            systems = [self._name(one) for one in entities if one != actor]
            names = _some(systems)
            yield (
                "harmed",
                actor,
                (
                    say(f"har nedsatta system: {names}", f"has impaired systems: {names}")
                    if systems
                    else say("den egna verksamheten är nedsatt", "its own operations are impaired")
                ),
            )


class _Responsibility(Writer):
    """Who answers for what several actors use."""

    def systems(self) -> Iterator[SharedSystem]:
        out = {one.entity for one in self._outcome.scenario.outages}
        for impact in self._outcome.entities:
            if impact.entity.kind == "citizens" or (impact.degraded_from is None and impact.entity.id not in out):
                continue
            uses = [*self._uses(impact.entity.id)]
            users = [*dict.fromkeys(actor for actor, _ in uses)]
            if len(users) > 1:
                yield self._system(impact, users, uses, impact.entity.id in out)

    def _uses(self, entity: str) -> Iterator[tuple[str, Need]]:
        """(actor, need) of all that need an entity: as actors, through systems of their own, or in a payment's chain."""
        network, hidden = self._network, self._network.withheld
        for consumer, index, need in network.consumers[entity]:
            actor = network.actor_of(consumer.id)
            if consumer.kind != "citizens" and not hidden & {consumer.id, (consumer.id, index), actor}:
                yield actor, need
        for payment in network.payments:
            for place, stage in enumerate(payment.stages):
                for index, need in enumerate(stage.needs):
                    keys = {payment.id, payment.payer, (payment.id, place), (payment.id, place, index)}
                    if entity in need.providers and not hidden & keys:
                        yield payment.payer, need

    def _system(
        self, impact: EntityImpact, users: list[str], uses: list[tuple[str, Need]], is_out: bool
    ) -> SharedSystem:
        entity, owner = impact.entity, self._owner(impact.entity)
        is_hidden = bool(entity.owner) and not self._is_shared(entity.owner)
        contact = entity.contact or (self._network.entity[owner].contact if owner else None)
        least: dict[str, int] = {}
        for actor, need in uses:
            if need.expects is not None:
                least[actor] = min(need.expects, least.get(actor, need.expects))
        labels = self._network.label_of(entity.id, *users, *([owner] if owner else []))
        return SharedSystem(
            entity=entity.id,
            name=entity.name,
            state="out" if is_out else "harmed",
            owner=self._name(owner) if owner else "",
            contact=contact,
            users=tuple(self._name(user) for user in users),
            rto=entity.rto,
            rta=entity.rta,
            expects=tuple((self._name(actor), minutes) for actor, minutes in least.items()),
            lacking=tuple(_lacking(entity, bool(owner) or is_hidden, contact, least, len(users))),
            tlp=labels,
        )

    def _owner(self, entity: Entity) -> str | None:
        if entity.owner:
            return entity.owner if self._is_shared(entity.owner) else None
        return entity.id if entity.kind in _ACTORS else None


def _lacking(
    entity: Entity, has_owner: bool, contact: Contact | None, expects: dict[str, int], users: int
) -> Iterator[str]:
    """What is not known of who answers and how fast, and where users count on more than is promised."""
    if not has_owner:
        yield say("ingen ansvarig i modellen", "nobody responsible in the model")
    if contact is None or not (contact.role or contact.channel):
        yield say("kontaktfunktion saknas i modellen", "no contact function in the model")
    if entity.rto is None and entity.rta is None:
        yield say("återställningstid saknas", "no recovery time")
    promised = max((one for one in (entity.rto, entity.rta) if one is not None), default=None)
    hasty = sum(1 for minutes in expects.values() if promised is not None and minutes < promised)
    if hasty:
        yield say(
            f"{hasty} av {users} användare räknar med kortare tid än den registrerade",
            f"{hasty} of {users} users count on a shorter time than is registered",
        )
    if not expects:
        yield say("ingen förväntan registrerad", "no expectation registered")


def _some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    each = [*dict.fromkeys(names)]
    rest = len(each) - _NAMED
    if rest <= 1:
        return ", ".join(each)
    return ", ".join(each[:_NAMED]) + say(f" och {rest} till", f" and {rest} more")


def _length(minutes: int | None) -> str | None:
    return None if minutes is None else format_duration(minutes)
