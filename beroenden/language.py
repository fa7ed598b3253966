"""Which language is spoken: commands and findings follow the locale, a document the language that it is written in."""

import locale
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

Language = Literal["sv", "en"]

_written: ContextVar[Language | None] = ContextVar("written", default=None)


@contextmanager
def writing_in(chosen: Language) -> Iterator[None]:
    """Everything said within is in one language, whatever the locale: what users hand on.

    >>> with writing_in("sv"):
    ...     say("ja", "yes")
    'ja'
    """
    token = _written.set(chosen)
    try:
        yield
    finally:
        _written.reset(token)


def language() -> Language:
    """The language being written in, else BEROENDEN_LANG, else the environment as gettext reads it, else the system's locale."""
    if (chosen := _written.get()) is not None:
        return chosen
    for variable in ("BEROENDEN_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if setting := os.environ.get(variable):
            return _of(setting)
    return _of(locale.setlocale(locale.LC_CTYPE))  # getlocale() fails on names such as en-SE, which Windows has


def _of(setting: str) -> Language:
    """The language of a locale's name, as POSIX (sv_SE) or Windows (Swedish_Sweden.1252, sv-SE) writes it."""
    return "sv" if setting.lower().startswith(("sv", "swedish")) else "en"


def say(sv: str, en: str) -> str:
    """The one of two equivalent texts that the user reads."""
    return sv if language() == "sv" else en
