"""Choosing a few scenarios that are good by themselves and unlike each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from beroenden.exercise.search.judging import Judged
from beroenden.exercise.search.wishes import Goal
from beroenden.exercise.search.worth import LACK, OWN, SIZE, WORKING_HOURS

VARIANT = 0.8
"""From this likeness on, one scenario is a variant of another and is not proposed beside it."""

_MEASURES: dict[Goal, tuple[tuple[str, Callable[[Judged], float]], ...]] = {
    "spread": (("payments", lambda one: one.figures.payments), ("actors", lambda one: one.figures.actors)),
    "depth": (
        ("recipient_hours", lambda one: one.figures.recipient_hours),
        ("path", lambda one: one.figures.path),
        ("over", lambda one: one.figures.over),
    ),
    "surprise": (
        ("hidden_from", lambda one: one.hidden_from),
        ("distinct_signs", lambda one: one.distinct_signs),
        ("path", lambda one: max(part.path for part in one.parts)),
        ("few_consumers", lambda one: 1 / (1 + one.figures.consumers)),
    ),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of a scenario beside the most that any that was simulated has."""

    name: str
    value: float
    most: float

    @property
    def share(self) -> float:
        """The value as a share of the most, 0..1."""
        return self.value / self.most if self.most > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A scenario that is proposed.

    Attributes:
        measured: What the goal is about.
        likeness: To the earlier proposal that it is most like, 0..1.
        shares: Ids of what is out here and in an earlier proposal too.
    """

    judged: Judged
    measured: tuple[Measured, ...]
    likeness: float
    shares: tuple[str, ...]

    @property
    def score(self) -> float:
        """How good it is by the goal: the mean of the shares, 0..1."""
        return sum(one.share for one in self.measured) / len(self.measured)

    @property
    def value(self) -> float:
        """What it was chosen by."""
        return _value(self.score, self.judged) - self.likeness


def choose(judged: Sequence[Judged], goal: Goal, count: int, fixed: Sequence[str] = ()) -> tuple[Proposal, ...]:
    """The best scenarios, each chosen for what it has that those before it lack.

    No two have anything out in common, unless fewer than are wanted would remain; none is a variant of another.

    Args:
        fixed: Ids of what is out in all of them, because it was asked for.
    """
    most = {name: max((of(one) for one in judged), default=0.0) for name, of in _MEASURES[goal]}
    measured = {id(one): tuple(Measured(name, of(one), most[name]) for name, of in _MEASURES[goal]) for one in judged}
    chosen: list[Proposal] = []
    for may_share in (False, True):
        while len(chosen) < count:
            proposals = [_proposal(one, measured[id(one)], chosen, fixed) for one in judged]
            fit = [one for one in proposals if one.likeness < VARIANT and (may_share or not one.shares)]
            if not fit:
                break
            chosen.append(min(fit, key=_rank))
    return tuple(chosen)


def likeness(one: Judged, other: Judged) -> float:
    """How like two scenarios are, 0..1: the mean of what they hit in common (Jaccard) and of equal first signs."""
    hit = len(one.hit & other.hit) / len(one.hit | other.hit)
    pairs = list(zip(one.parts, other.parts, strict=True))
    return (hit + sum(mine.sign_key == theirs.sign_key for mine, theirs in pairs) / len(pairs)) / 2


def _proposal(
    one: Judged, measured: tuple[Measured, ...], chosen: Sequence[Proposal], fixed: Sequence[str]
) -> Proposal:
    like = max((likeness(one, other.judged) for other in chosen), default=0.0)
    out = {entity for other in chosen for entity in other.judged.out if entity not in fixed}
    return Proposal(one, measured, like, tuple(entity for entity in one.out if entity in out))


def _value(score: float, one: Judged) -> float:
    own = sum(part.is_out for part in one.parts)
    return score - LACK * one.lacking - OWN * own - SIZE * (len(one.out) - 1) + WORKING_HOURS * one.in_working_hours


def _rank(one: Proposal) -> tuple[float, int, int, int, tuple[str, ...]]:
    """The most valuable first; of equals the smallest, the shortest, the earliest, and in order of ids."""
    judged = one.judged
    return -round(one.value, 9), len(judged.out), judged.length, judged.start, judged.out
