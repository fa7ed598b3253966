"""An outcome over time, as the page plays it: numbers and instants, looked up by the script at each step."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.consequences.endurance import respites
from beroenden.engine.compiled import compiled
from beroenden.engine.single import Levels
from beroenden.engine.steps import Steps
from beroenden.language import say
from beroenden.model.network import WITHHELD, Network
from beroenden.units.durations import DAY
from beroenden.units.numbers import percent
from beroenden.units.times import parse_instant, time_zone
from beroenden.views.explorer.result import causes_of, is_late

Event = tuple[int, str, str]
"""An instant, what happens, and the id of the entity or payment that it happens to."""


def playback(network: Network, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What the page's script plays.

    Args:
        network: The model that is shown.
        outcome: The JSON of `beroenden simulate`; what it says of entities that the model lacks is passed over.

    Returns:
        Instants in minutes since the epoch: `start`, `end`, `until` (nothing happens after it); by entity id `levels`
        [instant, level], `reserves` [need, from, to], `endurance` {need, since, to, drops, isOutlasted}, `because` [id, instant, level];
        `runs`; `outages`; `events`.
    """
    played = _Playback(network, outcome)
    return {
        "start": played.start,
        "end": played.end,
        "until": played.until,
        "levels": played.levels,
        "reserves": played.reserves,
        "endurance": played.endurance(),
        "because": played.because,
        "runs": played.runs,
        "outages": [*played.outages()],
        "events": played.events,
    }


class _Playback:
    def __init__(self, network: Network, outcome: Mapping[str, Any]) -> None:
        self._network, self._outcome = network, outcome
        self._zone: ZoneInfo = time_zone(network.timezone)
        self._read: dict[str, int] = {}  # many things happen at the same time,
        self._words: dict[float, str] = {}  # or to the same level
        self.start, self.end = self._at(outcome["start"]), self._at(outcome["end"])
        known = [entity for entity in outcome["entities"] if entity["id"] in network.entity]
        self.levels = {one["id"]: [(self._at(since), level) for since, level in one["levels"]] for one in known}
        self.reserves = {
            one["id"]: [(lost["need"], self._at(lost["from"]), self._maybe(lost["to"])) for lost in one["reserve_lost"]]
            for one in known
            if one["reserve_lost"]
        }
        self.because = {
            one["id"]: [(link["entity"], self._at(link["at"]), link["level"]) for link in one["because"]]
            for one in known
            if one["because"]
        }
        self.runs = [*self._runs()]
        self.events = sorted(
            self._events(), key=lambda event: (event[0], len(self.because.get(event[2], ())), event[2])
        )
        self.until = self._until()

    def _at(self, text: str) -> int:
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = parse_instant(text, self._zone)
        return found

    def _maybe(self, text: str | None) -> int | None:
        return None if text is None else self._at(text)

    def endurance(self) -> dict[str, list[dict[str, Any]]]:
        """By entity, the times at which its needs live on endurance; nothing of needs on what is not shown."""
        network, net = self._network, compiled(self._network)
        by_number = {
            net.number[entity]: Steps(*zip(*levels, strict=True)) for entity, levels in self.levels.items() if levels
        }
        found: dict[str, list[dict[str, Any]]] = {}
        for one in respites(network, Levels(net, by_number, self.end), self.start, self.end):
            if WITHHELD not in network.entity[one.entity].needs[one.need].providers:
                found.setdefault(one.entity, []).append(
                    {
                        "need": one.need,
                        "since": one.since,
                        "to": one.to,
                        "drops": one.drops,
                        "isOutlasted": one.is_outlasted,
                    }
                )
        return found

    def _runs(self) -> Iterator[dict[str, Any]]:
        """The payment runs in order of their planned completion."""
        for run in sorted(self._outcome["payments"], key=lambda run: self._at(run["planned"])):
            yield {
                "payment": run["payment"],
                "date": run["date"],
                "status": run["status"],
                "planned": self._at(run["planned"]),
                "completed": self._maybe(run["completed"]),
                "latest": self._maybe(run["latest_recovery"]),
                "latestState": run["latest_recovery_state"],
                "overdue": self._overdue(run),
                "payouts": run["delayed_recipients"],
                "amount": run["delayed_amount"],
                "isOver": run["over_max_delay"] is True,
                "causes": causes_of(self._network, run),
            }

    def _overdue(self, run: Mapping[str, Any]) -> list[tuple[int, int | None, int | None]]:
        """(from when, payouts, SEK) that should have come and have not; None is unknown."""
        branches = [
            (self._at(branch["planned"]), self._maybe(branch["completed"]), branch["share"])
            for branch in run["branches"]
            if is_late(branch)
        ]
        late = sum(share for _, _, share in branches) or 1
        times = sorted(
            {time for planned, completed, _ in branches for time in (planned, completed) if time is not None}
        )
        found = []
        for time in times:
            part = sum(share for due, done, share in branches if due <= time and (done is None or done > time)) / late
            found.append((time, _part(run["delayed_recipients"], part), _part(run["delayed_amount"], part)))
        return found

    def outages(self) -> Iterator[dict[str, Any]]:
        """The outages; `entity` is an id of the model, or null."""
        for outage in self._outcome["outages"]:
            shown = outage["entity"] if outage["entity"] in self._network.entity else None
            yield {"entity": shown, "since": self._at(outage["start"]), "to": self._maybe(outage["end"])}

    def _until(self) -> int:
        """The last instant at which anything changes, and a little more; at least a day, at most to the end."""
        times = [event[0] for event in self.events] + [self.start + DAY]
        last = max(times)
        return min(self.end, last + max(60, (last - self.start) // 20))

    def _events(self) -> Iterator[Event]:
        """All that happens within the period, as it is told."""
        for entity, levels in self.levels.items():
            yield from self._changes(entity, levels)
        for entity, lost in self.reserves.items():
            for _, since, to in lost:
                yield since, say("går på reserv", "on its reserve"), entity
                if to is not None:
                    yield to, say("går inte längre på reserv", "no longer on its reserve"), entity
        for run in self.runs:
            yield from self._of_run(run)

    def _changes(self, entity: str, levels: Sequence[tuple[int, float]]) -> Iterator[Event]:
        before = 1.0
        for since, level in levels:
            if level != before:
                if level not in self._words:
                    self._words[level] = _level_words(level)
                yield since, self._words[level], entity
            before = level

    def _of_run(self, run: Mapping[str, Any]) -> Iterator[Event]:
        """What happens to a run that is late; how long the others could have waited is in the strip."""
        if run["status"] == "on_time":
            return
        if run["latestState"] == "by":
            yield (
                run["latest"],
                say("senaste återställning för att hinna", "latest recovery to be in time"),
                run["payment"],
            )
        yield run["planned"], say("skulle ha varit klar", "should have been complete"), run["payment"]
        if run["completed"] is not None:
            yield run["completed"], say("klar, försenad", "complete, late"), run["payment"]


def _part(whole: float | None, part: float) -> int | None:
    """A part of what may be unknown; no part of it is nothing."""
    return 0 if part == 0 else None if whole is None else round(whole * part)


def _level_words(level: float) -> str:
    if level <= 0:
        return say("nere", "down")
    left = percent(level)
    return say("återställd", "restored") if level >= 1 else say(f"{left} kvar", f"{left} left")
