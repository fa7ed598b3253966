"""What an answer changes but leaves of low confidence: `quality` would ask the same again."""

from datetime import date

from beroenden.interop.questionnaire.change import Change, Thing, Unknown, provenance_of
from beroenden.interop.questionnaire.columns import NEEDS, PAYMENTS, RESOURCES
from beroenden.interop.questionnaire.session import Session
from beroenden.language import say
from beroenden.model.network import Network

_BESIDE = ("source", "verified", "confidence", "tlp", "note")


def unsure(session: Session) -> list[Unknown]:
    """What is given a value and still of low confidence, a row at a time; each is told in its row."""
    rows: dict[Thing, list[Change]] = {}
    for change in session.changes:
        if change.kind == "changed":
            rows.setdefault((change.what, change.id, change.need), []).append(change)
    settled = {row for row, changes in rows.items() if any(one.key == "confidence" for one in changes)}
    found = []
    for row, changes in rows.items():
        told = [one for one in changes if one.key not in _BESIDE and one.after is not None]
        is_settled = row in settled or (_inherits(session.network, row) and ("entity", row[1], None) in settled)
        if told and not is_settled and _confidence(session.network, row) == "low":
            columns = ", ".join(dict.fromkeys(_column(one) for one in told))
            named = ((), "", None) if row[2] is None else session.need_named(row[1], row[2])
            found.append(Unknown(row[1], row[2], columns, *named))
            _is_told(told[0], _verified(session.network, row, changes))
    return found


def _is_told(change: Change, verified: date | None) -> None:
    if change.cell is None:
        return
    day = say(f" och verifierad {verified}", f" and verified {verified}") if verified else ""
    message = say(
        f"svaret står kvar som säkerhet låg{day}, för de cellerna är orörda: fråga hur säkert det är",
        f"the answer stays of confidence låg{day}, since those cells are untouched: ask how sure it is",
    )
    change.cell.info("B855", message)


def _column(change: Change) -> str:
    """The column that says a key; who delivers is in till."""
    part = {"entity": RESOURCES, "need": NEEDS, "payment": PAYMENTS}[change.what]
    return next((column.name for column in part.columns if column.key == change.key), "till")


def _inherits(network: Network, row: Thing) -> bool:
    return row[0] == "need" and provenance_of(network, row).confidence is None


def _confidence(network: Network, row: Thing) -> str | None:
    own = provenance_of(network, row).confidence
    return network.entity[row[1]].provenance.confidence if own is None and row[0] == "need" else own


def _verified(network: Network, row: Thing, changes: list[Change]) -> date | None:
    """The day that stays; None where another is told."""
    return None if any(one.key == "verified" for one in changes) else provenance_of(network, row).verified
