"""Reading an ovning.toml: a file in, an exercise (or None) and all findings out."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from beroenden.exercise.exercise import Exercise
from beroenden.exercise.files.fields import read_exercise_table, read_inject, read_stage, tables_of
from beroenden.exercise.files.rules import RULES, Draft
from beroenden.exercise.files.write import SCHEMA
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Finding, Place, Report, has_errors
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.scenario import read_scenario
from beroenden.modelfiles.schema import Field, read_table

_OF_THE_SCENARIO = ("name", "note", "horizon", "at", "outage", "pin")


def read_exercise(path: str | Path, network: Network) -> tuple[Exercise | None, list[Finding]]:
    """Read a planned exercise.

    Args:
        path: The file, ovning.toml.
        network: The model that it is played on; another than it was planned on is a warning.

    Returns:
        The exercise with its injects in order of play, or None when any finding is an error; and all findings in the
        order of the file.
    """
    report = Report()
    exercise = _read(Path(path), report, network)
    return (None if has_errors(report.findings) else exercise), report.in_order()


def named_model(path: str | Path) -> Path | None:
    """Where the model that an exercise names is; None when the file cannot be read so far or names none."""
    parsed = parse(Path(path), Report())
    exercise = parsed[0].get("exercise") if parsed else None
    model = exercise.get("model") if isinstance(exercise, dict) else None
    return Path(path).resolve().parent / model if isinstance(model, str) and model else None


def _read(path: Path, report: Report, network: Network) -> Exercise | None:
    parsed = parse(path, report)
    if parsed is None or not _is_ours(*parsed):
        return None
    tables, place = parsed
    fields = (
        Field("schema", values.text),
        *(Field(key, lambda raw, _: raw) for key in _OF_THE_SCENARIO),
        Field("exercise", read_exercise_table(network), required=True),
        Field("stage", tables_of(read_stage(network), "stage"), required=True),
        Field("inject", tables_of(read_inject(network), "inject")),
    )
    found = read_table(tables, place, fields)
    scenario = _scenario(tables, place, network)
    if scenario is None or "exercise" not in found or "stage" not in found:
        return None
    draft = Draft(found["exercise"], found["stage"], found.get("inject", []), place, network)
    faulty = _faulty_tables(report)
    for rule, tables_needed in RULES:
        if not faulty & set(tables_needed):
            rule(draft)
    injects = sorted((inject for inject, _ in draft.injects), key=lambda inject: inject.play)
    stages = tuple(stage for stage, _ in draft.stages)
    return Exercise(scenario=scenario, stages=stages, injects=tuple(injects), **draft.header)


def _faulty_tables(report: Report) -> set[str]:
    """The headers of the tables with errors."""
    return {re.split(r"[.\[]", one.where)[0] for one in report.findings if one.severity == "error"}


def _scenario(tables: Mapping[str, Any], place: Place, network: Network) -> Scenario | None:
    """The tables that a scenario file has as well."""
    return read_scenario({key: tables[key] for key in tables if key in _OF_THE_SCENARIO}, place, network)


def _is_ours(tables: Mapping[str, Any], place: Place) -> bool:
    """Whether the file is an exercise that can be read."""
    schema = tables.get("schema")
    if schema == SCHEMA:
        return True
    kind, _, number = str(schema).rpartition("/")
    if kind == SCHEMA.rpartition("/")[0] and number.isdecimal():
        message = say(
            f"filen har schema {number[:9]} och här läses 1: uppdatera beroenden, eller planera övningen på nytt",
            f"the file has schema {number[:9]} and 1 is read here: update beroenden, or plan the exercise anew",
        )
    else:
        message = say(
            f'filen är ingen övning: den ska ha schema = "{SCHEMA}"',
            f'the file is no exercise: it should have schema = "{SCHEMA}"',
        )
    (place / "schema").error("B940", message)
    return False
