"""Swedish words for what a log's entries hold in English: taken on the command line, never written in the file."""

from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say

KINDS = {
    "avbrott": "outage",
    "iakttagelse": "observation",
    "åtgärd": "measure",
    "beslut": "decision",
    "budskap": "message",
    "begäran": "request",
}
"""Kinds of entries."""
_VALUES = {
    "status": {"bekräftad": "confirmed", "bekräftat": "confirmed", "obekräftad": "unconfirmed",
               "obekräftat": "unconfirmed", "befarad": "feared", "befaras": "feared", "befarat": "feared"},
    "type": {"strategisk": "strategic", "operativ": "operational", "kommunikativ": "communicative", "hjälp": "help",
             "åtgärd": "action", "budskap": "message"},
    "progress": {"beslutad": "decided", "pågår": "ongoing", "pågående": "ongoing", "genomförd": "done", "klar": "done",
                 "avbruten": "cancelled"},
    "effect": {"ja": "yes", "delvis": "partly", "nej": "no", "okänd": "unknown", "okänt": "unknown"},
    "audience": {"intern": "internal", "internt": "internal", "extern": "external", "externt": "external"},
    "topic": {"händelse": "handelse", "förtroende": "fortroende"},
}  # fmt: skip
_ENGLISH = {
    "status": ("confirmed", "unconfirmed", "feared"),
    "type": ("strategic", "operational", "communicative", "help", "information", "action", "message"),
    "progress": ("decided", "ongoing", "done", "cancelled"),
    "effect": ("yes", "partly", "no", "unknown"),
    "audience": ("internal", "external"),
    "topic": ("handelse", "personell", "materiell", "ekonomisk", "fortroende", "kommunikation"),
}
"""What stands in the file; `incident.log.entries` would load too much for a word."""


def kind_meant(word: str | None) -> str | None:
    """The kind that a word stands for; the word itself where it is none of the Swedish.

    >>> kind_meant("Avbrott"), kind_meant("outage")
    ('outage', 'outage')
    """
    return None if word is None else KINDS.get(word.lower(), word)


def value_meant(key: str, word: str) -> str:
    """What a word stands for as the value of a field; other fields are left alone.

    >>> value_meant("status", "bekräftad"), value_meant("text", "bekräftad")
    ('confirmed', 'bekräftad')

    Raises:
        UsageError: for a word that is none of the values, in either language.
    """
    if key not in _VALUES or not word:
        return word
    plain = word.strip().lower()
    if plain in _ENGLISH[key]:
        return plain
    if plain in _VALUES[key]:
        return _VALUES[key][plain]
    near = did_you_mean(plain, [*_VALUES[key], *_ENGLISH[key]])
    hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
    words = ", ".join(_ENGLISH[key])
    raise UsageError(
        say(f"--{key}: ”{word[:60]}” är inget av {words}.", f'--{key}: "{word[:60]}" is none of {words}.') + hint
    )
