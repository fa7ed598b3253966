"""Every event as it is put to a player."""

from collections.abc import Callable, Iterable, Sequence

from beroenden.exercise.exercise import Event, Evidence
from beroenden.exercise.noticed import is_to_accounts
from beroenden.exercise.phrases import several
from beroenden.exercise.wording.heard import Heard
from beroenden.exercise.wording.naming import Words
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import WITHHELD
from beroenden.sharing.masking import Masked
from beroenden.units.numbers import about, percent


class Wording(Heard):
    """Says what happens to one player."""

    def __init__(
        self, mask: Masked, actor: str, level_at: Callable[[str, int], float], players: Iterable[str] = ()
    ) -> None:
        super().__init__(mask, actor, level_at, players)
        self._tellers: dict[Event, Callable[[Evidence], Words]] = {
            "supply": self._supply,
            "level": self._level,
            "reserve": self._reserve,
            "stage": self._stage,
            "cutoff": self._cutoff,
            "late": self._late,
            "question": self._question,
            "media": self._media,
            "service": self._service,
            "rumour": self._rumour,
            "denial": self._denial,
            "unconfirmed": self._unconfirmed,
            "cause": self._cause,
            "fault": self._fault,
            "restored": self._restored,
            "completed": self._completed,
            "longer": self._longer,
            "deadline": self._deadline,
            "pace": self._pace,
        }

    def words(self, evidence: Evidence, told: int | None = None) -> Words:
        """Who says it, how, its title and its text.

        Args:
            evidence: What is told.
            told: When it is told; None: as it happens.
        """
        sender, form, title, text = self._tellers[evidence.event](evidence)
        if evidence.event in ("cause", "fault"):
            text += self._until(evidence, evidence.at if told is None else told)
        return sender, form, title, text

    def _state(self, evidence: Evidence) -> str:
        """What is left: of systems their capacity, of authorities their work."""
        kinds = {one: self._entity(one).kind in ("authority", "process") for one in evidence.entities}
        systems = [one for one, is_work in kinds.items() if not is_work]
        at_work = [one for one, is_work in kinds.items() if is_work]
        left = percent(evidence.level or 0)
        parts = []
        if systems:
            names = self._names(systems)
            parts.append(
                say(f"{names} ligger nere.", f"Down: {names}.")
                if not evidence.level
                else say(f"{left} av förmågan är kvar: {names}.", f"{left} of capacity remains: {names}.")
            )
        if at_work:
            names = self._names(at_work)
            parts.append(
                say(f"Verksamheten står stilla: {names}.", f"Work is at a standstill: {names}.")
                if not evidence.level
                else say(f"Verksamheten går på {left}: {names}.", f"Work goes on at {left}: {names}.")
            )
        return " ".join(parts)

    def _level(self, evidence: Evidence) -> Words:
        names = self._first(self.name(one) for one in evidence.entities)
        title, better = say(f"Störning: {names}", f"Disturbance: {names}"), ""
        if not evidence.path:
            title = say(f"Fungerar bättre: {names}", f"Works better: {names}")
            better = say("Det går bättre än förut. ", "It works better than before. ")
        if evidence.until is not None:
            title = say(f"Felet hos oss är åtgärdat: {names}", f"Our own fault is mended: {names}")
            better = say(
                "Felet hos oss är åtgärdat, men allt fungerar inte ännu. ",
                "The fault that was ours is mended, but not everything works yet. ",
            )
        return self._from_own(), "telefon", title, better + self._state(evidence) + self._reason(evidence)

    def _reason(self, evidence: Evidence) -> str:
        provider = self._provider(evidence)
        if provider is None and len(evidence.path) > 1:
            return say(
                " Felet ligger utanför oss; vi vet inte var.",
                " The fault lies outside our organisation; we do not know where.",
            )
        if provider is None:
            ours = say(" Felet ligger hos oss; orsaken är inte känd.", " The fault is ours; its cause is not known.")
            if evidence.since is not None:
                ours = say(
                    " Ett fel till har uppstått, och det ligger hos oss; orsaken är inte känd.",
                    " There is one more fault, and it is ours; its cause is not known.",
                )
            return ours if evidence.path else ""
        why = "" if self._is_own(provider) else say(" Orsaken är okänd.", " The cause is not known.")
        left = self._left(provider, evidence.at)
        left = f" {left}" if left else ""
        return f" {self._lacking(evidence, provider)}{left}{self._what(evidence.path[0], provider)}{why}"

    def _lacking(self, evidence: Evidence, provider: str) -> str:
        """What does not deliver, and whether what can stand in for it does not either."""
        name = self.name(provider)
        if self._is_without_others(evidence, provider):
            return say(
                f"Vi får inte det vi behöver från {name}, och inte heller från det som kan ersätta {name}.",
                f"We do not get what we need from {name}, nor from what can stand in for {name}.",
            )
        return say(f"Vi får inte det vi behöver från {name}.", f"We do not get what we need from {name}.")

    def _supply(self, evidence: Evidence) -> Words:
        provider = self._provider(evidence)
        names = self._names(evidence.entities)
        lasts = ""
        if evidence.until is not None:
            without = self.name(provider) if provider else say("det", "it")
            if provider and self._is_without_others(evidence, provider):
                without += say(f" och det som kan ersätta {without}", f" and what can stand in for {without}")
            lasts = self._lasts(evidence.entities, without, evidence.until)
        if provider is None:
            text = say(f"Något som {names} behöver kommer inte.", f"Something that {names} needs does not come.")
            return self._from_own(), "telefon", say(f"Störning för {names}", f"Disturbance for {names}"), text + lasts
        what, left = self._what(evidence.path[0], provider), self._left(provider, evidence.at)
        whose = self.name(provider)
        if self._is_own(provider):
            title = say(f"{names} klarar sig tills vidare utan {whose}", f"{names} goes on for now without {whose}")
            text = say(f"{whose} fungerar inte som det ska.", f"{whose} does not work as it should.")
            return self._from_own(), "telefon", title, text + what + lasts
        if self._is_played(provider):
            text = self._lacking(evidence, provider) + (f" {left}" if left else "")
            text += say(" Orsaken är okänd.", " The cause is not known.")
            title = say(f"Leveransen från {whose} är störd", f"The supply from {whose} is disturbed")
            return self._from_own(), "telefon", title, text + what + lasts
        text = left or say(f"{whose} fungerar inte som det ska.", f"{whose} does not work as it should.")
        text += say(
            f" Felsökning pågår; när det är åtgärdat går inte att säga.{what}",
            f" It is being looked into; when it is resolved cannot be said.{what}",
        )
        title = say(f"{whose}: störning", f"{whose}: disturbance")
        heard = say(" Egen drift uppger:", " Own operations say:") if lasts else ""
        return self._from(provider), "telefon", title, text + heard + lasts

    def _lasts(self, entities: Sequence[str], without: str, until: int) -> str:
        """Until when one can do without something, of several the one that lasts shortest."""
        shortest, when = self.name(entities[0]), self.time(until)
        more = ""
        if len(entities) > 1:
            others = self._names(entities[1:])
            more = say(f", {others} minst lika länge", f", {others} at least as long")
        return say(
            f" {shortest} klarar sig utan {without} till {when}{more}.",
            f" {shortest} can do without {without} until {when}{more}.",
        )

    def _reserve(self, evidence: Evidence) -> Words:
        provider, names = self._provider(evidence), self._names(evidence.entities)
        lost = self.name(provider) if provider else say("En leverantör", "A supplier")
        title = say(f"Reserven för {names} är förlorad", f"The reserve of {names} is lost")
        left = self._left(provider, evidence.at) if provider else ""
        state = left or say(f"{lost} är ute.", f"{lost} is out.")
        text = say(
            f"{state} {names} fungerar, men på sin sista reserv.", f"{state} {names} works, but on its last reserve."
        )
        return self._from_own(), "telefon", title, text

    def _blocked(self, evidence: Evidence) -> str:
        provider = self._provider(evidence)
        if provider is None:
            return ""
        left = self._left(provider, evidence.at)
        left = f" {left}" if left else ""
        if evidence.level:
            return say(
                f" {self.name(provider)} fungerar nu, men kom i gång för sent.",
                f" {self.name(provider)} works now, but came back too late.",
            )
        if self._mask.ids[provider] == self._reporting(evidence):
            return self._admitted(evidence, provider) + left
        name = self.name(provider)
        silent = say(f" {name} svarar inte som väntat.", f" {name} does not respond as expected.")
        if self._is_without_others(evidence, provider):
            silent = say(
                f" {name} svarar inte som väntat, och inte heller det som kan ersätta {name}.",
                f" {name} does not respond as expected, nor does what can stand in for {name}.",
            )
        return silent + left

    def _admitted(self, evidence: Evidence, provider: str) -> str:
        """Whether the fault lies with who tells of a stage and answers for what it waits for, or with what that needs, or both."""
        name, is_played = self.name(provider), self._is_played(provider)
        if evidence.since is None and is_played:
            return say(f" {name} uppger att felet inte ligger där.", f" {name} says that the fault is not there.")
        if evidence.since is None:
            return say(
                " Felet ligger utanför oss: vi får inte det vi behöver.",
                " The fault lies outside our organisation: we do not get what we need.",
            )
        owners = {self._network.actor_of(self._mask.ids[one]) for one in evidence.path}
        is_outside_too = not owners <= {self._network.actor_of(self._mask.ids[provider]), WITHHELD}
        if is_played:
            there = say(f" {name} uppger att felet ligger där", f" {name} says that the fault is there")
            return there + (say(", men inte bara där.", ", but not only there.") if is_outside_too else ".")
        ours = say(" Felet ligger hos oss", " The fault is ours")
        both = say(", och vi får inte heller det vi behöver.", ", and we do not get what we need either.")
        return ours + (both if is_outside_too else ".")

    def _stage(self, evidence: Evidence) -> Words:
        name, runs = self._stage_name(evidence), self._runs(evidence)
        title = say(f"Inte klart i tid: {name}", f"Not done in time: {name}")
        text = say(
            f"Steget {name} för {runs} skulle ha varit klart {self.time(evidence.at)}, men är det inte.",
            f"{name} for {runs} should have been done {self.time(evidence.at)}, but is not.",
        )
        return self._from_reporter(evidence), "telefon", title, text + self._blocked(evidence)

    def _cutoff(self, evidence: Evidence) -> Words:
        runs = self._runs(evidence)
        title = say("Bryttiden har passerat", "The cut-off has passed")
        text = say(
            f"Bryttiden {self.time(evidence.at)} för {runs} har passerat utan att underlaget kom in "
            f"(steg: {self._stage_name(evidence)}).",
            f"The cut-off {self.time(evidence.at)} for {runs} has passed without the file coming in "
            f"(stage: {self._stage_name(evidence)}).",
        )
        return self._from_reporter(evidence), "telefon", title, text + self._blocked(evidence)

    def _late(self, evidence: Evidence) -> Words:
        payments = (self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments)
        banks = self._names(filter(self.may_name, evidence.entities)) if all(map(is_to_accounts, payments)) else ""
        runs, late = self._runs(evidence), self._late_count(evidence)
        where = say(f" med konto i {banks}", f" with accounts at {banks}") if banks else ""
        title = say(
            f"Pengarna har inte kommit: {self._first_payment(evidence)}",
            f"The money has not come: {self._first_payment(evidence)}",
        )
        text = say(
            f"{runs} skulle ha nått mottagarna{where} {self.time(evidence.at)}. Det har inte skett.",
            f"{runs} should have reached the recipients{where} {self.time(evidence.at)}. That has not happened.",
        )
        if evidence.level is not None:
            part, first = percent(1 - evidence.level), self._first_payment(evidence)
            whose = self._elsewhere(evidence) if evidence.entities else ""
            title = say(f"Alla har inte fått sina pengar: {first}", f"Not all have got their money: {first}")
            text = say(
                f"{runs} skulle ha nått alla mottagare {self.time(evidence.at)}. {part} av dem{whose} har inte fått sina "
                "pengar, spridda över bankerna.",
                f"{runs} should have reached all recipients {self.time(evidence.at)}. {part} of them{whose} have not got "
                "their money, across the banks.",
            )
        if late:
            text += say(
                f" Så många utbetalningar gäller det: {about(late)}.", f" So many payouts are concerned: {about(late)}."
            )
        return self._from_follow_up(), "muntligt", title, text

    def _elsewhere(self, evidence: Evidence) -> str:
        """That recipients have their accounts in the banks that an evidence is about: in which others they do not."""
        payments = [self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments]
        here = {self._mask.ids[one] for one in evidence.entities}
        banks = dict.fromkeys(bank for one in payments for bank, _ in self._network.accounts_of(one))
        others = [bank for bank in banks if bank not in here]
        if any(bank in self._network.withheld or bank == WITHHELD for bank in others):
            return say(
                " i de banker där pengarna inte är försenade för alla",
                " at the banks where the money is not late for all",
            )
        names = several(spoken(self._network.entity[bank].name) for bank in others if bank)
        return say(f" med konto i någon annan bank än {names}", f" with accounts at another bank than {names}")

    def _late_count(self, evidence: Evidence) -> int | None:
        """Payouts that are late: those to accounts in the banks named; None where that is not known, or not for the player."""
        if not all(map(self.may_name, evidence.entities)):
            return None
        total = 0.0
        for payment in (self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments):
            if payment.count is None:
                return None
            shares = self._network.accounts_of(payment)
            part = sum(share for bank, share in shares if bank in evidence.entities) if evidence.entities else 1.0
            total += payment.count * part * (1.0 - (evidence.level or 0.0))
        return round(total)

    def _restored(self, evidence: Evidence) -> Words:
        provider, names = self._provider(evidence), self._names(evidence.entities)
        if provider is not None and not self._is_own(provider):
            name = self.name(provider)
            is_felt = self._is_played(provider) and (bool(evidence.entities) or not evidence.payments)
            text = say(f"{name} fungerar igen.", f"{name} works again.")
            if is_felt:
                text = say(f"Vi får åter det vi behöver från {name}.", f"We get what we need from {name} again.")
            if names:
                text += say(f" {names} har inte påverkats.", f" {names} was not affected.")
            sender = self._from_own() if is_felt else self._from(provider)
            return sender, "telefon", say(f"Fungerar igen: {name}", f"Works again: {name}"), text
        since = self.time(evidence.at)
        if not evidence.entities and not evidence.payments:
            text = say(
                "Något som vi behöver och inte fick kommer igen.", "Something that we need and did not get is back."
            )
            return self._from_own(), "telefon", say("Leveransen är tillbaka", "The supply is back"), text
        if not evidence.entities:
            title = say("Ett hinder för betalningarna är borta", "Something that held the payments up is gone")
            text = say(
                f"Ett hinder för {self._runs(evidence)} är borta. Det kan finnas fler.",
                f"Something that held up {self._runs(evidence)} is resolved. There may be more.",
            )
            return self._from_bank(evidence), "telefon", title, text
        title = say("Fungerar igen: ", "Works again: ") + self._first(self.name(one) for one in evidence.entities)
        text = say(f"{names} fungerar fullt ut sedan {since}.", f"Fully working since {since}: {names}.")
        if evidence.until is not None:
            mended = self.time(evidence.until)
            whose = say(" hos oss", " that was ours") if self._is_own(evidence.entities[0]) else ""
            text += say(f" Felet{whose} åtgärdades {mended}.", f" The fault{whose} was mended {mended}.")
        if not self._is_own(evidence.entities[0]):
            text += say(" Det som är beroende av det kan dröja.", " What depends on it may take longer.")
        return self._from(evidence.entities[0]), "telefon", title, text

    def _completed(self, evidence: Evidence) -> Words:
        runs = self._runs(evidence)
        title = say(
            f"Pengarna är framme: {self._first_payment(evidence)}",
            f"The money has come: {self._first_payment(evidence)}",
        )
        when, me = self.time(evidence.at), self._mask.ids[self._actor]
        paid = [self._network.payment[self._mask.ids[one]] for one, _ in evidence.payments]
        text = say(f"{runs} är framme hos alla mottagare {when}.", f"{runs} has reached all recipients {when}.")
        if evidence.level is not None:
            part, first = percent(evidence.level), self._first_payment(evidence)
            title = say(f"Pengarna är framme för de flesta: {first}", f"The money has come to most: {first}")
            text = say(
                f"{runs} är framme hos {part} av mottagarna {when}. De övriga har ännu inte fått sina pengar.",
                f"{runs} has reached {part} of the recipients {when}. The others have not got their money yet.",
            )
        if any(me not in (one.payer, one.paying_bank) for one in paid):
            text = say(
                f"{runs} är framme på konton hos oss {when}.", f"{runs} has reached the accounts with us {when}."
            )
        return self._from_follow_up(), "muntligt", title, text

    def _longer(self, evidence: Evidence) -> Words:
        until = self.time(evidence.until or evidence.at)
        title = say("Återställningen dröjer", "Recovery takes longer")
        names = self._names(evidence.entities)
        what = say("Störningen väntas nu", "The disturbance is now expected")
        if names:
            what = say(f"Störningen i {names} väntas nu", f"The disturbance in {names} is now expected")
        if len(evidence.entities) > 1:
            what = say(f"Störningarna i {names} väntas nu", f"The disturbances in {names} are now expected")
        text = say(f"{what} vara över först {until}.", f"{what} to be over only {until}.")
        is_own = any(map(self._is_own, (*evidence.path[-1:], *evidence.entities)))
        contact = say("Samverkanskontakt (motspel)", "Contact for cooperation (role player)")
        return self._from_own() if is_own else contact, "telefon", title, text

    def _deadline(self, evidence: Evidence) -> Words:
        runs, first = self._runs(evidence), self._first_payment(evidence)
        if self._paying_bank(evidence) in self._players or evidence.level is not None:
            text = say(
                f"Går {runs} som planerat, och vem hos oss beslutar om det inte gör det?",
                f"Does {runs} go as planned, and who of us decides if it does not?",
            )
            title = say(f"Går {first} som planerat?", f"Does {first} go as planned?")
            return self._from_follow_up(), "muntligt", title, text
        title = say(f"Banken frågar om {first}", f"The bank asks about {first}")
        text = say(
            f"Vi behöver besked om {runs}: går allt som planerat från er sida, och vem hos er beslutar om det inte gör det?",
            f"We need to know about {runs}: does all go as planned at your end, and who decides there if it does not?",
        )
        return self._from_bank(evidence), "telefon", title, text

    def _pace(self, evidence: Evidence) -> Words:
        title = say("Tiden i scenariot", "The time in the scenario")
        now = self.time(evidence.at)
        text = say(f"I scenariot är det nu {now}.", f"In the scenario it is now {now}.")
        return say("Spelledningen", "Game control"), "dokument", title, text
