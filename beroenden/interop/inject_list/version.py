"""The column that says of which exercise a list is, in which revision, and when each inject was to be given then.

Nobody edits it. It tells a list of another exercise, and lets a list be read that was written before the exercise was moved:
what people have not touched stays where the exercise has it now.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from beroenden.exercise.exercise import Exercise, Inject
from beroenden.interop.inject_list.moments import local_time
from beroenden.units.times import check_year

NAME = "version"
WIDTH = 8.0
_STAMP = re.compile(
    r"(?P<id>[0-9a-f]{8})/(?P<revision>\d{1,6}) (?P<elapsed>-?\d{1,6}) (?P<play>\d{4}-\d\d-\d\dT\d\d:\d\d)"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands in a row.

    Attributes:
        id: That of the exercise.
        elapsed: When the inject was to be given, in minutes since the exercise began.
        play: The same, local.
    """

    id: str
    revision: int
    elapsed: int
    play: datetime

    def __str__(self) -> str:
        return f"{self.id}/{self.revision} {self.elapsed} {self.play:%Y-%m-%dT%H:%M}"


def stamp_text(inject: Inject, exercise: Exercise, zone: ZoneInfo) -> str:
    """What stands in the row of an inject; nothing where the exercise has no id."""
    if not exercise.id:
        return ""
    elapsed = inject.play - exercise.play_start
    return str(Stamp(exercise.id, exercise.revision, elapsed, local_time(inject.play, zone)))


def read_stamp(text: str) -> Stamp | None:
    """What a cell says; None where a person has changed it.

    >>> read_stamp("0a1b2c3d/2 95 2026-12-02T10:35")
    Stamp(id='0a1b2c3d', revision=2, elapsed=95, play=datetime.datetime(2026, 12, 2, 10, 35))
    """
    match = _STAMP.fullmatch(text.strip())
    if match is None:
        return None
    try:
        play = datetime.fromisoformat(match["play"])
        check_year(play.year)
    except ValueError:
        return None
    return Stamp(match["id"], int(match["revision"]), int(match["elapsed"]), play)
