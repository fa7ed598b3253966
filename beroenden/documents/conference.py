"""The samverkanskonferens as a document: invitation, participants, agenda, ground, questions and decision log."""

from collections.abc import Iterator

from beroenden.documents.document import Document, Field, Paragraph, Section, Table
from beroenden.documents.heading import lowered_field, row
from beroenden.documents.lagesbild import statement_blocks
from beroenden.incident.agenda import PURPOSES, purpose_in_words
from beroenden.incident.conference import Conference, Participant, how_in_words
from beroenden.incident.lagesbild.cooperation import contact_told
from beroenden.language import say, writing_in
from beroenden.model.entities import Contact
from beroenden.units.times import short_time, time_in_words, time_zone

EMPTY_ROWS = 6
"""Rows of the decision log that are left for the meeting."""


def conference_document(conference: Conference) -> Document:
    """The form in FSPOS' order and wording; chair, secretary and decisions are left to people."""
    with writing_in(conference.language):
        return Document(
            form="conference",
            title=say("Samverkanskonferens", "Cooperation conference") + (conference.event and f": {conference.event}"),
            label=conference.tlp,
            is_exercise=conference.invitation.is_exercise,
            language=conference.language,
            header=tuple(_header(conference)),
            notice=_notice(conference),
            sections=(
                _invitation(conference),
                _participants(conference),
                _agenda(conference),
                *_ground(conference),
                _questions(conference),
                *_asked(conference),
                _decisions(conference),
            ),
        )


def _header(conference: Conference) -> Iterator[Field]:
    state = _state(conference)
    event = f"{conference.event} ({state})" if conference.event else state
    yield row("handelse", event)
    yield Field("aktor", say("Sammankallande aktör", "Convening actor"), conference.actor_name)
    yield row("lage_per", _time(conference, conference.at))
    yield from lowered_field(conference.invitation.lowered)


def _state(conference: Conference) -> str:
    """Whether the event has happened, by what is known of it."""
    if conference.is_feared:
        return say("befarad", "feared")
    if conference.is_planned:
        return say("planerad", "planned")
    return say("obekräftad", "unconfirmed") if conference.is_unconfirmed else say("inträffad", "has happened")


def _notice(conference: Conference) -> str:
    times = say(
        f"Alla tider är svensk tid ({conference.timezone}). Deltagarlistan är ett förslag; sammankallande aktör avgör.",
        f"All times are Swedish time ({conference.timezone}). The list of participants is a proposal; the convening "
        "actor decides.",
    )
    if conference.invitation.to:
        return times
    return times + say(
        " Skriven för den egna organisationen: inbjudan och agenda kan skickas, men välj vad av underlaget och frågorna "
        "som ska delges.",
        " Written for your own organisation: the invitation and agenda can be sent, but choose which parts of the "
        "background and the questions to share.",
    )


def _time(conference: Conference, minutes: int) -> str:
    return time_in_words(minutes, time_zone(conference.timezone))


def _invitation(conference: Conference) -> Section:
    given = conference.invitation
    rows = (
        (say("Tidpunkt", "Time"), "" if given.time is None else _time(conference, given.time)),
        (
            say("Form (telefon/webb/video/fysiskt)", "Form (telephone/web/video/in person)"),
            how_in_words(given.how) if given.how else "",
        ),
        (
            say(
                "Instruktioner för deltagande (uppringning, möteskoder, mute)",
                "Instructions for taking part (dialling in, meeting codes, mute)",
            ),
            given.instructions,
        ),
        (say("Syfte", "Purpose"), "; ".join(purpose_in_words(one) for one in PURPOSES if one in given.purposes)),
        (say("Ordförande (utses av sammankallande)", "Chair (appointed by the convening actor)"), ""),
        (say("Sekreterare (utses av sammankallande)", "Secretary (appointed by the convening actor)"), ""),
    )
    headings = (say("Uppgift", "Item"), say("Innehåll", "Content"))
    return Section("inbjudan", say("Inbjudan", "Invitation"), 1, (Table(headings, rows),))


def _participants(conference: Conference) -> Section:
    title = say("Föreslagna deltagare", "Proposed participants")
    if not conference.participants:
        nobody = say("Ingen annan aktör berörs enligt modellen", "No other actor is concerned according to the model")
        nobody += _of_part(conference)
        return Section("deltagare", title, 1, (Paragraph(nobody),))
    functions = ", ".join(conference.participants[0].functions)
    lead = Paragraph(
        say(
            f"Funktion att kalla med det här syftet: {functions}. De nås genom kontaktfunktionen.",
            f"Function to call for this purpose: {functions}. It is reached through the contact function.",
        )
    )
    headings = (
        say("Aktör", "Actor"),
        say("Kontaktfunktion", "Contact function"),
        say("Varför", "Why"),
        say("Närvarande (funktion)", "Present (function)"),
    )
    tiers = (
        (say("I första hand", "First of all"), True),
        (say("Också berörda; bedöm om de ska kallas", "Also affected; judge whether to call them"), False),
    )
    tables = [
        Table(headings, tuple(_participant(one) for one in found), caption)
        for caption, is_pressing in tiers
        if (found := [one for one in conference.participants if one.contact.is_pressing == is_pressing])
    ]
    return Section("deltagare", title, 1, (lead, *tables))


def _participant(one: Participant) -> tuple[str, str, str, str]:
    contact = Contact(one.contact.role or None, one.contact.channel or None)
    return one.contact.name, contact_told(contact, is_withheld=one.contact.is_withheld), one.contact.why, ""


def _agenda(conference: Conference) -> Section:
    headings = (say("Nr", "No."), say("Punkt", "Item"))
    rows: list[tuple[str, str]] = []
    for number, item in enumerate(conference.agenda, 1):
        rows.append((str(number), f"{item.text}:" if item.points else item.text))
        rows += [("", point) for point in item.points]
    return Section("agenda", say("Agenda", "Agenda"), 1, (Table(headings, tuple(rows)),))


def _ground(conference: Conference) -> Iterator[Section]:
    yield Section("", say("Underlag", "Background"), 1)
    yield Section(
        "underlag.viktigast",
        say("Det viktigaste för sammankallande aktör", "Key points for the convening actor"),
        2,
        tuple(statement_blocks(conference.in_section("viktigast"))),
    )
    clock = tuple(statement_blocks(conference.in_section("prognos.beslut")))
    none = say("Inga tidsfrister ligger framför oss", "There are no deadlines ahead") + _of_part(conference)
    yield Section(
        "underlag.beslut",
        say("Vad behöver beslutas, och före när?", "What needs to be decided, and by when?"),
        2,
        clock or (Paragraph(none),),
    )


def _questions(conference: Conference) -> Section:
    title = say("Frågor till deltagarna", "Questions to the participants")
    rows = [(one.contact.name, text) for one in conference.participants for text in one.questions]
    if not rows:
        none = say(
            "Modellen och loggen har inga obesvarade frågor till dem som kallas",
            "The model and the log have no open questions to those invited",
        )
        none += _of_part(conference)
        return Section("fragor", title, 1, (Paragraph(none),))
    headings = (say("Till", "To"), say("Fråga", "Question"), say("Svar", "Answer"))
    return Section("fragor", title, 1, (Table(headings, tuple((name, text, "") for name, text in rows)),))


def _asked(conference: Conference) -> Iterator[Section]:
    """What others ask of the convening actor, with room for the answer."""
    if not conference.asked:
        return
    headings = (
        say("Från", "From"),
        say("Fråga", "Question"),
        say("Svar senast", "Answer no later than"),
        say("Svar", "Answer"),
    )
    rows = tuple(
        (one.name, f"{one.text} ({one.kind})" if one.kind else one.text, one.due or "–", "") for one in conference.asked
    )
    title = say("Obesvarade frågor till sammankallande aktör", "Unanswered questions to the convening actor")
    yield Section("fragor.till_oss", title, 1, (Table(headings, rows),))


def _of_part(conference: Conference) -> str:
    """The end of a sentence that says that there is nothing: for another reader, only in what is shared."""
    return say(", bland det som delas.", ", in what is shared.") if conference.invitation.to else "."


def _decisions(conference: Conference) -> Section:
    """What has been decided already, then numbered rows for the meeting."""
    headings = (
        say("Nr", "No."),
        say("Beslut/åtgärd", "Decision/measure"),
        say("Ansvarig", "Responsible"),
        say("Klart senast", "Done no later than"),
    )
    zone = time_zone(conference.timezone)
    taken = []
    for one in conference.decisions:
        by = say(f"beslut av {one.by}, ", f"decided by {one.by}, ") if one.by else ""
        when = short_time(one.time, zone)
        taken.append(f"{one.text} ({by}{say('loggat', 'logged')} {when})")
    texts = [*taken, *[""] * EMPTY_ROWS]
    rows = tuple((str(number), text, "", "") for number, text in enumerate(texts, 1))
    return Section("beslutslogg", say("Beslutslogg", "Decision log"), 1, (Table(headings, rows),))
