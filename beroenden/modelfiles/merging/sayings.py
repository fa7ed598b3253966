"""Who said so and when, of two sides that agree: the latest stands, the others are kept side by side in the note."""

from collections.abc import Mapping
from typing import Any

STATEMENT = ("source", "verified", "confidence")
_BETWEEN = " | "
_AMONG = tuple(f"{name}: " for name in STATEMENT)


def together(a: Mapping[str, Any], b: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """The source, verified, confidence and note of two tables.

    The order of the sides makes no difference, and a third side may come first or last. So what is kept in the note is
    written with the keys of the files, in one form whatever the language, and in one order.

    Args:
        base: What both come from, if that is known: where only one side changed it, that holds.
    """
    mine, theirs = _said(a), _said(b)
    before = None if base is None else _said(base)
    kept: list[str] = []
    if mine == theirs or not theirs or theirs == before:
        chosen = mine
    elif not mine or mine == before:
        chosen = theirs
    else:
        chosen, other = (mine, theirs) if _rank(mine) > _rank(theirs) else (theirs, mine)
        kept = [", ".join(f"{name}: {value}" for name, value in other.items())]
    note = _note(a.get("note"), b.get("note"), None if base is None else base.get("note"), kept)
    return {**chosen, **({} if note is None else {"note": note})}


def _said(table: Mapping[str, Any]) -> dict[str, Any]:
    return {name: table[name] for name in STATEMENT if name in table}


def _rank(said: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(said.get(name, "")) for name in ("verified", "source", "confidence"))


def _note(a: str | None, b: str | None, base: str | None, kept: list[str]) -> str | None:
    chosen = a if a == b or not b or b == base else b if not a or a == base else None
    if chosen is not None and not kept:
        return chosen
    found = [chosen] if chosen is not None else [a or "", b or ""]
    parts = {part for one in found for part in one.split(_BETWEEN)} | set(kept)
    return _BETWEEN.join(sorted(parts - {""}, key=lambda part: (part.startswith(_AMONG), part))) or None
