"""What a difference changes in consequences: the same outages tried on both models."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.analysis.ranking.alone import Criticality
from beroenden.analysis.ranking.ranking import Ranking
from beroenden.consequences.simulate import simulate_scenario
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entity's outage does in one model.

    Attributes:
        rank: How many others do more harm, plus one; None when it does none, or when that is unknown.
        worst: The most harm at any start; None: unknown.
        mean: In the mean over the starts; None: unknown.
        uncounted: Payments that come late at some start and add nothing to the harm, since their size is unknown.
    """

    rank: int | None
    worst: float | None
    mean: float | None
    uncounted: int

    @property
    def is_harmless(self) -> bool:
        """Whether it does no harm at all; of what is unknown nobody knows."""
        return self.rank is None and self.worst == 0 and self.uncounted == 0

    @property
    def harm(self) -> tuple[float | None, float | None, bool]:
        """The harm at its worst and in the mean, and whether it is at least so much."""
        return self.worst, self.mean, self.uncounted > 0


@dataclass(frozen=True, slots=True)
class Move:
    """An entity's standing in both models; None where it is not in one. The id is the new model's, where it is in that."""

    entity: str
    before: Standing | None
    after: Standing | None

    @property
    def by(self) -> int | None:
        """How many places up (above 0) or down; None when it has no rank in one of them."""
        if self.before is None or self.after is None or self.before.rank is None or self.after.rank is None:
            return None
        return self.before.rank - self.after.rank

    @property
    def more(self) -> float:
        """How much more harm it does at its worst; what does none or is unknown counts as 0."""
        return _worst(self.after) - _worst(self.before)

    @property
    def is_only_passed(self) -> bool:
        """Whether it does the same harm as before, and others came above or below it."""
        return self.before is not None and self.after is not None and self.before.harm == self.after.harm

    @property
    def is_harmless(self) -> bool:
        """Whether it does no harm in any of the models that it is in."""
        return all(one is None or one.is_harmless for one in (self.before, self.after))

    @property
    def is_none(self) -> bool:
        """Whether neither its place nor its harm differs."""
        before, after = self.before, self.after
        return self.is_only_passed and before is not None and after is not None and before.rank == after.rank


@dataclass(frozen=True, slots=True)
class Lateness:
    """In how many of the tried outages a payment comes late, in either model; None where it is not in one."""

    payment: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Late:
    """What a scenario does in one model: late runs, payouts delayed, SEK delayed and recipient-hours.

    Attributes:
        numberless: Ids of payments that come late and whose number of recipients is unknown.
        amountless: Ids of those whose amount is.
    """

    runs: int
    payouts: int
    amount: float
    recipient_hours: float
    numberless: tuple[str, ...]
    amountless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario simulated on both models."""

    name: str
    before: Late
    after: Late


@dataclass(frozen=True, slots=True)
class Consequences:
    """The same question answered by both models.

    Attributes:
        moves: Every entity whose standing differs, those that moved most first, those that do no harm in either last.
        lateness: Every payment in the new model's order, those that are gone last.
        scenarios: Those that were given besides.
    """

    before: Ranking
    after: Ranking
    moves: tuple[Move, ...]
    lateness: tuple[Lateness, ...]
    scenarios: tuple[Compared, ...]

    def called(self, one: str) -> str:
        """The name of an entity or a payment, in the new model where it is in that."""
        return self.after.network.called.get(one) or self.before.network.called[one]

    def to_dict(self) -> dict[str, Any]:
        """The consequences as JSON."""
        asked = self.after.to_dict()
        question = ("length_minutes", "starts", "by", "horizon_minutes", "with_events")
        return {
            **{name: asked[name] for name in question},
            "outages": {"before": self.before.scenarios, "after": self.after.scenarios},
            "partial": self.before.is_partial or self.after.is_partial,
            "not_counted": {"before": self.before.uncounted, "after": self.after.uncounted},
            "moves": [
                {"entity": one.entity, "before": _standing(one.before), "after": _standing(one.after), "places": one.by}
                for one in self.moves
            ],
            "late": [{"payment": one.payment, "before": one.before, "after": one.after} for one in self.lateness],
            "scenarios": [
                {"name": one.name, "before": _late(one.before), "after": _late(one.after)} for one in self.scenarios
            ],
        }


def consequences(
    before: Ranking, after: Ranking, new_id: Mapping[str, str], scenarios: Iterable[Compared] = ()
) -> Consequences:
    """Compare two rankings of the same question.

    Args:
        new_id: The new model's ids of what got another one.
    """
    old = {new_id.get(entity, entity): standing for entity, standing in standings(before).items()}
    new = standings(after)
    moves = [Move(entity, old.get(entity), new.get(entity)) for entity in dict.fromkeys((*new, *old))]
    return Consequences(
        before=before,
        after=after,
        moves=tuple(sorted((one for one in moves if not one.is_none), key=_most_moved)),
        lateness=tuple(_lateness(before, after, new_id)),
        scenarios=tuple(scenarios),
    )


def standings(ranking: Ranking) -> dict[str, Standing]:
    """The standing of each entity; equal harm gives an equal rank, whatever the order of the files."""
    ranks: dict[tuple[float | None, float | None], int] = {}
    for place, one in enumerate(ranking.entities, start=1):
        if not one.is_harmless and one.worst is not None:
            ranks.setdefault(_harm(one), place)
    return {
        one.entity: Standing(None if one.is_harmless else ranks.get(_harm(one)), one.worst, one.mean, one.uncounted)
        for one in ranking.entities
    }


def compared(name: str, old: tuple[Network, Scenario], new: tuple[Network, Scenario], with_events: bool) -> Compared:
    """Simulate a scenario on both models, as each reads it."""
    return Compared(name, _simulated(*old, with_events), _simulated(*new, with_events))


def _simulated(network: Network, scenario: Scenario, with_events: bool) -> Late:
    outcome = simulate_scenario(network, scenario, with_events=with_events)
    totals, late = outcome.to_dict()["totals"], {run.payment.id: run.payment for run in outcome.late_runs}
    return Late(
        len(outcome.late_runs),
        totals["payouts_delayed"],
        totals["amount_delayed"],
        totals["recipient_hours"],
        tuple(id_ for id_, payment in late.items() if payment.count is None),
        tuple(id_ for id_, payment in late.items() if payment.amount is None),
    )


def _harm(one: Criticality) -> tuple[float | None, float | None]:
    return one.worst, one.mean


def _worst(standing: Standing | None) -> float:
    return 0.0 if standing is None or standing.worst is None else standing.worst


def _most_moved(one: Move) -> tuple[bool, bool, bool, int, float, str]:
    """Who came into or fell out of the ranking first, then whose harm changed, by places and by harm; last who does none."""
    return one.is_harmless, one.by is not None, one.is_only_passed, -abs(one.by or 0), -abs(one.more), one.entity


def _lateness(before: Ranking, after: Ranking, new_id: Mapping[str, str]) -> Iterable[Lateness]:
    old, new = _hits(before), _hits(after)
    renamed = {new_id.get(payment, payment): hits for payment, hits in old.items()}
    for payment in dict.fromkeys((*new, *renamed)):
        yield Lateness(payment, renamed.get(payment), new.get(payment))


def _hits(ranking: Ranking) -> dict[str, int]:
    points: Mapping[str, Sequence[Any]] = ranking.by_payment
    return {payment: sum(one.hits for one in points.get(payment, ())) for payment in ranking.question.payments}


def _standing(one: Standing | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"rank": one.rank, "worst": one.worst, "mean": one.mean, "payments_not_counted": one.uncounted}


def _late(one: Late) -> dict[str, Any]:
    return {
        "late_runs": one.runs,
        "payouts_delayed": one.payouts,
        "amount_delayed": one.amount,
        "recipient_hours": one.recipient_hours,
        "without_count": list(one.numberless),
        "without_amount": list(one.amountless),
    }
