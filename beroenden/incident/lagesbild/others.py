"""What other actors say, among what matters most: in their own words, and what it means for the actor's own customers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.known import latest_received
from beroenden.incident.lagesbild.prognosis import Prognosis
from beroenden.incident.lagesbild.statements import Statement, as_status
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.incident.log.entries import Received, ReceivedStatement
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.units.numbers import about
from beroenden.units.times import brief_date

_FOREMOST = (HIGHLIGHTS, "prognos.betalningar", "prognos.konsekvenser", "fakta.handelse")
"""Sections of which one is repeated, the first that a sender has shared."""


class Others(Writer):
    """The foremost of each sender's latest delgivning."""

    def __init__(self, basis: Basis, actor: str) -> None:
        super().__init__(basis, actor)
        self._received = latest_received(basis.log) if basis.log else []

    @property
    def leads(self) -> bool:
        """Whether somebody says that payments of the actor's will be late, and the own computation does not."""
        nothing_late = not Prognosis(self._basis, self._actor).late_payments
        return nothing_late and any(self._late(one) for one in self._received)

    def statements(self) -> Iterator[Statement]:
        """Sender by sender; nothing of one that has shared neither facts nor a prognosis."""
        for received in self._received:
            said = _foremost(received)
            if not said:
                continue
            name, text = self._sender(received), " ".join(one.text for one in said)
            made = self._said(received, said[0], say(f"Enligt {name}: {text}", f"According to {name}: {text}"))
            label = strictest(made.tlp, *(one.tlp or "TLP:CLEAR" for one in said))
            yield replace(made, tlp=label)
            yield from self._customers(received)

    def _customers(self, received: Received) -> Iterator[Statement]:
        """How many recipients of late payments have their accounts with the actor; a claim does not say which are late."""
        own = [(said, subject, many) for said, subject, many in self._late(received) if many is not None]
        if not own or self._basis.viewer is not None:
            return
        payments = tuple(subject.partition(" ")[0] for _, subject, _ in own)
        name, bank = self._sender(received), self._name(self._actor)
        each = listed(f"{self._run(subject)} {about(many)}" for _, subject, many in own)
        text = say(
            f"Av mottagarna av det som {name} säger blir sent har så här många konto i {bank} (andelen ur modellen): {each}. "
            f"Om just de får vänta beror på var felet är; fråga {name}.",
            f"Of the recipients of what {name} says will be late, so many have accounts at {bank} (the share by the model): "
            f"{each}. Whether they are the ones who wait depends on where the fault is; ask {name}.",
        )
        made = self._said(received, own[0][0], text)
        said = (one.tlp or "TLP:CLEAR" for one, _, _ in own)
        label = strictest(made.tlp, *said, self._network.label_of(self._actor, *payments))
        yield replace(made, status="modellberäknad", tlp=label)

    def _late(self, received: Received) -> list[tuple[ReceivedStatement, str, int | None]]:
        """Late runs of a sender that concern the actor, with the number of recipients who have their accounts there."""
        found: dict[str, tuple[ReceivedStatement, str, int | None]] = {}
        for said in received.statements:
            for claim in said.claims:
                payment = self._network.payment.get(claim.subject.partition(" ")[0])
                if claim.aspect != "completed" or payment is None or payment.id in self._network.withheld:
                    continue
                shares = {bank: share for bank, share in self._network.accounts_of(payment) if bank}
                if self._actor in (payment.payer, payment.paying_bank) or self._actor in shares:
                    share = shares.get(self._actor)
                    many = None if share is None or payment.count is None else round(payment.count * share)
                    found.setdefault(claim.subject, (said, claim.subject, many))
        return list(found.values())

    def _run(self, subject: str) -> str:
        payment, _, day = subject.partition(" ")
        name = self._network.payment[payment].name
        try:
            return f"{name} ({brief_date(date.fromisoformat(day))})"
        except ValueError:  # a claim that was made by hand
            return name

    def _sender(self, received: Received) -> str:
        known = received.sender in self._network.entity
        return self._name(received.sender) if known else received.sender_name or received.sender

    def _said(self, received: Received, said: ReceivedStatement, text: str) -> Statement:
        name, label = self._sender(received), received.tlp or "TLP:RED"
        number = "" if received.number is None else say(f" nr {received.number}", f" no. {received.number}")
        when = "" if received.at is None else f", {self._short(received.at)}"
        source = say(f"delgivning{number} från {name}{when}", f"situation report{number} shared by {name}{when}")
        tlp = strictest(said.tlp or label, label)
        return Statement(HIGHLIGHTS, text, as_status(said.status), source, said.said, (), tlp, entry=received.id)


def _foremost(received: Received) -> list[ReceivedStatement]:
    """All that a sender finds matters most; where it has not shared that, the first of the section after."""
    first, *rest = _FOREMOST
    found = [one for one in received.statements if one.section == first]
    return found or [one for section in rest for one in received.statements if one.section == section][:1]
