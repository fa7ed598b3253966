"""Writing an exercise, and its scenario as a file of its own: one text for one exercise."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from beroenden.exercise.exercise import Evidence, Exercise, Inject, Stage
from beroenden.language import say, writing_in
from beroenden.model.entities import Length, Pert
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.modelfiles.findings import UNPRINTABLE
from beroenden.modelfiles.write import local_moment, section
from beroenden.units.durations import format_duration

SCHEMA = "beroenden/exercise/1"


def to_toml(exercise: Exercise, network: Network) -> str:
    """The exercise as the text of an ovning.toml; reading it gives an equal exercise.

    What no document can hold (control characters, lone surrogates) is written as U+FFFD.
    """
    zone = network.timezone
    with writing_in(exercise.language):
        remark = say("En övning: läses av beroenden exercise", "An exercise: read by beroenden exercise")
    sections = [
        section(f"# {remark}", {"schema": SCHEMA, **_head(exercise.scenario, zone)}),
        section("[exercise]", _exercise(exercise)),
        *_outages_and_pins(exercise.scenario, zone),
        *(section("[[stage]]", _stage(stage, zone)) for stage in exercise.stages),
        *(one for inject in exercise.injects for one in _inject_sections(inject, zone)),
    ]
    return "\n".join(sections)


def identified(exercise: Exercise, network: Network) -> Exercise:
    """A new exercise with an id of its own: the same where the same is planned again, whatever it is called and wherever it lies."""
    bare = replace(exercise, model="", name="", purpose="", goals=(), contact="")
    return replace(exercise, id=sha256(to_toml(bare, network).encode()).hexdigest()[:8])


def scenario_toml(scenario: Scenario, network: Network) -> str:
    """The scenario as a file that `beroenden simulate --scenario` reads."""
    remark = say(
        "Övningens scenario: räkna det med beroenden simulate MODELL --scenario denna fil",
        "The exercise's scenario: simulate it with beroenden simulate MODEL --scenario this file",
    )
    zone = network.timezone
    return "\n".join([section(f"# {remark}", _head(scenario, zone)), *_outages_and_pins(scenario, zone)])


def _written(text: str) -> str | None:
    """The text with what cannot be shown replaced; None, so that the key is left out, where there is none."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text) or None


def _moment(minutes: int | None, timezone: str) -> Any:
    return None if minutes is None else local_moment(minutes, timezone)


def _head(scenario: Scenario, timezone: str) -> dict[str, Any]:
    """What a scenario file has before its outages."""
    return {
        "name": _written(scenario.name),
        "note": _written(scenario.note),
        "horizon": format_duration(scenario.horizon),
        "at": _moment(scenario.at, timezone),
    }


def _outages_and_pins(scenario: Scenario, timezone: str) -> Iterator[str]:
    yield from (section("[[outage]]", _outage(one, timezone)) for one in scenario.outages)
    yield from (section("[[pin]]", _pin(one, timezone)) for one in scenario.pins)


def _outage(outage: Outage, timezone: str) -> dict[str, Any]:
    return {
        "entity": outage.entity,
        "payment": outage.payment,
        "start": local_moment(outage.start, timezone),
        "for": None if outage.length is None else _length(outage.length),
        "end": _moment(outage.end, timezone) if outage.length is None else None,
        "remaining": outage.remaining or None,
        "share": outage.share,
    }


def _length(length: Length) -> dict[str, str]:
    names = ("min", "mode", "max") if isinstance(length, Pert) else ("p50", "p90")
    return {name: format_duration(getattr(length, name)) for name in names}


def _pin(pin: Pin, timezone: str) -> dict[str, Any]:
    return {
        "entity": pin.entity,
        "level": pin.level,
        "start": local_moment(pin.start, timezone),
        "end": _moment(pin.end, timezone),
    }


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "name": _written(exercise.name) or "",
        "actors": list(exercise.actors),
        "model": _written(exercise.model),
        "model_hash": _written(exercise.model_hash),
        "papers_hash": _written(exercise.papers_hash),
        "tlp": exercise.tlp or None,
        "language": exercise.language,
        "purpose": _written(exercise.purpose),
        "goals": [_written(goal) or "" for goal in exercise.goals] or None,
        "contact": _written(exercise.contact),
        "revision": exercise.revision or None,
        "id": _written(exercise.id),
    }


def _stage(stage: Stage, timezone: str) -> dict[str, Any]:
    return {
        "number": stage.number,
        "since": local_moment(stage.since, timezone),
        "until": local_moment(stage.until, timezone),
        "play": local_moment(stage.play, timezone),
        "play_until": local_moment(stage.play_until, timezone),
        "compression": stage.compression,
        "clock": [list(pair) for pair in stage.clock] or None,
    }


def _inject_sections(inject: Inject, timezone: str) -> Iterator[str]:
    yield section(
        "[[inject]]",
        {
            "number": inject.number,
            "stage": inject.stage,
            "play": local_moment(inject.play, timezone),
            "time": local_moment(inject.time, timezone),
            "sender": _written(inject.sender),
            "to": inject.to,
            "form": inject.form,
            "kind": inject.kind,
            "title": _written(inject.title),
            "text": _written(inject.text),
            "objective": _written(inject.objective),
            "expected": _written(inject.expected),
            "questions": _written(inject.questions),
            "reserve_for": inject.reserve_for,
            "responsible": _written(inject.responsible),
            "basis": _written(inject.basis),
            "status": inject.status,
            "played": _moment(inject.played, timezone),
            "outcome": _written(inject.outcome),
            "tlp": inject.tlp or None,
        },
    )
    if inject.evidence is not None:
        yield section("[inject.evidence]", _evidence(inject.evidence, timezone), "  ")


def _evidence(evidence: Evidence, timezone: str) -> dict[str, Any]:
    runs = [{"payment": payment, "date": date.fromisoformat(day)} for payment, day in evidence.payments]
    return {
        "event": evidence.event,
        "at": local_moment(evidence.at, timezone),
        "entities": list(evidence.entities) or None,
        "payments": runs or None,
        "stage": evidence.stage or None,
        "path": list(evidence.path) or None,
        "level": evidence.level,
        "until": _moment(evidence.until, timezone),
        "since": _moment(evidence.since, timezone),
    }
