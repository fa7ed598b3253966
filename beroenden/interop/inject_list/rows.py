"""A row of the list as the values of an inject."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.exercise.exercise import Exercise, Inject, Stage
from beroenden.interop.inject_list.cells import is_reduced, read_actor, read_number, read_text, read_word, soft
from beroenden.interop.inject_list.columns import COLUMN, COLUMNS, Column
from beroenden.interop.inject_list.moments import local_time, read_elapsed, read_moment
from beroenden.interop.inject_list.table import Row, nothing_is_computed
from beroenden.interop.inject_list.version import NAME, Stamp, read_stamp
from beroenden.interop.sheets import CellPlace, Faulty, Value
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import instant, local, time_zone

_TIMES = ("t_plus", "speltid")


@dataclass(frozen=True)
class Known:
    """What the list is read against."""

    exercise: Exercise
    network: Network

    @cached_property
    def earlier(self) -> dict[int, Inject]:
        """The exercise's injects by number."""
        return {one.number: one for one in self.exercise.injects}

    @cached_property
    def stages(self) -> dict[int, Stage]:
        """The exercise's stages by number."""
        return {one.number: one for one in self.exercise.stages}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of every local time."""
        return time_zone(self.network.timezone)


@dataclass(frozen=True)
class Draft:
    """A row that has been read.

    Attributes:
        number: None where it is missing, faulty or another row's.
        values: What could be read, by the attributes of `Inject`.
        play: What each of t_plus and speltid says of when it is given.
    """

    row: Row
    number: int | None
    known: Known
    values: dict[str, Any] = field(default_factory=dict)
    play: dict[str, int] = field(default_factory=dict)

    @property
    def earlier(self) -> Inject | None:
        """The exercise's own inject of that number."""
        return None if self.number is None else self.known.earlier.get(self.number)

    @property
    def stamp(self) -> Stamp | None:
        """Which exercise the row was written of, and when the inject was to be given then; None where that is not told."""
        return stamp_of(self.row)

    @property
    def stage(self) -> Stage | None:
        """The stage that the row names."""
        return self.known.stages.get(self.values.get("stage", 0))

    @property
    def changed_of_play(self) -> str:
        """The column by which a person changed when or in which stage it is given; the first that tells when, if none was."""
        earlier, zone = self.earlier, self.known.zone
        if earlier is not None:
            was = local_time(earlier.play, zone)
            changed = [name for name, time in self.play.items() if local_time(time, zone) != was]
            if changed:
                return changed[0]
            if self.values.get("stage") != earlier.stage:
                return "skede"
        return next(iter(self.play), _TIMES[0])

    def inject(self) -> Inject | None:
        """The inject; None where a value could not be read."""
        wanted = {column.attribute for column in COLUMNS}
        if self.number is None or wanted - {"number"} - set(self.values):
            return None
        evidence = self.earlier.evidence if self.earlier else None
        return Inject(**{**self.values, "number": self.number, "evidence": evidence})


def stamp_of(row: Row) -> Stamp | None:
    """What a row tells of the exercise that it was written of."""
    value = row.cells.get(NAME)
    return read_stamp(value) if isinstance(value, str) else None


def read_row(row: Row, number: int | None, known: Known) -> Draft:
    """Read every cell of a row; each fault is told, and its value left out."""
    nothing_is_computed(row)
    draft = Draft(row, number, known)
    for column in COLUMNS:
        if column.name != "nr" and column.name not in _TIMES:
            _read_cell(draft, column)
    _what_was_given_is_played(draft)
    play = _play(draft)
    if play is not None:
        draft.values["play"] = play
    if "time" in draft.values and draft.values["time"] is None:
        _fill_in_time(draft)
    return draft


def _read_cell(draft: Draft, column: Column) -> None:
    row = draft.row
    if not row.table.has(column.name):
        draft.values[column.attribute] = _without_column(draft, column)
        return
    value = row.cells.get(column.name)
    if isinstance(value, Faulty):
        return
    if not row.has(column.name) and (column.is_mandatory or column.holds != "text"):
        if column.is_mandatory:
            _must_be_filled(row.at(column.name))
        else:
            draft.values[column.attribute] = _of_empty(draft, column)
        return
    found = _READERS[column.holds]("" if value is None else value, row.at(column.name), draft, column)
    if found is not None:
        draft.values[column.attribute] = found


def _what_was_given_is_played(draft: Draft) -> None:
    """An inject with a new time at which it was given has been played, whatever its status was."""
    earlier, given = draft.earlier.played if draft.earlier else None, draft.values.get("played")
    if given is None or given == earlier or draft.values.get("status") not in ("utkast", "godkänd"):
        return
    draft.values["status"] = "spelat"
    message = say("inspelet är givet; status blir spelat", "the inject was given; its status becomes spelat")
    draft.row.at("spelat_kl").info("B984", message)


def _must_be_filled(place: CellPlace) -> None:
    place.error("B960", say("cellen är tom men måste fyllas i", "the cell is empty but must be filled"))


def _without_column(draft: Draft, column: Column) -> Any:
    """What an inject has in a column that the list lacks."""
    return getattr(draft.earlier, column.attribute) if draft.earlier else _of_empty(draft, column)


def _of_empty(draft: Draft, column: Column) -> Any:
    """What an empty cell means; a label is never taken away."""
    if column.name == "tlp":
        return draft.earlier.tlp if draft.earlier else draft.known.exercise.tlp
    if column.name == "status":
        return "utkast"
    return "" if column.holds == "text" else None


def _number(value: Value, place: CellPlace, draft: Draft, column: Column) -> int | None:
    return read_number(value, place)


def _word(value: Value, place: CellPlace, draft: Draft, column: Column) -> str | None:
    return read_word(value, place, column)


def _actor(value: Value, place: CellPlace, draft: Draft, column: Column) -> str | None:
    return read_actor(value, place, draft.known.exercise, draft.known.network)


def _text(value: Value, place: CellPlace, draft: Draft, column: Column) -> str | None:
    """A text; where the file has lost characters and nothing else, or its hard spaces were retyped, the exercise's own."""
    text = read_text(value, place)
    own = getattr(draft.earlier, column.attribute) if draft.earlier else ""
    is_same = soft(text) == soft(own) or (draft.row.table.is_western and is_reduced(text, own))
    return own if is_same else text


def _moment(value: Value, place: CellPlace, draft: Draft, column: Column) -> int | None:
    """A clock time alone is of the stage's day: of play, or of the scenario (of the inject's own, where it has one)."""
    stage, zone = draft.stage or draft.known.exercise.stages[0], draft.known.zone
    earlier = getattr(draft.earlier, column.attribute) if draft.earlier else None
    on = stage.play
    if column.name == "scenariotid":
        on = stage.since if earlier is None else earlier
    return read_moment(value, place, zone, local(on, zone).date(), earlier)


_READERS: dict[str, Callable[[Value, CellPlace, Draft, Column], Any]] = {
    "number": _number,
    "word": _word,
    "actor": _actor,
    "text": _text,
    "moment": _moment,
}


def _play(draft: Draft) -> int | None:
    """When it is given: as t_plus and speltid say; where they differ, the one that was changed counts."""
    filled, zone = [name for name in _TIMES if draft.row.has(name)], draft.known.zone
    if not filled:
        return _without_time(draft)
    for name in filled:
        time = _play_of(draft, name)
        if time is not None:
            draft.play[name] = time
    if len(draft.play) < len(filled):
        return None
    if draft.stamp is not None:
        _follow(draft, draft.stamp)
    times = list(draft.play.values())
    if local_time(times[0], zone) == local_time(times[-1], zone) or draft.number is None:
        return times[0]
    changed = [time for time in times if draft.earlier is None or time != draft.earlier.play]
    if len(changed) == 1:
        return changed[0]
    _disagree(draft.row.at("speltid"), times[1] - times[0])
    return None


def _follow(draft: Draft, stamp: Stamp) -> None:
    """Take the times of a row as they were meant when it was written: what was not changed then is as the exercise has it now."""
    start, zone = draft.known.exercise.play_start, draft.known.zone
    was = {"t_plus": start + stamp.elapsed, "speltid": instant(stamp.play, zone)}
    moved = start + stamp.elapsed - was["speltid"]
    untouched = [name for name, time in draft.play.items() if local_time(time, zone) == local_time(was[name], zone)]
    if len(untouched) == len(draft.play):
        now = was["t_plus"] if draft.earlier is None else draft.earlier.play
        draft.play.update(dict.fromkeys(draft.play, now))
    elif untouched:  # the one that was changed counts
        draft.play.pop(untouched[0])
    if "speltid" in draft.play and "speltid" not in untouched:
        _on_the_clock_now(draft, moved)


def _on_the_clock_now(draft: Draft, moved: int) -> None:
    """A speltid that was changed is of the clock on the wall as it was then, unless that would be outside the play."""
    then, stages = draft.play["speltid"] + moved, draft.known.exercise.stages
    if draft.play["speltid"] != draft.play.get("t_plus") and stages[0].play <= then <= stages[-1].play_until:
        draft.play["speltid"] = then


def _play_of(draft: Draft, name: str) -> int | None:
    """When it is given, as one of the two columns says."""
    value = draft.row.cells[name]
    if isinstance(value, Faulty):
        return None
    if name == "speltid":
        return _moment(value, draft.row.at(name), draft, COLUMN[name])
    elapsed = read_elapsed(value, draft.row.at(name))
    return None if elapsed is None else draft.known.exercise.play_start + elapsed


def _without_time(draft: Draft) -> int | None:
    """A list without both columns keeps the exercise's times; a cell that is there must be filled, and a new inject have one."""
    row = draft.row
    column = next((name for name in _TIMES if row.table.has(name)), None)
    if column is not None:
        _must_be_filled(row.at(column))
    elif draft.earlier is not None:
        return draft.earlier.play
    elif draft.number is not None:
        message = say(
            f"inspel {draft.number} är nytt och saknar tid; lägg till kolumnen t_plus eller speltid",
            f"inject {draft.number} is new and has no time; add the column t_plus or speltid",
        )
        row.at().error("B960", message)
    return None


def _disagree(place: CellPlace, minutes: int) -> None:
    message = say(
        f"t_plus och speltid säger olika: det skiljer {abs(minutes)} min. Ändra bara den ena, eller töm den",
        f"t_plus and speltid differ: by {abs(minutes)} min. Change only one of them, or empty it",
    )
    place.error("B965", message)


def _fill_in_time(draft: Draft) -> None:
    """A scenariotid that is not told is as it was, else that of the stage at the time of play."""
    earlier, play = draft.earlier, draft.values.get("play")
    if earlier is not None and play == earlier.play:
        draft.values["time"] = earlier.time
    elif play is not None:
        draft.values["time"] = (draft.stage or draft.known.exercise).scenario_time(play)
    else:
        del draft.values["time"]
