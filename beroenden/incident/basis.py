"""What a lägesbild is made from: the model, what is known and what follows, as far as its reader may see."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

from beroenden.consequences.outcome import Outcome
from beroenden.incident.answers import answer_received
from beroenden.incident.known import Known
from beroenden.incident.log.entries import (
    Claim,
    Closed,
    Entry,
    Incident,
    Issued,
    Log,
    Observation,
    OutageEntry,
    Received,
    ReceivedStatement,
    Request,
)
from beroenden.incident.reported import OBSERVED
from beroenden.incident.said import concerned, holds_level
from beroenden.language import Language, writing_in
from beroenden.model.labels import strictest
from beroenden.model.network import CONTACT, Network
from beroenden.sharing.masking import Masked, masked
from beroenden.sharing.redaction import shared_outcome
from beroenden.sharing.viewer import Viewer


@dataclass(frozen=True)
class Basis:
    """Everything in it is in the ids and words of the masked model.

    Attributes:
        held_back: Entries that carry a label which the reader may see and yet name something that it may not.
        labels: Of each id, the strictest label of the entries about its outage or level.
        unread: Ids of whose outage or level some entry speaks that the reader may not read.
        answered: Ids of own requests that their receivers have answered in what they have shared, whoever may read of it.
        viewer: The reader; None: the own house.
        language: The language that it is written in.
    """

    mask: Masked
    known: Known
    outcome: Outcome
    held_back: tuple[Entry, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    answered: frozenset[str] = frozenset()
    viewer: Viewer | None = None
    language: Language = "sv"

    @property
    def network(self) -> Network:
        """The model as the reader may know it."""
        return self.mask.network

    @property
    def log(self) -> Log | None:
        """The entries that the reader may see."""
        return self.known.log

    def label_for(self, label: str) -> str:
        """The label that something readable carries for the reader."""
        return label if self.viewer is None else self.viewer.label_for(label)

    def may_name(self, one: str) -> bool:
        """Whether an entity or payment may be named to the reader as out or affected."""
        return one not in self.network.withheld | self.known.scenario.withheld

    def may_hear_of(self, *ids: str) -> bool:
        """Whether the reader may read what was entered of the outage or level of some ids and of who answers for them."""
        owners = (self.network.actor_of(one) for one in ids if one in self.network.entity)
        return self.unread.isdisjoint((*ids, *owners))

    def withholds_contact(self, one: str) -> bool:
        """Whether an entity has a contact of which the reader may not see all."""
        return (one, CONTACT) in self.network.withheld

    @property
    def is_reckoned(self) -> bool:
        """Whether anything is known that something follows from."""
        return bool(self.outcome.outages or self.known.scenario.pins)

    @property
    def is_feared(self) -> bool:
        """Whether nothing of it has happened: all reports are of what is feared, or all outages lie ahead."""
        known = self.known
        if not known.scenario.outages:
            return False
        if known.log is None:
            return all(one.start > self.at for one in known.scenario.outages)
        return all(report is not None and report.status == "feared" for report in known.reports)

    @property
    def at(self) -> int:
        """The as-of time; without one, the start."""
        at = self.known.scenario.at
        return self.outcome.start if at is None else at


def basis(
    network: Network,
    known: Known,
    viewer: Viewer | None = None,
    *,
    with_events: bool = False,
    language: Language = "sv",
    only_disclosed: bool = False,
) -> Basis:
    """Simulate what is known on the whole model, and keep what a reader may see.

    Args:
        network: The whole model.
        known: What is known, in its ids.
        viewer: The reader; None: the own house, which sees everything.
        with_events: Also simulate the model's planned events.
        language: The language of what is written from it.
        only_disclosed: Of outages and levels that were not chosen for sharing, tell only what follows.
    """
    with writing_in(language):
        mask = masked(network, viewer)
    sieve = _Sieve(network, mask, viewer, only_disclosed)
    here = sieve.known(known)
    if with_events:
        secret = here.scenario.withheld | sieve.secret_events()
        here = replace(here, scenario=replace(here.scenario, withheld=secret))
    outcome = shared_outcome(mask, here.scenario, with_events=with_events)
    held_back, unread = tuple(sieve.held_back), frozenset(sieve.unread)
    requests = known.log.of(Request) if known.log else ()
    answered = frozenset(one.id for one in requests if answer_received(known.log, one))
    return Basis(mask, here, outcome, held_back, sieve.labels, unread, answered, viewer, language)


class _Sieve:
    """Lets through the entries of a log that a reader may see."""

    def __init__(self, network: Network, mask: Masked, viewer: Viewer | None, only_disclosed: bool) -> None:
        self._network, self._mask, self._viewer = network, mask, viewer
        self._only_disclosed = only_disclosed
        self.held_back: list[Entry] = []
        self.labels: dict[str, str] = {}
        self.unread: set[str] = set()

    def known(self, known: Known) -> Known:
        mask, log = self._mask, known.log and self._log(known.log)
        scenario = mask.scenario(known.scenario)
        if log is not None:
            name = scenario.name if log.incident.name else ""
            scenario = replace(scenario, name=name, withheld=self._untold(known, known.log or log, log))
        return replace(
            known,
            scenario=scenario,
            log=log,
            reports=tuple(report and self._plain(report) for report in known.reports),
            feared=tuple(self._plain(report) for report in known.feared),
            overtaken=tuple(self._plain(report) for report in known.overtaken),
            pins=tuple(replace(one, entity=mask.ids[one.entity or ""], text="", source=None) for one in known.pins),
            unobserved=known.unobserved and replace(mask.scenario(known.unobserved), withheld=scenario.withheld),
            withdrawn=self._shared(known.withdrawn, known.log),
            corrected=self._shared(known.corrected, known.log),
            sure=known.sure and replace(mask.scenario(known.sure), withheld=scenario.withheld),
            by_others=frozenset(mask.ids[one] for one in known.by_others),
        )

    def _plain(self, report: OutageEntry) -> OutageEntry:
        """The report's outage and status, without a word of it."""
        return replace(
            report, outage=self._mask.outage(report.outage), actor=self._actor(report.actor), text="", source=None
        )

    def _log(self, log: Log) -> Log:
        found = [self._entry(log, entry) for entry in log.entries]
        return Log(self._incident(log.incident), tuple(one for one in found if one is not None), log.corrects)

    def _shared(self, entries: tuple[Entry, ...], log: Log | None) -> tuple[Entry, ...]:
        """What no longer stands; for a reader, what was chosen for sharing and it may read."""
        if log is None:
            return entries
        if self._viewer is None:
            return tuple(replace(one, tlp=self._label(log, one)) for one in entries)
        chosen = [one for one in entries if one.disclose and not self._tells_hidden(one)]
        return tuple(made for one in chosen if (made := self._entry(log, one)) is not None)

    def _tells_hidden(self, entry: Entry) -> bool:
        """Whether the words of an entry name what the reader may not know of."""
        return any(self._mask.tells(text) for text in _texts(entry))

    def _incident(self, incident: Incident) -> Incident:
        actor = self._actor(incident.actor)
        if self._may_read(incident.tlp) and not self._mask.tells(incident.name):
            return replace(incident, actor=actor)
        return replace(incident, actor=actor, id="", name="", tlp="TLP:CLEAR")

    def _entry(self, log: Log, entry: Entry) -> Entry | None:
        label = self._label(log, entry)
        if isinstance(entry, Received) and self._is_own(entry.sender):
            return self._own_words(entry, label)
        is_readable = self._may_read(label)
        if is_readable and self._tells_hidden(entry):
            self.held_back.append(entry)
            is_readable = False
        if not is_readable:
            counts = isinstance(entry, Issued | Closed)  # that they are there is no secret
            return replace(entry, actor=self._actor(entry.actor), text="", source=None) if counts else None
        made = replace(entry, tlp=self._label_for(label), actor=self._actor(entry.actor))
        if isinstance(made, OutageEntry):
            return replace(made, outage=self._mask.outage(made.outage))
        if isinstance(made, Request) and made.to:
            return replace(made, to=self._actor(made.to))
        return self._received(made) if isinstance(made, Received) else made

    def _received(self, received: Received) -> Received:
        kept = (
            one
            for one in received.statements
            if self._may_read(one.tlp or received.label)
            and not any(map(self._mask.tells, (one.text, one.source or "")))
        )
        statements = tuple(replace(one, claims=tuple(filter(self._may_claim, one.claims))) for one in kept)
        return replace(received, sender=self._actor(received.sender), statements=statements)

    def _own_words(self, received: Received, label: str) -> Received:
        """What the reader itself has sent, whole; where it was read from is the house's to know."""
        statements = tuple(
            replace(one, claims=tuple(filter(self._may_claim, one.claims))) for one in received.statements
        )
        actor = self._actor(received.actor)
        return replace(received, tlp=self._label_for(label), actor=actor, text="", source=None, statements=statements)

    def _may_claim(self, claim: Claim) -> bool:
        subject = claim.subject.split(" ")[0]
        return self._mask.ids.get(subject, subject) not in self._mask.network.withheld

    def _label(self, log: Log, entry: Entry) -> str:
        """The entry's label, or that of what it is about where that is stricter and not the reader's own."""
        network, about = self._network, concerned(entry)
        entities = [one for one in about if one in network.entity and not self._is_own(network.actor_of(one))]
        payments = [network.payment[one] for one in about if one in network.payment]
        others = [payment.provenance.tlp or network.tlp for payment in payments if not self._is_own(payment.payer)]
        return strictest(log.label(entry), *(network.label_of(one) for one in entities), *others)

    def _untold(self, known: Known, whole: Log, log: Log) -> frozenset[str]:
        """Ids of whose outage or level some entry speaks that the reader may not see, or that was not chosen for it.

        Others' words are left aside where the own log speaks of the same thing and outranks them: nothing follows from them.
        """
        told = {entry.id: entry for entry in log.entries}
        hidden, outranked = set[str](), _outranked(known, whole)
        for entry in whole.entries:
            here = told.get(entry.id)
            if isinstance(entry, Received):
                is_told = self._is_own(entry.sender) or entry.disclose or not self._only_disclosed
                kept = here.statements if isinstance(here, Received) and is_told else ()
                untold = _begun_by(entry.statements) - _begun_by(kept) - outranked
                hidden |= {self._mask.ids.get(one, one) for one in untold}
                self._raise_received(entry, self._label(whole, entry), outranked)
            elif isinstance(entry, OutageEntry) or (isinstance(entry, Observation) and holds_level(entry)):
                is_told = here is not None and (entry.disclose or not self._only_disclosed)
                for one in concerned(entry):
                    self._raise(one, self._label(whole, entry))
                    hidden |= set() if is_told else {self._mask.ids[one]}
        return frozenset(hidden)

    def _raise_received(self, received: Received, label: str, outranked: Set[str]) -> None:
        is_own = self._is_own(received.sender)
        for statement in received.statements:
            said = statement.tlp or received.label
            for one in _begun_by([statement]) - outranked:
                self._raise(one, said if is_own else strictest(said, label), is_own=is_own)

    def _raise(self, one: str, label: str, *, is_own: bool = False) -> None:
        self.labels[one] = strictest(self.labels.get(one, "TLP:CLEAR"), label)
        if not (is_own or self._may_read(label)):
            self.unread.add(one)

    def secret_events(self) -> frozenset[str]:
        """Ids of what planned events take out that the reader may not know of."""
        events = self._network.events
        secret = [event for event in events if not self._may_read(event.provenance.tlp or self._network.tlp)]
        return frozenset(self._mask.ids[entity] for event in secret for entity in event.entities)

    def _is_own(self, actor: str) -> bool:
        return self._viewer is not None and actor == self._viewer.actor

    def _actor(self, actor: str) -> str:
        return self._mask.ids.get(actor, actor)

    def _may_read(self, label: str) -> bool:
        return self._viewer is None or self._viewer.may_read(label)

    def _label_for(self, label: str) -> str:
        return label if self._viewer is None else self._viewer.label_for(label)


def _begun_by(statements: Iterable[ReceivedStatement]) -> set[str]:
    """Ids of whose outage or level some statements speak."""
    return {
        claim.subject for one in statements for claim in one.claims if claim.aspect in ("start", "feared", OBSERVED)
    }


def _outranked(known: Known, log: Log) -> set[str]:
    """Ids of what the own log speaks of, and of which no word of others' is reckoned with, nor would be without what is unconfirmed."""
    own = (
        one
        for one in log.entries
        if isinstance(one, OutageEntry) or (isinstance(one, Observation) and holds_level(one))
    )
    return {about for one in own for about in concerned(one)} - known.by_others


def _texts(entry: Entry) -> Iterator[str]:
    """Every text that somebody wrote in an entry."""
    for name in ("text", "source", "owner", "intended_effect", "by", "channel", "role", "answer", "sender_name"):
        text = getattr(entry, name, None)
        if text:
            yield text
