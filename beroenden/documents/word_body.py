"""The parts of a document as WordprocessingML: paragraphs, lists, tables and pictures in the styles that a template has."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import count
from math import ceil
from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from beroenden.documents.document import Block, Bullets, Document, Figure, Item, Paragraph, Section, Table, plain

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

TLP_COLOURS = {"TLP:RED": "FF2B2B", "TLP:AMBER": "FFC000", "TLP:AMBER+STRICT": "FFC000", "TLP:GREEN": "33FF00"}
"""Text on black of TLP 2.0; TLP:CLEAR is white."""

_LINE = 92  # characters of a table's text that fit the width of a page
_WORD, _SHORT, _CELL = 30, 18, 400  # characters that a column is made wide for: a word, a short text, any text
_MANY, _SMALL, _SMALL_LINE = 6, Pt(8), 103  # columns from which letters are 8 points, and what then fits
_PADDING = 3  # characters; a cell's margins
_HAND = 18  # characters; the least width of a column that is left blank, to be written in by hand
_TALL_ROW = 1500  # characters; a taller row may continue on the next page
_LEAD = 240  # characters; a first paragraph no longer than this leads to what follows and stays with it
_ON_NEW_PAGE = (
    ("spelledning", "skede."),
)  # forms, and how the keys of their sections begin that get a page of their own


def element(tag: str, *children: "Element", **attributes: str) -> "Element":
    """An element of WordprocessingML and its attributes, all in the namespace w."""
    made: Element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def run(text: str, *properties: "Element") -> "Element":
    """A run of text with its properties, e.g. `element("b")`."""
    words: Element = element("t")
    words.text = plain(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return element("r", element("rPr", *properties), words) if properties else element("r", words)


def field(code: str) -> "Element":
    """A field that the reader's program computes, e.g. PAGE."""
    return element("fldSimple", run("1"), instr=code)


def label_runs(label: str, state: str) -> list["Element"]:
    """ÖVNING or SKARPT in a frame, where it is either, and the TLP label in its colour on black, 13 points."""
    size = "26"
    frame = {"val": "single", "sz": "12", "space": "0", "color": "000000"}
    framed = [
        run(
            f"\N{NO-BREAK SPACE}{state}\N{NO-BREAK SPACE}",
            element("b"),
            element("sz", val=size),
            element("bdr", **frame),
        ),
        run("  ", element("sz", val=size)),
    ]
    return [
        *(framed if state else ()),
        run(
            f"\N{NO-BREAK SPACE}{label}\N{NO-BREAK SPACE}",
            element("b"),
            element("color", val=TLP_COLOURS.get(label, "FFFFFF")),
            element("sz", val=size),
            element("shd", val="clear", color="auto", fill="000000"),
        ),
    ]


class Body:
    """Makes the parts of one document for one Word file, whose built-in styles it finds by name."""

    def __init__(self, document: Document, word: "WordDocument") -> None:
        self._document = document
        self._word = word
        self._styles = {style.name: style.style_id for style in word.styles if style.name}
        self._figures = count(1)
        self._pictures = count(self._highest_picture() + 1)
        section = word.sections[-1]
        self._width = Emu((section.page_width or 7560000) - (section.left_margin or 0) - (section.right_margin or 0))

    def everything(self, sections: Iterable[Section]) -> Iterator["Element"]:
        """Sections with their headings."""
        for section in sections:
            if section.title:
                yield self._title(section)
            yield from self.blocks(section)

    def blocks(self, section: Section) -> Iterator["Element"]:
        """What stands under a section's heading; text after a table gets air, and tables do not run together."""
        is_after_table = False
        for index, block in enumerate(section.blocks):
            for made in self._block(block, section.title):
                is_table = made.tag == qn("w:tbl")
                if _leads(section):
                    self._keep_beginning(section, index, made)
                if is_after_table and is_table:
                    yield self.paragraph("Caption", run(section.title))
                elif is_after_table:
                    made.get_or_add_pPr().get_or_add_spacing().set(qn("w:before"), "160")
                is_after_table = is_table
                yield made

    def _keep_beginning(self, section: Section, index: int, made: "Element") -> None:
        """Who says it, the first text and the first of its list are never parted by the end of a page."""
        if index == 0:
            self._keep_with_next(made)
        elif index == 1 and isinstance(section.blocks[1], Paragraph):
            made.get_or_add_pPr().get_or_add_keepLines()
            if len(section.blocks) > 2 and isinstance(section.blocks[2], Bullets):
                self._keep_with_next(made)

    def paragraph(self, style: str, *runs: "Element") -> "Element":
        """A paragraph in a style, or in the template's ordinary text when it lacks the style."""
        if style in self._styles:
            return element("p", element("pPr", element("pStyle", val=self._styles[style])), *runs)
        return element("p", *runs)

    def head(self, rows: Iterable[tuple[str, str]]) -> "Element":
        """The head table: names in bold, and what there is to say or a blank."""
        cells = [
            element("tr", element("trPr", element("cantSplit")), self._heading(name, 3400), self._cell(value, 6000))
            for name, value in rows
        ]
        title = self._document.say("Dokumentets uppgifter", "About the document")
        described = self._document.say("Uppgiftens namn och innehåll.", "What is told, and what it says.")
        return element("tbl", self._table_properties(title, described), self._grid((3400, 6000)), *cells)

    def _title(self, section: Section) -> "Element":
        made = self.paragraph(f"Heading {section.level}", run(section.title))
        if any(self._document.form == form and section.key.startswith(key) for form, key in _ON_NEW_PAGE):
            made.get_or_add_pPr().get_or_add_pageBreakBefore()
        return made

    def _block(self, block: Block, title: str) -> Iterator["Element"]:
        match block:
            case Paragraph(text, is_prompt):
                yield (
                    self.paragraph("Prompt", run(text, element("i")))
                    if is_prompt
                    else self.paragraph("Normal", run(text))
                )
            case Bullets(items):
                yield from (self._item(item) for item in items)
            case Table():
                if block.caption:
                    yield self._keep_with_next(self.paragraph("Caption", run(block.caption)))
                yield self._table(block, title)
            case Figure():
                yield from self._figure(block)

    def _item(self, item: Item) -> "Element":
        runs = [run(item.mark, element("b")), run(": ")] if item.mark else []
        if "List Bullet" not in self._styles:
            runs.insert(0, run("• "))
        runs.append(run(item.text + (f" ({item.source})" if item.source else "")))
        return self.paragraph("List Bullet", *runs)

    def _table(self, table: Table, title: str) -> "Element":
        numeric, widths = table.numeric(), _widths(table)
        columns = ", ".join(table.headings)
        described = self._document.say(
            f"Kolumner: {columns}. Rader: {len(table.rows)}.", f"Columns: {columns}. Rows: {len(table.rows)}."
        )
        made = element("tbl", self._table_properties(table.caption or title, described, "1"), self._grid(widths))
        made.append(self._row(table.headings, widths, numeric, is_heading=True))
        made.extend(self._row(row, widths, numeric) for row in table.rows)
        if _is_wide(table):
            for found in made.iter(qn("w:r")):
                found.get_or_add_rPr().sz_val = _SMALL
        return made

    def _row(
        self, texts: Iterable[str], widths: tuple[int, ...], numeric: frozenset[int], *, is_heading: bool = False
    ) -> "Element":
        texts = tuple(texts)
        properties = element("trPr")
        if sum(map(len, texts)) < _TALL_ROW:
            properties.append(element("cantSplit"))
        if is_heading:
            properties.append(element("tblHeader"))
        made = element("tr", properties)
        for index, (text, width) in enumerate(zip(texts, widths, strict=True)):
            is_number = index in numeric
            made.append(self._heading(text, width, is_number) if is_heading else self._cell(text, width, is_number))
        if is_heading:  # LibreOffice loses the next row when the heading is the last that a page holds.
            for paragraph in made.iter(qn("w:p")):
                self._keep_with_next(paragraph)
        return made

    def _heading(self, text: str, width: int, is_number: bool = False) -> "Element":
        cell = self._cell(text, width, is_number, element("b"))
        cell[0].append(element("shd", val="clear", color="auto", fill="E8E8E8"))
        return cell

    def _cell(self, text: str, width: int, is_number: bool = False, *properties: "Element") -> "Element":
        made = self.paragraph("Table Text", *((run(text, *properties),) if text else ()))
        if is_number:
            made.get_or_add_pPr().append(element("jc", val="right"))
        return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), made)

    def _table_properties(self, title: str, described: str, first_row: str = "0") -> "Element":
        properties = element("tblPr")
        if "Table Grid" in self._styles:
            properties.append(element("tblStyle", val=self._styles["Table Grid"]))
        properties.append(element("tblW", w="5000", type="pct"))
        if "Table Grid" not in self._styles:
            sides = ("top", "left", "bottom", "right", "insideH", "insideV")
            lines = (element(side, val="single", sz="4", space="0", color="808080") for side in sides)
            properties.append(element("tblBorders", *lines))
        properties.append(element("tblLayout", type="fixed"))
        look = {
            "firstRow": first_row,
            "lastRow": "0",
            "firstColumn": "1" if first_row == "0" else "0",
            "lastColumn": "0",
        }
        properties.append(element("tblLook", val="04A0", noHBand="1", noVBand="1", **look))
        properties.append(element("tblCaption", val=plain(title)))
        properties.append(element("tblDescription", val=plain(described)))
        return properties

    def _grid(self, widths: Iterable[int]) -> "Element":
        return element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))

    def _figure(self, figure: Figure) -> Iterator["Element"]:
        chart = figure.chart
        inline = self._word.part.new_pic_inline(BytesIO(chart.png()))
        if inline.extent.cx > self._width:
            inline.extent.cy = Emu(int(inline.extent.cy * self._width / inline.extent.cx))
            inline.extent.cx = self._width
            size = inline.graphic.graphicData.pic.spPr
            size.cx, size.cy = inline.extent.cx, inline.extent.cy
        number = next(self._pictures)
        told = {"id": str(number), "name": f"{plain(chart.name)} {number}", "title": chart.title, "descr": chart.alt}
        for key, value in told.items():
            inline.docPr.set(key, plain(value))
        for name in inline.iter(qn("pic:cNvPr")):
            name.set("name", plain(chart.name))
        yield self._keep_with_next(self.paragraph("Normal", element("r", element("drawing", inline))))
        words = f"{self._document.say('Figur', 'Figure')} {next(self._figures)}. {figure.caption or chart.title}"
        yield self.paragraph("Caption", run(words))

    def _keep_with_next(self, paragraph: "Element") -> "Element":
        paragraph.get_or_add_pPr().get_or_add_keepNext()
        return paragraph

    def _highest_picture(self) -> int:
        ids = (found.get("id", "0") for found in self._word.element.iter(qn("wp:docPr")))
        return max((int(number) for number in ids if number.isdecimal()), default=0)


def _widths(table: Table) -> tuple[int, ...]:
    """The columns' widths, 9 400 in all: each its longest unbroken text, and the rest to who would be tallest."""
    bold = [" ".join(f"{word}+" for word in heading.split(" ")) for heading in table.headings]  # bold is wider
    columns = list(zip(bold, *table.rows, strict=True))
    widths = [max(*map(_unbroken, column), 1 if any(column[1:]) else _HAND) for column in columns]
    room = (_SMALL_LINE if _is_wide(table) else _LINE) - _PADDING * len(columns)
    if sum(widths) > room:
        widths = [max(_longest_word(cell) for cell in column) for column in columns]
    wanted = [min(_CELL, max(map(len, column))) for column in columns]
    for _ in range(room - sum(widths)):
        tallest = max(range(len(columns)), key=lambda index: wanted[index] / widths[index])
        widths[tallest] += 1
    whole = sum(widths) + _PADDING * len(columns)
    return tuple(round(9400 * (width + _PADDING) / whole) for width in widths)


def _is_wide(table: Table) -> bool:
    return len(table.headings) >= _MANY


def _leads(section: Section) -> bool:
    """Whether a section begins with a short text, such as who says what follows."""
    first = section.blocks[0] if len(section.blocks) > 1 else None
    return isinstance(first, Paragraph) and len(first.text) <= _LEAD


def _unbroken(cell: str) -> int:
    """Short texts such as times and amounts are best read on one line; a list of several is not."""
    is_one = len(cell) <= _SHORT and ", " not in cell
    return max(1, _letters(cell)) if is_one else _longest_word(cell)


def _longest_word(cell: str) -> int:
    return max(1, min(_WORD, max(map(_letters, cell.split(" ")))))


def _letters(text: str) -> int:
    """The width of a text in ordinary letters: capitals and a few others take half as much again."""
    return ceil(sum(1.5 if one.isupper() or one in "mw@%+–" else 1 for one in text))
