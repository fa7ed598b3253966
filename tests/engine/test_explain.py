"""Because-paths and reserves where the worked examples are silent."""

import beroenden


def outcome(entities, outages, **more):
    tables = {
        "model": {"name": "m", "timezone": "UTC"},
        "entity": [{"kind": "system", **entity} for entity in entities],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return beroenden.simulate(network, outages, **more).to_dict()


def path(found, entity):
    impact = next(one for one in found["entities"] if one["id"] == entity)
    return [(link["entity"], link["at"][11:16]) for link in impact["because"]]


def out(entity, start, length):
    return {"entity": entity, "start": f"2026-12-16T{start}", "for": length}


def test_ties_go_to_the_lowest_need_then_the_provider_named_first():
    entities = [{"id": "a"}, {"id": "b"}, {"id": "v", "needs": [{"provider": "b"}, {"provider": "a"}]},
                {"id": "w", "needs": [{"any_of": ["b", "a"]}]}]  # fmt: skip
    found = outcome(entities, [out("a", "08:00", "1h"), out("b", "08:00", "1h")])
    assert path(found, "v") == [("v", "08:00"), ("b", "08:00")]
    assert path(found, "w") == [("w", "08:00"), ("b", "08:00")]


def test_a_mutual_dependency_leads_out_to_its_cause():
    entities = [
        {"id": "a"},
        {"id": "x", "needs": [{"provider": "y"}, {"provider": "a"}]},
        {"id": "y", "needs": [{"provider": "x"}]},
    ]
    found = outcome(entities, [out("a", "08:00", "1h")])
    assert path(found, "x") == [("x", "08:00"), ("a", "08:00")]
    assert path(found, "y") == [("y", "08:00"), ("x", "08:00"), ("a", "08:00")]


def test_the_path_follows_the_spell_that_harmed():
    """p fails at 06 for one minute, then at 10 for hours: v, which does without p for an hour, fell for the second."""
    entities = [{"id": "a"}, {"id": "b"}, {"id": "p", "needs": [{"provider": "a"}, {"provider": "b"}]},
                {"id": "v", "needs": [{"provider": "p", "endurance": "1h"}]}]  # fmt: skip
    found = outcome(entities, [out("a", "06:00", "1min"), out("b", "10:00", "3h")])
    assert path(found, "p") == [("p", "06:00"), ("a", "06:00")]
    assert path(found, "v") == [("v", "11:00"), ("p", "10:00"), ("b", "10:00")]


def test_a_pin_is_a_cause_and_outranks_what_is_computed():
    entities = [{"id": "a"}, {"id": "b", "needs": [{"provider": "a"}]}, {"id": "c", "needs": [{"provider": "b"}]}]
    pins = [{"entity": "b", "level": 0.5, "start": "2026-12-16T09:00", "end": "2026-12-16T12:00"}]
    found = outcome(entities, [out("a", "08:00", "2h")], pins=pins)
    levels = {one["id"]: [(when[11:16], level) for when, level in one["levels"]] for one in found["entities"]}
    assert levels["b"] == [("08:00", 0.0), ("09:00", 0.5), ("12:00", 1.0)]
    assert levels["c"] == levels["b"]


def test_a_pin_at_one_hides_the_harm():
    entities = [{"id": "a"}, {"id": "b", "needs": [{"provider": "a"}]}]
    pins = [{"entity": "b", "level": 1.0, "start": "2026-12-16T07:00"}]
    found = outcome(entities, [out("a", "08:00", "2h")], pins=pins)
    assert [one["id"] for one in found["entities"]] == ["a"]


def test_reserve_lost_while_the_need_holds_and_only_then():
    entities = [
        {"id": "a"},
        {"id": "b"},
        {"id": "c"},
        {"id": "v", "needs": [{"any_of": ["a", "b", "c"], "at_least": 2}]},
    ]
    found = outcome(entities, [out("a", "08:00", "4h"), out("b", "10:00", "1h")])
    impact = next(one for one in found["entities"] if one["id"] == "v")
    spells = [(lost["need"], lost["from"][11:16], lost["to"][11:16]) for lost in impact["reserve_lost"]]
    assert spells == [(0, "08:00", "10:00"), (0, "11:00", "12:00")]
    assert impact["degraded_from"][11:16] == "10:00"


def test_reserve_lost_to_the_end_has_no_to():
    entities = [{"id": "a"}, {"id": "b"}, {"id": "v", "needs": [{"any_of": ["a", "b"]}]}]
    found = outcome(entities, [{"entity": "a", "start": "2026-12-16T08:00"}])
    impact = next(one for one in found["entities"] if one["id"] == "v")
    assert (impact["degraded_from"], impact["because"], impact["lost_hours"]) == (None, [], 0.0)
    assert impact["reserve_lost"] == [{"need": 0, "from": "2026-12-16T08:00+00:00", "to": None}]


def test_a_long_chain_is_explained_without_deep_recursion():
    count = 3000
    entities = [{"id": "e0"}, *({"id": f"e{n}", "needs": [{"provider": f"e{n - 1}"}]} for n in range(1, count))]
    tables = {
        "model": {"name": "m", "timezone": "UTC"},
        "entity": [{"kind": "system", **entity} for entity in entities],
    }
    network, _ = beroenden.build(tables)
    found = beroenden.simulate(network, [out("e0", "08:00", "1h")])
    assert len(found.entities[-1].because) == count


def test_of_shares_the_lowest_provider_decides_and_of_equals_the_first():
    entities = [{"id": "a"}, {"id": "b"}, {"id": "v", "needs": [{"shares": {"a": 0.3, "b": 0.7}}]}]
    found = outcome(entities, [out("a", "08:00", "1h"), out("b", "08:00", "1h")])
    assert path(found, "v") == [("v", "08:00"), ("a", "08:00")]
    found = outcome(entities, [{**out("a", "08:00", "1h"), "remaining": 0.5}, out("b", "08:00", "1h")])
    assert path(found, "v") == [("v", "08:00"), ("b", "08:00")]


def held(entities, outages, entity, start, end):
    tables = {
        "model": {"name": "m", "timezone": "UTC"},
        "entity": [{"kind": "system", **one} for one in entities],
    }
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    whole = beroenden.simulate(network, outages)
    first = whole.start
    paths = whole.holding(entity, first + start, first + end)
    return [[(link.entity, link.at - first) for link in path] for path in paths]


def test_what_comes_back_and_falls_again_for_what_it_brought_down_itself_leads_out_to_its_cause():
    """The second fall had no cause: the way back to it goes through the same thing's first fall."""
    entities = [
        {"id": "grid"},
        {"id": "power", "needs": [{"provider": "grid", "endurance": "0min", "restart": "1h"},
                                  {"provider": "tele", "endurance": "5h"}]},
        {"id": "tele", "needs": [{"provider": "power", "endurance": "1h", "restart": "1h"}]},
    ]  # fmt: skip
    outages = [out("grid", "06:00", "4h 30min")]
    ways = [[("power", 0), ("grid", 0)], [("power", 360), ("tele", 60), ("power", 0), ("grid", 0)]]
    assert held(entities, outages, "power", 0, 330) == ways[:1]
    assert held(entities, outages, "power", 330, 360) == []
    assert held(entities, outages, "power", 360, 390) == ways[1:]


def test_what_holds_something_is_not_what_it_fell_by_once_that_is_over():
    entities = [{"id": "x"}, {"id": "y"}, {"id": "s", "needs": [{"provider": "x"}, {"provider": "y"}]}]
    outages = [out("x", "06:00", "1h"), out("y", "06:30", "5h 30min")]
    assert path(outcome(entities, outages), "s") == [("s", "06:00"), ("x", "06:00")]
    assert held(entities, outages, "s", 0, 1) == [[("s", 0), ("x", 0)]]
    assert held(entities, outages, "s", 60, 61) == [[("s", 30), ("y", 30)]]
    assert held(entities, outages, "s", 0, 360) == [[("s", 0), ("x", 0)], [("s", 60), ("y", 30)]]
    assert held(entities, outages, "s", 400, 500) == []


def test_of_several_that_hold_something_at_once_the_one_that_holds_longest_is_named():
    entities = [{"id": "x"}, {"id": "s", "needs": [{"provider": "x"}]}]
    outages = [out("x", "06:00", "5h"), out("s", "06:05", "24h")]
    assert held(entities, outages, "s", 120, 600) == [[("s", 5)]]
    assert held(entities, outages, "s", 0, 600) == [[("s", 0), ("x", 0)], [("s", 300)]]
    assert held(entities, outages, "s", 120, 180) == [[("s", 0), ("x", 0)]], "both until the end: what was first"


def test_what_used_up_an_endurance_holds_what_it_would_have_spared():
    entities = [{"id": "x"}, {"id": "y"}, {"id": "p", "needs": [{"provider": "x"}, {"provider": "y"}]},
                {"id": "v", "needs": [{"provider": "p", "endurance": "4h"}]}]  # fmt: skip
    outages = [out("x", "06:00", "1h"), out("y", "07:00", "5h")]
    assert [one[-1][0] for one in held(entities, outages, "v", 240, 241)] == ["x", "y"]
    assert [one[-1][0] for one in held(entities, outages, "v", 330, 331)] == ["y"]
