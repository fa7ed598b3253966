"""What the commands that make documents share: what they are made from, who they are for, and the file they become."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import keep_and_write
from beroenden.cli.logged import incident_option, known_given, log_given
from beroenden.cli.printable import clean
from beroenden.cli.scenarios import scenario_of, scenario_options
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.documents.document import Document
    from beroenden.incident.basis import Basis
    from beroenden.incident.known import Known
    from beroenden.incident.log.entries import Log
    from beroenden.model.network import Network
    from beroenden.sharing.viewer import Viewer

ENDINGS = (".md", ".html", ".docx")
_LISTED = 5
"""Entries that are named where many are left out."""

_OPTIONS = (
    incident_option,
    click.option(
        "--to",
        "--tlp",
        "to",
        metavar=say("AKTÖR|MÄRKNING", "ACTOR|LABEL"),
        shell_complete=ids.of_readers,
        help=say(
            "Mottagaren: en aktör, eller en märkning som TLP:GREEN. Vad den inte får se finns inte i dokumentet.",
            "The reader: an actor, or a label such as TLP:GREEN. What it may not see is not in the document.",
        ),
    ),
    click.option(
        "--lower-label",
        "lowered",
        metavar=say("MÄRKNING", "LABEL"),
        help=say(
            "Dela ändå uppgifter upp till denna märkning; kräver --by och noteras.",
            "Share information up to this label all the same; needs --by and is recorded.",
        ),
    ),
    click.option(
        "--by",
        metavar=say("FUNKTION", "ROLE"),
        help=say("Funktionen som har beslutat att sänka märkningen.", "The role that decided to lower the label."),
    ),
    click.option(
        "--exercise/--live",
        "is_exercise",
        default=None,
        help=say(
            "ÖVNING eller SKARPT; följer loggen, och är annars ÖVNING.",
            "Exercise or live; follows the log, and is otherwise exercise.",
        ),
    ),
    click.option(
        "--lang",
        type=click.Choice(["sv", "en"]),
        default="sv",
        show_default=True,
        help=say("Dokumentets språk.", "The language of the document."),
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path),
        metavar=say("MALL.docx", "TEMPLATE.docx"),
        help=say("Egen Word-mall; se beroenden template.", "A Word template of your own; see beroenden template."),
    ),
)


output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("FIL", "FILE"),
    help=say("Filen: .md, .html eller .docx.", "The file: .md, .html or .docx."),
)
actor_option = click.option(
    "--actor",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say("Aktören; förvalt den vars logg det är.", "The actor; by default the one whose log it is."),
)


def document_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what a document is made from, for whom, and how it looks."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return scenario_options(command)


@dataclass(frozen=True)
class Ground:
    """What a document is made from.

    Attributes:
        log: The whole log; None when it is made from a scenario.
        lowered: (label, role) where a label was lowered.
    """

    basis: "Basis"
    log: "Log | None"
    path: Path | None
    to: str
    is_exercise: bool
    lowered: tuple[str, str] | None


def ground_of(network: "Network", options: Mapping[str, Any], *, only_disclosed: bool = False) -> Ground:
    """What the options of `document_options` describe, simulated and as far as the reader may see it.

    Raises:
        UsageError: for options that do not go together.
        FaultyFilesError: for a scenario or log with errors.
    """
    from beroenden.incident.basis import basis
    from beroenden.incident.known import known_from

    viewer, lowered = _viewer(network, options)
    path: Path | None = options["incident_file"]
    log = None if path is None else log_given(path, network, options)
    known = known_from(scenario_of(network, options)) if log is None else known_given(log, network, options["at"])
    made = basis(
        network,
        known,
        viewer,
        with_events=options["with_events"],
        language=options["lang"],
        only_disclosed=only_disclosed,
    )
    if log is not None:
        _tell_later(log, made.at, network)
    if log is not None and viewer is not None:
        _tell_left_out(log.as_of(made.at), made, network, viewer, with_requests=only_disclosed)
    if log is not None and only_disclosed:
        _tell_unchosen(log.as_of(made.at), known, viewer)
    _tell_unnamed(made, network)
    for entry in made.held_back:
        message = say(
            f"Hålls inne: {entry.id} nämner något som mottagaren inte får se.",
            f"Held back: {entry.id} names something that the reader may not see.",
        )
        click.echo(clean(message), err=True)
    return Ground(made, log, path, options["to"] or "", _is_exercise(log, options["is_exercise"]), lowered)


def _tell_later(log: "Log", at: int, network: "Network") -> None:
    """Say which entries of a log lie after the as-of time and are therefore left out."""
    from beroenden.incident.log.entries import Issued
    from beroenden.units.times import short_time, time_zone

    later = [one for one in log.standing if one.time > at and not isinstance(one, Issued)]
    if not later:
        return
    zone = time_zone(network.timezone)
    first, moment = short_time(later[0].time, zone), short_time(at, zone)
    ids = ", ".join(one.id for one in later[:_LISTED]) + (", …" if later[_LISTED:] else "")
    message = say(
        f"Loggen har {len(later)} {'post' if len(later) == 1 else 'poster'} efter läget per {moment}, från {first}; inte med "
        f"här: {ids}.",
        f"The log has {len(later)} {'entry' if len(later) == 1 else 'entries'} after the as-of time {moment}, from {first}; "
        f"left out here: {ids}.",
    )
    click.echo(clean(message), err=True)


def _tell_left_out(
    log: "Log", basis: "Basis", network: "Network", viewer: "Viewer", *, with_requests: bool = False
) -> None:
    """Say which entries were chosen for sharing and are yet left out, and why; in a delgivning also of requests to others."""
    from beroenden.cli.incident_sharing import tell_left_out, to_another

    there = {*(basis.log.entry if basis.log else ()), *(entry.id for entry in basis.held_back)}
    left = [
        one
        for one in log.entries
        if one.disclose and (one.id not in there or (with_requests and to_another(one, viewer)))
    ]
    tell_left_out(log, left, network, viewer)


def _tell_unnamed(made: "Basis", network: "Network") -> None:
    """Say which payments the paper does not name as late, since what is known of a fault in the file is not for its reader."""
    unread = [payment.name for payment in network.payments if payment.id in made.unread]
    if unread:
        names = ", ".join(unread)
        message = say(
            f"Nämns inte som sena: {names}. Något som är känt om ett fel i filen får mottagaren inte läsa.",
            f"Not named as late: {names}. Something that is known of a fault in the file may not be read by the reader.",
        )
        click.echo(clean(message), err=True)


def _tell_unchosen(log: "Log", known: "Known", viewer: "Viewer | None") -> None:
    """Say which outages and levels a delgivning leaves unnamed because they were not chosen for sharing.

    Args:
        log: As it stood.
        known: What is reckoned with.
        viewer: The reader, who may always be told what it has shared itself.
    """
    from beroenden.incident.log.entries import Observation, OutageEntry
    from beroenden.incident.reported import OBSERVED, latest_received
    from beroenden.incident.said import holds_level

    of_others = (
        one
        for one in latest_received(log)
        if (viewer is None or one.sender != viewer.actor)
        and any(
            claim.aspect in ("start", OBSERVED) and claim.subject in known.by_others
            for said in one.statements
            for claim in said.claims
        )
    )
    entries = (*log.of(OutageEntry), *(one for one in log.of(Observation) if holds_level(one)), *of_others)
    reports = {one.id for one in known.reports if one is not None}
    unchosen = [one for one in entries if not one.disclose]
    fears = [one.id for one in unchosen if one.status == "feared" and one.id not in reports]
    if counted := [one.id for one in unchosen if one.id not in fears]:
        _tell_unnamed_ids(counted, say("nämns inte, men räknas med", "not named, but counted"))
    if fears:
        _tell_unnamed_ids(fears, say("befaras, nämns inte och räknas inte", "feared, not named and not counted"))


def _tell_unnamed_ids(ids: Sequence[str], how: str) -> None:
    listed = ", ".join(ids)
    message = say(
        f"{listed} är inte {'vald' if len(ids) == 1 else 'valda'} för delgivning (disclose): {how}.",
        f"{listed} {'was' if len(ids) == 1 else 'were'} not chosen for sharing (disclose): {how}.",
    )
    click.echo(clean(message), err=True)


def record_lowered(ground: Ground, network: "Network") -> None:
    """Note in the log that a label was lowered."""
    from beroenden.incident.lagesbild.issue import record_lowering

    if ground.log is not None and ground.path is not None and ground.lowered is not None:
        record_lowering(ground.path, ground.log, ground.basis.at, ground.to, ground.lowered, network)


def _viewer(network: "Network", options: Mapping[str, Any]) -> "tuple[Viewer | None, tuple[str, str] | None]":
    from beroenden.sharing.viewer import read_label, viewer_for

    to, label, by = options["to"], options["lowered"], options["by"]
    if label is None and by:
        raise UsageError(say("--by hör till --lower-label.", "--by goes with --lower-label."))
    if label is None:
        return (None if to is None else viewer_for(network, to)), None
    if to is None or not by:
        raise UsageError(
            say(
                "--lower-label kräver --to (vem som får läsa) och --by (funktionen som har beslutat det).",
                "--lower-label needs --to (who may read) and --by (the role that decided so).",
            )
        )
    return viewer_for(network, to, lowered=label), (read_label(label), by)


def _is_exercise(log: "Log | None", given: bool | None) -> bool:
    if log is None:
        return given is not False
    if given is not None and given != log.incident.is_exercise:
        is_, asked = ("ÖVNING", "SKARPT") if log.incident.is_exercise else ("SKARPT", "ÖVNING")
        raise UsageError(
            say(
                f"Loggen är märkt {is_}; dokumentet kan inte märkas {asked}.",
                f"The log is marked {is_}; the document cannot be marked {asked}.",
            )
        )
    return log.incident.is_exercise


def check_ending(path: Path) -> None:
    """Refuse a file whose ending names no format.

    Raises:
        UsageError: naming the endings that do.
    """
    if path.suffix.lower() not in ENDINGS:
        raise UsageError(
            say(
                f"{path.name}: filens ändelse säger formatet; ange .md, .html eller .docx.",
                f"{path.name}: the file's ending says the format; give .md, .html or .docx.",
            )
        )


def write_made(document: "Document", path: Path, template: Path | None = None) -> None:
    """Write a document in the format that the file's ending names; an earlier file is kept beside it, numbered.

    Raises:
        UsageError: for an unknown ending, a template that is none or is for another format, or no place to write.
    """
    keep_and_write(path, rendered(document, path, template))


def rendered(document: "Document", path: Path, template: Path | None = None) -> bytes:
    """A document in the format that a file's ending names.

    Raises:
        UsageError: for an unknown ending, or a template that is none or is for another format.
    """
    check_ending(path)
    ending = path.suffix.lower()
    if template is not None and ending != ".docx":
        raise UsageError(say("--template hör till .docx.", "--template goes with .docx."))
    if ending == ".docx":
        from beroenden.documents import word

        if template is not None:
            _warn(template, document.form)
        return word.render(document, template)
    if ending == ".html":
        from beroenden.documents import html

        return html.render(document).encode()
    from beroenden.documents import markdown

    return markdown.render(document).encode()


def _warn(template: Path, form: str) -> None:
    """Say what of a document a template leaves out."""
    from beroenden.documents.template import check, warnings

    for warning in warnings(check(template, form)):
        click.echo(say(f"Varning: {warning}", f"Warning: {warning}"), err=True)
