"""Where an exercise is planned: a folder that may have one already, on which people may have worked for weeks."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.exercise_folder import unread_lists
from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.exercise.exercise import FILE
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.model.network import Network


def check_folder(output: Path, may_replace: bool) -> None:
    """Refuse a folder with an exercise in it, on which people may have worked for weeks."""
    if output.is_file():
        raise UsageError(say(f"{output} är en fil; ange en mapp.", f"{output} is a file; give a folder."))
    if (output / FILE).exists() and not may_replace:
        raise UsageError(
            say(
                f"{output} har redan en övning. Ändra den med `beroenden exercise import`, ange en annan mapp, eller --replace "
                "för att planera om (den förra sparas numrerad).",
                f"{output} has an exercise already. Change it with `beroenden exercise import`, give another folder, or "
                "--replace to plan anew (the former is kept, numbered).",
            )
        )


def tell_of_others(output: Path) -> None:
    """Say that a folder has other things in it than an exercise."""
    if output.is_dir() and not (output / FILE).exists() and (others := sorted(one.name for one in output.iterdir())):
        named = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
        message = say(
            f"{output} är inte tom ({named}): övningens filer hamnar bland dem.",
            f"{output} is not empty ({named}): the exercise's files go among them.",
        )
        click.echo(clean(message), err=True)


def refuse_losing(
    output: Path, new: "Exercise", network: "Network", *, is_start_given: bool, is_told: bool, is_meant: bool
) -> None:
    """Refuse to plan anew what people have worked on, unless they say so.

    Args:
        new: The plan that is to replace it.
        is_start_given: Whether it was said when that is to be played.
        is_told: Whether what would be left behind is only told.
        is_meant: Whether it is to be left behind.

    Raises:
        UsageError: with what that is, and other ways.
    """
    from beroenden.exercise.edits import left_behind
    from beroenden.exercise.files.read import read_exercise

    if is_meant or not (output / FILE).is_file():
        return
    earlier, _ = read_exercise(output / FILE, network)
    if earlier is None:  # of another model, or damaged: it is kept aside as it is
        return
    of_whole = left_behind(earlier, new, network, is_start_given=is_start_given)
    lost = ", ".join((*_lost(output, earlier, network), *of_whole))
    if not lost:
        return
    message = say(
        f"{output} har sådant som inte följer med till den nya planen: {lost}. Ska den bara spelas längre eller kortare, behålls "
        f"allt med beroenden exercise move {output} --play-length LÄNGD. Ska det bort: --discard-edits "
        f"(den förra sparas numrerad, {Path(FILE).stem}.1.toml).",
        f"{output} has what is left behind by the new plan: {lost}. If it is only to be played for longer or shorter, all is kept "
        f"by beroenden exercise move {output} --play-length LENGTH. To leave it: --discard-edits "
        f"(the former is kept, numbered, {Path(FILE).stem}.1.toml).",
    )
    if not is_told:
        raise UsageError(message)
    click.echo(clean(message), err=True)


def _lost(folder: Path, exercise: "Exercise", network: "Network") -> Iterator[str]:
    """What people have written in an exercise and in its lists, in words."""
    from beroenden.exercise.edits import edits_of

    written = edits_of(exercise, network).in_words()
    if written:
        yield written
        if exercise.model_hash != network.hash:
            yield say(
                "och kanske mer i inspelens texter, tider och typ, som inte kan jämföras eftersom modellen har ändrats",
                "and perhaps more in the injects' texts, times and kinds, which cannot be compared since the model has changed",
            )
    unread = ", ".join(map(str, unread_lists(folder, exercise, network)))
    if unread:
        yield say(f"ändringar i {unread} som inte är inlästa", f"unread changes in {unread}")
