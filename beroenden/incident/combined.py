"""The samlad lägesbild: what several actors have shared, side by side; what agrees, what differs, what is missing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from beroenden.consequences.outcome import RunImpact
from beroenden.errors import UsageError
from beroenden.incident.basis import Basis
from beroenden.incident.contributions import COMPUTED, Combined, Comparison, Contribution, Kind, Missing, Said, Voice
from beroenden.incident.estimates import LENGTH
from beroenden.incident.exchange.files import PLANNED, with_cells
from beroenden.incident.lagesbild.actors import (
    affected_actors,
    causing_actors,
    harmed_owners,
    late_banks,
    late_payers,
    own_runs,
    upstream_actors,
)
from beroenden.incident.lagesbild.claims import ASKED, as_instant, impact_claims, run_claims
from beroenden.incident.lagesbild.cooperation import contact_told
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import level_in
from beroenden.incident.lagesbild.writer import if_feared
from beroenden.incident.log.entries import Claim, Log, Received, ReceivedStatement, Request
from beroenden.incident.observed import SAME_LEVEL
from beroenden.incident.outturn import day_in_words
from beroenden.incident.parts import (
    OF_PARTS,
    Compared,
    When,
    as_value,
    aspect_word,
    began_word,
    compared,
    estimated_end,
    estimated_end_in_words,
    is_expected_end,
    latest_part,
    value_in_words,
)
from beroenden.incident.readers import ground_label, label_told
from beroenden.incident.reported import OBSERVED, UNKNOWN, latest_received
from beroenden.incident.told_fears import told_fears
from beroenden.language import say, writing_in
from beroenden.model.labels import strictest
from beroenden.units.times import time_zone

_Key = tuple[str, str, str, When | None]
"""Subject, aspect, the bank whose customers' part it is, "" for the whole, and which outage it is where not the current one."""


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
        shared = [one.tlp for one in self._contributions]
        named = [label_told(self._basis, one.actor) for one in missing]
        fears = told_fears(self._basis)
        named += [ground_label(self._basis), *(one.tlp for one in fears)]
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
            tlp=strictest("TLP:CLEAR", *named, *shared),
            model_name=network.name,
            model_version=network.version,
            model_hash=network.hash,
            contributions=self._contributions,
            missing=missing,
            fears=tuple(one.text for one in fears),
            comparisons=comparisons,
            names=tuple((one.id, one.name) for one in network.entities),
        )

    def _labels(self, one: Comparison) -> Iterator[str]:
        """The labels of what a comparison names of the own model."""
        network, subject = self._network, one.subject.partition(" ")[0]
        named = [each for each in (subject, one.owner) if each in network.entity or each in network.payment]
        yield label_told(self._basis, *named)

    def _name(self, actor: str) -> str:
        known = self._network.entity.get(actor)
        return known.name if known else actor

    def _of_own(self) -> Iterator[Contribution]:
        own = self._own
        if own is None:
            return
        chosen = [one for one in own.statements if one.disclose and not one.entry.startswith("received")]
        if chosen:
            said = tuple(map(self._own_said, chosen))
            number = own.number if own.form == "delgivning" else None
            label = strictest(*(one.tlp for one in said))
            yield Contribution(
                own.actor, own.actor_name, number, own.at, own.approved_by, label, is_own=True, said=said
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
        said = tuple(self._said(received, one) for one in received.statements)
        return Contribution(
            received.sender,
            received.sender_in(self._network),
            received.number,
            received.at,
            received.approved_by or "",
            strictest(received.label, *(one.tlp for one in said)),
            is_own=False,
            said=said,
        )

    def _said(self, received: Received, one: ReceivedStatement) -> Said:
        return Said(
            one.section,
            one.text,
            one.status,
            one.source or "",
            one.said,
            received.label_of(one),
            tuple(claim for claim in one.claims if claim.aspect != ASKED),
            tuple(claim.subject for claim in one.claims if claim.aspect == ASKED),
        )

    def _missing(self) -> Iterator[Missing]:
        """Who has not contributed: first where the cause lies, then who stands between, then who is affected."""
        here, affected = {one.sender for one in self._contributions}, affected_actors(self._outcome)
        why: dict[str, list[str]] = {}
        for word, actors in self._roles():
            for actor in filter(self._basis.may_hear_of, actors):
                why.setdefault(actor, []).append(word)
        for actor in self._called_affected():
            why.setdefault(actor, [say("berörd enligt annan aktör", "affected according to another actor")])
        for actor in self._answering():
            why.setdefault(actor, [say("svarar för det som andra uppger", "answers for what others tell of")])
        for actor, words in why.items():
            if actor not in here and actor not in self._network.withheld:
                entity = self._network.entity[actor]
                named = (one.name for one in self._contributions if _calls_affected(one, actor))
                by_model = actor in affected
                contact = contact_told(entity.contact, is_withheld=self._basis.withholds_contact(actor))
                yield Missing(actor, entity.name, tuple(words), contact, tuple(named), by_model)

    def _roles(self) -> Iterator[tuple[str, list[str]]]:
        """Why actors are concerned, by the own model."""
        outcome, since = self._outcome, None if self._basis.is_feared else self._basis.at
        if self._actor in affected_actors(outcome):
            none = say("har inte lämnat någon egen delgivning", "has not shared a report of its own")
            part = say("berörd enligt modellen", "affected according to the model")
            yield part if self._basis.viewer else none, [self._actor]
        yield say("orsaken ligger där", "the cause lies there"), causing_actors(outcome, self._actor)
        yield say("mellan orsaken och oss", "between the cause and us"), upstream_actors(outcome, self._actor)
        payers, banks, owners = late_payers(outcome), late_banks(outcome), harmed_owners(outcome)
        now = late_payers(outcome, since), late_banks(outcome, since), harmed_owners(outcome, since, since)
        later = _without(harmed_owners(outcome, since), now[2])
        when = if_feared(self._basis)
        yield say("betalar sent", "pays late") + when, now[0]
        yield say("har betalat sent", "has paid late"), _without(payers, now[0])
        yield say("dess kunder får pengar sent", "its customers receive money late") + when, now[1]
        yield say("dess kunder har fått pengar sent", "its customers received money late"), _without(banks, now[1])
        yield say("har nedsatta system", "has impaired systems") + when, now[2]
        yield say("får nedsatta system längre fram", "will have impaired systems later"), later
        yield say("har haft nedsatta system", "has had impaired systems"), _without(owners, [*now[2], *later])

    def _called_affected(self) -> Iterator[str]:
        """Actors that a contributor calls affected."""
        claims = (claim for one in self._contributions for said in one.said for claim in said.claims)
        for claim in claims:
            if claim.aspect == "affected" and self._owner((claim.subject, claim.aspect, "", None)) == claim.subject:
                yield claim.subject

    def _answering(self) -> Iterator[str]:
        """Actors that answer for what a contributor tells or fears to be out."""
        claims = (claim for one in self._contributions for said in one.said for claim in said.claims)
        for claim in claims:
            owner = self._owner((claim.subject, claim.aspect, "", None)) if claim.aspect in ("start", "feared") else ""
            if owner and self._basis.may_hear_of(claim.subject):
                yield owner

    def _comparisons(self) -> Iterator[Comparison]:
        said = self._voices()
        computed = dict((*self._computed(), *self._unobserved(said)))
        for key, voices in said.items():
            if self._owner(key) in self._network.withheld or self._stands_as_end(key, said):
                continue
            begun = self._begun(key, said) if key[1] == "feared" else None
            if begun:
                yield self._come_true(key, voices, begun)
            else:
                value = computed.get(key, "no" if key[1] == "affected" else None)
                model = None if value is None else self._model_voice(key[1], value)
                comparison = self._compared(key, tuple(voices), model)
                yield replace(comparison, gap="") if self._is_answered(key, said) else comparison

    def _voices(self) -> dict[_Key, list[Voice]]:
        """Each contributor's last word on everything; what the own house has computed is the model's voice."""
        found: dict[_Key, dict[str, Voice]] = {}
        for each in compared(self._contributions, self._basis.at, self._zone):
            key = self._key(each.claim, each.sender.sender, each.when)
            found.setdefault(key, {})[each.sender.sender] = self._voice(each)
        senders = [one.sender for one in self._contributions]
        return {
            key: sorted(voices.values(), key=lambda voice: senders.index(voice.sender)) for key, voices in found.items()
        }

    def _voice(self, one: Compared) -> Voice:
        claim, sender = one.claim, one.sender
        text = value_in_words(claim.aspect, claim.value, self._zone)
        if one.is_none:
            is_file = claim.subject in self._network.payment
            text = say("inget fel", "no fault") if is_file else say("inget avbrott", "no outage")
        estimate = estimated_end(one, self._basis.at, self._zone)
        if estimate is not None:
            text = estimated_end_in_words(estimate, self._zone)
        is_estimate = is_expected_end(one, self._basis.at, self._zone)
        return Voice(
            sender.sender,
            sender.name,
            claim.value,
            text,
            one.said.status,
            one.said.source,
            sender.at,
            one.since,
            is_estimate,
        )

    def _key(self, claim: Claim, actor: str, when: When | None = None) -> _Key:
        """What a claim of an actor can be compared with: a bank's completion of a run is that of its own customers."""
        payment = self._network.payment.get(claim.subject.partition(" ")[0])
        if payment is None or claim.aspect != "completed" or actor in (payment.payer, payment.paying_bank):
            return claim.subject, claim.aspect, "", when
        is_bank = actor in {bank for bank, _ in self._network.accounts_of(payment)}
        return claim.subject, claim.aspect, actor if is_bank else "", when

    def _computed(self) -> Iterator[tuple[_Key, str]]:
        """What the own model computes of all actors, in the same terms."""
        timezone, withheld = self._network.timezone, self._network.withheld
        for impact in self._outcome.entities:
            is_told = impact.entity.id not in withheld and self._basis.may_hear_of(impact.entity.id)
            if impact.degraded_from is not None and is_told:
                yield from (((one.subject, one.aspect, "", None), one.value) for one in impact_claims(impact, timezone))
        actors = (actor for run in self._outcome.runs for actor in (run.payment.payer, *_banks(run)))
        for actor in dict.fromkeys(actors):
            for run in own_runs(self._outcome, actor):
                if run.run.payment.id not in withheld:
                    yield from ((self._key(one, actor), one.value) for one in run_claims(run, timezone))
        for actor in affected_actors(self._outcome):
            yield (actor, "affected", "", None), "yes"

    def _unobserved(self, said: Mapping[_Key, Sequence[Voice]]) -> Iterator[tuple[_Key, str]]:
        """What the own model says without what was observed, of what somebody has: when it was last."""
        scenario, hidden = self._basis.known.unobserved, self._network.withheld | self._basis.known.scenario.withheld
        for key, voices in said.items():
            subject, aspect, *_ = key
            is_told = subject in self._network.entity and subject not in hidden and self._basis.may_hear_of(subject)
            if aspect == OBSERVED and scenario is not None and is_told:
                last = max(voices, key=lambda one: one.at or 0)
                level = level_in(self._outcome, scenario, subject, self._basis.at if last.at is None else last.at)
                seen = as_value(aspect, last.value, self._zone)
                is_same = isinstance(seen, float) and abs(seen - level) < SAME_LEVEL
                yield key, last.value if is_same else f"{level:g}"

    def _model_voice(self, aspect: str, value: str) -> Voice:
        name = say("Modellen", "The model")
        source = say("egen modellberäkning", "own model computation")
        without = say(" utan det som har observerats", " without what has been observed") if aspect == OBSERVED else ""
        text = value_in_words(aspect, value, self._zone) + without
        return Voice("", name, value, text, COMPUTED, source, self._basis.at)

    def _compared(self, key: _Key, voices: tuple[Voice, ...], model: Voice | None) -> Comparison:
        subject, aspect, part, when = key
        values = {as_value(aspect, voice.value, self._zone) for voice in voices}
        is_against = model is not None and values != {as_value(aspect, model.value, self._zone)}
        kind: Kind = "differ" if len(values) > 1 else "agree" if len(voices) > 1 else "alone"
        owner = self._owner(key)
        gap = self._gap(owner, voices) if kind == "alone" and aspect != "affected" else ""
        what = self._what(key, {voice.since for voice in voices})
        of_outage = None if when is None else when.start
        return Comparison(kind, subject, aspect, part, what, owner, voices, model, is_against, gap, of_outage)

    def _begun(self, key: _Key, said: Mapping[_Key, Sequence[Voice]]) -> Voice | None:
        """Where another fears what its owner has told has begun: the owner's word of that; None of another outage ahead."""
        subject, owner, zone = key[0], self._owner(key), self._zone
        if owner in {voice.sender for voice in said[key]}:
            return None
        start, end = (
            {voice.sender: voice for voice in said.get((subject, aspect, "", None), ())}.get(owner)
            for aspect in ("start", "end")
        )
        feared = [as_instant(voice.value, zone) for voice in said[key]]
        until = as_instant(end.value, zone) if end else None
        last = self._basis.at if until is None else min(until, self._basis.at)
        return start if any(one is not None and one <= last for one in feared) else None

    def _stands_as_end(self, key: _Key, said: Mapping[_Key, Sequence[Voice]]) -> bool:
        """Whether a length that one alone has estimated stands as an end beside those that others say."""
        if key[1] != LENGTH or len(said[key]) > 1:
            return False
        ends = (each for each in said if each[:2] == (key[0], "end") and _outage_of(each) == _outage_of(key))
        voices = [voice for each in ends for voice in said[each] if voice.sender == said[key][0].sender]
        return any(voice.is_estimate and voice.value == UNKNOWN for voice in voices)

    def _is_answered(self, key: _Key, said: Mapping[_Key, Sequence[Voice]]) -> bool:
        """Whether there is nothing to ask its owner, which has told the end of what another estimates the length of, or has
        estimated the length of what another knows no end of.
        """
        is_open = key[1] == "end" and all(one.value == UNKNOWN for one in said[key])
        if key[1] != LENGTH and not is_open:
            return False
        answer, outage, owner = "end" if key[1] == LENGTH else LENGTH, _outage_of(key), self._owner(key)
        told = (each for each in said if each[:2] == (key[0], answer) and _outage_of(each) == outage)
        return any(one.sender == owner and one.value != UNKNOWN for each in told for one in said[each])

    def _come_true(self, key: _Key, voices: Sequence[Voice], begun: Voice) -> Comparison:
        """What some fear beside that it has begun."""
        fears = (replace(one, text=say(f"befaras från {one.text}", f"feared from {one.text}")) for one in voices)
        start = replace(begun, text=say(f"började {begun.text}", f"began {begun.text}"), since=None)
        is_file = key[0] in self._network.payment
        feared = (
            say("befarat fel i filen", "feared fault in the file")
            if is_file
            else say("befarat avbrott", "feared outage")
        )
        what = f"{self._subject(key[0])}: {feared}"
        return Comparison("differ", *key[:3], what, self._owner(key), (*fears, start))

    def _what(self, key: _Key, since: set[int | None]) -> str:
        """Subject and aspect in words, and of which outage or part it is; where all speak of the latest, since when that is."""
        subject, aspect, part, which = key
        bank = self._name(part)
        customers = say(f", mottagare med konto i {bank}", f", recipients with accounts in {bank}") if part else ""
        (start,) = since if len(since) == 1 else (None,)
        latest = "" if start is None or aspect not in OF_PARTS else latest_part(start, self._zone)
        is_file = subject in self._network.payment
        if which is not None and which.kind == "latest" and aspect == "start":
            return f"{self._subject(subject)}: {began_word(is_file=is_file)}"
        if which is not None:
            latest = which.in_words(self._zone) + ("" if which.is_of_part else latest)
        return f"{self._subject(subject)}{customers}{latest}: {aspect_word(aspect, is_file=is_file)}"

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
        subject, _, part, _ = key
        one = subject.partition(" ")[0]
        if one not in self._network.payment and one not in self._network.entity:
            return ""
        return part or self._network.answering(one)

    def _subject(self, subject: str) -> str:
        one, _, day = subject.partition(" ")
        if one in self._network.payment:
            name = self._network.payment[one].name
            return f"{name} ({day_in_words(day)})" if day else name
        return self._name(one)


def _outage_of(key: _Key) -> When | None:
    """Which outage something is said of, where that is not the current one; a part of the current one is of that."""
    when = key[3]
    return when if when is not None and when.kind in ("earlier", "later") else None


def _calls_affected(contribution: Contribution, actor: str) -> bool:
    return any(claim == Claim(actor, "affected", "yes") for said in contribution.said for claim in said.claims)


def _without(actors: Iterable[str], others: Sequence[str]) -> list[str]:
    return [one for one in actors if one not in others]


def _banks(run: RunImpact) -> Iterator[str]:
    return (branch.bank for branch in run.branches if branch.bank)
