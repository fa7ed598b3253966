"""Where the own log has an outage otherwise than what others have told."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from beroenden.incident.comparison import Range, range_in_words
from beroenden.incident.known import has_ended
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, outage_name
from beroenden.incident.log.entries import Log, OutageEntry, Received
from beroenden.incident.reported import latest_received, stands_at
from beroenden.incident.told_estimates import first_told, told_ends
from beroenden.incident.told_otherwise import seen_since, told_begun, told_level, told_longer
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import percent


class AgainstOthers(Writer):
    """What others have told of own outages that the own log does not have, has otherwise or does not know."""

    def about_end(self, outage: Outage, report: OutageEntry, is_over: bool) -> Statement | None:
        """What others have told of when an own outage ends, where the own log has it otherwise or does not know it."""
        if is_over:
            return self._said_to_go_on(outage, report)
        return self._said_to_have_ended(outage) or self._said_to_go_on(outage, report) or self._said_to_last(outage)

    @cached_property
    def _others_words(self) -> Log | None:
        """The log, as far as others' words of outages answer what would be asked; of another reader, what it has said itself."""
        viewer, log = self._basis.viewer, self._basis.log
        if viewer is None or log is None:
            return log
        return replace(log, entries=tuple(one for one in log.of(Received) if one.sender == viewer.actor))

    def _said_to_have_ended(self, outage: Outage) -> Statement | None:
        """That others have told when an outage ended whose end the own log does not say: there is nothing to ask of them."""
        told = told_ends(self._others_words, outage, self._at, self._zone)
        if not told:
            return None
        ends: dict[int, list[str]] = {}
        for end, received in told:
            ends.setdefault(end, []).append(received.sender_in(self._network))
        each = listed(f"{listed(names)} ({self._short(end)})" for end, names in ends.items())
        own = say("i loggen pågår det", "it goes on in the log")
        if outage.end is not None and outage.end <= self._at:
            taken = self._short(outage.end)
            own = say(f"i loggen antas det ha upphört {taken}", f"in the log it is assumed to have ended on {taken}")
        joined = say("och", "and") if [*ends] == [outage.end] else say("men", "but")
        differs = say(
            f"{own}, {joined} det har upphört enligt {each}", f"{own}, {joined} it has ended according to {each}"
        )
        return self._differing(outage, differs, *(received for _, received in told))

    def _said_to_go_on(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has confirmed that an outage goes on, or ends, later than the own log has it."""
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        own = (one for one, by in pairs if by is not None and self._may_tell(one))
        goes_on = any(one.subject == outage.subject and one.start > outage.start for one in own)
        if self._others_words is None or outage.end is None or goes_on:
            return None
        told = told_longer(self._others_words, outage, report, self._at, self._network)
        if told is None or seen_since(self._basis.log, outage.entity, stands_at(told.received)):
            return None
        by, until = self._by(told.received), self._short(outage.end)
        has_it = say(f"ska det vara åtgärdat {until}", f"it is to be resolved {until}")
        if has_ended(report):
            has_it = say(f"upphörde det {until}", f"it ended {until}")
        elif outage.end <= self._at:
            has_it = say(f"antas det ha upphört {until}", f"it is assumed to have ended on {until}")
        then = say("är slutet inte känt", "its end is not known")
        if told.end is not None:
            end = self._short(told.end)
            then = say(f"beräknas det vara åtgärdat {end}", f"it is expected to be resolved {end}")
            if told.end <= stands_at(told.received):
                then = say(f"upphörde det {end}", f"it ended {end}")
        differs = say(
            f"i loggen {has_it}, men enligt {by} {then}", f"in the log {has_it}, but according to {by} {then}"
        )
        return self._differing(outage, differs, told.received)

    def about_level(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has confirmed that more or less is left of what is out than the own log has."""
        is_now = outage.start <= self._at and (outage.end is None or outage.end > self._at)
        if self._others_words is None or outage.entity is None or not is_now:
            return None
        told = told_level(self._others_words, outage, report, self._at, self._network)
        if told is None or told.level is None or seen_since(self._basis.log, outage.entity, told.seen):
            return None
        by, own = told.received.sender_in(self._network), percent(outage.remaining)
        level, when = percent(told.level), self._short(told.seen)
        differs = say(
            f"i loggen är {own} av förmågan kvar, men enligt {by} var det {level} ({when})",
            f"in the log {own} of the capacity is left, but according to {by} it was {level} ({when})",
        )
        return self._differing(outage, differs, told.received)

    def about_doubt(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has confirmed an outage that the own log has as unconfirmed."""
        if self._others_words is None or not self._known.is_doubted(outage, report):
            return None
        told = told_begun(self._others_words, outage, self._network)
        if told is None:
            return None
        by = self._by(told.received)
        differs = say(
            f"i loggen är det obekräftat, men {by} bekräftar det", f"in the log it is unconfirmed, but {by} confirms it"
        )
        return self._differing(outage, differs, told.received)

    def _by(self, received: Received) -> str:
        """Who says something in a delgivning, and as of when."""
        name = received.sender_in(self._network)
        return name if received.at is None else f"{name} ({self._short(received.at)})"

    def _said_to_last(self, outage: Outage) -> Statement | None:
        """How long others estimate an outage whose length the own log does not know; who answers for it goes first."""
        if outage.end is not None or self._others_words is None:
            return None
        answering = self._network.answering(outage.subject or "")
        latest = sorted(latest_received(self._others_words), key=lambda one: one.sender != answering)
        estimates = (first_told([one], outage, self._zone) for one in latest)
        told = next((one for one in estimates if one is not None and one.latest_end > self._at), None)
        if told is None:
            return None
        name, by = outage_name(self._network, outage), told.received.sender_in(self._network)
        lasts = _length_in_words(told.limits) if told.limits else duration_in_words(told.likely)
        text = say(
            f"{name}: i loggen är längden okänd, men {by} uppskattar den till {lasts}. För in det i den egna posten, eller fråga "
            "vad som gäller.",
            f"{name}: in the log the length is unknown, but {by} estimates it at {lasts}. Enter that in the own entry, or ask "
            "which holds.",
        )
        return self._told(text, outage, [told.received])

    def _differing(self, outage: Outage, differs: str, *tellers: Received) -> Statement:
        """How the own log and others' words differ of an outage, and what to do about it."""
        name = outage_name(self._network, outage)
        text = say(
            f"{name}: {differs}. Rätta den egna posten, eller fråga vad som gäller.",
            f"{name}: {differs}. Correct the own entry, or ask which holds.",
        )
        return self._told(text, outage, tellers)

    def _told(self, text: str, outage: Outage, tellers: Iterable[Received]) -> Statement:
        """What others have told of an outage, under the strictest of their labels."""
        entity = outage.subject or ""
        said = (
            self._basis.label_for(received.label_of(one))
            for received in tellers
            for one in received.statements
            if any(claim.subject == entity for claim in one.claims)
        )
        made = self._computed("prognos.information", text, None, (), status="okänd", names=(entity,))
        return replace(made, tlp=strictest(made.tlp, *said))


def _length_in_words(limits: Range) -> str:
    """The limits of an estimated length."""
    least = None if limits.least is None else duration_in_words(limits.least)
    return range_in_words(least, duration_in_words(limits.likely), duration_in_words(limits.most))
