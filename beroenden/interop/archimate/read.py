"""ArchiMate exchange files as models: elements become entities, relationships needs, properties fields, all by a map.

B691  error          no exchange file; an element without identifier or type, or twice
B692  warning, info  elements of a type that becomes nothing (info: as the map says): once for each type, with how many
B693  warning, info  relationships that become nothing: once for each type and reason, with how many
B694  warning        the value of a property that cannot be read; the field is unknown
B695  info           properties that fill no field, or one that is filled: once for each name, with how many
B696  warning        an or-junction, read as a reserve: any one of its sources is enough, or as many as it says
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.interop.archimate.exchange import Concept, Exchange, Property, exchange_of
from beroenden.interop.archimate.mapping import (
    DEFAULT,
    DURATIONS,
    ENTITY_FIELDS,
    JUNCTION_FIELDS,
    NEED_FIELDS,
    TARGET,
    Mapping,
    Target,
    read_mapping,
    who_needs,
)
from beroenden.interop.slugs import Slugs
from beroenden.interop.xml import Reading, read_xml
from beroenden.language import say
from beroenden.model.entities import CONFIDENCES, KINDS
from beroenden.model.network import Network
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Finding, Report, Severity, Source, has_errors
from beroenden.modelfiles.read import build
from beroenden.units.durations import parse_duration

_JUNCTIONS = ("Junction", "AndJunction", "OrJunction")
Left = dict[tuple[str, str], list[Concept]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held.

    Attributes:
        network: None when any finding is an error.
        kinds: How many elements of each type became what.
        needs: How many relationships of each type became needs.
        left_out: Type, why in words, and the identifiers, of all that became nothing.
        chosen: Types that the map file names.
    """

    network: Network | None
    findings: tuple[Finding, ...]
    kinds: tuple[tuple[str, str, int], ...] = ()
    needs: tuple[tuple[str, int], ...] = ()
    left_out: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    chosen: frozenset[str] = frozenset()


def read_archimate(path: str | Path, map_path: str | Path | None = None) -> Imported:
    """An exchange file as a model, with all findings.

    Args:
        path: The file, in the exchange format of ArchiMate 3 or 2.
        map_path: A map file in TOML; without one, the default map holds.
    """
    reading, report = Reading(Path(path)), Report()
    mapping = read_mapping(Path(map_path), report) if map_path is not None else DEFAULT
    root = read_xml(reading)
    exchange = exchange_of(root, reading) if root is not None else None
    if exchange is None or has_errors([*report.findings, *reading.findings]):
        return Imported(None, (*report.in_order(), *reading.findings))
    maker = _Maker(exchange, mapping, reading)
    tables = maker.tables()
    maker.tell()
    if not tables["entity"]:
        reading.error("B691", say("inget element är av en sort som läses", "no element is of a type that is read"))
        return Imported(None, (*report.in_order(), *reading.findings))
    network, more = build(tables)
    findings = (*report.in_order(), *reading.findings, *(more if network is None else ()))
    return Imported(network, findings, *maker.account(), mapping.chosen)


@dataclass
class _Maker:
    """Makes the tables, and remembers what comes into none."""

    exchange: Exchange
    mapping: Mapping
    reading: Reading
    ids: dict[str, str] = field(default_factory=dict)
    made: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    needs: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    least: dict[str, int] = field(default_factory=dict)
    left: Left = field(default_factory=lambda: defaultdict(list))
    unused: dict[str, list[Property]] = field(default_factory=lambda: defaultdict(list))
    second: dict[str, list[Property]] = field(default_factory=lambda: defaultdict(list))

    def tables(self) -> dict[str, Any]:
        """The tables of the model."""
        slugs = Slugs()
        for key, one in self.exchange.elements.items():
            if self._kind(one) is None:
                self.left[one.type, "type"].append(one)
            else:
                self.ids[key] = slugs.of(one.name or key)
        entities = {key: self._entity(self.exchange.elements[key]) for key in self.ids}
        for one in self.exchange.relationships.values():
            self._need(one, entities)
        for key, entity in entities.items():
            if self.exchange.elements[key].type == "OrJunction" and len(entity["needs"]) > 1:
                self._as_reserve(self.exchange.elements[key], entity)
        return {"model": {"name": self.exchange.name or self.reading.path.stem}, "entity": list(entities.values())}

    def _kind(self, one: Concept) -> str | None:
        if one.type in _JUNCTIONS:
            return "process"
        return self.mapping.kinds.get(one.type)

    def _entity(self, one: Concept) -> dict[str, Any]:
        fields = self._fields(one, JUNCTION_FIELDS if one.type == "OrJunction" else ENTITY_FIELDS)
        self.least[one.id] = fields.pop("at_least", 1)
        kind: str = fields.pop("kind", None) or self._kind(one) or ""
        self.made[one.type, kind] += 1
        return {
            "id": self.ids[one.id],
            "name": one.name or one.id,
            "kind": kind,
            **fields,
            "source": f"ArchiMate {self.reading.path.name}: {one.id}",
            **({"note": one.documentation} if one.documentation else {}),
            "needs": [],
        }

    def _need(self, one: Concept, entities: dict[str, dict[str, Any]]) -> None:
        direction = who_needs(self.mapping, one.type, one.access)
        reason = self._why_not(one, direction)
        if reason:
            self.left[one.type, reason].append(one)
            return
        consumer, provider = (one.target, one.source) if direction == TARGET else (one.source, one.target)
        needs = entities[consumer]["needs"]
        if any(need["provider"] == self.ids[provider] for need in needs):
            self.left[one.type, "again"].append(one)
            return
        fields = self._fields(one, NEED_FIELDS)
        what = {"what": one.name} if one.name and "what" not in fields else {}
        source = f"ArchiMate {self.reading.path.name}: {one.type} {one.id}"
        needs.append({"provider": self.ids[provider], **what, **fields, "source": source})
        self.needs[one.type] += 1

    def _why_not(self, one: Concept, direction: str | None) -> str | None:
        """Why a relationship becomes no need."""
        ends = (one.source, one.target)
        if direction is None:
            return "type"
        if any(end in self.exchange.relationships for end in ends):
            return "of relationships"
        if any(end not in self.exchange.elements for end in ends):
            return "nowhere"
        if any(end not in self.ids for end in ends):
            return "unread end"
        return "self" if one.source == one.target else None

    def _as_reserve(self, junction: Concept, entity: dict[str, Any]) -> None:
        """The needs of an or-junction are one: any of its sources is enough, or as many as it says that there must be."""
        providers = [need["provider"] for need in entity["needs"]]
        stated, many = self.least[junction.id], len(providers)
        least = min(stated, many)
        if least < stated:
            told = say(f"knutpunkten har bara {many} källor", f"the junction has only {many} sources")
            self.reading.warning("B694", f"at_least = {stated}: {told}", junction.at)
        entity["needs"] = [{"any_of": providers, "at_least": least, "source": entity["source"]}]
        self.reading.warning("B696", _is_it_so(", ".join(providers), least), junction.at)

    def _fields(self, one: Concept, known: Iterable[str]) -> dict[str, Any]:
        """The fields that the properties fill; of several for one field, the first holds."""
        found: dict[str, Any] = {}
        for given in one.properties:
            name = given.name.casefold()
            target = self.mapping.properties.get(name)
            if target is None or target.field not in known:
                if target is not None or name not in self.mapping.properties:  # else the map says that it is not taken
                    self.unused[given.name].append(given)
            elif target.field in found:
                self.second[given.name].append(given)
            else:
                value = self._value(given, target)
                if value is not None:
                    found[target.field] = value
        return found

    def _value(self, given: Property, target: Target) -> Any:
        """A value as the model's files have it; None, and a warning, where it cannot be read."""
        if target.field == "owner":
            return self._owner(given)
        value: Any = _raw(given.value, target)
        report = Report()
        reader: values.Reader = values.duration if target.field in DURATIONS else _READERS[target.field]
        reader(value, report.root(Source(None)))
        told = given.value[:40]
        for fault in report.findings:
            named = say(f"{given.name} = ”{told}”", f'{given.name} = "{told}"')
            self.reading.warning("B694", f"{named}: {fault.sentence}", given.at)
        return None if report.findings else value

    def _owner(self, given: Property) -> str | None:
        """The id of the element that is meant, by name or identifier."""
        key = given.value if given.value in self.ids else self.named.get(given.value.casefold())
        if key is None:
            told = given.value[:60]
            message = say(f"inget element som läses heter ”{told}”", f'no element that is read is called "{told}"')
            near = did_you_mean(given.value, self.named)
            hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
            self.reading.warning("B694", f"{given.name}: {message}.{hint}", given.at)
            return None
        return self.ids[key]

    @cached_property
    def named(self) -> dict[str, str]:
        """Elements that are read, by name; of two alike, the first."""
        return {self.exchange.elements[key].name.casefold(): key for key in reversed(self.ids)}

    def tell(self) -> None:
        """What becomes nothing: one finding for each sort, at the first of it."""
        for (kind, reason), concepts in self.left.items():
            if reason != "again":
                is_element = concepts[0].id in self.exchange.elements
                why = self._why(kind, reason)
                severity: Severity = "info" if why == "chosen" else "warning"
                self.reading.add(
                    "B692" if is_element else "B693",
                    severity,
                    f"{len(concepts)} × {kind}: {_reason(why)}",
                    concepts[0].at,
                )
        no_field = say("fyller inget fält (--map säger vilket)", "fills no field (--map says which)")
        again = say(
            "fyller ett fält som en annan egenskap redan fyllt", "fills a field that another property has filled"
        )
        for group, why in ((self.unused, no_field), (self.second, again)):
            for name, properties in group.items():
                named = say(f"egenskapen ”{name[:60]}”", f'the property "{name[:60]}"')
                self.reading.add("B695", "info", f"{len(properties)} × {named}: {why}", properties[0].at)

    def _why(self, kind: str, reason: str) -> str:
        """The reason, or that the map file says so."""
        return "chosen" if reason == "type" and kind in self.mapping.chosen else reason

    def account(self) -> tuple[Any, Any, Any]:
        """What was made, and what was left out."""
        kinds = tuple((kind, became, count) for (kind, became), count in sorted(self.made.items()))
        left = (
            (kind, _reason(self._why(kind, reason)), tuple(one.id for one in found))
            for (kind, reason), found in self.left.items()
        )
        return kinds, tuple(sorted(self.needs.items())), tuple(sorted(left))


def _is_it_so(names: str, least: int) -> str:
    """What to ask whoever drew an or-junction."""
    if least == 1:
        return say(
            f"en eller-knutpunkt läses som reserv: en av {names} räcker. Stämmer det?",
            f"an or-junction is read as a reserve: one of {names} is enough. Is that so?",
        )
    return say(
        f"en eller-knutpunkt läses som reserv: minst {least} av {names} behövs. Stämmer det?",
        f"an or-junction is read as a reserve: at least {least} of {names} are needed. Is that so?",
    )


_READERS: dict[str, values.Reader] = {
    "kind": values.OneOf(*KINDS),
    "mbco": values.level,
    "population": values.whole,
    "at_least": values.from_one,
    "tlp": values.tlp,
    "verified": values.day,
    "confidence": values.OneOf(*CONFIDENCES),
    "what": values.text,
}


def _raw(text: str, target: Target) -> Any:
    """The text as a value of the field's type, where it is one; else as it stands, for the reader to refuse."""
    if target.field in DURATIONS:
        return _duration(text, target.unit)
    try:
        if target.field in ("population", "at_least"):
            return int("".join(text.split()))
        if target.field == "mbco":
            return _level(text)
        if target.field == "verified":
            return date.fromisoformat(text)
    except ValueError:
        pass
    return text


def _duration(text: str, unit: str | None) -> str:
    """A number alone is in the unit of the map."""
    if unit and text.replace(",", ".", 1).replace(".", "", 1).isdigit():
        minutes = float(text.replace(",", ".")) * parse_duration(f"1{unit}")
        return f"{round(minutes)}min"
    return text


def _level(text: str) -> float:
    plain = text.replace(",", ".").rstrip("%").strip()
    return float(plain) / (100 if text.rstrip().endswith("%") else 1)


def _reason(reason: str) -> str:
    return {
        "type": say(
            "sorten blir inget i modellen (--map kan säga vad)", "the type becomes nothing (--map can say what)"
        ),
        "chosen": say("kartan säger att sorten inte läses", "the map says that the type is not read"),
        "of relationships": say("går till eller från en annan relation", "goes to or from another relationship"),
        "nowhere": say("går till eller från något som inte finns", "goes to or from what does not exist"),
        "unread end": say(
            "går till eller från ett element som inte läses", "goes to or from an element that is not read"
        ),
        "self": say("går till sig själv", "goes to itself"),
        "again": say("samma beroende igen", "the same dependency again"),
    }[reason]
