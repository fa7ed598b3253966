"""beroenden format"""

from pathlib import Path

import click

from beroenden.cli.common import command, json_option, model_argument, write_json, wrote
from beroenden.cli.printable import clean
from beroenden.language import say


@command(
    "Ge modellens filer en enhetlig form: indrag, mellanslag, blankrader och nycklarnas ordning. Kommentarer, tabellernas "
    "ordning, tal och texter står kvar som de är skrivna.",
    "Give a model's files one layout: indentation, spaces, blank lines and the order of keys. Comments, the order of "
    "tables, numbers and texts stay as they are written.",
    "beroenden format models/soes --check",
)
@model_argument
@click.option(
    "--check",
    is_flag=True,
    help=say("Skriv inget; 1 om någon fil skulle ändras.", "Write nothing; 1 when a file would change."),
)
@click.option("--diff", "show", is_flag=True, help=say("Visa skillnaden.", "Show the difference."))
@json_option
@click.pass_context
def format_(ctx: click.Context, model: Path, check: bool, show: bool, json_path: str | None) -> None:
    """Lay the files out; the network read from them is the same before and after."""
    from beroenden.modelfiles.editing.editable import open_model

    opened = open_model(model)
    opened.format()
    changed = list(opened.changed())
    difference = opened.diff() if show else ""
    if not check:
        opened.commit()
    content = {
        "schema": "beroenden/format/1",
        "changed": [str(file) for file in changed],
        "written": bool(changed) and not check,
    }
    if not write_json(json_path, content):
        click.echo(clean(difference.replace("\r\n", "\n")), nl=False)
        for file in changed:
            if check:
                click.echo(clean(say(f"{file} skulle ändras", f"{file} would change")))
            else:
                wrote(file)
        if not changed:
            click.echo(say("Alla filer har redan formen.", "All files are laid out so already."))
    if check and changed:
        ctx.exit(1)
