"""Decisions to go through with a player: of payments that never came late, and those made while a rumour stood as true."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.evaluation.deciding import Deciding, is_decision
from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.evaluation.rumours import Rumour
from beroenden.incident.log.entries import Decision, Measure, Message


@dataclass(frozen=True, slots=True)
class Review:
    """A decision, measure or message to go through.

    Attributes:
        without_need: Whether none of the payments that it decides about comes late in the scenario.
        rumours: Those that stood as true in the player's log when it was made.
    """

    said: Said
    without_need: bool
    rumours: tuple[Rumour, ...]


def reviews(
    outcome: Outcome, log: PlayerLog | None, decidings: Iterable[Deciding], rumours: Iterable[Rumour]
) -> tuple[Review, ...]:
    """What of a player's log is to be gone through, in order of time."""
    said = () if log is None else log.said
    counted = {id_ for one in decidings for id_ in (one.payment, *one.waits_for, *one.own)}
    late, heard = {run.key[0] for run in outcome.late_runs}, tuple(rumours)
    found = (Review(one, _is_without_need(one, outcome, counted | late), tuple(_believed(one, heard))) for one in said)
    return tuple(one for one in found if one.without_need or one.rumours)


def _is_without_need(said: Said, outcome: Outcome, counted: set[str]) -> bool:
    """Whether a decision is about payments, and about nothing that anything had to be decided of."""
    is_of_payments = any(one in outcome.network.payment for one in said.concerns)
    return is_decision(said) and is_of_payments and counted.isdisjoint(said.concerns)


def _believed(said: Said, rumours: Iterable[Rumour]) -> Iterator[Rumour]:
    """The rumours that stood as true when something was decided, done or told."""
    newest = said.newest
    is_done = isinstance(newest, Measure) and newest.progress != "cancelled"
    if is_done or isinstance(newest, Decision | Message):
        yield from (one for one in rumours if one.is_believed_at(said.time))
