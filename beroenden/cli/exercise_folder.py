"""The folder of an exercise: read it, and write all its files without losing what people changed in them."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import keep_aside, load_network, path_from, write_file
from beroenden.cli.printable import clean
from beroenden.cli.progress import progress_bar
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.exercise.exercise import FILE
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.model.network import Network

SUMS = "spelledning/filer.sha256"
"""What the files were when they were written, as `sha256sum --check` reads it."""

LISTS = ("spelledning/inspel.xlsx", "spelledning/inspel.csv")

folder_argument = click.argument("folder", type=click.Path(path_type=Path), metavar=say("MAPP", "DIR"))
model_option = click.option(
    "--model",
    type=click.Path(path_type=Path),
    metavar=say("MODELL", "MODEL"),
    help=say("Modellen, om den har flyttats sedan övningen planerades.", "The model, if it was moved since."),
)


def opened(folder: Path, model: Path | None) -> "tuple[Exercise, Network]":
    """The exercise of a folder and its model; warnings are told.

    Raises:
        UsageError: when there is no exercise in the folder, its model is not found, or its name tells too much.
        FaultyFilesError: for errors in either.
    """
    from beroenden.exercise.files.read import named_model, read_exercise
    from beroenden.exercise.outdated import findings as of_another_model
    from beroenden.exercise.telling import name_tells

    path = folder / FILE
    if not path.is_file():
        raise UsageError(
            say(
                f"{folder} har ingen {FILE}; planera övningen med `beroenden exercise plan`.",
                f"{folder} has no {FILE}; plan the exercise with `beroenden exercise plan`.",
            )
        )
    where = model or named_model(path)
    if where is None or not where.exists():
        raise UsageError(
            say(
                f"{path}: modellen ({where or 'inte angiven'}) finns inte; ange --model.",
                f"{path}: the model ({where or 'not given'}) is not there; give --model.",
            )
        )
    network = load_network(where)
    exercise, findings = read_exercise(path, network)
    if exercise is None:
        raise FaultyFilesError([one for one in findings if one.severity == "error"])
    for one in (*findings, *of_another_model(exercise, network, str(path))):
        click.echo(clean(one), err=True)
    if name_tells(exercise.name, exercise.scenario, network, exercise.actors):
        raise UsageError(
            say(
                f"{path}: namnet ”{exercise.name}” röjer något som spelarna inte ska veta; ändra det.",
                f'{path}: the name "{exercise.name}" tells something that the players should not know; change it.',
            )
        )
    return exercise, network


def placed(exercise: "Exercise", folder: Path, model: Path | None) -> "Exercise":
    """The exercise with where its model is, once that has been told."""
    return exercise if model is None else replace(exercise, model=path_from(model, folder))


def has_other_model(exercise: "Exercise", network: "Network") -> bool:
    """Whether the papers of an exercise were written of another model than it now has."""
    written_of = exercise.papers_hash or exercise.model_hash
    return bool(written_of) and written_of != network.hash


def unread_lists(folder: Path, exercise: "Exercise", network: "Network") -> list[Path]:
    """The inject lists in the folder in which people have changed something that the exercise does not have."""
    before = _sums(folder)
    found = [folder / one for one in LISTS]
    return [
        one
        for one, path in zip(found, LISTS, strict=True)
        if one.is_file() and _sum(one.read_bytes()) != before.get(path) and _says_otherwise(one, exercise, network)
    ]


def _says_otherwise(path: Path, exercise: "Exercise", network: "Network") -> bool:
    """Whether a list would change an exercise, or cannot be read; one that was only saved again does not."""
    from beroenden.interop.inject_list.compared import changes
    from beroenden.interop.inject_list.read import read_list

    made, _ = read_list(path, exercise, network)
    return made is None or bool(changes(exercise, made))


def is_edited(folder: Path) -> bool:
    """Whether somebody has changed the exercise's own file since its papers were written."""
    written = _sums(folder).get(FILE)
    return written is not None and _sum((folder / FILE).read_bytes()) != written


def write_exercise(folder: Path, exercise: "Exercise", network: "Network", *, before: int | None = None) -> list[str]:
    """Write every file of an exercise; one that was changed by hand since it was written is kept beside it, numbered.

    Everything is made before anything is written. What replaces an earlier exercise is its next revision.

    Args:
        before: The revision of the earlier exercise, where its file has been taken away already; see `revision_of`.

    Returns:
        The paths, relative to the folder.
    """
    from beroenden.documents.exercise.folder import files

    revision = revision_of(folder) if before is None else before
    exercise = replace(
        exercise,
        revision=0 if revision is None else revision + 1,
        papers_hash="" if network.hash == exercise.model_hash else network.hash,
    )
    made: dict[str, bytes] = {}
    wanted = list(files(exercise, network))
    with progress_bar(say("Skriver", "Writing")) as told:
        for place, file in enumerate(wanted, 1):
            made[file.path] = file.content()
            told(place, len(wanted))
    sums = _sums(folder)
    _refuse_held(folder / path for path in (*made, *sums, SUMS))
    _take_away(folder, sums, made)
    for path, content in made.items():
        target = folder / path
        if target.is_file() and _sum(target.read_bytes()) not in (sums.get(path), _sum(content)):
            keep_aside(target)
        write_file(target, content)
    lines = "".join(f"{_sum(content)}  ../{path}\n" for path, content in made.items())
    write_file(folder / SUMS, lines)
    return list(made)


def tell_nothing_written() -> None:
    """Say that --dry-run has written nothing, on stderr."""
    click.echo(say("Inget skrevs (--dry-run).", "Nothing was written (--dry-run)."), err=True)


def revision_of(folder: Path) -> int | None:
    """How many times the exercise in a folder has been changed; None where there is none."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        found = tomllib.loads(path.read_text("utf-8"))["exercise"].get("revision", 0)
    except (ValueError, KeyError, AttributeError):  # a file that is to be replaced, and cannot be read
        return 0
    return found if isinstance(found, int) else 0


def _refuse_held(targets: Iterable[Path]) -> None:
    """Refuse before anything is written when another program holds a file that is to be written or taken away."""
    from beroenden.modelfiles.write import held

    shut = [str(target) for target in dict.fromkeys(targets) if target.is_file() and not _is_free(target)]
    if shut:
        named = ", ".join(shut)
        raise UsageError(say(f"{named}: {held()}. Inget är skrivet.", f"{named}: {held()}. Nothing is written."))


def _is_free(target: Path) -> bool:
    try:
        with target.open("r+b"):
            return True
    except PermissionError:
        return False


def _take_away(folder: Path, before: dict[str, str], made: Mapping[str, bytes]) -> None:
    """Remove files of an earlier plan that this one has no place for, or give them another name if they were changed by hand."""
    for path, sum_ in before.items():
        target = folder / path
        if path not in made and target.is_file() and _is_within(target, folder):
            if _sum(target.read_bytes()) == sum_:
                target.unlink()
                _take_away_empty(target.parent, folder)
            else:
                keep_aside(target)


def _take_away_empty(left: Path, folder: Path) -> None:
    """Remove a folder of an exercise in which nothing is left, and those around it in which nothing else was."""
    while left.resolve() != folder.resolve() and not any(left.iterdir()):
        left.rmdir()
        left = left.parent


def _is_within(target: Path, folder: Path) -> bool:
    return target.resolve().is_relative_to(folder.resolve())


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _sums(folder: Path) -> dict[str, str]:
    """What each file was when it was written; empty where that is not known."""
    path = folder / SUMS
    if not path.is_file():
        return {}
    pairs = (line.split("  ../", 1) for line in path.read_text("utf-8", errors="replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
