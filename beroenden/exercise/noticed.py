"""What an actor can notice of an outage by itself, and when: in its own systems and in its own payments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from beroenden.consequences.course import StageCourse, course_of
from beroenden.consequences.endurance import Respite, respites
from beroenden.consequences.outcome import BranchImpact, EntityImpact, Outcome, RunImpact, breakpoints
from beroenden.exercise.causes import decided_by, first_late, having_a_part
from beroenden.exercise.exercise import Event, Evidence
from beroenden.incident.lagesbild.actors import (
    OwnRun,
    carried_runs,
    carried_stages,
    carriers,
    concerns,
    last_of,
    late_through,
    paid_runs,
)
from beroenden.model.network import Network
from beroenden.model.payments import Payment, Stage
from beroenden.sharing.masking import Masked

_OWN_FIRST = ("level", "supply", "reserve", "restored")
"""Events whose path begins with the player's own, where they are about something of its own."""
NAMES_PROVIDER = ("supply", "level", "reserve", "stage", "cutoff", "restored")
"""Events whose text names what fails at the player's border."""


def noticed(outcome: Outcome, actor: str) -> tuple[Evidence, ...]:
    """What an actor can notice by itself, in order of time; what happens at once to several things is one."""
    found = [*_binding(outcome, _in_entities(outcome, actor)), *_in_runs(outcome, actor)]
    return tuple(sorted(_together(outcome.network, found), key=lambda one: one.at))


def deadlines(outcome: Outcome, actor: str) -> tuple[Evidence, ...]:
    """Deadlines that an actor decides under, in order of time; the path of each is what has to be over by then.

    They are those of the payments that it has a part in: that come late to all whom it pays, or of a bank to its customers, and
    those of which what passes a stage that it carries comes late.
    Where the outages end before a deadline nothing comes late, and there is nothing to decide.
    """
    alike: dict[int, list[RunImpact]] = {}
    for own in (own for own in _taken_part_in(outcome, actor) if own.late):
        then = first_late(outcome, own.run)
        if then.deadline is not None:
            alike.setdefault(then.deadline, []).append(then.run)
    return tuple(_deadline(at, runs) for at, runs in sorted(alike.items()))


def begun(outcome: Outcome, deadline: Evidence) -> int:
    """When the last that a deadline is of began."""
    return max(first_late(outcome, run).since for run in outcome.late_runs if run.key in deadline.payments)


def _deadline(at: int, runs: Sequence[RunImpact]) -> Evidence:
    of = dict.fromkeys(one for run in runs for one in run.blocked_by)
    return Evidence("deadline", at, payments=tuple(run.key for run in runs), path=tuple(of), until=at)


def _taken_part_in(outcome: Outcome, actor: str) -> list[OwnRun]:
    """The runs that an actor has a part in, as they concern it: in the order of the outcome."""
    own = {id(one.run): one for one in (*paid_runs(outcome, actor), *carried_runs(outcome, actor))}
    return [own[id(run)] for run in outcome.runs if id(run) in own]


def has_a_part(mask: Masked, actor: str, payment: str) -> bool:
    """Whether an actor pays a payment, has customers who are paid by it or carries a stage of it, as far as it may know.

    Args:
        mask: The model as it may know it.
        actor, payment: Ids in the whole model.
    """
    network, of, here = mask.network, mask.network.payment[mask.ids[payment]], mask.ids[actor]
    return concerns(network, of, here) or bool(carried_stages(network, of, here))


def may_know_that_it_rests_on(mask: Masked, payment: str, own: Iterable[str]) -> bool:
    """Whether a player may read of the way from a payment to something that it answers for.

    Args:
        mask: The model as it may know it.
        payment, own: Ids in the whole model.
    """
    network, of = mask.network.as_shown, mask.ids[payment]
    behind = network.behind(network.payment[of])
    return of not in mask.network.withheld and any(mask.ids[one] in behind for one in own)


def is_over_in_time(outcome: Outcome, actor: str) -> bool:
    """Whether an actor has nothing to decide under because the outages end before every latest recovery."""
    runs = [own.run for own in _taken_part_in(outcome, actor)]
    is_met = any(run.latest_recovery is not None and run.status == "on_time" for run in runs)
    return is_met and not deadlines(outcome, actor)


def late_upon(outcome: Outcome, actor: str) -> list[RunImpact]:
    """The late runs that an actor has no part in, and that are late through something of its own that is harmed."""
    own = {id(one.run) for one in _taken_part_in(outcome, actor)}
    return [run for run in outcome.late_runs if id(run) not in own and own_on_the_way(outcome, run, actor)]


def own_on_the_way(outcome: Outcome, run: RunImpact, actor: str) -> tuple[str, ...]:
    """Ids of what an actor answers for through which a run is late: harmed, on the run's way, and by what has a part in that."""
    harmed = (one.entity.id for one in _own_impacts(outcome, actor) if one.degraded_from is not None)
    return late_through(outcome, run, harmed, having_a_part(outcome, run))


def sees(outcome: Outcome, actor: str, cause: str) -> bool:
    """Whether an actor meets an outage directly: it answers for what is out, or something of its own or a stage of its payments needs it."""
    network = outcome.network
    if network.actor_of(cause) == actor:
        return True
    if any(network.actor_of(consumer.id) == actor for consumer, _, _ in network.consumers[cause]):
        return True
    payments = (payment for payment in network.payments if payment.payer == actor)
    return any(cause in network.stage_providers(payment, stage) for payment in payments for stage in payment.stages)


def bears_on(outcome: Outcome, evidence: Evidence, run: RunImpact) -> bool:
    """Whether what an actor is told is about a late run: about its payment, what sets its latest recovery, or its own way there.

    What fails of an actor's own for the same cause says nothing of payments that do not rest on it.
    """
    provider = {direct_provider(evidence)} - {None} if evidence.event in NAMES_PROVIDER else set()
    is_own = evidence.event in _OWN_FIRST and evidence.entities
    named = {*evidence.entities, *(payment for payment, _ in evidence.payments), *provider}
    held_up_by = decided_by(outcome, run)
    if not named.isdisjoint((run.payment.id, *held_up_by)):
        return True
    about = set(evidence.entities) if is_own else provider
    network, payment = outcome.network, run.payment
    stages = _until_paid_out(payment.stages)
    way = network.upstream(one for stage in stages for one in network.stage_providers(payment, stage))
    return not about.isdisjoint(way) and not set(evidence.path).isdisjoint(held_up_by)


def direct_provider(evidence: Evidence) -> str | None:
    """What an actor sees fail of what it does not answer for itself: the first link after its own; None where there is none."""
    behind = evidence.path[1:] if evidence.event in _OWN_FIRST and evidence.entities else evidence.path
    return behind[0] if behind else None


def _own_impacts(outcome: Outcome, actor: str) -> list[EntityImpact]:
    """What an actor answers for and is harmed or has lost a reserve."""
    network = outcome.network
    return [
        one for one in outcome.entities if network.actor_of(one.entity.id) == actor and one.entity.kind != "citizens"
    ]


def _in_entities(outcome: Outcome, actor: str) -> Iterator[Evidence]:
    network = outcome.network
    for impact in _own_impacts(outcome, actor):
        changes = tuple(_changes(outcome, impact))
        yield from (*changes, *_unseen_faults(outcome, impact, changes), *_unseen_ends(outcome, impact, changes))
        for lost in impact.reserves_lost:
            path = _supply_path(outcome, impact.entity.id, lost.need, lost.since)
            yield Evidence("reserve", lost.since, (impact.entity.id,), path=path, until=lost.to)
    for respite in respites(network, outcome.levels, outcome.start, outcome.end):
        # What is down already does not go on without anything: its endurance is nothing that anybody tells of.
        if network.actor_of(respite.entity) == actor and outcome.level_at(respite.entity, respite.since) > 0:
            yield from _respite(outcome, respite)


def _binding(outcome: Outcome, found: Iterable[Evidence]) -> Iterator[Evidence]:
    """Of several own things that an entity lives without from one moment, only the one that ends its endurance first."""
    kept: dict[tuple[object, ...], Evidence] = {}
    for one in found:
        inside = one.path[1:2] and outcome.network.actor_of(one.path[1]) == outcome.network.actor_of(one.path[0])
        key = (one.at, one.entities) if one.event == "supply" and inside else (len(kept),)
        if key not in kept or (one.until or outcome.end) < (kept[key].until or outcome.end):
            kept[key] = one
    yield from kept.values()


def _respite(outcome: Outcome, respite: Respite) -> Iterator[Evidence]:
    """Supply that is gone while its consumer lives on endurance; and that it is back, when the consumer never fell.

    Supply that comes back in part is no new loss, and what is impaired already for want of it does not do without it.
    """
    entity, path = respite.entity, _supply_path(outcome, respite.entity, respite.need, respite.since)
    lasts = next((at for at, _ in respite.drops if at > respite.since), None)
    is_better = any(
        outcome.level_at(one, respite.since - 1) < outcome.level_at(one, respite.since) for one in path[1:2]
    )
    if respite.level >= 1 and not is_better:
        yield Evidence("supply", respite.since, (entity,), path=path, until=lasts)
    is_back = respite.to < outcome.end and all(outcome.level_at(one, respite.to) >= 1 for one in path[1:2])
    is_outside = any(outcome.network.actor_of(one) != outcome.network.actor_of(entity) for one in path[1:2])
    if not (is_back and is_outside):
        return
    steps = outcome.levels.of(entity)
    if all(level >= 1 for _, _, level in steps.pieces(respite.since, respite.to + 1)):
        yield Evidence("restored", respite.to, (entity,), path=path, level=1.0)
    elif respite.level >= 1 and (lasts is None or lasts >= respite.to) and not faults_of(outcome, path[1]):
        # The consumer fell for something else: that it works again does not tell that the supply is back.
        yield Evidence("restored", respite.to, path=path[1:], level=1.0)


def _supply_path(outcome: Outcome, entity: str, need: int, at: int) -> tuple[str, ...]:
    """From an entity over the first provider of a need that is harmed, back to the cause."""
    providers = outcome.network.entity[entity].needs[need].providers
    harmed = next((one for one in providers if outcome.level_at(one, at) < 1), None)
    if harmed is None:
        return (entity,)
    return (entity, *(link.entity for link in outcome.holding(harmed, at, at + 1)[0]))


def faults_of(outcome: Outcome, entity: str) -> list[tuple[int, int | None]]:
    """When each fault of an entity's own begins and ends, in order of time; what goes on at another level is the same one."""
    found: list[tuple[int, int | None]] = []
    own = (one for one in outcome.scenario.outages if one.entity == entity)
    for one in sorted(own, key=lambda one: one.start):
        start, end = found[-1] if found else (one.start, one.start - 1)
        if end is not None and end < one.start:
            found.append((one.start, one.end))
        else:
            found[-1] = (start, None if end is None or one.end is None else max(end, one.end))
    return found


def _changes(outcome: Outcome, impact: EntityImpact) -> Iterator[Evidence]:
    """Each change of an entity's level; the path is that of its falls, the end of a fault of its own that of its rises."""
    entity, before = impact.entity.id, 1.0
    ends = [end for _, end in faults_of(outcome, entity) if end is not None]
    for time, level in breakpoints(impact.steps, outcome.start, outcome.end):
        if level < before:
            path = tuple(link.entity for link in outcome.holding(entity, time, time + 1)[0])
            is_more = len(path) == 1 and _is_one_more(outcome, entity, time)
            since = impact.steps.spell_start(time) if is_more else None
            yield Evidence("level", time, (entity,), path=path, level=level, since=since)
        elif before < 1 <= level:
            fell = impact.steps.spell_start(time - 1)
            mended = max((end for end in ends if fell < end < time), default=None)
            yield Evidence("restored", time, (entity,), level=level, until=mended)
        elif level > before:
            yield Evidence("level", time, (entity,), level=level, until=time if time in ends else None)
        before = level


def _is_one_more(outcome: Outcome, entity: str, time: int) -> bool:
    """Whether a fault of an entity's own begins at a time while something that impairs it already goes on doing so."""
    if all(start != time for start, _ in faults_of(outcome, entity)):
        return False
    behind = outcome.holding(entity, time - 1, time)
    return any(outcome.level_at(link.entity, time) < 1 for path in behind for link in path[1:2])


def _unseen_faults(outcome: Outcome, impact: EntityImpact, changes: Iterable[Evidence]) -> Iterator[Evidence]:
    """Each fault that an entity has of its own while it is impaired by something else, so that its level does not tell of it."""
    entity, seen = impact.entity.id, {one.at for one in changes if one.path == (impact.entity.id,)}
    for start, _ in faults_of(outcome, entity):
        level = outcome.level_at(entity, start)
        if level < 1 and start not in seen:
            since = outcome.levels.of(entity).spell_start(start)
            yield Evidence("level", start, (entity,), path=(entity,), level=round(level, 9), since=since)


def _unseen_ends(outcome: Outcome, impact: EntityImpact, changes: Iterable[Evidence]) -> Iterator[Evidence]:
    """The end of each fault that an entity has of its own, where its level does not rise then for something else."""
    entity, seen = impact.entity.id, {one.until for one in changes if one.event == "level"}
    for _, end in faults_of(outcome, entity):
        if end is not None and end < outcome.end and end not in seen:
            level = outcome.level_at(entity, end)
            if level < 1:
                yield Evidence("level", end, (entity,), level=round(level, 9), until=end)


def _in_runs(outcome: Outcome, actor: str) -> Iterator[Evidence]:
    for run in outcome.late_runs:
        yield from _stages(outcome, run, actor)
    for own in paid_runs(outcome, actor):
        if own.late:
            yield from _arrival(outcome, own)


def reporter(network: Network, payment: Payment, stage: Stage, actor: str) -> str | None:
    """Who tells an actor how a stage goes: itself where it carries it, else the bank that pays, else who does carry it.

    None: the bank that pays, which nobody knows.
    """
    of = carriers(network, stage)
    is_handed_in = stage.cutoff is not None or payment.paying_bank in of or not of
    if actor in of or (is_handed_in and actor == payment.paying_bank):
        return actor
    return payment.paying_bank if is_handed_in else of[0]


def _meets(network: Network, payment: Payment, stage: Stage, actor: str) -> bool:
    """Whether an actor carries a stage, as the bank that pays submits to its cut-off, or pays and others than recipients' banks do."""
    of = carriers(network, stage)
    if actor in of or (stage.cutoff is not None and actor == payment.paying_bank):
        return True
    return actor == payment.payer and (bool(of) or not stage.at_recipient_bank)


def _stages(outcome: Outcome, run: RunImpact, actor: str) -> Iterator[Evidence]:
    """The first stage that an actor has a hand in and that was late, and each such cut-off that was missed."""
    is_first, met = True, list[Stage]()
    until = {stage.id for stage in _until_paid_out(run.payment.stages)}
    for part in (part for part in course_of(outcome, run) if part.stage.id in until):
        if not _meets(outcome.network, run.payment, part.stage, actor):
            continue
        met.append(part.stage)
        found = _of_stage(part)
        if found is not None and (is_first or found[0] == "cutoff"):
            event, at = found
            path = _path(outcome, run, met[::-1], at)
            if is_first:
                yield from _back(outcome, run, actor, path, at)
            is_first = False
            works = 1.0 if path and outcome.level_at(path[0], at) >= 1 else None
            since, of = _own_fault(outcome, path, at), part.stage.id
            yield Evidence(event, at, payments=(run.key,), stage=of, path=path, level=works, since=since)


def _own_fault(outcome: Outcome, path: Sequence[str], at: int) -> int | None:
    """When a fault began, and goes on, that lies with who answers for what a stage waits for; None where none does.

    It is of what that needs by way of nothing of others; also where something else would hold it down without that.
    """
    if not path:
        return None
    owner = outcome.network.actor_of(path[0])
    behind = outcome.holding(path[0], at, at + 1)
    own = [[*takewhile(lambda link: outcome.network.actor_of(link.entity) == owner, links)] for links in behind]
    faults = (fault for links in own for link in links for fault in faults_of(outcome, link.entity))
    begun = [start for start, end in faults if start <= at and (end is None or at < end)]
    held = [part[-1].at for part, links in zip(own, behind, strict=True) if len(part) == len(links)]
    return min((*begun, *held), default=None)


def _until_paid_out(stages: Iterable[Stage]) -> Iterator[Stage]:
    """The stages up to the first at the recipients' banks: from there on one knows by whether the money comes."""
    for stage in stages:
        yield stage
        if stage.at_recipient_bank:
            return


def _back(outcome: Outcome, run: RunImpact, actor: str, path: tuple[str, ...], at: int) -> Iterator[Evidence]:
    """When what a late run waited for works again, where that is neither what was out nor the actor's own."""
    if len(path) > 1 and outcome.network.actor_of(path[0]) != actor:
        steps = outcome.levels.of(path[0])
        back = (
            time
            for time, level in zip(steps.times, steps.values, strict=True)
            if level >= 1 and at < time < outcome.end
        )
        yield from (Evidence("restored", time, (), (run.key,), path=path, level=1.0) for time in list(back)[:1])


def _of_stage(part: StageCourse) -> tuple[Event, int] | None:
    """What one notices of a stage, and when."""
    if part.missed_cutoff is not None:
        return "cutoff", part.missed_cutoff
    due = part.planned.completion
    if due is None or (part.actual is not None and part.actual.completion == due):
        return None
    return "stage", due


def _arrival(outcome: Outcome, own: OwnRun) -> Iterator[Evidence]:
    """The money that does not come when it should, bank by bank where they are paid at different times; and comes.

    Who is hit by a fault in part of the file is told apart: what share of those whose bank is not late for all.
    """
    payments = (own.run.key,)
    faulty = tuple(branch for branch in own.late if branch in own.run.faulty_part)
    sound = tuple(branch for branch in own.late if branch.share > 0 and branch not in faulty)
    for planned in sorted({branch.planned for branch in sound}):
        path = _path(outcome, own.run, own.run.payment.stages, planned)
        yield Evidence("late", planned, _banks(one for one in sound if one.planned == planned), payments, path=path)
    all_come = last_of(sound + faulty) if sound or faulty else None
    if faulty:
        in_time = _banks(one for one in own.branches if one not in (*sound, *faulty))
        hit = sum(branch.share for branch in faulty)
        if in_time or not sound:
            yield Evidence("late", faulty[0].planned, in_time if sound else (), payments, level=_rest(hit))
        come = last_of(sound) if sound else None
        if come is not None and (all_come is None or come < all_come):
            yield Evidence("completed", come, _banks(sound), payments, level=_rest(hit))
    if all_come is not None:
        yield Evidence("completed", all_come, () if faulty else _banks(sound), payments)


def _rest(hit: float) -> float | None:
    """The share that a fault in the file does not hit; None where it hits all."""
    return round(1 - hit, 6) if hit < 1 else None


def is_to_accounts(payment: Payment) -> bool:
    """Whether a payment ends in accounts at the recipients' banks; else the bank that pays has it for them to fetch."""
    return any(stage.at_recipient_bank for stage in payment.stages)


def _banks(branches: Iterable[BranchImpact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(branch.bank for branch in branches if branch.bank))


def _path(outcome: Outcome, run: RunImpact, stages: Iterable[Stage], by: int) -> tuple[str, ...]:
    """From what held up the first of some stages by an instant, or else harmed it by then, back to a cause of the delay."""
    stages = tuple(stages)
    for stage in stages:
        for one in run.held_up:
            if one.stage == stage.id and one.because[0].at <= by:
                return tuple(link.entity for link in one.because)
    network, fallen = outcome.network, {one.entity.id: one for one in outcome.entities if one.because}
    needed = (one for stage in stages for one in network.stage_providers(run.payment, stage))
    paths = (
        tuple(link.entity for link in outcome.because(one, time))
        for one in dict.fromkeys(needed)
        if one in fallen
        for time, level in breakpoints(fallen[one].steps, outcome.start, outcome.end)
        if level < 1 and time <= by
    )
    # What no stage needs itself must not stand first: that is what a player sees fail.
    return next((path for path in paths if path and path[-1] in run.blocked_by), ())


def _together(network: Network, found: Iterable[Evidence]) -> Iterator[Evidence]:
    """One for what happens at once: the entities and payments of all, the path of the first; who lasts shortest first."""
    groups: dict[tuple[object, ...], list[Evidence]] = {}
    for one in found:
        # Runs to different banks stay apart: who may not read of one of them must not learn of its banks.
        banks = one.entities if one.payments else ()
        mended = one.until if one.event in ("level", "restored") else None
        key = (one.event, one.at, one.stage, one.level, one.since, mended, _behind(network, one), banks)
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        first, *_ = many = sorted(group, key=lambda one: (not one.entities, one.until is None, one.until or 0))
        entities = tuple(dict.fromkeys(entity for one in many for entity in one.entities))
        payments = tuple(dict.fromkeys(run for one in many for run in one.payments))
        yield replace(first, entities=entities, payments=payments)


def _behind(network: Network, one: Evidence) -> object:
    """What must be the same for two to be told as one: what fails at the border, or until when, since each has its own reason.

    Of money that does not come, whether it goes to accounts.
    """
    if one.event == "level":
        return next((link for link in one.path if network.actor_of(link) != network.actor_of(one.path[0])), None)
    if one.event == "late":
        return all(is_to_accounts(network.payment[payment]) for payment, _ in one.payments)
    return direct_provider(one) if one.event in ("supply", "restored", "stage", "cutoff") else one.until
