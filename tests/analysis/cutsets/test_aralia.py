"""Published fault trees through import and cut sets: the counts and probabilities that others have found."""

import json

import pytest
from aralia import FOLDER, trees
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands

TREES = trees()

pytestmark = pytest.mark.skipif(not TREES, reason="the Aralia trees are not here")


@pytest.mark.parametrize("name", TREES)
def test_tree_has_its_published_sets_and_probability(name, tmp_path):
    expected, model = TREES[name], tmp_path / name
    done = CliRunner().invoke(
        commands, ["import", "open-psa", str(FOLDER / f"{name}.xml"), "-o", str(model), "--json", "-"]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["basic_events"], told["targets"]) == (expected["basic_events"], [expected["top"]])
    findings = beroenden.load(model)[1]
    assert {finding.code for finding in findings} <= {"B609"}  # a published unavailability says nothing of lengths
    done = CliRunner().invoke(commands, ["cutsets", str(model), "--target", expected["top"], "--json", "-"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["count"] == expected["minimal_cut_sets"]
    assert found["by_order"] == expected["by_order"]
    assert found["unavailability"] == pytest.approx(expected["unavailability"], rel=1e-12)
    assert len(found["cut_sets"]) == 20
    assert len(found["importance"]) <= expected["basic_events"]
