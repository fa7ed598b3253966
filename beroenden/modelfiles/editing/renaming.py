"""Giving something another id everywhere."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say
from beroenden.modelfiles import values
from beroenden.modelfiles.editing.concrete import Path as Place
from beroenden.modelfiles.editing.fields import dotted
from beroenden.modelfiles.findings import Key, Report, Source, visible
from beroenden.modelfiles.positions import scan
from beroenden.modelfiles.read import parse

if TYPE_CHECKING:
    from beroenden.modelfiles.editing.editable import Editable

_NAMES = {"entity": ("entity", "bank", "blocked_by", "late_banks", "on_time_banks"), "payment": ("payment",)}
"""Keys of scenarios and checks whose values are ids."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a change of id did.

    Attributes:
        references: How many references in the model and in scenarios and checks follow it.
        in_logs: Places in incident logs, as file:line:column: path, that still say the old id.
    """

    references: int
    in_logs: tuple[str, ...]


def rename(model: "Editable", old: str, new: str, also: Iterable[Path]) -> Renamed:
    """As `Editable.rename`."""
    file, place = model.find(old)
    kind, document = place[0], model.document(file)
    if kind in ("model", "audience"):
        raise UsageError(say(f"{old} har inget eget id.", f"{old} has no id of its own."))
    before = str(document.get((*place, "id")))
    new = _free_id(model, str(kind), new)
    found = model.all_references(old)
    for one in found:
        at = model.document(one.file)
        if one.is_key:
            at.rename_key(one.path, new)
        else:
            at.rename_value(one.path, new)
    document.rename_value((*place, "id"), new)
    follows = [_follow(model, path, str(kind), before, new) for path in also]
    return Renamed(len(found) + sum(count for count, _ in follows), tuple(one for _, logs in follows for one in logs))


def _free_id(model: "Editable", kind: str, new: str) -> str:
    """The new id, when it is one and nothing has it."""
    report = Report()
    if values.slug(new, report.root(Source(None))) is None:
        raise UsageError(f"{new}: {report.findings[0].sentence}")
    group = ("entity", "payment") if kind in ("entity", "payment") else (kind,)
    if any(model.has(f"{one}:{new}") for one in group):
        raise UsageError(
            say(
                f"Id:t {new} finns redan. Är de två samma sak: låt det som behöver den ena behöva {new} i stället "
                "(edit set … provider), och ta sedan bort den med edit remove.",
                f"The id {new} is already taken. If the two are one: let what needs the other need {new} instead "
                "(edit set … provider), and then remove the other with edit remove.",
            )
        )
    return new


def _follow(model: "Editable", path: Path, kind: str, old: str, new: str) -> tuple[int, list[str]]:
    """Change a file of scenarios or checks; of a log only say where it has the old id."""
    report = Report()
    parsed = parse(path, report)
    if parsed is None:
        raise FaultyFilesError(report.in_order())
    tables, _ = parsed
    if "incident" in tables:
        return 0, _places(path, tables, old)
    if not {"outage", "pin", "check"} & set(tables):
        raise UsageError(
            say(
                f"{path} är varken ett scenario eller en händelselogg.",
                f"{path} is neither a scenario nor an incident log.",
            )
        )
    document = model.beside(path)
    found = [at for at in _strings(tables, old) if _key_of(at) in _NAMES.get(kind, ())]
    for at in found:
        document.rename_value(at, new)
    return len(found), []


def _places(path: Path, tables: dict[str, Any], old: str) -> list[str]:
    positions = scan(path.read_bytes().decode().removeprefix("\ufeff"))
    found = []
    for at in _strings(tables, old):
        line, column = positions.find(at)
        found.append(f"{visible(str(path))}:{line}:{column}: {dotted(at)}")
    return found


def _key_of(path: Place) -> Key:
    return next(step for step in reversed(path) if isinstance(step, str))


def _strings(value: Any, wanted: str, at: Place = ()) -> Iterator[Place]:
    """The paths of every string that is the wanted one, and of every key."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key == wanted:
                yield (*at, key)
            yield from _strings(one, wanted, (*at, key))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from _strings(one, wanted, (*at, index))
    elif value == wanted:
        yield at
