"""The batch against single runs on random models: the same numbers, compiled or plain, whatever is run beside."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from unittest import mock

import batched
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.engine.batch import arrays
from beroenden.engine.batch.scenarios import in_columns
from beroenden.engine.compiled import compiled
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.modelfiles.scenario import build_scenario
from properties import strategies as random_model
from properties.strategies import Case


def network_of(case: Case) -> Network:
    """The model of a case."""
    network, findings = beroenden.build(copy.deepcopy(case.tables))
    assert network is not None, [str(finding) for finding in findings]
    return network


def scenarios_of(case: Case, network: Network) -> list[Scenario]:
    """All outages of entities together, and each alone."""
    arguments = case.arguments
    entities = [outage for outage in arguments["outages"] if "entity" in outage]
    return [built(network, one, arguments["horizon"]) for one in (entities, *([one] for one in entities))]


def built(network: Network, outages: Sequence[dict[str, Any]], horizon: str) -> Scenario:
    """A scenario without pins."""
    return build_scenario(network, list(outages), [], horizon, None)


def compare(case: Case) -> None:
    """Compiled, plain and with a pool that must grow: what the single runs say."""
    network = network_of(case)
    scenarios, targets = scenarios_of(case, network), tuple(sorted(network.entity))[:3]
    model, columns = batch_model(network, targets=targets), in_columns(compiled(network), scenarios)
    results = run_chunk(model, columns)
    batched.compare(network, scenarios, results, targets)
    with mock.patch.multiple(arrays, _SMALLEST_POOL=2, _STEPS_EACH=0):
        assert batched.same(run_chunk(model, columns), results)
    with batched.unjitted():
        assert batched.same(run_chunk(model, columns), results)


@settings(max_examples=60)
@given(random_model.cases(pinned=False))
def test_levels_of_a_batch_are_those_of_single_runs(case: Case) -> None:
    compare(case)


@settings(max_examples=60)
@given(random_model.payment_cases())
def test_payments_of_a_batch_are_those_of_single_runs(case: Case) -> None:
    compare(case)


@pytest.mark.sweep
@settings(max_examples=1500)
@given(st.one_of(random_model.cases(pinned=False), random_model.payment_cases()))
def test_a_batch_is_single_runs_in_a_sweep(case: Case) -> None:
    compare(case)


@settings(max_examples=60)
@given(random_model.payment_cases(), st.integers(1, 3000))
def test_more_outage_never_helps_in_a_batch(case: Case, more: int) -> None:
    network = network_of(case)
    [scenario, *_] = scenarios_of(case, network)
    assume(all(outage.end is not None for outage in scenario.outages))
    columns = in_columns(compiled(network), [scenario, with_longer(scenario, more)])
    results = run_chunk(batch_model(network), columns)
    assert results.lost_hours[0] <= results.lost_hours[1] + 1e-9
    assert (results.payments.late[0] <= results.payments.late[1]).all()
    assert (results.payments.recipient_hours[0] <= results.payments.recipient_hours[1] + 1e-6).all()


def with_longer(scenario: Scenario, more: int) -> Scenario:
    """The same scenario with every outage some minutes longer."""
    return replace(scenario, outages=tuple(replace(one, end=(one.end or 0) + more) for one in scenario.outages))
