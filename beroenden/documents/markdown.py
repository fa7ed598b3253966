"""A document as Markdown: text only, each statement on a line of its own."""

import re
from collections.abc import Iterable, Iterator
from itertools import count

from beroenden.documents.document import Block, Bullets, Document, Figure, Item, Paragraph, Table, plain

_SPECIAL = re.compile(r"([\\`*_\[\]|#~$])")
_OPENING = re.compile(r"^(\d+(?=[.)])|(?=[-+=:]))")


def render(document: Document) -> str:
    """The document as CommonMark with tables; pictures stand as what they say."""
    parts = [
        f"**{' · '.join(filter(None, (escape(document.label), document.state)))}**",
        f"# {escape(document.title)}",
        _rows((document.say("Uppgift", "Item"), document.say("Innehåll", "Content")), _head(document)),
        paragraph(document.notice),
    ]
    figures = count(1)
    for section in document.sections:
        parts.append(f"{'#' * (section.level + 1)} {escape(section.title)}")
        parts += [_block(document, block, figures) for block in section.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """A text that Markdown shows as it is, on one line."""
    line = plain(text).strip(" ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _SPECIAL.sub(r"\\\1", line)


def paragraph(text: str) -> str:
    """A text that Markdown shows as it is where a line begins: never a list, a rule or a heading."""
    return _OPENING.sub(lambda found: f"{found[1]}\\", escape(text), count=1)


def _head(document: Document) -> Iterator[tuple[str, str]]:
    return ((field.name, field.value) for field in document.header)


def _block(document: Document, block: Block, figures: Iterator[int]) -> str:
    match block:
        case Paragraph(text, is_prompt):
            return f"*{escape(text)}*" if is_prompt and text else paragraph(text)
        case Bullets(items):
            return "\n".join(_item(item) for item in items)
        case Table(headings, rows, caption):
            return "\n\n".join(filter(None, (paragraph(caption), _rows(headings, rows))))
        case Figure(chart, caption):
            words = f"{document.say('Figur', 'Figure')} {next(figures)}. {caption or chart.title}"
            return f"**{escape(words)}**\n\n{paragraph(chart.alt)}"


def _item(item: Item) -> str:
    mark = f"**{escape(item.mark)}**: " if item.mark else ""
    source = f" ({escape(item.source)})" if item.source else ""
    return f"- {mark}{escape(item.text) if mark else paragraph(item.text)}{source}"


def _rows(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = [escape(heading) for heading in headings]
    body = [[escape(cell) for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))
