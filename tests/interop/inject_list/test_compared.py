"""What a list changes."""

from dataclasses import replace

from exercise.example import play
from interop.inject_list.lists import MODEL, planned

from beroenden.interop.inject_list.compared import Change, apart, changes
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import csv_text
from beroenden.language import writing_in


def test_each_field_that_differs_is_told_in_the_order_of_the_columns():
    before = planned()
    first, second, *others = before.injects
    moved = replace(second, play=play("09:20"), title="Ny rubrik", reserve_for=4, played=play("09:21"))
    new = replace(first, number=9, title="Nytt")
    after = replace(before, injects=(moved, new, *others))
    assert changes(before, after) == (
        Change(1, "removed", "rubrik", "Skede 1 börjar", None),
        Change(2, "changed", "speltid", play("09:15"), play("09:20")),
        Change(2, "changed", "rubrik", "Systemet för underlag stannar", "Ny rubrik"),
        Change(2, "changed", "reserv_för", None, 4),
        Change(2, "changed", "spelat_kl", None, play("09:21")),
        Change(9, "added", "rubrik", None, "Nytt"),
    )
    with writing_in("sv"):
        words = [one.in_words(MODEL) for one in changes(before, after)]
        what = [one.what for one in changes(before, after)]
    assert (what[0], words[0]) == ("(tas bort)", ("Skede 1 börjar", ""))
    assert (what[-1], words[-1]) == ("(nytt)", ("", "Nytt"))
    assert what[1] == "speltid"
    assert words[1] == ("tis 2026-11-10 09.15", "tis 2026-11-10 09.20")
    assert words[3] == ("(tom)", "4")


def test_the_same_exercise_has_no_changes():
    assert changes(planned(), planned()) == ()


def test_hard_spaces_that_were_typed_as_ordinary_ones_hide_no_change():
    hard = "The disturbance is resolved no earlier than Wednesday 16 December 2026 at\N{NO-BREAK SPACE}18:00, they say."
    before, after = apart(hard, hard.replace("\N{NO-BREAK SPACE}", " ").replace("18:00", "20:00"), 40)
    assert (before.startswith("… "), "18:00" in before, "20:00" in after) == (True, True, True)


def test_a_text_in_which_only_hard_spaces_were_typed_anew_is_as_it_was(tmp_path):
    text = "At\N{NO-BREAK SPACE}18.00, about 1\N{NO-BREAK SPACE}000."
    plan = replace(planned(), injects=(replace(planned().injects[1], text=text),))
    (tmp_path / "a.csv").write_bytes(csv_text(plan, MODEL).replace("\N{NO-BREAK SPACE}".encode(), b" "))
    assert read_list(tmp_path / "a.csv", plan, MODEL)[0] == plan
