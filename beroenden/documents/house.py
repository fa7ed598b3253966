"""The shipped look of a Word document, built in memory: A4, real styles, the label at the head and foot of every page."""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from beroenden.documents.document import Document
from beroenden.documents.forms import AT_TIMES
from beroenden.documents.word_body import Body, element, field, label_runs, run

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

_FONT = "Arial"  # on every Windows and Mac; elsewhere Liberation Sans, which is as wide, stands in
_HEADINGS = ((16, 18, 6), (13, 14, 4), (11.5, 12, 3), (10.5, 10, 2))  # points: size, before, after
_RIGHT_EDGE = "9355"  # twentieths of a point: 165 mm, the width between the margins
_UNUSED_PARTS = ("thumbnail", "customXml", "stylesWithEffects")


def shipped(document: Document) -> "WordDocument":
    """The whole document in the shipped look."""
    word = docx.Document(BytesIO(_blank()))
    _pages(word, document.label, document.state, document)
    body = Body(document, word)
    end = word.element.body.sectPr
    end.addprevious(body.paragraph("Title", run(document.title)))
    if document.header:
        end.addprevious(body.head((each.name, each.value) for each in document.header))
    if document.notice:
        end.addprevious(body.paragraph("Notice", run(document.notice)))
    for made in body.everything(document.sections):
        end.addprevious(made)
    return word


def starter(example: Document) -> "WordDocument":
    """The shipped look with placeholders where a document has its texts: what a house begins its template from."""
    word = docx.Document(BytesIO(_blank()))
    _pages(word, "{{ tlp }}", "{{ lage }}", example)
    body = Body(example, word)
    end = word.element.body.sectPr
    end.addprevious(body.paragraph("Title", run("{{ titel }}")))
    if example.header:
        end.addprevious(
            body.head((each.name, f"{{{{ {each.key} }}}}") for each in example.header if each.key not in AT_TIMES)
        )
    end.addprevious(body.paragraph("Notice", run("{{ notis }}")))
    end.addprevious(body.paragraph("Normal", run("{{ innehall }}")))
    return word


def write_down(word: "WordDocument", document: Document) -> None:
    """Language and properties: who it comes from is the actor, never who sits at the machine, and no time is told."""
    language = document.say("sv-SE", "en-GB")
    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    for found in word.settings.element.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), language)
    core = word.core_properties
    core.title, core.language = document.title[:255], language
    core.subject = f"{document.label} {document.state}".strip()
    core.author = core.last_modified_by = document.actor[:255]
    core.comments = core.keywords = core.category = ""
    core.revision = 1
    for name in ("dcterms:created", "dcterms:modified", "cp:lastPrinted"):
        for found in core._element.findall(qn(name)):
            core._element.remove(found)


@cache
def _blank() -> bytes:
    """An empty document in the shipped look, as a file: made once, since it takes as long as a paper's content."""
    word = docx.Document()
    _forget_parts(word)
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin, section.bottom_margin = Mm(28), Mm(25)
    section.header_distance, section.footer_distance = Mm(12), Mm(12)
    _styles(word)
    for found in word.settings.element.iter(qn("w:compatSetting")):
        if found.get(qn("w:name")) == "compatibilityMode":
            found.set(qn("w:val"), "15")  # as Word since 2013: a table begins where the text does
    made = BytesIO()
    word.save(made)
    return made.getvalue()


def _forget_parts(word: "WordDocument") -> None:
    """Leave out what the library's own blank carries along: a picture of another document and unused parts."""
    for rels in (word.part.package.rels, word.part.rels):
        for key in [key for key, rel in rels.items() if any(name in rel.reltype for name in _UNUSED_PARTS)]:
            del rels[key]


def _styles(word: "WordDocument") -> None:
    for fonts in word.styles.element.iter(qn("w:rFonts")):
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), _FONT)
    _style(word, "Normal", 10.5, 0, 6).paragraph_format.line_spacing = 1.15
    _style(word, "Title", 20, 0, 10, is_bold=True)
    for border in word.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    for level, (size, before, after) in enumerate(_HEADINGS, 1):
        style = _style(word, f"Heading {level}", size, before, after, is_bold=True)
        style.font.italic = False
        style.paragraph_format.keep_with_next = True
    bullets = _style(word, "List Bullet", 10.5, 0, 3).element
    bullets.pPr.remove(bullets.pPr.find(qn("w:contextualSpacing")))
    for name in ("Header", "Footer"):
        properties = word.styles[name].element.pPr
        properties.remove(properties.find(qn("w:tabs")))
    _style(word, "Caption", 9.5, 8, 4, is_bold=True)
    _style(word, "Notice", 8.5, 6, 6)
    _style(word, "Table Text", 9, 1.5, 1.5).paragraph_format.line_spacing = 1.05
    prompt = _style(word, "Prompt", 10.5, 0, 6)
    prompt.paragraph_format.left_indent = Pt(8)
    prompt.font.color.rgb = RGBColor(0x50, 0x50, 0x50)
    line = element("pBdr", element("left", val="single", sz="18", space="6", color="A0A0A0"))
    prompt.element.get_or_add_pPr().insert_element_before(line, "w:spacing", "w:ind")


def _style(
    word: "WordDocument", name: str, size: float, before: float, after: float, *, is_bold: bool = False
) -> "ParagraphStyle":
    if name not in word.styles:
        word.styles.add_style(name, 1).base_style = word.styles["Normal"]
    style: ParagraphStyle = word.styles[name]
    style.font.size, style.font.bold = Pt(size), is_bold
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def _pages(word: "WordDocument", label: str, state: str, document: Document) -> None:
    head = word.sections[0].header.paragraphs[0]._p
    head.get_or_add_pPr().append(element("jc", val="right"))
    head.extend(label_runs(label, state))
    foot = word.sections[0].footer.paragraphs[0]._p
    foot.get_or_add_pPr().append(element("tabs", element("tab", val="right", pos=_RIGHT_EDGE)))
    foot.extend(
        (run(document.say("Sida ", "Page ")), field("PAGE"), run(document.say(" av ", " of ")), field("NUMPAGES"))
    )
    foot.append(element("r", element("tab")))
    foot.extend(label_runs(label, state))
