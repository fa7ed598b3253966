"""Commands that write for other programs, and that read what other programs wrote."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

import beroenden
from beroenden.cli import interop_graphs
from beroenden.cli.export import export
from beroenden.cli.schema import schema

SOES = str(Path(__file__).parents[2] / "models" / "soes")
IMPORTS = {"graphml": interop_graphs.graphml, "json": interop_graphs.node_link}


def run(command: Any, *arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(command, [str(one) for one in arguments])
    assert result.exit_code == code, result.output
    return result


def test_ics(tmp_path: Path) -> None:
    file = tmp_path / "new" / "december.ics"
    days = ("--from", "2026-12-01", "--to", "2026-12-31")
    told = json.loads(run(export, "ics", SOES, *days, "-o", file, "--json", "-").stdout)
    found = Calendar.from_ical(file.read_bytes())
    assert told == {
        "schema": "beroenden/export/1",
        "format": "ics",
        "file": str(file),
        "runs": 22,
        "stages": told["stages"],
        "events": 2,
        "tlp": "TLP:GREEN",
    }
    assert len(found.walk("VEVENT")) == told["runs"] + told["stages"] + told["events"]
    assert "Betalningskalender" in str(found["X-WR-CALNAME"])
    assert told["stages"] == 0
    everything = json.loads(run(export, "ics", SOES, *days, "--stages", "-o", file, "--json", "-").stdout)
    assert everything["stages"] > 100 and (everything["runs"], everything["events"]) == (22, 2)
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 24 + everything["stages"]
    run(export, "ics", SOES, *days, "--payment", "barnbidrag", "--lang", "en", "--tlp", "swedbank", "-o", file)
    assert "Payment calendar" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ics", SOES, "--from", "2026-12-02", "--to", "2026-12-01", "-o", "x.ics"), "--to lies before --from"),
        (("ics", SOES, "--from", "nu", "--to", "2026-12-01", "-o", "x.ics"), "nu"),
        (("ics", SOES, "--from", "2026-12-01", "--to", "2026-12-01", "--actor", "csm", "-o", "x.ics"), "csn"),
        (("ics", SOES, "--from", "2026-12-01", "--to", "2026-12-01", "--payment", "x", "-o", "x.ics"), '"x"'),
        (("ics", SOES, "--from", "2026-12-01", "--to", "2026-12-01", "-o", "x.txt"), ".ics"),
        (("graphml", SOES, "-o", "x.xml"), ".graphml"),
        (("graphml", SOES, "-o", "x.graphml", "--to", "TLP:GREN"), "TLP:GREEN"),
        (("json", SOES, "-o", "x.json", "--json", "./x.json"), "the same file"),
    ],
)
def test_wrong_usage_writes_nothing(arguments: tuple[str, ...], told: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    assert told in run(export, *arguments, code=2).output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["graphml", "json"])
def test_out_and_in_again(form: str, tmp_path: Path) -> None:
    file, model = tmp_path / f"soes.{form}", tmp_path / "model"
    told = json.loads(run(export, form, SOES, "-o", file, "--json", "-").stdout)
    assert (told["nodes"], told["edges"], told["tlp"]) == (131, 803, "TLP:AMBER")
    result = run(IMPORTS[form], file, "-o", model)
    assert "entities" in result.stdout and "warning B408" in result.stderr
    assert beroenden.load(model)[0] == beroenden.load(SOES)[0]
    again = run(IMPORTS[form], file, "-o", model, code=2)
    assert "--force" in again.output
    counted = json.loads(run(IMPORTS[form], file, "-o", model, "--force", "--json", "-").stdout)
    assert (counted["schema"], counted["format"], counted["written"]) == ("beroenden/import/1", form, True)
    assert counted["entities"] + counted["payments"] == 131


@pytest.mark.parametrize("form", ["graphml", "json"])
def test_what_was_written_for_a_reader_is_no_model(form: str, tmp_path: Path) -> None:
    file = tmp_path / f"soes.{form}"
    run(export, form, SOES, "--to", "TLP:CLEAR", "-o", file)
    assert "TLP:GREEN" not in file.read_text("utf-8")
    result = run(IMPORTS[form], file, "-o", tmp_path / "model", code=1)
    assert "error B664 the file was written for TLP:CLEAR" in result.output
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_import_of_a_foreign_graph(tmp_path: Path) -> None:
    file, model = tmp_path / "x.json", tmp_path / "model.toml"
    nodes = [{"id": "a", "sort": "server", "T": "8h"}, {"id": "b"}]
    file.write_text(json.dumps({"nodes": nodes, "links": [{"source": "b", "target": "a"}]}), "utf-8")
    failed = run(interop_graphs.node_link, file, "-o", model, code=1)
    assert f"{file}:1:12: error B663" in failed.output
    assert not model.exists()
    how = ("--kind-attribute", "sort", "--kind", "server=system", "--kind", "process", "--attribute", "T=rto")
    run(interop_graphs.node_link, file, "-o", model, *how, "--reverse", "--dry-run")
    assert not model.exists()
    run(interop_graphs.node_link, file, "-o", model, *how, "--reverse")
    network = beroenden.load(model)[0]
    assert network is not None
    assert (network.entity["a"].rto, network.entity["a"].needs[0].providers) == (480, ("b",))


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (("--kind", "sytem"), "system"),
        (("--kind", "x=sytem"), "system"),
        (("--attribute", "rto"), "NAME=KEY"),
        (("--attribute", "T=rta_testad"), "rta_tested"),
    ],
)
def test_import_with_a_kind_or_key_that_there_is_not(option: tuple[str, str], told: str, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text('{"nodes": [], "edges": []}', "utf-8")
    assert told in run(interop_graphs.node_link, file, "-o", tmp_path / "m", *option, code=2).output


@pytest.mark.parametrize("of", ["model", "scenario"])
def test_schema(of: str, tmp_path: Path) -> None:
    file = tmp_path / "beroenden.schema.json"
    assert f"Wrote {file}" in run(schema, "--of", of, "-o", file).output
    assert json.loads(file.read_text("utf-8")) == json.loads(run(schema, "--of", of).stdout)
    assert run(schema, "--of", of, "--json", "-").stdout == file.read_text("utf-8")
    assert f"schema:{of}:" in json.loads(file.read_text("utf-8"))["$id"]
    run(schema, "-o", tmp_path / "x.toml", code=2)


@pytest.mark.parametrize("form", ["graphml", "json"])
def test_the_command_to_go_on_with_can_be_typed(form: str, tmp_path: Path) -> None:
    file, folder = tmp_path / f"soes.{form}", tmp_path / "ny karta"
    run(export, form, SOES, "-o", file)
    told = run(IMPORTS[form], file, "-o", folder).stdout.replace("\n", "")
    assert f"beroenden validate '{folder}'" in told


def test_the_swedish_word_of_a_kind_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "soes.json"
    run(export, "json", SOES, "-o", file)
    done = run(IMPORTS["json"], file, "-o", tmp_path / "ny", "--kind", "myndighet", code=2)
    assert "Did you mean authority?" in done.output


def test_the_days_of_a_calendar_are_read_as_people_type_them(tmp_path):
    path = tmp_path / "a.ics"
    how = ("ics", SOES, "-o", str(path), "--json", "-", "--from")
    said = CliRunner().invoke(export, [*how, "1 januari 2027", "--to", "juni 2027"])
    plain = CliRunner().invoke(export, [*how, "2027-01-01", "--to", "2027-06-30"])
    assert said.exit_code == plain.exit_code == 0, said.output
    assert said.stdout == plain.stdout
    assert "--to juni 2027: taken as 2027-06-30." in said.stderr and "taken as" not in plain.stderr
    assert CliRunner().invoke(export, [*how, "32/1 2027", "--to", "2027-06-30"]).exit_code == 2
