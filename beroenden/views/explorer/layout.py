"""Where everything stands in the picture: columns side by side, each filled row by row.

The same columns give the same picture: no chance, no clock. The page's script (`arrange.js`) places what a reader has
chosen to see by the same rules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

CELL_WIDTH = 176
_GAP, _WIDEST_GAP = 50, 130  # between columns
_SHAPE = 2.1  # width by height of the space that the picture is meant for

MEASURES = {"cell": CELL_WIDTH, "gap": _GAP, "widestGap": _WIDEST_GAP, "shape": _SHAPE}
"""What the page's script needs in order to place by the same rules."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all that is shown.

    Attributes:
        places: (x, y) of each id; x grows to the right, y downwards.
        columns: (number, left, right) of the columns that have members, left to right.
        bottom: The y at which the columns end; they begin at 0.
    """

    places: dict[str, tuple[int, int]]
    columns: tuple[tuple[int, int, int], ...]
    bottom: int


_Table = list[list[str]]  # rows of ids


def placed(
    columns: Mapping[int, Sequence[str]], heights: Mapping[str, int], consumers: Mapping[str, frozenset[str]]
) -> Layout:
    """Places in columns.

    Args:
        columns: Members of each column, from the top down.
        heights: The room that each takes downwards; all are `CELL_WIDTH` wide.
        consumers: Who needs each; in a row those that others of it need stand to the left.
    """
    widest = max((len(members) for members in columns.values()), default=1)
    candidates = [_spread(columns, rows) for rows in _row_counts(widest)]
    tables = min(candidates, key=lambda tables: _scale_needed(tables, heights))
    return _beside_each_other(tables, heights, consumers)


def _row_counts(widest: int) -> list[int]:
    """Numbers of rows worth trying: all small ones, then fewer and fewer of the large."""
    counts, count = [], 1
    while count < widest:
        counts.append(count)
        count += max(1, count // 12)
    return [*counts, widest]


def _spread(columns: Mapping[int, Sequence[str]], rows: int) -> dict[int, _Table]:
    """Each column as a table of at most so many rows, filled row by row so that the order stays top to bottom."""
    tables = {}
    for number, members in columns.items():
        across = ceil(len(members) / rows)
        tables[number] = [list(members[start : start + across]) for start in range(0, len(members), across)]
    return tables


def _scale_needed(tables: Mapping[int, _Table], heights: Mapping[str, int]) -> float:
    """How much room a picture takes in the direction in which it is short of it."""
    width = sum(len(table[0]) * CELL_WIDTH + _GAP for table in tables.values())
    height = max((_height(table, heights) for table in tables.values()), default=0)
    return max(width, height * _SHAPE)


def _height(table: _Table, heights: Mapping[str, int]) -> int:
    return sum(max(heights[one] for one in row) for row in table)


def _beside_each_other(
    tables: Mapping[int, _Table], heights: Mapping[str, int], consumers: Mapping[str, frozenset[str]]
) -> Layout:
    """The tables beside each other, each in the middle of the whole height."""
    places: dict[str, tuple[int, int]] = {}
    columns: list[tuple[int, int, int]] = []
    bottom = max((_height(table, heights) for table in tables.values()), default=0)
    gap = _gap(tables, bottom)
    left = 0
    for number, table in tables.items():
        right = left + len(table[0]) * CELL_WIDTH
        spare = (bottom - _height(table, heights)) // len(table)
        y = spare // 2
        for row in table:
            for index, one in enumerate(_providers_first(row, consumers)):
                places[one] = (left + index * CELL_WIDTH + CELL_WIDTH // 2, y)
            y += max(heights[one] for one in row) + spare
        columns.append((number, left, right))
        left = right + gap
    return Layout(places, tuple(columns), bottom)


def _gap(tables: Mapping[int, _Table], height: int) -> int:
    """The gap between columns that fills the space in width."""
    cells = sum(len(table[0]) for table in tables.values()) * CELL_WIDTH
    spare = (height * _SHAPE - cells) // max(1, len(tables) - 1)
    return int(min(max(spare, _GAP), _WIDEST_GAP))


def _providers_first(row: Sequence[str], consumers: Mapping[str, frozenset[str]]) -> list[str]:
    """A row with those that others of it need to the left."""
    beside = set(row)
    uses = dict.fromkeys(row, 0)
    for one in row:
        for other in consumers[one] & beside:
            uses[one] += 1
            uses[other] -= 1
    return sorted(row, key=lambda one: -uses[one])
