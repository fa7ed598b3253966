"""Raw tables, as tomllib reads them: what is at a path, and what they become when that changes."""

from collections.abc import Mapping
from copy import deepcopy
from enum import Enum
from itertools import pairwise
from typing import Any

from beroenden.modelfiles.editing.concrete import Path


class Missing(Enum):
    """What stands for nothing; a copy of it is itself."""

    MISSING = 0


MISSING = Missing.MISSING


def same(one: Any, other: Any) -> bool:
    """Equal in value and type, and in the order of keys."""
    return type(one) is type(other) and repr(one) == repr(other)


def equal(one: Any, other: Any) -> bool:
    """Equal in value and type, in whatever order of keys."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return type(one) is type(other) and bool(one == other)


def can_merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether taking away and adding keys at the end leaves them in the order of the new; of ids the order matters."""
    kept = [key for key in old if key in new]
    return bool(kept) and [*kept, *(key for key in new if key not in old)] == list(new)


def inside(value: Any, path: Path) -> Any:
    """What is at a path, or MISSING."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return MISSING
    return value


def put_inside(value: Any, path: Path, new: Any) -> Any:
    """Put something at a path; tables on the way are made."""
    at = value
    for step in path[:-1]:
        at = at.setdefault(step, {}) if isinstance(step, str) and isinstance(at, dict) else at[step]
    at[path[-1]] = new
    return value


def without(value: Any, path: Path) -> Any:
    """A copy without what is at a path."""
    found = deepcopy(value)
    at = inside(found, path[:-1])
    del at[path[-1]]
    return found


def container(path: Path) -> Any:
    """What holds the first step of a path: a list for an index, else a table."""
    return [] if path and isinstance(path[0], int) else {}


def put(found: Any, path: Path, value: Any) -> None:
    """Put a value at a path; tables and elements on the way are made."""
    _reach(found, path[:-1], path[-1])[path[-1]] = value


def put_table(found: Any, path: Path) -> None:
    """Make a table at a path, where there is none."""
    if path:
        at = _reach(found, path[:-1], path[-1])
        if isinstance(path[-1], int):
            _extend(at, path[-1])
        else:
            at.setdefault(path[-1], {})


def _reach(found: Any, path: Path, last: Any) -> Any:
    for step, following in pairwise((*path, last)):
        if isinstance(step, int):
            _extend(found, step)
            found = found[step]
        else:
            found = found.setdefault(step, container((following,)))
    return found


def _extend(found: list[Any], index: int) -> None:
    while len(found) <= index:
        found.append({})
