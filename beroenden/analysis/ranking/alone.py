"""Each entity out by itself: how much harm it does, when it does most, and which payments hang on it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from beroenden.analysis.ranking.question import Question
from beroenden.analysis.ranking.trials import Flags, Harm, Trials
from beroenden.engine.batch.arrays import FloatColumn


@dataclass(frozen=True, slots=True)
class Criticality:
    """What an entity's outage does.

    Attributes:
        worst: The most harm at any of the starts; None: unknown, since only payments of unknown size come late.
        worst_start: The first start at which it is that much; where payments of unknown size come late too, that at which
            they are latest.
        mean: Harm in the mean over all starts; None as `worst`.
        hits: Starts at which any payment comes late; when none is followed, at which it does harm.
        payments_late: Payments that come late when it begins at the worst start; None when none is followed.
        uncounted: Payments that come late at some start and add nothing to the harm, since their size is unknown.
        is_harmless: Whether it harms nothing at any start, besides being out.
    """

    entity: str
    worst: float | None
    worst_start: int
    mean: float | None
    hits: int
    payments_late: int | None
    uncounted: int
    is_harmless: bool


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """An entity whose outage alone makes a payment late.

    Attributes:
        hits: Starts at which it does.
        hits_over: Starts at which some run comes later than max_delay; None when that is unknown.
        worst_start: The first start at which it does most harm by the measure; of equals at which most recipient-hours are
            lost, or where the number of recipients is unknown most hours; of those beyond max_delay, if any.
        recipient_hours: Lost then; None when the number of recipients is unknown.
        mean: Recipient-hours in the mean over all starts; None as `recipient_hours`.
        severity: The worse, the lower: beyond max_delay before not, then by harm and recipient-hours at the worst start; of
            equals those that are beyond max_delay more often, and do more, and more often.
    """

    payment: str
    entity: str
    hits: int
    hits_over: int | None
    worst_start: int
    recipient_hours: float | None
    mean: float | None
    severity: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """Every entity by itself.

    Attributes:
        entities: Those that were tried, the most critical first.
        single_points: Payment by payment, the worst first.
        value: (entities, starts) harm, entities as the question has them.
        is_harmless: (entities,).
    """

    entities: tuple[Criticality, ...]
    single_points: tuple[SinglePoint, ...]
    value: FloatColumn
    is_harmless: Flags


def each_alone(trials: Trials) -> Alone:
    """Try every entity by itself."""
    asked = trials.question
    entities: list[Criticality] = []
    points: list[SinglePoint] = []
    values: list[FloatColumn] = []
    for harm in trials.harm_of(1):
        tried = asked.candidates[len(entities) : len(entities) + len(harm.value)]
        values.append(harm.value)
        entities += _criticalities(asked, tried, harm)
        points += _single_points(trials, tried, harm)
    order = {payment: place for place, payment in enumerate(trials.payments)}
    return Alone(
        entities=tuple(sorted(entities, key=_rank)),
        single_points=tuple(sorted(points, key=lambda point: (order[point.payment], point.severity))),
        value=np.concatenate([np.zeros((0, len(asked.starts))), *values]),
        is_harmless=np.array([one.is_harmless for one in entities], dtype=np.bool_),
    )


def _criticalities(asked: Question, tried: tuple[str, ...], harm: Harm) -> Iterator[Criticality]:
    worst, mean = harm.greatest(harm.value), harm.value.mean(axis=1)
    hits, late, unknown = harm.hit.sum(axis=1), harm.late.sum(axis=2), harm.uncounted
    is_harmless = harm.is_harmless
    for place, entity in enumerate(tried):
        start, uncounted = int(worst[place]), int(unknown[place])
        value = float(harm.value[place, start])
        is_known = value > 0 or uncounted == 0
        yield Criticality(
            entity=entity,
            worst=value if is_known else None,
            worst_start=asked.starts[start],
            mean=float(mean[place]) if is_known else None,
            hits=int(hits[place]),
            payments_late=None if not asked.payments else int(late[place, start]),
            uncounted=uncounted,
            is_harmless=bool(is_harmless[place]),
        )


def _single_points(trials: Trials, tried: tuple[str, ...], harm: Harm) -> Iterator[SinglePoint]:
    network, starts = trials.network, trials.question.starts
    late, over, hours, value = harm.late, harm.over, harm.recipient_hours, harm.each
    hits, hits_over, mean = late.sum(axis=1), over.sum(axis=1), hours.mean(axis=1)
    counts = np.where(hits_over[:, None] > 0, over, late)
    most = np.where(counts, value, -np.inf).max(axis=1, keepdims=True)
    worst = np.where(counts & (value >= most), hours, -1.0).argmax(axis=1)
    for place, column in zip(*np.nonzero(hits), strict=True):
        payment = network.payment[trials.payments[column]]
        start = worst[place, column]
        often, over_often = int(hits[place, column]), int(hits_over[place, column])
        at_worst = (round(float(one[place, start, column]), 6) for one in (value, hours))
        yield SinglePoint(
            payment=payment.id,
            entity=tried[place],
            hits=often,
            hits_over=None if payment.max_delay is None else over_often,
            worst_start=starts[start],
            recipient_hours=None if payment.count is None else float(hours[place, start, column]),
            mean=None if payment.count is None else float(mean[place, column]),
            severity=tuple(-one for one in (over_often > 0, *at_worst, over_often, float(mean[place, column]), often)),
        )


def _rank(one: Criticality) -> tuple[int, float, float]:
    """The most harm first; unknown harm before none."""
    if one.worst is None:
        return 1, 0.0, 0.0
    return 2 if one.worst <= 0 else 0, -one.worst, -(one.mean or 0.0)
