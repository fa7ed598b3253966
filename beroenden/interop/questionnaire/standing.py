"""Answers against what the model has been given since the questionnaire was written: what is verified later stands.

It stands until the actor verifies its answer later still. Values alone do not show what is newer: a meeting may have put back
the very one that was filled in.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from beroenden.interop.questionnaire.change import WHO, Change, Outrun, Thing, ids_of, provenance_of
from beroenden.interop.questionnaire.columns import GONE, NEEDS, NEW, PAYMENTS, RESOURCES
from beroenden.interop.questionnaire.content import stand_in
from beroenden.interop.questionnaire.outrun import shown
from beroenden.interop.questionnaire.session import Session
from beroenden.language import say, writing_in
from beroenden.model.network import Network

_PART = {"entity": RESOURCES, "need": NEEDS, "payment": PAYMENTS}


def outrun_answers(session: Session, written: date | None) -> list[Outrun]:
    """The answers that go against what is newer, each told in its cell; those against what is verified later are not read.

    Args:
        written: The day on which the questionnaire was written; None where it does not say.
    """
    rows: dict[Thing, list[Change]] = {}
    for change in session.changes:
        if change.kind != "added":
            rows.setdefault((change.what, change.id, change.need), []).append(change)
    found = [one for row, changes in rows.items() for one in _of_row(session, row, changes, written)]
    stands = {(one.id, one.need) for one in found if not one.is_read}
    session.changes = [one for one in session.changes if one.kind == "added" or (one.id, one.need) not in stands]
    return found


def _of_row(session: Session, row: Thing, changes: list[Change], written: date | None) -> Iterator[Outrun]:
    since, typed = _verified_since(session, row, written), _typed(session, row)
    told = _as_one([one for one in changes if one.cell is not None and not _is_stamp(one)])
    if since is not None and session.prefilled.rows and (typed is None or typed <= since):
        for change in _matters(told):
            _stands_is_told(session, change, since)
        if told:
            yield _entry(session, told, since, is_read=False)
        return
    over = [(one, text) for one in told for place, text in session.outrun if place == one.cell]
    over = [(one, text) for one, text in over if one.key != "verified" or since is None]
    for change, text in over:
        change.cell.warning("B852", text)  # type: ignore[union-attr]
    if over:
        yield _entry(session, [change for change, _ in over], since, is_read=True)
    if since is not None and not over and told and not session.prefilled.rows and (typed is None or typed < since):
        yield _may_be_older(session, told[0], since, written)


def _as_one(changes: list[Change]) -> list[Change]:
    """The changes of one thing, those of who delivers it as a single one: of a need that becomes a group there are several."""
    who = [one for one in changes if one.key in WHO]
    if not who:
        return changes
    joined = replace(who[-1], before=who[0].before, comment=who[0].comment)
    return [joined, *(one for one in changes if one.cell != joined.cell)]


def _matters(changes: list[Change]) -> list[Change]:
    """What is answered of a thing; the day of it only where that is all."""
    return [one for one in changes if one.key != "verified"] or changes


def _stands_is_told(session: Session, change: Change, since: date) -> None:
    answer, now = _words(session, change)
    message = say(
        f"modellens uppgift ({now}) är verifierad {since}, senare än det som formuläret är ifyllt med: gäller svaret "
        f"{_quoted(answer)} ändå? Det läses inte in; gäller det, skriv en senare dag i verifierad",
        f"the model's own ({now}) is verified {since}, later than what the form was filled in with: does the answer "
        f"{_quoted(answer)} still hold? It is not read; if it does, write a later day in verifierad",
    )
    change.cell.warning("B852", message)  # type: ignore[union-attr]


def _may_be_older(session: Session, change: Change, since: date, written: date | None) -> Outrun:
    """Of a form that does not tell what it was filled in with: no one knows what is an answer."""
    message = say(
        f"modellens uppgift är verifierad {since}, efter att formuläret skrevs {written}: gäller svaret ändå?",
        f"the model's own is verified {since}, after the form was written on {written}: does the answer still hold?",
    )
    change.cell.warning("B852", message)  # type: ignore[union-attr]
    return _entry(session, [change], since, is_read=True)


def _is_stamp(change: Change) -> bool:
    """Whether a source is only stamped for what another cell tells."""
    return change.key == "source" and change.cell is not None and change.cell.heading != "källa"


def _entry(session: Session, changes: list[Change], since: date | None, *, is_read: bool) -> Outrun:
    """All that is answered of one thing, with the day that is told of it; of several, each with its column."""
    matters, first = _matters(changes), changes[0]
    columns = [one.cell.heading if one.cell else "" for one in matters]
    with writing_in("sv"):  # as all that is taken up
        words = [_words(session, _masked(session, one)) for one in matters]
        if len(words) > 1:
            pairs = list(zip(columns, words, strict=True))
            words = [(f"{column} {answer}", f"{column} {now}") for column, (answer, now) in pairs]
        days = [f"verifierad {one.after}" for one in changes if one.key == "verified" and one not in matters]
    answer, now = ", ".join([*(answer for answer, _ in words), *days]), ", ".join(now for _, now in words)
    named = ((), "", None) if first.need is None else session.need_named(first.id, first.need)
    return Outrun(first.id, first.need, ", ".join(columns), answer, now, since, is_read, *named)


def _words(session: Session, change: Change) -> tuple[str, str]:
    """What is answered and what the model has."""
    if change.kind == "removed" or change.cell is None:
        return f"bort ({change.comment})" if change.comment else "bort", say("behovet", "the need")
    if change.key in WHO:
        return _who_delivers(change)
    part, heading = _PART[change.what], change.cell.heading
    key = (change.id,) if change.need is None else (change.id, change.need, 0)
    now = shown(session.form.by_key[part.name, key].cells.get(heading), part.column(heading))
    return change.in_words()[3], now


def _who_delivers(change: Change) -> tuple[str, str]:
    """Who goes and who is new, in the words of the form, with what is said of it; else the whole answer."""
    before, after = ids_of(change.before), ids_of(change.after)
    gone = ", ".join(f"{one} {GONE}" for one in before if one not in after)
    new = ", ".join(f"{one} {NEW}" for one in after if one not in before)
    said = f"{gone} ({change.comment})" if gone and change.comment else gone
    answer, now = ", ".join(filter(None, (said, new))), ", ".join(before)
    return (answer, now) if answer else (change.in_words()[3], change.in_words()[2])


def _masked(session: Session, change: Change) -> Change:
    """A change of who delivers with the stand-in for those whom the actor may not know of."""
    if change.key not in WHO:
        return change

    def named(one: str) -> str:
        return one if session.is_seen(one) or one in session.added else stand_in()

    def masked(value: Any) -> Any:
        if isinstance(value, dict):
            return {named(one): share for one, share in value.items()}
        return [named(one) for one in ids_of(value)]

    return replace(change, before=masked(change.before), after=masked(change.after))


def _quoted(text: str) -> str:
    return say(f"”{text}”", f'"{text}"')


def _verified_since(session: Session, row: Thing, written: date | None) -> date | None:
    """The day on which the model has verified a thing after the form told it; None: it has not."""
    _, one, need = row
    now = _verified(session.network, row)
    sent = [session.sent.get(key) for key in (row, ("entity", one, None))[: 1 if need is None else 2]]
    days = [there.verified for there in sent if there is not None and there.verified is not None]
    is_known = bool(sent) and sent[0] is not None and sent[0].is_known
    then = days[0] if days else None if is_known else written
    if now is None or (then is None and not is_known) or (then is not None and now <= then):
        return None
    typed = _typed(session, row)
    return None if typed == now and _is_own(session, row) else now


def _is_own(session: Session, row: Thing) -> bool:
    """Whether the last to say something of a thing was the actor's form: then its day is no one else's."""
    source = provenance_of(session.network, row).source or ""
    return source.startswith(session.stamps)


def _typed(session: Session, row: Thing) -> date | None:
    """The day that the actor has written for a thing; of a need without a day of its own, for its entity."""
    _, one, need = row
    own = session.sent.get(row)
    if own is not None and own.typed is not None:
        return own.typed
    if need is None or provenance_of(session.network, row).verified is not None:
        return None
    entity = session.sent.get(("entity", one, None))
    return entity.typed if entity is not None else None


def _verified(network: Network, row: Thing) -> date | None:
    """When a thing was last verified in the model; of a need without a day of its own, its entity."""
    what, one, need = row
    return (
        provenance_of(network, row).verified
        or provenance_of(network, (what if need is None else "entity", one, None)).verified
    )
