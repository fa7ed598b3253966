"""What happens in a stretch of the scenario that is skipped: whether it is still so when it can be told, and what of it is."""

from collections.abc import Iterable, Sequence, Set

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.exercise import Evidence, Inject
from beroenden.exercise.noticed import direct_provider
from beroenden.model.scenario import Outage


def is_still_so(outcome: Outcome, evidence: Evidence, at: int) -> bool:
    """Whether what is said to be so now is so at a later instant; what only tells that something has happened always is."""
    levels = [outcome.level_at(one, at) for one in evidence.entities]
    match evidence.event:
        case "level":
            return all(abs(level - (evidence.level or 0)) < 1e-9 for level in levels)
        case "service":
            return all(level <= (evidence.level or 0) for level in levels)
        case "supply" | "reserve":
            provider = direct_provider(evidence)
            return provider is None or outcome.level_at(provider, at) < 1
        case "unconfirmed" | "cause" | "fault":
            return any(is_out_at(one, at) for one in _told_of(outcome.scenario.outages, evidence))
        case "question" | "media":
            waiting = (run for run in outcome.runs if run.key in evidence.payments)
            return any(run.completed is None or run.completed > at for run in waiting)
        case "rumour":
            return False  # whoever comes in afterwards hears what is known
    return True


def presupposed(told: Sequence[Inject]) -> list[Inject]:
    """The injects of which all that they presuppose is told before: of an end that it was out, of a denial the rumour."""
    met: dict[str, set[str]] = {}
    lacking = set[int]()
    for one in sorted(told, key=lambda one: (one.time, one.is_good_news)):
        found, known = one.evidence, met.setdefault(one.to, set())
        if found is not None and _presupposes(found, known):
            lacking.add(id(one))
        elif found is not None:
            known |= _met(found)
    return [one for one in told if id(one) not in lacking]


def _presupposes(evidence: Evidence, met: Set[str]) -> bool:
    """Whether something presupposes what a player has not met."""
    match evidence.event:
        case "restored":
            return met.isdisjoint(_met(evidence))
        case "rumour":
            return not met
        case "denial":
            return _rumoured(evidence) not in met
    return False


def _met(evidence: Evidence) -> set[str]:
    """What a player has met that is told of something; of the news, which anybody may read, nothing."""
    if evidence.event == "rumour":
        return {_rumoured(evidence)}
    if evidence.event in ("service", "denial"):
        return set()
    provider = direct_provider(evidence)
    return {*evidence.entities, *([provider] if provider else [])}


def _rumoured(evidence: Evidence) -> str:
    return f"rumour of {evidence.entities[0]}"


def is_out_at(outage: Outage, at: int) -> bool:
    """Whether an outage is not over at an instant."""
    return outage.end is None or at < outage.end


def _told_of(outages: Iterable[Outage], evidence: Evidence) -> list[Outage]:
    told = {*evidence.entities, *(payment for payment, _ in evidence.payments)}
    return [one for one in outages if one.subject in told and one.start == evidence.at]
