"""Rows of a need of several suppliers that the form was sent with and that are not there: those suppliers stay, and it is taken up."""

from collections.abc import Iterable

from beroenden.interop.questionnaire.bundles import Bundle, before_of, need_of
from beroenden.interop.questionnaire.change import Unknown
from beroenden.interop.questionnaire.content import is_stand_in, stand_in
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.language import say, writing_in
from beroenden.model.labels import strictest


def deleted(session: Session, bundle: Bundle) -> list[str]:
    """The suppliers of a need whose rows have been deleted, by id or as the stand-in.

    A row where another supplier has been written over its own is not deleted. A form that does not tell what it was filled in
    with is taken to have been sent with what the model has.
    """
    need, sent = need_of(session, bundle), _sent(session, bundle)
    if need is None or len(sent) < 2:
        return []
    own = [row for row in bundle.rows[0].table.rows() if _is_of(session, row, bundle)]
    lacking = [one for one in sent if one not in {_named(session, row.text("till")) for row in own}]
    over = [row for row in own if row.has("nr") and _named(session, row.text("till")) not in sent]
    if len(over) >= len(lacking):
        return []
    names = {row.beside("leverantörens_namn") for row in over}
    known = session.network.entity
    return [one for one in lacking if one == stand_in() or (one in need.providers and known[one].name not in names)]


def deleted_are_told(session: Session, bundle: Bundle) -> None:
    """Tell of each supplier whose row has been deleted."""
    for one in deleted(session, bundle):
        number = (bundle.index or 0) + 1
        message = say(
            f"raden för {one} i behov {number} hos {bundle.entity} finns inte i formuläret, och leverantören behålls; skriv bort i "
            "ändring om den inte levererar längre",
            f"the row for {one} in need {number} of {bundle.entity} is not in the form, and the supplier is kept; write bort in "
            "ändring if it delivers no more",
        )
        bundle.rows[0].at("till").info("B850", message)
        column, named = f"raden för {_listed(session, one)}", session.need_named(bundle.entity, number - 1)
        session.absent.append(Unknown(bundle.entity, bundle.index, column, *named))


def _listed(session: Session, provider: str) -> str:
    """A supplier as far as the label of the answers lets it be named in the list of what to take up."""
    if not is_stand_in(provider) and strictest(session.network.label_of(provider), session.label) == session.label:
        return provider
    with writing_in("sv"):  # as all that is taken up
        return stand_in()


def _sent(session: Session, bundle: Bundle) -> list[str]:
    """Who delivered a need when the form was written, as it is called now."""
    names: Iterable[str] = before_of(session, bundle)
    if not session.prefilled.rows and bundle.number is not None:
        names = (str(row.cells["till"]) for row in bundle.written)
    return [_named(session, one) for one in names]


def _named(session: Session, text: str) -> str:
    return stand_in() if is_stand_in(text) else session.entity_of(text) or text


def _is_of(session: Session, row: Row, bundle: Bundle) -> bool:
    """Whether a row is of a need: one of those read together, or of the same nr."""
    if any(row.number == one.number for one in bundle.rows):
        return True
    return session.entity_of(row.text("från")) == bundle.entity and row.text("nr") == str(bundle.number)
