"""A document as one HTML file that needs nothing else and runs nothing."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING

from beroenden.documents.document import Bullets, Document, Figure, Paragraph, Table, plain

if TYPE_CHECKING:
    from jinja2 import Template

_LONG_WORD = 24


def render(document: Document) -> str:
    """The document as a page for screen and paper; the label stands on every printed page."""
    from markupsafe import Markup

    style = _style()
    return _template().render(
        document=document,
        style=Markup(style),
        style_hash=Markup(f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"),
        figure_number=count(1).__next__,
        kind=_kind,
        has_long_word=_has_long_word,
        picture=_picture,
    )


def _kind(block: object) -> str:
    """The word by which the template knows a block."""
    kinds = {Paragraph: "paragraph", Bullets: "bullets", Table: "table", Figure: "figure"}
    return kinds[type(block)]


def _has_long_word(text: str) -> bool:
    """Whether a word is so long that it may be divided anywhere rather than widen its table."""
    return any(len(word) > _LONG_WORD for word in text.split())


def _picture(figure: Figure) -> str:
    """The source of a picture. An image runs no scripts, fetches nothing and keeps its styles and ids to itself."""
    return "data:image/svg+xml;base64," + b64encode(figure.chart.svg().encode()).decode()


def _text(value: object) -> object:
    """Every text of the template, before it is escaped."""
    return plain(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


@cache
def _style() -> str:
    return files("beroenden.documents").joinpath("templates/document.css").read_text("utf-8")


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("beroenden.documents", "templates"),
        autoescape=True,
        finalize=_text,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("document.html.j2")
