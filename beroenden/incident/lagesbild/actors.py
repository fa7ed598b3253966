"""Who is affected by an outcome, what of it is an actor's own, and who stands before whom."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from beroenden.consequences.outcome import BranchImpact, EntityImpact, Outcome, RunImpact, part_of, worst_of
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import WITHHELD, Network
from beroenden.model.payments import Payment, Stage


@dataclass(frozen=True, slots=True)
class OwnRun:
    """A run as it concerns one actor: all of it for its payer and paying bank, its own branch for a recipients' bank, what
    passes its stages for who carries some.

    Attributes:
        end: The end of the time looked at, to which a branch that is not completed counts.
        stages: The stages that the actor carries, where that is its part in the run and it does not pay it.
    """

    run: RunImpact
    branches: tuple[BranchImpact, ...]
    end: int
    stages: tuple[Stage, ...] = ()

    @property
    def late(self) -> list[BranchImpact]:
        """The branches that are late."""
        return [branch for branch in self.branches if branch.is_late]

    @property
    def worst(self) -> BranchImpact:
        """The branch that is latest against its own plan."""
        return worst_of(self.branches)

    @property
    def never(self) -> list[BranchImpact]:
        """The branches that are not complete within the time looked at."""
        return [branch for branch in self._late_paid if branch.completed is None]

    @property
    def parts(self) -> list["OwnRun"]:
        """What is late of it, by when it comes: the first first, and last what does not within the time looked at."""
        found: dict[int | None, list[BranchImpact]] = {}
        for branch in self._late_paid:
            found.setdefault(branch.completed, []).append(branch)
        ends = sorted(found, key=lambda end: (end is None, end or 0))
        return [replace(self, branches=tuple(found[end])) for end in ends]

    @property
    def comes_in_part(self) -> bool:
        """Whether some of what is late is complete within the time looked at, and some is not."""
        return 0 < len(self.never) < len(self._late_paid)

    @property
    def late_came(self) -> int | None:
        """When the last of what is late and comes within the time looked at is complete; None when nothing does."""
        return max((branch.completed for branch in self._late_paid if branch.completed is not None), default=None)

    @property
    def recipients_never(self) -> int | None:
        """Recipients whose money does not come within the time looked at; None when the number is unknown."""
        return part_of(self.run.payment.count, self.never)

    @property
    def is_late_by_fault(self) -> bool:
        """Whether a fault in the file makes some of it late; a bank's own branch is of those whom no fault hits."""
        return self.run.is_late_by_fault and any(branch.bank is None for branch in self.late)

    @property
    def banks(self) -> tuple[str | None, ...]:
        """The banks of its recipients, of a carried run also those that the stages pass by; None: unknown."""
        branches = self.run.branches if self.stages else self.branches
        return tuple(bank for branch in branches for bank in self.run.banks_of(branch))

    @property
    def late_banks(self) -> tuple[str | None, ...]:
        """Those of the recipients of what is late of it."""
        return tuple(bank for branch in self.late for bank in self.run.banks_of(branch))

    @property
    def faulty_banks(self) -> tuple[str | None, ...]:
        """Those in which only a fault in part of the file makes some accounts late."""
        whole = {branch.bank for branch in self.late if branch not in self.run.faulty_part}
        is_part = any(branch.share > 0 for branch in self.run.sound_part)
        return tuple(bank for bank in self.late_banks if is_part and bank not in whole)

    def faulty_share_at(self, time: int) -> float:
        """The share of all recipients, in whichever bank, whom a fault in the file makes wait beyond a time; 0 where it is told of."""
        others = (branch for branch in self.run.faulty_part if branch not in self.branches and branch.is_late)
        return sum(branch.share for branch in others if branch.completed is None or branch.completed > time)

    @property
    def planned(self) -> int:
        """When the last of its branches should be complete."""
        return max(branch.planned for branch in self._paid)

    @property
    def completed(self) -> int | None:
        """When the last of its branches is complete; None when some is not within the time looked at."""
        return last_of(self._paid)

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """Ids of what made its late branches late, a fault in the file apart."""
        return tuple(dict.fromkeys(cause for branch in self.late for cause in branch.blocked_by))

    @property
    def late_planned(self) -> int:
        """When the last of what is late should have been complete."""
        return max(branch.planned for branch in self.late)

    @property
    def late_due(self) -> tuple[int, ...]:
        """When each of what is late should have been complete, the first first."""
        return tuple(sorted({branch.planned for branch in self._late_paid}))

    @property
    def late_completed(self) -> int | None:
        """When the last of what is late is complete; None when some is not within the time looked at."""
        return last_of(self.late)

    @property
    def _paid(self) -> tuple[BranchImpact, ...]:
        """The branches that someone is paid through; a fault in the whole file leaves the others nothing."""
        return tuple(branch for branch in self.branches if branch.share > 0) or self.branches

    @property
    def _late_paid(self) -> list[BranchImpact]:
        """The late branches that someone is paid through."""
        return [branch for branch in self.late if branch.share > 0] or self.late

    @property
    def is_part(self) -> bool:
        """Whether others' accounts are in the run too."""
        return len(self.branches) < len(self.run.branches)

    @property
    def late_passed_by(self) -> list[BranchImpact]:
        """What of a run is late and does not pass the stages of the actor that carries them: its part is not the whole."""
        return [one for one in self.run.branches if self.stages and one.is_late and one not in self.branches]

    @property
    def deadline(self) -> int | None:
        """The latest recovery for the run to be on time; None where what is late of it are the branches of others."""
        is_of_others = not self.late and any(branch.is_late for branch in self.run.sound_part)
        return None if is_of_others else self.run.latest_recovery

    def has_come_by(self, time: int) -> bool:
        """Whether all of it that is late has come by a time."""
        return all(branch.completed is not None and branch.completed <= time for branch in self.late)

    @property
    def late_share(self) -> float:
        """The share of all its recipients whose money is late."""
        return round(sum(branch.share for branch in self.late), 9)

    @property
    def recipients_late(self) -> int | None:
        """Recipients whose money is late; None when the number is unknown."""
        return part_of(self.run.payment.count, self.late)

    @property
    def amount_late(self) -> int | None:
        """SEK that are late; None when the amount is unknown."""
        return part_of(self.run.payment.amount, self.late)

    @property
    def recipient_hours(self) -> float:
        """Hours of delay over its recipients, as far as their number is known."""
        delays = (branch.share * branch.delay_until(self.end) for branch in self.late)
        return (self.run.payment.count or 0) * sum(delays) / 60

    def overdue_at(self, time: int) -> list[BranchImpact]:
        """The branches that should be complete by a time and are not."""
        return [one for one in self.branches if one.planned <= time and (one.completed is None or one.completed > time)]

    def recipients_overdue_at(self, time: int) -> int | None:
        """Recipients who should have their money by a time and have not; None when the number is unknown."""
        return part_of(self.run.payment.count, self.overdue_at(time))

    def amount_overdue_at(self, time: int) -> int | None:
        """SEK that should have come by a time and have not; None when the amount is unknown."""
        return part_of(self.run.payment.amount, self.overdue_at(time))


def last_of(branches: Sequence[BranchImpact]) -> int | None:
    """When the last of some branches is complete; None when some is not within the time looked at."""
    ends = [branch.completed for branch in branches]
    return None if None in ends else max(end for end in ends if end is not None)


def check_actor(network: Network, actor: str) -> None:
    """Refuse what is no actor.

    Raises:
        UsageError: for an unknown id, citizens, or something that another actor answers for.
    """
    if actor not in network.entity:
        raise unknown_id(say("aktör", "actor"), actor, network.entity)
    entity = network.entity[actor]
    if entity.kind == "citizens":
        raise UsageError(
            say(
                f"{entity.name} är medborgare; ange den aktör som betalar dem.",
                f"{entity.name} are citizens; give the actor that pays them.",
            )
        )
    if network.actor_of(actor) != actor:
        owner = network.actor_of(actor)
        raise UsageError(
            say(f"{actor} svaras för av {owner}; ange den.", f"{actor} is answered for by {owner}; give that.")
        )


def affected_actors(outcome: Outcome) -> list[str]:
    """Whoever owns a harmed entity, pays a late run, or is the bank of a late branch; payers of the first payments first."""
    return [*dict.fromkeys((*late_payers(outcome), *late_banks(outcome), *harmed_owners(outcome)))]


def late_payers(outcome: Outcome, since: int | None = None) -> list[str]:
    """Payers of late runs; since an instant, of those that had not come by then."""
    return [*dict.fromkeys(run.payment.payer for run, _ in _late_branches(outcome, since))]


def late_banks(outcome: Outcome, since: int | None = None) -> list[str]:
    """Banks in which recipients of late runs have their accounts; since an instant, of what had not come by then.

    A bank of which the reader may not know that it is out is told with the others where a run is late for all of them, as long as
    any of those waits: when its own accounts have their money would tell.
    """
    found = dict[str, None]()
    waiting: dict[tuple[str, str], tuple[RunImpact, set[str | None]]] = {}
    for run, branch in _late_branches(outcome, since):
        waiting.setdefault(run.key, (run, set()))[1].update(run.banks_of(branch))
    for run, banks in waiting.values():
        accounts = [bank for bank, _ in outcome.network.accounts_of(run.payment) if bank]
        is_all = is_late_for_all(run) and not banks.isdisjoint(accounts)
        told = banks | outcome.scenario.withheld if is_all else banks
        found |= dict.fromkeys(bank for bank in accounts if bank in told)
    return [*found]


def is_late_for_all(run: RunImpact) -> bool:
    """Whether a run is late for accounts in all its banks, or all but one that is named: to say so singles out none of them."""
    late = {bank for branch in run.branches if branch.is_late for bank in run.banks_of(branch)}
    in_time = {branch.bank for branch in run.sound_part if not branch.is_late}
    is_in_time = WITHHELD in in_time and not run.is_late_by_fault
    return len(late) > 1 and len(in_time - late) < 2 and not is_in_time


def _late_branches(outcome: Outcome, since: int | None) -> Iterator[tuple[RunImpact, BranchImpact]]:
    for run in outcome.late_runs:
        for branch in run.branches:
            if branch.is_late and (since is None or branch.completed is None or branch.completed > since):
                yield run, branch


def harmed_owners(outcome: Outcome, since: int | None = None, by: int | None = None) -> list[str]:
    """Actors that answer for something harmed at any time; some time after an instant, and then already by another."""
    spells = ((one.entity, one.spell_at(outcome.start if since is None else since)) for one in outcome.entities)
    harmed = (entity for entity, spell in spells if spell is not None and (by is None or spell.start <= by))
    return [*dict.fromkeys(outcome.network.actor_of(entity.id) for entity in harmed if entity.kind != "citizens")]


def own_entities(outcome: Outcome, actor: str) -> list[EntityImpact]:
    """The harmed entities that an actor answers for."""
    return [
        impact
        for impact in outcome.entities
        if impact.degraded_from is not None and outcome.network.actor_of(impact.entity.id) == actor
    ]


def own_runs(outcome: Outcome, actor: str) -> list[OwnRun]:
    """The runs that concern an actor: those that it pays; of one that pays nothing, those that it carries a stage of."""
    return paid_runs(outcome, actor) if pays(outcome.network, actor) else carried_runs(outcome, actor)


def paid_runs(outcome: Outcome, actor: str) -> list[OwnRun]:
    """The runs that an actor pays, or in which its customers are paid."""
    runs = (OwnRun(run, own_branches(run.payment, run.branches, actor), outcome.end) for run in outcome.runs)
    return [run for run in runs if run.branches]


def carried_runs(outcome: Outcome, actor: str) -> list[OwnRun]:
    """The runs that others pay and that an actor carries a stage of: of each the branches that pass it."""
    network = outcome.network
    found = (
        (run, carried_stages(network, run.payment, actor))
        for run in outcome.runs
        if not concerns(network, run.payment, actor)
    )
    runs = (OwnRun(run, _passing(run, stages), outcome.end, stages) for run, stages in found if stages)
    return [run for run in runs if run.branches]


def _passing(run: RunImpact, stages: Sequence[Stage]) -> tuple[BranchImpact, ...]:
    """The branches of a run that pass any of some stages: to accounts in the paying bank no interbank stage is needed."""
    if any(not stage.interbank for stage in stages):
        return run.branches
    return tuple(branch for branch in run.branches if branch.bank is None or branch.bank != run.payment.paying_bank)


def resting_runs(outcome: Outcome, actor: str) -> list[OwnRun]:
    """The late runs in which an actor has no stage, and that are late through something of its own that is harmed."""
    network, harmed = outcome.network, [one.entity.id for one in own_entities(outcome, actor)]
    return [
        OwnRun(run, run.branches, outcome.end)
        for run in outcome.late_runs
        if not concerns(network, run.payment, actor)
        and not carried_stages(network, run.payment, actor)
        and late_through(outcome, run, harmed)
    ]


def late_through(
    outcome: Outcome, run: RunImpact, harmed: Iterable[str], of: Iterable[str] | None = None
) -> tuple[str, ...]:
    """The harmed entities through which a run is late: behind its payment, and harmed by what the run waits for.

    They are those by way of needs that the reader may know of.

    Args:
        of: Ids of what makes it late; None: what it waits for.
    """
    network, causes = outcome.network.as_shown, set(run.blocked_by if of is None else of)
    behind = network.behind(network.payment[run.payment.id])
    return tuple(one for one in harmed if one in behind and causes & network.upstream((one,)))


def pays(network: Network, actor: str) -> bool:
    """Whether an actor pays anything that its reader may know of, or has customers who are paid."""
    return any(concerns(network, one, actor) for one in network.payments if one.id not in network.withheld)


def concerns(network: Network, payment: Payment, actor: str) -> bool:
    """Whether an actor pays a payment, or has customers who are paid by it."""
    banks = {bank for bank, _ in network.accounts_of(payment)}
    return actor in (payment.payer, payment.paying_bank) or actor in banks


def carriers(network: Network, stage: Stage) -> list[str]:
    """The actors that answer for something that a stage needs of its own, and so have a hand in it."""
    providers = (provider for need in stage.needs for provider in need.providers)
    return [*dict.fromkeys(network.actor_of(one) for one in providers)]


def carried_stages(network: Network, payment: Payment, actor: str) -> tuple[Stage, ...]:
    """The stages of a payment that an actor carries, as far as the reader may know of them and of their needs."""
    hidden, found = network.withheld, []
    for place, stage in enumerate(payment.stages):
        shown = tuple(need for index, need in enumerate(stage.needs) if (payment.id, place, index) not in hidden)
        is_hidden = bool(hidden & {actor, payment.id, (payment.id, place)})
        if not is_hidden and actor in carriers(network, replace(stage, needs=shown)):
            found.append(stage)
    return tuple(found)


def own_branches(payment: Payment, branches: tuple[BranchImpact, ...], actor: str) -> tuple[BranchImpact, ...]:
    """The branches of a run that concern an actor: all for its payer and paying bank, a bank's own for others."""
    if actor in (payment.payer, payment.paying_bank):
        return branches
    return tuple(branch for branch in branches if branch.bank == actor)


def causing_actors(outcome: Outcome, actor: str, since: int | None = None) -> list[str]:
    """Others who answer for what is out; since an instant, for what is not said to have ended by then."""
    hidden = outcome.scenario.withheld
    outages = (one for one in outcome.scenario.outages if since is None or one.end is None or one.end > since)
    out = (one.entity for one in outages if one.entity and one.entity not in hidden)
    return [one for one in dict.fromkeys(map(outcome.network.actor_of, out)) if one != actor]


def upstream_actors(outcome: Outcome, actor: str) -> list[str]:
    """Others through whom the harm came to an actor, on the ways to its late payments first, then to what it answers for."""
    held_up = (one.because for run in own_runs(outcome, actor) if run.late for one in run.run.held_up)
    harmed = (impact.because for impact in own_entities(outcome, actor))
    path = (link.entity for because in (*held_up, *harmed) for link in because)
    return [one for one in dict.fromkeys(map(outcome.network.actor_of, path)) if one != actor]
