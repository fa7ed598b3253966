"""FAKTA: what was reported and what is registered. Nothing here is computed but the time that has passed."""

from collections.abc import Iterator

from beroenden.consequences.outcome import Outcome
from beroenden.incident.statements import Statement
from beroenden.model.entities import Provenance
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.durations import swedish_duration
from beroenden.units.numbers import money, number, percent
from beroenden.units.times import swedish_time, time_zone


def facts(outcome: Outcome, actor: str, at: int) -> Iterator[Statement]:
    """The facts that an actor has at a time."""
    for outage in outcome.scenario.outages:
        if outage.start <= at:
            yield _begun(outcome.network, outage, at)
    yield from _registered_entities(outcome, at)
    yield from _registered_payments(outcome, actor)


def outage_name(network: Network, outage: Outage) -> str:
    """What is out, in words."""
    if outage.entity is not None:
        left = f" ({percent(outage.remaining)} av förmågan kvar)" if outage.remaining else ""
        return f"Avbrott i {network.entity[outage.entity].name}{left}"
    share = "" if outage.share in (None, 1) else f" för {percent(outage.share or 0)} av mottagarna"
    return f"Fel i filen för {network.payment[outage.payment or ''].name}{share}"


def _begun(network: Network, outage: Outage, at: int) -> Statement:
    since = swedish_time(outage.start, time_zone(network.timezone))
    return Statement(
        "fakta.handelse",
        f"{outage_name(network, outage)} uppges ha börjat {since}, för {swedish_duration(at - outage.start)} sedan.",
        "obekräftad",
        "scenariots uppgift",
        outage.start,
        (outage.entity,) if outage.entity else (),
        network.label_of(outage.entity) if outage.entity else network.tlp,
    )


def _registered_entities(outcome: Outcome, at: int) -> Iterator[Statement]:
    network = outcome.network
    begun = [outage.entity for outage in outcome.scenario.outages if outage.entity and outage.start <= at]
    for one in dict.fromkeys(begun):
        entity = network.entity[one]
        known = (
            ("återställningstid (rto)", entity.rto),
            ("visad återställningstid i test (rta)", entity.rta),
            ("acceptabel avbrottstid (mtpd)", entity.mtpd),
        )
        given = [f"{name} {swedish_duration(minutes)}" for name, minutes in known if minutes is not None]
        owner = f" {network.entity[entity.owner].name} svarar för driften." if entity.owner else ""
        if given or owner:
            text = f"{entity.name}: {', '.join(given) or 'inga registrerade återställningstider'}.{owner}"
            yield from _registered(network, text, entity.provenance, (one,))


def _registered_payments(outcome: Outcome, actor: str) -> Iterator[Statement]:
    network = outcome.network
    seen = dict.fromkeys(run.payment.id for run in outcome.runs)
    for payment in (network.payment[one] for one in seen):
        if payment.payer != actor:
            continue
        parts = []
        if payment.count is not None:
            parts.append(f"{number(payment.count)} mottagare")
        if payment.amount is not None:
            parts.append(money(payment.amount))
        if parts:
            yield from _registered(
                network, f"{payment.name}: {' och '.join(parts)} per körning.", payment.provenance, ()
            )


def _registered(network: Network, text: str, given: Provenance, path: tuple[str, ...]) -> Iterator[Statement]:
    """A registered fact with its source and date; what is only a guess is no fact and is left to the assumptions."""
    if given.source is None or given.confidence == "low":
        return
    date = f", verifierad {given.verified}" if given.verified else ", utan verifieringsdatum"
    yield Statement(
        "fakta.register",
        text,
        "bekräftad" if given.verified else "obekräftad",
        f"modellens register: {given.source}{date}",
        None,
        path,
        given.tlp or network.tlp,
    )
