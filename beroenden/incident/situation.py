"""A lägesbild as data: a header and statements."""

from dataclasses import dataclass
from typing import Any

from beroenden.consequences.outcome import Outcome
from beroenden.errors import UsageError
from beroenden.incident.assumptions import assumptions
from beroenden.incident.facts import facts, outage_name
from beroenden.incident.prognosis import Prognosis
from beroenden.incident.statements import Statement
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.units.times import iso, swedish_time, time_zone


@dataclass(frozen=True, slots=True)
class Situation:
    """One lägesbild of one actor. Times are minutes since the epoch."""

    actor: str
    actor_name: str
    incident: str
    number: int
    version: str
    at: int
    start: int
    end: int
    is_exercise: bool
    tlp: str
    timezone: str
    model_name: str
    model_version: str
    model_hash: str
    statements: tuple[Statement, ...]

    def in_section(self, section: str) -> list[Statement]:
        """The statements that answer a support question."""
        return [statement for statement in self.statements if statement.section == section]

    def time_text(self, minutes: int) -> str:
        """An instant in running Swedish text."""
        return swedish_time(minutes, time_zone(self.timezone))

    def to_dict(self) -> dict[str, Any]:
        """The lägesbild as JSON."""
        zone = time_zone(self.timezone)
        return {
            "actor": self.actor,
            "incident": self.incident,
            "number": self.number,
            "version": self.version,
            "at": iso(self.at, zone),
            "start": iso(self.start, zone),
            "end": iso(self.end, zone),
            "exercise": self.is_exercise,
            "tlp": self.tlp,
            "model": {"name": self.model_name, "version": self.model_version, "hash": self.model_hash},
            "statements": [
                statement.to_dict(None if statement.time is None else iso(statement.time, zone))
                for statement in self.statements
            ],
        }


def situation(outcome: Outcome, actor: str, *, is_exercise: bool = True) -> Situation:
    """The lägesbild of an actor at the scenario's as-of time (the first outage's start, when it has none).

    Raises:
        UsageError: when no outage has begun by the as-of time.
    """
    network, scenario = outcome.network, outcome.scenario
    at = outcome.start if scenario.at is None else scenario.at
    if at < outcome.start:
        raise UsageError(
            say(
                "Läget per (--at) ligger före det första avbrottet.",
                "The as-of time (--at) lies before the first outage.",
            )
        )
    statements = (
        *facts(outcome, actor, at),
        *Prognosis(outcome, actor, at).statements(),
        *assumptions(outcome, actor),
    )
    return Situation(
        actor=actor,
        actor_name=network.entity[actor].name,
        incident=scenario.name or "; ".join(outage_name(network, outage) for outage in scenario.outages),
        number=1,
        version="första",
        at=at,
        start=outcome.start,
        end=outcome.end,
        is_exercise=is_exercise,
        tlp=strictest(network.tlp, *(statement.tlp for statement in statements)),
        timezone=network.timezone,
        model_name=network.name,
        model_version=network.version,
        model_hash=network.hash,
        statements=statements,
    )
