"""An incident and what was entered in its log; corrected by new entries, never changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.times import iso

STATUSES = ("confirmed", "unconfirmed", "feared")
TOPICS = ("handelse", "personell", "materiell", "ekonomisk", "fortroende", "kommunikation")
MEASURES = ("strategic", "operational", "communicative")
PROGRESS = ("decided", "ongoing", "done", "cancelled")
EFFECTS = ("yes", "partly", "no", "unknown")
AUDIENCES = ("internal", "external")
REQUESTS = ("help", "information", "action", "message")
RECEIVED_STATUSES = ("bekräftad", "obekräftad", "modellberäknad", "antagande", "okänd")
MOMENTS = (
    "time", "start", "end", "until", "due", "done", "answered", "at", "said", "opened", "logged",
)  # fmt: skip
"""Names of the fields that are instants."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that can be compared with what others claim: an aspect of a subject has a value."""

    subject: str
    aspect: str
    value: str


@dataclass(frozen=True, slots=True)
class Incident:
    """What a log is about and whose it is.

    Attributes:
        opened: Minutes since the epoch.
        tlp: The label of entries that carry none.
        model: The model's path relative to the log's folder, with slashes.
    """

    id: str
    name: str
    actor: str
    opened: int
    is_exercise: bool
    tlp: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries have in common.

    Attributes:
        time: Instant at which it became known.
        actor: Who says so, or whom it concerns.
        status: confirmed, unconfirmed or feared.
        tlp: Its own label; None: the incident's.
        disclose: Whether it was chosen for sharing (delge).
        supersedes: Id of the entry that it corrects.
        logged: Instant at which it was appended, where that is not its time.
        lowered_from: The label of the corrected entry, where this one's is less strict.
        lowered_by: The role that decided so.
    """

    kind: ClassVar[str]

    id: str
    time: int
    actor: str
    source: str | None = None
    status: str = "unconfirmed"
    tlp: str | None = None
    disclose: bool = False
    text: str = ""
    supersedes: str | None = None
    logged: int | None = None
    lowered_from: str | None = None
    lowered_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageEntry(Entry):
    """An outage, as it was reported."""

    kind: ClassVar[str] = "outage"

    outage: Outage


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Entry):
    """Something that was seen; with a level, it pins the entity's on [time, until)."""

    kind: ClassVar[str] = "observation"

    topic: str = "handelse"
    entity: str | None = None
    level: float | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Entry):
    """A measure: its owner is a role, never a person."""

    kind: ClassVar[str] = "measure"

    status: str = "confirmed"

    type: str
    owner: str | None = None
    due: int | None = None
    progress: str = "decided"
    done: int | None = None
    intended_effect: str | None = None
    effect: str | None = None
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Entry):
    """A decision, also to share sections of the computed prognosis."""

    kind: ClassVar[str] = "decision"

    status: str = "confirmed"

    by: str | None = None
    discloses: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Entry):
    """A message (budskap) to staff or to others."""

    kind: ClassVar[str] = "message"

    status: str = "confirmed"

    audience: str
    channel: str | None = None
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request(Entry):
    """A proposal or question to another actor."""

    kind: ClassVar[str] = "request"

    status: str = "confirmed"

    type: str
    to: str | None = None
    role: str | None = None
    due: int | None = None
    answered: int | None = None
    answer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedStatement:
    """One statement of another actor's delgivning."""

    section: str
    text: str
    status: str
    source: str | None = None
    said: int | None = None
    tlp: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Entry):
    """Another actor's delgivning as of a time (at), with the hash of what was read."""

    kind: ClassVar[str] = "received"

    sender: str
    sender_name: str | None = None
    number: int | None = None
    at: int | None = None
    approved_by: str | None = None
    hash: str | None = None
    statements: tuple[ReceivedStatement, ...] = ()

    def sender_in(self, network: Network | None) -> str:
        """The sender's name, as a model has it; where it has none as the sender wrote it."""
        known = network.entity.get(self.sender) if network else None
        return known.name if known else self.sender_name or self.sender

    @property
    def label(self) -> str:
        """Its label; where it has none it is for its readers only."""
        return self.tlp or "TLP:RED"

    def label_of(self, statement: ReceivedStatement) -> str:
        """The label of one of its statements, never wider than its own."""
        return strictest(statement.tlp or self.label, self.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued(Entry):
    """A lägesbild as of a time (at) that was approved and handed on."""

    kind: ClassVar[str] = "issued"

    form: str
    number: int
    at: int
    to: str | None = None
    approved_by: str | None = None
    model_hash: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed(Entry):
    """The end of the incident; its withdrawal reopens, as does an entry of another kind that supersedes it."""

    kind: ClassVar[str] = "closed"

    status: str = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Entry):
    """That an entry (supersedes) was made by mistake, and why: it counts no more, and what it corrected stands again."""

    kind: ClassVar[str] = "withdrawn"

    status: str = "confirmed"


KINDS = (OutageEntry, Observation, Measure, Decision, Message, Request, Received, Issued, Closed, Withdrawn)
_Kind = TypeVar("_Kind", bound=Entry)


def withdrawn_by(entries: Iterable[Entry]) -> set[str]:
    """Ids of what some entries withdraw."""
    return {entry.supersedes for entry in entries if isinstance(entry, Withdrawn) and entry.supersedes}


@dataclass(frozen=True)
class Log:
    """An incident and its entries in order of time, those of one time as in the file.

    Attributes:
        corrects: In a log as it stood, of each entry by its id: what it corrects, with the times, the latest first.
    """

    incident: Incident
    entries: tuple[Entry, ...] = ()
    corrects: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    @cached_property
    def entry(self) -> dict[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.entries}

    def of(self, kind: type[_Kind]) -> tuple[_Kind, ...]:
        """The entries of a kind."""
        return tuple(entry for entry in self.entries if isinstance(entry, kind))

    def as_of(self, at: int) -> "Log":
        """The log as it stood at an instant: nothing later, no answer before it is given, and nothing corrected by then."""
        known = [entry for entry in self.entries if entry.time <= at]
        corrected = self._corrected_by(known)
        standing = tuple(_as_answered(entry, at) for entry in known if entry.id not in corrected)
        return replace(self, entries=standing, corrects={one.id: tuple(self._corrected(one)) for one in standing})

    def _corrected(self, entry: Entry) -> Iterator[tuple[str, int]]:
        """What an entry corrects, directly or through others."""
        if entry.id in self.corrects:
            yield from self.corrects[entry.id]
            return
        seen = {entry.id}
        while (before := self.entry.get(entry.supersedes or "")) is not None and before.id not in seen:
            seen.add(before.id)
            yield before.id, before.time
            entry = before

    def _corrected_by(self, entries: Iterable[Entry]) -> set[str]:
        """Ids of what some entries withdraw, or supersede directly or through entries of any time.

        What was withdrawn corrects nothing.
        """
        known = tuple(entries)
        withdrawn = withdrawn_by(known)
        found: set[str] = set()
        for entry in known:
            one = None if entry.id in withdrawn or isinstance(entry, Withdrawn) else entry.supersedes
            while one in self.entry and one not in found:
                found.add(one)
                one = self.entry[one].supersedes
        return found | withdrawn

    @cached_property
    def superseded(self) -> frozenset[str]:
        """Ids of the entries that have been corrected or withdrawn."""
        return frozenset(self._corrected_by(self.entries))

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that have been neither corrected nor withdrawn."""
        return tuple(entry for entry in self.entries if entry.id not in self.superseded)

    @property
    def is_closed(self) -> bool:
        """Whether the incident is closed, and not opened again since."""
        return any(entry.id not in self.superseded for entry in self.of(Closed))

    @property
    def closed_at(self) -> int | None:
        """When the incident was closed; None while it is open."""
        return max(entry.time for entry in self.of(Closed)) if self.is_closed else None

    def next_id(self, kind: type[Entry] | str) -> str:
        """The next free id of a kind: "outage-3"."""
        return next_id(kind if isinstance(kind, str) else kind.kind, self.entry)

    def label(self, entry: Entry) -> str:
        """The label that an entry carries, its own or the incident's."""
        return entry.tlp or self.incident.tlp


def _as_answered(entry: Entry, at: int) -> Entry:
    """The entry as of a time; a request whose answer is said to come later is not answered."""
    if isinstance(entry, Request) and entry.answered is not None and entry.answered > at:
        return replace(entry, answered=None, answer=None)
    return entry


def next_id(kind: str, taken: Iterable[str]) -> str:
    """The id of a kind after the highest of those taken.

    >>> next_id("outage", ["outage-1", "outage-7", "measure-9"])
    'outage-8'
    """
    numbers = (re.fullmatch(rf"{kind}-([0-9]{{1,9}})", one) for one in taken)
    return f"{kind}-{max((int(match.group(1)) for match in numbers if match), default=0) + 1}"


def to_dict(one: Any, zone: ZoneInfo) -> dict[str, Any]:
    """An incident or entry as JSON, with its instants in ISO 8601."""
    made = {"kind": one.kind} if isinstance(one, Entry) else {}
    return made | {field.name: _json(field.name, getattr(one, field.name), zone) for field in fields(one)}


def _json(name: str, value: Any, zone: ZoneInfo) -> Any:
    if is_dataclass(value):
        return to_dict(value, zone)
    if isinstance(value, tuple):
        return [_json("", one, zone) for one in value]
    return iso(value, zone) if name in MOMENTS and value is not None else value
