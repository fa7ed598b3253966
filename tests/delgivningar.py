"""Delgivningar of the small model's actors, for tests."""

from pathlib import Path

from chain import network

from beroenden.incident.basis import Basis, basis
from beroenden.incident.exchange.files import to_exchange
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.incident.log.entries import Log
from beroenden.incident.log.read import load_log
from beroenden.incident.log.write import append, new
from beroenden.model.network import Network
from beroenden.sharing.viewer import viewer_for
from beroenden.units.times import parse_instant, time_zone

ZONE = time_zone("Europe/Stockholm")


def moment(text: str) -> int:
    """A time of 18 December 2026, the day on which the allowance is paid."""
    return parse_instant(f"2026-12-18T{text}", ZONE)


def begun(path: Path, actor: str, *entries: dict, is_exercise: bool = True, model: Network | None = None) -> Path:
    """A log of an actor with some entries of 04.20."""
    model = model or network()
    new(
        path,
        actor=actor,
        name="Störning",
        is_exercise=is_exercise,
        model="model.toml",
        incident_id="i",
        opened=moment("04:00"),
        tlp="TLP:GREEN",
        network=model,
    )
    append(path, [{"time": moment("04:20"), "status": "confirmed", **entry} for entry in entries], model)
    return path


def outage(entity: str, start: str, **more: object) -> dict:
    """An outage that is to be shared."""
    return {"kind": "outage", "entity": entity, "start": moment(start), "disclose": True, **more}


def read(path: Path, model: Network | None = None) -> Log:
    """The log at a path."""
    return load_log(path, model or network())[0]


def ground(path: Path, at: str = "05:00", to: str | None = None, model: Network | None = None, **more) -> Basis:
    """What follows from a log, for the house or for a reader."""
    model = model or network()
    viewer = viewer_for(model, to) if to else None
    return basis(model, known_at(read(path, model), moment(at), model), viewer, **more)


def delgivning(path: Path, *disclosed: str, at: str = "05:00", to: str = "TLP:GREEN", model=None, **more) -> Situation:
    """What the actor of a log shares."""
    log = read(path, model)
    order = Order("delgivning", to, log.incident.is_exercise, disclosed, **{"approved_by": "Krisledare", **more})
    return situation(ground(path, at, to, model), log.incident.actor, order)


def shared(target: Path, situation: Situation) -> Path:
    """The file of a delgivning."""
    target.write_text(to_exchange(situation, issued=moment("05:05")), "utf-8")
    return target
