"""beroenden conference"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, load_network, model_argument, write_json
from beroenden.cli.documents import check_ending, document_options, ground_of, output_option, record_lowered, write_made
from beroenden.cli.moments import typed_time
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.incident.agenda import Purpose
    from beroenden.incident.conference import How
    from beroenden.model.network import Network


@command(
    "Förbered en samverkanskonferens i FSPOS form: inbjudan, deltagare, agenda, underlag, frågor och beslutslogg.",
    "Prepare a samverkanskonferens (cooperation conference) in FSPOS' form: invitation, participants, agenda, ground, questions and decision log.",
    "beroenden conference models/soes --incident logg.toml --purpose picture --purpose actions --time 2026-12-16T10:30 --how video -o konferens.docx",
)
@model_argument
@document_options
@click.option(
    "--actor",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say("Sammankallande aktör; förvalt den vars logg det är.", "Who convenes; by default whose log it is."),
)
@click.option(
    "--purpose",
    "purposes",
    type=click.Choice(["information", "picture", "actions", "messages"]),
    multiple=True,
    default=("information", "picture"),
    show_default=True,
    help=say(
        "Syfte: informationsdelning, samlad lägesbild, samordnande åtgärder, koordinerade budskap; kan upprepas.",
        "Purpose: information sharing, joint picture, coordinated measures, coordinated messages; can be repeated.",
    ),
)
@click.option(
    "--time",
    "meeting",
    metavar=say("TID", "TIME"),
    help=say("När mötet börjar; lämnas annars tomt.", "When the meeting begins; otherwise left blank."),
)
@click.option(
    "--how",
    type=click.Choice(["telefon", "webb", "video", "fysiskt"]),
    help=say("Form; lämnas annars tom.", "Form; otherwise left blank."),
)
@click.option(
    "--instructions",
    default="",
    metavar="TEXT",
    help=say("Hur man deltar: uppringning, möteskoder.", "How to take part: dialling in, meeting codes."),
)
@output_option
@json_option
def conference(
    model: Path,
    actor: str | None,
    purposes: tuple[str, ...],
    meeting: str | None,
    how: str | None,
    instructions: str,
    output: Path,
    json_path: str | None,
    **options: Any,
) -> None:
    """Write the conference's papers."""
    from beroenden.documents.conference import conference_document
    from beroenden.incident.conference import Invitation
    from beroenden.incident.conference import conference as prepare
    from beroenden.incident.lagesbild.actors import check_actor

    check_ending(output)
    network = load_network(model)
    if actor is not None:
        check_actor(network, actor)
    ground = ground_of(network, options)
    time = None if meeting is None else typed_time("--time", meeting, network.timezone, ground.basis.at)
    one = actor or (ground.log.incident.actor if ground.log else None)
    if one is None:
        raise UsageError(say("Ange --actor ID (vem som sammankallar).", "Give --actor ID (who convenes)."))
    invitation = Invitation(
        purposes=cast("tuple[Purpose, ...]", purposes),
        time=time,
        how=cast("How | None", how),
        instructions=instructions,
        to=ground.to,
        is_exercise=ground.is_exercise,
        lowered=ground.lowered,
    )
    made = prepare(ground.basis, one, invitation)
    if time is not None and time < made.at:
        _warn(time, made.at, network)
    write_made(conference_document(made), output, options["template"])
    record_lowered(ground, network)
    write_json(json_path, made.to_dict())


def _warn(time: int, at: int, network: "Network") -> None:
    from beroenden.units.times import short_time, time_zone

    zone = time_zone(network.timezone)
    meeting, known = short_time(time, zone), short_time(at, zone)
    message = say(
        f"Mötet ({meeting}) ligger före läget per ({known}); stämmer --time och --at?",
        f"The meeting ({meeting}) is before the as-of time ({known}); are --time and --at right?",
    )
    click.echo(message, err=True)
