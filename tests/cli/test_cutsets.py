"""`beroenden cutsets` and `beroenden import open-psa` as a user meets them."""

import json
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands
from beroenden.language import writing_in

TREE = """<opsa-mef><define-fault-tree name="T"><define-gate name="Top"><or><basic-event name="a"/><and>
<basic-event name="b"/><basic-event name="c"/></and></or></define-gate></define-fault-tree><model-data>
<define-basic-event name="a"><float value="0.01"/></define-basic-event>
<define-basic-event name="b"><float value="0.1"/></define-basic-event>
<define-basic-event name="c"><float value="0.2"/></define-basic-event></model-data></opsa-mef>"""


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments], env={"COLUMNS": "80"})


@pytest.fixture
def model(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


@pytest.fixture
def tree(tmp_path) -> Path:
    (tmp_path / "tree.xml").write_text(TREE, "utf-8")
    return tmp_path / "tree.xml"


def test_json_is_alone_on_stdout(model):
    done = run("cutsets", model, "--target", "allowance", "--json", "-")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["schema"] == "beroenden/cutsets/1"
    assert told["model"] == {"name": "Worked example", "version": "1", "hash": network().hash}
    assert (told["target"], told["count"], told["by_order"]) == ("allowance", 5, {"1": 5})
    assert sorted(told["cut_sets"]) == [["b1"], ["b2"], ["clr"], ["power"], ["sys"]]
    assert told["unavailability"] is None
    assert told["unavailability_bounds"] == [0.0, 1.0]
    assert sorted(told["without_failure_data"]) == ["b1", "b2", "clr", "power", "sys"]


def test_the_terminal_names_sets_and_what_is_unknown(model):
    done = run("cutsets", model, "--target", "people")
    assert done.exit_code == 0
    assert "Minimal cut sets: People" in done.output
    assert "Bank one" in done.output
    assert "there are no failure data of 3 entities" in done.output
    assert max(map(len, done.output.splitlines())) <= 80


def test_what_is_not_listed_is_told(model):
    done = run("cutsets", model, "--target", "allowance", "--limit", "2")
    assert "Shows 2 of 5 sets; the rest are not listed." in done.output
    assert "Shows 2 of 5 entities." in done.output


def test_swedish(model):
    with writing_in("sv"):
        done = run("cutsets", model, "--target", "people", "--level", "0.5")
    assert "Minimala snittmängder: People, högst 50\N{NO-BREAK SPACE}% kvar" in done.output
    assert "Faller tillsammans" in done.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--target", "clearings"], "entity or payment"),
        (["--target", "clr", "--level", "1"], "--level"),
        (["--target", "clr", "--max-order", "0"], "--max-order"),
        ([], "--target"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(model, arguments, told):
    done = run("cutsets", model, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr


def test_import_then_cut_sets(tree, tmp_path):
    done = run("import", "open-psa", tree, "-o", tmp_path / "out")
    assert done.exit_code == 0
    assert "2 gates and 3 basic events. Top events: top." in done.stdout
    assert run("validate", tmp_path / "out").exit_code == 0
    done = run("cutsets", tmp_path / "out", "--target", "top")
    assert "0.0298" in done.stdout
    assert "b + c" in done.stdout
    told = json.loads(run("cutsets", tmp_path / "out", "--target", "top", "--json", "-").stdout)
    assert told["unavailability"] == pytest.approx(0.01 + 0.99 * 0.02)


def test_import_refuses_to_replace_without_force(tree, tmp_path):
    out = tmp_path / "model.toml"
    assert run("import", "open-psa", tree, "-o", out).exit_code == 0
    out.write_text("mine", "utf-8")
    done = run("import", "open-psa", tree, "-o", out)
    assert (done.exit_code, out.read_text("utf-8")) == (2, "mine")
    assert "--force" in done.stderr
    assert run("import", "open-psa", tree, "-o", out, "--dry-run").exit_code == 0
    assert out.read_text("utf-8") == "mine"
    assert run("import", "open-psa", tree, "-o", out, "--force").exit_code == 0
    assert beroenden.load(out)[0] is not None


def test_import_refuses_a_folder_with_other_model_files(tree, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "banks.toml").write_text("", "utf-8")
    done = run("import", "open-psa", tree, "-o", folder, "--force")
    assert done.exit_code == 2
    assert "banks.toml" in done.stderr
    assert [one.name for one in folder.iterdir()] == ["banks.toml"]


def test_dry_run_writes_nothing(tree, tmp_path):
    done = run("import", "open-psa", tree, "-o", tmp_path / "new", "--dry-run", "--json", "-")
    told = json.loads(done.stdout)
    assert (told["written"], told["targets"], told["gates"], told["basic_events"]) == (False, ["top"], 2, 3)
    assert not (tmp_path / "new").exists()


def test_a_faulty_tree_is_1_with_its_place_and_writes_nothing(tree, tmp_path):
    tree.write_text(TREE.replace("<and>", "<xor>").replace("</and>", "</xor>"), "utf-8")
    done = run("import", "open-psa", tree, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert "tree.xml:1:90: error B652" in done.stderr
    assert not (tmp_path / "out").exists()
