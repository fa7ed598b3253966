"""What would help most against the whole risk."""

from copy import deepcopy

import chain
import pytest

import beroenden
from beroenden.analysis.improvement.changes import Change, changed
from beroenden.analysis.improvement.ranked import improvements_of_risk
from beroenden.analysis.improvement.yearly import Yearly, yearly_toll
from beroenden.analysis.risk.risk import risk
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


def test_a_reserve_against_all_that_fails_takes_everything_off():
    network = network_of(clr={"per_year": 12, "duration": "8h"})
    place = next(i for i, stage in enumerate(network.payments[0].stages) if stage.interbank)
    saved, _ = changed(network, Scenario(()), Change("second_provider", "allowance", place, 0))
    assert yearly_toll(saved, ASKED)[0].payouts == 0 < yearly_toll(network, ASKED)[0].payouts


def test_without_failure_data_there_is_nothing_to_rank():
    with pytest.raises(UsageError, match="failure data"):
        improvements_of_risk(network_of(), ASKED)
