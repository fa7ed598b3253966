"""Something new that is in the list with a decision and gone from the model: not added once more, told, and kept to be taken up."""

from beroenden.interop.questionnaire.left import keep
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.slugs import Slugs
from beroenden.language import say, writing_in


def is_decided(session: Session, row: Row, *columns: str) -> bool:
    """Whether a row is of something that was added before, that people have decided of, and that the model has no more.

    That is told.

    Args:
        columns: Those that name it, by its id or name.
    """
    for column in columns:
        text = row.text(column)
        one = next((one for one in (text, Slugs().of(text)) if one in session.decided), None)
        if text and one is not None and session.entity_of(text) is None:
            _is_told(session, row, column, one)
            return True
    return False


def _is_told(session: Session, row: Row, column: str, one: str) -> None:
    message = say(
        f"{one} är inläst tidigare, har ett beslut i listan och finns inte längre i modellen: raden läses inte. Ska den finnas, töm "
        "beslutet",
        f"{one} has been read before, has a decision in the list and is in the model no more: the row is not read. If it is to be "
        "there, empty the decision",
    )
    row.at(column).warning("B852", message)
    with writing_in("sv"):  # as all that is taken up
        keep(session, row.about, [(row, {})], say(f"inte längre {one}", f"no longer {one}"))
