"""beroenden import form"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli import ids
from beroenden.cli.common import command, heading, json_option, line, table, write_file, write_json, wrote
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError, why_unreadable
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.interop.questionnaire.change import Answers
    from beroenden.interop.questionnaire.matters import Entry
    from beroenden.model.network import Network
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
    shell_complete=ids.of_actors,
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
@click.option(
    "--list",
    "agenda",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar=say("FIL.csv", "FILE.csv"),
    help=say(
        "Lista att ta upp, där nej och okänt läggs till sist; samma lista för alla aktörers svar.",
        "List to take up, at the end of which nej and okänt are put; the same list for all actors' answers.",
    ),
)
@json_option
def import_form(
    file: Path,
    model: Path,
    actor: str | None,
    source: str | None,
    dry_run: bool,
    agenda: Path | None,
    json_path: str | None,
) -> None:
    """Merge an answered questionnaire into a model."""
    from datetime import date

    from beroenden.interop.questionnaire.agenda import entries
    from beroenden.interop.questionnaire.apply import apply, doubts
    from beroenden.interop.questionnaire.read import read_form
    from beroenden.modelfiles.editing.editable import open_model
    from beroenden.modelfiles.findings import has_errors

    if agenda is not None and agenda.suffix.lower() != ".csv":
        raise UsageError(say(f"{agenda}: ange en .csv-fil.", f"{agenda}: give a .csv file."))
    opened = open_model(model)
    before = None if agenda is None else _before(agenda)
    decided = () if agenda is None else _decided(agenda, before)
    answers = read_form(file, opened.network, actor=actor, source=source, decided=decided)
    if has_errors(answers.findings):
        _tell_findings((*answers.findings, *doubts(opened, answers.tried)))
    _tell_findings(answers.findings)
    applied = apply(opened, answers.changes)
    _tell_findings(applied)
    left = entries(answers, opened.network, date.today())
    if agenda is None and any(one.comment for one in answers.changes):
        _remarks_are_only_listed()
    listed = None if agenda is None or dry_run else _with_list(agenda, before, left, answers, opened.network)
    differences, told = [tuple(map(_short, one.in_words())) for one in answers.changes], _dict(answers, applied)
    files = [] if dry_run else opened.commit()
    if agenda is not None and listed is not None:
        write_file(agenda, listed)
        files.append(agenda)
    if not write_json(json_path, told | {"written": [str(one) for one in files]}):
        _show(answers, differences, dry_run)
        if left and agenda is None:
            _show_left(left)
            line(
                say(
                    f"Att ta upp: {len(left)}. Det ändrar inget i modellen; behåll det med --list FIL.csv.",
                    f"To take up: {len(left)}. It changes nothing in the model; keep it with --list FILE.csv.",
                )
            )
    for path in files:
        wrote(path)


def _before(agenda: Path) -> bytes | None:
    """The list as it is; None where there is none yet."""
    try:
        return agenda.read_bytes() if agenda.exists() else None
    except OSError as error:
        reason = why_unreadable(agenda, error)
        raise UsageError(
            say(f"{agenda} går inte att läsa: {reason}.", f"{agenda} cannot be read: {reason}.")
        ) from error


def _decided(agenda: Path, before: bytes | None) -> "frozenset[tuple[str, str]]":
    """What the list tells that forms have added and people have decided of."""
    from beroenden.interop.questionnaire.agenda import decided

    with _named(agenda):
        return frozenset() if before is None else decided(before)


def _with_list(
    agenda: Path, before: bytes | None, left: "list[Entry]", answers: "Answers", network: "Network"
) -> bytes | None:
    """The list with what is left to take up; None where there is nothing to write."""
    from datetime import date

    from beroenden.interop.questionnaire.agenda import agenda_csv
    from beroenden.interop.questionnaire.settled import why_settled

    with _named(agenda):
        listed = agenda_csv(left, before, why_settled(answers, network, date.today()))
    return listed if left or (before is not None and listed != before) else None


@contextmanager
def _named(agenda: Path) -> Iterator[None]:
    """What is no list is told with the file's name."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"{agenda}: {error}") from error


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


def _remarks_are_only_listed() -> None:
    """Warn of what is said of what goes, which nothing keeps without a list."""
    text = say(
        "Varning: anmärkningen vid det som tas bort skrivs inte in i modellen, den står bara i listan: ge kommandot med --list FIL.csv.",
        "Warning: the remark on what is removed is not written into the model, it is only in the list: give the command with "
        "--list FILE.csv.",
    )
    click.echo(text, err=True)


def _dict(answers: "Answers", applied: "tuple[Finding, ...]") -> dict[str, object]:
    return {
        "schema": "beroenden/form-import/1",
        "actor": answers.actor,
        "written": [],
        "changes": [one.to_dict() for one in answers.changes],
        "unknown": [str(one) for one in answers.unknown],
        "on_others": [one.to_dict() for one in answers.on_others],
        "unsure": [str(one) for one in answers.unsure],
        "outrun": [one.to_dict() for one in answers.outrun],
        "unseen": [one.to_dict() for one in answers.unseen],
        "absent": [str(one) for one in answers.absent],
        "claimed": [one.to_dict() for one in answers.claimed],
        "alike": [one.to_dict() for one in answers.likenesses],
        "remarks": [one.to_dict() for one in answers.remarks],
        "findings": [one.to_dict() for one in (*answers.findings, *applied)],
    }


def _show(answers: "Answers", differences: list[tuple[str, ...]], dry_run: bool) -> None:
    """What the answer changes, what it says is unknown, and what it says of others."""
    if answers.changes:
        count = len(answers.changes)
        heading(
            say(
                f"{answers.actor}: {count} {'ändring' if count == 1 else 'ändringar'}",
                f"{answers.actor}: {count} {'change' if count == 1 else 'changes'}",
            )
        )
        heads = (say("Vad", "What"), say("Uppgift", "Information"), say("Före", "Before"), say("Efter", "After"))
        table(heads, differences)
    else:
        line(say("Formuläret ändrar inget i modellen.", "The form changes nothing in the model."))
    if answers.unknown:
        line(say("Känt som okänt: ", "Known to be unknown: ") + "; ".join(map(str, answers.unknown)))
    disagreeing = sum(one.agrees is False for one in answers.on_others)
    unsure = sum(one.agrees is None for one in answers.on_others)
    if answers.on_others:
        count = len(answers.on_others)
        line(
            say(
                f"Svar på vad andra säger: {count}, varav nej: {disagreeing}, okänt: {unsure}.",
                f"Answers on what others say: {count}, of which no: {disagreeing}, unknown: {unsure}.",
            )
        )
    if dry_run and answers.changes:
        line(say("Inget är skrivet (--dry-run).", "Nothing is written (--dry-run)."))


def _show_left(left: "list[Entry]") -> None:
    """What there is to take up, and with whom."""
    from beroenden.interop.questionnaire.agenda import SHOWN

    heading(say("Att ta upp", "To take up"))
    heads = (
        say("Ärende", "Matter"),
        say("Gäller", "About"),
        say("Uppgift", "Information"),
        say("Kommentar", "Comment"),
        say("Ta upp med", "Take up with"),
    )
    table(heads, (tuple(_short(one[name]) for name in SHOWN) for one in left))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
