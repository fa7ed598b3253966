"""beroenden lagesbild"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, json_option, load_network, model_argument, write_file, write_json, wrote
from beroenden.cli.documents import Ground, check_ending, document_options, ground_of, write_made
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.documents.document import Document
    from beroenden.incident.lagesbild.situation import Order, Situation
    from beroenden.model.network import Network

FORMS = ("intern", "delgivning", "samlad", "soes", "kontakter")


@command(
    "Skriv en lägesbild som utkast: FAKTA och PROGNOS ifyllda, resten lämnat till människor.",
    "Write a draft lägesbild (situation report): FAKTA and PROGNOS filled in, the rest left to people.",
    "beroenden lagesbild models/soes --scenario sample_data/scenarios/clearing-fore-den-20e.toml --actor forsakringskassan --at 2026-12-16T09:30 -o lagesbild.docx",
)
@model_argument
@document_options
@click.option(
    "--actor",
    metavar="ID",
    help=say(
        "Aktören, eller ”affected” för alla drabbade; förvalt den vars logg det är.",
        'The actor, or "affected" for all that are; by default the one whose log it is.',
    ),
)
@click.option(
    "--form",
    type=click.Choice(FORMS),
    default="intern",
    show_default=True,
    help=say("Vilken lägesbild.", "Which situation report."),
)
@click.option(
    "--disclose",
    "disclosed",
    multiple=True,
    metavar=say("AVSNITT", "SECTION"),
    help=say(
        "Avsnitt av det modellberäknade som delges, t.ex. prognos.betalningar eller prognos; kan upprepas.",
        "Section of the computed that is shared, e.g. prognos.betalningar or prognos; can be repeated.",
    ),
)
@click.option(
    "--heading",
    "audience",
    type=click.Choice(["aktörer", "sektorn"]),
    default="aktörer",
    show_default=True,
    help=say(
        "Rubrikerna i en delgivning: vi vill delge andra aktörer, eller sektorn.",
        "The headings of a delgivning: what we want to share with other actors, or the sector.",
    ),
)
@click.option(
    "--approved-by",
    default="",
    metavar=say("FUNKTION", "ROLE"),
    help=say(
        "Funktionen som har godkänt: lägesbilden numreras och noteras i loggen; en delgivning blir även en fil att skicka.",
        "The role that approved: the report is numbered and recorded in the log; a delgivning also becomes a file to send.",
    ),
)
@click.option(
    "--draws",
    type=click.IntRange(10, 100_000),
    default=200,
    show_default=True,
    help=say("Dragningar när längder är osäkra.", "Draws where lengths are uncertain."),
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help=say("Frö för dragningarna.", "The seed of the draws."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help=say(
        "Filen (.md, .html, .docx); en mapp när aktören är ”affected”.",
        'The file (.md, .html, .docx); a folder when the actor is "affected".',
    ),
)
@click.option(
    "--format",
    "ending",
    type=click.Choice(["md", "html", "docx"]),
    default="md",
    show_default=True,
    help=say("Filernas format när aktören är ”affected”.", 'The files\' format when the actor is "affected".'),
)
@json_option
def lagesbild(model: Path, actor: str | None, output: Path, ending: str, json_path: str | None, **options: Any) -> None:
    """Write one lägesbild, or one for each affected actor."""
    network = load_network(model)
    _check(network, actor, output, options)
    ground = ground_of(network, options)
    made = []
    for one, path in _targets(network, ground, actor, output, ending):
        document, situation, result = _made(ground, one, options, path)
        write_made(document, path, options["template"])
        made.append(result)
        _issue(ground, network, one, situation, path)
    write_json(json_path, {"schema": "beroenden/situations/1", "situations": made})


def _check(network: "Network", actor: str | None, output: Path, options: dict[str, Any]) -> None:
    """Refuse what does not go together before anything is computed."""
    from beroenden.incident.lagesbild.actors import check_actor

    if actor == "affected":
        if output.suffix:
            raise UsageError(
                say(
                    "-o ska vara en mapp när aktören är ”affected”.",
                    '-o should be a folder when the actor is "affected".',
                )
            )
    else:
        check_ending(output)
        if actor is not None:
            check_actor(network, actor)
    if options["form"] == "delgivning" and options["to"] is None:
        raise UsageError(
            say(
                "En delgivning har en mottagare: ange --to AKTÖR eller --to TLP:GREEN.",
                "A delgivning has a reader: give --to ACTOR or --to TLP:GREEN.",
            )
        )
    if options["form"] == "samlad" and options["incident_file"] is None:
        raise UsageError(
            say(
                "En samlad lägesbild görs av loggens mottagna delgivningar: ange --incident.",
                "A samlad lägesbild is made of the delgivningar that the log has received: give --incident.",
            )
        )


def _targets(
    network: "Network", ground: Ground, actor: str | None, output: Path, ending: str
) -> list[tuple[str, Path]]:
    """Each actor and its file."""
    from beroenden.incident.lagesbild.actors import affected_actors, check_actor

    if actor == "affected":
        found = [one for one in affected_actors(ground.basis.outcome) if one not in ground.basis.network.withheld]
        if not found:
            click.echo(say("Ingen aktör drabbas.", "No actor is affected."), err=True)
        return [(one, output / f"lagesbild-{one}.{ending}") for one in found]
    one = actor or (ground.log.incident.actor if ground.log else None)
    if one is None:
        raise UsageError(say("Ange --actor ID, eller ”affected”.", 'Give --actor ID, or "affected".'))
    check_actor(network, one)
    return [(one, output)]


def _made(
    ground: Ground, actor: str, options: dict[str, Any], path: Path
) -> "tuple[Document, Situation | None, dict[str, Any]]":
    """The document on the form that was asked for, the lägesbild that it says, and its JSON."""
    from beroenden.documents import lagesbild as forms
    from beroenden.incident.lagesbild.situation import situation

    form = options["form"]
    if form == "kontakter":
        return _contacts(ground, actor)
    made = situation(ground.basis, actor, _order(ground, options))
    if form == "samlad":
        from beroenden.documents.combined import combined_document
        from beroenden.incident.combined import combine

        combined = combine(ground.basis, made)
        return combined_document(combined), made, combined.to_dict()
    if form == "soes":
        return forms.four_fields(made), made, made.to_dict()
    pictures = None if path.suffix == ".md" else forms.pictures_of(ground.basis, made)
    if form == "delgivning":
        return forms.sharing(made, pictures, options["audience"]), made, made.to_dict()
    return forms.internal(made, pictures), made, made.to_dict()


def _contacts(ground: Ground, actor: str) -> "tuple[Document, None, dict[str, Any]]":
    from beroenden.documents.contacts import contacts_document
    from beroenden.incident.contacts import contact_list, shared_systems, to_dict

    document = contacts_document(ground.basis, actor, is_exercise=ground.is_exercise, lowered=ground.lowered)
    return document, None, to_dict(contact_list(ground.basis, actor), shared_systems(ground.basis, actor))


def _order(ground: Ground, options: dict[str, Any]) -> "Order":
    from beroenden.incident.lagesbild.situation import Order
    from beroenden.incident.lagesbild.uncertainty import Sampling
    from beroenden.incident.log.entries import Decision

    log = ground.log and ground.log.as_of(ground.basis.at)
    decided = [section for one in (log.of(Decision) if log else ()) for section in one.discloses]
    return Order(
        form=options["form"],
        to=ground.to,
        is_exercise=ground.is_exercise,
        disclosed=(*options["disclosed"], *decided),
        sampling=Sampling(options["draws"], options["seed"]),
        approved_by=options["approved_by"],
        lowered=ground.lowered,
    )


def _issue(ground: Ground, network: "Network", actor: str, situation: "Situation | None", path: Path) -> None:
    """Record an approved lägesbild, and a lowered label, in the log; write an approved delgivning as a file to send."""
    from beroenden.incident.exchange.files import to_exchange
    from beroenden.incident.lagesbild.issue import record_issue, record_lowering

    log, log_file = ground.log, ground.path
    if log is not None and log_file is not None and ground.lowered is not None:
        record_lowering(log_file, log, ground.basis.at, ground.to, ground.lowered, network)
    if situation is None or not situation.approved_by:
        return
    if situation.form == "delgivning":
        target = path.with_suffix(".toml")
        write_file(target, to_exchange(situation))
        wrote(target)
    if log_file is not None:
        record_issue(log_file, actor, situation, network)
        message = say(
            f"Noterad i {log_file} som nummer {situation.number}.",
            f"Recorded in {log_file} as number {situation.number}.",
        )
        click.echo(message, err=True)
