"""What is named as holding something, or a payment run, is enough to do so: nothing else need be wrong."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from properties import strategies as random_model
from properties.strategies import Case


def plain(case: Case) -> Case:
    """The same with one provider a need and no mutual dependency: elsewhere a path names one of several that it takes."""
    tables = copy.deepcopy(case.tables)
    known = {entity["id"] for entity in tables["entity"]} if "payment" in tables else set()
    for entity in tables["entity"]:
        entity["needs"] = [one for need in entity.get("needs", []) for one in single(need, known)]
        known.add(entity["id"])
    for payment in tables.get("payment", []):
        for stage in payment["stage"]:
            stage["needs"] = [one for need in stage.get("needs", []) for one in single(need, known)]
    return replace(case, tables=tables)


def single(need: dict[str, Any], known: set[str]) -> list[dict[str, Any]]:
    """The need of the first of its providers; none where that is none of what is known."""
    first = next(iter(need.get("any_of") or need.get("shares") or [need.get("provider")]))
    rest = {key: value for key, value in need.items() if key not in ("any_of", "at_least", "shares", "provider")}
    return [{**rest, "provider": first}] if first in known else []


def simulated(case: Case) -> Outcome:
    network, findings = beroenden.build(copy.deepcopy(case.tables))
    assert network is not None, findings
    return beroenden.simulate(network, **case.arguments)


def with_only(whole: Outcome, causes: set[str]) -> Outcome:
    """The same time with nothing else out."""
    outages = tuple(one for one in whole.scenario.outages if one.entity in causes)
    return simulate_scenario(whole.network, replace(whole.scenario, outages=outages, since=whole.start))


@settings(max_examples=60)
@given(random_model.cases(pinned=False).map(plain), st.data())
def test_what_holds_something_is_enough_to_hold_it_there(case, data):
    whole = simulated(case)
    harmed = [impact for impact in whole.entities if impact.degraded_from is not None]
    for impact in harmed:
        time = data.draw(st.integers(0, case.end - 1)) + whole.start
        level = whole.level_at(impact.entity.id, time)
        paths = whole.holding(impact.entity.id, time, time + 1)
        assert bool(paths) == (level < 1)
        if paths:
            alone = with_only(whole, {path[-1].entity for path in paths})
            assert alone.level_at(impact.entity.id, time) <= level + 1e-9
            assert all(path[0].entity == impact.entity.id and path[0].at <= time for path in paths)


@settings(max_examples=60)
@given(random_model.cases(), st.data())
def test_what_holds_something_is_always_found_and_is_a_cause(case, data):
    whole = simulated(case)
    causes = {one["entity"] for one in (*case.outages, *case.pins)}
    for impact in whole.entities:
        assert all(spell.because for spell in impact.spells)
        if impact.degraded_from is not None:
            start = data.draw(st.integers(0, case.end - 1)) + whole.start
            end = data.draw(st.integers(start + 1, whole.end))
            paths = whole.holding(impact.entity.id, start, end)
            assert bool(paths) == any(level < 1 for *_, level in impact.steps.pieces(start, end))
            assert len({path[-1].entity for path in paths}) == len(paths)
            for path in paths:
                ids = [link.entity for link in path]
                assert path[-1].entity in causes
                assert len(set(ids)) == len(ids)


@settings(max_examples=60)
@given(random_model.payment_cases().map(plain))
def test_what_made_a_run_late_is_enough_to_make_it_late(case):
    whole = simulated(case)
    for run in whole.late_runs:
        if run.blocked_by:
            alone = with_only(whole, set(run.blocked_by))
            assert run.key in {one.key for one in alone.late_runs}
