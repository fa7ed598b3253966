"""Two that have one name are told apart, by who answers for each, wherever names stand alone."""

import pytest
from chain import tables
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands
from beroenden.views.explorer.page import page

OUT = ("--start", "2026-12-15T17:00", "--for", "30h")


@pytest.fixture
def network():
    made = tables()
    made["entity"][1] |= {"name": "Check", "failure": {"per_year": 20, "duration": "60h"}}
    made["entity"].append(made["entity"][1] | {"id": "sys2", "owner": "b2"})
    made["payment"][0]["stage"][0]["needs"].append({"provider": "sys2", "endurance": "0min"})
    built, findings = beroenden.build(made)
    assert built is not None, findings
    return built


@pytest.mark.parametrize(
    "arguments",
    [
        ("rank", *OUT),
        (
            "improve",
            "--outage",
            "power",
            "--start",
            "2026-12-15T17:00",
            "--for",
            "30h",
            "--by",
            "level_hours",
            "--top",
            "99",
        ),
        ("risk", "--years", "20", "--window", "2026"),
        ("cutsets", "--target", "allowance"),
        ("cutsets", "--timed", "--target", "allowance", *OUT),
    ],
)
def test_the_commands_say_whose_each_is(network, tmp_path, arguments):
    beroenden.save(network, tmp_path / "model.toml")
    command, *options = arguments
    done = CliRunner().invoke(commands, [command, str(tmp_path / "model.toml"), *options], env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    for owner in ("The payer", "Bank two"):
        assert f"Check ({owner})" in done.stdout


def test_the_page_says_whose_each_is(network):
    text = page(network)
    for owner in ("The payer", "Bank two"):
        assert text.count(f"Check ({owner})") > 1
