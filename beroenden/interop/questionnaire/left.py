"""Answers on what the model no longer has, removed or renamed since the questionnaire was written: told, and kept to be taken up."""

from collections.abc import Iterable, Mapping

from beroenden.interop.questionnaire.cells import says_unknown
from beroenden.interop.questionnaire.change import Outrun
from beroenden.interop.questionnaire.columns import NEEDS, RESOURCES, Part
from beroenden.interop.questionnaire.content import is_stand_in
from beroenden.interop.questionnaire.outrun import answered, is_as_sent
from beroenden.interop.questionnaire.prefilled import Cells
from beroenden.interop.questionnaire.session import Session
from beroenden.interop.questionnaire.table import Row
from beroenden.interop.questionnaire.values import Cell
from beroenden.language import say, writing_in


def thing_is_left(session: Session, row: Row, part: Part) -> bool:
    """Whether a row is of an entity or payment that it was sent with and that the model has no more; that is told."""
    one = row.text("id")
    before = session.prefilled.of(part, one)
    if before is None or not session.may_be_known:
        return False
    known = _named_as(session, part, one)
    now = session.form.by_key[part.name, (known,)].cells if known else None
    if _stands_is_told(session, row, before, now, ("id", known)):
        return True
    _is_told(session, row, part, "id", one)
    with writing_in("sv"):  # as all that is taken up
        gone = (
            say("inte längre resursen", "no longer the resource")
            if part is RESOURCES
            else say("inte längre betalningen", "no longer the payment")
        )
        keep(session, one, [(row, before)], gone, now)
    return True


def names_are_left(session: Session, row: Row) -> bool:
    """Whether a row of a need was sent with who needs or who delivers, and the model has that one no more; that is told."""
    consumer, number, provider = row.text("från"), row.text("nr"), row.text("till")
    sent = session.prefilled.need(consumer, int(number) if number.isdigit() else None)
    if provider not in sent or not session.may_be_known:
        return False
    gone = [
        (column, one)
        for column, one in (("från", consumer), ("till", provider))
        if not is_stand_in(one) and session.entity_of(one) is None
    ]
    if not gone:
        return False
    column, one = gone[0]
    known = _delivers_as(session, row) if column == "till" else _named_as(session, RESOURCES, one)
    now = _need_now(session, row)
    if _stands_is_told(session, row, sent[provider], now, (column, known)):
        return True
    _is_told(session, row, RESOURCES, column, one)
    with writing_in("sv"):  # as all that is taken up
        keep(session, consumer, [(row, sent[provider])], say(f"inte längre {one}", f"no longer {one}"), now)
    return True


def _need_now(session: Session, row: Row) -> Mapping[str, Cell] | None:
    """The only need that is the row's by the names that who needs and who delivers have now, as the form would have it."""
    consumer, provider = row.text("från"), row.text("till")
    if session.entity_of(consumer) is None:
        consumer = _named_as(session, RESOURCES, consumer) or consumer
    if session.entity_of(provider) is None:
        provider = _delivers_as(session, row) or provider
    found = [
        one.key for one in session.form.rows[NEEDS.name] if (one.key[0], one.cells["till"]) == (consumer, provider)
    ]
    return session.form.by_key[NEEDS.name, (*found[0][:2], 0)].cells if len(found) == 1 else None


def _stands_is_told(
    session: Session, row: Row, before: Cells, now: Mapping[str, Cell] | None, renamed: tuple[str, str | None]
) -> bool:
    """Whether all that a row answers is in the model, under another id; that is told.

    Args:
        now: What the form would have there now; None: it is not known what that is.
        renamed: The column of what has another id, and that id.
    """
    column, known = renamed
    if now is None or known is None or answered(row, before, now):
        return False
    message = say(
        f"{row.text(column)} har id {known} nu, och det som raden svarar står redan i modellen",
        f"{row.text(column)} has the id {known} now, and what the row answers is in the model already",
    )
    row.at(column).info("B852", message)
    return True


def _is_told(session: Session, row: Row, part: Part, column: str, one: str) -> None:
    message = say(
        f"{one[:40]} fanns i modellen när formuläret skrevs men inte nu, borttagen eller med ett annat id: svaret läses inte. "
        f"Har den ett annat id, skriv det i kolumnen {column}",
        f"{one[:40]} was in the model when the form was written but is not now, removed or with another id: the answer is not "
        f"read. If it has another id, write that in the column {column}",
    )
    row.at(column).warning(
        "B852", message, _delivers_as(session, row) if column == "till" else _named_as(session, part, one)
    )


def need_is_left(session: Session, entity: str, rows: Iterable[Row], sent: Mapping[str, Cells]) -> None:
    """Tell of the answers on a need that the model had when the form was written, and has no more."""
    told = [(row, sent.get(row.text("till"), {})) for row in rows]
    first, providers = told[0][0], ", ".join(sent)
    message = say(
        f"behovet av {providers} fanns hos {entity} när formuläret skrevs men inte nu, borttaget eller gjort till ett annat: svaret "
        "läses inte. Ska behovet finnas, töm nr och skriv ny i kolumnen ändring",
        f"{entity} had this need of {providers} when the form was written but has it no more, removed or made into another: the "
        "answer is not read. If there is to be such a need, empty nr and write ny in the column ändring",
    )
    first.at("nr").warning("B852", message)
    with writing_in("sv"):  # as all that is taken up
        keep(session, entity, told, say(f"inte längre behovet av {providers}", f"no longer the need of {providers}"))


def need_is_unclear(session: Session, entity: str, rows: Iterable[Row], sent: Mapping[str, Cells]) -> None:
    """Tell of rows of a need that cannot be told from others of the same in the model as it is now."""
    providers = ", ".join(sent)
    message = say(
        f"behoven av {providers} hos {entity} har ändrats sedan formuläret skrevs, och det går inte att se vilket av dem raden gäller",
        f"the needs of {providers} that {entity} has have changed since the form was written, and which of them the row is about "
        "cannot be told",
    )
    rest = say(
        "Ta upp det med aktören, eller be om svar i ett nytt formulär",
        "Take it up with the actor, or ask for an answer in a new form",
    )
    _unclear_is_told(session, entity, rows, sent, message, rest)


def twin_is_unclear(session: Session, entity: str, rows: Iterable[Row], sent: Mapping[str, Cells]) -> None:
    """Tell of rows of a need that were filled in as those of another, where not all such rows have the same answer."""
    providers = ", ".join(sent)
    message = say(
        f"{entity} har flera behov av {providers} som formuläret visade likadant, och det går inte att se vilket av dem raden "
        "gäller. Svar om dem läses bara när alla har fått samma svar och alla finns kvar",
        f"{entity} has several needs of {providers} that the form showed alike, and which of them the row is about cannot be told. "
        "Answers on them are read only where all have the same answer and all are still there",
    )
    rest = say(
        f"Säg vad vart och ett är till för, utan leverantörens namn (beroenden edit set MODELL {entity} needs[N].what TEXT) och be om svar i ett nytt formulär",
        f"Say what each is for, without the name of the supplier (beroenden edit set MODEL {entity} needs[N].what TEXT) and ask for answers in a new form",
    )
    _unclear_is_told(session, entity, rows, sent, message, rest)


def _unclear_is_told(
    session: Session, entity: str, rows: Iterable[Row], sent: Mapping[str, Cells], message: str, rest: str
) -> None:
    """Tell of rows that may be of any of several needs, with the rest of what there is to do, and keep their answers."""
    told = [(row, sent.get(row.text("till"), {})) for row in rows]
    place, providers = told[0][0].at("nr"), ", ".join(sent)
    if all(is_as_sent(row, before) for row, before in told):
        place.info("B852", message + say("; raden är orörd och läses inte", "; the row is untouched and is not read"))
        return
    place.warning("B852", message + say(": svaret läses inte. ", ": the answer is not read. ") + rest)
    with writing_in("sv"):  # as all that is taken up
        stands = say(
            f"behov av {providers} som inte går att skilja åt", f"needs of {providers} that cannot be told apart"
        )
        keep(session, entity, told, stands)


def _delivers_as(session: Session, row: Row) -> str | None:
    """The id of the supplier that the actor may see and that now has the name that stands beside the one that was sent."""
    name = row.beside("leverantörens_namn")
    return next((one for one, known, _ in session.form.choices if known == name), None)


def _named_as(session: Session, part: Part, one: str) -> str | None:
    """The id of the actor's that now has the name that was sent of another."""
    sent = (session.prefilled.of(part, one) or {}).get("namn")
    things = session.network.entities if part is RESOURCES else session.network.payments
    own = (thing for thing in things if session.is_own(session.network.answering(thing.id)))
    return next((thing.id for thing in own if thing.name == sent), None)


def keep(
    session: Session,
    one: str,
    rows: Iterable[tuple[Row, Cells]],
    stands: str,
    now: Mapping[str, Cell] | None = None,
) -> None:
    """Keep what has been answered in rows, which are not read, to be taken up.

    Args:
        stands: What the model has.
        now: What the form would have there now, where that is known: what stands there already is not taken up.
    """
    told, cells = list(rows), dict[str, str]()
    for row, before in told:
        cells |= answered(row, before, now)
    named = need_named(session, [row for row, _ in told])
    found = Outrun(one, None, ", ".join(cells), ", ".join(cells.values()), stands, None, False, *named)
    session.left.append(found)


def need_named(session: Session, rows: Iterable[Row]) -> tuple[tuple[str, ...], str, int | None]:
    """Who delivers a need and what it is for, as its rows have it, and its nr where that alone tells which.

    Nothing of rows of anything else.
    """
    needs = [row for row in rows if row.table.part is NEEDS]
    texts = (row.text("till") for row in needs)
    providers = tuple(dict.fromkeys(session.entity_of(text) or text for text in texts))
    return providers, purpose_in(needs), hidden_number(needs)


def purpose_in(rows: Iterable[Row]) -> str:
    """What a need is for, as its rows have it; empty where they do not tell."""
    told = ((row.text("vad"), row.value("vad")) for row in rows)
    return next((text for text, one in told if one is not None and not says_unknown(one, NEEDS.column("vad"))), "")


def hidden_number(rows: Iterable[Row]) -> int | None:
    """The nr of rows of a need of those whom the actor may not know of; None of others."""
    numbers = (row.text("nr") for row in rows if is_stand_in(row.text("till")))
    return next((int(one) for one in numbers if one.isdigit()), None)
