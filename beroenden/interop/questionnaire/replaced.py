"""A new need that others have put another supplier for since a form was read: not added once more, told, and kept to be taken up."""

from collections.abc import Iterable, Iterator
from datetime import date

from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.cells import meant
from beroenden.interop.questionnaire.change import Outrun
from beroenden.interop.questionnaire.columns import NEEDS
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.left import need_named
from beroenden.interop.questionnaire.outrun import answered
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.things import is_new
from beroenden.language import say, writing_in
from beroenden.model.entities import Need


def need_is_replaced(session: Session, row: Row) -> bool:
    """Whether a row marked as new is for what the model has another supplier for, told later than the row; that is told.

    Of a form of the model as it is nothing can have been replaced.
    """
    if not session.may_be_known or not is_new(row):
        return False
    consumer = session.entity_of(row.text("från"))
    if consumer not in session.network.entity or not session.is_own(consumer):
        return False
    listed = [one for one in row.table.rows() if session.entity_of(one.text("från")) == consumer]
    rows = [one for one in listed if _is_of_one_need(one, row)]
    if not all(map(is_new, rows)):
        return False
    alike = [*_for_the_same(session, rows, consumer)]
    later = [(index, need) for index, need in alike if _is_later(session, rows, need)]
    wanted = _providers(session, rows)
    if not later or any(wanted <= {*need.providers} for _, need in alike):
        return False
    numbers = {one.number for one in rows}
    beside = (one for one in listed if one.number not in numbers and _purpose(one) == _purpose(rows[0]))
    named = _providers(session, beside)
    index, need = next((one for one in later if not named & {*one[1].providers}), (None, None))
    if index is None or need is None:
        return False
    _is_told(session, row, consumer, index, need)
    return True


def _is_of_one_need(one: Row, row: Row) -> bool:
    """Whether two rows of the same that needs are of one need: the same row, or of the same group."""
    group = folded(row.text("alternativ_grupp"))
    return one.number == row.number or (bool(group) and folded(one.text("alternativ_grupp")) == group)


def _purpose(row: Row) -> list[str]:
    return row.text("vad").split()


def _providers(session: Session, rows: Iterable[Row]) -> set[str | None]:
    return {session.entity_of(one.text("till")) for one in rows}


def _for_the_same(session: Session, rows: list[Row], consumer: str) -> Iterator[tuple[int, Need]]:
    """The needs that are for what the rows of one need are for, by their index."""
    what = next((told for one in rows if (told := _purpose(one))), [])
    for index, need in enumerate(session.network.entity[consumer].needs):
        if (need.what or "").split() == what:
            yield index, need


def _is_later(session: Session, rows: list[Row], need: Need) -> bool:
    """Whether a need was the form's own, or told by others, and the rows are not verified later."""
    told, verified = (need.provenance.source or "").split("; "), need.provenance.verified
    is_the_forms = any(one.startswith(session.stamps) for one in told)
    day = next((value for one in rows if (value := one.value("verifierad")) is not None), None)
    typed = None if day is None else meant(day, NEEDS.column("verifierad"), "")
    if isinstance(typed, date) and (verified is None or typed > verified):
        return False
    return is_the_forms or (verified is not None and any(one.has("vad") for one in rows))


def _is_told(session: Session, row: Row, consumer: str, index: int, need: Need) -> None:
    """Tell of the row, and keep what it says."""
    verified, now = need.provenance.verified, ", ".join(need.providers)
    day = say(f", verifierad {verified}", f", verified {verified}") if verified else ""
    message = say(
        f"{consumer} har för samma sak {now} i modellen{day}: {row.text('till')[:40]} läggs inte till en gång till. Behövs båda, "
        "skriv en senare dag i verifierad",
        f"{consumer} has {now} for the same in the model{day}: {row.text('till')[:40]} is not added once more. If both are "
        "needed, write a later day in verifierad",
    )
    row.at("till").warning("B852", message)
    stands = session.form.by_key[NEEDS.name, (consumer, index, 0)].cells
    with writing_in("sv"):  # as all that is taken up
        told = answered(row, {}, {**stands, "vad": None})  # what it is for tells which need it is
        cells = {column: one for column, one in told.items() if column != "ändring"}
        till = str(stands["till"])
        now = stand_in() if is_stand_in(till) else till
    named = need_named(session, [row])
    found = Outrun(consumer, None, ", ".join(cells), ", ".join(cells.values()), now, verified, False, *named)
    session.left.append(found)
