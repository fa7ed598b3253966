"""One file of a model, changed by the paths of its tables and keys."""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from beroenden.modelfiles.editing import inline
from beroenden.modelfiles.editing.concrete import Item, Path, Pieces, Section, names_of, parse, raw_value, with_inserted
from beroenden.modelfiles.editing.fields import keys_of
from beroenden.modelfiles.editing.raw import (
    MISSING,
    can_merge,
    container,
    equal,
    inside,
    put,
    put_inside,
    put_table,
    same,
    without,
)
from beroenden.modelfiles.editing.tables import insert_table, key_text, leave, remove_tables, value_text

Placed = tuple[Path, Section]


class Document:
    """A TOML text and its pieces. Paths are table keys and list indices, as in findings."""

    def __init__(self, text: str) -> None:
        self._given = text
        self._placed: list[Placed] | None = None
        self._near: dict[Path, list[Placed]] = {}

    @cached_property
    def pieces(self) -> Pieces:
        """The text in pieces; of a text that is only read they are never made."""
        return parse(self._given)

    @property
    def text(self) -> str:
        """The text as it now is."""
        return str(self.pieces) if "pieces" in self.__dict__ else self._given

    def get(self, path: Path = (), default: Any = None) -> Any:
        """The value or table at a path, as tomllib reads it; a copy."""
        found: Any = MISSING
        for at, _, item in self._items(path):
            if len(at) <= len(path):
                found = deepcopy(inside(item.raw, path[len(at) :]))
            else:
                found = container(at[len(path) :]) if found is MISSING else found
                put(found, at[len(path) :], deepcopy(item.raw))
        for place, _ in self._leading_to(path):
            if place[: len(path)] == path and (len(place) > len(path) or found is MISSING):
                found = container(place[len(path) :]) if found is MISSING else found
                put_table(found, place[len(path) :])
        return default if found is MISSING else found

    def count(self, path: Path) -> int:
        """How many elements the list at a path has."""
        found = self.get(path)
        return len(found) if isinstance(found, list) else 0

    def set(self, path: Path, value: Any) -> None:
        """Give a key a value; what of the old value is in the new stays as it is written."""
        old = self.get(path, MISSING)
        if same(old, value):
            return
        if isinstance(old, dict) and isinstance(value, dict) and (keys_of(path) or can_merge(old, value)):
            for key in [key for key in old if key not in value]:
                self.unset((*path, key))
            for key, inner in value.items():
                self.set((*path, key), inner)
        elif isinstance(old, list) and isinstance(value, list) and old and value:
            self._set_elements(path, old, value)
        else:
            self._replace(path, old, value)

    def unset(self, path: Path) -> None:
        """Remove a key or an element of a list, with all that is in it and the comment beside it."""
        inner = self._around(path)
        if inner:
            at, item = inner
            expected = without(item.raw, path[len(at) :])
            self._write(item, lambda text: inline.without(text, path[len(at) :]), expected)
            return
        self._remove_items(path)
        remove_tables(self.pieces, path)
        self._placed = None

    def insert(self, path: Path, index: int, table: Any) -> None:
        """Put an element into the list at a path (of tables written [[…]], or inline), before the one with the index."""
        inner = self._exact(path) or self._around(path)
        if inner:
            at, item = inner
            self._insert_inline(at, item, path[len(at) :], index, table)
        else:
            before, new = insert_table(self.pieces, self._sections(), path, index, table)
            self._index(with_inserted(self._sections(), before, new, path, index))

    def rename_key(self, path: Path, new: str) -> None:
        """Give the key at a path another name, in the quotes of the old."""
        inner = self._around(path)
        if inner:
            at, item = inner
            item.value = inline.key_renamed(item.value, path[len(at) :], new)
            return
        for at, _, item in self._items(path):
            start = len(at) - len(item.names)
            if len(path) > start and len(at) >= len(path):
                _rename_part(item, len(path) - start - 1, new)

    def rename_value(self, path: Path, new: str) -> None:
        """Give the string at a path another content, in the quotes of the old."""
        at, item = self._exact(path) or self._around(path) or ((), None)
        assert item is not None, path
        node = inline.found(item.value, path[len(at) :])
        old = item.value[node.start : node.end]
        item.value = inline.replaced(item.value, path[len(at) :], inline.like_value(old, new))

    # Where things stand

    def _sections(self) -> list[Placed]:
        if self._placed is None:
            self._index(self.pieces.placed())
        return self._placed or []

    def _index(self, placed: list[Placed]) -> None:
        self._placed, self._near = placed, {}
        for one in placed:
            self._near.setdefault(one[0][:2], []).append(one)

    def _leading_to(self, path: Path) -> Iterator[Placed]:
        """The sections whose path leads to a path or through it, and some others."""
        placed = self._sections()
        if len(path) < 2:
            yield from (one for one in placed if not path or one[0][:1] in ((), path))
            return
        for start in ((), path[:1], path[:2]):
            yield from self._near.get(start, ())

    def _items(self, path: Path) -> Iterator[tuple[Path, Section, Item]]:
        """The keys whose path leads to a path or through it."""
        for place, section in self._leading_to(path):
            shared = min(len(place), len(path))
            if place[:shared] != path[:shared]:
                continue
            for item in section.items:
                at = (*place, *item.names)
                shared = min(len(at), len(path))
                if at[:shared] == path[:shared]:
                    yield at, section, item

    def _above(self, path: Path) -> Iterator[tuple[Path, Item]]:
        """The keys of the tables that a path goes through."""
        self._sections()
        for start in dict.fromkeys((path[:0], path[:1], path[:2])):
            for place, section in self._near.get(start, ()):
                if place == path[: len(place)]:
                    yield from (((*place, *item.names), item) for item in section.items)

    def _exact(self, path: Path) -> tuple[Path, Item] | None:
        return next(((at, item) for at, item in self._above(path) if at == path), None)

    def _around(self, path: Path) -> tuple[Path, Item] | None:
        """The key in whose inline value a path lies."""
        found = ((at, item) for at, item in self._above(path) if len(at) < len(path) and at == path[: len(at)])
        return next(found, None)

    def heads(self, kind: str, *keys: str) -> Iterator[dict[str, Any]]:
        """Some keys of each table of a kind, as far as it has them."""
        for place, section in self._sections():
            if not place:
                inline_tables = (item.raw for item in section.items if item.names == (kind,))
                yield from ({key: one[key] for key in keys if key in one} for each in inline_tables for one in each)
            elif len(place) == 2 and place[0] == kind:
                yield {
                    item.names[0]: item.raw for item in section.items if item.names[1:] == () and item.names[0] in keys
                }

    # Keys

    def _write(self, item: Item, edit: Callable[[str], str], expected: Any) -> None:
        """Edit the text of a value; where the edit does not give what it should, write the value anew."""
        try:
            text = edit(item.value)
            item.value = text if equal(raw_value(text), expected) else value_text(expected)
        except (KeyError, IndexError, ValueError):
            item.value = value_text(expected)

    def _replace(self, path: Path, old: Any, value: Any) -> None:
        text = value_text(value)
        exact = self._exact(path)
        if exact:
            exact[1].value = text
            return
        inner = self._around(path)
        if inner:
            at, item = inner
            self._set_inside(at, item, path[len(at) :], value)
            return
        if old is not MISSING:
            self.unset(path)
        self._add_key(path, text)

    def _set_inside(self, at: Path, item: Item, below: Path, value: Any) -> None:
        expected = deepcopy(item.raw)
        missing = inside(expected, below) is MISSING
        try:
            put_inside(expected, below, value)
        except (KeyError, IndexError, TypeError):
            expected = None
        if expected is None or not missing:
            self._write(item, lambda text: inline.replaced(text, below, value_text(value)), expected)
            return
        name, order = str(below[-1]), keys_of((*at, *below[:-1]))
        if not inline.has(item.value, below[:-1]):  # the table around it is not there yet either
            self._write(item, lambda _: "", expected)
            return
        self._write(
            item,
            lambda text: inline.with_key(text, below[:-1], key_text(name), name, value_text(value), order),
            expected,
        )

    def _set_elements(self, path: Path, old: Sequence[Any], value: Sequence[Any]) -> None:
        """Change only the elements of a list that differ."""
        steps = SequenceMatcher(None, list(map(repr, old)), list(map(repr, value)), autojunk=False).get_opcodes()
        for kind, low, high, first, last in reversed(steps):
            if kind == "equal":
                continue
            paired = min(high - low, last - first)
            for index in range(high - 1, low + paired - 1, -1):
                self.unset((*path, index))
            for index in range(paired):
                self.set((*path, low + index), value[first + index])
            for index in range(paired, last - first):
                self.insert(path, low + index, value[first + index])

    def _add_key(self, path: Path, text: str) -> None:
        """Write a key that is not there, after the last of those that go before it in its table."""
        place, section = max(
            ((at, one) for at, one in self._leading_to(path) if at == path[: len(at)]), key=lambda pair: len(pair[0])
        )
        names = [str(name) for name in path[len(place) :]]
        if len(names) > 1 and not any(item.names[: len(names) - 1] == tuple(names[:-1]) for item in section.items):
            for name in reversed(names[1:]):
                text = f"{{ {key_text(name)} = {text} }}"
            names = names[:1]
        order = keys_of(place)
        firsts = [item.names[0] for item in section.items]
        before = [index for index, first in enumerate(firsts) if first == names[0]] or [
            index for index, first in enumerate(firsts) if inline.goes_before(first, names[0], order)
        ]
        at = before[-1] + 1 if before else 0
        self._place_item(section, at, Item("", "", ".".join(map(key_text, names)), tuple(names), " = ", text, ""))

    def _place_item(self, section: Section, at: int, item: Item) -> None:
        """Put a key among others, indented as they are; a comment above the next one stays above that."""
        newline = self.pieces.newline
        beside = section.items[at - 1] if at else section.items[0] if section.items else None
        item.indent = beside.indent if beside else section.indent
        item.rest = newline
        if at:
            before = section.items[at - 1]
            if not before.rest.endswith("\n"):
                before.rest, item.rest = before.rest + newline, ""
        elif section.header and not section.rest.endswith("\n"):
            section.rest, item.rest = section.rest + newline, ""
        elif section.items and not section.header:
            item.lead, section.items[0].lead = section.items[0].lead, ""
        section.items.insert(at, item)

    def _remove_items(self, path: Path) -> None:
        for place, section in self._sections():
            kept: list[Item] = []
            orphaned = ""
            for item in section.items:
                at = (*place, *item.names)
                if at[: len(path)] == path and place[: len(path)] != path:
                    orphaned += item.lead
                else:
                    item.lead, orphaned = orphaned + item.lead, ""
                    kept.append(item)
            section.items = kept
            if orphaned:
                leave(self.pieces, section, orphaned)

    def _insert_inline(self, at: Path, item: Item, below: Path, index: int, element: Any) -> None:
        expected = deepcopy(item.raw)
        elements = inside(expected, below)
        newline = self.pieces.newline
        if elements is MISSING:
            put_inside(expected, below, [element])
            order = keys_of((*at, *below[:-1]))
            name = str(below[-1])
            self._write(
                item,
                lambda text: inline.with_key(text, below[:-1], key_text(name), name, value_text([element]), order),
                expected,
            )
            return
        elements.insert(index, element)
        self._write(item, lambda text: inline.with_element(text, below, index, value_text(element), newline), expected)


def _rename_part(item: Item, part: int, new: str) -> None:
    places, _ = names_of(item.key, 0)
    _, start, end = places[part]
    item.key = item.key[:start] + inline.like_key(item.key[start:end], new) + item.key[end:]
    item.names = (*item.names[:part], new, *item.names[part + 1 :])
