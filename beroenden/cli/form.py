"""beroenden form"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, keep_and_write, load_network, model_argument, write_json
from beroenden.errors import UsageError
from beroenden.language import say, writing_in
from beroenden.model.names import file_name

if TYPE_CHECKING:
    from beroenden.interop.questionnaire.content import Form
    from beroenden.model.network import Network


@command(
    "Skriv formuläret som en aktör svarar i: dess resurser, behov och betalningar ifyllda, och vad andra säger om den. "
    "Bara det som aktören får se tas med. Svaret läses in med beroenden import form.",
    "Write the questionnaire that an actor answers in: its resources, needs and payments filled in, and what others say of it. "
    "Only what the actor may see is in it. The answer is read with beroenden import form.",
    "beroenden form models/soes --actor forsakringskassan -o fk.xlsx",
)
@model_argument
@click.option(
    "--actor", metavar="ID", shell_complete=ids.of_actors, help=say("Den som ska svara.", "Who is to answer.")
)
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help=say(
        "Ett formulär för varje aktör som har kontakt, är läsare (audience), betalar något eller svarar för något.",
        "A form for every actor that has a contact, is a reader (audience), pays something or answers for something.",
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("FIL", "FILE"),
    help=say(
        "Arbetsboken (.xlsx), eller en mapp för CSV-filer; med --all mappen för alla arbetsböcker.",
        "The workbook (.xlsx), or a folder for CSV files; with --all the folder for all workbooks.",
    ),
)
@click.option(
    "--reply-to",
    default="",
    metavar="TEXT",
    help=say("Vart svaret skickas; en funktionsbrevlåda.", "Where the answer is sent; a function's mailbox."),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Formulärets språk; kolumnerna heter detsamma.", "The language of the form; its columns are the same."),
)
@json_option
def form(
    model: Path,
    actor: str | None,
    is_all: bool,
    output: Path,
    reply_to: str,
    lang: Literal["sv", "en"],
    json_path: str | None,
) -> None:
    """Write the questionnaires, and tell what each holds."""
    from beroenden.interop.questionnaire.content import actors_of, can_answer, form_of

    if (actor is None) != is_all:
        raise UsageError(say("Ange antingen --actor ID eller --all.", "Give either --actor ID or --all."))
    if is_all and output.suffix.lower() == ".xlsx":
        raise UsageError(say(f"--all skriver till en mapp, inte {output}.", f"--all writes to a folder, not {output}."))
    network = load_network(model)
    if actor is not None:
        _is_actor(network, actor)
    asked = [one for one in actors_of(network) if can_answer(network, one)] if actor is None else [actor]
    made, forms = [], []
    for one in asked:
        with writing_in(lang):
            found = form_of(network, one)
            forms.append(found)
            files = _files(found, output / f"{file_name(one)}.xlsx" if is_all else output, reply_to)
        for path, content in files.items():
            keep_and_write(path, content)
        counts = {part: len(rows) for part, rows in found.rows.items()}
        made.append({"actor": one, "files": [str(path) for path in files], "rows": counts, "tlp": found.label})
    left = [one for one in actors_of(network) if one not in asked] if is_all else []
    _tell_left(left)
    _tell_alike(forms, model)
    _tell_unread(forms, model)
    write_json(json_path, {"schema": "beroenden/forms/1", "forms": made, "left_out": left})


def _is_actor(network: "Network", actor: str) -> None:
    """Refuse what somebody else answers for, with who does; and what is not there, with how it comes there."""
    from beroenden.errors import unknown_id
    from beroenden.interop.questionnaire.content import actors_of
    from beroenden.interop.slugs import Slugs

    if actor not in network.entity:
        unknown = unknown_id(say("aktör", "actor"), actor, {one: network.entity[one] for one in actors_of(network)})
        new = Slugs().of(actor)
        way = say(
            f" Är den ny, lägg till den först: beroenden edit add MODELL entity id={new} name=NAMN kind=authority",
            f" If it is new, add it first: beroenden edit add MODEL entity id={new} name=NAME kind=authority",
        )
        raise UsageError(f"{unknown}{way}")
    if actor in network.entity and (owner := network.actor_of(actor)) != actor:
        raise UsageError(
            say(
                f"{actor} får inget eget formulär: det är {owner} som svarar för den. Ange --actor {owner}.",
                f"{actor} has no form of its own: {owner} answers for it. Give --actor {owner}.",
            )
        )


def _tell_left(left: list[str]) -> None:
    """Who got no form, and how to get one."""
    if left:
        click.echo(
            say(
                f"Inget formulär för {len(left)} som varken har kontakt, läser, betalar eller svarar för något: {', '.join(left)}. Skriv "
                "det med --actor ID.",
                f"No form for {len(left)} that neither has a contact, reads, pays nor answers for anything: {', '.join(left)}. Write "
                "it with --actor ID.",
            ),
            err=True,
        )


def _tell_alike(forms: "list[Form]", model: Path) -> None:
    """The needs that an actor cannot tell apart, and how they get to be told apart."""
    from beroenden.interop.questionnaire.alike import twins

    for found in forms:
        for entity, numbers in twins(found):
            needs = found.network.entity[entity].needs
            which = ", ".join(f"needs[{one - 1}] ({' / '.join(needs[one - 1].providers)})" for one in numbers)
            command = f'beroenden edit set {model} {entity} "needs[{numbers[0] - 1}].what" TEXT'
            click.echo(
                say(
                    f"{entity} har {len(numbers)} behov som {found.actor.id} ser likadana: {which}. Olika svar om dem kan inte läsas in. "
                    f"Säg först vad vart och ett är till för, utan leverantörens namn: {command}",
                    f"{entity} has {len(numbers)} needs that {found.actor.id} sees alike: {which}. Different answers on them cannot be "
                    f"read. First say what each is for, without the name of the supplier: {command}",
                ),
                err=True,
            )


def _tell_unread(forms: "list[Form]", model: Path) -> None:
    """The suppliers that are not named to actors whom nothing makes readers, and how they become that."""
    from beroenden.interop.questionnaire.columns import NEEDS
    from beroenden.interop.questionnaire.content import is_stand_in
    from beroenden.sharing.viewer import viewer_for

    for found in forms:
        actor, rows = found.actor.id, found.rows[NEEDS.name]
        hidden = sum(is_stand_in(str(one.cells["till"])) for one in rows)
        if hidden and not any(one.actor == actor for one in found.network.audiences):
            reads = viewer_for(found.network, actor).label
            command = f"beroenden edit add {model} audience actor={actor} tlp={found.network.tlp}"
            click.echo(
                say(
                    f"{hidden} av {len(rows)} rader på bladet Behov visar inte {actor} vem som levererar, för {actor} läser {reads}. Ska "
                    f"den läsa mer: {command}",
                    f"{hidden} of {len(rows)} rows of the sheet Behov do not show {actor} who delivers, for {actor} reads {reads}. If it is "
                    f"to read more: {command}",
                ),
                err=True,
            )


def _files(found: "Form", output: Path, reply_to: str) -> dict[Path, bytes]:
    """What is written: a workbook, or CSV files in a folder."""
    from beroenden.interop.questionnaire.written import csv_files, xlsx

    if output.suffix.lower() == ".xlsx":
        return {output: xlsx(found, reply_to)}
    if output.suffix and not output.is_dir():
        raise UsageError(
            say(
                f"{output}: ange en fil .xlsx, eller en mapp för CSV.",
                f"{output}: give a file .xlsx, or a folder for CSV.",
            )
        )
    return {output / name: content for name, content in csv_files(found, reply_to).items()}
