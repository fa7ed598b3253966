"""The rows of Resurser and Betalningar: entities and payments that the actor answers for."""

import re

from beroenden.errors import did_you_mean
from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.change import Unknown
from beroenden.interop.questionnaire.claimed import claim_is_told
from beroenden.interop.questionnaire.columns import NEW, PAYMENTS, RESOURCES, Part
from beroenden.interop.questionnaire.decided import is_decided
from beroenden.interop.questionnaire.emptied import added_since_is_told, emptied_cells_are_told
from beroenden.interop.questionnaire.left import thing_is_left
from beroenden.interop.questionnaire.likeness import alike, likeness_is_told
from beroenden.interop.questionnaire.outrun import (
    certainty_is_of_the_answer,
    gone_is_told,
    is_as_sent,
    newer_is_told,
    newer_than_added_is_told,
)
from beroenden.interop.questionnaire.session import (
    Session,
    Target,
    changes_of,
    day_is_kept,
    keep_label,
    new_table,
    only_once,
    read_answers,
    rest_is_checked,
)
from beroenden.interop.questionnaire.table import Row, Table, nothing_is_computed
from beroenden.interop.slugs import Slugs
from beroenden.language import say
from beroenden.model.entities import Entity

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


def read_resources(session: Session, table: Table) -> None:
    """The actor's entities, and new ones."""
    first: dict[str, Row] = {}
    listed, meant = {row.text("id") for row in table.rows()}, set[str | None]()
    for row in table.rows():
        is_sound = nothing_is_computed(row)
        found = session.network.entity.get(row.text("id"))
        if is_new(row):
            _read_new(session, row, first, listed)
        elif _is_gone(session, row, RESOURCES, found is not None and session.is_own(found.id)):
            meant.add(row.text("id"))
        elif found is None and thing_is_left(session, row, RESOURCES):
            rest_is_checked(session, row, RESOURCES.columns)
        elif found is None:
            meant.add(_unknown_row(session, row, RESOURCES))
        elif _is_to_read(session, first, row, (found.id, found.id, found.name), is_sound):
            _read_known(session, row, RESOURCES, Target("entity", found.id, None, found))
        else:
            rest_is_checked(session, row, RESOURCES.columns)
    _absent_are_told(session, table, {*first, *meant}, RESOURCES)


def read_payments(session: Session, table: Table) -> None:
    """The actor's payments; new ones need stages, which the questionnaire does not ask for."""
    first: dict[str, Row] = {}
    meant = set[str | None]()
    for row in table.rows():
        is_sound, found = nothing_is_computed(row), session.network.payment.get(row.text("id"))
        if _is_gone(session, row, PAYMENTS, found is not None and session.is_own(found.payer)):
            meant.add(row.text("id"))
        elif found is None and thing_is_left(session, row, PAYMENTS):
            rest_is_checked(session, row, PAYMENTS.columns)
        elif found is None:
            meant.add(_unknown_row(session, row, PAYMENTS))
        elif _is_to_read(session, first, row, (found.id, found.payer, found.name), is_sound):
            _read_known(session, row, PAYMENTS, Target("payment", found.id, None, found))
        else:
            rest_is_checked(session, row, PAYMENTS.columns)
    _absent_are_told(session, table, {*first, *meant}, PAYMENTS)


def is_new(row: Row) -> bool:
    """Whether a row is marked as new."""
    return row.text("ändring").lower() in (NEW, "nytt", "new")


def _is_to_read(session: Session, first: dict[str, Row], row: Row, what: tuple[str, str, str], is_sound: bool) -> bool:
    """Whether a row is the first of its id, and what it is about the actor's own."""
    one, owned, name = what
    return all((only_once(first, one, row, row.at("id")), _is_own(session, row, owned, name), is_sound))


def _is_gone(session: Session, row: Row, part: Part, is_own: bool) -> bool:
    """Whether a row is as it was sent, of what is the actor's no more; that is told."""
    if is_own or not is_as_sent(row, session.prefilled.of(part, row.text("id"))):
        return False
    gone_is_told(row.at("id"), part)
    return True


def _is_own(session: Session, row: Row, owned: str, name: str) -> bool:
    """Whether the actor answers for what a row is about; else it is refused, with who does."""
    if session.is_own(owned):
        return True
    owner = session.network.actor_of(owned)
    message = say(
        f"{name} ändras inte här: det är {owner} som svarar för den, inte {session.actor}",
        f"{name} is not changed here: {owner} answers for it, not {session.actor}",
    )
    row.at("id").error("B845", message)
    return False


def _read_known(session: Session, row: Row, part: Part, target: Target) -> None:
    written = session.form.by_key[part.name, (target.id,)].cells
    columns = [column for column in part.columns if column.name != "id"]
    before = session.prefilled.of(part, row.text("id"))
    is_added = before is None and is_new(row)
    said = read_answers(session, row, columns, written, before)
    day_is_kept(session, target, before, said, part.column("verifierad"), is_added=is_added)
    certainty_is_of_the_answer([row], columns, written, before, said)
    newer_is_told(session, [row], columns, written, before, said)
    if is_added:
        newer_than_added_is_told(session, [row], columns, written, said)
    emptied_cells_are_told(session, target, [(row, before)], columns, written, said)
    session.changes += changes_of(session, target, columns, said)
    if part is RESOURCES and row.has("ändring") and not is_new(row):
        message = say(
            "bara ny går i kolumnen; en resurs tas bort av arbetsgruppen när inget behöver den längre",
            "the column holds only ny; a resource is removed by the working group when nothing needs it any longer",
        )
        row.at("ändring").error("B843", message)


def _unknown_row(session: Session, row: Row, part: Part) -> str | None:
    """A row that names nothing of the model is told; the id that it probably means."""
    text = row.text("id")
    own = [key[0] for name, key in session.form.by_key if name == part.name]
    near = did_you_mean(text, map(str, own)) if text else None
    rest_is_checked(session, row, part.columns)
    if part is PAYMENTS:
        fault = say(
            f"modellen har ingen betalning ”{text[:40]}”; en ny anmäls till arbetsgruppen, som lägger in dess steg",
            f'the model has no payment "{text[:40]}"; a new one is for the working group, who enters its stages',
        )
    else:
        named = say(f"modellen har ingen ”{text[:40]}”", f'the model has no "{text[:40]}"') if text else say("raden har inget id", "the row has no id")  # fmt: skip
        fault = named + say(
            "; är den ny, skriv ny i kolumnen ändring", "; if it is new, write ny in the column ändring"
        )
    row.at("id").error("B844", fault, near)
    return near


def _read_new(session: Session, row: Row, first: dict[str, Row], listed: set[str]) -> None:
    """A new entity of the actor's, unless the form has been read before and it is there."""
    known = row.text("id")
    there = _known_already(session, row, {*first, *listed}) if session.may_be_known else None
    if there is not None and only_once(first, there.id, row, row.at("id")):
        message = say(
            f"{there.name} finns redan i modellen, som {there.id}; raden läses som den",
            f"{there.name} is in the model already, as {there.id}; the row is read as that",
        )
        row.at("ändring").info("B846", message)
        _read_known(session, row, RESOURCES, Target("entity", there.id, None, there))
        return
    if (anothers := _anothers(session, row)) is not None:
        if only_once(first, anothers, row, row.at("id")):
            claim_is_told(session, row, anothers)
        rest_is_checked(session, row, RESOURCES.columns)
        return
    if known in session.network.entity or known in session.network.payment:
        message = say(f"{known} finns redan; ta bort ny", f"{known} is there already; take away ny")
        row.at("ändring").error("B846", message)
        rest_is_checked(session, row, RESOURCES.columns)
        return
    if is_decided(session, row, "id" if known else "namn"):
        rest_is_checked(session, row, RESOURCES.columns)
        return
    columns = [column for column in RESOURCES.columns if column.name != "id"]
    name = row.text("namn")
    chosen = known or (session.new_id(name) if name else "")
    for column in ("namn", "typ"):
        if not row.has(column):
            message = say("en ny resurs ska ha namn och typ", "a new resource needs namn and typ")
            row.at(column).error("B847", message)
    if not chosen or not _is_slug(row, chosen) or not only_once(first, chosen, row, row.at("id")):
        rest_is_checked(session, row, columns)
        return
    said = read_answers(session, row, columns, {})
    table = new_table(session, changes_of(session, Target("entity", chosen), columns, said))
    keep_label(session, table, session.network.tlp)
    near = alike(session, name, table.get("kind", "")) if name else None
    likeness_is_told(session, chosen, name, near, row.at("namn"))
    session.add({"id": chosen, "name": name, "owner": session.actor, **table}, row.at())


def _known_already(session: Session, row: Row, others: set[str]) -> Entity | None:
    """The actor's entity that a row marked as new is.

    That is the one of its id; of a row without one that of its name, or of the id that its name gives, where no other row is
    that one and the form was not sent with it.
    """
    own = [one for one in session.network.entities if session.is_own(one.id)]
    if row.has("id"):
        return next((one for one in own if one.id == row.text("id")), None)
    free = [one for one in own if one.id not in others]
    name, made = folded(row.text("namn")), Slugs().of(row.text("namn"))
    of_name = next((one for one in free if folded(one.name) == name), None)
    since = (one for one in free if one.id == made and session.prefilled.of(RESOURCES, made) is None)
    return of_name or next(since, None)


def _anothers(session: Session, row: Row) -> str | None:
    """What another actor answers for and a row marked as new is: of its id, or added by the actor's own form and since given away."""
    one = session.network.entity.get(row.text("id") or Slugs().of(row.text("namn")))
    if one is None or session.is_own(one.id):
        return None
    told = (one.provenance.source or "").split("; ")
    return one.id if row.has("id") or any(part.startswith(session.stamps) for part in told) else None


def _is_slug(row: Row, text: str) -> bool:
    if _SLUG.fullmatch(text):
        return True
    message = say(
        "ett id har bara gemener a–z, siffror och bindestreck", "an id has only lower-case a–z, digits and hyphens"
    )
    row.at("id").error("B844", message, Slugs().of(text))
    return False


def _absent_are_told(session: Session, table: Table, listed: set[str | None], part: Part) -> None:
    """What the actor answers for and the table lacks is kept; only what the form was sent with can have been taken out of it."""
    for name, key in session.form.by_key:
        if name != part.name or key[0] in listed:
            continue
        one = str(key[0])
        if session.prefilled.rows and session.prefilled.of(part, one) is None:
            added_since_is_told(table.at(table.below), one)
            continue
        message = say(
            f"{one} finns inte i formuläret och behålls som den är", f"{one} is not in the form and is kept as it is"
        )
        table.at(table.below).info("B850", message)
        session.absent.append(Unknown(one, None, ""))
