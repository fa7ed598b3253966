"""The three formats of one document: the same texts, nothing lost, nothing that runs."""

import re
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from documents.example import HARMLESS, LONG_WORD, Picture, document, long_document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from beroenden.documents import html, markdown, word
from beroenden.documents.document import Bullets, Document, Field, Figure, Item, Paragraph, Section, Table, plain

OFFICE = shutil.which("soffice") and shutil.which("pdftotext")


class Text(HTMLParser):
    """What a reader of a page reads, and the tags it is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.parts.append(data)


def html_text(page: str) -> str:
    return " ".join(" ".join(Text(page).parts).split())


def word_parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def word_text(data: bytes) -> str:
    texts = docx.Document(BytesIO(data)).element.body.iter(qn("w:t"))
    return " ".join(" ".join(text.text or "" for text in texts).split())


def markdown_text(text: str) -> str:
    unescaped = re.sub(r"\\(.)", r"\1", text.replace("**", ""))
    for name, sign in (("lt", "<"), ("gt", ">"), ("amp", "&")):
        unescaped = unescaped.replace(f"&{name};", sign)
    return " ".join(unescaped.split())


def texts_of(made: Document) -> list[str]:
    """Every text of a document, as it should be read."""
    found = [made.title, made.label, made.notice]
    found += [text for field in made.header for text in (field.name, field.value)]
    for section in made.sections:
        found.append(section.title)
        for block in section.blocks:
            match block:
                case Paragraph(text):
                    found.append(text)
                case Bullets(items):
                    found += [text for item in items for text in (item.mark, item.text, item.source)]
                case Table(headings, rows, caption):
                    found += [*headings, caption, *(cell for row in rows for cell in row)]
                case Figure(_, caption):
                    found.append(caption)
    return [" ".join(plain(text).split()) for text in found if text]


READ = {
    "markdown": lambda made: markdown_text(markdown.render(made)),
    "html": lambda made: html_text(html.render(made)),
    "word": lambda made: word_text(word.render(made)) + made.label,
}


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("make", [document, long_document])
def test_every_text_is_in_every_format_in_order(form, make):
    read, at = READ[form](make()), 0
    for text in texts_of(make()):
        assert text in read
    for section in make().sections:
        at = read.index(plain(section.title), at)


@pytest.mark.parametrize("form", READ)
def test_hostile_names_come_out_as_they_are_written(form):
    assert READ[form](document()).count(HARMLESS) == 2


@pytest.mark.parametrize("render", [markdown.render, html.render, word.render])
def test_the_same_document_gives_the_same_bytes(render):
    assert render(document()) == render(document())


@pytest.mark.parametrize(
    ("language", "is_exercise", "state"),
    [("sv", True, "ÖVNING"), ("sv", False, "SKARPT"), ("en", True, "EXERCISE"), ("en", False, "LIVE")],
)
def test_label_and_state_stand_first_in_the_language_of_the_document(language, is_exercise, state):
    made = replace(document(), language=language, is_exercise=is_exercise, label="TLP:AMBER+STRICT")
    assert markdown.render(made).startswith(f"**TLP:AMBER+STRICT · {state}**")
    page = html.render(made)
    assert f'<html lang="{language}">' in page
    assert page.index(f">{state}<") < page.index(">TLP:AMBER+STRICT<") < page.index("<h1>")
    section = docx.Document(BytesIO(word.render(made))).sections[0]
    for part in (section.header, section.footer):
        assert "TLP:AMBER+STRICT" in part.paragraphs[0].text
        assert state in part.paragraphs[0].text


@pytest.mark.parametrize(
    "text", ["1. ett", "2) två", "- tre", "+ fyra", "= fem", "# sex", "> sju", "***", "    åtta", "~~~"]
)
def test_a_paragraph_of_markdown_never_turns_into_something_else(text):
    made = replace(document(), sections=(Section("a", "A", 1, (Paragraph(text), Bullets((Item(text),)))),))
    line = markdown.render(made).split("## A\n\n")[1].splitlines()[0]
    assert re.match(r"\\|\d\\|&gt;|åtta", line)
    assert markdown_text(line) == text.strip()


def test_the_page_runs_nothing_and_fetches_nothing():
    page = html.render(document())
    tags = Text(page).tags
    assert not {"script", "link", "iframe", "object", "b"} & {tag for tag, _ in tags}
    assert not any(name == "style" or name.startswith("on") for _, attributes in tags for name in attributes)
    sources = [attributes["src"] for _, attributes in tags if "src" in attributes]
    assert sources
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)


def test_the_policy_of_the_page_allows_its_own_style_only():
    page = html.render(document())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    from base64 import b64encode

    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;" in page


def test_the_page_says_what_heads_what_and_what_pictures_show():
    tags = Text(html.render(document())).tags
    scopes = [attributes.get("scope") for tag, attributes in tags if tag == "th"]
    assert scopes == ["row"] * 4 + ["col"] * 5
    assert [tag for tag, _ in tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h2", "h3", "h4", "h4", "h3"]
    assert [attributes["alt"] for tag, attributes in tags if tag == "img"] == [Picture.alt]
    assert "caption" in {tag for tag, _ in tags}


def test_markdown_says_what_the_picture_shows():
    assert Picture.alt in markdown.render(document())


def test_what_a_picture_says_is_for_who_cannot_see_it():
    """In words where there is no picture; else beside it, not as a paragraph that repeats it."""
    made = replace(document(), sections=(Section("a", "A", 1, (Figure(Picture()),)),))
    assert Picture.alt in READ["markdown"](made)
    assert f'alt="{Picture.alt}"' in html.render(made)
    assert Picture.alt not in READ["html"](made)
    opened = docx.Document(BytesIO(word.render(made)))
    assert Picture.alt not in [paragraph.text for paragraph in opened.paragraphs]
    assert [one.get("descr") for one in opened.element.iter(qn("wp:docPr"))] == [Picture.alt]


def test_word_has_real_headings_lists_and_tables():
    made = docx.Document(BytesIO(word.render(document())))
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert styles[0] == "Title"
    assert [style for style in styles if style.startswith("Heading")] == [
        "Heading 1", "Heading 1", "Heading 2", "Heading 3", "Heading 3", "Heading 2",
    ]  # fmt: skip
    assert styles.count("List Bullet") == 2
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Prompt"] == [
        "Fylls i av handläggaren."
    ]
    table = made.tables[1]
    assert table.rows[1].cells[3].text == "1 213 000"
    assert table.rows[1].cells[3].paragraphs[0].alignment == 2
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    # LibreOffice showed no row at all of a table whose headings stood last on a page.
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[0].cells)
    assert not any(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[1].cells)
    told = {name: table._tbl.tblPr.find(qn(f"w:{name}")).get(qn("w:val")) for name in ("tblCaption", "tblDescription")}
    assert told["tblCaption"] == "Utbetalningar som blir sena"
    assert "Belopp" in told["tblDescription"]


def test_word_has_no_empty_paragraphs_and_no_merged_cells():
    body = docx.Document(BytesIO(word.render(long_document()))).element.body
    for paragraph in body.findall(qn("w:p")):
        assert (
            "".join(text.text for text in paragraph.iter(qn("w:t")))
            or next(paragraph.iter(qn("w:drawing")), None) is not None
        )
    assert not list(body.iter(qn("w:gridSpan"), qn("w:vMerge")))


def test_two_tables_in_a_row_stay_two():
    one = Table(("A", "B"), (("1", "2"),))
    made = replace(document(), sections=(Section("a", "Tabeller", 1, (one, one, Paragraph("efter"))),))
    body = docx.Document(BytesIO(word.render(made))).element.body
    tags = [child.tag.split("}")[1] for child in body]
    assert "tbl,tbl" not in ",".join(tags)
    assert tags.count("tbl") == 3


def test_pictures_of_word_have_alt_text_and_ids_of_their_own():
    made = replace(document(), sections=(Section("a", "A", 1, (Figure(Picture()), Figure(Picture()))),))
    properties = list(docx.Document(BytesIO(word.render(made))).element.body.iter(qn("wp:docPr")))
    assert [one.get("descr") for one in properties] == [Picture.alt] * 2
    assert len({one.get("id") for one in properties}) == 2


@pytest.mark.parametrize(("language", "code"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_word_tells_language_title_and_actor_and_nothing_of_the_machine(language, code):
    data = word.render(replace(document(), language=language))
    core = docx.Document(BytesIO(data)).core_properties
    assert (core.language, core.title, core.subject.split()[0]) == (code, document().title, "TLP:AMBER")
    assert (core.author, core.last_modified_by) == ("Försäkringskassan", "Försäkringskassan")
    parts = word_parts(data)
    assert f'<w:lang w:val="{code}"'.encode() in parts["word/styles.xml"]
    assert b"dcterms:created" not in parts["docProps/core.xml"]
    assert not [name for name in parts if "thumbnail" in name or "customXml" in name]


def test_every_part_of_word_is_well_formed():
    for name, part in word_parts(word.render(long_document())).items():
        if name.endswith((".xml", ".rels")):
            parse_xml(part)


@pytest.mark.skipif(not OFFICE, reason="needs LibreOffice and pdftotext")
def test_the_label_stands_at_head_and_foot_of_every_page(tmp_path):
    (tmp_path / "d.docx").write_bytes(word.render(long_document()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "d.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    told = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "d.pdf", "-"], check=True, capture_output=True, timeout=60
    )
    pages = told.stdout.decode().split("\f")[:-1]
    assert len(pages) > 8
    for number, page in enumerate(pages, 1):
        assert page.count("TLP:AMBER") == 2
        assert page.count("ÖVNING") == 2
        assert f"Sida {number} av {len(pages)}" in page


def test_an_empty_document_is_a_document():
    made = Document("intern", "", "TLP:CLEAR", False, "sv", (Field("a", "", ""),), "", (Section("", "A", 4),))
    assert docx.Document(BytesIO(word.render(made))).paragraphs
    assert html.render(made)
    assert markdown.render(made)


def test_columns_that_hold_numbers_only_are_told_from_others():
    table = Table(("a", "b", "c"), (("1 213", "2 kr", "3 dagar"), ("−4,5", "", "5"), ("", "60 %", "")))
    assert table.numeric() == {0, 1}


def test_a_long_word_leaves_room_for_the_other_columns():
    made = docx.Document(BytesIO(word.render(document())))
    widths = [int(column.get(qn("w:w"))) for column in made.tables[1]._tbl.tblGrid]
    assert LONG_WORD in made.tables[1].rows[2].cells[0].text
    assert min(widths) > 900
    assert sum(widths) == pytest.approx(9400, abs=5)
