"""A house's own Word template: whether it is one, and what it asks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from docx.oxml.ns import qn

from beroenden.documents.forms import example, placeholders_of, section_names
from beroenden.errors import UsageError, why_unreadable
from beroenden.language import say

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.section import _BaseHeaderFooter
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

_MAX_FILE, _MAX_UNPACKED, _MAX_PARTS = 30_000_000, 150_000_000, 3000
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
_TAG = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
PLACEHOLDER = re.compile(r"\{\{\s*([^\W\d]\w*)\s*\}\}")
"""All that a template may hold beside its own text."""


@dataclass(frozen=True, slots=True)
class TemplateCheck:
    """What a template asks for.

    Attributes:
        used: Its placeholders, in alphabetical order.
        unknown: Those that the form does not have.
        unused: What the form has and the template does not ask for.
        content: Whether the document's content has a place in it.
        label_added: Whether pages would lack the label or ÖVNING/SKARPT, which is then put into their header.
    """

    used: tuple[str, ...]
    unknown: tuple[str, ...]
    unused: tuple[str, ...]
    content: bool
    label_added: bool


def check(template: Path, form: str) -> TemplateCheck:
    """What a template asks for, and what of it the form does not have.

    Raises:
        UsageError: for an unknown form, or a file that is no template at all.
    """
    made, opened = example(form), open_template(template)
    known, used = placeholders_of(made), names_in(opened, template)
    return TemplateCheck(
        used=tuple(sorted(used)),
        unknown=tuple(sorted(used - set(known))),
        unused=tuple(name for name in known if name not in used),
        content="innehall" in used or bool(used & set(section_names(made).values())),
        label_added=any(unlabelled(opened.get_docx(), PLACEHOLDER)),
    )


def warnings(found: TemplateCheck) -> Iterator[str]:
    """What a house should know of its template, though it can be used."""
    if not found.content:
        yield say(
            "Mallen har varken {{ innehall }} eller något avsnitt: dokumentets innehåll kommer inte med.",
            "The template has neither {{ innehall }} nor any section: what the document says will not be in it.",
        )
    if found.label_added:
        yield say(
            "Alla sidor har inte {{ tlp }} och {{ lage }} i sidhuvud eller sidfot: en rad med dem läggs till i sidhuvudet.",
            "Not all pages have {{ tlp }} and {{ lage }} in header or footer: a line with them is added to the header.",
        )


def open_template(path: Path) -> "DocxTemplate":
    """The template, if the file is one.

    Raises:
        UsageError: when it is not.
    """
    from docxtpl import DocxTemplate

    data = _read(path)
    _check_zip(data, path)
    try:
        opened = DocxTemplate(BytesIO(data))
        opened.init_docx()
        _ = opened.get_docx().sections[0]
    except Exception as error:  # whatever a broken file makes the libraries raise
        raise no_template(path, say("den går inte att läsa", "it cannot be read")) from error
    return opened


def _read(path: Path) -> bytes:
    if path.suffix.lower() in (".dotx", ".dotm", ".docm", ".doc"):
        raise no_template(path, say("spara den som Word-dokument (.docx)", "save it as a Word document (.docx)"))
    try:
        if path.stat().st_size > _MAX_FILE:
            raise no_template(path, say("den är för stor", "it is too large"))
        return path.read_bytes()
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"{path} går inte att läsa: {reason}.", f"{path} cannot be read: {reason}.")) from error


def _check_zip(data: bytes, path: Path) -> None:
    if data.startswith(_OLD_WORD):
        raise no_template(
            path,
            say(
                "gammalt eller lösenordsskyddat format; spara som .docx", "old or password-protected; save it as .docx"
            ),
        )
    try:
        with ZipFile(BytesIO(data)) as file:
            parts = file.infolist()
            if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
                raise no_template(path, say("den är för stor uppackad", "it is too large unpacked"))
            texts = {part.filename: file.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))}
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise no_template(path, say("den är trasig eller något annat", "it is damaged or something else")) from error
    if b"macroEnabled" in texts.get("[Content_Types].xml", b""):
        raise no_template(path, say("den har makron; spara utan makron som .docx", "it has macros; save it without"))
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts.values()):
        raise no_template(path, say("den innehåller en DTD", "it contains a DTD"))


def no_template(path: Path, why: str) -> UsageError:
    """The error for a file that cannot be used as a template."""
    return UsageError(say(f"{path} är ingen Word-mall: {why}.", f"{path} is no Word template: {why}."))


def names_in(opened: "DocxTemplate", path: Path) -> set[str]:
    """The placeholders of a template. Nothing but `{{ name }}` is allowed, and nothing is evaluated to find that out.

    Raises:
        UsageError: for anything else.
    """
    from jinja2 import TemplateError, nodes

    for text in _texts(opened):
        rest = _TAG.search(PLACEHOLDER.sub("", text))
        if rest:
            raise not_allowed(path, text)
    allowed = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)
    names = set()
    for source in _sources(opened):
        try:
            tree = environment().parse(source)
        except TemplateError as error:
            raise not_allowed(path, str(error)) from error
        for node in _nodes(tree):
            if not isinstance(node, allowed):
                raise not_allowed(path, type(node).__name__)
            if isinstance(node, nodes.Name):
                names.add(node.name)
    return names


def _nodes(tree: Any) -> Iterator[Any]:
    yield tree
    for child in tree.iter_child_nodes():
        yield from _nodes(child)


def not_allowed(path: Path, text: str) -> UsageError:
    """The error for a text in a template that is more than a placeholder."""
    quoted = text if len(text) <= 80 else f"{text[:80]}…"
    return UsageError(
        say(
            f"{path}: ”{quoted}” – i en mall får bara {{{{ namn }}}} stå, ett namn inom dubbla klamrar.",
            f'{path}: "{quoted}" – a template may only hold {{{{ name }}}}, one name within double braces.',
        )
    )


def _texts(opened: "DocxTemplate") -> Iterator[str]:
    """The text of each paragraph, wherever it stands."""
    from docx.oxml import parse_xml

    for part in opened.get_docx().part.package.iter_parts():
        if str(part.partname).startswith("/word/") and str(part.content_type).endswith("+xml"):
            root = parse_xml(part.blob)
            yield from (text_of(paragraph) for paragraph in root.iter(qn("w:p")))


def _sources(opened: "DocxTemplate") -> Iterator[str]:
    """Each text that the template engine will read, as it will read it."""
    yield opened.patch_xml(opened.get_xml())
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _, part in opened.get_headers_footers(uri):
            yield opened.patch_xml(opened.get_part_xml(part))
    for part in opened.get_docx().part.package.iter_parts():
        if part.content_type.endswith("wordprocessingml.footnotes+xml"):
            yield opened.patch_xml(part.blob.decode("utf-8"))
    yield from (str(getattr(opened.get_docx().core_properties, name)) for name in _PROPERTIES)


def text_of(paragraph: "Element") -> str:
    """The text of a paragraph, without that of the text boxes in it."""
    return "".join(
        text.text or "" for text in paragraph.iter(qn("w:t")) if text.xpath("ancestor::w:p[1]")[0] is paragraph
    )


def environment() -> "SandboxedEnvironment":
    """The template engine with nothing in it to call."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    return environment


def unlabelled(word: "WordDocument", mark: re.Pattern[str]) -> Iterator["_BaseHeaderFooter"]:
    """The headers of pages that tell the label and ÖVNING/SKARPT in neither header nor footer."""
    even = word.settings.odd_and_even_pages_header_footer
    for section in word.sections:
        pairs = [(section.header, section.footer)]
        if section.different_first_page_header_footer:
            pairs.append((section.first_page_header, section.first_page_footer))
        if even:
            pairs.append((section.even_page_header, section.even_page_footer))
        for head, foot in pairs:
            told = {name for part in (head, foot) for text in _part_texts(part) for name in mark.findall(text)}
            if not {"tlp", "lage"} <= told:
                yield head


def _part_texts(part: "_BaseHeaderFooter") -> Iterator[str]:
    """The texts of a header or footer, its own or the one it takes over from the section before."""
    own: _BaseHeaderFooter | None = part
    while own is not None and own.is_linked_to_previous:
        own = own._prior_headerfooter
    if own is not None:
        yield from (text_of(paragraph) for paragraph in own._element.iter(qn("w:p")))
