"""A difference in words: what came, went and changed, in the units that people use."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from beroenden.analysis.difference.difference import Change, Changed, Difference, outermost
from beroenden.analysis.words import KINDS, roll_words, then_until
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.merging.records import Key, Record, is_need
from beroenden.modelfiles.merging.stages import keeps
from beroenden.modelfiles.merging.words import ALONE, CONFIDENCES, INSIDE, field_words, key_words
from beroenden.units.durations import duration_in_words, parse_duration
from beroenden.units.numbers import money, number, percent
from beroenden.units.times import table_time, time_zone

GROUPS: dict[str, tuple[str, str]] = {
    "model": ("Modellen", "The model"),
    "entity": ("Entiteter och deras behov", "Entities and their needs"),
    "payment": ("Betalningar, steg och deras behov", "Payments, stages and their needs"),
    "window": ("Öppettider", "Opening hours"),
    "audience": ("Mottagare av delning", "Audiences"),
    "event": ("Händelser", "Events"),
}
_DURATIONS = ("mtpd", "rto", "rta", "rpo", "restart", "expects", "max_delay", "duration", "endurance")
_LEVELS = ("mbco", "floor", "unavailability")
_COUNTS = ("population", "count", "lead", "priority")


def difference_words(found: Difference) -> Iterator[tuple[str, list[tuple[str, list[str]]]]]:
    """The difference group by group: a heading, and lines each with those that belong under it."""
    for kind, heading in GROUPS.items():
        lines = sorted(_lines(found, kind))
        if lines:
            yield say(*heading), [(head, below) for _, _, head, below in lines]


def _lines(found: Difference, kind: str) -> Iterator[tuple[Key, int, str, list[str]]]:
    """Lines with what they are about and a number by which they are ordered."""
    for one in found.renamed:
        if one.new[0] == kind:
            old, new = key_words(one.old), key_words(one.new)
            told = say("omdöpt till (antagande, samma innehåll)", "renamed (a guess, same content)")
            yield one.new, 0, f"{old} → {new}: {told}", []
    for sign, place, records in (("−", 1, found.removed), ("+", 2, found.added)):
        for record, inside in outermost(records):
            if record.key[0] == kind:
                yield record.key, place, f"{sign} {_whole_words(record, inside)}", []
    for changed in found.changed:
        if changed.key[0] == kind and (below := list(_changes(changed, found))):
            yield changed.key, 3, f"~ {key_words(changed.key)}", below


def _whole_words(record: Record, inside: list[Record]) -> str:
    """A table that came or went, with how much is in it."""
    fields, parts = record.fields, []
    if name := fields.get("name"):
        parts.append(str(name))
    if record.key[0] == "entity" and len(record.key) == 2:
        parts.append(say(*KINDS[fields["kind"]]))
    if is_need(record.key):
        parts += [
            f"{field_words(name)} {value_words(name, fields[name])}"
            for name in ("endurance", "expects")
            if name in fields
        ]
    stages = sum(not is_need(one.key) for one in inside)
    if stages:
        parts.append(say(f"{stages} steg", f"{stages} stages" if stages > 1 else "1 stage"))
    if needs := len(inside) - stages:
        parts.append(say(f"{needs} behov", f"{needs} needs" if needs > 1 else "1 need"))
    return key_words(record.key) + (": " if parts else "") + ", ".join(parts)


def _changes(changed: Changed, found: Difference) -> Iterator[str]:
    for one in changed.changes:
        if one.field != "order" or not keeps(one.old, one.new):
            yield change_words(one, found.old, found.new)


def change_words(change: Change, old: Network, new: Network) -> str:
    """A field with its old and new value."""
    is_text = change.field not in _DURATIONS and isinstance(change.old, str) and isinstance(change.new, str)
    if is_text and change.new.startswith(f"{change.old} "):
        added = change.new.removeprefix(change.old).strip(" |")
        return say(
            f"{field_words(change.field)}, tillagt sist: {added}", f"{field_words(change.field)}, added last: {added}"
        )
    before = value_words(change.field, change.old, old.timezone)
    after = value_words(change.field, change.new, new.timezone)
    if before == after:  # rounded to the same
        before, after = _plain(change.old), _plain(change.new)
    return f"{field_words(change.field)}: {before} → {after}"


def value_words(field: str, value: Any, timezone: str = "UTC") -> str:
    """A value as people say it; "–" where it is not there."""
    if value is None:
        return "–"
    if field in _DURATIONS:
        return _length(value)
    if field in _LEVELS:
        return percent(value, 4)
    if field in _COUNTS:
        return number(value)
    if field == "amount":
        return money(value)
    if field == "kind":
        return say(*KINDS[value])
    if field == "confidence":
        return say(*CONFIDENCES[value])
    if field == "roll":
        return roll_words(value)
    if isinstance(value, datetime):
        return table_time(int(value.timestamp()) // 60, time_zone(timezone))
    return _plain(value)


def _length(value: Any) -> str:
    """A duration, steps of an endurance, or a distribution."""
    if isinstance(value, str):
        return duration_in_words(parse_duration(value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_length(one)}" for name, one in value.items())
    (length, level), *later = value
    first = f"{percent(level, 4)} {say('i', 'for')} {_length(length)}"
    return ", ".join([first, *(then_until(percent(held, 4), parse_duration(until)) for until, held in later)])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nej", "no")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return ", ".join(_pair(name, one) for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(
            f"{_plain(one[0])}–{_plain(one[1])}" if isinstance(one, list) else _plain(one) for one in value
        )
    if isinstance(value, int | float):
        return number(value, 6)
    return str(value) if not hasattr(value, "strftime") else value.strftime(say("%H.%M", "%H:%M"))


def _pair(name: str, value: Any) -> str:
    """A key of an inline table with its value."""
    if name in ALONE:
        return _plain(value)
    if name == "shares":
        return ", ".join(f"{one} {percent(share, 4)}" for one, share in value.items())
    if name in INSIDE:
        return f"{say(*INSIDE[name])} {value_words(name, value)}"
    return f"{name} {percent(value, 4)}"
