"""Packages as they come: packed, unpacked, hostile, damaged; each refusal says why, and nothing raises."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from interop.dora.registers import FILES, Given
from openpyxl import load_workbook

from beroenden.interop.dora.codes import is_lei
from beroenden.interop.dora.read import read_dora
from beroenden.language import writing_in


@pytest.fixture
def given():
    return Given()


def refusal(path) -> str:
    imported = read_dora([path])
    assert imported.network is None
    (error,) = [one for one in imported.findings if one.severity == "error"]
    return str(error)


def packed(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "bad.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_packed_and_unpacked_are_the_same(given, tmp_path):
    folder = next((FILES / "exempelbanken").iterdir())
    networks = [
        read_dora([one]).network for one in (given.zip(tmp_path), FILES / "exempelbanken", folder, folder / "reports")
    ]
    assert networks[0] is not None
    assert networks[0] == networks[1] == networks[2]
    assert networks[3] == networks[0]


def test_a_package_without_a_root_folder(given, tmp_path):
    assert read_dora([packed(tmp_path, given.csvs())]).network is not None


@pytest.mark.parametrize(
    "name",
    ["../reports/b_01.02.csv", "/reports/b_01.02.csv", "..\\b_01.02.csv", "C:/b_01.02.csv", "a/../../b_01.02.csv"],
)
def test_paths_out_of_the_package_are_refused(given, tmp_path, name):
    path = packed(tmp_path, {**given.csvs(), name: b"c0010\n"})
    assert "B681" in refusal(path)
    assert "points outside the package" in refusal(path)


def test_a_bomb_is_not_unpacked(given, tmp_path):
    path = packed(tmp_path, {**given.csvs(), "reports/b_02.03.csv": b"c0010,c0020\n" * 5_000_000})
    assert path.stat().st_size < 1_000_000
    assert "packed beyond reason" in refusal(path)


def test_many_files_are_refused(tmp_path):
    path = packed(tmp_path, {f"reports/{one}.csv": b"" for one in range(1_001)})
    assert "over 1000 files" in refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused(given, tmp_path):
    path = packed(tmp_path, {"reports/b_01.02.csv": b"c0010,c0020\n" * 100_000})
    content = bytearray(path.read_bytes())
    central = content.rindex(b"PK\x01\x02")
    content[central + 24 : central + 28] = (30).to_bytes(4, "little")
    path.write_bytes(content)
    assert "damaged" in refusal(path)


def test_entities_in_a_workbook_are_not_expanded(given, tmp_path):
    path = given.xlsx(tmp_path)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    stream = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            new.writestr(part, bomb if part.filename == "xl/styles.xml" else old.read(part))
    assert "B681" in refusal(path)


def test_formulas_are_errors_with_their_cell(given, tmp_path):
    imported = read_dora([given.put("B_06.01", 1, "c0080", "=1+1").xlsx(tmp_path)])
    assert imported.network is None
    (error,) = [one for one in imported.findings if one.severity == "error"]
    assert (error.code, error.line, error.column) == ("B684", 4, 8)
    assert "sheet B_06.01, row 4, column H (B_06.01.0080)" in error.message


def test_merged_cells_are_errors_with_their_rows(given, tmp_path):
    path = given.xlsx(tmp_path)
    book = load_workbook(path)
    book["B_02.02"].merge_cells("A4:A5")
    book["B_02.02"].merge_cells("A1:B1")
    book.save(path)
    assert "B684 sheet B_02.02, row 4: the cells A4:A5 are merged" in refusal(path)


def test_backslashes_of_windows_are_slashes(given, tmp_path):
    path = packed(tmp_path, {name.replace("/", "\\"): content for name, content in given.csvs().items()})
    assert read_dora([path]).network == read_dora([given.zip(tmp_path)]).network


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no register that can be read"),
        (b"c0010,c0020\n", "is no register that can be read"),
        (b"PK\x03\x04 and no more", "damaged"),
    ],
)
def test_what_is_no_register_is_refused(tmp_path, content, told):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert told in refusal(path)


def test_what_is_not_there_is_refused(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "none.zip")
    assert "has no templates" in refusal(tmp_path)


def test_a_report_of_another_framework_is_refused(given, tmp_path):
    given.parts["reports/report.json"] = (
        b'{"documentInfo": {"extends": ["http://example.org/fws/corep/4.0/mod/of.json"]}}'
    )
    assert "follows another framework" in refusal(given.zip(tmp_path))


def test_several_registers_in_one_are_refused(given, tmp_path):
    parts = {f"{folder}/{name}": content for folder in "ab" for name, content in given.csvs().items()}
    assert "has several registers: a/reports, b/reports" in refusal(packed(tmp_path, parts))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (["c0010", "c0020", "c0060"], "B_02.02 lacks c0030, c0050"),
        (["c0010", "c0020", "c0030", "c0050", "c0060", "c0020"], "the column 0020 is there twice"),
        (["Contract", "User"], "has no row with the codes of its columns"),
    ],
)
def test_columns_that_are_missing_or_twice_are_errors(given, tmp_path, head, told):
    given.tables["B_02.02"] = [head, ["x"] * len(head)]
    imported = given.read(tmp_path)
    assert imported.network is None
    assert told in "\n".join(map(str, imported.findings))


def test_an_unknown_column_is_told(given, tmp_path):
    for row in given.tables["B_07.01"]:
        row.append("c0990" if row[0] == "c0010" else "x")
    (finding,) = given.read(tmp_path).findings
    assert str(finding).endswith("b_07.01.csv:1:1: warning B683 row 1: B_07.01 has no column c0990")


def test_semicolons_and_windows_text_are_read(given, tmp_path):
    parts = {
        name: content.decode().replace(",", ";").encode("cp1252") if "/b_05.01" in name else content
        for name, content in given.csvs().items()
    }
    imported = read_dora([packed(tmp_path, parts)])
    assert "Småprogram i Åmål AB" in {one.name for one in imported.network.entities}


def test_findings_are_swedish_where_the_reader_is(given, tmp_path):
    with writing_in("sv"):
        assert "räknas som okänt" in str(given.put("B_06.01", 1, "c0080", "snart").read(tmp_path).findings[0])


@pytest.mark.parametrize(
    ("lei", "is_right"),
    [
        ("549300EXEMPELBANK048", True),
        ("5493001KJTIIGC8Y1R12", True),  # the worked example of the standard's register
        ("549300EXEMPELBANK047", False),
        ("DUMMYLEI123456789012", False),
        ("549300exempelbank048", False),
        ("", False),
    ],
)
def test_check_digits_of_leis(lei, is_right):
    assert is_lei(lei) is is_right


@pytest.mark.parametrize("seed", range(40))
def test_whatever_stands_in_the_cells_there_are_findings_and_no_exception(given, tmp_path, seed):
    draw = random.Random(seed)
    nonsense = [
        "",
        "0",
        "9999-12-31",
        "x28",
        "eba_ZZ:x797",
        "=1",
        "\x00\x1b",
        "Å" * 300,
        "-",
        "1e400",
        "''",
        "\ud7ff",
        "LEI",
        "S99",
    ]
    for rows in given.tables.values():
        for row in rows[1:]:
            for column in range(len(row)):
                if draw.random() < 0.3:
                    row[column] = draw.choice([*nonsense, draw.choice(row)])
    imported = given.read(tmp_path)
    assert imported.network is not None or any(one.severity == "error" for one in imported.findings)
