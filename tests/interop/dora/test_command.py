"""`beroenden import dora` as a user meets it."""

import json

import pytest
from click.testing import CliRunner
from interop.dora.registers import BANK, FILES, Given

from beroenden.cli.interop_dora import dora
from beroenden.modelfiles.read import load

BOTH = (FILES / "exempelbanken", FILES / "exempelsparbanken")


def run(*arguments):
    return CliRunner().invoke(dora, [str(one) for one in arguments])


def test_the_model_is_written_and_the_report_told(tmp_path):
    done = run(*BOTH, "-o", tmp_path / "model")
    assert done.exit_code == 0
    network, findings = load(tmp_path / "model")
    assert network is not None
    assert {one.severity for one in findings} <= {"warning", "info"}
    assert (tmp_path / "model/model.toml").read_text("utf-8").startswith("# Fr")
    for told in (
        f"Exempelbanken AB {BANK}, 2025-12-31",
        "8 companies, 4 functions and 6 services",
        "does not mean that there is none",
        "beroenden validate",
    ):
        assert told in " ".join(done.stdout.split())


def test_json_alone_on_stdout(tmp_path):
    done = run(*BOTH, "-o", tmp_path / "model", "--json", "-")
    content = json.loads(done.stdout)
    assert content["schema"] == "beroenden/import/1"
    assert content["written"] is True
    first = content["registers"][0]
    assert (first["lei"], first["reference_date"], first["rows"]["B_02.02"]) == (BANK, "2025-12-31", 6)
    assert {"template": "B_02.02", "why": "the contract had ended by the reference date", "count": 1} in first[
        "left_out"
    ]


def test_a_dry_run_writes_nothing(tmp_path):
    done = run(BOTH[0], "-o", tmp_path / "model", "--dry-run")
    assert done.exit_code == 0
    assert "3 functions" in done.stdout
    assert not list(tmp_path.iterdir())


def test_errors_are_1_and_nothing_is_written(tmp_path):
    given = Given()
    given.tables["B_02.02"][0][2] = "c0990"
    path = given.zip(tmp_path)
    done = run(path, "-o", tmp_path / "model")
    assert done.exit_code == 1
    assert "b_02.02.csv:1:1: error B683 row 1: B_02.02 lacks c0030" in done.stderr
    assert list(tmp_path.iterdir()) == [path]
    assert done.stdout == ""


def test_a_model_that_is_there_is_kept(tmp_path):
    assert run(BOTH[0], "-o", tmp_path / "model").exit_code == 0
    assert run(BOTH[1], "-o", tmp_path / "model").exit_code == 2
    assert run(BOTH[1], "-o", tmp_path / "model", "--force").exit_code == 0
    (tmp_path / "model/other.toml").write_text("", "utf-8")
    refused = run(BOTH[1], "-o", tmp_path / "model", "--force")
    assert (refused.exit_code, "other.toml" in refused.stderr) == (2, True)


def test_many_warnings_are_counted_and_all_are_in_the_json(tmp_path):
    given = Given()
    for number in range(30):
        given.add("B_06.01", f"F{number + 10}", BANK, "", f"Funktion {number}", "maybe", "", "", "1", "1", "")
    done = run(given.zip(tmp_path), "-o", tmp_path / "model", "--json", tmp_path / "report.json")
    assert done.stderr.count("warning B685") == 10
    assert "and 20 more of B685" in done.stderr
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))["findings"]
    assert sum(one["code"] == "B685" for one in found) == 30


@pytest.mark.parametrize(("lang", "told"), [("sv", "Kritisk eller viktig: ja."), ("en", "Critical or important: yes.")])
def test_the_models_texts_are_in_the_language_asked_for(tmp_path, lang, told):
    assert run(BOTH[0], "-o", tmp_path / "model", "--lang", lang).exit_code == 0
    assert told in (tmp_path / "model/model.toml").read_text("utf-8")
