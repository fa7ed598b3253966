"""Entities, pairs or changes ranked by what they mean: a horizontal bar each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.language import say
from beroenden.units.numbers import number
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.foot import Entry, Foot, fitting
from beroenden.views.charts.sheet import (
    BLUE,
    FAINT,
    INK,
    LEADING,
    TALLEST,
    WIDTH,
    Sheet,
    own_settings,
    width_of,
    wrapped,
)

_LEFT, _COLUMN = 62.0, 54.0
_GAP, _THICK, _AIR = 2.2, 3.2, 2.0
_LONGEST_TEXT = 45.0
_MOST_FOOT = 6 * LEADING
_ADDED: dict[str, Any] = {"fill": "#dbe6f1", "hatch": "/////", "hatch_colour": BLUE}


@dataclass(frozen=True, slots=True)
class Bar:
    """One in a ranking.

    Attributes:
        value: How long the bar is, 0 or more; None is unknown.
        text: The value as it is read, with its unit.
        about: What else stands below the name.
        low: The lower end of its confidence interval; goes with `high`.
        added: A second part of the bar, such as what a second failure adds.
        is_marked: Whether it has the mark that the ranking explains.
    """

    name: str
    value: float | None
    text: str
    about: str = ""
    low: float | None = None
    high: float | None = None
    added: float = 0.0
    is_marked: bool = False

    @property
    def reach(self) -> float:
        """How far to the right it goes, interval and second part with it."""
        return max((self.value or 0) + self.added, self.high or 0)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A bar with the lines of what stands beside it."""

    bar: Bar
    name: tuple[str, ...]
    about: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def height(self) -> float:
        return max(len(self.name) + len(self.about), len(self.text)) * LEADING + _GAP


def ranking_bars(
    bars: Sequence[Bar], *, title: str, quantity: str, added: str = "", marked: str = "", interval: str = ""
) -> Chart | None:
    """Bars in the order given, which should be from the greatest; None when there are none.

    Args:
        quantity: What the bars measure.
        added: What the second part of a bar is.
        marked: What the mark beside some names means.
        interval: What the whiskers are, such as "95 % konfidensintervall".
    """
    if not bars:
        return None
    head = wrapped(quantity, WIDTH - 5)
    lanes = [_lane(bar) for bar in bars]
    top = len(head) * LEADING + _GAP
    shown = lanes[: fitting([lane.height for lane in lanes], TALLEST - top - _MOST_FOOT)]
    notes = _notes(bars[len(shown) :])
    foot = Foot(_key(shown, added, marked, interval), tuple(notes))
    with own_settings():
        sheet = _draw(head, shown, foot)
    said = _said([lane.bar for lane in shown], quantity, len(bars), marked)
    return Chart("rangordning", title, " ".join([*said, *notes]), sheet.figure)


def _lane(bar: Bar) -> _Lane:
    lines = (wrapped(bar.name, _COLUMN), wrapped(bar.about, _COLUMN), wrapped(bar.text, _LONGEST_TEXT))
    return _Lane(bar, *map(tuple, lines))


def _notes(left_out: Sequence[Bar]) -> list[str]:
    """What the picture has no room for."""
    if not left_out:
        return []
    count, unknown = number(len(left_out)), number(sum(bar.value is None for bar in left_out))
    most = max(left_out, key=lambda bar: bar.value or 0)
    first = say(f"främst {most.name}: {most.text}", f"first {most.name}: {most.text}")
    rest = first if most.value else say("noll eller okänt för alla", "zero or unknown for all")
    return [
        say(
            f"Ytterligare {count} ryms inte i bilden ({rest}; okänt för {unknown}).",
            f"Another {count} do not fit in the picture ({rest}; unknown for {unknown}).",
        )
    ]


def _draw(head: Sequence[str], lanes: Sequence[_Lane], foot: Foot) -> Sheet:
    top = len(head) * LEADING + _GAP
    bottom = top + sum(lane.height for lane in lanes)
    sheet = Sheet(bottom + foot.height + 1)
    sheet.lines(1, LEADING / 2 + 0.5, head, colour=FAINT)
    scale = _scale(lanes)
    y = top
    for lane in lanes:
        _draw_lane(sheet, lane, y, scale)
        y += lane.height
    sheet.line((_LEFT, _LEFT), (top - 0.5, bottom - _GAP / 2), layer=2.5)
    foot.draw(sheet, bottom)
    return sheet


def _scale(lanes: Sequence[_Lane]) -> float:
    """Millimetres a unit, so that the text of every bar has room after it."""
    rooms = [(WIDTH - _LEFT - _AIR - 1 - max(map(width_of, lane.text), default=0), lane.bar.reach) for lane in lanes]
    return min((room / reach for room, reach in rooms if reach > 0), default=0.0)


def _draw_lane(sheet: Sheet, lane: _Lane, top: float, scale: float) -> None:
    bar, y = lane.bar, top + LEADING / 2
    below = sheet.lines(1, y, lane.name)
    sheet.lines(1, below, lane.about, colour=FAINT)
    end = _LEFT + (bar.value or 0) * scale
    if bar.is_marked:
        _draw_mark(sheet, _LEFT - 4, _LEFT - 2, y)
    if bar.value:
        sheet.box(_LEFT, y - _THICK / 2, end, y + _THICK / 2, fill=BLUE)
    if bar.added:
        sheet.box(end, y - _THICK / 2, end + bar.added * scale, y + _THICK / 2, **_ADDED)
    if bar.low is not None and bar.high is not None and bar.low < bar.high:
        _draw_whisker(sheet, _LEFT + bar.low * scale, _LEFT + bar.high * scale, y)
    sheet.lines(_LEFT + bar.reach * scale + _AIR, y, lane.text, colour=INK if bar.value else FAINT)


def _draw_mark(sheet: Sheet, left: float, right: float, y: float) -> None:
    sheet.mark((left + right) / 2, y, "D", size=4)


def _draw_added(sheet: Sheet, left: float, right: float, y: float) -> None:
    sheet.box(left, y - _THICK / 2, right, y + _THICK / 2, **_ADDED)


def _draw_whisker(sheet: Sheet, left: float, right: float, y: float) -> None:
    """White below black, so that it is seen on the bar as well as beside it."""
    for colour, width in (("white", 2.8), (INK, 1.0)):
        sheet.line((left, right), (y, y), colour=colour, width=width, layer=3)
        for x in (left, right):
            sheet.line((x, x), (y - 1.1, y + 1.1), colour=colour, width=width, layer=3)


def _key(lanes: Sequence[_Lane], added: str, marked: str, interval: str) -> tuple[Entry, ...]:
    """What the second part, the whisker and the mark mean, as far as they are there."""
    bars = [lane.bar for lane in lanes]
    entries: list[tuple[bool, Entry]] = [
        (any(bar.added for bar in bars), (_draw_added, added)),
        (any(bar.high is not None for bar in bars), (_draw_whisker, interval)),
        (any(bar.is_marked for bar in bars), (_draw_mark, marked)),
    ]
    return tuple(entry for is_there, entry in entries if is_there)


def _said(bars: Sequence[Bar], quantity: str, count: int, marked: str) -> list[str]:
    """What the picture says: how many are compared, which is first, and all that are shown."""
    lead = bars[0]
    without = sum(bar.value == 0 for bar in bars)
    unknown = sum(bar.value is None for bar in bars)
    said = [
        say(f"{quantity}, {number(count)} jämförda.", f"{quantity}, {number(count)} compared."),
        say(f"Främst är {lead.name}: {lead.text}.", f"First is {lead.name}: {lead.text}."),
    ]
    if len(bars) > 1:
        said.append(say("Därefter ", "Then ") + "; ".join(f"{bar.name}: {bar.text}" for bar in bars[1:]) + ".")
    if without:
        said.append(say(f"Noll för {number(without)} av dem.", f"Zero for {number(without)} of them."))
    if unknown:
        said.append(say(f"Okänt för {number(unknown)} av dem.", f"Unknown for {number(unknown)} of them."))
    chosen = [bar.name for bar in bars if bar.is_marked]
    if chosen:
        said.append(f"{marked[:1].upper()}{marked[1:]}: {'; '.join(chosen)}.")
    return said
