"""beroenden exercise import"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, json_option, line, write_json, wrote
from beroenden.cli.exercise_differences import show_differences
from beroenden.cli.exercise_folder import (
    folder_argument,
    has_other_model,
    is_edited,
    model_option,
    opened,
    placed,
    tell_nothing_written,
    unread_lists,
    write_exercise,
)
from beroenden.cli.exercise_hours import tell_loads
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError
from beroenden.exercise.exercise import FILE
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.exercise.telling import Telling
    from beroenden.model.network import Network


@command(
    "Läs in en ändrad inspelslista, eller nytt syfte, mål och kontakt, och skriv om alla dokument. Raderna känns igen på "
    "nr; inget tas bort som inte ska.",
    "Read an edited inject list, or a new purpose, goals and contact, and write all papers anew. Rows are known by nr; "
    "nothing is removed that should not be.",
    "beroenden exercise import ovning inspel.xlsx --dry-run",
)
@folder_argument
@click.argument("edited", type=click.Path(path_type=Path), metavar=say("[LISTA]", "[LIST]"), required=False)
@model_option
@click.option(
    "--remove-missing",
    is_flag=True,
    help=say(
        "Ta bort ur övningen de inspel vars rad är borttagen ur listan; annars behålls de.",
        "Remove from the exercise the injects whose row was deleted from the list; else they are kept.",
    ),
)
@click.option("--purpose", metavar="TEXT", help=say("Övningens nya syfte.", "The exercise's new purpose."))
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="TEXT",
    help=say(
        "Ett övningsmål i stället för dem som står; kan upprepas.", "A goal in place of those there; can be repeated."
    ),
)
@click.option(
    "--contact",
    metavar="TEXT",
    help=say(
        "Hur spelarna nu når motspelet och spelledningen.",
        "How players now reach the role players and the game control.",
    ),
)
@click.option(
    "--dry-run", is_flag=True, help=say("Visa skillnaden utan att skriva.", "Show the difference without writing.")
)
@json_option
def import_(
    folder: Path,
    edited: Path | None,
    model: Path | None,
    remove_missing: bool,
    dry_run: bool,
    json_path: str | None,
    **aims: Any,
) -> None:
    """Merge an edited list, or new aims, into an exercise."""
    from beroenden.interop.inject_list.compared import changes

    before, network = opened(folder, model)
    after = placed(dataclasses.replace(before, **{name: value for name, value in aims.items() if value}), folder, model)
    if edited is not None:
        after = _read(edited, after, network, remove_missing)
    # Its papers say what the file said, and what the model gave, when they were written.
    is_stale, is_remodelled = is_edited(folder), has_other_model(before, network)
    is_written = (after != before or is_stale or is_remodelled) and not dry_run
    found = [dataclasses.asdict(one) for one in changes(before, after)]
    told = {
        "schema": "beroenden/exercise-changes/1",
        "written": is_written,
        "edited": is_stale,
        "model_changed": is_remodelled,
        "changes": found,
        "aims": [name for name in aims if _differs(name, before, after)],
    }
    if not write_json(json_path, told):
        _show(before, after, network, edited is not None, [*_stale(is_stale, is_remodelled)])
    if dry_run:
        tell_nothing_written()
    if is_written:
        _tell_unread(folder, edited, before, network)
        tell_loads(after, network)
        write_exercise(folder, after, network)
        wrote(folder)


def _read(edited: Path, before: "Exercise", network: "Network", remove_missing: bool) -> "Exercise":
    """The exercise with what a list changes; what is doubtful of it is told.

    Raises:
        FaultyFilesError: for a list that cannot be read, or that would tell a player too much.
    """
    from beroenden.interop.inject_list.read import read_edited

    after, findings = read_edited(edited, before, network, remove_missing=remove_missing)
    for one in findings:
        if after is not None or one.severity != "error":
            click.echo(clean(one), err=True)
    if after is None:
        raise FaultyFilesError([one for one in findings if one.severity == "error"])
    _refuse_telling(after, network, edited)
    return after


def _differs(name: str, before: "Exercise", after: "Exercise") -> bool:
    return bool(getattr(before, name) != getattr(after, name))


def _show(before: "Exercise", after: "Exercise", network: "Network", has_list: bool, stale: list[str]) -> None:
    """What is changed by the options and by the list, and why papers are written anew that nobody has asked to change."""
    aims = {
        "purpose": say("Syfte", "Purpose"),
        "goals": say("Övningsmål", "Goals"),
        "contact": say("Kontakt", "Contact"),
        "model": say("Modell", "Model"),
    }
    for name, what in aims.items():
        if _differs(name, before, after):
            value = getattr(after, name)
            line(f"{what}: {value if isinstance(value, str) else '; '.join(value)}")
    if has_list:
        show_differences(before, after, network)
    elif after == before and not stale:
        line(say("Inget är ändrat.", "Nothing is changed."))
    for why in stale:
        line(why)


def _stale(is_edited: bool, is_remodelled: bool) -> Iterator[str]:
    """That the exercise's own file or its model is another than the papers were written of."""
    if is_edited:
        yield say(
            f"{FILE} har ändrats sedan dokumenten skrevs; de skrivs om.",
            f"{FILE} has been changed since the papers were written; they are written anew.",
        )
    if is_remodelled:
        yield say(
            "Modellen har ändrats sedan dokumenten skrevs; de skrivs om.",
            "The model has been changed since the papers were written; they are written anew.",
        )


def _tell_unread(folder: Path, edited: Path | None, exercise: "Exercise", network: "Network") -> None:
    """Say which other lists have changes that go unread."""
    read = None if edited is None else edited.resolve()
    for one in unread_lists(folder, exercise, network):
        if one.resolve() != read:
            message = say(
                f"{one} har ändringar som inte är inlästa; den sparas numrerad.",
                f"{one} has changes that have not been read; it is kept, numbered.",
            )
            click.echo(clean(message), err=True)


def _refuse_telling(exercise: "Exercise", network: "Network", edited: Path) -> None:
    """Tell of texts that would tell a player too much; refuse those that name what it may never know.

    Raises:
        FaultyFilesError: naming each of them.
    """
    from beroenden.exercise.telling import telling
    from beroenden.interop.inject_list.columns import COLUMNS
    from beroenden.modelfiles.findings import Finding

    heading = {column.attribute: column.name for column in COLUMNS}
    told = list(telling(exercise, network))
    findings = [
        Finding(
            "B970" if one.why == "label" else "B971",
            "error" if one.why == "label" else "warning",
            f"nr {one.number}, {heading[one.field]}: {_words(one, exercise, network)}",
            where=str(edited),
        )
        for one in told
    ]
    for one in findings:
        if one.severity == "warning":
            click.echo(clean(one), err=True)
    if any(one.severity == "error" for one in findings):
        raise FaultyFilesError([one for one in findings if one.severity == "error"])


def _words(one: "Telling", exercise: "Exercise", network: "Network") -> str:
    to = next(inject.to for inject in exercise.injects if inject.number == one.number)
    player = network.entity[to].name
    if one.why == "label":
        return say(
            f"texten nämner något som {player} inte får läsa (märkning i modellen); skriv om den",
            f"the text names something that {player} may not read (its label in the model); reword it",
        )
    cause = network.entity[one.what].name
    return say(
        f"texten nämner {cause}, som {player} ännu inte ska veta är ute; är det meningen?",
        f"the text names {cause}, which {player} should not know to be out yet; is that meant?",
    )
