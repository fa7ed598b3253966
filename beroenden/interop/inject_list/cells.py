"""What a cell of the list says: numbers, words, actors and texts, as people write them."""

import re
from datetime import datetime, time, timedelta

from beroenden.errors import did_you_mean
from beroenden.exercise.exercise import CONTROL, Exercise
from beroenden.interop.inject_list.columns import Column, folded, word_of
from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import UNPRINTABLE

_NUMBER = re.compile(r"(\d{1,9})(?:[.,]0+)?")
_EVERYBODY = tuple(map(folded, ("alla", "all", "samtliga", "alla övade", "all players")))
"""How all players are written, as the papers say it too."""
_HARD = str.maketrans("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", "  ")


def read_number(value: Value, place: CellPlace) -> int | None:
    """A whole number from 1: 12, 12.0 and "12,0" are one."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
    match = None if isinstance(value, bool) else _NUMBER.fullmatch(text)
    if match and int(match[1]):
        return int(match[1])
    place.error("B961", say(f"”{text[:40]}” är inget heltal från 1", f'"{text[:40]}" is no whole number from 1'))
    return None


def read_word(value: Value, place: CellPlace, column: Column) -> str | None:
    """One of the words that a column may hold."""
    text = str(value).strip()
    word, near = word_of(column, text)
    if word is None:
        words = ", ".join(column.words)
        message = say(
            f"”{text[:40]}” går inte i kolumnen; där står {words}",
            f'"{text[:40]}" cannot stand in the column; it holds {words}',
        )
        place.error("B962", message, near)
    return word


def read_actor(value: Value, place: CellPlace, exercise: Exercise, network: Network) -> str | None:
    """The id of an actor that plays, or the game control; the actor's name is read too."""
    text = str(value).strip()
    known = {
        **{folded(network.entity[one].name): one for one in exercise.actors if one in network.entity},
        **{folded(one): one for one in (*exercise.actors, CONTROL)},
    }
    if found := known.get(folded(text)):
        return found
    parts = [part for part in re.split(r"[,;/&\n]|\s(?:och|and)\s", text) if part.strip()]
    if (len(parts) > 1 and folded(parts[0]) in known) or folded(text) in _EVERYBODY:
        place.error("B963", say("skriv en rad för varje mottagare", "write a row for each recipient"))
        return None
    place.error("B963", _who_plays(text, exercise, network), _nearest(text, known))
    return None


def _nearest(text: str, known: dict[str, str]) -> str | None:
    near = did_you_mean(folded(text), known)
    return near and known[near]


def _who_plays(text: str, exercise: Exercise, network: Network) -> str:
    names = ", ".join((*exercise.actors, CONTROL))
    if text in network.entity:
        return say(f"”{text}” spelar inte; mottagare är {names}", f'"{text}" does not play; recipients are {names}')
    return say(f"”{text[:40]}” är ingen mottagare; det är {names}", f'"{text[:40]}" is no recipient; they are {names}')


def read_text(value: Value, place: CellPlace) -> str:
    """A text as it stands; what a spreadsheet took for a number or a date is told."""
    if isinstance(value, str):
        return _printable(value, place)
    if isinstance(value, (datetime, time, timedelta)):
        shown = _date(value)
        message = say(
            f"cellen är ett datum eller klockslag, inte text; den läses som ”{shown}”",
            f'the cell is a date or a time, not text; it is read as "{shown}"',
        )
        place.warning("B969", message)
        return shown
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def is_reduced(text: str, own: str) -> bool:
    """Whether a text is another one with the characters lost that Windows' western European code page lacks.

    An older Excel saves CSV in it, and writes "?" or something of like looks for each.

    >>> is_reduced("system ? el < kraft", "system ← el ← kraft"), is_reduced("system", "system ←")
    (True, False)
    """
    if len(text) < len(own) or is_western(own):
        return False
    # A character beyond the first 65 536 is two to Windows, and one to other programs.
    signs = (re.escape(one) if is_western(one) else "[ -~]{1,2}" if one > "\uffff" else "[ -~]" for one in own)
    return re.fullmatch("".join(signs), text) is not None


def soft(text: str) -> str:
    """A text with ordinary spaces for the hard ones, which nobody types; as long as it was."""
    return text.translate(_HARD)


def is_western(text: str) -> bool:
    """Whether Windows' western European code page has all characters of a text."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def _date(value: datetime | time | timedelta) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _printable(text: str, place: CellPlace) -> str:
    plain, removed = UNPRINTABLE.subn("", text)
    if removed:
        message = say(
            f"{removed} tecken som inte kan visas är borttagna",
            f"{removed} characters that cannot be shown are removed",
        )
        place.warning("B969", message)
    return plain
