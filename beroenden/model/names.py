"""How the names of a model are said, and written as names of files."""

import re
from collections.abc import Mapping

_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""What Windows takes for a device, whatever ending or folder it is given."""


def spoken(name: str) -> str:
    """A name as it is said: without what stands in brackets at its end.

    >>> spoken("Skattekontosystemet (illustrativt)")
    'Skattekontosystemet'
    """
    return re.sub(r"\s*\([^()]*\)$", "", name)


def id_named(word: str, named: Mapping[str, str]) -> str | None:
    """The one id that a word names, in capitals or not, with what stands in brackets after the name or without.

    >>> id_named("CSN", {"csn": "Centrala studiestödsnämnden", "bg": "Bankgirot"})
    'csn'
    """
    wanted = word.casefold()
    found = [id_ for id_, name in named.items() if wanted in (id_.casefold(), name.casefold(), spoken(name).casefold())]
    return found[0] if len(found) == 1 else None


def file_name(id_: str) -> str:
    """An id as the name of a file or folder, before its ending: one that every system takes.

    No id ends in a low line, so the names stay apart.

    >>> file_name("csn"), file_name("con")
    ('csn', 'con_')
    """
    return f"{id_}_" if _DEVICE.fullmatch(id_) else id_
