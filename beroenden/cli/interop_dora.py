"""beroenden import dora"""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from beroenden.cli.common import command, heading, json_option, line, table, write_json
from beroenden.cli.model_output import as_typed, model_target, save_model, show_findings
from beroenden.errors import FaultyFilesError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.interop.dora.read import Imported
    from beroenden.interop.dora.register import Register


@command(
    "Läs in informationsregister enligt DORA som en modell: företag, funktioner, IT-tjänster, leverantörer och "
    "underleverantörer. Flera register, ett för varje företag, kan läsas på en gång.",
    "Read DORA registers of information as a model: companies, functions, ICT services, providers and subcontractors. "
    "Several registers, one for each company, can be read at once.",
    "beroenden import dora register.zip -o models/banken",
)
@click.argument("files", type=click.Path(path_type=Path), metavar=say("FIL…", "FILE…"), nargs=-1, required=True)
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
@click.option(
    "--lang",
    type=click.Choice(("sv", "en")),
    default="sv",
    show_default=True,
    help=say("Språk i modellens texter.", "Language of the model's texts."),
)
@json_option
def dora(
    files: tuple[Path, ...],
    output: Path,
    force: bool,
    dry_run: bool,
    lang: Literal["sv", "en"],
    json_path: str | None,
) -> None:
    """Write the model of some registers, and tell what was read and what was not."""
    from beroenden.interop.dora.account import as_dict
    from beroenden.interop.dora.read import read_dora

    target = model_target(output, force or dry_run)
    imported = read_dora(files, lang)
    if imported.network is None:
        raise FaultyFilesError([one for one in imported.findings if one.severity == "error"])
    show_findings(imported.findings)
    if not dry_run:
        save_model(imported.network, target, _from_register())
    content = {"schema": "beroenden/import/1", "format": "dora", "model": str(target), "written": not dry_run}
    found = [one.to_dict() for one in imported.findings]
    if not write_json(json_path, content | as_dict(imported) | {"findings": found}):
        _tell(imported, output, dry_run)


def _from_register() -> str:
    return say(
        "Ur informationsregister enligt DORA: sekretesskänsligt tillsynsmaterial, dela det inte vidare.\n"
        "Skriv aldrig in säkerhetsskyddsklassificerade uppgifter.",
        "From DORA registers of information: confidential supervisory material, do not pass it on.\n"
        "Never enter security-classified information.",
    )


def _tell(imported: "Imported", output: Path, dry_run: bool) -> None:
    from beroenden.interop.dora.account import definitions, remarks
    from beroenden.units.numbers import counted

    for register in imported.registers:
        _tell_register(register)
    told = [pair for register in imported.registers for pair in definitions(register)]
    if told:
        heading(say("Så menar registren", "What the registers mean"))
        table((say("Uppgift", "Grade"), say("Definition", "Definition")), told)
    heading(say("Modellen", "The model"))
    companies = counted(imported.companies, say("företag", "company"), say("företag", "companies"))
    functions = counted(imported.functions, say("funktion", "function"), say("funktioner", "functions"))
    services = counted(imported.services, say("tjänst", "service"), say("tjänster", "services"))
    line(say(f"{companies}, {functions} och {services}.", f"{companies}, {functions} and {services}."))
    for remark in remarks(imported):
        line(f"– {remark}")
    if not dry_run:
        line(say("Granska: ", "Check: ") + f"beroenden validate {as_typed(output)}")


def _tell_register(register: "Register") -> None:
    named = register.name or register.lei or register.path.name
    heading(f"{named} {register.lei}, {register.reference_date or say('okänd referensdag', 'unknown reference date')}")
    rows: list[tuple[Any, ...]] = [(code, count, "") for code, count in sorted(register.tally.rows.items())]
    rows += [(template, count, why) for template, why, count in register.tally.reasons()]
    rows.sort(key=lambda row: (row[0], row[2] != ""))
    columns = (say("Mall", "Template"), say("Antal", "Count"), say("Läst, eller varför inte", "Read, or why not"))
    table(columns, [(code, count, why or say("rader lästa", "rows read")) for code, count, why in rows], right=[1])
