"""How a table fits the terminal: how wide its columns become, and what stands instead where there is no room for them."""

import re
from collections.abc import Container, Iterator, Sequence

_WORD = re.compile(r"[^ \n]+")
_DIGIT = re.compile(r"\d")
_GAP = 3
"""Characters between two columns."""
_LONG_WORD = 30
"""Characters that are always held together in a heading or a number; what is longer is an address or an id."""
_SHORT_WORD = 10
"""Characters that are always held together in any other word."""


def column_widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], unbroken: Container[int], room: int
) -> list[int] | None:
    """The widths of a table's columns: lines are broken between words, those of the widest column first.

    Args:
        heads: Headings.
        rows: Cells, as many as headings.
        unbroken: Indices of columns whose cells' lines are not broken.
        room: Characters of a line.

    Returns:
        A width for each column, or None when there is no room for them side by side.
    """
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(_longest_line, column)) for column in columns]
    room -= _GAP * (len(heads) - 1)
    for length in (_LONG_WORD, _SHORT_WORD):
        least = [_least(*column, length=length, is_unbroken=index in unbroken) for index, column in enumerate(columns)]
        if sum(least) <= room:
            return _narrowed(widths, least, room)
    return None


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths that have room together: the widest gives way first, none beyond its least."""
    narrowed = list(widths)
    while sum(narrowed) > room:
        wider = [index for index, width in enumerate(narrowed) if width > least[index]]
        narrowed[max(wider, key=narrowed.__getitem__)] -= 1
    return narrowed


def _least(head: str, *cells: str, length: int, is_unbroken: bool) -> int:
    """How narrow a column may be when words of a length, its heading and numbers are not broken."""
    lines = map(_longest_line, cells) if is_unbroken else (_longest_word(cell, length) for cell in cells)
    return max(1, _longest_word(head, _LONG_WORD), *lines)


def _longest_line(text: str) -> int:
    from rich.cells import cell_len

    return max(map(cell_len, text.splitlines()), default=0)


def _longest_word(text: str, length: int) -> int:
    """The width of the longest of the words that are not broken."""
    return max(
        (min(_longest_line(word), _LONG_WORD if _DIGIT.search(word) else length) for word in _WORD.findall(text)),
        default=0,
    )


def as_lines(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows of a table as lines, each of which says the heading of its cell; empty cells are left out."""
    for row in rows:
        for head, cell in zip(heads, row, strict=True):
            name = " ".join(head.split())
            told = "\n  ".join(cell.splitlines())
            if told:
                yield f"{name}: {told}" if name else told
        yield ""
