"""An outcome as a reader may see it."""

from collections.abc import Hashable, Sequence, Set
from dataclasses import replace

from beroenden.consequences.outcome import BranchImpact, EntityImpact, Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.engine.causes import Link
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
    """Take out entities, runs and groups that are withheld, and let withheld links of chains stand as such.

    What may be named but whose outage may not be known of is withheld as a cause: of it and its customers nothing is said.
    """
    hidden = outcome.network.withheld | outcome.scenario.withheld
    if not hidden:
        return outcome
    veil = _Veil(outcome.network, hidden)
    return replace(
        outcome,
        outages=tuple(veil.outage(outage) for outage in outcome.outages),
        entities=tuple(veil.impact(one) for one in outcome.entities if one.entity.id not in hidden),
        runs=tuple(veil.run(run) for run in outcome.runs if run.payment.id not in hidden),
        groups=tuple(group for group in outcome.groups if group.entity.id not in hidden),
        shown=veil.chain,
    )


class _Veil:
    """Shows what may be seen, and the same stand-in for all that may not."""

    def __init__(self, network: Network, hidden: Set[Hashable]) -> None:
        self._network, self._hidden = network, hidden

    def _shown(self, one: str) -> str:
        return WITHHELD if one in self._hidden else one

    def outage(self, outage: Outage) -> Outage:
        return replace(
            outage,
            entity=outage.entity and self._shown(outage.entity),
            payment=outage.payment and self._shown(outage.payment),
        )

    def impact(self, impact: EntityImpact) -> EntityImpact:
        lost = tuple(one for one in impact.reserves_lost if (impact.entity.id, one.need) not in self._hidden)
        spells = tuple(replace(one, because=self.chain(one.because)) for one in impact.spells)
        return replace(impact, because=self.chain(impact.because), spells=spells, reserves_lost=lost)

    def chain(self, because: Sequence[Link]) -> tuple[Link, ...]:
        """The chain with each stretch of withheld links as one; after a withheld need nothing more is said."""
        found: list[Link] = []
        for link in because:
            entity = self._shown(link.entity)
            if entity != WITHHELD:
                found.append(link)
            elif not found or found[-1].entity != WITHHELD:
                at = found[-1].at if found else link.at
                found.append(replace(link, entity=WITHHELD, at=at, level=0.0, need=None))
            if entity != WITHHELD and (link.entity, link.need) in self._hidden:
                return (*found, Link(WITHHELD, link.at, 0.0, None))
        return tuple(found)

    def run(self, run: RunImpact) -> RunImpact:
        blocked = dict.fromkeys(self._shown(entity) for entity in run.blocked_by)
        held_up = tuple(replace(one, because=self.chain(one.because)) for one in run.held_up)
        return replace(run, held_up=held_up, blocked_by=tuple(blocked), branches=self._branches(run.branches))

    def _branches(self, branches: Sequence[BranchImpact]) -> tuple[BranchImpact, ...]:
        """The branches, withheld banks that fare alike as one."""
        found: dict[tuple[object, ...], BranchImpact] = {}
        for place, branch in enumerate(branches):
            bank = branch.bank and self._shown(branch.bank)
            key = (bank, branch.planned, branch.completed) if bank == WITHHELD else (place,)
            share = branch.share + (found[key].share if key in found else 0)
            blocked = (*(found[key].blocked_by if key in found else ()), *map(self._shown, branch.blocked_by))
            found[key] = replace(branch, bank=bank, share=share, blocked_by=tuple(dict.fromkeys(blocked)))
        return tuple(found.values())
