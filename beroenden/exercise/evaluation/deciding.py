"""What a player decided against the latest recoveries of its payments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.causes import causes, decided_by, first_late
from beroenden.exercise.evaluation.noticing import TOLD, Noticing, given_at, subjects
from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.exercise import Event, Evidence, Exercise, Inject
from beroenden.exercise.noticed import bears_on, deadlines, late_upon, own_on_the_way
from beroenden.incident.log.entries import Decision, Measure

State = Literal["before", "after", "none", "too_early", "beyond", "no_log"]
_TELLING: tuple[Event, ...] = (*TOLD, "question", "media", "deadline")
"""The events that say something true of what is wrong, or of what is at stake."""
_DECIDING = ("operational", "strategic")
"""The types of measures that do something about a payment, and do not only tell of it."""


@dataclass(frozen=True, slots=True)
class Sign:
    """An inject that a player was given. Instants in minutes since the epoch.

    Attributes:
        at: When it could be known, on the scenario's clock.
        latest: When at the latest, whichever of the time in the inject and the time when it was played the log goes by.
        play: When, on the clock on the wall.
    """

    inject: Inject
    at: int
    latest: int
    play: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """A latest recovery and the first decision or measure that concerns the payment. Instants on the scenario's clock.

    To tell others of it, a communicative measure, decides nothing of the payment.

    Attributes:
        dates: The payment dates that it holds for, in ISO 8601.
        waits_for: Ids of what the payment waits for, then of outages that make it late by themselves; a decision about any of
            that counts too.
        own: Ids of what the player answers for through which the payment of another is late; a decision about that counts too.
        state: Whether it came before or after, or not at all; too_early: the player had been told of nothing that bears on
            it by then, and could not know; beyond: it lies after the last stage and nothing was decided.
        said: The first decision or measure, one that was cancelled left out.
        nameless: Where none came in time, those from the first sign on that name nothing, and so may be it.
        sign: The first that the player was given about the payment, about what makes it late, or about something between
            the two that fails for that; None: nothing.
        told: The first that named what makes it late, if only as an unconfirmed report; None: nothing did.
        confirmed: The first that named it for certain; None: nothing did.
        deadline_play: Until when of play the scenario's clock has not passed the latest recovery.
        paused: Minutes from the first sign until then that lie between stages.
    """

    actor: str
    payment: str
    dates: tuple[str, ...]
    deadline: int
    waits_for: tuple[str, ...]
    own: tuple[str, ...]
    state: State
    said: Said | None = None
    nameless: tuple[Said, ...] = ()
    sign: Sign | None = None
    told: Sign | None = None
    confirmed: Sign | None = None
    deadline_play: int = 0
    paused: int = 0

    @property
    def time_to_decide(self) -> int | None:
        """Minutes of the scenario from the first sign to the latest recovery; below 0: it came after."""
        return None if self.sign is None else self.deadline - self.sign.at

    @property
    def play_to_decide(self) -> int | None:
        """Minutes of play from the first sign to the latest recovery, breaks not counted; None where it came after."""
        if self.sign is None or self.sign.at > self.deadline:
            return None
        return max(0, self.deadline_play - self.sign.play - self.paused)

    @property
    def passed_before(self) -> Literal["", "told", "confirmed"]:
        """What of the cause came only after the latest recovery, of one that no decision came before: all, or certainty."""
        if self.state in ("before", "too_early", "beyond", "no_log"):
            return ""
        if self.told is None or self.told.latest > self.deadline:
            return "told"
        return "confirmed" if self.confirmed is None or self.confirmed.latest > self.deadline else ""

    @property
    def margin(self) -> int | None:
        """Minutes before (positive) or after the latest recovery; None when nothing was decided."""
        return None if self.said is None else self.deadline - self.said.time

    @property
    def concerns(self) -> tuple[str, ...]:
        """What the decision is about, of the payment, what it waits for, and the player's own on its way."""
        wanted = {self.payment, *self.waits_for, *self.own}
        return () if self.said is None else tuple(one for one in self.said.concerns if one in wanted)


def decidings(
    exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None, noticed: Iterable[Noticing]
) -> tuple[Deciding, ...]:
    """Each latest recovery that a player decides under, in order of time.

    They are those of the payments that it has a part in, and those that come of an outage of its own: nobody else can end that.

    Args:
        noticed: What the player noticed, and when it could be known.
    """
    known = {one.injects[0].number: one.known for one in noticed if one.known is not None}
    return tuple(_decidings(exercise, outcome, actor, log, _signs(exercise, actor, log, known)))


def _decidings(
    exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None, signs: Sequence[Sign]
) -> Iterator[Deciding]:
    runs = {run.key: run for run in outcome.runs}
    under = (*deadlines(outcome, actor), *_brought_about(outcome, actor))
    for evidence in sorted(under, key=lambda one: one.at):
        since = evidence.since or 0
        for payment in dict.fromkeys(payment for payment, _ in evidence.payments):
            found = [runs[key] for key in evidence.payments if key[0] == payment]
            waits = tuple(dict.fromkeys(one for run in found for one in causes(outcome, run)))
            bearing = [
                one
                for one in signs
                if (told := one.inject.evidence) and told.at >= since
                if any(bears_on(outcome, told, run) for run in found)
            ]
            naming = [one for one in bearing if set(waits).intersection(_subjects(one))]
            sign = bearing[0] if bearing else None
            is_anothers = outcome.network.payment[payment].payer != actor
            own = [one for run in found for one in own_on_the_way(outcome, run, actor) if is_anothers]
            said = None if log is None else _first(log, (payment, *waits, *own), since)
            state = _state(exercise, evidence.at, said, sign) if log else "no_log"
            until = play_until(exercise, evidence.at)
            if sign is not None and state == "too_early":
                sign = replace(sign, at=sign.latest)
            yield Deciding(
                actor,
                payment,
                tuple(run.day.isoformat() for run in found),
                evidence.at,
                waits,
                tuple(dict.fromkeys(own)),
                state,
                said,
                _nameless(log, sign, evidence.at) if state in ("none", "after", "beyond") else (),
                sign,
                next(iter(naming), None),
                next((one for one in naming if _event(one) != "unconfirmed"), None),
                until,
                0 if sign is None else exercise.paused(sign.play, until),
            )


def _brought_about(outcome: Outcome, actor: str) -> Iterator[Evidence]:
    """The deadlines of late payments that an actor has no part in, since an outage of something that it answers for."""
    network = outcome.network
    for run in late_upon(outcome, actor):
        of, first = decided_by(outcome, run), first_late(outcome, run)
        own = {one for one in of if one in network.entity and network.actor_of(one) == actor}
        begun = {one.subject: one.start for one in sorted(first.scenario.outages, key=lambda one: one.start)}
        since = min((at for one, at in begun.items() if one in own), default=None)
        if since is not None and first.deadline is not None:
            at = first.deadline
            yield Evidence("deadline", at, payments=(run.key,), path=tuple(own), until=at, since=since)


def _signs(exercise: Exercise, actor: str, log: PlayerLog | None, known: Mapping[int, int]) -> list[Sign]:
    """What a player was given that says something true of what is wrong, in order of time."""
    found = [
        Sign(one, known.get(one.number, times[0]), times[-1], one.play if one.played is None else one.played)
        for one in exercise.injects
        if one.to == actor
        and one.evidence is not None
        and one.evidence.event in _TELLING
        and (times := given_at(exercise, one, log))
    ]
    return sorted(found, key=lambda one: (one.latest, one.play))


def _event(sign: Sign) -> Event | None:
    return sign.inject.evidence.event if sign.inject.evidence else None


def _subjects(sign: Sign) -> tuple[str, ...]:
    return subjects(sign.inject.evidence) if sign.inject.evidence else ()


def play_until(exercise: Exercise, deadline: int) -> int:
    """Until when of play the scenario's clock has not passed an instant; at the end of a stage it stands still."""
    begun = [stage for stage in exercise.stages if stage.since <= deadline]
    stage = begun[-1] if begun else exercise.stages[0]
    if deadline >= stage.until:
        return stage.play_until
    minutes = range(stage.play_time(deadline), stage.play, -1)
    return next((one for one in minutes if stage.scenario_time(one) <= deadline), stage.play)


def _first(log: PlayerLog, ids: tuple[str, ...], since: int) -> Said | None:
    return next(filter(is_decision, log.about(ids, since)), None)


def _nameless(log: PlayerLog | None, sign: Sign | None, deadline: int) -> tuple[Said, ...]:
    """The decisions and measures from a sign to a deadline that could have named what they are about, and do not."""
    if log is None or sign is None:
        return ()
    found = (one for one in log.said if is_decision(one) and one.entry.id in log.nameless)
    return tuple(one for one in found if sign.at <= one.time <= deadline)


def is_decision(said: Said) -> bool:
    """Whether an entry decides something, and does not only tell of it; one that was cancelled does not."""
    newest = said.newest
    if isinstance(newest, Measure):
        return newest.type in _DECIDING and newest.progress != "cancelled"
    return isinstance(newest, Decision)


def _state(exercise: Exercise, deadline: int, said: Said | None, sign: Sign | None) -> State:
    if said is not None and said.time <= deadline:
        return "before"
    if sign is None or sign.latest > deadline:
        return "too_early"
    if said is not None:
        return "after"
    return "beyond" if deadline > exercise.stages[-1].until else "none"
