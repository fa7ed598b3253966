"""What probably only got another id: the same content under a new one."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from beroenden.modelfiles.merging.records import Key, Record, Records, in_one_form, is_need, parent_of

_REFERENCES = ("owner", "payer", "paying_bank", "recipients", "provider")
_LISTED = ("entities", "any_of")
_SHARES = ("accounts", "shares")


@dataclass(frozen=True, slots=True)
class Renamed:
    """A record that has the same content as one that is gone: a guess. `old` names what is around it by its new id."""

    old: Key
    new: Key


def renamed(old: Records, new: Records) -> tuple[Records, list[Renamed]]:
    """The old records under the new ids, and which were changed; again until no more are found.

    Content counts as the same when it is more than a kind and no other record has it. References to what is only in one of
    the models do not count, since both ends of them may have got another id.
    """
    found: list[Renamed] = []
    while True:
        fresh = list(_same_content(old, new))
        if not fresh:
            return old, found
        found += fresh
        old = rekeyed(old, {one.old: one.new[-1] for one in fresh})


def _same_content(old: Records, new: Records) -> Iterator[Renamed]:
    gone, come = _contents(old, new), _contents(new, old)
    for content, keys in gone.items():
        if len(keys) == len(come.get(content, ())) == 1:
            yield Renamed(keys[0], come[content][0])


def _contents(records: Records, other: Records) -> dict[str, list[Key]]:
    """The records with an id that the other does not have, by what is in them."""
    wanted = [key for key in records if key not in other and _may_be_renamed(key, other)]
    masked: dict[Key, str] = dict.fromkeys((key for key in wanted if len(key) == 2), "?")
    inside: dict[Key, list[Record]] = {key: [] for key in wanted}
    for key, record in records.items():
        for around in {key[:2], key[:4]}:
            if around in inside:
                inside[around].append(record)
    found: dict[str, list[Key]] = {}
    for key, within in inside.items():
        if len(within) > 1 or len(_said(within[0])) > 1:
            found.setdefault(_content(key, within, masked), []).append(key)
    return found


def _may_be_renamed(key: Key, other: Records) -> bool:
    if is_need(key) or key[0] in ("model", "audience"):
        return False
    around = parent_of(key)
    return around is None or around in other


def _content(key: Key, records: list[Record], masked: Mapping[Key, str]) -> str:
    said = [[list(rekey(record.key, masked)[len(key) :]), _in_one_form(_said(record), masked)] for record in records]
    return json.dumps([key[:-1], sorted(said, key=lambda one: str(one[0]))], sort_keys=True, default=str)


def _said(record: Record) -> dict[str, Any]:
    """What a record says; a name that is its id is none."""
    return {name: value for name, value in record.fields.items() if (name, value) != ("name", record.key[-1])}


def _in_one_form(fields: Mapping[str, Any], ids: Mapping[Key, str]) -> dict[str, Any]:
    return {name: in_one_form(value, name) for name, value in _with_ids(fields, ids).items()}


def rekeyed(records: Records, ids: Mapping[Key, str]) -> Records:
    """The records with other ids wherever they are used."""
    found: Records = {}
    for key, record in records.items():
        made, written = rekey(key, ids), _with_new_ids(key, record.written, ids)
        fields = {name: in_one_form(value, name) for name, value in _with_new_ids(key, record.fields, ids).items()}
        found[made] = replace(record, key=made, fields=fields, written=written)
    return found


def rekey(key: Key, ids: Mapping[Key, str]) -> Key:
    """A key with other ids."""
    made = key
    if len(key) > 1:
        kind = "entity" if key[0] == "audience" else key[0]
        made = (key[0], ids.get((kind, key[1]), key[1]), *key[2:])
    if key[:4] in ids and len(key) >= 4:
        made = (*made[:3], ids[key[:4]], *made[4:])
    if not is_need(key):
        return made
    providers = (ids.get(("entity", one), one) for one in key[-3].split("+"))
    return (*made[:-3], "+".join(sorted(providers)), *made[-2:])


def _with_new_ids(key: Key, fields: Mapping[str, Any], ids: Mapping[Key, str]) -> dict[str, Any]:
    """What a table says, with other ids in it, and as its name where that is its id."""
    found = _with_ids(fields, ids)
    if key in ids and found.get("name") == key[-1]:
        found["name"] = ids[key]
    if "order" in found:
        found["order"] = [ids.get((*key, "stage", stage), stage) for stage in found["order"]]
    return found


def _with_ids(fields: Mapping[str, Any], ids: Mapping[Key, str]) -> dict[str, Any]:
    return {name: _with_id(name, value, ids) for name, value in fields.items()}


def _with_id(name: str, value: Any, ids: Mapping[Key, str]) -> Any:
    """A field with the ids in it changed."""
    if name == "window":
        return ids.get(("window", value), value)
    if name in _REFERENCES:
        return ids.get(("entity", value), value)
    if name in _LISTED:
        return [ids.get(("entity", one), one) for one in value]
    if name in _SHARES:
        return {ids.get(("entity", one), one): share for one, share in value.items()}
    return _with_ids(value, ids) if name == "supply" else value
