"""What a shell completes of the keys and values of `edit`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from beroenden.cli import ids
from beroenden.model.labels import TLP

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

Table = dict[str, Any]
_KINDS = ("entity", "payment", "window", "event", "audience")
_ADDED = {"need": ("entity", "needs"), "stage": ("payment", "stage")}
"""What can be added inside something, and where its keys are known."""
_OPEN = ("needs", "stage", "contact", "failure", "opens", "accounts", "shares")
"""Keys behind which another follows."""


def of_keys(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """The keys of what is typed: rto, needs.rix.endurance, stage.clearing.duration."""
    kind, table = _target(context)
    outer, dot, _ = begun.rpartition(".")
    found = _behind((kind,), table, outer.split(".") if dot else []) if kind else ()
    return ids.items([(f"{outer}{dot}{one}{'.' if one in _OPEN else ''}", "") for one in found], begun)


def of_value(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """The values that the typed key can have, where they are few or ids."""
    key = ids.typed(context, "key")
    return _values(context, str(key or ""), begun)


def of_pairs(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """KEY= of what is to be added, and behind it the value."""
    from beroenden.modelfiles.editing.fields import keys_of

    key, equals, value = begun.partition("=")
    if equals:
        found = _values(context, key, value)
        for item in found:
            item.value = f"{key}={item.value}"
        return found
    kind = str(ids.typed(context, "kind") or "")
    keys = keys_of(_ADDED.get(kind, (kind,)))
    return ids.items([(f"{one}=", "") for one in keys if one not in ("needs", "stage")], begun)


def _values(context: "click.Context", key: str, begun: str) -> "list[CompletionItem[str]]":
    from beroenden.model.entities import CONFIDENCES, KINDS
    from beroenden.modelfiles.editing.meaning import NAMES_ONE

    last = key.rpartition(".")[2]
    if last in NAMES_ONE:
        return ids.items(ids.entities(ids.tables_of(context)), begun)
    words = {"kind": KINDS, "confidence": CONFIDENCES, "tlp": TLP}.get(last, ())
    return ids.items([(word, "") for word in words], begun)


def _target(context: "click.Context") -> tuple[str, Table]:
    """The kind and table of the id that is typed; "" for none."""
    wanted = str(ids.typed(context, "target") or "")
    given, colon, id_ = wanted.partition(":")
    for kind in (given,) if colon or wanted == "model" else _KINDS:
        for table in _of_kind(ids.tables_of(context), kind):
            if kind == "model" or table.get("actor" if kind == "audience" else "id") == (id_ or wanted):
                return kind, table
    return "", {}


def _of_kind(files: list[Table], kind: str) -> Iterator[Table]:
    for file in files:
        found = file.get(kind)
        yield from (one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict))


def _behind(path: tuple[str, ...], table: Table, steps: list[str]) -> Iterator[str]:
    """What can follow some steps of a key: the ids of needs and stages that are there, else keys."""
    from beroenden.modelfiles.editing.fields import keys_of
    from beroenden.modelfiles.editing.keys import providers_of

    if not steps:
        yield from keys_of(path)
        return
    name, *rest = steps
    there = [one for one in table.get(name) or () if isinstance(one, dict)] if name in ("needs", "stage") else []
    if not there:
        inner = table.get(name)
        yield from _behind((*path, name), inner if isinstance(inner, dict) else {}, rest)
        return
    named = {str(id_): one for one in there for id_ in (providers_of(one) if name == "needs" else [one.get("id")])}
    if not rest:
        yield from (f"{id_}." for id_ in named)
    elif rest[0] in named:
        yield from _behind((*path, name), named[rest[0]], rest[1:])
