"""Whatever stands in a file, there are findings and never an exception."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interop.inject_list.lists import COLUMN_OF, MODEL, List, planned

from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.read import read_list
from beroenden.interop.inject_list.written import csv_text, xlsx
from beroenden.modelfiles.findings import has_errors

VALUES = (
    st.none()
    | st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)
    | st.sampled_from(
        ["1,5", "16/12 08:25", "12,0", "=A1", "#REF!", "T+1:30", "b2", "godkänd", "TLP:RED", "telefon", "99/99 99:99"]
    )
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30))
    | st.times()
    | st.timedeltas(timedelta(0), timedelta(days=2_000_000))
)
CELLS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(COLUMNS), VALUES), max_size=12)
QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def read(path: Path) -> None:
    made, findings = read_list(path, planned(), MODEL)
    assert (made is None) == has_errors(findings)
    assert all(one.line and one.column and one.file == str(path) for one in findings)


def any_cells(folder: Path, cells) -> None:
    changed = List(folder)
    for row, column, value in cells:
        form = {datetime: "yyyy-mm-dd hh:mm", time: "hh:mm", timedelta: "[h]:mm"}.get(type(value))
        changed.sheet.cell(row, COLUMN_OF[column.name]).value = value
        changed.sheet.cell(row, COLUMN_OF[column.name]).number_format = form or "General"
    changed.book.save(changed.path)
    read(changed.path)


@given(CELLS)
@settings(QUIET, max_examples=40)
def test_any_cells(tmp_path_factory, cells):
    any_cells(tmp_path_factory.mktemp("celler"), cells)


@pytest.mark.sweep
@given(CELLS)
@settings(QUIET, max_examples=300)
def test_many_cells(tmp_path_factory, cells):
    any_cells(tmp_path_factory.mktemp("celler"), cells)


@given(
    st.sampled_from(["csv", "xlsx"]),
    st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=6)), min_size=1, max_size=4),
)
@settings(QUIET, max_examples=60)
def test_any_damage(tmp_path_factory, kind, blows):
    content = bytearray(csv_text(planned(), MODEL) if kind == "csv" else xlsx(planned(), MODEL))
    for place, blow in blows:
        content[place % len(content) : place % len(content) + len(blow)] = blow
    path = tmp_path_factory.mktemp("skadad") / f"a.{kind}"
    path.write_bytes(bytes(content))
    read(path)


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
@settings(QUIET, max_examples=60)
def test_any_bytes(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("vadsomhelst") / "a.xlsx"
    path.write_bytes(content)
    read(path)
