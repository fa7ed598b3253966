"""Ids for what other formats name freely."""

import re
import unicodedata
from itertools import count


class Slugs:
    """Lower-case ids, each given once.

    >>> slugs = Slugs()
    >>> slugs.of("Gate 1"), slugs.of("gate-1"), slugs.of("ÅÄÖ"), slugs.of("???")
    ('gate-1', 'gate-1-2', 'aao', 'x')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        """An id like a name; one that is taken gets the next number."""
        plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
        base = "-".join(re.findall("[a-z0-9]+", plain)) or "x"
        made = base if base not in self._taken else self._numbered(base)
        self._taken.add(made)
        return made

    def _numbered(self, base: str) -> str:
        return next(f"{base}-{number}" for number in count(2) if f"{base}-{number}" not in self._taken)
