"""Following up how an incident is handled together: what the log can answer, and how it turned out against what was said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import Outcome
from beroenden.incident.asked import AskedOfUs, asked_of, waits
from beroenden.incident.basis import Basis
from beroenden.incident.comparison import Comparison, Estimate
from beroenden.incident.lagesbild.actors import OwnRun, affected_actors, causing_actors, own_runs, upstream_actors
from beroenden.incident.lagesbild.claims import run_subject
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.log.entries import (
    Decision,
    Entry,
    Issued,
    Log,
    Measure,
    Message,
    Observation,
    Received,
    Request,
    Withdrawn,
    to_dict,
)
from beroenden.incident.outturn import Outturn
from beroenden.incident.readers import entries_to_show, ground_label, label_told, own_id, reader_of, requests_to_others
from beroenden.incident.told_fears import Unfulfilled, unfulfilled_fears
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.model.names import is_source
from beroenden.model.network import WITHHELD
from beroenden.model.scenario import Pin
from beroenden.units.times import brief_date, iso, parse_instant, time_zone

SCHEMA = "beroenden/followup/1"
Verdict = Literal["yes", "partly", "no", "undecided"]
_CONCERNED = ("help", "information")
_OF_THE_HOUSE = ("supersedes", "lowered_from", "lowered_by")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A latest recovery that passed without any measure or decision that concerned it."""

    subject: str
    name: str
    time: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A decision or measure that was withdrawn at a time, with the reason."""

    entry: Decision | Measure
    time: int
    reason: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a log and a model can say to MSB's questions. Times are minutes since the epoch.

    Attributes:
        requests: Unanswered requests for help and information.
        asked: What others have asked of the own house, answered or not.
        names: Names of the actors that they are made to.
        first: The first lägesbild that was issued; None when there is none, and then nothing is compared with it.
        latest: The latest.
        newly_affected: (id, name) of actors that were not affected according to the first.
        unheard: (id, name) of actors where the cause lies, or between it and the own house, that no entry mentions;
            left out for other readers, who see a part of the log.
        comparisons: What issued lägesbilder said against what is known and computed now.
        estimates: Lengths of outages against their first estimate.
        missed: Deadlines that passed without any measure or decision that concerned them; left out for other readers.
        unfulfilled: What was feared and nobody says has happened; left out for other readers.
        taken_back: Decisions and measures that were withdrawn; left out for other readers.
        lowered: (label, role) where a label was lowered for this reader.
    """

    actor: str
    actor_name: str
    event: str
    at: int
    measures: tuple[Measure, ...]
    messages: tuple[Message, ...]
    requests: tuple[Request, ...]
    asked: tuple[AskedOfUs, ...]
    names: Mapping[str, str]
    first: Issued | None
    latest: Issued | None
    newly_affected: tuple[tuple[str, str], ...]
    unheard: tuple[tuple[str, str], ...]
    comparisons: tuple[Comparison, ...]
    estimates: tuple[Estimate, ...]
    missed: tuple[Deadline, ...]
    unfulfilled: tuple[Unfulfilled, ...]
    taken_back: tuple[TakenBack, ...]
    to: str
    lowered: tuple[str, str] | None
    is_exercise: bool
    tlp: str
    timezone: str
    language: Language

    def with_progress(self, *progress: str) -> tuple[Measure, ...]:
        """The measures that have come so far."""
        return tuple(one for one in self.measures if one.progress in progress)

    @property
    def overdue(self) -> tuple[Measure, ...]:
        """Measures whose time has passed and that are neither done nor cancelled."""
        unfinished = self.with_progress("decided", "ongoing")
        return tuple(one for one in unfinished if one.due is not None and one.due < self.at)

    @property
    def communicative(self) -> tuple[Measure, ...]:
        """The communicative measures."""
        return tuple(one for one in self.measures if one.type == "communicative")

    @property
    def incomplete(self) -> tuple[Measure, ...]:
        """Unfinished measures that nobody answers for, or that have no time."""
        unfinished = self.with_progress("decided", "ongoing")
        return tuple(one for one in unfinished if one.owner is None or one.due is None)

    @property
    def done_late(self) -> tuple[Measure, ...]:
        """Measures that were done after they were due."""
        done = self.with_progress("done")
        return tuple(one for one in done if one.done is not None and one.due is not None and one.done > one.due)

    def with_effect(self, *effects: str) -> tuple[Measure, ...]:
        """Measures that are done and had this effect; what nobody has judged is unknown."""
        return tuple(one for one in self.with_progress("done") if (one.effect or "unknown") in effects)

    @property
    def carried_out(self) -> Verdict:
        """Have the measures that were decided been carried out? No once one is overdue or cancelled."""
        if not self.measures:
            return "undecided"
        if self.overdue or self.with_progress("cancelled"):
            return "no"
        return "yes" if len(self.with_progress("done")) == len(self.measures) else "undecided"

    @property
    def effective(self) -> Verdict:
        """Have the measures that were carried out had the intended effect?"""
        if self.with_effect("no"):
            return "no"
        if self.with_effect("partly"):
            return "partly"
        done = self.with_progress("done")
        return "yes" if done and not self.with_effect("unknown") else "undecided"

    def _measure(self, one: Measure, zone: ZoneInfo) -> dict[str, Any]:
        """A measure as JSON; of what it corrected, other readers are told nothing."""
        made = to_dict(one, zone)
        if not self.to:
            return made
        actor = None if one.actor.startswith(WITHHELD) else one.actor
        return {key: value for key, value in made.items() if key not in _OF_THE_HOUSE} | {"actor": actor}

    def to_dict(self) -> dict[str, Any]:
        """The follow-up as JSON."""
        zone = time_zone(self.timezone)

        def ids(entries: Iterable[Entry]) -> list[str]:
            return [one.id for one in entries]

        return {
            "schema": SCHEMA,
            "actor": self.actor,
            "event": self.event,
            "language": self.language,
            "at": iso(self.at, zone),
            "to": self.to or None,
            "exercise": self.is_exercise,
            "tlp": self.tlp,
            "gates": {"carried_out": self.carried_out, "effective": self.effective, "right_direction": None},
            "measures": [self._measure(one, zone) for one in self.measures],
            "counts": {one: len(self.with_progress(one)) for one in ("decided", "ongoing", "done", "cancelled")},
            "effects": {one: len(self.with_effect(one)) for one in ("yes", "partly", "no", "unknown")},
            "overdue": ids(self.overdue),
            "communicative": ids(self.communicative),
            "incomplete": ids(self.incomplete),
            "unanswered": ids(self.requests),
            "asked_of_us": [one.to_dict(zone) for one in self.asked],
            "issued": {"first": self.first and self.first.number, "latest": self.latest and self.latest.number},
            "newly_affected": [one for one, _ in self.newly_affected],
            "unheard": [one for one, _ in self.unheard],
            "comparisons": [one.to_dict(zone) for one in self.comparisons],
            "estimates": [one.to_dict(zone) for one in self.estimates],
            "missed_deadlines": [{"subject": one.subject, "time": iso(one.time, zone)} for one in self.missed],
            "unfulfilled_fears": [
                {"subject": one.subject, "by": one.by or None, "start": iso(one.start, zone)}
                for one in self.unfulfilled
            ],
            "taken_back": [
                {
                    "entry": one.entry.id,
                    "text": one.entry.text,
                    "decided": iso(one.entry.time, zone),
                    "withdrawn": iso(one.time, zone),
                    "reason": one.reason,
                }
                for one in self.taken_back
            ],
        }


def follow_up(
    basis: Basis,
    actor: str,
    log: Log | None = None,
    *,
    is_exercise: bool = True,
    lowered: tuple[str, str] | None = None,
) -> FollowUp:
    """What can be followed up at the as-of time.

    Args:
        basis: What is known by then and what follows.
        actor: Id in the whole model.
        log: The whole log, in which first estimates stand that have been corrected since.
        is_exercise: Whether it belongs to an exercise.
        lowered: (label, role) where a label was lowered for the reader.

    Raises:
        UsageError: when it is no actor.
    """
    here = own_id(basis, actor)
    with writing_in(basis.language):
        return _follow_up(basis, here, log, is_exercise, lowered)


def _follow_up(
    basis: Basis, here: str, log: Log | None, is_exercise: bool, lowered: tuple[str, str] | None
) -> FollowUp:
    network, to = basis.network, reader_of(basis)
    issued = _issued(basis, here)
    first, latest = (issued[0], issued[-1]) if issued else (None, None)
    measures = entries_to_show(basis, Measure)
    messages = entries_to_show(basis, Message)
    requests = tuple(one for one in requests_to_others(basis, here) if waits(basis, one) and one.type in _CONCERNED)
    asked = asked_of(basis, here)
    outturn = Outturn(basis, here, log)
    estimates = tuple(outturn.estimates())
    comparisons = tuple(outturn.comparisons(first, latest)) if first and latest else ()
    newly = _newly(basis, here, first)
    unheard = [] if to else _unheard(basis, here)
    missed = () if to else tuple(_missed(basis, here, issued, log or basis.log))
    unfulfilled = tuple(unfulfilled_fears(basis))
    taken_back = () if to else tuple(_taken_back(basis))
    labels = (
        ground_label(basis),
        label_told(basis, here, *newly, *unheard),
        *(label_told(basis, one.subject.partition(" ")[0]) for one in missed),
        *(one.tlp for one in comparisons),
        *(one.tlp for one in estimates),
        *(strictest(one.tlp, label_told(basis, one.subject)) for one in unfulfilled),
        *(one.tlp for one in asked),
        *(basis.log.label(one) for one in (*measures, *messages, *requests) if basis.log),
        *(basis.log.label(one.entry) for one in taken_back if basis.log),
    )
    return FollowUp(
        actor=here,
        actor_name=network.entity[here].name,
        event=basis.known.scenario.name,
        at=basis.at,
        measures=measures,
        messages=messages,
        requests=requests,
        asked=asked,
        names={one.to: network.entity[one.to].name for one in requests if one.to in network.entity},
        first=first,
        latest=latest,
        newly_affected=tuple((one, network.entity[one].name) for one in newly),
        unheard=tuple((one, network.entity[one].name) for one in unheard),
        comparisons=comparisons,
        estimates=estimates,
        missed=missed,
        unfulfilled=unfulfilled,
        taken_back=taken_back,
        to=to,
        lowered=lowered,
        is_exercise=is_exercise,
        tlp=strictest(network.tlp, *labels),
        timezone=network.timezone,
        language=basis.language,
    )


def _issued(basis: Basis, actor: str) -> list[Issued]:
    """The actor's issued lägesbilder in order: the whole ones for the own house, else others for it, else any."""
    mine = [one for one in (basis.log.of(Issued) if basis.log else ()) if one.actor == actor]
    own = [one for one in mine if one.to is None]
    return [one for one in own if one.form == "intern"] or own or mine


def _newly(basis: Basis, here: str, first: Issued | None) -> list[str]:
    """Actors that are affected now and were not in the first lägesbild."""
    if first is None:
        return []
    before = {basis.mask.ids.get(one.subject, one.subject) for one in first.claims if one.aspect == "affected"}
    found = [one for one in affected_actors(basis.outcome) if one not in before and one != here]
    return [one for one in found if basis.may_name(one)]


def _unheard(basis: Basis, here: str) -> list[str]:
    """Actors between the cause and the own house, or where it lies, without an entry, source, request or delgivning."""
    heard: set[str | None] = set()
    for entry in basis.log.entries if basis.log else ():
        heard.add(entry.actor)
        heard |= {getattr(entry, "to", None), entry.sender if isinstance(entry, Received) else None}
    stopped = (one for run in own_runs(basis.outcome, here) if run.late for one in run.run.blocked_by)
    chain = (
        *causing_actors(basis.outcome, here),
        *upstream_actors(basis.outcome, here),
        *map(basis.network.actor_of, stopped),
    )
    sources = [entry.source for entry in (basis.log.entries if basis.log else ()) if entry.source]
    names = [one.name for one in basis.network.entities]
    heard |= {
        one for one in chain if any(is_source(source, basis.network.entity[one].name, names) for source in sources)
    }
    hidden = basis.network.withheld
    return [one for one in dict.fromkeys(chain) if one not in heard and one not in hidden and one != here]


def _missed(basis: Basis, here: str, issued: Iterable[Issued], log: Log | None) -> Iterable[Deadline]:
    """Deadlines of what is now late that have passed and that no measure or decision concerned by then.

    They are as the log as it stands now has them, for a lägesbild that was mistaken of the outage was so of the deadline;
    as they were said, where it has none.
    """
    zone = time_zone(basis.network.timezone)
    runs = {run_subject(run): run for run in own_runs(basis.outcome, here)}
    found: dict[str, int] = {}
    for one in issued:
        for claim in one.claims:
            if claim.aspect == "latest_recovery" and claim.subject in runs:
                found[claim.subject] = parse_instant(claim.value, zone)
    for outcome in _as_outages_began(basis):
        found |= {run_subject(run): time for run in own_runs(outcome, here) if (time := _exceeded(run, outcome))}
    for subject, time in sorted(found.items(), key=lambda item: item[1]):
        run = runs[subject].run
        is_missed = runs[subject].late and time < basis.at
        if is_missed and not _concerned_by(log, time, basis.at) & {run.payment.id, *run.blocked_by}:
            yield Deadline(subject, f"{run.payment.name} ({brief_date(run.day)})", time)


def _concerned_by(log: Log | None, time: int, at: int) -> set[str]:
    """Ids that the decisions and measures of a time concern, with those that are known (at) to have been carried out by then."""
    if log is None:
        return set()
    then = log.as_of(time)
    acted: list[Measure | Decision] = [*then.of(Decision)]
    acted += [one for one in then.of(Measure) if one.progress != "cancelled"]
    acted += [one for one in log.as_of(at).of(Measure) if one.done is not None and one.done <= time]
    return {one for entry in acted for one in entry.concerns}


def _taken_back(basis: Basis) -> Iterator[TakenBack]:
    """The decisions and measures that have been withdrawn, in the order in which that was done."""
    withdrawn = {one.id: one for one in basis.known.withdrawn}
    for one in basis.log.of(Withdrawn) if basis.log else ():
        entry = withdrawn.get(one.supersedes or "")
        if isinstance(entry, Decision | Measure):
            yield TakenBack(entry, one.time, one.text)


def _as_outages_began(basis: Basis) -> Iterator[Outcome]:
    """What follows as of the minute after each outage began, in order, then as of now: once it is over nothing can be saved."""
    scenario = basis.known.scenario
    began = sorted({one.start + 1 for one in scenario.outages if one.start < basis.at})
    for time in began:
        yield varied(basis.outcome, scenario=replace(scenario, at=time, pins=tuple(_seen_by(basis, time))))
    yield basis.outcome


def _seen_by(basis: Basis, time: int) -> Iterator[Pin]:
    """The levels that had been observed by a time, until then or until it was said to end: else they may end with the outages."""
    limited = {(one.entity, one.time) for one in (basis.log.of(Observation) if basis.log else ()) if one.until}
    for pin in basis.known.scenario.pins:
        if pin.start < time:
            is_open = (pin.entity, pin.start) not in limited and (pin.end is None or pin.end > time)
            yield replace(pin, end=time) if is_open else pin


def _exceeded(run: OwnRun, outcome: Outcome) -> int | None:
    """The deadline of a run, where something that is out went on past it."""
    time = run.deadline
    if time is None or not any(one.start < time and (one.end is None or one.end > time) for one in outcome.outages):
        return None
    return time


def answer_in_words(verdict: Verdict, figures: str, *, is_shared: bool = False) -> str:
    """What the log says to a question that counts can decide; a reader of a part (is_shared) knows that it is one."""
    if verdict == "undecided":
        more = say("Mer går inte att avgöra av loggen.", "No more can be decided from the log.")
        part = say("Mer går inte att avgöra av det som delas.", "No more can be decided from what is shared.")
        return f"{figures} {part if is_shared else more}"
    by = say("enligt de poster som delas", "according to the shared entries")
    by = by if is_shared else say("enligt loggen", "according to the log")
    answers = {"yes": say("Ja", "Yes"), "partly": say("Delvis", "In part"), "no": say("Nej", "No")}
    return f"{answers[verdict]} {by}. {figures}"
