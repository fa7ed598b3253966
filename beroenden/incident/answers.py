"""Requests and their answers, as they stand in delgivningar and in the own log."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from beroenden.incident.log.entries import Log, Received, Request
from beroenden.incident.reported import latest_received

_SAID = re.compile(
    r"(?P<text>.*?) (?:Gäller|Kind): (?P<kind>.*?)\. (?:Till|To): .*?"
    r"(?: (?:Från|From): (?P<asker>.*?)\.)?"
    r"(?: (?:Förslag på ansvarig|Proposed responsible): (?P<role>.*?)\.)?"
    r"(?: (?:Förslag på tidsplan|Proposed timetable): (?P<due>.*?)\.)? (?:Svar|Answer): (?P<answer>.*)\.",
    re.DOTALL,
)
"""A request with what else its table says, as a log keeps it, in either language."""
_UNANSWERED = ("obesvarad", "not answered")


@dataclass(frozen=True, slots=True)
class SaidRequest:
    """What a delgivning says of a request, in its sender's words.

    Attributes:
        asker: Name of who has asked; "" where that is the sender.
        answer: The answer, or that there is none.
    """

    text: str
    kind: str
    asker: str
    role: str
    due: str
    answer: str

    @property
    def is_answered(self) -> bool:
        """Whether the delgivning says that it has been answered."""
        return not self.answer.startswith(_UNANSWERED)


def said_request(text: str) -> SaidRequest | None:
    """The parts of a received request; None where they cannot be told apart."""
    parts = _SAID.fullmatch(text)
    if parts is None:
        return None
    asker, role, due = (parts[one] or "" for one in ("asker", "role", "due"))
    return SaidRequest(parts["text"], parts["kind"], asker, role, due, parts["answer"])


def own_answer(log: Log | None, sender: str, text: str) -> Request | None:
    """The own entry that answers a request that another has made; None where there is none.

    Args:
        log: The own log as it stands.
        sender: Who made the request.
        text: What it asks.
    """
    answers = (one for one in log.of(Request) if one.actor == sender and one.answered is not None) if log else ()
    return next((one for one in answers if is_same(one.text, text)), None)


def entered_by_hand(log: Log | None, actor: str) -> Iterator[Request]:
    """Others' requests to an actor, as the own log has them: those that came otherwise than in a delgivning."""
    for one in log.of(Request) if log else ():
        if one.to == actor and one.actor != actor:
            yield one


def answer_received(log: Log | None, request: Request) -> tuple[Received, SaidRequest] | None:
    """The answer to an own request that its receiver's latest delgivning holds; None where there is none."""
    for received in latest_received(log) if log else ():
        for said in received.statements if received.sender == request.to else ():
            found = said_request(said.text)
            if found and found.is_answered and is_same(found.text, request.text):
                return received, found
    return None


def is_same(text: str, other: str) -> bool:
    """Whether two houses' entries ask the same."""
    return _plain(text) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".!?").casefold()
