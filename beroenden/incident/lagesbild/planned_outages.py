"""Planned outages that were asked to count: the model's own events, on which a prognosis rests beside what is out."""

from collections.abc import Iterator

from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import own_entities, own_runs
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import label_of, listed
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.network import WITHHELD
from beroenden.units.times import time_in_words, time_zone


def planned_outages(basis: Basis, actor: str) -> Iterator[Statement]:
    """Those that something of the actor's, or a payment that concerns it, may depend on; as far as the reader may know of them."""
    network, zone = basis.network, time_zone(basis.network.timezone)
    harmed = network.upstream(one.entity.id for one in own_entities(basis.outcome, actor))
    behind = harmed.union(*(network.behind(run.run.payment) for run in own_runs(basis.outcome, actor)))
    for event in basis.outcome.events:
        told = tuple(one for one in event.entities if one in behind and one not in network.withheld)
        if not told or event.id == WITHHELD:
            continue
        names = listed(network.entity[one].name for one in told)
        since, until = time_in_words(event.start, zone), time_in_words(event.end, zone)
        yield Statement(
            "prognos.antaganden",
            say(
                f"Planerat avbrott i {names} ({event.name}), {since} till {until}, räknas med och antas bli av som planerat.",
                f"Planned outage of {names} ({event.name}), {since} to {until}, counts and is assumed to take place as planned.",
            ),
            "antagande",
            say("modellens planerade avbrott", "the model's planned outages"),
            event.start,
            told,
            strictest(event.provenance.tlp or network.tlp, label_of(basis, *told)),
            is_withheld=not basis.may_hear_of(*told),
        )
