"""What would help most, on the worked chain of DESIGN section 4."""

from datetime import date, time

import chain
import pytest

import beroenden
from beroenden.analysis.improvement.changes import RESERVE, Change, changed, in_words
from beroenden.analysis.improvement.ranked import improvements
from beroenden.analysis.improvement.toll import MEASURES, due_of, weigh
from beroenden.errors import UsageError
from beroenden.modelfiles.scenario import build_scenario
from beroenden.units.numbers import NBSP

CLEARING = {"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}
SYSTEM = {"entity": "sys", "start": "2026-12-15T17:00", "for": "30h"}


def network_of():
    network, findings = beroenden.build(chain.tables())
    assert network is not None, findings
    return network


def scenario_of(network, *outages):
    return build_scenario(network, list(outages), [], None, None)


def found_for(*outages, by="recipient_hours"):
    network = network_of()
    return improvements(network, scenario_of(network, *outages), by)


def kinds(found):
    return {one.change.kind: found.taken_off(one) for one in reversed(found.helpful)}


@pytest.mark.parametrize("outages", [(CLEARING,), (SYSTEM,), (CLEARING, SYSTEM)])
def test_the_cost_as_the_model_stands_is_that_of_the_simulation(outages):
    network = network_of()
    scenario = scenario_of(network, *outages)
    toll = weigh(network, scenario, due_of(network, scenario), with_events=False).toll
    outcome = beroenden.simulate(network, list(outages))
    assert toll.payouts == outcome.payouts_delayed
    assert toll.amount == outcome.amount_delayed
    assert toll.recipient_hours == pytest.approx(outcome.recipient_hours)
    assert toll.over_max_delay == sum(run.over_max_delay is True for run in outcome.runs)
    assert toll.level_hours == pytest.approx(sum(one.lost_hours for one in outcome.entities))


def test_a_missed_release_is_saved_by_endurance_a_reserve_or_another_release():
    """The clearing is back at 09:00 with an hour's endurance: the 06:00 release is missed and 10:00 taken, four hours late."""
    found = found_for(CLEARING)
    assert found.before.recipient_hours == 600 * 4
    assert kinds(found)["second_provider"] == 600 * 4
    assert kinds(found)["extra_release"] == 600 * 4  # at midnight, before the clearing fell
    assert [one.change.kind for one in found.helpful].count("extra_release") == 1  # of all hours the best


def test_half_the_recovery_time_of_what_failed():
    """Two hours and a half of outage end at 06:30, still after the release."""
    assert "half_recovery" not in kinds(found_for(CLEARING))
    assert kinds(found_for({**CLEARING, "for": "3h"}))["half_recovery"] == 600 * 4


def test_a_missed_cutoff_is_saved_by_a_later_one_or_an_earlier_file():
    """The system is out until Wednesday 19:30: done at 22:30, after the cut-off of 19:00."""
    found = found_for({"entity": "sys", "start": "2026-12-15T17:00", "for": "23h 30min"})
    assert found.before.recipient_hours == 600 * 72
    helped = kinds(found)
    assert helped["later_cutoff"] == 600 * 72
    assert helped["earlier_file"] == 600 * 72
    assert helped["half_recovery"] == 600 * 72


def test_an_earlier_plan_does_not_make_a_payment_late():
    network = network_of()
    scenario = scenario_of(network, SYSTEM)
    due = due_of(network, scenario)
    earlier, _ = changed(network, scenario, Change("earlier_file", network.payments[0].id, 0))
    nothing = scenario_of(earlier, {**SYSTEM, "for": "1min"})
    assert weigh(earlier, nothing, due, with_events=False).toll.payouts == 0


def test_changes_leave_the_model_as_it_was():
    network = network_of()
    before = beroenden.to_toml(network)
    scenario = scenario_of(network, CLEARING)
    improved, _ = changed(network, scenario, Change("second_provider", network.payments[0].id, 1, 0))
    assert beroenden.to_toml(network) == before
    assert RESERVE in improved.entity
    assert RESERVE not in network.entity


def test_the_best_stands_first_and_nothing_makes_it_worse():
    found = found_for(CLEARING, SYSTEM)
    taken = [found.taken_off(one) for one in found.helpful]
    assert taken == sorted(taken, reverse=True)
    assert all(off > 0 for off in taken)
    assert found.tried >= len(found.helpful)


def test_of_a_scenario_that_costs_nothing_nothing_can_be_taken():
    found = found_for({"entity": "clr", "start": "2026-12-19T04:00", "for": "1h"})
    assert (found.before.recipient_hours, found.helpful, found.tried, found.of) == (0, (), 0, 0)
    assert found.to_dict()["partial"] is False


def of_unknown_count(**size):
    """The worked chain, and a payment of unknown count that the clearing holds up too."""
    tables = chain.tables()
    other = {key: value for key, value in tables["payment"][0].items() if key not in ("count", "amount", "max_delay")}
    tables["payment"].append({**other, "id": "unsized", "priority": 2, **size})
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return network


@pytest.mark.parametrize(
    ("by", "size"),
    [("recipient_hours", "count"), ("payouts", "count"), ("amount", "amount"), ("over_max_delay", "max_delay")],
)
def test_a_late_payment_of_unknown_size_is_named_and_adds_nothing(by, size):
    network = of_unknown_count()
    found = improvements(network, scenario_of(network, CLEARING), by)
    assert found.uncounted == ("unsized",)
    assert found.to_dict()["uncounted"] == ["unsized"]
    assert getattr(found.before, by) == getattr(found_for(CLEARING, by=by).before, by)
    sized = of_unknown_count(**{size: {"count": 7, "amount": 7, "max_delay": "1h"}[size]})
    assert improvements(sized, scenario_of(sized, CLEARING), by).uncounted == ()


def test_what_is_on_time_or_measured_otherwise_is_not_uncounted():
    network = of_unknown_count()
    assert improvements(network, scenario_of(network, CLEARING), "level_hours").uncounted == ()
    harmless = scenario_of(network, {"entity": "clr", "start": "2026-12-19T04:00", "for": "1h"})
    assert improvements(network, harmless).uncounted == ()


NOW = {"provider": "sys", "endurance": "0min"}


def two_needs(second=NOW):
    """A system that two payments need, each in a stage of its own."""
    stage = {"id": "s", "opens": {"days": 0, "at": time(9)}, "duration": "1h"}
    payments = [
        {"id": one, "payer": "m", "count": count, "dates": [date(2026, 12, 16)], "stage": [{**stage, "needs": [need]}]}
        for one, count, need in (("p", 10, NOW), ("q", 30, second))
    ]
    entities = [{"id": "m", "kind": "authority"}, *({"id": one, "kind": "system"} for one in ("sys", "other"))]
    network, findings = beroenden.build({"model": {"name": "m"}, "entity": entities, "payment": payments})
    assert network is not None, findings
    return network


def test_one_reserve_is_one_purchase_wherever_it_is_needed():
    network = two_needs()
    found = improvements(network, scenario_of(network, {"entity": "sys", "start": "2026-12-16T08:00", "for": "4h"}))
    taken = {(one.change.kind, one.change.place): found.taken_off(one) for one in found.helpful}
    assert taken["second_provider_everywhere", "sys"] == found.before.recipient_hours == 40 * 3
    assert (taken["second_provider", "p"], taken["second_provider", "q"]) == (10 * 3, 30 * 3)
    assert found.helpful[0].text == "An independent reserve for sys wherever it is needed (2 places)"


def test_one_reserve_everywhere_is_shown_only_where_it_takes_more_than_in_one_place():
    network = two_needs({**NOW, "endurance": "8h"})
    found = improvements(network, scenario_of(network, {"entity": "sys", "start": "2026-12-16T08:00", "for": "4h"}))
    assert "second_provider_everywhere" not in kinds(found)
    assert kinds(found)["second_provider"] == found.before.recipient_hours == 10 * 3


def test_a_load_that_is_split_has_no_reserve_everywhere():
    network = two_needs({"shares": {"sys": 0.5, "other": 0.5}, "endurance": "0min"})
    found = improvements(network, scenario_of(network, {"entity": "sys", "start": "2026-12-16T08:00", "for": "4h"}))
    assert "second_provider_everywhere" not in kinds(found)


def test_recipients_accounts_have_no_reserve():
    tables = chain.tables()
    tables["payment"][0]["stage"][0]["needs"].append({"provider": "b2", "endurance": "0min"})
    network, _ = beroenden.build(tables)
    assert in_words(Change("second_provider_everywhere", "b2"), network).endswith("but not for recipients' accounts)")


def test_an_unknown_measure_is_refused_also_where_nothing_is_lost():
    with pytest.raises(UsageError, match="hours"):
        found_for({"entity": "clr", "start": "2026-12-19T04:00", "for": "1h"}, by="hours")


@pytest.mark.parametrize("by", MEASURES)
def test_as_json(by):
    made = found_for(SYSTEM, by=by).to_dict(2)
    assert made["schema"] == "beroenden/improvements/1"
    assert made["by"] == by
    assert len(made["improvements"]) <= 2
    for one in made["improvements"]:
        assert one["taken_off"] == pytest.approx(made["before"][by] - one["after"][by])


def in_steps(endurance, floor):
    """A bank without power, and the words of doubling its endurance."""
    need = {"provider": "power", "endurance": endurance, "floor": floor}
    entities = [{"id": "power", "kind": "infrastructure"}, {"id": "bank", "kind": "bank", "needs": [need]}]
    network, findings = beroenden.build({"model": {"name": "m"}, "entity": entities})
    assert network is not None, findings
    return in_words(Change("double_endurance", "bank", 0), network).replace(NBSP, " ")


def test_a_doubled_endurance_in_steps_is_told_in_all_its_steps():
    """The longest step alone would say that the bank manages 8 hours today, when it manages 4 in full."""
    assert in_steps([["4h", 1.0], ["8h", 0.4]], 0.1) == (
        "bank: twice the endurance without power: 8 h, then 40% until 16 h, 10% for ever; today 4 h, then 40% until 8 h, "
        "10% for ever"
    )
    assert in_steps([["8h", 0.4]], 0) == "bank: endurance without power 40% for 16 h instead of 40% for 8 h"
    assert in_steps("4h", 0) == "bank: endurance without power 8 h instead of 4 h"
