"""A sheet of paper to draw on, in millimetres from its top left corner; matplotlib is beneath."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from beroenden.units.numbers import NBSP

WIDTH = 160.0
"""Millimetres: the text of an A4 page with ordinary margins."""
TALLEST = 215.0
"""Millimetres: what fits on an A4 page together with a caption."""
LEADING = 3.5
"""Millimetres from line to line."""

INK, FAINT, GRID, SHADE, GREY = "#1b1f24", "#4d5660", "#d0d5da", "#f1f3f5", "#878f98"
BLUE = "#0b5394"
"""With the red of harm it is told apart by every colour-blind reader, and it is darker in print."""

_SIZE = 8.0
_SIGN = 4.0
_MM = 25.4
_POINT = _MM / 72
_SETTINGS: Any = {
    "svg.fonttype": "path",
    "svg.hashsalt": "beroenden",
    "hatch.linewidth": 0.6,
    "text.parse_math": False,
}


@contextmanager
def own_settings() -> Iterator[None]:
    """matplotlib as it comes, whatever a user's matplotlibrc says; afterwards it is as it was."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


Sign = Callable[[float, float, float], None]
"""Draws a sign between two places, at a height."""


class Sheet:
    """What is drawn on; lengths and places are millimetres, y downwards."""

    def __init__(self, height: float) -> None:
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(WIDTH / _MM, height / _MM), facecolor="white")
        self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def text(
        self, x: float, y: float, text: str, *, colour: str = INK, align: str = "left", on_white: bool = False
    ) -> None:
        """One line; `y` is the middle of its small letters, `align` says which end of it lies at `x`."""
        self._axes.text(
            x,
            y + 0.75,
            drawable(text),
            color=colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            parse_math=False,
            fontproperties=_font_properties(),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if on_white else None,
        )

    def lines(self, x: float, y: float, lines: Sequence[str], *, colour: str = INK, align: str = "left") -> float:
        """Lines below each other, the first at `y`; gives where the next would stand."""
        for line in lines:
            self.text(x, y, line, colour=colour, align=align)
            y += LEADING
        return y

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        *,
        colour: str = INK,
        width: float = 0.8,
        style: Any = "-",
        layer: float = 2,
    ) -> None:
        """A line through some points."""
        from matplotlib.lines import Line2D

        self._axes.add_artist(Line2D(xs, ys, color=colour, linewidth=width, linestyle=style, zorder=layer))

    def area(
        self,
        points: Sequence[tuple[float, float]],
        *,
        fill: str,
        hatch: str | None = None,
        hatch_colour: str = INK,
        layer: float = 1.5,
    ) -> None:
        """A filled polygon."""
        from matplotlib.patches import Polygon

        shape = Polygon(points, facecolor=fill, edgecolor=hatch_colour, linewidth=0, hatch=hatch, zorder=layer)
        self._axes.add_artist(shape)

    def box(self, left: float, top: float, right: float, bottom: float, **look: Any) -> None:
        """A filled rectangle; `look` as for `area`."""
        self.area(((left, top), (right, top), (right, bottom), (left, bottom)), **look)

    def mark(
        self, x: float, y: float, shape: str, *, size: float = 5, fill: str = INK, edge: str = INK, layer: float = 3
    ) -> None:
        """A mark by matplotlib's name of its shape; `size` in points."""
        from matplotlib.lines import Line2D

        self._axes.add_artist(
            Line2D(
                [x],
                [y],
                linestyle="none",
                marker=shape,
                markersize=size,
                markerfacecolor=fill,
                markeredgecolor=edge,
                markeredgewidth=1,
                zorder=layer,
            )
        )

    def key(self, y: float, entries: Iterable[tuple[Sign, str]]) -> None:
        """What signs mean, side by side from the left edge."""
        x = 1.0
        for sign, text in entries:
            sign(x, x + _SIGN, y)
            self.text(x + _SIGN + 1.5, y, text, colour=FAINT)
            x += _SIGN + 1.5 + width_of(text) + 4

    def stop_mark(self, x: float, top: float, bottom: float, *, colour: str = BLUE) -> None:
        """A point in time that is a limit: a post with a triangle on top."""
        self.line((x, x), (top, bottom), colour=colour, width=1.2, layer=3)
        self.mark(x, top, "v", fill=colour, edge=colour)

    def arrow(self, x: float, y: float, *, colour: str = INK) -> None:
        """A tip that points to the right."""
        self.mark(x, y, ">", fill=colour, edge=colour)


def width_of(text: str) -> float:
    """How wide a line of text is, in millimetres."""
    return sum(map(_advance, drawable(text)))


@cache
def _advance(letter: str) -> float:
    """Letters are measured one by one: laying out every line to be tried takes longer than drawing the picture."""
    from matplotlib.ft2font import LoadFlags

    font = _font()
    font.set_size(_SIZE, 72)
    advance = font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance
    return float(advance) / 65536 * _POINT


def wrapped(text: str, width: float) -> list[str]:
    """The lines of a text in a column; a word that is wider than it goes on in the next line."""
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines += _pieces(word, width)
    return lines


def unbroken(text: str) -> str:
    """The text with no-break spaces, so that it stays on one line."""
    return text.replace(" ", NBSP)


def _pieces(word: str, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def drawable(text: str) -> str:
    """The text with what the font has no sign for as an empty square, and without signs that only direct."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_drawable_letter, text))


@cache
def _drawable_letter(letter: str) -> str:
    kind = unicodedata.category(letter)
    if kind == "Cc":
        return " "
    if kind == "Cf":
        return ""
    if _font().get_char_index(ord(letter)):
        return letter
    return "" if kind == "Mn" else "□"


@cache
def _font_path() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@cache
def _font_properties() -> Any:
    """By file and not by name, so that no other version on the machine is taken."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=_font_path(), size=_SIZE)


@cache
def _font() -> Any:
    from matplotlib.ft2font import FT2Font

    return FT2Font(str(_font_path()))
