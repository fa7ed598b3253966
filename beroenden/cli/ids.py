"""Ids and names of the model that stands on the command line: a shell completes ids, and a name is taken for its id.

Only TOML is parsed, so that it is quick; whatever is wrong with the model is left to the command to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beroenden.cli.printable import clean
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.model.names import id_named

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem

_PLACED = r"""^\[\[(?:entity|payment)\]\][^\[]*?^id\s*=\s*["']"""
"""What stands before the id of an entity or a payment, wherever a file is written as usual."""

Completed = Callable[["click.Context", "click.Parameter", str], "list[CompletionItem[str]]"]
Named = tuple[str, str]
"""An id and its name."""

_MODELS = ("model", "a", "old")
"""What the commands call the model."""
_ID = re.compile(r"[a-z0-9_-]+")
"""What a shell takes for one plain word, whatever a file calls an id."""


@dataclass(frozen=True)
class Ids:
    """Ids of one sort: what a shell completes, and what a name can stand for.

    Attributes:
        of: Those that a model's tables have.
        what: What they are ids of, in Swedish and English.
        is_list: Whether several are written with commas between.
    """

    of: Callable[[list[dict[str, Any]]], list[Named]]
    what: tuple[str, str]
    is_list: bool = False

    def __call__(
        self, context: "click.Context", parameter: "click.Parameter", begun: str
    ) -> "list[CompletionItem[str]]":
        """What completes a word, or the last of a list; those that are there are not proposed again."""
        there, comma, last = begun.rpartition(",") if self.is_list else ("", "", begun)
        found = [item for item in items(self.of(tables_of(context)), last) if item.value not in there.split(",")]
        for item in found:
            item.value = there + comma + item.value
        return found


def in_list(one: Ids) -> Ids:
    """Several ids with commas between."""
    return replace(one, is_list=True)


def of_files(context: "click.Context", parameter: "click.Parameter", begun: str) -> "list[CompletionItem[str]]":
    """Files, which the shell knows itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def among(*words: str) -> Completed:
    """Some words."""
    return lambda context, parameter, begun: items([(word, "") for word in words], begun)


def items(named: Iterable[Named], begun: str) -> "list[CompletionItem[str]]":
    """What begins so; where no id does, what has a name that does, in capitals or not."""
    from click.shell_completion import CompletionItem

    every = list(named)
    found = [one for one in every if one[0].startswith(begun)]
    wanted = begun.casefold()
    found = found or [one for one in every if wanted and any(word.casefold().startswith(wanted) for word in one)]
    return [CompletionItem(id_, help=name or None) for id_, name in found]


def entities(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "entity")]


def _payments(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "payment")]


def _actors(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [one for table in tables for one in _named(table, "entity", _is_actor)]


def _readers(tables: Iterable[dict[str, Any]]) -> list[Named]:
    return [*((label, "") for label in TLP), *_actors(tables)]


def _entities_and_payments(tables: list[dict[str, Any]]) -> list[Named]:
    return [*entities(tables), *_payments(tables)]


def _shown(tables: list[dict[str, Any]]) -> list[Named]:
    return [*_entities_and_payments(tables), *(one for table in tables for one in _named(table, "window"))]


def _editable(tables: list[dict[str, Any]]) -> list[Named]:
    """What an edit can be of, as it is addressed there."""
    others = [(kind, one) for table in tables for kind in ("window", "event") for one in _named(table, kind)]
    audiences = [f"audience:{id_}" for table in tables for id_, _ in _named(table, "audience", key="actor")]
    return [
        *_entities_and_payments(tables),
        *((f"{kind}:{id_}", name) for kind, (id_, name) in others),
        *((one, "") for one in audiences),
        ("model", ""),
    ]


def _is_actor(entity: dict[str, Any]) -> bool:
    return entity.get("owner") in (None, entity["id"]) and entity.get("kind") != "citizens"


def _named(
    tables: dict[str, Any],
    kind: str,
    is_wanted: Callable[[dict[str, Any]], bool] = lambda table: True,
    key: str = "id",
) -> Iterator[Named]:
    for row in _rows(tables, kind, key):
        if is_wanted(row):
            yield row[key], _one_line(row.get("name"))


def _rows(tables: dict[str, Any], kind: str, key: str) -> Iterator[dict[str, Any]]:
    """The tables of a kind that have an id."""
    listed = tables.get(kind)
    for row in listed if isinstance(listed, list) else ():
        id_ = row.get(key) if isinstance(row, dict) else None
        if isinstance(id_, str) and _ID.fullmatch(id_):
            yield row


def _one_line(name: object) -> str:
    return clean(" ".join(name.split())) if isinstance(name, str) else ""


of_entities = Ids(entities, ("entitet", "entity"))
of_payments = Ids(_payments, ("betalning", "payment"))
of_all = Ids(_entities_and_payments, ("entitet eller betalning", "entity or payment"))
of_shown = Ids(_shown, ("entitet, betalning eller öppettid", "entity, payment or window"))
of_editable = Ids(
    _editable,
    ("entitet, betalning, öppettid, händelse eller audience", "entity, payment, window, event or audience"),
)
of_actors = Ids(_actors, ("aktör", "actor"))
of_readers = Ids(_readers, ("aktör eller märkning", "actor or label"))
"""Actors are entities that answer for themselves; readers are actors and labels."""


def take_names(context: "click.Context") -> None:
    """Put ids for the names that were typed where the command wants ids.

    All words that are no ids are told at once: of several with one option, and what no id can look like. Any other is left
    to the command, for it may be something else than an entity or a payment, or what a log knows and its model does not.

    Raises:
        UsageError: for words that are no ids of the model.
    """
    asked = [(one.name, one, _sort_of(one)) for one in context.command.params]
    given = [(name, one, sort) for name, one, sort in asked if name and sort and context.params.get(name)]
    words = [word for name, _, sort in given for word in _words(context.params[name], sort)]
    if not words or _are_ids(words, context):
        return
    tables = tables_of(context)
    there = {id_ for id_, _ in _entities_and_payments(tables)}
    complaints = []
    for name, parameter, sort in given:
        value, named = context.params[name], dict(sort.of(tables))
        found = {word: word if word in there else id_named(word, named) for word in _words(value, sort)}
        is_listed = (parameter.multiple or sort.is_list) and "log" not in context.params
        wrong = [word for word, id_ in found.items() if id_ is None and (is_listed or not _may_be_meant(word))]
        complaints += [_unknown(word, parameter, sort, _names(tables, named)) for word in wrong]
        context.params[name] = _with_ids(value, sort, {word: id_ or word for word, id_ in found.items()})
    if complaints and there:
        raise UsageError("\n".join(complaints))


def _may_be_meant(word: str) -> bool:
    """Whether a word could be an id, or is meant for a label, which is read elsewhere."""
    return _ID.fullmatch(word) is not None or word.upper().startswith("TLP")


def _sort_of(parameter: "click.Parameter") -> Ids | None:
    sort = getattr(parameter, "_custom_shell_complete", None)
    return sort if isinstance(sort, Ids) else None


def _words(value: object, sort: Ids) -> list[str]:
    """The words that a parameter was given, each once."""
    texts = value if isinstance(value, tuple) else (value,)
    parts = [part for text in texts for part in (str(text).split(",") if sort.is_list else [str(text)])]
    return [part for part in dict.fromkeys(part.strip() for part in parts) if part]


def _with_ids(value: Any, sort: Ids, ids: dict[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_with_ids(one, sort, ids) for one in value)
    parts = [part.strip() for part in value.split(",")] if sort.is_list else [value.strip()]
    return ",".join(ids.get(part, part) for part in parts)


def _are_ids(words: Iterable[str], context: "click.Context") -> bool:
    """Whether all words stand as ids in the model's files, as far as a quick look tells."""
    try:
        text = "\n".join(file.read_text("utf-8-sig") for file in _files(context))
    except (OSError, ValueError, RuntimeError):  # as in _tables
        return False
    return all(re.search(_PLACED + re.escape(word) + r"""["']""", text, re.MULTILINE) for word in words)


def _names(tables: list[dict[str, Any]], named: dict[str, str]) -> "dict[str, _Name]":
    """What ids stand for, by id: the name, and that of who answers for it where that is another."""
    actors = dict(entities(tables))
    keys = (("entity", "owner"), ("payment", "payer"))
    whose = {row["id"]: str(row.get(key)) for table in tables for kind, key in keys for row in _rows(table, kind, "id")}
    return {id_: _Name(name, actors.get(whose.get(id_, ""))) for id_, name in named.items()}


def _unknown(word: str, parameter: "click.Parameter", sort: Ids, known: "dict[str, _Name]") -> str:
    option = f"{parameter.opts[0]}: " if parameter.param_type_name == "option" else ""
    return f"{option}{unknown_id(say(*sort.what), word, known)}"


@dataclass(frozen=True)
class _Name:
    name: str
    owner: str | None


def tables_of(context: "click.Context") -> list[dict[str, Any]]:
    """The tables of each file of the model that is typed."""
    try:
        return [_parsed(file) for file in _files(context)]
    except (OSError, ValueError, RuntimeError):  # no TOML, no UTF-8, no path, no home, too deep
        return []


def _files(context: "click.Context") -> list[Path]:
    path = _model_of(context)
    files = sorted(path.glob("[!.]*.toml")) if path is not None and path.is_dir() else [path]
    return [file for file in files if file is not None and file.is_file()]


def _parsed(file: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(file.read_bytes().decode("utf-8-sig"))


def _model_of(context: "click.Context") -> Path | None:
    """The model that is typed, else the one that the log which is typed names."""
    for name in _MODELS:
        if path := _typed(context, name):
            return path
    log = _typed(context, "log")
    incident = _parsed(log).get("incident") if log else None
    model = incident.get("model") if isinstance(incident, dict) else None
    return log.parent / model if log and isinstance(model, str) else None


def typed(context: "click.Context", name: str) -> object:
    """What is typed already for an argument or option.

    An option that waits for its value at the end makes click leave the arguments before it as they are.
    """
    import click

    value = context.params.get(name)
    arguments = [one.name for one in context.command.params if isinstance(one, click.Argument)]
    if value is None and name in arguments:
        value = dict(zip(arguments, context.args, strict=False)).get(name)
    return value


def _typed(context: "click.Context", name: str) -> Path | None:
    """A path that is typed already."""
    value = typed(context, name)
    return Path(value).expanduser() if isinstance(value, (str, Path)) and str(value) else None
