"""What an entry that corrects another has changed: confirmed, answered, another length, further on, or merely put right."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from beroenden.incident.basis import Basis
from beroenden.incident.estimates import LENGTH, claimed_length, length_in_words
from beroenden.incident.lagesbild.claims import said_outages
from beroenden.incident.lagesbild.planned import progress_word
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.log.entries import Claim, Decision, Entry, Issued, Measure, OutageEntry, Request
from beroenden.incident.reported import SHARE, UNKNOWN
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.units.numbers import percent
from beroenden.units.times import parse_instant, time_zone

_UTC = time_zone("UTC")


class Update:
    """An entry against the lägesbild before; what that said is known from its claims, which its reader has seen."""

    def __init__(self, basis: Basis, fact: Statement, before: Issued, claims: Sequence[Claim]) -> None:
        """
        Args:
            basis: What is known, as far as the reader may see.
            fact: What repeats the entry now.
            before: The lägesbild before.
            claims: All claims that are made now.
        """
        self._basis, self._log = basis, basis.log
        self._entry: Entry | None = basis.log.entry.get(fact.entry) if basis.log else None
        self._was = {(one.subject, one.aspect): one.value for one in before.claims}
        self._issued, self._fact, self._claims = before, fact, claims

    def begin(self, time: Callable[[int], str]) -> str:
        """What the entry is told with: "Nytt", "Bekräftat", "Besvarad begäran …", "Ändrad längd …", "Genomförd", else "Rättat".

        Args:
            time: An instant in words.
        """
        entry = self._entry
        if entry is None or self._before(entry, "status") is None:
            return self._new(entry, time)
        parts = list(self._parts(entry, time))
        text = ", ".join(parts) or say("rättat", "corrected")
        return text[0].upper() + text[1:]

    def _new(self, entry: Entry | None, time: Callable[[int], str]) -> str:
        if not isinstance(entry, Request):
            return say("Nytt", "New")
        if entry.answered is None:
            return f"{say('Ny', 'New')} {self._request(entry)}"
        return f"{say('Besvarad', 'Answered')} {self._request(entry)}, {self._answer(entry, time)}"

    def _request(self, entry: Request) -> str:
        """A request by whom it is to, or from where it is another's."""
        if self._log and entry.actor != self._log.incident.actor:
            asker = self._name(entry.actor)
            return say(f"begäran från {asker}", f"request from {asker}")
        to = self._addressee(entry)
        return say(f"begäran till {to}", f"request to {to}")

    def _answer(self, entry: Request, time: Callable[[int], str]) -> str:
        """When a request was answered, and what."""
        when = time(entry.answered or entry.time)
        return when + (say(f" (”{entry.answer}”)", f' ("{entry.answer}")') if entry.answer else "")

    def _name(self, one: str) -> str:
        """The name of an entity or a payment of the model."""
        network = self._basis.network
        return network.payment[one].name if one in network.payment else network.entity[one].name

    def _addressee(self, request: Request) -> str:
        return self._name(request.to) if request.to else say("alla", "all")

    def _parts(self, entry: Entry, time: Callable[[int], str]) -> Iterator[str]:
        before = self._told_before(entry)
        if isinstance(before, OutageEntry) and isinstance(entry, OutageEntry):
            yield from self._other_thing(before, entry)
            yield from _other_start(before, entry, time)
        if isinstance(before, Request) and isinstance(entry, Request):
            yield from self._other_addressee(before, entry)
        if entry.status == "confirmed" and self._before(entry, "status") in ("unconfirmed", "feared"):
            yield say("bekräftat", "confirmed")
        if isinstance(entry, Request) and entry.answered is not None:
            yield f"{say('besvarad', 'answered')} {self._request(entry)}, {self._answer(entry, time)}"
        if isinstance(entry, Measure) and self._before(entry, "progress") not in (None, entry.progress):
            yield progress_word(entry.progress)
        if before is not None and self._may_quote(before, entry):
            yield from _other_plan(before, entry, time)
        if isinstance(entry, OutageEntry):
            subject = entry.outage.subject
            yield from self._share(subject)
            yield from self._length(subject, time)

    def _may_quote(self, before: Entry, now: Entry) -> bool:
        """Whether what was said before may be read by all who may read what is said now."""
        return self._log is not None and strictest(*map(self._log.label, (before, now))) == self._log.label(now)

    def _corrected(self, entry: Entry) -> list[str]:
        """Ids of what an entry corrects, the latest first."""
        return [one for one, _ in self._log.corrects.get(entry.id, ())] if self._log else []

    def _before(self, entry: Entry, aspect: str) -> str | None:
        """What the lägesbild before said of what an entry corrects; None where it did not tell of it."""
        return next((self._was[one, aspect] for one in self._corrected(entry) if (one, aspect) in self._was), None)

    def _told_before(self, entry: Entry) -> Entry | None:
        """What the entry corrects, as the lägesbild before told it; None where it did not, or the reader may not know of it."""
        told = next((one for one in self._corrected(entry) if (one, "status") in self._was), None)
        return next((one for one in self._basis.known.corrected if one.id == told), None)

    def _other_thing(self, before: OutageEntry, now: OutageEntry) -> Iterator[str]:
        """That what was said to be out is not, where something else is."""
        was, basis = before.outage.subject, self._basis
        is_out = any(one.subject == was for one in basis.known.scenario.outages)
        if was != now.outage.subject and not is_out and basis.may_name(was) and basis.may_hear_of(was):
            name = self._name(was)
            yield say(f"rättat (inte {name}, som sagts tidigare)", f"corrected (not {name}, as was said before)")

    def _other_addressee(self, before: Request, now: Request) -> Iterator[str]:
        """Whom a request was said to be for, and is now."""
        if before.to != now.to:
            was, is_ = self._addressee(before), self._addressee(now)
            yield say(f"ändrad mottagare (var {was}, nu {is_})", f"changed addressee (was {was}, now {is_})")

    def _said_before(self, subject: str) -> dict[str, str] | None:
        """What was said before of the same outage: that which began then, or the only one where there is one still."""
        before = said_outages(self._issued.claims).get(subject, [])
        start = said_outages(self._fact.claims).get(subject, [{}])[0].get("start")
        same = [one for one in before if one.get("start") == start]
        if not same and len(before) == len(said_outages(self._claims).get(subject, [])) == 1:
            return before[0]
        return same[0] if same else None

    def _share(self, subject: str) -> Iterator[str]:
        """What share of a file is faulty now, and was said to be."""
        now, before = said_outages(self._fact.claims).get(subject), self._said_before(subject)
        if now and before and SHARE in before and before[SHARE] != now[0].get(SHARE, before[SHARE]):
            was, new = percent(float(before[SHARE])), percent(float(now[0][SHARE]))
            yield say(f"ändrad andel (var {was}, nu {new})", f"changed share (was {was}, now {new})")

    def _length(self, subject: str, time: Callable[[int], str]) -> Iterator[str]:
        """What the length was and is, by the estimate where there was and is one, else by the end."""
        now, before = said_outages(self._fact.claims).get(subject), self._said_before(subject)
        if now and before is not None:
            yield from changed_length(before, now[0], time)


def _other_plan(before: Entry, now: Entry, time: Callable[[int], str]) -> Iterator[str]:
    """What a decision or a measure said, and when a measure was to be done."""
    if isinstance(before, Decision) and isinstance(now, Decision) and before.text != now.text:
        yield say(f"ändrat beslut (var ”{before.text}”)", f'changed decision (was "{before.text}")')
    if isinstance(before, Measure) and isinstance(now, Measure):
        if before.text != now.text:
            yield say(f"ändrad åtgärd (var ”{before.text}”)", f'changed measure (was "{before.text}")')
        if before.due != now.due:
            was, new = (say("ingen", "none") if one.due is None else time(one.due) for one in (before, now))
            yield say(f"ändrad tid (var {was}, nu {new})", f"changed due time (was {was}, now {new})")


def changed_length(before: Mapping[str, str], now: Mapping[str, str], time: Callable[[int], str]) -> Iterator[str]:
    """What the length of an outage was said to be and is, by its claims, where they differ.

    Args:
        before: What was said of the outage, by aspect.
        now: What is said.
        time: An instant in words.
    """
    if any(now.get(one) != before.get(one) for one in (LENGTH, "end")):
        was, new = (_words(one.get(LENGTH, one.get("end")), time) for one in (before, now))
        yield say(f"ändrad längd (var {was}, nu {new})", f"changed length (was {was}, now {new})")


def _other_start(before: OutageEntry, now: OutageEntry, time: Callable[[int], str]) -> Iterator[str]:
    """When an outage was said to have begun, and is now."""
    if before.outage.start != now.outage.start and before.outage.subject == now.outage.subject:
        yield changed_start(before.outage.start, now.outage.start, time)


def changed_start(was: int, now: int, time: Callable[[int], str]) -> str:
    """When an outage was said to begin, and is now."""
    return say(f"ändrad början (var {time(was)}, nu {time(now)})", f"changed start (was {time(was)}, now {time(now)})")


def _words(value: str | None, time: Callable[[int], str]) -> str:
    """A length, or the time at which it was to end, in words; a log may have been edited by hand."""
    if value is None or value == UNKNOWN:
        return say("okänd", "unknown")
    try:
        return length_in_words(claimed_length(value))
    except ValueError:
        pass
    try:
        until = time(parse_instant(value, _UTC))
    except ValueError:
        return value
    return say(f"till {until}", f"until {until}")
