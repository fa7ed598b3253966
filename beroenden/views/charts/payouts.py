"""Payouts that should have come and have not, over time."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, log10
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import Outcome
from beroenden.incident.lagesbild.actors import OwnRun, own_runs
from beroenden.language import say
from beroenden.units.numbers import about, counted, number
from beroenden.units.times import time_in_words, time_zone
from beroenden.views.charts import axis
from beroenden.views.charts.axis import TimeAxis, beginning
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.sheet import FAINT, GRID, LEADING, Sheet, Sign, own_settings, width_of
from beroenden.views.signs import HARM

_RIGHT = 155.0
_PLOT = 55.0
_TICKS = 4
_FILL = "#f6d5cc"
_BAND: dict[str, Any] = {"fill": "none", "hatch": "\\\\\\\\", "hatch_colour": FAINT, "layer": 1.8}


@dataclass(frozen=True, slots=True)
class _Curve:
    """How many payouts are overdue: 0 before the first time, then each count from its time on."""

    times: tuple[int, ...]
    counts: tuple[int, ...]

    @property
    def peak(self) -> int:
        return max(self.counts, default=0)

    @property
    def lasts(self) -> bool:
        """Whether some are overdue still at the end."""
        return bool(self.counts) and self.counts[-1] > 0

    def at(self, time: int) -> int:
        index = bisect_right(self.times, time)
        return self.counts[index - 1] if index else 0


@dataclass(frozen=True, slots=True)
class _Band:
    """The curves between which the outcome lies when the length of the outage is uncertain."""

    name: str
    low: _Curve
    high: _Curve


def payouts_delayed(
    outcome: Outcome, actor: str, at: int, percentiles: Mapping[int, Outcome] | None = None
) -> Chart | None:
    """How many payouts are overdue over time; None when none ever is.

    Args:
        percentiles: The outcome at two or more percentiles of the outages' lengths; the outermost make a band.
    """
    curve = _curve(own_runs(outcome, actor))
    band = _band(actor, percentiles or {}, curve)
    if not curve.peak and not (band and band.high.peak):
        return None
    zone = time_zone(outcome.network.timezone)
    notes = _notes(own_runs(outcome, actor))
    with own_settings():
        sheet = _draw(outcome, curve, band, notes, at, zone)
    name = outcome.network.entity[actor].name
    title = say(
        f"Utbetalningar som skulle ha varit framme men inte är det: {name}",
        f"Payouts that should have come and have not: {name}",
    )
    return Chart("utbetalningar", title, " ".join([*_said(curve, band, zone), *notes]), sheet.figure)


def _curve(runs: Sequence[OwnRun]) -> _Curve:
    late = [run for run in runs if run.late and run.run.payment.count is not None]
    changes = {one.planned for run in late for one in run.late}
    changes |= {one.completed for run in late for one in run.late if one.completed is not None}
    times = tuple(sorted(changes))
    return _Curve(times, tuple(sum(run.recipients_overdue_at(time) or 0 for run in late) for time in times))


def _band(actor: str, percentiles: Mapping[int, Outcome], curve: _Curve) -> _Band | None:
    """The band; None where nothing of it would be seen beside the curve."""
    if len(percentiles) < 2:
        return None
    least, most = min(percentiles), max(percentiles)
    low, high = (_curve(own_runs(percentiles[one], actor)) for one in (least, most))
    return None if low == high == curve else _Band(f"P{least}–P{most}", low, high)


def _notes(runs: Sequence[OwnRun]) -> list[str]:
    """What the picture cannot count."""
    unknown = sum(1 for run in runs if run.late and run.run.payment.count is None)
    if not unknown:
        return []
    late = counted(unknown, say("sen betalning", "late payment"), say("sena betalningar", "late payments"))
    return [
        say(
            f"Ingår inte: {late} av okänt antal.",
            f"Not counted: {late} of unknown size.",
        )
    ]


def _draw(outcome: Outcome, curve: _Curve, band: _Band | None, notes: Sequence[str], at: int, zone: ZoneInfo) -> Sheet:
    curves = [curve, *((band.low, band.high) if band else ())]
    times = [time for one in curves for time in one.times]
    start = beginning(outcome, at, times)
    end = axis.reach(start, at, times, outcome.end, any(one.lasts for one in curves))
    ticks = _ticks(max(one.peak for one in curves))
    left = max(width_of(number(tick)) for tick in ticks) + 4
    time_axis = TimeAxis(start, end, zone, left, _RIGHT)
    top = axis.TOP + LEADING
    bottom = top + _PLOT
    sheet = Sheet(bottom + time_axis.height + LEADING * (2 + len(notes)))
    time_axis.draw(sheet, axis.TOP, bottom)
    _draw_ticks(sheet, ticks, left, bottom)
    if band:
        _draw_band(sheet, time_axis, band, ticks[-1], bottom)
    _draw_curve(sheet, time_axis, curve, ticks[-1], bottom)
    time_axis.as_of(sheet, at, axis.TOP, bottom)
    _draw_peak(sheet, time_axis, curve, ticks[-1], bottom)
    foot = bottom + time_axis.height + LEADING / 2
    sheet.key(foot, [*(_key(sheet, band) if band else ()), *time_axis.key(sheet)])
    sheet.lines(1, foot + 1.5 * LEADING, notes, colour=FAINT)
    return sheet


def _ticks(peak: int) -> list[int]:
    """Round numbers from 0 to at least the peak."""
    rough = max(peak, 1) / _TICKS
    power = 10 ** max(0, ceil(log10(rough)) - 1)
    step = next(one * power for one in (1, 2, 5, 10) if one * power >= rough)
    return [step * index for index in range(ceil(peak / step) + 1)] if peak else [0, 1]


def _draw_ticks(sheet: Sheet, ticks: Sequence[int], left: float, bottom: float) -> None:
    for tick in ticks:
        y = bottom - _PLOT * tick / ticks[-1]
        sheet.text(left - 2, y, number(tick), colour=FAINT, align="right")
        if tick:
            sheet.line((left, _RIGHT), (y, y), colour=GRID, width=0.5, layer=1)


def _stairs(time_axis: TimeAxis, curve: _Curve, full: int, bottom: float) -> list[tuple[float, float]]:
    """The curve as points, from edge to edge."""
    edges = (time_axis.start, *(time for time in curve.times if time < time_axis.end), time_axis.end)
    points = []
    for since, to in pairwise(edges):
        y = bottom - _PLOT * curve.at(since) / full
        points += [(time_axis.x(since), y), (time_axis.x(to), y)]
    return points


def _draw_curve(sheet: Sheet, time_axis: TimeAxis, curve: _Curve, full: int, bottom: float) -> None:
    points = _stairs(time_axis, curve, full, bottom)
    sheet.area(((time_axis.left, bottom), *points, (time_axis.right, bottom)), fill=_FILL, layer=1.5)
    sheet.line([x for x, _ in points], [y for _, y in points], colour=HARM, width=1.6)
    if curve.lasts:
        sheet.arrow(*points[-1], colour=HARM)


def _draw_band(sheet: Sheet, time_axis: TimeAxis, band: _Band, full: int, bottom: float) -> None:
    low, high = (_stairs(time_axis, one, full, bottom) for one in (band.low, band.high))
    sheet.area((*high, *reversed(low)), **_BAND)
    sheet.line([x for x, _ in high], [y for _, y in high], colour=FAINT, width=0.8, style="--")


def _draw_peak(sheet: Sheet, time_axis: TimeAxis, curve: _Curve, full: int, bottom: float) -> None:
    """The greatest number, at the place where it is reached."""
    if not curve.peak:
        return
    text = say(f"som mest {about(curve.peak)}", f"at most {about(curve.peak)}")
    x = time_axis.x(curve.times[curve.counts.index(curve.peak)])
    y = bottom - _PLOT * curve.peak / full - 0.7 * LEADING
    if x + width_of(text) > time_axis.right - 3:
        sheet.text(time_axis.right - 3, y, text, align="right", on_white=True)
    else:
        sheet.text(x, y, text, on_white=True)


def _key(sheet: Sheet, band: _Band) -> list[tuple[Sign, str]]:
    """What the line and the band mean."""

    def computed(left: float, right: float, y: float) -> None:
        sheet.line((left, right), (y, y), colour=HARM, width=1.6)

    def between(left: float, right: float, y: float) -> None:
        sheet.box(left, y - 1.5, right, y + 1.5, **_BAND)

    name = say(f"{band.name} av avbrottets längd", f"{band.name} of the outage's length")
    return [(computed, say("beräknat", "computed")), (between, name)]


def _payouts(count: int) -> str:
    """So many that are delayed, as an estimate says it."""
    if count == 1:
        return say("1 utbetalning försenad", "1 payout is delayed")
    return say(f"{about(count)} utbetalningar försenade", f"{about(count)} payouts are delayed")


def _said(curve: _Curve, band: _Band | None, zone: ZoneInfo) -> list[str]:
    """What the picture says: how many at most, since when, and until when some are."""
    said = []
    if curve.peak:
        since = time_in_words(curve.times[curve.counts.index(curve.peak)], zone)
        first, last = time_in_words(curve.times[0], zone), time_in_words(curve.times[-1], zone)
        said.append(
            say(
                f"Som mest är {_payouts(curve.peak)}, från {since}.",
                f"At most {_payouts(curve.peak)}, from {since}.",
            )
        )
        said.append(
            say(f"De första är försenade {first}, ", f"The first are delayed {first}, ")
            + (
                say("och en del är inte framme inom perioden.", "and some have not come within the time looked at.")
                if curve.lasts
                else say(f"och alla är framme {last}.", f"and all have come {last}.")
            )
        )
    if band:
        low, high = about(band.low.peak), about(band.high.peak)
        said.append(
            say(
                f"{band.name} av avbrottets längd ger som mest {low} respektive {high}.",
                f"{band.name} of the outage's length gives at most {low} and {high}.",
            )
        )
    return said
