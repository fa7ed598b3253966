"""`beroenden exercise find` as a user meets it."""

import json
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner
from exercise.search.small import network

import beroenden
from beroenden.cli.exercise_find import find
from beroenden.consequences.batch.sweep import Sweep
from beroenden.language import writing_in
from beroenden.modelfiles.scenario import load_scenario

ASKED = ("--actors", "a,b", "--window", "2026-12-14..2026-12-16", "--for", "6h..24h", "--every", "6h")


def run(*arguments: object):
    return CliRunner().invoke(find, [str(one) for one in arguments], env={"COLUMNS": "80"})


def told(*arguments: object):
    done = run(*arguments, "--json", "-")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def model(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


def test_json_is_alone_on_stdout(model):
    found = told(model, *ASKED)
    assert found["schema"] == "beroenden/exercise-scenarios/1"
    assert found["actors"] == ["a", "b"]
    assert found["lengths_minutes"] == [360, 600, 900, 1440]
    assert found["starts"] == {
        "first": "2026-12-14T00:00+01:00",
        "last": "2026-12-16T18:00+01:00",
        "count": 12,
        "every_minutes": 360,
    }
    assert found["scenarios"]["done"] == found["scenarios"]["planned"] > 0
    assert found["partial"] is False
    assert [one["number"] for one in found["proposals"]] == [1, 2, 3, 4, 5]
    for one in found["proposals"]:
        assert [part["actor"] for part in one["actors"]] == ["a", "b"]
        assert one["because"].startswith("Chosen for: ")
        assert 0 <= one["score"] <= 1


def test_figures_are_those_of_simulate(model):
    first = told(model, *ASKED)["proposals"][0]
    outages = [{"entity": one["entity"], "start": one["start"], "end": one["end"]} for one in first["outages"]]
    totals = beroenden.simulate(network(), outages=outages).to_dict()["totals"]
    assert first["totals"]["payouts_delayed"] == totals["payouts_delayed"]
    assert first["totals"]["recipient_hours"] == totals["recipient_hours"]


def test_what_is_printed_fits_and_explains(model):
    done = run(model, *ASKED)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    text = " ".join(done.stdout.split())
    for part in (
        "Proposal 1",
        "Out: ",
        "Chosen for: ",
        "at starts 6 h apart",
        "(12 starts)",
        "First sign",
        "Own",
        "Deadline",
        "Recipient-hours",
    ):
        assert part in text


def test_swedish(model):
    with writing_in("sv"):
        text = " ".join(run(model, *ASKED).stdout.split())
    for part in ("Förslag 1", "Slås ut: ", "Valt för: ", "6 tim mellan starttiderna", "Första tecken", "Frist"):
        assert part in text
    assert not re.search(r"\b(Proposal|Out|Chosen|Falls short|late|hidden)\b", text)


def test_scenario_files_are_read_back(model, tmp_path):
    found = told(model, *ASKED, "-o", tmp_path / "out")
    for one in found["proposals"]:
        scenario, findings = load_scenario(tmp_path / "out" / f"scenario-{one['number']}.toml", network())
        assert scenario is not None, findings
        assert [outage.entity for outage in scenario.outages] == [each["entity"] for each in one["outages"]]
        assert {outage.end - outage.start for outage in scenario.outages} == {one["for_minutes"]}
        assert scenario.note.startswith("Valt för: ")


def test_a_file_says_for_whom_it_was_sought_and_what_it_lacks(model, tmp_path):
    done = run(model, *ASKED, "--for", "3h..6h", "-o", tmp_path / "out")
    notes = [tomllib.loads(path.read_text("utf-8"))["note"] for path in sorted((tmp_path / "out").glob("*.toml"))]
    assert notes, done.output
    assert all("Sökt för Authority a och Authority b." in note for note in notes)
    printed = done.stdout.count("Falls short: ")
    assert sum("Brister: " in note for note in notes) == printed


def test_scenario_files_in_english(model, tmp_path):
    assert run(model, *ASKED, "-o", tmp_path / "out", "--lang", "en").exit_code == 0
    assert "Chosen for: " in (tmp_path / "out" / "scenario-1.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--for", "48h..6h"), "goes from longer to shorter"),
        (("--for", "long"), "is no length of time"),
        (("--window", "december"), "is no period"),
        (("--every", "7h"), "does not go evenly into a day"),
        (("--actors", "x"), 'no actor "x"'),
        (("--must-hit", "pay-x"), 'no payment "pay-x"'),
        (("--avoid", "girdd"), 'Did you mean "grid" (Grid)?'),
        (("--actors", "idle"), "owns nothing and pays nothing"),
    ],
)
def test_refused(model, options, message):
    done = run(model, *ASKED, *options)
    assert done.exit_code == 2
    assert message in done.stderr
    assert "Traceback" not in done.output


def test_what_is_to_fail_fails_in_every_proposal_with_what_else_it_takes(model):
    found = told(model, *ASKED, "--include", "net-1")
    assert found["include"] == ["net-1"] and found["proposals"]
    for one in found["proposals"]:
        assert "net-1" in [each["entity"] for each in one["outages"]]
        assert "net-1" not in one["shares"]
    assert any(len(one["outages"]) == 2 for one in found["proposals"])


@pytest.mark.parametrize("option", ["avoid", "include"])
def test_several_are_written_with_commas_between(model, option):
    found = told(model, *ASKED, f"--{option}", "net-1, net-2")
    assert found[option] == ["net-1", "net-2"]


def test_what_is_to_fail_and_is_enough_alone_is_told_with_the_way_to_see_only_that(model):
    told_so = "Grid is enough to engage all at some starts, with nothing more failing; --k 1 shows only those."
    assert told_so in " ".join(run(model, *ASKED, "--include", "grid").stdout.split())
    for options in (("--include", "grid", "--k", "1"), ("--include", "net-1"), ()):
        assert "is enough to engage all" not in " ".join(run(model, *ASKED, *options).stdout.split())


def test_who_would_have_nothing_in_a_stage_is_told(model):
    text = " ".join(run(model, *ASKED).stdout.split())
    assert text.count("The default plan has") == 5


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--include", "grid", "--avoid", "grid"), "in both"),
        (("--include", "a"), "is not failed"),
        (("--include", "grid", "--include", "net-1", "--include", "net-2"), "choose a higher --k"),
        (("--avoid", "ahost"), 'Did you mean "a-host"'),
    ],
)
def test_what_cannot_be_included_is_refused(model, options, message):
    done = run(model, *ASKED, *options)
    assert done.exit_code == 2
    assert message in done.stderr


def test_what_is_done_is_shown_after_ctrl_c(model, monkeypatch):
    real = Sweep.__iter__

    def interrupted(sweep):
        for chunk in real(sweep):
            signal.raise_signal(signal.SIGINT)
            yield chunk

    monkeypatch.setattr(Sweep, "__iter__", interrupted)
    monkeypatch.setattr("beroenden.exercise.search.screening.CHUNK", 12)
    done = run(model, *ASKED)
    assert done.exit_code == 0, done.output
    assert "PARTIAL: stopped after" in done.stdout


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from beroenden.cli.exercise_find import find; "
        "assert not {'numpy', 'numba'} & set(sys.modules), sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_help():
    text = " ".join(run("--help").stdout.split())
    assert "Example: beroenden exercise find models/soes --actors" in text
