"""The players' logs on the scenario's clock: what each said, when, and what it says after corrections."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from beroenden.errors import UsageError
from beroenden.exercise.exercise import Exercise
from beroenden.incident.log.entries import (
    Closed,
    Decision,
    Entry,
    Log,
    Measure,
    Message,
    Observation,
    OutageEntry,
    withdrawn_by,
)
from beroenden.incident.said import concerned
from beroenden.language import say

Clock = Literal["scenario", "play"]
"""Which clock the players logged by: the fictive one (scenariotid), or the one on the wall (speltid)."""
_NAMING = (OutageEntry, Observation, Measure, Decision, Message)
"""The kinds of entry that can say what they are about by its id."""


@dataclass(frozen=True, slots=True)
class Said:
    """An entry of a player's log.

    Attributes:
        entry: As it was made.
        time: Its time on the scenario's clock, in minutes since the epoch.
        newest: Its last correction, whose content counts; the entry itself where there is none.
    """

    entry: Entry
    time: int
    newest: Entry

    @property
    def concerns(self) -> tuple[str, ...]:
        """Ids of the entities and payments that it is about, after corrections."""
        return concerned(self.newest)


@dataclass(frozen=True, slots=True)
class PlayerLog:
    """The log of one player organisation.

    Attributes:
        log: As it was kept.
        clock: The one that it was kept by.
        said: Its entries from the exercise's beginning on, in order of time.
        before: Ids of entries made before the exercise began, which do not count.
        nameless: Ids of entries that could have named what they are about, and do not.
    """

    log: Log
    clock: Clock
    said: tuple[Said, ...]
    before: tuple[str, ...]
    nameless: tuple[str, ...]

    def about(self, ids: Iterable[str], since: int) -> Iterator[Said]:
        """The entries at or after an instant that are about any of some ids, in order of time."""
        wanted = set(ids)
        return (one for one in self.said if one.time >= since and wanted.intersection(one.concerns))

    def unnamed(self, since: int, until: int) -> Said | None:
        """The first entry between two instants that could have named what it is about, and does not."""
        return next((one for one in self.said if since <= one.time <= until and one.entry.id in self.nameless), None)

    def last(self, ids: Iterable[str], before: int) -> Said | None:
        """The last entry before an instant that is about any of some ids."""
        wanted = set(ids)
        return next((one for one in self.said[::-1] if one.time < before and wanted.intersection(one.concerns)), None)


def player_logs(
    exercise: Exercise, logs: Iterable[Log], clock: Clock, clocks: Mapping[str, Clock]
) -> Mapping[str, PlayerLog]:
    """The logs by actor.

    Args:
        clock: Which clock they were kept by.
        clocks: That of the players whose logs were kept by another, by id.

    Raises:
        UsageError: for a log of something that has happened, of an actor that did not play, or a second of one actor.
    """
    found: dict[str, PlayerLog] = {}
    for log in logs:
        _check(exercise, log, found)
        actor = log.incident.actor
        found[actor] = _player_log(exercise.lived_by(actor), log, clocks.get(actor, clock))
    return found


def _check(exercise: Exercise, log: Log, found: Mapping[str, PlayerLog]) -> None:
    name, actor = log.incident.name, log.incident.actor
    if not log.incident.is_exercise:
        raise UsageError(
            say(
                f"Loggen ”{name}” ({actor}) är märkt SKARPT; en övning utvärderas bara mot övningsloggar.",
                f'The log "{name}" ({actor}) is marked LIVE; an exercise is evaluated against exercise logs only.',
            )
        )
    if actor not in exercise.actors:
        players = ", ".join(exercise.actors)
        raise UsageError(
            say(
                f"Loggen ”{name}” är {actor}s, som inte spelade i övningen; de spelande är {players}.",
                f'The log "{name}" is that of {actor}, which did not play; the players are {players}.',
            )
        )
    if actor in found:
        raise UsageError(
            say(
                f"Två loggar är {actor}s; ange en för varje spelande aktör.",
                f"Two logs are those of {actor}; give one for each player.",
            )
        )


def _player_log(exercise: Exercise, log: Log, clock: Clock) -> PlayerLog:
    begins = exercise.play_start if clock == "play" else min(exercise.stages[0].since, exercise.scenario.start)
    newest = _newest(log)
    counted = [one for one in log.entries if one.time >= begins]
    said = tuple(Said(one, scenario_time(exercise, one.time, clock), newest[one.id]) for one in counted)
    return PlayerLog(
        log,
        clock,
        said,
        before=tuple(one.id for one in log.entries if one.time < begins),
        nameless=tuple(
            one.entry.id
            for one in said
            if one.newest is one.entry and isinstance(one.entry, _NAMING) and not one.concerns
        ),
    )


def scenario_time(exercise: Exercise, time: int, clock: Clock) -> int:
    """An instant of a log on the scenario's clock."""
    return exercise.scenario_time(time) if clock == "play" else time


def _newest(log: Log) -> dict[str, Entry]:
    """The last correction of each entry, by id; what reopens a closed incident, or was withdrawn, corrects nothing."""
    withdrawn = withdrawn_by(log.entries)
    after: dict[str | None, Entry] = {
        one.supersedes: one
        for one in log.entries
        if one.supersedes in log.entry and not isinstance(log.entry[one.supersedes], Closed) and one.id not in withdrawn
    }
    return {one.id: _last(one, after) for one in log.entries}


def _last(entry: Entry, after: Mapping[str | None, Entry]) -> Entry:
    while entry.id in after:
        entry = after[entry.id]
    return entry


def clock_doubts(exercise: Exercise, logs: Mapping[str, PlayerLog]) -> Iterator[str]:
    """The logs of which more entries fit the other clock than the one that they are read by."""
    first, last = exercise.stages[0], exercise.stages[-1]
    spans = {"play": (first.play, last.play_until), "scenario": (first.since, last.until)}
    for actor, one in logs.items():
        clock, other = one.clock, "scenario" if one.clock == "play" else "play"
        times = [entry.time for entry in one.log.entries]
        fit, fit_other = _within(times, spans[clock]), _within(times, spans[other])
        if fit_other > fit:
            yield say(
                f"Loggen för {actor} är läst i {_span(clock)}, men {fit_other} av {len(times)} poster ligger i {_span(other)} och "
                f"{fit} i {_span(clock)}. Är den förd i den, skriv @{other} efter filnamnet (eller --clock {other}).",
                f"The log of {actor} is read in {_span(clock)}, but {fit_other} of {len(times)} entries lie in {_span(other)} and "
                f"{fit} in {_span(clock)}. Was it kept in that, write @{other} after the file's name (or --clock {other}).",
            )


def _within(times: Iterable[int], span: tuple[int, int]) -> int:
    return sum(span[0] <= time <= span[1] for time in times)


def _span(clock: str) -> str:
    return say("speltiden", "the time of play") if clock == "play" else say("scenariots tid", "the scenario's time")
