"""The contact list, and who answers for the shared systems, as a document."""

from collections.abc import Iterator, Sequence

from beroenden.documents.document import Block, Document, Field, Paragraph, Section, Table
from beroenden.documents.heading import lowered_field, row
from beroenden.incident.basis import Basis
from beroenden.incident.contacts import ContactRow, contact_list
from beroenden.incident.lagesbild.cooperation import contact_in_words, contact_told
from beroenden.incident.readers import ground_label, own_id
from beroenden.incident.responsibility import SharedSystem, shared_systems
from beroenden.language import say, writing_in
from beroenden.model.entities import Contact
from beroenden.model.labels import strictest
from beroenden.units.durations import duration_in_words
from beroenden.units.times import time_in_words, time_zone

_SHOWN_USERS = 6


def contacts_document(
    basis: Basis, actor: str, *, is_exercise: bool = True, lowered: tuple[str, str] | None = None
) -> Document:
    """Whom an actor needs to reach, and who answers for what several use.

    Args:
        basis: What is known and what follows.
        actor: Id in the whole model.
        is_exercise: Whether it belongs to an exercise.
        lowered: (label, role) where a label was lowered for the reader.

    Raises:
        UsageError: when it is no actor.
    """
    contacts, systems = contact_list(basis, actor), shared_systems(basis, actor)
    network = basis.network
    with writing_in(basis.language):
        name = network.entity[own_id(basis, actor)].name
        own = network.label_of(own_id(basis, actor)), ground_label(basis)
        labels = (*own, *(one.tlp for one in contacts), *(one.tlp for one in systems))
        is_part = basis.viewer is not None
        return Document(
            form="kontakter",
            title=say(f"Kontaktlista och ansvar: {name}", f"Contacts and responsibility: {name}"),
            label=strictest(network.tlp, *labels),
            is_exercise=is_exercise,
            language=basis.language,
            header=(*_header(basis, name), *lowered_field(lowered)),
            notice=say(
                f"Alla tider är svensk tid ({network.timezone}). Listan anger funktioner, aldrig personer. Vem som "
                "berörs är modellberäknat; kontaktvägarna är modellens registrerade uppgifter. Kontrollera dem innan "
                "de används.",
                f"All times are Swedish time ({network.timezone}). The list names functions, never people. Who is "
                "affected is computed by the model; the ways to reach them are as registered in it. Check them before use.",
            ),
            sections=(_contacts(contacts, is_part=is_part), _systems(systems, is_part=is_part)),
        )


def contacts_table(contacts: Sequence[ContactRow], *, is_part: bool = False) -> Block:
    """Whom to call, in order of need; a reader of a part (is_part) is told that it is one."""
    if not contacts:
        nobody = say("Ingen annan aktör berörs.", "No other actor is concerned.")
        part = say("Ingen annan aktör berörs bland det som delas.", "No other actor is concerned in what is shared.")
        return Paragraph(part if is_part else nobody)
    headings = (
        say("Aktör", "Actor"),
        say("Funktion", "Function"),
        say("Kontaktväg", "How to reach it"),
        say("Varför", "Why"),
    )
    return Table(headings, tuple(_contact(one) for one in contacts))


def _header(basis: Basis, name: str) -> Iterator[Field]:
    yield row("aktor", name)
    if basis.known.scenario.name:
        yield row("handelse", basis.known.scenario.name)
    when = time_in_words(basis.at, time_zone(basis.network.timezone))
    yield row("lage_per", when)
    yield row("kontrollerad_av")


def _contact(row: ContactRow) -> tuple[str, str, str, str]:
    if not (row.role or row.channel):
        return row.name, contact_told(None, is_withheld=row.is_withheld), "", row.why
    return row.name, row.role, row.channel, row.why


def _contacts(contacts: Sequence[ContactRow], *, is_part: bool) -> Section:
    title = say("Kontaktlista", "Contact list")
    order = say(
        "I den ordning de behövs: där orsaken ligger, mellan orsaken och oss, de som loggen har frågat, de som väntar på "
        "vårt svar eller har delgett något om det, övriga berörda.",
        "In the order in which they are needed: where the cause lies, between the cause and us, those whom the log has "
        "asked, those who wait for our answer or have shared something about it, others affected.",
    )
    return Section("kontakter", title, 1, (Paragraph(order), contacts_table(contacts, is_part=is_part)))


def _systems(systems: Sequence[SharedSystem], *, is_part: bool) -> Section:
    title = say("Ansvar för gemensamma system", "Responsibility for shared systems")
    if not systems:
        nothing = say(
            "Inget som är ute eller nedsatt används av flera aktörer.",
            "Nothing that is out or impaired is used by several actors.",
        )
        shared = say(
            "Inget av det som delas och är ute eller nedsatt används av flera aktörer.",
            "Nothing that is shared and is out or impaired is used by several actors.",
        )
        return Section("ansvar", title, 1, (Paragraph(shared if is_part else nothing),))
    headings = (
        say("System", "System"),
        say("Ansvarig och kontakt", "Responsible, and contact"),
        say("Används av", "Used by"),
        say("Registrerad återställningstid", "Registered recovery time"),
        say("Användarna räknar med", "The users count on"),
        say("Saknas eller stämmer inte", "Missing or not in agreement"),
    )
    return Section("ansvar", title, 1, (Table(headings, tuple(_system(one) for one in systems)),))


def _system(one: SharedSystem) -> tuple[str, ...]:
    states = {
        "out": say("avbrott", "outage"),
        "harmed": say("nedsatt", "impaired"),
        "will_be_harmed": say("blir nedsatt", "will be impaired"),
        "feared": say("befaras", "feared"),
        "planned": say("planerat avbrott", "planned outage"),
        "assumed_over": say("avbrottet antas ha upphört", "the outage is assumed to have ended"),
        "was_out": say("har haft avbrott", "has had an outage"),
        "was_harmed": say("har varit nedsatt", "has been impaired"),
    }
    answers = ", ".join(part for part in (one.owner, _reached(one.contact)) if part)
    rest = len(one.users) - _SHOWN_USERS
    users = ", ".join(one.users if rest <= 1 else one.users[:_SHOWN_USERS])
    if rest > 1:
        users += say(f" och {rest} till", f" and {rest} more")
    times = ((say("mål", "target"), one.rto), (say("visad i test", "shown in test"), one.rta))
    known = [f"{word} {duration_in_words(minutes)}" for word, minutes in times if minutes is not None]
    expects = [f"{user}: {duration_in_words(minutes)}" for user, minutes in one.expects]
    lacking = "; ".join(one.lacking)
    return (
        f"{one.name} ({states[one.state]})",
        answers or "–",
        users,
        ", ".join(known) or "–",
        ", ".join(expects) or "–",
        lacking or "–",
    )


def _reached(contact: Contact | None) -> str:
    return contact_in_words(contact) if contact and (contact.role or contact.channel) else ""
