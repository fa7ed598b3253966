"""A batch against single runs: every number of every scenario, bit for bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock

from beroenden.consequences.batch import chunk
from beroenden.consequences.batch.results import PaymentResults, Results
from beroenden.consequences.outcome import Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.engine.batch.scenarios import Scenarios
from beroenden.engine.compiled import compiled
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario


@contextmanager
def unjitted() -> Iterator[None]:
    """Chunks run as plain Python within."""
    with mock.patch.object(chunk, "_run", getattr(chunk._run, "py_func", chunk._run)):
        yield


def compare(network: Network, scenarios: Sequence[Scenario], results: Results, targets: Sequence[str] = ()) -> None:
    """Every result of a batch is that of the single run."""
    assert len(results) == len(scenarios)
    for place, scenario in enumerate(scenarios):
        outcome = simulate_scenario(network, scenario)
        assert of_levels(results, place) == expected_levels(network, outcome, targets)
        assert at(results.totals, place) == expected_totals(outcome)
        for column, payment in enumerate(network.by_priority()):
            runs = [run for run in outcome.runs if run.payment.id == payment.id]
            assert at(results.payments, (place, column)) == expected_sums(runs)


def at(results: PaymentResults, place: Any) -> tuple[float, ...]:
    """One scenario's numbers, as Python's own."""
    return tuple(column[place].item() for column in results.columns)


def of_levels(results: Results, place: int) -> tuple[Any, ...]:
    """What a scenario's levels sum to."""
    sums = results.lost_hours[place].item(), results.harmed[place].item(), results.down[place].item()
    return *sums, results.target_lost_hours[place].tolist()


def expected_levels(network: Network, outcome: Outcome, targets: Sequence[str]) -> tuple[Any, ...]:
    """The same of a single run; entities in the order of their numbers."""
    number = compiled(network).number
    impacts = sorted(outcome.entities, key=lambda impact: number[impact.entity.id])
    lost = {impact.entity.id: impact.lost_hours for impact in impacts}
    return (
        sum(lost.values(), 0.0),
        sum(impact.degraded_from is not None for impact in impacts),
        sum(impact.down_from is not None for impact in impacts),
        [lost.get(target, 0.0) for target in targets],
    )


def expected_totals(outcome: Outcome) -> tuple[float, ...]:
    """What a single run says of all payments together."""
    over = sum(bool(run.over_max_delay) for run in outcome.runs)
    totals = outcome.payouts_delayed, outcome.amount_delayed, outcome.recipient_hours
    return (len(outcome.late_runs), over, *totals)


def expected_sums(runs: Sequence[RunImpact]) -> tuple[float, ...]:
    """What a single run says of one payment."""
    return (
        sum(run.status != "on_time" for run in runs),
        sum(bool(run.over_max_delay) for run in runs),
        sum(run.delayed_recipients or 0 for run in runs),
        sum(run.delayed_amount or 0 for run in runs),
        sum((run.recipient_hours or 0.0 for run in runs), 0.0),
    )


def same(one: Results, other: Results) -> bool:
    """Whether two results are the same, bit for bit."""
    return bytes_of(one) == bytes_of(other)


def bytes_of(results: Results) -> list[bytes]:
    """All columns of results."""
    levels = (results.lost_hours, results.harmed, results.down, results.target_lost_hours)
    return [column.tobytes() for column in (*levels, *results.totals.columns, *results.payments.columns)]


def bytes_of_scenarios(scenarios: Scenarios) -> list[bytes]:
    """All columns of scenarios."""
    return [getattr(scenarios, name).tobytes() for name in Scenarios.__slots__]
