"""An outcome as a reader may see it."""

from collections.abc import Sequence
from dataclasses import replace

from beroenden.consequences.outcome import BranchImpact, EntityImpact, Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.engine.explain import Link
from beroenden.model.network import WITHHELD, Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.sharing.masking import Masked, masked
from beroenden.sharing.viewer import Viewer


def redact_network(network: Network, viewer: Viewer | None) -> Network:
    """The model for a reader: what is withheld keeps its place and loses its words."""
    return masked(network, viewer).network


def redact_outcome(outcome: Outcome, viewer: Viewer | None) -> Outcome:
    """The outcome for a reader: the same consequences, as far as it may see them."""
    if viewer is None:
        return outcome
    mask = masked(outcome.network, viewer)
    return shared_outcome(mask, mask.scenario(outcome.scenario), with_events=outcome.with_events)


def shared_outcome(mask: Masked, scenario: Scenario, *, with_events: bool = False) -> Outcome:
    """What comes of a scenario (in the ids of the masked model), computed on everything and shown as far as may be."""
    return without_withheld(simulate_scenario(mask.network, scenario, with_events=with_events))


def without_withheld(outcome: Outcome) -> Outcome:
    """Take out entities, runs and groups that are withheld, and let withheld links of chains stand as such."""
    network = outcome.network
    if not network.withheld:
        return outcome
    return replace(
        outcome,
        outages=tuple(_outage(network, outage) for outage in outcome.outages),
        entities=tuple(_impact(network, one) for one in outcome.entities if one.entity.id not in network.withheld),
        runs=tuple(_run(network, run) for run in outcome.runs if run.payment.id not in network.withheld),
        groups=tuple(group for group in outcome.groups if group.entity.id not in network.withheld),
    )


def _shown(network: Network, entity: str) -> str:
    return WITHHELD if entity in network.withheld else entity


def _outage(network: Network, outage: Outage) -> Outage:
    entity = outage.entity and _shown(network, outage.entity)
    return replace(outage, entity=entity, payment=outage.payment and _shown(network, outage.payment))


def _impact(network: Network, impact: EntityImpact) -> EntityImpact:
    lost = tuple(one for one in impact.reserves_lost if (impact.entity.id, one.need) not in network.withheld)
    return replace(impact, because=_chain(network, impact.because), reserves_lost=lost)


def _chain(network: Network, because: Sequence[Link]) -> tuple[Link, ...]:
    """The chain with each stretch of withheld links as one; after a withheld need nothing more is said."""
    found: list[Link] = []
    for link in because:
        entity = _shown(network, link.entity)
        if entity != WITHHELD:
            found.append(link)
        elif not found or found[-1].entity != WITHHELD:
            found.append(replace(link, entity=WITHHELD, at=found[-1].at if found else link.at, level=0.0, need=None))
        if entity != WITHHELD and (link.entity, link.need) in network.withheld:
            return (*found, Link(WITHHELD, link.at, 0.0, None))
    return tuple(found)


def _run(network: Network, run: RunImpact) -> RunImpact:
    blocked = dict.fromkeys(_shown(network, entity) for entity in run.blocked_by)
    return replace(run, blocked_by=tuple(blocked), branches=_branches(network, run.branches))


def _branches(network: Network, branches: Sequence[BranchImpact]) -> tuple[BranchImpact, ...]:
    """The branches, withheld banks that fare alike as one."""
    found: dict[tuple[object, ...], BranchImpact] = {}
    for place, branch in enumerate(branches):
        bank = branch.bank and _shown(network, branch.bank)
        key = (bank, branch.planned, branch.completed) if bank == WITHHELD else (place,)
        share = branch.share + (found[key].share if key in found else 0)
        found[key] = replace(branch, bank=bank, share=share)
    return tuple(found.values())
