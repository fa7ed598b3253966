"""What has changed since the lägesbild before, in words."""

from collections.abc import Iterable, Iterator, Sequence

from beroenden.incident.forms import CHANGED
from beroenden.incident.lagesbild.claims import NEVER, Change, changes
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.incident.log.entries import Claim, Issued
from beroenden.language import say
from beroenden.units.times import parse_instant

_ORDER = ("completed", "latest_recovery", "degraded", "restored")


class Changed(Writer):
    """New facts, changed status, later or earlier consequences, newly affected actors."""

    def statements(self, before: Issued, now: Iterable[Statement], claims: Sequence[Claim]) -> Iterator[Statement]:
        """The differences between an issued lägesbild and what is said now.

        Args:
            before: The lägesbild that was issued.
            now: The statements of this one.
            claims: Its claims.
        """
        found = sorted(changes(before.claims, claims), key=_place)
        yield from self._facts(found, now)
        yield from self._actors(found)
        for change in found:
            if change.aspect in ("status", "progress", "affected"):
                continue
            if (text := self._text(change)) is not None:
                yield self._computed(CHANGED, text, None, self._subject_path(change))
        if before.model_hash != self._network.hash:
            text = say(
                "Modellen är en annan än i den förra lägesbilden; skillnader kan bero på det.",
                "The model is not that of the previous situation report; differences may come from that.",
            )
            yield self._computed(CHANGED, text)

    def _facts(self, found: Iterable[Change], now: Iterable[Statement]) -> Iterator[Statement]:
        """What has been entered or corrected, each entry once, in its own words."""
        first: dict[str, Statement] = {}
        for one in now:
            first.setdefault(one.entry, one)
        entered = [change for change in found if change.aspect in ("status", "progress") and change.kind != "gone"]
        for entry in dict.fromkeys(change.subject for change in entered):
            if entry in first:
                yield self._fact(entry, first[entry])

    def _actors(self, found: Iterable[Change]) -> Iterator[Statement]:
        """Actors that have come to be affected, and those that are so no longer."""
        texts = (
            ("new", say("Nytillkomna berörda aktörer", "Newly affected actors")),
            ("gone", say("Berörs inte längre", "No longer affected")),
        )
        changed = [change for change in found if change.aspect == "affected"]
        for kind, text in texts:
            actors = [change.subject for change in changed if change.kind == kind and self._subject(change.subject)]
            if actors:
                names = listed(self._name(actor) for actor in actors)
                yield self._computed(CHANGED, f"{text}: {names}.", None, actors)

    def _fact(self, entry: str, fact: Statement) -> Statement:
        log = self._basis.log
        is_correction = log is not None and entry in log.entry and log.entry[entry].supersedes is not None
        begin = say("Rättat", "Corrected") if is_correction else say("Nytt", "New")
        return Statement(
            CHANGED,
            f"{begin}: {fact.text}",
            fact.status,
            fact.source,
            fact.time,
            fact.path,
            fact.tlp,
            fact.disclose,
            entry=fact.entry,
        )

    def _subject_path(self, change: Change) -> tuple[str, ...]:
        return (change.subject,) if change.subject in self._network.entity else ()

    def _text(self, change: Change) -> str | None:
        name = self._subject(change.subject)
        if name is None:
            return None
        if change.aspect == "completed":
            return self._completed(change, name)
        words = {
            "latest_recovery": say("senaste återställning", "latest recovery"),
            "restored": say("beräknas återställt", "expected to be restored"),
            "degraded": say("nedsatt från", "impaired from"),
        }
        if change.aspect not in words:
            return None
        return self._moved(change, f"{name}, {words[change.aspect]}")

    def _completed(self, change: Change, name: str) -> str | None:
        if change.kind == "new":
            return say(f"{name} blir sen: klar ", f"{name} will be late: complete ") + f"{self._when(change.after)}."
        if change.kind == "gone":
            return say(f"{name} blir inte längre sen.", f"{name} will no longer be late.")
        return self._moved(change, say(f"{name}, beräknas klar", f"{name}, expected to be complete"))

    def _moved(self, change: Change, name: str) -> str | None:
        if change.kind == "gone":
            was = self._when(change.before)
            return say(f"{name}: gäller inte längre (var {was}).", f"{name}: no longer applies (was {was}).")
        if change.kind == "new":
            return f"{name}: {self._when(change.after)}."
        later = _is_later(change.before, change.after)
        moved = say("senare", "later") if later else say("tidigare", "earlier")
        was, now = self._when(change.before), self._when(change.after)
        return say(f"{name} {moved}: {now} (var {was}).", f"{name} {moved}: {now} (was {was}).")

    def _when(self, value: str | None) -> str:
        if value is None or value == NEVER:
            return say("inte inom perioden", "not within the period")
        return self._short(parse_instant(value, self._zone))

    def _subject(self, subject: str) -> str | None:
        """What a claim is about; None when the model has it no longer, or the reader may not know of it."""
        one, _, day = subject.partition(" ")
        if not self._is_shared(one):
            return None
        if one in self._network.payment:
            return f"{self._network.payment[one].name} ({day})"
        return self._network.entity[one].name if one in self._network.entity else None


def _place(change: Change) -> int:
    return _ORDER.index(change.aspect) if change.aspect in _ORDER else -1


def _is_later(before: str | None, after: str | None) -> bool:
    if after == NEVER or before == NEVER:
        return after == NEVER
    return (after or "") > (before or "")
