"""Decimal commas are taken as they are typed, and it is said what for."""

from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands

OUT = ("--outage", "clr", "--start", "2026-12-18 04.00", "--for", "5h")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments])


@pytest.mark.parametrize(
    ("target", "key", "typed", "taken"),
    [
        ("clr", "failure.per_year", "0,4", "0.4"),
        ("clr", "failure.unavailability", "0,0001", "0.0001"),
        ("clr", "mbco", "0,125", "0.125"),
        ("allowance", "amount", "1 250,5", "1250.5"),
    ],
)
def test_a_number_is_set(model: Path, target: str, key: str, typed: str, taken: str) -> None:
    done = run("edit", "set", model, target, key, typed)
    assert done.exit_code == 0, done.output
    assert f'"{typed}" is read as {taken}' in done.stderr
    assert f"{key.split('.')[-1]} = {taken}" in model.read_text("utf-8")


@pytest.mark.parametrize("typed", ["1,250", "0,4,5", "0,x", ",5", "nan", "1e400"])
def test_what_may_be_something_else_is_refused(model: Path, typed: str) -> None:
    before = model.read_bytes()
    assert run("edit", "set", model, "clr", "failure.per_year", typed).exit_code == 2
    assert model.read_bytes() == before


def test_what_remains(model: Path) -> None:
    done = run("simulate", model, *OUT, "--remaining", "0,12")
    assert done.exit_code == 0
    assert '--remaining: "0,12" is read as 0.12' in done.stderr
    assert "12%" in done.stdout
    assert run("simulate", model, *OUT, "--remaining", "1,12").exit_code == 2
    percent = [run("simulate", model, *OUT, "--remaining", text) for text in ("12%", "12 %")]
    assert [one.stdout for one in percent] == [done.stdout] * 2
    assert '--remaining: "12%" is read as 0.12' in percent[0].stderr
    assert run("simulate", model, *OUT, "--remaining", "112%").exit_code == 2
    assert run("simulate", model, *OUT, "--remaining", "%").exit_code == 2
    assert run("simulate", model, *OUT, "--remaining", "0,1,2").exit_code == 2


def test_the_form_of_an_estimate_is_told(model: Path) -> None:
    done = run("simulate", model, *OUT[:-1], "min 2h mode 6h max 24h")
    assert done.exit_code == 2
    assert "2h..6h..24h" in done.stderr


def test_an_unavailability_alone_is_warned_of(model: Path) -> None:
    done = run("edit", "set", model, "clr", "failure.unavailability", "0.0001")
    assert "warning B609" in done.stderr
    assert "B609" not in run("edit", "set", model, "clr", "failure.duration", "2h").stderr


def test_a_day_in_words_is_taken_for_when_it_was_verified(model: Path) -> None:
    done = run("edit", "set", model, "clr", "rto", "6h", "--verified", "22 november 2026")
    assert done.exit_code == 0
    assert "verified = 2026-11-22" in model.read_text("utf-8")
