"""The outcome where the worked examples are silent."""

from datetime import date, time

import pytest
from chain import network, tables

import beroenden


def runs(outages, model=None, **more):
    return beroenden.simulate(model or network(), outages, **more).to_dict()["payments"]


def test_the_json_has_exactly_the_keys_that_are_decided():
    found = beroenden.simulate(network(), [{"entity": "power", "start": "2026-12-15T12:00", "for": "2d"}]).to_dict()
    assert list(found) == ["schema", "model", "start", "end", "outages", "entities", "payments", "groups", "totals"]
    assert list(found["model"]) == ["name", "version", "hash"]
    assert list(found["outages"][0]) == ["entity", "payment", "start", "end", "remaining", "share"]
    assert list(found["entities"][0]) == [
        "id", "name", "kind", "levels", "degraded_from", "down_from", "restored", "lost_hours", "reserve_lost", "because",
    ]  # fmt: skip
    assert list(found["payments"][0]) == [
        "payment", "date", "status", "planned", "completed", "delay_minutes", "latest_recovery", "latest_recovery_state", "count",
        "delayed_recipients", "delayed_amount", "recipient_hours", "over_max_delay", "blocked_by", "branches",
    ]  # fmt: skip
    assert list(found["payments"][0]["branches"][0]) == ["bank", "share", "planned", "completed", "delay_minutes"]
    assert list(found["groups"][0]) == ["entity", "population", "peak_affected", "person_hours"]
    assert list(found["totals"]) == ["payouts_delayed", "amount_delayed", "recipient_hours"]


def test_first_pair_of_levels_is_the_level_at_start():
    found = beroenden.simulate(network(), [{"entity": "power", "start": "2026-12-15T12:00", "for": "6h"}]).to_dict()
    sys = next(one for one in found["entities"] if one["id"] == "sys")
    assert sys["levels"] == [
        ["2026-12-15T12:00+01:00", 1.0],
        ["2026-12-15T16:00+01:00", 0.0],
        ["2026-12-15T18:00+01:00", 1.0],
    ]
    assert (sys["degraded_from"], sys["restored"], sys["lost_hours"]) == (
        "2026-12-15T16:00+01:00",
        "2026-12-15T18:00+01:00",
        2.0,
    )


def test_an_outage_of_unknown_length_never_ends():
    (run,) = runs([{"entity": "clr", "start": "2026-12-18T04:00"}])
    assert (run["status"], run["completed"], run["delay_minutes"]) == ("not_completed", None, None)
    assert run["delayed_recipients"] == 600
    assert run["recipient_hours"] == 600 * (14 * 24 - 2)
    assert run["latest_recovery"] == "2026-12-18T06:00+01:00"


def test_latest_recovery_states():
    assert runs([{"entity": "power", "start": "2026-12-18T04:00", "for": "1h"}])[0]["latest_recovery_state"] == "any"
    assert runs([{"entity": "clr", "start": "2026-12-18T04:00", "for": "1h"}])[0]["latest_recovery_state"] == "by"
    late = runs([{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}], at="2026-12-18T06:01")[0]
    assert (late["latest_recovery"], late["latest_recovery_state"]) == (None, "too_late")


def test_outages_that_ended_before_the_as_of_time_keep_their_end():
    """sys was out until the file missed the cut-off; that cannot be mended, whatever becomes of the second outage."""
    outages = [
        {"entity": "sys", "start": "2026-12-15T17:00", "for": "26h"},
        {"entity": "b2", "start": "2026-12-18T05:00", "for": "12h"},
    ]
    assert runs(outages, at="2026-12-16T22:00")[0]["latest_recovery_state"] == "too_late"
    assert runs(outages)[0]["latest_recovery"] == "2026-12-16T16:00+01:00"


def test_an_outage_across_the_end_of_summer_time_lasts_its_hours():
    found = beroenden.simulate(network(), [{"entity": "b2", "start": "2026-10-24T22:00", "for": "12h"}]).to_dict()
    assert found["entities"][0]["restored"] == "2026-10-25T09:00+01:00"
    found = beroenden.simulate(network(), [{"entity": "b2", "start": "2026-03-28T22:00", "for": "12h"}]).to_dict()
    assert found["entities"][0]["restored"] == "2026-03-29T11:00+02:00"


def test_groups_say_who_cannot_use_their_money():
    (group,) = beroenden.simulate(network(), [{"entity": "b2", "start": "2026-12-01T08:00", "for": "3h"}]).to_dict()[
        "groups"
    ]
    assert group == {"entity": "people", "population": 2000, "peak_affected": 2000, "person_hours": 6000.0}


def test_of_a_group_of_unknown_size_nobody_is_hit_while_what_it_needs_holds():
    changed = tables()
    del next(one for one in changed["entity"] if one["id"] == "people")["population"]
    model, _ = beroenden.build(changed)
    hit, spared = (
        beroenden.simulate(model, [{"entity": out, "start": "2026-12-01T08:00", "for": "3h"}]) for out in ("b2", "clr")
    )
    assert [(one.peak_affected, one.person_hours) for one in (*hit.groups, *spared.groups)] == [(None, None), (0, 0)]
    unknown = {"entity": "people", "population": None, "peak_affected": None, "person_hours": None}
    assert hit.to_dict()["groups"] == spared.to_dict()["groups"] == [unknown]


def test_unknown_numbers_stay_unknown():
    given = tables()
    for key in ("count", "amount", "max_delay"):
        del given["payment"][0][key]
    model, _ = beroenden.build(given)
    (run,) = runs([{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}], model)
    assert run["status"] == "delayed"
    assert [
        run[key] for key in ("count", "delayed_recipients", "delayed_amount", "recipient_hours", "over_max_delay")
    ] == [None] * 5


def test_without_accounts_a_payment_has_one_nameless_branch():
    given = tables()
    del given["payment"][0]["accounts"]
    model, _ = beroenden.build(given)
    (run,) = runs([{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}], model)
    assert [(branch["bank"], branch["share"], branch["delay_minutes"]) for branch in run["branches"]] == [
        (None, 1.0, 240)
    ]


def test_payments_come_in_the_order_of_priority():
    given = tables()
    second = {**tables()["payment"][0], "id": "pension", "priority": 2}
    unranked = {**tables()["payment"][0], "id": "other"}
    del unranked["priority"]
    given["payment"] = [unranked, second, given["payment"][0]]
    model, _ = beroenden.build(given)
    assert [run["payment"] for run in runs([{"entity": "clr", "start": "2026-12-18T04:00", "for": "1h"}], model)] == [
        "allowance", "pension", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outage", "told"),
    [
        ({"entity": "clrr", "start": "2026-12-18T04:00"}, 'Did you mean "clr"'),
        ({"entity": "clr"}, "start"),
        ({"entity": "clr", "start": "2026-12-18T04:00", "for": "1h", "end": "2026-12-18T05:00"}, "not both"),
        ({"entity": "clr", "start": "2026-12-18T04:00:30"}, "whole minutes"),
        ({"entity": "clr", "payment": "allowance", "start": "2026-12-18T04:00"}, "either"),
        ({"entity": "clr", "start": "2026-12-18T04:00", "share": 0.2}, "share"),
        ({"entity": "clr", "start": "2026-12-18T04:00", "leftover": 0.2}, "leftover"),
    ],
)
def test_misuse_is_one_clear_error(outage, told):
    with pytest.raises(beroenden.UsageError, match=told):
        beroenden.simulate(network(), [outage])


def test_nothing_to_simulate_is_an_error():
    with pytest.raises(beroenden.UsageError, match="no outage"):
        beroenden.simulate(network(), [])


def test_totals_keep_their_types_when_nothing_is_paid():
    totals = beroenden.simulate(
        network(), [{"entity": "b1", "start": "2026-12-01T08:00", "for": "1h"}], horizon="2h"
    ).to_dict()["totals"]
    assert totals == {"payouts_delayed": 0, "amount_delayed": 0, "recipient_hours": 0.0}
    assert isinstance(totals["recipient_hours"], float)


def of_one_stage(*needs, **stage):
    """A payment of one stage of an hour from 08.00 that needs x and y, or something between."""
    tables = {
        "model": {"name": "m", "timezone": "UTC"},
        "entity": [
            *({"id": one, "kind": "system"} for one in ("x", "y")),
            {"id": "s", "kind": "system", "needs": [{"provider": "x"}, {"provider": "y"}]},
            {"id": "payer", "kind": "authority"},
        ],
        "window": [{"id": "day", "days": "bank", "times": [[time(8), time(17)]]}],
        "payment": [
            {
                "id": "pay", "payer": "payer", "count": 100, "dates": [date(2026, 12, 16)],
                "stage": [{"id": "e", "opens": {"days": 0, "at": time(8)}, "duration": "1h",
                           "needs": [{"provider": one} for one in needs], **stage}],
            }
        ],
    }  # fmt: skip
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return network


def blocked(network, *outages):
    keys = ("entity", "start", "for", "remaining")
    given = [dict(zip(keys, one, strict=False)) for one in outages]
    (run,) = beroenden.simulate(network, [one | {"start": f"2026-12-{one['start']}"} for one in given]).late_runs
    return run.blocked_by


def test_what_is_over_before_the_work_begins_makes_nothing_late():
    both = [("x", "16T06:00", "1h"), ("y", "16T06:30", "5h 30min")]
    assert blocked(of_one_stage("s"), *both) == ("y",)


def test_what_never_was_the_lowest_or_changes_nothing_beside_another_is_no_cause():
    direct, long = of_one_stage("x", "y"), ("x", "16T07:00", "5h")
    assert blocked(direct, long, ("y", "16T09:30", "1h")) == ("x",)
    assert blocked(direct, long, ("y", "16T07:00", "5h", 0.9)) == ("x",)
    assert blocked(direct, long, ("y", "16T07:00", "5h")) == ("x", "y")
    assert blocked(direct, long, ("y", "16T11:00", "2h")) == ("x", "y")
    assert blocked(direct, ("x", "16T07:00", "2h"), ("y", "16T06:00", "4h")) == ("x", "y")


def test_what_is_out_while_the_stage_is_closed_is_no_cause():
    by_day = of_one_stage("x", "y", duration="8h", window="day")
    assert blocked(by_day, ("x", "16T09:00", "2h"), ("y", "16T18:00", "10h")) == ("x",)


def test_what_only_slows_work_that_is_done_in_time_for_its_release_is_no_cause():
    batch = of_one_stage("x", "y", cutoff=time(9), release=[time(14)])
    assert blocked(batch, ("x", "16T09:00", "2h"), ("y", "16T13:30", "1h")) == ("y",)
