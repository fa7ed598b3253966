"""Public incidents and the worked examples: each folder is a small model, its expectations and their derivation.

`checks.toml` is what `beroenden validate MODEL --checks FILE` reads. `details.toml`, where there is one, holds what
that format cannot say: pins, branches, courses of levels, spells of a lost reserve, groups. A detail takes the
outages of a check and compares with the JSON of the outcome.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from twin import levels as twin

import beroenden
from beroenden.analysis.checks import Check, load_checks, run_checks
from beroenden.consequences.simulate import simulate_scenario
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.modelfiles.scenario import build_scenario

Table = Mapping[str, Any]

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/model.toml"))
DETAILED = sorted(path.parent.name for path in HERE.glob("*/details.toml"))
INCIDENTS = [name for name in CASES if name.startswith("inc-")]

NAMED_BY = frozenset({"payment", "entity", "at", "note"})
OUTCOME_OF_RUN = frozenset(
    {"date", "status", "planned", "completed", "delay", "latest_recovery", "latest_recovery_state"}
    | {"delayed_recipients", "delayed_amount", "over_max_delay", "blocked_by", "late_banks", "on_time_banks"}
)
OUTCOME_OF_ENTITY = frozenset({"level", "harmed", "reserve_lost", "degraded_from", "down_from", "restored"})
TOTALS = frozenset({"payouts_delayed", "amount_delayed", "recipient_hours"})

GRID = 7
AFTER = 3 * 1440


# --- reading a case ---------------------------------------------------------------------------


def network_of(case: str) -> Network:
    """The model of a case, which has no finding of severity error."""
    network, findings = beroenden.load(HERE / case / "model.toml")
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    assert not errors
    assert network is not None
    return network


def checks_of(case: str, network: Network) -> list[Check]:
    """The checks of a case, none of them left out."""
    path = HERE / case / "checks.toml"
    checks, findings = load_checks(path, network)
    assert not [str(finding) for finding in findings]
    assert len(checks) == len(read(path)["check"])
    return checks


def read(path: Path) -> dict[str, Any]:
    """A TOML file as tables."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def details_of(case: str) -> list[Table]:
    """The tables of details.toml."""
    found: list[Table] = read(HERE / case / "details.toml")["detail"]
    return found


def scenario_of(detail: Table, checks: list[Check], network: Network) -> Scenario:
    """The scenario of the check that a detail names, with the detail's pins."""
    [scenario] = [check.scenario for check in checks if check.id == detail["check"]]
    pins = build_scenario(network, list(scenario.outages), detail.get("pin", ())).pins
    return replace(scenario, pins=pins)


# --- details against an outcome ---------------------------------------------------------------


def detail_misses(detail: Table, outcome: Table, zone: ZoneInfo) -> list[str]:
    """What of a detail is not in the outcome; empty when all of it is."""
    said = [
        *(("branch", written(one, zone)) for one in detail.get("branch", ())),
        *(("levels", written(one, zone)) for one in detail.get("levels", ())),
        *(("group", written(one, zone)) for one in detail.get("group", ())),
    ]
    misses = [f"{kind} {one}" for kind, one in said if one not in found_in(outcome, kind)]
    lost = [written(one, zone) for one in detail.get("reserve_lost", ())]
    for entity in {one["entity"] for one in lost}:
        expected = [one for one in lost if one["entity"] == entity]
        found = [one for one in reserves(outcome) if one["entity"] == entity]
        if expected != found:
            misses.append(f"reserve_lost {expected}, got {found}")
    return misses


def found_in(outcome: Table, kind: str) -> list[Any]:
    """All of one kind that an outcome holds, in the form of a detail."""
    rows = outcome["entities"]
    if kind == "levels":
        listed = [{"entity": row["id"], "levels": row["levels"]} for row in rows]
        return [*listed, *unharmed(outcome)]
    if kind == "group":
        keys = ("entity", "peak_affected", "person_hours")
        return [{key: group[key] for key in keys} for group in outcome["groups"]]
    return [branch_row(run, branch) for run in outcome["payments"] for branch in run["branches"]]


def unharmed(outcome: Table) -> list[dict[str, Any]]:
    """Groups that are not listed among the entities are at 1 all the time."""
    listed = {row["id"] for row in outcome["entities"]}
    names = [group["entity"] for group in outcome["groups"] if group["entity"] not in listed]
    return [{"entity": name, "levels": [[outcome["start"], 1.0]]} for name in names]


def branch_row(run: Table, branch: Table) -> dict[str, Any]:
    """A branch in the form of a detail."""
    return {
        "payment": run["payment"],
        "date": run["date"],
        "bank": branch["bank"] or "",
        "share": branch["share"],
        "planned": branch["planned"],
        "completed": branch["completed"],
    }


def reserves(outcome: Table) -> list[dict[str, Any]]:
    """Spells of lost reserves in the form of a detail."""
    return [{"entity": row["id"], **spell} for row in outcome["entities"] for spell in row["reserve_lost"]]


def written(value: Any, zone: ZoneInfo) -> Any:
    """A TOML value as it stands in the JSON: local times with their offset."""
    if isinstance(value, Mapping):
        return {key: written(one, zone) for key, one in value.items()}
    if isinstance(value, list):
        return [written(one, zone) for one in value]
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


# --- the cases --------------------------------------------------------------------------------


def test_there_are_cases() -> None:
    assert len(INCIDENTS) >= 10
    assert {"worked-levels", "worked-payment"} <= set(CASES)
    folders = sorted(path.name for path in HERE.iterdir() if path.is_dir() and not path.name.startswith("_"))
    assert folders == CASES


@pytest.mark.parametrize("case", CASES)
def test_every_expectation_holds(case: str) -> None:
    network = network_of(case)
    for verdict in run_checks(network, checks_of(case, network)):
        assert verdict.holds, (verdict.id, verdict.misses)


@pytest.mark.parametrize("case", DETAILED)
def test_every_detail_holds(case: str) -> None:
    network = network_of(case)
    checks = checks_of(case, network)
    for detail in details_of(case):
        outcome = simulate_scenario(network, scenario_of(detail, checks, network)).to_dict()
        assert not detail_misses(detail, outcome, ZoneInfo(network.timezone)), detail["check"]


@pytest.mark.parametrize("case", CASES)
def test_no_expectation_is_passed_over(case: str) -> None:
    """A key of another kind of expectation would be read and never compared."""
    for check in read(HERE / case / "checks.toml")["check"]:
        for expectation in check["expect"]:
            assert set(expectation) <= keys_of(expectation), (check["id"], expectation)
            assert set(expectation) - NAMED_BY, (check["id"], expectation)


def keys_of(expectation: Table) -> frozenset[str]:
    """The keys that are compared for this kind of expectation."""
    if "payment" in expectation:
        return OUTCOME_OF_RUN | {"payment", "note"}
    return OUTCOME_OF_ENTITY | {"entity", "at", "note"} if "entity" in expectation else TOTALS | {"note"}


@pytest.mark.parametrize("case", INCIDENTS)
def test_readme_names_its_incident_and_says_what_the_model_cannot(case: str) -> None:
    readme = (HERE / case / "README.md").read_text(encoding="utf-8")
    number = re.match(r"inc-(\d+)-", case)
    assert number
    assert f"INC-{number[1]}" in readme
    for heading in ("Known at the start", "## Derivation", "## Against the published outcome", "cannot say"):
        assert heading in readme


@pytest.mark.parametrize("case", [name for name in CASES if name not in INCIDENTS])
def test_worked_examples_have_a_readme(case: str) -> None:
    readme = (HERE / case / "README.md").read_text(encoding="utf-8")
    assert "INC id: none" in readme
    assert "## Derivation" in readme


# --- the slow twin ----------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_levels_are_those_of_the_twin(case: str) -> None:
    network = network_of(case)
    checks = checks_of(case, network)
    scenarios = [check.scenario for check in checks]
    if case in DETAILED:
        scenarios += [scenario_of(detail, checks, network) for detail in details_of(case) if "pin" in detail]
    tables = read(HERE / case / "model.toml")
    for scenario in scenarios:
        compare_with_twin(network, tables, scenario)


def compare_with_twin(network: Network, tables: Table, scenario: Scenario) -> None:
    """The level of every entity at every seventh minute until three days after the last outage."""
    start, end = scenario.start, sampled_minutes(scenario)
    outages = [span(one, start) | {"remaining": one.remaining} for one in scenario.outages if one.entity]
    pins = [span(one, start) | {"level": one.level} for one in scenario.pins]
    known = twin.levels(tables, outages, pins, end)
    outcome = simulate_scenario(network, scenario)
    for name, values in known.items():
        minutes = range(0, end, GRID)
        found = [outcome.level_at(name, start + minute) for minute in minutes]
        assert found == pytest.approx([values[minute] for minute in minutes], abs=1e-9), name


def sampled_minutes(scenario: Scenario) -> int:
    """How far to sample, in minutes from the start."""
    last = max(one.end or one.start for one in scenario.outages)
    return min(scenario.horizon, last - scenario.start + AFTER)


def span(given: Any, start: int) -> dict[str, Any]:
    """An outage or a pin as the twin takes it."""
    end = None if given.end is None else given.end - start
    return {"entity": given.entity, "start": given.start - start, "end": end}


# --- the comparators have been seen to fail ---------------------------------------------------

OF_THE_RUN = 'payment = "p"'
OF_B, OF_C, OF_D = 'entity = "b"', 'entity = "c"', 'entity = "d"'
OF_ALL = ""
WORKED_PAYMENT = ("worked-payment", "clr-5h")
WORKED_LEVELS = ("worked-levels", "a-nere")

ANY_CHECK = """
[[check]]
id = "one"
[[check.outage]]
entity = "ANY"
start = 2026-12-18T04:00:00
[[check.expect]]
"""

# case and check; what it is about; key; what holds; what does not
SEEN_TO_FAIL: tuple[tuple[tuple[str, str], str, str, str, str], ...] = (
    (WORKED_PAYMENT, OF_THE_RUN, "date", "2026-12-18", "2026-12-20"),
    (WORKED_PAYMENT, OF_THE_RUN, "status", '"delayed"', '"on_time"'),
    (WORKED_PAYMENT, OF_THE_RUN, "planned", "2026-12-18T06:00:00", "2026-12-18T06:01:00"),
    (WORKED_PAYMENT, OF_THE_RUN, "completed", "2026-12-18T10:00:00", "2026-12-18T10:01:00"),
    (WORKED_PAYMENT, OF_THE_RUN, "delay", '"4h"', '"4h 1min"'),
    (WORKED_PAYMENT, OF_THE_RUN, "latest_recovery", "2026-12-18T06:00:00", "2026-12-18T05:59:00"),
    (WORKED_PAYMENT, OF_THE_RUN, "latest_recovery_state", '"by"', '"any"'),
    (WORKED_PAYMENT, OF_THE_RUN, "delayed_recipients", "600", "601"),
    (WORKED_PAYMENT, OF_THE_RUN, "delayed_recipients", "[599, 601]", "[601, 700]"),
    (WORKED_PAYMENT, OF_THE_RUN, "delayed_amount", "600_000", "600_001"),
    (WORKED_PAYMENT, OF_THE_RUN, "over_max_delay", "false", "true"),
    (WORKED_PAYMENT, OF_THE_RUN, "blocked_by", '["clr"]', "[]"),
    (WORKED_PAYMENT, OF_THE_RUN, "late_banks", '["b2"]', '["b1", "b2"]'),
    (WORKED_PAYMENT, OF_THE_RUN, "on_time_banks", '["b1"]', '["b1", "b2"]'),
    (WORKED_PAYMENT, OF_ALL, "payouts_delayed", "600", "599"),
    (WORKED_PAYMENT, OF_ALL, "amount_delayed", "600_000", "0"),
    (WORKED_PAYMENT, OF_ALL, "recipient_hours", "2_400", "2_401"),
    (WORKED_LEVELS, f"{OF_C}\nat = 2026-12-16T12:00:00", "level", "0.4", "1.0"),
    (WORKED_LEVELS, f"{OF_C}\nat = 2026-12-16T11:59:00", "level", "1.0", "0.4"),
    (WORKED_LEVELS, OF_C, "harmed", "true", "false"),
    (WORKED_LEVELS, OF_D, "reserve_lost", "true", "false"),
    (WORKED_LEVELS, OF_B, "degraded_from", "2026-12-16T12:00:00", "2026-12-16T12:01:00"),
    (WORKED_LEVELS, OF_B, "down_from", "2026-12-16T12:00:00", "2026-12-16T11:59:00"),
    (WORKED_LEVELS, OF_B, "restored", "2026-12-16T20:30:00", "2026-12-16T20:00:00"),
)


@pytest.mark.parametrize(("where", "about", "key", "right", "wrong"), SEEN_TO_FAIL)
def test_a_wrong_expectation_fails(
    where: tuple[str, str], about: str, key: str, right: str, wrong: str, tmp_path: Path
) -> None:
    assert not misses(where, f"{about}\n{key} = {right}", tmp_path)
    assert misses(where, f"{about}\n{key} = {wrong}", tmp_path)


def misses(where: tuple[str, str], expectation: str, folder: Path) -> tuple[str, ...]:
    """What differs when the scenario of a check meets another expectation."""
    case, name = where
    network = network_of(case)
    [known] = [check for check in checks_of(case, network) if check.id == name]
    file = folder / "checks.toml"
    file.write_text(f"{ANY_CHECK}{expectation}\n".replace("ANY", network.entities[0].id), encoding="utf-8")
    [check], findings = load_checks(file, network)
    assert not findings
    [verdict] = run_checks(network, [replace(check, scenario=known.scenario)])
    assert verdict.holds == (not verdict.misses)
    return verdict.misses


def test_every_key_that_the_cases_use_has_been_seen_to_fail() -> None:
    used = {
        key
        for case in CASES
        for check in read(HERE / case / "checks.toml")["check"]
        for expectation in check["expect"]
        for key in expectation
    }
    shown = {key for _, _, key, _, _ in SEEN_TO_FAIL}
    assert used - NAMED_BY <= shown
    assert shown == OUTCOME_OF_RUN | OUTCOME_OF_ENTITY | TOTALS


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("branch", {"completed": datetime(2026, 12, 18, 10, 1)}),
        ("branch", {"share": 0.5}),
        ("levels", {"levels": [[datetime(2026, 12, 16, 8), 1.0]]}),
        ("reserve_lost", {"to": datetime(2026, 12, 16, 20, 1)}),
        ("group", {"peak_affected": 1}),
    ],
)
def test_a_wrong_detail_fails(kind: str, change: Table) -> None:
    case = {"branch": "worked-payment", "group": "inc-24-bankid-evening"}.get(kind, "worked-levels")
    network = network_of(case)
    detail = details_of(case)[0]
    outcome = simulate_scenario(network, scenario_of(detail, checks_of(case, network), network)).to_dict()
    wrong = {**detail, kind: [{**detail[kind][0], **change}, *detail[kind][1:]]}
    zone = ZoneInfo(network.timezone)
    assert not detail_misses(detail, outcome, zone)
    assert detail_misses(wrong, outcome, zone)
