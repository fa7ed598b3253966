"""Payment runs: the package against the twin, and what must hold for every payment."""

from __future__ import annotations

import copy
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from twin import payments as twin

import beroenden
from properties import strategies as random_model
from properties.strategies import Case
from properties.test_levels import minute

EXACT = ("status", "over_max_delay", "delay_minutes")
MOMENTS = ("planned", "completed")


def simulated(case: Case, **more: Any) -> dict[str, Any]:
    """What the package says of a case."""
    network, findings = beroenden.build(copy.deepcopy(case.tables))
    assert network is not None, [str(finding) for finding in findings]
    outcome: dict[str, Any] = beroenden.simulate(network, **case.arguments, **more).to_dict()
    return outcome


def simulated_run(case: Case, **more: Any) -> dict[str, Any] | None:
    """The only run of a case, None when it is not in the outcome."""
    found = simulated(case, **more)["payments"]
    assert len(found) <= 1
    return found[0] if found else None


def twin_run(case: Case) -> dict[str, Any] | None:
    """The same by the twin."""
    nominal = random_model.nominal_date(case)
    return twin.payment_run(random_model.simulation(case), "pay", nominal)


# --- the package against the twin -------------------------------------------------------------


def compare(case: Case) -> None:
    """Everything the package says of the run is what the twin says."""
    run, expected = simulated_run(case), twin_run(case)
    assert (run is None) == (expected is None)
    if run is not None and expected is not None:
        compare_run(run, expected, case)


def compare_run(run: dict[str, Any], expected: dict[str, Any], case: Case) -> None:
    """A run of the package is that of the twin."""
    assert run["date"] == expected["date"].isoformat()
    assert said(run, case) == {key: expected[key] for key in (*EXACT, *MOMENTS)}
    compare_consequences(run, expected)
    compare_branches(run["branches"], expected["branches"], case)


def said(run: dict[str, Any], case: Case) -> dict[str, Any]:
    """Status and times of a run or branch, in minutes."""
    exact = {key: run[key] for key in EXACT if key in run}
    return {**exact, **{key: minute(run[key], case) for key in MOMENTS}}


def compare_consequences(run: dict[str, Any], expected: dict[str, Any]) -> None:
    """Recipients, amount and recipient-hours."""
    assert run["delayed_recipients"] == pytest.approx(expected["delayed_recipients"], abs=1)
    assert run["delayed_amount"] == pytest.approx(expected["delayed_amount"], abs=1)
    assert run["recipient_hours"] == pytest.approx(expected["recipient_hours"], abs=1, rel=1e-6)


def compare_branches(found: list[dict[str, Any]], expected: list[dict[str, Any]], case: Case) -> None:
    """Every branch, by bank."""
    assert by_bank([{**row, **said(row, case)} for row in found]) == by_bank(expected)


def by_bank(branches: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Branches in the order of their banks."""
    keys = ("bank", "planned", "completed", "delay_minutes")
    found = [(*(row[key] for key in keys), pytest.approx(row["share"])) for row in branches]
    return sorted(found, key=lambda row: (str(row[0]), row[1]))


@given(random_model.payment_cases())
def test_package_is_the_twin(case: Case) -> None:
    compare(case)


@pytest.mark.sweep
@settings(max_examples=600)
@given(random_model.payment_cases())
def test_package_is_the_twin_in_a_sweep(case: Case) -> None:
    compare(case)


@settings(max_examples=30)
@given(random_model.payment_cases(), st.lists(st.integers(-4, 9), min_size=1, max_size=3))
def test_dates_that_come_to_the_same_day_are_one_run(case: Case, days: list[int]) -> None:
    several = random_model.with_dates(case, days)
    expected = expected_runs(several)
    found = simulated(several)["payments"]
    assert [run["date"] for run in found] == [day.isoformat() for day in sorted(expected)]
    for run, day in zip(found, sorted(expected), strict=True):
        compare_run(run, expected[day], several)


def expected_runs(case: Case) -> dict[date, dict[str, Any]]:
    """Every run that the twin finds, by payment date."""
    scenario = random_model.simulation(case)
    found = [twin.payment_run(scenario, "pay", day) for day in case.tables["payment"][0]["dates"]]
    return {run["date"]: run for run in found if run is not None}


# --- totals and causes ------------------------------------------------------------------------


@settings(max_examples=60)
@given(random_model.payment_cases())
def test_totals_are_those_of_the_only_run(case: Case) -> None:
    outcome = simulated(case)
    runs, totals = outcome["payments"], outcome["totals"]
    assert totals["payouts_delayed"] == sum(run["delayed_recipients"] for run in runs)
    assert totals["amount_delayed"] == sum(run["delayed_amount"] for run in runs)
    assert totals["recipient_hours"] == pytest.approx(sum(run["recipient_hours"] for run in runs))


def held_by_a_restart() -> Case:
    """The system is back in time, but not the time that the stage takes to restart."""
    stage = {
        "id": "s",
        "name": "S",
        "opens": {"bank_days": 0, "at": time(8)},
        "needs": [{"provider": "sys", "restart": "30min"}],
    }
    payment = {
        "id": "pay",
        "name": "Pay",
        "payer": "payer",
        "paying_bank": "bank-a",
        "recipients": "people",
        "count": 1000,
        "amount": 2000,
        "dates": [date(2026, 12, 16)],
        "stage": [stage],
    }
    kinds = {"sys": "system", "payer": "authority", "bank-a": "bank", "people": "citizens"}
    entities = [{"id": name, "name": name, "kind": kind} for name, kind in kinds.items()]
    model = {"name": "Test", "version": "1", "timezone": "UTC"}
    tables = {"model": model, "entity": entities, "payment": [payment]}
    return Case(tables, ({"entity": "sys", "start": 0, "end": 120},), (), 1440, datetime(2026, 12, 16, 6))


@settings(max_examples=100)
@given(random_model.payment_cases())
@example(held_by_a_restart())
def test_a_late_run_is_blocked_by_an_outage(case: Case) -> None:
    run = simulated_run(case)
    assume(run is not None and not any("payment" in outage for outage in case.outages))
    assert run is not None
    assert set(run["blocked_by"]) <= {outage["entity"] for outage in case.outages}
    assert bool(run["blocked_by"]) == (run["status"] != "on_time")


# --- delay and latest recovery ----------------------------------------------------------------


@settings(max_examples=100)
@given(random_model.payment_cases(), st.data())
def test_delay_never_falls_when_an_outage_lasts_longer(case: Case, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(case.outages) - 1))
    outage = case.outages[place]
    assume(outage["end"] is not None)
    longer = {**outage, "end": outage["end"] + data.draw(st.integers(1, 3000))}
    later = case.with_outages((*case.outages[:place], longer, *case.outages[place + 1 :]))
    assert delays(case) <= delays(later)


def delays(case: Case) -> float:
    """The delay of the run, endless when it is not completed."""
    run = simulated_run(case)
    assume(run is not None)
    assert run is not None
    return float("inf") if run["delay_minutes"] is None else run["delay_minutes"]


def is_late(case: Case, end: int) -> bool:
    """Whether any branch is late, by the package, when all outages end together."""
    together = [dict(outage) for outage in random_model.simulation(case).ending_at(end).outages]
    run = simulated_run(case.with_outages(together))
    assert run is not None
    return bool(run["status"] != "on_time")


@settings(max_examples=100)
@given(random_model.payment_cases())
def test_latest_recovery_is_the_last_minute_that_helps(case: Case) -> None:
    run = simulated_run(case)
    assume(run is not None)
    assert run is not None
    state, until = run["latest_recovery_state"], minute(run["latest_recovery"], case)
    earliest = 1 + min(outage["start"] for outage in case.outages)
    assert (until is not None) == (state == "by")
    if state == "any":
        assert not is_late(case, case.end)
    elif state == "too_late":
        assert is_late(case, earliest)
    else:
        assert until is not None and earliest <= until < case.end
        assert not is_late(case, until)
        assert is_late(case, until + 1)


def compare_latest_recovery(case: Case, as_of: int | None) -> None:
    """State and time are the twin's, seen from the as-of minute or from the beginning."""
    run = simulated_run(case, at=None if as_of is None else random_model.instant(case.start, as_of))
    assume(run is not None)
    assert run is not None
    nominal = random_model.nominal_date(case)
    expected = twin.latest_recovery(random_model.simulation(case), "pay", nominal, as_of)
    assert (run["latest_recovery_state"], minute(run["latest_recovery"], case)) == expected


def moments() -> st.SearchStrategy[int | None]:
    """No as-of minute, or one in the first two days."""
    return st.none() | st.integers(0, 2880)


@settings(max_examples=12)
@given(random_model.payment_cases(), moments())
def test_latest_recovery_is_the_twins(case: Case, as_of: int | None) -> None:
    compare_latest_recovery(case, as_of)


@pytest.mark.sweep
@settings(max_examples=100)
@given(random_model.payment_cases(), moments())
def test_latest_recovery_is_the_twins_in_a_sweep(case: Case, as_of: int | None) -> None:
    compare_latest_recovery(case, as_of)
