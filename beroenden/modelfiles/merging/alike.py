"""New suppliers that two sides may have given two names: each answer is read by itself, so only the merge sees both."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path

from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging.conflicts import place_text, where
from beroenden.modelfiles.merging.merging import Side
from beroenden.modelfiles.merging.records import Record

_ALIKE = 0.8
"""How alike two names are (difflib's ratio) that may be one: that of a supplier that a form adds."""


def suppliers_alike(sides: Sequence[Side], paths: Sequence[Path], base: Side | None = None) -> list[Finding]:
    """Suppliers that only one side has, with a name like that of one that only another has; and how two become one.

    Args:
        paths: Where each side is read from, in the order of the sides.
    """
    return [
        found
        for (a, at_a), (b, at_b) in combinations(zip(sides, paths, strict=True), 2)
        for one, other in _pairs(_new(a, b, base), _new(b, a, base))
        for found in [_told(one, other, at_a, at_b)]
    ]


def _new(side: Side, other: Side, base: Side | None) -> list[Record]:
    known = {*other.records, *(base.records if base is not None else ())}
    return [
        record
        for key, record in side.records.items()
        if key[0] == "entity" and len(key) == 2 and record.fields.get("kind") == "supplier" and key not in known
    ]


def _pairs(new: list[Record], others: list[Record]) -> Iterator[tuple[Record, Record]]:
    by_name = {_letters(one): one for one in others}
    for one in new:
        near = get_close_matches(_letters(one), by_name, n=1, cutoff=_ALIKE)
        if near:
            yield one, by_name[near[0]]


def _letters(one: Record) -> str:
    return re.sub(r"[\W_]", "", spoken(_name(one)).casefold())


def _name(one: Record) -> str:
    return str(one.fields.get("name", one.key[1]))


def _told(one: Record, other: Record, path: Path, other_path: Path) -> Finding:
    file, line, column = where(one.place)
    rename = f"beroenden edit rename {other_path} {other.key[1]} {one.key[1]}"
    told = say(
        f"leverantören {_name(one)} ({one.key[1]}) liknar {_name(other)} ({other.key[1]}) i {place_text(other.place)}; de blir "
        f"två. Är de en: ”{rename}”, och slå ihop igen",
        f"the supplier {_name(one)} ({one.key[1]}) is like {_name(other)} ({other.key[1]}) in {place_text(other.place)}; they "
        f'become two. If they are one: "{rename}", and merge again',
    )
    return Finding("B731", "warning", visible(told), file, line, column)
