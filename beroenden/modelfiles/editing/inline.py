"""Changing the text of one value: an element of an array, a key of an inline table, however they are laid out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from beroenden.modelfiles.editing.concrete import Path, lines_of, names_of, value_end

_FILLER = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_LINE_END = re.compile(r"[ \t]*(?:#[^\n]*?)?(?=\r?\n)")
_EQUALS = re.compile(r"[ \t\r\n]*=[ \t\r\n]*")


@dataclass(slots=True)
class Node:
    """A value within a text.

    Attributes:
        begin: Where its key begins; of an element of an array, where it itself does.
        start: Where it begins.
        end: Where it ends.
        names: Its key, each part with its place; empty for an element of an array.
        children: What an array or inline table holds.
    """

    begin: int
    start: int
    end: int
    names: list[tuple[str, int, int]] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    @property
    def key(self) -> Path:
        """Its key as a path."""
        return tuple(name for name, _, _ in self.names)


def replaced(text: str, path: Path, new: str) -> str:
    """The text with another value at a path in it."""
    node = found(text, path)
    return text[: node.start] + new + text[node.end :]


def key_renamed(text: str, path: Path, new: str) -> str:
    """The text with another name for the key at a path in it."""
    node, rest = _root(text), path
    while True:
        steps = len(rest)
        node, rest, _ = _step(node, rest)
        if not rest:
            _, start, end = node.names[steps - 1]
            return text[:start] + like_key(text[start:end], new) + text[end:]


def like_key(old: str, new: str) -> str:
    """A key in the quotes of another."""
    quote = old[0] if old[0] in "\"'" else ""
    return f"{quote}{new}{quote}"


def like_value(old: str, new: str) -> str:
    """A string in the quotes of another; what is put in has nothing to escape."""
    quote = old[:3] if old[:3] in ('"""', "'''") else old[0]
    return f"{quote}{new}{quote}"


def has(text: str, path: Path) -> bool:
    """Whether a value has something at a path in it."""
    try:
        found(text, path)
    except KeyError:
        return False
    return True


def found(text: str, path: Path) -> Node:
    """What stands at a path in a value.

    Raises:
        KeyError: when nothing does.
    """
    node, rest = _root(text), path
    while rest:
        node, rest, whole = _step(node, rest)
        if not whole:
            raise KeyError(path)
    return node


def with_key(text: str, path: Path, key: str, name: str, new: str, order: Sequence[str]) -> str:
    """The text with one more key in the inline table at a path, after the last of those that go before it."""
    table = found(text, path)
    entry = f"{key} = {new}"
    if not table.children:
        return f"{text[: table.start]}{{ {entry} }}{text[table.end :]}"
    before = [child for child in table.children if goes_before(str(child.key[0]), name, order)]
    if before:
        at = before[-1].end
        return f"{text[:at]}, {entry}{text[at:]}"
    at = table.children[0].begin
    return f"{text[:at]}{entry}, {text[at:]}"


def goes_before(other: str, name: str, order: Sequence[str]) -> bool:
    """Whether a key stands before another in the canonical order; what has no place there stands last."""
    if name not in order:
        return True
    return other in order and order.index(other) < order.index(name)


def with_element(text: str, path: Path, index: int, new: str, newline: str) -> str:
    """The text with one more element in the array at a path."""
    array = found(text, path)
    if not array.children:
        return _first_element(text, array, new, newline)
    if index == 0:
        return _before_element(text, array.children[0], new)
    return _after_element(text, array.children[min(index, len(array.children)) - 1], new)


def without(text: str, path: Path) -> str:
    """The text without the element or key at a path; a comment beside it on its line goes with it."""
    around, node = found(text, path[:-1]), found(text, path)
    if node not in around.children:  # a dotted key: the table around it is the one that holds its first part
        around = next(one for one in _all(_root(text)) if node in one.children)
    index = around.children.index(node)
    is_array = text[around.start] == "["
    if is_array and (line := _own_line(text, node)):
        return text[: line[0]] + text[line[1] :]
    return _cut(text, around, index, keeps_comma=is_array)


def _first_element(text: str, array: Node, new: str, newline: str) -> str:
    inside = text[array.start + 1 : array.end - 1]
    if "#" not in inside:
        return f"{text[: array.start]}[{new}]{text[array.end :]}"
    return (
        f"{text[: array.start + 1]}{inside.rstrip()}{newline}{_indent_of(inside)}{new}{newline}{text[array.end - 1 :]}"
    )


def _indent_of(inside: str) -> str:
    line = next(line for line in lines_of(inside) if "#" in line)
    return line[: len(line) - len(line.lstrip())]


def _before_element(text: str, node: Node, new: str) -> str:
    before = text[: node.begin]
    line_start = before.rfind("\n") + 1
    indent = before[line_start:]
    gap = f"\n{indent}" if line_start and not indent.strip() else " "
    gap = gap.replace("\n", "\r\n") if text[: max(line_start, 0)].endswith("\r\n") else gap
    return f"{before}{new},{gap}{text[node.begin :]}"


def _after_element(text: str, node: Node, new: str) -> str:
    line_start = text.rfind("\n", 0, node.begin) + 1
    indent = text[line_start : node.begin]
    comma = _comma(text, node.end)
    if line_start and not indent.strip():
        newline = "\r\n" if text[:line_start].endswith("\r\n") else "\n"
        if comma is None:
            line = _LINE_END.match(text, node.end)
            at = line.end() if line else node.end
            return f"{text[: node.end]},{text[node.end : at]}{newline}{indent}{new}{text[at:]}"
        line = _LINE_END.match(text, comma + 1)
        if line:
            return f"{text[: line.end()]}{newline}{indent}{new},{text[line.end() :]}"
    if comma is None:
        return f"{text[: node.end]}, {new}{text[node.end :]}"
    return f"{text[: comma + 1]} {new},{text[comma + 1 :]}"


def _comma(text: str, offset: int) -> int | None:
    """Where the comma after a value is, comments and lines between them or not."""
    at = _after_filler(text, offset)
    return at if text[at : at + 1] == "," else None


def _after_filler(text: str, offset: int) -> int:
    match = _FILLER.match(text, offset)
    return match.end() if match else offset


def _own_line(text: str, node: Node) -> tuple[int, int] | None:
    """The lines that hold an element and nothing else but its comma and comment."""
    start = text.rfind("\n", 0, node.begin) + 1
    if not start or text[start : node.begin].strip():
        return None
    end = node.end + len(text[node.end :]) - len(text[node.end :].lstrip(" \t"))
    comma = _comma(text, node.end)
    if comma is not None and comma != end:
        return None
    end += comma is not None
    line = _LINE_END.match(text, end)
    if line is None:
        return None
    return start, text.index("\n", line.end()) + 1


def _cut(text: str, around: Node, index: int, *, keeps_comma: bool) -> str:
    """Without a child that shares its line with others."""
    node, children = around.children[index], around.children
    comma = _comma(text, node.end)
    if comma is not None and "#" in text[node.end : comma]:
        return text[: node.begin].rstrip(" \t") + text[node.end : comma] + text[comma + 1 :]
    if comma is not None:
        after = children[index + 1].begin if index + 1 < len(children) else comma + 1
        end = after if not text[comma + 1 : after].strip(" \t") else comma + 1
        return text[: node.begin] + text[end:]
    if index == 0:
        return text[: node.begin].rstrip(" \t") + text[node.end :].lstrip(" \t")
    between = text[children[index - 1].end : node.begin]
    if "#" in between and keeps_comma:
        return text[: node.begin].rstrip(" \t") + text[node.end :]
    return text[: children[index - 1].end] + text[node.end :]


def _all(node: Node) -> list[Node]:
    return [node, *(inner for child in node.children for inner in _all(child))]


def _root(text: str) -> Node:
    return _node(text, 0, 0, [])


def _node(text: str, begin: int, start: int, names: list[tuple[str, int, int]]) -> Node:
    node = Node(begin, start, value_end(text, start), names)
    if text[start] in "[{":
        offset = _after_filler(text, start + 1)
        while offset < node.end - 1:
            child = _child(text, offset, in_table=text[start] == "{")
            node.children.append(child)
            offset = _after_filler(text, child.end)
            if text[offset] == ",":
                offset = _after_filler(text, offset + 1)
    return node


def _child(text: str, offset: int, *, in_table: bool) -> Node:
    if not in_table:
        return _node(text, offset, offset, [])
    names, end = names_of(text, offset)
    match = _EQUALS.match(text, end)
    return _node(text, offset, match.end() if match else end, names)


def _step(node: Node, path: Path) -> tuple[Node, Path, bool]:
    """The child that a path leads through, the rest of the path, and whether the path names all of a dotted key."""
    if isinstance(path[0], int):
        if path[0] < len(node.children) and not node.children[path[0]].names:
            return node.children[path[0]], path[1:], True
        raise KeyError(path)
    for child in node.children:
        used = len(child.names)
        if used and child.key[: len(path)] == path[:used]:
            return child, path[used:], used <= len(path)
    raise KeyError(path)
