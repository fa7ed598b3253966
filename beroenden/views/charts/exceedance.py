"""How often a year a consequence is at least so great, on a scale of tens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from beroenden.language import say
from beroenden.units.numbers import number
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.foot import Foot
from beroenden.views.charts.room import Room, dense, thinned
from beroenden.views.charts.sheet import (
    BLUE,
    FAINT,
    GRID,
    INK,
    LEADING,
    WIDTH,
    Sheet,
    own_settings,
    width_of,
    wrapped,
)
from beroenden.views.signs import HARM

_RIGHT, _TOP, _PLOT = 154.0, 7.0, 82.0
_MARKED = (0.1, 0.01)
_LOG_FROM, _MOST_DECADES = 100, 6
_SEEN = 0.15
_LABEL_WIDTH, _NAME_WIDTH, _COLUMNS = 34.0, 66.0, (112.0, 152.0)
_TICKS = 5
_STYLES: tuple[dict[str, Any], ...] = (
    {"colour": BLUE, "style": "-"},
    {"colour": HARM, "style": (0, (5, 2))},
    {"colour": INK, "style": (0, (1, 1.2))},
    {"colour": "#117733", "style": (0, (6, 2, 1, 2))},
)
_SIGNS = "osD^"
_PALE = "30"


@dataclass(frozen=True, slots=True)
class Curve:
    """How often a year a consequence is at least each value.

    Attributes:
        values: Growing, 0 or more.
        per_year: Frequency a year of at least each value; never growing.
        low: Lower end of the confidence interval of each frequency; empty when there is none.
        known_to: The least frequency of which enough is known, where that is said; all of `per_year` are at least that.
    """

    name: str
    values: tuple[float, ...]
    per_year: tuple[float, ...]
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    known_to: float = 0.0

    def value_at(self, per_year: float) -> float | None:
        """The greatest value that is reached or passed so often; None when none is."""
        reached = [value for value, often in zip(self.values, self.per_year, strict=True) if often >= per_year]
        return reached[-1] if reached and reached[-1] > 0 else None

    @property
    def rarest(self) -> float:
        """The least frequency above 0: of what is rarer it says nothing."""
        return self.known_to or min(often for often in self.per_year if often > 0)


@dataclass(frozen=True, slots=True)
class _Plane:
    """Values to the right and frequencies upwards, as places in millimetres."""

    left: float
    first: float
    last: float
    rarest: float
    most: float
    is_log: bool

    @property
    def bottom(self) -> float:
        return _TOP + _PLOT

    def x(self, value: float) -> float:
        inside = min(max(value, self.first), self.last)
        if self.is_log:
            share = log10(inside / self.first) / log10(self.last / self.first)
        else:
            share = (inside - self.first) / (self.last - self.first)
        return self.left + share * (_RIGHT - self.left)

    def y(self, per_year: float) -> float:
        inside = min(max(per_year, self.rarest), self.most)
        return self.bottom - log10(inside / self.rarest) / log10(self.most / self.rarest) * _PLOT

    def stairs(self, values: Sequence[float], often: Sequence[float], known_to: float) -> list[tuple[float, float]]:
        """A frequency holds from the value before to its own; then it falls to the next, and last as far as is known."""
        points, since = [], self.left
        for value, one in zip(values, often, strict=True):
            points += [(since, self.y(one)), (self.x(value), self.y(one))]
            since = self.x(value)
        return thinned([*points, (since, self.y(known_to))], _SEEN)


def exceedance_curve(
    curves: Sequence[Curve], *, title: str, quantity: str, in_words: Callable[[float], str] = number
) -> Chart | None:
    """Curves of how often a year the consequence is at least so great; None when it never is above nothing.

    Args:
        quantity: What the values measure.
        in_words: A value as it is read.
    """
    some = [curve for curve in curves if any(often > 0 for often in curve.per_year) and max(curve.values) > 0]
    if not some:
        return None
    shown = some[: len(_STYLES)]
    notes = [*_notes(some[len(shown) :], [curve for curve in curves if curve not in some]), *_rarer(shown)]
    with own_settings():
        sheet = _draw(shown, quantity, in_words, Foot(notes=tuple(notes)))
    return Chart("overskridande", title, " ".join([*_said(shown, quantity, in_words), *notes]), sheet.figure)


def per_year_in_words(per_year: float) -> str:
    """A frequency as it is read: so many times a year, or once in so many years."""
    if per_year > 1:
        return say(f"{number(per_year, 1)} gånger om året", f"{number(per_year, 1)} times a year")
    if per_year == 1:
        return say("1 gång om året", "once a year")
    years = number(1 / per_year, 1 if per_year > 0.1 else 0)
    return say(f"1 gång på {years} år", f"once in {years} years")


def _notes(left_out: Sequence[Curve], never: Sequence[Curve]) -> list[str]:
    """What the picture does not show."""
    notes = []
    if left_out:
        names = "; ".join(curve.name for curve in left_out)
        notes.append(
            say(
                f"Ytterligare {number(len(left_out))} visas inte: {names}.",
                f"Another {number(len(left_out))} are not shown: {names}.",
            )
        )
    if never:
        names = "; ".join(curve.name for curve in never)
        notes.append(say(f"Aldrig någon konsekvens: {names}.", f"Never any consequence: {names}."))
    return notes


def _rarer(curves: Sequence[Curve]) -> list[str]:
    """From how seldom on no more is known."""
    rarest = [curve.known_to for curve in curves if curve.known_to]
    if not rarest:
        return []
    often = per_year_in_words(min(rarest))
    return [
        say(
            f"Det som är mer sällsynt än {often} är okänt: för få simulerade år.",
            f"What is rarer than {often} is unknown: too few simulated years.",
        )
    ]


def _draw(curves: Sequence[Curve], quantity: str, in_words: Callable[[float], str], foot: Foot) -> Sheet:
    plane = _plane(curves)
    below = wrapped(f"{quantity} →", _RIGHT - plane.left)
    names = [wrapped(curve.name, _NAME_WIDTH) for curve in curves]
    table = plane.bottom + LEADING * (1.5 + len(below)) + 3
    rows = [len(lines) * LEADING + 1 for lines in names]
    sheet = Sheet(table + 1.5 * LEADING + sum(rows) + foot.height + 1)
    sheet.text(1, 2.5, say("Hur ofta minst så mycket ↑", "How often at least so much ↑"), colour=FAINT)
    _draw_grid(sheet, plane, in_words)
    sheet.lines(_RIGHT, plane.bottom + 2 * LEADING + 1, below, colour=FAINT, align="right")
    _draw_curves(sheet, plane, curves, in_words)
    y = _draw_head(sheet, table)
    for place, (curve, lines, height) in enumerate(zip(curves, names, rows, strict=True)):
        _draw_row(sheet, curve, lines, place, y, in_words)
        y += height
    foot.draw(sheet, y - LEADING / 2)
    return sheet


def _plane(curves: Sequence[Curve]) -> _Plane:
    often = [one for curve in curves for one in (*curve.per_year, curve.rarest) if one > 0]
    values = [value for curve in curves for value in curve.values if value > 0]
    # A little below the rarest, so that the last step does not lie on the axis.
    rarest, most = _round_down(min(often) * 0.8), _round_up(max(often))
    rarest = max(min(rarest, most / 10), most / 10**_MOST_DECADES)
    is_log = max(values) / min(values) > _LOG_FROM
    last = _round_up(max(values)) if is_log else _linear_ticks(max(values))[-1]
    first = max(10.0 ** floor(log10(min(values))), last / 10**_MOST_DECADES) if is_log else 0.0
    left = max(width_of(per_year_in_words(tick)) for tick in _log_ticks(rarest, most)) + 4
    return _Plane(left, first, last, rarest, most, is_log)


def _round_up(value: float) -> float:
    """The next of …, 1, 2, 5, 10, 20, …"""
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9))


def _round_down(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return next(step * power for step in (5, 2, 1) if step * power <= value * (1 + 1e-9))


def _log_ticks(first: float, last: float) -> list[float]:
    """Tens between two values; also twos and fives when the tens are few."""
    steps = (1, 2, 5) if last / first < _LOG_FROM else (1,)
    powers = range(floor(log10(first)), ceil(log10(last)) + 1)
    ticks = [float(f"{step}e{power}") for power in powers for step in steps]
    return [tick for tick in ticks if first * (1 - 1e-9) <= tick <= last * (1 + 1e-9)]


def _linear_ticks(last: float) -> list[float]:
    """Round values from 0 to at least the last."""
    step = _round_up(last / _TICKS)
    return [step * index for index in range(ceil(last / step - 1e-9) + 1)]


def _draw_grid(sheet: Sheet, plane: _Plane, in_words: Callable[[float], str]) -> None:
    for often in _log_ticks(plane.rarest, plane.most):
        y = plane.y(often)
        sheet.text(plane.left - 2, y, per_year_in_words(often), colour=FAINT, align="right")
        sheet.line((plane.left, _RIGHT), (y, y), colour=GRID, width=0.5, layer=1)
    ticks = _log_ticks(plane.first, plane.last) if plane.is_log else _linear_ticks(plane.last)
    free = 0.0
    for tick in ticks:
        x, text = plane.x(tick), in_words(tick)
        half = width_of(text) / 2
        sheet.line((x, x), (_TOP, plane.bottom), colour=GRID, width=0.5, layer=1)
        middle = min(x, WIDTH - 1 - half)
        if middle - half >= free:
            sheet.text(middle, plane.bottom + LEADING, text, colour=FAINT, align="center")
            free = middle + half + 2
    sheet.line((plane.left, _RIGHT), (plane.bottom, plane.bottom), colour=FAINT, width=0.6)


def _draw_curves(sheet: Sheet, plane: _Plane, curves: Sequence[Curve], in_words: Callable[[float], str]) -> None:
    lines = [plane.stairs(curve.values, curve.per_year, curve.known_to) for curve in curves]
    room = Room((plane.left, _TOP, _RIGHT, plane.bottom), lines)
    for curve, line, look in zip(curves, lines, _STYLES, strict=False):
        if curve.low:
            low, high = (plane.stairs(curve.values, ends, curve.known_to) for ends in (curve.low, curve.high))
            sheet.area((*high, *reversed(low)), fill=look["colour"] + _PALE, layer=1.3)
        sheet.line([x for x, _ in line], [y for _, y in line], width=1.6, **look)
    for place, curve in enumerate(curves):
        _draw_marked(sheet, plane, curve, place, room, in_words)
    for curve, line in zip(curves, lines, strict=True):
        short = _shortened(curve.name)
        if len(curves) > 1 and (spot := room.beside(dense(line), width_of(short), line)):
            sheet.text(*spot, short, on_white=True)


def _shortened(name: str) -> str:
    """The beginning of a long name; the table has it whole."""
    lines = wrapped(name, _LABEL_WIDTH)
    return lines[0] + " …" * (len(lines) > 1)


def _draw_marked(
    sheet: Sheet, plane: _Plane, curve: Curve, place: int, room: Room, in_words: Callable[[float], str]
) -> None:
    for often in _MARKED:
        value = curve.value_at(often)
        if value is None or often < curve.rarest:
            continue
        x, y = plane.x(value), plane.y(often)
        _draw_sign(sheet, x, y, place)
        text = in_words(value)
        if spot := room.beside([(x, y)], width_of(text)):
            sheet.text(*spot, text, on_white=True)


def _draw_sign(sheet: Sheet, x: float, y: float, place: int) -> None:
    sheet.mark(x, y, _SIGNS[place], fill="white", edge=_STYLES[place]["colour"])


def _draw_head(sheet: Sheet, top: float) -> float:
    y = top + LEADING / 2
    for right, often in zip(_COLUMNS, _MARKED, strict=True):
        sheet.text(right, y, per_year_in_words(often), colour=FAINT, align="right")
    sheet.line((1, _COLUMNS[-1]), (y + 0.75 * LEADING,) * 2, colour=GRID)
    return y + 1.5 * LEADING


def _draw_row(
    sheet: Sheet, curve: Curve, lines: Sequence[str], place: int, y: float, in_words: Callable[[float], str]
) -> None:
    sheet.line((1, 9), (y, y), width=1.6, **_STYLES[place])
    _draw_sign(sheet, 5, y, place)
    sheet.lines(11, y, lines)
    for right, often in zip(_COLUMNS, _MARKED, strict=True):
        sheet.text(right, y, _value(curve, often, in_words), align="right")


def _value(curve: Curve, per_year: float, in_words: Callable[[float], str]) -> str:
    if per_year < curve.rarest:
        return say("okänt", "unknown")
    value = curve.value_at(per_year)
    return say("ingen", "none") if value is None else in_words(value)


def _said(curves: Sequence[Curve], quantity: str, in_words: Callable[[float], str]) -> list[str]:
    """What the picture says: of each curve how often anything, how much once in ten and in a hundred years, and most."""
    said = [say(f"Hur ofta minst så mycket: {quantity}.", f"How often at least so much: {quantity}.")]
    for curve in curves:
        anything = max(often for value, often in zip(curve.values, curve.per_year, strict=True) if value > 0)
        parts = [
            say(f"någon alls {per_year_in_words(anything)}", f"any at all {per_year_in_words(anything)}"),
            *(f"{per_year_in_words(often)} {_at_least(curve, often, in_words)}" for often in _MARKED),
            *([] if curve.known_to else [_most(curve, in_words)]),
        ]
        said.append(f"{curve.name}: {', '.join(parts)}.")
    return said


def _most(curve: Curve, in_words: Callable[[float], str]) -> str:
    most = in_words(max(curve.values))
    return say(f"som mest {most}", f"at most {most}")


def _at_least(curve: Curve, per_year: float, in_words: Callable[[float], str]) -> str:
    value = _value(curve, per_year, in_words)
    is_known = per_year >= curve.rarest and curve.value_at(per_year) is not None
    return say(f"minst {value}", f"at least {value}") if is_known else value
