"""What a player hears from outside: recipients and media, rumours, and who answers for what is wrong."""

from beroenden.exercise.exercise import Evidence
from beroenden.exercise.phrases import estimated, few, gap, part_in_words, within
from beroenden.exercise.wording.naming import Naming, Words
from beroenden.language import say
from beroenden.units.numbers import percent


class Heard(Naming):
    """Says what others ask, tell and spread."""

    def _question(self, evidence: Evidence) -> Words:
        runs = self._payments(evidence)
        sender = say("Kundtjänst (motspel)", "Customer service (role player)")
        title = say(
            f"Mottagare frågar: {self._first_payment(evidence)}", f"Recipients ask: {self._first_payment(evidence)}"
        )
        text = say(
            f"Många hör av sig om {runs}: pengarna har inte kommit. De frågar när de kommer, om de kan gå förlorade och vem "
            "som kan hjälpa dem i dag.",
            f"Many get in touch about {runs}: the money has not come. They ask when it comes, whether it can be lost and who "
            "can help them today.",
        )
        if evidence.level is not None:
            text += say(" Andra har fått sina.", " Others have got theirs.")
        return (
            sender,
            "telefon",
            title,
            f"{text} {gap('en eller två röster, ton och läge', 'one or two voices, tone and situation')}",
        )

    def _media(self, evidence: Evidence) -> Words:
        runs, to_all = self._payments(evidence), "" if evidence.level is None else say(" till alla", " to all")
        title = say(
            f"Redaktion frågar om {self._first_payment(evidence)}",
            f"A newsroom asks about {self._first_payment(evidence)}",
        )
        text = say(
            f"En redaktion har hört att {runs} inte har kommit fram{to_all}. Den vill veta hur många som drabbas, varför, "
            "och när det är löst. Den publicerar inom en timme.",
            f"A newsroom has heard that {runs} has not come through{to_all}. It wants to know how many are hit, why, and "
            "when it is solved. It publishes within the hour.",
        )
        return (
            say("Redaktion (motspel)", "Newsroom (role player)"),
            "telefon",
            title,
            f"{text} {gap('vinkel och citat', 'angle and quotes')}",
        )

    def _service(self, evidence: Evidence) -> Words:
        part, since = part_in_words(1 - (evidence.level or 0)), self.time(evidence.at)
        names = dict.fromkeys(self.name(one) for one in evidence.entities)
        groups = few(map(within, names))
        title = say(
            f"Nyhetsinslag: {self._first(names)} märker störningar",
            f"News item: {self._first(names)} notice disturbances",
        )
        text = say(
            f"Flera medier rapporterar att {part} sedan {since} inte kan betala, legitimera sig eller nå sina tjänster som "
            f"vanligt. Det gäller {groups}.",
            f"Several media report that since {since} {part} cannot pay, identify themselves or reach services as usual. "
            f"This concerns {groups}.",
        )
        sender = say("Nyhetsmedier (motspel)", "News media (role player)")
        return sender, "nyhetsinslag", title, f"{text} {gap('medieröst och bild', 'media voice and picture')}"

    def _rumour(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"Obekräftad uppgift om {name}", f"Unconfirmed word of {name}")
        text = say(
            f"Det sprids uppgifter om att {name} har ett fel som ligger bakom störningarna. Ingen har bekräftat det.",
            f"Word goes round that a fault in {name} is behind the disturbances. Nobody has confirmed it.",
        )
        sender = say("Omvärldsbevakning (motspel)", "Media monitoring (role player)")
        left = gap("var uppgiften sprids, och hur den låter", "where it goes round, and how it sounds")
        return sender, "muntligt", title, f"{text} {left}"

    def _denial(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"{name}: ingen störning", f"{name}: no disturbance")
        text = say(
            f"{name} har inga störningar, uppger den som ansvarar. Uppgifter om motsatsen stämmer inte.",
            f"{name} has no disturbances, according to those responsible. Word to the contrary is not true.",
        )
        return self._from(evidence.entities[0]), "telefon", title, text

    def _unconfirmed(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        begun = self.time(evidence.at if evidence.since is None else evidence.since)
        title = say(f"Uppgift om störning i {name}", f"Word of a disturbance in {name}")
        text = say(
            f"Det uppges att {name} har en störning sedan {begun}. Uppgiften är inte bekräftad av den som ansvarar.",
            f"There is said to be a disturbance in {name} since {begun}. Those responsible have not confirmed it.",
        )
        if evidence.level:
            left = percent(evidence.level)
            text += say(
                f" Ungefär {left} av förmågan uppges vara kvar.", f" About {left} of capacity is said to remain."
            )
        return self._from_contact(), "telefon", title, text

    def _cause(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"Bekräftat: störning i {name}", f"Confirmed: disturbance in {name}")
        if evidence.since is not None:
            title = say(f"Bekräftat: läget i {name} har ändrats", f"Confirmed: {name}, a changed situation")
        return self._from(evidence.entities[0]), "telefon", title, self._disturbed(evidence)

    def _fault(self, evidence: Evidence) -> Words:
        payment = self._network.payment[self._mask.ids[evidence.payments[0][0]]]
        part = say("alla mottagare", "all recipients")
        if evidence.level is not None:
            share = percent(1 - evidence.level)
            part = say(f"{share} av mottagarna", f"{share} of the recipients")
        title = say(
            f"Bekräftat: fel i filen för {self._first_payment(evidence)}",
            f"Confirmed: fault in the file for {self._first_payment(evidence)}",
        )
        text = say(
            f"Filen för {self._runs(evidence)} är felaktig för {part}; därför har de inte fått sina pengar.",
            f"The file for {self._runs(evidence)} is faulty for {part}; that is why they have not got their money.",
        )
        return self._from_actor(payment.payer), "telefon", title, text

    def _until(self, evidence: Evidence, told: int) -> str:
        """When what is wrong is estimated to be resolved; no earliest that has passed when it is told."""
        if evidence.until is None:
            return say(" När den är åtgärdad går inte att säga.", " When it is resolved cannot be said.")
        earliest, latest = estimated(evidence.at, evidence.until)
        first, last = self.time(earliest), self.time(latest)
        if earliest <= told:
            return say(
                f" Den uppskattas vara åtgärdad senast {last}.",
                f" It is estimated to be resolved no later than {last}.",
            )
        return say(
            f" Den uppskattas vara åtgärdad tidigast {first} och senast {last}.",
            f" It is estimated to be resolved no earlier than {first} and no later than {last}.",
        )

    def _disturbed(self, evidence: Evidence) -> str:
        """Since when something is disturbed, how much of it is left, and since when that where it was otherwise before."""
        name, left, since = self.name(evidence.entities[0]), percent(evidence.level or 0), self.time(evidence.at)
        if evidence.since is not None:
            begun = self.time(evidence.since)
            return say(
                f"{name} har en störning sedan {begun}. Sedan {since} är {left} av förmågan kvar.",
                f"There has been a disturbance in {name} since {begun}. Since {since} {left} of capacity remains.",
            )
        text = say(f"{name} har en störning sedan {since}.", f"There has been a disturbance in {name} since {since}.")
        remains = say(f" {left} av förmågan är kvar.", f" {left} of capacity remains.")
        return text + remains if evidence.level else text
