"""A document as a Word file, in the shipped look or in a house's own template."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from beroenden.documents.document import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument


def render(document: Document, template: Path | None = None) -> bytes:
    """The Word file; the same document and template give the same bytes.

    Raises:
        UsageError: for a template that is no Word file, or asks for what the form does not have.
    """
    from beroenden.documents.house import shipped, write_down

    if template is None:
        word = shipped(document)
    else:
        from beroenden.documents.filling import filled

        word = filled(document, template)
    write_down(word, document)
    return packed(word)


def starter(form: str) -> bytes:
    """The shipped look with the placeholders of a form: a template to start from.

    Raises:
        UsageError: for an unknown form.
    """
    from beroenden.documents import house
    from beroenden.documents.forms import example

    made = example(form)
    word = house.starter(made)
    house.write_down(word, made)
    return packed(word)


def packed(word: "WordDocument") -> bytes:
    """The file's bytes, without the time of day that a zip would carry."""
    saved, made = BytesIO(), BytesIO()
    word.save(saved)
    with ZipFile(saved) as parts, ZipFile(made, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            file.writestr(part, parts.read(name))
    return made.getvalue()
