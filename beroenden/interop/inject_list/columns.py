"""The columns of the inject list: what each is called, holds and may hold. The same words in every language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from beroenden.errors import did_you_mean
from beroenden.exercise.exercise import FORMS, KINDS, STATUSES
from beroenden.model.labels import TLP

Holds = Literal["number", "elapsed", "moment", "word", "actor", "text"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its heading.
        attribute: What it is of an `Inject`; play twice, as t_plus and as speltid.
        holds: What its cells hold.
        width: In characters, on screen and paper.
        is_mandatory: Whether no cell of it may be empty.
        words: All that its cells may hold; empty: anything.
    """

    name: str
    attribute: str
    holds: Holds
    width: float
    is_mandatory: bool = False
    words: tuple[str, ...] = ()


COLUMNS = (
    Column("nr", "number", "number", 4.5, True),
    Column("skede", "stage", "number", 6.5, True),
    Column("t_plus", "play", "elapsed", 7),
    Column("speltid", "play", "moment", 15.5),
    Column("scenariotid", "time", "moment", 15.5),
    Column("från", "sender", "text", 13),
    Column("till", "to", "actor", 15, True),
    Column("form", "form", "word", 14, True, FORMS),
    Column("typ", "kind", "word", 12, True, KINDS),
    Column("rubrik", "title", "text", 20, True),
    Column("inspel", "text", "text", 42, True),
    Column("övningsmål", "objective", "text", 18),
    Column("förväntad_åtgärd", "expected", "text", 22),
    Column("diskussionsfrågor", "questions", "text", 22),
    Column("reserv_för", "reserve_for", "number", 10.5),
    Column("ansvarig_motspel", "responsible", "text", 17),
    Column("underlag", "basis", "text", 18),
    Column("status", "status", "word", 11, False, STATUSES),
    Column("spelat_kl", "played", "moment", 15.5),
    Column("utfall", "outcome", "text", 16),
    Column("tlp", "tlp", "word", 19, False, TLP),
)
COLUMN = {column.name: column for column in COLUMNS}

_ALIASES: Mapping[str, Mapping[str, str]] = {
    "form": {
        "phone": "telefon", "telephone": "telefon", "phone call": "telefon", "call": "telefon", "samtal": "telefon",
        "e-mail": "mejl", "mail": "mejl", "e-post": "mejl", "oral": "muntligt", "verbal": "muntligt",
        "in person": "muntligt", "muntlig": "muntligt", "news": "nyhetsinslag", "news item": "nyhetsinslag",
        "nyhet": "nyhetsinslag", "social media": "sociala medier", "document": "dokument", "handout": "dokument",
    },
    "typ": {
        "inject": "inspel", "event": "inspel", "informational": "information", "info": "information",
        "facilitation": "spelledning", "game control": "spelledning", "control": "spelledning",
        "contingency": "reservinspel", "contingency inject": "reservinspel", "reserve": "reservinspel",
        "reserve inject": "reservinspel", "reserv": "reservinspel",
    },
    "status": {
        "draft": "utkast", "approved": "godkänd", "godkänt": "godkänd", "played": "spelat", "given": "spelat",
        "spelad": "spelat", "skipped": "överhoppat", "överhoppad": "överhoppat",
    },
    "tlp": {label.removeprefix("TLP:"): label for label in TLP} | {"TLP:WHITE": "TLP:CLEAR", "WHITE": "TLP:CLEAR"},
}  # fmt: skip


def folded(text: str) -> str:
    """The letters and digits of a text, whatever its case, accents, spaces and dashes.

    >>> folded("Förväntad åtgärd") == folded("FORVANTAD_ATGARD"), folded("T+")
    (True, 'tplus')
    """
    plain = unicodedata.normalize("NFKD", text.replace("+", "plus").casefold())
    return re.sub(r"[\W_]", "", "".join(one for one in plain if not unicodedata.combining(one)))


_BY_HEADING = {folded(column.name): column for column in COLUMNS}


def column_of(heading: str) -> Column | None:
    """The column that a heading names."""
    return _BY_HEADING.get(folded(heading))


def is_heading(text: str) -> bool:
    """Whether a cell names a column."""
    return len(text) < 60 and column_of(text) is not None


def nearest_heading(heading: str) -> str | None:
    """The column that a misspelt heading probably names."""
    near = did_you_mean(folded(heading), _BY_HEADING)
    return near and _BY_HEADING[near].name


def word_of(column: Column, text: str) -> tuple[str | None, str | None]:
    """The word of a column that a text is, else the one that it probably is; English ones are known."""
    known = _by_fold([*column.words, *_ALIASES[column.name]], column)
    if found := known.get(folded(text)):
        return found, None
    near = did_you_mean(folded(text), known)
    return None, near and known[near]


def _by_fold(words: Iterable[str], column: Column) -> dict[str, str]:
    return {folded(word): _ALIASES[column.name].get(word, word) for word in words}
