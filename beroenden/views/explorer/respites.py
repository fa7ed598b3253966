"""Who lives on endurance, as rows of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import short_time, time_zone


@dataclass(frozen=True, slots=True)
class RespiteRow:
    """One need that is lived without, as table cells."""

    entity: str
    name: str
    providers: str
    since: str
    lasts: str
    end: str


def respite_rows(network: Network, played: Mapping[str, Any]) -> list[RespiteRow]:
    """A row for each need that ever lives on endurance, from `playback`; those that run out first come first."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for entity, respites in played["endurance"].items():
        for one in respites:
            found.setdefault((entity, one["need"]), []).append(one)
    ordered = sorted(found.items(), key=lambda item: (_lasts(item[1]), item[0]))
    return [_row(network, entity, need, respites) for (entity, need), respites in ordered]


def _lasts(respites: Sequence[Mapping[str, Any]]) -> int:
    """When all has run out, if the supply stays as it is."""
    return max(int(one["drops"][-1][0]) if one["drops"] else int(one["to"]) for one in respites)


def _row(network: Network, entity: str, need: int, respites: Sequence[Mapping[str, Any]]) -> RespiteRow:
    zone = time_zone(network.timezone)
    known = network.entity[entity]
    lasts, ended = _lasts(respites), max(one["to"] for one in respites)
    return RespiteRow(
        entity=entity,
        name=known.name,
        providers=", ".join(network.entity[one].name for one in known.needs[need].providers),
        since=short_time(min(one["since"] for one in respites), zone),
        lasts=short_time(lasts, zone),
        end=say("tar slut", "runs out") if ended >= lasts else say("räcker", "is enough"),
    )
