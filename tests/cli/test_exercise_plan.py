"""beroenden exercise plan and import, as their user calls them."""

import csv
import json
import shlex
import shutil
import tomllib
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.main import commands

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "sample_data/scenarios/clearing-fore-den-20e.toml"


def run(*words: object):
    return CliRunner().invoke(commands, [str(word) for word in words])


def planned(folder: Path, *more: object):
    actors = () if "--actors" in more else ("--actors", "forsakringskassan,csn")
    return run("exercise", "plan", ROOT / "models/soes", "--scenario", SCENARIO, *actors, "-o", folder, *more)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("exercise") / "ovning"
    assert planned(made, "--play-start", "2026-12-02 09.00").exit_code == 0
    return made


@pytest.fixture
def own(folder, tmp_path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "ovning"))


def edited(folder: Path, change) -> Path:
    """The list of an exercise after a person changed some rows."""
    path = folder / "spelledning/inspel.csv"
    rows = list(csv.DictReader(StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    rows = [row for row in rows if change(row) is not False]
    out = StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    target = folder.parent / "lista.csv"
    target.write_text(out.getvalue(), "utf-8")
    return target


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_there(folder):
    found = set(contents(folder))
    assert {
        "ovning.toml",
        "spelledning/spelledning.docx",
        "spelledning/inspel.xlsx",
        "spelledning/inspel.csv",
        "spelledning/spelplan.ics",
        "spelledning/scenario.toml",
        "spelledning/openaev/scenario.zip",
        "spelledning/openaev/mapper.json",
        "spelledning/facit/csn-skede-1.docx",
        "spelare/csn/skede-1.docx",
        "spelare/forsakringskassan/skede-1.html",
        "spelare/forsakringskassan/spelplan.ics",
    } <= found


def test_its_scenario_is_one_that_can_be_simulated(folder):
    done = run("simulate", ROOT / "models/soes", "--scenario", folder / "spelledning/scenario.toml", "--json", "-")
    once = run("simulate", ROOT / "models/soes", "--scenario", SCENARIO, "--json", "-")
    assert json.loads(done.stdout) == json.loads(once.stdout)


def test_the_json_is_the_exercise(tmp_path):
    done = planned(tmp_path / "ovning", "--json", "-")
    made = json.loads(done.stdout)
    assert made["schema"] == "beroenden/exercise/1"
    assert made["actors"] == ["forsakringskassan", "csn"]
    assert [one["number"] for one in made["injects"]] == list(range(1, len(made["injects"]) + 1))
    assert set(made["files"]) == set(contents(tmp_path / "ovning")) - {"spelledning/filer.sha256"}


def test_an_actor_that_notices_nothing_is_named(tmp_path):
    assert "CSN notices nothing of the scenario" in planned(tmp_path / "ovning").stderr


def test_an_exercise_without_a_rumour_says_so(tmp_path):
    assert "has no rumour" not in planned(tmp_path / "ovning", "--dry-run").stderr
    assert "has no rumour" in planned(tmp_path / "ovning", "--dry-run", "--rumour-after", "30d").stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ("--actors forsakringskasan", 'Did you mean "forsakringskassan"'),
        ("--actors barnfamiljer", "citizens"),
        ("--actors csn,csn", "there twice"),
        ("--actors csn", "notices anything"),
        ("--jump 2026-12-16", "is no stretch"),
        ("--jump 2026-11-15T08:00..2026-11-16T08:00", "outside the scenario"),
        ("--unconfirmed-after 8h --confirmed-after 2h", "does not come after"),
        ("--jump 2026-12-17T00:00..2026-12-16T00:00", "ends before it begins"),
        ("--jump 2026-12-16T10:00..2026-12-16T12:00 --jump 2026-12-16T11:00..2026-12-16T13:00", "overlap"),
        ("--play-start i.morgon", "--play-start"),
        ("--play-length noll", "--play-length"),
        ('--name "När Bankgirot faller"', "tells something"),
    ],
)
def test_what_makes_no_exercise_is_refused_and_nothing_written(tmp_path, options, told):
    done = planned(tmp_path / "ovning", *shlex.split(options))
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert not (tmp_path / "ovning").exists()


def test_an_exercise_that_is_there_is_not_replaced_unasked(own):
    before = contents(own)
    done = planned(own)
    assert done.exit_code == 2
    assert "--replace" in done.stderr
    assert contents(own) == before


def test_a_file_that_was_changed_by_hand_is_kept_when_all_is_written_anew(own):
    (own / "spelledning/spelledning.html").write_text("mina anteckningar", "utf-8")
    done = planned(own, "--replace", "--play-start", "2026-12-03 09.00")
    assert done.exit_code == 0
    assert (own / "spelledning/spelledning.1.html").read_text("utf-8") == "mina anteckningar"
    assert sorted(path.name for path in own.rglob("*.1.*")) == ["ovning.1.toml", "spelledning.1.html"]


def test_nothing_of_an_earlier_plan_stays_in_a_players_folder(own):
    (own / "spelare/csn/skede-2.html").write_text("min egen", "utf-8")
    planned(own, "--replace", "--play-start", "2026-12-02 09.00", "--actors", "forsakringskassan", "--stages", 1)
    assert sorted(path.name for path in (own / "spelare").rglob("*.*")) == [
        "skede-1.docx",
        "skede-1.html",
        "skede-2.1.html",
        "spelplan.ics",
    ]


def test_no_empty_folder_of_a_former_player_is_left(own):
    planned(own, "--replace", "--play-start", "2026-12-02 09.00", "--actors", "forsakringskassan")
    assert [path.name for path in (own / "spelare").iterdir()] == ["forsakringskassan"]


def test_compression_and_jumps_are_as_asked(tmp_path):
    jump = "2026-12-16T21:00..2026-12-18T06:00"
    done = planned(tmp_path / "ovning", "--compression", 60, "--jump", jump, "--pause", "30min", "--json", "-")
    first, second = json.loads(done.stdout)["stages"]
    assert (
        50 < first["compression"] <= second["compression"] == 60
    )  # the injects set apart take longer than was asked for
    assert first["until"] <= "2026-12-16T21:00+01:00"
    assert second["since"] >= "2026-12-18T06:00+01:00"
    assert second["play"][:16] == "2026-12-16T09:45"


def test_a_list_as_it_was_written_changes_nothing(own):
    before = contents(own)
    done = run("exercise", "import", own, own / "spelledning/inspel.xlsx")
    assert (done.exit_code, done.stdout) == (0, "The list changes nothing.\n")
    assert contents(own) == before


def test_an_edited_text_reaches_its_pack_and_only_that(own):
    def change(row):
        if row["till"] == "forsakringskassan" and row["skede"] == "2":
            row["inspel"] = "Ordalydelse sju"

    path = edited(own, change)
    before = contents(own)
    assert "Ordalydelse sju" in run("exercise", "import", own, path, "--dry-run").stdout
    assert contents(own) == before
    assert run("exercise", "import", own, path).exit_code == 0
    told = {name for name, content in contents(own).items() if b"Ordalydelse sju" in content}
    assert {name for name in told if name.startswith("spelare/")} == {
        f"spelare/forsakringskassan/skede-{stage}.html" for stage in (2, 3, 4)
    }
    assert "ovning.toml" in told


def test_a_text_that_names_what_its_player_may_not_read_is_refused(own):
    def change(row):
        if row["till"] == "csn":
            row["inspel"] = "Fråga driften på Gemensam bankdrift A:s jour."

    before = contents(own)
    done = run("exercise", "import", own, edited(own, change))
    assert done.exit_code == 1
    assert "B970" in done.stderr
    assert "CSN may not read" in done.stderr
    assert contents(own) == before


def test_a_text_that_names_the_cause_too_early_is_told(own):
    def change(row):
        if row["till"] == "csn" and row["skede"] == "1":
            row["inspel"] = "Bankgirot lär ligga nere."

    done = run("exercise", "import", own, edited(own, change), "--dry-run")
    assert done.exit_code == 0
    assert "B971" in done.stderr
    assert "Bankgirot" in done.stderr


def test_rows_that_are_missing_stay_unless_asked(own):
    path = edited(own, lambda row: row["nr"] != "9")
    kept = run("exercise", "import", own, path, "--dry-run", "--json", "-")
    assert json.loads(kept.stdout)["changes"] == []
    gone = run("exercise", "import", own, path, "--dry-run", "--remove-missing", "--json", "-")
    assert [(one["number"], one["kind"]) for one in json.loads(gone.stdout)["changes"]] == [(9, "removed")]


def test_a_folder_without_an_exercise_and_a_model_that_moved_are_told(own, tmp_path):
    done = run("exercise", "import", tmp_path, own / "spelledning/inspel.csv")
    assert done.exit_code == 2
    assert "no ovning.toml" in " ".join(done.stderr.split())
    text = (own / "ovning.toml").read_text("utf-8")
    line = next(line for line in text.splitlines() if line.startswith("model ="))
    (own / "ovning.toml").write_text(text.replace(line, 'model = "../borta"'), "utf-8")
    done = run("exercise", "import", own, own / "spelledning/inspel.csv")
    assert done.exit_code == 2
    assert "--model" in done.stderr
    again = ("--model", ROOT / "models/soes", "--dry-run")
    assert run("exercise", "import", own, own / "spelledning/inspel.csv", *again).exit_code == 0


def test_a_day_off_and_a_folder_with_other_things_are_told(tmp_path):
    (tmp_path / "scenario-1.toml").write_text("", "utf-8")
    done = planned(tmp_path, "--play-start", "2026-12-05 09.00")
    assert "on a day off: Saturday 5 December 2026" in done.stderr
    assert f"{tmp_path} is not empty (scenario-1.toml)" in done.stderr


def test_a_lunch_is_a_break_after_one_stage(tmp_path):
    done = planned(tmp_path / "o", "--play-start", "2026-12-02 09.00", "--pause", "10min", "--pause", "45min@2")
    text = (tmp_path / "o/ovning.toml").read_text("utf-8")
    stages = tomllib.loads(text)["stage"]
    breaks = [(after["play"] - before["play_until"]).seconds // 60 for before, after in pairwise(stages)]
    assert breaks == [10, 45, 10], done.output
    refused = planned(tmp_path / "p", "--pause", "45min@4")
    assert refused.exit_code == 2 and "no stage with another after it" in refused.stderr
    assert "breaks not counted" in " ".join(run("exercise", "plan", "--help").stdout.split())


def test_a_play_that_cannot_be_as_short_as_asked_is_told_with_how_much_longer_it_is(tmp_path):
    given = ("--play-start", "2026-12-02 09.00", "--stages", 3, "--dry-run", "--play-length")
    done = planned(tmp_path / "o", *given, "30min")
    told = "played for 45 min, 15 min longer than --play-length: each stage takes at least 15 min"
    assert told in done.stderr.replace("\xa0", " ")
    assert "longer than --play-length" not in planned(tmp_path / "o", *given, "45min").stderr


def test_a_stage_of_one_moment_has_one_time(tmp_path):
    given = ("--play-start", "2026-12-02 09.00", "--play-length", "2h", "--stages", 8, "--dry-run")
    rows = planned(tmp_path / "o", *given).stdout.splitlines()
    (last,) = (row for row in rows if row.startswith("5 "))
    assert last.rstrip().endswith("Mon 21 Dec 07:50") and last.count("07:50") == 1


def test_the_table_counts_what_the_warning_counts(tmp_path):
    done = planned(tmp_path / "o", "--play-start", "2026-12-02 09.00", "--actors", "forsakringskassan,swedbank")
    assert "None of the players gets an inject of its own in stage 1 (Wed 2 Dec 09:00–09:30): choose" in done.stderr
    idle = [one for one in done.stderr.splitlines() if " gets no inject of its own in stage" in one]
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith(("Försäkringskassan", "Swedbank"))]
    zeros = {row[0]: [str(place) for place, count in enumerate(row[1:-2], 1) if count == "0"] for row in rows}
    told = {one.split()[0]: one.split("stage ")[1].rstrip(".").split(", ") for one in idle}
    assert told == {name: zeros[name] for name in told}
    assert told


def test_a_plan_in_the_place_of_another_goes_on_counting(own):
    assert planned(own, "--play-start", "2026-12-03 09.00", "--replace").exit_code == 0
    assert "SEQUENCE:1" in (own / "spelledning/spelplan.ics").read_text("utf-8")


SAME = ("--play-start", "2026-12-02 09.00", "--replace")
"""Plans what stands in the folder over again."""


def test_what_stands_beside_the_injects_is_told_before_it_is_planned_anew(own):
    """Moved dates and stages, the purpose, the goals and the contact were left behind without a word."""
    assert "left behind" not in planned(own, *SAME, "--dry-run").stderr
    run("exercise", "move", own, "--to", "2026-12-09")
    run("exercise", "move", own, "--stage", 3, "--to", "15.30")
    run("exercise", "import", own, "--purpose", "P", "--goal", "G", "--contact", "9")
    before = contents(own)
    told = (
        "the purpose, the goals, the contact, the play from Wed 2026-12-09 09:00 (becomes Wed 2026-12-02 09:00), the play time "
        "of stage 3, 4"
    )
    refused = planned(own, *SAME)
    assert refused.exit_code == 2 and told in refused.stderr.replace("\xa0", " ") and contents(own) == before
    whole = ("--purpose", "P", "--goal", "G", "--contact", "9")
    assert "left behind by the new plan: the play from" in planned(own, *SAME, *whole).stderr
    assert planned(own, *SAME, "--discard-edits").exit_code == 0


def test_the_day_of_the_play_is_left_behind_unless_another_is_given(own):
    done = planned(own, "--replace", "--stages", 2)
    assert done.exit_code == 2 and "the play from Wed 2026-12-02 09:00" in done.stderr.replace("\xa0", " ")
    assert planned(own, "--replace", "--stages", 2, "--play-start", "2026-12-03 09.00").exit_code == 0
