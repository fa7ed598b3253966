"""Who lives on endurance, as rows of a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import short_time, time_zone

Spell = Sequence[Mapping[str, Any]]
"""Respites of one need that follow on each other: the supply changes between them and is not back."""


@dataclass(frozen=True, slots=True)
class RespiteRow:
    """One need that is lived without for a time, as table cells."""

    entity: str
    name: str
    providers: str
    since: str
    lasts: str
    end: str


def respite_rows(network: Network, played: Mapping[str, Any]) -> list[RespiteRow]:
    """A row for each time that a need lives on endurance, from `playback`; what runs out first comes first."""
    found = [(entity, spell) for entity, respites in played["endurance"].items() for spell in _spells(respites)]
    ordered = sorted(found, key=lambda item: (_lasts(item[1]), item[0], item[1][0]["need"]))
    return [_row(network, entity, spell, played["end"]) for entity, spell in ordered]


def _spells(respites: Spell) -> Iterator[Spell]:
    """The respites of an entity, which are in the order of its needs and of time, by spell."""
    spell: list[Mapping[str, Any]] = []
    for one in respites:
        if spell and (spell[-1]["need"], spell[-1]["to"]) != (one["need"], one["since"]):
            yield spell
            spell = []
        spell.append(one)
    yield spell


def _reached(spell: Spell) -> int | None:
    """When the first step of the endurance has run out; None: not while the supply is away."""
    falls = [at for one in spell for at, _ in one["drops"] if one["since"] <= at < one["to"]]
    return min(falls, default=spell[-1]["to"] if spell[-1]["isOutlasted"] else None)


def _lasts(spell: Spell) -> int:
    """When the first step of the endurance has run out, or would have if the supply had stayed as it last was."""
    reached, last = _reached(spell), spell[-1]
    return min((at for at, _ in last["drops"] if at >= last["to"]), default=last["to"]) if reached is None else reached


def _row(network: Network, entity: str, spell: Spell, end: int) -> RespiteRow:
    zone = time_zone(network.timezone)
    known = network.entity[entity]
    return RespiteRow(
        entity=entity,
        name=network.called[entity],
        providers=", ".join(network.called[one] for one in known.needs[spell[0]["need"]].providers),
        since=short_time(spell[0]["since"], zone),
        lasts=short_time(_lasts(spell), zone),
        end=_end_words(spell, end),
    )


def _end_words(spell: Spell, end: int) -> str:
    if _reached(spell) is not None:
        return say("tar slut", "runs out")
    if spell[-1]["to"] >= end:
        return say("räcker perioden ut", "is enough for the period")
    return say("räcker", "is enough")
