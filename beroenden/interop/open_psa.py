"""Fault trees in the Open-PSA model exchange format as networks.

A basic event becomes an entity with its unavailability; a gate an entity that never fails by itself and falls with its
needs: with any of them (`or`: several needs), with all (`and`: an `any_of`), with k of n (`atleast`: `any_of` with
`at_least` n - k + 1). A formula inside a formula becomes an entity of its own, house events disappear into the gates.

Source: Epstein and Rauzy (2008), Open-PSA Model Exchange Format, version 2.0d.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beroenden.interop.fault_tree import Events, Gate, Tree
from beroenden.interop.slugs import Slugs
from beroenden.interop.xml import Element, Reading, read_xml
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, has_errors
from beroenden.modelfiles.read import build


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held.

    Attributes:
        network: None when any finding is an error.
        tops: Ids of gates that no other gate has as an input.
        gates: How many entities stand for gates and formulas.
        events: How many stand for basic events.
    """

    network: Network | None
    findings: tuple[Finding, ...]
    tops: tuple[str, ...] = ()
    gates: int = 0
    events: int = 0


def read_open_psa(path: Path) -> Imported:
    """The fault trees of a file as a network, with all findings."""
    reading = Reading(path)
    root = read_xml(reading)
    if root is None:
        return Imported(None, tuple(reading.findings))
    if root.tag != "opsa-mef":
        told = say(f"roten är ”{root.tag}”, inte ”opsa-mef”", f'the root is "{root.tag}", not "opsa-mef"')
        reading.error("B651", told, root)
        return Imported(None, tuple(reading.findings))
    events = Events(reading)
    events.collect(root)
    tree = Tree(events, reading)
    tree.read()
    if has_errors(reading.findings):
        return Imported(None, _in_order(reading.findings))
    return _imported(tree, reading, _name(root, path))


def _name(root: Element, path: Path) -> str:
    trees = [child.name for child in root.children if child.tag == "define-fault-tree"]
    return root.name or ", ".join(filter(None, trees)) or path.stem


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda one: (one.line or 0, one.column or 0)))


def _imported(tree: Tree, reading: Reading, name: str) -> Imported:
    slugs = Slugs()
    ids = {key: slugs.of(key) for key in tree.in_order([*tree.gates, *tree.basic])}
    source = f"Open-PSA: {reading.path.name}"
    gates = [_gate(key, tree.gates[key], ids, tree.notes.get(key), source) for key in ids if key in tree.gates]
    events = [_event(key, tree.basic[key], ids, tree.notes.get(key), source) for key in ids if key in tree.basic]
    if not gates:
        reading.error("B651", say("ingen grind är kvar att läsa in", "no gate is left to import"))
        return Imported(None, _in_order(reading.findings))
    network, findings = build({"model": {"name": name}, "entity": [*gates, *events]})
    needed = {one for gate in tree.gates.values() for one in gate.inputs}
    tops = tuple(one for key, one in ids.items() if key in tree.gates and key not in needed)
    if network is None:
        return Imported(None, (*_in_order(reading.findings), *findings))
    return Imported(network, _in_order(reading.findings), tops, len(gates), len(events))


def _gate(key: str, gate: Gate, ids: dict[str, str], note: str | None, source: str) -> dict[str, Any]:
    inputs = [ids[one] for one in gate.inputs]
    needs: list[dict[str, Any]]
    if gate.failing == 1:
        needs = [{"provider": one, "endurance": "0min"} for one in inputs]
    else:
        needs = [{"any_of": inputs, "at_least": len(inputs) - gate.failing + 1, "endurance": "0min"}]
    return {**_entity(key, ids, note, source), "kind": "process", "failure": {"unavailability": 0}, "needs": needs}


def _event(key: str, share: float | None, ids: dict[str, str], note: str | None, source: str) -> dict[str, Any]:
    failure = {} if share is None else {"failure": {"unavailability": share}}
    return {**_entity(key, ids, note, source), "kind": "system", **failure}


def _entity(key: str, ids: dict[str, str], note: str | None, source: str) -> dict[str, Any]:
    return {"id": ids[key], "name": key, "source": source, **({"note": note} if note else {})}
