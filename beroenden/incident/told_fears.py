"""Outages that other actors fear: told of to the own house, and simulated by nobody, for a delgivning tells only from when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beroenden.incident.basis import Basis
from beroenden.incident.known import Known
from beroenden.incident.lagesbild.claims import as_instant
from beroenden.incident.lagesbild.writer import outage_name
from beroenden.incident.log.entries import Claim, Log, OutageEntry, Received
from beroenden.incident.reported import latest_received
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.times import short_time, time_zone


@dataclass(frozen=True, slots=True)
class ToldFear:
    """An outage that another fears.

    Attributes:
        received: The delgivning that tells of it.
        outage: From when; nobody knows how long.
        text: That in words, and how it is reckoned with.
    """

    received: Received
    outage: Outage
    text: str
    tlp: str


def told_fears(basis: Basis) -> list[ToldFear]:
    """What others fear by the latest delgivning of each and that still stands; nothing for another reader."""
    if basis.log is None or basis.viewer is not None:
        return []
    closed = basis.log.closed_at  # what was to come before that did not
    return [
        ToldFear(
            received,
            outage,
            _in_words(basis, received, outage),
            strictest(label, basis.network.label_of(outage.subject)),
        )
        for received in latest_received(basis.log)
        for label, outage in _feared_in(received, basis.network)
        if (closed is None or outage.start > closed) and not is_outranked(outage, basis.known)
    ]


@dataclass(frozen=True, slots=True)
class Unfulfilled:
    """An outage that was feared, and that nobody says has happened.

    Attributes:
        by: Name of who feared it; "" for the own house.
        start: Instant at which it was to begin.
    """

    subject: str
    name: str
    by: str
    start: int
    tlp: str


def unfulfilled_fears(basis: Basis) -> list[Unfulfilled]:
    """What was feared from a time that has come, by the own house or others, in order of time; nothing for another reader."""
    if basis.log is None or basis.viewer is not None:
        return []
    found = (*_feared_here(basis, basis.log), *_feared_elsewhere(basis, basis.log))
    past = {(one.subject, one.by, one.start): one for one in found}
    return sorted(past.values(), key=lambda one: one.start)


def _is_unfulfilled(basis: Basis, feared: Outage) -> bool:
    return feared.start <= basis.at and basis.known.came(feared) is None


def _feared_here(basis: Basis, log: Log) -> Iterator[Unfulfilled]:
    for entry in (*log.of(OutageEntry), *basis.known.withdrawn):
        if not isinstance(entry, OutageEntry) or entry.status != "feared":
            continue
        if _is_unfulfilled(basis, entry.outage):
            name, label = outage_name(basis.network, entry.outage), log.label(entry)
            yield Unfulfilled(entry.outage.subject, name, "", entry.outage.start, label)


def _feared_elsewhere(basis: Basis, log: Log) -> Iterator[Unfulfilled]:
    network = basis.network
    for received in log.of(Received):
        told = (one for one in _feared_in(received, network) if _is_unfulfilled(basis, one[1]))
        for label, outage in told:
            name, by = outage_name(network, outage), received.sender_in(network)
            yield Unfulfilled(outage.subject, name, by, outage.start, label)


def feared_outages(claims: Iterable[Claim], network: Network) -> Iterator[Outage]:
    """The outages that some claims say are feared, of what the model has."""
    for claim in claims:
        start = as_instant(claim.value, time_zone(network.timezone)) if claim.aspect == "feared" else None
        if start is not None and claim.subject in network.payment:
            yield Outage(start, None, payment=claim.subject)
        elif start is not None and claim.subject in network.entity:
            yield Outage(start, None, claim.subject)


def is_outranked(feared: Outage, known: Known) -> bool:
    """Whether something known goes before the fear of another.

    An own fear of the same thing does, and an outage of it that goes on then or comes later, by whoever's word; so does full
    capacity that was observed since.
    """
    entries = known.log.of(OutageEntry) if known.log else ()
    own = {one.outage.subject for one in entries if one.status == "feared"}
    out = [one for one in known.scenario.outages if one.subject == feared.subject]
    has_come = any(one.end is None or one.end > feared.start for one in out)
    whole = (one for one in known.pins if one.entity == feared.entity and (one.level or 0.0) >= 1)
    return feared.subject in own or has_come or any(one.time >= feared.start for one in whole)


def _feared_in(received: Received, network: Network) -> Iterator[tuple[str, Outage]]:
    """The outages that a delgivning says are feared, each with its label."""
    for statement in received.statements:
        for outage in feared_outages(statement.claims, network):
            yield received.label_of(statement), outage


def _in_words(basis: Basis, received: Received, outage: Outage) -> str:
    name, by = outage_name(basis.network, outage), received.sender_in(basis.network)
    since = short_time(outage.start, time_zone(basis.network.timezone))
    told = say(
        f"{name} befaras av {by} från {since} och ingår inte i prognosen.",
        f"{name} is feared by {by} from {since} and is not part of the prognosis.",
    )
    if outage.start <= basis.at:
        told = say(
            f"{name} befarades av {by} från {since} och ingår inte i prognosen; inget säger att det har inträffat.",
            f"{name} was feared by {by} from {since} and is not part of the prognosis; nothing says that it has happened.",
        )
    return told + say(
        " För in det i den egna loggen som befarat, med den längd som antas, så räknas det.",
        " Enter it in the own log as feared, with the length that is assumed, to have it reckoned with.",
    )
