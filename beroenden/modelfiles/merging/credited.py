"""Whom a merged table is credited to, and how well all that was answered in it is known."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging.conflicts import as_written, where
from beroenden.modelfiles.merging.records import Record
from beroenden.modelfiles.merging.sayings import STATEMENT, as_sure_as, how_sure, together, when
from beroenden.modelfiles.merging.words import field_words, key_words


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
    was, now = (", ".join(f"{key} = {as_written(one)}" for key, one in each.items()) for each in (before, after))
    told = say(
        f"{key_words(first.key)}, {fields}: {was} gällde ett annat svar, inte {values}; för hela tabellen skrivs nu "
        f"{now or 'ingetdera'}. Bekräfta det som gäller",
        f"{key_words(first.key)}, {fields}: {was} was of another answer, not of {values}; for the whole table "
        f"{now or 'neither'} is now written. Have what holds confirmed",
    )
    return Finding("B730", "warning" if is_chosen else "info", visible(told), file, line, column)


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
