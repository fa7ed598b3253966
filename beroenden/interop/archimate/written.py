"""A model as an ArchiMate exchange file: entities as elements, needs as Serving, payments as services that their stages realize.

Kinds, times and the rest are properties by the names that the import knows. An `any_of` is an or-junction, with `at_least` as a
property; what ArchiMate has no word for (shares, endurance in steps, calendars, opening hours) is a property in text, or is
left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from beroenden.interop.graphs.written import highest_label
from beroenden.language import say
from beroenden.model.entities import Entity, Need, Provenance
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.sharing.masking import Masked
from beroenden.sharing.visible import visible_network
from beroenden.units.durations import format_duration

_TYPE = {"system": "ApplicationComponent", "infrastructure": "Node", "process": "BusinessProcess"}
_ACTOR = "BusinessActor"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'identifier="id-model">\n'
)
Properties = dict[str, object]


def to_exchange(mask: Masked) -> str:
    """The part of a model that a reader may see, in the exchange format of ArchiMate 3.1."""
    network = visible_network(mask)
    made = _Writer(network)
    for entity in network.entities:
        made.entity(entity)
    for payment in network.payments:
        made.payment(payment)
    return made.text()


@dataclass
class _Writer:
    """Gathers elements and relationships, and the names of the properties that they have."""

    network: Network
    elements: list[str] = field(default_factory=list)
    relationships: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The whole file, its parts in the order of the schema."""
        about = f"{highest_label(self.network)}. {say('Version', 'Version')} {self.network.version or '–'}."
        definitions = (
            f'<propertyDefinition identifier="{key}" type="string">{_lines("name", name)}</propertyDefinition>'
            for name, key in self.names.items()
        )
        parts = [_lines("name", self.network.name or "–"), _lines("documentation", about)]
        parts += _group("elements", self.elements)
        parts += _group("relationships", self.relationships)
        parts += _group("propertyDefinitions", definitions)
        return _HEAD + "\n".join([*parts, "</model>", ""])

    def entity(self, entity: Entity) -> None:
        """An entity and its needs."""
        owner = self.network.entity.get(entity.owner or "")
        properties: Properties = {
            "kind": entity.kind,
            "owner": owner and owner.name,
            **{name: _time(getattr(entity, name)) for name in ("mtpd", "rto", "rta", "rpo")},
            "mbco": entity.mbco,
            "population": entity.population,
            **_about(entity.provenance),
        }
        kind = _TYPE.get(entity.kind, _ACTOR)
        self._element(_id(entity.id), kind, entity.name, properties, entity.provenance.note)
        self._needs(entity.id, entity.needs)

    def payment(self, payment: Payment) -> None:
        """A payment, and its stages, which it needs."""
        provenance = payment.provenance
        self._element(_id(payment.id), "BusinessService", payment.name, _about(provenance), provenance.note)
        for stage in payment.stages:
            key = f"{payment.id}.{stage.id}"
            name = f"{payment.name}: {stage.name}"
            self._element(_id(key), "BusinessProcess", name, _about(stage.provenance), stage.provenance.note)
            self._relationship("Realization", key, payment.id, "", {})
            self._needs(key, stage.needs)

    def _needs(self, consumer: str, needs: Iterable[Need]) -> None:
        for number, need in enumerate(needs):
            if need.form == "any_of":
                junction = f"{consumer}.{number}"
                self._junction(junction, need)
                for provider in need.providers:
                    self._relationship("Serving", provider, junction, "", {})
                self._relationship("Serving", junction, consumer, need.what or "", _of_need(need))
                continue
            for provider, share in zip(need.providers, need.shares or (None,), strict=True):
                self._relationship("Serving", provider, consumer, need.what or "", {"share": share, **_of_need(need)})

    def _junction(self, key: str, need: Need) -> None:
        """An or-junction, named for how many of its sources are enough."""
        least, many = need.at_least, len(need.providers)
        if least == 1:
            self._element(_id(key), "OrJunction", say("någon av", "any of"), {}, None)
        else:
            name = say(f"minst {least} av {many}", f"at least {least} of {many}")
            self._element(_id(key), "OrJunction", name, {"at_least": least}, None)

    def _element(self, key: str, kind: str, name: str, properties: Properties, note: str | None) -> None:
        documentation = _lines("documentation", note) if note else ""
        inside = _lines("name", name) + documentation + self._properties(properties)
        self.elements.append(f'<element identifier="{key}" xsi:type="{kind}">{inside}</element>')

    def _relationship(self, kind: str, source: str, target: str, name: str, properties: Properties) -> None:
        ends = f"source={quoteattr(_id(source))} target={quoteattr(_id(target))}"
        inside = (_lines("name", name) if name else "") + self._properties(properties)
        key = f"r-{len(self.relationships) + 1}"
        self.relationships.append(f'<relationship identifier="{key}" {ends} xsi:type="{kind}">{inside}</relationship>')

    def _properties(self, properties: Properties) -> str:
        given = {name: value for name, value in properties.items() if value is not None}
        lines = [
            f'<property propertyDefinitionRef="{self._definition(name)}">{_lines("value", str(value))}</property>'
            for name, value in given.items()
        ]
        return f"<properties>{''.join(lines)}</properties>" if lines else ""

    def _definition(self, name: str) -> str:
        return self.names.setdefault(name, f"p-{len(self.names) + 1}")


def _id(key: str) -> str:
    """An identifier as XML has them: a letter first, and no tilde."""
    return f"id-{key.replace('~', '')}"


def _lines(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>"


def _group(tag: str, inside: Iterable[str]) -> Iterator[str]:
    lines = list(inside)
    if lines:
        yield from (f"<{tag}>", *lines, f"</{tag}>")


def _time(minutes: int | None) -> str | None:
    return None if minutes is None else format_duration(minutes)


def _about(given: Provenance) -> Properties:
    return {"tlp": given.tlp, "cited source": given.source, "verified": given.verified, "confidence": given.confidence}


def _of_need(need: Need) -> Properties:
    steps = need.endurance or ()
    is_plain = len(steps) == 1 and steps[0].level == 1
    return {
        "endurance": _time(steps[0].minutes) if is_plain else None,
        "endurance in steps": None if is_plain or not steps else _in_steps(need),
        "floor": need.floor or None,
        "restart": _time(need.restart) if need.restart else None,
        "expects": _time(need.expects),
        **_about(need.provenance),
    }


def _in_steps(need: Need) -> str:
    return ", ".join(f"{format_duration(step.minutes)}: {step.level}" for step in need.endurance or ())
