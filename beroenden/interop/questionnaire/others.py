"""The rows of Andra om oss: whether what others say of the actor is right. Nothing of theirs is changed by it."""

from beroenden.interop.questionnaire.cells import Said, Silence, answer, persons_are_told, read_text
from beroenden.interop.questionnaire.change import Objection
from beroenden.interop.questionnaire.columns import NO, OTHERS
from beroenden.interop.questionnaire.content import EVERY
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row, Table, nothing_is_computed
from beroenden.language import say


def read_others(session: Session, table: Table) -> None:
    """The answers ja and nej, a nej being told; a comment alone is one too."""
    stated = OTHERS.column("stämmer")
    for row in table.rows():
        if not nothing_is_computed(row) or not (row.has("stämmer") or row.has("kommentar")):
            continue
        said = answer(row, stated, None)
        comment = row.value("kommentar")
        told = "" if comment is None else read_text(comment, row.at("kommentar"))
        persons_are_told(told, row.at("kommentar"))
        if said is None:
            continue
        is_unknown = said in (Silence.UNKNOWN, Silence.UNCLEAR)
        agrees = None if is_unknown else not (isinstance(said, Said) and said.value == NO)
        found = Objection(row.text("vem"), row.text("behöver"), agrees, told, is_there=_is_known(session, row))
        session.on_others.append(found)
        if agrees is False:
            _disagreement_is_told(session, row, found)


def _is_known(session: Session, row: Row) -> bool:
    """Whether a row is of a need that the model has now; else that is told, for the answer is taken up all the same."""
    if (row.text("vem"), row.text("behöver")) in session.form.told_of:
        return True
    message = say(
        f"modellen har nu inget behov som {row.text('vem')[:40]} har av {row.text('behöver')[:40]}: borttaget, ändrat, eller "
        "med ett annat id. Svaret tas upp ändå",
        f"the model has now no need that {row.text('vem')[:40]} has of {row.text('behöver')[:40]}: removed, changed, or with "
        "another id. The answer is taken up all the same",
    )
    row.at("vem").warning("B844", message)
    return False


def _disagreement_is_told(session: Session, row: Row, found: Objection) -> None:
    every, slash, stage = found.who.partition("/")
    who = (
        say(f"steget {stage} i betalningarna", f"the stage {stage} of the payments")
        if every == EVERY and slash
        else found.who
    )
    comment = f": {found.comment.rstrip('.')}" if found.comment else ""
    message = say(
        f"{session.actor} håller inte med om vad {who} säger om {found.needs}{comment}. Inget ändras; ta upp det",
        f"{session.actor} disagrees with what {who} says of {found.needs}{comment}. Nothing is changed; take it up",
    )
    row.at("stämmer").warning("B853", message)
