"""Results as data frames: the same figures as in the JSON, typed, and nothing lost."""

import subprocess
import sys

import pandas
import pytest
from chain import tables

import beroenden
from beroenden.analysis.quality.coverage import cover_of_model
from beroenden.api.columns import COLUMNS
from beroenden.api.frames import frames

OUTAGE = [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}]


@pytest.fixture(scope="module")
def soes():
    return beroenden.load_or_raise("models/soes")


@pytest.fixture(scope="module")
def outcome(soes):
    return beroenden.simulate(soes, OUTAGE)


def test_the_runs_of_an_outcome_add_up_to_its_totals(outcome):
    payments = frames(outcome)["payments"]
    totals = outcome.to_dict()["totals"]
    assert payments["delayed_recipients"].sum() == totals["payouts_delayed"]
    assert payments["delayed_amount"].sum() == totals["amount_delayed"]


def test_times_are_in_the_models_zone_and_days_are_days(outcome):
    payments = frames(outcome)["payments"].set_index("payment")
    late = payments.loc["barnbidrag"]
    assert late["completed"] == pandas.Timestamp("2026-12-21 07:50", tz="Europe/Stockholm")
    assert late["date"] == pandas.Timestamp("2026-12-18")
    assert late["completed"] - late["planned"] == pandas.Timedelta(minutes=int(late["delay_minutes"]))


def test_inner_lists_are_frames_that_join_to_the_outer_one(outcome):
    given = frames(outcome)
    branches = given["payments_branches"]
    assert len(branches) == sum(len(run.branches) for run in outcome.runs)
    joined = branches.merge(given["payments"], on=["payment", "date"], suffixes=("", "_run"))
    assert len(joined) == len(branches)
    assert (joined["delay_minutes"] <= joined["delay_minutes_run"]).all()


def test_lists_of_ids_are_tuples_also_where_there_are_none(outcome):
    blocked = frames(outcome)["payments"]["blocked_by"]
    assert set(blocked) == {(), ("bankgirot",)}


def test_levels_of_an_entity(outcome):
    levels = frames(outcome)["entities_levels"].query("id == 'bankgirot'")
    assert levels["level"].tolist() == [0.0, 1.0]
    assert levels["time"].iloc[1] == pandas.Timestamp("2026-12-16 20:00", tz="Europe/Stockholm")


def test_what_is_unknown_is_missing_and_not_zero():
    tables = {
        "model": {"name": "m"},
        "entity": [{"id": "a", "kind": "system"}, {"id": "b", "kind": "system", "needs": [{"provider": "a"}]}],
    }
    network, _ = beroenden.build(tables)
    given = frames(network)
    assert given["entities"]["rto"].isna().all()
    assert given["needs"]["endurance"].isna().all()


def test_an_unknown_expectation_has_the_columns_of_a_known_one():
    raw = tables()
    del raw["payment"][0]["count"]
    raw["entity"][1]["failure"] = {"per_year": 50, "duration": "40h"}
    given = frames(beroenden.risk(beroenden.build(raw)[0], years=20, year=2026))
    for name in ("roots", "payments"):
        assert list(given[name].columns) == list(COLUMNS["beroenden/risk/1"][name])
        assert given[name]["expected_late_runs_mean"].iloc[0] > 0
        assert given[name]["expected_payouts_mean"].isna().all()
    assert given["roots"]["payments_not_counted_payouts"].tolist() == [1]
    assert given["convergence_payouts"].empty


def test_a_network_has_a_row_for_each_provider(soes):
    given = frames(soes)
    assert len(given["entities"]) == len(soes.entities)
    assert len(given["payments"]) == len(soes.payments)
    entity_needs = given["needs"][given["needs"]["stage"].isna()]
    assert len(entity_needs) == sum(len(need.providers) for one in soes.entities for need in one.needs)
    assert set(entity_needs["provider"]) <= set(given["entities"]["id"])


def test_a_need_of_a_stage_is_as_sure_as_quality_counts_it(soes):
    given = frames(soes)["needs"].drop_duplicates(["consumer", "stage", "need"])
    of_stages = given[given["stage"].notna()]
    assert not of_stages.empty
    assert of_stages["confidence"].notna().all()
    cover = cover_of_model(soes).confidence
    asked = frames(soes)["entities"].query("kind != 'citizens'")
    entity_needs = given[given["stage"].isna() & given["consumer"].isin(asked["id"])]
    counted = pandas.concat([one["confidence"] for one in (asked, entity_needs, frames(soes)["payments"], of_stages)])
    assert counted.fillna("unknown").value_counts().to_dict() == cover


def test_excel_takes_frames_without_zones(outcome, tmp_path):
    payments = frames(outcome, naive=True)["payments"]
    payments.to_excel(tmp_path / "p.xlsx", index=False)
    again = pandas.read_excel(tmp_path / "p.xlsx").set_index("payment")
    assert again.loc["barnbidrag", "completed"] == pandas.Timestamp("2026-12-21 07:50")
    assert "to_excel" in str(frames.__doc__)


@pytest.mark.parametrize("given", [42, None, "outcome.json", ()])
def test_what_is_no_result_is_told_what_to_give(given):
    with pytest.raises(beroenden.UsageError, match=type(given).__name__):
        frames(given)


def test_the_saved_json_gives_the_same_as_the_result(outcome):
    for name, frame in frames(outcome.to_dict()).items():
        assert list(frame.columns) == list(frames(outcome)[name].columns)
        assert len(frame) == len(frames(outcome)[name])


def test_an_inner_key_does_not_hide_the_outer_one():
    found = frames({"payments": [{"id": "p", "stages": [{"id": "s"}]}]})["payments_stages"]
    assert found.to_dict("records") == [{"payments_id": "p", "id": "s"}]


def test_without_pandas_it_is_said_what_to_install():
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        "import beroenden\n"
        "try: beroenden.frames({})\n"
        "except beroenden.UsageError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "beroenden[notebook]" in done.stdout


def test_cut_sets_are_a_frame_with_all_of_them(soes):
    found = beroenden.cut_sets(soes, "barnbidrag")
    assert len(frames(found)["cut_sets"]) == found.count
    assert len(frames(found.to_dict(3))["cut_sets"]) == 3


def test_more_cut_sets_than_a_frame_should_hold_are_counted_and_refused(soes, monkeypatch):
    monkeypatch.setattr("beroenden.api.frames._MOST_SETS", 33)
    with pytest.raises(beroenden.UsageError, match=r"34 cut sets are too many .* frames\(x.to_dict\(100\)\)"):
        frames(beroenden.cut_sets(soes, "barnbidrag"))
