"""The ranking of entities by what their outage does, at its worst moment and in the mean."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.analysis.ranking.alone import Criticality, SinglePoint, each_alone
from beroenden.analysis.ranking.question import Question
from beroenden.analysis.ranking.together import Joint, Point, Together, all_together
from beroenden.analysis.ranking.trials import Trials
from beroenden.consequences.runs import timetable
from beroenden.model.network import Network
from beroenden.model.payments import is_unknown
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/ranking/1"


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to a question.

    Attributes:
        entities: Those that were tried alone, the most critical first.
        single_points: Payment by payment in the actors' common order, the worst first.
        together: All pairs, and then all threes, as far as they were asked for.
        scenarios: How many were run.
        is_partial: Whether it was stopped before all were.
    """

    network: Network
    question: Question
    entities: tuple[Criticality, ...]
    single_points: tuple[SinglePoint, ...]
    together: tuple[Together, ...]
    scenarios: int
    is_partial: bool

    @property
    def by_payment(self) -> dict[str, list[SinglePoint]]:
        """The single points of failure of each payment that has any."""
        return {payment: list(points) for payment, points in groupby(self.single_points, lambda one: one.payment)}

    @property
    def uncounted(self) -> list[str]:
        """Ids of payments that come late and add nothing to any harm, since their size is unknown."""
        late = [self.network.payment[payment] for payment in self.by_payment]
        return [payment.id for payment in late if is_unknown(payment, self.question.by)]

    @property
    def runs(self) -> int:
        """Runs of the payments that count which are due while any of the outages is looked at."""
        asked, table = self.question, timetable(self.network)
        first, last = asked.starts[0], asked.starts[-1] + asked.horizon
        return sum(len(table.runs(self.network.payment[payment], first, last)) for payment in asked.payments)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden rank`."""
        asked, zone = self.question, time_zone(self.network.timezone)
        return {
            "schema": SCHEMA,
            "model": {"name": self.network.name, "version": self.network.version, "hash": self.network.hash},
            "length_minutes": asked.length,
            "starts": starts_to_dict(asked.starts, asked.every, zone),
            "by": asked.by,
            "targets": list(asked.entities or asked.payments),
            "horizon_minutes": asked.horizon,
            "with_events": asked.with_events,
            "payment_runs": self.runs,
            "scenarios": {"planned": asked.scenarios, "done": self.scenarios},
            "partial": self.is_partial,
            "not_counted": self.uncounted,
            "entities": [_criticality(one, zone) for one in self.entities],
            "single_points": [
                {"payment": payment, "entities": [_single_point(one, zone) for one in points]}
                for payment, points in self.by_payment.items()
            ],
            "together": [_together(one, zone) for one in self.together],
        }


def ranked(trials: Trials, most: int) -> Ranking:
    """Try every entity alone, and every combination up to the size that is asked for.

    Args:
        most: So many combinations are kept in each list of them.
    """
    alone = each_alone(trials)
    return Ranking(
        network=trials.network,
        question=trials.question,
        entities=alone.entities,
        single_points=alone.single_points,
        together=all_together(trials, alone, most),
        scenarios=trials.done,
        is_partial=trials.is_partial,
    )


def starts_to_dict(starts: tuple[int, ...], every: int | None, zone: ZoneInfo) -> dict[str, Any]:
    """The moments at which outages begin."""
    first, last = iso(starts[0], zone), iso(starts[-1], zone)
    return {"first": first, "last": last, "count": len(starts), "every_minutes": every}


def _criticality(one: Criticality, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "worst": one.worst,
        "worst_start": iso(one.worst_start, zone),
        "mean": one.mean,
        "starts_hit": one.hits,
        "payments_late": one.payments_late,
        "payments_not_counted": one.uncounted,
        "harmless": one.is_harmless,
    }


def _single_point(one: SinglePoint, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "entity": one.entity,
        "starts_late": one.hits,
        "starts_over_max_delay": one.hits_over,
        "worst_start": iso(one.worst_start, zone),
        "recipient_hours": one.recipient_hours,
        "recipient_hours_mean": one.mean,
    }


def _together(found: Together, zone: ZoneInfo) -> dict[str, Any]:
    lists = {
        "greatest": (found.greatest, found.greatest_count),
        "adding": (found.adding, found.adding_count),
        "redundant": (found.redundant, found.redundant_count),
    }
    listed = {
        name: {"count": count, "listed": [_joint(one, zone) for one in joints]}
        for name, (joints, count) in lists.items()
    }
    return {"k": found.k, "combinations": found.combinations, "tried": found.tried, **listed}


def _joint(one: Joint, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "entities": list(one.entities),
        "worst": _point(one.worst, zone),
        "most_added": _point(one.most_added, zone),
        "mean": one.mean,
        "payments_not_counted": one.uncounted,
    }


def _point(point: Point, zone: ZoneInfo) -> dict[str, Any]:
    return {"start": iso(point.start, zone), "together": point.together, "parts": point.parts, "added": point.added}
