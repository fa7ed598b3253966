"""The payment and event calendar as a calendar, RFC 5545: payment dates, stages, cut-offs and planned events."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Event

from beroenden.consequences.dates import payment_dates
from beroenden.consequences.runs import Plan, days_around, timetable
from beroenden.errors import UsageError
from beroenden.interop.calendars import calendar_of, moment, new_event
from beroenden.language import say
from beroenden.model import payments
from beroenden.model.labels import strictest
from beroenden.model.network import WITHHELD, Network
from beroenden.model.payments import Payment, Stage
from beroenden.modelfiles.findings import visible
from beroenden.sharing.masking import Masked
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import money, number
from beroenden.units.times import Clock, instant, short_time, time_zone

_NAMESPACE = UUID("0b0c7c5e-61a4-5a36-8f0a-7d1f0a2f3c11")
_UTC = time_zone("UTC")
_CLASSES = {"TLP:CLEAR": "PUBLIC", "TLP:GREEN": "PRIVATE"}
"""Everything above is CONFIDENTIAL."""


@dataclass(frozen=True, slots=True)
class PaymentCalendar:
    """A calendar and what is in it.

    Attributes:
        content: The content of an .ics file; the same for the same model, days and reader.
        label: The most restricted label of anything in it.
        runs: How many payment runs.
        stages: How many stages and cut-offs.
        events: How many planned events.
    """

    content: bytes
    label: str
    runs: int
    stages: int
    events: int


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event of the calendar; `start` and `end` are instants, or a whole day without `end`."""

    kind: str
    key: tuple[str, ...]
    label: str
    about: str
    lines: tuple[str, ...]
    start: int | date
    end: int | None
    verified: date | None


def payment_calendar(
    mask: Masked,
    first: date,
    last: date,
    *,
    payment: str | None = None,
    actor: str | None = None,
    with_stages: bool = True,
) -> PaymentCalendar:
    """The payment dates, stages and planned events from `first` to `last`.

    A stage stands on the day on which it begins, also where its payment date lies after the period. The stamp of all
    events is the day on which anything in the calendar was last verified, so that a newer model has a newer stamp.

    Args:
        mask: The model for its reader; what is withheld is in no event.
        payment: Only this payment, and no planned events.
        actor: Only what this actor takes part in: all of the payments that it makes; of others the payment dates and
            stages that need it or what it answers for; events of its own.
        with_stages: Whether stages and cut-offs are in it, besides payment dates and planned events.

    Raises:
        UsageError: for a payment or an actor that the reader may not know of.
    """
    for one in (payment, actor):
        if one is not None and mask.ids[one] in mask.network.withheld:
            raise UsageError(say(f"Mottagaren får inte se {one}.", f"The recipient may not see {one}."))
    wanted = _Wanted(mask, first, last, payment, actor, with_stages)
    entries = sorted(wanted.entries(), key=lambda one: (_begin(one, mask.network), one.kind, one.key))
    label = strictest(mask.network.tlp, *(one.label for one in entries))
    content = _content(entries, mask.network, label, first, last)
    count = [one.kind for one in entries].count
    return PaymentCalendar(content, label, count("run"), count("stage") + count("cutoff"), count("event"))


class _Wanted:
    """What belongs in a calendar for a reader."""

    def __init__(
        self, mask: Masked, first: date, last: date, payment: str | None, actor: str | None, with_stages: bool
    ) -> None:
        self._network, self._hidden = mask.network, mask.network.withheld
        self._first, self._last = first, last
        self._payment, self._actor, self._with_stages = payment, actor, with_stages
        self._zone = time_zone(self._network.timezone)
        self._clock = Clock(self._zone)

    def entries(self) -> Iterator[_Entry]:
        for payment in self._network.payments:
            if payment.id not in self._hidden and self._payment in (None, payment.id):
                yield from self._of_payment(payment)
        if self._payment is None:
            yield from self._events()

    def _of_payment(self, payment: Payment) -> Iterator[_Entry]:
        stages = {place: stage for place, stage in enumerate(payment.stages) if self._concerns(payment, place, stage)}
        if not stages and not self._is_party(payment):
            return
        reach = timedelta(days=days_around(payment))
        for day in payment_dates(payment, self._first - reach, self._last + reach):
            plan = timetable(self._network).plan(payment, day)
            if self._first <= day <= self._last:
                yield self._run(plan)
            for place, stage in stages.items() if self._with_stages else ():
                yield from self._stage(plan, place, stage)

    def _is_party(self, payment: Payment) -> bool:
        banks = [bank for bank, _ in self._network.accounts_of(payment)]
        return self._actor is None or self._actor in (payment.payer, payment.paying_bank, *banks)

    def _concerns(self, payment: Payment, place: int, stage: Stage) -> bool:
        """Whether the actor pays, or answers for something that the stage needs, as far as the reader knows."""
        if (payment.id, place) in self._hidden:
            return False
        if self._actor in (None, payment.payer):
            return True
        banks = [bank for bank, _ in self._network.accounts_of(payment) if bank] if stage.at_recipient_bank else []
        shown = (need for at, need in enumerate(stage.needs) if (payment.id, place, at) not in self._hidden)
        providers = [*banks, *(provider for need in shown for provider in need.providers)]
        return any(self._actor == self._network.actor_of(one) for one in providers)

    def _named(self, *ids: str | None) -> list[str]:
        """The names of what the reader may know of some entities; all that it may not is one stand-in."""
        shown = dict.fromkeys(WITHHELD if one in self._hidden else one for one in ids if one)
        return [visible(self._network.entity[one].name) for one in shown]

    def _label(self, label: str | None, *ids: str | None) -> str:
        """The label of a text with a label of its own that names some entities or payments."""
        named = [one for one in ids if one and one not in self._hidden]
        return strictest(label or self._network.tlp, *(self._network.label_of(one) for one in named))

    def _run(self, plan: Plan) -> _Entry:
        payment, day = plan.payment, plan.day
        done = say("aldrig", "never") if plan.planned is None else short_time(plan.planned, self._zone)
        parties = (
            (say("Betalare", "Payer"), payment.payer),
            (say("Utbetalande bank", "Paying bank"), payment.paying_bank),
            (say("Mottagare", "Recipients"), payment.recipients),
        )
        lines = [
            say(f"Planerat hos mottagarna: {done}", f"Planned with the recipients: {done}"),
            *(f"{role}: {name}" for role, one in parties for name in self._named(one)),
            *_amounts(payment),
        ]
        if any(day == after for _, after in payment.moved):
            lines.append(say("Dagen är flyttad av betalaren.", "The payer has moved the day."))
        label = self._label(payment.provenance.tlp, payment.payer, payment.paying_bank, payment.recipients)
        about = f"{visible(payment.name)}: {say('betalningsdag', 'payment date')}"
        key = (payment.id, day.isoformat())
        return _Entry("run", key, label, about, tuple(lines), day, None, payment.provenance.verified)

    def _stage(self, plan: Plan, place: int, stage: Stage) -> Iterator[_Entry]:
        """A stage where it begins in the period; once for all branches with the same times."""
        spans: dict[tuple[int, int | None], list[str | None]] = {}
        for branch in plan.branches:
            times = branch.stages[place]
            if times and self._first <= date.fromordinal(self._clock.day(times.start)) <= self._last:
                spans.setdefault((times.start, times.completion), []).append(branch.bank)
        for turn, ((start, end), banks) in enumerate(spans.items()):
            yield self._span(plan, stage, (start, end), turn, banks if len(spans) > 1 else [])

    def _span(
        self, plan: Plan, stage: Stage, span: tuple[int, int | None], turn: int, banks: list[str | None]
    ) -> _Entry:
        """A stage from its start to its end; of a batch stage the cut-off, which is a moment."""
        payment, (start, end) = plan.payment, span
        is_cutoff = stage.cutoff is not None
        names = self._named(*banks)
        done = say("aldrig", "never") if end is None else short_time(end, self._zone)
        lines = [
            say(f"Betalningsdag: {plan.day}", f"Payment date: {plan.day}"),
            say(f"Planerat klart: {done}", f"Planned to be complete: {done}"),
            *([say("Konton i: ", "Accounts in: ") + ", ".join(names)] if names else []),
        ]
        what = f"{say('bryttid', 'cut-off')} {visible(stage.name)}" if is_cutoff else visible(stage.name)
        return _Entry(
            kind="cutoff" if is_cutoff else "stage",
            key=(payment.id, plan.day.isoformat(), stage.id, str(turn)),
            label=self._label(stage.provenance.tlp, payment.id, *banks),
            about=f"{visible(payment.name)}: {what}",
            lines=tuple(lines),
            start=start,
            end=None if is_cutoff else end,
            verified=stage.provenance.verified,
        )

    def _events(self) -> Iterator[_Entry]:
        for event in self._network.events:
            begin, end = (date.fromordinal(self._clock.day(one)) for one in (event.start, event.end - 1))
            if event.id != WITHHELD and begin <= self._last and end >= self._first and self._is_own(event):
                names = ", ".join(self._named(*event.entities))
                lines = (say(f"Planerat nere: {names}", f"Planned to be down: {names}"),)
                label = self._label(event.provenance.tlp, *event.entities)
                about = f"{say('Planerad händelse', 'Planned event')}: {visible(event.name)}"
                yield _Entry(
                    "event", (event.id,), label, about, lines, event.start, event.end, event.provenance.verified
                )

    def _is_own(self, event: payments.Event) -> bool:
        shown = (one for one in event.entities if one not in self._hidden)
        return self._actor is None or any(self._actor == self._network.actor_of(one) for one in shown)


def _amounts(payment: Payment) -> Iterator[str]:
    if payment.count is not None:
        yield say("Antal: ", "Number: ") + number(payment.count)
    if payment.amount is not None:
        yield say("Belopp: ", "Amount: ") + money(payment.amount)
    if payment.priority is not None:
        yield say(f"Prioritet: {payment.priority}", f"Priority: {payment.priority}")
    if payment.max_delay is not None:
        yield say("Tolerabel försening: ", "Tolerable delay: ") + duration_in_words(payment.max_delay)


def _begin(entry: _Entry, network: Network) -> int:
    if isinstance(entry.start, int):
        return entry.start
    return instant(datetime.combine(entry.start, time()), time_zone(network.timezone))


def _content(entries: list[_Entry], network: Network, label: str, first: date, last: date) -> bytes:
    midnight = time()
    verified = max((one.verified for one in entries if one.verified), default=first)
    stamp = instant(datetime.combine(verified, midnight), _UTC)
    starts = [_begin(one, network) for one in entries]
    ends = [one.end for one in entries if one.end is not None]
    period = [instant(datetime.combine(day, midnight), _UTC) for day in (first, last)]
    times = [*starts, *ends, *period]
    parts = (label, say("Betalningskalender", "Payment calendar"), visible(network.name), visible(network.version))
    name = " ".join(filter(None, parts))
    events = (_event(one, network, stamp) for one in entries)
    return calendar_of("betalningskalender", name, network.timezone, (min(times), max(times)), events)


def _event(entry: _Entry, network: Network, stamp: int) -> Event:
    uid = str(uuid5(_NAMESPACE, "\n".join((network.name, entry.kind, *entry.key))))
    visibility = _CLASSES.get(entry.label, "CONFIDENTIAL")
    made = new_event(uid, stamp, f"{entry.label} {entry.about}", (*entry.lines, entry.label), visibility)
    made.add("categories", [_category(entry.kind)])
    if isinstance(entry.start, int):
        made.add("dtstart", moment(entry.start, network.timezone))
        if entry.end is not None and entry.end > entry.start:
            made.add("dtend", moment(entry.end, network.timezone))
    else:
        made.add("dtstart", entry.start)
        made.add("dtend", entry.start + timedelta(days=1))
    made.add("transp", "OPAQUE" if entry.kind == "event" else "TRANSPARENT")
    return made


def _category(kind: str) -> str:
    return {
        "run": say("Betalningsdag", "Payment date"),
        "stage": say("Steg", "Stage"),
        "cutoff": say("Bryttid", "Cut-off"),
        "event": say("Planerad händelse", "Planned event"),
    }[kind]
