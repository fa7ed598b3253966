"""The risk matrix of Swedish risk and vulnerability analyses: likelihood upwards, consequence to the right."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import ceil
from typing import Any

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.numbers import counted, number
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.foot import Entry, Foot
from beroenden.views.charts.sheet import FAINT, GREY, LEADING, TALLEST, Sheet, own_settings, wrapped
from beroenden.views.signs import HARM

_LEFT, _RIGHT, _TOP = 32.0, 159.0, 6.0
_LOWEST_ROW = 13.0
_APART = 2.0
_DOT, _PITCH = 13.5, 5.4
_LIST_COLUMN, _LIST_NUMBER = 79.0, 7.5
_MOST = 99
_LEVELS: tuple[dict[str, Any], ...] = (
    {"fill": "#ffffff"},
    {"fill": "#fbe3d9"},
    {"fill": "#eda78f"},
    {"fill": "#cf5f4b", "hatch": "////", "hatch_colour": HARM},
)
_UNKNOWN: dict[str, Any] = {"fill": "#f1f3f5", "hatch": "...", "hatch_colour": GREY}


@dataclass(frozen=True, slots=True)
class Risk:
    """One in a risk matrix; steps count from 1, and None is unknown.

    Attributes:
        is_uncertain: Whether its cell is; its number then has a question mark.
    """

    name: str
    likelihood: int | None
    consequence: int | None
    is_uncertain: bool = False

    @property
    def cell(self) -> tuple[int | None, int | None]:
        """Its steps of likelihood and consequence."""
        return self.likelihood, self.consequence


@dataclass(frozen=True, slots=True)
class _Scale:
    """The steps of one direction, with the unknown last where it is needed."""

    steps: tuple[str, ...]
    has_unknown: bool

    @property
    def places(self) -> list[int | None]:
        return [*range(1, len(self.steps) + 1), *([None] if self.has_unknown else [])]

    def name(self, step: int | None) -> str:
        return say("okänd", "unknown") if step is None else f"{step}. {self.steps[step - 1]}"

    def share(self, step: int) -> float:
        """0 at the lowest step, 1 at the highest."""
        return (step - 1) / max(1, len(self.steps) - 1)


@dataclass(frozen=True)
class _Matrix:
    """The risks that are shown, numbered from 1 in their order, those there is no room for, and where everything goes."""

    likelihood: _Scale
    consequence: _Scale
    risks: tuple[Risk, ...]
    left_out: tuple[Risk, ...]

    @cached_property
    def cell_width(self) -> float:
        count = len(self.consequence.places)
        return (_RIGHT - _LEFT - _APART * self.consequence.has_unknown) / count

    @cached_property
    def across(self) -> int:
        """How many dots stand beside each other in a cell."""
        return max(1, int((self.cell_width - 1) / _PITCH))

    @cached_property
    def rows(self) -> list[int | None]:
        """Steps of likelihood from the top: the highest first, the unknown last."""
        return sorted(self.likelihood.places, key=lambda step: -(step or 0))

    def inside(self, likelihood: int | None, consequence: int | None) -> list[int]:
        """Numbers of the risks in a cell."""
        return [index for index, risk in enumerate(self.risks, 1) if risk.cell == (likelihood, consequence)]

    def number(self, one: int) -> str:
        """A number of a risk as it stands in its cell."""
        return f"{one}?" if self.risks[one - 1].is_uncertain else str(one)

    def more(self, likelihood: int | None, consequence: int | None) -> int:
        """How many more there are in a cell."""
        return sum(risk.cell == (likelihood, consequence) for risk in self.left_out)

    def lines(self, likelihood: int | None, consequence: int | None) -> int:
        """How many lines of dots, and of the number of those left out, there are in a cell."""
        dots = ceil(len(self.inside(likelihood, consequence)) / self.across)
        return dots + bool(self.more(likelihood, consequence))

    def row_height(self, likelihood: int | None) -> float:
        lines = max(self.lines(likelihood, one) for one in self.consequence.places)
        name = len(wrapped(self.likelihood.name(likelihood), _LEFT - 3))
        return max(_LOWEST_ROW, lines * _PITCH + 2, name * LEADING + 2)

    def left(self, consequence: int | None) -> float:
        place = self.consequence.places.index(consequence)
        return _LEFT + place * self.cell_width + _APART * (consequence is None)

    @cached_property
    def foot_lines(self) -> list[list[str]]:
        """Names of the steps of consequence, wrapped below their columns."""
        return [wrapped(self.consequence.name(step), self.cell_width - 1.5) for step in self.consequence.places]

    @cached_property
    def bottom(self) -> float:
        return _TOP + sum(map(self.row_height, self.rows)) + _APART * self.likelihood.has_unknown

    @cached_property
    def names(self) -> list[list[str]]:
        return [wrapped(risk.name, _LIST_COLUMN - _LIST_NUMBER - 3) for risk in self.risks]

    @cached_property
    def list_top(self) -> float:
        return self.bottom + (max(map(len, self.foot_lines)) + 1) * LEADING + 3

    @cached_property
    def halves(self) -> tuple[int, float]:
        """How many stand in the left column of the list, and how high the list is."""
        heights = [len(lines) * LEADING for lines in self.names]
        split = next(i for i in range(len(heights) + 1) if sum(heights[:i]) >= sum(heights[i:]))
        return split, max(sum(heights[:split]), sum(heights[split:]))


def risk_matrix(
    risks: Sequence[Risk],
    *,
    likelihood_steps: Sequence[str],
    consequence_steps: Sequence[str],
    title: str,
    units: tuple[str, str] = ("", ""),
    uncertain: str = "",
) -> Chart:
    """The risks as numbered dots in the cells of their steps, with the list of their names below.

    Args:
        risks: In the order of their numbers, which should be from the gravest: the last have no room first.
        likelihood_steps: From the least likely; steps of `Risk.likelihood` 1, 2, …
        consequence_steps: From the mildest.
        title: Of the picture.
        units: What likelihood and consequence are counted in.
        uncertain: Why some cells are uncertain, in a sentence.

    Raises:
        UsageError: A risk has a step that there is none of.
    """
    _check(risks, len(likelihood_steps), len(consequence_steps))
    likelihood = _Scale(tuple(likelihood_steps), any(risk.likelihood is None for risk in risks))
    consequence = _Scale(tuple(consequence_steps), any(risk.consequence is None for risk in risks))
    matrix, foot = _fitting(risks, likelihood, consequence, uncertain)
    with own_settings():
        sheet = _draw(matrix, foot, units)
    return Chart("riskmatris", title, " ".join([*_said(risks, matrix), *foot.notes]), sheet.figure)


def _check(risks: Sequence[Risk], likelihood: int, consequence: int) -> None:
    for risk in risks:
        for step, most in ((risk.likelihood, likelihood), (risk.consequence, consequence)):
            if step is not None and not 1 <= step <= most:
                raise UsageError(
                    say(
                        f"{risk.name} har steg {step}, men stegen går från 1 till {most}.",
                        f"{risk.name} has step {step}, but the steps go from 1 to {most}.",
                    )
                )


def _weight(risk: Risk, likelihood: _Scale, consequence: _Scale) -> float:
    """0 where both are lowest, 1 where both are highest, and below 0 where one is unknown."""
    if risk.likelihood is None or risk.consequence is None:
        return -1
    return round((likelihood.share(risk.likelihood) + consequence.share(risk.consequence)) / 2, 9)


def _level(risk: Risk, likelihood: _Scale, consequence: _Scale) -> int | None:
    """Which of the levels a cell has, from 0; None where a step is unknown."""
    weight = _weight(risk, likelihood, consequence)
    return None if weight < 0 else max(0, ceil(weight * len(_LEVELS)) - 1)


def _names_of_levels() -> tuple[str, ...]:
    return (
        say("låg risk", "low risk"),
        say("måttlig risk", "moderate risk"),
        say("hög risk", "high risk"),
        say("mycket hög risk", "very high risk"),
    )


def _fitting(ranked: Sequence[Risk], likelihood: _Scale, consequence: _Scale, uncertain: str) -> tuple[_Matrix, Foot]:
    """As many of the first as one page holds."""
    doubt = [f"?: {uncertain}"] if any(risk.is_uncertain for risk in ranked) else []

    def laid_out(count: int) -> tuple[_Matrix, Foot]:
        matrix = _Matrix(likelihood, consequence, tuple(ranked[:count]), tuple(ranked[count:]))
        return matrix, Foot(_key(likelihood, consequence), (*doubt, *_notes(ranked[count:])))

    def height(count: int) -> float:
        return _height(*laid_out(count))

    most = min(len(ranked), _MOST)
    return laid_out(max(0, bisect_right(range(most + 1), TALLEST, key=height) - 1))


def _height(matrix: _Matrix, foot: Foot) -> float:
    return matrix.list_top + matrix.halves[1] + 2 + foot.height + 1


def _notes(left_out: Sequence[Risk]) -> list[str]:
    """What the picture has no room for."""
    if not left_out:
        return []
    count = number(len(left_out))
    return [
        say(
            f"Ytterligare {count} har ingen plats i förteckningen; de räknas i sina rutor med ett plustecken.",
            f"Another {count} have no room in the list; they are counted in their cells with a plus sign.",
        )
    ]


def _key(likelihood: _Scale, consequence: _Scale) -> tuple[Entry, ...]:
    looks = list(zip(_LEVELS, _names_of_levels(), strict=True))
    if likelihood.has_unknown or consequence.has_unknown:
        looks.append((_UNKNOWN, say("okänd risk", "unknown risk")))
    return tuple((_swatch(look), name) for look, name in looks)


def _swatch(look: dict[str, Any]) -> Any:
    def draw(sheet: Sheet, left: float, right: float, y: float) -> None:
        sheet.box(left, y - 1.5, right, y + 1.5, **look)
        _outline(sheet, left, y - 1.5, right, y + 1.5)

    return draw


def _draw(matrix: _Matrix, foot: Foot, units: tuple[str, str]) -> Sheet:
    sheet = Sheet(_height(matrix, foot))
    likely, grave = (f", {unit}" if unit else "" for unit in units)
    sheet.text(1, 2.5, say(f"Sannolikhet{likely} ↑", f"Likelihood{likely} ↑"), colour=FAINT)
    y = _TOP
    for likelihood in matrix.rows:
        y += _APART * (likelihood is None)
        height = matrix.row_height(likelihood)
        name = wrapped(matrix.likelihood.name(likelihood), _LEFT - 3)
        sheet.lines(1, y + height / 2 - (len(name) - 1) * LEADING / 2, name)
        for consequence in matrix.consequence.places:
            _draw_cell(sheet, matrix, likelihood, consequence, y)
        y += height
    _draw_consequences(sheet, matrix, say(f"Konsekvens{grave} →", f"Consequence{grave} →"))
    _draw_list(sheet, matrix)
    foot.draw(sheet, matrix.list_top + matrix.halves[1] + 2)
    return sheet


def _draw_cell(sheet: Sheet, matrix: _Matrix, likelihood: int | None, consequence: int | None, top: float) -> None:
    left, bottom = matrix.left(consequence), top + matrix.row_height(likelihood)
    right = left + matrix.cell_width
    level = _level(Risk("", likelihood, consequence), matrix.likelihood, matrix.consequence)
    sheet.box(left, top, right, bottom, **(_UNKNOWN if level is None else _LEVELS[level]))
    _outline(sheet, left, top, right, bottom)
    y = (top + bottom) / 2 - (matrix.lines(likelihood, consequence) - 1) * _PITCH / 2
    inside = [matrix.number(one) for one in matrix.inside(likelihood, consequence)]
    y = _draw_dots(sheet, inside, matrix.across, (left + right) / 2, y)
    if more := matrix.more(likelihood, consequence):
        sheet.text((left + right) / 2, y, f"+{number(more)}", align="center", on_white=True)


def _draw_dots(sheet: Sheet, inside: Sequence[str], across: int, middle: float, y: float) -> float:
    """Numbered dots in lines about a middle; gives where the next line would be."""
    first = middle - (min(len(inside), across) - 1) * _PITCH / 2
    for place, one in enumerate(inside):
        x = first + place % across * _PITCH
        sheet.mark(x, y + place // across * _PITCH, "o", size=_DOT, fill="white", layer=2.8)
        sheet.text(x, y + place // across * _PITCH, one, align="center")
    return y + ceil(len(inside) / across) * _PITCH


def _draw_consequences(sheet: Sheet, matrix: _Matrix, axis: str) -> None:
    y = matrix.bottom + LEADING / 2 + 1
    for step, lines in zip(matrix.consequence.places, matrix.foot_lines, strict=True):
        sheet.lines(matrix.left(step) + matrix.cell_width / 2, y, lines, align="center")
    last = y + max(map(len, matrix.foot_lines)) * LEADING
    sheet.text(_RIGHT, last, axis, colour=FAINT, align="right")


def _draw_list(sheet: Sheet, matrix: _Matrix) -> None:
    split, _ = matrix.halves
    y = matrix.list_top + LEADING / 2
    for index, lines in enumerate(matrix.names):
        if index == split:
            y = matrix.list_top + LEADING / 2
        x = 1 + _LIST_COLUMN * (index >= split)
        sheet.text(x + _LIST_NUMBER - 2, y, str(index + 1), align="right")
        y = sheet.lines(x + _LIST_NUMBER, y, lines)


def _outline(sheet: Sheet, left: float, top: float, right: float, bottom: float) -> None:
    xs, ys = (left, right, right, left, left), (top, top, bottom, bottom, top)
    sheet.line(xs, ys, colour=FAINT, width=0.6, layer=2.2)


def _said(ranked: Sequence[Risk], matrix: _Matrix) -> list[str]:
    """What the picture says: how many at each level, and each cell that holds any."""
    levels = [_level(risk, matrix.likelihood, matrix.consequence) for risk in ranked]
    counts = [f"{name}: {number(levels.count(level))}" for level, name in enumerate(_names_of_levels())]
    if None in levels:
        counts.append(f"{say('okänd risk', 'unknown risk')}: {number(levels.count(None))}")
    said = [
        say(
            f"Riskmatris med {counted(len(ranked), 'risk', 'risker')}, sannolikhet uppåt och konsekvens åt höger.",
            f"Risk matrix of {counted(len(ranked), 'risk', 'risks')}, likelihood upwards and consequence to the right.",
        ),
        f"{', '.join(reversed(counts))}.".capitalize(),
    ]
    cells = product(matrix.rows, reversed(matrix.consequence.places))
    return [*said, *(_cell_said(matrix, *cell) for cell in cells if matrix.lines(*cell))]


def _cell_said(matrix: _Matrix, likelihood: int | None, consequence: int | None) -> str:
    named = [f"{matrix.number(one)} {matrix.risks[one - 1].name}" for one in matrix.inside(likelihood, consequence)]
    if more := matrix.more(likelihood, consequence):
        named.append(say(f"{number(more)} till", f"{number(more)} more"))
    names = "; ".join(named)
    steps = matrix.likelihood.name(likelihood), matrix.consequence.name(consequence)
    return say(
        f"Sannolikhet {steps[0]}, konsekvens {steps[1]}: {names}.",
        f"Likelihood {steps[0]}, consequence {steps[1]}: {names}.",
    )
