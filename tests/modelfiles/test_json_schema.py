"""The schema of the files: it knows what the readers know, takes every sound file, and says what it cannot find."""

import json
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from chain import network as chain
from jsonschema import Draft202012Validator, FormatChecker

import beroenden
from beroenden.language import writing_in
from beroenden.modelfiles import json_schema
from beroenden.modelfiles.findings import Report, Source
from beroenden.modelfiles.json_schema import model_schema, scenario_schema
from beroenden.modelfiles.scenario import read_scenario

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "files"
MODEL = Draft202012Validator(model_schema(), format_checker=FormatChecker())
SCENARIO = Draft202012Validator(scenario_schema(), format_checker=FormatChecker())
VALID = [*sorted((FILES / "valid").glob("*.toml")), *sorted((ROOT / "models" / "soes").glob("*.toml"))]
SCENARIOS = sorted((ROOT / "sample_data").rglob("scenarios/*.toml"))
INVALID = sorted((FILES / "invalid").glob("B[!1]*.toml"))
INVALID_SCENARIOS = sorted((FILES / "invalid_scenarios").glob("*.toml"))

NOT_FOUND = {
    "B205": "what a rule of dates yields: RFC 5545 is more than a pattern",
    "B210": "which time zones there are",
    "B214": "characters that cannot be shown: the text is read all the same",
    "B3": "references and duplicates: they go across tables and files",
    "B4": "what values must be to each other",
    "B5": "what makes a payment chain whole",
    "B6": "remarks",
    "B7": "what a scenario needs as a whole",
}
NOT_FOUND_FILES = {
    "B202_population": "JSON has one number: 1.0 is an integer to a schema",
    "B203_empty_dates": "an empty list where it counts as none",
    "B203_no_model": "[model] may stand in another file of the folder",
    "B203_no_name": "a warning",
    "B203_no_provider": "an empty list or table of providers",
    "B211_year": "limits of dates",
    "B211_before_the_years": "limits of dates",
    "B212_length_not_rising": "numbers that must rise",
    "B212_far_horizon": "how far a duration reaches",
    "B212_horizon": "how far a duration reaches",
}
"""What a schema cannot find, and why; `beroenden validate` does."""


def plain(value: Any) -> Any:
    """TOML as an editor hands it to a schema: dates and times are texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


def faults(file: Path, schema: Draft202012Validator = MODEL) -> list[str]:
    tables = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    return [f"{one.json_path}: {one.message}" for one in schema.iter_errors(plain(tables))]


@pytest.mark.parametrize("schema", [MODEL, SCENARIO])
def test_it_is_a_schema_and_names_nothing_that_could_be_fetched(schema: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(schema.schema)
    assert schema.schema["$id"].startswith("urn:")
    assert "http" not in json.dumps({key: one for key, one in schema.schema.items() if key != "$schema"})


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_sound_model_files_are_valid(file: Path) -> None:
    assert faults(file) == []


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_sound_scenario_files_are_valid(file: Path) -> None:
    assert faults(file, SCENARIO) == []


@pytest.mark.parametrize("file", INVALID + INVALID_SCENARIOS, ids=lambda file: file.stem)
def test_unsound_files_are_invalid_but_for_the_kinds_that_no_schema_finds(file: Path) -> None:
    found = faults(file, SCENARIO if file in INVALID_SCENARIOS else MODEL)
    is_beyond = file.stem in NOT_FOUND_FILES or any(file.stem.startswith(code) for code in NOT_FOUND)
    assert bool(found) != is_beyond


def tables_of(shape: Any, path: str = "") -> dict[str, dict[str, Any]]:
    """All tables in a schema that have keys of their own, by where they stand."""
    if isinstance(shape, list):
        return {key: one for inner in shape for key, one in tables_of(inner, path).items()}
    if not isinstance(shape, dict):
        return {}
    found = {path: shape} if shape.get("additionalProperties") is False else {}
    for key, inner in shape.get("properties", {}).items():
        found |= tables_of(inner, f"{path}.{key}".strip("."))
    return found | tables_of(shape.get("items"), path) | tables_of(shape.get("anyOf"), path)


def test_every_key_is_described_in_both_languages() -> None:
    with writing_in("sv"):
        swedish = json.dumps(model_schema(), ensure_ascii=False)
    assert '"description": "Acceptabel avbrottstid, t.ex.' in swedish
    for table in (*tables_of(model_schema()).values(), *tables_of(scenario_schema()).values()):
        if "description" in table:
            assert all(one.get("description") for one in table["properties"].values())


def test_nothing_is_described_that_there_is_not() -> None:
    used = json.dumps([model_schema(), scenario_schema()], ensure_ascii=False)
    for _, words in json_schema.TABLES.values():
        for _, english in words.values():
            assert json.dumps(english) in used


def known_keys(told: str) -> set[str]:
    """The keys that a finding of an unknown key lists."""
    return set(told.partition("; there are ")[2].split(", "))


@pytest.mark.parametrize("table", ["outage", "pin"])
def test_the_schema_of_scenarios_has_the_keys_that_are_read(table: str) -> None:
    report = Report()
    read_scenario({table: [{"zzzzzzzz": 1}]}, report.root(Source(None)), chain())
    unknown = next(one for one in report.findings if one.code == "B201")
    shape = scenario_schema()["properties"][table]["items"]
    assert known_keys(unknown.message) == set(shape["properties"])
    missing = {one.message.split('"')[1] for one in report.findings if one.code == "B203"}
    assert missing == set(shape["required"])


def test_the_schema_of_scenarios_has_the_tables_that_are_read() -> None:
    report = Report()
    read_scenario({"zzzzzzzz": 1}, report.root(Source(None)), chain())
    assert known_keys(report.findings[0].message) == set(scenario_schema()["properties"])


ENTITY = {"id": "a", "kind": "system"}
NEED = {"provider": "a"}
PROBES = (
    *(
        "4h",
        "1d 6h",
        " 90min ",
        "PT4H",
        "P1DT6H",
        "4 timmar",
        "4H",
        "",
        "h",
        "-4h",
        "1,5h",
        "PT1.5H",
        "P",
        "4h4",
        "a-b",
        "A",
    ),
    *(0, 1, -1, 2, 366, 367, 0.5, 1.5, -0.0, 10**15, 10**16, 1e15, True, [], {}, ["a"], [["4h", 1.0]], [["4h", 2]]),
    *(
        [["4h"]],
        [["4h", 1.0, 2]],
        [[1.0, "4h"]],
        {"a": 1},
        {"a": 2},
        {"a": "x"},
        {"p50": "1h", "p90": "2h"},
        {"p50": "1h"},
    ),
    *(
        {"min": "1h", "mode": "2h", "max": "3h"},
        {"role": "x"},
        {"role": 1},
        {"rol": "x"},
        {"per_year": 1, "duration": "1h"},
    ),
    *("TLP:RED", "TLP:WHITE", "tlp:red", "low", "citizens", "mon", "bank", ["mon"], ["måndag"], "2026-12-16T08:00"),
    *("2026-12-16 08.00", "2026-12-16T08:00:30", "2026-12-16", "20261216T0800Z", "2026-W51-3", "x2026-12-16", "nu"),
    *(date(2026, 12, 16), datetime(2026, 12, 16, 8), datetime(2026, 12, 16, 8, 0, 1), time(8), time(8, 0, 1)),
    *([time(8)], [[time(8), time(9)]], [[date(2026, 1, 1), date(2026, 1, 2)]], [date(2026, 1, 1)], [["x", "y"]]),
)
KEYS = [
    ("entity", ENTITY, key) for key in model_schema()["properties"]["entity"]["items"]["properties"] if key != "needs"
] + [
    (table, {}, key)
    for table in ("model", "window", "payment", "audience", "event")
    for key in tables_of(model_schema())[table]["properties"]
    if key != "stage"
]
SAID_ELSEWHERE = {"B205", "B210", "B211", "B212", "B214", "B203"}


@pytest.mark.parametrize(("table", "others", "key"), KEYS, ids=lambda one: one if isinstance(one, str) else "")
def test_schema_and_reader_judge_the_form_of_a_value_alike(table: str, others: dict[str, Any], key: str) -> None:
    """A value that the reader takes is valid; one of the wrong form or type is not, dates in quotes apart."""
    shape = tables_of(model_schema())[table]["properties"][key]
    judge = Draft202012Validator(shape, format_checker=FormatChecker())
    for probe in PROBES:
        tables: dict[str, Any] = {"model": {"name": "x"}}
        row = {**others, key: probe}
        tables |= {"model": row} if table == "model" else {table: [row]}
        place = f"model.{key}" if table == "model" else f"{table}[0].{key}"
        found = [one for one in beroenden.build(tables)[1] if one.where.startswith(place) and one.code.startswith("B2")]
        is_valid = judge.is_valid(plain(probe))
        if not found:
            assert is_valid, (key, probe)
        elif not {one.code for one in found} <= SAID_ELSEWHERE and not is_number_or_date(probe, shape):
            assert not is_valid, (key, probe, found)


def is_number_or_date(probe: Any, shape: dict[str, Any]) -> bool:
    """Where JSON cannot tell TOML's types apart: dates and times from texts, 1.0 from 1."""
    text = json.dumps(plain(probe))
    return isinstance(probe, float) or any(mark in text for mark in ("2026-", "2026W", "20261216", "08:00"))
