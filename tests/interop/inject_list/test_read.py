"""Reading an inject list: what people write is understood, and each fault has its place."""

import csv
import io
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from exercise.example import moment, play
from interop.inject_list.lists import COLUMN_OF, MODEL, List, cell, planned
from openpyxl import load_workbook
from openpyxl.styles import Font

from beroenden.exercise.exercise import CONTROL
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import csv_text, xlsx
from beroenden.language import writing_in


@pytest.fixture
def a_list(tmp_path):
    return List(tmp_path)


@pytest.mark.parametrize(
    ("value", "form", "minutes"),
    [
        ("1:25", None, 85), ("1.25", None, 85), ("1,5", None, 90), (1.5, None, 90), ("90 min", None, 90), ("1,5 h", None, 90),
        ("1 h 25 min", None, 85), ("1 tim och 25 min", None, 85), ("T+1:25", None, 85), ("+1:25", None, 85),
        (time(1, 25), "h:mm", 85), (timedelta(minutes=85), "[h]:mm", 85), (85 / 1440, "[h]:mm", 85), (0, None, 0),
        (timedelta(hours=25, minutes=30), "[h]:mm", 1530), (1.0625, "h:mm", 1530), ("-0:15", None, -15),
    ],
)  # fmt: skip
def test_t_plus_is_read_as_it_is_written(a_list, value, form, minutes):
    assert a_list.put(3, "t_plus", value, form).inject(2).play == play("09:00") + minutes


@pytest.mark.parametrize(
    "value", ["snart", "1:75", "0,01", True, "1:25 eller så", timedelta(seconds=90), "99999 h", datetime(2026, 1, 1)]
)
def test_what_is_no_time_since_the_beginning_is_refused(a_list, value):
    found = a_list.put(3, "t_plus", value, "[h]:mm" if isinstance(value, timedelta) else None).fault()
    assert (found.code, found.line, found.column) == ("B964", 3, COLUMN_OF["t_plus"])
    assert "1:30" in found.message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 10, 9, 20), play("09:20")), ("2026-11-10 09.20", play("09:20")), ("10/11 09:20", play("09:20")),
        ("2026-11-10T09:20", play("09:20")), ("2026-11-10T08:20Z", play("09:20")), ("tis 2026-11-10 kl. 09.20", play("09:20")),
        ("10 nov 09.20", play("09:20")), ("10.11.2026 09:20", play("09:20")), ("09.20", play("09:20")), ("9:20", play("09:20")),
        (time(9, 20), play("09:20")), (datetime(2026, 11, 10, 9, 19, 59, 999_700), play("09:20")),
    ],
)  # fmt: skip
def test_speltid_is_read_as_it_is_written(a_list, value, expected):
    assert (
        a_list.put(3, "speltid", value, "yyyy-mm-dd hh:mm" if not isinstance(value, str) else None).inject(2).play
        == expected
    )


@pytest.mark.parametrize(
    "value", ["31/2 09:00", "25:00", "i morgon", "2026-11-10", 46006.35, "fre 09.20", datetime(1899, 12, 31, 9)]
)
def test_what_is_no_time_is_refused(a_list, value):
    found = a_list.put(3, "speltid", value).fault()
    assert (found.code, found.line, found.column) == ("B964", 3, COLUMN_OF["speltid"])
    assert "row 3, column D (speltid): " in found.message


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("10,55", "10:55"), (10.55, "10:55"), (9.5, "9:50"), ("2026-11-10 10,55", "2026-11-10 10:55"), ("10;55", "10:55"),
        ("10,75", None), (46006.35, None), (True, None), ("snart", None),
    ],
)  # fmt: skip
def test_a_time_with_a_comma_is_told_with_what_was_meant(a_list, value, meant):
    assert a_list.put(3, "speltid", value).fault().suggestion == meant


def test_a_list_without_both_times_keeps_those_of_the_exercise(a_list):
    for name in ("speltid", "t_plus"):
        a_list.sheet.delete_cols(COLUMN_OF[name])
    made, findings = a_list.read()
    assert made == planned()
    assert "t_plus, speltid" in next(one.message for one in findings if one.code == "B953")


def test_without_both_times_a_new_inject_and_one_without_a_number_are_refused(a_list):
    new = {"skede": 1, "till": "b2", "form": "mejl", "typ": "inspel", "rubrik": "Ny", "inspel": "x"}
    a_list.add(nr=9, **new).add(**new)
    for name in ("speltid", "t_plus"):
        a_list.sheet.delete_cols(COLUMN_OF[name])
    assert a_list.faults() == [("B960", 8, 1), ("B958", 9, 1)]


def test_a_clock_time_alone_is_of_the_scenarios_day_in_scenariotid(a_list):
    assert a_list.put(6, "scenariotid", "17.30").inject(5).time == moment("16T17:30")


def test_scenariotid_left_out_follows_the_stage(a_list):
    a_list.put(3, "scenariotid", None).put(3, "t_plus", "0:30").put(4, "scenariotid", None)
    assert a_list.inject(2).time == moment("16T01:00")
    assert a_list.inject(3).time == moment("15T22:00")


def test_of_two_times_the_one_that_was_changed_counts(a_list):
    assert a_list.put(3, "t_plus", "0:20").inject(2).play == play("09:20")
    assert a_list.put(3, "t_plus", "0:15").put(3, "speltid", "09.25").inject(2).play == play("09:25")
    assert a_list.put(3, "t_plus", "0:25").inject(2).play == play("09:25")
    found = a_list.put(3, "t_plus", "0:20").fault()
    assert (found.code, found.line, found.column) == ("B965", 3, COLUMN_OF["speltid"])
    assert "by 5 min" in found.message


def test_a_new_inject_has_its_defaults_and_its_place_in_time(a_list):
    a_list.add(
        nr=12.0,
        skede="1,0",
        t_plus="20 min",
        till="Bank two",
        form="phone",
        typ="Contingency inject",
        rubrik="Ny",
        inspel="Text",
    )
    made, _ = a_list.read()
    assert [one.number for one in made.injects] == [1, 2, 12, 3, 4, 5, 6]
    new = made.injects[2]
    assert (new.to, new.form, new.kind, new.status, new.tlp) == (
        "b2",
        "telefon",
        "reservinspel",
        "utkast",
        "TLP:AMBER+STRICT",
    )
    assert (new.time, new.evidence, new.sender) == (moment("15T22:20"), None, "")


def test_words_are_known_in_any_case_in_english_and_without_dots(a_list):
    a_list.put(3, "form", "E-MAIL").put(3, "typ", "Information").put(3, "status", "godkand").put(
        3, "tlp", "tlp:amber strict"
    )
    assert a_list.faults() == [("B962", 3, COLUMN_OF["tlp"])]
    one = a_list.put(3, "tlp", "amber+strict").inject(2)
    assert (one.form, one.kind, one.status, one.tlp) == ("mejl", "information", "godkänd", "TLP:AMBER+STRICT")


@pytest.mark.parametrize(
    ("name", "value", "suggestion"),
    [
        ("form", "telefån", "telefon"),
        ("typ", "inspell", "inspel"),
        ("status", "godkännd", "godkänd"),
        ("tlp", "TLP:GREN", "TLP:GREEN"),
    ],
)
def test_unknown_words_are_told_with_the_nearest(a_list, name, value, suggestion):
    found = a_list.put(5, name, value).fault()
    assert (found.code, found.line, found.column, found.suggestion) == ("B962", 5, COLUMN_OF[name], suggestion)


def test_recipients_play_and_are_one_for_each_row(a_list):
    a_list.put(2, "till", "Spelledningen").put(3, "till", "payr").put(4, "till", "clr").put(5, "till", "payer, b2").put(
        6, "till", "alla"
    )
    made, findings = a_list.read()
    errors = [one for one in findings if one.severity == "error"]
    assert made is None
    assert [(one.code, one.line) for one in errors] == [("B963", 3), ("B963", 4), ("B963", 5), ("B963", 6)]
    assert errors[0].suggestion == "payer"
    assert '"clr" does not play' in errors[1].message
    assert "a row for each recipient" in errors[2].message
    assert "a row for each recipient" in errors[3].message
    assert CONTROL == "spelledningen"


def test_cells_that_must_be_filled(a_list):
    for name in ("skede", "t_plus", "speltid", "till", "form", "typ", "rubrik"):
        a_list.put(3, name, None)
    a_list.put(3, "inspel", "  ")
    names = ("skede", "t_plus", "till", "form", "typ", "rubrik", "inspel")
    filled = {(code, row, column) for code, row, column in a_list.faults() if code == "B960"}
    assert filled == {("B960", 3, COLUMN_OF[name]) for name in names}


def test_numbers_that_are_missing_double_or_none(a_list):
    a_list.put(3, "nr", None).put(5, "nr", 1).put(6, "nr", "5b").put(7, "nr", 0)
    a_list.add(skede=2, t_plus="2:00", till="b2", form="mejl", typ="inspel", rubrik="Något helt annat", inspel="x")
    errors = {one.line: one for one in a_list.read()[1] if one.severity == "error"}
    assert {row: one.code for row, one in errors.items()} == {3: "B958", 5: "B959", 6: "B961", 7: "B961", 8: "B958"}
    assert all(one.column == 1 for one in errors.values())
    assert "the title is that of nr 2" in errors[3].message
    assert "row 2" in errors[5].message
    assert "the next that is free is 7" in errors[8].message


def test_numbers_that_the_list_lacks_are_kept_or_removed_and_told(a_list):
    a_list.sheet.delete_rows(3)
    made, findings = a_list.read()
    assert made == planned()
    told = [one for one in findings if one.code == "B968"]
    assert [one.severity for one in told] == ["info"]
    assert "inject 2 (Systemet för underlag stannar) is not in the list and is kept" in told[0].message
    made, findings = a_list.read(remove_missing=True)
    assert [one.number for one in made.injects] == [1, 3, 4, 5, 6]
    assert "is removed" in next(one.message for one in findings if one.code == "B968")


def test_a_reserve_for_an_inject_that_is_not_there(a_list):
    found = a_list.put(5, "reserv_för", 33).fault()
    assert (found.code, found.line, found.column) == ("B959", 5, COLUMN_OF["reserv_för"])
    assert "does not stand in for itself" in a_list.put(5, "reserv_för", 4).fault().message
    a_list.put(5, "reserv_för", "3,0")
    assert a_list.inject(4).reserve_for == 3
    a_list.sheet.delete_rows(4)
    errors = [one.code for one in a_list.read(remove_missing=True)[1] if one.severity == "error"]
    assert errors == ["B959"]


def test_a_stage_that_is_not_there_and_a_time_outside_the_stage(a_list):
    found = a_list.put(3, "skede", 3).fault()
    assert (found.code, found.line, found.column) == ("B959", 3, COLUMN_OF["skede"])
    a_list.put(3, "skede", 1).put(3, "t_plus", "15")
    warnings = [one for one in a_list.read()[1] if one.code == "B969"]
    assert [(one.severity, one.line, one.column) for one in warnings] == [("warning", 3, COLUMN_OF["t_plus"])]
    assert "outside stage 1" in warnings[0].message


@pytest.mark.parametrize(
    ("name", "value"), [("t_plus", "3:00"), ("speltid", "2026-11-10 12.00"), ("skede", 2), ("inspel", "Ny text")]
)
def test_a_time_outside_its_stage_is_told_at_what_was_changed(a_list, name, value):
    a_list.put(3, name, value)
    found = [one for one in a_list.read()[1] if one.code == "B969"]
    assert [one.column for one in found] == ([] if name == "inspel" else [COLUMN_OF[name]])


def test_what_is_approved_has_no_gaps(a_list):
    a_list.put(6, "status", "godkänd").put(6, "rubrik", "[TO WRITE: a title]")
    names = ("rubrik", "övningsmål", "förväntad_åtgärd", "ansvarig_motspel")
    assert a_list.faults() == [("B966", 6, COLUMN_OF[name]) for name in names]


def test_what_was_played_with_gaps_is_told_but_read(a_list):
    made, findings = a_list.read()
    assert made is not None
    assert [(one.code, one.line, one.column) for one in findings if one.severity == "warning"] == [
        ("B966", 4, COLUMN_OF["inspel"])
    ]


def test_information_needs_no_expected_action_and_nobody_to_play_it(a_list):
    a_list.put(4, "status", "godkänd").put(4, "inspel", "Inslaget")
    assert a_list.faults() == []


def test_labels_are_not_lowered_unseen(a_list):
    a_list.put(3, "tlp", "TLP:GREEN").put(2, "tlp", None).put(7, "tlp", "TLP:WHITE")
    made, findings = a_list.read()
    told = [(one.line, one.severity) for one in findings if one.code == "B967"]
    assert told == [(2, "warning"), (3, "warning")]
    assert [one.tlp for one in made.injects[:2]] == ["TLP:AMBER", "TLP:GREEN"]
    assert made.injects[-1].tlp == "TLP:CLEAR"


def test_formulas_and_errors_are_not_trusted(a_list):
    a_list.put(3, "t_plus", "=1/24").put(4, "rubrik", "#REF!").put(5, "nr", "=A4+1")
    errors = [one for one in a_list.read()[1] if one.severity == "error"]
    assert {(one.code, one.line, one.column) for one in errors if one.code == "B957"} == {
        ("B957", 3, COLUMN_OF["t_plus"]), ("B957", 4, COLUMN_OF["rubrik"]), ("B957", 5, 1),
    }  # fmt: skip
    assert {one.code for one in errors} == {"B957"}


def test_merged_cells_are_named(a_list):
    a_list.sheet.merge_cells(f"{cell(3, 'till')}:{cell(5, 'till')}")
    found = [one for one in a_list.read()[1] if one.code == "B956"]
    assert [(one.line, one.severity) for one in found] == [(3, "error")]
    assert "G3:G5" in found[0].message


def test_titles_above_empty_rows_and_moved_columns(a_list):
    sheet = a_list.sheet
    rows = [[value.value for value in row] for row in sheet.iter_rows()]
    a_list.book.remove(sheet)
    sheet = a_list.book.create_sheet("Inspel", 0)
    sheet.append(["Övning Elavbrott"])
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:F1")
    sheet.append([])
    for index, row in enumerate(rows):
        sheet.append([None, *reversed(row)])
        if index in (0, 3):
            sheet.append([])
    made, findings = a_list.read()
    assert made == planned(), findings
    assert {one.line for one in findings} == {7}


def test_headings_are_known_in_any_case_with_spaces_and_without_dots(a_list):
    for name, heading in {
        "övningsmål": "Ovningsmal",
        "reserv_för": "RESERV FOR",
        "t_plus": "T+",
        "spelat_kl": "Spelat kl.",
    }.items():
        a_list.put(1, name, heading)
    assert a_list.read()[0] == planned()


def test_unknown_double_and_missing_columns(a_list):
    a_list.put(1, "rubrik", "rubrikk").put(1, "underlag", "från").put(1, "utfall", "Kommentar")
    findings = a_list.read()[1]
    assert [(one.code, one.severity, one.line, one.column) for one in findings] == [
        ("B953", "error", 1, 1), ("B953", "info", 1, 1), ("B954", "warning", 1, COLUMN_OF["rubrik"]),
        ("B955", "error", 1, COLUMN_OF["underlag"]), ("B954", "warning", 1, COLUMN_OF["utfall"]),
    ]  # fmt: skip
    assert findings[2].suggestion == "rubrik"
    assert "underlag, utfall" in findings[1].message


def test_columns_that_are_left_out_keep_what_the_exercise_has(a_list):
    for name in ("tlp", "utfall", "underlag", "status", "scenariotid", "speltid"):
        a_list.sheet.delete_cols(COLUMN_OF[name])
    assert a_list.read()[0] == planned()


def test_a_list_that_is_sorted_otherwise_is_the_same(a_list):
    rows = [[value.value for value in row] for row in a_list.sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            a_list.sheet.cell(number, column).value = value
    assert a_list.read()[0] == planned()


def test_a_second_list_in_the_workbook_is_told(a_list):
    copy = a_list.book.copy_worksheet(a_list.sheet)
    copy.title = "Skede 2"
    made, findings = a_list.read()
    assert made == planned()
    assert "sheet Skede 2" in next(one.message for one in findings if one.code == "B952")


def test_texts_that_excel_took_for_dates_or_numbers(a_list):
    a_list.put(3, "utfall", datetime(2026, 1, 12), "yyyy-mm-dd").put(4, "utfall", 12.5).put(5, "utfall", "a\x85b")
    made, findings = a_list.read()
    assert [one.outcome for one in made.injects[1:4]] == ["2026-01-12", "12.5", "ab"]
    assert [(one.line, one.column) for one in findings if one.code == "B969"] == [
        (3, COLUMN_OF["utfall"]),
        (5, COLUMN_OF["utfall"]),
    ]


def test_every_problem_comes_in_one_go_in_swedish(a_list):
    a_list.put(3, "form", "brev").put(3, "till", "x").put(4, "t_plus", "?").put(5, "nr", 2)
    with writing_in("sv"):
        errors = [str(one) for one in a_list.read()[1] if one.severity == "error"]
    assert len(errors) == 4
    assert errors[1].startswith(f"{a_list.path}:3:8: fel B962 bladet Inspel, rad 3, kolumn H (form): ”brev”")


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_kind_is_read(tmp_path, delimiter, encoding):
    text = csv_text(planned(), MODEL).decode("utf-8-sig")
    if delimiter != ";":
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        text = stream.getvalue()
    path = tmp_path / "inspel.csv"
    path.write_bytes(text.encode(encoding))
    made, findings = read_list(path, planned(), MODEL)
    assert made == planned(), findings


def test_csv_of_an_older_excel_with_its_own_first_line(tmp_path):
    text = csv_text(planned(), MODEL).decode("utf-8-sig").replace("\N{FACE WITH LOOK OF TRIUMPH}", "!")
    path = tmp_path / "inspel.csv"
    path.write_bytes(("sep=;\r\n" + text).encode("cp1252"))
    made, findings = read_list(path, planned(), MODEL)
    assert made is not None, findings
    assert made.injects[1].text == planned().injects[1].text


def test_characters_that_an_older_excel_loses_are_no_change(tmp_path):
    first, *others = planned().injects
    made = replace(planned(), injects=(replace(first, basis="sys ← power; ₂", text="😤 ≥ 3"), *others))
    text = csv_text(made, MODEL).decode("utf-8-sig").replace("😤", "??")
    path = tmp_path / "inspel.csv"
    path.write_bytes(text.replace("←", "<").encode("cp1252", "replace"))
    assert read_list(path, made, MODEL)[0] == made
    path.write_bytes(text.replace("power", "kraft").encode("cp1252", "replace"))
    changed, _ = read_list(path, made, MODEL)
    assert changed is not None
    assert (changed.injects[0].basis, changed.injects[0].text) == ("sys ? kraft; ?", made.injects[0].text)
    path.write_text(text.replace("sys ← power", "sys ? power"), "utf-8")
    changed, _ = read_list(path, made, MODEL)
    assert changed is not None
    assert changed.injects[0].basis == "sys ? power; ₂"


def test_faults_of_csv_have_the_row_of_the_spreadsheet_not_of_the_text(tmp_path):
    path = tmp_path / "inspel.csv"
    path.write_bytes(
        csv_text(planned(), MODEL).replace(b"nyhetsinslag", b"nyhetsinslagg").replace(b"4;1;0:50", b"4;1;#REF!")
    )
    errors = [one for one in read_list(path, planned(), MODEL)[1] if one.severity == "error"]
    assert [(one.code, one.line, one.column) for one in errors] == [("B962", 4, 8), ("B957", 5, 3)]
    assert errors[0].message.startswith("row 4, column H (form): ")


def test_a_file_without_a_list(tmp_path):
    path = tmp_path / "annat.csv"
    path.write_text("a;b\n1;2\n", "utf-8")
    made, (found,) = read_list(path, planned(), MODEL)
    assert made is None
    assert found.code == "B951"


def test_an_objective_is_chosen_from_the_goals_or_written(tmp_path):
    path = tmp_path / "mal.xlsx"
    path.write_bytes(xlsx(replace(planned(), goals=("Gemensam lägesbild", "Tala, och höras")), MODEL))
    book = load_workbook(path)
    (rule,) = [
        one
        for one in book["Inspel"].data_validations.dataValidation
        if min(cells.min_col for cells in one.sqref.ranges) == COLUMN_OF["övningsmål"]
    ]
    sheet, cells = rule.formula1.replace("$", "").rsplit("!", 1)
    assert [row[0].value for row in book[sheet.strip("'")][cells]] == ["Gemensam lägesbild", "Tala, och höras"]
    assert not rule.showErrorMessage


def test_what_has_a_time_at_which_it_was_given_is_played(a_list):
    """It stayed a draft, and a reserve was then not among what its player had been given."""
    reserve = next(one for one in planned().injects if one.kind == "reservinspel")
    row = 1 + [one.number for one in planned().injects].index(reserve.number) + 1
    a_list.sheet[cell(row, "spelat_kl")] = "09:52"
    made, findings = a_list.read()
    given = next(one for one in made.injects if one.number == reserve.number)
    assert (given.status, given.played) == ("spelat", play("09:52"))
    assert [(one.line, one.severity) for one in findings if one.code == "B984"] == [(row, "info")]


def test_what_is_no_draft_keeps_its_status_beside_a_time(a_list):
    skipped = next(one for one in planned().injects if one.status == "överhoppat")
    row = 1 + [one.number for one in planned().injects].index(skipped.number) + 1
    a_list.sheet[cell(row, "spelat_kl")] = "11:00"
    made, findings = a_list.read()
    assert next(one.status for one in made.injects if one.number == skipped.number) == "överhoppat"
    assert "B984" not in {one.code for one in findings}
