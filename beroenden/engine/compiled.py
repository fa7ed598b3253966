"""The network as flat columns for the kernel."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

from beroenden.model.entities import Need
from beroenden.model.network import Network

PROVIDER, ANY_OF, SHARES = 0, 1, 2
_FORMS = {"provider": PROVIDER, "any_of": ANY_OF, "shares": SHARES}

Column = list[int]
Levels = list[float]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Compiled:
    """Entities are numbered in topological order of the condensation, providers first; members of a component together.

    Needs of entities come first, entity by entity; then the needs of payment stages, which belong to no entity.
    `x_start` columns have one element more than what they index: what belongs to i stands from `x_start[i]` to
    `x_start[i + 1]`.

    Attributes:
        ids: Ids by number.
        number: Numbers by id.
        index: Position of each entity, by number, in the network.
        need_start: Needs of each entity.
        form, at_least, floor, restart: By need.
        inside: 1 where the need closes a cycle: it has a provider in its own entity's component.
        provider_start, provider, weight: Providers of each need; weight is the share (0 for other forms).
        step_start, step_minutes, step_level: Endurance steps of each need.
        consumer_start, consumer: Entities that need each entity.
        component_start: First entity of each component.
        component: Component of each entity.
        cyclic: 1 for components with a cycle.
        stage_need: First need of each stage, by (payment id, index of the stage).
    """

    ids: list[str]
    number: dict[str, int]
    index: Column
    need_start: Column
    form: Column
    at_least: Column
    floor: Levels
    restart: Column
    inside: Column
    provider_start: Column
    provider: Column
    weight: Levels
    step_start: Column
    step_minutes: Column
    step_level: Levels
    consumer_start: Column
    consumer: Column
    component_start: Column
    component: Column
    cyclic: Column
    stage_need: dict[tuple[str, int], int]


_KNOWN: "WeakKeyDictionary[Network, Compiled]" = WeakKeyDictionary()


def compiled(network: Network) -> Compiled:
    """The columns of a network, made once for each."""
    found = _KNOWN.get(network)
    if found is None:
        found = _KNOWN[network] = _compile(network)
    return found


def _compile(network: Network) -> Compiled:
    order, component_start, cyclic = _topological(network)
    ids = [network.entities[index].id for index in order]
    number = {entity: place for place, entity in enumerate(ids)}
    component = [0] * len(ids)
    for place in range(len(component_start) - 1):
        for member in range(component_start[place], component_start[place + 1]):
            component[member] = place

    needs: list[Need] = []
    inside: Column = []
    need_start = [0]
    for place, index in enumerate(order):
        for need in network.entities[index].needs:
            needs.append(need)
            closes = any(component[number[provider]] == component[place] for provider in need.providers)
            inside.append(int(closes))
        need_start.append(len(needs))
    stage_need: dict[tuple[str, int], int] = {}
    for payment in network.payments:
        for step, stage in enumerate(payment.stages):
            stage_need[payment.id, step] = len(needs)
            needs += stage.needs
    inside += [0] * (len(needs) - len(inside))

    provider_start, provider = _nested([number[one] for one in need.providers] for need in needs)
    _, weight = _nested(need.shares or [0.0] * len(need.providers) for need in needs)
    step_start, step_minutes = _nested([step.minutes for step in need.endurance or ()] for need in needs)
    _, step_level = _nested([step.level for step in need.endurance or ()] for need in needs)
    consumers: list[dict[int, None]] = [{} for _ in ids]
    for place in range(len(ids)):
        for one in range(provider_start[need_start[place]], provider_start[need_start[place + 1]]):
            consumers[provider[one]][place] = None
    consumer_start, consumer = _nested(consumers)
    return Compiled(
        ids=ids,
        number=number,
        index=order,
        need_start=need_start,
        form=[_FORMS[need.form] for need in needs],
        at_least=[need.at_least for need in needs],
        floor=[need.floor for need in needs],
        restart=[need.restart for need in needs],
        inside=inside,
        provider_start=provider_start,
        provider=provider,
        weight=weight,
        step_start=step_start,
        step_minutes=step_minutes,
        step_level=step_level,
        consumer_start=consumer_start,
        consumer=consumer,
        component_start=component_start,
        component=component,
        cyclic=cyclic,
        stage_need=stage_need,
    )


def _topological(network: Network) -> tuple[Column, Column, Column]:
    """Entities (positions in the network) providers first, where each component starts, and which have a cycle."""
    import networkx

    places = {entity.id: index for index, entity in enumerate(network.entities)}
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_nodes_from(range(len(network.entities)))
    for index, entity in enumerate(network.entities):
        graph.add_edges_from((places[provider], index) for need in entity.needs for provider in need.providers)
    condensation = networkx.condensation(graph)
    order: Column = []
    starts, cyclic = [0], []
    for component in networkx.topological_sort(condensation):
        members = sorted(condensation.nodes[component]["members"])
        order += members
        starts.append(len(order))
        cyclic.append(int(len(members) > 1 or graph.has_edge(members[0], members[0])))
    return order, starts, cyclic


def _nested(groups: Iterable[Iterable[T]]) -> tuple[Column, list[T]]:
    starts: Column = [0]
    flat: list[T] = []
    for group in groups:
        flat += group
        starts.append(len(flat))
    return starts, flat
