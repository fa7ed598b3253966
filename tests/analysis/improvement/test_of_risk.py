"""What would help most against the whole risk."""

from copy import deepcopy
from dataclasses import replace
from math import sqrt
from statistics import stdev

import chain
import pytest
from click.testing import CliRunner

import beroenden
from beroenden.analysis.cutsets.failure import unavailability
from beroenden.analysis.improvement import yearly
from beroenden.analysis.improvement.changes import Change, changed
from beroenden.analysis.improvement.ranked import improvements_of_risk
from beroenden.analysis.improvement.yearly import Yearly, yearly_costs, yearly_toll
from beroenden.analysis.risk.failures import failure_rates
from beroenden.analysis.risk.risk import risk
from beroenden.cli import progress
from beroenden.cli.main import commands
from beroenden.errors import UsageError
from beroenden.model.scenario import Scenario

ASKED = Yearly(years=60, seed=3, year=2026)


def network_of(**failures):
    tables = deepcopy(chain.tables())
    for entity in tables["entity"]:
        if entity["id"] in failures:
            entity["failure"] = failures[entity["id"]]
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return network


def failing():
    return network_of(
        clr={"per_year": 12, "duration": "8h"}, sys={"per_year": 6, "duration": {"p50": "10h", "p90": "40h"}}
    )


def test_the_mean_year_is_that_of_risk():
    toll, late = yearly_toll(failing(), ASKED)
    total = risk(failing(), years=60, seed=3, year=2026).total
    assert late == {"allowance"}
    assert toll.payouts == pytest.approx(total.payouts.mean)
    assert toll.amount == pytest.approx(total.amount.mean)
    assert toll.recipient_hours == pytest.approx(total.recipient_hours.mean)


def test_what_helps_is_ranked_by_what_it_takes_off_the_mean_year():
    found = improvements_of_risk(failing(), ASKED)
    taken = [found.taken_off(one) for one in found.helpful]
    assert taken == sorted(taken, reverse=True)
    assert {"second_provider", "half_recovery"} <= {one.change.kind for one in found.helpful}
    assert {one.change.place for one in found.helpful if one.change.kind == "half_recovery"} <= {"clr", "sys"}
    assert found.to_dict()["risk"] == {"years": 60, "seed": 3, "year": 2026}


def test_shorter_failures_are_the_same_failures():
    network = failing()
    shorter, _ = changed(network, Scenario(()), Change("half_recovery", "clr"))
    assert shorter.entity["clr"].failure.duration == 4 * 60
    assert yearly_toll(shorter, ASKED)[0].recipient_hours < yearly_toll(network, ASKED)[0].recipient_hours


SHARE = 0.011
"""Of the time; with eight hours each that is twelve failures a year."""


def spelled(duration):
    """The same failures as a share of time and as a rate."""
    rate = failure_rates(network_of(clr={"unavailability": SHARE, "duration": duration}))[0][0].per_year
    yield network_of(clr={"unavailability": SHARE, "duration": duration})
    yield network_of(clr={"per_year": rate, "duration": duration})


@pytest.mark.parametrize("duration", ["8h", {"p50": "5h", "p90": "20h"}, {"min": "2h", "mode": "6h", "max": "24h"}])
def test_a_share_of_time_and_the_rate_that_it_means_are_improved_alike(duration):
    shares, rates = (improvements_of_risk(network, ASKED).to_dict()["improvements"] for network in spelled(duration))
    assert "half_recovery" in {one["kind"] for one in shares}
    assert shares == rates


def test_half_the_length_is_half_the_unavailability():
    """As many failures as before: not the same share of time in twice as many."""
    before = network_of(clr={"unavailability": SHARE, "duration": "8h"})
    after, _ = changed(before, Scenario(()), Change("half_recovery", "clr"))
    assert failure_rates(after)[0][0].per_year == failure_rates(before)[0][0].per_year
    assert unavailability(after.entity["clr"]) == pytest.approx(SHARE / 2, rel=0.01)
    both = network_of(clr={"per_year": 12, "unavailability": SHARE, "duration": "8h"})
    assert unavailability(changed(both, Scenario(()), Change("half_recovery", "clr"))[0].entity["clr"]) < SHARE * 0.51


@pytest.mark.parametrize(
    "duration", ["1min", {"p50": "1min", "p90": "3min"}, {"min": "0min", "mode": "1min", "max": "1min"}]
)
def test_half_of_a_few_minutes_is_still_a_length(duration):
    network = network_of(clr={"per_year": 12, "duration": duration})
    shorter, _ = changed(network, Scenario(()), Change("half_recovery", "clr"))
    assert yearly_toll(shorter, ASKED)[0].level_hours > 0


def test_a_reserve_against_all_that_fails_takes_everything_off():
    network = network_of(clr={"per_year": 12, "duration": "8h"})
    place = next(i for i, stage in enumerate(network.payments[0].stages) if stage.interbank)
    saved, _ = changed(network, Scenario(()), Change("second_provider", "allowance", place, 0))
    assert yearly_toll(saved, ASKED)[0].payouts == 0 < yearly_toll(network, ASKED)[0].payouts


def test_without_failure_data_there_is_nothing_to_rank():
    with pytest.raises(UsageError, match="failure data"):
        improvements_of_risk(network_of(), ASKED)


def test_how_sure_a_change_is_comes_from_what_it_takes_off_each_year():
    found = improvements_of_risk(failing(), ASKED)
    best = found.helpful[0]
    after, _ = yearly_costs(changed(failing(), Scenario(()), best.change)[0], ASKED)
    costs, _ = yearly_costs(failing(), ASKED)
    taken = (costs - after)[:, 2]
    assert taken.mean() == pytest.approx(found.taken_off(best))
    assert best.error == pytest.approx(stdev(taken) / sqrt(60))
    _, high = found.interval(best)
    assert high - found.taken_off(best) == pytest.approx(1.96 * best.error, rel=1e-4)
    assert found.to_dict()["improvements"][0]["standard_error"] == best.error
    apart = stdev(costs[:, 2]) ** 2 + stdev(after[:, 2]) ** 2
    assert best.error < sqrt(apart / 60)


def test_what_makes_no_year_worse_has_no_negative_end():
    network = failing()
    shorter, _ = changed(network, Scenario(()), Change("half_recovery", "clr"))
    before, after = (yearly_costs(one, ASKED)[0][:, 2] for one in (network, shorter))
    assert (yearly.is_ever_worse(before, after), yearly.is_ever_worse(after, before)) == (False, True)
    found = improvements_of_risk(network, ASKED)
    rare = replace(found.helpful[0], error=found.before.recipient_hours)
    assert found.interval(rare)[0] == 0
    assert found.interval(replace(rare, is_ever_worse=True))[0] < 0


def test_a_late_payment_of_unknown_count_is_named():
    tables = chain.tables()
    del tables["payment"][0]["count"]
    tables["entity"][3]["failure"] = {"per_year": 12, "duration": "8h"}
    network, _ = beroenden.build(tables)
    found = improvements_of_risk(network, ASKED)
    assert (found.before.recipient_hours, found.uncounted) == (0, ("allowance",))
    assert improvements_of_risk(network, ASKED, "amount").uncounted == ()


def test_years_are_added_up_over_blocks(monkeypatch):
    network, asked = network_of(clr={"per_year": 12, "duration": "8h"}), Yearly(years=600, seed=3, year=2026)
    whole, _ = yearly_costs(network, asked)
    monkeypatch.setattr(yearly, "CHUNK", 240)  # ten years each
    in_blocks, _ = yearly_costs(network, asked)
    assert whole.shape == in_blocks.shape == (600, 5)
    for half in (in_blocks[:300], in_blocks[300:]):
        assert half[:, 4].mean() == pytest.approx(whole[:, 4].mean(), rel=0.1)  # hours vary little


def test_it_is_told_beforehand_how_many_years_and_how_long():
    told = []
    found = improvements_of_risk(failing(), ASKED, announce=lambda *size: told.append(size))
    [(count, seconds, with_fewer)] = told
    assert count == found.of * 60
    assert seconds > 0
    assert with_fewer > 0


def test_the_table_says_how_many_years_and_how_sure(tmp_path):
    beroenden.save(failing(), tmp_path / "model.toml")
    asked = ["improve", str(tmp_path / "model.toml"), "--risk", "--years", "60", "--seed", "3", "--window", "2026"]
    done = CliRunner().invoke(commands, asked, env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    assert "95% confidence" in done.stdout
    assert "60 simulated years with the calendar of 2026, seed 3" in " ".join(done.stdout.split())
    assert "order is uncertain" in " ".join(done.stdout.split())


def test_what_takes_long_wants_yes(tmp_path, monkeypatch):
    beroenden.save(failing(), tmp_path / "model.toml")
    monkeypatch.setattr(progress, "MOST_SCENARIOS", 100)
    asked = ["improve", str(tmp_path / "model.toml"), "--risk", "--years", "30", "--window", "2026"]
    done = CliRunner().invoke(commands, asked)
    assert done.exit_code == 2
    assert "simulated years" in done.stderr
    assert "--years" in done.stderr
    assert CliRunner().invoke(commands, [*asked, "--yes"]).exit_code == 0
