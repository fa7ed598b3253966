"""beroenden import archimate, beroenden export archimate"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from beroenden.cli import ids
from beroenden.cli.common import (
    command,
    heading,
    json_option,
    line,
    load_network,
    model_argument,
    table,
    write_file,
    write_json,
    wrote,
)
from beroenden.cli.model_output import as_typed, model_target, save_model, show_findings
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say, writing_in

if TYPE_CHECKING:
    from beroenden.interop.archimate.read import Imported


@command(
    "Läs in en ArchiMate-modell i utbytesformatet (Open Exchange): element blir entiteter, relationer blir behov och "
    "egenskaper blir fält, efter en karta i TOML. Det som inte kommer med redovisas.",
    "Read an ArchiMate model in the exchange format (Open Exchange): elements become entities, relationships needs and "
    "properties fields, by a map in TOML. What does not come along is told.",
    "beroenden import archimate modell.xml -o models/arkitektur --map karta.toml",
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
@click.option(
    "--map",
    "map_path",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Karta i TOML: [elements], [relationships], [properties]; det övriga är som förvalt.",
        "Map in TOML: [elements], [relationships], [properties]; the rest is as by default.",
    ),
)
@click.option("--force", is_flag=True, help=say("Ersätt en modell som finns.", "Replace a model that is there."))
@click.option("--dry-run", is_flag=True, help=say("Läs utan att skriva.", "Read without writing."))
@json_option
def archimate(
    file: Path, output: Path, map_path: Path | None, force: bool, dry_run: bool, json_path: str | None
) -> None:
    """Write the model of an exchange file, and tell what was read and what was not."""
    from beroenden.interop.archimate.read import read_archimate

    target = model_target(output, force or dry_run)
    imported = read_archimate(file, map_path)
    if imported.network is None:
        raise FaultyFilesError([one for one in imported.findings if one.severity == "error"])
    show_findings(imported.findings)
    if not dry_run:
        save_model(imported.network, target, say(f"Ur ArchiMate: {file.name}", f"From ArchiMate: {file.name}"))
    if not write_json(json_path, _dict(imported, file, target, not dry_run)):
        _tell(imported, output, dry_run)


def _dict(imported: "Imported", file: Path, target: Path, is_written: bool) -> dict[str, Any]:
    return {
        "schema": "beroenden/import/1",
        "format": "archimate",
        "source": str(file),
        "model": str(target),
        "written": is_written,
        "elements": [{"type": kind, "kind": became, "count": count} for kind, became, count in imported.kinds],
        "needs": dict(imported.needs),
        "left_out": [{"type": kind, "why": why, "identifiers": list(ids)} for kind, why, ids in imported.left_out],
        "findings": [one.to_dict() for one in imported.findings],
    }


def _by(kind: str, became: str | None, imported: "Imported") -> str:
    """What decided what a type became."""
    from beroenden.interop.archimate.mapping import DEFAULT

    if became is not None and kind not in imported.chosen and DEFAULT.kinds.get(kind, became) != became:
        return say("enligt elementet", "by the element")
    return say("enligt kartan", "by the map") if kind in imported.chosen else say("förvalt", "by default")


def _tell(imported: "Imported", output: Path, dry_run: bool) -> None:
    heading(say("Inläst", "Read"))
    rows = [(kind, count, became, _by(kind, became, imported)) for kind, became, count in imported.kinds]
    rows += [(kind, count, say("behov", "needs"), _by(kind, None, imported)) for kind, count in imported.needs]
    table((say("Sort", "Type"), say("Antal", "Count"), say("Blev", "Became"), ""), rows, right=[1])
    if imported.left_out:
        heading(say("Kom inte med", "Left out"))
        columns = (say("Sort", "Type"), say("Antal", "Count"), say("Varför", "Why"))
        table(columns, ((kind, len(ids), why) for kind, why, ids in imported.left_out), right=[1])
    if not dry_run:
        line(say("Granska: ", "Check: ") + f"beroenden validate {as_typed(output)}")


@command(
    "Skriv modellen som ArchiMate i utbytesformatet (Open Exchange), för Archi och andra arkitekturverktyg.",
    "Write the model as ArchiMate in the exchange format (Open Exchange), for Archi and other architecture tools.",
    "beroenden export archimate models/soes -o soes.xml",
)
@model_argument
@click.option(
    "--tlp",
    "--to",
    "to",
    metavar=say("MÄRKNING|AKTÖR", "LABEL|ACTOR"),
    shell_complete=ids.of_readers,
    help=say(
        "Läsaren: en märkning som TLP:GREEN, eller en aktör. Vad den inte får se finns inte i filen.",
        "The reader: a label such as TLP:GREEN, or an actor. What it may not see is not in the file.",
    ),
)
@click.option(
    "--lang",
    type=click.Choice(("sv", "en")),
    default="sv",
    show_default=True,
    help=say("Filens språk.", "The language of the file."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("FIL", "FILE"),
    help=say("Filen, .xml.", "The file, .xml."),
)
@json_option
def export_archimate(
    model: Path, to: str | None, lang: Literal["sv", "en"], output: Path, json_path: str | None
) -> None:
    """Write an exchange file of what the reader may see."""
    from beroenden.interop.archimate.written import to_exchange
    from beroenden.sharing.masking import masked
    from beroenden.sharing.viewer import viewer_for

    if output.suffix.lower() != ".xml":
        raise UsageError(say("Filen ska heta något på .xml.", "The file must end in .xml."))
    network = load_network(model)
    with writing_in(lang):
        text = to_exchange(masked(network, viewer_for(network, to) if to else None))
    write_file(output, text)
    wrote(output)
    counts = {"elements": text.count("<element "), "relationships": text.count("<relationship ")}
    write_json(json_path, {"schema": "beroenden/export/1", "format": "archimate", "file": str(output), **counts})
