"""Who answers for what is out or harmed and used by several actors, how fast, and what they count on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.cooperation import contact_told
from beroenden.incident.lagesbild.writer import Writer
from beroenden.incident.readers import label_told, own_id
from beroenden.language import say, writing_in
from beroenden.model.entities import Contact, Entity, Need
from beroenden.units.durations import format_duration

_ACTORS = ("authority", "framework_bank", "bank", "supplier")
"""Kinds that answer for themselves."""
Ending = Literal["ongoing", "assumed", "over"]
"""Whether outages go on, are assumed to have ended though nobody has said so, or are over."""
_ENDINGS: tuple[Ending, ...] = ("ongoing", "assumed", "over")


@dataclass(frozen=True, slots=True)
class SharedSystem:
    """Something out or harmed that two or more actors use. Lengths in minutes; None is unknown.

    Attributes:
        state: out, harmed or will_be_harmed, or feared or planned where nothing of it has begun; was_out or was_harmed where it is
            over, assumed_over where nobody has said that it is.
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


def shared_systems(basis: Basis, actor: str) -> tuple[SharedSystem, ...]:
    """Who answers for what is out or harmed and used by several actors.

    What is out comes first and what is over last, in each what the actor itself uses.

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
            sorted(found, key=lambda one: (_rank(one.state), name not in (*one.users, one.owner), -len(one.users)))
        )


def ending_by_entity(basis: Basis) -> dict[str, Ending]:
    """Of what is out or has been, by id, how far its outages that have begun are over; what is only feared has not begun."""
    known = basis.known
    found: dict[str, Ending] = {}
    for outage, report, is_over in zip(known.scenario.outages, known.reports, known.over, strict=True):
        is_feared_only = report is not None and report.status == "feared"
        if outage.entity and outage.start <= basis.at and not is_feared_only:
            has_passed = outage.end is not None and outage.end <= basis.at
            ending: Ending = "over" if is_over else "assumed" if has_passed else "ongoing"
            found[outage.entity] = min(ending, found.get(outage.entity, "over"), key=_ENDINGS.index)
    return found


def no_longer_harmed(basis: Basis, impact: EntityImpact) -> bool:
    """Whether something harmed is itself again; what is only feared is not over."""
    return not basis.is_feared and impact.restored is not None and impact.restored <= basis.at


def harmed_later(basis: Basis, impact: EntityImpact) -> int | None:
    """From when something that is not harmed now will be; None where it is, or will not be, and of what is only feared."""
    spell = None if basis.is_feared else impact.spell_at(basis.at)
    return spell.start if spell is not None and spell.start > basis.at else None


class _Responsibility(Writer):
    """Who answers for what several actors use."""

    def systems(self) -> Iterator[SharedSystem]:
        out = {one.entity for one in self._outcome.scenario.outages}
        for impact in self._outcome.entities:
            if impact.entity.kind == "citizens" or (impact.degraded_from is None and impact.entity.id not in out):
                continue
            if not self._basis.may_hear_of(impact.entity.id):
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
        path = [link.entity for link in impact.because if self._is_shared(link.entity)]
        labels = label_told(self._basis, entity.id, *users, *([owner] if owner else []), *path)
        return SharedSystem(
            entity=entity.id,
            name=entity.name,
            state=self._state(impact, is_out=is_out),
            owner=self._name(owner) if owner else "",
            contact=contact,
            users=tuple(self._name(user) for user in users),
            rto=entity.rto,
            rta=entity.rta,
            expects=tuple((self._name(actor), minutes) for actor, minutes in least.items()),
            lacking=tuple(self._lacking(entity, contact, least, len(users), owner=owner, is_hidden=is_hidden)),
            tlp=labels,
        )

    def _state(self, impact: EntityImpact, *, is_out: bool) -> str:
        if self._basis.is_feared:
            return "feared"
        is_over, entity = no_longer_harmed(self._basis, impact), impact.entity.id
        is_now = not is_over and harmed_later(self._basis, impact) is None
        if not is_out:
            return "was_harmed" if is_over else "harmed" if is_now else "will_be_harmed"
        ending = ending_by_entity(self._basis).get(entity)
        if ending is None and self._known.log is not None:
            return "feared" if self._fears(entity) else "planned"
        if ending in (None, "ongoing"):
            return "out"
        if is_over or impact.degraded_from is None:
            return "was_out" if ending == "over" else "assumed_over"
        if self._fears(entity):
            return "feared"
        if is_now:
            return "harmed"
        planned = {one.entity for one in self._known.scenario.outages if self._known.is_planned(one)}
        return "planned" if entity in planned else "will_be_harmed"

    def _fears(self, entity: str) -> bool:
        """Whether the log fears an outage of an entity."""
        reports = (one for one in self._known.reports if one is not None)
        return any(one.status == "feared" and one.outage.entity == entity for one in reports)

    def _owner(self, entity: Entity) -> str | None:
        if entity.owner:
            return entity.owner if self._is_shared(entity.owner) else None
        return entity.id if entity.kind in _ACTORS else None

    def _lacking(
        self,
        entity: Entity,
        contact: Contact | None,
        expects: dict[str, int],
        users: int,
        *,
        owner: str | None,
        is_hidden: bool,
    ) -> Iterator[str]:
        """What is not known of who answers and how fast, and where users count on more than is promised."""
        if not owner and not is_hidden:
            yield say("ingen ansvarig i modellen", "nobody responsible in the model")
        if (contact is None or not (contact.role or contact.channel)) and not is_hidden:
            whose = entity.id if entity.contact else owner or entity.id
            yield contact_told(contact, is_withheld=self._basis.withholds_contact(whose))
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
            none = say("ingen förväntan registrerad", "no expectation registered")
            part = say(" bland det som delas", " among what is shared")
            yield none if self._basis.viewer is None else none + part


def _rank(state: str) -> int:
    return {"out": 0, "planned": 2, "will_be_harmed": 2, "assumed_over": 3, "was_out": 3, "was_harmed": 4}.get(state, 1)


def _length(minutes: int | None) -> str | None:
    return None if minutes is None else format_duration(minutes)
