"""A samverkanskonferens in FSPOS' form: whom to call, with what agenda, on what ground, and what to ask whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from beroenden.incident.agenda import AgendaItem, Purpose, agenda, functions_for
from beroenden.incident.asked import AskedOfUs, waiting_for, waits
from beroenden.incident.basis import Basis
from beroenden.incident.contacts import ContactRow, contact_list
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.actors import own_entities
from beroenden.incident.lagesbild.assumptions import unknown_endurances
from beroenden.incident.lagesbild.doubt import Doubt
from beroenden.incident.lagesbild.information import Information
from beroenden.incident.lagesbild.prognosis import Prognosis
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, may_tell, outage_name
from beroenden.incident.log.entries import Decision, Request
from beroenden.incident.readers import (
    entries_to_show,
    ground_label,
    label_told,
    own_id,
    reader_of,
    requests_to_others,
)
from beroenden.incident.told_fears import told_fears
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.units.durations import duration_in_words
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/conference/1"
How = Literal["telefon", "webb", "video", "fysiskt"]


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the convening actor has settled; what nobody gave is left blank.

    Attributes:
        time: Instant of the meeting.
        how: telefon, webb, video or fysiskt.
        instructions: How to take part.
        to: Whom it is written for: an actor's id or a label; "" is the own house.
        lowered: (label, role) where a label was lowered for this reader.
    """

    purposes: tuple[Purpose, ...] = ("information", "picture")
    time: int | None = None
    how: How | None = None
    instructions: str = ""
    to: str = ""
    is_exercise: bool = True
    lowered: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor to invite.

    Attributes:
        functions: Which functions the purposes call for.
        questions: What to ask it.
    """

    contact: ContactRow
    functions: tuple[str, ...]
    questions: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The participant as JSON."""
        return self.contact.to_dict() | {"functions": list(self.functions), "questions": list(self.questions)}


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision that the log holds."""

    entry: str
    text: str
    by: str
    time: int


@dataclass(frozen=True, slots=True)
class Conference:
    """All that a conference is prepared with. Times are minutes since the epoch.

    Attributes:
        event: What it is about.
        is_feared: Whether nothing has happened yet.
        is_planned: Whether all that is to happen is planned.
        is_unconfirmed: Whether nobody has confirmed any of what has happened, as far as the reader may know of it.
        ground: Highlights and decision clock of the convening actor.
        asked: What others wait for the convening actor to answer.
    """

    actor: str
    actor_name: str
    event: str
    is_feared: bool
    is_planned: bool
    is_unconfirmed: bool
    invitation: Invitation
    participants: tuple[Participant, ...]
    agenda: tuple[AgendaItem, ...]
    ground: tuple[Statement, ...]
    asked: tuple[AskedOfUs, ...]
    decisions: tuple[Taken, ...]
    at: int
    tlp: str
    timezone: str
    language: Language

    def in_section(self, section: str) -> list[Statement]:
        """The statements of the ground that belong to a section."""
        return [one for one in self.ground if one.section == section]

    def to_dict(self) -> dict[str, Any]:
        """The conference as JSON."""
        zone, given = time_zone(self.timezone), self.invitation
        return {
            "schema": SCHEMA,
            "actor": self.actor,
            "event": self.event,
            "feared": self.is_feared,
            "planned": self.is_planned,
            "unconfirmed": self.is_unconfirmed,
            "language": self.language,
            "at": iso(self.at, zone),
            "to": given.to or None,
            "exercise": given.is_exercise,
            "tlp": self.tlp,
            "purposes": list(given.purposes),
            "time": None if given.time is None else iso(given.time, zone),
            "how": given.how,
            "instructions": given.instructions or None,
            "participants": [one.to_dict() for one in self.participants],
            "agenda": [{"text": one.text, "points": list(one.points)} for one in self.agenda],
            "ground": [one.to_dict(None if one.time is None else iso(one.time, zone)) for one in self.ground],
            "asked_of_us": [one.to_dict(zone) for one in self.asked],
            "decisions": [
                {"entry": one.entry, "text": one.text, "by": one.by or None, "time": iso(one.time, zone)}
                for one in self.decisions
            ],
        }


def conference(basis: Basis, actor: str, invitation: Invitation | None = None) -> Conference:
    """Prepare a samverkanskonferens.

    Args:
        basis: What is known and what follows.
        actor: The convening actor's id in the whole model.
        invitation: What is settled.

    Raises:
        UsageError: when it is no actor.
    """
    given = invitation or Invitation()
    given = replace(given, to=given.to or reader_of(basis))
    here = own_id(basis, actor)
    with writing_in(basis.language):
        return _conference(basis, actor, here, given)


def how_in_words(how: How) -> str:
    """How the participants meet."""
    english = {"telefon": "telephone", "webb": "web", "video": "video", "fysiskt": "in person"}
    return say(how, english[how])


def _conference(basis: Basis, actor: str, here: str, given: Invitation) -> Conference:
    network = basis.network
    feared = basis.is_feared or (not basis.known.scenario.outages and bool(told_fears(basis)))
    planned = _is_planned(basis)
    functions = tuple(dict.fromkeys(one for purpose in given.purposes for one in functions_for(purpose)))
    contacts = contact_list(basis, actor)
    questions = [one for one in _Questions(basis, here).questions() if one.actor in [row.actor for row in contacts]]
    participants = tuple(Participant(row, functions, _texts(questions, row.actor)) for row in contacts)
    asked = waiting_for(basis, here)
    written = (*Doubt(basis, here).statements(), *Prognosis(basis, here).statements())
    ground = tuple(one for one in written if one.section in (HIGHLIGHTS, "prognos.beslut"))
    decisions = entries_to_show(basis, Decision)
    labels = (
        ground_label(basis),
        *(one.contact.tlp for one in participants),
        *(one.tlp for one in ground),
        *(basis.log.label(one) for one in decisions if basis.log),
        *(one.tlp for one in questions),
        *(one.tlp for one in asked),
    )
    return Conference(
        actor=here,
        actor_name=network.entity[here].name,
        event=_event(basis),
        is_feared=feared,
        is_planned=planned,
        is_unconfirmed=_is_unconfirmed(basis),
        invitation=given,
        participants=participants,
        agenda=agenda(given.purposes, feared, planned),
        ground=ground,
        asked=asked,
        decisions=tuple(Taken(one.id, one.text, one.by or "", one.time) for one in decisions),
        at=basis.at,
        tlp=strictest(network.tlp, *labels),
        timezone=network.timezone,
        language=basis.language,
    )


def _event(basis: Basis) -> str:
    """The name of the incident, else what is out as far as the reader may know."""
    if basis.known.scenario.name:
        return basis.known.scenario.name
    return listed(outage_name(basis.network, one) for one in basis.known.scenario.outages if may_tell(basis, one))


def _is_planned(basis: Basis) -> bool:
    """Whether all that the reader may know of is planned and has not begun."""
    told = [one for one in basis.known.scenario.outages if may_tell(basis, one)]
    return bool(told) and all(map(basis.known.is_planned, told))


def _is_unconfirmed(basis: Basis) -> bool:
    told = [one for one in basis.known.scenario.outages if may_tell(basis, one)]
    return bool(told) and all(one.subject in basis.known.doubted for one in told)


def _unanswered(basis: Basis, here: str) -> list[Request]:
    """Requests that wait for an answer from an actor that the reader may know of."""
    return [one for one in requests_to_others(basis, here) if one.to and waits(basis, one)]


@dataclass(frozen=True, slots=True)
class _Question:
    actor: str
    text: str
    tlp: str


def _texts(questions: Iterable[_Question], actor: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.text for one in questions if one.actor == actor))


class _Questions(Writer):
    """What is not known or not answered, with the actor that can be asked."""

    def questions(self) -> Iterator[_Question]:
        """What was asked before and has not been answered first."""
        yield from self._requests()
        yield from self._unknown()
        yield from self._endurances()
        yield from self._recovery_times()

    def _requests(self) -> Iterator[_Question]:
        for request in _unanswered(self._basis, self._actor):
            asked = say(
                f"Obesvarad begäran från {self._short(request.time)}",
                f"Unanswered request of {self._short(request.time)}",
            )
            due = ""
            if request.due is not None:
                left = duration_in_words(abs(request.due - self._at))
                by = self._short(request.due)
                due = (
                    say(f" Svar senast {by} (om {left}).", f" Answer no later than {by} (in {left}).")
                    if request.due >= self._at
                    else say(f" Svar skulle ha kommit {by} ({left} sedan).", f" The answer was due {by} ({left} ago).")
                )
            label = self._basis.log.label(request) if self._basis.log else self._network.tlp
            yield _Question(request.to or "", f"{asked}: {_ended(request.text)}{due}", label)

    def _unknown(self) -> Iterator[_Question]:
        """Of what is out and what was observed: to whoever answers for it; of what differs, to the one who has told it."""
        statements = Information(self._basis, self._actor).statements()
        outages = self._outcome.scenario.outages
        named = {one.subject for one in outages} | {one.entity for one in self._known.pins}
        for one in statements:
            yield from (_Question(actor, text, one.tlp) for actor, text in one.asks)
            if len(one.path) == 1 and one.path[0] in named:
                yield _Question(self._network.answering(one.path[0]), one.text, one.tlp)

    def _endurances(self) -> Iterator[_Question]:
        for entity, _, need in unknown_endurances(self._outcome, self._actor):
            if self._is_shared(entity, *need.providers):
                name, providers = self._name(entity), listed(self._name(one) for one in need.providers)
                text = say(
                    f"Hur länge klarar sig {name} utan {providers}?",
                    f"How long does {name} manage without {providers}?",
                )
                yield self._about(entity, text, *need.providers)

    def _recovery_times(self) -> Iterator[_Question]:
        impacts = own_entities(self._outcome, self._actor)
        for one in dict.fromkeys(link.entity for impact in impacts for link in impact.because):
            if self._is_shared(one) and self._network.entity[one].rto is None:
                name = self._name(one)
                text = say(
                    f"Vilken återställningstid gäller för {name}? Den saknas i modellen.",
                    f"What recovery time applies to {name}? It is missing from the model.",
                )
                yield self._about(one, text)

    def _about(self, entity: str, text: str, *others: str) -> _Question:
        return _Question(self._network.actor_of(entity), text, label_told(self._basis, entity, *others))


def _ended(text: str) -> str:
    """A text with a full stop, so that another sentence can follow."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
