"""Whom a merged table is credited to, and how well all that was answered in it is known."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging.conflicts import as_written, where
from beroenden.modelfiles.merging.records import Record
from beroenden.modelfiles.merging.sayings import (
    BETWEEN,
    STATEMENT,
    as_sure_as,
    how_sure,
    of_what_holds,
    parts_of,
    subjects_of,
    together,
    when,
)
from beroenden.modelfiles.merging.words import field_named, field_words, key_words


def said_together(
    records: Sequence[Record], chosen: Mapping[str, Record], before: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Who the sides say that a table is from and when, of those who gave any of it.

    Args:
        records: The table as each side has it.
        chosen: Of each field, the record whose value holds.
        before: What the base says, if that is known.
    """
    credited = [_credited(one, records, chosen, before) for one in records]
    found: Mapping[str, Any] = reduce(lambda one, other: together(one, other, before), credited)
    return dict(found)


def only_of_what_holds(
    said: dict[str, Any],
    records: Sequence[Record],
    chosen: Mapping[str, Record],
    before: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """The same, where a source that a side added names of what it tells only that which holds; it goes with the last of it."""
    if "source" not in said:
        return said
    old = parts_of((before or {}).get("source"))
    holds = {name: taken.fields.get(name) for name, taken in chosen.items()}
    holds |= {name: said.get(name) for name in ("verified", "confidence")}
    kept = []
    for part in parts_of(said["source"]):
        telling = [one.fields for one in records if part in parts_of(one.fields.get("source"))]
        held = of_what_holds(part, lambda one, part=part, telling=telling: part in old or _is_held(one, telling, holds))  # type: ignore[misc]
        if held is not None:
            kept.append(held)
        elif any({*parts_of(one["source"])} <= {part, *old} for one in telling):
            kept.append(subjects_of(part)[0])  # of what else holds that this side says
    rest = {name: value for name, value in said.items() if name != "source"}
    return rest | {"source": BETWEEN.join(kept)} if kept else rest


def told_anew(source: str, subjects: Sequence[str], before: str) -> str:
    """A source put before those that were there, which no longer name what it tells; said again it stands once.

    Args:
        source: With what it names.
        subjects: What is told anew, by key or the form's column.

    >>> told_anew("Möte 5 (rto)", ["rto", "verified"], "FK, formulär (rto, mbco, verifierad); avtal")
    'Möte 5 (rto); FK, formulär (mbco); avtal'
    """
    anew = [field_named(one) for one in subjects]

    def is_held(subject: str) -> bool:
        key = field_named(subject)
        return not any(key == one or key.startswith(f"{one}.") for one in anew)

    parts = parts_of(before)
    kept = [held for one in parts if (held := one if one == source else of_what_holds(one, is_held))]
    return BETWEEN.join(kept if source in parts else [source, *kept])


def _is_held(subject: str, telling: Sequence[Mapping[str, Any]], holds: Mapping[str, Any]) -> bool:
    """Whether what holds of a field is what any of the sides that tell a source has; so, where a source names no field."""
    key = field_named(subject)
    field = next((one for one in holds if key == one or key.startswith(f"{one}.")), None)
    return field is None or any(one.get(field) == holds[field] for one in telling)


def as_sure_as_known(
    said: dict[str, Any],
    records: Sequence[Record],
    chosen: Mapping[str, Record],
    before: Mapping[str, Any] | None,
    *,
    is_chosen: bool,
) -> tuple[dict[str, Any], list[Finding]]:
    """The same without a day and confidence that are not of all that was answered in the table; and that told.

    Args:
        is_chosen: Whether a person or the owner's answer settled any of it.
    """
    known = _known_best(records, chosen, before or {})
    sure = as_sure_as(said, known.values())
    if sure == said:
        return said, []
    less = [name for name, table in known.items() if as_sure_as(said, [table]) != said]
    return sure, [_of_another(chosen, less, when(said), when(sure), is_chosen=is_chosen)]


def _known_best(
    records: Sequence[Record], chosen: Mapping[str, Record], before: Mapping[str, Any]
) -> dict[str, Mapping[str, Any]]:
    """For each field that was answered, the table of the side that knows the answer best."""
    found: dict[str, Mapping[str, Any]] = {}
    for name, taken in chosen.items():
        value = taken.fields.get(name)
        if value != before.get(name):
            found[name] = max((one.fields for one in records if one.fields.get(name) == value), key=how_sure)
    return found


def _of_another(
    chosen: Mapping[str, Record],
    names: Sequence[str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    is_chosen: bool,
) -> Finding:
    """That a table loses its day of verification or confidence, which was of another answer than some that hold."""
    first = chosen[names[0]]
    file, line, column = where(first.place_of(names[0]))
    fields = " / ".join(map(field_words, names))
    values = " / ".join(as_written(chosen[name].written.get(name)) for name in names)
    was, now = _unlike(before, after), _unlike(after, before)
    told = say(
        f"{key_words(first.key)}, {fields}: {was} gällde ett annat svar, inte {values}; för hela tabellen skrivs nu "
        f"{now or 'inget i stället'}. Bekräfta det som gäller",
        f"{key_words(first.key)}, {fields}: {was} was of another answer, not of {values}; for the whole table "
        f"{now or 'nothing in its place'} is now written. Have what holds confirmed",
    )
    return Finding("B730", "warning" if is_chosen else "info", visible(told), file, line, column)


def _unlike(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """What is in one and not the same in the other, as TOML writes it."""
    return ", ".join(f"{key} = {as_written(value)}" for key, value in one.items() if value != other.get(key))


def _credited(
    mine: Record, records: Sequence[Record], chosen: Mapping[str, Record], base: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """What a side says of a table; without who says so and when, where nothing that it answered was taken."""
    before = {} if base is None else base
    answered = [name for name in chosen if mine.fields.get(name) != before.get(name)]
    given = [name for name in answered if mine.fields.get(name) == chosen[name].fields.get(name)]
    alone = [name for name in given if any(one.fields.get(name) != mine.fields.get(name) for one in records)]
    if len(given) == len(answered) or alone or (base is not None and given):
        return mine.fields
    kept = {name: value for name, value in mine.fields.items() if name not in STATEMENT}
    return kept | {name: before[name] for name in STATEMENT if name in before}
