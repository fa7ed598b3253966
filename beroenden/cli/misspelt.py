"""An option that is none: which one was probably meant, also where it was said in Swedish."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from types import MappingProxyType

import click

from beroenden.language import say

_ALIKE = 0.75
"""How alike two words have to be (difflib's ratio); at its usual 0.6 "lunch" would be "--launch" and "lengd" "--lang"."""
_SWEDISH = MappingProxyType(
    {
        "aktör": "actor", "aktörer": "actors", "ansvarig": "owner", "antal": "top", "av": "by", "avbrott": "outage",
        "avsnitt": "disclose", "begynnelse": "start", "betalning": "payment", "början": "start", "delge": "disclose",
        "entitet": "entity", "fil": "file", "form": "form", "formulär": "form", "från": "start", "frö": "seed",
        "godkänd": "approved-by", "godkänd-av": "approved-by", "handling": "type", "horisont": "horizon",
        "händelse": "incident", "hur-länge": "for", "hur-ofta": "every", "kanal": "channel", "klar": "done", "kort": "short",
        "kvar": "remaining", "källa": "source", "logg": "incident", "längd": "for", "längre": "longer", "läget-per": "at",
        "mall": "template", "mottagare": "to", "märkning": "tlp", "nästa": "next", "senare": "later", "upprättad": "prepared-by",
        "upprättad-av": "prepared-by", "nivå": "level", "namn": "name", "orsak": "reason",
        "per": "at", "period": "window", "processer": "processes", "rubrik": "heading", "rättar": "supersedes",
        "skarpt": "live", "slag": "kind", "slut": "end", "språk": "lang", "starttid": "start", "status": "status",
        "svar": "answer", "syfte": "purpose", "text": "text", "tid": "time", "till": "to", "tidpunkt": "at", "typ": "type",
        "under": "for", "utdata": "output", "utfil": "output", "varaktighet": "for", "ämne": "topic", "övning": "exercise",
    }
)  # fmt: skip
"""Swedish words, and what options are called for them."""


def no_such_option(
    error: click.NoSuchOption, params: Iterable[click.Parameter], context: click.Context
) -> click.UsageError:
    """The error for an option that is none, with the one that was meant where that is plain."""
    near = meant(error.option_name, [option for one in params for option in (*one.opts, *one.secondary_opts)])
    hint = say(f" Menade du {near}?", f" Did you mean {near}?") if near else ""
    return click.UsageError(error.message + hint, context)


def meant(option: str, known: Iterable[str]) -> str | None:
    """The known option that was probably meant.

    >>> meant("--lengd", ["--lang", "--for"]), meant("--aktör", ["--actor"]), meant("--lunch", ["--lang"])
    ('--for', '--actor', None)
    """
    words = {one.lstrip("-"): one for one in known if one.startswith("--")}
    words = {sv: words[en] for sv, en in _SWEDISH.items() if en in words} | words
    word = option.lstrip("-").lower()
    best = max(words, key=lambda one: _likeness(word, one), default="")
    return words[best] if best and _likeness(word, best) >= _ALIKE else None


def _likeness(word: str, other: str) -> float:
    """From 0 to 1; the same letters in another order are as good as the same."""
    if sorted(word) == sorted(other):
        return 1 if word == other else 0.99
    return SequenceMatcher(None, word, other, autojunk=False).ratio()
