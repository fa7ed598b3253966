"""beroenden show"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from beroenden.cli import ids
from beroenden.cli.common import command, heading, json_option, line, load_network, model_argument, table, write_json

if TYPE_CHECKING:
    from beroenden.analysis.portrait import Portrait


@command(
    "Visa modellen, eller en entitet, betalning eller öppettid i den: vad den är, vad den behöver och vem som behöver den.",
    "Show the model, or one entity, payment or window of it: what it is, what it needs, and who needs it.",
    "beroenden show models/soes bankgirot",
)
@model_argument
@click.argument("item", metavar="[ID]", shell_complete=ids.of_shown, required=False)
@json_option
def show(model: Path, item: str | None, json_path: str | None) -> None:
    """Print a portrait of the whole, or of one thing."""
    from beroenden.analysis.portrait import portrait

    found = portrait(load_network(model), item)
    if not write_json(json_path, found.to_dict()):
        _print(found)


def _print(portrait: "Portrait") -> None:
    heading(portrait.title)
    table(("", ""), portrait.facts)
    for section in portrait.sections:
        heading(section.title)
        if section.rows:
            table(section.columns, section.rows)
        else:
            line(section.otherwise)
