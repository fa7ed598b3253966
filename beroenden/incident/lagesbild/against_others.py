"""Where the own log has an outage otherwise than what others have told."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from beroenden.incident.comparison import Range, range_in_words
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, outage_name
from beroenden.incident.log.entries import Log, OutageEntry, Received
from beroenden.incident.reported import latest_received, stands_at
from beroenden.incident.said import has_ended
from beroenden.incident.told_estimates import first_told
from beroenden.incident.told_otherwise import (
    ToldState,
    ended_by_others,
    seen_since,
    told_apart,
    told_begun,
    told_end,
    told_level,
    told_plan,
)
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import percent


class AgainstOthers(Writer):
    """What others have told of own outages that the own log does not have, has otherwise or does not know."""

    def about_end(self, outage: Outage, report: OutageEntry, is_over: bool) -> Statement | None:
        """What others have told of when an own outage ends, where the own log has it otherwise or does not know it.

        Of what the own log only plans, also from when it is.
        """
        was_planned = report.time < outage.start and not is_over and not self._has_been_seen(outage)
        told = self._planned_otherwise(outage, report) if was_planned else None
        if told is not None or self._is_plan(outage):
            return told
        if is_over:
            return self._said_to_end(outage, report)
        return self._said_to_have_ended(outage) or self._said_to_end(outage, report) or self._said_to_last(outage)

    def _is_plan(self, outage: Outage) -> bool:
        """Whether the own log has an outage only as planned, to begin later or by now."""
        return self._known.is_only_planned(outage)

    def _has_been_seen(self, outage: Outage) -> bool:
        """Whether the own log has what was observed of something since its outage was to begin."""
        return seen_since(self._basis.log, outage.entity, outage.start)

    def _told_plan(self, outage: Outage, report: OutageEntry) -> ToldState | None:
        """How another has told an outage that the own log plans."""
        if self._others_words is None:
            return None
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        apart = [one for one, by in pairs if by not in (None, report) and one.subject == outage.subject]
        return told_plan(self._others_words, outage, report, apart, self._network, self._zone)

    def _planned_otherwise(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has told other times of what the own log plans, or that it has begun."""
        told = self._told_plan(outage, report)
        if told is None or told.start is None:
            return None
        has_begun = told.is_begun and outage.start > self._at
        if (told.start, told.end) == (outage.start, outage.end) and not has_begun:
            return None
        own, theirs = self._span(outage.start, outage.end), self._span(told.start, told.end)
        since, by = self._short(told.start), self._by(told.received, told.is_sure)
        is_it = say(f"är det planerat {theirs}", f"it is planned {theirs}")
        if told.is_begun:
            is_it = say(f"började det {since}", f"it began {since}")
            if told.end is not None:
                is_it += self._until_end(told.end, told)
        differs = say(
            f"i loggen är det planerat {own}, men enligt {by} {is_it}",
            f"in the log it is planned {own}, but according to {by} {is_it}",
        )
        return self._differing(outage, differs, told.received)

    def _until_end(self, end: int, told: ToldState) -> str:
        """ " och beräknas vara åtgärdat …" (and is expected to be resolved), or that it ended."""
        until = self._short(end)
        if told.is_over:
            return say(f" och upphörde {until}", f" and ended {until}")
        if end > stands_at(told.received):
            return say(f" och beräknas vara åtgärdat {until}", f" and is expected to be resolved {until}")
        return say(f" och antas ha upphört {until}", f" and is assumed to have ended {until}")

    def _span(self, start: int, end: int | None) -> str:
        """From when until when; only from when, where the end is not known."""
        since = self._short(start)
        if end is None:
            return say(f"från {since} (längden okänd)", f"from {since} (length unknown)")
        return say(f"{since} till {self._short(end)}", f"{since} to {self._short(end)}")

    @cached_property
    def _others_words(self) -> Log | None:
        """The log, as far as others' words of outages answer what would be asked; of another reader, what it has said itself."""
        viewer, log = self._basis.viewer, self._basis.log
        if viewer is None or log is None:
            return log
        return replace(log, entries=tuple(one for one in log.of(Received) if one.sender == viewer.actor))

    def _said_to_have_ended(self, outage: Outage) -> Statement | None:
        """That others have told when an outage ended whose end the own log does not say: only which holds is to be asked of them."""
        told = self.ended_by(outage)
        if not told:
            return None
        made = self._differing(outage, self._ended_in_words(outage, told), *(received for _, received in told))
        asks = tuple(
            self._ask(outage, self._ended_in_words(outage, [one]), one[1]) for one in told if one[0] != outage.end
        )
        return replace(made, asks=asks)

    def ended_by(self, outage: Outage) -> list[tuple[int, Received]]:
        """When others have confirmed that an outage ended that the own log does not say has, in order of time."""
        return ended_by_others(self._others_words, outage, self._at, self._network, self._zone)

    def _ended_in_words(self, outage: Outage, told: Iterable[tuple[int, Received]]) -> str:
        """That an outage has ended by others' word, and how the own log has it."""
        ends: dict[int, list[str]] = {}
        for end, received in told:
            ends.setdefault(end, []).append(received.sender_in(self._network))
        each = listed(f"{listed(names)} ({self._short(end)})" for end, names in ends.items())
        own = say("i loggen pågår det", "it goes on in the log")
        if outage.end is not None and outage.end <= self._at:
            taken = self._short(outage.end)
            own = say(f"i loggen antas det ha upphört {taken}", f"in the log it is assumed to have ended on {taken}")
        joined = say("och", "and") if [*ends] == [outage.end] else say("men", "but")
        return say(
            f"{own}, {joined} det har upphört enligt {each}", f"{own}, {joined} it has ended according to {each}"
        )

    def goes_on_by(self, outage: Outage, report: OutageEntry) -> Received | None:
        """By which delgivning an outage goes on whose end by the own log has come; None by nobody's."""
        told = self._told_end(outage, report)
        is_past = outage.end is not None and outage.end <= self._at
        return told.received if told and is_past and (told.end is None or told.end > self._at) else None

    def _told_end(self, outage: Outage, report: OutageEntry) -> ToldState | None:
        """How another has told when an outage ends that the own log has ending otherwise, and has not seen since."""
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        own = (one for one, by in pairs if by is not None and self._may_tell(one))
        goes_on = any(one.subject == outage.subject and one.start > outage.start for one in own)
        if self._others_words is None or outage.end is None or goes_on:
            return None
        told = told_end(self._others_words, outage, report, self._at, self._network)
        is_seen = told is not None and seen_since(self._basis.log, outage.entity, stands_at(told.received))
        return None if is_seen else told

    def _said_to_end(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That by another's word an outage goes on, or ends, at another time than the own log has it."""
        told = self._told_end(outage, report)
        if told is None or outage.end is None:
            return None
        by, until = self._by(told.received, told.is_sure), self._short(outage.end)
        has_it = say(f"ska det vara åtgärdat {until}", f"it is to be resolved {until}")
        if has_ended(report):
            has_it = say(f"upphörde det {until}", f"it ended {until}")
        elif outage.end <= self._at:
            has_it = say(f"antas det ha upphört {until}", f"it is assumed to have ended on {until}")
        then = say("är slutet inte känt", "its end is not known")
        if told.end is not None:
            end = self._short(told.end)
            then = say(f"beräknas det vara åtgärdat {end}", f"it is expected to be resolved {end}")
            if told.is_over:
                then = say(f"upphörde det {end}", f"it ended {end}")
            elif told.end <= stands_at(told.received):
                then = say(f"antas det ha upphört {end}", f"it is assumed to have ended on {end}")
        differs = say(
            f"i loggen {has_it}, men enligt {by} {then}", f"in the log {has_it}, but according to {by} {then}"
        )
        return self._differing(outage, differs, told.received)

    def between_others(self, outage: Outage) -> Statement | None:
        """That others disagree of an outage that the own log does not have."""
        told = told_apart(self._others_words, outage.subject, self._network) if self._others_words else []
        newest = max((one.seen for one in told), default=0)
        if not told or seen_since(self._basis.log, outage.entity, newest):
            return None
        are_levels_apart = len({one.level for one in told} - {None}) > 1
        each = "; ".join(self._told_by(one, with_level=are_levels_apart) for one in told)
        counted = told[0].received.sender_in(self._network)
        name, tellers = outage_name(self._network, outage), [one.received for one in told]
        text = say(
            f"{name}: {each}. Här räknas med vad {counted} säger; fråga vad som gäller.",
            f"{name}: {each}. What {counted} says counts here; ask which holds.",
        )
        asks = tuple(self._ask(outage, each, one) for one in tellers)
        return replace(self._told(text, outage, tellers), asks=asks)

    def _told_by(self, told: ToldState, *, with_level: bool) -> str:
        """How an outage that has begun stands by another's word."""
        by, since = self._by(told.received, told.is_sure), self._short(told.start or 0)
        level, until = "", say(", och slutet är inte känt", ", and its end is not known")
        if with_level and told.level is not None:
            left = percent(told.level)
            level = say(f", {left} av förmågan är kvar", f", {left} of the capacity is left")
        if told.end is not None:
            until = self._until_end(told.end, told)
        return say(
            f"enligt {by} började det {since}{level}{until}", f"according to {by} it began {since}{level}{until}"
        )

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
        told = self.confirmed_by(outage, report)
        if told is None:
            return None
        by = self._by(told)
        differs = say(
            f"i loggen är det obekräftat, men {by} bekräftar det", f"in the log it is unconfirmed, but {by} confirms it"
        )
        return self._differing(outage, differs, told)

    def confirmed_by(self, outage: Outage, report: OutageEntry) -> Received | None:
        """By which delgivning another has confirmed an outage that the own log has as unconfirmed; None by nobody's."""
        if self._others_words is None or not self._known.is_doubted(outage, report):
            return None
        is_plan = self._is_plan(outage)
        told = self._told_plan(outage, report) if is_plan else told_begun(self._others_words, outage, self._network)
        return told.received if told is not None and told.is_sure else None

    def confirmed_to_house(self, outage: Outage, report: OutageEntry | None) -> Received | None:
        """The same for the own house, which alone is told how its log stands beside what others say."""
        return None if report is None or self._basis.viewer is not None else self.confirmed_by(outage, report)

    def _by(self, received: Received, is_sure: bool = True) -> str:
        """Who says something in a delgivning, and as of when; and that it is not confirmed, where it is not."""
        name, unsure = received.sender_in(self._network), "" if is_sure else say("obekräftat", "unconfirmed")
        told = [one for one in ("" if received.at is None else self._short(received.at), unsure) if one]
        return f"{name} ({', '.join(told)})" if told else name

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
        asks = tuple(self._ask(outage, differs, one) for one in tellers)
        return replace(self._told(text, outage, tellers), asks=asks)

    def _ask(self, outage: Outage, differs: str, teller: Received) -> tuple[str, str]:
        """What to ask the one who has told something otherwise than the own log."""
        name = outage_name(self._network, outage)
        return teller.sender, say(f"{name}: {differs}. Vad gäller?", f"{name}: {differs}. Which holds?")

    def _told(self, text: str, outage: Outage, tellers: Iterable[Received]) -> Statement:
        """What others have told of an outage, under the strictest of their labels."""
        entity = outage.subject or ""
        made = self._computed("prognos.information", text, None, (), status="okänd", names=(entity,))
        return replace(made, tlp=strictest(made.tlp, self.label_of(outage, tellers)))

    def label_of(self, outage: Outage, tellers: Iterable[Received]) -> str:
        """The strictest label of what some delgivningar say of an outage."""
        return strictest(*(label for one in tellers for label in self._told_labels(one, outage.subject)))


def _length_in_words(limits: Range) -> str:
    """The limits of an estimated length."""
    least = None if limits.least is None else duration_in_words(limits.least)
    return range_in_words(least, duration_in_words(limits.likely), duration_in_words(limits.most))
