"""The network as a networkx graph."""

from typing import TYPE_CHECKING

from beroenden.model.network import Network

if TYPE_CHECKING:
    import networkx


def to_networkx(network: Network) -> "networkx.MultiDiGraph[str]":
    """A directed multigraph of the entities: an edge from consumer to provider for each provider of each need.

    Payments and what their stages need are not in it.

    Nodes carry `name` and `kind`; edges are keyed by (index of the need, index of the provider) and carry `need`.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph(name=network.name)
    for entity in network.entities:
        graph.add_node(entity.id, name=entity.name, kind=entity.kind)
    for entity in network.entities:
        for index, need in enumerate(entity.needs):
            for place, provider in enumerate(need.providers):
                graph.add_edge(entity.id, provider, key=(index, place), need=need)
    return graph
