"""A list that was written before the exercise was moved, and one of another exercise."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from exercise.example import play
from interop.inject_list.lists import MODEL, planned

from beroenden.exercise.exercise import Exercise
from beroenden.exercise.moving import moved
from beroenden.exercise.repacing import repaced
from beroenden.interop.inject_list.compared import changes
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.version import read_stamp
from beroenden.interop.inject_list.written import csv_text, xlsx

PLAN = replace(planned(), id="0a1b2c3d")
FORTNIGHT = 14 * 1440
LATER = replace(moved(PLAN, MODEL, PLAN.play_start + FORTNIGHT), revision=1)


def edited(folder, change=lambda rows: None, plan: Exercise = PLAN):
    """The list of a plan after a person has changed it."""
    rows = list(csv.DictReader(StringIO(csv_text(plan, MODEL).decode("utf-8-sig")), delimiter=";"))
    change(rows)
    out = StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    (folder / "lista.csv").write_text(out.getvalue(), "utf-8")
    return folder / "lista.csv"


def times(exercise: Exercise) -> dict[int, int]:
    return {one.number: one.play for one in exercise.injects}


@pytest.mark.parametrize("later", [LATER, replace(moved(PLAN, MODEL, play("11:30"), 2), revision=3)])
def test_a_list_from_before_a_move_leaves_the_times_as_they_are_now(tmp_path, later):
    made, findings = read_list(edited(tmp_path, lambda rows: rows[1].update(rubrik="Ny")), later, MODEL)
    assert made is not None, findings
    assert [(one.field, one.after) for one in changes(later, made)] == [("rubrik", "Ny")]
    (told,) = (one for one in findings if one.code != "B966")
    assert (told.code, told.severity) == ("B979", "warning")
    assert f"version 0, now {later.revision}" in told.message


def test_a_workbook_from_before_a_move_is_read_as_well(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx(PLAN, MODEL))
    made, findings = read_list(tmp_path / "a.xlsx", LATER, MODEL)
    assert made == LATER, findings
    assert [one.code for one in findings if one.code != "B966"] == ["B979"]


@pytest.mark.parametrize(
    "change",
    [
        {"t_plus": "0:20"},
        {"speltid": "2026-11-10 09:20"},
        {"speltid": "2026-11-24 09:20"},
        {"speltid": "09.20"},
        {"t_plus": "0:20", "speltid": ""},
        {"t_plus": "0:20", "speltid": "2026-11-10 09:20"},
        {"t_plus": "0:20", "speltid": "2026-11-24 09:20"},
    ],
)
def test_a_time_that_was_changed_counts_from_the_beginning_as_it_is_now(tmp_path, change):
    made, findings = read_list(edited(tmp_path, lambda rows: rows[1].update(change)), LATER, MODEL)
    assert made is not None, findings
    assert times(made) == times(LATER) | {2: LATER.play_start + 20}


def test_times_that_disagree_are_still_refused(tmp_path):
    change = {"t_plus": "0:20", "speltid": "2026-11-10 09:40"}
    made, findings = read_list(edited(tmp_path, lambda rows: rows[1].update(change)), LATER, MODEL)
    assert made is None
    assert [one.code for one in findings if one.severity == "error"] == ["B965"]


def test_a_list_from_before_it_was_shortened_keeps_the_new_times(tmp_path):
    shorter = replace(repaced(PLAN, MODEL, 90), revision=1)
    assert times(shorter) != times(PLAN)
    made, _ = read_list(edited(tmp_path), shorter, MODEL)
    assert made == shorter


def test_a_list_of_another_exercise_is_refused_in_one_message(tmp_path):
    made, (fault,) = read_list(edited(tmp_path), replace(PLAN, id="ffffffff"), MODEL)
    assert made is None
    assert (fault.code, fault.severity, fault.line) == ("B979", "error", 2)
    assert "another exercise" in fault.message


def test_a_list_without_the_column_is_read_as_before(tmp_path):
    path = edited(tmp_path, lambda rows: [row.pop("version") for row in rows])
    made, findings = read_list(path, PLAN, MODEL)
    assert (made, [one.code for one in findings]) == (PLAN, ["B966"])


@pytest.mark.parametrize(
    "text", ["", "x", "0a1b2c3d/0 9", "0a1b2c3d/0 9 2026-13-01T09:00", "0a1b2c3d/0 9 1899-01-01T09:00"]
)
def test_what_was_written_over_is_no_stamp(tmp_path, text):
    assert read_stamp(text) is None
    assert read_list(edited(tmp_path, lambda rows: rows[1].update(version=text)), PLAN, MODEL)[0] == PLAN


FORMER = replace(moved(PLAN, MODEL, PLAN.play_start - FORTNIGHT), id="ffffffff")
"""The plan before this one."""


def copied(rows: list[dict[str, str]], number: str) -> None:
    """A row of the former plan's list, at the end of this one's."""
    former = list(csv.DictReader(StringIO(csv_text(FORMER, MODEL).decode("utf-8-sig")), delimiter=";"))
    rows.append(former[-1] | {"nr": number, "rubrik": "Egen"})


def test_a_row_that_was_copied_from_the_former_plan_is_a_new_inject_as_long_after_the_beginning(tmp_path):
    """Its hidden cell named the other exercise, and the whole list was refused."""
    made, findings = read_list(edited(tmp_path, lambda rows: copied(rows, "17")), PLAN, MODEL)
    assert made is not None, findings
    (new,) = (one for one in made.injects if one.number == 17)
    assert (new.title, new.evidence, new.play) == ("Egen", None, times(PLAN)[6])
    (told,) = (one for one in findings if one.code == "B987")
    assert (told.severity, told.line) == ("info", 8)


def test_a_copied_row_whose_nr_is_taken_is_refused_at_its_place(tmp_path):
    made, findings = read_list(edited(tmp_path, lambda rows: copied(rows, "3") or rows.pop(2)), PLAN, MODEL)
    assert made is None
    (fault,) = (one for one in findings if one.severity == "error")
    assert (fault.code, fault.line, fault.column) == ("B979", 7, 1)
    assert "give it a new nr" in fault.message


def test_a_removed_inject_that_comes_back_from_an_older_list_is_told_to_be_without_evidence(tmp_path):
    whole = edited(tmp_path)
    gone = next(one for one in PLAN.injects if one.evidence is not None)
    shorter = replace(PLAN, injects=tuple(one for one in PLAN.injects if one is not gone), revision=1)
    made, findings = read_list(whole, shorter, MODEL)
    assert made is not None, findings
    assert next(one for one in made.injects if one.number == gone.number).evidence is None
    (told,) = (one for one in findings if one.code == "B987")
    assert (told.severity, told.line) == ("warning", PLAN.injects.index(gone) + 2)
    assert f"no inject {gone.number} (it may have been removed)" in told.message
