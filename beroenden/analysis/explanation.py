"""Explanations: the path from a victim back to the cause, with times."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.analysis.lateness import (
    BranchRow,
    branch_rows,
    faulty_part_words,
    iso_of,
    lateness_in_words,
    recovery_in_words,
    short_of,
    whose,
)
from beroenden.analysis.words import endurance_words, level_words, providers_words
from beroenden.analysis.worst import worsened_by
from beroenden.consequences.course import StageCourse, course_of
from beroenden.consequences.outcome import BranchImpact, EntityImpact, Outcome, RunImpact, Spell, worst_of
from beroenden.engine.causes import Link
from beroenden.errors import unknown_id
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.scenario import Outage, Pin
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import percent
from beroenden.units.times import iso, table_time, time_zone

_SPELLS_TOLD = 4
"""Spells that a sentence tells of one by one; of more it says how many they are, where that spares at least two."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a path, in data and in words."""

    entity: str
    at: str
    level: float
    name: str
    at_text: str
    level_text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Path:
    """One path, victim first, cause last."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of a late run, in data (times in ISO 8601, None: not within the period) and in words.

    Attributes:
        missed: "cutoff" or "release", when the stage missed its planned one; `deadline` says when that was.
    """

    stage: str
    planned: str | None
    actual: str | None
    missed: str | None
    deadline: str | None
    name: str
    planned_text: str
    actual_text: str
    missed_text: str


@dataclass(frozen=True, slots=True)
class Course:
    """A late run branch by branch, and the latest branch that no fault in the file hits stage by stage.

    Attributes:
        bank: Of that branch; None: nothing is known of the recipients' banks, or the fault alone makes the run late.
        rows: Empty where the fault alone makes the run late.
        fault_text: Until when a fault in the file holds up its part; "" where there is none.
        recovery_text: Until when the outage may last for the run to be on time.
    """

    title: str
    day: str
    bank: str | None
    rows: tuple[StageRow, ...]
    branches: tuple[BranchRow, ...]
    recovery_text: str
    fault_text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something is harmed or late, or that it is not.

    Attributes:
        summary: What, how much and why in one sentence; "" where nothing is harmed or late.
        endurances: How long the stages of a payment do without what is harmed, in sentences.
    """

    id: str
    title: str
    verdict: str
    paths: tuple[Path, ...]
    courses: tuple[Course, ...] = ()
    summary: str = ""
    endurances: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The explanation as JSON."""
        return {
            "schema": "beroenden/explanation/1",
            "id": self.id,
            "summary": self.summary or None,
            "verdict": self.verdict,
            "endurances": list(self.endurances),
            "paths": [
                {
                    "title": path.title,
                    "because": [{"entity": step.entity, "at": step.at, "level": step.level} for step in path.steps],
                }
                for path in self.paths
            ],
            "courses": [
                {
                    "date": course.day,
                    "bank": course.bank,
                    "branches": [
                        {
                            "bank": row.bank,
                            "planned": row.planned,
                            "completed": row.completed,
                            "delay_minutes": row.delay_minutes,
                            "delayed_recipients": row.recipients,
                            "delayed_amount": row.amount,
                        }
                        for row in course.branches
                    ],
                    "stages": [
                        {
                            "stage": row.stage,
                            "planned": row.planned,
                            "completed": row.actual,
                            "missed": row.missed,
                            "deadline": row.deadline,
                        }
                        for row in course.rows
                    ],
                }
                for course in self.courses
            ],
        }


def explain(outcome: Outcome, item: str) -> Explanation:
    """Why an entity is harmed or a payment late, or that it is not.

    Raises:
        UsageError: for an id that the model does not have.

    >>> from beroenden.modelfiles.read import load_or_raise
    >>> from beroenden.consequences.simulate import simulate
    >>> network = load_or_raise("models/soes")
    >>> outcome = simulate(network, [{"entity": "bankid", "start": "2026-12-17T08:00", "for": "6h"}])
    >>> [step.entity for step in explain(outcome, "swish").paths[0].steps]
    ['swish', 'bankid']
    """
    network = outcome.network
    if item in network.entity:
        return explain_entity(outcome, item)
    if item in network.payment:
        return explain_payment(outcome, item)
    raise unknown_id(say("entitet eller betalning", "entity or payment"), item, {**network.entity, **network.payment})


def explain_entity(outcome: Outcome, entity: str) -> Explanation:
    """Why an entity is below 1, and what it pays late or is paid late there though it need not be."""
    name, late = outcome.network.entity[entity].name, "".join(_late_at(outcome, entity))
    impact = next((one for one in outcome.entities if one.entity.id == entity), None)
    if impact is None:
        return Explanation(entity, name, say("Drabbas inte.", "Not harmed.") + late, ())
    if impact.degraded_from is None:
        when = short_of(outcome, impact.reserves_lost[0].since)
        verdict = say(f"Håller, men går på reserv från {when}.", f"Holds, but is on its reserve from {when}.")
        return Explanation(entity, name, verdict + late, ())
    since = short_of(outcome, impact.fell(impact.spells[0]))
    until = (
        say("efter horisonten", "past the horizon") if impact.restored is None else short_of(outcome, impact.restored)
    )
    verdict = say(f"Drabbas från {since} till {until}.", f"Harmed from {since} to {until}.")
    count = len(impact.spells)
    if count > 1:
        verdict = say(
            f"Drabbas {count} gånger mellan {since} och {until}.", f"Harmed {count} times between {since} and {until}."
        )
    path = _path(outcome, say("Därför att", "Because"), impact.because)
    return Explanation(entity, name, verdict + late, (path,), summary=_harm(outcome, impact))


def _late_at(outcome: Outcome, entity: str) -> Iterator[str]:
    """The late payments that an actor pays, and those of others that reach accounts with it."""
    late = outcome.late_runs
    paid = dict.fromkeys(run.payment for run in late if run.payment.payer == entity)
    reached = dict.fromkeys(
        run.payment for run in late if any(one.is_late and entity in run.banks_of(one) for one in run.branches)
    )
    if paid:
        names = ", ".join(one.name for one in paid)
        yield say(f" Betalar sent: {names}.", f" Pays late: {names}.")
    if others := ", ".join(one.name for one in reached if one not in paid):
        yield say(f" Till konton här kommer sent: {others}.", f" Late to accounts here: {others}.")


def _harm(outcome: Outcome, impact: EntityImpact) -> str:
    """What is harmed, how badly, when it is at its worst and because of what, spell by spell, in a sentence."""
    spells = [_spell(outcome, impact, one) for one in impact.spells]
    rest = len(spells) - _SPELLS_TOLD
    if rest > 1:
        more = say(f"och {rest} gånger till", f"and {rest} more times")
        spells = [*spells[:_SPELLS_TOLD], more]
    return f"{impact.entity.name} {'; '.join(spells)}."


def _spell(outcome: Outcome, impact: EntityImpact, spell: Spell) -> str:
    """How one spell goes; of several causes in the scenario, the one that it began with and what else took it to its worst."""
    since, past = short_of(outcome, impact.fell(spell)), say("efter horisonten", "past the horizon")
    until = past if spell.end is None else short_of(outcome, spell.end)
    worst, first, last = impact.worst_between(spell.start, spell.end or outcome.end)
    is_steady = impact.steps.is_even(first, last)
    state = say("är nere", "is down") if is_steady else say("är tidvis nere", "is down at times")
    if worst > 0:
        state = say(f"har som lägst {percent(worst)} av sin förmåga", f"has at worst {percent(worst)} of its capacity")
    cause = outcome.network.entity[spell.because[-1].entity].name if len(spell.because) > 1 else ""
    why = say(f", därför att {cause} är ute eller nedsatt", f", because {cause} is out or impaired")
    if len({one.subject for one in outcome.outages}) > 1 or outcome.scenario.pins:
        why = say(f"; det börjar med att {cause} är ute eller nedsatt", f"; it begins with {cause} out or impaired")
    why = (why if cause else "") + _what_else(outcome, impact, spell, first)
    if (first, last) != (spell.start, spell.end or outcome.end):
        begins, ends = short_of(outcome, first), short_of(outcome, last)
        return say(
            f"är nedsatt från {since} till {until} och {state} från {begins} till {ends}{why}",
            f"is impaired from {since} to {until} and {state} from {begins} to {ends}{why}",
        )
    return say(f"{state} från {since} till {until}{why}", f"{state} from {since} to {until}{why}")


def _what_else(outcome: Outcome, impact: EntityImpact, spell: Spell, worst: int) -> str:
    """What besides the cause of a spell took it to its worst, where that came later, or holds it on; "" where nothing else does."""
    if not spell.because:
        return ""
    first, entity, name = spell.because[-1].entity, impact.entity.id, outcome.network.entity
    besides = {} if worst == spell.start else worsened_by(outcome, entity, worst, first)
    others = say(" och ", " and ").join(
        f"{name[one].name} ({say('från', 'from')} {short_of(outcome, since)})"
        for one, since in sorted(besides.items(), key=lambda pair: pair[1])
    )
    held = (path for path in outcome.holding(entity, spell.start, spell.end or outcome.end) if path[0].at > spell.start)
    on = say(" och ", " and ").join(
        f"{name[path[-1].entity].name} ({say('från', 'from')} {short_of(outcome, path[0].at)})"
        for path in held
        if path[-1].entity not in (first, entity, *besides)
    )
    worse = say(f", och det värsta beror också på {others}", f", and the worst of it is also due to {others}")
    longer = say(f", och det hålls sedan kvar av {on}", f", and it is then kept so by {on}")
    return worse * bool(others) + longer * bool(on)


def explain_payment(outcome: Outcome, payment: str) -> Explanation:
    """Why the runs of a payment are late."""
    name = outcome.network.payment[payment].name
    late = [run for run in outcome.late_runs if run.payment.id == payment]
    endurances = tuple(_endurances(outcome, payment))
    if not late:
        return Explanation(payment, name, _all_in_time(outcome, payment), (), endurances=endurances)
    return Explanation(
        payment,
        name,
        " ".join(_about_run(outcome, run) for run in late),
        tuple(
            _path(outcome, f"{run.day}: {outcome.network.entity[cause].name}", _why(run, cause))
            for run in late
            for cause in run.blocked_by
        ),
        tuple(_course(outcome, run) for run in late),
        lateness_in_words(outcome, late),
        endurances,
    )


def _endurances(outcome: Outcome, payment: str) -> Iterator[str]:
    """How long each stage does without what it needs and is harmed: what may decide whether a run is late."""
    if not any(run.payment.id == payment for run in outcome.runs):
        return
    harmed = {impact.entity.id for impact in outcome.entities if impact.degraded_from is not None}
    for stage in outcome.network.payment[payment].stages:
        for need in stage.needs:
            if harmed & set(need.providers) and _endures(need):
                providers, long = providers_words(need, outcome.network), endurance_words(need)
                what = f" ({need.what})" if need.what else ""
                yield say(
                    f"{stage.name} klarar sig en tid utan {providers}: {long}{what}.",
                    f"{stage.name} does without {providers} for a time: {long}{what}.",
                )


def _endures(need: Need) -> bool:
    return need.floor > 0 or any(step.minutes > 0 for step in need.endurance or ())


def _course(outcome: Outcome, run: RunImpact) -> Course:
    worst = worst_of(run.sound_part)
    accounts = whose(outcome, run, worst)
    return Course(
        title=say(f"{run.day}, konton i {accounts}", f"{run.day}, accounts in {accounts}"),
        day=run.day.isoformat(),
        bank=worst.bank if worst.is_late else None,
        rows=tuple(_stage_row(outcome, part) for part in course_of(outcome, run)),
        branches=tuple(branch_rows(outcome, run)),
        recovery_text=recovery_in_words(outcome, run),
        fault_text=_until_mended(outcome, run),
    )


def _until_mended(outcome: Outcome, run: RunImpact) -> str:
    """Until when a fault in the file holds up its part; "" where there is none."""
    if not run.is_late_by_fault:
        return ""
    until = worst_of(run.faulty_part).completed
    if until is None:
        return say(
            "Felet i filen är inte åtgärdat inom perioden.", "The fault in the file is not mended within the period."
        )
    time = short_of(outcome, until)
    return say(
        f"Felet i filen varar till {time}; då kommer den felaktiga delen.",
        f"The fault in the file lasts until {time}; the faulty part comes then.",
    )


def _stage_row(outcome: Outcome, part: StageCourse) -> StageRow:
    actual = part.actual.completion if part.actual else None
    missed = "cutoff" if part.missed_cutoff is not None else "release" if part.missed_release is not None else None
    return StageRow(
        stage=part.stage.id,
        planned=iso_of(outcome, part.planned.completion),
        actual=iso_of(outcome, actual),
        missed=missed,
        deadline=iso_of(outcome, part.missed_cutoff if missed == "cutoff" else part.missed_release),
        name=part.stage.name,
        planned_text=short_of(outcome, part.planned.completion),
        actual_text=short_of(outcome, actual),
        missed_text=missed_words(outcome, part),
    )


def missed_words(outcome: Outcome, part: StageCourse) -> str:
    """The deadline that a stage missed, if any."""
    if part.missed_cutoff is not None:
        cutoff = short_of(outcome, part.missed_cutoff)
        return say(f"bryttiden {cutoff} missas", f"the cut-off {cutoff} is missed")
    if part.missed_release is not None:
        release = short_of(outcome, part.missed_release)
        return say(f"leveransen {release} missas", f"the release {release} is missed")
    return ""


def _all_in_time(outcome: Outcome, payment: str) -> str:
    days = ", ".join(str(run.day) for run in outcome.runs if run.payment.id == payment)
    if not days:
        return say("Ingen körning ska vara klar inom perioden.", "No run is due within the period.")
    return say(f"Alla körningar blir klara i tid: {days}.", f"No run is late: {days}.")


def _about_run(outcome: Outcome, run: RunImpact) -> str:
    if run.delay is None:
        return say(f"{run.day}: inte klar vid horisontens slut.", f"{run.day}: not done by the end of the horizon.")
    late = [branch for branch in run.sound_part if branch.is_late]
    banks = ", ".join(whose(outcome, run, branch) for branch in late)
    parts = [_how_late(late, say(f"konton i {banks}", f"accounts in {banks}"))] if late else []
    if run.is_late_by_fault:
        parts.append(_how_late(run.faulty_part, faulty_part_words()))
    return f"{run.day}: {', '.join(parts)}."


def _how_late(branches: Sequence[BranchImpact], whom: str) -> str:
    """How late completed branches are at most, and for whom."""
    delay = duration_in_words(worst_of(branches).delay or 0)
    return say(f"upp till {delay} sen för {whom}", f"up to {delay} late for {whom}")


def _why(run: RunImpact, cause: str) -> tuple[Link, ...]:
    """The path from what first held up the run because of a cause, back to it."""
    paths = (one.because for one in run.held_up if one.because[-1].entity == cause)
    return min(paths, key=lambda path: path[0].at)


def _path(outcome: Outcome, title: str, links: tuple[Link, ...]) -> Path:
    zone = time_zone(outcome.network.timezone)
    return Path(
        title,
        tuple(
            Step(
                link.entity,
                iso(link.at, zone),
                round(link.level, 9),
                outcome.network.entity[link.entity].name,
                table_time(link.at, zone),
                level_words(link.level),
                _reason(outcome, link),
            )
            for link in links
        ),
    )


def _cause(outcome: Outcome, link: Link) -> str:
    """What is wrong with the cause itself."""
    given: list[Outage | Pin] = [*outcome.scenario.outages, *outcome.scenario.pins]
    here = [one for one in given if one.entity == link.entity]
    holds = [one for one in here if one.start <= link.at and (one.end is None or link.at < one.end)]
    event = next(
        (one for one in outcome.events if link.entity in one.entities and one.start <= link.at < one.end), None
    )
    if event is not None and not holds:
        return say(f"planerat avbrott: {event.name}", f"planned outage: {event.name}")
    if holds and all(isinstance(one, Pin) for one in holds):
        return say("observerad nivå", "observed level")
    return say("avbrottet", "the outage")


def _reason(outcome: Outcome, link: Link) -> str:
    if link.need is None:
        return _cause(outcome, link)
    need = outcome.network.entity[link.entity].needs[link.need]
    what = f" ({need.what})" if need.what else ""
    needs = say("behöver", "needs")
    return f"{needs} {providers_words(need, outcome.network)}{what}; {say('uthållighet', 'endurance')}: {endurance_words(need)}"
