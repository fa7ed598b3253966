"""`beroenden improve` as a user meets it."""

import json
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner

import beroenden
from beroenden.cli import progress
from beroenden.cli.main import commands
from beroenden.language import writing_in

HARMLESS = ("--outage", "clr", "--start", "2026-12-19T04:00", "--for", "1h")


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def model(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


@pytest.mark.parametrize("by", ["recipient_hours", "amount"])
def test_where_nothing_is_lost_the_measure_is_named_and_where_there_may_be_more(model, by):
    with writing_in("sv"):
        done = run("improve", model, *HARMLESS, "--by", by)
    assert done.exit_code == 0
    assert done.stderr == ""
    measure = {"recipient_hours": "mottagartimmar", "amount": "försenat belopp"}[by]
    assert f"Avbrottet kostar ingenting i måttet {measure}." in done.stdout
    assert "--by level_hours" in done.stdout
    [asked] = [line.split("beroenden ")[1] for line in done.stdout.splitlines() if "beroenden rank" in line]
    assert asked == f"rank {model} --for 1h --window 2026-12 --by {by}"
    assert run(*asked.split()).exit_code == 0


def test_as_json_it_says_that_nothing_was_tried(model):
    found = json.loads(run("improve", model, *HARMLESS, "--json", "-").stdout)
    assert (found["before"]["recipient_hours"], found["tried"], found["partial"], found["improvements"]) == (
        0,
        0,
        False,
        [],
    )


def test_what_takes_long_says_how_long_fewer_years_take(tmp_path, monkeypatch):
    made = beroenden.build(
        {
            "model": {"name": "m"},
            "entity": [
                {"id": "a", "kind": "system", "failure": {"per_year": 20, "duration": "8h"}},
                {"id": "b", "kind": "system", "needs": [{"provider": "a"}]},
            ],
        }
    )[0]
    assert made is not None
    beroenden.save(made, tmp_path / "m.toml")
    monkeypatch.setattr(progress, "_WORTH_SAYING", 0)
    asked = ("improve", tmp_path / "m.toml", "--risk", "--window", 2027, "--by", "level_hours")
    with writing_in("sv"):
        done = run(*asked, "--years", 20000)
    assert done.exit_code == 0
    assert "simulerade år, omkring" in done.stderr
    assert "--years 200 tar omkring" in done.stderr
    assert "--years 200" not in run(*asked, "--years", 100).stderr
