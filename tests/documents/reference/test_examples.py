"""The examples of the reference: together they are a model, a scenario and checks that load without a fault."""

import re
from datetime import date
from pathlib import Path

import beroenden
from beroenden.analysis.checks import load_checks, run_checks
from beroenden.analysis.risk.scale import load_scale
from beroenden.documents.reference.examples import ALL, CHECKS, MODEL, SCALE, SCENARIO
from beroenden.documents.reference.tables import Table, model_tables, other_tables
from beroenden.modelfiles.scenario import load_scenario

SUPPORT = "\n".join(
    f'[[entity]]\nid = "{one}"\nkind = "{kind}"\nneeds = [{{ provider = "elnat", endurance = "72h" }}]\n'
    for one, kind in {
        "myndigheten": "authority",
        "driften": "supplier",
        "telenat-a": "infrastructure",
        "telenat-b": "infrastructure",
        "reservkraft": "system",
        "sparbanken": "bank",
        "clearing": "infrastructure",
        "mottagarna": "citizens",
    }.items()
)
"""What the examples name and do not define."""


def network(folder: Path) -> beroenden.Network:
    (folder / "modell").mkdir()
    (folder / "modell" / "exempel.toml").write_text("\n".join(MODEL.values()), "utf-8")
    (folder / "modell" / "ovriga.toml").write_text(SUPPORT, "utf-8")
    found, findings = beroenden.load(folder / "modell", today=date(2026, 12, 1))
    assert [str(one) for one in findings if one.severity != "info"] == []
    assert found is not None
    return found


def test_the_examples_are_a_model_a_scenario_checks_that_hold_and_a_scale(tmp_path: Path) -> None:
    model = network(tmp_path)
    files = {"scenario.toml": SCENARIO, "checks.toml": CHECKS, "scale.toml": SCALE}
    for name, examples in files.items():
        (tmp_path / name).write_text("\n".join(examples.values()), "utf-8")
    scenario, findings = load_scenario(tmp_path / "scenario.toml", model)
    assert findings == [] and scenario is not None
    assert len(scenario.outages) == 3 and len(scenario.pins) == 1
    checks, findings = load_checks(tmp_path / "checks.toml", model)
    assert findings == []
    assert [verdict.misses for verdict in run_checks(model, checks)] == [()]
    assert load_scale(tmp_path / "scale.toml").measure == "recipient_hours"


def test_every_table_has_an_example_that_shows_keys_of_it() -> None:
    tables: tuple[Table, ...] = (*model_tables(), *other_tables())
    assert [one.name for one in tables if one.name not in ALL] == []
    for one in tables:
        shown = set(re.findall(r"\b([a-z_]+) =", ALL[one.name]))
        assert shown & {each.key for each in one.fields}, one.name
