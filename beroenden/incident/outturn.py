"""How it turned out: issued lägesbilder against what is known and computed now, and outages against their first estimate."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import dropwhile, pairwise

from beroenden.incident.basis import Basis
from beroenden.incident.comparison import IN_ORDER, Comparison, Estimate, Moment, estimated_range, had_come
from beroenden.incident.forms import CHOSEN_FORMS
from beroenden.incident.known import HORIZON, Known, known_at, reckoned_at
from beroenden.incident.lagesbild.actors import own_entities, own_runs
from beroenden.incident.lagesbild.claims import NEVER, run_subject, said_outages
from beroenden.incident.lagesbild.writer import Writer, outage_name
from beroenden.incident.log.entries import Entry, Issued, Log, Observation, OutageEntry, Received
from beroenden.incident.readers import in_ids_of, label_told
from beroenden.incident.reported import UNKNOWN
from beroenden.incident.said import concerned, holds_level
from beroenden.incident.spells import Spells
from beroenden.incident.told_estimates import first_told, moved_to, times_moved
from beroenden.incident.told_otherwise import ended_by_others
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.times import brief_date, parse_instant, short_time

ASPECTS = ("start", "end", "restored", "completed")
"""What is compared, in the order of the rows."""
_TELLING = (OutageEntry, Observation, Received)
"""Entries that tell of outages and levels."""
Key = tuple[str, str, int]
"""Subject, aspect, and which outage of the subject it is; 0 for what is none."""


class Outturn(Writer):
    """Compares for one actor at the as-of time; outages only as far as the reader may know what was said of them.

    Args:
        log: The whole log, in which what has been corrected since still stands.
    """

    def __init__(self, basis: Basis, actor: str, log: Log | None) -> None:
        super().__init__(basis, actor)
        self._log = log
        self._reckoned = log and in_ids_of(basis.mask, log)
        self._runs = {run_subject(run): run for run in own_runs(basis.outcome, actor)}
        self._impacts = {one.entity.id: one for one in own_entities(basis.outcome, actor)}
        readable = self._readable()
        self._spells = Spells(readable, basis.network)
        self._readable_now = readable and readable.as_of(basis.at)
        self._of_others: dict[int, set[str]] = {}

    def comparisons(self, first: Issued, latest: Issued) -> Iterator[Comparison]:
        """Each subject of an issued lägesbild, then what is late or impaired now and was not said to be."""
        said_now = self._now()
        now, before, after = map(_to_the_end, (said_now, self._said(first), self._said(latest)))
        following = _continuations(said_now)
        keys = [key for key in dict.fromkeys((*before, *after, *now)) if (key[0], key[2]) not in following]
        times = (first.at, latest.at, self._at)
        for key in sorted(keys, key=lambda key: ASPECTS.index(key[1])):
            subject, aspect, spell = key
            name = self._subject(subject, aspect, spell)
            if name is None:
                continue
            if aspect == "completed" or all(self._may_say(subject, at) for at in times):
                was = before.get(key, self._absent(first, key, before))
                is_ = after.get(key, self._absent(latest, key, after))
                current = now.get(key, self._settled(key, is_ if was is None else was))
                said, by = (is_, latest.at) if was is None else (was, first.at)
                is_afterwards = aspect != "start" and had_come(said, by) and had_come(current, by)
                label = self._label_at(subject, times)
                yield Comparison(subject, aspect, name, was, is_, current, label, is_afterwards)

    def estimates(self) -> Iterator[Estimate]:
        """Each outage against the first estimate of it, also where that was corrected since; else others' first."""
        known = self._known
        told = [
            (outage, report, is_over)
            for outage, report, is_over in zip(known.told, known.reports, known.over, strict=True)
            if report is not None and report.status != "feared" and self._may_tell(outage)
        ]
        parts = [(outage, is_over) for outage, _, is_over in told]
        whole = {report.id: _whole(outage, is_over, parts) for outage, report, is_over in told}
        for _, report, _ in told:
            outage, is_over = whole[report.id]
            first = self._first_stated(report.id, outage.subject)
            if first is not None and self._may_say(outage.subject, self._at):
                labels = (self._shown_label(one) for one in (first.id, report.id))
                label = strictest(*labels, label_told(self._basis, outage.subject))
                is_of_parts = any(outage != one for one, each, _ in told if each is report)
                ended = self._ended_by_others(outage, report, is_over)
                if ended is not None:
                    outage, is_over = replace(outage, end=ended[0], length=None), True
                    label = strictest(label, *self._told_labels(ended[1], outage.subject))
                estimate = replace(
                    self._estimate(outage, first, label, is_over=is_over),
                    moves=_moves(self._stated(report.id, outage.subject)),
                    is_of_parts=is_of_parts,
                    ended_by=ended[1].sender_in(self._network) if ended else "",
                )
                yield estimate if estimate.first is not None else self._as_others_said(estimate, outage)
        yield from self._unreported_estimates()

    def _ended_by_others(
        self, outage: Outage, report: OutageEntry | None, is_over: bool
    ) -> tuple[int, Received] | None:
        """When an own outage has ended by others' word that the own log does not say has; by who answers for it first."""
        if report is None or is_over:
            return None
        told = ended_by_others(self._readable_now, outage, self._at, self._network, self._zone)
        answering = self._network.answering(outage.subject or "")
        return min(told, key=lambda one: one[1].sender != answering, default=None)

    def _unreported_estimates(self) -> Iterator[Estimate]:
        """Each outage that only others have told of, or that was only observed, until all works."""
        known = self._known
        over = dict(zip(known.told, known.over, strict=True))
        unreported = [(one, over.get(one, False)) for one in _not_reported(known) if self._may_tell(one)]
        ended, begun = _ends(one for one, _ in unreported), {(one.subject, one.start) for one, _ in _reported(known)}
        for part, is_part_over in unreported:
            outage, is_over = _whole(part, is_part_over, unreported)
            is_part = (part.subject, part.start) in ended or (outage.subject, outage.end) in begun
            if not is_part and self._may_say(outage.subject, self._at):
                label = self._label_at(outage.subject, (self._at,))
                said = replace(outage, end=None) if self._ends_by_closing(outage, None, is_over) else outage
                estimate = self._lasted(said, None, label, is_over=is_over)
                yield self._as_others_said(replace(estimate, is_of_parts=outage != part), outage)

    def _estimate(self, outage: Outage, first: OutageEntry, label: str, *, is_over: bool) -> Estimate:
        stated, length = first.outage.end if _is_estimate(first) else None, first.outage.length
        named = outage if outage.share == first.outage.share else replace(outage, share=None)
        return replace(
            self._lasted(named, first.time, label, is_over=is_over),
            first=None if stated is None else stated - first.outage.start,
            limits=None if length is None else estimated_range(length),
        )

    def _lasted(self, outage: Outage, said: int | None, label: str, *, is_over: bool) -> Estimate:
        """How long an outage has lasted, without any estimate of it."""
        until = outage.end if is_over and outage.end is not None else self._at
        return Estimate(
            outage.subject,
            outage_name(self._network, outage),
            outage.start,
            said,
            None,
            None if outage.end is None else outage.end - outage.start,
            is_over,
            max(until - outage.start, 0),
            label,
            is_planned=self._known.is_planned(outage),
            is_unseen=self._known.is_unseen(outage),
        )

    def _as_others_said(self, estimate: Estimate, outage: Outage) -> Estimate:
        """An estimate that the own log has none of, with the first that another has shared."""
        usable = self._usable
        told = first_told(usable, outage, self._zone)
        if told is None:
            return estimate
        moves = times_moved(usable, told, outage, self._zone)
        by, label = told.received.sender_in(self._network), told.received.label_of(told.statement)
        tlp = strictest(estimate.tlp, self._basis.label_for(label))
        return replace(estimate, said=told.said, first=told.likely, limits=told.limits, by=by, tlp=tlp, moves=moves)

    @property
    def _usable(self) -> tuple[Received, ...]:
        """The delgivningar that the reader may know of."""
        return tuple(filter(self._may_use, self._log.as_of(self._at).of(Received) if self._log else ()))

    def _first_stated(self, entry: str, subject: str) -> OutageEntry | None:
        """The earliest report of an outage that the reader may see, preferably one that estimated its length."""
        chain = self._stated(entry, subject)
        stated = [one for one in chain if _is_estimate(one)]
        return stated[0] if stated else chain[0] if chain else None

    def _stated(self, entry: str, subject: str) -> list[OutageEntry]:
        """The reports of an outage that the reader may see, the earliest first.

        What was reported of another thing before the entry was corrected is none of it.
        """
        log, chain = self._log, list[OutageEntry]()
        one: str | None = entry
        while log is not None and one is not None and one in log.entry and log.entry[one] not in chain:
            found = log.entry[one]
            if isinstance(found, OutageEntry) and self._is_of(found, subject) and self._may_use(found):
                chain.append(found)
            one = found.supersedes
        return chain[::-1]

    def _is_of(self, entry: OutageEntry, subject: str) -> bool:
        """Whether an entry of the whole log is of what the reader knows by an id."""
        return self._basis.mask.outage(entry.outage).subject == subject

    def _shown_label(self, entry: str) -> str:
        viewer = self._basis.viewer
        label = self._log.label(self._log.entry[entry]) if self._log else self._network.tlp
        return label if viewer is None else viewer.label_for(label)

    def _may_use(self, entry: Entry) -> bool:
        """Whether the reader may know of what an entry says."""
        viewer, log = self._basis.viewer, self._log
        if viewer is None or log is None:
            return viewer is None
        inner = map(entry.label_of, entry.statements) if isinstance(entry, Received) else ()
        return entry.disclose and all(map(viewer.may_read, (log.label(entry), *inner)))

    def _readable(self) -> Log | None:
        """The log, in the ids of the masked model, without what it says of outages and levels that the reader may not know of."""
        if self._log is None or self._reckoned is None:
            return None
        hidden = {one.id for one in self._log.entries if isinstance(one, _TELLING) and not self._may_use(one)}
        return _without(self._reckoned, hidden)

    def _about(self, subject: str, at: int) -> list[Entry]:
        """The entries that said something of an outage or level at a time."""
        return [one for one in self._log.as_of(at).entries if _is_about(one, subject)] if self._log else []

    def _may_say(self, subject: str, at: int) -> bool:
        """Whether the reader may know all that was said of an outage at a time, and that something follows from."""
        if self._basis.viewer is None:
            return True
        if self._log is None or not self._basis.may_name(subject):
            return False
        about = self._about(subject, at)
        own = [one for one in about if not isinstance(one, Received)]
        counted = own if own and subject not in self._told_by_others(at) else about
        return all(map(self._may_use, counted))

    def _told_by_others(self, at: int) -> set[str]:
        """Of what a lägesbild of a time reckons with outages that the own log does not report."""
        if at not in self._of_others and self._reckoned is not None:
            self._of_others[at] = {one.subject for one in known_at(self._reckoned, at, self._network).unreported}
        return self._of_others.get(at, set())

    def _said(self, issued: Issued) -> dict[Key, Moment]:
        found: dict[Key, Moment] = {
            (claim.subject, claim.aspect, 0): self._moment(claim.value)
            for claim in issued.claims
            if claim.aspect in ASPECTS and claim.aspect not in ("start", "end")
        }
        for subject, outages in said_outages(issued.claims).items():
            for said in outages:
                found |= self._said_of(issued, subject, said, is_only=len(outages) == 1)
        for claim in issued.claims:
            if claim.aspect == "feared" and self._spells.of(claim.subject):  # what has come
                found |= self._said_of(issued, claim.subject, {"start": claim.value}, is_only=True)
        return found | self._said_of_others(issued)

    def _said_of_others(self, issued: Issued) -> dict[Key, Moment]:
        """What a lägesbild said of outages that it knew of from others or from what was observed.

        Its claims name the delgivningar that it repeated, which the log keeps; so what it reckoned with follows from them.
        """
        if self._reckoned is None:
            return {}
        standing, told = self._reckoned.as_of(issued.at).entries, _told(issued)
        untold = {one.id for one in standing if isinstance(one, Received | Observation) and one.id not in told}
        others = _not_reported(known_at(_without(self._reckoned, untold), issued.at, self._network))
        found: dict[Key, Moment] = {}
        for outage in others:
            subject = outage.subject
            is_only = sum(one.subject == subject for one in others) == 1
            begins = moved_to(self._usable, subject, outage.start, self._zone)
            spell = self._spells.number(subject, begins, "", issued.at if is_only else None)
            end = NEVER if outage.end is None else outage.end
            found[subject, "start", spell] = outage.start
            found[subject, "end", spell] = estimated_range(outage.length, outage.start) if outage.length else end
        return found

    def _moment(self, value: str) -> Moment:
        return NEVER if value in (NEVER, UNKNOWN) else parse_instant(value, self._zone)

    def _said_of(self, issued: Issued, subject: str, said: dict[str, str], *, is_only: bool) -> dict[Key, Moment]:
        """What a lägesbild said of an outage; of an end that was estimated or observed, what it reckoned with, which a claim does not hold."""
        start = self._moment(said["start"]) if "start" in said else None
        entries = self._log.as_of(issued.at).of(OutageEntry) if self._log else ()
        about = [one for one in entries if one.outage.subject == subject]
        same = [one for one in about if one.outage.start == start] or (about if is_only and len(about) == 1 else [])
        entry = same[-1] if same else None
        number = self._spells.number(subject, start, self._root(entry), issued.at if is_only else None)
        found: dict[Key, Moment] = {} if start is None else {(subject, "start", number): start}
        reckoned = None if entry is None or self._log is None else reckoned_at(self._log, issued.at).get(entry.id)
        if entry is not None and reckoned is not None and reckoned != entry.outage and reckoned.length is None:
            found[subject, "end", number] = NEVER if reckoned.end is None else reckoned.end
        elif entry is not None and entry.outage.length is not None:
            found[subject, "end", number] = estimated_range(entry.outage.length, entry.outage.start)
        elif "end" in said:
            found[subject, "end", number] = self._moment(said["end"])
        return found

    def _root(self, entry: Entry | None) -> str:
        """The first report that an entry corrects, through others; "" of none."""
        log, root = self._log, ""
        while log is not None and entry is not None and entry.id != root:
            root = entry.id
            entry = log.entry.get(entry.supersedes or "", entry)
        return root

    def _absent(self, issued: Issued, key: Key, said: dict[Key, Moment]) -> Moment:
        """What a lägesbild says by saying nothing: that what it looked at is in order; None where it did not look."""
        subject, aspect, spell = key
        claims = {(claim.subject, claim.aspect) for claim in issued.claims}
        if issued.form in CHOSEN_FORMS or not claims or (subject, "feared") in claims:
            return None
        if aspect == "end" and (subject, "start", spell) in said:
            return NEVER
        if aspect in ("start", "end") and self._is_not_kept(issued, subject):
            return None
        run = self._runs.get(subject)
        is_covered = aspect != "completed" or (run is not None and run.planned <= issued.at + HORIZON)
        return IN_ORDER if is_covered else None

    def _is_not_kept(self, issued: Issued, subject: str) -> bool:
        """Whether others had told of an outage, and the claims do not say that the lägesbild repeated it."""
        about = (one for one in self._about(subject, issued.at) if isinstance(one, Received))
        return any(one.id not in _told(issued) for one in about)

    def _now(self) -> dict[Key, Moment]:
        """What is late, impaired or out now; an outage as it was last reported, where it was."""
        found = dict[Key, Moment]()
        over = dict(zip(self._known.told, self._known.over, strict=True))
        for outage, report in (*_reported(self._known), *((one, None) for one in _not_reported(self._known))):
            if self._may_tell(outage):
                subject = outage.subject
                spell = self._spells.number(subject, outage.start, self._root(report))
                is_over = over.get(outage, False)
                is_said = not self._ends_by_closing(outage, report, is_over)
                ended = self._ended_by_others(outage, report, is_over)
                end = ended[0] if ended else outage.end
                found[subject, "start", spell] = outage.start
                found[subject, "end", spell] = end if end is not None and is_said else NEVER
        for one, impact in self._impacts.items():
            found[one, "restored", 0] = NEVER if impact.restored is None else impact.restored
        for subject, run in self._runs.items():
            if run.late:
                found[subject, "completed", 0] = NEVER if run.late_completed is None else run.late_completed
        return found

    def _ends_by_closing(self, outage: Outage, report: OutageEntry | None, is_over: bool) -> bool:
        """Whether an outage that the own log does not report ends when that was closed, for want of another end."""
        closed = self._known.log.closed_at if self._known.log is not None else None
        return report is None and closed is not None and outage.end == closed and not is_over

    def _settled(self, key: Key, said: Moment) -> Moment:
        """When a run that is no longer late is complete, where that is before all that was said to be late of it."""
        run = self._runs.get(key[0]) if key[1] == "completed" else None
        if run is None or run.completed is None or said == IN_ORDER:
            return None
        return None if isinstance(said, int) and run.completed > said else run.completed

    def _subject(self, subject: str, aspect: str, spell: int) -> str | None:
        """What it is called; None when the reader may not know of it or the model has it no longer."""
        one, _, day = subject.partition(" ")
        words = {
            "start": say("avbrottets början", "start of the outage"),
            "end": say("avbrottet åtgärdat", "outage resolved"),
            "restored": say("återställt", "restored"),
            "completed": self._complete(self._runs.get(subject)),
        }
        if not self._basis.may_name(one):
            return None
        if one in self._network.payment:
            name = self._network.payment[one].name
            words["start"] = say("början på felet i filen", "start of the fault in the file")
            words["end"] = say("felet i filen åtgärdat", "fault in the file resolved")
            return f"{name} ({day_in_words(day)}), {words[aspect]}" if day else f"{name}, {words[aspect]}"
        if one not in self._network.entity:
            return None
        return (
            f"{self._name(one)}{self._which(one, aspect, spell)}, {words[aspect]}{self._how_sure(one, aspect, spell)}"
        )

    def _how_sure(self, subject: str, aspect: str, spell: int) -> str:
        """By whose word an outage has ended that is not over in the own log, or that it is not confirmed."""
        is_assumed_over = False
        if aspect == "end" and (told := self._whole_at(subject, spell)) is not None:
            outage, report, is_over = told
            ended = self._ended_by_others(outage, report, is_over)
            if ended is not None:
                by = ended[1].sender_in(self._network)
                return say(f" (enligt {by})", f" (according to {by})")
            is_said = not self._ends_by_closing(outage, report, is_over)
            is_assumed_over = is_said and not is_over and had_come(outage.end, self._at)
        is_doubted = aspect in ("start", "end") and self._is_doubted(subject, spell)
        return say(" (obekräftat)", " (unconfirmed)") if is_doubted or is_assumed_over else ""

    def _is_doubted(self, subject: str, spell: int) -> bool:
        """Whether an outage of a subject is by the word of nobody who has confirmed it."""
        spells = self._spells.of(subject)
        start = spells[spell].start if spell < len(spells) else None
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        same = ((one, report) for one, report in pairs if (one.subject, one.start) == (subject, start))
        return any(self._known.is_doubted(one, report) for one, report in same)

    def _whole_at(self, subject: str, spell: int) -> tuple[Outage, OutageEntry | None, bool] | None:
        """An outage of a subject until all works, its report, and whether somebody says that it is over."""
        spells, known = self._spells.of(subject), self._known
        start = spells[spell].start if spell < len(spells) else None
        parts = [*zip(known.told, known.over, strict=True)]
        for (part, is_part_over), report in zip(parts, known.reports, strict=True):
            if (part.subject, part.start) == (subject, start):
                outage, is_over = _whole(part, is_part_over, parts)
                return outage, report, is_over
        return None

    def _which(self, subject: str, aspect: str, spell: int) -> str:
        """Which outage of a subject it is, where it has had several."""
        spells = self._spells.of(subject)
        if aspect not in ("start", "end") or len(spells) < 2:
            return ""
        start = spells[spell].start
        since = short_time(start, self._zone) if isinstance(start, int) else say("okänt", "unknown")
        return say(f" (från {since})", f" (from {since})")

    def _label_at(self, subject: str, times: tuple[int, ...]) -> str:
        """The label of what a row names, what it follows from, and the entries that said so at some times."""
        one, run = subject.partition(" ")[0], self._runs.get(subject)
        causes = [cause for cause in (run.run.blocked_by if run else ()) if self._is_shared(cause)]
        entries = {entry.id for at in times for entry in self._about(one, at) if self._may_use(entry)}
        return strictest(label_told(self._basis, one, *causes), *map(self._shown_label, entries))


def day_in_words(day: str) -> str:
    """A date of a claim: "fre 18 dec" (Fri 18 Dec); as it stands where it is none."""
    try:
        return brief_date(date.fromisoformat(day))
    except ValueError:  # from a file that others wrote, or a log that was edited by hand
        return day


def _continuations(found: Mapping[Key, Moment]) -> dict[tuple[str, int], tuple[str, int]]:
    """Of each outage that another went over into when it was half restored or got worse, which that was: (subject, spell)."""
    begun = {(subject, start): spell for (subject, aspect, spell), start in found.items() if aspect == "start"}
    return {
        (subject, begun[subject, end]): (subject, spell)
        for (subject, aspect, spell), end in found.items()
        if aspect == "end" and (subject, end) in begun
    }


def _to_the_end(found: Mapping[Key, Moment]) -> dict[Key, Moment]:
    """What was found, where each outage ends when what it went over into has."""
    into = {before: after for after, before in _continuations(found).items()}
    ends = {(subject, spell): end for (subject, aspect, spell), end in found.items() if aspect == "end"}
    whole = dict(found)
    for one in ends:
        last = one
        while last in into:
            last = into[last]
        whole[one[0], "end", one[1]] = ends.get(last, NEVER)
    return whole


def _told(issued: Issued) -> set[str]:
    """The entries that a lägesbild was made from, as its claims name them."""
    return {claim.subject for claim in issued.claims if claim.aspect == "status"}


def _without(log: Log, ids: Collection[str]) -> Log:
    """A log without some entries."""
    return replace(log, entries=tuple(one for one in log.entries if one.id not in ids))


def _reported(known: Known) -> list[tuple[Outage, OutageEntry]]:
    """The outages that the own log reports and that have begun or are to, with their reports."""
    pairs = zip(known.told, known.reports, strict=True)
    return [(one, report) for one, report in pairs if report is not None and report.status != "feared"]


def _not_reported(known: Known) -> list[Outage]:
    """The outages from others or from what was observed, of each thing those while none that the own log reports goes on."""
    own = [outage for outage, _ in _reported(known)]
    return [one for one in known.unreported if all(_is_over_before(other, one) for other in own)]


def _is_over_before(own: Outage, other: Outage) -> bool:
    """Whether an outage that the own log reports has ended before another begins; one of another thing, or that begins later, has."""
    is_before = own.subject == other.subject and own.start <= other.start
    return not is_before or (own.end is not None and own.end < other.start)


def _ends(outages: Iterable[Outage]) -> set[tuple[str, int | None]]:
    """What ends when."""
    return {(one.subject, one.end) for one in outages}


def _moves(stated: Iterable[OutageEntry]) -> int:
    """How many times another length than before was stated of an outage that went on, after the first estimate, or that it is unknown."""
    goes_on = (one for one in stated if one.outage.end is None or _is_estimate(one))
    estimates = dropwhile(lambda one: not _is_estimate(one), goes_on)
    return sum(before != after for before, after in pairwise((one.outage.end, one.outage.length) for one in estimates))


def _is_estimate(entry: OutageEntry) -> bool:
    """Whether an entry says how long an outage will last, and not only that it is over."""
    end = entry.outage.end
    return entry.outage.length is not None or (end is not None and end > entry.time)


def _is_about(entry: Entry, subject: str) -> bool:
    """Whether an entry says that something is out, or how much of it is left."""
    if isinstance(entry, Received):
        claims = (claim for said in entry.statements for claim in said.claims)
        return any(claim.subject == subject and claim.aspect in ("start", "end", "feared") for claim in claims)
    holds = isinstance(entry, OutageEntry) or (isinstance(entry, Observation) and holds_level(entry))
    return holds and subject in concerned(entry)


def _whole(outage: Outage, is_over: bool, told: Iterable[tuple[Outage, bool]]) -> tuple[Outage, bool]:
    """An outage until all works, through what it went over into when it was half restored or got worse; and if that is over."""
    for following, is_done in sorted(told, key=lambda one: one[0].start):
        if following.subject == outage.subject and outage.start < following.start == outage.end:
            outage, is_over = replace(outage, end=following.end), is_done
    return outage, is_over
