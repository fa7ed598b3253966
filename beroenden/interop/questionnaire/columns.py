"""The sheets of the questionnaire and their columns. The same words in every language, since they are read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from beroenden.analysis.words import KINDS
from beroenden.errors import did_you_mean
from beroenden.interop.inject_list.columns import folded
from beroenden.model.labels import TLP

Holds = Literal["id", "text", "duration", "endurance", "level", "date", "count", "money", "word", "entity", "shown"]

LONGEST_HEADING = 80
"""Characters; what is longer is a text."""
YES, NO = "ja", "nej"
NEW, GONE = "ny", "bort"


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Attributes:
        name: Its heading.
        attribute: What it is of the entity, need or payment, e.g. "provenance.source"; empty: nothing of the model's.
        holds: What its cells hold; "shown" is only there to be read by people.
        width: In characters, on screen and paper.
        words: The words that its cells may hold, each with what the model has for it.
        aliases: Other headings that mean it.
        may_be_unknown: Whether "okänt" is an answer.
    """

    name: str
    attribute: str
    holds: Holds
    width: float
    words: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    may_be_unknown: bool = True

    @property
    def key(self) -> str:
        """Its key in the model files."""
        return self.attribute.removeprefix("provenance.")


@dataclass(frozen=True)
class Part:
    """One of the tables of the questionnaire.

    Attributes:
        name: Of its sheet.
        file: Of its CSV twin.
        mandatory: Columns without which it is not read.
        telling: At least one of these tells it from other tables.
    """

    name: str
    file: str
    columns: tuple[Column, ...]
    mandatory: tuple[str, ...]
    telling: tuple[str, ...]

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(one for one in self.columns if one.name == name)

    def column_of(self, heading: str) -> Column | None:
        """The column that a heading names."""
        return self._by_heading.get(folded(heading))

    def nearest(self, heading: str) -> str | None:
        """The column that a misspelt heading probably names."""
        near = did_you_mean(folded(heading), self._by_heading)
        return near and self._by_heading[near].name

    @cached_property
    def _by_heading(self) -> dict[str, Column]:
        return {folded(name): column for column in self.columns for name in (column.name, *column.aliases)}


_KINDS = tuple((sv, kind) for kind, (sv, _) in KINDS.items())
_LABELS = tuple((label, label) for label in TLP)
_SURE = (("hög", "high"), ("medel", "medium"), ("låg", "low"))
_ANSWERS = ((YES, YES), (NO, NO))

SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "typ": {
        **{kind: kind for kind in KINDS},
        **{en: kind for kind, (_, en) in KINDS.items()},
    },
    "säkerhet": {"high": "high", "medium": "medium", "low": "low"},
    "delning": {label.removeprefix("TLP:"): label for label in TLP},
    "stämmer": {"yes": YES, "no": NO, "j": YES, "n": NO},
    "ändring": {"new": NEW, "nytt": NEW, "remove": GONE, "borttagen": GONE, "ta bort": GONE, "tas bort": GONE},
}
"""The same words in English, in the model files or shorter, by the column that holds them."""
READ_AS: Mapping[str, Mapping[str, str]] = {
    "typ": {"rambank": "framework_bank", "it-system": "system", "medborgargrupp": "citizens"},
    "säkerhet": {
        "mellan": "medium",
        "säker": "high",
        "mycket säker": "high",
        "ganska säker": "medium",
        "rätt säker": "medium",
        "någorlunda säker": "medium",
        "osäker": "low",
        "ganska osäker": "low",
        "mycket osäker": "low",
    },
    "delning": {"TLP:WHITE": "TLP:CLEAR", "WHITE": "TLP:CLEAR"},
    "stämmer": {"stämmer": YES, "stämmer inte": NO, "x": YES},
}
"""Other words that are taken for an answer; that is told, for another answer may be meant."""

_SHARING = Column("delning", "provenance.tlp", "word", 13, _LABELS, ("tlp",), False)
_SOURCE = (
    Column("källa", "provenance.source", "text", 36, (), ("source", "uppgiftslämnare")),
    Column("verifierad", "provenance.verified", "date", 12, (), ("granskad", "verified")),
    Column("säkerhet", "provenance.confidence", "word", 9, _SURE, ("confidence", "tillförlitlighet")),
    Column("anmärkning", "provenance.note", "text", 34, (), ("beskrivning", "note", "kommentar", "notering")),
)

RESOURCES = Part(
    "Resurser",
    "resurser.csv",
    (
        Column("id", "id", "id", 18, (), (), False),
        Column("namn", "name", "text", 26, (), ("name",), False),
        Column("typ", "kind", "word", 13, _KINDS, ("kind",), False),
        Column("mtpd", "mtpd", "duration", 9, (), ("acceptabel avbrottstid", "tolerabel avbrottstid")),
        Column("rto", "rto", "duration", 9, (), ("återställningstid", "utlovad återställningstid")),
        Column("rta", "rta", "duration", 9, (), ("visad återställningstid",)),
        Column("rta_testad", "rta_tested", "date", 12, (), ("rta_tested", "testad", "senast testad")),
        Column("mbco", "mbco", "level", 7, (), ("lägsta acceptabla nivå", "lägsta nivå")),
        Column("rpo", "rpo", "duration", 9, (), ("maximal dataförlust", "dataförlust")),
        Column("kontaktfunktion", "contact.role", "text", 18, (), ("kontakt_funktion", "ägare_roll", "funktion")),
        Column("kontaktväg", "contact.channel", "text", 22, (), ("kontakt", "e-post", "telefon")),
        _SHARING,
        *_SOURCE,
        Column("ändring", "", "word", 9, ((NEW, NEW),), ("change",), False),
    ),
    ("id",),
    ("mtpd", "rto", "rta", "mbco", "rpo", "kontaktfunktion", "kontaktväg"),
)
NEEDS = Part(
    "Behov",
    "behov.csv",
    (
        Column("från", "", "entity", 18, (), ("från (beroende)", "beroende", "from"), False),
        Column("nr", "", "id", 4.5, (), ("behov nr",), False),
        Column("till", "", "entity", 20, (), ("till (levererar)", "leverantör", "levererar", "to", "provider"), False),
        Column("leverantörens_namn", "", "shown", 26),
        Column("vad", "what", "text", 26, (), ("what",)),
        Column("alternativ_grupp", "", "text", 16, (), ("grupp", "group"), False),
        Column("minst_antal", "at_least", "count", 11.5, (), ("at_least", "minst"), False),
        Column("andel", "", "level", 8, (), ("share",), False),
        Column("uthållighet", "endurance", "endurance", 20, (), ("buffert", "endurance", "uthållighet_reservrutin")),
        Column("golv", "floor", "level", 7, (), ("floor",)),
        Column("omstart", "restart", "duration", 9, (), ("restart", "omstartstid")),
        Column("förväntad_återställning", "expects", "duration", 22, (), ("expects", "förväntan")),
        _SHARING,
        *_SOURCE,
        Column("ändring", "", "word", 9, ((NEW, NEW), (GONE, GONE)), ("change",), False),
    ),
    ("från", "till"),
    ("från", "till"),
)
PAYMENTS = Part(
    "Betalningar",
    "betalningar.csv",
    (
        Column("id", "id", "id", 20, (), (), False),
        Column("namn", "name", "text", 28, (), ("name",), False),
        Column("antal", "count", "count", 12, (), ("count", "mottagare_antal", "antal mottagare")),
        Column("belopp", "amount", "money", 17, (), ("amount", "belopp kronor")),
        Column("prioritet", "priority", "count", 9, (), ("priority",)),
        Column("tolerabel_försening", "max_delay", "duration", 18.5, (), ("max_delay", "tolerabel försening")),
        Column("betalande_bank", "paying_bank", "entity", 18, (), ("paying_bank", "bank")),
        Column("mottagare", "recipients", "entity", 20, (), ("recipients",)),
        Column("rättslig_grund", "legal_basis", "text", 26, (), ("legal_basis", "lagrum")),
        _SHARING,
        *_SOURCE,
    ),
    ("id",),
    ("antal", "belopp", "prioritet", "tolerabel_försening", "rättslig_grund"),
)
OTHERS = Part(
    "Andra om oss",
    "andra-om-oss.csv",
    (
        Column("vem", "", "id", 26),
        Column("nr", "", "id", 4.5),
        Column("vems_namn", "", "shown", 28),
        Column("behöver", "", "id", 20),
        Column("vad", "", "shown", 28),
        Column("uthållighet", "", "shown", 20),
        Column("omstart", "", "shown", 9),
        Column("förväntad_återställning", "", "shown", 22),
        Column("stämmer", "", "word", 10, _ANSWERS, ("stämmer?", "agree")),
        Column("kommentar", "", "text", 40, (), ("comment",), False),
    ),
    ("vem", "behöver", "stämmer"),
    ("stämmer",),
)
PARTS = (RESOURCES, NEEDS, PAYMENTS, OTHERS)


def is_heading(text: str) -> bool:
    """Whether a cell names a column of any part."""
    return len(text) < LONGEST_HEADING and any(part.column_of(without_unit(text)) for part in PARTS)


def without_unit(heading: str) -> str:
    """A heading without the unit in brackets at its end, unless the whole is a heading.

    >>> without_unit("rto (tim)"), without_unit("från (beroende)")
    ('rto', 'från (beroende)')
    """
    return split_unit(heading)[0]


def split_unit(heading: str) -> tuple[str, str]:
    """A heading and the unit in brackets at its end, if any."""
    plain = heading.strip()
    if any(part.column_of(plain) for part in PARTS):
        return plain, ""
    for opening, closing in (("(", ")"), ("[", "]")):
        if plain.endswith(closing) and opening in plain:
            name, _, unit = plain[:-1].rpartition(opening)
            return name.strip(), unit.strip()
    name, comma, unit = plain.partition(",")
    return (name.strip(), unit.strip().removeprefix("i ")) if comma else (plain, "")
