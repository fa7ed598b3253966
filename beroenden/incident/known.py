"""What is known at a time: the outages and observed levels of a log, as a scenario. Nothing later shines through."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile

from beroenden.consequences.lengths import length_quantile
from beroenden.incident.log.entries import Entry, Log, Observation, OutageEntry, Withdrawn
from beroenden.incident.log.rules import first_seen
from beroenden.incident.mended import going_on
from beroenden.incident.observed import held, latest, levels_of, observed, seen_over
from beroenden.incident.plans import is_seen, unseen
from beroenden.incident.reported import (
    how_sure_others_are,
    is_another,
    is_beside_plan,
    observed_by_others,
    reported_by_others,
    told_by,
)
from beroenden.incident.said import (
    has_ended,
    holds_level,
    is_better,
    is_feared,
    is_overtaken,
    is_past,
    is_whole,
    is_wholly_up,
)
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.units.durations import DAY

HORIZON = 14 * DAY
"""How far ahead of the as-of time a lägesbild looks."""
_Spell = tuple[int, int | None]
"""From when until when something is out; an end of None is not known."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at a time and is simulated.

    Attributes:
        scenario: Outages and pinned levels, with the as-of time.
        log: The log as of that time; None when only a scenario is given.
        reports: For each outage of the scenario, the entry that reported it; None for the scenario's own, for
            what an observation goes on as, and for what others have reported.
        over: For each outage of the scenario, whether somebody says that it has ended or how it went on; not only that it was
            expected to end.
        feared: Outages that are feared and may still come; not simulated beside those that have begun.
        overtaken: Entries of outages that have lasted longer than was thought possible.
        pins: Observations that hold a level.
        unobserved: The scenario without them: what the model would say of itself.
        sure: The scenario without those that are unconfirmed; None where all are confirmed.
        unseen: What was planned, and to have begun by now, of which nobody has said since that it did: its id and start.
        by_others: Ids of what is reckoned with by others' word, or would be without what is unconfirmed.
        withdrawn: Entries that were made by mistake, for the own house.
        corrected: Entries that others have corrected, for the own house.
    """

    scenario: Scenario
    log: Log | None = None
    reports: tuple[OutageEntry | None, ...] = ()
    over: tuple[bool, ...] = ()
    feared: tuple[OutageEntry, ...] = ()
    overtaken: tuple[OutageEntry, ...] = ()
    pins: tuple[Observation, ...] = ()
    unobserved: Scenario | None = None
    sure: Scenario | None = None
    unseen: frozenset[tuple[str, int]] = frozenset()
    by_others: frozenset[str] = frozenset()
    withdrawn: tuple[Entry, ...] = ()
    corrected: tuple[Entry, ...] = ()

    @property
    def unreported(self) -> list[Outage]:
        """The outages of the scenario that the own log has no report of."""
        return [one for one, report in zip(self.scenario.outages, self.reports, strict=True) if report is None]

    @property
    def held(self) -> list[Observation]:
        """The observations whose level holds at the as-of time: of each entity the last, if nothing has been said since."""
        at, last = self.scenario.at, {one.entity: one for one in self.pins}
        if at is None:
            return []
        ends = {(pin.entity, pin.start): pin.end for pin in self.scenario.pins}
        found = (one for one in last.values() if one.until is None or one.until > at)
        return [one for one in found if one.time == at or (ends.get((one.entity or "", one.time), 0) or 0) >= at]

    def came(self, feared: Outage) -> Outage | None:
        """The outage that has begun of what was feared and goes on past the time from which it was; none before that if it is less bad."""
        at = self.scenario.at or 0
        for one, report in zip(self.scenario.outages, self.reports, strict=True):
            has_begun = one.start <= at and (report is None or report.status != "feared")
            goes_on = one.subject == feared.subject and (one.end is None or one.end > feared.start)
            if has_begun and goes_on and (feared.start <= at or not is_better(one, feared)):
                return one
        return None

    def may_come(self, feared: Outage) -> bool:
        """Whether what is feared has not come, and the time that it was feared for is not over."""
        return self.came(feared) is None and not is_past(feared, self.scenario.at or 0)

    @property
    def doubted(self) -> frozenset[str]:
        """Ids of what is out, or was last, by the word of nobody who has confirmed it; without a log, of nothing.

        Of what is only planned, the last of that.
        """
        at, pairs = self.scenario.at, sorted(zip(self.scenario.outages, self.reports, strict=True), key=_start_of)
        planned = [one for one in pairs if at is not None and one[0].start > at]
        words = {
            one.subject: self.is_doubted(one, report) for one, report in (*planned, *pairs[: len(pairs) - len(planned)])
        }
        return frozenset(subject for subject, is_doubted in words.items() if is_doubted)

    def is_doubted(self, outage: Outage, report: OutageEntry | None) -> bool:
        """Whether an outage is reported, told by others or observed, and confirmed by none of that."""
        seen = [one for one in self.pins if one.entity == outage.entity and one.time >= outage.start]
        words = [one.status for one in seen if (one.level or 0.0) < 1]
        words += [report.status] if report else []
        words += how_sure_others_are(self.log, outage.subject) if self.log and self.is_of_others(outage, report) else []
        return bool(words) and not {"confirmed", "feared", "bekräftad"} & {*words}

    def is_of_others(self, outage: Outage, report: OutageEntry | None) -> bool:
        """Whether an outage is known only because others tell of it: it is neither reported nor observed, nor a scenario's own."""
        seen = any((one.entity, one.time) == (outage.entity, outage.start) for one in self.pins)
        return self.log is not None and report is None and not seen

    def is_unconfirmed(self, outage: Outage, report: OutageEntry | None) -> bool:
        """Whether an outage is reported, or told by others, by nobody who has confirmed it; what is observed of it aside."""
        if report is not None:
            return report.status == "unconfirmed"
        return self.is_of_others(outage, report) and self.is_doubted(outage, report)

    def is_planned(self, outage: Outage) -> bool:
        """Whether the log has an outage that is to begin later, and not only as a fear; what goes over into it has begun."""
        at, pairs = self.scenario.at, zip(self.scenario.outages, self.reports, strict=True)
        if self.log is None or at is None or outage.entity is None or outage.start <= at:
            return False
        if any(one == outage and report is not None and report.status == "feared" for one, report in pairs):
            return False
        return not any(one.entity == outage.entity and one.end == outage.start for one in self.scenario.outages)

    def is_unseen(self, outage: Outage) -> bool:
        """Whether an outage was planned, and to have begun by now, and nobody has said since that it did."""
        return (outage.subject, outage.start) in self.unseen

    def is_only_planned(self, outage: Outage) -> bool:
        """Whether an outage is known only as planned, to begin later or at a time that has come."""
        return self.is_planned(outage) or self.is_unseen(outage)

    @property
    def told(self) -> tuple[Outage, ...]:
        """Each outage of the scenario as it was reported: a fault in a file that went over into another as its own part."""
        return tuple(map(_as_told, self.scenario.outages, self.reports))


def _start_of(reported: tuple[Outage, OutageEntry | None]) -> int:
    return reported[0].start


def known_from(scenario: Scenario) -> Known:
    """What a scenario says."""
    unreported = len(scenario.outages)
    return Known(scenario, reports=(None,) * unreported, over=(False,) * unreported)


def known_at(log: Log, at: int, network: Network) -> Known:
    """What a log says at a time.

    Args:
        log: The whole log.
        at: The as-of time, in minutes since the epoch.
        network: The model, whose time zone others' times are read in, and which says what an observed level follows from.
    """
    then = log.as_of(at)
    entries = then.of(OutageEntry)
    feared = tuple(entry for entry in entries if entry.status == "feared")
    begun = [entry for entry in entries if entry.status != "feared"]
    scene = _Scene(then, at, tuple(begun), _last_words(begun))
    own = _seen(log, then)
    seen = scene.with_seen_by_others(network, own)
    has_begun = bool(begun or scene.others(network, own)) or not all(map(is_whole, seen))
    if not has_begun:
        scene = replace(scene, simulated=feared)
    scenario, over, pins = scene.with_observed(network, seen)
    sure = _confirmed(scene.with_seen_by_others(network, _confirmed(own)))
    reported, others = map(scene.ended, scene.reported()), scene.others(network, seen)
    known = Known(
        scenario=scenario,
        log=then,
        reports=(*scene.simulated, *[None] * (len(scenario.outages) - len(scene.simulated))),
        over=over,
        overtaken=tuple(entry for entry in scene.simulated if is_overtaken(entry.outage, scene.looked_at)),
        pins=pins,
        unobserved=replace(scenario, outages=going_on((*reported, *(outage for outage, _ in others))), pins=()),
        sure=scene.with_observed(network, sure)[0] if sure != seen else None,
        by_others=scene.by_others(network, own) | scene.by_others(network, _confirmed(own)),
        withdrawn=tuple(log.entry[one.supersedes] for one in then.of(Withdrawn) if one.supersedes in log.entry),
        corrected=tuple(log.entry[one] for chain in then.corrects.values() for one, _ in chain),
    )
    known = replace(known, unseen=frozenset(unseen(zip(known.told, known.reports, strict=True), then, at, network)))
    return replace(known, feared=tuple(one for one in feared if has_begun and known.may_come(one.outage)))


def _as_told(outage: Outage, report: OutageEntry | None) -> Outage:
    """A fault in a file with the share, start and end of its report; an end that is estimated as it is reckoned."""
    if report is None or outage.payment is None:
        return outage
    said = report.outage
    end = outage.end if said.end is None or said.length is not None else said.end
    length = None if outage.length is None else said.length
    return replace(outage, share=said.share, start=said.start, end=end, length=length)


def reckoned_at(log: Log, at: int) -> dict[str, Outage]:
    """Each reported outage by the id of its entry, with the end that a lägesbild reckons with at a time."""
    then = log.as_of(at)
    entries = tuple(entry for entry in then.of(OutageEntry) if entry.status != "feared")
    scene = _Scene(then, at, entries, _last_words(entries))
    outages = seen_over(scene.reported(), _seen(log, then), scene.last_words)
    return {entry.id: scene.ended(outage) for entry, outage in zip(entries, outages, strict=True)}


def level_without(log: Log, observation: Observation, network: Network) -> float:
    """The level of an observed entity when it was observed, computed from the rest of what the log then said had happened."""
    entity, at = observation.entity or "", observation.time
    then = log.as_of(at).entries
    rest = tuple(one for one in then if one.id != observation.id and not is_feared(one))
    scenario = known_at(replace(log, entries=rest), at, network).scenario
    return levels_of(network, scenario.outages, scenario.pins, entity, at + 1).at(at)


def goes_on(log: Log, observation: Observation, network: Network) -> bool:
    """Whether an observed level goes on as an outage of its own, of unknown length, when it was observed."""
    known = known_at(log, observation.time, network)
    beside = known.scenario.outages[sum(report is not None for report in known.reports) :]
    return Outage(observation.time, None, observation.entity, remaining=observation.level or 0.0) in beside


@dataclass(frozen=True, slots=True)
class _Scene:
    """What was reported by a time, to which what was observed can be added.

    Attributes:
        log: As it stood then.
        simulated: The reports of outages.
        last_words: When an outage of each entity was last reported.
    """

    log: Log
    at: int
    simulated: tuple[OutageEntry, ...]
    last_words: dict[str, int]

    @property
    def looked_at(self) -> int:
        """The as-of time, or the closing before it: no outage outlasts that."""
        closed = self.log.closed_at
        return self.at if closed is None else min(self.at, closed)

    def reported(self) -> list[Outage]:
        """The own log's outages, as far as their reports say when they end."""
        return [_as_of(entry.outage, self.looked_at) for entry in self.simulated]

    def others(self, network: Network, pins: Sequence[Observation]) -> list[tuple[Outage, bool]]:
        """Outages that others report, as far as nothing of the own log outranks them, and whether they are over."""
        own = self._own_spells(pins)
        found = []
        for at, parts in reported_by_others(self.log, network):
            told = [(self.ended(_as_of(outage, self.looked_at)), is_over) for outage, is_over in parts]
            told = [(outage, is_over) for outage, is_over in told if not self._plans_itself(outage)]
            subject = parts[0][0].subject
            found += _not_outranked(told, own.get(subject, ()), at, self._plans_come(subject))
        return found

    def _plans_come(self, subject: str) -> list[OutageEntry]:
        """What the own log planned of a thing that is to have begun by now, where it has said nothing of the thing since."""
        entries = (one for one in self.log.of(OutageEntry) if one.outage.subject == subject and not is_feared(one))
        come = (one for one in entries if one.time < one.outage.start <= self.at)
        return [one for one in come if not is_seen(self.log, one.outage)]

    def _plans_itself(self, told: Outage) -> bool:
        """Whether what another plans is to go on at some time of what the own log plans of the same thing."""
        plans = (entry.outage for entry in self.simulated if entry.outage.start > self.at)
        own = [(one.start, one.end) for one in plans if one.subject == told.subject]
        return told.start > self.at and any(_meets(told, spell) for spell in own)

    def with_seen_by_others(self, network: Network, pins: Sequence[Observation]) -> list[Observation]:
        """What was observed, and what others have seen since of what is not out then by the own log, or who answers for it."""
        own, last = self._own_spells(pins), {one.entity: one.time for one in pins}
        found, others = list(pins), self.others(network, pins)
        for seen in observed_by_others(self.log, network):
            entity, answering = seen[0].entity or "", network.answering(seen[0].entity or "")
            spells = own.get(entity, [])
            if seen[0].actor != answering in {one.sender for one in told_by(self.log, entity)}:
                spells = spells + [(one.start, one.end) for one, _ in others if one.subject == entity]
            since = last.get(seen[0].entity, seen[0].time - 1)
            news = (one for one in seen if one.time > since and not any(_goes_on(spell, one.time) for spell in spells))
            found += dropwhile(is_wholly_up, news)
        return found

    def by_others(self, network: Network, pins: Sequence[Observation]) -> frozenset[str]:
        """Ids of what others report or have seen, as far as that counts."""
        reported = {outage.subject for outage, _ in self.others(network, pins)}
        return frozenset(reported | {one.entity or "" for one in self.with_seen_by_others(network, pins)[len(pins) :]})

    def _own_spells(self, pins: Iterable[Observation]) -> dict[str, list[_Spell]]:
        """From when until when each thing is out by the outages of the own log that have begun."""
        entries = (entry for entry in self.log.of(OutageEntry) if entry.status != "feared")
        reported = [_as_of(entry.outage, self.looked_at) for entry in entries if entry.outage.start <= self.at]
        spells: dict[str, list[_Spell]] = {}
        for outage in map(self.ended, seen_over(reported, pins, self.last_words)):
            spells.setdefault(outage.subject, []).append((outage.start, outage.end))
        return spells

    def with_observed(
        self, network: Network, pins: Sequence[Observation]
    ) -> tuple[Scenario, tuple[bool, ...], tuple[Observation, ...]]:
        """The scenario, whether each of its outages is over, and the observations as they hold."""
        own, others = self.reported(), self.others(network, pins)
        told, words = [outage for outage, _ in others], _words_of(others, self.looked_at)
        seen = observed(network, (*own, *told), pins, self.last_words, words, self.looked_at)
        beside = [(self.ended(outage), is_over) for outage, is_over in seen.beside]
        known = tuple(map(self.ended, seen.outages))
        outages = (*known[: len(own)], *(outage for outage, _ in beside), *known[len(own) :])
        begun = [one.start for one in outages]
        first = min([*(begun or [self.log.incident.opened]), *(one.time for one in seen.pins)])
        scenario = Scenario(
            outages=going_on(outages),
            pins=tuple(self._pins(seen.pins, latest(self.last_words, words))),
            horizon=max(self.at, min(begun, default=first)) - first + HORIZON,
            at=self.at,
            name=self.log.incident.name,
            since=first,
        )
        said = (*map(has_ended, self.simulated), *(is_over for _, is_over in (*beside, *others)))
        mended = {(one.entity, one.time) for one in _confirmed(seen.pins) if is_wholly_up(one)}
        over = tuple(
            is_over or self._went_on(one, outages) or (one.entity, one.end) in mended
            for one, is_over in zip(outages, said, strict=True)
        )
        return scenario, over, seen.pins

    def _went_on(self, outage: Outage, outages: Iterable[Outage]) -> bool:
        """Whether another outage of the same thing has begun when this one ended, so that its end is known by that."""
        end = self.looked_at + 1 if outage.end is None else outage.end
        begun = (one for one in outages if one.start == end <= self.looked_at)
        return any(one.subject == outage.subject and one.start > outage.start for one in begun)

    def _pins(self, observations: Sequence[Observation], last_words: Mapping[str, int]) -> Iterator[Pin]:
        """The observed levels as they hold: none longer than until the outage of its entity is reported to have ended."""
        ended = {one.outage.entity: one.outage.end for one in self.simulated if has_ended(one)}
        for pin in held(observations, last_words, self.looked_at):
            over = ended.get(pin.entity)
            if over is None or pin.end is None or over <= pin.start:
                yield pin
            else:
                yield replace(pin, end=min(pin.end, over))

    def ended(self, outage: Outage) -> Outage:
        """The outage; when the incident is closed, one whose end nobody has said ends with that at the latest."""
        closed = self.log.closed_at
        is_open = outage.end is None or outage.length is not None
        if closed is None or not is_open or outage.start >= closed:
            return outage
        return replace(outage, end=min(closed, outage.end or closed), length=None)


def _seen(log: Log, then: Log) -> list[Observation]:
    """The observations that hold a level in a log as it stood, from when each level was first seen."""
    return [_since_seen(log, one) for one in then.of(Observation) if holds_level(one)]


def _confirmed(observations: Iterable[Observation]) -> list[Observation]:
    return [one for one in observations if one.status != "unconfirmed"]


def _since_seen(log: Log, observation: Observation) -> Observation:
    """A corrected observation that holds the same level of the same entity, from when that was first seen."""
    return replace(observation, time=first_seen(observation, log.entry).time)


def _last_words(entries: Iterable[OutageEntry]) -> dict[str, int]:
    """When an outage of each entity was last reported: what was observed before that no longer holds."""
    last: dict[str, int] = {}
    for entry in entries:
        if entry.outage.entity:
            last[entry.outage.entity] = max(entry.time, last.get(entry.outage.entity, entry.time))
    return last


def _as_of(outage: Outage, at: int) -> Outage:
    """The outage with the end that is most likely when it still lasts at a time; none when no end is likely any more."""
    if outage.length is None or outage.start + outage.length.typical > at:
        return outage
    if is_overtaken(outage, at):
        return replace(outage, end=None, length=None)
    return replace(outage, end=outage.start + length_quantile(outage.length, 0.5, at - outage.start))


def _words_of(others: Iterable[tuple[Outage, bool]], at: int) -> dict[str, int]:
    """When an outage of each entity last began, or was over, by others' word; what is to come has not."""
    last: dict[str, int] = {}
    for outage, is_over in others:
        moment = outage.end if is_over and outage.end is not None else outage.start
        if outage.entity and moment <= at:
            last[outage.entity] = max(moment, last.get(outage.entity, moment))
    return last


def _not_outranked(
    told: Sequence[tuple[Outage, bool]], own: Sequence[_Spell], at: int, plans: Sequence[OutageEntry]
) -> list[tuple[Outage, bool]]:
    """The parts of outages by others' word, and whether they are over, that the own log does not outrank.

    Args:
        told: What others tell of one thing.
        own: From when until when it is out by the own log. What was over before then counts, and what begins after it, and
            what is planned to come and is another. What goes on then is taken to be the same outage, as the own log has it,
            with all that directly continues it; where it directly continues a part that counts, it does until then.
        at: As of when they tell it.
        plans: Which of those were planned and nobody has seen begin: what began before and is another counts beside them.
    """
    every = [outage for outage, _ in told]
    found, same = list[tuple[Outage, bool]](), set[int | None]()
    for outage, is_over in sorted(told, key=lambda one: one[0].start):
        others = {one.outage.start for one in plans if is_beside_plan(outage, every, one.outage, one.time)}
        met = [begun for begun, until in own if begun not in others and _meets(outage, (begun, until))]
        if outage.start not in same:
            met = [begun for begun in met if not is_another(begun, outage.start, outage.end, at)]
        since = min(met, default=None)
        if since is None and outage.start not in same:
            found.append((outage, is_over))
            continue
        same.add(outage.end)
        if since is not None and outage.start < since and any(before.end == outage.start for before, _ in found):
            found.append((replace(outage, end=since, length=None), True))
    return found


def _meets(outage: Outage, spell: _Spell) -> bool:
    """Whether an outage goes on at some time of a spell."""
    return (outage.end is None or outage.end > spell[0]) and _goes_on(spell, max(outage.start, spell[0]))


def _goes_on(spell: _Spell, moment: int) -> bool:
    """Whether a spell has begun at a moment and is not over."""
    return spell[0] <= moment and (spell[1] is None or moment < spell[1])
