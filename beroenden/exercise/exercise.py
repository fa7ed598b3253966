"""An exercise as data: who plays, what happens, at what pace, and what is put to whom (inspel)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, get_args

from beroenden.model.scenario import Scenario
from beroenden.units.durations import DAY

Form = Literal["telefon", "mejl", "muntligt", "nyhetsinslag", "sociala medier", "dokument"]
Kind = Literal["inspel", "information", "spelledning", "reservinspel"]
Status = Literal["utkast", "godkänd", "spelat", "överhoppat"]
Event = Literal[
    "pace", "outage", "supply", "level", "reserve", "stage", "cutoff", "late", "question", "media", "service",
    "rumour", "denial", "unconfirmed", "cause", "fault", "restored", "completed", "deadline", "longer",
]  # fmt: skip

FORMS: tuple[Form, ...] = get_args(Form)
KINDS: tuple[Kind, ...] = get_args(Kind)
STATUSES: tuple[Status, ...] = get_args(Status)
EVENTS: tuple[Event, ...] = get_args(Event)
GOOD_NEWS: tuple[Event, ...] = ("restored", "completed")
"""The events that tell that something works again, or has come."""
CONTROL = "spelledningen"
"""The recipient of what only the game control (spelledning) gets."""
FILE = "ovning.toml"
"""The exercise itself in its folder; all other files are made from it."""
GAP_SV, GAP_EN = "[ATT SKRIVA", "[TO WRITE"
"""How a gap begins that only a person can fill; it goes on with what is to be written, and ends with "]"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of the simulation an inject rests on. Instants in minutes since the epoch.

    Attributes:
        event: What happens.
        at: When it happens in the simulation; an inject about it may come later.
        entities: Ids of the entities that it is about, the one that counts first.
        payments: (id, date in ISO 8601) of the runs that it is about.
        stage: Id of the payments' stage that it is about; "" where it is about none.
        path: Ids from the victim back to the cause; empty where it rests on no path.
        level: What is left of the entities, 0..1; None where that is not what it is about. Of a stage or a cut-off, 1 where
            what it waited for works by then. Of a deadline, of the bank that pays where that is out when the player is asked. Of
            money that has not come since part of the file is faulty, and of that fault, the share of the recipients that
            are not hit.
        until: Until when: how long an endurance lasts, when an outage is said to end, a latest recovery. Of what works
            again, when its own fault was mended where that was before; of a level, where such a fault is mended then and
            it does not work in full.
        since: When the disturbance began of which what is out is a later part; None where it begins with it. Of a deadline of
            payments that rest on what is out, when that began; None of those that one has a part in. Of a fault that something
            has of its own while it is impaired by something else, when that began. Of a stage or a cut-off, when a fault began
            that lies with who answers for what it waits for; None where none does.
    """

    event: Event
    at: int
    entities: tuple[str, ...] = ()
    payments: tuple[tuple[str, str], ...] = ()
    stage: str = ""
    path: tuple[str, ...] = ()
    level: float | None = None
    until: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Inject:
    """One inspel: a row of the list. Texts are in the language of the exercise. Instants in minutes since the epoch.

    Attributes:
        number: Unique in the exercise (nr).
        stage: Number of the stage (skede) in which it is given, from 1.
        play: When it is given, on the clock on the wall (speltid); t_plus is this less the exercise's start.
        time: When it is given in the fictive course of events (scenariotid).
        sender: Whom it comes from, in words (från).
        to: Id of the actor that gets it, or `CONTROL` (till).
        objective, expected, questions, responsible: övningsmål, förväntad_åtgärd, diskussionsfrågor, ansvarig_motspel.
        reserve_for: Number of the inject that it stands in for; None: of none.
        basis: The evidence in words (underlag).
        played: When it was given in the exercise as held (spelat_kl); None: not yet.
        outcome: How it was received (utfall).
        tlp: The label of its text.
        evidence: What it rests on; None for an inject that a person added.
    """

    number: int
    stage: int
    play: int
    time: int
    sender: str
    to: str
    form: Form
    kind: Kind
    title: str
    text: str
    objective: str = ""
    expected: str = ""
    questions: str = ""
    reserve_for: int | None = None
    responsible: str = ""
    basis: str = ""
    status: Status = "utkast"
    played: int | None = None
    outcome: str = ""
    tlp: str = ""
    evidence: Evidence | None = None

    @property
    def tells_time(self) -> bool:
        """Whether it only tells what time it is in the scenario: nobody plays it, and nobody has to deal with it."""
        return self.evidence is not None and self.evidence.event == "pace"

    @property
    def is_good_news(self) -> bool:
        """Whether it tells that something works again, or has come."""
        return self.evidence is not None and self.evidence.event in GOOD_NEWS

    @property
    def is_for_players(self) -> bool:
        """Whether a player gets it, or has got it: not what was skipped, and a reserve only once it has been given."""
        if self.to == CONTROL or self.status == "överhoppat":
            return False
        return self.kind in ("inspel", "information") or (self.kind == "reservinspel" and self.status == "spelat")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage (skede): a stretch of the scenario and when it is played. Instants in minutes since the epoch.

    Attributes:
        number: From 1.
        since, until: The stretch of the scenario.
        play, play_until: When it is played; the time after its last inject is for the players' own work.
        compression: Minutes of the scenario in a minute of play, in the mean until the last inject.
        clock: (minutes of the scenario after `since`, minutes of play after `play`), the first never falling, the second
            rising; between two of them the clock goes evenly. Empty: evenly all through.
    """

    number: int
    since: int
    until: int
    play: int
    play_until: int
    compression: float
    clock: tuple[tuple[int, int], ...] = ()

    def play_time(self, time: int) -> int:
        """When an instant of the scenario is played; what lies before the stage is played at its beginning."""
        return min(self.play_until, self.play + round(_along(self._clock, max(0, time - self.since))))

    def scenario_time(self, play: int) -> int:
        """The instant of the scenario that is played at a time."""
        turned = tuple((there, here) for here, there in self._clock)
        return min(self.until, self.since + round(_along(turned, max(0, play - self.play))))

    def through(self, given: Iterable[Inject]) -> "Stage":
        """The stage with a clock that shows the time of each of some injects when that is to be given."""
        shown, latest = dict[int, int](), 0
        for one in sorted(given, key=lambda one: one.play):
            if self.play <= one.play <= self.play_until:
                latest = min(self.until - self.since, max(latest, one.time - self.since))
                shown[one.play - self.play] = latest
        span = self.until - self.since
        evenly = ((0, 0), (span, max(1, round(span / self.compression)))) if span else ((0, 0),)
        rest = self.clock or evenly
        kept = [
            (here, there)
            for there, here in rest
            if here not in shown and all((here - play) * (there - time) >= 0 for play, time in shown.items())
        ]
        clock = tuple((there, here) for here, there in sorted([*shown.items(), *kept]))
        return replace(self, clock=clock if len(clock) > 1 else ())

    def lived(self, given: Iterable[Inject]) -> "Stage":
        """The stage with the clock of who is to be given some injects: as the stage's, but evenly beside one moved off that."""
        own = tuple(given)
        plays = sorted({0, *(one.play - self.play for one in own)})
        moved = {one.play - self.play for one in own if self.scenario_time(one.play) != one.time}
        even = [pair for pair in pairwise(plays) if moved.intersection(pair)]
        kept = (stop for stop in self.clock if not any(begin < stop[1] < end for begin, end in even))
        return replace(self, clock=tuple(kept)).through(own)

    @property
    def _clock(self) -> tuple[tuple[float, float], ...]:
        return self.clock or ((0, 0), (self.compression, 1))


def _along(clock: tuple[tuple[float, float], ...], reached: float) -> float:
    """How far the other clock has come, past the last pair at the pace of the last stretch."""
    stretches = list(pairwise(clock))
    (here, there), (next_here, next_there) = next((one for one in stretches if reached <= one[1][0]), stretches[-1])
    return there + (next_there - there) * (reached - here) / max(1e-9, next_here - here)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A planned exercise.

    Attributes:
        actors: Ids of the player organisations.
        model: Path of the model, relative to the exercise's folder, with slashes.
        model_hash: The model that it was planned on.
        papers_hash: The model that its papers were written of, where that is another; else "".
        injects: In order of play.
        tlp: The label of the game control's own papers: the strictest of all.
        purpose, goals: Syfte and övningsmål of the whole, for people to write.
        contact: How players reach the role players and the game control.
        revision: How many times it has been changed since it was planned; calendars need it to know the newer of two.
        id: What its lists are known by, however it is moved and edited; "" of one that has none.
    """

    name: str
    actors: tuple[str, ...]
    scenario: Scenario
    stages: tuple[Stage, ...]
    injects: tuple[Inject, ...]
    model: str = ""
    model_hash: str = ""
    tlp: str = ""
    language: Literal["sv", "en"] = "sv"
    purpose: str = ""
    goals: tuple[str, ...] = ()
    contact: str = ""
    revision: int = 0
    id: str = ""
    papers_hash: str = ""

    @property
    def play_start(self) -> int:
        """When the exercise begins, on the clock on the wall."""
        return self.stages[0].play

    def scenario_time(self, play: int) -> int:
        """The instant of the scenario that is played at a time; between two stages the end of the earlier one."""
        begun = [stage for stage in self.stages if stage.play <= play]
        return (begun[-1] if begun else self.stages[0]).scenario_time(play)

    def is_about_play(self, time: int) -> bool:
        """Whether a time lies within the play, or within a day of it."""
        return self.stages[0].play - DAY <= time <= self.stages[-1].play_until + DAY

    def paused(self, since: int, until: int) -> int:
        """Minutes between two times of play that lie between stages."""
        breaks = ((one.play_until, after.play) for one, after in pairwise(self.stages))
        return sum(max(0, min(until, ends) - max(since, begins)) for begins, ends in breaks)

    def lived_by(self, actor: str) -> "Exercise":
        """The exercise with the clock that a player has: between two injects that it is to be given, between their times."""
        own = [one for one in self.injects if one.to == actor and one.kind != "reservinspel"]
        stages = (stage.lived(one for one in own if one.stage == stage.number) for stage in self.stages)
        return replace(self, stages=tuple(stages))

    def given_to(self, actor: str, stage: int) -> tuple[Inject, ...]:
        """What a player has been given by the end of a stage."""
        return tuple(one for one in self.injects if one.to == actor and one.stage <= stage and one.is_for_players)
