"""A model as flat records: one for each table, by what it is about rather than by where it stands."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.modelfiles.editing.concrete import Path
from beroenden.modelfiles.findings import Key as Step
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.schema import Draft
from beroenden.modelfiles.write import to_toml

Key = tuple[str, ...]
"""("model",), ("entity", id), ("payment", id, "stage", id), and of a need its consumer's and ("needs", providers, what, n)."""

LISTS = ("window", "entity", "payment", "audience", "event")
_NESTED = ("needs", "stage")
_ATOMIC = (("supply", ("provider", "any_of", "shares", "at_least")), ("schedule", ("rrule", "dates")))
"""Keys that only make sense together, and the field that they become."""
_UNORDERED = ("any_of", "regimes", "entities")
_DEFAULTS: dict[str, Any] = {
    "restart": "0min",
    "duration": "0min",
    "floor": 0,
    "lead": 0,
    "roll": "none",
    "interbank": False,
    "at_recipient_bank": False,
    "accounts": {},
}
"""What the canonical form leaves out though a file may state it; of anything else, an empty list."""


@dataclass(frozen=True, slots=True)
class Record:
    """One table without its inner tables.

    Attributes:
        fields: What it says, in one form for one meaning, so that two can be compared.
        written: The same as its file has it.
        place: Of the table in its file; None when there is no file.
        places: Where fields stand that another side's table has given.
    """

    key: Key
    fields: Mapping[str, Any]
    written: Mapping[str, Any]
    place: Place | None = None
    places: Mapping[str, Place | None] = field(default_factory=dict)

    def place_of(self, field: str) -> Place | None:
        """Where a field stands, else the table."""
        if field in self.places:
            return self.places[field]
        if self.place is None or field not in self.fields:
            return self.place
        steps = field.split(".")
        if field == "order":
            steps = ["stage"]
        elif field in dict(_ATOMIC):
            steps = [next(iter(self.written[field]))]
        found = self.place
        for step in steps:
            found /= step
        return found


Records = dict[Key, Record]
"""Records by key, each after the one around it."""


def field_of(key: str) -> str:
    """The field that a key of a table becomes, alone or with others."""
    return next((whole for whole, names in _ATOMIC if key in names), key)


def is_need(key: Key) -> bool:
    """Whether a record is a need."""
    return len(key) > 4 and key[-4] == "needs"


def parent_of(key: Key) -> Key | None:
    """The record around a record."""
    if is_need(key):
        return key[:-4]
    return key[:2] if len(key) == 4 else None


def label_of(key: Key, values: Iterable[Any], records: Records, model: str) -> str:
    """The label of what is said of a record: its own or that of what is around it, and of what the values name.

    Args:
        model: The label of what has none of its own.
    """
    providers = key[-3].split("+") if is_need(key) else []
    named = [("entity", one) for one in (*providers, *(text for value in values for text in _texts(value)))]
    own = next((found for one in (key, parent_of(key), key[:2]) if one and (found := _label(records, one))), model)
    return strictest(own, *(_label(records, one) or model for one in named if one in records))


def _label(records: Records, key: Key) -> str | None:
    is_labelled = key in records and key[0] != "audience"  # whose `tlp` is what it may read
    return records[key].fields.get("tlp") if is_labelled else None


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for inner in (*value, *value.values()) for one in _texts(inner))
    elif isinstance(value, list):
        yield from (one for inner in value for one in _texts(inner))


def stands_in(key: Key, around: Key) -> bool:
    """Whether a record is another, or in it."""
    return key[: len(around)] == around


def records_of(network: Network, draft: Draft | None = None) -> Records:
    """The records of a network.

    Args:
        draft: What it was read as: fields are then only those that the files state, with their places. Without it fields
            have their defaults, as far as the canonical form has.
    """
    tables = tomllib.loads(to_toml(network))
    found = {record.key: record for record in _model(tables["model"], draft)}
    for kind in LISTS:
        for index, table in enumerate(tables.get(kind, [])):
            place = None if draft is None else _built(draft)[kind][index][1]
            key = (kind, table["actor" if kind == "audience" else "id"])
            for record in _record(key, table, place, _raw(place)):
                found[record.key] = record
    return found


def _built(draft: Draft) -> dict[str, list[tuple[Any, Place]]]:
    return {
        "window": draft.windows,
        "entity": draft.entities,
        "payment": draft.payments,
        "audience": draft.audiences,
        "event": draft.events,
    }


def _model(table: dict[str, Any], draft: Draft | None) -> Iterator[Record]:
    place = draft.model_place if draft else None
    yield from _record(("model",), table, place, _raw(place))


def _raw(place: Place | None) -> dict[str, Any] | None:
    """The table at a place as tomllib reads it."""
    if place is None:
        return None
    found: Any = place.source.tables
    for step in place.path:
        found = found[step]
    return dict(found)


def _record(key: Key, table: dict[str, Any], place: Place | None, raw: dict[str, Any] | None) -> Iterator[Record]:
    """The record of a table, then those of its inner tables."""
    stated = table if raw is None else {name: table.get(name, _DEFAULTS.get(name, [])) for name in raw}
    fields, written = _fields(stated), _fields(table if raw is None else raw)
    if key[0] == "payment" and len(key) == 2:
        fields["order"] = written["order"] = [stage["id"] for stage in table.get("stage", [])]
    empty: dict[str, Any] = {name: [] for name in _NESTED if raw is not None and raw.get(name) == []}
    yield Record(key, {name: in_one_form(value, name) for name, value in fields.items()}, written | empty, place)
    counts: dict[Key, int] = {}
    for nested in _NESTED:
        for index, inner in enumerate(table.get(nested, [])):
            inner_key = (*key, nested, inner["id"]) if nested == "stage" else _need_key(key, inner, counts)
            inner_place = None if place is None else place / nested / index
            yield from _record(inner_key, inner, inner_place, None if raw is None else raw[nested][index])


def _need_key(key: Key, need: dict[str, Any], counts: dict[Key, int]) -> Key:
    providers = [need["provider"]] if "provider" in need else list(need.get("any_of") or need["shares"])
    found = (*key, "needs", "+".join(sorted(providers)), need.get("what", ""))
    counts[found] = counts.get(found, -1) + 1
    return (*found, str(counts[found]))


def _fields(table: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a table without its id and inner tables; what only makes sense together is one field."""
    found = {name: value for name, value in table.items() if name not in (*_NESTED, "id", "actor")}
    for whole, names in _ATOMIC:
        together = {name: found.pop(name) for name in names if name in found}
        if together:
            found[whole] = together
    if contact := found.get("contact"):
        del found["contact"]
        found |= {f"contact.{name}": value for name, value in contact.items()}
    return found


def in_one_form(value: Any, name: str) -> Any:
    """The value of a field, the same for whatever means the same."""
    if name == "supply":
        made = {inner: in_one_form(one, inner) for inner, one in value.items()}
        return {inner: one for inner, one in made.items() if (inner, one) != ("at_least", 1) and one != []}
    return sorted(value) if name in _UNORDERED else value


def tables_of(records: Records) -> tuple[dict[str, Any], dict[Path, Key]]:
    """The tables that records make, and which record stands at each path in them."""
    tables: dict[str, Any] = {}
    paths: dict[Key, Path] = {}
    made: dict[Key, dict[str, Any]] = {}
    for key in _with_stages_in_order(records):
        table = made[key] = _table(records[key])
        if key == ("model",):
            tables["model"], paths[key] = table, key
            continue
        around = parent_of(key)
        name = key[0] if around is None else "needs" if is_need(key) else "stage"
        there = (tables if around is None else made[around]).setdefault(name, [])
        paths[key] = (*(() if around is None else paths[around]), name, len(there))
        there.append(table)
    return tables, {path: key for key, path in paths.items()}


def _with_stages_in_order(records: Records) -> list[Key]:
    """The keys, stages as their payment orders them; each still after the one around it."""

    def place(key: Key) -> tuple[int, int]:
        if len(key) < 4 or key[0] != "payment":
            return 0, 0
        return 1, list(records[key[:2]].written["order"]).index(key[3])

    return sorted(records, key=place)


def _table(record: Record) -> dict[str, Any]:
    own = {"actor" if record.key[0] == "audience" else "id": record.key[-1]}
    table: dict[str, Any] = {} if is_need(record.key) or record.key == ("model",) else own
    for name, value in record.written.items():
        if name in dict(_ATOMIC):
            table |= value
        elif name == "contact":  # an empty one
            table.setdefault(name, {})
        elif name.startswith("contact."):
            table.setdefault("contact", {})[name.partition(".")[2]] = value
        elif name in _NESTED:
            table[name] = []
        elif name != "order":
            table[name] = value
    return table


def aligned(first: Records, second: Records, *, by_what: bool) -> tuple[Records, list[tuple[Key, Key]]]:
    """The second's records, needs under the keys that the same needs have in the first.

    Args:
        by_what: Needs of the same providers are the same only when one does not say what it is for, and it is plain which
            is meant. Otherwise those left over are paired in their order.

    Returns:
        The records; and pairs of which it is not plain whether they are the same.
    """
    renamed: dict[Key, Key] = {}
    doubtful = []
    left, right = _loose_needs(first, second), _loose_needs(second, first)
    for group, mine in left.items():
        theirs = right.get(group, [])
        is_open = any(not key[-2] for key in (*mine, *theirs))
        if not by_what or (is_open and len(mine) == len(theirs) == 1):
            renamed |= dict(zip(theirs, mine, strict=False))
        elif theirs:
            doubtful.append(next(((a, b) for a in mine for b in theirs if not (a[-2] and b[-2])), (mine[0], theirs[0])))
    keys = {key: renamed.get(key, key) for key in second}
    return {keys[key]: replace(record, key=keys[key]) for key, record in second.items()}, doubtful


def _loose_needs(records: Records, other: Records) -> dict[Key, list[Key]]:
    """Needs that the other does not have, by their consumer and providers."""
    found: dict[Key, list[Key]] = {}
    for key in records:
        if is_need(key) and key not in other:
            found.setdefault(key[:-2], []).append(key)
    return found


def at_text(key: Key, field: str = "") -> str:
    """What a record or field of it is called in lists, e.g. "entity.fk.needs[rix][Avveckling].endurance"."""
    steps: list[Step] = [*key]
    tail = ""
    if is_need(key):
        steps = [*key[:-4]]
        _, providers, what, number = key[-4:]
        tail = f".needs[{providers}]" + (f"[{what}]" if what else "") + (f"#{number}" if number != "0" else "")
    return ".".join(map(str, steps)) + tail + (f".{field}" if field else "")


def names_of(key: Key, records: Records) -> dict[str, str]:
    """What a side calls that which a record is in, and what a need needs, by their ids."""
    providers = key[-3].split("+") if is_need(key) else []
    named = [one for one in (key[:2], *(("entity", one) for one in providers)) if one in records]
    return {one[-1]: str(records[one].fields["name"]) for one in named if "name" in records[one].fields}


def owners_of(key: Key, records: Records) -> set[str]:
    """The actors that a side says a record belongs to: of a need its consumer's, of a payment its payer's."""
    if key[:2] not in records:
        return set()
    top = records[key[:2]]
    if key[0] == "entity":
        return {top.fields.get("owner", key[1])}
    if key[0] not in ("payment", "event"):
        return set()
    named = [top.fields["payer"]] if key[0] == "payment" else top.fields["entities"]
    return {one for entity in named for one in owners_of(("entity", entity), records) or {entity}}


def differ(records: Records, other: Records, key: Key) -> bool:
    """Whether a record or anything in it is not the same in both."""
    inside = {one for one in (*records, *other) if stands_in(one, key)}
    return any(one not in records or one not in other or records[one].fields != other[one].fields for one in inside)
