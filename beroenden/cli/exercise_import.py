"""beroenden exercise import"""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import clean, command, json_option, line, table, write_json, wrote
from beroenden.cli.exercise_folder import folder_argument, model_option, opened, write_exercise
from beroenden.errors import FaultyFilesError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.exercise.telling import Telling
    from beroenden.interop.inject_list.compared import Change
    from beroenden.model.network import Network

_LONGEST = 60
"""Characters of a text in the table."""


@command(
    "Läs in en ändrad inspelslista och skriv om alla dokument. Raderna känns igen på nr; inget tas bort som inte ska.",
    "Read an edited inject list and write all papers anew. Rows are known by nr; nothing is removed that should not be.",
    "beroenden exercise import ovning inspel.xlsx --dry-run",
)
@folder_argument
@click.argument("edited", type=click.Path(path_type=Path), metavar=say("LISTA", "LIST"))
@model_option
@click.option(
    "--remove-missing",
    is_flag=True,
    help=say(
        "Ta bort ur övningen de inspel vars rad är borttagen ur listan; annars behålls de.",
        "Remove from the exercise the injects whose row was deleted from the list; else they are kept.",
    ),
)
@click.option(
    "--dry-run", is_flag=True, help=say("Visa skillnaden utan att skriva.", "Show the difference without writing.")
)
@json_option
def import_(
    folder: Path, edited: Path, model: Path | None, remove_missing: bool, dry_run: bool, json_path: str | None
) -> None:
    """Merge an edited list into an exercise."""
    from beroenden.interop.inject_list.compared import changes
    from beroenden.interop.inject_list.read import read_edited

    before, network = opened(folder, model)
    after, findings = read_edited(edited, before, network, remove_missing=remove_missing)
    for one in findings:
        if after is not None or one.severity != "error":
            click.echo(clean(one), err=True)
    if after is None:
        raise FaultyFilesError([one for one in findings if one.severity == "error"])
    _refuse_telling(after, network, edited)
    found = changes(before, after)
    made = {"schema": "beroenden/exercise-changes/1", "written": bool(found) and not dry_run}
    if not write_json(json_path, made | {"changes": [dataclasses.asdict(one) for one in found]}):
        _show(found, network)
    if found and not dry_run:
        write_exercise(folder, after, network)
        wrote(folder)


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


def _show(found: "tuple[Change, ...]", network: "Network") -> None:
    """What the list changes."""
    if not found:
        line(say("Listan ändrar inget.", "The list changes nothing."))
        return
    rows = ((one.number, one.what, *map(_short, one.in_words(network))) for one in found)
    table((say("Nr", "No."), say("Kolumn", "Column"), say("Före", "Before"), say("Efter", "After")), rows, right=[0])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
