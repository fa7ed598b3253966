"""Each file of tests/files/invalid gives exactly the findings that its head expects.

A line `# expect: 12:8 error B207 bank` is a finding's line and column, severity, code and, where there is one, suggestion.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import beroenden
from beroenden.model.network import Network
from beroenden.modelfiles import read
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.rules import lists
from beroenden.modelfiles.scenario import load_scenario

FILES = Path(__file__).parents[1] / "files"
MODELS = sorted((FILES / "invalid").glob("*.toml"))
SCENARIOS = sorted((FILES / "invalid_scenarios").glob("*.toml"))
TODAY = date(2026, 6, 1)
OF_FILES_AS_SUCH = {"B101", "B102", "B103", "B105"}
"""Made in test_bad_input.py."""


def expected(file: Path) -> list[str]:
    """The findings that the head of a file expects."""
    return re.findall(r"^# expect: (.+)$", file.read_text("utf-8"), re.MULTILINE)


def told(findings: Iterable[Finding]) -> list[str]:
    """Findings as they are expected."""
    return [
        " ".join(filter(None, (f"{one.line}:{one.column}", one.severity, one.code, one.suggestion))) for one in findings
    ]


@cache
def scenario_model() -> Network:
    return beroenden.load_or_raise(FILES / "invalid_scenarios" / "model", today=TODAY)


@pytest.mark.parametrize("file", MODELS, ids=lambda file: file.stem)
def test_an_invalid_model_gives_exactly_its_findings(file: Path) -> None:
    network, findings = beroenden.load(file, today=TODAY)
    assert told(findings) == expected(file)
    assert all(finding.file == str(file) for finding in findings)
    assert (network is None) == any(finding.severity == "error" for finding in findings)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_an_invalid_scenario_gives_exactly_its_findings(file: Path) -> None:
    scenario, findings = load_scenario(file, scenario_model())
    assert told(findings) == expected(file)
    assert scenario is None


@pytest.mark.parametrize("file", MODELS + SCENARIOS, ids=lambda file: file.stem)
def test_an_invalid_file_is_named_after_a_code_that_it_gives(file: Path) -> None:
    assert file.stem[:4] in " ".join(expected(file))


def test_every_code_has_an_invalid_file() -> None:
    written = set()
    reading = Path(read.__file__).parent
    for source in (*reading.glob("*.py"), *(reading / "rules").glob("*.py")):
        written |= set(re.findall(r'"(B\d{3})"', source.read_text()))
    shown = {code for file in MODELS + SCENARIOS for code in re.findall(r"B\d{3}", " ".join(expected(file)))}
    assert written - OF_FILES_AS_SUCH == shown


def test_every_rule_finds_something_in_an_invalid_file(monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[str] = set()

    def watched(rule: lists.Rule) -> lists.Rule:
        def run(draft: Any, today: date) -> None:
            reports = [place.report for _, place in draft.entities + draft.payments + draft.windows]
            before = [len(report.findings) for report in reports]
            rule(draft, today)
            if before != [len(report.findings) for report in reports]:
                found.add(rule.__name__)

        return run

    monkeypatch.setattr(read, "RULES", [watched(rule) for rule in lists.RULES])
    monkeypatch.setattr(read, "REMARKS", [watched(rule) for rule in lists.REMARKS])
    for file in MODELS:
        beroenden.load(file, today=TODAY)
    assert found == {rule.__name__ for rule in (*lists.RULES, *lists.REMARKS)}


@pytest.mark.parametrize("rule", (*lists.RULES, *lists.REMARKS), ids=lambda rule: rule.__name__)
def test_rules_have_a_docstring_and_one_code(rule: Callable[..., None]) -> None:
    import inspect

    assert rule.__doc__
    assert len(set(re.findall(r'"B\d{3}"', inspect.getsource(rule)))) <= 1


def test_a_finding_reads_path_line_column_severity_code_message() -> None:
    file = FILES / "invalid" / "B405_rto_over_mtpd.toml"
    (finding,) = beroenden.load(file, today=TODAY)[1]
    assert str(finding) == (
        f"{file}:{finding.line}:7: warning B405 the recovery time (rto) 8\N{NO-BREAK SPACE}h "
        "is longer than the tolerable outage (mtpd) 4\N{NO-BREAK SPACE}h"
    )
    assert finding.to_dict()["file"] == str(file)


def test_a_finding_in_swedish_carries_the_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "sv")
    found = [str(finding) for finding in beroenden.load(FILES / "invalid" / "B201_unknown_key.toml")[1]]
    assert found[0].endswith("fel B201 okänd nyckel ”naem”. Menade du ”name”?")


def test_in_memory_a_finding_says_where() -> None:
    network, findings = beroenden.build(
        {"model": {"name": "x"}, "entity": [{"id": "a", "kind": "system", "owner": "a", "mbco": 2}]}
    )
    assert network is None
    assert [(one.file, one.line, one.where, one.code) for one in findings] == [(None, None, "entity[0].mbco", "B208")]


def test_load_or_raise_raises_all_findings() -> None:
    file = FILES / "invalid" / "B204_duration.toml"
    with pytest.raises(beroenden.FaultyFilesError) as caught:
        beroenden.load_or_raise(file)
    assert len(caught.value.findings) == len(expected(file)) == len(str(caught.value).splitlines())
    assert isinstance(caught.value, beroenden.BeroendenError)
