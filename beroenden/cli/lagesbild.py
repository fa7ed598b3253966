"""beroenden lagesbild"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, keep_and_write, load_network, model_argument, write_json
from beroenden.cli.documents import Ground, check_ending, document_options, ground_of, record_lowered, rendered
from beroenden.cli.moments import typed_time
from beroenden.cli.printable import clean
from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.documents.document import Document
    from beroenden.incident.lagesbild.situation import Order, Situation
    from beroenden.model.network import Network

FORMS = ("intern", "kort", "delgivning", "allmanhet", "samlad", "soes", "kontakter")


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
    shell_complete=ids.of_actors,
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
    help=say(
        "Vilken lägesbild; kort är det viktigaste, besluten och det okända på högst två sidor, allmanhet det som får stå öppet.",
        "Which situation report; kort is the key points, decisions and unknowns on at most two pages, allmanhet what is for the public.",
    ),
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
    "--prepared-by",
    default="",
    metavar=say("FUNKTION", "ROLE"),
    help=say("Funktionen som har upprättat den, till huvudet.", "The role that prepared it, for the head."),
)
@click.option(
    "--next",
    "next_time",
    metavar=say("TID", "TIME"),
    help=say("När nästa lägesbild kommer, till huvudet.", "When the next report comes, for the head."),
)
@click.option(
    "--draws",
    type=click.IntRange(10, 100_000),
    metavar="N",
    default=200,
    show_default=True,
    help=say("Dragningar när längder är osäkra.", "Draws where lengths are uncertain."),
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    metavar="N",
    default=1,
    show_default=True,
    help=say("Frö för dragningarna.", "The seed of the draws."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("SÖKVÄG", "PATH"),
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
    if options["form"] == "allmanhet":
        options["to"] = _everyone(options["to"])
    ground = ground_of(network, options, only_disclosed=options["form"] in ("delgivning", "allmanhet"))
    _warn_of_others_log(ground, network, actor, options["to"])
    made = [_made(ground, one, options, path) for one, path in _targets(network, ground, actor, output, ending)]
    record_lowered(ground, network)
    for one in made:
        _tell(ground, one, options["disclosed"])
        _issue(ground, network, one)
        keep_and_write(one.path, one.content)
    results = [one.result for one in made]
    write_json(json_path, {"schema": "beroenden/situations/1", "situations": results})


@dataclass(frozen=True)
class _Made:
    """A lägesbild that is ready to be written: its file, its JSON, and the file to send where it is a delgivning."""

    actor: str
    path: Path
    content: bytes
    situation: "Situation | None"
    result: dict[str, Any]
    to_send: str = ""


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
    _check_sharing(options)
    if options["form"] == "delgivning" and options["to"] is None:
        raise UsageError(
            say(
                "En delgivning har en mottagare: ange --to AKTÖR eller --to TLP:GREEN.",
                "A delgivning has a reader: give --to ACTOR or --to TLP:GREEN.",
            )
        )
    if options["form"] == "delgivning" and options["to"].upper() == "TLP:CLEAR":
        message = say(
            "En delgivning är för andra aktörer. För allmänheten finns --form allmanhet.",
            "A delgivning is for other actors. For the public there is --form allmanhet.",
        )
        click.echo(message, err=True)
    if options["form"] in ("intern", "kort") and options["to"] is not None:
        message = say(
            f"Varning: formen {options['form']} är för det egna huset, också när den bara innehåller vad {options['to']} får "
            "läsa. Formen för andra är delgivning (--form delgivning): där finns bara det som är valt att delas.",
            f"Warning: the form {options['form']} is for the own house, also when it holds only what {options['to']} may "
            "read. The form for others is delgivning (--form delgivning): it holds only what was chosen for sharing.",
        )
        click.echo(clean(message), err=True)
    if options["form"] == "samlad" and options["incident_file"] is None:
        raise UsageError(
            say(
                "En samlad lägesbild görs av loggens mottagna delgivningar: ange --incident.",
                "A samlad lägesbild is made of the delgivningar that the log has received: give --incident.",
            )
        )


def _warn_of_others_log(ground: Ground, network: "Network", actor: str | None, to: str | None) -> None:
    """Say that a paper for another actor holds what the log's own house has entered for itself."""
    owner = None if ground.log is None else ground.log.incident.actor
    if owner is None or to is not None or actor in (None, owner):
        return
    whose = network.entity[owner].name
    message = say(
        f"Loggen är förd av {whose}: allt i den står i lägesbilden, även åtgärder och beslut. Lämna den inte ut så; det som delas "
        "görs med --form delgivning --to MOTTAGARE.",
        f"The log was kept by {whose}: all of it is in the situation report, measures and decisions too. Do not hand it on so; "
        "what is shared is made with --form delgivning --to READER.",
    )
    click.echo(clean(message), err=True)


def _everyone(to: str | None) -> str:
    """The reader of what is for the public."""
    if to is not None and to.upper() not in ("TLP:CLEAR", "TLP:WHITE"):
        message = f"Formen allmanhet är för alla (TLP:CLEAR), inte för {to}."
        raise UsageError(say(message, f"The form allmanhet is for everyone (TLP:CLEAR), not for {to}."))
    return "TLP:CLEAR"


def _check_sharing(options: dict[str, Any]) -> None:
    """Refuse sections that are none, and an approval by nobody or of what is not approved."""
    from beroenden.incident.log.fields import computed_sections

    known = computed_sections()
    for one in options["disclosed"]:
        if one not in known:
            near = did_you_mean(one, known)
            hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
            there = say(f" Det finns {', '.join(known)}.", f" There are {', '.join(known)}.")
            raise UsageError(say(f"”{one}” är inget avsnitt.", f'"{one}" is no section.') + (hint or there))
    if options["approved_by"] and not options["approved_by"].strip():
        raise UsageError(say("--approved-by är tomt; ange funktionen.", "--approved-by is empty; give the role."))
    if options["approved_by"] and options["form"] == "kontakter":
        raise UsageError(say("En kontaktlista godkänns inte.", "A contact list is not approved."))


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


def _made(ground: Ground, actor: str, options: dict[str, Any], path: Path) -> _Made:
    """Everything that is written of one lägesbild; nothing is written before all of it could be made."""
    from beroenden.cli.incident_sharing import refuse_only_instructions
    from beroenden.incident.exchange.files import to_exchange

    document, situation, result = _document(ground, actor, options, path)
    if situation is not None:
        refuse_only_instructions(situation)
    document = _headed(document, situation, options)
    is_sent = situation is not None and situation.form == "delgivning" and situation.approved_by
    to_send = to_exchange(situation) if situation is not None and is_sent else ""
    if to_send and ground.path is not None and path.with_suffix(".toml").resolve() == ground.path.resolve():
        raise UsageError(
            say(
                f"Filen att skicka skulle skriva över loggen {ground.path}; ge -o ett annat namn.",
                f"The file to send would overwrite the log {ground.path}; give -o another name.",
            )
        )
    return _Made(actor, path, rendered(document, path, options["template"]), situation, result, to_send)


def _headed(document: "Document", situation: "Situation | None", options: dict[str, Any]) -> "Document":
    """The document with who prepared it and when the next one comes in its head.

    Raises:
        UsageError: when its form has no such rows, or the next one would not come later.
    """
    values: dict[str, str] = {}
    if options["prepared_by"]:
        values["upprattad_av"] = options["prepared_by"].strip()
    if options["next_time"] and situation is not None:
        moment = typed_time("--next", options["next_time"], situation.timezone, situation.at)
        if moment <= situation.at:
            raise UsageError(
                say("--next är inte efter läget per; skriv dagen.", "--next is not after the as-of time; give the day.")
            )
        values["nasta"] = situation.time_text(moment)
    lacking = {"upprattad_av": "--prepared-by", "nasta": "--next"}
    for row in document.header:
        lacking.pop(row.key, None)
    given = [flag for key, flag in lacking.items() if options["prepared_by" if key == "upprattad_av" else "next_time"]]
    if given:
        flags = ", ".join(given)
        raise UsageError(
            say(
                f"Formen {options['form']} har ingen rad för {flags}.",
                f"The form {options['form']} has no row for {flags}.",
            )
        )
    return replace(
        document, header=tuple(replace(row, value=values.get(row.key, row.value)) for row in document.header)
    )


def _document(
    ground: Ground, actor: str, options: dict[str, Any], path: Path
) -> "tuple[Document, Situation | None, dict[str, Any]]":
    """The document on the form that was asked for, the lägesbild that it says, and its JSON."""
    from beroenden.documents import lagesbild as forms
    from beroenden.incident.lagesbild.situation import situation

    form = options["form"]
    if form == "kontakter":
        return _contacts(ground, actor)
    made = situation(ground.basis, actor, _order(ground, actor, options))
    if form == "samlad":
        from beroenden.documents.combined import combined_document
        from beroenden.incident.combined import combine

        combined = combine(ground.basis, made)
        return combined_document(combined), made, combined.to_dict()
    if form == "allmanhet":
        from beroenden.documents.public import public

        return public(made), made, made.to_dict()
    if form == "kort":
        return forms.short(made), made, made.to_dict()
    if form == "soes":
        return forms.four_fields(made), made, made.to_dict()
    pictures = None if path.suffix == ".md" else forms.pictures_of(ground.basis, made)
    if form == "delgivning":
        return forms.sharing(made, pictures, options["audience"]), made, made.to_dict()
    return forms.internal(made, pictures), made, made.to_dict()


def _contacts(ground: Ground, actor: str) -> "tuple[Document, None, dict[str, Any]]":
    from beroenden.documents.contacts import contacts_document
    from beroenden.incident.contacts import contact_list, to_dict
    from beroenden.incident.responsibility import shared_systems

    document = contacts_document(ground.basis, actor, is_exercise=ground.is_exercise, lowered=ground.lowered)
    return document, None, to_dict(contact_list(ground.basis, actor), shared_systems(ground.basis, actor))


def _order(ground: Ground, actor: str, options: dict[str, Any]) -> "Order":
    from beroenden.incident.lagesbild.issue import highest_number
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
        approved_by=options["approved_by"].strip(),
        lowered=ground.lowered,
        issued=highest_number(ground.log, actor, options["form"], ground.to) if ground.log else 0,
    )


def _tell(ground: Ground, made: _Made, disclosed: tuple[str, ...]) -> None:
    """Say what goes along in a delgivning, and that a log holds no outage."""
    from beroenden.cli.incident_sharing import tell_what_goes_along, warn_of_named_anyway, warn_of_no_outage

    situation, log = made.situation, ground.log and ground.log.as_of(ground.basis.at)
    if situation is None:
        return
    if situation.form == "delgivning":
        tell_what_goes_along(situation, log, disclosed)
    warn_of_named_anyway(situation, ground.basis)
    if situation.approved_by:
        warn_of_no_outage(situation, log)


def _issue(ground: Ground, network: "Network", made: _Made) -> None:
    """Record an approved lägesbild in the log; then write an approved delgivning as a file to send."""
    from beroenden.incident.lagesbild.issue import record_issue

    if made.situation is None or not made.situation.approved_by:
        return
    if ground.path is not None:
        record_issue(ground.path, made.actor, made.situation, network)
        number, whose = made.situation.number, f"{made.situation.form}, {made.situation.actor_name}"
        to = say(f" till {made.situation.to_name}", f" to {made.situation.to_name}") if made.situation.to else ""
        message = say(
            f"Noterad i {ground.path} som nummer {number} ({whose}{to}).",
            f"Recorded in {ground.path} as number {number} ({whose}{to}).",
        )
        click.echo(clean(message), err=True)
    if made.to_send:
        keep_and_write(made.path.with_suffix(".toml"), made.to_send.encode())
