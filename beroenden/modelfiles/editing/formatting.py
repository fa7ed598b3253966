"""The canonical layout of a model file, without a comment lost, a table moved or a value written anew.

What is set: one blank line before each header and none between keys; two spaces of indentation a level; keys in the order
of the format (ids in shares and accounts stay as they are: their order is kept); one space around the equals sign and
after commas; two spaces before a comment beside a value; keys without quotes that they do not need; lines that end as
most of the file's do, the last one too. What stays: comments and to what they belong, the order of tables, numbers,
dates and strings as they are written, and arrays over several lines that have comments or several elements on a line.
"""

import re

from beroenden.modelfiles.editing.concrete import Item, Path, Section, lines_of, parse
from beroenden.modelfiles.editing.fields import keys_of
from beroenden.modelfiles.editing.inline import Node, found
from beroenden.modelfiles.editing.tables import key_text

_BLANK_LINES = re.compile(r"\n{3,}")
_LEVEL = "  "


def formatted(text: str) -> str:
    """The text in its canonical layout; formatting it again changes nothing."""
    pieces = parse(text)
    out = ""
    for place, section in pieces.placed():
        out += _section(place, section, is_first=not out)
    out += _between(pieces.tail, "").rstrip("\n") + "\n" if pieces.tail.strip() else ""
    return pieces.mark + (out.lstrip("\n") if pieces.newline == "\n" else _crlf(out.lstrip("\n")))


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _section(place: Path, section: Section, *, is_first: bool) -> str:
    indent = _LEVEL * max(len(section.names) - 1, 0)
    made = ""
    if section.header:
        lead = _between(section.lead, indent)
        if not is_first and not lead.startswith("\n") and "\n\n" not in lead:
            lead = f"\n{lead}"
        name = ".".join(map(key_text, section.names))
        header = f"[[{name}]]" if section.is_array else f"[{name}]"
        made = f"{lead}{indent}{header}{_beside(section.rest)}\n"
    order = keys_of(place)
    items = sorted(section.items, key=lambda item: order.index(item.names[0]) if item.names[0] in order else len(order))
    return made + "".join(_item(item, indent, in_root=not section.header) for item in items)


def _item(item: Item, indent: str, *, in_root: bool) -> str:
    lead = _between(item.lead, indent)
    if not in_root:
        lead = "".join(line for line in lines_of(lead) if line.strip())
    key = ".".join(map(key_text, item.names))
    return f"{lead}{indent}{key} = {_value(item.value, indent)}{_beside(item.rest)}\n"


def _between(lead: str, indent: str) -> str:
    """Comments and blank lines, indented as what they stand above; of several blank lines, one."""
    lines = (line.strip() for line in lines_of(lead))
    made = "".join(f"{indent}{line}\n" if line else "\n" for line in lines)
    return _BLANK_LINES.sub("\n\n", "\n" + made)[1:] if made else ""


def _beside(rest: str) -> str:
    comment = rest.strip()
    return f"  {comment}" if comment else ""


def _value(text: str, indent: str) -> str:
    """A value with canonical spaces; numbers, dates and strings as they are."""
    node = found(text, ())
    if "\n" not in text:
        return _on_one_line(text, node)
    if text[0] != "[" or _has_comment(text, node) or not all(_begins_line(text, child) for child in node.children):
        return text
    inner = indent + _LEVEL
    elements = (_value(text[child.start : child.end], inner) for child in node.children)
    return "[\n" + "".join(f"{inner}{element},\n" for element in elements) + f"{indent}]"


def _on_one_line(text: str, node: Node) -> str:
    kind = text[node.start]
    if kind not in "[{":
        return text[node.start : node.end]
    inside = ", ".join(_key(child) + _on_one_line(text, child) for child in node.children)
    if kind == "[":
        return f"[{inside}]"
    return f"{{ {inside} }}" if inside else "{}"


def _key(node: Node) -> str:
    return f"{'.'.join(key_text(str(name)) for name in node.key)} = " if node.names else ""


def _begins_line(text: str, node: Node) -> bool:
    return not text[text.rfind("\n", 0, node.begin) + 1 : node.begin].strip() and "\n" in text[: node.begin]


def _has_comment(text: str, node: Node) -> bool:
    """Whether a comment stands between the elements of an array or of what is in it."""
    outside, offset = "", node.start
    for child in node.children:
        outside += text[offset : child.begin]
        offset = child.end
        if child.children and _has_comment(text, child):
            return True
    return "#" in outside + text[offset : node.end]
