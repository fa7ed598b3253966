"""A TOML text in its pieces: every header, key, value, comment and blank line; put together they are the text again.

Edits are cuts in these pieces rather than in tomlkit's tree: tomlkit moves comments when elements of arrays are removed,
writes commas that make no TOML into arrays laid out by hand, and gives back `"a" # b` of some arrays without its comment
(its issues 408, 476, 494).
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from beroenden.modelfiles.findings import Key
from beroenden.modelfiles.positions import DOT, KEY, SCALAR, STRING, unquoted

Path = tuple[Key, ...]

_BETWEEN = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*|\r)?\n?")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_INDENT = re.compile(r"[ \t]*\Z")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_TOKEN = re.compile(rf"{STRING.pattern}|#[^\n]*|[\[\]{{}}]", re.DOTALL)


@dataclass(slots=True)
class Item:
    """A key with its value.

    Attributes:
        lead: Blank lines and comments above it.
        names: The key, one name for each dotted part.
        rest: What follows the value on its line, with the end of the line.
    """

    lead: str
    indent: str
    key: str
    names: tuple[str, ...]
    equals: str
    value: str
    rest: str

    @property
    def raw(self) -> Any:
        """The value as tomllib reads it."""
        return raw_value(self.value)

    def __str__(self) -> str:
        return f"{self.lead}{self.indent}{self.key}{self.equals}{self.value}{self.rest}"


@dataclass(slots=True)
class Section:
    """A header with the keys below it; the keys before the first header have an empty one."""

    lead: str = ""
    indent: str = ""
    header: str = ""
    names: tuple[str, ...] = ()
    rest: str = ""
    items: list[Item] = field(default_factory=list)

    @property
    def is_array(self) -> bool:
        """Whether it is an element of a list of tables."""
        return self.header.startswith("[[")

    def __str__(self) -> str:
        return "".join([self.lead, self.indent, self.header, self.rest, *map(str, self.items)])


@dataclass(slots=True)
class Pieces:
    """A whole text in pieces.

    Attributes:
        mark: The byte order mark, if there is one.
        newline: How its lines mostly end.
        sections: The keys before the first header, then each header with its keys.
        tail: What follows the last key.
    """

    mark: str
    newline: str
    sections: list[Section]
    tail: str

    def __str__(self) -> str:
        return "".join([self.mark, *map(str, self.sections), self.tail])

    def placed(self) -> list[tuple[Path, Section]]:
        """Each section with the path of its table, indices of lists included."""
        counts: dict[Path, int] = {}
        return [(_place(section, counts), section) for section in self.sections]


def parse(text: str) -> Pieces:
    """The pieces of a text that tomllib reads."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    offset, sections = len(mark), [Section()]
    while True:
        gap = _matched(_BETWEEN, text, offset)
        offset += len(gap)
        if offset == len(text):
            newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
            return Pieces(mark, newline, sections, gap)
        indent = _matched(_INDENT, gap, len(gap) - len(gap[gap.rfind("\n") + 1 :]))
        lead = gap[: len(gap) - len(indent)]
        if text[offset] == "[":
            section = _section(text, offset, lead, indent)
            offset += len(section.header) + len(section.rest)
            sections.append(section)
        else:
            item = _item(text, offset, lead, indent)
            offset += len(str(item)) - len(gap)
            sections[-1].items.append(item)


def names_of(text: str, offset: int) -> tuple[list[tuple[str, int, int]], int]:
    """The names of a dotted key, each with its place in the text, and where the key ends."""
    found = []
    while True:
        name = _matched(KEY, text, offset)
        found.append((unquoted(name), offset, offset + len(name)))
        offset += len(name)
        dot = _matched(DOT, text, offset)
        if not dot:
            return found, offset
        offset += len(dot)


def value_end(text: str, offset: int) -> int:
    """Where the value that begins at an offset ends."""
    if text[offset] not in "[{":
        match = STRING.match(text, offset) or SCALAR.match(text, offset)
        return match.end() if match else offset + 1
    depth = 0
    for match in _TOKEN.finditer(text, offset):
        depth += (match.group() in "[{") - (match.group() in "]}")
        if depth == 0:
            return match.end()
    return len(text)


@lru_cache(maxsize=65536)
def _parsed(value: str) -> tuple[Any]:
    return (tomllib.loads(f"x = {value}\n")["x"],)


def raw_value(value: str) -> Any:
    """A value as tomllib reads it; not to be changed."""
    return _parsed(value)[0]


def _matched(pattern: re.Pattern[str], text: str, offset: int) -> str:
    match = pattern.match(text, offset)
    return match.group() if match else ""


def _section(text: str, start: int, lead: str, indent: str) -> Section:
    brackets = 2 if text.startswith("[[", start) else 1
    names, end = names_of(text, _after_space(text, start + brackets))
    end = _after_space(text, end) + brackets
    return Section(lead, indent, text[start:end], tuple(name for name, _, _ in names), _matched(_REST, text, end))


def _after_space(text: str, offset: int) -> int:
    while text[offset] in " \t":
        offset += 1
    return offset


def _item(text: str, start: int, lead: str, indent: str) -> Item:
    names, key_end = names_of(text, start)
    equals = _matched(_EQUALS, text, key_end)
    begin = key_end + len(equals)
    end = value_end(text, begin)
    only_names = tuple(name for name, _, _ in names)
    return Item(lead, indent, text[start:key_end], only_names, equals, text[begin:end], _matched(_REST, text, end))


def with_inserted(
    placed: list[tuple[Path, Section]], at: int, new: list[Section], path: Path, index: int
) -> list[tuple[Path, Section]]:
    """The sections of a text with their paths, when those of an element of the list at a path have been put in.

    Args:
        placed: As they were.
        at: Before which of them.
        new: Those of the element.
        index: Of the element in its list.
    """
    size = len(path)
    counts: dict[Path, int] = {path[:step]: one for step, one in enumerate(path) if isinstance(one, int)}
    counts[path] = index - 1
    made = [(_place(section, counts), section) for section in new]

    def shifted(place: Path) -> Path:
        one = place[size] if len(place) > size and place[:size] == path else None
        return (*path, one + 1, *place[size + 1 :]) if isinstance(one, int) and one >= index else place

    moved = [(shifted(place), section) for place, section in placed]
    return [*moved[:at], *made, *moved[at:]]


def _place(section: Section, counts: dict[Path, int]) -> Path:
    """The path of a section's table; a list's elements are counted in the order in which they stand."""
    path: Path = ()
    last = len(section.names) - 1 if section.is_array else -1
    for index, name in enumerate(section.names):
        path = (*path, name)
        if index == last:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends; of TOML, only a line feed ends one."""
    return _LINE.findall(text)
