"""What stands below a picture: what its signs mean, in as many rows as it takes, and what it has no room for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from beroenden.views.charts.sheet import FAINT, LEADING, WIDTH, Sheet, width_of, wrapped

Entry = tuple[Callable[[Sheet, float, float, float], None], str]
"""Draws a sign on a sheet between two places at a height; and what it means."""

_SIGN, _AIR = 5.5, 4.0
_ROW = 1.25 * LEADING
_TEXT = WIDTH - 5
"""Drawn letters are set on whole pixels, so a line may be a little wider than it was measured."""


@dataclass(frozen=True, slots=True)
class Foot:
    """The key and the notes below a picture; the height is known before there is a sheet."""

    key: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """Millimetres that it takes."""
        return len(self._rows()) * _ROW + len(self._lines()) * LEADING

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw it from a height downwards."""
        y = top + _ROW / 2
        for row in self._rows():
            sheet.key(y, [(_on(sheet, sign), text) for sign, text in row])
            y += _ROW
        sheet.lines(1, y - _ROW / 2 + LEADING / 2, self._lines(), colour=FAINT)

    def _rows(self) -> list[list[Entry]]:
        rows: list[list[Entry]] = []
        left = 0.0
        for entry in self.key:
            width = _SIGN + width_of(entry[1]) + _AIR
            if width > left:
                rows.append([])
                left = _TEXT + _AIR
            rows[-1].append(entry)
            left -= width
        return rows

    def _lines(self) -> list[str]:
        return [line for note in self.notes for line in wrapped(note, _TEXT)]


def _on(sheet: Sheet, sign: Callable[[Sheet, float, float, float], None]) -> Callable[[float, float, float], None]:
    return lambda left, right, y: sign(sheet, left, right, y)


def fitting(heights: Sequence[float], room: float) -> int:
    """How many, from the first, have room below each other."""
    for count, height in enumerate(heights):
        room -= height
        if room < 0:
            return count
    return len(heights)
