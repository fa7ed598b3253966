"""beroenden schema"""

import json
from pathlib import Path

import click

from beroenden.cli.common import command, json_option, print_json, write_file, wrote
from beroenden.language import say

_FORMS = ("model", "scenario")


@command(
    "Skriv JSON Schema för modellfilerna, så att en editor kontrollerar och föreslår medan man skriver. "
    "Ange det på filens första rad: #:schema ./beroenden.schema.json. Med --markdown: formatet att läsa, med alla "
    "tabeller, nycklar och felkoder.",
    "Write the JSON Schema of the model files, so that an editor checks and suggests as one writes. "
    "Name it on the file's first line: #:schema ./beroenden.schema.json. With --markdown: the format to read, with all "
    "tables, keys and codes of findings.",
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
    "--markdown",
    is_flag=True,
    help=say(
        "Formatet som text i Markdown, i stället för schemat; på det språk som kommandona talar.",
        "The format as text in Markdown instead of the schema; in the language that the commands speak.",
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say(
        "Filen, .json eller med --markdown .md; utan skrivs det ut.",
        "The file, .json or with --markdown .md; without it the text is printed.",
    ),
)
@json_option
def schema(form: str, markdown: bool, output: Path | None, json_path: str | None) -> None:
    """Write the schema to a file or to stdout; --json is the same with the path that all commands take."""
    from beroenden.errors import UsageError

    if not markdown:
        _write_schema(form, output, json_path)
        return
    if json_path is not None:
        raise UsageError(say("--markdown är text; --json ger schemat.", "--markdown is text; --json gives the schema."))
    if output is not None and output.suffix.lower() != ".md":
        raise UsageError(say("Filen ska heta något på .md.", "The file's name must end in .md."))
    _write_reference(output)


def _write_reference(output: Path | None) -> None:
    from beroenden.documents.reference.page import format_reference

    text = format_reference()
    if output is None:
        click.echo(text, nl=False)
    else:
        write_file(output, text)
        wrote(output)


def _write_schema(form: str, output: Path | None, json_path: str | None) -> None:
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
        print_json(made)
