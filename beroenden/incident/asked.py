"""What other actors have asked of the own house in their delgivningar, and whether they have had an answer."""

import re
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.incident.basis import Basis
from beroenden.incident.known import stands_at
from beroenden.incident.lagesbild.claims import ASKED
from beroenden.incident.log.entries import Claim, Received, ReceivedStatement
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
        answer: In the sender's words; "" while there is none.
        is_answered: As far as the delgivning says; None where it says nothing of that.
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


def is_answered(text: str) -> bool | None:
    """Whether a received request says that it has been answered; None where it says nothing of that."""
    parts = _SAID.fullmatch(text)
    return None if parts is None else not parts["answer"].startswith(_UNANSWERED)


def _request(basis: Basis, received: Received, said: ReceivedStatement) -> AskedOfUs:
    parts = _SAID.fullmatch(said.text)
    answered = is_answered(said.text)
    return AskedOfUs(
        sender=received.sender,
        name=received.sender_in(basis.network),
        text=parts["text"] if parts else said.text,
        kind=parts["kind"] if parts else "",
        time=said.said,
        due=(parts["due"] or "") if parts else "",
        answer=parts["answer"] if parts and answered else "",
        is_answered=answered,
        number=received.number,
        at=stands_at(received),
        tlp=received.label_of(said),
    )
