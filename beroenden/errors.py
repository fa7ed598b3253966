"""The few errors of the library. Faults in files are findings, not errors."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from beroenden.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class BeroendenError(Exception):
    """Anything the library refuses; the message is meant for a person."""


class UsageError(BeroendenError):
    """A call or command that cannot be carried out as it was asked."""


class FaultyFilesError(BeroendenError):
    """Files whose findings contain errors.

    Attributes:
        findings: All findings, in the order of the files.
    """

    def __init__(self, findings: "Sequence[object]") -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


def why_unreadable(path: "Path", error: OSError) -> str:
    """Why a file cannot be read, with the way out where it is most often another program that holds it."""
    if isinstance(error, IsADirectoryError) or (
        isinstance(error, PermissionError) and os.name == "nt" and path.is_dir()
    ):
        return say("det är en mapp", "it is a folder")
    if isinstance(error, PermissionError) and path.is_file():
        return say(
            "den är låst eller skyddad; stäng den i Excel eller Word, om den är öppen där, och försök igen",
            "it is locked or protected; close it in Excel or Word, if it is open there, and try again",
        )
    if isinstance(error, FileNotFoundError):
        return say("den finns inte", "No such file or directory")
    return error.strerror or str(error)


def did_you_mean(word: object, known: "Iterable[str]") -> str | None:
    """The known word nearest to a misspelt one, if any is near."""
    near = get_close_matches(str(word)[:100].lower(), list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def near_id(word: object, known: "Iterable[str]") -> str | None:
    """The id nearest to what was written, by itself or by its name where the known have names."""
    named = known if isinstance(known, Mapping) else dict.fromkeys(known)
    spelt = {str(getattr(one, "name", id_)).lower(): id_ for id_, one in named.items()}
    spelt |= {id_.lower(): id_ for id_ in named}
    near = did_you_mean(word, spelt)
    return spelt[near] if near else None


def unknown_id(what: str, word: object, known: "Iterable[str]") -> UsageError:
    """The error for an id that the model does not have, with the nearest that it has.

    Args:
        what: What it should have been, in words.
        word: What was written.
        known: The ids there are, or what they stand for by id: then names count as well.
    """
    near = near_id(word, known)
    name = getattr(known[near], "name", "") if near and isinstance(known, Mapping) else ""
    named = f" ({name})" if name else ""
    hint = say(f" Menade du ”{near}”{named}?", f' Did you mean "{near}"{named}?') if near else ""
    return UsageError(say(f"Modellen har ingen {what} ”{word}”.", f'The model has no {what} "{word}".') + hint)
