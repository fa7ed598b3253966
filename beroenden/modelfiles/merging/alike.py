"""New entities that two sides may have given two ids: each answer is read by itself, so only the merge sees both."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from beroenden.language import say
from beroenden.model.names import like_name, telling_letters
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging.conflicts import place_text, where
from beroenden.modelfiles.merging.records import Key, Record
from beroenden.modelfiles.merging.sides import Side


def entities_alike(sides: Sequence[Side], paths: Sequence[Path], base: Side | None = None) -> list[Finding]:
    """Entities that only one side has, that may be one that only another has; and how two become one.

    Suppliers may when their names are alike, others when they are the same: the systems of several actors have names that
    are like each other's. Of several that are alike, all are to be renamed to the first.

    Args:
        paths: Where each side is read from, in the order of the sides.
    """
    found = []
    becomes: dict[tuple[Path, Key], str] = {}
    for (a, at_a), (b, at_b) in combinations(zip(sides, paths, strict=True), 2):
        for one, other in _pairs(_new(a, b, base), _new(b, a, base)):
            new = becomes.get((at_a, one.key), one.key[1])
            if (at_b, other.key) not in becomes and new != other.key[1]:  # asked about once, however many it is like
                becomes[at_b, other.key] = new
                found.append(_told(one, other, at_b, new))
    return found


def _new(side: Side, other: Side, base: Side | None) -> list[Record]:
    known = {*other.records, *(base.records if base is not None else ())}
    return [record for key, record in side.records.items() if key[0] == "entity" and len(key) == 2 and key not in known]


def _pairs(new: list[Record], others: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Each with the first of the others that it may be."""
    for one in new:
        other = next((other for other in others if _may_be_one(one, other)), None)
        if other is not None:
            yield one, other


def _may_be_one(one: Record, other: Record) -> bool:
    name, other_name = _name(one), _name(other)
    if one.fields.get("kind") == other.fields.get("kind") == "supplier":
        return bool(like_name(name, [other_name]) or like_name(other_name, [name]))
    return telling_letters(name) == telling_letters(other_name)


def _name(one: Record) -> str:
    return str(one.fields.get("name", one.key[1]))


def _told(one: Record, other: Record, path: Path, new: str) -> Finding:
    """
    Args:
        path: Of the model that has the other.
        new: The id of the first of all that are alike.
    """
    file, line, column = where(one.place)
    rename = f"beroenden edit rename {path} {other.key[1]} {new}"
    told = say(
        f"{_name(one)} ({one.key[1]}) liknar {_name(other)} ({other.key[1]}) i {place_text(other.place)}; de blir två. "
        f"Är de en: ”{rename}”, och slå ihop igen",
        f"{_name(one)} ({one.key[1]}) is like {_name(other)} ({other.key[1]}) in {place_text(other.place)}; they become two. "
        f'If they are one: "{rename}", and merge again',
    )
    return Finding("B731", "warning", visible(told), file, line, column)
