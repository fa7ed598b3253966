"""A model as a graph without loss: entities and payments are nodes, an edge goes from whoever needs to each provider.

A node has `table` (entity or payment) and the keys of that table as attributes. An edge has the keys of its need, with `need` (which of the needs of the
node, from 0), `form` and, where a need has several providers, `place` and `share`; a need of a payment's stage has
`stage`. What a need says stands on each of its edges, its `source` as `cited_source`, since `source` is where an edge
begins. What belongs to no node (opening hours, readers, planned events) are attributes of the graph.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from beroenden.interop.graphs.graph import MARK, Edge, Graph, Node
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.modelfiles.write import to_toml
from beroenden.sharing.masking import Masked
from beroenden.sharing.visible import visible_network

FORMS = ("provider", "any_of", "shares")


def graph_of(mask: Masked) -> Graph:
    """The graph of the part of a model that a reader may see; for the own house, of all of it."""
    network = visible_network(mask)
    tables = tomllib.loads(to_toml(network))
    whole = {key: tables[key] for key in ("window", "audience", "event") if key in tables}
    about = tables["model"]
    if network.withheld and not network.name and not network.version:
        about.pop("accounts", None)  # of the model itself the reader may know nothing
    told = {"beroenden": MARK, **about, "highest_tlp": highest_label(network), **whole}
    if network.withheld:
        told["reader"] = mask.viewer.actor or mask.viewer.label
    made = Graph(_plain(told))
    for entity in tables.get("entity", []):
        made.edges += _edges(entity["id"], entity.pop("needs", []), {})
        made.nodes.append(_node("entity", entity))
    for payment in tables.get("payment", []):
        for stage in payment["stage"]:
            made.edges += _edges(payment["id"], stage.pop("needs", []), {"stage": stage["id"]})
        made.nodes.append(_node("payment", payment))
    return made


def highest_label(network: Network) -> str:
    """The most restricted label of anything in a model."""
    needs = [need for entity in network.entities for need in entity.needs]
    stages = [stage for payment in network.payments for stage in payment.stages]
    needs += [need for stage in stages for need in stage.needs]
    labels = [one.provenance.tlp for one in network.entities]
    labels += [one.provenance.tlp for one in network.payments]
    labels += [one.provenance.tlp for one in network.events]
    labels += [one.provenance.tlp for one in stages]
    labels += [one.provenance.tlp for one in needs]
    return strictest(network.tlp, *filter(None, labels))


def _node(table: str, values: dict[str, Any]) -> Node:
    return Node(values.pop("id"), {"table": table, **_plain(values)})


def _edges(consumer: str, needs: list[dict[str, Any]], about: dict[str, Any]) -> Iterator[Edge]:
    for index, need in enumerate(needs):
        form = next(form for form in FORMS if form in need)
        providers = need.pop(form)
        if "source" in need:
            need["cited_source"] = need.pop("source")
        for place, provider in enumerate([providers] if form == "provider" else providers):
            where = {} if form == "provider" else {"place": place}
            share = {"share": providers[provider]} if form == "shares" else {}
            yield Edge(consumer, provider, _plain({**about, "need": index, "form": form, **where, **share, **need}))


def _plain(value: Any) -> Any:
    """TOML as JSON has it: dates and times are texts."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value
