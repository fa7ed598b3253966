"""What any form is before it is a file: a head table and sections of paragraphs, bullets, tables and figures."""

import re
from dataclasses import dataclass
from typing import Protocol

from beroenden.language import Language, writing_in
from beroenden.language import say as _say

_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NUMBER = re.compile(
    r"(?:cirka\s|about\s)?(?:SEK\s)?[-−–+≈<>≤≥]?\s?\d[\d\s.,–]*(?:\s?(?:%|kr|tkr|mnkr|[MT]kr|mdkr|Mdkr|m|st))?",
    re.IGNORECASE,
)


class Chart(Protocol):
    """A picture that knows its own insight; the views draw them."""

    @property
    def name(self) -> str:
        """A file's stem."""

    @property
    def title(self) -> str:
        """What the picture shows."""

    @property
    def alt(self) -> str:
        """What the picture says, for who cannot see it."""

    def svg(self) -> str:
        """The picture for HTML."""

    def png(self) -> bytes:
        """The picture for Word."""


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the head table; an empty value is a blank for a person to fill in.

    Attributes:
        key: Its placeholder in a house template, e.g. "aktor".
    """

    key: str
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a prompt is left to a person and is recognisably a blank."""

    text: str
    is_prompt: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A bullet.

    Attributes:
        mark: Status word that stands before the text.
        source: Who says so; stands in brackets after the text.
    """

    text: str
    mark: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of statements."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under headings; every row has as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def numeric(self) -> frozenset[int]:
        """The columns that hold amounts and numbers only, which are set to the right."""
        columns = [[cell.strip() for cell in column if cell.strip()] for column in zip(*self.rows, strict=False)]
        return frozenset(
            index for index, cells in enumerate(columns) if cells and all(_NUMBER.fullmatch(cell) for cell in cells)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and the line under it."""

    chart: Chart
    caption: str = ""


Block = Paragraph | Bullets | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        key: Its placeholder in a house template, with dots, e.g. "fakta.handelse"; "" for a heading only.
        level: 1..4 below the document's title.
    """

    key: str
    title: str
    level: int = 1
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A form that has been filled in.

    Attributes:
        form: Slug of the form, e.g. "intern".
        label: TLP label of the whole.
        is_exercise: Whether it belongs to an exercise or to something that has happened; None: to neither.
        header: Rows of the head table.
        notice: The small print under the head table.
    """

    form: str
    title: str
    label: str
    is_exercise: bool | None
    language: Language
    header: tuple[Field, ...] = ()
    notice: str = ""
    sections: tuple[Section, ...] = ()

    @property
    def state(self) -> str:
        """Exercise or live, in the document's language; "" where nothing has happened, not even in play."""
        if self.is_exercise is None:
            return ""
        return self.say("ÖVNING", "EXERCISE") if self.is_exercise else self.say("SKARPT", "LIVE")

    def say(self, sv: str, en: str) -> str:
        """The one of two equivalent texts that the document's reader reads."""
        with writing_in(self.language):
            return _say(sv, en)

    @property
    def actor(self) -> str:
        """Who the document comes from; "" when the form has no actor."""
        return next((field.value for field in self.header if field.key == "aktor"), "")


def plain(text: str) -> str:
    """A text on one line; what a format cannot hold, or what turns the direction of writing, becomes U+FFFD.

    >>> plain("first\\nsecond\\x00")
    'first second�'
    """
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.replace("\t", " ").splitlines()))
