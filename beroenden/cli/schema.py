"""beroenden schema"""

import json
from pathlib import Path

import click

from beroenden.cli.common import command, json_option, write_file, wrote
from beroenden.language import say

_FORMS = ("model", "scenario")


@command(
    "Skriv JSON Schema för modellfilerna, så att en editor kontrollerar och föreslår medan man skriver. "
    "Ange det på filens första rad: #:schema ./beroenden.schema.json",
    "Write the JSON Schema of the model files, so that an editor checks and suggests as one writes. "
    "Name it on the file's first line: #:schema ./beroenden.schema.json",
    "beroenden schema -o models/soes/beroenden.schema.json",
)
@click.option(
    "--of",
    "form",
    type=click.Choice(_FORMS),
    default="model",
    show_default=True,
    help=say("Filerna som schemat gäller.", "The files that the schema is for."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Filen, .json; utan skrivs schemat ut.", "The file, .json; without it the schema is printed."),
)
@json_option
def schema(form: str, output: Path | None, json_path: str | None) -> None:
    """Write the schema to a file or to stdout; --json is the same with the path that all commands take."""
    from beroenden.errors import UsageError
    from beroenden.modelfiles.json_schema import model_schema, scenario_schema

    if output is not None and output.suffix.lower() != ".json":
        raise UsageError(say("Filen ska heta något på .json.", "The file's name must end in .json."))
    made = model_schema() if form == "model" else scenario_schema()
    text = json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    files = [path for path in (output, json_path and json_path != "-" and Path(json_path)) if path]
    for path in files:
        write_file(path, text)
        wrote(path)
    if not files or json_path == "-":
        click.echo(text, nl=False)
