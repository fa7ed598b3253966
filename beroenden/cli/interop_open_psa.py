"""beroenden import open-psa"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, json_option, line, write_json
from beroenden.cli.model_output import model_target, save_model
from beroenden.cli.printable import clean
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.interop.open_psa import Imported


@command(
    "Läs in ett felträd i Open-PSA-format som en modell: grindar och bashändelser blir entiteter.",
    "Read a fault tree in the Open-PSA format as a model: gates and basic events become entities.",
    "beroenden import open-psa tree.xml -o models/tree",
)
@click.argument("file", type=click.Path(path_type=Path), metavar=say("FIL", "FILE"))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("MODELL", "MODEL"),
    help=say("Modellens fil (.toml) eller mapp.", "The model's file (.toml) or folder."),
)
@click.option("--force", is_flag=True, help=say("Ersätt en modell som finns.", "Replace a model that is there."))
@click.option("--dry-run", is_flag=True, help=say("Läs utan att skriva.", "Read without writing."))
@json_option
def open_psa(file: Path, output: Path, force: bool, dry_run: bool, json_path: str | None) -> None:
    """Write the model of a fault tree, and tell what was read."""
    from beroenden.errors import FaultyFilesError
    from beroenden.interop.open_psa import read_open_psa

    read = read_open_psa(file)
    if read.network is None:
        raise FaultyFilesError([finding for finding in read.findings if finding.severity == "error"])
    target = model_target(output, force or dry_run)
    for finding in read.findings:
        click.echo(clean(finding), err=True)
    if not dry_run:
        save_model(read.network, target)
    if not write_json(json_path, _dict(read, file, target, not dry_run)):
        _tell(read, output)


def _dict(read: "Imported", file: Path, target: Path, is_written: bool) -> dict[str, Any]:
    return {
        "schema": "beroenden/import/1",
        "format": "open-psa",
        "source": str(file),
        "model": str(target),
        "written": is_written,
        "gates": read.gates,
        "basic_events": read.events,
        "targets": list(read.tops),
        "findings": [finding.to_dict() for finding in read.findings],
    }


def _tell(read: "Imported", output: Path) -> None:
    from beroenden.units.numbers import counted

    gates = counted(read.gates, say("grind", "gate"), say("grindar", "gates"))
    events = counted(read.events, say("bashändelse", "basic event"), say("bashändelser", "basic events"))
    tops = ", ".join(read.tops)
    line(say(f"{gates} och {events}. Topphändelser: {tops}.", f"{gates} and {events}. Top events: {tops}."))
    line(say("Minimala snittmängder: ", "Minimal cut sets: ") + f"beroenden cutsets {output} --target {read.tops[0]}")
