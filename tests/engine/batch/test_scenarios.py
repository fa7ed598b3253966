"""Scenarios as columns."""

from itertools import combinations

import pytest

import beroenden
from beroenden.engine.batch.scenarios import in_columns, n_minus_k
from beroenden.engine.compiled import compiled
from beroenden.engine.single import NEVER
from beroenden.errors import UsageError
from beroenden.model.scenario import Outage, Pin, Scenario

NETWORK, _ = beroenden.build(
    {
        "model": {"name": "m"},
        "entity": [
            {"id": one, "kind": "system", "needs": [{"provider": "a"}] if one != "a" else []} for one in "abcde"
        ],
    }
)
NET = compiled(NETWORK)


def rows(series):
    """(entities, start, end, since, until) of each scenario."""
    found = []
    for chunk in series:
        for place in range(len(chunk)):
            part = slice(chunk.outage_start[place], chunk.outage_start[place + 1])
            ids = tuple(NET.ids[number] for number in chunk.entity[part])
            spans = {*zip(chunk.start[part].tolist(), chunk.end[part].tolist(), strict=True)}
            found.append((ids, spans, int(chunk.since[place]), int(chunk.until[place])))
    return found


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_every_combination_at_every_time_once(k, size):
    series = n_minus_k(NET, range(0, 300, 100), 50, k=k, horizon=500, chunk=size)
    expected = [
        (pair, {(start, start + 50)}, start, start + 500)
        for pair in combinations(NET.ids, k)
        for start in (0, 100, 200)
    ]
    assert rows(series) == expected
    assert series.count == len(expected)
    assert all(len(chunk) <= size for chunk in series)


def test_only_the_entities_that_are_named():
    assert [ids for ids, *_ in rows(n_minus_k(NET, [0], 60, k=2, entities=["e", "a", "c"]))] == [
        ("e", "a"),
        ("e", "c"),
        ("a", "c"),
    ]


def test_outages_of_one_entity_stand_together():
    outages = (Outage(5, None, "c"), Outage(0, 10, "b", remaining=0.5), Outage(2, 3, "c"))
    columns = in_columns(NET, [Scenario(outages), Scenario((Outage(7, 8, "a"),), horizon=100)])
    assert columns.outage_start.tolist() == [0, 3, 4]
    assert [NET.ids[number] for number in columns.entity] == ["b", "c", "c", "a"]
    assert columns.end.tolist() == [10, 3, NEVER, 8]
    assert columns.until.tolist() == [14 * 1440, 107]


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario((Outage(0, 10, payment="pay", share=0.1),)), "part of a file (pay)"),
        (Scenario((Outage(0, 10, "a"),), pins=(Pin("b", 0.5, 0, 5),)), "pinned"),
    ],
)
def test_what_a_batch_cannot_hold_is_refused(scenario, said):
    with pytest.raises(UsageError) as refused:
        in_columns(NET, [scenario])
    assert said in str(refused.value)
    assert "one by one" in str(refused.value)
