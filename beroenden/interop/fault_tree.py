"""The gates and events of an Open-PSA file: what names mean, and gates with constants worked into them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite

from beroenden.interop.xml import Element, Reading
from beroenden.language import say
from beroenden.modelfiles.findings import has_errors

GATE, BASIC, HOUSE = "define-gate", "define-basic-event", "define-house-event"
_CONTAINERS = ("define-fault-tree", "define-component", "model-data")
_REFERENCES = {"gate": (GATE,), "basic-event": (BASIC,), "house-event": (HOUSE,), "event": (GATE, BASIC, HOUSE)}
_COHERENT = ("and", "or", "atleast")
_ASIDE = ("label", "attributes")
_PASSED_OVER = ("define-parameter", *_ASIDE)

_INNER = "#"
"""Stands in keys of formulas inside formulas; no name of the format can have it."""

Input = str | bool
"""Key of an event, or whether it has failed once and for all."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A gate, basic event or house event where it is defined; the key is its path."""

    key: str
    element: Element
    within: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Which of the three."""
        return self.element.tag

    @property
    def content(self) -> list[Element]:
        """What it is defined as, without labels."""
        return [child for child in self.element.children if child.tag not in _ASIDE]


@dataclass(frozen=True, slots=True)
class Gate:
    """It fails when so many of its inputs do.

    Attributes:
        failing: How many, from 1 to all.
    """

    failing: int
    inputs: tuple[str, ...]


@dataclass
class Events:
    """All definitions of a file, by path and by name."""

    reading: Reading
    by_key: dict[str, Definition] = field(default_factory=dict)
    _by_name: dict[str, list[Definition]] = field(default_factory=dict)

    def collect(self, container: Element, within: tuple[str, ...] = ()) -> None:
        """Take in what a fault tree, a component or the model data define."""
        for child in container.children:
            if child.tag in (GATE, BASIC, HOUSE):
                self._define(child, within)
            elif child.tag in _CONTAINERS:
                self.collect(child, within if child.tag == "model-data" else (*within, child.name))
            elif child.tag not in _PASSED_OVER:
                told = say(f"”{child.tag}” läses inte in", f'"{child.tag}" is not imported')
                self.reading.warning("B657", told, child)

    def _define(self, element: Element, within: tuple[str, ...]) -> None:
        if not element.name or _INNER in element.name:
            told = say(
                f"definitionen ska ha ett namn utan {_INNER}", f"the definition should have a name without {_INNER}"
            )
            self.reading.error("B653", told, element)
            return
        is_private = element.attributes.get("role") == "private"
        key = ".".join((*within, element.name)) if is_private else element.name
        if key in self.by_key:
            before = self.by_key[key].element.line
            told = say(f"”{key}” är redan definierad på rad {before}", f'"{key}" is already defined on line {before}')
            self.reading.error("B653", told, element)
            return
        self.by_key[key] = Definition(key, element, within)
        self._by_name.setdefault(element.name, []).append(self.by_key[key])

    def find(self, name: str, kinds: Sequence[str], within: tuple[str, ...]) -> Definition | None:
        """What a name means in a container: the innermost first, then what is public, then the last part of a path."""
        paths = [".".join((*within[:depth], name)) for depth in range(len(within), -1, -1)]
        found = [self.by_key[path] for path in paths if path in self.by_key]
        if not found and "." in name:
            found = self._by_name.get(name.rpartition(".")[2], [])
        return next((one for one in found if one.kind in kinds), None)


class Tree:
    """The gates with house events and constants worked into them."""

    def __init__(self, events: Events, reading: Reading) -> None:
        self._events, self._reading = events, reading
        self.gates: dict[str, Gate] = {}
        self.basic: dict[str, float | None] = {}
        self.notes: dict[str, str] = {}
        self._known: dict[str, Input] = {}
        self._under_way: dict[str, None] = {}

    def read(self) -> None:
        """Read every gate; basic events as they are met."""
        gates = [one for one in self._events.by_key.values() if one.kind == GATE]
        if not gates:
            self._reading.error("B651", say("filen har inga grindar", "the file has no gates"))
        for one in gates:
            if one.key not in self._known:
                self._follow(one)
        for one in self._events.by_key.values():
            if one.kind == BASIC and one.key not in self.basic:
                told = say(f"ingen grind har ”{one.key}”; utelämnad", f'no gate has "{one.key}"; left out')
                self._reading.add("B656", "info", told, one.element)

    def in_order(self, keys: Iterable[str]) -> list[str]:
        """Keys as the file defines them, formulas inside a formula after it, what is not defined last."""
        place = {key: number for number, key in enumerate(self._events.by_key)}
        return sorted(keys, key=lambda key: (place.get(key.split(_INNER)[0], len(place)), _INNER in key))

    def _follow(self, start: Definition) -> None:
        """Read a gate after all that it rests on, without recursion: trees may be deep."""
        waiting = [(start, iter(self._gates_in(start)))]
        self._under_way[start.key] = None
        while waiting:
            one, inner = waiting[-1]
            following = next((gate for gate in inner if gate.key not in self._known), None)
            if following is None:
                if one.key not in self._known:
                    self._known[one.key] = self._read_gate(one)
                del self._under_way[one.key]
                waiting.pop()
            elif following.key in self._under_way:
                path = list(self._under_way)
                ring = " → ".join([*path[path.index(following.key) :], following.key])
                told = say(f"grindarna går i ring: {ring}", f"the gates form a ring: {ring}")
                self._reading.error("B655", told, following.element)
                self._known[following.key] = False
            else:
                self._under_way[following.key] = None
                waiting.append((following, iter(self._gates_in(following))))

    def _gates_in(self, gate: Definition) -> Iterator[Definition]:
        elements = gate.content[:1]
        while elements:
            element = elements.pop()
            if element.tag in ("gate", "event"):
                found = self._events.find(element.name, (GATE,), gate.within)
                if found:
                    yield found
            elements += reversed(element.children)

    def _read_gate(self, gate: Definition) -> Input:
        self._note(gate)
        if not gate.content:
            told = say(
                f"grinden ”{gate.key}” är inte utvecklad; den blir en bashändelse utan feldata",
                f'the gate "{gate.key}" is not developed; it becomes a basic event without failure data',
            )
            self._reading.warning("B654", told, gate.element)
            self.basic[gate.key] = None
            return gate.key
        if len(gate.content) > 1:
            told = say(f"grinden ”{gate.key}” har flera formler", f'the gate "{gate.key}" has several formulas')
            self._reading.error("B652", told, gate.content[1])
        meaning = self._formula(gate.content[0], gate, gate.key)
        if isinstance(meaning, bool):
            self._leave_out(gate, meaning)
            return meaning
        if meaning != gate.key:
            self.gates[gate.key] = Gate(1, (meaning,))
        return gate.key

    def _leave_out(self, gate: Definition, always: bool) -> None:
        if not has_errors(self._reading.findings):
            how = say("faller alltid", "always fails") if always else say("faller aldrig", "never fails")
            told = say(f"grinden ”{gate.key}” {how}; utelämnad", f'the gate "{gate.key}" {how}; left out')
            self._reading.warning("B656", told, gate.element)

    def _formula(self, element: Element, gate: Definition, key: str) -> Input:
        """What a formula means; where it joins inputs it becomes a gate with a key."""
        if element.tag in _REFERENCES:
            return self._reference(element, gate)
        if element.tag == "constant":
            return element.attributes.get("value", "").strip() == "true"
        if element.tag not in _COHERENT:
            told = say(
                f"grinden ”{gate.key}” har ”{element.tag}” och är inte koherent (mer fel kan göra det bättre); "
                "bara `and`, `or` och `atleast` läses in",
                f'the gate "{gate.key}" has "{element.tag}" and is not coherent (more failures may make it better); '
                "only `and`, `or` and `atleast` are imported",
            )
            self._reading.error("B652", told, element)
            return False
        inner = [one for one in element.children if one.tag not in _ASIDE]
        if not inner:
            told = say(f"grinden ”{gate.key}” saknar ingångar", f'the gate "{gate.key}" has no inputs')
            self._reading.error("B652", told, element)
            return False
        inputs = [self._formula(one, gate, f"{key}{_INNER}{place}") for place, one in enumerate(inner, 1)]
        return self._joined(self._failing(element, len(inner), gate), inputs, key)

    def _failing(self, element: Element, count: int, gate: Definition) -> int:
        """How many of the inputs must fail."""
        if element.tag != "atleast":
            return count if element.tag == "and" else 1
        given = element.attributes.get("min", "").strip()
        if given.isdecimal() and 1 <= int(given) <= count:
            return int(given)
        told = say(
            f"grinden ”{gate.key}”: min ska vara från 1 till {count}, inte ”{given}”",
            f'the gate "{gate.key}": min should be from 1 to {count}, not "{given}"',
        )
        self._reading.error("B652", told, element)
        return 1

    def _joined(self, failing: int, inputs: Sequence[Input], key: str) -> Input:
        """A gate without constants among its inputs, or the constant that it is."""
        failing -= sum(one is True for one in inputs)
        events = [one for one in inputs if isinstance(one, str)]
        if failing <= 0:
            return True
        if failing > len(events):
            return False
        if failing in (1, len(events)):
            distinct = tuple(dict.fromkeys(events))
            self.gates[key] = Gate(1 if failing == 1 else len(distinct), distinct)
        else:
            self.gates[key] = Gate(failing, tuple(self._each_once(events, key)))
        return key

    def _each_once(self, events: Sequence[str], key: str) -> Iterator[str]:
        """The inputs of a vote; one that has several votes gets a gate that passes it on for each after the first."""
        met: set[str] = set()
        for place, event in enumerate(events, 1):
            if event not in met:
                met.add(event)
                yield event
            else:
                again = f"{key}{_INNER}vote{_INNER}{place}"
                self.gates[again] = Gate(1, (event,))
                yield again

    def _reference(self, element: Element, gate: Definition) -> Input:
        kinds = _REFERENCES[element.tag]
        if element.tag == "event" and element.attributes.get("type") in _REFERENCES:
            kinds = _REFERENCES[element.attributes["type"]]
        found = self._events.find(element.name, kinds, gate.within)
        if found is None and BASIC in kinds and element.name and _INNER not in element.name:
            return self._undefined(element, gate)
        if found is None:
            told = say(
                f"grinden ”{gate.key}” hänvisar till ”{element.name}”, som inte är definierad",
                f'the gate "{gate.key}" refers to "{element.name}", which is not defined',
            )
            self._reading.error("B653", told, element)
            return False
        if found.kind == GATE:
            return self._known.get(found.key, False)
        return self._house(found) if found.kind == HOUSE else self._basic(found)

    def _undefined(self, element: Element, gate: Definition) -> Input:
        if element.name not in self.basic:
            told = say(
                f"bashändelsen ”{element.name}” är inte definierad; den får inga feldata",
                f'the basic event "{element.name}" is not defined; it gets no failure data',
            )
            self._reading.warning("B654", told, element)
            self.basic[element.name] = None
        return element.name

    def _house(self, event: Definition) -> bool:
        given = [one for one in event.content if one.tag == "constant"]
        if not given:
            told = say(
                f"hushändelsen ”{event.key}” saknar värde; den räknas som falsk",
                f'the house event "{event.key}" has no value; it counts as false',
            )
            self._reading.warning("B654", told, event.element)
        return bool(given) and given[0].attributes.get("value", "").strip() == "true"

    def _basic(self, event: Definition) -> str:
        if event.key not in self.basic:
            self.basic[event.key] = None
            self.basic[event.key] = self._probability(event)
            self._note(event)
        return event.key

    def _probability(self, event: Definition) -> float | None:
        if not event.content:
            told = say(
                f"bashändelsen ”{event.key}” saknar sannolikhet", f'the basic event "{event.key}" has no probability'
            )
            self._reading.warning("B654", told, event.element)
            return None
        given = event.content[0]
        if given.tag not in ("float", "int"):
            told = say(
                f"sannolikheten för ”{event.key}” är ett uttryck ({given.tag}) och blir okänd; bara float läses in",
                f'the probability of "{event.key}" is an expression ({given.tag}) and becomes unknown; only float is imported',
            )
            self._reading.warning("B654", told, given)
            return None
        value = _number(given.attributes.get("value", ""))
        if value is None or not 0 <= value <= 1:
            told = say(
                f"sannolikheten för ”{event.key}” ska vara ett tal från 0 till 1",
                f'the probability of "{event.key}" should be a number from 0 to 1',
            )
            self._reading.error("B652", told, given)
            return None
        if value == 0:
            told = say(
                f"”{event.key}” har sannolikheten 0: den räknas som att den aldrig faller och är inte med i någon mängd",
                f'"{event.key}" has the probability 0: it counts as never failing and is in no cut set',
            )
            self._reading.warning("B654", told, given)
        return value

    def _note(self, event: Definition) -> None:
        label = next((one.text.strip() for one in event.element.children if one.tag == "label"), "")
        if label:
            self.notes[event.key] = " ".join(label.split())


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if isfinite(value) else None
