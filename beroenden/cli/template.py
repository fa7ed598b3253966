"""beroenden template: a house's own Word templates"""

from pathlib import Path

import click

from beroenden.cli.common import command, json_option, keep_and_write, line, table, write_json
from beroenden.cli.group import group
from beroenden.cli.printable import clean
from beroenden.language import say

_form_option = click.option(
    "--form",
    default="intern",
    show_default=True,
    metavar=say("BLANKETT", "FORM"),
    help=say(
        "Blanketten: intern, delgivning, samlad, soes, kontakter eller conference.",
        "The form: intern, delgivning, samlad, soes, kontakter or conference.",
    ),
)
_template_argument = click.argument("file", type=click.Path(path_type=Path), metavar=say("FIL", "FILE"))


@group(
    "Egna Word-mallar: få en att utgå från, se vad den kan be om, kontrollera den.",
    "Own Word templates: get one to start from, see what it can ask for, check it.",
    "beroenden template new -o own.docx --form intern",
)
def template() -> None:
    """The group of what is done with templates."""


@command(
    "Skriv en Word-mall att utgå från: den inbyggda, med platshållare där texterna ska stå.",
    "Write a Word template to start from: the built-in one, with placeholders where the texts will stand.",
    "beroenden template new -o own.docx --form intern",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("FIL", "FILE"),
    help=say("Mallen, .docx.", "The template, .docx."),
)
@_form_option
@json_option
def new(output: Path, form: str, json_path: str | None) -> None:
    """Write the shipped template."""
    from beroenden.documents.word import starter
    from beroenden.errors import UsageError

    if output.suffix.lower() != ".docx":
        raise UsageError(say("Mallen ska heta något på .docx.", "The template's name must end in .docx."))
    keep_and_write(output, starter(form))
    write_json(json_path, {"schema": "beroenden/template/1", "form": form, "file": str(output)})


@command(
    "Visa platshållarna som en mall för blanketten kan ha, och vad var och en blir.",
    "Show the placeholders that a template for the form can have, and what each becomes.",
    "beroenden template list --form delgivning",
)
@_form_option
@json_option
def list_(form: str, json_path: str | None) -> None:
    """List the placeholders of a form."""
    from beroenden.documents.forms import placeholders

    known = placeholders(form)
    if write_json(json_path, {"schema": "beroenden/placeholders/1", "form": form, "placeholders": known}):
        return
    rows = ((f"{{{{ {name} }}}}", what) for name, what in known.items())
    table((say("Platshållare", "Placeholder"), say("Blir", "Becomes")), rows, whole=(0,))


@command(
    "Kontrollera en mall: vad den ber om, vad som inte finns och vad den inte använder.",
    "Check a template: what it asks for, what there is none of, and what it does not use.",
    "beroenden template check own.docx --form intern",
)
@_template_argument
@_form_option
@json_option
@click.pass_context
def check(ctx: click.Context, file: Path, form: str, json_path: str | None) -> None:
    """Check a template against a form; exit code 1 when it cannot be used."""
    from dataclasses import asdict

    from beroenden.documents import template as templates

    found = templates.check(file, form)
    is_json_alone = write_json(json_path, {"schema": "beroenden/template-check/1", "form": form, **asdict(found)})
    if not is_json_alone:
        _tell(say("Används", "Used"), found.used)
        _tell(say("Finns inte i blanketten", "Not in the form"), found.unknown)
        _tell(say("Används inte", "Not used"), found.unused)
    for sentence in templates.warnings(found):
        click.echo(clean(sentence), err=True)
    if found.unknown:
        ctx.exit(1)


def _tell(what: str, names: tuple[str, ...]) -> None:
    if names:
        line(f"{what}: {', '.join(names)}")


for _name, _command in (("new", new), ("list", list_), ("check", check)):
    template.add_command(_command, _name)
