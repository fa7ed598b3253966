"""The elements and relationships of an exchange file, as they stand.

Source: The Open Group, ArchiMate Model Exchange File Format 3.1 (C19C) and 2.1 (C174).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from beroenden.interop.xml import Element, Reading
from beroenden.language import say
from beroenden.modelfiles.findings import visible

_NAMESPACE = "opengroup.org/xsd/archimate"


@dataclass(frozen=True, slots=True)
class Property:
    """A value by the name of its definition."""

    name: str
    value: str
    at: Element


@dataclass(frozen=True, slots=True)
class Concept:
    """An element or relationship; `source` and `target` are "" of an element."""

    id: str
    type: str
    name: str
    documentation: str
    properties: tuple[Property, ...]
    at: Element
    source: str = ""
    target: str = ""
    access: str = ""


@dataclass
class Exchange:
    """What a file holds."""

    name: str
    elements: dict[str, Concept] = field(default_factory=dict)
    relationships: dict[str, Concept] = field(default_factory=dict)


def exchange_of(root: Element, reading: Reading) -> Exchange | None:
    """The content of a file by its root; None, and an error, when it is of another format."""
    if _local(root.tag) != "model" or not any(_NAMESPACE in value for value in root.attributes.values()):
        message = say(
            "är ingen ArchiMate-modell i utbytesformatet; exportera den som ”Open Exchange File” (i Archi: File > Export)",
            'is no ArchiMate model in the exchange format; export it as "Open Exchange File" (in Archi: File > Export)',
        )
        reading.error("B691", message, root)
        return None
    definitions = {
        one.attributes.get("identifier", ""): _text(one, "name") or one.name
        for one in _children(root, "propertyDefinitions", "propertyDefinition")
    } | {
        one.attributes.get("identifier", ""): _text(one, "name") or one.name
        for one in _children(root, "propertydefs", "propertydef")
    }
    made = Exchange(_text(root, "name"))
    for within, tag, into in (
        ("elements", "element", made.elements),
        ("relationships", "relationship", made.relationships),
    ):
        for one in _children(root, within, tag):
            _add(_concept(one, definitions), into, made, reading)
    return made


def _add(concept: Concept, into: dict[str, Concept], made: Exchange, reading: Reading) -> None:
    if not concept.id or not concept.type:
        reading.error("B691", say("saknar identifier eller xsi:type", "has no identifier or xsi:type"), concept.at)
    elif concept.id in made.elements or concept.id in made.relationships:
        told = visible(concept.id)[:60]
        reading.error(
            "B691", say(f"identifier ”{told}” finns redan", f'identifier "{told}" is already taken'), concept.at
        )
    else:
        into[concept.id] = concept


def _concept(one: Element, definitions: dict[str, str]) -> Concept:
    attributes = {_local(key): value.strip() for key, value in one.attributes.items()}
    return Concept(
        attributes.get("identifier", ""),
        attributes.get("type", "").removesuffix("Relationship"),
        _text(one, "name") or _text(one, "label"),
        _text(one, "documentation"),
        tuple(_properties(one, definitions)),
        one,
        attributes.get("source", ""),
        attributes.get("target", ""),
        attributes.get("accessType", ""),
    )


def _properties(one: Element, definitions: dict[str, str]) -> Iterator[Property]:
    for given in _children(one, "properties", "property"):
        reference = given.attributes.get("propertyDefinitionRef") or given.attributes.get("identifierref", "")
        value = _text(given, "value")
        if value:
            yield Property(definitions.get(reference) or reference, value, given)


def _children(root: Element, within: str, tag: str) -> Iterator[Element]:
    for group in root.children:
        if _local(group.tag) == within:
            yield from (one for one in group.children if _local(one.tag) == tag)


def _text(one: Element, tag: str) -> str:
    """The text of a child, in Swedish where there are several languages, else the first."""
    texts = [child for child in one.children if _local(child.tag) == tag and child.text.strip()]
    texts.sort(key=lambda child: not child.attributes.get("xml:lang", "").lower().startswith("sv"))
    return visible(texts[0].text).strip() if texts else ""


def _local(name: str) -> str:
    return name.rpartition(":")[2]
