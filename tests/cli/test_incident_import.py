"""`beroenden incident import`: others' delgivningar into the own log, all or none."""

import json
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner
from delgivningar import begun, delgivning, moment, outage, read, shared

import beroenden
from beroenden.cli.incident_import import import_
from beroenden.incident.log.entries import Received
from beroenden.incident.log.write import append


def run(*arguments: object):
    return CliRunner().invoke(import_, [str(argument) for argument in arguments])


@pytest.fixture
def log(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return begun(tmp_path / "own.toml", "payer")


@pytest.fixture
def files(tmp_path) -> list[Path]:
    made = []
    for actor in ("b1", "b2"):
        path = begun(tmp_path / f"{actor}-log.toml", actor, outage("clr", "04:00"))
        made.append(shared(tmp_path / f"{actor}.toml", delgivning(path)))
    return made


def test_what_came_is_said_and_appended(log, files):
    done = run(log, *files, "--time", "2026-12-18T05:10")
    assert done.exit_code == 0, done.output
    assert done.stdout == (
        "received-1: Bank one no. 1, 1 statement, TLP:GREEN, approved by Krisledare (b1.toml)\n"
        "received-2: Bank two no. 1, 1 statement, TLP:GREEN, approved by Krisledare (b2.toml)\n"
    )
    entries = read(log).of(Received)
    assert [(one.sender, one.time, one.source) for one in entries] == [
        ("b1", moment("05:10"), "b1.toml"),
        ("b2", moment("05:10"), "b2.toml"),
    ]


def test_the_same_again_is_nothing_new(log, files):
    run(log, files[0])
    before = log.read_bytes()
    done = run(log, files[0])
    assert (done.exit_code, done.stdout) == (0, "Nothing new to append.\n")
    assert "received-1" in done.stderr
    assert log.read_bytes() == before


def test_json_tells_the_same(log, files):
    run(log, files[0])
    told = json.loads(run(log, *files, "--json", "-").stdout)
    assert (told["schema"], told["ids"], told["written"]) == ("beroenden/imported/1", ["received-2"], True)
    (one,) = told["received"]
    assert (one["id"], one["sender"], one["number"], one["tlp"], one["statements"]) == (
        "received-2",
        "b2",
        1,
        "TLP:GREEN",
        1,
    )


def test_a_dry_run_shows_and_writes_nothing(log, files):
    before = log.read_bytes()
    done = run(log, *files, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout.count("[[received]]") == 2
    assert log.read_bytes() == before


def test_one_faulty_file_and_none_is_appended(log, files):
    files[1].write_text(files[1].read_text("utf-8").replace("Clearing", "Klarering"), "utf-8")
    before = log.read_bytes()
    done = run(log, *files)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"{files[1]}:18:8: error B922" in done.stderr
    assert log.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nothing.toml"], 1, "does not exist"),
        ([], 2, "FILE"),
        (["b1.toml", "--time", "soon"], 2, "--time"),
    ],
)
def test_what_cannot_be_done_says_why(log, files, tmp_path, monkeypatch, arguments, code, told):
    monkeypatch.chdir(tmp_path)
    done = run(log, *arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert told in done.stderr


def test_what_comes_after_the_end_is_kept(log, files):
    append(log, [{"kind": "closed", "time": moment("05:00")}], network())
    assert run(log, files[0]).exit_code == 0
    assert [one.sender for one in read(log).of(Received)] == ["b1"]


def test_a_log_whose_model_is_gone_takes_it_all_the_same(log, files, tmp_path):
    (tmp_path / "model.toml").unlink()
    done = run(log, files[0])
    assert (done.exit_code, done.stdout[:10]) == (0, "received-1")
