"""What is said of a path that is not there: that, from which folder was looked, and what is near it."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from beroenden.errors import did_you_mean
from beroenden.language import say

_FOLDERS_ABOVE = 3


def in_words(findings: Iterable[object]) -> str:
    """Findings one a line; of a path that is not there it is said in words, for it has no line and column."""
    return "\n".join(_of_finding(finding) for finding in findings)


def _of_finding(finding: object) -> str:
    file = getattr(finding, "file", None)
    if file is None or getattr(finding, "code", "") != "B101":
        return str(finding)
    path = Path(file)
    return str(finding) if path.exists() or path.is_symlink() else _not_there(path)


def _not_there(path: Path) -> str:
    near = next((one for one in _nearby(path) if one.exists()), None)
    hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
    if path.is_absolute():
        return say(f"{path} finns inte.", f"{path} does not exist.") + hint
    here = Path.cwd()
    text = say(
        f"{path} finns inte; det söktes från mappen {here}.",
        f"{path} does not exist; the folder looked from is {here}.",
    )
    return text + hint


def _nearby(path: Path) -> Iterator[Path]:
    """Where it may be: spelt a little differently, or as seen from a folder above."""
    there = next((one for one in path.parents if one.is_dir()), None)
    missing, *rest = path.relative_to(there).parts if there else ("",)
    near = did_you_mean(missing, [one.name for one in there.iterdir()]) if there else None
    if not path.is_absolute():
        yield from (Path(*[".."] * up, path) for up in range(1, _FOLDERS_ABOVE + 1))
    if there and near:
        yield (there / near).joinpath(*rest)
    if there and near and (there / near).is_dir():
        yield there / near
