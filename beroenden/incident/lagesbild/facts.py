"""FAKTA: what was reported and what is registered. Nothing here is computed but the time that has passed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile

from beroenden.consequences.draws import elapsed_at
from beroenden.incident.estimates import LENGTH
from beroenden.incident.lagesbild.claims import as_instant, feared_claims, lapsed_levels, outage_claims
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, ongoing, outage_name, sentence
from beroenden.incident.log.entries import (
    Claim,
    Closed,
    Entry,
    Measure,
    Observation,
    OutageEntry,
    Received,
    ReceivedStatement,
)
from beroenden.incident.reported import OBSERVED, OBSERVED_UNTIL, latest_received
from beroenden.incident.said import concerned, has_ended, holds_level, is_better, is_past
from beroenden.incident.told_estimates import told_ends
from beroenden.incident.told_fears import feared_outages
from beroenden.language import say
from beroenden.model.entities import LogNormal, Pert, Provenance
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import money, number, percent
from beroenden.units.times import iso

_TOPICS = {"handelse": "fakta.handelse", "kommunikation": "fakta.kommunikation"}
_TAKEN = {
    "strategic": "fakta.strategiskt",
    "operational": "fakta.operativt",
    "communicative": "fakta.kommunikativt",
}


class Facts(Writer):
    """The facts that an actor has at a time."""

    def statements(self) -> Iterator[Statement]:
        """What was reported, in order of time; then what others report; then what is registered."""
        if self._basis.log is None:
            yield from self._of_scenario()
        else:
            for entry in self._basis.log.entries:
                yield from self._of_entry(entry)
            for received in latest_received(self._basis.log):
                yield from self._of_others(received)
        yield from self._registered_entities()
        yield from self._registered_payments()

    def _of_scenario(self) -> Iterator[Statement]:
        for outage in self._outcome.scenario.outages:
            if outage.start <= self._at and self._may_tell(outage):
                path = (outage.entity,) if outage.entity else ()
                yield Statement(
                    "fakta.handelse",
                    self._given(outage),
                    "obekräftad",
                    say("angivet utan logg", "given without a log"),
                    outage.start,
                    path,
                    self._network.label_of(*path),
                    claims=outage_claims(outage, self._network.timezone),
                    is_over=outage.end is not None and outage.end <= self._at,
                )

    def _given(self, outage: Outage) -> str:
        """That an outage of a scenario began, and that it is taken to have ended; an end that is still to come is no fact."""
        if outage.end is None or outage.end > self._at:
            return self._begun(outage, "unconfirmed")
        return self._taken_to_be_over(outage, "unconfirmed", outage.end)

    def _of_entry(self, entry: Entry) -> Iterator[Statement]:
        if isinstance(entry, OutageEntry):
            yield self._reported(entry)
        elif isinstance(entry, Observation):
            section = _TOPICS.get(entry.topic, "fakta.konsekvenser")
            made = self._entered(entry, section, self._observed(entry), (entry.entity,) if entry.entity else ())
            lapsed = entry.until is not None and entry.until <= self._at
            yield replace(made, claims=tuple(self._level(entry)), is_over=lapsed or self._is_replaced(entry))
        elif isinstance(entry, Closed) and entry.text:
            yield self._entered(entry, "fakta.handelse", say(f"Avslutad: {entry.text}", f"Closed: {entry.text}"))
        elif isinstance(entry, Measure) and entry.progress == "cancelled" and not self._is_public:
            yield self._entered(entry, _TAKEN[entry.type], self._cancelled(entry), entry.concerns)
        elif isinstance(entry, Measure) and entry.progress == "done":
            yield self._entered(entry, _TAKEN[entry.type], self._taken(entry), entry.concerns)

    def _is_replaced(self, entry: Observation) -> bool:
        """Whether something later says how much is left of what was observed."""
        later = dropwhile(lambda one: one is not entry, self._basis.log.entries if self._basis.log else ())
        return holds_level(entry) and any(
            one is not entry and entry.entity in concerned(one) and _tells_level(one) for one in later
        )

    def _level(self, entry: Observation) -> Iterator[Claim]:
        """The level that was seen, while it is said to hold."""
        if entry.entity and holds_level(entry) and (entry.until is None or entry.until > self._at):
            yield Claim(entry.entity, OBSERVED, f"{entry.level:g}")
            if entry.until is not None:
                yield Claim(entry.entity, OBSERVED_UNTIL, iso(entry.until, self._zone))

    def _reported(self, entry: OutageEntry) -> Statement:
        outage = entry.outage
        is_over = has_ended(entry) or self._has_gone_on(entry)
        taken = None if is_over else self._taken_to_end(entry)
        ends = [] if is_over or taken is not None else self._told_ends(entry)
        if entry.status != "feared" and self._known.is_unseen(outage):
            text = self._was_planned(outage)
        elif taken is not None:
            text = self._presumed(entry, taken)
        else:
            length = "" if is_over or ends or self._was_feared(entry) else self._length(outage, entry.status)
            text = f"{self._begun(outage, entry.status, is_over)} {length}".strip() + self._ended_by_others(ends)
        made = self._entered(
            entry,
            "fakta.handelse",
            f"{text} {entry.text}".strip(),
            (outage.entity,) if outage.entity else (),
        )
        came = self._came(outage) if entry.status == "feared" else None
        if taken is not None or came is not None:  # why may stand in another entry, with a stricter label
            made = self._labelled(made, outage)
        stated = outage if outage.length is None else replace(outage, end=None)
        said = (one for _, received in ends for one in self._told_labels(received, outage.subject))
        made = replace(made, tlp=strictest(made.tlp, *said))
        claims = feared_claims if entry.status == "feared" else outage_claims
        is_over = is_over or taken is not None or self._is_settled(entry)
        return replace(made, claims=claims(stated, self._network.timezone), is_over=is_over)

    def _was_planned(self, outage: Outage) -> str:
        """That an outage was planned for a time that has come, and that nobody has said that it began."""
        name, since, until = outage_name(self._network, outage), self._time(outage.start), ""
        is_over = outage.end is not None and outage.end <= self._at
        if outage.end is not None and outage.length is None:
            until = say(f" till {self._time(outage.end)}", f" to {self._time(outage.end)}")
        became = ""
        if self._basis.viewer is None:  # another may not know of all that has happened
            became = say("; inget säger att det har börjat", "; nothing says that it has begun")
            if is_over:
                became = say("; inget säger att det blev av", "; nothing says that it took place")
        text = say(
            f"{name} var planerat från {since}{until}{became}.", f"{name} was planned from {since}{until}{became}."
        )
        return f"{text} {self._length(outage, 'feared')}".strip()

    def _labelled(self, made: Statement, outage: Outage) -> Statement:
        """A statement under the label of all that is said of an outage as well."""
        said = self._basis.labels.get(outage.subject, made.tlp)
        return replace(made, tlp=strictest(made.tlp, self._basis.label_for(said)))

    def _told_ends(self, entry: OutageEntry) -> list[tuple[int, Received]]:
        """When others say that an outage ended whose end the own log does not have; how to mend the log is for its house."""
        if self._basis.viewer is not None or entry.status == "feared":
            return []
        return told_ends(self._basis.log, entry.outage, self._at, self._zone)

    def _ended_by_others(self, ends: list[tuple[int, Received]]) -> str:
        """By whose word an outage has ended that goes on by the own log."""
        each = listed(f"{one.sender_in(self._network)} ({self._short(end)})" for end, one in ends)
        told = say(
            f" I loggen pågår det, men det har upphört enligt {each}.",
            f" It goes on in the log, but it has ended according to {each}.",
        )
        return told if ends else ""

    def _was_feared(self, entry: OutageEntry) -> bool:
        """Whether an entry is of what was feared from a time that has come, or that has come before it."""
        return entry.status == "feared" and (entry.outage.start <= self._at or self._came(entry.outage) is not None)

    def _is_settled(self, entry: OutageEntry) -> bool:
        """Whether an entry is of what was feared and has come, or of which the time has passed."""
        outage = entry.outage
        return entry.status == "feared" and (self._came(outage) is not None or is_past(outage, self._at))

    def _came(self, feared: Outage) -> Outage | None:
        """The outage that was feared and has begun, where the reader may know of it."""
        came = self._known.came(feared)
        return came if came is not None and self._may_tell(came) else None

    def _begun(self, outage: Outage, status: str, is_over: bool = False) -> str:
        name, since = outage_name(self._network, outage), self._time(outage.start)
        if status == "feared":
            return self._feared(outage, name, since)
        origin = self._origin(outage)
        began = f"{self._began(status, outage)} {since}"
        if is_over and outage.end is not None:
            lasted, end = duration_in_words(outage.end - self._first(outage).start), self._time(outage.end)
            following = self._following(outage)
            if following is not None:
                became = say(f"fortsatte efter {end}", f"went on after {end}")
                if is_better(following, outage):
                    became = say(f"var {end} delvis avhjälpt", f"was partly resolved on {end}")
                elif is_better(outage, following):
                    became = say(f"förvärrades {end}", f"got worse on {end}")
                return say(f"{name} {began}{origin} och {became}.", f"{name} {began}{origin} and {became}.")
            return say(
                f"{name} {began}{origin} och upphörde {end} (varade {lasted}).",
                f"{name} {began}{origin} and ended on {end} (lasted {lasted}).",
            )
        if outage.start > self._at:
            return say(f"{name} uppges börja {since}.", f"{name} is reported to begin on {since}.")
        ago = ""
        if self._basis.viewer is None:  # another reads it later, or repeats it in a paper as of another time
            span = duration_in_words(self._at - outage.start)
            ago = say(f", för {span} sedan", f", {span} ago")
        return f"{name} {self._began(status, outage)} {since}{ago}{origin}."

    def _began(self, status: str, outage: Outage) -> str:
        """That an outage began, or that one which went over into it got worse, was partly resolved or went on, before when that was."""
        before = self._preceding(outage)
        if before is None:
            told = say("började", "began on"), say("uppges ha börjat", "is reported to have begun on")
        elif is_better(outage, before):
            told = (
                say("blev delvis avhjälpt", "was partly resolved on"),
                say("uppges ha blivit delvis avhjälpt", "is reported to have been partly resolved on"),
            )
        elif is_better(before, outage):
            told = (
                say("förvärrades", "got worse on"),
                say("uppges ha förvärrats", "is reported to have got worse on"),
            )
        else:
            told = (
                say("fortsatte efter", "went on after"),
                say("uppges ha fortsatt efter", "is reported to have gone on after"),
            )
        return told[status != "confirmed"]

    def _origin(self, outage: Outage) -> str:
        """When it all began, after an outage that another went over into."""
        first = self._first(outage)
        since = self._time(first.start)
        return "" if first is outage else say(f" (det började {since})", f" (it began on {since})")

    def _first(self, outage: Outage) -> Outage:
        """The outage that went over into this one, through others; the outage itself where none did."""
        before = self._preceding(outage)
        return outage if before is None else self._first(before)

    def _preceding(self, outage: Outage) -> Outage | None:
        """What went over into an outage when it was half restored or got worse, where the reader may know of it."""
        if not self._may_tell(outage):
            return None
        others = (one for one in self._known.told if one.subject == outage.subject)
        return next((one for one in others if one.end == outage.start and one.start < outage.start), None)

    def _following(self, outage: Outage) -> Outage | None:
        """What an outage went over into when it was half restored or got worse, where the reader may know of it."""
        if not self._may_tell(outage):
            return None
        others = (one for one in self._known.told if one.subject == outage.subject)
        return next((one for one in others if one.start == outage.end), None)

    def _has_gone_on(self, entry: OutageEntry) -> bool:
        """Whether what an entry reports has gone over into another outage by the as-of time, though it does not say so itself."""
        following = self._following(entry.outage)
        return entry.status != "feared" and following is not None and following.start <= self._at

    def _taken_to_end(self, entry: OutageEntry) -> int | None:
        """When an outage is taken to have ended, though its report does not say that it did."""
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        outage = next((outage for outage, report in pairs if report is not None and report.id == entry.id), None)
        if outage is None or entry.status == "feared" or not self._may_tell(outage):
            return None
        return outage.end if outage.end is not None and outage.end <= self._at else None

    def _presumed(self, entry: OutageEntry, end: int) -> str:
        """That an outage began, and when and why it is taken to have ended; an entry's own words may say why."""
        outage = entry.outage
        seen = any(one.entity == outage.entity and one.time == end for one in self._known.pins)
        if outage.length is None and outage.end == end:
            why = "" if entry.text else self._time_given(entry)
        elif seen:
            why = say(", då full förmåga observerades", ", when full capacity was observed")
        else:
            why = say(", då händelsen avslutades", ", when the incident was closed")
        return self._taken_to_be_over(outage, entry.status, end, why)

    def _time_given(self, entry: OutageEntry) -> str:
        """Where the time of an end comes from: the own log, or by another's reading the house that said so."""
        if self._basis.viewer is None:
            return say(", den tid som står i loggen", ", the time in the log")
        name = self._name(entry.actor)
        return say(f", den tid som {name} angav", f", the time that {name} gave")

    def _taken_to_be_over(self, outage: Outage, status: str, end: int, why: str = "") -> str:
        name, since, until = outage_name(self._network, outage), self._time(outage.start), self._time(end)
        began = f"{self._began(status, outage)} {since}{self._origin(outage)}"
        return say(
            f"{name} {began} och antas ha upphört {until}{why}; slutet är inte bekräftat.",
            f"{name} {began} and is taken to have ended on {until}{why}; the end is not confirmed.",
        )

    def _feared(self, outage: Outage, name: str, since: str) -> str:
        """That an outage is feared, or that it was and what has become of it."""
        until = ""
        if outage.end is not None and outage.length is None:
            until = say(f" till {self._time(outage.end)}", f" to {self._time(outage.end)}")
        came = self._came(outage)
        if came is None and outage.start > self._at:
            return say(f"{name} befaras från {since}{until}.", f"{name} is feared from {since}{until}.")
        became = ""
        if came is not None:
            begun = self._time(came.start)
            became = say(f"; det uppges ha börjat {begun}", f"; it is reported to have begun on {begun}")
        elif self._basis.viewer is None:  # another may not know of all that has happened
            became = say("; inget säger att det har inträffat", "; nothing says that it has happened")
        return say(f"{name} befarades från {since}{until}{became}.", f"{name} was feared from {since}{until}{became}.")

    def _length(self, outage: Outage, status: str) -> str:
        """How long it was said to last, where the rest does not say it."""
        if isinstance(outage.length, Pert):
            least, mode, most = map(duration_in_words, (outage.length.min, outage.length.mode, outage.length.max))
            if status != "feared" and elapsed_at(outage, self._at) >= outage.length.max:
                return say(
                    f"Längden uppskattades till högst {most}; den tiden har gått och inget slut är uppgivet.",
                    f"The length was estimated at {most} at most; that time has passed and no end is reported.",
                )
            return say(
                f"Längden uppskattas till mellan {least} och {most}, troligast {mode}.",
                f"The length is estimated at between {least} and {most}, most likely {mode}.",
            )
        if isinstance(outage.length, LogNormal):
            half, most = map(duration_in_words, (outage.length.p50, outage.length.p90))
            return say(
                f"Längden uppskattas till {half} (median), i nio fall av tio högst {most}.",
                f"The length is estimated at {half} (median), at most {most} in nine cases out of ten.",
            )
        if outage.end is None:
            return say("Längden är okänd.", "The length is unknown.")
        if status == "feared":
            return ""
        return say(
            f"Det uppges vara åtgärdat {self._time(outage.end)}.",
            f"It is reported to be resolved on {self._time(outage.end)}.",
        )

    def _observed(self, entry: Observation) -> str:
        if entry.level is None or entry.entity is None or entry.status == "feared":
            return entry.text
        name, level = self._name(entry.entity), percent(entry.level)
        until = ""
        if entry.until is not None:
            until = say(f" till {self._short(entry.until)}", f" until {self._short(entry.until)}")
        observed = say(f"Observerad förmåga i {name}", f"Observed capacity of {name}")
        return f"{sentence(entry.text)} {observed}: {level}{until}.".strip()

    def _taken(self, entry: Measure) -> str:
        """A measure that has been taken, when, and with what effect."""
        when = (
            ""
            if entry.done is None
            else say(f" Genomförd {self._short(entry.done)}.", f" Done {self._short(entry.done)}.")
        )
        return f"{sentence(entry.text)}{when}{_effect(entry)}"

    def _cancelled(self, entry: Measure) -> str:
        """A measure that was given up: it is no longer planned, and was not taken."""
        text = sentence(entry.text) + _effect(entry)
        return say(f"Avbruten: {text}", f"Cancelled: {text}")

    @property
    def _is_public(self) -> bool:
        """Whether it is for everyone, who are told what is done and not what was given up."""
        return self._basis.viewer is not None and self._basis.viewer.is_public

    def _of_others(self, received: Received) -> Iterator[Statement]:
        """The facts that another actor has chosen to share, in its own words."""
        name = received.sender_in(self._network)
        for one in received.statements:
            if one.section.startswith("fakta."):
                became = self._became(one)
                text = say(f"Enligt {name}{became}: {one.text}", f"According to {name}{became}: {one.text}")
                made = self._repeated(received, one, one.section, text)
                for outage in feared_outages(one.claims, self._network) if became else ():
                    made = self._labelled(made, outage)
                # To another they would be claims of this house, and it only repeats what others have said.
                claims = one.claims if self._basis.viewer is None else ()
                yield replace(made, claims=claims, is_over=self._has_ended(one))

    def _became(self, said: ReceivedStatement) -> str:
        """What is known of what another feared from a time that has come; its words are of when it said so."""
        feared = [one for one in feared_outages(said.claims, self._network) if one.start <= self._at]
        if not feared or self._basis.viewer is not None:
            return ""
        begun = [came for one in feared if (came := self._came(one)) is not None]
        if not begun:
            return say(" (inget säger att det har inträffat)", " (nothing says that it has happened)")
        start = self._short(min(one.start for one in begun))
        return say(f" (det uppges ha börjat {start})", f" (it is reported to have begun {start})")

    def _has_ended(self, said: ReceivedStatement) -> bool:
        """Whether another tells only of outages whose end has come, by its word or what is known here, or of fears that came true."""
        going_on = {outage.subject for outage in ongoing(self._basis)}
        begun = {claim.subject for claim in said.claims if claim.aspect == "start"}
        known = {outage.subject for outage in self._known.scenario.outages}
        ends = [as_instant(claim.value, self._zone) for claim in said.claims if claim.aspect == "end"]
        is_estimated = any(claim.aspect == LENGTH for claim in said.claims)
        is_said = bool(ends) and not is_estimated and all(end is not None and end <= self._at for end in ends)
        if not begun:
            feared = [*feared_outages(said.claims, self._network)]
            came = bool(feared) and all(self._came(one) is not None for one in feared)
            seen = {claim.subject for claim in said.claims if claim.aspect == OBSERVED}
            return came or (bool(seen) and seen <= lapsed_levels(said.claims, self._at, self._zone))
        return is_said or (begun <= known and not begun & going_on)

    def _registered_entities(self) -> Iterator[Statement]:
        outages = self._outcome.scenario.outages
        begun = [outage.entity for outage in outages if outage.start <= self._at and self._may_tell(outage)]
        for one in dict.fromkeys(entity for entity in begun if entity):
            entity = self._network.entity[one]
            known = (
                (say("återställningstid (rto)", "recovery time (rto)"), entity.rto),
                (say("visad återställningstid i test (rta)", "recovery time shown in test (rta)"), entity.rta),
                (say("acceptabel avbrottstid (mtpd)", "tolerable outage (mtpd)"), entity.mtpd),
            )
            given = [f"{name} {duration_in_words(minutes)}" for name, minutes in known if minutes is not None]
            owner = entity.owner if self._is_shared(entity.owner) else None
            if given or owner:
                none = say("inga registrerade återställningstider", "no recovery times registered")
                text = f"{entity.name}: {', '.join(given) or none}.{self._operator(owner)}"
                yield from self._registered(text, entity.provenance, (one,))

    def _operator(self, owner: str | None) -> str:
        if not owner:
            return ""
        name = self._name(owner)
        return say(f" {name} svarar för driften.", f" {name} is responsible for its operation.")

    def _registered_payments(self) -> Iterator[Statement]:
        seen = dict.fromkeys(run.payment.id for run in self._outcome.runs)
        for payment in (self._network.payment[one] for one in seen):
            if payment.payer != self._actor:
                continue
            parts = []
            if payment.count is not None:
                parts.append(say(f"{number(payment.count)} mottagare", f"{number(payment.count)} recipients"))
            if payment.amount is not None:
                parts.append(money(payment.amount))
            if parts:
                size = say(f"{' och '.join(parts)} per körning", f"{' and '.join(parts)} per run")
                yield from self._registered(f"{payment.name}: {size}.", payment.provenance, ())

    def _registered(self, text: str, given: Provenance, path: tuple[str, ...]) -> Iterator[Statement]:
        """A registered fact with its source and date; what is only a guess is no fact and is left to the assumptions."""
        if given.source is None or given.confidence == "low":
            return
        verified = say(f"verifierad {given.verified}", f"verified {given.verified}")
        date = verified if given.verified else say("utan verifieringsdatum", "without a date of verification")
        yield Statement(
            "fakta.register",
            text,
            "bekräftad" if given.verified else "obekräftad",
            say(f"modellens register: {given.source}, {date}", f"the model's register: {given.source}, {date}"),
            None,
            path,
            given.tlp or self._network.tlp,
        )


def _tells_level(entry: Entry) -> bool:
    """Whether an entry says how much is left of something."""
    if isinstance(entry, OutageEntry):
        return entry.status != "feared"
    return isinstance(entry, Observation) and holds_level(entry)


def _effect(entry: Measure) -> str:
    """Whether a measure had the effect that was intended; nothing where nobody has judged it."""
    effects = {
        "yes": say(" Avsedd effekt uppnådd.", " It had the intended effect."),
        "partly": say(" Avsedd effekt delvis uppnådd.", " It partly had the intended effect."),
        "no": say(" Avsedd effekt inte uppnådd.", " It did not have the intended effect."),
    }
    return effects.get(entry.effect or "", "")
