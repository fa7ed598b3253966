"""A graph as a model: one that was written here as it was, one that somebody else drew with a need for each edge."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.interop.graphs.graph import MARK, Edge, Graph, Node, Place
from beroenden.interop.graphs.meaning import ENTITY, MODEL, NEED, PAYMENT, TEXTS, Meaning, value_of
from beroenden.interop.graphs.written import FORMS
from beroenden.interop.slugs import Slugs
from beroenden.interop.xml import Reading
from beroenden.language import say
from beroenden.model.entities import KINDS
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, has_errors, visible
from beroenden.modelfiles.read import build

_NUMBERED = re.compile(r"(?:n?\d+)(?:::n?\d+)*")
"""Ids that a program gives, such as yEd's n0 and n0::n1."""
_WHERE = re.compile(r"(?:\.?\w+(?:\[\d+\])?)")
_MOST_NAMES = 20
_MOST_SUGGESTIONS = 50
"""Looking for what was meant takes time; a file with more than this is another file."""
_SECTIONS = ("entity", "payment")
_OWN_NODE = ("table",)
_OWN_EDGE = ("need", "stage", "form", "place", "share")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a graph held.

    Attributes:
        network: None when any finding is an error.
        findings: In the order of the file.
        needs: How many needs entities and stages have.
    """

    network: Network | None
    findings: tuple[Finding, ...]
    needs: int = 0


def network_of(graph: Graph, reading: Reading, meaning: Meaning, source: str) -> Imported:
    """The model of a graph.

    Args:
        graph: The graph.
        reading: The file and its findings so far; more are added.
        meaning: How it is read, if somebody else drew it.
        source: What is given as the source of what says none of its own, in a graph that somebody else drew.
    """
    tables = _Tables(graph, reading, meaning, source)
    tables.read()
    is_sound = not has_errors(reading.findings)
    network, findings = build(tables.tables) if tables.tables["model"] else (None, [])
    told = ("error", "warning") if is_sound else ("error",)
    reading.findings += [tables.placed(one) for one in findings if one.severity in told]
    ordered = sorted(reading.findings, key=lambda one: (one.line or 0, one.column or 0))
    if network is None or not is_sound:
        return Imported(None, tuple(ordered))
    needs = sum(len(entity.needs) for entity in network.entities)
    needs += sum(len(stage.needs) for payment in network.payments for stage in payment.stages)
    return Imported(network, tuple(ordered), needs)


class _Tables:
    """The tables of a model file, and where in the graph's file each stands."""

    def __init__(self, graph: Graph, reading: Reading, meaning: Meaning, source: str) -> None:
        self._graph, self._reading, self._meaning, self._source = graph, reading, meaning, source
        self._is_marked = graph.attributes.get("beroenden") == MARK
        self._is_own = self._is_marked or any(node.attributes.get("table") in _SECTIONS for node in graph.nodes)
        self._slugs = Slugs()
        self._ids: dict[str, str] = {}
        self._named: dict[str, str] = {}
        self._by_id: dict[str, tuple[str, dict[str, Any]]] = {}
        self._places: dict[str, Place] = {}
        self._left_out: dict[str, None] = {}
        self._unknown = 0
        self.tables: dict[str, Any] = {"model": {}, "entity": [], "payment": []}

    def read(self) -> None:
        if self._is_own and "reader" in self._graph.attributes:
            told = say(
                f"filen är skriven för {self._graph.attributes['reader']} och är inte hela modellen; läs in en som är det",
                f"the file was written for {self._graph.attributes['reader']} and is not the whole model; import one that is",
            )
            self._error("B664", told, (1, 1))
            return
        if self._is_own and not self._is_marked:
            told = say(
                "filens egna attribut är borta (en del program tar inte med dem): märkning, öppettider, läsare och händelser",
                "the file's own attributes are gone (some programs drop them): label, opening hours, readers and events",
            )
            self._reading.at("B664", "warning", told, 1, 1)
        self._model()
        self._check_kind_attribute()
        self._name_nodes()
        for node in self._graph.nodes:
            self._node(node)
        self._needs()
        if self._left_out:
            names, count = ", ".join([*self._left_out][:_MOST_NAMES]), len(self._left_out)
            told = say(f"{count} attribut läses inte in: {names}", f"{count} attributes are not imported: {names}")
            told += " …" if count > _MOST_NAMES else ""
            self._reading.at("B666", "info", told, 1, 1)

    def placed(self, finding: Finding) -> Finding:
        """A finding of the tables where it stands in the file."""
        steps = _WHERE.findall(finding.where)
        wheres = ("".join(steps[:count]) for count in range(len(steps), 0, -1))
        line, column = next((self._places[one] for one in wheres if one in self._places), (1, 1))
        return replace(finding, file=visible(str(self._reading.path)), line=line, column=column)

    def _error(self, code: str, told: str, place: Place) -> None:
        self._reading.at(code, "error", told, *place)

    def _model(self) -> None:
        told = {self._meaning.key(key): value for key, value in self._graph.attributes.items()}
        known = MODEL
        if self._is_marked:
            told = self._graph.attributes
            known = (*MODEL, "window", "audience", "event")
        told.setdefault("name", self._reading.path.stem)
        found = {key: value_of(key, value) for key, value in told.items() if key in known}
        self.tables |= {key: found.pop(key) for key in ("window", "audience", "event") if key in found}
        self.tables["model"] = found

    def _check_kind_attribute(self) -> None:
        wanted = self._meaning.kind_attribute
        names = {name: None for node in self._graph.nodes for name in node.attributes}
        if wanted is not None and wanted not in names:
            near = did_you_mean(wanted, names)
            hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
            told = say(f"ingen nod har attributet ”{wanted}”.", f'no node has the attribute "{wanted}".')
            self._error("B663", told + hint, (1, 1))

    def _is_own_node(self, node: Node) -> bool:
        return self._is_own and node.attributes.get("table") in _SECTIONS

    def _name_nodes(self) -> None:
        """Give each node its id: its own, or one like its name where a program has numbered it."""
        own = [node for node in self._graph.nodes if self._is_own_node(node)]
        others = [node for node in self._graph.nodes if not self._is_own_node(node)]
        for node in (*own, *others):
            if node.id in self._ids:
                told = say(f"noden ”{node.id:.60}” finns redan", f'the node "{node.id:.60}" is already there')
                self._error("B665", told, node.place)
                continue
            is_own, name = self._is_own_node(node), self._name(node)
            is_named = bool(name) and not is_own and _NUMBERED.fullmatch(node.id) is not None
            slug = self._slugs.of(name if is_named else node.id)
            self._ids[node.id] = node.id if is_own else slug
            self._named.setdefault(name, self._ids[node.id])

    def _name(self, node: Node) -> str:
        names = (value for key, value in node.attributes.items() if self._meaning.key(key) == "name")
        return str(next(names, ""))

    def _node(self, node: Node) -> None:
        section = str(node.attributes["table"]) if self._is_own_node(node) else "entity"
        known = PAYMENT if section == "payment" else ENTITY
        table = {"id": self._ids[node.id]} | self._values(node.attributes, known, self._is_own_node(node), _OWN_NODE)
        table.pop("needs", None)
        if not self._is_own_node(node):
            table.setdefault("name", node.id)
            table.setdefault("source", self._source)
            if "owner" in table:
                table["owner"] = self._id_of(table["owner"])
            self._kind(table, node)
        where = f"{section}[{len(self.tables[section])}]"
        self._places[where] = node.place
        self._by_id[node.id] = (where, table)
        self.tables[section].append(table)

    def _id_of(self, word: Any) -> Any:
        """The id of a node that is named as its own id or name says; another word stays for its finding."""
        return self._ids.get(word) or self._named.get(word, word) if isinstance(word, str) else word

    def _kind(self, table: dict[str, Any], node: Node) -> None:
        """The kind of a node that somebody else drew: never a guess."""
        word = str(table.get("kind", ""))
        kind = self._meaning.kind_of(word) if word else self._meaning.kind
        table["kind"] = kind or KINDS[0]  # one finding of it is enough
        if kind is not None:
            return
        known = ", ".join(KINDS)
        told = (
            say(
                f'”{word:.60}” är inget slag; säg vad det är med --kind "{word:.60}=SLAG" ({known})',
                f'"{word:.60}" is no kind; say what it is with --kind "{word:.60}=KIND" ({known})',
            )
            if word
            else say(
                f"”{node.id:.60}” har inget slag; ange --kind-attribute, eller --kind SLAG för alla utan ({known})",
                f'"{node.id:.60}" has no kind; give --kind-attribute, or --kind KIND for all without ({known})',
            )
        )
        self._error("B663", told, node.place)

    def _values(
        self, attributes: Mapping[str, Any], known: tuple[str, ...], is_own: bool, aside: tuple[str, ...]
    ) -> dict[str, Any]:
        """The attributes that a model has a key for; an empty one says nothing, but for texts of a model's own."""
        found: dict[str, Any] = {}
        for name, raw in attributes.items():
            key = ("source" if name == "cited_source" else name) if is_own else self._meaning.key(name)
            if is_own and name in aside:
                continue
            if key == "name" and known is NEED:
                key = "what"
            if key not in known or key == "id":
                self._left_out.setdefault(name)
            elif raw != "" or (is_own and key in TEXTS):
                found.setdefault(key, value_of(key, raw))
        return found

    def _needs(self) -> None:
        """The needs of each node: first those that were numbered here, in their order, then one for each other edge."""
        groups: dict[tuple[str, str, bool, int], list[Edge]] = {}
        drawn: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for number, edge in enumerate(self._graph.edges):
            ends = (edge.source, edge.target)
            consumer, provider = reversed(ends) if self._meaning.is_reversed and not self._is_own else ends
            if not self._are_known(ends, edge.place):
                continue
            alike = drawn.setdefault(ends, [])
            if edge.attributes in alike:
                self._is_drawn_twice(edge)
                continue
            alike.append(edge.attributes)
            index = value_of("need", edge.attributes.get("need")) if self._is_own else None
            stage = str(edge.attributes.get("stage", "")) if self._is_own else ""
            numbered = (False, index) if isinstance(index, int) else (True, number)
            groups.setdefault((consumer, stage, *numbered), []).append(
                Edge(consumer, provider, edge.attributes, edge.place)
            )
        for (consumer, stage, _, _), edges in sorted(groups.items(), key=lambda one: one[0]):
            self._need(consumer, stage, edges)

    def _is_drawn_twice(self, edge: Edge) -> None:
        told = say(
            f"kanten från ”{edge.source:.60}” till ”{edge.target:.60}” är ritad två gånger, lika; den blir ett enda behov",
            f'the edge from "{edge.source:.60}" to "{edge.target:.60}" is drawn twice, alike; it becomes a single need',
        )
        self._reading.at("B667", "warning", told, *edge.place)

    def _are_known(self, ends: tuple[str, str], place: Place) -> bool:
        for one in ends:
            if one not in self._by_id:
                self._unknown += 1
                near = did_you_mean(one, self._by_id) if self._unknown <= _MOST_SUGGESTIONS else None
                hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
                told = say(f"det finns ingen nod ”{one:.60}”.", f'there is no node "{one:.60}".')
                self._error("B665", told + hint, place)
        return all(one in self._by_id for one in ends)

    def _need(self, consumer: str, stage: str, edges: list[Edge]) -> None:
        where, table = self._by_id[consumer]
        if where.startswith("payment"):
            place = self._stage(table, stage)
            if place is None:
                told = say(
                    f"betalningen ”{consumer:.60}” har inget steg ”{stage:.60}”; ange stage på kanten",
                    f'the payment "{consumer:.60}" has no stage "{stage:.60}"; give stage on the edge',
                )
                self._error("B665", told, edges[0].place)
                return
            where, table = f"{where}.stage[{place}]", table["stage"][place]
        needs = table.setdefault("needs", [])
        if isinstance(needs, list):
            self._places[f"{where}.needs[{len(needs)}]"] = edges[0].place
            needs.append(self._need_table(edges))

    def _stage(self, payment: dict[str, Any], stage: str) -> int | None:
        """The place of a stage in its payment."""
        stages = payment.get("stage")
        listed = enumerate(stages) if isinstance(stages, list) else ()
        return next((place for place, one in listed if isinstance(one, dict) and one.get("id") == stage), None)

    def _need_table(self, edges: list[Edge]) -> dict[str, Any]:
        """The need of the edges that make it, which must say the same."""
        ordered = sorted(edges, key=lambda one: _number(one.attributes.get("place")))
        is_own = self._is_own and "need" in edges[0].attributes
        tables = [self._values(one.attributes, NEED, is_own, _OWN_EDGE) for one in ordered]
        for other, edge in zip(tables[1:], ordered[1:], strict=True):
            differing = [key for key in {**tables[0], **other} if tables[0].get(key) != other.get(key)]
            if differing:
                told = say(
                    f"kanterna i samma behov säger olika: {', '.join(differing)}",
                    f"the edges of one need say different things: {', '.join(differing)}",
                )
                self._error("B665", told, edge.place)
        table = {key: value for key, value in tables[0].items() if key not in FORMS}
        if not is_own:
            table.setdefault("source", self._source)
        return {**self._form(ordered, is_own), **table}

    def _form(self, edges: list[Edge], is_own: bool) -> dict[str, Any]:
        providers = [self._ids[one.target] for one in edges]
        form = edges[0].attributes.get("form") if is_own else "provider"
        if form == "any_of":
            return {"any_of": providers}
        if form == "shares":
            shares = [value_of("share", one.attributes.get("share", 0)) for one in edges]
            return {"shares": dict(zip(providers, shares, strict=True))}
        if form != "provider" or len(providers) > 1:
            told = say(
                f"{len(providers)} kanter med need {edges[0].attributes.get('need')} och form {form}; "
                "ta bort need på den nya kanten, eller ange form any_of eller shares på alla",
                f"{len(providers)} edges with need {edges[0].attributes.get('need')} and form {form}; "
                "take need off the new edge, or give form any_of or shares on all",
            )
            self._error("B665", told, edges[-1].place)
        return {"provider": providers[0]}


def _number(raw: Any) -> float:
    value = value_of("place", raw)
    return value if isinstance(value, int | float) else 0
