"""What differs between two models: what came, what went, what says something else, and what only got another id."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from beroenden.model.network import Network
from beroenden.modelfiles.merging.records import Key, Record, Records, aligned, is_need, parent_of, records_of
from beroenden.modelfiles.merging.renames import Renamed, renamed

SCHEMA = "beroenden/model-difference/1"


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs, as the canonical form of the files has it; None: it is not there."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """A table that is in both models and differs; its key has the new ids."""

    key: Key
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two models, inner tables each by itself, in a stable order.

    Attributes:
        renamed: Guessed: the same content under another id. They and what refers to them count as changed only where
            they differ in something else.
    """

    old: Network
    new: Network
    added: tuple[Record, ...]
    removed: tuple[Record, ...]
    changed: tuple[Changed, ...]
    renamed: tuple[Renamed, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the models say the same."""
        return not (self.added or self.removed or self.changed or self.renamed)

    @property
    def new_id(self) -> dict[str, str]:
        """The new id of entities and payments that got one, by the old."""
        return {
            one.old[1]: one.new[1] for one in self.renamed if one.old[0] in ("entity", "payment") and len(one.old) == 2
        }

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden diff`; the parts make the new model of the old."""
        return {
            "schema": SCHEMA,
            "old": _model(self.old),
            "new": _model(self.new),
            "same": self.is_empty,
            "renamed": [
                {"old": key_to_dict(one.old), "new": key_to_dict(one.new), "guessed": True} for one in self.renamed
            ],
            "removed": [{**key_to_dict(one.key), "fields": plain(dict(one.fields))} for one in self.removed],
            "added": [{**key_to_dict(one.key), "fields": plain(dict(one.fields))} for one in self.added],
            "changed": [
                {
                    **key_to_dict(one.key),
                    "changes": [
                        {"field": each.field, "old": plain(each.old), "new": plain(each.new)} for each in one.changes
                    ],
                }
                for one in self.changed
            ],
        }


def difference(old: Network, new: Network) -> Difference:
    """What differs between two models.

    Needs are matched by their consumer and providers and what they are for; of those left over, in their order by consumer
    and providers alone. The order of tables, needs and providers makes no difference, that of stages does.
    """
    after = records_of(new)
    before, others = renamed(records_of(old), after)
    before = aligned(after, before, by_what=False)[0]
    return Difference(
        old=old,
        new=new,
        added=tuple(_sorted(record for key, record in after.items() if key not in before)),
        removed=tuple(_sorted(record for key, record in before.items() if key not in after)),
        changed=tuple(_changed(before, after)),
        renamed=tuple(sorted(others, key=lambda one: (len(one.old), one.old))),
    )


def outermost(records: tuple[Record, ...]) -> list[tuple[Record, list[Record]]]:
    """Records that came or went by themselves, each with those in it."""
    found: dict[Key, tuple[Record, list[Record]]] = {}
    for record in records:
        around = next((key for key in _around(record.key) if key in found), None)
        if around is None:
            found[record.key] = (record, [])
        else:
            found[around][1].append(record)
    return list(found.values())


def key_to_dict(key: Key) -> dict[str, Any]:
    """What a record is, as JSON."""
    found: dict[str, Any] = {"kind": key[0]}
    if len(key) > 1:
        found["id"] = key[1]
    own = key[:-4] if is_need(key) else key
    if len(own) == 4:
        found["stage"] = own[3]
    if is_need(key):
        found["need"] = {"providers": key[-3].split("+"), "what": key[-2] or None, "number": int(key[-1])}
    return found


def plain(value: Any) -> Any:
    """A TOML value as JSON has it."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _model(network: Network) -> dict[str, str]:
    return {"name": network.name, "version": network.version, "hash": network.hash}


def _sorted(records: Any) -> list[Record]:
    """By what they are, each after what is around it."""
    return sorted(records, key=lambda one: one.key)


def _around(key: Key) -> list[Key]:
    """The keys of what is around a record, from the outermost."""
    around = parent_of(key)
    return [] if around is None else [*_around(around), around]


def _changed(before: Records, after: Records) -> list[Changed]:
    found = []
    for key in sorted(before.keys() & after.keys()):
        old, new = before[key].fields, after[key].fields
        names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
        if names:
            found.append(Changed(key, tuple(Change(name, old.get(name), new.get(name)) for name in names)))
    return found
