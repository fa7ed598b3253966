"""Which language the commands and findings speak: Swedish under a Swedish locale, else English."""

import locale
import os
from typing import Literal

Language = Literal["sv", "en"]


def language() -> Language:
    """The user's language: BEROENDEN_LANG, else the environment as gettext reads it, else the system's locale."""
    for variable in ("BEROENDEN_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if setting := os.environ.get(variable):
            return _of(setting)
    return _of(locale.getlocale()[0] or "")


def _of(setting: str) -> Language:
    """The language of a locale's name, as POSIX (sv_SE) or Windows (Swedish_Sweden) writes it."""
    return "sv" if setting.lower().startswith(("sv", "swedish")) else "en"


def say(sv: str, en: str) -> str:
    """The one of two equivalent texts that the user reads."""
    return sv if language() == "sv" else en
