"""What has changed since the lägesbild before, in words."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from beroenden.incident.basis import Basis
from beroenden.incident.forms import CHANGED
from beroenden.incident.lagesbild.actors import own_runs
from beroenden.incident.lagesbild.claims import ASKED, NEVER, Change, as_instant, changes, outages_by_start, run_subject
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.update import Update, changed_length, changed_start
from beroenden.incident.lagesbild.writer import Writer, listed, outage_name, sentence
from beroenden.incident.log.entries import (
    Claim,
    Closed,
    Entry,
    Issued,
    Observation,
    OutageEntry,
    Received,
    ReceivedStatement,
    Request,
    Withdrawn,
)
from beroenden.incident.reported import latest_received
from beroenden.incident.told_estimates import moved_plan
from beroenden.language import say
from beroenden.units.numbers import percent
from beroenden.units.times import parse_instant

_CORRECTION = re.compile(
    r"(?:^|(?<=[.:!?] ))(?:rättelse|rättat|rättad|correction|corrected)\s*(?::\s*|[.–-]\s+)(?=\S)", re.IGNORECASE
)
"""What people begin a correction with, which is said already; the same words inside or alone are what they have to say."""
_ORDER = ("completed", "latest_recovery", "degraded", "restored")
SECTION_OF = {
    "completed": "prognos.betalningar",
    "latest_recovery": "prognos.betalningar",
    "degraded": "prognos.konsekvenser",
    "restored": "prognos.konsekvenser",
    "affected": "prognos.samverkan",
}
"""The section that tells of each computed aspect."""


class Changed(Writer):
    """New facts, changed status, later or earlier consequences, newly affected actors."""

    def __init__(
        self, basis: Basis, actor: str, sections: Collection[str], untold: Collection[tuple[str, str]] = ()
    ) -> None:
        """
        Args:
            basis: What is known and what follows.
            actor: Id in the masked model.
            sections: Those of the computed whose changes are told.
            untold: Subject and aspect of what is known now and withheld from the reader.
        """
        super().__init__(basis, actor)
        self._sections, self._untold = sections, untold
        self._runs = {run_subject(run): run for run in own_runs(basis.outcome, actor)}

    def statements(self, before: Issued, now: Iterable[Statement], claims: Sequence[Claim]) -> Iterator[Statement]:
        """The differences between an issued lägesbild and what is said now.

        Args:
            before: The lägesbild that was issued.
            now: The statements of this one.
            claims: What is known now, whether it is told or not.
        """
        found = sorted(filter(self._is_told, changes(before.claims, claims)), key=_place)
        if _was_feared(before) and self._basis.is_reckoned and not self._basis.is_feared:
            found = [one for one in found if one.kind != "gone" or one.aspect not in SECTION_OF]
            text = say(
                "Prognosen gäller nu det som har inträffat; den förra gällde det som befarades.",
                "The prognosis is now of what has happened; the previous was of what was feared.",
            )
            yield self._computed(CHANGED, text)
        yield from self._facts(found, now, before, claims)
        yield from self._actors(found)
        yield from self._computed_changes(
            one for one in found if one.aspect in _ORDER and not self._is_as_it_was(one, before)
        )
        yield from self._arrived(before, claims)
        if self._sections and before.model_hash != self._network.hash:
            text = say(
                "Modellen är en annan än i den förra lägesbilden; skillnader kan bero på det.",
                "The model is not that of the previous situation report; differences may come from that.",
            )
            yield self._computed(CHANGED, text)

    def _is_as_it_was(self, change: Change, before: Issued) -> bool:
        """Whether something is impaired from the as-of time on, and was so by the lägesbild before from its own."""
        was, now = (as_instant(value or "", self._zone) for value in (change.before, change.after))
        return change.aspect == "degraded" and (was, now) == (before.at, self._at)

    def _is_told(self, change: Change) -> bool:
        """Whether the reader is told of a change; of what was entered, the statements decide that are made of it."""
        return self._is_told_of(change.subject, change.aspect)

    def _is_told_of(self, subject: str, aspect: str) -> bool:
        """Whether the reader is told of an aspect of something."""
        section = SECTION_OF.get(aspect)
        return section is None or (section in self._sections and (subject, aspect) not in self._untold)

    def _facts(
        self, found: Sequence[Change], now: Iterable[Statement], before: Issued, claims: Sequence[Claim]
    ) -> Iterator[Statement]:
        """What has been entered or corrected, each entry once, in its own words; of a delgivning all that differs."""
        told: dict[str, list[Statement]] = {}
        for one in now:
            told.setdefault(one.entry, []).append(one)
        entered = [change for change in found if change.aspect in ("status", "progress") and change.kind != "gone"]
        known = self._basis.log.entry if self._basis.log else {}
        for entry in sorted(
            dict.fromkeys(change.subject for change in entered),
            key=lambda one: not isinstance(known.get(one), OutageEntry),
        ):
            received = self._received(entry)
            if entry in told and received is not None:
                yield from self._of_others(received, told[entry], before)
            elif entry in told:
                fact = told[entry][0]
                yield self._fact(fact, Update(self._basis, fact, before, claims).begin(self._short))
        for change in found:
            if change.aspect == "status" and change.kind == "gone":
                withdrawn = self._withdrawn(change.subject) or self._put_to_another(change.subject, told)
                yield from [withdrawn] if withdrawn is not None else []

    def _received(self, entry: str) -> Received | None:
        one = self._basis.log.entry.get(entry) if self._basis.log else None
        return one if isinstance(one, Received) else None

    def _of_others(self, received: Received, told: Sequence[Statement], before: Issued) -> Iterator[Statement]:
        """The facts of a delgivning that differ from its sender's before; where none does, the first of the rest that does."""
        earlier = self._told_earlier(received, before)
        said = earlier.statements if earlier else ()
        news = [
            (one, begin)
            for one in received.statements
            if (begin := self._moved(one, earlier, received) or _news(one, received.statements, said, self._short))
        ]
        facts = [(one, begin) for one, begin in news if one.section.startswith("fakta.")]
        asked = [(one, begin) for one, begin in news if Claim(self._actor, ASKED, "yes") in one.claims]
        for one, begin in (*facts, *asked) or news[:1]:
            fact = next((each for each in told if each.section == one.section and each.text.endswith(one.text)), None)
            if fact is not None:
                yield self._fact(fact, begin)
        yield from self._said_no_longer(received, earlier)

    def _said_no_longer(self, received: Received, earlier: Received | None) -> Iterator[Statement]:
        """The outages, feared ones too, that a sender told of before and says nothing of now."""
        now = {claim.subject for said in received.statements for claim in said.claims}
        for said in earlier.statements if earlier else ():
            told = {claim.subject for claim in said.claims if claim.aspect in ("start", "feared")}
            if told and earlier and not told & now:
                sender = received.sender_in(self._network)
                text = say(f"Sägs inte längre av {sender}: {said.text}", f"No longer said by {sender}: {said.text}")
                source, label = self._shared_in(received), earlier.label_of(said)
                yield Statement(CHANGED, text, "obekräftad", source, received.at, (), label, entry=received.id)

    def _moved(self, said: ReceivedStatement, before: Received | None, now: Received) -> str:
        """ "Ändrad början …" of a plan that its sender has moved since a delgivning before; "" of what else it says."""
        for (subject, start), outage in outages_by_start(said.claims).items():
            plan = before and moved_plan(before, now, subject, self._zone)
            if before and plan and as_instant(start, self._zone) == plan[1]:
                told = (one for each in before.statements for one in outages_by_start(each.claims).items())
                was = next(what for (one, at), what in told if (one, as_instant(at, self._zone)) == (subject, plan[0]))
                text = ", ".join((changed_start(*plan, self._short), *changed_length(was, outage, self._short)))
                return text[0].upper() + text[1:]
        return ""

    def _told_earlier(self, received: Received, before: Issued) -> Received | None:
        """The same sender's latest delgivning that the lägesbild before knew of."""
        known = {claim.subject for claim in before.claims if claim.aspect == "status"}
        log = self._basis.log
        entries = [one for one in log.of(Received) if one.sender == received.sender and one.id in known] if log else []
        latest = latest_received(replace(log, entries=tuple(entries))) if log else []
        return latest[0] if latest else None

    def _withdrawn(self, entry: str) -> Statement | None:
        """That an entry which was told of had been made by mistake; why is the own house's."""
        mistaken = next((one for one in self._known.withdrawn if one.id == entry), None)
        if mistaken is None:
            return None
        withdrawals = self._basis.log.of(Withdrawn) if self._basis.log else ()
        by = next((one for one in withdrawals if one.supersedes == entry), None)
        told = replace(mistaken, status="confirmed", source=None, time=by.time if by else mistaken.time)
        is_own, why = self._basis.viewer is None, sentence(by.text) if by else ""
        if isinstance(mistaken, Closed):
            reopened = say("Händelsen är öppnad igen.", "The incident is open again.")
            return self._entered(told, CHANGED, f"{reopened} {why if is_own else ''}".strip())
        what = self._what_was_withdrawn(mistaken) + (f" ({entry}). {why}" if is_own else ".")
        return self._entered(told, CHANGED, say(f"Återkallat: {what}", f"Withdrawn: {what}").strip())

    def _put_to_another(self, entry: str, told: Collection[str]) -> Statement | None:
        """That a request which the reader was told of is put to another now, of which it is not told."""
        log = self._basis.log
        asked = next((one for one in self._known.corrected if one.id == entry and isinstance(one, Request)), None)
        requests = log.of(Request) if log else ()
        now = next((one for one in requests if log and entry in dict(log.corrects.get(one.id, ()))), None)
        if asked is None or now is None or now.to == asked.to or asked.to is None or now.id in told:
            return None
        name, text = self._name(asked.to), self._what_was_withdrawn(asked)
        said = say(
            f"Begäran till {name} gäller inte längre: {text}.", f"The request to {name} no longer applies: {text}."
        )
        return self._entered(replace(asked, status="confirmed", source=None, time=now.time), CHANGED, said)

    def _what_was_withdrawn(self, one: Entry) -> str:
        """What an entry said that is no longer in the log as it stands."""
        if isinstance(one, OutageEntry):
            name, since = outage_name(self._network, one.outage), self._short(one.outage.start)
            if one.status == "feared":
                return say(f"{name} befaras från {since}", f"{name} is feared from {since}")
            return say(f"{name} från {since}", f"{name} from {since}")
        if isinstance(one, Observation) and one.entity and one.level is not None:
            name, left = self._name(one.entity), percent(one.level)
            return say(
                f"{name} observerades ha {left} av sin förmåga", f"{name} was observed at {left} of its capacity"
            )
        text = one.text.rstrip(".")
        return say(f"”{text}”", f'"{text}"') if text else say("en post", "an entry")

    def _actors(self, found: Iterable[Change]) -> Iterator[Statement]:
        """Actors that have come to be affected, and those that are so no longer; its own house knows of itself."""
        gone = say("Berörs inte längre", "No longer affected")
        if self._basis.viewer is not None:  # what is withheld may affect them still
            gone = say("Berörs inte längre enligt det som delas", "No longer affected according to what is shared")
        texts = (("new", say("Nytillkomna berörda aktörer", "Newly affected actors")), ("gone", gone))
        itself = {self._actor} if self._is_read_by_its_own else set[str]()
        changed = [change for change in found if change.aspect == "affected" and change.subject not in itself]
        for kind, text in texts:
            actors = [change.subject for change in changed if change.kind == kind and self._subject(change.subject)]
            if actors:
                names = listed(self._name(actor) for actor in actors)
                holds = self._holds if kind == "gone" else ""
                yield self._computed(CHANGED, f"{text}{holds}: {names}.", None, actors)

    @property
    def _holds(self) -> str:
        """After good news that the model computes: on what they depend."""
        return f", {self._condition[:1].lower()}{self._condition[1:]}" if self._condition else ""

    def _fact(self, fact: Statement, begin: str) -> Statement:
        is_new = begin == say("Nytt", "New")
        text = (fact.text if is_new else _CORRECTION.sub("", fact.text, count=1)).removeprefix(f"{begin}: ")
        return replace(fact, section=CHANGED, text=f"{begin}: {text}", cells=(), condition="", claims=())

    def _computed_changes(self, found: Iterable[Change]) -> Iterator[Statement]:
        """Later and earlier consequences; what moves alike is told together."""
        alike: dict[str, dict[str, str]] = {}
        for change in found:
            name, text = self._subject(change.subject), self._text(change, self._tense(change.subject))
            if name is not None and text is not None:
                alike.setdefault(text, {})[change.subject] = name
        for text, names in alike.items():
            ids = [subject.partition(" ")[0] for subject in names]
            yield self._computed(CHANGED, f"{text}: {listed(names.values())}.", names=ids)

    def _arrived(self, before: Issued, claims: Iterable[Claim]) -> Iterator[Statement]:
        """What was late then and should have come since, as it was said to, and of what else some should have."""
        arrived: dict[str, str] = {}
        for claim in claims:
            when = as_instant(claim.value, self._zone) if claim.aspect == "completed" else None
            if when is not None and before.at < when <= self._at and claim in before.claims:
                name = self._subject(claim.subject) if self._is_told_of(claim.subject, claim.aspect) else None
                arrived |= {} if name is None else {claim.subject: name}
        if arrived:
            text = say("Bör ha kommit fram, som det sades", "Should have arrived, as was said")
            payments = [subject.partition(" ")[0] for subject in arrived]
            yield self._computed(CHANGED, f"{text}: {listed(arrived.values())}.", names=payments)
        some = {one: name for one in self._arrived_in_part(before) if (name := self._subject(one)) is not None}
        if some:
            text = say(
                "En del bör ha kommit fram, resten väntar ännu", "Some should have arrived, the rest still waits"
            )
            payments = [subject.partition(" ")[0] for subject in some]
            yield self._computed(CHANGED, f"{text}: {listed(some.values())}.", names=payments)

    def _arrived_in_part(self, before: Issued) -> Iterator[str]:
        """The runs that were late then and of which some should have come since, and some is still to come."""
        late = {claim.subject for claim in before.claims if claim.aspect == "completed"}
        for subject, run in self._runs.items():
            ends = (part.late_completed for part in run.parts)
            has_some = any(end is not None and before.at < end <= self._at for end in ends)
            is_told = subject in late and self._is_told_of(subject, "completed")
            if has_some and is_told and not run.has_come_by(self._at):
                yield subject

    def _tense(self, subject: str) -> str:
        """Whether a run will be late, is so already, or was."""
        run = self._runs.get(subject)
        if run is None or not run.late or run.late_planned > self._at:
            return say("Blir sena", "Will be late")
        return say("Blev sena", "Were late") if run.has_come_by(self._at) else say("Är sena", "Are late")

    def _not_late(self, change: Change) -> str:
        """That a run is not late after all: it has come in time, or will."""
        run = self._runs.get(change.subject)
        if run is not None and run.completed is not None and run.completed <= self._at:
            return say("Blev inte sena", "Were not late")
        return say("Blir inte längre sena", "Will no longer be late") + self._holds

    def _text(self, change: Change, are_late: str) -> str | None:
        """What has become of a computed consequence; None for what is told otherwise."""
        now, was = self._when(change.after), self._when(change.before)
        is_later = _is_later(change.before, change.after)
        later, holds = (say("senare", "later"), "") if is_later else (say("tidigare", "earlier"), self._holds)
        complete = self._complete(self._runs.get(change.subject))
        texts = {
            ("completed", "new"): f"{are_late}, {_completed(complete, change.after, now)}",
            ("completed", "changed"): _completed_otherwise(complete, later, change, was, now) + holds,
            ("completed", "gone"): self._not_late(change),
            ("latest_recovery", "new"): say(f"Ny tidsfrist, {now}", f"New deadline, {now}"),
            ("latest_recovery", "changed"): say(
                f"Tidsfristen är {later}, {now} (var {was})", f"The deadline is {later}, {now} (was {was})"
            ),
            ("latest_recovery", "gone"): self._without_deadline(change, was),
            ("degraded", "new"): say(f"Nedsatta från {now}", f"Impaired from {now}"),
            ("degraded", "changed"): say(
                f"Nedsatta från {now}, {later} än förut sagt (var {was})",
                f"Impaired from {now}, {later} than was said (was {was})",
            ),
            ("degraded", "gone"): say("Inte längre nedsatta", "No longer impaired") + self._holds,
            ("restored", "changed"): say(
                f"Återställda {later}, {now} (var {was}){holds}", f"Restored {later}, {now} (was {was}){holds}"
            ),
        }
        return texts.get((change.aspect, change.kind))

    def _without_deadline(self, change: Change, was: str) -> str:
        """That a deadline has passed, where what it was of is late; else that it is none any more."""
        run, deadline = self._runs.get(change.subject), as_instant(change.before or "", self._zone)
        if run is not None and run.late and deadline is not None and deadline <= self._at:
            return say(f"Tidsfristen {was} passerade", f"The deadline {was} passed")
        return say(f"Tidsfristen {was} gäller inte längre", f"The deadline {was} no longer applies")

    def _when(self, value: str | None) -> str:
        if value is None or value == NEVER:
            return say("inte inom perioden", "not within the period")
        try:
            return self._short(parse_instant(value, self._zone))
        except ValueError:  # a log that was edited by hand
            return value

    def _subject(self, subject: str) -> str | None:
        """What a claim is about; None when the model has it no longer, or the reader may not know of it."""
        one, _, day = subject.partition(" ")
        if not self._is_shared(one) or not self._basis.may_hear_of(one):
            return None
        if one in self._network.payment:
            return f"{self._network.payment[one].name} ({day})"
        return self._network.entity[one].name if one in self._network.entity else None


def _completed(complete: str, value: str | None, when: str) -> str:
    """When all has come ("alla framme"), or that it does not within the time looked at."""
    never = say(f"inte {complete} inom perioden", f"not {complete} within the period")
    return never if value == NEVER else f"{complete} {when}"


def _completed_otherwise(complete: str, later: str, change: Change, was: str, now: str) -> str:
    """When all has come, and was said to."""
    text = f"{complete} {later}, {now}"
    if change.after == NEVER:
        text = say(f"inte längre {complete} inom perioden", f"no longer {complete} within the period")
    said = say(f"förut {was}", f"{was} before") if change.before == NEVER else say(f"var {was}", f"was {was}")
    return f"{text[:1].upper()}{text[1:]} ({said})"


def _was_feared(before: Issued) -> bool:
    """Whether all that an issued lägesbild told of was feared."""
    aspects = {claim.aspect for claim in before.claims}
    return "feared" in aspects and "start" not in aspects


def _news(
    said: ReceivedStatement,
    now: Iterable[ReceivedStatement],
    earlier: Sequence[ReceivedStatement],
    time: Callable[[int], str],
) -> str:
    """What a sender's statement is told with: "Nytt", "Ändrad längd …" or "Ändrat" where it is of an outage told of before;
    "" for no news.

    Outages are compared by what they are of and their start: one thing may have had several. One that is alone of its
    subject in both delgivningar is the same, though its start was corrected.
    """
    outages = outages_by_start(said.claims)
    if not outages:
        is_known = any((one.section, one.text) == (said.section, said.text) for one in earlier)
        return "" if is_known else say("Nytt", "New")
    before = {key: (one.status, what) for one in earlier for key, what in outages_by_start(one.claims).items()}
    if all(before.get(key) == (said.status, what) for key, what in outages.items()):
        return ""
    starts = [key for one in now for key in outages_by_start(one.claims)]
    same = [next((one for one in before if one == key or _is_same(key, one, starts, before)), None) for key in outages]
    if None in same:
        return say("Nytt", "New")
    pairs = zip(same, outages.values(), strict=True)
    lengths = [text for one, what in pairs if one for text in changed_length(before[one][1], what, time)]
    return lengths[0][0].upper() + lengths[0][1:] if len(lengths) == 1 else say("Ändrat", "Changed")


def _is_same(
    one: tuple[str, str], other: tuple[str, str], starts: Iterable[tuple[str, str]], before: Iterable[tuple[str, str]]
) -> bool:
    """Whether two outages are of one thing, and each is alone of it in its delgivning."""
    return one[0] == other[0] and _is_alone(one[0], starts) and _is_alone(one[0], before)


def _is_alone(subject: str, outages: Iterable[tuple[str, str]]) -> bool:
    return sum(one == subject for one, _ in outages) == 1


def _place(change: Change) -> int:
    return _ORDER.index(change.aspect) if change.aspect in _ORDER else -1


def _is_later(before: str | None, after: str | None) -> bool:
    if after == NEVER or before == NEVER:
        return after == NEVER
    try:
        return datetime.fromisoformat(after or "") > datetime.fromisoformat(before or "")
    except (TypeError, ValueError):  # nothing to compare with, or a log that was edited by hand
        return False
