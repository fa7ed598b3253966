"""Who is affected by an outcome, and who stands before whom."""

from beroenden.consequences.outcome import EntityImpact, Outcome, RunImpact


def affected_actors(outcome: Outcome) -> list[str]:
    """Whoever owns a harmed entity, pays a late run, or is the bank of a late branch; payers of the first payments first."""
    found: dict[str, None] = {}
    for run in outcome.late_runs:
        found[run.payment.payer] = None
    for run in outcome.late_runs:
        found |= dict.fromkeys(branch.bank for branch in run.branches if branch.is_late and branch.bank)
    for impact in outcome.entities:
        if impact.degraded_from is not None and impact.entity.kind != "citizens":
            found[outcome.network.actor_of(impact.entity.id)] = None
    return list(found)


def own_entities(outcome: Outcome, actor: str) -> list[EntityImpact]:
    """The harmed entities that an actor answers for."""
    return [
        impact
        for impact in outcome.entities
        if impact.degraded_from is not None and outcome.network.actor_of(impact.entity.id) == actor
    ]


def own_runs(outcome: Outcome, actor: str) -> list[RunImpact]:
    """The runs that an actor pays, or that pass its bank."""
    return [
        run
        for run in outcome.runs
        if actor in (run.payment.payer, run.payment.paying_bank) or any(branch.bank == actor for branch in run.branches)
    ]


def upstream_actors(outcome: Outcome, actor: str) -> list[str]:
    """Whose failures an actor's own harm comes from, along the because-paths and what blocks its runs."""
    found: dict[str, None] = {}
    for impact in own_entities(outcome, actor):
        found |= dict.fromkeys(outcome.network.actor_of(link.entity) for link in impact.because)
    for run in own_runs(outcome, actor):
        found |= dict.fromkeys(outcome.network.actor_of(entity) for entity in run.blocked_by)
    found.pop(actor, None)
    return list(found)
