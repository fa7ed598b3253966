"""Whole tables of a text, written [[…]] or [...]: put in as their siblings stand, and taken out."""

from collections.abc import Mapping
from typing import Any

from beroenden.modelfiles.editing.concrete import Path, Pieces, Section, lines_of, parse
from beroenden.modelfiles.editing.fields import keys_of
from beroenden.modelfiles.write import section as section_text


def insert_table(
    pieces: Pieces, placed: list[tuple[Path, Section]], path: Path, index: int, table: Mapping[str, Any]
) -> tuple[int, list[Section]]:
    """Write [[…]] with its keys and the tables in it, spaced and indented as its siblings.

    Returns:
        The sections that it is, and before which section of the text they were put.
    """
    siblings = [(at, one) for at, one in placed if at[:-1] == path and one.is_array]
    names = [str(step) for step in path if isinstance(step, str)]
    like = siblings[min(index, len(siblings) - 1)][1] if siblings else _like(pieces, names)
    new = _sections_of(pieces, names, table, like.indent if like else "  " * (len(names) - 1))
    if index < len(siblings):
        at = _position(pieces, siblings[index][1])
        new[0].lead = _space_of(siblings[index][1].lead)
        _part(pieces, pieces.sections[at])
    else:
        last = siblings[-1][0] if siblings else path[:-1]
        inside = [one for place, one in placed if place[: len(last)] == last]
        at = _position(pieces, inside[-1]) + 1
        new[0].lead = pieces.newline if any(str(one).strip() for one in pieces.sections) or pieces.tail.strip() else ""
        _end_line(pieces, at)
    pieces.sections[at:at] = new
    return at, new


def remove_tables(pieces: Pieces, path: Path) -> None:
    """Take out the tables at a path and below it, each with the comment right above it.

    Comments above a blank line stay: they are headings of more than one table; at the top of a file all do.
    """
    sections = pieces.sections
    gone = [section for place, section in pieces.placed() if place[: len(path)] == path and section.header]
    for section in gone:
        index = _position(pieces, section)
        is_first = index <= 1 and not sections[0].items
        heading = _not_attached(section.lead, is_first=is_first)
        del sections[index]
        if index == len(sections):
            pieces.tail = heading + pieces.tail
        elif is_first and not heading:
            sections[index].lead = sections[index].lead.lstrip("\r\n")
        else:
            sections[index].lead = _joined(heading, sections[index].lead, pieces.newline)


def leave(pieces: Pieces, section: Section, lead: str) -> None:
    """Put comments that stood above what was removed at the end of a section above what comes next."""
    index = _position(pieces, section)
    if index + 1 < len(pieces.sections):
        pieces.sections[index + 1].lead = lead + pieces.sections[index + 1].lead
    else:
        pieces.tail = lead + pieces.tail


def value_text(value: Any) -> str:
    """A value in TOML on one line."""
    return section_text("", {"v": value}).partition("\n")[2][4:-1]


def key_text(name: str) -> str:
    """A name as a key, in quotes where it needs them."""
    return section_text("", {name: 0}).partition("\n")[2][: -len(" = 0\n")]


def _part(pieces: Pieces, following: Section) -> None:
    """A blank line between what is put in and what it stands before; the comments above that stay with it."""
    if not _space_of(following.lead):
        following.lead = pieces.newline + following.lead


def _end_line(pieces: Pieces, at: int) -> None:
    before = pieces.sections[at - 1]
    if before.items and not before.items[-1].rest.endswith("\n"):
        before.items[-1].rest += pieces.newline
    elif not before.items and before.header and not before.rest.endswith("\n"):
        before.rest += pieces.newline


def _position(pieces: Pieces, section: Section) -> int:
    return next(index for index, one in enumerate(pieces.sections) if one is section)


def _like(pieces: Pieces, names: list[str]) -> Section | None:
    """Another table of the same sort in this file."""
    return next((one for one in pieces.sections if one.is_array and list(one.names) == names), None)


def _sections_of(pieces: Pieces, names: list[str], table: Mapping[str, Any], indent: str) -> list[Section]:
    """The header, keys and inner tables of a new table. Needs of a stage stand inline where all others in the file do."""
    inner = {
        key: value
        for key, value in table.items()
        if key in ("needs", "stage") and value and _in_long_form(pieces, [*names, key])
    }
    plain = {key: value for key, value in table.items() if key not in inner}
    order = keys_of(tuple(names))
    ordered = sorted(plain, key=lambda key: order.index(key) if key in order else len(order))
    text = section_text(f"[[{'.'.join(map(key_text, names))}]]", {key: plain[key] for key in ordered}, indent)
    found = [parse(text.replace("\n", pieces.newline)).sections[1]]
    for key, elements in inner.items():
        like = _like(pieces, [*names, key])
        for element in elements:
            below = _sections_of(pieces, [*names, key], element, like.indent if like else indent + "  ")
            below[0].lead = pieces.newline
            found += below
    return found


def _in_long_form(pieces: Pieces, names: list[str]) -> bool:
    if len(names) < 3 or _like(pieces, names):
        return True
    return not any(
        item.names == (names[-1],) and item.raw
        for section in pieces.sections
        if list(section.names) == names[:-1]
        for item in section.items
    )


def _space_of(lead: str) -> str:
    """The blank lines with which a piece of text begins."""
    return lead[: len(lead) - len(lead.lstrip("\r\n"))]


def _not_attached(lead: str, *, is_first: bool) -> str:
    """What of the comments above a header is not about it: all but the last block, or all at the top of the file."""
    if is_first or not lead.strip():
        return lead if is_first else ""
    lines = lines_of(lead)
    while lines and lines[-1].strip():
        lines.pop()
    return "".join(lines) if "".join(lines).strip() else ""


def _joined(heading: str, lead: str, newline: str) -> str:
    """Comments that stay when what stood below them goes, above those of what follows, with one blank line between."""
    if not heading.strip() or not _space_of(lead):
        return heading + lead
    return heading.rstrip("\r\n") + newline + lead
