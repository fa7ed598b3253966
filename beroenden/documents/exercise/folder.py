"""Every file of an exercise: what the game control has, and what each player is given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents import html, word
from beroenden.documents.document import Document
from beroenden.documents.exercise.control import control_document
from beroenden.documents.exercise.key import key_document
from beroenden.documents.exercise.pack import pack_document
from beroenden.exercise.exercise import FILE, Exercise, Stage
from beroenden.exercise.files.write import scenario_toml, to_toml
from beroenden.exercise.key import key
from beroenden.interop.inject_list.written import csv_text, xlsx
from beroenden.interop.openaev.scenario import scenario_zip
from beroenden.interop.openaev.sheet import mapper, openaev_xlsx
from beroenden.interop.play_calendar import calendar
from beroenden.language import writing_in
from beroenden.model.names import file_name
from beroenden.model.network import Network

CONTROL = "spelledning"
PLAYERS = "spelare"
"""Folders of the two kinds of readers; nothing of the first may reach the second."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be made.

    Attributes:
        path: Relative to the exercise's folder, with slashes.
        content: Makes it.
    """

    path: str
    content: Callable[[], bytes]


def files(exercise: Exercise, network: Network) -> Iterator[File]:
    """Every file of the exercise, the exercise itself first."""
    yield File(FILE, lambda: to_toml(exercise, network).encode())
    yield from _documents(f"{CONTROL}/spelledning", lambda: control_document(exercise, network))
    yield File(f"{CONTROL}/inspel.xlsx", lambda: xlsx(exercise, network))
    yield File(f"{CONTROL}/inspel.csv", lambda: csv_text(exercise, network))
    yield File(f"{CONTROL}/spelplan.ics", lambda: calendar(exercise, network))
    yield File(f"{CONTROL}/scenario.toml", lambda: _scenario(exercise, network))
    yield File(f"{CONTROL}/openaev/scenario.zip", lambda: scenario_zip(exercise, network))
    yield File(f"{CONTROL}/openaev/inspel.xlsx", lambda: openaev_xlsx(exercise, network))
    yield File(f"{CONTROL}/openaev/mapper.json", lambda: mapper(exercise))
    yield from _keys(exercise, network)
    for actor in exercise.actors:
        own = f"{PLAYERS}/{file_name(actor)}"
        yield File(f"{own}/spelplan.ics", partial(calendar, exercise, network, actor))
        for stage in exercise.stages:
            path = f"{own}/skede-{stage.number}"
            yield from _documents(path, partial(pack_document, exercise, network, actor, stage.number))


def _scenario(exercise: Exercise, network: Network) -> bytes:
    with writing_in(exercise.language):
        return scenario_toml(exercise.scenario, network).encode()


def _keys(exercise: Exercise, network: Network) -> Iterator[File]:
    outcome = simulate_scenario(network, exercise.scenario)
    for actor in exercise.actors:
        for stage in exercise.stages:
            path = f"{CONTROL}/facit/{actor}-skede-{stage.number}"
            yield from _documents(path, partial(_key, outcome, exercise, actor, stage))


def _key(outcome: Outcome, exercise: Exercise, actor: str, stage: Stage) -> Document:
    return key_document(key(outcome, exercise, actor, stage), stage)


def _documents(path: str, make: Callable[[], Document]) -> Iterator[File]:
    """One document as Word and as a page."""
    yield File(f"{path}.docx", lambda: word.render(make()))
    yield File(f"{path}.html", lambda: html.render(make()).encode())
