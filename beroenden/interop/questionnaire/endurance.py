"""Endurance (uthållighet) as people write it: "4h", or in steps "4h 100 %; 72h 40 %; därefter 10 %"."""

import re
from dataclasses import dataclass
from itertools import pairwise

from beroenden.interop.questionnaire.durations import read_duration
from beroenden.interop.questionnaire.percent import said_level
from beroenden.interop.questionnaire.values import endurance_text, percent_text, read_as_is_told
from beroenden.interop.sheets import CellPlace, Value
from beroenden.language import say
from beroenden.model.entities import Step

_PARTS = re.compile(r"[;\n]|,\s+(?=\D*\d+[^,;]*%)")
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,20})?\s*(?:%|procent|percent)", re.IGNORECASE)
_AFTER = re.compile(r"(?:därefter|sedan|efter det|then|after that|thereafter)\b[\s:]*", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^[\s:=@(–-]+|[\s:=@)(–-]+$|\b(?:på|till|upp till|i|vid|med|under|at|for|to|up to|nivå)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Endurance:
    """Steps, and what remains for ever after them where that was said too."""

    steps: tuple[Step, ...]
    floor: float | None = None


def read_endurance(value: Value, place: CellPlace, unit: str) -> Endurance | None:
    """The endurance of a cell; of a single duration, whole for so long."""
    if not isinstance(value, str) or ("%" not in value and "procent" not in value and ";" not in value):
        minutes = read_duration(value, place, unit)
        return None if minutes is None else Endurance((Step(minutes, 1.0),))
    parts = [part.strip() for part in _PARTS.split(value) if part.strip()]
    after = _AFTER.match(parts[-1]) if parts else None
    floor = said_level(parts[-1][after.end() :]) if after else None
    if after and floor is None:
        _refuse(parts[-1], place)
        return None
    steps = [_step(part, place, unit) for part in (parts[:-1] if after else parts)]
    if any(step is None for step in steps):
        return None
    found = _in_order(Endurance(tuple(step for step in steps if step is not None), floor), place)
    if found is not None and not all(map(_is_as_asked, parts[: len(steps)])):
        read_as_is_told(value, _in_words(found), place)
    return found


def _is_as_asked(step: str) -> bool:
    """Whether a step is written as the questionnaire asks: how long, then at which level."""
    percent = _PERCENT.search(step)
    return (
        percent is not None and percent.end() == len(step) and not _BETWEEN.search(step[: percent.start()].strip(" :"))
    )


def _in_words(found: Endurance) -> str:
    after = "" if found.floor is None else f"; därefter {percent_text(found.floor)}"
    return endurance_text(found.steps) + after


def _step(part: str, place: CellPlace, unit: str) -> Step | None:
    """One step: how long, and at which level; whole where no level is said."""
    percent = _PERCENT.search(part)
    level = said_level(percent[0]) if percent else 1.0
    rest = part.replace(percent[0], " ") if percent else part
    if level is None:
        _refuse(part, place)
        return None
    minutes = read_duration(" ".join(_BETWEEN.sub(" ", rest).split()), place, unit)
    return None if minutes is None else Step(minutes, level)


def _in_order(found: Endurance, place: CellPlace) -> Endurance | None:
    """Later and later, lower and lower."""
    steps = found.steps
    if steps and all(one.minutes < two.minutes and one.level > two.level for one, two in pairwise(steps)):
        return found
    message = say(
        "stegen ska komma i tidsordning, räknade från avbrottets början, med allt lägre nivå: 4h 100 %; 72h 40 %",
        "the steps should be in order of time, from the beginning of the outage, lower and lower: 4h 100 %; 72h 40 %",
    )
    place.error("B838", message)
    return None


def _refuse(text: str, place: CellPlace) -> None:
    message = say(
        f"”{text[:40]}” går inte att läsa; skriv 4h 100 %; 72h 40 %; därefter 10 %",
        f'"{text[:40]}" cannot be read; write 4h 100 %; 72h 40 %; därefter 10 %',
    )
    place.error("B838", message)
