"""beroenden export: the model in the formats of other programs"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, load_network, model_argument, write_file, write_json, wrote
from beroenden.cli.days import first_and_last_day
from beroenden.cli.group import group
from beroenden.cli.interop_archimate import export_archimate
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say, writing_in

if TYPE_CHECKING:
    from beroenden.interop.graphs.graph import Graph
    from beroenden.model.network import Network
    from beroenden.sharing.masking import Masked


@group(
    "Skriv modellen i andra programs format.",
    "Write the model in the formats of other programs.",
    "beroenden export graphml models/soes -o soes.graphml",
)
def export() -> None:
    """The group of what is written for other programs."""


def _reader_option(*names: str) -> Callable[[Any], Any]:
    return click.option(
        *names,
        "to",
        metavar=say("MÄRKNING|AKTÖR", "LABEL|ACTOR"),
        shell_complete=ids.of_readers,
        help=say(
            "Läsaren: en märkning som TLP:GREEN, eller en aktör. Vad den inte får se finns inte i filen.",
            "The reader: a label such as TLP:GREEN, or an actor. What it may not see is not in the file.",
        ),
    )


_language_option = click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Filens språk.", "The language of the file."),
)


def _output_option(suffix: str) -> Callable[[Any], Any]:
    def check(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
        if path.suffix.lower() != suffix:
            raise click.UsageError(
                say(f"Filen ska heta något på {suffix}.", f"The file must end in {suffix}."), context
            )
        return path

    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        required=True,
        callback=check,
        metavar=say("FIL", "FILE"),
        help=say(f"Filen, {suffix}.", f"The file, {suffix}."),
    )


@command(
    "Skriv betalnings- och händelsekalendern som kalenderfil (iCalendar): betalningsdagar och planerade händelser; med "
    "--stages även varje steg och bryttid.",
    "Write the payment and event calendar as a calendar file (iCalendar): payment dates and planned events; with --stages "
    "every stage and cut-off as well.",
    "beroenden export ics models/soes --from 2026-12-01 --to 2026-12-31 -o december.ics",
)
@model_argument
@first_and_last_day
@click.option(
    "--payment", metavar="ID", shell_complete=ids.of_payments, help=say("Bara en betalning.", "Only one payment.")
)
@click.option(
    "--actor",
    metavar="ID",
    shell_complete=ids.of_actors,
    help=say(
        "Bara det som aktören har del i: egna betalningar, och steg i andras som behöver den.",
        "Only what the actor takes part in: its own payments, and stages of others' that need it.",
    ),
)
@click.option(
    "--stages",
    "with_stages",
    is_flag=True,
    help=say("Även varje steg och bryttid; det blir många.", "Every stage and cut-off as well; they are many."),
)
@_reader_option("--tlp", "--reader")
@_language_option
@_output_option(".ics")
@json_option
def ics(
    model: Path,
    first: datetime,
    last: datetime,
    payment: str | None,
    actor: str | None,
    with_stages: bool,
    to: str | None,
    lang: str,
    output: Path,
    json_path: str | None,
) -> None:
    """Write the calendar of a period."""
    from beroenden.interop.payment_calendar import payment_calendar

    if last < first:
        raise UsageError(say("--to ligger före --from.", "--to lies before --from."))
    network = load_network(model)
    if payment is not None and payment not in network.payment:
        raise unknown_id(say("betalning", "payment"), payment, network.payment)
    if actor is not None and actor not in network.entity:
        raise unknown_id(say("aktör", "actor"), actor, network.entity)
    with writing_in("en" if lang == "en" else "sv"):
        mask = _masked(network, to)
        made = payment_calendar(mask, first.date(), last.date(), payment=payment, actor=actor, with_stages=with_stages)
    counts = {"runs": made.runs, "stages": made.stages, "events": made.events, "tlp": made.label}
    _finish("ics", output, made.content, counts, json_path)


def _masked(network: "Network", to: str | None) -> "Masked":
    """The model for a reader; for the own house, the model itself."""
    from beroenden.sharing.masking import masked
    from beroenden.sharing.viewer import viewer_for

    return masked(network, viewer_for(network, to) if to else None)


def _finish(form: str, output: Path, content: str | bytes, counts: dict[str, Any], json_path: str | None) -> None:
    """Write the file and tell what is in it."""
    write_file(output, content)
    wrote(output)
    write_json(json_path, {"schema": "beroenden/export/1", "format": form, "file": str(output), **counts})


@command(
    "Skriv modellen som GraphML, för yEd, Gephi och networkx. Allt i modellen följer med och kan läsas in igen.",
    "Write the model as GraphML, for yEd, Gephi and networkx. All of the model is in it and can be imported again.",
    "beroenden export graphml models/soes -o soes.graphml",
)
@model_argument
@_reader_option("--tlp", "--to")
@_language_option
@_output_option(".graphml")
@json_option
def graphml(model: Path, to: str | None, lang: str, output: Path, json_path: str | None) -> None:
    """Write a GraphML file."""
    from beroenden.interop.graphs.graphml import to_graphml

    graph = _graph(model, to, lang)
    _finish("graphml", output, to_graphml(graph), _counts(graph), json_path)


@command(
    "Skriv modellen som JSON med noder och kanter, som networkx läser (node_link_graph). Allt i modellen följer med och "
    "kan läsas in igen. --json ger som alltid en sammanfattning av vad som skrevs.",
    "Write the model as JSON of nodes and edges, as networkx reads it (node_link_graph). All of the model is in it and "
    "can be imported again. --json gives, as always, a summary of what was written.",
    "beroenden export json models/soes -o soes.json",
)
@model_argument
@_reader_option("--tlp", "--to")
@_language_option
@_output_option(".json")
@json_option
def node_link(model: Path, to: str | None, lang: str, output: Path, json_path: str | None) -> None:
    """Write a node-link JSON file."""
    from beroenden.interop.graphs.node_link import to_node_link

    if json_path not in (None, "-") and Path(str(json_path)).resolve() == output.resolve():
        raise UsageError(say("--json och -o är samma fil.", "--json and -o are the same file."))
    graph = _graph(model, to, lang)
    text = json.dumps(to_node_link(graph), ensure_ascii=False, indent=1) + "\n"
    _finish("json", output, text, _counts(graph), json_path)


def _graph(model: Path, to: str | None, lang: str) -> "Graph":
    from beroenden.interop.graphs.written import graph_of

    network = load_network(model)
    with writing_in("en" if lang == "en" else "sv"):
        return graph_of(_masked(network, to))


def _counts(graph: "Graph") -> dict[str, Any]:
    return {"nodes": len(graph.nodes), "edges": len(graph.edges), "tlp": graph.attributes["highest_tlp"]}


for _name, _command in (("ics", ics), ("graphml", graphml), ("json", node_link), ("archimate", export_archimate)):
    export.add_command(_command, _name)
