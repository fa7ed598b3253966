"""How the names of a model are said, and written as names of files."""

import re

_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
"""What Windows takes for a device, whatever ending or folder it is given."""


def spoken(name: str) -> str:
    """A name as it is said: without what stands in brackets at its end.

    >>> spoken("Skattekontosystemet (illustrativt)")
    'Skattekontosystemet'
    """
    return re.sub(r"\s*\([^()]*\)$", "", name)


def file_name(id_: str) -> str:
    """An id as the name of a file or folder, before its ending: one that every system takes.

    No id ends in a low line, so the names stay apart.

    >>> file_name("csn"), file_name("con")
    ('csn', 'con_')
    """
    return f"{id_}_" if _DEVICE.fullmatch(id_) else id_
