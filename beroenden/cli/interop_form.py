"""beroenden import form"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli.common import clean, command, heading, json_option, line, table, write_json, wrote
from beroenden.errors import FaultyFilesError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.interop.questionnaire.change import Answers
    from beroenden.modelfiles.findings import Finding

_LONGEST = 70
"""Characters of a value in the table."""


@command(
    "Läs in ett besvarat formulär i modellen: alla fel med blad, rad och kolumn, sedan skillnaden, sedan filerna. Med fel "
    "skrivs inget. En aktör ändrar bara sitt eget; kommentarer och ordning i filerna behålls.",
    "Read an answered questionnaire into the model: all faults by sheet, row and column, then the difference, then the files. "
    "With faults nothing is written. An actor changes only its own; comments and order in the files are kept.",
    "beroenden import form fk.xlsx --into models/soes --dry-run",
)
@click.argument("file", type=click.Path(path_type=Path), metavar=say("FIL", "FILE"))
@click.option(
    "--into",
    "model",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("MODELL", "MODEL"),
    help=say("Modellen som svaret skrivs in i.", "The model that the answer is written into."),
)
@click.option(
    "--actor",
    metavar="ID",
    help=say("Vem som svarar; annars som formuläret säger.", "Who answers; else as the form says."),
)
@click.option(
    "--source",
    metavar="TEXT",
    help=say(
        "Källa på det som ändras [aktörens namn, formulär och dagens datum].",
        "Source of what is changed [the actor's name, form and the day].",
    ),
)
@click.option(
    "--dry-run", is_flag=True, help=say("Visa skillnaden utan att skriva.", "Show the difference without writing.")
)
@json_option
def import_form(
    file: Path, model: Path, actor: str | None, source: str | None, dry_run: bool, json_path: str | None
) -> None:
    """Merge an answered questionnaire into a model."""
    from beroenden.interop.questionnaire.apply import apply
    from beroenden.interop.questionnaire.read import read_form
    from beroenden.modelfiles.editing.editable import open_model

    opened = open_model(model)
    answers = read_form(file, opened.network, actor=actor, source=source)
    _tell_findings(answers.findings)
    applied = apply(opened, answers.changes)
    _tell_findings(applied)
    files = [] if dry_run else opened.commit()
    if not write_json(json_path, _dict(answers, applied, [str(one) for one in files])):
        _show(answers, dry_run)
    for path in files:
        wrote(path)


def _tell_findings(findings: "tuple[Finding, ...]") -> None:
    """Tell them all; with an error go no further.

    Raises:
        FaultyFilesError: when any is an error.
    """
    from beroenden.modelfiles.findings import has_errors

    for one in findings:
        if one.severity != "error":
            click.echo(clean(one), err=True)
    if has_errors(findings):
        raise FaultyFilesError([one for one in findings if one.severity == "error"])


def _dict(answers: "Answers", applied: "tuple[Finding, ...]", files: list[str]) -> dict[str, object]:
    return {
        "schema": "beroenden/form-import/1",
        "actor": answers.actor,
        "written": files,
        "changes": [one.to_dict() for one in answers.changes],
        "unknown": list(answers.unknown),
        "on_others": [one.to_dict() for one in answers.on_others],
        "findings": [one.to_dict() for one in (*answers.findings, *applied)],
    }


def _show(answers: "Answers", dry_run: bool) -> None:
    """What the answer changes, what it says is unknown, and what it says of others."""
    if answers.changes:
        count = len(answers.changes)
        heading(say(f"{answers.actor}: {count} ändringar", f"{answers.actor}: {count} changes"))
        heads = (say("Vad", "What"), say("Nyckel", "Key"), say("Före", "Before"), say("Efter", "After"))
        table(heads, (tuple(map(_short, one.in_words())) for one in answers.changes))
    else:
        line(say("Formuläret ändrar inget i modellen.", "The form changes nothing in the model."))
    if answers.unknown:
        line(say("Känt som okänt: ", "Known to be unknown: ") + "; ".join(answers.unknown))
    disagreeing = sum(not one.agrees for one in answers.on_others)
    if answers.on_others:
        count = len(answers.on_others)
        line(
            say(
                f"Svar på vad andra säger: {count}, varav nej: {disagreeing}.",
                f"Answers on what others say: {count}, of which no: {disagreeing}.",
            )
        )
    if dry_run and answers.changes:
        line(say("Inget är skrivet (--dry-run).", "Nothing is written (--dry-run)."))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
