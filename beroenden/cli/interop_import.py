"""beroenden import: other formats as models"""

from beroenden.cli.group import group
from beroenden.cli.interop_archimate import archimate
from beroenden.cli.interop_dora import dora
from beroenden.cli.interop_form import import_form
from beroenden.cli.interop_graphs import graphml, node_link
from beroenden.cli.interop_open_psa import open_psa


@group(
    "Läs in andra format som modeller.",
    "Read other formats as models.",
    "beroenden import open-psa tree.xml -o models/tree",
    name="import",
)
def import_() -> None:
    """The group of what is read from other formats."""


import_.add_command(import_form, "form")
import_.add_command(open_psa, "open-psa")
import_.add_command(dora, "dora")
import_.add_command(graphml, "graphml")
import_.add_command(node_link, "json")
import_.add_command(archimate, "archimate")
