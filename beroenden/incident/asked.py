"""What other actors have asked of the own house, in delgivningar and otherwise, and whether they have had an answer."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.incident.answers import entered_by_hand, is_same, own_answer, said_request
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.claims import ASKED
from beroenden.incident.lagesbild.planned import request_word
from beroenden.incident.log.entries import Claim, Received, ReceivedStatement, Request
from beroenden.incident.reported import latest_received, stands_at
from beroenden.model.labels import strictest
from beroenden.units.times import iso, short_time, time_zone


@dataclass(frozen=True, slots=True)
class AskedOfUs:
    """A request in the latest delgivning that holds it, or in the own log. Times are minutes since the epoch.

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
        at: Its as-of time, or when it was read; of a request that was entered by hand, the time of its entry.
        is_entered: Whether it stands in the own log, entered by hand, and in no delgivning.
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
    is_entered: bool = False

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


def waits(basis: Basis, request: Request) -> bool:
    """Whether an own request waits for an answer, as far as the own log and what its receiver has shared know."""
    return request.answered is None and request.id not in basis.answered


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
    for entry in entered_by_hand(basis.log, actor):
        is_told = any(entry.actor == sender and is_same(entry.text, text) for sender, text in found)
        is_readers = basis.viewer is None or (entry.disclose and entry.actor == basis.viewer.actor)
        if is_readers and not is_told:
            found[entry.actor, entry.text] = _entered(basis, entry)
    return tuple(sorted(found.values(), key=lambda one: (one.at if one.time is None else one.time, one.name)))


def waiting_for(basis: Basis, actor: str) -> tuple[AskedOfUs, ...]:
    """What an actor is asked in others' latest delgivningar, or otherwise, and has not answered."""
    latest = {one.sender: stands_at(one) for one in latest_received(basis.log)} if basis.log else {}
    asked = (one for one in asked_of(basis, actor) if not one.is_answered)
    return tuple(one for one in asked if one.is_entered or one.at == latest[one.sender])


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


def _entered(basis: Basis, entry: Request) -> AskedOfUs:
    zone, corrected = time_zone(basis.network.timezone), basis.log.corrects.get(entry.id, ()) if basis.log else ()
    return AskedOfUs(
        sender=entry.actor,
        name=basis.network.entity[entry.actor].name,
        text=entry.text,
        kind=request_word(entry.type),
        time=min([entry.time, *(time for _, time in corrected)]),
        due="" if entry.due is None else short_time(entry.due, zone),
        answer=entry.answer or "",
        is_answered=entry.answered is not None,
        answered=entry.answered,
        number=None,
        at=entry.time,
        tlp=entry.tlp or "TLP:RED",
        is_entered=True,
    )
