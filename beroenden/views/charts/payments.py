"""An actor's payments on a time axis: planned, completed, late, and until when each can still be saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beroenden.analysis.lateness import faulty_part_words
from beroenden.analysis.words import payments_in_words
from beroenden.consequences.outcome import BranchImpact, Outcome
from beroenden.incident.lagesbild.actors import OwnRun, own_runs
from beroenden.language import say
from beroenden.model.network import WITHHELD, Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, counted, percent
from beroenden.units.times import brief_date, table_time, time_in_words, time_zone
from beroenden.views.charts import axis
from beroenden.views.charts.axis import TimeAxis, beginning
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.sheet import BLUE, FAINT, LEADING, TALLEST, Sheet, Sign, own_settings, unbroken, wrapped
from beroenden.views.signs import HARM

_LEFT, _RIGHT = 62.0, 146.0
_GAP = 3.5
_ROW = 4.2
_KEY = 2 * LEADING
_COLUMN = _LEFT - 5
_NAMED = 2


@dataclass(frozen=True, slots=True)
class _Group:
    """Branches that are planned and completed together; `completed` is None: not by the end."""

    planned: int
    completed: int | None
    share: float

    @property
    def is_late(self) -> bool:
        return self.completed is None or self.completed > self.planned


@dataclass(frozen=True, slots=True)
class _Lane:
    """One run: what stands beside it, and a row for each group of its branches."""

    name: tuple[str, ...]
    about: tuple[str, ...]
    groups: tuple[_Group, ...]
    latest_recovery: int | None

    @property
    def height(self) -> float:
        return max((len(self.name) + len(self.about)) * LEADING, len(self.groups) * _ROW) + _GAP


def payments_on_axis(outcome: Outcome, actor: str, at: int) -> Chart | None:
    """An actor's runs that are late or can still be saved; None when there are none."""
    runs = [one for one in own_runs(outcome, actor) if one.late or one.run.latest_recovery is not None]
    if not runs:
        return None
    zone = time_zone(outcome.network.timezone)
    runs = sorted(runs, key=lambda one: (not one.late, one.planned))
    lanes = [_lane(outcome.network, one, zone) for one in runs]
    fitting = _count_that_fits(lanes)
    notes = _notes(runs[fitting:])
    # What does not fit is what is least urgent, but what is shown stands in the order of time.
    shown = sorted(range(fitting), key=lambda index: runs[index].planned)
    with own_settings():
        sheet = _draw(outcome, [lanes[index] for index in shown], notes, at, zone)
    name = outcome.network.entity[actor].name
    title = say(
        f"Betalningar som berör {name}, planerat och beräknat", f"Payments that concern {name}, planned and computed"
    )
    return Chart("betalningar", title, " ".join([*_said(outcome.network, runs, zone), *notes]), sheet.figure)


def _lane(network: Network, run: OwnRun, zone: ZoneInfo) -> _Lane:
    name = f"{run.run.payment.name}, {unbroken(brief_date(run.run.day))}"
    about = _fate(network, run)
    if run.run.latest_recovery is not None:
        about += f" {unbroken(f'▼ {table_time(run.run.latest_recovery, zone)}')}"
    lines = tuple(wrapped(about, _COLUMN))
    return _Lane(tuple(wrapped(name, _COLUMN)), lines, _groups(run), run.run.latest_recovery)


def _fate(network: Network, run: OwnRun) -> str:
    """How it goes, in a few words: in time, or how many are late by how long, and whose."""
    if not run.late:
        return say("i tid", "in time")
    many = run.recipients_late
    size = say("sen", "late") if many is None else say(f"{about(many)} sena", f"{about(many)} late")
    if run.worst.delay is None:
        late_by = say("inte framme", "not there")
    else:
        up_to = say("upp till ", "up to ") if len({one.delay for one in run.late}) > 1 else ""
        late_by = up_to + unbroken(duration_in_words(run.worst.delay))
    return ", ".join(filter(None, (size, late_by, _whose(network, run))))


def _whose(network: Network, run: OwnRun) -> str:
    """Which banks' recipients and which part of the file are late; nothing when it is all that concerns the actor."""
    late = [network.entity[one.bank].name for one in run.late if one.bank is not None]
    in_time = [network.entity[one.bank].name for one in run.branches if one.bank is not None and not one.is_late]
    if not in_time:
        return ""
    is_named = WITHHELD not in {one.bank for one in run.branches}
    banks = _banks(late, in_time) if is_named else say("vissa banker", "some banks")
    return ", ".join([*([banks] if late else []), *([faulty_part_words()] if run.is_late_by_fault else [])])


def _banks(late: Sequence[str], in_time: Sequence[str]) -> str:
    """The names of the banks whose recipients are late, in few words."""
    if len(late) <= _NAMED:
        return ", ".join(late)
    if len(in_time) <= _NAMED:
        names = ", ".join(in_time)
        return say(f"alla banker utom {names}", f"all banks but {names}")
    return say(f"{len(late)} av {len(late) + len(in_time)} banker", f"{len(late)} of {len(late) + len(in_time)} banks")


def _groups(run: OwnRun) -> tuple[_Group, ...]:
    """The branches that come together as one; a run that is wholly in time is one, at its last branch."""
    if not run.late:
        return (_Group(run.planned, run.planned, 1),)
    rows: dict[tuple[int, int | None] | None, list[BranchImpact]] = {}
    for branch in sorted(run.branches, key=lambda one: (one.is_late, one.completed or run.end, one.planned)):
        rows.setdefault((branch.planned, branch.completed) if branch.is_late else None, []).append(branch)
    return tuple(_group(branches) for branches in rows.values())


def _group(branches: Sequence[BranchImpact]) -> _Group:
    last = branches[-1]
    return _Group(last.planned, last.completed, sum(one.share for one in branches))


def _count_that_fits(lanes: Sequence[_Lane]) -> int:
    left = TALLEST - axis.TOP - axis.HEIGHT - _KEY - 2 * LEADING
    for count, lane in enumerate(lanes):
        left -= lane.height
        if left < 0:
            return count
    return len(lanes)


def _notes(runs: Sequence[OwnRun]) -> list[str]:
    """What the picture has no room for."""
    late = sum(bool(one.late) for one in runs)
    others = len(runs) - late
    notes = []
    if late:
        many = counted(late, say("sen betalning", "late payment"), say("sena betalningar", "late payments"))
        notes.append(
            say(
                f"Ytterligare {many} ryms inte i bilden.",
                f"There is no room in the picture for another {many}.",
            )
        )
    if others:
        notes.append(
            say(
                f"Ytterligare {payments_in_words(others)} i tid ryms inte i bilden.",
                f"There is no room in the picture for another {payments_in_words(others)} in time.",
            )
        )
    return notes


def _draw(outcome: Outcome, lanes: Sequence[_Lane], notes: Sequence[str], at: int, zone: ZoneInfo) -> Sheet:
    groups = [group for lane in lanes for group in lane.groups]
    times = [time for group in groups for time in (group.planned, group.completed) if time is not None]
    is_open = any(group.completed is None for group in groups)
    start = beginning(outcome, at, times)
    time_axis = TimeAxis(start, axis.reach(start, at, times, outcome.end, is_open), zone, _LEFT, _RIGHT)
    bottom = axis.TOP + sum(lane.height for lane in lanes)
    sheet = Sheet(bottom + time_axis.height + _KEY + LEADING * len(notes))
    time_axis.draw(sheet, axis.TOP, bottom)
    y = axis.TOP + _GAP / 2
    for lane in lanes:
        _draw_lane(sheet, time_axis, lane, y)
        y += lane.height
    time_axis.as_of(sheet, at, axis.TOP, bottom)
    sheet.key(bottom + time_axis.height + LEADING / 2, [*_key(sheet, lanes), *time_axis.key(sheet)])
    sheet.lines(1, bottom + time_axis.height + _KEY, notes, colour=FAINT)
    return sheet


def _draw_lane(sheet: Sheet, time_axis: TimeAxis, lane: _Lane, top: float) -> None:
    y = sheet.lines(1, top + LEADING / 2, lane.name)
    sheet.lines(1, y, lane.about, colour=FAINT)
    if lane.latest_recovery is not None:
        foot = top + len(lane.groups) * _ROW
        sheet.stop_mark(time_axis.x(lane.latest_recovery), top + 0.6, foot)
    for row, group in enumerate(lane.groups):
        _draw_group(sheet, time_axis, group, top + _ROW * (row + 0.5))


def _draw_group(sheet: Sheet, time_axis: TimeAxis, group: _Group, y: float) -> None:
    planned = time_axis.x(group.planned)
    last = time_axis.right if group.completed is None else time_axis.x(group.completed)
    if group.is_late:
        _draw_delay(sheet, planned, last, y)
        _draw_planned(sheet, planned, y)
    if group.completed is None:
        sheet.arrow(last, y, colour=HARM)
    else:
        sheet.mark(last, y, "o")
    if group.share < 1:
        sheet.text(last + 2, y, percent(group.share), colour=FAINT)


def _key(sheet: Sheet, lanes: Sequence[_Lane]) -> list[tuple[Sign, str]]:
    """What the marks in the picture mean."""
    groups = [group for lane in lanes for group in lane.groups]
    is_late = any(group.is_late for group in groups)
    entries: list[tuple[bool, Sign, str]] = [
        (is_late, lambda left, right, y: _draw_planned(sheet, (left + right) / 2, y), say("planerad", "planned")),
        (True, lambda left, right, y: sheet.mark((left + right) / 2, y, "o"), say("framme", "there")),
        (is_late, lambda left, right, y: _draw_delay(sheet, left, right, y), say("försening", "delay")),
        (
            any(group.completed is None for group in groups),
            lambda left, right, y: sheet.arrow(right - 1, y, colour=HARM),
            say("inte framme", "not there"),
        ),
        (
            any(lane.latest_recovery is not None for lane in lanes),
            lambda left, right, y: sheet.mark((left + right) / 2, y, "v", fill=BLUE, edge=BLUE),
            say("senaste återställning", "latest recovery"),
        ),
    ]
    return [(sign, text) for is_there, sign, text in entries if is_there]


def _draw_planned(sheet: Sheet, x: float, y: float) -> None:
    sheet.mark(x, y, "o", fill="white")


def _draw_delay(sheet: Sheet, left: float, right: float, y: float) -> None:
    sheet.box(left, y - 0.7, right, y + 0.7, fill=HARM)


def _said(network: Network, runs: Sequence[OwnRun], zone: ZoneInfo) -> list[str]:
    """What the picture says: how many are late, each with its size and delay, and the first deadline."""
    late = [one for one in runs if one.late]
    others = len(runs) - len(late)
    said = [say(f"Sena betalningar: {len(late)}.", f"Late payments: {len(late)}.")]
    for one in late:
        planned = time_in_words(one.late_planned, zone)
        said.append(f"{one.run.payment.name}, {say('planerad', 'planned')} {planned}: {_fate(network, one)}.")
    if any(one.late_completed is None for one in late):
        end = time_in_words(runs[0].end, zone)
        said.append(say(f"Inte framme betyder inte framme före {end}.", f"Not there means not there before {end}."))
    if others:
        said.append(
            say(
                f"I tid, men med en tidsfrist för återställning: {others}.",
                f"In time, but with a deadline for recovery: {others}.",
            )
        )
    deadlines = [one.run.latest_recovery for one in runs if one.run.latest_recovery is not None]
    if deadlines:
        first = time_in_words(min(deadlines), zone)
        said.append(say(f"Den första tidsfristen är {first}.", f"The first deadline is {first}."))
    return said
