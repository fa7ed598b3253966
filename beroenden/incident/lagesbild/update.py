"""What an entry that corrects another has changed: confirmed, answered, another length, further on, or merely put right."""

from collections.abc import Callable, Iterator, Sequence

from beroenden.incident.estimates import LENGTH, claimed_length, length_in_words
from beroenden.incident.known import UNKNOWN
from beroenden.incident.lagesbild.claims import Change
from beroenden.incident.lagesbild.planned import progress_word
from beroenden.incident.log.entries import Entry, Issued, Log, Measure, OutageEntry, Request
from beroenden.language import say
from beroenden.units.times import parse_instant, time_zone

_UTC = time_zone("UTC")


class Update:
    """An entry against the lägesbild before; what that said is known from its claims, which its reader has seen."""

    def __init__(self, log: Log | None, entry: str, before: Issued, found: Sequence[Change]) -> None:
        """
        Args:
            log: The log that the reader may see; None where there is none.
            entry: Id of the entry.
            before: The lägesbild before.
            found: How the claims have changed since.
        """
        self._entry: Entry | None = log.entry.get(entry) if log else None
        self._was = {(one.subject, one.aspect): one.value for one in before.claims}
        self._found = found

    def begin(self, time: Callable[[int], str]) -> str:
        """What the entry is told with: "Nytt", "Bekräftat", "Besvarad", "Ändrad längd …", "Genomförd", else "Rättat".

        Args:
            time: An instant in words.
        """
        entry = self._entry
        if entry is None or entry.supersedes is None:
            return say("Nytt", "New")
        parts = list(self._parts(entry, time))
        text = ", ".join(parts) or say("rättat", "corrected")
        return text[0].upper() + text[1:]

    def _parts(self, entry: Entry, time: Callable[[int], str]) -> Iterator[str]:
        if entry.status == "confirmed" and self._before(entry, "status") in ("unconfirmed", "feared"):
            yield say("bekräftat", "confirmed")
        if isinstance(entry, Request) and entry.answered is not None:
            answer = f" {entry.answer}" if entry.answer else ""
            yield say(f"besvarad {time(entry.answered)}{answer}", f"answered {time(entry.answered)}{answer}")
        if isinstance(entry, Measure) and self._before(entry, "progress") not in (None, entry.progress):
            yield progress_word(entry.progress)
        if isinstance(entry, OutageEntry):
            yield from self._length(entry.outage.entity or entry.outage.payment or "", time)

    def _before(self, entry: Entry, aspect: str) -> str | None:
        return self._was.get((entry.supersedes or "", aspect))

    def _length(self, subject: str, time: Callable[[int], str]) -> Iterator[str]:
        """What the length was and is, by the estimate where there was and is one, else by the end."""
        moved = {one.aspect: one for one in self._found if one.subject == subject and one.before != one.after}
        now = {aspect: moved[aspect].after for aspect in ("end", LENGTH) if aspect in moved}
        if not now:
            return
        aspects = (LENGTH, "end")
        was = _words(next((value for one in aspects if (value := self._was.get((subject, one)))), None), time)
        new = _words(next((value for one in aspects if (value := now.get(one))), None), time)
        yield say(f"ändrad längd (var {was}, nu {new})", f"changed length (was {was}, now {new})")


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
