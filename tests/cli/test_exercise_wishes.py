"""What planners asked for: an outage without a file, what a new plan would cost, nothing said twice, nothing written unsaid."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.main import commands

ROOT = Path(__file__).parents[2]
OUTAGE = ("--outage", "bankgirot", "--start", "16/12 2026 kl. 8", "--for", "två dygn")
PLAY = ("--play-start", "2 december 2026 kl 9")


def run(*words: object):
    return CliRunner().invoke(commands, [str(word) for word in words])


def planned(folder: Path, *more: object):
    return run("exercise", "plan", ROOT / "models/soes", "--actors", "forsakringskassan,csn", "-o", folder, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("onskad") / "ovning"
    done = planned(folder, *OUTAGE, *PLAY)
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def own(made, tmp_path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "ovning"))


def test_an_outage_is_given_as_in_simulate(made):
    (outage,) = tomllib.loads((made / "ovning.toml").read_text("utf-8"))["outage"]
    assert outage["entity"] == "bankgirot"
    assert f"{outage['start']:%Y-%m-%d %H:%M}" == "2026-12-16 08:00"
    assert (outage["end"] - outage["start"]).days == 2


def test_what_a_new_plan_would_cost_is_told_and_has_to_be_meant(own):
    path = own / "ovning.toml"
    path.write_text(path.read_text("utf-8").replace("[ATT SKRIVA: övningsmål]", "Larma", 2), "utf-8")
    before = path.read_bytes()
    refused = planned(own, *OUTAGE, *PLAY, "--replace", "--play-length", "3h")
    text = " ".join(refused.stderr.split())
    assert refused.exit_code == 2 and "2 filled gaps" in text and "--play-length" in text and "--discard-edits" in text
    shown = planned(own, *OUTAGE, *PLAY, "--replace", "--play-length", "3h", "--dry-run")
    assert shown.exit_code == 0 and "2 filled gaps" in shown.stderr and "Nothing was written" in shown.stderr
    assert path.read_bytes() == before
    assert planned(own, *OUTAGE, *PLAY, "--replace", "--discard-edits").exit_code == 0
    assert (own / "ovning.1.toml").read_bytes() == before
    shutil.copy(own / "ovning.1.toml", path)  # the way back, as its page tells
    assert run("exercise", "import", own).exit_code == 0
    assert "Larma" in (own / "spelledning/inspel.csv").read_text("utf-8-sig")


def test_what_a_plan_of_another_scenario_would_cost_is_told_too(own):
    path = own / "ovning.toml"
    text = re.sub(r" \[ATT SKRIVA: [^\]]*\]\"", '"', path.read_text("utf-8"), count=1)
    path.write_text(text.replace('title = "Bekräftat: ', 'title = "Nu bekräftat: ', 1), "utf-8")
    other = ("--outage", "internet", "--start", "2026-12-15 08.00", "--for", "6h")
    refused = planned(own, *other, *PLAY, "--replace")
    assert refused.exit_code == 2 and "by the new plan: 1 filled gap, 1 reworded inject." in refused.stderr


def test_it_is_shortened_with_all_that_is_written(own):
    path = own / "ovning.toml"
    path.write_text(path.read_text("utf-8").replace("[ATT SKRIVA: övningsmål]", "Larma", 2), "utf-8")
    assert run("exercise", "import", own).exit_code == 0
    before = tomllib.loads(path.read_text("utf-8"))
    done = run("exercise", "move", own, "--play-length", "tre timmar", "--to", "10 mars 2027")
    assert done.exit_code == 0, done.output
    after = tomllib.loads(path.read_text("utf-8"))
    assert [one["number"] for one in after["inject"]] == [one["number"] for one in before["inject"]]
    assert sum(one.get("objective") == "Larma" for one in after["inject"]) == 2
    assert f"{after['stage'][0]['play']:%Y-%m-%d %H:%M}" == "2027-03-10 09:00"
    assert sum((one["play_until"] - one["play"]).seconds // 60 for one in after["stage"]) == 180


def test_a_pace_and_a_length_are_not_both_taken(tmp_path):
    done = planned(tmp_path / "o", *OUTAGE, *PLAY, "--compression", 20, "--play-length", "2h")
    assert done.exit_code == 2 and "--compression decides" in " ".join(done.stderr.split())


def test_a_dry_run_says_that_nothing_was_written(own):
    for words in (("move", own, "--to", "10 mars 2027"), ("import", own, own / "spelledning/inspel.csv")):
        assert "Nothing was written" in run("exercise", *words, "--dry-run").stderr


def test_a_play_within_the_scenario_is_told(own):
    assert "within the scenario's time" in run("exercise", "move", own, "--to", "2026-12-17", "--dry-run").stderr
    assert "within the scenario's time" not in run("exercise", "move", own, "--to", "2027-03-10", "--dry-run").stderr


def test_move_has_to_be_told_what():
    assert "Give --to" in run("exercise", "move", ROOT / "sample_data/ovning").stderr
