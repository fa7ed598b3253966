"""Cells that the questionnaire was sent with and that are empty now: the model keeps what they held, and it is taken up.

What it was not sent with has not been emptied: that is told too.
"""

from collections.abc import Iterable, Mapping

from beroenden.interop.questionnaire.cells import Answer
from beroenden.interop.questionnaire.columns import Column
from beroenden.interop.questionnaire.prefilled import Cells
from beroenden.interop.questionnaire.session import Session, Target, unknown_of
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.values import Cell
from beroenden.interop.sheets import CellPlace, is_blank
from beroenden.language import say


def emptied_cells_are_told(
    session: Session,
    target: Target,
    rows: Iterable[tuple[Row, Cells | None]],
    columns: Iterable[Column],
    written: Mapping[str, Cell],
    said: Mapping[str, tuple[Answer, CellPlace]],
) -> None:
    """Tell of each cell that was filled in when the form was written, and is empty now.

    Args:
        rows: Those of one thing, each with what it was filled in with; None where that is not known.
        written: What the questionnaire would have of it now.
        said: What is answered, in any of the rows.
    """
    told = list(rows)
    for column in columns:
        if not column.attribute or column.name in said or written.get(column.name) is None:
            continue
        emptied = next((row for row, before in told if _is_emptied(row, before, column.name)), None)
        if emptied is not None and not any(row.has(column.name) for row, _ in told):
            emptied.at(column.name).info("B850", _kept(column))
            session.absent.append(unknown_of(session, target, column.name))


def added_since_is_told(place: CellPlace, what: str) -> None:
    """Tell of something that the model has and the form was not sent with."""
    message = say(
        f"{what} har kommit till i modellen, eller fått ett annat id, sedan formuläret skrevs och behålls som det är",
        f"{what} has been added to the model, or has another id, since the form was written, and is kept as it is",
    )
    place.info("B850", message)


def _is_emptied(row: Row, before: Cells | None, name: str) -> bool:
    """Whether someone has emptied a cell; merging cells does so as well, and is told as such."""
    if any(one.top <= row.number <= one.bottom for one in row.table.sheet.merged):
        return False
    return name in row.table.columns and not is_blank((before or {}).get(name)) and not row.has(name)


def _kept(column: Column) -> str:
    kept = say("cellen är tömd, och inget ändras", "the cell has been emptied, and nothing is changed")
    if not column.may_be_unknown:
        return kept
    return kept + say(
        "; skriv okänt när ni vet att uppgiften inte finns", "; write okänt when you know that nobody knows"
    )
