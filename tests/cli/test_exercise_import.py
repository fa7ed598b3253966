"""What the planner reads when an edited list is imported."""

import csv
import json
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from interop.inject_list.lists import MODEL, planned

from beroenden.cli.exercise_folder import write_exercise
from beroenden.cli.main import commands
from beroenden.modelfiles.write import to_toml


def run(*words: object):
    return CliRunner().invoke(commands, ["exercise", "import", *(str(word) for word in words)])


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("import")
    (folder / "modell").mkdir()
    (folder / "modell/modell.toml").write_text(to_toml(MODEL), "utf-8")
    plan = planned()
    # Bank two may not read of the clearing.
    injects = tuple(
        replace(one, sender="Motspelet", basis="clr ← power") if one.number == 5 else one for one in plan.injects
    )
    write_exercise(folder / "ovning", replace(plan, injects=injects), MODEL)
    return folder


@pytest.fixture
def folder(made, tmp_path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "ovning"


def edited(folder: Path, change, *, encoding: str = "utf-8-sig", without: tuple[str, ...] = ()) -> Path:
    """The list after its rows were changed and columns deleted."""
    rows = list(csv.DictReader(StringIO((folder / "spelledning/inspel.csv").read_text("utf-8-sig")), delimiter=";"))
    change(rows)
    out = StringIO()
    names = [name for name in rows[0] if name not in without]
    writer = csv.DictWriter(out, names, delimiter=";", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    path = folder.parent / "lista.csv"
    path.write_bytes(out.getvalue().encode(encoding, "replace"))
    return path


def add(rows: list[dict[str, str]], **values: str) -> None:
    rows.append(
        dict.fromkeys(rows[0], "") | {"nr": "9", "skede": "1", "till": "b2", "form": "mejl", "typ": "inspel"} | values
    )


def test_a_new_row_without_any_time_is_a_fault_at_its_place(folder):
    path = edited(folder, lambda rows: add(rows, rubrik="Ny", inspel="x"), without=("t_plus", "speltid"))
    done = run(folder, path)
    assert done.exit_code == 1
    assert f"{path}:8:1: error B960 row 8: inject 9 is new and has no time" in done.stderr


def test_new_and_removed_injects_say_so_in_the_table(folder):
    def change(rows):
        del rows[4]
        add(rows, rubrik="Ny rubrik", inspel="x", t_plus="0:20")

    done = run(folder, edited(folder, change), "--dry-run", "--remove-missing")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "5 (removed) Filen kom inte med" in lines
    assert lines[0] == "Injects: 1 new, 1 removed."
    assert "9 (new) Ny rubrik (stage 1, Tue 2026-11-10 09:20," in lines
    assert "to Bank two, mejl, TLP:AMBER+STRICT)" in lines


def test_filled_gaps_are_told_together_and_long_texts_from_where_they_differ(folder):
    long = "Flera medier rapporterar att många inte kan betala, legitimera sig eller nå sina tjänster. "

    def fill(rows):
        for row in rows[1:3]:
            row["inspel"] = long + "Ring 1."

    first = run(folder, edited(folder, fill), "--dry-run")
    assert "Gaps filled in inspel: 1 (no. 3)." in first.stdout
    assert run(folder, edited(folder, fill)).exit_code == 0

    def change(rows):
        rows[1]["inspel"] = long + "Ring 2."
        rows[4]["t_plus"], rows[4]["speltid"] = "1:20", ""

    done = run(folder, edited(folder, change), "--dry-run")
    assert done.stdout.splitlines()[0] == "Injects: 1 changed, 1 moved."
    text = " ".join(done.stdout.split())
    assert "Ring 1." in text and "Ring 2." in text and "Flera medier" not in text


def test_aims_are_changed_without_a_list_and_reach_every_paper(folder):
    assert run(folder).stdout == "Nothing is changed.\n"
    assert (
        run(folder, "--purpose", "Larma", "--goal", "A", "--goal", "B", "--contact", "ankn. 1", "--dry-run").exit_code
        == 0
    )
    assert "Larma" not in (folder / "ovning.toml").read_text("utf-8")
    done = run(folder, "--purpose", "Larma", "--goal", "A", "--goal", "B", "--contact", "ankn. 1")
    assert "Purpose: Larma" in done.stdout and "Goals: A; B" in done.stdout
    assert "Larma" in (folder / "spelledning/spelledning.html").read_text("utf-8")
    assert "ankn. 1" in (folder / "spelare/b2/skede-1.html").read_text("utf-8")


def test_an_exercise_file_that_was_edited_reaches_the_papers(folder):
    path = folder / "ovning.toml"
    path.write_text(path.read_text("utf-8").replace("[exercise]", '[exercise]\npurpose = "Pröva larm"', 1), "utf-8")
    done = run(folder, folder / "spelledning/inspel.csv")
    assert "ovning.toml has been changed since the papers were written" in done.stdout
    assert "Pröva larm" in (folder / "spelledning/spelledning.html").read_text("utf-8")
    assert run(folder, folder / "spelledning/inspel.csv").stdout == "The list changes nothing.\n"


def test_a_missing_row_names_the_way_to_remove_it(folder):
    done = run(folder, edited(folder, lambda rows: rows.pop(4)), "--dry-run")
    assert "--remove-missing removes it" in done.stderr


def test_another_list_with_unread_changes_is_told(folder):
    own = folder / "spelledning/inspel.csv"
    other = edited(folder, lambda rows: rows[1].update(rubrik="Ny rubrik"))
    own.write_text(own.read_text("utf-8-sig").replace("Filen kom inte med", "Filen saknas"), "utf-8-sig")
    done = run(folder, other)
    assert "inspel.csv has changes that have not been read" in done.stderr
    shutil.copy(folder / "spelledning/inspel.1.csv", own)
    assert "have not been read" not in run(folder, own).stderr


def test_doubts_have_the_place_in_the_list(folder):
    def change(rows):
        rows[1]["t_plus"] = "0:40"
        rows[1]["till"] = "b2"

    path = edited(folder, change)
    done = run(folder, path, "--dry-run", "--json", "-")
    assert done.exit_code == 0, done.stderr
    assert f"{path}:3:3: warning B972 row 3, column C (t_plus): " in done.stderr
    assert f"{path}:3:7: warning B974 row 3, column G (till): " in done.stderr
    assert [one["field"] for one in json.loads(done.stdout)["changes"]] == ["speltid", "till"]


def test_an_older_excel_that_loses_characters_changes_nothing(folder):
    done = run(folder, edited(folder, lambda rows: None, encoding="cp1252"))
    assert (done.exit_code, done.stdout) == (0, "The list changes nothing.\n"), done.stderr


def test_the_help_says_what_is_removed():
    assert "whose row was deleted" in " ".join(run("--help").stdout.split())


def change_model(folder: Path, was: str = "Bank two", becomes: str = "Bank number two") -> None:
    path = folder.parent / "modell/modell.toml"
    path.write_text(path.read_text("utf-8").replace(f'name = "{was}"', f'name = "{becomes}"', 1), "utf-8")


def test_papers_are_written_anew_once_the_model_has_changed(folder):
    list_ = folder / "spelledning/inspel.csv"
    kept = folder.parent / "kvar.csv"
    shutil.copy(list_, kept)
    change_model(folder)
    done = run(folder, kept)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:2] == [
        "The list changes nothing.",
        "The model has been changed since the papers were written; they are written anew.",
    ]
    assert "Bank number two" in (folder / "spelledning/spelledning.html").read_text("utf-8")
    again = run(folder)
    assert again.stdout.splitlines() == ["Nothing is changed."]
    shutil.copytree(folder, folder.parent / "annan")
    change_model(folder, "Bank number two", "Bank no. two")
    assert run(folder.parent / "annan").stdout.splitlines()[0].startswith("The model has been changed since")
    told = json.loads(run(folder, "--json", "-", "--dry-run").stdout)
    assert (told["written"], told["model_changed"]) == (False, True)


def test_where_the_model_is_now_is_remembered(folder):
    other = folder.parent / "annan/modell"
    shutil.move(folder.parent / "modell", other)
    done = run(folder, "--model", other)
    assert done.exit_code == 0, done.output
    assert "Model: ../annan/modell" in done.stdout
    assert 'model = "../annan/modell"' in (folder / "ovning.toml").read_text("utf-8")
    assert run(folder).stdout.splitlines() == ["Nothing is changed."]
