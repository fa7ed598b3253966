"""Comments on the cells of a workbook: notes, and the threads of newer programs."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from beroenden.interop.sheets import Note

_KINDS = ("/comments", "/threadedComment")
_COLUMN = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREAD = "tc="
"""How the author begins of the note that stands in for a thread, to programs that have none."""


def notes_of(archive: zipfile.ZipFile, part: str) -> Iterator[Note]:
    """The comments on the cells of a sheet, in the order of its rows.

    Args:
        archive: The workbook.
        part: The sheet's own part of it.
    """
    there = set(archive.namelist())
    found = {kind: [one for one in _related(archive, part, kind) if one in there] for kind in _KINDS}
    notes = [note for one in found["/comments"] for note in _plain(_root(archive, one))]
    notes += [note for one in found["/threadedComment"] for note in _threads(_root(archive, one))]
    yield from sorted(notes, key=lambda note: (note.row, note.column))


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """The parts of a kind that a sheet refers to."""
    folder, name = posixpath.split(part.lstrip("/"))
    relations = f"{folder}/_rels/{name}.rels"
    if relations in archive.namelist():
        for one in _root(archive, relations):
            if str(one.get("Type", "")).endswith(kind):
                target = str(one.get("Target", ""))
                yield posixpath.normpath(posixpath.join(folder, target) if target[:1] != "/" else target[1:])


def _root(archive: zipfile.ZipFile, part: str) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(part))


def _plain(root: Any) -> Iterator[Note]:
    """Notes; those that stand in for threads are left to the threads."""
    authors = [one.text or "" for one in root.iterfind("{*}authors/{*}author")]
    for comment in root.iterfind("{*}commentList/{*}comment"):
        number = str(comment.get("authorId", ""))
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
        if not author.startswith(_THREAD):
            text = "".join(one.text or "" for one in comment.iterfind("{*}text//{*}t"))
            yield from _note(comment, text.removeprefix(f"{author}:") if author else text, bool(author.strip()))


def _threads(root: Any) -> Iterator[Note]:
    """Each thread as one."""
    said: dict[str, list[str]] = {}
    first: dict[str, Any] = {}
    for comment in root.iterfind("{*}threadedComment"):
        place = str(comment.get("ref", ""))
        first.setdefault(place, comment)
        said.setdefault(place, []).append("".join(one.text or "" for one in comment.iterfind("{*}text")).strip())
    for place, comment in first.items():
        yield from _note(comment, " | ".join(said[place]), True)


def _note(comment: Any, text: str, is_signed: bool) -> Iterator[Note]:
    place = _COLUMN.fullmatch(str(comment.get("ref", "")))
    if place is not None and text.strip():
        column = 0
        for letter in place[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        yield Note(int(place[2]), column, text.strip(), is_signed)
