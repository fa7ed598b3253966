"""Who lives on endurance, against the signal that the engine computes."""

import chain
import pytest

import beroenden
from beroenden.consequences.endurance import Respite, respites
from beroenden.consequences.outcome import breakpoints
from beroenden.units.durations import HOUR

START = "2026-12-15T08:00"


def respites_of(need, *outages):
    tables = {
        "model": {"name": "Two providers and one in need"},
        "entity": [
            {"id": "a", "kind": "system"},
            {"id": "b", "kind": "system"},
            {"id": "x", "kind": "system", "needs": [need]},
        ],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    outcome = beroenden.simulate(network, list(outages))
    found = list(respites(network, outcome.levels, outcome.start, outcome.end))
    return outcome, [(one.since - outcome.start, one.to - outcome.start, drops(one, outcome.start)) for one in found]


def drops(respite: Respite, start: int) -> list[tuple[int, float]]:
    return [(time - start, level) for time, level in respite.drops]


def test_a_provider_that_comes_back_in_time():
    _, found = respites_of({"provider": "a", "endurance": "4h"}, {"entity": "a", "start": START, "for": "3h"})
    assert found == [(0, 3 * HOUR, [(4 * HOUR, 0.0)])]


def test_endurance_that_runs_out():
    outcome, found = respites_of({"provider": "a", "endurance": "4h"}, {"entity": "a", "start": START, "for": "9h"})
    assert found == [(0, 4 * HOUR, [(4 * HOUR, 0.0)])]
    assert outcome.level_at("x", outcome.start + 4 * HOUR) == 0


def test_steps_and_what_remains_for_ever():
    need = {"provider": "a", "endurance": [["4h", 1.0], ["8h", 0.4]], "floor": 0.1}
    _, found = respites_of(need, {"entity": "a", "start": START, "for": "3d"})
    assert found == [(0, 8 * HOUR, [(4 * HOUR, 0.4), (8 * HOUR, 0.1)])]


def test_no_endurance_is_no_respite():
    assert respites_of({"provider": "a"}, {"entity": "a", "start": START, "for": "3h"})[1] == []
    assert respites_of({"provider": "a", "endurance": "0min"}, {"entity": "a", "start": START, "for": "3h"})[1] == []


@pytest.mark.parametrize(("lasting", "is_outlasted"), [("3h", False), ("4h", False), ("5h", True)])
def test_an_endurance_is_outlasted_by_what_is_longer(lasting, is_outlasted):
    tables = {
        "model": {"name": "One provider and one in need"},
        "entity": [
            {"id": "a", "kind": "system"},
            {"id": "x", "kind": "system", "needs": [{"provider": "a", "endurance": "4h"}]},
        ],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    outcome = beroenden.simulate(network, {"entity": "a", "start": START, "for": lasting})
    (one,) = respites(network, outcome.levels, outcome.start, outcome.end)
    assert one.is_outlasted == is_outlasted


def test_each_fall_of_the_supply_is_outlived_in_turn():
    need = {"shares": {"a": 0.7, "b": 0.3}, "endurance": "4h"}
    first = {"entity": "b", "start": START, "for": "12h"}
    second = {"entity": "a", "start": "2026-12-15T10:00", "for": "10h"}
    outcome, found = respites_of(need, first, second)
    assert found[0] == (0, 2 * HOUR, [(4 * HOUR, 0.7)])
    assert found[1][:2] == (2 * HOUR, 6 * HOUR)
    assert found[1][2] == [(4 * HOUR, 0.7), (6 * HOUR, 0.0)]
    assert outcome.level_at("x", outcome.start + 6 * HOUR) == 0


def test_what_is_to_come_is_what_the_engine_computes_where_the_supply_stays():
    need = {"provider": "a", "endurance": [["3h", 1.0], ["9h", 0.5]], "floor": 0.1}
    part = {"entity": "a", "start": START, "for": "5h", "remaining": 0.4}
    rest = {"entity": "a", "start": "2026-12-15T13:00", "for": "3d"}
    outcome, found = respites_of(need, part, rest)
    signal = [
        (at - outcome.start, level) for at, level in breakpoints(outcome.levels.of("x"), outcome.start, outcome.end)
    ]
    assert found[0][2][0] == (3 * HOUR, 0.7)
    assert found[1][2] == [one for one in signal if 5 * HOUR < one[0] < 3 * 24 * HOUR]


@pytest.mark.parametrize("entity", ["power", "sys", "clr"])
def test_within_a_respite_the_level_is_above_what_the_supply_gives(entity):
    network, _ = beroenden.build(chain.tables())
    outcome = beroenden.simulate(network, [{"entity": entity, "start": START, "for": "30h"}])
    for one in respites(network, outcome.levels, outcome.start, outcome.end):
        need = outcome.levels.net.need_start[outcome.levels.net.number[one.entity]] + one.need
        supply, signal = outcome.levels.supply(need), outcome.levels.signal(need, restart=False)
        assert supply.at(one.since) < signal.at(one.since)
        assert signal.at(one.to - 1) > supply.at(one.to - 1)
