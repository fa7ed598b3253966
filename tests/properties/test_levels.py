"""Levels: the package against the twin on random graphs, and what must hold for every graph."""

from __future__ import annotations

import copy
import itertools
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from twin import levels as twin

import beroenden
from properties import strategies as random_model
from properties.strategies import Case

CLOSE = 1e-6
UNTOUCHED: dict[str, Any] = {
    "degraded_from": None,
    "down_from": None,
    "restored": None,
    "lost_hours": 0.0,
    "reserve_lost": [],
}


# --- reading an outcome -----------------------------------------------------------------------


def simulated(case: Case) -> dict[str, Any]:
    """What the package says of a case."""
    network, findings = beroenden.build(copy.deepcopy(case.tables))
    assert network is not None, [str(finding) for finding in findings]
    outcome: dict[str, Any] = beroenden.simulate(network, **case.arguments).to_dict()
    return outcome


def minute(text: str | None, case: Case) -> int | None:
    """A time of an outcome as minutes from its start."""
    if text is None:
        return None
    seconds = (datetime.fromisoformat(text).replace(tzinfo=None) - case.start).total_seconds()
    return round(seconds / 60)


def known_minute(text: str, case: Case) -> int:
    """A time that must be there."""
    found = minute(text, case)
    assert found is not None
    return found


def rows(outcome: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The entities of an outcome by id."""
    return {row["id"]: row for row in outcome["entities"]}


def sampled(row: dict[str, Any] | None, case: Case) -> list[float]:
    """The level at every minute of [0, end); an entity not listed is at 1."""
    values = [1.0] * case.end
    for text, level in row["levels"] if row else []:
        since = known_minute(text, case)
        assert 0 <= since < case.end
        values[since:] = [level] * (case.end - since)
    return values


def all_sampled(case: Case) -> dict[str, list[float]]:
    """The level of every entity at every minute, by the package."""
    found = rows(simulated(case))
    return {name: sampled(found.get(name), case) for name in names(case)}


def names(case: Case) -> list[str]:
    """The ids of the entities."""
    return [entity["id"] for entity in case.tables["entity"]]


def needs(case: Case, name: str) -> list[dict[str, Any]]:
    """The raw needs of an entity."""
    found = next(entity for entity in case.tables["entity"] if entity["id"] == name)
    return list(found.get("needs", []))


def nowhere_above(low: dict[str, list[float]], high: dict[str, list[float]]) -> bool:
    """Whether one course lies at or below another for every entity at every minute."""
    return all(x <= y + CLOSE for name in low for x, y in zip(low[name], high[name], strict=True))


# --- the package against the twin -------------------------------------------------------------


def compare(case: Case) -> None:
    """Everything the package says of levels is what the twin says."""
    outcome = simulated(case)
    assert minute(outcome["start"], case) == 0
    assert minute(outcome["end"], case) == case.end
    known = twin.levels(case.tables, case.outages, case.pins, case.end)
    assume(not any(at_the_tolerance(level) for values in known.values() for level in values))
    found = rows(outcome)
    for name in names(case):
        row = found.get(name)
        assert sampled(row, case) == pytest.approx(known[name][: case.end], abs=CLOSE), name
        assert said(row or UNTOUCHED, case) == said_by_twin(case, name, known), name


def at_the_tolerance(level: float) -> bool:
    """Whether it is a matter of rounding if the level counts as 0 or 1."""
    return any(twin.SNAP / 100 < abs(level - whole) < 100 * twin.SNAP for whole in (0, 1))


def said(row: dict[str, Any], case: Case) -> dict[str, Any]:
    """The summary of an entity in minutes; a reserve that is not back by the end is lost up to it."""
    moments = {key: minute(row[key], case) for key in ("degraded_from", "down_from", "restored")}
    last = random_model.instant(case.start, case.end)
    reserve = [
        (lost["need"], minute(lost["from"], case), minute(lost["to"] or last, case)) for lost in row["reserve_lost"]
    ]
    hours = pytest.approx(row["lost_hours"], abs=1e-3)
    return {**moments, "reserve_lost": sorted(reserve), "lost_hours": hours}


def said_by_twin(case: Case, name: str, known: dict[str, list[float]]) -> dict[str, Any]:
    """The same from the twin's levels."""
    values = known[name]
    degraded = twin.first(values, case.end, lambda level: level < 1)
    return {
        "degraded_from": degraded,
        "down_from": twin.first(values, case.end, lambda level: level == 0),
        "restored": None if degraded is None else twin.restored(values, case.end),
        "reserve_lost": sorted(twin.reserve_lost(needs(case, name), known, case.end)),
        "lost_hours": twin.lost_hours(values, case.end),
    }


A_FLOOR_AFTER_FULL_ENDURANCE = random_model.graph_case(
    {"a": [], "b": [{"provider": "a", "endurance": "5min", "floor": 0.1}]},
    outages=({"entity": "a", "start": 0, "end": 10},),
)
A_PIN_ABOVE_THE_OUTAGE_IN_A_CYCLE = random_model.graph_case(
    {"a": [{"provider": "a"}, {"provider": "b"}], "b": [{"provider": "a"}]},
    outages=({"entity": "b", "start": 0, "end": 10},),
    pins=({"entity": "b", "start": 0, "end": 10, "level": 0.5},),
)
FALLS_AGAIN_AT_THE_END = replace(
    random_model.graph_case(
        {"a": [], "b": [{"provider": "a", "endurance": "14min", "floor": 0.1}]},
        outages=({"entity": "a", "start": 0, "end": 15}, {"entity": "a", "start": 69, "end": None}),
    ),
    end=83,
)


@settings(max_examples=100)
@given(random_model.cases())
@example(FALLS_AGAIN_AT_THE_END)
@example(A_FLOOR_AFTER_FULL_ENDURANCE)
@example(A_PIN_ABOVE_THE_OUTAGE_IN_A_CYCLE)
def test_package_is_the_twin(case: Case) -> None:
    compare(case)


@pytest.mark.sweep
@settings(max_examples=2_500)
@given(random_model.cases())
def test_package_is_the_twin_in_a_sweep(case: Case) -> None:
    compare(case)


# --- what must hold for every graph -----------------------------------------------------------


@given(random_model.cases(), st.data())
def test_more_outage_never_helps(case: Case, data: st.DataObject) -> None:
    extra = data.draw(random_model.spans(names(case), case.end))
    worse = case.with_outages((*case.outages, extra))
    assert nowhere_above(all_sampled(worse), all_sampled(case))


@given(random_model.cases(), st.data())
def test_a_longer_and_deeper_outage_never_helps(case: Case, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(case.outages) - 1))
    longer = {**case.outages[place], "end": None, "remaining": 0.0}
    worse = case.with_outages((*case.outages[:place], longer, *case.outages[place + 1 :]))
    assert nowhere_above(all_sampled(worse), all_sampled(case))


@given(random_model.cases(), st.data())
def test_removing_a_need_never_hurts(case: Case, data: st.DataObject) -> None:
    assume(not restart_in_a_cycle(case))
    places = [(entity, need) for entity, name in enumerate(names(case)) for need in range(len(needs(case, name)))]
    assume(places)
    smaller = random_model.without_need(case.tables, *data.draw(st.sampled_from(places)))
    freer = Case(smaller, case.outages, case.pins, case.end)
    assert nowhere_above(all_sampled(case), all_sampled(freer))


def restart_in_a_cycle(case: Case) -> bool:
    """Whether any need inside a cycle has a restart time."""
    graph = {name: needs(case, name) for name in names(case)}
    return any(
        "restart" in need and twin.is_inside(need, component)
        for component in twin.components_in_order(graph)
        for name in component
        for need in graph[name]
    )


@given(random_model.cases(), st.integers(-10, 30))
def test_levels_move_with_time(case: Case, weeks: int) -> None:
    later = Case(case.tables, tuple(moved(case.outages, weeks)), tuple(moved(case.pins, weeks)), case.end)
    before = [in_minutes(row, case, 0) for row in simulated(case)["entities"]]
    after = [in_minutes(row, case, weeks) for row in simulated(later)["entities"]]
    assert before == after


WEEK = 7 * 1440


def moved(spans: tuple[dict[str, Any], ...], weeks: int) -> list[dict[str, Any]]:
    """Outages or pins some weeks later."""
    return [{**span, "start": span["start"] + weeks * WEEK, "end": later(span["end"], weeks)} for span in spans]


def later(end: int | None, weeks: int) -> int | None:
    """An end some weeks later, if it is known."""
    return None if end is None else end + weeks * WEEK


def in_minutes(value: Any, case: Case, weeks: int) -> Any:
    """A piece of an outcome with its times as minutes from `start` plus the weeks."""
    if isinstance(value, dict):
        return {key: in_minutes(item, case, weeks) for key, item in value.items()}
    if isinstance(value, list):
        return [in_minutes(item, case, weeks) for item in value]
    if isinstance(value, str) and value[:2] == "20" and "T" in value:
        return known_minute(value, case) - weeks * WEEK
    return value


@given(random_model.cases())
def test_levels_do_not_depend_on_the_ids(case: Case) -> None:
    fresh = dict(zip(names(case), ["zeta", "y-1", "x", "w", "v9", "u", "t", "s"], strict=False))
    tables, outages, pins = random_model.renamed((case.tables, case.outages, case.pins), fresh)
    other = Case(tables, outages, pins, case.end)
    expected = {fresh[name]: values for name, values in all_sampled(case).items()}
    assert all_sampled(other) == {name: pytest.approx(values, abs=CLOSE) for name, values in expected.items()}


# --- explanations -----------------------------------------------------------------------------


@given(random_model.cases())
def test_every_explanation_is_a_path_to_a_cause(case: Case) -> None:
    for row in simulated(case)["entities"]:
        if row["degraded_from"] is None:
            assert row["because"] == []
        else:
            check_path(row, case)


def check_path(row: dict[str, Any], case: Case) -> None:
    """Victim first, each needing the next, never later towards the cause, cause last."""
    path = [(step["entity"], known_minute(step["at"], case)) for step in row["because"]]
    visited = [entity for entity, _ in path]
    assert visited[0] == row["id"]
    assert path[0][1] == minute(row["degraded_from"], case)
    assert len(set(visited)) == len(visited)
    for (victim, at), (cause, since) in itertools.pairwise(path):
        assert any(cause in twin.providers(need) for need in needs(case, victim))
        assert since <= at
    assert is_cause(*path[-1], case)


def is_cause(entity: str, at: int, case: Case) -> bool:
    """Whether an outage or a pin of the entity began by then."""
    return any(span["entity"] == entity and span["start"] <= at for span in (*case.outages, *case.pins))


@given(random_model.cases())
def test_the_levels_on_a_path_are_the_levels_then(case: Case) -> None:
    outcome = simulated(case)
    for row in outcome["entities"]:
        for step in row["because"]:
            values = sampled(rows(outcome).get(step["entity"]), case)
            assert step["level"] == pytest.approx(values[known_minute(step["at"], case)], abs=CLOSE)


@given(random_model.cases(pinned=False))
def test_each_step_of_an_explanation_is_the_lowest_need_that_set_the_level(case: Case) -> None:
    assume(not has_a_cycle(case))
    known = twin.levels(case.tables, case.outages, case.pins, case.end)
    for row in simulated(case)["entities"]:
        path = [(step["entity"], known_minute(step["at"], case)) for step in row["because"]]
        for (victim, at), (cause, _) in itertools.pairwise(path):
            assert cause in twin.providers(needs(case, victim)[lowest_need(case, victim, at, known)])


def has_a_cycle(case: Case) -> bool:
    """Whether any entity needs itself, directly or not."""
    graph = {name: needs(case, name) for name in names(case)}
    return any(name in twin.everything_below(name, graph) for name in graph)


def lowest_need(case: Case, name: str, at: int, known: dict[str, list[float]]) -> int:
    """The first of the needs whose e is the level of the entity at a minute."""
    signals = [twin.after_restart(need, known)[at] for need in needs(case, name)]
    return next(place for place, signal in enumerate(signals) if signal <= known[name][at] + CLOSE)
