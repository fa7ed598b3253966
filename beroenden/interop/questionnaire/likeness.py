"""Something new that may be there already, under a name that is like its own: told, and kept to be taken up."""

from beroenden.interop.questionnaire.change import Likeness
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.sheets import CellPlace
from beroenden.language import say
from beroenden.model.names import like_name, telling_letters


def alike(session: Session, name: str, kind: str) -> str | None:
    """The id of the entity that a new one may be: for a supplier one whose name is like its own, else one of the same name.

    The systems of several actors have names that are like each other's.
    """
    known = _known(session)
    if kind == "supplier":
        near = like_name(name, known)
        return near and known[near]
    own = telling_letters(name)
    return next((one for there, one in known.items() if telling_letters(there) == own), None)


def _known(session: Session) -> dict[str, str]:
    """Ids by name and by id, of new entities as well."""
    added = {table["name"]: one for one, (table, _) in session.added.items()}
    named = {one.name: one.id for one in reversed(session.network.entities)}
    return {one: one for one in (*session.network.entity, *session.added)} | added | named


def likeness_is_told(session: Session, new: str, name: str, near: str | None, place: CellPlace) -> None:
    """Tell of a new entity that may be one that is there."""
    if near is None:
        return
    known = session.network.entity[near].name if near in session.network.entity else session.added[near][0]["name"]
    owner = _other_owner(session, near)
    whose = say(f", som {owner} svarar för", f", that {owner} answers for") if owner else ""
    message = say(
        f"{name[:40]} ({new}) liknar {known} ({near}){whose}; är det en ny? De blir två",
        f"{name[:40]} ({new}) is like {known} ({near}){whose}; is it a new one? They become two",
    )
    place.warning("B847", message, near)
    session.likenesses.append(Likeness(new, name, near, known))


def _other_owner(session: Session, entity: str) -> str | None:
    """The other actor that a system or the like is said to be of."""
    one = session.network.entity.get(entity)
    return one.owner if one is not None and one.owner != session.actor else None
