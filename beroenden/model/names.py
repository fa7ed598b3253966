"""How the names of a model are said."""

import re


def spoken(name: str) -> str:
    """A name as it is said: without what stands in brackets at its end.

    >>> spoken("Skattekontosystemet (illustrativt)")
    'Skattekontosystemet'
    """
    return re.sub(r"\s*\([^()]*\)$", "", name)
