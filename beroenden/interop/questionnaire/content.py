"""What the questionnaire of an actor holds: its entities, needs and payments as the model has them, and what others say of it.

Only what the actor may see. Its own rows are whole; whoever it may not know of stands as one and the same words, uncounted.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from beroenden.interop.questionnaire.columns import NEEDS, OTHERS, PAYMENTS, RESOURCES, Column, Part
from beroenden.interop.questionnaire.values import Cell, duration_text, endurance_text, text_cell
from beroenden.interop.sheets import letters
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.payments import Payment, Stage
from beroenden.sharing.masking import Masked, masked
from beroenden.sharing.viewer import viewer_for

Key = tuple[str | int, ...]

EVERY = "*"
"""Stands for the payments whose stages of one id are asked about together."""
_NAMED = 3
CHOICES = "Leverantörer"
"""The sheet of those who deliver."""
_STAND_INS = ("beroende som inte delas", "dependency not shared")


def stand_in() -> str:
    """What stands for whoever the actor may not know of."""
    return say(*_STAND_INS)


def is_stand_in(text: str) -> bool:
    """Whether a cell holds the stand-in, in either language."""
    return text.strip().lower() in _STAND_INS


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is written.

    Attributes:
        key: An entity's or payment's id; of a need the entity, its index, and the row's place among its rows.
    """

    key: Key
    cells: dict[str, Cell]


@dataclass(frozen=True)
class Form:
    """The questionnaire of one actor.

    Attributes:
        rows: By the name of the part.
        model: The model's name and version, as far as the actor may know them.
        choices: Id, name and kind of each entity that the actor may see.
        label: The strictest label of anything in it.
        made: The day on which it is written.
        told_of: Who needs what of the actor, as far as it may read that: also what is asked together, or not at all.
    """

    actor: Entity
    network: Network
    model: str
    rows: dict[str, tuple[Row, ...]]
    choices: tuple[tuple[str, str, str], ...]
    label: str
    made: date
    told_of: frozenset[tuple[str, str]]

    @cached_property
    def fingerprint(self) -> str:
        """The same as long as the model says the same of what the actor answers for."""
        kept = [[list(row.key), [_unspoken(cell) for cell in row.cells.values()]] for row in self._answered()]
        return hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:12]

    def _answered(self) -> Iterator[Row]:
        for part in (RESOURCES, NEEDS, PAYMENTS):
            yield from self.rows[part.name]

    @cached_property
    def by_key(self) -> dict[tuple[str, Key], Row]:
        """Rows by the name of their part and their key."""
        return {(part, row.key): row for part, rows in self.rows.items() for row in rows}


def _unspoken(cell: Cell) -> str:
    """A cell as text that is the same in every language."""
    return _STAND_INS[0] if isinstance(cell, str) and is_stand_in(cell) else str(cell)


def form_of(network: Network, actor: str, today: date | None = None) -> Form:
    """The questionnaire of an actor, written today unless another day is given.

    Raises:
        UsageError: when it is no actor of the model.
    """
    return _Content(network, actor).form(today or date.today())


def actors_of(network: Network) -> list[str]:
    """All that answer for something in the model."""
    answering = {network.actor_of(entity.id) for entity in network.entities}
    return [
        entity.id
        for entity in network.entities
        if entity.id in answering and network.actor_of(entity.id) == entity.id and entity.kind != "citizens"
    ]


def can_answer(network: Network, actor: str) -> bool:
    """Whether an actor can be asked: it has a contact, reads the model, pays, or answers for something besides itself."""
    return (
        network.entity[actor].contact is not None
        or any(one.actor == actor for one in network.audiences)
        or any(network.actor_of(one.payer) == actor for one in network.payments)
        or any(one.id != actor and network.actor_of(one.id) == actor for one in network.entities)
    )


def value_at(thing: object, attribute: str) -> object:
    """What an entity, need or payment has at "mtpd", "contact.role" and the like; None where it has nothing."""
    for name in attribute.split("."):
        thing = None if thing is None else getattr(thing, name)
    return thing


@dataclass(frozen=True, slots=True)
class _Staged:
    """What a stage of another's payment needs of the actor."""

    payment: Payment
    stage: Stage
    index: int
    provider: str
    need: Need


def _named_first(names: list[str]) -> str:
    """Names of payments: the first of them, and how many there are."""
    some = ", ".join(names[:_NAMED])
    if len(names) <= _NAMED:
        return some
    return say(f"{len(names)} betalningar, bl.a. {some}", f"{len(names)} payments, among them {some}")


class _Content:
    def __init__(self, network: Network, actor: str) -> None:
        self._network, self._viewer = network, viewer_for(network, actor)
        self._actor = actor
        self._mask: Masked = masked(network, self._viewer)
        self._own = [one for one in network.entities if network.actor_of(one.id) == actor]
        self._labels = [network.tlp]
        self._told_of = set[tuple[str, str]]()

    def form(self, made: date) -> Form:
        rows = {
            RESOURCES.name: tuple(self._resource(one) for one in self._own),
            NEEDS.name: tuple(row for one in self._own for row in self._needs(one)),
            PAYMENTS.name: tuple(self._payment(one) for one in self._own_payments()),
            OTHERS.name: tuple(self._others()),
        }
        choices, shown = tuple(self._choices()), self._mask.network
        label, model = strictest(*self._labels), f"{shown.name} {shown.version}".strip()
        actor = self._network.entity[self._actor]
        return Form(actor, self._network, model, rows, choices, label, made, frozenset(self._told_of))

    def _own_payments(self) -> Iterator[Payment]:
        network = self._network
        return (one for one in network.by_priority() if network.actor_of(one.payer) == self._actor)

    def _choices(self) -> Iterator[tuple[str, str, str]]:
        for one in self._network.entities:
            if self._may_see(one.id):
                self._labels.append(self._network.label_of(one.id))
                yield one.id, one.name, one.kind

    def _may_see(self, one: str) -> bool:
        return self._mask.ids[one] == one

    def _named(self, one: str | None) -> str | None:
        return one if one is None or self._may_see(one) else stand_in()

    def _resource(self, entity: Entity) -> Row:
        return Row((entity.id,), self._cells(RESOURCES, entity))

    def _payment(self, payment: Payment) -> Row:
        self._labels.append(self._network.label_of(payment.id))
        return Row((payment.id,), self._cells(PAYMENTS, payment))

    def _cells(self, part: Part, thing: object) -> dict[str, Cell]:
        return {column.name: self._cell(thing, column) for column in part.columns}

    def _cell(self, thing: object, column: Column) -> Cell:
        """What the model has; texts that name what the actor may not know of are left empty, as if not answered."""
        value = value_at(thing, column.attribute) if column.attribute else None
        if value is None:
            return None
        if column.holds == "duration" and isinstance(value, int):
            return duration_text(value)
        if column.holds == "word":
            return next((word for word, meant in column.words if meant == value), None)
        if column.holds == "entity":
            return self._named(str(value))
        if column.holds == "text":
            if column.attribute == "name":  # its own, though another has the same
                return text_cell(str(value))
            return None if self._mask.tells(str(value)) else text_cell(str(value))
        return endurance_text(value) if isinstance(value, tuple) else value  # type: ignore[return-value]

    def _needs(self, entity: Entity) -> Iterator[Row]:
        grouped = 0
        for index, need in enumerate(entity.needs):
            grouped += need.form != "provider"
            self._labels.append(need.provenance.tlp or self._network.tlp)
            group = None if need.form == "provider" else letters(grouped)
            for place, (provider, share) in enumerate(self._providers(need)):
                cells: dict[str, Cell] = dict.fromkeys((one.name for one in NEEDS.columns), None)
                cells |= self._need_cells(need) if place == 0 else {}
                named = self._network.entity.get(provider)
                cells |= {
                    "från": entity.id,
                    "nr": index + 1,
                    "till": provider,
                    "leverantörens_namn": named.name if named else None,
                    "alternativ_grupp": group,
                    "andel": share,
                }
                yield Row((entity.id, index, place), cells)

    def _need_cells(self, need: Need) -> dict[str, Cell]:
        """What is told once of a need; what is as it is unless told otherwise stays empty."""
        cells = self._cells(NEEDS, need)
        if need.form != "any_of":
            cells["minst_antal"] = None
        if not need.floor:
            cells["golv"] = None
        if not need.restart:
            cells["omstart"] = None
        return cells

    def _providers(self, need: Need) -> list[tuple[str, float | None]]:
        """Each provider with its share; all that the actor may not know of are one."""
        found: dict[str, float | None] = {}
        for place, provider in enumerate(need.providers):
            shown = self._named(provider) or ""
            share = need.shares[place] if need.shares else None
            found[shown] = share if share is None else share + (found.get(shown) or 0.0)
        return list(found.items())

    def _others(self) -> Iterator[Row]:
        """What others need of the actor, as far as it may read that; citizens are not to be answered."""
        for entity in self._own:
            for consumer, index, _ in self._network.consumers[entity.id]:
                if self._is_other(consumer.id) and (consumer.id, index) not in self._mask.network.withheld:
                    need = self._mask.network.entity[consumer.id].needs[index]
                    self._told_of.add((consumer.id, entity.id))
                    if consumer.kind != "citizens":
                        self._labels.append(need.provenance.tlp or self._network.label_of(consumer.id))
                        yield self._other(consumer.id, index, consumer.name, entity.id, need)
        yield from self._grouped()

    def _grouped(self) -> Iterator[Row]:
        """What stages need: one row for what is the same in the stages of one id of several payments."""
        groups: dict[tuple[object, ...], list[_Staged]] = {}
        for one in self._stages():
            self._told_of.add((f"{one.payment.id}/{one.stage.id}", one.provider))
            need = one.need
            same = (one.provider, one.stage.id, one.stage.name, need.what, need.endurance, need.restart, need.expects)
            groups.setdefault(same, []).append(one)
        count = Counter[tuple[str, str]]()
        for found in groups.values():
            first = found[0]
            payments = list(dict.fromkeys(one.payment.name for one in found))
            if len(payments) == 1:
                who, name = f"{first.payment.id}/{first.stage.id}", f"{first.payment.name}: {first.stage.name}"
                yield self._other(who, first.index, name, first.provider, first.need)
                continue
            who = f"{EVERY}/{first.stage.id}"
            self._told_of.add((who, first.provider))
            name = f"{first.stage.name}: {_named_first(payments)}"
            yield self._other(who, count[who, first.provider], name, first.provider, first.need)
            count[who, first.provider] += 1

    def _is_other(self, consumer: str) -> bool:
        return self._network.actor_of(consumer) != self._actor and self._may_see(consumer)

    def _stages(self) -> "Iterator[_Staged]":
        """What stages of others' payments need of the actor."""
        own, hidden = {one.id for one in self._own}, self._mask.network.withheld
        for payment in self._mask.network.payments:
            if payment.id in hidden or self._network.actor_of(self._network.payment[payment.id].payer) == self._actor:
                continue
            for at, stage in enumerate(payment.stages):
                for index, need in enumerate(stage.needs):
                    if {(payment.id, at), (payment.id, at, index)} & hidden:
                        continue
                    for provider in dict.fromkeys(one for one in need.providers if one in own):
                        self._labels.append(stage.provenance.tlp or self._network.label_of(payment.id))
                        yield _Staged(payment, stage, index, provider, need)

    def _other(self, who: str, index: int, name: str, provider: str, need: Need) -> Row:
        cells: dict[str, Cell] = {
            "vem": who,
            "nr": index + 1,
            "vems_namn": text_cell(name),
            "behöver": provider,
            "vad": None if self._mask.tells(need.what or "") else text_cell(need.what),
            "uthållighet": endurance_text(need.endurance) if need.endurance else None,
            "omstart": duration_text(need.restart) if need.restart else None,
            "förväntad_återställning": None if need.expects is None else duration_text(need.expects),
            "stämmer": None,
            "kommentar": None,
        }
        return Row((who, index, provider), cells)
