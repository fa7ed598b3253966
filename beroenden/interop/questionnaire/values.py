"""What stands in a cell of the questionnaire: texts, numbers and dates that are read back to what they were written of."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from beroenden.interop.questionnaire.columns import Column
from beroenden.interop.sheets import CellPlace, with_line_ends
from beroenden.language import say
from beroenden.model.entities import Step
from beroenden.modelfiles.findings import UNPRINTABLE
from beroenden.units.durations import DAY, HOUR

Cell = str | int | float | date | None


def duration_text(minutes: int) -> str:
    """A duration as the questionnaire writes it.

    >>> duration_text(90), duration_text(240), duration_text(4320), duration_text(1500), duration_text(30)
    ('1h 30 min', '4h', '3 dygn', '25h', '30 min')
    """
    if minutes >= 2 * DAY and minutes % DAY == 0:
        return f"{minutes // DAY} dygn"
    hours, rest = divmod(minutes, HOUR)
    terms = [f"{hours}h"] if hours else []
    return " ".join([*terms, f"{rest} min"] if rest or not hours else terms)


def endurance_text(steps: Iterable[Step]) -> str:
    """An endurance: how long at which level.

    >>> endurance_text([Step(240, 1.0)]), endurance_text([Step(240, 1.0), Step(4320, 0.4)])
    ('4h', '4h 100 %; 3 dygn 40 %')
    """
    given = list(steps)
    if len(given) == 1 and given[0].level == 1:
        return duration_text(given[0].minutes)
    return "; ".join(f"{duration_text(step.minutes)} {percent_text(step.level)}" for step in given)


def percent_text(level: float) -> str:
    """A level as per cent with all its decimals.

    >>> percent_text(0.4), percent_text(1 / 8), percent_text(1.0)
    ('40 %', '12,5 %', '100 %')
    """
    exact = (Decimal(repr(float(level))) * 100).normalize()
    return f"{exact:f}".replace(".", ",") + " %"


def read_as_is_told(text: str, meant: str, place: CellPlace) -> None:
    """Tell what a cell is taken to mean that is not written as the questionnaire asks."""
    place.warning("B839", say(f"”{text[:40]}” läses som {meant}", f'"{text[:40]}" is read as {meant}'))


def text_cell(text: str | None) -> str | None:
    """A text for a cell: without what no file can hold; None where nothing is left."""
    plain = UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", with_line_ends(text or ""))
    return plain if plain.strip() else None


def as_text(value: Cell, column: Column) -> str:
    """The value in a CSV file: decimal comma, no thousands separators."""
    if value is None:
        return ""
    if isinstance(value, float):
        if column.holds == "level":
            return percent_text(value)
        return f"{Decimal(repr(value)):f}".replace(".", ",")
    return value.isoformat() if isinstance(value, date) else str(value)
