"""How uncertain an outcome is: the same outages drawn many times, and what each draw comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np

from beroenden.consequences.batch.chunk import batch_model
from beroenden.consequences.batch.montecarlo import draws_of
from beroenden.consequences.batch.results import PaymentResults
from beroenden.consequences.batch.sweep import Sweep
from beroenden.consequences.draws import is_uncertain, spread_needs
from beroenden.engine.batch.arrays import FloatColumn, IntColumn
from beroenden.engine.batch.scenarios import Scenarios
from beroenden.engine.compiled import compiled
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.payments import is_unknown
from beroenden.model.scenario import Scenario

SCHEMA = "beroenden/draws/1"

Measure = Literal["payouts", "amount", "recipient_hours", "late_runs", "over_max_delay"]
MEASURES: tuple[Measure, ...] = get_args(Measure)


@dataclass(frozen=True, eq=False)
class Spread:
    """The outcomes of n draws.

    Attributes:
        seed: The same seed gives the same draws.
        measures: By name (n,): payouts, SEK and recipient-hours that come late, runs that do, and runs over their max_delay;
            NaN in draws in which all that comes late is of unknown size.
        uncounted: By name but late_runs (n,): payments that come late of which the model lacks the figure, so that what they
            add is unknown.
        lengths: By entity, and for its later outages by entity and number ("swish 2") (n,): minutes of each that was drawn.
        factors: By entity and index of its need (n,): what each uncertain endurance was multiplied by.
    """

    network: Network
    scenario: Scenario
    seed: int
    measures: dict[Measure, FloatColumn] = field(repr=False)
    uncounted: dict[Measure, IntColumn] = field(repr=False)
    lengths: dict[str, FloatColumn] = field(repr=False)
    factors: dict[tuple[str, int], FloatColumn] = field(repr=False)

    def __len__(self) -> int:
        return len(self.measures["payouts"])

    def percentile(self, measure: Measure, percent: float) -> float:
        """What so many per cent of the draws do not exceed; NaN where that is unknown in any of them.

        Raises:
            UsageError: for a measure that there is not.
        """
        if measure not in self.measures:
            there = ", ".join(MEASURES)
            raise UsageError(
                say(f"{measure} finns inte; välj bland {there}.", f"there is no {measure}; choose among {there}.")
            )
        return float(np.percentile(self.measures[measure], percent))

    @property
    def drawn(self) -> dict[str, FloatColumn]:
        """Everything that was drawn, by a name that says what it is: minutes of outages, factors on endurances."""
        lengths = {f"minutes of {entity}": minutes for entity, minutes in self.lengths.items()}
        factors = {f"endurance of {entity}, need {need}": factor for (entity, need), factor in self.factors.items()}
        return lengths | factors

    def to_dict(self) -> dict[str, Any]:
        """Everything as JSON: a row for each draw; None is unknown."""
        uncounted = {f"payments_not_counted_{name}": count for name, count in self.uncounted.items()}
        columns = (*self.drawn.items(), *self.measures.items(), *uncounted.items())
        values = {
            str(name): [None if value != value else value for value in column.tolist()] for name, column in columns
        }
        return {
            "schema": SCHEMA,
            "model": {"name": self.network.name, "version": self.network.version, "hash": self.network.hash},
            "seed": self.seed,
            "count": len(self),
            "draws": [dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True)],
        }


def spread(network: Network, scenario: Scenario, count: int, seed: int) -> Spread:
    """Draw lengths and endurances and follow all payments.

    Raises:
        UsageError: when nothing is uncertain, or for what a batch does not hold: pins and faults in part of a file.
    """
    if not is_uncertain(network, scenario):
        raise UsageError(
            say(
                'Inget är osäkert: ange en längd som { p50 = "2h", p90 = "12h" } eller en uthållighet med spread.',
                'Nothing is uncertain: give a length as { p50 = "2h", p90 = "12h" } or an endurance with a spread.',
            )
        )
    model = batch_model(network)
    chunks = list(Sweep(model, draws_of(network, scenario, count, seed)))
    drawn = [scenarios for scenarios, _ in chunks]
    late = np.concatenate([results.payments.late for _, results in chunks]) > 0
    payments = [network.payment[payment] for payment in model.payments]
    uncounted: dict[Measure, IntColumn] = {
        one: late[:, [is_unknown(payment, one) for payment in payments]].sum(axis=1)
        for one in MEASURES
        if one != "late_runs"
    }
    totals = _measured(results.totals for _, results in chunks)
    return Spread(
        network=network,
        scenario=scenario,
        seed=seed,
        measures={
            one: np.where((sums == 0) & (uncounted.get(one, 0) > 0), np.nan, sums) for one, sums in totals.items()
        },
        uncounted=uncounted,
        lengths=_lengths(network, scenario, drawn),
        factors=_factors(network, drawn),
    )


def _measured(chunks: Iterable[PaymentResults]) -> dict[Measure, FloatColumn]:
    totals = list(chunks)
    return {
        "payouts": _joined(one.recipients for one in totals),
        "amount": _joined(one.amount for one in totals),
        "recipient_hours": _joined(one.recipient_hours for one in totals),
        "late_runs": _joined(one.late for one in totals),
        "over_max_delay": _joined(one.over_max_delay for one in totals),
    }


def _joined(parts: Iterable[IntColumn | FloatColumn]) -> FloatColumn:
    return np.concatenate([part.astype(np.float64) for part in parts])


def _lengths(network: Network, scenario: Scenario, drawn: list[Scenarios]) -> dict[str, FloatColumn]:
    """The drawn lengths; in each draw the outages stand by the number of their entity."""
    ids, outages = compiled(network).ids, len(scenario.outages)
    uncertain = {one.entity for one in scenario.outages if one.length is not None}
    minutes = _joined((one.end - one.start).reshape(-1, outages) for one in drawn)
    found: dict[str, FloatColumn] = {}
    for column, number in enumerate(drawn[0].entity[:outages].tolist()):
        entity = ids[number]
        if entity in uncertain:
            earlier = sum(1 for one in found if one.partition(" ")[0] == entity)
            found[f"{entity} {earlier + 1}" if earlier else entity] = minutes[:, column]
    return found


def _factors(network: Network, drawn: list[Scenarios]) -> dict[tuple[str, int], FloatColumn]:
    factors = np.concatenate([one.factors for one in drawn])
    return {(entity, index): factors[:, column] for column, (entity, index, _) in enumerate(spread_needs(network))}
