"""What other actors have asked of the own house in their delgivningar, and whether they have had an answer."""

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.incident.basis import Basis
from beroenden.incident.known import latest_received, stands_at
from beroenden.incident.lagesbild.claims import ASKED
from beroenden.incident.log.entries import Claim, Log, Received, ReceivedStatement, Request
from beroenden.model.labels import strictest
from beroenden.units.times import iso

_SAID = re.compile(
    r"(?P<text>.*?) (?:Gäller|Kind): (?P<kind>.*?)\. (?:Till|To): .*?"
    r"(?: (?:Förslag på tidsplan|Proposed timetable): (?P<due>.*?)\.)? (?:Svar|Answer): (?P<answer>.*)\.",
    re.DOTALL,
)
"""A request with what else its table says, as a log keeps it, in either language."""
_UNANSWERED = ("obesvarad", "not answered")


@dataclass(frozen=True, slots=True)
class AskedOfUs:
    """A request in the latest delgivning that holds it. Times are minutes since the epoch.

    Attributes:
        sender: Id of who asks.
        name: Its name.
        text: The request; all that was received, where the rest cannot be told from it.
        kind: What it is for, in the sender's words; "" where that is not said.
        time: When the sender entered it; None where that is not said.
        due: By when an answer is asked for, in the sender's words; "" where that is not said.
        answer: In the own words, else the sender's; "" while there is none.
        is_answered: By the own log, else as far as the delgivning says; None where neither says anything of that.
        answered: When the own house answered; None where its log does not say so.
        number: Of the delgivning; None where it has none.
        at: Its as-of time, or when it was read.
    """

    sender: str
    name: str
    text: str
    kind: str
    time: int | None
    due: str
    answer: str
    is_answered: bool | None
    answered: int | None
    number: int | None
    at: int
    tlp: str

    def to_dict(self, zone: ZoneInfo) -> dict[str, Any]:
        """The request as JSON; what is not said is null."""
        return {
            "sender": self.sender,
            "text": self.text,
            "kind": self.kind or None,
            "time": None if self.time is None else iso(self.time, zone),
            "due": self.due or None,
            "answered": self.is_answered,
            "answer": self.answer or None,
            "number": self.number,
            "at": iso(self.at, zone),
        }


@dataclass(frozen=True, slots=True)
class SaidRequest:
    """What a delgivning says of a request, in its sender's words.

    Attributes:
        answer: The answer, or that there is none.
    """

    text: str
    kind: str
    due: str
    answer: str

    @property
    def is_answered(self) -> bool:
        """Whether the delgivning says that it has been answered."""
        return not self.answer.startswith(_UNANSWERED)


def said_request(text: str) -> SaidRequest | None:
    """The parts of a received request; None where they cannot be told apart."""
    parts = _SAID.fullmatch(text)
    return parts and SaidRequest(parts["text"], parts["kind"], parts["due"] or "", parts["answer"])


def own_answer(log: Log | None, sender: str, text: str) -> Request | None:
    """The own entry that answers a request that another has made; None where there is none.

    Args:
        log: The own log as it stands.
        sender: Who made the request.
        text: What it asks.
    """
    answers = (one for one in log.of(Request) if one.actor == sender and one.answered is not None) if log else ()
    return next((one for one in answers if is_same(one.text, text)), None)


def answer_received(log: Log | None, request: Request) -> tuple[Received, SaidRequest] | None:
    """The answer to an own request that its receiver's latest delgivning holds; None where there is none."""
    for received in latest_received(log) if log else ():
        for said in received.statements if received.sender == request.to else ():
            found = said_request(said.text)
            if found and found.is_answered and is_same(found.text, request.text):
                return received, found
    return None


def waits(basis: Basis, request: Request) -> bool:
    """Whether an own request waits for an answer; for the own house, also in what its receiver has shared."""
    is_own = basis.viewer is None
    return request.answered is None and not (is_own and answer_received(basis.log, request) is not None)


def is_same(text: str, other: str) -> bool:
    """Whether two houses' entries ask the same."""
    return _plain(text) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?").casefold()


def asked_of(basis: Basis, actor: str) -> tuple[AskedOfUs, ...]:
    """The requests to an actor, each once as last heard; for another reader those that it has made itself.

    Args:
        basis: With the log.
        actor: Id in the words of the basis.
    """
    found: dict[tuple[str, str], AskedOfUs] = {}
    received = basis.log.of(Received) if basis.log else ()
    for one in sorted(received, key=stands_at):
        if basis.viewer is None or one.sender == basis.viewer.actor:
            for said in one.statements:
                if Claim(actor, ASKED, "yes") in said.claims:
                    request = _request(basis, one, said)
                    found[request.sender, request.text] = request
    return tuple(sorted(found.values(), key=lambda one: (one.at if one.time is None else one.time, one.name)))


def _request(basis: Basis, received: Received, said: ReceivedStatement) -> AskedOfUs:
    parts = said_request(said.text)
    text = parts.text if parts else said.text
    own = own_answer(basis.log, received.sender, text)
    told = parts.answer if parts and parts.is_answered else ""
    return AskedOfUs(
        sender=received.sender,
        name=received.sender_in(basis.network),
        text=text,
        kind=parts.kind if parts else "",
        time=said.said,
        due=parts.due if parts else "",
        answer=(own.answer or "") if own else told,
        is_answered=True if own else parts.is_answered if parts else None,
        answered=own.answered if own else None,
        number=received.number,
        at=stands_at(received),
        tlp=strictest(received.label_of(said), *([own.tlp or "TLP:RED"] if own else ())),
    )
