"""beroenden exercise move, as its user calls it."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from interop.inject_list.lists import MODEL, planned

from beroenden.cli.exercise_folder import opened, write_exercise
from beroenden.cli.main import commands
from beroenden.modelfiles.write import to_toml
from beroenden.units.times import time_zone


def run(*words: object):
    return CliRunner().invoke(commands, [str(word) for word in words])


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("flytt")
    (folder / "modell").mkdir()
    (folder / "modell/modell.toml").write_text(to_toml(MODEL), "utf-8")
    write_exercise(folder / "ovning", planned(), MODEL)
    return folder


@pytest.fixture
def folder(made, tmp_path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "ovning"


def stored(folder: Path) -> list[str]:
    return [line for line in (folder / "ovning.toml").read_text("utf-8").splitlines() if line.startswith("play = ")]


def test_a_day_alone_keeps_the_time_of_day_and_every_paper_is_new(folder):
    before, _ = opened(folder, None)
    done = run("exercise", "move", folder, "--to", "2026-11-12")
    assert done.exit_code == 0, done.output
    assert "Thu 2026-11-12 09:00–10:30" in done.stdout
    assert "have been played: 3" in done.stderr
    after, _ = opened(folder, None)
    assert {one.play - was.play for one, was in zip(after.injects, before.injects, strict=True)} == {2 * 1440}
    assert [one.text for one in after.injects] == [one.text for one in before.injects]
    assert "2026-11-12 09:15" in (folder / "spelledning/inspel.csv").read_text("utf-8-sig")
    assert "20261112T" in (folder / "spelare/payer/spelplan.ics").read_text("utf-8")


def test_a_clock_time_alone_keeps_the_day_of_its_stage(folder):
    done = run("exercise", "move", folder, "--stage", 2, "--to", "11.05", "--dry-run", "--json", "-")
    moved = json.loads(done.stdout)
    assert (moved["schema"], moved["minutes"], moved["written"]) == ("beroenden/exercise-move/1", 20, False)
    assert moved["stages"][0]["before"] == moved["stages"][0]["after"]
    assert moved["stages"][1]["after"]["play"] == "2026-11-10T11:05+01:00"
    assert len([line for line in stored(folder) if "10:45" in line]) == 1


def test_tomorrow_is_the_day_after_that_on_which_it_is_typed(folder):
    tomorrow = datetime.now(time_zone("Europe/Stockholm")).date() + timedelta(days=1)
    done = run("exercise", "move", folder, "--to", "i morgon", "--dry-run", "--json", "-")
    assert json.loads(done.stdout)["stages"][0]["after"]["play"].startswith(f"{tomorrow}T09:00")


def test_what_is_there_already_is_not_written(folder):
    before = (folder / "ovning.toml").stat().st_mtime_ns
    done = run("exercise", "move", folder, "--to", "2026-11-10 09.00")
    assert "played then already" in done.stdout
    assert (folder / "ovning.toml").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--stage", 2, "--to", "10.15"), "stage 1 is played until"),
        (("--stage", 5, "--to", "10.15"), "There is no stage 5"),
        (("--to", "snart"), "--to: "),
        (("--to", "25.10"), "--to: "),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(folder, options, told):
    before = stored(folder)
    done = run("exercise", "move", folder, *options)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())
    assert stored(folder) == before


def test_a_list_with_unread_changes_is_not_written_over(folder):
    path = folder / "spelledning/inspel.csv"
    path.write_text(path.read_text("utf-8-sig").replace("Filen kom inte med", "Filen saknas"), "utf-8-sig")
    before = stored(folder)
    done = run("exercise", "move", folder, "--to", "2026-11-12")
    assert done.exit_code == 2
    assert "has changes that have not been read" in done.stderr and "exercise import" in done.stderr
    assert stored(folder) == before
    assert run("exercise", "move", folder, "--to", "2026-11-12", "--dry-run").exit_code == 0
    path.rename(folder / "inte med.csv")
    assert run("exercise", "move", folder, "--to", "2026-11-12").exit_code == 0
    assert stored(folder) != before


def test_a_list_that_was_only_saved_again_is_no_change(folder):
    path = folder / "spelledning/inspel.csv"
    path.write_text(path.read_text("utf-8-sig"), "utf-8")
    assert run("exercise", "move", folder, "--to", "2026-11-12").exit_code == 0


def test_a_later_calendar_is_never_stamped_earlier(folder):
    path = folder / "spelledning/spelplan.ics"

    def stamps() -> set[tuple[int, object]]:
        return {(one["SEQUENCE"], one["DTSTAMP"].dt) for one in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}

    ((first, at),) = stamps()
    assert run("exercise", "move", folder, "--to", "2026-10-13").exit_code == 0
    ((then, later),) = stamps()
    assert (first, then) == (0, 1) and at < later
    assert run("exercise", "move", folder, "--to", "2026-10-13").exit_code == 0
    assert stamps() == {(1, later)}


def test_a_day_off_is_told(folder):
    done = run("exercise", "move", folder, "--to", "2026-11-14", "--dry-run")
    assert "on a day off: Saturday 14 November 2026" in done.stderr
    assert "day off" not in run("exercise", "move", folder, "--to", "2026-11-13", "--dry-run").stderr


def test_where_the_model_is_now_is_remembered(folder):
    other = folder.parent / "annan/modell"
    shutil.move(folder.parent / "modell", other)
    done = run("exercise", "move", folder, "--to", "2026-11-12", "--model", other)
    assert done.exit_code == 0, done.output
    assert 'model = "../annan/modell"' in (folder / "ovning.toml").read_text("utf-8")
    assert opened(folder, None)[0].model == "../annan/modell"
