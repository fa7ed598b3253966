"""How it turned out against what was said: issued lägesbilder against now, and outages against their first estimate."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, own_entities, own_runs
from beroenden.incident.lagesbild.claims import NEVER, run_subject
from beroenden.incident.lagesbild.writer import Writer, outage_name
from beroenden.incident.log.entries import Issued, Log, OutageEntry
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.durations import duration_in_words
from beroenden.units.times import iso, parse_instant

ASPECTS = ("start", "end", "restored", "completed")
Key = tuple[str, str]
Moment = int | str | None
"""An instant; NEVER: not reached within the time looked at; None: nothing was said."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was said of a subject, and what is known or computed now.

    Attributes:
        first: What the first lägesbild said; None: nothing.
        latest: What the latest said.
        now: What is said now; None: nothing, so it is no longer late, out or impaired.
    """

    subject: str
    aspect: str
    name: str
    first: Moment
    latest: Moment
    now: Moment
    tlp: str

    @property
    def said(self) -> Moment:
        """What was said first, by the first lägesbild or else the latest."""
        return self.latest if self.first is None else self.first

    @property
    def difference(self) -> int | None:
        """Minutes later (positive) or earlier than was first said; None where there is no number for it."""
        if isinstance(self.said, int) and isinstance(self.now, int):
            return self.now - self.said
        return None

    def to_dict(self, zone: ZoneInfo) -> dict[str, Any]:
        """The comparison as JSON."""
        return {
            "subject": self.subject,
            "aspect": self.aspect,
            "first": _json(self.first, zone),
            "latest": _json(self.latest, zone),
            "now": _json(self.now, zone),
            "difference_minutes": self.difference,
        }


@dataclass(frozen=True, slots=True)
class Estimate:
    """The length of an outage as first stated and as it is now. Minutes; None is unknown.

    Attributes:
        said: Instant at which the first length was stated.
        is_over: Whether it has ended by the as-of time.
        elapsed: How long it has lasted by then.
    """

    subject: str
    name: str
    said: int
    first: int | None
    now: int | None
    is_over: bool
    elapsed: int
    tlp: str

    @property
    def difference(self) -> int | None:
        """Minutes longer (positive) or shorter; of an outage of unknown length, what it has already gone beyond."""
        if self.first is None:
            return None
        if self.now is None:
            return self.elapsed - self.first if self.elapsed > self.first else None
        return self.now - self.first

    def to_dict(self, zone: ZoneInfo) -> dict[str, Any]:
        """The estimate as JSON."""
        return {
            "subject": self.subject,
            "said": iso(self.said, zone),
            "first_minutes": self.first,
            "now_minutes": self.now,
            "over": self.is_over,
            "elapsed_minutes": self.elapsed,
            "difference_minutes": self.difference,
        }


class Outturn(Writer):
    """Compares for one actor at the as-of time."""

    def __init__(self, basis: Basis, actor: str) -> None:
        super().__init__(basis, actor)
        self._runs = {run_subject(run): run for run in own_runs(basis.outcome, actor)}
        self._impacts = {one.entity.id: one for one in own_entities(basis.outcome, actor)}

    def comparisons(self, first: Issued, latest: Issued) -> Iterator[Comparison]:
        """Each subject of an issued lägesbild, then what is late or impaired now and was not said to be."""
        before, after = self._said(first), self._said(latest)
        now = self._now()
        keys = dict.fromkeys((*before, *after, *now))
        for subject, aspect in sorted(keys, key=lambda key: ASPECTS.index(key[1])):
            name = self._subject(subject, aspect)
            if name is None or (aspect == "start" and (subject, aspect) not in (*before, *after)):
                continue
            key = subject, aspect
            current = now.get(key, self._settled(key))
            yield Comparison(subject, aspect, name, before.get(key), after.get(key), current, self._label(subject))

    def estimates(self, log: Log) -> Iterator[Estimate]:
        """Each reported outage against the first report of it, also where that was corrected since."""
        known = self._known
        for outage, report in zip(known.scenario.outages, known.reports, strict=True):
            if report is None or report.status == "feared" or not self._is_shared(outage.entity, outage.payment):
                continue
            first = self._first_stated(log, report.id)
            if first is not None:
                labels = (self._shown_label(log, one) for one in (first.id, report.id))
                label = strictest(*labels, self._label_of(outage))
                yield self._estimate(outage, first, label)

    def _estimate(self, outage: Outage, first: OutageEntry, label: str) -> Estimate:
        is_over = outage.end is not None and outage.end <= self._at
        until = outage.end if is_over and outage.end is not None else self._at
        return Estimate(
            outage.entity or outage.payment or "",
            outage_name(self._network, outage),
            first.time,
            None if first.outage.end is None else first.outage.end - first.outage.start,
            None if outage.end is None else outage.end - outage.start,
            is_over,
            max(until - outage.start, 0),
            label,
        )

    def _first_stated(self, log: Log, entry: str) -> OutageEntry | None:
        """The earliest report of an outage that the reader may see, preferably one that gave a length."""
        chain: list[OutageEntry] = []
        one: str | None = entry
        while one is not None and one in log.entry and log.entry[one] not in chain:
            found = log.entry[one]
            if isinstance(found, OutageEntry) and self._may_use(log, found):
                chain.append(found)
            one = found.supersedes
        stated = [one for one in reversed(chain) if one.outage.end is not None]
        return stated[0] if stated else chain[-1] if chain else None

    def _shown_label(self, log: Log, entry: str) -> str:
        label, viewer = log.label(log.entry[entry]), self._basis.viewer
        return label if viewer is None else viewer.label_for(label)

    def _may_use(self, log: Log, entry: OutageEntry) -> bool:
        viewer = self._basis.viewer
        return viewer is None or (entry.disclose and viewer.may_read(log.label(entry)))

    def _said(self, issued: Issued) -> dict[Key, Moment]:
        return {
            (claim.subject, claim.aspect): NEVER if claim.value == NEVER else parse_instant(claim.value, self._zone)
            for claim in issued.claims
            if claim.aspect in ASPECTS
        }

    def _now(self) -> dict[Key, Moment]:
        """What is late, impaired or out now."""
        found: dict[Key, Moment] = {}
        for outage in self._known.scenario.outages:
            subject = outage.entity or outage.payment or ""
            found.setdefault((subject, "start"), outage.start)
            found[subject, "end"] = NEVER if outage.end is None else outage.end
        for one, impact in self._impacts.items():
            found[one, "restored"] = NEVER if impact.restored is None else impact.restored
        for subject, run in self._runs.items():
            if run.late:
                found[subject, "completed"] = _completed(run)
        return found

    def _settled(self, key: Key) -> Moment:
        """When a run that is no longer late is complete."""
        run = self._runs.get(key[0]) if key[1] == "completed" else None
        return None if run is None else _completed(run)

    def _subject(self, subject: str, aspect: str) -> str | None:
        """What it is called; None when the reader may not know of it or the model has it no longer."""
        one, _, day = subject.partition(" ")
        words = {
            "start": say("avbrottets början", "start of the outage"),
            "end": say("avbrottet åtgärdat", "outage resolved"),
            "restored": say("återställt", "restored"),
            "completed": say("klar", "complete"),
        }
        if not self._is_shared(one):
            return None
        if one in self._network.payment:
            return f"{self._network.payment[one].name} ({day}), {words[aspect]}" if day else None
        return f"{self._name(one)}, {words[aspect]}" if one in self._network.entity else None

    def _label(self, subject: str) -> str:
        one = subject.partition(" ")[0]
        if one in self._network.entity:
            return self._network.label_of(one)
        return self._network.payment[one].provenance.tlp or self._network.tlp

    def _label_of(self, outage: Outage) -> str:
        return self._label(outage.entity or outage.payment or "")


def moment_in_words(moment: Moment, when: str, aspect: str, *, is_said: bool = True) -> str:
    """What was said or is so: an instant in words (`when`), not within the period, or nothing."""
    if isinstance(moment, int):
        return when
    if moment == NEVER:
        unknown = say("okänt", "unknown")
        return unknown if aspect == "end" else say("inte inom perioden", "not within the period")
    if is_said:
        return say("inget sagt", "nothing said")
    settled = {
        "completed": say("i tid", "on time"),
        "restored": say("inte nedsatt", "not impaired"),
        "end": say("inget avbrott", "no outage"),
        "start": say("inget avbrott", "no outage"),
    }
    return settled[aspect]


def difference_in_words(one: Comparison) -> str:
    """How much later or earlier than was first said."""
    if one.difference is not None:
        return _span(one.difference, say("senare", "later"), say("tidigare", "earlier"))
    if one.said is None:
        return say("inte förutsett", "not foreseen")
    if one.now is None:
        return say("inträffade inte", "did not happen")
    return say("oförändrat", "unchanged") if one.said == one.now else say("ändrat", "changed")


def longer_in_words(one: Estimate) -> str:
    """How much longer or shorter than was first estimated."""
    if one.difference is None:
        return say("går inte att säga", "cannot be said")
    words = _span(one.difference, say("längre", "longer"), say("kortare", "shorter"))
    return words if one.now is not None else say(f"redan {words}", f"already {words}")


def _span(minutes: int, more: str, less: str) -> str:
    if not minutes:
        return say("som det sades", "as was said")
    return f"{duration_in_words(abs(minutes))} {more if minutes > 0 else less}"


def _completed(run: OwnRun) -> Moment:
    return NEVER if run.worst.completed is None else run.worst.completed


def _json(moment: Moment, zone: ZoneInfo) -> str | None:
    return iso(moment, zone) if isinstance(moment, int) else moment
