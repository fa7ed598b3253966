"""What stands in a cell of the inject list, in either of its forms."""

from datetime import datetime
from zoneinfo import ZoneInfo

from beroenden.exercise.exercise import Exercise, Inject
from beroenden.interop.inject_list.columns import Column
from beroenden.interop.inject_list.moments import local_time
from beroenden.interop.sheets import with_line_ends
from beroenden.modelfiles.findings import UNPRINTABLE


def value_of(inject: Inject, column: Column, exercise: Exercise, zone: ZoneInfo) -> str | int | datetime | None:
    """What stands in a cell: texts, numbers, local times; of t_plus minutes."""
    value = getattr(inject, column.attribute)
    if column.holds == "elapsed":
        return int(value) - exercise.play_start
    if column.holds == "moment":
        return None if value is None else local_time(value, zone)
    if isinstance(value, str):
        return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", with_line_ends(value))
    return value  # type: ignore[no-any-return]


def elapsed_text(minutes: int) -> str:
    """Hours and minutes since the beginning.

    >>> elapsed_text(95), elapsed_text(-5)
    ('1:35', '-0:05')
    """
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}{hours}:{rest:02d}"


def as_text(value: str | int | datetime | None, column: Column) -> str:
    """The value as text."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return elapsed_text(value) if column.holds == "elapsed" and isinstance(value, int) else str(value)
