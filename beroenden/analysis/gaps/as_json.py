"""Gaps as JSON."""

from datetime import date
from typing import TYPE_CHECKING, Any

from beroenden.analysis.gaps.gap import Gap, Unknown
from beroenden.analysis.gaps.ground import Ground
from beroenden.analysis.gaps.wording import gap_words, unknown_words
from beroenden.model.network import WITHHELD

if TYPE_CHECKING:
    from beroenden.analysis.gaps.gaps import Gaps


def gaps_to_dict(found: "Gaps") -> dict[str, Any]:
    """The JSON of `beroenden gaps`; lengths in minutes, levels 0..1, amounts in SEK."""
    network = found.network
    return {
        "schema": "beroenden/gaps/1",
        "model": {"name": network.name, "version": network.version, "hash": network.hash},
        "today": found.ground.today.isoformat(),
        "older_than_months": found.ground.age.months,
        "older_than_days": found.ground.age.days,
        "actor": found.actor,
        "payment": found.payment,
        "checked": [
            {"kind": one.kind, "of": one.of, "undecided": one.undecided, "gaps": len(found.of(one.kind))}
            for one in found.checked
        ],
        "gaps": [_gap(gap, found.ground) for gap in found.gaps],
        "lacking": [_unknown(one) for one in found.lacking()],
        "unknown": [_unknown(one) | {"actor": one.actor} for one in found.unknown],
    }


def _unknown(one: Unknown) -> dict[str, Any]:
    return {"kind": one.kind, "field": one.field, "count": one.count, "of": one.of, "text": unknown_words(one)}


def _gap(gap: Gap, ground: Ground) -> dict[str, Any]:
    stage = None if gap.stage is None else ground.network.payment[gap.about[0]].stages[gap.stage].id
    return {
        "kind": gap.kind,
        "about": list(gap.about),
        "stage": stage,
        "size": gap.size,
        "figures": {name: _plain(value) for name, value in gap.figures.items()},
        "between": [_actor(actor, ground) for actor in gap.actors],
        "payments": list(gap.payments),
        "tlp": gap.tlp,
        "text": gap_words(gap, ground),
    }


def _actor(actor: str, ground: Ground) -> dict[str, Any]:
    contact = ground.contact_of(actor)
    return {
        "actor": actor,
        "name": ground.network.entity[actor].name,
        "role": contact and contact.role,
        "channel": contact and contact.channel,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if value == WITHHELD else value
