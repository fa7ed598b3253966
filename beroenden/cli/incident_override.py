"""An own entry in place of what another actor's delgivning says of an outage."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Received
    from beroenden.model.network import Network

_LENGTHS = ("for", "end")


def in_place_of(
    received: "Received", kind: str, given: Mapping[str, Any], network: "Network | None", label: str
) -> dict[str, Any]:
    """The own outage that outranks the one in a delgivning: its fields where none are given, and a text that says so.

    What another has said is never corrected: the entry supersedes nothing, and the delgivning stays as it came.

    Args:
        received: The delgivning.
        kind: The kind of the entry.
        given: The fields that were given.
        network: The model.
        label: That of entries without their own; the entry is never less strict than what it repeats.

    Raises:
        UsageError: when it is no outage, or which one is not said.
    """
    from beroenden.incident.log.fields import zone_of
    from beroenden.model.labels import TLP, strictest
    from beroenden.units.times import time_zone

    if kind != "outage":
        raise UsageError(
            say(
                f"{received.id} är en annans delgivning och rättas inte; bara ett avbrott i den kan ersättas med en egen "
                f"uppgift (outage --supersedes {received.id}).",
                f"{received.id} is another's delgivning and is not corrected; only an outage in it can be replaced by an "
                f"entry of one's own (outage --supersedes {received.id}).",
            )
        )
    told = _outages(received, time_zone(zone_of(network)))
    entity = given.get("entity") or (next(iter(told)) if len(told) == 1 else None)
    if entity not in told:
        those = ", ".join(told) or say("inget avbrott", "no outage")
        raise UsageError(
            say(
                f"{received.id} tar upp {those}. Ange vilket med --entity.",
                f"{received.id} tells of {those}. Say which with --entity.",
            )
        )
    sender = received.sender_in(network)
    remark = say(
        f"Egen uppgift i stället för den från {sender} ({received.id}).",
        f"Own information in place of that from {sender} ({received.id}).",
    )
    claimed = told[entity]
    if any(key in given for key in _LENGTHS):
        claimed = {key: value for key, value in claimed.items() if key not in _LENGTHS}
    own = {key: value for key, value in given.items() if key != "supersedes"}
    asked = given.get("tlp") or label
    if asked in TLP:
        own["tlp"] = strictest(asked, received.label)
    return {"entity": entity, **claimed, **own, "text": f"{remark} {given.get('text', '')}".strip()}


def _outages(received: "Received", zone: "ZoneInfo") -> dict[str, dict[str, Any]]:
    """The fields of the outage of each entity that a delgivning tells of: of several the last that had begun."""
    from beroenden.incident.lagesbild.claims import outages_by_start
    from beroenden.incident.reported import stands_at

    told: dict[str, list[dict[str, str]]] = {}
    for statement in received.statements:
        for (subject, _), claimed in outages_by_start(statement.claims).items():
            told.setdefault(subject, []).append(claimed)
    return {subject: _fields(_latest_begun(outages, stands_at(received), zone)) for subject, outages in told.items()}


def _latest_begun(outages: Sequence[dict[str, str]], at: int, zone: "ZoneInfo") -> dict[str, str]:
    """Of the outages of one thing the last that had begun at a time; where none had, the first that is planned."""
    from beroenden.incident.lagesbild.claims import as_instant

    def begins(claimed: dict[str, str]) -> int:
        return as_instant(claimed["start"], zone) or 0

    begun = [one for one in outages if begins(one) <= at]
    return max(begun, key=begins) if begun else min(outages, key=begins)


def _fields(claimed: Mapping[str, str]) -> dict[str, Any]:
    """What is claimed of an outage, as the fields of an own entry."""
    from beroenden.incident.estimates import LENGTH, claimed_length
    from beroenden.incident.reported import UNKNOWN

    fields: dict[str, Any] = {"start": claimed["start"]}
    if LENGTH in claimed:
        fields["for"] = _length_field(claimed_length(claimed[LENGTH]))
    elif claimed.get("end", UNKNOWN) != UNKNOWN:
        fields["end"] = claimed["end"]
    if float(claimed.get("remaining", 0)):
        fields["remaining"] = float(claimed["remaining"])
    return fields


def _length_field(length: Any) -> dict[str, str]:
    """An estimated length as it stands in the file."""
    from dataclasses import asdict

    from beroenden.units.durations import format_duration

    return {key: format_duration(value) for key, value in asdict(length).items()}
