"""beroenden incident import"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, json_option, write_json
from beroenden.cli.incident_asked import requests_told
from beroenden.cli.incident_feared import fears_told
from beroenden.cli.incident_fields import entry_time
from beroenden.cli.incident_log import log_argument, model_option, network_of, opened_log, tell
from beroenden.cli.incident_open import came_after_closing
from beroenden.cli.incident_replaced import refuse_documents, remarks
from beroenden.cli.incident_told import slip_of_day
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.incident.exchange.files import Exchange
    from beroenden.model.network import Network


@command(
    "Läs in andra aktörers delgivningar i en händelses logg: alla filer, eller ingen.",
    "Read other actors' delgivningar (situation reports they share) into an incident's log: all files, or none.",
    "beroenden incident import logg.toml delgivning-swedbank-1.toml",
)
@log_argument
@click.argument("files", type=click.Path(path_type=Path), metavar=say("FIL…", "FILE…"), nargs=-1, required=True)
@click.option(
    "--time",
    metavar=say("TID", "TIME"),
    help=say("När de kom; 08.10 är i dag [nu].", "When they came; 08:10 is today [now]."),
)
@click.option(
    "--dry-run", is_flag=True, help=say("Visa posterna utan att skriva.", "Show the entries without writing.")
)
@model_option
@json_option
def import_(
    log: Path, files: tuple[Path, ...], time: str | None, dry_run: bool, model: Path | None, json_path: str | None
) -> None:
    """Append a received entry for each delgivning that is new."""
    from beroenden.incident.exchange.files import read_exchanges, received_entry
    from beroenden.incident.log.fields import zone_of
    from beroenden.modelfiles.findings import has_errors
    from beroenden.units.times import time_zone

    refuse_documents(files)
    network = network_of(log, model)
    known = opened_log(log, network)
    exchanges, findings = read_exchanges(files, network, known)
    if has_errors(findings):
        raise FaultyFilesError(findings)
    tell(findings)
    moment = entry_time(time, network)
    ids, sections = _appended(log, [received_entry(one, moment, network) for one in exchanges], network, dry_run)
    told = [_dict(one, entry) for one, entry in zip(exchanges, ids, strict=True)]
    content = {"schema": "beroenden/imported/1", "log": str(log), "ids": ids, "written": not dry_run, "received": told}
    if not write_json(json_path, content):
        _print(exchanges, ids, sections)
    zone = time_zone(zone_of(network))
    replaced = (remark for one in exchanges for remark in remarks(log, known, one, moment, zone))
    asked = (remark for one in exchanges for remark in requests_told(log, known, one, network, zone))
    feared = (remark for one in exchanges for remark in fears_told(log, known, one, moment, network, zone))
    for remark in (
        *slip_of_day(known, moment, zone),
        *came_after_closing(log, known, zone),
        *replaced,
        *asked,
        *feared,
    ):
        click.echo(clean(remark), err=True)


def _appended(
    log: Path, entries: list[dict[str, Any]], network: "Network | None", dry_run: bool
) -> tuple[list[str], str]:
    """The ids of the entries, and their text when they are only shown."""
    from beroenden.incident.log.write import append, prepare

    if not entries:
        return [], ""
    if dry_run:
        prepared = prepare(log, entries, network)
        return prepared.ids, prepared.sections
    return append(log, entries, network), ""


def _dict(one: "Exchange", entry: str) -> dict[str, Any]:
    return {
        "id": entry,
        "file": one.file,
        "sender": one.sender,
        "sender_name": one.sender_name,
        "number": one.number,
        "tlp": one.tlp,
        "approved_by": one.approved_by,
        "statements": len(one.statements),
    }


def _print(exchanges: "list[Exchange]", ids: list[str], sections: str) -> None:
    if not exchanges:
        click.echo(say("Inget nytt att lägga till.", "Nothing new to append."))
    elif sections:
        click.echo(clean(sections), nl=False)
        return
    for one, entry in zip(exchanges, ids, strict=True):
        count = len(one.statements)
        statements = say("uppgift" if count == 1 else "uppgifter", "statement" if count == 1 else "statements")
        number = say(f"nr {one.number}", f"no. {one.number}")
        approved = say(f"godkänd av {one.approved_by}", f"approved by {one.approved_by}")
        click.echo(
            clean(f"{entry}: {one.sender_name} {number}, {count} {statements}, {one.tlp}, {approved} ({one.file})")
        )


import_.name = "import"
