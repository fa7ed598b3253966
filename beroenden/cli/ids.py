"""Ids and names of the model that stands on the command line, as a shell completes them.

Only TOML is parsed, so that it is quick; whatever is wrong gives no completions and no word about it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beroenden.model.labels import TLP

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

Completed = Callable[["click.Context", "click.Parameter", str], "list[CompletionItem[str]]"]
Named = tuple[str, str]
"""An id and its name."""

_MODELS = ("model", "a", "old")
"""What the commands call the model."""
_ID = re.compile(r"[a-z0-9_-]+")
"""What a shell takes for one plain word, whatever a file calls an id."""


def of_entities(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Entities."""
    return _items(_entities(_tables(context)), begun)


def of_payments(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Payments."""
    return _items(_payments(_tables(context)), begun)


def of_all(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Entities and payments."""
    tables = _tables(context)
    return _items([*_entities(tables), *_payments(tables)], begun)


def of_actors(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Entities that answer for themselves."""
    return _items(_actors(_tables(context)), begun)


def of_readers(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Actors and labels."""
    return _items([*_actors(_tables(context)), *((label, "") for label in TLP)], begun)


def of_files(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Files, which the shell knows itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def among(*words: str) -> Completed:
    """Some words."""
    return lambda context, parameter, begun: _items([(word, "") for word in words], begun)


def in_list(one: Completed) -> Completed:
    """The last of several ids with commas between; those that are there are not proposed again."""

    def completed(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
        there, comma, last = begun.rpartition(",")
        found = [item for item in one(context, parameter, last) if item.value not in there.split(",")]
        for item in found:
            item.value = there + comma + item.value
        return found

    return completed


def _items(named: Iterable[Named], begun: str) -> "list[CompletionItem[str]]":
    from click.shell_completion import CompletionItem

    return [CompletionItem(id_, help=name or None) for id_, name in named if id_.startswith(begun)]


def _entities(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "entity")]


def _payments(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "payment")]


def _actors(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "entity", _is_actor)]


def _is_actor(entity: dict[str, Any]) -> bool:
    return entity.get("owner") in (None, entity["id"]) and entity.get("kind") != "citizens"


def _named(
    tables: dict[str, Any], kind: str, is_wanted: Callable[[dict[str, Any]], bool] = lambda table: True
) -> Iterator[Named]:
    listed = tables.get(kind)
    for table in listed if isinstance(listed, list) else ():
        id_ = table.get("id") if isinstance(table, dict) else None
        if isinstance(id_, str) and _ID.fullmatch(id_) and is_wanted(table):
            yield id_, _one_line(table.get("name"))


def _one_line(name: object) -> str:
    from beroenden.cli.common import clean

    return clean(" ".join(name.split())) if isinstance(name, str) else ""


def _tables(context: "click.Context") -> list[dict[str, Any]]:
    """The tables of each file of the model."""
    try:
        path = _model_of(context)
        files = sorted(path.glob("[!.]*.toml")) if path is not None and path.is_dir() else [path]
        return [_parsed(file) for file in files if file is not None and file.is_file()]
    except (OSError, ValueError, RuntimeError):  # no TOML, no UTF-8, no path, no home, too deep
        return []


def _parsed(file: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(file.read_bytes().decode("utf-8-sig"))


def _model_of(context: "click.Context") -> Path | None:
    """The model that is typed, else the one that the log which is typed names."""
    for name in _MODELS:
        if typed := _typed(context, name):
            return typed
    log = _typed(context, "log")
    incident = _parsed(log).get("incident") if log else None
    model = incident.get("model") if isinstance(incident, dict) else None
    return log.parent / model if log and isinstance(model, str) else None


def _typed(context: "click.Context", name: str) -> Path | None:
    """An argument or option that is typed already.

    An option that waits for its value at the end makes click leave the arguments before it as they are.
    """
    import click

    value = context.params.get(name)
    arguments = [one.name for one in context.command.params if isinstance(one, click.Argument)]
    if value is None and name in arguments:
        value = dict(zip(arguments, context.args, strict=False)).get(name)
    return Path(value).expanduser() if isinstance(value, (str, Path)) and str(value) else None
