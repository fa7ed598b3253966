"""What the model has been given since the questionnaire was written: kept where nobody has touched the cell, told in any case."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from beroenden.interop.questionnaire.cells import Answer, Said, is_as_written, means_the_same, meant, says_unknown
from beroenden.interop.questionnaire.columns import Column, Part
from beroenden.interop.questionnaire.endurance import Endurance
from beroenden.interop.questionnaire.prefilled import Cells
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.values import Cell, as_text
from beroenden.interop.sheets import CellPlace, Value, is_blank
from beroenden.language import say
from beroenden.model.entities import CONFIDENCES
from beroenden.modelfiles.merging.sayings import is_only_added_to

_LONGEST = 60
_CERTAINTY = "säkerhet"
Told = Mapping[str, tuple[Answer, CellPlace]]


def is_as_sent(row: Row, before: Cells | None) -> bool:
    """Whether nobody has touched a row since the questionnaire was written."""
    return before is not None and not touched(row, before)


def touched(row: Row, before: Cells) -> list[str]:
    """The columns of a row that hold something else than what they were filled in with."""
    return [name for name in row.cells if row.has(name) and not _is_untouched(row, row.table.part.column(name), before)]


def says_beside(row: Row, before: Cells) -> dict[str, object]:
    """What a row says beside what it was filled in with, by column, as the model would have it; None where that is faulty."""
    columns = [row.table.part.column(name) for name in touched(row, before)]
    values = [(column, row.value(column.name)) for column in columns]
    return {one.name: None if value is None else meant(value, one, _unit(row, one)) for one, value in values}


def _is_untouched(row: Row, column: Column, before: Cells) -> bool:
    if column.name in ("id", "från", "nr"):
        return True  # the row was found by them
    value = row.value(column.name)
    return value is not None and means_the_same(value, before.get(column.name), column, _unit(row, column))


def _unit(row: Row, column: Column) -> str:
    return row.table.units.get(column.name, "")


def certainty_is_of_the_answer(
    rows: list[Row], columns: Iterable[Column], written: dict[str, Cell], before: Cells | None, said: dict[str, tuple[Answer, CellPlace]]
) -> None:  # fmt: skip
    """Let a new answer be no surer than its own row says, touched or not, though one that came between was.

    Args:
        said: What is answered; the certainty is put with it.
    """
    row = next((row for row in rows if row.has(_CERTAINTY)), rows[0])
    if before is None or _CERTAINTY in said or _CERTAINTY not in row.table.columns:
        return
    known = {column.name: column for column in columns}
    own, now = (_certainty(one, known[_CERTAINTY]) for one in (row.value(_CERTAINTY), written.get(_CERTAINTY)))
    if _how_sure(own) >= _how_sure(now):
        return
    if any(_is_new_answer(rows, known[name], written, answered) for name, (answered, _) in said.items()):
        said[_CERTAINTY] = Said(own), row.at(_CERTAINTY)


def _certainty(value: Value | Cell, column: Column) -> str | None:
    found = None if value is None else meant(str(value), column, "")
    return found if found in CONFIDENCES else None


def _how_sure(certainty: str | None) -> int:
    return -1 if certainty is None else CONFIDENCES.index(certainty)


def _is_new_answer(rows: list[Row], column: Column, written: dict[str, Cell], said: Answer) -> bool:
    """Whether the model does not have what is answered of a thing; where that comes from, and its label, are not of it."""
    if column.attribute.startswith("provenance."):
        return False
    row = next((row for row in rows if row.has(column.name)), rows[0])
    value = row.value(column.name)
    return value is not None and not _is_there(said, value, written.get(column.name), column, _unit(row, column))


def newer_is_told(
    session: Session, rows: list[Row], columns: Iterable[Column], written: dict[str, Cell], before: Cells | None, said: Told
) -> None:  # fmt: skip
    """Tell of each cell that the model has something else in than it had when the questionnaire was written.

    Args:
        rows: Those of one thing.
        written: What the questionnaire would have of it now.
        before: What it was filled in with; None where that is not known.
        said: What is answered.
    """
    if before is None:
        return
    for column in columns:
        was, now = before.get(column.name), written.get(column.name)
        if not column.attribute or _is_same(was, now, column) or is_stamped(column, was, now):
            continue
        row = next((row for row in rows if row.has(column.name)), rows[0])
        if column.name in said:
            _answer_is_told(session, row, column, was, now, said[column.name][0])
        elif not is_as_written(row.value(column.name) or "", now, column):
            message = say(
                f"{_then_and_now(column, was, now)}. Cellen är orörd, och modellens uppgift står kvar",
                f"{_then_and_now(column, was, now)}. The cell is untouched, and what the model has stays",
            )
            row.at(column.name).info("B852", message)


def _answer_is_told(session: Session, row: Row, column: Column, was: Value | None, now: Cell, said: Answer) -> None:
    """Note an answer that would replace what is newer; one that the model has already is none."""
    value = row.value(column.name)
    if value is None and said == Said(None):
        value = say("tomt", "empty")
    elif value is None or _is_there(said, value, now, column, _unit(row, column)):
        return
    message = say(
        f"{_then_and_now(column, was, now)}. Svaret ”{str(value)[:_LONGEST]}” ersätter det som är nyare: gäller det ändå?",
        f'{_then_and_now(column, was, now)}. The answer "{str(value)[:_LONGEST]}" replaces what is newer: does it still hold?',
    )
    session.outrun.append((row.at(column.name), message))


def newer_than_added_is_told(
    session: Session, rows: list[Row], columns: Iterable[Column], written: dict[str, Cell], said: Told
) -> None:
    """Note each answer on what the form itself has added, where the model has another since and others have told of it.

    Args:
        rows: Those of one thing, marked as new.
        written: What the questionnaire would have of it now.
        said: What is answered.
    """
    own = next((row.text("källa") for row in rows if row.has("källa")), "")
    if is_told_by(session, str(written.get("källa") or ""), own):
        return
    for column in columns:
        row, now = next((row for row in rows if row.has(column.name)), rows[0]), written.get(column.name)
        value = row.value(column.name)
        if column.name not in said or column.key == "source" or value is None:
            continue
        if not _is_there(said[column.name][0], value, now, column, _unit(row, column)):
            stands = shown(now, column)
            message = say(
                f"andra har sagt något om det här sedan formuläret lade till det: nu {stands}. Svaret "
                f"”{str(value)[:_LONGEST]}” ersätter det: gäller det ändå?",
                f"others have told of this since the form added it: now {stands}. The answer "
                f'"{str(value)[:_LONGEST]}" replaces that: does it still hold?',
            )
            session.outrun.append((row.at(column.name), message))


def is_told_by(session: Session, source: str, own: str) -> bool:
    """Whether a source names the actor's forms alone.

    Args:
        own: The source that the form itself tells.
    """
    told = source.removesuffix(own).removesuffix("; ") if own else source
    return all(one.startswith(session.stamps) for one in told.split("; ") if one)


def _is_there(said: Answer, value: Value, now: Cell, column: Column, unit: str) -> bool:
    """Whether the model has an answer already."""
    if not isinstance(said, Said) or now is None:
        return now is None and not isinstance(said, Said)
    if column.holds == "endurance":  # the cell may tell the floor as well
        found = meant(as_text(now, column), column, "")
        return isinstance(found, Endurance) and found.steps == said.value
    return _is_same(value, now, column, unit)


def changed_since(columns: Iterable[Column], written: Mapping[str, Cell], before: Cells) -> list[Column]:
    """The columns in which the model has something else than the questionnaire was sent with."""
    return [one for one in columns if not _is_same(before.get(one.name), written.get(one.name), one)]


def _is_same(one: Value | None, now: Cell, column: Column, unit: str = "") -> bool:
    if is_blank(one) or one is None or now is None:
        return is_blank(one) and now is None
    return is_as_written(one, now, column) or means_the_same(one, as_text(now, column), column, unit)


def is_stamped(column: Column, was: Value | None, now: Cell) -> bool:
    """Whether a source is only stamped, as by this very form when it was read before."""
    return column.name == "källa" and (was is None or is_only_added_to(str(was), str(now or "")))


def _then_and_now(column: Column, was: Value | None, now: Cell) -> str:
    then, since = shown(was, column), shown(now, column)
    return say(
        f"modellen har ändrats sedan formuläret skrevs: då {then}, nu {since}",
        f"the model has changed since the form was written: then {then}, now {since}",
    )


def shown(value: Value | Cell, column: Column) -> str:
    """What a cell holds, short, as it is told."""
    if value is None:
        return say("tomt", "empty")
    if isinstance(value, datetime):
        value = value.date()
    text = str(value) if isinstance(value, (time, timedelta)) else as_text(value, column)
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text


def answered(row: Row, before: Cells, now: Mapping[str, Cell] | None = None) -> dict[str, str]:
    """What a row says beside what it was filled in with, as it is told; by the column, without those that it was found by.

    Args:
        now: What the questionnaire would have there now, where that is known: what stands there already is left out.
    """
    columns = [row.table.part.column(name) for name in touched(row, before)]
    return {one.name: shown(row.value(one.name), one) for one in columns if now is None or not _stands(row, one, now)}


def _stands(row: Row, column: Column, written: Mapping[str, Cell]) -> bool:
    """Whether the model has what a cell says; that nobody knows, where it has nothing."""
    value, now = row.value(column.name), written.get(column.name)
    if value is None or now is None:
        return value is not None and says_unknown(value, column)
    return _is_same(value, now, column, _unit(row, column))


def gone_is_told(place: CellPlace, part: Part) -> None:
    """Tell of an untouched row of what the actor no longer answers for in the model."""
    message = say(
        f"det som raden gäller finns inte längre bland aktörens {part.name.lower()} i modellen; raden är orörd och läses inte",
        f"what the row is about is no longer among the actor's {part.name.lower()} in the model; the row is untouched and is not read",
    )
    place.info("B852", message)
