"""`beroenden followup` as its user meets it."""

import json

import pytest
from chain import network
from click.testing import CliRunner
from logs import HEAD, OUT

import beroenden
from beroenden.cli.followup import followup


@pytest.fixture
def files(tmp_path):
    beroenden.save(network(), tmp_path / "model.toml")
    (tmp_path / "log.toml").write_text(HEAD + OUT + 'for = "5h"\n', "utf-8")
    return tmp_path


def run(files, *more):
    return CliRunner().invoke(followup, [str(files / "model.toml"), *(str(one) for one in more)])


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_it_is_written_in_each_format(files, ending):
    out, data = files / f"u.{ending}", files / "u.json"
    done = run(files, "--incident", files / "log.toml", "--at", "2026-12-18T04:40", "-o", out, "--json", data)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000
    made = json.loads(data.read_text("utf-8"))
    assert (made["schema"], made["actor"]) == ("beroenden/followup/1", "payer")
    assert made["gates"] == {"carried_out": "undecided", "effective": "undecided", "right_direction": None}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["-o", "u.md"], "--incident"),
        (["-o", "u.pdf"], ".docx"),
        (["-o", "u.md", "--incident", "log.toml", "--actor", "payr"], 'Did you mean "payer"'),
    ],
)
def test_wrong_usage_names_the_way_out(files, more, told):
    done = run(files, *(str(files / one) if one == "log.toml" else one for one in more))
    assert done.exit_code == 2
    assert told in done.stderr
