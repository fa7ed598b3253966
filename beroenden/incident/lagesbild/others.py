"""What other actors say, among what matters most: in their own words, and what it means for the actor's own customers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.actors import carried_stages, concerns, own_runs
from beroenden.incident.lagesbild.claims import as_instant, run_subject
from beroenden.incident.lagesbild.prognosis import Prognosis
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, ongoing, sentence
from beroenden.incident.log.entries import Claim, Received, ReceivedStatement
from beroenden.incident.reported import latest_received, stands_at
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.units.numbers import about
from beroenden.units.times import brief_date, clock_of, local

_FOREMOST = (HIGHLIGHTS, "prognos.betalningar", "prognos.konsekvenser", "fakta.handelse")
"""Sections of which one is repeated, the first in which a sender has shared anything of concern."""
_MOST_REPEATED = 3
"""Statements of a sender that are repeated; of more it says how many they are."""
_DEPENDS = re.compile(
    r"\b(?:om|är) (?:avbrott|felet i filen)|\b(?:om|är) de[nt]? planerade|\bom (?:de[nt]? uppskattade|det befarade|avsändarens antaganden|det som vi räknar med)"
    r"|\bif (?:the (?:outage|fault|estimated|planned|sender)|what (?:is feared|we count on))",
    re.IGNORECASE,
)
"""What in a lägesbild depends on that an outage goes on or ends; not that it "är åtgärdat"."""
_IMPAIRED = re.compile(r"\bnedsatta nu\b|\bimpaired now\b", re.IGNORECASE)
"""What a lägesbild tells as impaired at its as-of time."""
_ON_TIME = re.compile(r"\b(?:i tid|on time)\b[^.:]*: ", re.IGNORECASE)
"""What tells of payments that are on time."""
_LATE = re.compile(r"\bsena?\b|\bsent\b|\blate\b", re.IGNORECASE)
"""What tells of payments that are late."""
_DEADLINE = re.compile(r"(?:första )?tidsfrist|(?:first )?deadline", re.IGNORECASE)
"""What a deadline begins with."""
_WHERE = re.compile(r"\bsent gäller konton i (?P<sv>.+)|\blate concerns accounts at (?P<en>.+)", re.IGNORECASE)
"""In which banks the recipients of what is late have their accounts."""


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
            said, left_out = self._foremost(received)
            if said:
                name, text = received.sender_in(self._network), " ".join(sentence(one.text) for one in said)
                who = f"{name}{self._as_of(received)}"
                text = say(f"Enligt {who}: {text}", f"According to {who}: {text}") + self._more(received, left_out)
                made = self._repeated(received, said[0], HIGHLIGHTS, text)
                label = strictest(*map(received.label_of, said))
                yield replace(made, tlp=label)
            yield from self._customers(received)

    def _foremost(self, received: Received) -> tuple[list[ReceivedStatement], int]:
        """What a sender finds matters most and concerns the actor, a few of it, and how much more it says there."""
        for section in _FOREMOST:
            held = [one for one in received.statements if one.section == section and self._holds(received, one)]
            told = [one for one in held if self._concerns(one)][:_MOST_REPEATED]
            if told:
                return told, len(held) - len(told)
        return [], 0

    def _holds(self, received: Received, said: ReceivedStatement) -> bool:
        """Whether it still matters: what is computed of an outage that goes on does not once all are over by the own picture.

        What was impaired then is so no longer once nothing but files is out, as far as that came to an end since. A
        deadline matters until it has passed, and what is late until it should all have come, as the sender had it.
        """
        if said.status != "modellberäknad":
            return True
        if _DEADLINE.match(said.text) and said.said is not None and said.said < self._at:
            return False
        if _LATE.search(said.text) and self._has_come(received, said):
            return False
        outages, going_on = self._known.scenario.outages, ongoing(self._basis)
        ends = [one.end for one in outages if one.entity and one.end is not None]
        is_up = not any(one.entity for one in going_on) and any(stands_at(received) < end for end in ends)
        depends_on_past = bool(outages) and not going_on and _DEPENDS.search(said.text)
        return not (depends_on_past or (is_up and _IMPAIRED.search(said.text)))

    def _has_come(self, received: Received, said: ReceivedStatement) -> bool:
        """Whether all that is late by what is said should have come by now; of what does not say when, by all that its sender says."""
        ends = [claim.value for claim in said.claims if claim.aspect == "completed"]
        every = [claim.value for one in received.statements for claim in one.claims if claim.aspect == "completed"]
        came = [as_instant(end, self._zone) for end in ends or every]
        return bool(came) and all(end is not None and end <= self._at for end in came)

    def _concerns(self, said: ReceivedStatement) -> bool:
        """Whether it is about the actor or its payments; of what claims nothing, nobody can tell.

        What is on time and claims nothing is not what matters most to anyone.
        """
        if not said.claims:
            return not _ON_TIME.search(said.text)
        return any(map(self._is_own, said.claims))

    def _is_own(self, claim: Claim) -> bool:
        one = claim.subject.partition(" ")[0]
        payment = self._network.payment.get(one)
        if payment is not None:
            stages = carried_stages(self._network, payment, self._actor)
            return concerns(self._network, payment, self._actor) or bool(stages)
        return one in self._network.entity and self._network.actor_of(one) == self._actor

    def _as_of(self, received: Received) -> str:
        """ " (läget 04.30)" (as of 04:30), with the day where it is another."""
        if received.at is None:
            return ""
        moment = local(received.at, self._zone)
        when = clock_of(moment)
        if moment.date() != local(self._at, self._zone).date():
            when = self._short(received.at)
        return say(f" (läget {when})", f" (as of {when})")

    def _more(self, received: Received, count: int) -> str:
        """How much more a sender says there, and where that stands."""
        if not count:
            return ""
        name, number = received.sender_in(self._network), received.number
        of_many = "" if number is None else say(f" nr {number}", f" no. {number}")
        where = say(f"delgivning{of_many}", f"situation report{of_many}")
        many = say("uppgift" if count == 1 else "uppgifter", "statement" if count == 1 else "statements")
        return say(
            f" … och {count} {many} till från {name}; se dess {where}.",
            f" … and {count} more {many} from {name}; see its {where}.",
        )

    def _customers(self, received: Received) -> Iterator[Statement]:
        """How many recipients of late payments have their accounts with the actor; a claim does not say which are late."""
        runs = own_runs(self._outcome, self._actor)
        computed = {run_subject(run) for run in runs if run.late or run.run.is_late_by_fault}
        own = [
            (said, subject, many)
            for said, subject, many in self._late(received)
            if many is not None and subject not in computed
        ]
        if not own or self._basis.viewer is not None or self._spares_own(received):
            return
        payments = tuple(subject.partition(" ")[0] for _, subject, _ in own)
        name, bank = received.sender_in(self._network), self._name(self._actor)
        each = listed(f"{self._run(subject)} {about(many)}" for _, subject, many in own)
        text = say(
            f"Av mottagarna av det som {name} säger blir sent har så här många konto i {bank} (andelen ur modellen): {each}. "
            f"Om just de får vänta beror på var felet är; fråga {name}.",
            f"Of the recipients of what {name} says will be late, so many have accounts at {bank} (the share by the model): "
            f"{each}. Whether they are the ones who wait depends on where the fault is; ask {name}.",
        )
        made = self._repeated(received, own[0][0], HIGHLIGHTS, text)
        said = (received.label_of(one) for one, _, _ in own)
        label = strictest(*said, self._network.label_of(self._actor, *payments))
        yield replace(made, status="modellberäknad", tlp=label)

    def _spares_own(self, received: Received) -> bool:
        """Whether a sender says itself that what is late concerns accounts in other banks alone."""
        found = [_WHERE.search(said.text) for said in received.statements if self._holds(received, said)]
        where = [one["sv"] or one["en"] for one in found if one]
        return bool(where) and all(_spares(one, self._name(self._actor)) for one in where)

    def _late(self, received: Received) -> list[tuple[ReceivedStatement, str, int | None]]:
        """Late runs of a sender that concern the actor, with the number of recipients who have their accounts there."""
        found: dict[str, tuple[ReceivedStatement, str, int | None]] = {}
        for said in (one for one in received.statements if self._holds(received, one)):
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


def _spares(banks: str, bank: str) -> bool:
    """Whether banks in a sender's words are others than one; "alla banker, utom i den bara en del av filen" are not."""
    if re.match(r"alla banker|all banks", banks):
        return re.match(rf"(?:alla banker utom|all banks except) {re.escape(bank)}", banks) is not None
    return bank not in banks and not re.search(r"vissa banker|okända banker|some banks|unknown banks", banks)
