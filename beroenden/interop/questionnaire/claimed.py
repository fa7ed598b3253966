"""Something new that another actor answers for already: not read, told, and kept for both to take up."""

from beroenden.interop.questionnaire.change import Claimed, Outrun
from beroenden.interop.questionnaire.left import need_named
from beroenden.interop.questionnaire.outrun import answered
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.language import say, writing_in


def claim_is_told(session: Session, row: Row, entity: str) -> None:
    """Tell of a new row whose id is that of what another actor answers for."""
    owner = session.network.actor_of(entity)
    message = say(
        f"{entity} finns redan, och {owner} svarar för den: raden läses inte. Är det samma, ta upp vem som svarar för den; är "
        "det en annan, ge den ett annat id",
        f"{entity} is there already, and {owner} answers for it: the row is not read. If it is the same, take up who answers "
        "for it; if it is another, give it another id",
    )
    row.at("id").warning("B846", message)
    with writing_in("sv"):  # as all that is taken up
        cells = answered(row, {})
    told = ", ".join(f"{column} {one}" for column, one in cells.items() if column not in ("namn", "ändring"))
    session.claimed.append(Claimed(entity, row.text("namn"), owner, told))


def need_is_claimed(session: Session, row: Row, entity: str) -> bool:
    """Whether a row of a need is of what is claimed; that is told."""
    claimed = next((one for one in session.claimed if one.id == entity), None)
    if claimed is None:
        return False
    message = say(
        f"{claimed.owner} svarar för {entity} i modellen: vad den behöver läses inte förrän det är avgjort vems den är",
        f"{claimed.owner} answers for {entity} in the model: what it needs is not read until it is decided whose it is",
    )
    row.at("från").warning("B846", message)
    with writing_in("sv"):  # as all that is taken up
        cells = {column: one for column, one in answered(row, {}).items() if column != "ändring"}
        now = say(f"den hos {claimed.owner}", f"it with {claimed.owner}")
    named = need_named(session, [row])
    session.left.append(Outrun(entity, None, ", ".join(cells), ", ".join(cells.values()), now, None, False, *named))
    return True
