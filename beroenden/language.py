"""Which language the commands and findings speak: Swedish under a Swedish locale, else English."""

import locale
import os
from typing import Literal

Language = Literal["sv", "en"]


def language() -> Language:
    """The user's language, from the environment as gettext reads it, else from the system's locale."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if setting := os.environ.get(variable):
            return "sv" if setting.lower().startswith("sv") else "en"
    return "sv" if (locale.getlocale()[0] or "").lower().startswith("sv") else "en"


def say(sv: str, en: str) -> str:
    """The one of two equivalent texts that the user reads."""
    return sv if language() == "sv" else en
