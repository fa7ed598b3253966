"""What the log says of what is to be done and said: measures, decisions, requests and messages."""

import re
from collections.abc import Iterator
from dataclasses import replace

from beroenden.incident.answers import (
    SaidRequest,
    answer_received,
    entered_by_hand,
    is_same,
    own_answer,
    said_request,
)
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.claims import ASKED, as_instant
from beroenden.incident.lagesbild.statements import Statement, as_status
from beroenden.incident.lagesbild.writer import Writer, sentence
from beroenden.incident.log.entries import (
    Claim,
    Decision,
    Entry,
    Measure,
    Message,
    Received,
    ReceivedStatement,
    Request,
)
from beroenden.incident.reported import latest_received
from beroenden.language import say
from beroenden.sharing.viewer import Viewer

_AUDIENCES = {"internal": "kommunikation.interna", "external": "kommunikation.externa"}

_WEEKDAY = re.compile(r"^\w+ (?=\d{4}-)")
"""What a time that is told begins with."""


class Planned(Writer):
    """Boxes 3 and 4: only what people have entered; the rest is left to them."""

    def statements(self) -> Iterator[Statement]:
        """Measures not yet done, decisions, requests and messages, in order of time; then what others ask of the actor."""
        channels: set[str] = set()
        for entry in self._basis.log.entries if self._basis.log else ():
            if isinstance(entry, Measure) and entry.progress in ("decided", "ongoing"):
                yield self._entered(entry, "inriktning.sikt", entry.text, cells=self._measure(entry))
            elif isinstance(entry, Decision):
                by = self._whose(entry, entry.by)
                yield self._entered(entry, "inriktning.beslut", f"{entry.text} ({by})" if by else entry.text)
            elif isinstance(entry, Request) and concerns_reader(self._basis.viewer, entry):
                section = "begaran.budskap" if entry.type == "message" else "begaran.atgarder"
                yield self._entered(self._as_first_made(entry), section, entry.text, cells=self._request(entry))
            elif isinstance(entry, Message):
                yield self._entered(entry, _AUDIENCES[entry.audience], entry.text)
                if entry.channel and entry.channel not in channels:
                    channels.add(entry.channel)
                    yield self._entered(entry, "kommunikation.kanaler", entry.channel)
        yield from self._asked_by_others()

    def _asked_by_others(self) -> Iterator[Statement]:
        """What others ask of the actor in their latest delgivningar, for the own house; what waits for an answer, however it
        was asked, also as a decision to take.
        """
        if self._basis.log is None or self._basis.viewer is not None:
            return
        for received in latest_received(self._basis.log):
            for said in received.statements:
                request = said_request(said.text)
                is_ours = Claim(self._actor, ASKED, "yes") in said.claims
                if (
                    is_ours
                    and own_answer(self._basis.log, received.sender, request.text if request else said.text) is None
                ):
                    yield self._asked(received, said, said.section)
                    if request is None or not request.is_answered:
                        yield self._asked(received, said, "prognos.beslut")
                        yield self._waits(received, said, request)
        for entry in entered_by_hand(self._basis.log, self._actor):
            if entry.answered is None and not self._is_received(entry):
                yield from self._entered_waits(entry)

    def _is_received(self, entry: Request) -> bool:
        """Whether a request that was entered by hand also stands in its sender's latest delgivning."""
        asked = (
            said.text
            for received in (latest_received(self._basis.log) if self._basis.log else ())
            for said in (received.statements if received.sender == entry.actor else ())
            if Claim(self._actor, ASKED, "yes") in said.claims
        )
        return any(is_same(entry.text, parts.text if (parts := said_request(one)) else one) for one in asked)

    def _entered_waits(self, entry: Request) -> Iterator[Statement]:
        """That a request which was entered by hand waits for an answer: as a decision to take, and in a line."""
        name, to, asked = self._name(entry.actor), self._name(self._actor), sentence(entry.text)
        due = "" if entry.due is None else self._due(self._short(entry.due))
        made = replace(self._as_first_made(entry), disclose=False)
        request = say(f"Begäran från {name} till {to}: {asked}{due}", f"Request from {name} to {to}: {asked}{due}")
        yield self._entered(made, "prognos.beslut", request)
        waits = say(f"{name} väntar på svar: {asked}{due}", f"{name} waits for an answer: {asked}{due}")
        yield self._entered(made, HIGHLIGHTS, waits)

    def _waits(self, received: Received, said: ReceivedStatement, request: SaidRequest | None) -> Statement:
        """That another waits for an answer, in a line."""
        name, asked = received.sender_in(self._network), sentence(request.text if request else said.text)
        due = self._due(request.due) if request and request.due else ""
        text = say(f"{name} väntar på svar: {asked}{due}", f"{name} waits for an answer: {asked}{due}")
        return replace(self._asked(received, said, HIGHLIGHTS), text=text)

    def _due(self, time: str) -> str:
        """Until when an answer is asked for, or was, in the words of who asks."""
        due = as_instant(_WEEKDAY.sub("", time), self._zone)
        if due is not None and due < self._at:
            return say(f" Svaret skulle ha kommit {time}.", f" The answer was due {time}.")
        return say(f" Svar senast {time}.", f" Answer no later than {time}.")

    def _asked(self, received: Received, said: ReceivedStatement, section: str) -> Statement:
        name, to = received.sender_in(self._network), self._name(self._actor)
        text = say(f"Begäran från {name} till {to}: {said.text}", f"Request from {name} to {to}: {said.text}")
        status, source, tlp = as_status(said.status), self._shared_in(received), received.label_of(said)
        return Statement(section, text, status, source, said.said, (), tlp, entry=received.id)

    def _as_first_made(self, entry: Request) -> Request:
        """A request with the time at which it was first made, which an answer does not move; what the house answers it says itself."""
        corrected = self._basis.log.corrects.get(entry.id, ()) if self._basis.log else ()
        is_ours = entry.to == self._actor and entry.answered is not None
        source = entry.source or (self._name(self._actor) if is_ours else None)
        return replace(entry, time=min([entry.time, *(time for _, time in corrected)]), source=source)

    def _measure(self, entry: Measure) -> tuple[tuple[str, str], ...]:
        return (
            (say("Åtgärd", "Measure"), entry.text),
            (say("Ansvarig (funktion)", "Responsible (function)"), self._whose(entry, entry.owner)),
            (say("Klart senast", "Due"), "" if entry.due is None else self._short(entry.due)),
            (say("Läge", "Progress"), self._progress(entry)),
            (say("Avsedd effekt", "Intended effect"), entry.intended_effect or ""),
        )

    def _whose(self, entry: Entry, function: str | None) -> str:
        """The function that answers for an entry, with its organisation where that is another than the paper's."""
        if entry.actor == self._actor:
            return function or ""
        name = self._name(entry.actor)
        return f"{name}, {function}" if function else name

    def _progress(self, entry: Measure) -> str:
        is_overdue = entry.due is not None and entry.due < self._at
        return progress_word(entry.progress) + (say(", försenad", ", overdue") if is_overdue else "")

    def _request(self, entry: Request) -> tuple[tuple[str, str], ...]:
        return (
            (say("Gäller", "Kind"), request_word(entry.type)),
            (say("Till", "To"), self._name(entry.to) if entry.to else say("alla", "all")),
            (say("Från", "From"), "" if entry.actor == self._actor else self._name(entry.actor)),
            (say("Förslag eller fråga", "Proposal or question"), entry.text),
            (say("Förslag på ansvarig", "Proposed responsible"), entry.role or ""),
            (say("Förslag på tidsplan", "Proposed timetable"), "" if entry.due is None else self._short(entry.due)),
            (say("Svar", "Answer"), self._answer(entry)),
        )

    def _may_know_answer(self, entry: Request) -> bool:
        """Whether what a request's receiver has answered in a delgivning is the reader's to know: the own house, and who gave it."""
        viewer = self._basis.viewer
        return viewer is None or viewer.actor == entry.to

    def _answer(self, entry: Request) -> str:
        received = answer_received(self._basis.log, entry) if self._may_know_answer(entry) else None
        if entry.answered is None and received is not None:
            return f"{received[1].answer} ({self._shared_in(received[0])})"
        if entry.answered is None and entry.id in self._basis.answered:
            return ""  # to who may not know of the answer nothing is said of it, neither that there is none
        if entry.answered is None:
            is_overdue = entry.due is not None and entry.due < self._at
            return say("obesvarad", "not answered") + (say(", försenad", ", overdue") if is_overdue else "")
        when = self._short(entry.answered)
        return f"{when}: {entry.answer}" if entry.answer else when


def concerns_reader(viewer: Viewer | None, entry: Request) -> bool:
    """A request to one actor is not for another; a label's readers see all."""
    return viewer is None or viewer.actor is None or entry.to is None or viewer.actor in (entry.to, entry.actor)


def progress_word(progress: str) -> str:
    """How far a measure has come."""
    words = {
        "decided": say("beslutad", "decided"),
        "ongoing": say("pågår", "ongoing"),
        "done": say("genomförd", "done"),
        "cancelled": say("avbruten", "cancelled"),
    }
    return words[progress]


def request_word(kind: str) -> str:
    """What a request asks for."""
    words = {
        "help": say("hjälp", "help"),
        "information": say("information", "information"),
        "action": say("åtgärd", "action"),
        "message": say("budskap", "message"),
    }
    return words[kind]
