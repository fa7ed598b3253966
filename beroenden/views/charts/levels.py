"""How the capacity of an actor's own entities develops, with what is out on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import EntityImpact, Outcome
from beroenden.engine.steps import Steps
from beroenden.incident.lagesbild.actors import own_entities
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.model.scenario import Outage
from beroenden.units.numbers import number, percent
from beroenden.units.times import table_time, time_in_words, time_zone
from beroenden.views.charts import axis
from beroenden.views.charts.axis import TimeAxis, beginning
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.sheet import (
    FAINT,
    GREY,
    INK,
    LEADING,
    TALLEST,
    Sheet,
    Sign,
    own_settings,
    unbroken,
    wrapped,
)
from beroenden.views.signs import HARM

_LEFT, _RIGHT = 58.0, 148.0
_GAP = 4.0
_LANE = 7.0
_MOST_OUTAGES = 6
_HAD = "#cfdbe8"
_LOSS: dict[str, Any] = {"fill": "#f6d5cc", "hatch": "/////", "hatch_colour": HARM}


@dataclass(frozen=True, slots=True)
class _Lane:
    """One level over time, with what stands beside it; `lasts`: below 1 still at the end."""

    name: tuple[str, ...]
    about: tuple[str, ...]
    steps: Steps
    is_own: bool
    lasts: bool

    @property
    def height(self) -> float:
        return max(_LANE, (len(self.name) + len(self.about)) * LEADING) + _GAP


def levels_over_time(outcome: Outcome, actor: str, at: int) -> Chart | None:
    """The levels of the entities that an actor answers for and that are harmed; None when none is."""
    own = sorted(own_entities(outcome, actor), key=lambda one: one.degraded_from or 0)
    if not own:
        return None
    zone = time_zone(outcome.network.timezone)
    outages = _outages(outcome, own)
    lanes = [_outage_lane(outcome, outage, zone) for outage in outages[:_MOST_OUTAGES]]
    lanes += [_own_lane(one, outcome.end, zone) for one in own]
    shown = _that_fit(lanes)
    notes = _notes(len(outages) - _MOST_OUTAGES, len(lanes) - len(shown))
    with own_settings():
        sheet = _draw(outcome, shown, notes, at, zone)
    name = outcome.network.entity[actor].name
    title = say(f"Förmåga över tid i det som {name} svarar för", f"Capacity over time of what {name} answers for")
    return Chart("nivaer", title, " ".join([_said(outcome, outages, own, zone), *notes]), sheet.figure)


def _outages(outcome: Outcome, own: Sequence[EntityImpact]) -> list[Outage]:
    """What is given as out, and planned events that the harm comes from; what is the actor's own has a lane anyway."""
    causes = {one.because[-1].entity for one in own if one.because}
    causes |= {outage.entity for outage in outcome.scenario.outages if outage.entity}
    causes -= {one.entity.id for one in own}
    return [outage for outage in outcome.outages if outage.entity in causes and outage.entity != WITHHELD]


def _outage_lane(outcome: Outcome, outage: Outage, zone: ZoneInfo) -> _Lane:
    left = say(f" ({percent(outage.remaining)} kvar)", f" ({percent(outage.remaining)} left)")
    name = say("Ute: ", "Out: ") + outcome.network.entity[outage.entity or ""].name + left * bool(outage.remaining)
    times = (outage.start,) if outage.end is None else (outage.start, outage.end)
    lasts = outage.end is None or outage.end > outcome.end
    steps = Steps(times, (outage.remaining, 1.0)[: len(times)])
    return _Lane(_column(name), _column(_period(outage.start, outage.end, zone)), steps, False, lasts)


def _own_lane(impact: EntityImpact, end: int, zone: ZoneInfo) -> _Lane:
    about = f"{_state(impact, end)} {_period(impact.degraded_from or 0, impact.restored, zone)}"
    return _Lane(_column(impact.entity.name), _column(about), impact.steps, True, impact.restored is None)


def _column(text: str) -> tuple[str, ...]:
    return tuple(wrapped(text, _LEFT - 4))


def _state(impact: EntityImpact, end: int) -> str:
    worst = min(impact.steps.values)
    if worst <= 0:
        is_steady = impact.steps.is_even(impact.degraded_from or 0, impact.restored or end)
        return say("nere", "down") if is_steady else say("tidvis nere", "down at times")
    return say(f"som lägst {percent(worst)}", f"down to {percent(worst)}")


def _period(start: int, end: int | None, zone: ZoneInfo) -> str:
    """From when to when, as short as a label must be."""
    since = unbroken(table_time(start, zone))
    if end is None:
        return say(f"från {since} perioden ut", f"from {since} to the end of the period")
    day, clock = table_time(end, zone).rsplit(" ", 1)
    if since.startswith(unbroken(day)):
        return f"{since}–{clock}"
    return f"{since} – {unbroken(f'{day} {clock}')}"


def _that_fit(lanes: Sequence[_Lane]) -> list[_Lane]:
    left = TALLEST - axis.TOP - axis.HEIGHT - 3 * LEADING
    shown = []
    for lane in lanes:
        left -= lane.height
        if left < 0:
            break
        shown.append(lane)
    return shown


def _notes(outages: int, entities: int) -> list[str]:
    """What the picture has no room for."""
    notes = []
    if outages > 0:
        notes.append(say(f"Ytterligare {number(outages)} är ute.", f"Another {number(outages)} are out."))
    if entities > 0:
        notes.append(
            say(
                f"Ytterligare {number(entities)} egna är nedsatta men ryms inte i bilden.",
                f"Another {number(entities)} of its own are degraded but do not fit in the picture.",
            )
        )
    return notes


def _draw(outcome: Outcome, lanes: Sequence[_Lane], notes: Sequence[str], at: int, zone: ZoneInfo) -> Sheet:
    times = [time for lane in lanes for time in lane.steps.times]
    fell = [time for lane in lanes for time in lane.steps.times[:1]]
    start = beginning(outcome, at, fell)
    end = axis.reach(start, at, times, outcome.end, any(lane.lasts for lane in lanes))
    time_axis = TimeAxis(start, end, zone, _LEFT, _RIGHT)
    bottom = axis.TOP + sum(lane.height for lane in lanes)
    sheet = Sheet(bottom + time_axis.height + LEADING * (2 + len(notes)))
    time_axis.draw(sheet, axis.TOP, bottom)
    y = axis.TOP
    for lane in lanes:
        _draw_lane(sheet, time_axis, lane, y + _GAP / 2)
        y += lane.height
    first = next((lane for lane in lanes if lane.is_own), None)
    if first:
        _draw_scale(sheet, axis.TOP + sum(lane.height for lane in lanes[: lanes.index(first)]) + _GAP / 2)
    time_axis.as_of(sheet, at, axis.TOP, bottom)
    foot = bottom + time_axis.height + LEADING / 2
    sheet.key(foot, [*_key(sheet), *time_axis.key(sheet)])
    sheet.lines(1, foot + 1.5 * LEADING, notes, colour=FAINT)
    return sheet


def _draw_lane(sheet: Sheet, time_axis: TimeAxis, lane: _Lane, top: float) -> None:
    y = sheet.lines(1, top + LEADING / 2, lane.name)
    sheet.lines(1, y, lane.about, colour=FAINT)
    floor = top + _LANE
    line: list[tuple[float, float]] = []
    for since, to, level in lane.steps.pieces(time_axis.start, time_axis.end):
        left, right, height = time_axis.x(since), time_axis.x(to), floor - _LANE * level
        line += [(left, height), (right, height)]
        if lane.is_own and level > 0:
            sheet.box(left, height, right, floor, fill=_HAD)
        if lane.is_own and level < 1:
            sheet.box(left, top, right, height, **_LOSS)
        if not lane.is_own and level < 1:
            sheet.box(left, top, right, height, fill=GREY)
    if lane.is_own:
        sheet.line([x for x, _ in line], [y for _, y in line], colour=INK, width=1.2)
    if lane.lasts:
        sheet.arrow(time_axis.right, top + _LANE / 2, colour=HARM if lane.is_own else GREY)


def _key(sheet: Sheet) -> list[tuple[Sign, str]]:
    """What the fills mean."""

    def had(left: float, right: float, y: float) -> None:
        sheet.box(left, y - 1.5, right, y + 1.5, fill=_HAD)
        sheet.line((left, right), (y - 1.5, y - 1.5), width=1.2)

    def lost(left: float, right: float, y: float) -> None:
        sheet.box(left, y - 1.5, right, y + 1.5, **_LOSS)

    return [(had, say("förmåga kvar", "capacity left")), (lost, say("förlorad förmåga", "capacity lost"))]


def _draw_scale(sheet: Sheet, top: float) -> None:
    for level in (0, 1):
        sheet.text(_RIGHT + 1.5, top + _LANE * (1 - level), percent(level), colour=FAINT)


def _said(outcome: Outcome, outages: Sequence[Outage], own: Sequence[EntityImpact], zone: ZoneInfo) -> str:
    """What the picture says: what is out, and each of the actor's own with when and how deep."""
    names = outcome.network.entity
    out = [f"{names[one.entity or ''].name} {_long_period(one.start, one.end, zone)}" for one in outages]
    harm = [
        f"{one.entity.name}: {_state(one, outcome.end)}, {_long_period(one.degraded_from or 0, one.restored, zone)}"
        for one in own
    ]
    count = number(len(own))
    said = say(
        f"{count} av aktörens egna {'blir nedsatt' if len(own) == 1 else 'blir nedsatta'}.",
        f"{count} of the actor's own {'is' if len(own) == 1 else 'are'} degraded.",
    )
    told = [f"{say('Ute', 'Out')}: {'; '.join(out)}."] if out else []
    return " ".join([said, *told, "; ".join(harm) + "."])


def _long_period(start: int, end: int | None, zone: ZoneInfo) -> str:
    since = time_in_words(start, zone)
    if end is None:
        return say(
            f"från {since}, inte återställt inom perioden", f"from {since}, not restored within the time looked at"
        )
    until = time_in_words(end, zone)
    return say(f"från {since} till {until}", f"from {since} to {until}")
