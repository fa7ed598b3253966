"""The samlad lägesbild: what several actors have shared, side by side; what agrees, what differs, what is missing."""

from collections.abc import Iterator, Sequence

from beroenden.consequences.outcome import RunImpact
from beroenden.errors import UsageError
from beroenden.incident.basis import Basis
from beroenden.incident.contributions import COMPUTED, Combined, Comparison, Contribution, Kind, Missing, Said, Voice
from beroenden.incident.estimates import LENGTH, claimed_length, length_in_words
from beroenden.incident.exchange.files import ASKED, PLANNED, with_cells
from beroenden.incident.known import UNKNOWN, latest_received
from beroenden.incident.lagesbild.actors import (
    affected_actors,
    causing_actors,
    harmed_owners,
    late_banks,
    late_payers,
    own_runs,
    upstream_actors,
)
from beroenden.incident.lagesbild.claims import NEVER, OBSERVED, impact_claims, run_claims
from beroenden.incident.lagesbild.cooperation import contact_in_words
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.log.entries import Claim, Log, Received, ReceivedStatement, Request
from beroenden.incident.outturn import day_in_words
from beroenden.incident.readers import ground_label, label_told
from beroenden.language import say, writing_in
from beroenden.model.labels import strictest
from beroenden.units.numbers import percent
from beroenden.units.times import parse_instant, short_time, time_zone

_Key = tuple[str, str, str]
"""Subject, aspect and the bank whose customers' part it is, "" for the whole."""


def combine(basis: Basis, own: Situation | None = None) -> Combined:
    """Put together the latest delgivning of each sender, as of the basis's time, and the own one.

    Args:
        basis: With the log; what its reader may not see is not in it.
        own: The own delgivning; of it, only what was chosen for sharing is taken.

    Raises:
        UsageError: without a log.
    """
    if basis.log is None:
        raise UsageError(
            say("En samlad lägesbild görs av en logg.", "A combined situation report is made from a log (--log).")
        )
    with writing_in(basis.language):
        return _Combining(basis, basis.log, own).combined()


class _Combining:
    def __init__(self, basis: Basis, log: Log, own: Situation | None) -> None:
        self._basis, self._log, self._own = basis, log, own
        self._network, self._outcome = basis.network, basis.outcome
        self._zone = time_zone(basis.network.timezone)
        self._actor = log.incident.actor
        self._contributions = (*self._of_own(), *(self._of(one) for one in latest_received(log)))

    def combined(self) -> Combined:
        network, own, missing = self._network, self._own, tuple(self._missing())
        comparisons = tuple(self._comparisons())
        said = [said.tlp for one in self._contributions for said in one.said]
        named = [label_told(self._basis, one.actor) for one in missing]
        named += [ground_label(self._basis)]
        named += [label for one in comparisons for label in self._labels(one)]
        return Combined(
            incident=self._log.incident.name or say("Händelse", "Event"),
            actor=self._actor,
            actor_name=self._name(self._actor),
            to_name=own.to_name if own else "",
            number=own.number if own and own.form == "samlad" else None,
            approved_by=own.approved_by if own else "",
            at=self._basis.at,
            is_exercise=self._log.incident.is_exercise,
            is_part=self._basis.viewer is not None,
            is_reckoned=self._basis.is_reckoned,
            language=self._basis.language,
            timezone=network.timezone,
            tlp=strictest("TLP:CLEAR", *named, *said),
            model_name=network.name,
            model_version=network.version,
            model_hash=network.hash,
            contributions=self._contributions,
            missing=missing,
            comparisons=comparisons,
            names=tuple((one.id, one.name) for one in network.entities),
        )

    def _labels(self, one: Comparison) -> Iterator[str]:
        """The labels of what a comparison names of the own model."""
        network, subject = self._network, one.subject.partition(" ")[0]
        named = [each for each in (subject, one.owner) if each in network.entity or each in network.payment]
        yield label_told(self._basis, *named)

    def _name(self, actor: str, otherwise: str | None = None) -> str:
        known = self._network.entity.get(actor)
        return known.name if known else otherwise or actor

    def _of_own(self) -> Iterator[Contribution]:
        own = self._own
        if own is None:
            return
        chosen = [one for one in own.statements if one.disclose and not one.entry.startswith("received")]
        if chosen:
            said = tuple(map(self._own_said, chosen))
            number = own.number if own.form == "delgivning" else None
            yield Contribution(
                own.actor, own.actor_name, number, own.at, own.approved_by, own.tlp, is_own=True, said=said
            )

    def _own_said(self, one: Statement) -> Said:
        entry = self._log.entry.get(one.entry)
        to = entry.to if isinstance(entry, Request) else None
        return Said(
            one.section,
            with_cells(one.text, one.cells) if one.section.startswith(PLANNED) else one.text,
            one.status,
            one.source,
            one.time,
            one.tlp,
            one.claims,
            (to,) if to else (),
        )

    def _of(self, received: Received) -> Contribution:
        label = received.tlp or "TLP:RED"
        said = tuple(self._said(one, label) for one in received.statements)
        name = self._name(received.sender, received.sender_name)
        return Contribution(
            received.sender,
            name,
            received.number,
            received.at,
            received.approved_by or "",
            label,
            is_own=False,
            said=said,
        )

    def _said(self, one: ReceivedStatement, label: str) -> Said:
        return Said(
            one.section,
            one.text,
            one.status,
            one.source or "",
            one.said,
            strictest(one.tlp or label, label),
            tuple(claim for claim in one.claims if claim.aspect != ASKED),
            tuple(claim.subject for claim in one.claims if claim.aspect == ASKED),
        )

    def _missing(self) -> Iterator[Missing]:
        """Who has not contributed: first where the cause lies, then who stands between, then who is affected."""
        here, affected = {one.sender for one in self._contributions}, affected_actors(self._outcome)
        why: dict[str, list[str]] = {}
        for word, actors in self._roles():
            for actor in actors:
                why.setdefault(actor, []).append(word)
        for actor in self._called_affected():
            why.setdefault(actor, [say("berörd enligt annan aktör", "affected according to another actor")])
        for actor, words in why.items():
            if actor not in here and actor not in self._network.withheld:
                entity = self._network.entity[actor]
                named = (one.name for one in self._contributions if _calls_affected(one, actor))
                by_model = actor in affected
                contact = contact_in_words(entity.contact)
                yield Missing(actor, entity.name, tuple(words), contact, tuple(named), by_model)

    def _roles(self) -> Iterator[tuple[str, list[str]]]:
        """Why actors are concerned, by the own model."""
        outcome = self._outcome
        if self._actor in affected_actors(outcome):
            none = say("har inte lämnat någon egen delgivning", "has not shared a report of its own")
            part = say("berörd enligt modellen", "affected according to the model")
            yield part if self._basis.viewer else none, [self._actor]
        yield say("orsaken ligger där", "the cause lies there"), causing_actors(outcome, self._actor)
        yield say("mellan orsaken och oss", "between the cause and us"), upstream_actors(outcome, self._actor)
        yield say("betalar sent", "pays late"), late_payers(outcome)
        yield say("dess kunder får pengar sent", "its customers receive money late"), late_banks(outcome)
        yield say("har nedsatta system", "has impaired systems"), harmed_owners(outcome)

    def _called_affected(self) -> Iterator[str]:
        """Actors that a contributor calls affected."""
        claims = (claim for one in self._contributions for said in one.said for claim in said.claims)
        for claim in claims:
            if claim.aspect == "affected" and self._owner((claim.subject, claim.aspect, "")) == claim.subject:
                yield claim.subject

    def _comparisons(self) -> Iterator[Comparison]:
        computed = dict(self._computed())
        for key, voices in self._voices().items():
            if self._owner(key) not in self._network.withheld:
                value = computed.get(key)
                model = None if value is None else self._model_voice(key[1], value)
                yield self._compared(key, tuple(voices), model)

    def _voices(self) -> dict[_Key, list[Voice]]:
        """Each contributor's last word on everything; what the own house has computed is the model's voice."""
        found: dict[_Key, dict[str, Voice]] = {}
        for one in self._contributions:
            for said in one.said:
                for claim in () if one.is_own and said.status == COMPUTED else _told(said):
                    voice = Voice(
                        one.sender,
                        one.name,
                        claim.value,
                        self._in_words(claim.aspect, claim.value),
                        said.status,
                        said.source,
                        one.at,
                    )
                    found.setdefault(self._key(claim, one.sender), {})[one.sender] = voice
        return {key: list(voices.values()) for key, voices in found.items()}

    def _key(self, claim: Claim, actor: str) -> _Key:
        """What a claim of an actor can be compared with: a bank's completion of a run is that of its own customers."""
        payment = self._network.payment.get(claim.subject.partition(" ")[0])
        if payment is None or claim.aspect != "completed" or actor in (payment.payer, payment.paying_bank):
            return claim.subject, claim.aspect, ""
        is_bank = actor in {bank for bank, _ in self._network.accounts_of(payment)}
        return claim.subject, claim.aspect, actor if is_bank else ""

    def _computed(self) -> Iterator[tuple[_Key, str]]:
        """What the own model computes of all actors, in the same terms."""
        timezone, withheld = self._network.timezone, self._network.withheld
        for impact in self._outcome.entities:
            is_told = impact.entity.id not in withheld and self._basis.may_hear_of(impact.entity.id)
            if impact.degraded_from is not None and is_told:
                yield from (((one.subject, one.aspect, ""), one.value) for one in impact_claims(impact, timezone))
        actors = (actor for run in self._outcome.runs for actor in (run.payment.payer, *_banks(run)))
        for actor in dict.fromkeys(actors):
            for run in own_runs(self._outcome, actor):
                if run.run.payment.id not in withheld:
                    yield from ((self._key(one, actor), one.value) for one in run_claims(run, timezone))
        for actor in affected_actors(self._outcome):
            yield (actor, "affected", ""), "yes"

    def _model_voice(self, aspect: str, value: str) -> Voice:
        name = say("Modellen", "The model")
        source = say("egen modellberäkning", "own model computation")
        return Voice("", name, value, self._in_words(aspect, value), COMPUTED, source, self._basis.at)

    def _compared(self, key: _Key, voices: tuple[Voice, ...], model: Voice | None) -> Comparison:
        subject, aspect, part = key
        values = {self._value(aspect, voice.value) for voice in voices}
        is_against = model is not None and values != {self._value(aspect, model.value)}
        kind: Kind = "differ" if len(values) > 1 else "agree" if len(voices) > 1 else "alone"
        owner = self._owner(key)
        gap = self._gap(owner, voices) if kind == "alone" and aspect != "affected" else ""
        return Comparison(kind, subject, aspect, part, self._what(key), owner, voices, model, is_against, gap)

    def _what(self, key: _Key) -> str:
        subject, aspect, part = key
        bank = self._name(part)
        customers = say(f", mottagare med konto i {bank}", f", recipients with accounts in {bank}") if part else ""
        return f"{self._subject(subject)}{customers}: {aspect_word(aspect)}"

    def _value(self, aspect: str, value: str) -> str | float:
        """A value that equals another when both say the same: minutes for a time, a number for a level."""
        try:
            return float(value) if aspect in ("remaining", OBSERVED) else parse_instant(value, self._zone)
        except ValueError:
            return value

    def _gap(self, owner: str, voices: Sequence[Voice]) -> str:
        """What is lacking when only one has said something."""
        if not owner or owner in {voice.sender for voice in voices}:
            return ""
        name = self._name(owner)
        if owner in {one.sender for one in self._contributions}:
            part = say(
                f"{name} svarar för det; uppgiften saknas i det som delas.", f"{name} answers for it; not shared."
            )
            none = say(
                f"{name} svarar för det och har inte uppgett det.", f"{name} answers for it and has not said so."
            )
            return part if self._basis.viewer else none
        if self._basis.viewer:
            return say(
                f"{name} svarar för det och har inte delat något som mottagaren får se.",
                f"{name} answers for it and has shared nothing that the reader may see.",
            )
        return say(f"{name} svarar för det och har inte bidragit.", f"{name} answers for it and has not contributed.")

    def _owner(self, key: _Key) -> str:
        """The actor that answers for what is said."""
        subject, _, part = key
        one = subject.partition(" ")[0]
        if one in self._network.payment:
            return part or self._network.payment[one].payer
        return self._network.actor_of(one) if one in self._network.entity else ""

    def _subject(self, subject: str) -> str:
        one, _, day = subject.partition(" ")
        if one in self._network.payment:
            name = self._network.payment[one].name
            return f"{name} ({day_in_words(day)})" if day else name
        return self._name(one)

    def _in_words(self, aspect: str, value: str) -> str:
        if value == NEVER:
            return say("inte inom perioden", "not within the period")
        if value == UNKNOWN:
            return say("okänt", "unknown")
        if aspect == "affected":
            return say("ja", "yes") if value == "yes" else value
        if aspect == LENGTH:
            return _estimate_in_words(value)
        said = self._value(aspect, value)
        if isinstance(said, str):
            return said
        return percent(said) if aspect in ("remaining", OBSERVED) else short_time(int(said), self._zone)


def aspect_word(aspect: str) -> str:
    """What of a subject is said."""
    words = {
        "start": say("avbrottets början", "start of the outage"),
        "end": say("avbrottets slut", "end of the outage"),
        LENGTH: say("avbrottets uppskattade längd", "estimated length of the outage"),
        "remaining": say("kvarvarande förmåga under avbrottet", "remaining capacity during the outage"),
        OBSERVED: say("observerad förmåga", "observed capacity"),
        "completed": say("utbetalningen klar", "payment complete"),
        "latest_recovery": say("senaste återställning", "latest recovery"),
        "degraded": say("nedsatt från", "impaired from"),
        "restored": say("återställt", "restored"),
        "affected": say("berörd", "affected"),
        "feared": say("befaras från", "feared from"),
    }
    return words.get(aspect, aspect)


def _told(said: Said) -> Iterator[Claim]:
    """The claims that are compared: that an end is not known is nothing beside an estimate of the length."""
    estimated = {claim.subject for claim in said.claims if claim.aspect == LENGTH}
    for claim in said.claims:
        if (claim.aspect, claim.value) != ("end", UNKNOWN) or claim.subject not in estimated:
            yield claim


def _estimate_in_words(value: str) -> str:
    """An estimate in words; as it was written, where an entry was made by hand."""
    try:
        return length_in_words(claimed_length(value))
    except ValueError:
        return value


def _calls_affected(contribution: Contribution, actor: str) -> bool:
    return any(claim == Claim(actor, "affected", "yes") for said in contribution.said for claim in said.claims)


def _banks(run: RunImpact) -> Iterator[str]:
    return (branch.bank for branch in run.branches if branch.bank)
