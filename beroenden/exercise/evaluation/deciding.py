"""What a player decided against the latest recoveries of its payments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.exercise import Exercise
from beroenden.exercise.noticed import deadlines
from beroenden.incident.log.entries import Decision, Measure

State = Literal["before", "after", "none", "too_early", "beyond", "no_log"]


@dataclass(frozen=True, slots=True)
class Deciding:
    """A latest recovery and the first decision or measure that concerns the payment. Instants on the scenario's clock.

    Attributes:
        dates: The payment dates that it holds for, in ISO 8601.
        waits_for: Ids of what the payment waits for; a decision about that counts too.
        state: Whether it came before or after, or not at all; too_early: the player had been told of nothing by then;
            beyond: it lies after the last stage and nothing was decided.
        said: The first decision or measure, one that was cancelled left out.
    """

    actor: str
    payment: str
    dates: tuple[str, ...]
    deadline: int
    waits_for: tuple[str, ...]
    state: State
    said: Said | None = None

    @property
    def margin(self) -> int | None:
        """Minutes before (positive) or after the latest recovery; None when nothing was decided."""
        return None if self.said is None else self.deadline - self.said.time

    @property
    def concerns(self) -> tuple[str, ...]:
        """What the decision is about, of the payment and what it waits for."""
        wanted = {self.payment, *self.waits_for}
        return () if self.said is None else tuple(one for one in self.said.concerns if one in wanted)


def decidings(
    exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None, told: int | None
) -> tuple[Deciding, ...]:
    """Each latest recovery that a player decides under, in order of time.

    Args:
        told: When the player was first told of anything; None: never.
    """
    return tuple(_decidings(exercise, outcome, actor, log, told))


def _decidings(
    exercise: Exercise, outcome: Outcome, actor: str, log: PlayerLog | None, told: int | None
) -> Iterator[Deciding]:
    runs = {(run.payment.id, run.day.isoformat()): run for run in outcome.runs}
    for evidence in deadlines(outcome, actor):
        for payment in dict.fromkeys(payment for payment, _ in evidence.payments):
            keys = [key for key in evidence.payments if key[0] == payment]
            waits = tuple(dict.fromkeys(one for key in keys for one in runs[key].blocked_by))
            said = None if log is None else _first(log, (payment, *waits))
            state = _state(exercise, evidence.at, said, told) if log else "no_log"
            yield Deciding(actor, payment, tuple(day for _, day in keys), evidence.at, waits, state, said)


def _first(log: PlayerLog, ids: tuple[str, ...]) -> Said | None:
    wanted = set(ids)
    return next((one for one in log.said if _decides(one) and wanted.intersection(one.concerns)), None)


def _decides(said: Said) -> bool:
    newest = said.newest
    return isinstance(newest, Decision) or (isinstance(newest, Measure) and newest.progress != "cancelled")


def _state(exercise: Exercise, deadline: int, said: Said | None, told: int | None) -> State:
    if said is not None and said.time <= deadline:
        return "before"
    if told is None or told > deadline:
        return "too_early"
    if said is not None:
        return "after"
    return "beyond" if deadline > exercise.stages[-1].until else "none"
