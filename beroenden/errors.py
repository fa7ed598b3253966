"""The few errors of the library. Faults in files are findings, not errors."""

import os
import re
from collections.abc import Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import TYPE_CHECKING

from beroenden.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_ALMOST = 0.85
"""How alike a word and an id or name are (difflib's ratio) when only the spelling differs."""
_AS_CLOSE = 0.02
"""How much less alike than the likest another may be and still be meant as well."""
_DEFINITE = re.compile(r"(?<=\w{4})(?:erna|arna|orna|en|et|na|n|t)$")
"""The end of a Swedish noun in its definite form."""
_SHORTEST = 3
"""Letters of a word that is looked for in names."""


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


def near_ids(word: object, known: "Iterable[str]") -> list[str]:
    """The ids that were probably meant, at most three.

    Those that are spelt almost so; else those whose names have the word; else the only one that it abbreviates.

    >>> near_ids("pensionen", ["pension-1", "pension-2", "pensionat"])
    ['pension-1', 'pension-2']
    >>> near_ids("svk", ["svenska-kraftnat", "swedbank"])
    ['svenska-kraftnat']
    """
    plain = str(word)[:100].lower().strip()
    named = known if isinstance(known, Mapping) else dict.fromkeys(known)
    texts = {id_: f"{id_} {getattr(one, 'name', '')}".lower() for id_, one in named.items()}
    misspelt = _almost(plain, named)
    if misspelt:
        return misspelt[:3]
    stems = [one for one in dict.fromkeys((plain, _DEFINITE.sub("", plain))) if len(one) >= _SHORTEST]
    for ending in (r"\b", ""):
        for stem in stems:
            found = [id_ for id_, text in texts.items() if re.search(rf"\b{re.escape(stem)}{ending}", text)]
            if found:
                return found[:3]
    near = near_id(word, known)
    abbreviated = [id_ for id_ in named if "-" in id_ and _abbreviates(plain, id_.split("-"))]
    return [*dict.fromkeys([*(abbreviated if len(abbreviated) == 1 else ()), *([near] if near else ())])]


def _almost(plain: str, named: "Mapping[str, object]") -> list[str]:
    """The ids that are spelt almost as a word, or whose names are; of several those that are as close as the closest."""
    spelt: dict[str, list[str]] = {}
    for id_, one in named.items():
        for text in {id_.lower(), str(getattr(one, "name", "")).lower()}:
            spelt.setdefault(text, []).append(id_)
    likeness = {
        text: SequenceMatcher(None, text, plain).ratio() for text in get_close_matches(plain, spelt, cutoff=_ALMOST)
    }
    least = max(likeness.values(), default=0) - _AS_CLOSE
    return [*dict.fromkeys(id_ for text, alike in likeness.items() if alike >= least for id_ in spelt[text])]


def _abbreviates(word: str, parts: "Sequence[str]") -> bool:
    """Whether a word is made of the beginnings of all parts, each in its turn: "svk" of "svenska" and "kraftnat"."""
    if len(parts) == 1:
        return bool(word) and parts[0].startswith(word)
    cuts = range(1, len(word))
    return any(parts[0].startswith(word[:cut]) and _abbreviates(word[cut:], parts[1:]) for cut in cuts)


def unknown_id(what: str, word: object, known: "Iterable[str]") -> UsageError:
    """The error for an id that the model does not have, with the nearest that it has, else where to see all.

    Of a name that several have, it says which they are.

    Args:
        what: What it should have been, in words.
        word: What was written.
        known: The ids there are, or what they stand for by id: then names count as well.
    """
    names = {id_: getattr(one, "name", "") for id_, one in known.items()} if isinstance(known, Mapping) else {}
    alike = [id_ for id_, name in names.items() if _is_name(str(word), name)]
    if isinstance(known, Mapping) and len(alike) > 1:
        return _several(names[alike[0]], alike, known)
    near = [
        say(f"”{one}”", f'"{one}"') + (f" ({names[one]})" if names.get(one) else "") for one in near_ids(word, known)
    ]
    listed = say(" eller ", " or ").join([", ".join(near[:-1]), near[-1]] if near[1:] else near)
    all_there = say(" Se vad som finns: beroenden show MODELL", " See what there is: beroenden show MODEL")
    hint = say(f" Menade du {listed}?", f" Did you mean {listed}?") if near else all_there if names else ""
    return UsageError(say(f"Modellen har ingen {what} ”{word}”.", f'The model has no {what} "{word}".') + hint)


def _is_name(word: str, name: str) -> bool:
    """Whether a word is a name, in capitals or not, with what stands in brackets after it or without."""
    wanted, whole = word.strip().casefold(), name.casefold()
    return bool(wanted) and (whole == wanted or whole.startswith(f"{wanted} ("))


def _several(name: str, alike: "Sequence[str]", known: "Mapping[str, object]") -> UsageError:
    """The error for a name that several have: their ids, each with who answers for it where that is another."""
    count = say("Två", "Two") if len(alike) == 2 else str(len(alike))
    listed = ", ".join(f"{id_}{_whose(known[id_], known)}" for id_ in alike)
    return UsageError(
        say(f"{count} heter {name}: {listed}. Ange id.", f"{count} are called {name}: {listed}. Give the id.")
    )


def _whose(one: object, known: "Mapping[str, object]") -> str:
    """In brackets, who answers for an entity or pays a payment, by name where that is among the known."""
    actor = getattr(one, "owner", None) or getattr(one, "payer", None)
    return f" ({getattr(known.get(actor), 'name', actor)})" if actor else ""
