"""Whatever stands in a file, there are findings and never an exception."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interop.questionnaire.forms import NETWORK, Form

from beroenden.interop.questionnaire.columns import PARTS
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import csv_files
from beroenden.modelfiles.findings import has_errors

WORDS = (
    "1,5", "=A1", "#REF!", "ny", "bort", "okänt", "fk", "fk-sys", "telia", "beroende som inte delas", "A", "B", "1", "2", "9" * 12,
    "40 %", "4h 100 %; 72h 40 %", "; %", "därefter 10 %", "4h", "ca ca 4h", "ja", "nej", "TLP:RED", "½ h", "99/99 9999",
)  # fmt: skip
VALUES = (
    st.none()
    | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)
    | st.sampled_from(WORDS)
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
    | st.times()
    | st.timedeltas(timedelta(0), timedelta(days=2_000_000))
)
CELLS = st.lists(st.tuples(st.sampled_from(PARTS), st.integers(3, 12), st.integers(1, 20), VALUES), max_size=14)
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def read(path: Path) -> None:
    answers = read_form(path, NETWORK)
    assert not (answers.changes and has_errors(answers.findings))
    assert all(one.line and one.column and one.file.startswith(str(path)) for one in answers.findings)


def any_cells(folder: Path, cells) -> None:
    form = Form(folder)
    for part, row, column, value in cells:
        shape = {datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}.get(type(value), "General")
        cell = form.book[part.name].cell(row, column)
        cell.value, cell.number_format = value, shape
    form.book.save(form.path)
    read(form.path)


@given(CELLS)
@settings(QUIET, max_examples=12)
def test_any_cells(tmp_path_factory, cells):
    any_cells(tmp_path_factory.mktemp("celler"), cells)


@pytest.mark.sweep
@given(CELLS)
@settings(QUIET, max_examples=200)
def test_many_cells(tmp_path_factory, cells):
    any_cells(tmp_path_factory.mktemp("celler"), cells)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(QUIET, max_examples=60)
def test_any_bytes(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("bytes") / "fk.xlsx"
    path.write_bytes(content)
    read(path)


@pytest.mark.parametrize("name", ["resurser.csv", "behov.csv", "betalningar.csv", "andra-om-oss.csv"])
def test_one_csv_file_alone(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(csv_files(form_of(NETWORK, "fk"))[name])
    answers = read_form(path, NETWORK, actor="fk")
    assert (answers.changes, answers.findings) == ((), ())


def test_the_groups_own_headings(tmp_path):
    """The flat files that working groups pass round: noder.csv and beroenden.csv, commas, cp1252, decimal comma."""
    (tmp_path / "noder.csv").write_text(
        "id,namn,typ,kontakt_funktion,beskrivning,mtpd,rto,mbco,granskad,delning\n"
        'fk,Kassan,myndighet,TiB,Sköter bidragen,24h,6 tim,"0,4",2026-11-22,AMBER\n',
        "cp1252",
    )
    (tmp_path / "beroenden.csv").write_text(
        "från (beroende);till (levererar);vad;buffert;förväntad_återställning\nfk;fk-sys;Utbetalning;5 tim;\n",
        "utf-8-sig",
    )
    answers = read_form(tmp_path, NETWORK, source="x")
    changed = {(one.need, one.key): one.after for one in answers.changes if one.key != "source"}
    assert changed == {
        (None, "rto"): "6h", (None, "mbco"): 0.4, (None, "verified"): date(2026, 11, 22),
        (None, "note"): "Sköter bidragen", (0, "endurance"): "5h",
    }  # fmt: skip
    assert not has_errors(answers.findings)


def test_neither_folder_nor_file(tmp_path):
    assert [one.code for one in read_form(tmp_path, NETWORK).findings] == ["B830"]
    assert [one.code for one in read_form(tmp_path / "inget.xlsx", NETWORK).findings] == ["B830"]
    (tmp_path / "a.csv").write_text("hej;då\n1;2\n")
    (found,) = read_form(tmp_path, NETWORK).findings
    assert (
        found.code == "B831"
        and "only one sheet" in found.message
        and "från, till, leverantörens_namn" not in found.message
    )
    assert "from" not in found.message.partition("(")[2] and "stämmer, stämmer" not in found.message
