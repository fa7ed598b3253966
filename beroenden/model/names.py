"""How the names of a model are said, and written as names of files."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""What Windows takes for a device, whatever ending or folder it is given."""
_LEGAL_FORMS = (
    "ab", "aktiebolag", "aktiebolaget", "publ", "hb", "handelsbolag", "kb", "kommanditbolag", "oy", "oyj", "as", "asa", "aps",
    "ltd", "limited", "plc", "inc", "incorporated", "llc", "gmbh", "ag", "bv",
)  # fmt: skip
_LEADING_FORMS = ("ab", "aktiebolag", "aktiebolaget", "hb", "handelsbolaget", "kb", "kommanditbolaget", "oy")
"""Legal forms of companies, as the last words of a name and as the first."""
_ALIKE = 0.8
"""How alike two names are, by difflib's ratio, when one may be the other misspelt."""
_JOINED = re.compile(r"(?<=\w) (?:och|and) |, ")
"""What joins the parts of a name; what ends with a hyphen is no part by itself."""
_BEGINS = 4
"""Letters that a name has at least when it may be the beginning of another."""


def spoken(name: str) -> str:
    """A name as it is said: without what stands in brackets at its end.

    >>> spoken("Skattekontosystemet (illustrativt)")
    'Skattekontosystemet'
    """
    return re.sub(r"\s*\([^()]*\)$", "", name)


def without_legal_form(name: str) -> str:
    """A name as it is said, without a company's legal form where more than one word is left, since that may mean anything.

    >>> without_legal_form("Nordic Cloud AB (publ)"), without_legal_form("AB Nordic Cloud"), without_legal_form("Papper AB")
    ('Nordic Cloud', 'Nordic Cloud', 'Papper AB')
    """
    words = spoken(name).split()
    while len(words) > 2 and words[-1].casefold() in _LEGAL_FORMS:
        words.pop()
    if len(words) > 2 and words[0].casefold() in _LEADING_FORMS:
        words.pop(0)
    return " ".join(words)


def is_source(source: str, name: str, names: Iterable[str]) -> bool:
    """Whether a source names an actor, as in "Bankgirot, incidentledning".

    Of several that a name joins, it may begin with the first ("Swedbank" of "Swedbank och sparbankerna"), where none of the
    other names begins with that.

    >>> is_source("Bankgirots webb", "Bankgirot", []), is_source("Swedbank, driften", "Swedbank och sparbankerna", [])
    (True, True)
    """
    said, told = spoken(name).casefold(), source.casefold()
    if re.search(rf"(?<!\w){re.escape(said)}s?(?!\w)", told):
        return True
    first, _, others = _JOINED.sub("\n", said).partition("\n")
    begins = re.compile(rf"{re.escape(first)}(?!\w)")
    alike = (one for one in names if one != name and begins.match(one.casefold()))
    return bool(others) and begins.match(told) is not None and not any(alike)


def id_named(word: str, named: Mapping[str, str]) -> str | None:
    """The one id that a word names, in capitals or not, with what stands in brackets after the name or without.

    >>> id_named("CSN", {"csn": "Centrala studiestödsnämnden", "bg": "Bankgirot"})
    'csn'
    """
    wanted = word.casefold()
    found = [id_ for id_, name in named.items() if wanted in (id_.casefold(), name.casefold(), spoken(name).casefold())]
    return found[0] if len(found) == 1 else None


def telling_letters(name: str) -> str:
    """What of a name tells it from others: no case, accents or punctuation, no legal form.

    >>> telling_letters("Nordic Cloud AB (publ)"), telling_letters("AB Nordic-Cloud"), telling_letters("Nördic Cloud A/S")
    ('nordiccloud', 'nordiccloud', 'nordiccloud')
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("a/s", "as"))
    words = re.findall(r"[^\W_]+", "".join(one for one in plain if not unicodedata.combining(one)))
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    if len(words) > 1 and words[0] in _LEADING_FORMS:
        words.pop(0)
    return "".join(words)


def like_name(name: str, names: Iterable[str]) -> str | None:
    """The one of some names that a name may be: written in another way, misspelt or only begun, whatever stands in brackets.

    >>> like_name("Nordic Clowd", ["Bankgirot", "Nordic Cloud Aktiebolag"])
    'Nordic Cloud Aktiebolag'
    """
    known = {telling_letters(spoken(one)): one for one in names}
    new = telling_letters(spoken(name))
    begun = (one for one in known if len(new) >= _BEGINS and one.startswith(new))
    found = [*get_close_matches(new, known, n=1, cutoff=_ALIKE), *sorted(begun, key=len)]
    return known[found[0]] if found else None


def file_name(id_: str) -> str:
    """An id as the name of a file or folder, before its ending: one that every system takes.

    No id ends in a low line, so the names stay apart.

    >>> file_name("csn"), file_name("con")
    ('csn', 'con_')
    """
    return f"{id_}_" if _DEVICE.fullmatch(id_) else id_
