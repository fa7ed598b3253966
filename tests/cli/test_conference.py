"""`beroenden conference` as its user meets it."""

import json

import pytest
from chain import network
from click.testing import CliRunner
from logs import HEAD, OUT

import beroenden
from beroenden.cli.conference import conference


@pytest.fixture
def files(tmp_path):
    beroenden.save(network(), tmp_path / "model.toml")
    (tmp_path / "log.toml").write_text(HEAD + OUT + 'for = "5h"\n', "utf-8")
    return tmp_path


def run(files, *more):
    return CliRunner().invoke(conference, [str(files / "model.toml"), *(str(one) for one in more)])


def test_from_a_log_the_convening_actor_is_the_logs(files):
    out, data = files / "k.md", files / "k.json"
    done = run(
        files, "--incident", files / "log.toml", "--at", "2026-12-18T04:40", "--purpose", "actions", "--how", "video",
        "--time", "2026-12-18 06.00", "-o", out, "--json", data,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    made = json.loads(data.read_text("utf-8"))
    assert (made["schema"], made["actor"], made["purposes"], made["how"], made["exercise"]) == (
        "beroenden/conference/1",
        "payer",
        ["actions"],
        "video",
        True,
    )
    assert made["time"] == "2026-12-18T06:00+01:00"
    assert "Samverkanskonferens: Clearing trouble" in out.read_text("utf-8")


@pytest.mark.parametrize("ending", ["html", "docx"])
def test_from_a_scenario_in_other_formats(files, ending):
    out = files / f"k.{ending}"
    done = run(files, "--outage", "clr", "--start", "2026-12-18T04:00", "--actor", "payer", "-o", out)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["-o", "k.pdf", "--actor", "payer"], ".docx"),
        (["-o", "k.md"], "--actor"),
        (["-o", "k.md", "--actor", "payr"], 'Did you mean "payer"'),
        (["-o", "k.md", "--actor", "payer", "--time", "soon"], "--time"),
        (["-o", "k.md", "--actor", "payer", "--how", "fax"], "--how"),
    ],
)
def test_wrong_usage_names_the_way_out(files, more, told):
    done = run(files, "--outage", "clr", "--start", "2026-12-18T04:00", *more)
    assert done.exit_code == 2
    assert told in done.stderr


def test_a_lowered_label_is_recorded_in_the_log(files):
    log = files / "log.toml"
    log.write_text(log.read_text("utf-8") + 'tlp = "TLP:AMBER"\ndisclose = true\n', "utf-8")
    out = files / "k.md"
    done = run(
        files, "--incident", log, "--at", "2026-12-18T04:40", "--to", "TLP:GREEN", "--lower-label", "TLP:AMBER", "--by",
        "krisledare", "-o", out,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "krisledare" in log.read_text("utf-8")
    assert "uppgifter upp till TLP:AMBER, beslut av krisledare" in out.read_text("utf-8")


@pytest.mark.parametrize(("time", "is_warned"), [("2026-12-18 04.00", True), ("2026-12-18 06.00", False)])
def test_a_meeting_before_the_as_of_time_is_warned_of(files, time, is_warned):
    log = files / "log.toml"
    done = run(files, "--incident", log, "--at", "2026-12-18T04:40", "--time", time, "-o", files / "k.md")
    assert done.exit_code == 0, done.output
    assert ("before the as-of time" in done.stderr) == is_warned
