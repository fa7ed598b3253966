"""beroenden import graphml and json: graphs as models"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import command, json_option, line, write_json
from beroenden.cli.model_output import as_typed, model_target, save_model
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError, did_you_mean
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.interop.graphs.graph import Graph
    from beroenden.interop.graphs.imported import Imported
    from beroenden.interop.graphs.meaning import Meaning
    from beroenden.interop.xml import Reading


def _graph_options(function: Callable[..., None]) -> Callable[..., None]:
    """What is asked of a graph in any format."""
    options = (
        click.argument("file", type=click.Path(path_type=Path), metavar=say("FIL", "FILE")),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            required=True,
            metavar=say("MODELL", "MODEL"),
            help=say("Modellens fil (.toml) eller mapp.", "The model's file (.toml) or folder."),
        ),
        click.option(
            "--kind-attribute",
            metavar=say("NAMN", "NAME"),
            help=say(
                "Attributet som säger vad en nod är; annars kind, type eller typ.",
                "The attribute that says what a node is; else kind, type or typ.",
            ),
        ),
        click.option(
            "--kind",
            "kinds",
            multiple=True,
            metavar=say("[ORD=]SLAG", "[WORD=]KIND"),
            help=say(
                "Slaget som ett ord betyder, t.ex. server=system; utan ord, slaget för noder som inte säger något. "
                "Kan upprepas.",
                "The kind that a word means, e.g. server=system; without a word, the kind of nodes that say none. "
                "Can be repeated.",
            ),
        ),
        click.option(
            "--attribute",
            "attributes",
            multiple=True,
            metavar=say("NAMN=NYCKEL", "NAME=KEY"),
            help=say(
                "Vad ett attribut är i modellen, t.ex. MTD=mtpd. Kan upprepas.",
                "What an attribute is in the model, e.g. MTD=mtpd. Can be repeated.",
            ),
        ),
        click.option(
            "--reverse",
            is_flag=True,
            help=say(
                "Kanterna går från den som levererar till den som behöver.",
                "The edges go from whoever provides to whoever needs.",
            ),
        ),
        click.option(
            "--force", is_flag=True, help=say("Ersätt en modell som finns.", "Replace a model that is there.")
        ),
        click.option("--dry-run", is_flag=True, help=say("Läs utan att skriva.", "Read without writing.")),
        json_option,
    )
    for option in reversed(options):
        function = option(function)
    return function


@command(
    "Läs in GraphML som en modell: en fil från beroenden export som den var, en från yEd, Gephi eller networkx med en "
    "entitet för varje nod och ett behov för varje kant (från den som behöver).",
    "Read GraphML as a model: a file of beroenden export as it was, one of yEd, Gephi or networkx with an entity for "
    "each node and a need for each edge (from whoever needs).",
    "beroenden import graphml karta.graphml -o models/karta --kind-attribute typ",
)
@_graph_options
def graphml(file: Path, **options: Any) -> None:
    """Write the model of a GraphML file."""
    from beroenden.interop.graphs.graphml import read_graphml

    _import("graphml", "GraphML", read_graphml, file, options)


@command(
    "Läs in JSON med noder och kanter (networkx node-link, D3) som en modell: en fil från beroenden export som den var, "
    "en annan med en entitet för varje nod och ett behov för varje kant (från den som behöver).",
    "Read JSON of nodes and edges (networkx node-link, D3) as a model: a file of beroenden export as it was, another "
    "with an entity for each node and a need for each edge (from whoever needs).",
    "beroenden import json karta.json -o models/karta --kind system",
)
@_graph_options
def node_link(file: Path, **options: Any) -> None:
    """Write the model of a node-link JSON file."""
    from beroenden.interop.graphs.node_link import read_node_link

    _import("json", "JSON", read_node_link, file, options)


def _import(
    form: str, name: str, read: "Callable[[Reading], Graph | None]", file: Path, options: dict[str, Any]
) -> None:
    """Read a graph, write its model, and tell what was read; nothing is written when anything is wrong."""
    from beroenden.interop.graphs.imported import Imported, network_of
    from beroenden.interop.xml import Reading

    meaning = _meaning(options)
    reading = Reading(file)
    graph = read(reading)
    source = f"{name}: {file.name}"
    found = network_of(graph, reading, meaning, source) if graph else Imported(None, tuple(reading.findings))
    if found.network is None:
        raise FaultyFilesError([one for one in found.findings if one.severity == "error"])
    target = model_target(options["output"], options["force"] or options["dry_run"])
    for finding in found.findings:
        click.echo(clean(finding), err=True)
    if not options["dry_run"]:
        save_model(found.network, target)
    told = _dict(form, file, target, found, is_written=not options["dry_run"])
    if not write_json(options["json_path"], told):
        _tell(told, options["output"])


def _meaning(options: dict[str, Any]) -> "Meaning":
    """How the graph is to be read.

    Raises:
        UsageError: for a kind or a key that there is not.
    """
    from beroenden.interop.graphs.meaning import ENTITY, NEED, Meaning
    from beroenden.model.entities import KINDS

    pairs = [text.rpartition("=") for text in options["kinds"]]
    for _, _, kind in pairs:
        _check(kind, KINDS, "--kind")
    attributes = {}
    for text in options["attributes"]:
        name, sign, key = text.rpartition("=")
        if not sign:
            raise UsageError(
                say(
                    f"--attribute {text}: skriv NAMN=NYCKEL, t.ex. MTD=mtpd.",
                    f"--attribute {text}: write NAME=KEY, e.g. MTD=mtpd.",
                )
            )
        _check(key, (*ENTITY, *NEED), "--attribute")
        attributes[name] = key
    return Meaning(
        kind_attribute=options["kind_attribute"],
        kinds={word: kind for word, sign, kind in pairs if sign},
        kind=next((kind for _, sign, kind in pairs if not sign), None),
        attributes=attributes,
        is_reversed=options["reverse"],
    )


def _check(word: str, known: tuple[str, ...], option: str) -> None:
    from beroenden.modelfiles.schema import KINDS_SAID

    if word not in known:
        near = KINDS_SAID.get(word.lower()) if option == "--kind" else None
        near = near or did_you_mean(word, known)
        hint = say(f" Menade du {near}?", f" Did you mean {near}?") if near else ""
        raise UsageError(
            say(f"{option}: ”{word}” är inget av ", f'{option}: "{word}" is none of ') + f"{', '.join(known)}.{hint}"
        )


def _dict(form: str, file: Path, target: Path, found: "Imported", *, is_written: bool) -> dict[str, Any]:
    network = found.network
    return {
        "schema": "beroenden/import/1",
        "format": form,
        "source": str(file),
        "model": str(target),
        "written": is_written,
        "entities": len(network.entities) if network else 0,
        "payments": len(network.payments) if network else 0,
        "needs": found.needs,
        "findings": [finding.to_dict() for finding in found.findings],
    }


def _tell(told: dict[str, Any], output: Path) -> None:
    from beroenden.analysis.words import entities_in_words, payments_in_words
    from beroenden.units.numbers import counted

    entities, payments = entities_in_words(told["entities"]), payments_in_words(told["payments"])
    needs = counted(told["needs"], say("behov", "need"), say("behov", "needs"))
    included = say(" (betalningsstegens medräknade)", " (those of payment stages included)") if told["payments"] else ""
    line(say(f"{entities}, {payments} och {needs}", f"{entities}, {payments} and {needs}") + f"{included}.")
    line(say("Se vad som saknas: ", "See what is missing: ") + f"beroenden validate {as_typed(output)}")
