"""One reading of a questionnaire: what it is read against, and what has been found of changes and faults."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from math import isclose
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.cells import NEAR, Answer, Said, Silence, answer, meant
from beroenden.interop.questionnaire.change import (
    Change,
    Claimed,
    Likeness,
    Objection,
    Outrun,
    Remark,
    Thing,
    Unknown,
    Unseen,
    What,
    toml_value,
)
from beroenden.interop.questionnaire.columns import NEEDS, Column
from beroenden.interop.questionnaire.content import Form, is_stand_in, value_at
from beroenden.interop.questionnaire.prefilled import Cells, Prefilled
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.values import Cell
from beroenden.interop.sheets import CellPlace
from beroenden.interop.slugs import Slugs
from beroenden.language import say
from beroenden.model.labels import TLP, strictest
from beroenden.model.network import Network
from beroenden.modelfiles.merging.credited import told_anew
from beroenden.modelfiles.merging.sayings import is_only_added_to, parts_of, subjects_of


@dataclass(frozen=True, slots=True)
class Target:
    """What a row is about: an entity, need or payment of the model, or a new one (thing None).

    Attributes:
        providers: Of a need, who delivers it with the answers in it.
        purpose: Of a need, what it is for.
    """

    what: What
    id: str
    need: int | None = None
    thing: object | None = None
    providers: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """Of when the form told of a thing.

    Attributes:
        is_known: Whether the form tells what it was filled in with.
        verified: The day of verification that it was filled in with.
        typed: The one that the actor has written.
    """

    is_known: bool
    verified: date | None
    typed: date | None


@dataclass
class Session:
    """What is read against, and what is found.

    Attributes:
        source: What stamps the source of what is changed.
        label: That of the form that was answered: what is new in it, and has no label of its own, is shared no further.
        may_be_known: Whether what the form adds and takes away may be so in the model already: it has changed since the
            form was written, perhaps by this very form.
        prefilled: What the form was filled in with when it was written.
        unclear: Cells that hold something, but no answer.
        absent: Rows and cells that were filled in when the form was written, and are not there.
        unseen: Suppliers that the actor has named but may not read of itself.
        outrun: The cells whose answers stand against what the model has been given since, each with what there is to say.
        left: Answers of what the model no longer has.
        likenesses: New entities that may be others.
        claimed: What is added as the actor's own though another answers for it.
        decided: What the actor's forms have added before and people have decided of.
        sent: What is known of when the form told of a thing.
        added: Tables of new entities by id, each with where it is told.
        numbers: The nr in the form of needs whose suppliers the actor may not know of, by entity and index.
    """

    network: Network
    form: Form
    source: str
    label: str
    may_be_known: bool = True
    prefilled: Prefilled = field(default_factory=Prefilled)
    changes: list[Change] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    on_others: list[Objection] = field(default_factory=list)
    added: dict[str, tuple[dict[str, Any], CellPlace]] = field(default_factory=dict)
    outrun: list[tuple[CellPlace, str]] = field(default_factory=list)
    sent: dict[Thing, Sent] = field(default_factory=dict)
    unclear: list[Remark] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    absent: list[Unknown] = field(default_factory=list)
    left: list[Outrun] = field(default_factory=list)
    likenesses: list[Likeness] = field(default_factory=list)
    claimed: list[Claimed] = field(default_factory=list)
    decided: frozenset[str] = frozenset()
    numbers: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._slugs = Slugs()
        for one in (*self.network.entity, *self.network.payment):
            self._slugs.of(one)
        self._by_name = {fold: one.id for one in reversed(self.network.entities) if (fold := folded(one.name))}
        self._by_name |= {folded(one): one for one in self.network.entity}

    @property
    def actor(self) -> str:
        """The actor that answers."""
        return self.form.actor.id

    @property
    def stamps(self) -> tuple[str, str]:
        """How the sources begin that the actor's forms give."""
        return self.source, f"{self.form.actor.name}, formulär "

    def is_own(self, entity: str) -> bool:
        """Whether the actor answers for an entity."""
        if entity in self.added:
            return self.added[entity][0].get("owner") == self.actor
        return entity in self.network.entity and self.network.actor_of(entity) == self.actor

    def need_named(self, entity: str, index: int) -> tuple[tuple[str, ...], str, int | None]:
        """Who delivers a need of the model, what it is for as the form has it now, and its nr where that alone tells which."""
        row = self.form.by_key[NEEDS.name, (entity, index, 0)]
        return (
            self.network.entity[entity].needs[index].providers,
            str(row.cells["vad"] or ""),
            self.numbers.get((entity, index)),
        )

    def is_seen(self, entity: str) -> bool:
        """Whether the actor may know of an entity of the model."""
        return any(one == entity for one, _, _ in self.form.choices)

    def add(self, table: dict[str, Any], cell: CellPlace) -> None:
        """A new entity."""
        self.added[table["id"]] = (table, cell)
        self._by_name.setdefault(folded(table["name"]), table["id"])
        self._by_name[folded(table["id"])] = table["id"]

    def label_of(self, entity: str) -> str:
        """The label that the needs of an entity inherit, of a new one as well."""
        if entity in self.added:
            return self.added[entity][0].get("tlp") or self.network.tlp
        return self.network.label_of(entity)

    def new_id(self, name: str) -> str:
        """An id for something new, like its name and not taken."""
        return self._slugs.of(name)

    def entity_of(self, text: str) -> str | None:
        """The id of the entity that a text names by its id or name; None where it names none."""
        if text in self.network.entity or text in self.added:
            return text
        return self._by_name.get(folded(text))

    def nearest(self, text: str) -> str | None:
        """The id of the entity that a misspelt text probably names."""
        near = did_you_mean(folded(text), self._by_name)
        return near and self._by_name[near]

    def resolved(self, text: str, place: CellPlace) -> str | None:
        """The id that a text names; an error where it names none."""
        found = self.entity_of(text)
        if found is None:
            message = say(f"modellen har ingen ”{text[:40]}”", f'the model has no "{text[:40]}"')
            place.error("B844", message, self.nearest(text))
        return found


def read_answers(
    session: Session, row: Row, columns: Iterable[Column], written: dict[str, Cell], before: Cells | None = None
) -> dict[str, tuple[Answer, CellPlace]]:
    """What the cells of a row say, by column, those that say nothing left out; faults (None) have been told."""
    found: dict[str, tuple[Answer, CellPlace]] = {}
    for column in columns:
        if column.attribute and column.name in row.table.columns:
            said = answer(row, column, written.get(column.name), (before or {}).get(column.name))
            if said is Silence.UNCLEAR:
                session.unclear.append(row.remark(column.name))
            elif said is not Silence.UNCHANGED:
                found[column.name] = (said, row.at(column.name))
    return found


def day_is_kept(
    session: Session,
    target: Target,
    before: Cells | None,
    said: Mapping[str, tuple[Answer, CellPlace]],
    column: Column,
    *,
    is_added: bool = False,
) -> None:
    """Keep when the form told of a thing, as far as it says; `column` holds the day.

    Args:
        is_added: Whether the form itself has added it to the model.
    """
    was = (before or {}).get(column.name)
    then = None if was is None else meant(was, column, "")
    answered = said[column.name][0] if column.name in said else None
    typed = answered.value if isinstance(answered, Said) else None
    session.sent[target.what, target.id, target.need] = Sent(
        before is not None or is_added, then if isinstance(then, date) else None, typed
    )


def rest_is_checked(session: Session, row: Row, columns: Iterable[Column]) -> None:
    """Tell the faults of the other cells of a row that is not read for one of them, so that all are told at once."""
    number = row.text("nr")
    rows = session.prefilled.need(row.text("från"), int(number) if number.isdigit() else None)
    before = rows.get(row.text("till")) or session.prefilled.of(row.table.part, row.text("id")) or {}
    for column in columns:
        if column.attribute or column.holds == "level":
            said, place = answer(row, column, None, before.get(column.name)), row.at(column.name)
            if column.holds == "entity" and isinstance(said, Said) and not is_stand_in(said.value):
                session.resolved(said.value, place)


def changes_of(
    session: Session, target: Target, columns: Iterable[Column], said: dict[str, tuple[Answer, CellPlace]]
) -> list[Change]:
    """The changes that answers make, with who says so where the answer does not tell."""
    told = [column for column in columns if column.name in said]
    found = [(column, change) for column in told for change in _change(session, target, column, said[column.name])]
    changes = [change for _, change in found]
    if found and not any(change.key == "source" for change in changes):
        changes += stamp(session, target, [column.name for column, _ in found], changes[0].cell)
    return changes


def _change(session: Session, target: Target, column: Column, said: tuple[Answer, CellPlace]) -> Iterator[Change]:
    answered, place = said
    current = value_at(target.thing, column.attribute)
    if column.key == "verified" and _is_older(session, current, answered, place):
        return
    if answered is Silence.UNKNOWN:
        session.unknown.append(unknown_of(session, target, column.name))
        value = None
    elif isinstance(answered, Said):
        value = answered.value
        if column.holds == "entity":
            value = current if is_stand_in(value) else session.resolved(value, place)
            if value is None:
                return
    else:
        return
    if is_same(current, value) or (column.key == "source" and _is_behind(session, str(current or ""), str(value))):
        return
    if column.key == "verified" and isinstance(current, date) and isinstance(value, date) and value < current:
        _going_back_is_told(session, current, value, place)
    if column.key == "tlp":
        _label_is_not_lowered(str(current or session.network.tlp), str(value), place)
    before = toml_value(current, column.holds)
    after = toml_value(value, column.holds)
    yield Change("changed", target.what, target.id, target.need, column.key, before, after, place)


def unknown_of(session: Session, target: Target, column: str) -> Unknown:
    """A column of what a row is about, as it is taken up."""
    number = session.numbers.get((target.id, target.need))
    return Unknown(target.id, target.need, column, target.providers, target.purpose, number)


def _is_older(session: Session, current: Any, answered: Answer, place: CellPlace) -> bool:
    """Whether a form of an earlier state tells an earlier day, and not whether anyone has touched it; that is told."""
    if session.prefilled.rows or not session.may_be_known or not isinstance(answered, Said):
        return False
    if not isinstance(current, date) or answered.value >= current:
        return False
    message = say(
        f"modellens uppgift är verifierad {current}, senare än {answered.value}; det äldre datumet läses inte",
        f"the model's own is verified {current}, later than {answered.value}; the earlier day is not read",
    )
    place.warning("B852", message)
    return True


def _going_back_is_told(session: Session, current: date, told: date, place: CellPlace) -> None:
    """Note a day of verification that is earlier than what the model has: an older answer, or a slip of the pen."""
    message = say(
        f"verifierad går bakåt, från {current} till {told}: är svaret äldre än modellens uppgift, eller är dagen felskriven?",
        f"verifierad goes back, from {current} to {told}: is the answer older than what the model has, or the day mistyped?",
    )
    if all(place != there for there, _ in session.outrun):
        session.outrun.append((place, message))


def _is_behind(session: Session, current: str, told: str) -> bool:
    """Whether a form that has been read before tells the source that its own stamp now stands for, or before."""
    first = parts_of(current)[0]
    is_stamp = first.startswith(session.source) or bool(subjects_of(first)[1])
    return told != current and is_stamp and is_only_added_to(told, current)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of the model are the same; numbers are, when they differ by rounding alone."""
    if isinstance(one, float) and isinstance(other, (int, float)):
        return isclose(one, other, rel_tol=1e-12, abs_tol=NEAR)
    return bool(one == other)


def _label_is_not_lowered(before: str, after: str, place: CellPlace) -> None:
    """No label is lowered unseen."""
    if TLP.index(after) < TLP.index(before):
        message = say(
            f"märkningen sänks inte genom formuläret (från {before} till {after}); arbetsgruppen beslutar och ändrar den",
            f"a label is not lowered by form (from {before} to {after}); the working group decides and changes it",
        )
        place.error("B849", message)


def stamp(session: Session, target: Target, columns: Iterable[str], cell: CellPlace | None) -> Iterator[Change]:
    """Who says what; the source that was there still holds for the rest and is kept behind it, also when that is assumed."""
    before, told = value_at(target.thing, "provenance.source"), [*columns]
    after = told_anew(f"{session.source} ({', '.join(told)})", told, str(before)) if before else session.source
    if before != after:
        yield Change("changed", target.what, target.id, target.need, "source", before, after, cell)


def new_table(session: Session, changes: Iterable[Change]) -> dict[str, Any]:
    """The changes of something new as its table."""
    table: dict[str, Any] = {}
    for change in changes:
        head, _, rest = change.key.partition(".")
        if rest:
            table.setdefault(head, {})[rest] = change.after
        else:
            table[head] = change.after
    return table


def keep_label(session: Session, table: dict[str, Any], inherited: str) -> None:
    """Give something new without a label that of the form, where it would inherit a looser one."""
    if strictest(session.label, inherited) != inherited:
        table.setdefault("tlp", session.label)


def only_once(first: dict[Any, Row], key: Any, row: Row, place: CellPlace) -> bool:
    """Whether a row is the first for a thing; a second one is told."""
    there = first.setdefault(key, row)
    if there is row:
        return True
    message = say(f"det här står redan på {there}", f"this is there already, in {there}")
    place.error("B846", message)
    return False
