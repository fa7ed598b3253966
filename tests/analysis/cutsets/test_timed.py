"""Timed cut sets against every set of outages simulated singly."""

import copy
import signal
from itertools import chain, combinations
from pathlib import Path

import pytest
from chain import network, tables
from hypothesis import given, settings
from properties import strategies

import beroenden
from beroenden.analysis.cutsets import timed
from beroenden.analysis.cutsets.timed import TimedSearch
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import UsageError
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.times import parse_instant, time_zone

SOES = Path(__file__).parents[3] / "models" / "soes"
HOUR = 60


def built(raw):
    made, findings = beroenden.build(raw)
    assert made is not None, findings
    return made


def at(*texts):
    return tuple(parse_instant(text, time_zone("Europe/Stockholm")) for text in texts)


def search(net, target, length, starts, **more):
    found = TimedSearch(net, target, length, tuple(starts), **more)
    found.begin()
    return found.found()


def is_late(net, target, out, start, length):
    outages = tuple(Outage(start, start + length, entity=one) for one in out)
    outcome = simulate_scenario(net, Scenario(outages, since=start))
    runs = [run for run in outcome.runs if run.payment.id == target]
    if net.payment[target].max_delay is None:
        return any(run.status != "on_time" for run in runs)
    return any(run.over_max_delay for run in runs)


def by_hand(net, target, length, starts, max_order):
    """Every set that makes it too late at some start and holds no smaller one, with its starts."""
    names = [one.id for one in net.entities]
    found = {}
    for out in chain.from_iterable(combinations(names, size) for size in range(1, max_order + 1)):
        if any(smaller <= set(out) for smaller in map(set, found)):
            continue
        late = [start for start in starts if is_late(net, target, out, start, length)]
        if late:
            found[out] = late
    return found


def agree(found, expected):
    assert {one.entities: (one.first_start, one.starts) for one in found.sets} == {
        out: (late[0], len(late)) for out, late in expected.items()
    }
    assert [len(one.entities) for one in found.sets] == sorted(len(one.entities) for one in found.sets)


def with_reserves():
    raw = tables()
    raw["entity"] += [{"id": name, "name": name, "kind": "supplier"} for name in ("net-a", "net-b", "net-c")]
    raw["entity"][1]["needs"].append({"any_of": ["net-a", "net-b", "net-c"], "at_least": 2, "endurance": "1h"})
    raw["payment"][0]["stage"][1]["needs"].append({"any_of": ["net-a", "power"]})
    return raw


@pytest.mark.parametrize("max_delay", ["24h", "73h", None])
@pytest.mark.parametrize("starts", [["2026-12-15T17:00"], ["2026-12-15T17:00", "2026-12-16T17:00", "2026-12-18T05:30"]])
def test_sets_are_those_of_single_simulations(max_delay, starts):
    raw = with_reserves()
    raw["payment"][0].pop("max_delay")
    if max_delay:
        raw["payment"][0]["max_delay"] = max_delay
    net = built(raw)
    expected = by_hand(net, "allowance", 27 * HOUR, at(*starts), 3)
    assert any(len(out) > 1 for out in expected) == (max_delay != "73h")
    agree(search(net, "allowance", 27 * HOUR, at(*starts)), expected)


@settings(max_examples=40, deadline=None)
@given(strategies.payment_cases())
def test_sets_of_random_models_are_those_of_single_simulations(case):
    net = built(copy.deepcopy(case.tables))
    start = parse_instant(case.start.isoformat(timespec="minutes"), time_zone(net.timezone))
    starts = (start, start + 5 * HOUR)
    [payment] = net.payment
    agree(search(net, payment, 20 * HOUR, starts), by_hand(net, payment, 20 * HOUR, starts, 3))


def test_each_set_of_the_model_delays_and_no_part_of_it_does():
    net = beroenden.load_or_raise(SOES)
    [start] = at("2026-12-16T12:00")
    found = search(net, "barnbidrag", 12 * HOUR, [start])
    assert ("telia", "tele2", "telenor") in [one.entities for one in found.sets]
    for one in found.sets:
        assert is_late(net, "barnbidrag", one.entities, start, 12 * HOUR), one.entities
        for left_out in one.entities:
            rest = [each for each in one.entities if each != left_out]
            assert not rest or not is_late(net, "barnbidrag", rest, start, 12 * HOUR)


def test_what_the_payment_does_not_need_or_what_never_fails_is_not_tried():
    raw = tables()
    raw["entity"][3]["failure"] = {"unavailability": 0}
    raw["entity"].append({"id": "else", "name": "Else", "kind": "system"})
    found = search(built(raw), "allowance", 30 * HOUR, at("2026-12-15T14:00"))
    assert found.candidates == 4  # sys, power, b1, b2
    assert [one.entities for one in found.sets] == [("sys",), ("power",)]


def test_starts_at_which_nothing_helps_are_not_tried_again():
    net = built(with_reserves())
    one = search(net, "allowance", 27 * HOUR, at("2026-12-15T17:00"))
    many = search(net, "allowance", 27 * HOUR, at("2026-12-15T17:00", "2026-12-20T00:00", "2026-12-21T00:00"))
    assert [each.entities for each in many.sets] == [each.entities for each in one.sets]
    assert many.scenarios < 2 * one.scenarios


def test_without_a_run_within_reach_nothing_is_found():
    found = search(network(), "allowance", 12 * HOUR, at("2026-11-25T00:00"))
    assert (found.runs, found.sets) == (0, ())


def test_the_json_is_like_that_of_lasting_failures():
    told = search(built(with_reserves()), "allowance", 27 * HOUR, at("2026-12-15T17:00")).to_dict(limit=2)
    assert told["schema"] == "beroenden/cutsets/1"
    assert (told["count"], told["max_order"]) == (sum(told["by_order"].values()), 3)
    assert len(told["cut_sets"]) == len(told["moments"]) == 2
    assert told["moments"][0] == {"first_start": "2026-12-15T17:00+01:00", "starts": 1}
    assert told["timed"]["for_minutes"] == 27 * HOUR
    assert told["timed"]["max_delay_minutes"] == 24 * HOUR


def test_two_processes_find_the_same(monkeypatch):
    monkeypatch.setattr(timed, "WORTH_PROCESSES", 20)
    net, starts = built(with_reserves()), at("2026-12-15T17:00", "2026-12-16T17:00")
    one, two = (search(net, "allowance", 27 * HOUR, starts, max_order=2, processes=processes) for processes in (1, 2))
    assert one == two


def test_ctrl_c_leaves_minimal_sets(monkeypatch):
    monkeypatch.setattr(timed, "CHUNK", 1)
    net = built(with_reserves())
    stopped = TimedSearch(net, "allowance", 27 * HOUR, at("2026-12-15T17:00"))
    stopped.begin()
    stopped.progress = lambda done, total: signal.raise_signal(signal.SIGINT) if done == 1 else None
    found = stopped.found()
    whole = search(net, "allowance", 27 * HOUR, at("2026-12-15T17:00"))
    assert (found.is_partial, found.searched) == (True, 1)
    assert set(found.sets) < set(whole.sets)


def test_how_much_is_left_is_told_before_it_is_run():
    left = TimedSearch(built(with_reserves()), "allowance", 27 * HOUR, at("2026-12-15T17:00"))
    left.begin()
    bound = left.scenarios_left
    before = 8 + 1
    assert 0 < left.seconds_left() < 60
    assert before < left.found().scenarios <= before + bound


@pytest.mark.parametrize(
    ("target", "length", "told"),
    [("sys", 60, "is an entity"), ("allowanse", 60, 'Did you mean "allowance"'), ("allowance", 0, "above 0")],
)
def test_what_cannot_be_searched_is_refused(target, length, told):
    with pytest.raises(UsageError, match=told):
        TimedSearch(network(), target, length, at("2026-12-15T17:00"))
