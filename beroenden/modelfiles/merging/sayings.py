"""Who said so and when, of two sides that agree: their sources stand side by side, with the latest day of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from beroenden.model.entities import CONFIDENCES

STATEMENT = ("source", "verified", "confidence")
_SOURCES, _NOTES = "; ", " | "


def together(a: Mapping[str, Any], b: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """The source, verified, confidence and note of two tables.

    The order of the sides makes no difference, and a third side may come first or last. Sources stay in `source`, where they
    are shared as sources are, and put together as `edit` and the forms do: never in the note, which says something else.

    Args:
        base: What both come from, if that is known: what only one side changed holds, and a source that one of them has
            taken away is gone.
    """
    before = {} if base is None else base
    source = _one_text(a.get("source"), b.get("source"), before.get("source"), _SOURCES)
    note = _one_text(a.get("note"), b.get("note"), before.get("note"), _NOTES)
    latest = _latest(when(a), when(b), when(before))
    texts = {"source": source, "note": note}
    return {**latest, **{name: text for name, text in texts.items() if text is not None}}


def when(table: Mapping[str, Any]) -> dict[str, Any]:
    """When it was verified and how sure that is, which belong together."""
    return {name: table[name] for name in ("verified", "confidence") if name in table}


def as_sure_as(said: Mapping[str, Any], chosen: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What is said of a table with an answer that was chosen over another: no later verified or surer than whoever gave it.

    Args:
        said: What the sides say together.
        chosen: The tables of the sides whose answers were chosen.
    """
    least = min((when(one) for one in chosen), key=how_sure)
    if how_sure(when(said)) <= how_sure(least):
        return dict(said)
    return {name: value for name, value in said.items() if name not in ("verified", "confidence")} | least


def how_sure(said: Mapping[str, Any]) -> tuple[str, int]:
    """What orders tables by when they were verified, then by confidence."""
    confidence = said.get("confidence")
    return str(said.get("verified", "")), CONFIDENCES.index(confidence) if confidence in CONFIDENCES else -1


def _latest(a: dict[str, Any], b: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    if before in (a, b):
        return b if a == before else a
    return max(a, b, key=lambda said: (str(said.get("verified", "")), str(said.get("confidence", ""))))


def _one_text(a: str | None, b: str | None, before: str | None, between: str) -> str | None:
    """What either side has added, in one order, then what both have kept."""
    if a == b or b == before:
        return a
    if a == before:
        return b
    mine, theirs, old = ((one or "").split(between) for one in (a, b, before))
    added = sorted({*mine, *theirs} - {*old, ""})
    return between.join([*added, *(one for one in old if one and one in mine and one in theirs)]) or None
