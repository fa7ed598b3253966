"""What is written is what is read, whatever stands in it."""

import re
import zipfile
from dataclasses import replace

import pytest
from exercise import example
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interop.inject_list.lists import COLUMN_OF, MODEL, planned
from openpyxl import load_workbook

from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, FORMS, KINDS, STATUSES, Exercise, Inject, Stage
from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.compared import changes
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import csv_text, xlsx
from beroenden.model.labels import TLP
from beroenden.modelfiles.findings import UNPRINTABLE

AWKWARD = (
    "=1+1", "+46 8", "-", "@fk", "'=x", "''", '"', '""a', ";", ",", "\n", "a\nb", " a ", "\t", "\tx", "<r><t>&</t></r>", "<r></r>",
    "_x0041_", "NaN", "1,5", "12", "2026-12-16", "TRUE", "http://a.se", "mailto:a@b.se", "{=1}", "\N{FACE WITH LOOK OF TRIUMPH}",
    "[ATT SKRIVA: mål]", "&R&12", "a\u2028b", "\N{NO-BREAK SPACE}",
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n=+-@\"';,\t")
TEXTS = (st.text(CHARACTERS, max_size=30) | st.sampled_from(AWKWARD)).filter(lambda text: not UNPRINTABLE.search(text))
FILLED = TEXTS.filter(lambda text: text.strip() != "")
START, END = example.moment("2026-10-24T09:00"), example.moment("2026-10-25T15:00")
"""Over the hour that comes twice."""


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """Ten to twenty injects in two stages."""
    stages = (Stage(1, START, END, START, START + 60, 2.5), Stage(2, START, END, START + 90, END, 60.0))
    count = draw(st.integers(10, 20))
    plays = sorted(draw(st.lists(st.integers(START - 20, END), min_size=count, max_size=count)))
    numbers = draw(st.permutations(range(1, 40)))[:count]
    injects = tuple(draw(injects_of(number, play, numbers)) for number, play in zip(numbers, plays, strict=True))
    return replace(example.exercise(MODEL), stages=stages, injects=injects)


@st.composite
def injects_of(draw: st.DrawFn, number: int, play: int, numbers: list[int]) -> Inject:
    status = draw(st.sampled_from([one for one in STATUSES if one != "godkänd"]))
    others = [one for one in numbers if one != number]
    return Inject(
        number, draw(st.integers(1, 2)), play, draw(st.integers(START, END)), draw(TEXTS),
        draw(st.sampled_from(["payer", "b2", CONTROL])), draw(st.sampled_from(FORMS)), draw(st.sampled_from(KINDS)),
        draw(FILLED), draw(FILLED), draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(st.none() | st.sampled_from(others)),
        draw(TEXTS), draw(TEXTS), status, draw(st.none() | st.integers(START, END)), draw(TEXTS),
        draw(st.sampled_from(["", *TLP])),
    )  # fmt: skip


def same(tmp_path_factory, made: Exercise) -> None:
    folder = tmp_path_factory.mktemp("listor")
    for name, content in (("a.xlsx", xlsx(made, MODEL)), ("a.csv", csv_text(made, MODEL))):
        (folder / name).write_bytes(content)
        found, findings = read_list(folder / name, made, MODEL)
        assert found is not None, findings
        assert changes(made, found) == ()
        assert found == made


@given(exercises())
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_list_comes_back(tmp_path_factory, made):
    same(tmp_path_factory, made)


@pytest.mark.sweep
@given(exercises())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_lists_come_back(tmp_path_factory, made):
    same(tmp_path_factory, made)


def test_awkward_texts_come_back_one_by_one(tmp_path_factory):
    first = planned().injects[0]
    awkward = [replace(first, number=number, outcome=text) for number, text in enumerate(AWKWARD, start=1)]
    same(tmp_path_factory, replace(planned(), injects=tuple(awkward)))


def test_new_numbers_come_without_evidence(tmp_path):
    """Read against an exercise that knows none of them, nothing but the evidence is lost."""
    made = planned()
    (tmp_path / "a.xlsx").write_bytes(xlsx(made, MODEL))
    found, _ = read_list(tmp_path / "a.xlsx", replace(made, injects=()), MODEL)
    assert found is not None
    bare = tuple(replace(one, evidence=None, tlp=one.tlp or made.tlp) for one in made.injects)
    assert found.injects == bare


def test_the_columns_are_those_of_practice(tmp_path):
    (tmp_path / "a.csv").write_bytes(csv_text(planned(), MODEL))
    first, *_ = (tmp_path / "a.csv").read_bytes().split(b"\r\n")
    assert first.decode("utf-8-sig") == (
        "nr;skede;t_plus;speltid;scenariotid;från;till;form;typ;rubrik;inspel;övningsmål;förväntad_åtgärd;diskussionsfrågor;"
        "reserv_för;ansvarig_motspel;underlag;status;spelat_kl;utfall;tlp;version"
    )
    assert first.startswith(b"\xef\xbb\xbf")


def test_two_runs_give_the_same_bytes_that_tell_nothing_of_when(tmp_path):
    content = xlsx(planned(), MODEL)
    assert content == xlsx(planned(), MODEL)
    (tmp_path / "a.xlsx").write_bytes(content)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "created" not in core and "modified" not in core
    assert "<dc:title>Inspelslista – Övning Elavbrott</dc:title>" in core
    assert "<dc:subject>TLP:AMBER+STRICT ÖVNING</dc:subject>" in core


def test_the_workbook_is_set_up(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx(planned(), MODEL))
    book = load_workbook(tmp_path / "a.xlsx")
    assert [(one.title, one.sheet_state) for one in book] == [("Inspel", "visible"), ("Läs mig", "visible")]
    sheet, guide = book.worksheets
    assert [value.value for value in sheet[1]] == [*(column.name for column in COLUMNS), "version"]
    assert sheet.column_dimensions["V"].hidden
    assert (sheet["C3"].number_format, sheet["D3"].number_format) == ("[h]:mm", "yyyy-mm-dd hh:mm")
    assert sheet["A3"].value == 2 and sheet["D3"].is_date
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == "A1:V7"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$1:$1",
    )
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.print_title_cols) == (2, 0, "$A:$A")
    assert (guide.page_setup.fitToHeight, guide.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    for one in book:
        assert "TLP:AMBER+STRICT ÖVNING" in one.oddHeader.right.text
        assert "TLP:AMBER+STRICT ÖVNING" in one.oddFooter.right.text
    chosen = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    assert set(chosen) == {f"{column}2:{column}207" for column in "GHIRU"}
    (first, last) = (int(one) for one in chosen["G2:G207"].replace("$A$", "").split("!")[1].split(":"))
    assert [guide.cell(row, 1).value for row in range(first, last + 1)] == ["payer", "b2", CONTROL]
    told = {guide.cell(row, 1).value for row in range(1, guide.max_row + 1)}
    assert {column.name for column in COLUMNS} <= told
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        rows = re.findall(rb"<row [^>]*>", archive.read("xl/worksheets/sheet1.xml"))
    assert all(b" ht=" in row for row in rows if b'r="3"' in row)
    assert not any(b"customHeight" in row for row in rows)


def test_the_guide_is_in_the_language_of_the_exercise_and_the_words_are_not(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(xlsx(replace(planned(), language="en"), MODEL))
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Inspel", "Read me"]
    assert book["Inspel"].cell(1, COLUMN_OF["förväntad_åtgärd"]).value == "förväntad_åtgärd"
    assert "EXERCISE" in book["Inspel"].oddHeader.right.text
    assert read_list(tmp_path / "a.xlsx", replace(planned(), language="en"), MODEL)[0] is not None


def test_many_actors_and_a_hostile_name_do_no_harm(tmp_path):
    many = tuple(f"aktor-{number:03d}" for number in range(60))
    made = replace(planned(), actors=("payer", "b2", *many), name="&P&R " * 60, injects=planned().injects)
    (tmp_path / "a.xlsx").write_bytes(xlsx(made, MODEL))
    assert read_list(tmp_path / "a.xlsx", made, MODEL)[0] == made


def test_a_text_that_no_cell_holds_is_refused_not_cut(tmp_path):
    first, *others = planned().injects
    long = replace(planned(), injects=(replace(first, text="\N{FACE WITH LOOK OF TRIUMPH}" * 16_384), *others))
    with pytest.raises(UsageError, match="Inspel 1: inspel är längre än de 32767 tecken"):
        xlsx(long, MODEL)
    (tmp_path / "a.csv").write_bytes(csv_text(long, MODEL))
    assert read_list(tmp_path / "a.csv", long, MODEL)[0] == long
