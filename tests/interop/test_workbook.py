"""Other people's workbooks: read without harm, and refused with a way out."""

import io
import re
import zipfile
from datetime import datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from openpyxl import Workbook

from beroenden.interop.delimited import guarded, unguarded
from beroenden.interop.sheets import CellPlace, Faulty, Merged, heading_row
from beroenden.interop.workbook import LARGEST, read_sheets
from beroenden.language import writing_in
from beroenden.modelfiles.findings import Report

HEADINGS = ("id", "namn", "ägare")


def is_heading(text: str) -> bool:
    return text in HEADINGS


def workbook(change=lambda book: None) -> bytes:
    book = Workbook()
    book.active.append(list(HEADINGS))
    book.active.append([1, "A", "B"])
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, text: str | bytes, content: bytes | None = None) -> bytes:
    """A workbook with a part replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content or workbook())) as read,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for part in read.infolist():
            if part.filename != name:
                out.writestr(part, read.read(part))
        out.writestr(name, text)
    return stream.getvalue()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def packed(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def read(tmp_path, content: bytes, name: str = "a.xlsx"):
    path = tmp_path / name
    path.write_bytes(content)
    report = Report()
    return read_sheets(path, report, "B950", is_heading), report.findings


def refused(tmp_path, content: bytes, name: str = "a.xlsx") -> str:
    """Why a file is not read."""
    sheets, (found,) = read(tmp_path, content, name)
    assert sheets == ()
    assert (found.code, found.severity, found.file) == ("B950", "error", str(tmp_path / name))
    return found.message


def test_values_keep_their_kinds_and_places(tmp_path):
    def change(book):
        sheet = book.active
        sheet.title = "Ett"
        sheet["A4"], sheet["B4"], sheet["C4"] = 1.5, True, "två\nrader"
        sheet["A6"], sheet["B6"], sheet["C6"] = datetime(2026, 12, 16, 8, 25), time(8, 25), timedelta(hours=30)
        sheet["D6"] = "=A2*2"
        sheet.merge_cells("A8:B9")
        book.create_sheet("Två")

    (first, second), findings = read(tmp_path, workbook(change))
    assert (first.name, second.name, findings) == ("Ett", "Två", [])
    assert first.rows == {
        1: {1: "id", 2: "namn", 3: "ägare"},
        2: {1: 1, 2: "A", 3: "B"},
        4: {1: 1.5, 2: True, 3: "två\nrader"},
        6: {1: datetime(2026, 12, 16, 8, 25), 2: time(8, 25), 3: timedelta(hours=30), 4: Faulty("=A2*2")},
    }
    assert first.merged == (Merged("A8:B9", 8, 9),)
    assert heading_row(first, is_heading) == (1, 3)
    assert heading_row(second, is_heading) == (0, 0)


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path):
    def change(book):
        book.active["A2"].value = "=1+1"
        book.active["A2"].data_type = "s"

    (sheet,), _ = read(tmp_path, workbook(change))
    assert sheet.rows[2][1] == "=1+1"


def test_line_ends_of_excel_are_one_character(tmp_path):
    (sheet,), _ = read(tmp_path, workbook(lambda book: book.active.append(["a_x000D_\nb", "c\r\nd"])))
    assert sheet.rows[3] == {1: "a\nb", 2: "c\nd"}


def test_bombs_are_measured_not_unpacked(tmp_path):
    zeros = bytes(LARGEST + 1)
    assert "100 MB" in refused(tmp_path, with_part("xl/media/a.bin", zeros))
    assert "100 MB" in refused(tmp_path, with_part("xl/media/a.bin", zeros[: LARGEST // 5]))
    assert "100 MB" in refused(tmp_path, b"a;b\n" + zeros, "a.csv")


@pytest.mark.parametrize(
    ("content", "way_out"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), r"\.xls; open it and save as \.xlsx"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), r"\.ods\); open it and save it as \.xlsx"),
        (packed(**{"[Content_Types].xml": b"", "xl/workbook.bin": b""}), r"\.xlsb\); open it and save it as \.xlsx"),
        (
            packed(**{"[Content_Types].xml": b"", "word/document.xml": b""}),
            r"no workbook; open it and save it as \.xlsx",
        ),
        (packed(**{"[Content_Types].xml": b"", "xl/workbook.xml": b"<a"}), "damaged"),
        (workbook()[:2000], "damaged"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither a workbook nor text"),
        (b"id;namn\r\n1;a\x00b\r\n", "neither a workbook nor text"),
        (b"\xff\xfea", "neither a workbook nor text"),
        (b"\x81\x8d\x8f\x90\x9d", "neither a workbook nor text"),
        (b'id;namn\r\n1;"a\r\n', "quotation marks do not match at line 2"),
        (b'id;namn\r\n1;"a"b;\r\n', "quotation marks do not match at line 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(tmp_path, content, way_out):
    assert re.search(way_out, refused(tmp_path, content))
    with writing_in("sv"):
        assert not re.search(way_out, refused(tmp_path, content)) or "xls" in way_out


def test_a_file_that_is_not_there_or_a_folder(tmp_path):
    for path in (tmp_path / "ingen.xlsx", tmp_path):
        report = Report()
        assert read_sheets(path, report, "B950", is_heading) == ()
        assert [one.code for one in report.findings] == ["B950"]


LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("xl/worksheets/sheet1.xml", ">1<"),
        ("xl/sharedStrings.xml", ">namn<"),
        ("xl/workbook.xml", '"Sheet1"'),
        ("xl/styles.xml", '"Calibri"'),
        ("[Content_Types].xml", '"xml"'),
    ],
)
@pytest.mark.parametrize("entity", ["&c;", "&x;"])
def test_xml_that_declares_entities_is_refused(tmp_path, name, plain, entity):
    assert openpyxl.DEFUSEDXML
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet().write_row(0, 0, [*HEADINGS, 1])
    text = part(stream.getvalue(), name)
    assert plain in text
    hostile = re.sub(r"<(\w+)", rf"{LAUGHS}<\1", text.replace(plain, plain[0] + entity + plain[-1]), count=1)
    assert "damaged" in refused(tmp_path, with_part(name, hostile, stream.getvalue()))


def test_external_links_and_macros_are_not_read(tmp_path):
    content = with_part("xl/vbaProject.bin", b"macro")
    link = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    sheets, findings = read(tmp_path, with_part("xl/externalLinks/externalLink1.xml", link, content))
    assert findings == []
    assert sheets[0].rows[2] == {1: 1, 2: "A", 3: "B"}


def test_a_sheet_that_claims_to_be_huge_is_read_as_it_is(tmp_path):
    name = "xl/worksheets/sheet1.xml"
    text = part(workbook(), name).replace('ref="A1:C2"', 'ref="A1:XFD1048576"')
    text = text.replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>'
    )
    (sheet,), _ = read(tmp_path, with_part(name, text))
    assert list(sheet.rows) == [1, 2]
    assert sheet.merged == (Merged("A3:XFD1048576", 3, 1_048_576),)
    far = text.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert "below row 100000" in refused(tmp_path, with_part(name, far))


@pytest.mark.parametrize(
    "text", ["=1+1", "+46", "-1", "@a", "\tx", "'=1", "''-1", "a=1", "'a", "", "1", "#REF!", "'#SAKNAS!"]
)
def test_what_is_guarded_is_no_formula_and_comes_back(text):
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "#"))
    assert unguarded(guarded(text)) == text


def test_the_delimiter_is_the_one_that_shows_the_headings(tmp_path):
    text = "Titel, med, många, kommatecken, i, sig\nid;namn;ägare\n1;a,b,c,d,e;'=x\n"
    (sheet,), _ = read(tmp_path, text.encode("cp1252"), "a.csv")
    assert sheet.rows[2] == {1: "id", 2: "namn", 3: "ägare"}
    assert sheet.rows[3] == {1: "1", 2: "a,b,c,d,e", 3: "=x"}


def test_a_place_says_what_the_user_sees(tmp_path):
    place = CellPlace(Report(), tmp_path, "Inspel", 12, 6, "form")
    assert str(place) == "sheet Inspel, row 12, column F (form)"
    with writing_in("sv"):
        assert str(place) == "bladet Inspel, rad 12, kolumn F (form)"
        assert str(CellPlace(Report(), tmp_path, "", 12)) == "rad 12"
