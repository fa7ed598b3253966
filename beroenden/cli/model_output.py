"""Writing a model that was read from another format, and telling what was found in it."""

import os
import shlex
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import write_file, wrote
from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.model.network import Network
    from beroenden.modelfiles.findings import Finding

_SHOWN = 10
"""Findings of one code that are shown."""


def as_typed(path: Path) -> str:
    """A path as it is typed in a command, with quotation marks where it needs them."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def model_target(output: Path, may_replace: bool) -> Path:
    """The file of a model to write.

    Raises:
        UsageError: where it would replace a model, or stand among other files of one.
    """
    target = output if output.suffix.lower() == ".toml" and not output.is_dir() else output / "model.toml"
    others = sorted(one.name for one in target.parent.glob("*.toml") if one != target) if target != output else []
    if others:
        names = ", ".join(others[:3])
        sv = f"{output} har andra modellfiler ({names}); ange en tom mapp."
        raise UsageError(say(sv, f"{output} has other model files ({names}); give an empty folder."))
    if target.exists() and not may_replace:
        sv = f"{target} finns redan; --force ersätter den."
        raise UsageError(say(sv, f"{target} is already there; --force replaces it."))
    return target


def save_model(network: "Network", target: Path, about: str = "") -> None:
    """Write a model to a file, with lines about it first."""
    from beroenden.modelfiles.write import to_toml

    comment = "".join(f"# {one}".rstrip() + "\n" for one in about.splitlines())
    write_file(target, f"{comment}\n{to_toml(network)}" if comment else to_toml(network))
    wrote(target)


def _likewise(count: int) -> str:
    if count == 0:
        return ""
    places = say("ställe" if count == 1 else "ställen", "place" if count == 1 else "places")
    return say(f" (likadant på {count} {places} till)", f" (the same in {count} more {places})")


def show_findings(findings: "Iterable[Finding]") -> None:
    """Warnings on stderr, alike ones once and the first of each code, with how many more; remarks are told with --json."""
    alike: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        if one.severity != "info":
            alike.setdefault((one.code, one.message), []).append(one)
    seen = Counter[str]()
    for (code, _), (first, *others) in alike.items():
        seen[code] += 1
        if seen[code] <= _SHOWN:
            click.echo(clean(first) + _likewise(len(others)), err=True)
    for code, count in seen.items():
        if count > _SHOWN:
            more = count - _SHOWN
            click.echo(
                say(f"… och {more} till av {code}; alla med --json", f"… and {more} more of {code}; all with --json"),
                err=True,
            )
