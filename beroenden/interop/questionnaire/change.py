"""What a questionnaire changes of a model: each key with what it was and becomes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from beroenden.analysis.difference.words import value_words
from beroenden.interop.questionnaire.values import duration_text, endurance_text, percent_text
from beroenden.interop.sheets import CellPlace
from beroenden.language import say
from beroenden.model.entities import Provenance, Step
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.merging.words import field_words
from beroenden.units.durations import format_duration, parse_duration
from beroenden.units.numbers import number

_DURATIONS = ("mtpd", "rto", "rta", "rpo", "restart", "expects", "max_delay")
_LEVELS = ("mbco", "floor")
WHO = ("provider", "any_of", "shares")
"""The keys of a need that say who delivers it."""
What = Literal["entity", "need", "payment"]
Thing = tuple[What, str, int | None]
"""An entity or payment; of a need its entity's id and the index of the need."""


def provenance_of(network: Network, row: Thing) -> Provenance:
    """Where what the model says of a thing comes from."""
    what, one, need = row
    if what == "payment":
        return network.payment[one].provenance
    entity = network.entity[one]
    return entity.provenance if need is None else entity.needs[need].provenance


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the model files.

    Attributes:
        kind: changed: one key; added: a whole entity or need, its table in `after`; removed: a whole need.
        id: Of the entity or payment; of a need its entity.
        need: The index of the need; None of what is no need, and of a new one.
        key: The key, e.g. "rto" or "contact.role"; empty where the whole is added or removed.
        before, after: As the model files have it; None: nothing.
        cell: Where the questionnaire says so.
        comment: What the actor says of it, of what goes.
        number: Of a need that goes, whose supplier the actor may not know of, its nr in the form.
    """

    kind: Literal["changed", "added", "removed"]
    what: What
    id: str
    need: int | None
    key: str
    before: Any
    after: Any
    cell: CellPlace | None = field(default=None, compare=False)
    comment: str = ""
    number: int | None = field(default=None, compare=False)

    def in_words(self) -> tuple[str, str, str, str]:
        """What is changed, what of it, before and after, as they are read in a table."""
        what = self.id if self.need is None else f"{self.id}, {say('behov', 'need')} {self.need + 1}"
        if self.kind == "changed":
            return what, _word(self.key), _shown(self.before, self.key), _shown(self.after, self.key) + self._said()
        key = say("(nytt)", "(new)") if self.kind == "added" else say("(bort)", "(gone)")
        before, after = (_shown(one) if one is not None else "–" for one in (self.before, self.after))
        return what, key, before, after + self._said()

    def _said(self) -> str:
        """What the actor says of it, behind what it becomes: the model files do not keep that."""
        where = say("bara i listan", "only in the list")
        return f"; {field_words('note')} ({where}): {self.comment}" if self.comment else ""

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON."""
        return {
            "kind": self.kind,
            "what": self.what,
            "id": self.id,
            "need": self.need,
            "key": self.key,
            "before": _plain(self.before),
            "after": _plain(self.after),
        } | ({"comment": self.comment} if self.comment else {})


@dataclass(frozen=True, slots=True)
class Objection:
    """What the actor says of what another says of it; nothing is changed by that.

    Attributes:
        agrees: None: it says that it does not know.
        is_there: Whether the model has such a need.
    """

    who: str
    needs: str
    agrees: bool | None
    comment: str
    is_there: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON."""
        return {
            "who": self.who,
            "needs": self.needs,
            "agrees": self.agrees,
            "comment": self.comment,
            "in_model": self.is_there,
        }


@dataclass(frozen=True, slots=True)
class Unknown:
    """What the actor says is unknown, or leaves open: a column of an entity, need or payment.

    Attributes:
        column: Empty: the whole row.
        providers: Who delivers a need.
        purpose: What that is for, as the form has it.
        number: Of a need whose supplier the actor may not know of, its nr in the form.
    """

    id: str
    need: int | None
    column: str
    providers: tuple[str, ...] = ()
    purpose: str = ""
    number: int | None = None

    def __str__(self) -> str:
        what = self.id if self.need is None else f"{self.id}, {say('behov', 'need')} {self.need + 1}"
        if self.need is None and self.providers:
            what = f"{self.id}, {say('nytt behov av', 'new need of')} {', '.join(self.providers)}"
        return f"{what}: {self.column}" if self.column else what


@dataclass(frozen=True, slots=True)
class Remark:
    """What the actor says beside its answers, e.g. in a comment on a cell.

    Attributes:
        about: The id that the row is about; else the sheet.
        where: The cell.
    """

    about: str
    where: str
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The remark as JSON."""
        return {"about": self.about, "where": self.where, "text": self.text}


@dataclass(frozen=True, slots=True)
class Unseen:
    """A supplier that the actor who named it may not read of.

    Attributes:
        label: Of the supplier.
        reads: The highest label that the actor reads of others.
    """

    id: str
    name: str
    label: str
    reads: str

    def to_dict(self) -> dict[str, Any]:
        """The supplier as JSON."""
        return {"id": self.id, "name": self.name, "label": self.label, "reads": self.reads}


@dataclass(frozen=True, slots=True)
class Likeness:
    """A new entity that may be another.

    Attributes:
        other: The id of that.
        other_name: Its name.
    """

    id: str
    name: str
    other: str
    other_name: str

    def to_dict(self) -> dict[str, Any]:
        """Both as JSON."""
        return {"id": self.id, "name": self.name, "other": self.other, "other_name": self.other_name}


@dataclass(frozen=True, slots=True)
class Claimed:
    """Something that the actor adds as its own, and another answers for.

    Attributes:
        owner: Who answers for it in the model.
        answer: What the actor says of it.
    """

    id: str
    name: str
    owner: str
    answer: str

    def to_dict(self) -> dict[str, Any]:
        """The claim as JSON."""
        return {"id": self.id, "name": self.name, "owner": self.owner, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class Outrun:
    """An answer against what is newer in the model: all that is answered of one thing.

    Attributes:
        column: Those that are answered, the day of verification only where nothing else is.
        now: What the model has, as far as the actor may know it.
        verified: When that was verified, where it was since the form was written.
        is_read: Whether the answer is read all the same.
        providers: Who delivers a need.
        purpose: What that is for, as the form has it.
        number: Of a need whose supplier the actor may not know of, its nr in the form.
    """

    id: str
    need: int | None
    column: str
    answer: str
    now: str
    verified: date | None
    is_read: bool
    providers: tuple[str, ...] = ()
    purpose: str = ""
    number: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON."""
        return {
            "id": self.id,
            "need": self.need,
            "column": self.column,
            "answer": self.answer,
            "now": self.now,
            "verified": _plain(self.verified),
            "read": self.is_read,
        }


@dataclass(frozen=True, slots=True)
class Answers:
    """What an actor answered.

    Attributes:
        actor: Its id; empty where that could not be told.
        changes: What that changes; empty with an error.
        unseen: Suppliers that the actor has named but may not read of itself.
        unsure: What stays of low confidence though it is changed.
        tried: What it would change; with an error as far as it can be read.
        unknown: What is said to be unknown.
        on_others: What it says of what others say.
        label: Of the form, and so of what is said in it.
        remarks: What is said beside the answers.
        outrun: Answers against what is newer in the model.
        absent: Rows and cells that were filled in when the form was written, and are not there.
        likenesses: New entities that may be others.
        claimed: What it adds as its own though another answers for it.
    """

    actor: str
    changes: tuple[Change, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    on_others: tuple[Objection, ...] = ()
    findings: tuple[Finding, ...] = ()
    label: str = ""
    remarks: tuple[Remark, ...] = ()
    tried: tuple[Change, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    unsure: tuple[Unknown, ...] = ()
    outrun: tuple[Outrun, ...] = ()
    absent: tuple[Unknown, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    claimed: tuple[Claimed, ...] = ()


def ids_of(providers: Any) -> list[str]:
    """The ids in what a need has of who delivers it."""
    return [] if providers is None else [providers] if isinstance(providers, str) else list(providers)


def toml_value(value: Any, holds: str) -> Any:
    """A value of the model as its files have it."""
    if value is None:
        return None
    if holds == "duration":
        return format_duration(value)
    if holds == "endurance":
        return _steps(value)
    return value


def _steps(steps: tuple[Step, ...]) -> Any:
    if len(steps) == 1 and steps[0].level == 1:
        return format_duration(steps[0].minutes)
    return [[format_duration(step.minutes), step.level] for step in steps]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _shown(value: Any, key: str = "") -> str:
    """A value of a change as it is read in a table; that of some keys in words."""
    if value is None:
        return say("(okänt)", "(unknown)")
    if key == "shares":
        return ", ".join(f"{one} {percent_text(share)}" for one, share in value.items())
    if isinstance(value, dict):
        return "; ".join(f"{_word(name)}: {_shown(one, name)}" for name, one in _flat(value))
    if key in _DURATIONS:
        return duration_text(parse_duration(value))
    if key == "endurance":
        steps = value if isinstance(value, list) else [[value, 1.0]]
        return endurance_text(Step(parse_duration(length), level) for length, level in steps)
    if key in _LEVELS:
        return percent_text(value)
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if key in ("amount", "kind", "confidence"):
        return value_words(key, value)
    if isinstance(value, int):
        return number(value)
    return str(value)


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of a table as the columns have them, e.g. "contact.role"."""
    for name, value in table.items():
        if isinstance(value, dict) and name != "shares":
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value


def _word(key: str) -> str:
    """What a key is called."""
    if key in WHO:
        return field_words("supply")
    if key == "at_least":
        return say("minst antal", "at least")
    return say("behov", "needs") if key == "needs" else key if key == "id" else field_words(key)
