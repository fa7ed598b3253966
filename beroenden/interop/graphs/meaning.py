"""What the attributes of a graph mean in a model: their names, and their values as the files would have them."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from beroenden.analysis.words import KINDS
from beroenden.modelfiles.json_schema_words import TABLES

ENTITY, NEED, PAYMENT, MODEL = (tuple(TABLES[name][1]) for name in ("entity", "need", "payment", "model"))

ALIASES = {
    **dict.fromkeys(("label", "title", "namn"), "name"),
    **dict.fromkeys(("type", "typ", "slag", "category", "kategori"), "kind"),
    **dict.fromkeys(("agare", "ägare", "responsible", "ansvarig"), "owner"),
    **dict.fromkeys(("description", "beskrivning", "comment", "anmärkning", "anmarkning"), "note"),
    **dict.fromkeys(("källa", "kalla", "cited_source"), "source"),
    **dict.fromkeys(("uthållighet", "uthallighet"), "endurance"),
    **dict.fromkeys(("återställningstid", "aterstallningstid"), "rto"),
    **dict.fromkeys(("acceptabel avbrottstid", "mtd"), "mtpd"),
}
"""Common names of attributes, in lower case, and the keys that they are."""

TEXTS = ("name", "version", "source", "note", "what", "legal_basis")
_NUMBERS = (
    "population",
    "mbco",
    "count",
    "amount",
    "priority",
    "at_least",
    "share",
    "floor",
    "spread",
    "need",
    "place",
)
_NESTED = ("accounts", "contact", "dates", "endurance", "failure", "moved", "regimes", "stage")
_TABLES = ("window", "audience", "event")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DATES, _TIMES = ("verified", "rta_tested", "dates", "moved"), ("at", "cutoff", "release", "times")
_KIND_WORDS = {word.lower(): kind for kind, words in KINDS.items() for word in (kind, *words)}


@dataclass(frozen=True, slots=True)
class Meaning:
    """How a graph that somebody else drew is read.

    Attributes:
        kind_attribute: The attribute that says what a node is; None: the one named kind or type.
        kinds: For words of that attribute, the kinds that they mean.
        kind: The kind of nodes that say none; None: that is an error.
        attributes: For names of attributes, the keys that they are.
        is_reversed: Edges go from the provider.
    """

    kind_attribute: str | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    is_reversed: bool = False

    def key(self, name: str) -> str:
        """The key that an attribute is, as far as its name tells."""
        if name == self.kind_attribute:
            return "kind"
        plain = name.strip().lower()
        found = self.attributes.get(name) or ALIASES.get(plain, plain)
        return "" if found == "kind" and self.kind_attribute is not None else found

    def kind_of(self, word: str) -> str | None:
        """The kind that a word means: as it was said, or one of the kinds in Swedish or English."""
        return self.kinds.get(word) or _KIND_WORDS.get(word.strip().lower())


def value_of(key: str, raw: Any) -> Any:
    """The value of an attribute as a model file has it; what makes no sense stays for its finding."""
    if key in TEXTS:
        return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    if isinstance(raw, str) and key in _NUMBERS and _NUMBER.fullmatch(raw.strip()):
        raw = float(raw) if re.search("[.eE]", raw) else int(raw)
    if isinstance(raw, str) and key in (*_NESTED, *_TABLES) and raw.lstrip()[:1] in ("[", "{"):
        raw = _parsed(raw)
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    return _dated(key, raw)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _dated(key: str, value: Any) -> Any:
    """A value with dates and times where a model file has them."""
    if isinstance(value, dict):
        return {one: _dated(one, inner) for one, inner in value.items()}
    if isinstance(value, list):
        return [_dated(key, inner) for inner in value]
    read: Callable[[str], Any] | None = (
        date.fromisoformat if key in _DATES else time.fromisoformat if key in _TIMES else None
    )
    if read is None or not isinstance(value, str):
        return value
    try:
        return read(value.strip())
    except ValueError:
        return value
