"""When a run is planned to pass each stage, for those with accounts in each bank."""

from datetime import date

import pandas
import pytest

import beroenden
from beroenden.api.frames import frames


@pytest.fixture(scope="module")
def soes():
    return beroenden.load_or_raise("models/soes")


@pytest.fixture(scope="module")
def stages(soes):
    return frames(beroenden.plan(soes, "barnbidrag", "2026-12-18"))["stages"]


def test_the_accounts_of_each_bank_pass_the_stages_in_order(soes, stages):
    order = [stage.id for stage in soes.payment["barnbidrag"].stages]
    for bank, rows in stages.groupby("bank"):
        assert [*rows["stage"]] == [one for one in order if one in {*rows["stage"]}], bank
        assert rows["completed"].is_monotonic_increasing
        assert (rows["start"] >= rows["ready"]).all()


def test_the_paying_bank_skips_what_is_between_banks(stages):
    own, other = ({*stages.query("bank == @bank")["stage"]} for bank in ("swedbank", "nordea"))
    assert other - own == {"inlamning-clearing", "clearing", "avveckling"}


def test_a_batch_waits_for_its_cutoff_and_its_release(stages):
    clearing = stages.query("bank == 'nordea' and stage == 'clearing'").iloc[0]
    zone = "Europe/Stockholm"
    assert clearing["start"] == pandas.Timestamp("2026-12-16 19:00", tz=zone)
    assert clearing["done"] == pandas.Timestamp("2026-12-16 21:00", tz=zone)
    assert clearing["completed"] == pandas.Timestamp("2026-12-18 06:00", tz=zone)


def test_the_run_is_planned_as_an_outcome_says(soes):
    outcome = beroenden.simulate(soes, [{"entity": "telia", "start": "2026-12-14T08:00", "for": "1h"}])
    for run in outcome.to_dict()["payments"]:
        assert beroenden.plan(soes, run["payment"], run["date"]).to_dict()["planned"] == run["planned"]


def test_a_day_may_be_a_date(soes):
    text, given = (beroenden.plan(soes, "barnbidrag", day) for day in ("2026-12-18", date(2026, 12, 18)))
    assert text.to_dict() == given.to_dict()


@pytest.mark.parametrize(
    ("payment", "day", "told"),
    [
        ("barnbidrg", "2026-12-18", "barnbidrag"),
        ("barnbidrag", "2026-12-20", "it is paid on 2026-11-20, 2026-12-18, 2027-01-20"),
        ("barnbidrag", "den 20:e", "write 2026-12-18"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_way_out(soes, payment, day, told):
    with pytest.raises(beroenden.UsageError, match=told):
        beroenden.plan(soes, payment, day)
