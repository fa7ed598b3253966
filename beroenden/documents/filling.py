"""Fills a house's own Word template with a document."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

from beroenden.documents.document import Document, Section, plain
from beroenden.documents.forms import FORMS, field_name, placeholders_of, section_names
from beroenden.documents.template import (
    environment,
    names_in,
    no_template,
    not_allowed,
    open_template,
    text_of,
    unlabelled,
)
from beroenden.documents.word_body import TLP_COLOURS, Body, element, label_runs, run
from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docxtpl import DocxTemplate

_OPEN, _CLOSE = "\ue000", "\ue001"  # stand around a name that is to be replaced; private, so in nobody's text
_MARKED = re.compile(f"{_OPEN}(\\w+){_CLOSE}")


def filled(document: Document, template: Path) -> "WordDocument":
    """The template with the document in it.

    Raises:
        UsageError: for a file that is no template, or asks for what the form does not have.
    """
    opened = open_template(template)
    used = names_in(opened, template)
    empty = FORMS[document.form]() if document.form in FORMS else document
    known = {**placeholders_of(empty), **placeholders_of(document)}
    _refuse_unknown(used - set(known), known, template)
    word = _marked(opened, used, template)
    _add_labels(word)
    _forget_origin(word)
    blocks = {"innehall", *section_names(empty).values(), *section_names(document).values()}
    return _Filling(document, word, used, blocks).filled()


def _refuse_unknown(unknown: Iterable[str], known: Mapping[str, str], path: Path) -> None:
    names = sorted(unknown)
    if not names:
        return
    near = [(name, did_you_mean(name, known)) for name in names]
    listed = ", ".join(
        say(f"{one} (menade du {hint}?)", f"{one} (did you mean {hint}?)") if hint else one for one, hint in near
    )
    raise UsageError(
        say(
            f"{path} har platshållare som blanketten inte har: {listed}. Den har: {', '.join(known)}.",
            f"{path} has placeholders that the form does not have: {listed}. It has: {', '.join(known)}.",
        )
    )


def _marked(opened: "DocxTemplate", used: Iterable[str], path: Path) -> "WordDocument":
    """The template with a mark where each text will stand. No text of the document ever meets the template engine."""
    import docx

    saved = BytesIO()
    try:
        opened.render({name: f"{_OPEN}{name}{_CLOSE}" for name in used}, jinja_env=environment(), autoescape=True)
        opened.save(saved)
        word: WordDocument = docx.Document(BytesIO(saved.getvalue()))
    except Exception as error:  # whatever an odd template makes the libraries raise
        raise no_template(path, say("den går inte att fylla i", "it cannot be filled in")) from error
    for part in word.part.package.iter_parts():
        if str(part.partname).startswith("/word/") and part.content_type.endswith("+xml") and b"{{" in part.blob:
            raise not_allowed(path, f"{{{{ … }}}} ({part.partname})")
    return word


def _add_labels(word: "WordDocument") -> None:
    """A label may not be lost: a line above what the template has."""
    for head in unlabelled(word, _MARKED):
        line = element("p", element("pPr", element("jc", val="right")))
        line.extend(label_runs(f"{_OPEN}tlp{_CLOSE}", f"{_OPEN}lage{_CLOSE}"))
        head._get_or_add_definition().element.insert(0, line)


def _forget_origin(word: "WordDocument") -> None:
    """The path of the template that the template was made from says whose machine it was made on."""
    for found in list(word.settings.element.iter(qn("w:attachedTemplate"))):
        word.part._settings_part.rels.pop(found.get(qn("r:id")), None)
        found.getparent().remove(found)


class _Filling:
    """Puts a document where the marks of a template are."""

    def __init__(self, document: Document, word: "WordDocument", used: set[str], blocks: set[str]) -> None:
        self._document, self._word, self._used, self._blocks = document, word, used, blocks
        self._names = section_names(document)
        self._body = Body(document, word)
        self._texts = {
            "titel": document.title,
            "tlp": document.label,
            "lage": document.state,
            "notis": document.notice,
            **{field_name(each.key): each.value for each in document.header},
        }

    def filled(self) -> "WordDocument":
        """Texts first, so that no text of the document is taken for a mark."""
        places = list(self._places())
        for part in self._word.part.package.iter_parts():
            if hasattr(part, "element"):
                self._put_texts(part.element)
            elif part.content_type.endswith("wordprocessingml.footnotes+xml"):
                self._put_footnotes(part)
        in_a_row = [_follows_one(paragraph, [place for place, _ in places]) for paragraph, _ in places]
        for (paragraph, name), follows in zip(places, in_a_row, strict=True):
            for made in self._everything() if name == "innehall" else self._section(name, follows=follows):
                paragraph.addprevious(made)
            self._remove(paragraph)
        return self._word

    def _places(self) -> Iterator[tuple["Element", str]]:
        """The paragraphs, emptied, whose place is taken by more than a text."""
        for paragraph in list(self._word.element.body.iter(qn("w:p"))):
            text = text_of(paragraph)
            names = [name for name in _MARKED.findall(text) if name in self._blocks]
            if names and not _MARKED.fullmatch(text.strip()):
                raise UsageError(
                    say(
                        f"{{{{ {names[0]} }}}} i mallen ska stå ensam i sitt stycke.",
                        f"{{{{ {names[0]} }}}} of the template must stand alone in its paragraph.",
                    )
                )
            if names:
                for child in [child for child in paragraph if child.tag != qn("w:pPr")]:
                    paragraph.remove(child)
                yield paragraph, names[0]

    def _remove(self, paragraph: "Element") -> None:
        """Take the place away; it stays where the format demands a paragraph, or where it carries a section's pages."""
        before, after, around = paragraph.getprevious(), paragraph.getnext(), paragraph.getparent()
        has_pages = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        is_demanded = around.tag != qn("w:body") and after is None and (before is None or before.tag != qn("w:p"))
        parts_tables = all(one is not None and one.tag == qn("w:tbl") for one in (before, after))
        if not (has_pages or is_demanded or parts_tables):
            around.remove(paragraph)

    def _everything(self) -> Iterator["Element"]:
        """Title, head, notice and sections that have no place of their own."""
        document = self._document
        if "titel" not in self._used:
            yield self._body.paragraph("Title", run(document.title))
        head = [(each.name, each.value) for each in document.header if field_name(each.key) not in self._used]
        if head:
            yield self._body.head(head)
        if document.notice and "notis" not in self._used:
            yield self._body.paragraph("Notice", run(document.notice))
        placed = {id(section) for name in self._used for section in self._of(name)}
        yield from self._body.everything(section for section in document.sections if id(section) not in placed)

    def _section(self, name: str, *, follows: bool) -> Iterator["Element"]:
        """A section without its heading, which the template has, and what is below it with headings.

        Args:
            name: Its placeholder.
            follows: Whether it follows another section right away: then the template has no heading between, and it has its own.
        """
        for section in self._of(name):
            if self._names.get(section.key) == name and not follows:
                yield from self._body.blocks(section)
            else:
                yield from self._body.everything((section,))

    def _of(self, name: str) -> Iterator[Section]:
        """The sections of a name, and those below them that have no place of their own."""
        level: int | None = None
        for section in self._document.sections:
            own = self._names.get(section.key)
            if own == name:
                level = section.level
                yield section
            elif level is not None and section.level > level:
                if own not in self._used:
                    yield section
            else:
                level = None

    def _put_texts(self, root: "Element") -> None:
        """Texts take the place of their marks, also in what describes a picture."""
        for found in root.iter():
            for name, value in found.attrib.items():
                if _OPEN in value:
                    found.set(name, _MARKED.sub(self._text_of, value))
            if len(found) == 0 and found.text and _OPEN in found.text:
                self._colour(found)
                found.text = _MARKED.sub(self._text_of, found.text)
                if found.tag == qn("w:t"):
                    found.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _text_of(self, mark: re.Match[str]) -> str:
        if mark[1] in self._blocks:
            raise UsageError(
                say(
                    f"{{{{ {mark[1]} }}}} kan inte stå i mallens sidhuvud, sidfot eller fotnot.",
                    f"{{{{ {mark[1]} }}}} cannot stand in the template's header, footer or a footnote.",
                )
            )
        return plain(self._texts.get(mark[1], ""))

    def _colour(self, text: "Element") -> None:
        """A label on black gets the colour that the protocol gives it."""
        properties = text.getparent().find(qn("w:rPr"))
        shade = None if properties is None else properties.find(qn("w:shd"))
        if shade is not None and shade.get(qn("w:fill")) == "000000" and f"{_OPEN}tlp{_CLOSE}" in text.text:
            properties.get_or_add_color().set(qn("w:val"), TLP_COLOURS.get(self._document.label, "FFFFFF"))

    def _put_footnotes(self, part: Any) -> None:
        from docx.opc.oxml import serialize_part_xml
        from docx.oxml import parse_xml

        root = parse_xml(part.blob)
        self._put_texts(root)
        part._blob = serialize_part_xml(root)


def _follows_one(paragraph: "Element", places: list["Element"]) -> bool:
    """Whether nothing but empty paragraphs stands between a place and another place before it."""
    before = paragraph.getprevious()
    while before is not None and before not in places and before.tag == qn("w:p") and not text_of(before).strip():
        before = before.getprevious()
    return before is not None and before in places
