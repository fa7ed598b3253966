"""What of an ArchiMate model becomes what: types of elements, relationships and properties, by default and by a map file.

```toml
[elements]                                   # a type and the kind of entity that it becomes, or false
BusinessActor = "authority"
DataObject = "system"

[relationships]                              # a type and who needs whom, or false
Association = "source_needs_target"

[properties]                                 # the name of a property and the field that it fills, or false
"RTO (timmar)" = { field = "rto", unit = "h" }
"Systemägare" = "owner"
```

What the file does not name is as by default.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.entities import KINDS
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place, Report
from beroenden.modelfiles.read import parse

TARGET, SOURCE = "target_needs_source", "source_needs_target"
UNITS = ("min", "h", "d", "w")


@dataclass(frozen=True, slots=True)
class Target:
    """The field that a property fills; a number alone is in the unit."""

    field: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """Kinds by type of element, who needs whom by type of relationship, fields by name of property (in lower case).

    None is what is not taken; of `chosen`, somebody has said so.
    """

    kinds: dict[str, str | None]
    directions: dict[str, str | None]
    properties: dict[str, Target | None]
    chosen: frozenset[str] = field(default_factory=frozenset)


def _all(names: str, kind: str | None) -> dict[str, str | None]:
    return dict.fromkeys(names.split(), kind)


_KINDS = {
    **_all("BusinessActor", "supplier"),
    **_all("BusinessRole BusinessCollaboration BusinessInterface BusinessProcess BusinessFunction", "process"),
    **_all("BusinessInteraction BusinessEvent BusinessService Product", "process"),
    **_all("ApplicationComponent ApplicationCollaboration ApplicationInterface ApplicationFunction", "system"),
    **_all("ApplicationInteraction ApplicationProcess ApplicationEvent ApplicationService", "system"),
    **_all("Node Device SystemSoftware TechnologyCollaboration TechnologyInterface Path", "infrastructure"),
    **_all("CommunicationNetwork TechnologyFunction TechnologyProcess TechnologyInteraction", "infrastructure"),
    **_all("TechnologyEvent TechnologyService Equipment Facility DistributionNetwork", "infrastructure"),
    **_all("InfrastructureService InfrastructureFunction InfrastructureInterface", "infrastructure"),  # ArchiMate 2
    **_all("CommunicationPath Network", "infrastructure"),  # ArchiMate 2
    **_all("BusinessObject Contract Representation DataObject Artifact Material", None),
    **_all("Stakeholder Driver Assessment Goal Outcome Principle Requirement Constraint Meaning Value", None),
    **_all("Resource Capability ValueStream CourseOfAction", None),
    **_all("WorkPackage Deliverable ImplementationEvent Plateau Gap Grouping Location", None),
}
_DIRECTIONS: dict[str, str | None] = {
    "Serving": TARGET,
    "UsedBy": TARGET,  # ArchiMate 2
    "Flow": TARGET,
    "Triggering": TARGET,
    "Assignment": TARGET,
    "Realization": TARGET,
    "Realisation": TARGET,  # ArchiMate 2
    "Access": SOURCE,  # what is written needs the writer: see `who_needs`
    "Composition": SOURCE,
    "Aggregation": None,
    "Association": None,
    "Influence": None,
    "Specialization": None,
    "Specialisation": None,
}
_PROPERTIES = {
    "kind": ("kind", "slag"),
    "owner": ("owner", "ägare"),
    "mtpd": ("mtpd", "acceptabel avbrottstid"),
    "rto": ("rto", "återställningstid"),
    "rta": ("rta", "visad återställningstid"),
    "rpo": ("rpo",),
    "mbco": ("mbco", "lägsta acceptabla nivå"),
    "population": ("population", "befolkning"),
    "endurance": ("endurance", "uthållighet"),
    "restart": ("restart", "omstart"),
    "expects": ("expects", "förväntad återställning"),
    "what": ("what", "vad"),
    "tlp": ("tlp",),
    "verified": ("verified", "verifierad"),
    "confidence": ("confidence", "säkerhet"),
    "at_least": ("at_least", "minst antal"),
}
DEFAULT = Mapping(_KINDS, _DIRECTIONS, {name: Target(field) for field, names in _PROPERTIES.items() for name in names})
ENTITY_FIELDS = ("kind", "owner", "mtpd", "rto", "rta", "rpo", "mbco", "population", "tlp", "verified", "confidence")
NEED_FIELDS = ("endurance", "restart", "expects", "what", "tlp", "verified", "confidence")
JUNCTION_FIELDS = (*ENTITY_FIELDS, "at_least")
DURATIONS = ("mtpd", "rto", "rta", "rpo", "endurance", "restart", "expects")
_FIELDS = tuple(dict.fromkeys((*JUNCTION_FIELDS, *NEED_FIELDS)))


def who_needs(mapping: Mapping, relationship: str, access: str) -> str | None:
    """Who needs whom by a relationship; what is only written to needs the one that writes."""
    direction = mapping.directions.get(relationship)
    if relationship == "Access" and access == "Write" and direction:
        return TARGET if direction == SOURCE else SOURCE
    return direction


def read_mapping(path: Path, report: Report) -> Mapping:
    """The map of a file, laid over what holds by default; its faults go to the report."""
    parsed = parse(path, report)
    if parsed is None:
        return DEFAULT
    tables, place = parsed
    sections = ("elements", "relationships", "properties")
    for key in tables:
        if key not in sections:
            message = say(f"okänd tabell ”{key:.60}”", f'unknown table "{key:.60}"')
            place.key(key).error("B201", message, did_you_mean(key, sections))
    kinds = dict(_words(tables, "elements", place, KINDS, tuple(_KINDS)))
    directions = dict(_words(tables, "relationships", place, (TARGET, SOURCE), tuple(_DIRECTIONS)))
    properties = dict(_targets(tables, place))
    chosen = frozenset([*kinds, *directions])
    return Mapping(DEFAULT.kinds | kinds, DEFAULT.directions | directions, DEFAULT.properties | properties, chosen)


def _table(tables: dict[str, Any], key: str, place: Place) -> dict[str, Any]:
    table = tables.get(key, {})
    if isinstance(table, dict):
        return table
    (place / key).error("B202", say("ska vara en tabell", "should be a table"))
    return {}


def _words(
    tables: dict[str, Any], key: str, place: Place, words: tuple[str, ...], types: tuple[str, ...]
) -> Iterator[tuple[str, str | None]]:
    """Types and words; a type that ArchiMate does not have is told, since it will match nothing."""
    for name, value in _table(tables, key, place).items():
        if name not in types:
            message = say(f"ArchiMate har ingen ”{name:.60}”", f'ArchiMate has no "{name:.60}"')
            (place / key).key(name).warning("B207", message, did_you_mean(name, types))
        word = None if value is False else values.OneOf(*words)(value, place / key / name)
        if word is not None or value is False:
            yield name, word


def _targets(tables: dict[str, Any], place: Place) -> Iterator[tuple[str, Target | None]]:
    for name, value in _table(tables, "properties", place).items():
        at = place / "properties" / name
        if value is False:
            yield name.strip().casefold(), None
        elif isinstance(value, dict):
            for key in value:
                if key not in ("field", "unit"):
                    at.key(key).error("B201", say(f"okänd nyckel ”{key:.60}”", f'unknown key "{key:.60}"'))
            if "field" not in value:
                at.error("B203", say("”field” saknas", '"field" is missing'))
                continue
            made = values.OneOf(*_FIELDS)(value["field"], at / "field")
            unit = values.OneOf(*UNITS)(value["unit"], at / "unit") if "unit" in value else None
            if made:
                yield name.strip().casefold(), Target(made, unit)
        else:
            made = values.OneOf(*_FIELDS)(value, at)
            if made:
                yield name.strip().casefold(), Target(made)
