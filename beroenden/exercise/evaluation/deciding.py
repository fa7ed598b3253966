"""What a player decided against the latest recoveries of its payments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.evaluation.noticing import TOLD, given_at, subjects
from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.exercise import Event, Exercise, Inject
from beroenden.exercise.noticed import bears_on, deadlines, own_on_the_way
from beroenden.incident.log.entries import Decision, Measure

State = Literal["before", "after", "none", "too_early", "beyond", "no_log"]
_TELLING: tuple[Event, ...] = (*TOLD, "question", "media", "deadline")
"""The events that say something true of what is wrong, or of what is at stake."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An inject that a player was given. Instants in minutes since the epoch.

    Attributes:
        at: When, on the scenario's clock.
        play: When, on the clock on the wall.
    """

    inject: Inject
    at: int
    play: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """A latest recovery and the first decision or measure that concerns the payment. Instants on the scenario's clock.

    Attributes:
        dates: The payment dates that it holds for, in ISO 8601.
        waits_for: Ids of what the payment waits for; a decision about that counts too.
        own: Ids of what the player answers for through which the payment of another is late; a decision about that counts too.
        state: Whether it came before or after, or not at all; too_early: the player had been told of nothing that bears on
            it by then, and could not know; beyond: it lies after the last stage and nothing was decided.
        said: The first decision or measure, one that was cancelled left out.
        sign: The first that the player was given about the payment, about what it waits for, or about something between
            the two that fails for that; None: nothing.
        told: The first that named what it waits for, if only as an unconfirmed report; None: nothing did.
        confirmed: The first that named it for certain; None: nothing did.
        deadline_play: Until when of play the scenario's clock has not passed the latest recovery.
    """

    actor: str
    payment: str
    dates: tuple[str, ...]
    deadline: int
    waits_for: tuple[str, ...]
    own: tuple[str, ...]
    state: State
    said: Said | None = None
    sign: Sign | None = None
    told: Sign | None = None
    confirmed: Sign | None = None
    deadline_play: int = 0

    @property
    def time_to_decide(self) -> int | None:
        """Minutes of the scenario from the first sign to the latest recovery; below 0: it came after."""
        return None if self.sign is None else self.deadline - self.sign.at

    @property
    def play_to_decide(self) -> int | None:
        """Minutes of play from the first sign to the latest recovery; None where it came after."""
        if self.sign is None or self.sign.at > self.deadline:
            return None
        return max(0, self.deadline_play - self.sign.play)

    @property
    def passed_before(self) -> Literal["", "told", "confirmed"]:
        """What of the cause came only after the latest recovery, of one that no decision came before: all, or certainty."""
        if self.state in ("before", "too_early", "beyond", "no_log"):
            return ""
        if self.told is None or self.told.at > self.deadline:
            return "told"
        return "confirmed" if self.confirmed is None or self.confirmed.at > self.deadline else ""

    @property
    def margin(self) -> int | None:
        """Minutes before (positive) or after the latest recovery; None when nothing was decided."""
        return None if self.said is None else self.deadline - self.said.time

    @property
    def concerns(self) -> tuple[str, ...]:
        """What the decision is about, of the payment, what it waits for, and the player's own on its way."""
        wanted = {self.payment, *self.waits_for, *self.own}
        return () if self.said is None else tuple(one for one in self.said.concerns if one in wanted)


def decidings(exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None) -> tuple[Deciding, ...]:
    """Each latest recovery that a player decides under, in order of time."""
    return tuple(_decidings(exercise, outcome, actor, log))


def _decidings(exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None) -> Iterator[Deciding]:
    runs = {run.key: run for run in outcome.runs}
    signs = _signs(exercise, actor)
    for evidence in deadlines(outcome, actor):
        for payment in dict.fromkeys(payment for payment, _ in evidence.payments):
            found = [runs[key] for key in evidence.payments if key[0] == payment]
            waits = tuple(dict.fromkeys(one for run in found for one in run.blocked_by))
            bearing = [
                one
                for one in signs
                if (told := one.inject.evidence) and any(bears_on(outcome, told, run) for run in found)
            ]
            naming = [one for one in bearing if set(waits).intersection(_subjects(one))]
            sign = bearing[0] if bearing else None
            is_anothers = outcome.network.payment[payment].payer != actor
            own = [one for run in found for one in own_on_the_way(outcome, run, actor) if is_anothers]
            said = None if log is None else _first(log, (payment, *waits, *own))
            yield Deciding(
                actor,
                payment,
                tuple(run.day.isoformat() for run in found),
                evidence.at,
                waits,
                tuple(dict.fromkeys(own)),
                _state(exercise, evidence.at, said, sign) if log else "no_log",
                said,
                sign,
                next(iter(naming), None),
                next((one for one in naming if _event(one) != "unconfirmed"), None),
                _play_until(exercise, evidence.at),
            )


def _signs(exercise: Exercise, actor: str) -> list[Sign]:
    """What a player was given that says something true of what is wrong, in order of time."""
    found = [
        Sign(one, time, one.play if one.played is None else one.played)
        for one in exercise.injects
        if one.to == actor
        and one.evidence is not None
        and one.evidence.event in _TELLING
        and (time := given_at(exercise, one)) is not None
    ]
    return sorted(found, key=lambda one: (one.at, one.play))


def _event(sign: Sign) -> Event | None:
    return sign.inject.evidence.event if sign.inject.evidence else None


def _subjects(sign: Sign) -> tuple[str, ...]:
    return subjects(sign.inject.evidence) if sign.inject.evidence else ()


def _play_until(exercise: Exercise, deadline: int) -> int:
    """Until when of play the scenario's clock has not passed an instant; at the end of a stage it stands still."""
    begun = [stage for stage in exercise.stages if stage.since <= deadline]
    stage = begun[-1] if begun else exercise.stages[0]
    return stage.play_until if deadline >= stage.until else stage.play_time(deadline)


def _first(log: PlayerLog, ids: tuple[str, ...]) -> Said | None:
    wanted = set(ids)
    return next((one for one in log.said if _decides(one) and wanted.intersection(one.concerns)), None)


def _decides(said: Said) -> bool:
    newest = said.newest
    return isinstance(newest, Decision) or (isinstance(newest, Measure) and newest.progress != "cancelled")


def _state(exercise: Exercise, deadline: int, said: Said | None, sign: Sign | None) -> State:
    if said is not None and said.time <= deadline:
        return "before"
    if sign is None or sign.at > deadline:
        return "too_early"
    if said is not None:
        return "after"
    return "beyond" if deadline > exercise.stages[-1].until else "none"
