"""Which keys a table has, in which order they stand, and values as a person writes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.modelfiles import schema, values
from beroenden.modelfiles.editing.meaning import MOMENT, Taken, Words, meant, shown, with_ids
from beroenden.modelfiles.editing.raw import same
from beroenden.modelfiles.findings import Key, Report, Source, has_errors
from beroenden.modelfiles.schema import PROVENANCE, Field


@dataclass(frozen=True, slots=True)
class Written:
    """A value as a person writes it: 4h, 0.4, 2026-02-14, ["a", "b"]; text needs no quotes."""

    text: str


_EVENT = (
    Field("id", values.slug),
    Field("name", values.text),
    Field("start", MOMENT),
    Field("end", MOMENT),
    Field("entities", values.ListOf(values.entity_id)),
    *PROVENANCE,
)
_LENGTH = tuple(Field(key, values.duration) for key in ("min", "mode", "max", "p50", "p90"))
_TABLES: dict[tuple[str, ...], tuple[Field, ...]] = {
    ("model",): schema.MODEL,
    ("entity",): schema.ENTITY,
    ("entity", "contact"): schema.CONTACT,
    ("entity", "failure"): schema.FAILURE,
    ("entity", "failure", "duration"): _LENGTH,
    ("entity", "needs"): schema.NEED,
    ("window",): schema.WINDOW,
    ("payment",): schema.PAYMENT,
    ("payment", "stage"): schema.STAGE,
    ("payment", "stage", "opens"): schema.OPENS,
    ("payment", "stage", "needs"): schema.NEED,
    ("audience",): schema.AUDIENCE,
    ("event",): _EVENT,
}


def _names(path: tuple[Key, ...]) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))


def keys_of(path: tuple[Key, ...]) -> tuple[str, ...]:
    """The keys of the table at a path in their canonical order; lists of tables come last. Empty where they are ids."""
    found = [field.key for field in _TABLES.get(_names(path), ())]
    keys = [key for key in found if key not in ("needs", "stage")]
    return (*keys, *(key for key in ("stage", "needs") if key in found))


def states_source(path: tuple[Key, ...]) -> bool:
    """Whether the table at a path can say who says so and when."""
    return "source" in keys_of(path)


def value_of(path: tuple[Key, ...], given: Any, words: Words | None = None) -> Any:
    """A raw TOML value of what was given for the key at a path.

    Args:
        path: Where the value is to stand.
        given: A Python value as TOML has them (dates and times included), or Written.
        words: The names that stand for ids; is told what a Written is taken for where it is not in the form of the files.

    Raises:
        UsageError: for a Written that makes no value of that key.
    """
    if not isinstance(given, Written):
        return _raw(given)
    words = words or Words()
    reader, toml = _reader(path), _toml(given.text)
    plain = [*toml, given.text]
    if reader is None:
        return plain[0]
    refusals = []
    for candidate in (*(with_ids(path, one, words.named()) for one in plain), *meant(reader.read, given.text)):
        report = Report()
        reader.read(candidate, report.root(Source(None)))
        if not has_errors(report.findings):
            if not any(same(candidate, one) for one in plain):
                words.taken.append(Taken(_named(path), given.text, shown(candidate)))
            return candidate
        refusals.append(report.findings)
    said = "; ".join(finding.sentence for finding in refusals[0 if toml else -1])
    raise UsageError(f"{_named(path)} = {given.text}: {said}")


def check_key(path: tuple[Key, ...]) -> None:
    """Refuse a key that its table does not have.

    Raises:
        UsageError: with the nearest that it has.
    """
    known = keys_of(path[:-1])
    if isinstance(path[-1], int) or not known or path[-1] in known:
        return
    near = get_close_matches(path[-1], known, n=1, cutoff=0.6)
    hint = say(f"Menade du ”{near[0]}”?", f'Did you mean "{near[0]}"?') if near else ", ".join(known)
    raise UsageError(say(f"{_named(path)}: okänd nyckel. {hint}", f"{_named(path)}: unknown key. {hint}"))


def dotted(path: tuple[Key, ...]) -> str:
    """A path in words, e.g. entity[3].needs[0].endurance."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")


def raw_table(path: tuple[Key, ...], table: Mapping[str, Any], words: Words | None = None) -> dict[str, Any]:
    """The raw keys of a table; inner tables' values may be Written too."""
    made = {}
    for key, value in table.items():
        if value is not None:
            check_key((*path, key))
            made[key] = _raw_inner((*path, key), value, words)
    return made


def _raw_inner(path: tuple[Key, ...], value: Any, words: Words | None) -> Any:
    if isinstance(value, Mapping):
        return {key: _raw_inner((*path, key), one, words) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_raw_inner((*path, index), one, words) for index, one in enumerate(value)]
    return value_of(path, value, words)


def _named(path: tuple[Key, ...]) -> str:
    """A path without the place of its table in the file, which no person counts."""
    return dotted((path[0], *path[2:]) if len(path) > 1 and isinstance(path[1], int) else path)


def _toml(text: str) -> list[Any]:
    """What TOML reads in a text, if it reads one value."""
    try:
        tables = tomllib.loads(f"x = {text}\n")
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return []
    return [tables["x"]] if list(tables) == ["x"] else []


def _reader(path: tuple[Key, ...]) -> Field | None:
    """How the value at a path is read; None where it is an element or a key of what is no table of the format."""
    names = _names(path)
    if isinstance(path[-1], int):
        return Field("", values.entity_id) if names[-1] in ("any_of", "entities") else None
    if names[-2:-1] in (("accounts",), ("shares",)):
        return Field(names[-1], values.level)
    return next((field for field in _TABLES.get(names[:-1], ()) if field.key == names[-1]), None)


def _raw(value: Any) -> Any:
    """The value with plain dicts and lists, without keys that are None, and with text that UTF-8 can hold."""
    if isinstance(value, Mapping):
        return {key: _raw(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_raw(one) for one in value]
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
