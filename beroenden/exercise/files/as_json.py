"""An exercise as JSON, for the commands."""

from typing import Any

from beroenden.exercise.exercise import Evidence, Exercise, Inject
from beroenden.exercise.files.write import SCHEMA
from beroenden.model.network import Network
from beroenden.units.times import iso, time_zone


def to_dict(exercise: Exercise, network: Network) -> dict[str, Any]:
    """The exercise with its stages and injects, instants in ISO 8601."""
    zone = time_zone(network.timezone)

    def moment(minutes: int | None) -> str | None:
        return None if minutes is None else iso(minutes, zone)

    def evidence(found: Evidence | None) -> dict[str, Any] | None:
        if found is None:
            return None
        return {
            "event": found.event,
            "at": moment(found.at),
            "entities": list(found.entities),
            "payments": [{"payment": payment, "date": day} for payment, day in found.payments],
            "stage": found.stage or None,
            "path": list(found.path),
            "level": found.level,
            "until": moment(found.until),
            "since": moment(found.since),
        }

    def inject(one: Inject) -> dict[str, Any]:
        return {
            "number": one.number,
            "stage": one.stage,
            "elapsed_minutes": one.play - exercise.play_start,
            "play": moment(one.play),
            "time": moment(one.time),
            "sender": one.sender,
            "to": one.to,
            "form": one.form,
            "kind": one.kind,
            "title": one.title,
            "text": one.text,
            "objective": one.objective,
            "expected": one.expected,
            "questions": one.questions,
            "reserve_for": one.reserve_for,
            "responsible": one.responsible,
            "basis": one.basis,
            "status": one.status,
            "played": moment(one.played),
            "outcome": one.outcome,
            "tlp": one.tlp,
            "evidence": evidence(one.evidence),
        }

    return {
        "schema": SCHEMA,
        "name": exercise.name,
        "model": {"path": exercise.model, "hash": exercise.model_hash},
        "tlp": exercise.tlp,
        "language": exercise.language,
        "purpose": exercise.purpose,
        "goals": list(exercise.goals),
        "contact": exercise.contact,
        "revision": exercise.revision,
        "id": exercise.id,
        "actors": list(exercise.actors),
        "stages": [
            {
                "number": stage.number,
                "since": moment(stage.since),
                "until": moment(stage.until),
                "play": moment(stage.play),
                "play_until": moment(stage.play_until),
                "compression": round(stage.compression, 3),
                "clock": [list(pair) for pair in stage.clock],
            }
            for stage in exercise.stages
        ],
        "injects": [inject(one) for one in exercise.injects],
    }
