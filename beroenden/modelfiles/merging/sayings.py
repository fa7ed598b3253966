"""Who said so and when, of several sides: their sources stand side by side, with a day that holds for all that they answered."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from beroenden.model.entities import CONFIDENCES

STATEMENT = ("source", "verified", "confidence")
BETWEEN = "; "
"""What stands between sources side by side."""


def together(a: Mapping[str, Any], b: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    """The source, verified and confidence of two tables.

    The order of the sides makes no difference, and a third side may come first or last. Sources stay in `source`, where they
    are shared as sources are, and put together as `edit` and the forms do: never in the note, which is an answer like others.

    Args:
        base: What both come from, if that is known: what only one side changed holds, and a source that one of them has
            taken away is gone.
    """
    before = {} if base is None else base
    source = _sources(a.get("source"), b.get("source"), before.get("source"))
    latest = _latest(when(a), when(b), when(before))
    return latest if source is None else {**latest, "source": source}


def when(table: Mapping[str, Any]) -> dict[str, Any]:
    """When it was verified and how sure that is, which belong together."""
    return {name: table[name] for name in ("verified", "confidence") if name in table}


def as_sure_as(said: Mapping[str, Any], known: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What is said of a table together with the answers in it: no later verified than any of them, and no surer.

    Args:
        said: What the sides say together.
        known: For each answer, the table of the side that knows it best.
    """
    tables = [said, *known]
    days, sure = ([one.get(name) for one in tables] for name in ("verified", "confidence"))
    found = {name: value for name, value in said.items() if name not in ("verified", "confidence")}
    if None not in days:
        found["verified"] = min(days, key=str)
    if None not in sure:
        found["confidence"] = min(sure, key=_sureness)
    return found


def how_sure(said: Mapping[str, Any]) -> tuple[str, int]:
    """What orders tables by when they were verified, then by confidence."""
    return str(said.get("verified", "")), _sureness(said.get("confidence"))


def _sureness(confidence: str | None) -> int:
    return CONFIDENCES.index(confidence) if confidence in CONFIDENCES else -1


def _latest(a: dict[str, Any], b: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    if before in (a, b):
        return b if a == before else a
    return max(a, b, key=how_sure)


def _sources(a: str | None, b: str | None, before: str | None) -> str | None:
    """What either side has added, in one order, then what both have kept."""
    if a == b or b == before:
        return a
    if a == before:
        return b
    mine, theirs, old = map(parts_of, (a, b, before))
    added = sorted({*mine, *theirs} - {*old, ""})
    return BETWEEN.join([*added, *(one for one in old if one and one in mine and one in theirs)]) or None


def parts_of(source: str | None) -> list[str]:
    """The sources that stand side by side in one."""
    return (source or "").split(BETWEEN)


def subjects_of(source: str) -> tuple[str, list[str]]:
    """Who a source is, and what it says that it is of, as `edit` and the forms put it in brackets behind it; nothing for all.

    >>> subjects_of("FK, formulär 2026-11-23 (antal, prioritet)")
    ('FK, formulär 2026-11-23', ['antal', 'prioritet'])
    """
    who, bracket, told = source.removesuffix(")").rpartition(" (")
    return (who, told.split(", ")) if bracket and source.endswith(")") else (source, [])


def of_what_holds(source: str, is_held: Callable[[str], bool]) -> str | None:
    """A source that names of what it tells only that which holds; it goes with the last of it.

    >>> of_what_holds("FK, formulär (antal, prioritet)", lambda one: one != "antal")
    'FK, formulär (prioritet)'
    """
    who, subjects = subjects_of(source)
    held = [one for one in subjects if is_held(one)]
    if held == subjects:
        return source
    return f"{who} ({', '.join(held)})" if held else None


def is_only_added_to(before: str, now: str) -> bool:
    """Whether a source is an earlier one with others put before it, which tell anew some of what that names.

    >>> is_only_added_to("FK (antal, rto); avtal", "Möte (rto); FK (antal); avtal"), is_only_added_to("avtal", "Möte (rto)")
    (True, False)
    """
    old, new = parts_of(before), parts_of(now)
    known = [subjects_of(one) for one in old]
    added = [one for one in new if one not in old and not _is_less_of(subjects_of(one), known)]
    plain = [one for one in old if not subjects_of(one)[1]]
    stays = [one for one in new if one in plain] == plain and new[: len(added)] == added
    return stays and bool(plain or all(subjects_of(one)[1] for one in added))


def _is_less_of(source: tuple[str, list[str]], known: Iterable[tuple[str, list[str]]]) -> bool:
    """Whether it names some of what one of those names."""
    who, subjects = source
    return bool(subjects) and any(who == one and {*subjects} <= {*others} for one, others in known)
