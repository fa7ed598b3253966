"""The payment and event calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from beroenden.bankdays.bankdays import is_bank_day
from beroenden.consequences.dates import payment_dates
from beroenden.consequences.runs import timetable
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.units.times import clock_of, iso, local, table_date, time_zone


@dataclass(frozen=True, slots=True)
class Entry:
    """A payment run or a planned event.

    Attributes:
        day: The payment date, or the day on which the event starts.
        count, amount: Of a payment, None is unknown; an event has none.
        start: Instant of the first stage's opening, or of the event's start.
        end: Instant at which the run is planned to be complete (None: never), or the event's end.
    """

    kind: str
    id: str
    name: str
    day: date
    start: int
    end: int | None
    start_text: str
    end_text: str
    count: int | None
    amount: float | None
    remark: str

    @property
    def day_text(self) -> str:
        """The day as in a table."""
        return table_date(self.day)

    @property
    def time_text(self) -> str:
        """When the recipients have their money, or from when to when the event lasts."""
        return self.end_text if self.kind == "payment" else f"{self.start_text}–{self.end_text}"


def calendar_between(network: Network, first: date, last: date) -> list[Entry]:
    """Payment runs with a payment date, and events that last on a day, from `first` to `last`, in order of time."""
    entries = [
        _run(network, payment, day) for payment in network.by_priority() for day in payment_dates(payment, first, last)
    ]
    return sorted(entries + _events(network, first, last), key=lambda entry: (entry.day, entry.kind != "event"))


def _run(network: Network, payment: Payment, day: date) -> Entry:
    plan = timetable(network).plan(payment, day)
    begins = min((times.start for branch in plan.branches for times in branch.stages if times), default=0)
    return Entry(
        kind="payment",
        id=payment.id,
        name=payment.name,
        day=day,
        start=begins,
        end=plan.planned,
        start_text=_clock(begins, day, network),
        end_text=say("aldrig", "never") if plan.planned is None else _clock(plan.planned, day, network),
        count=payment.count,
        amount=payment.amount,
        remark=", ".join(_remarks(payment, day)),
    )


def _remarks(payment: Payment, day: date) -> Iterator[str]:
    if any(day == after for _, after in payment.moved):
        yield say("flyttad", "moved")
    if not is_bank_day(day.toordinal()):
        yield say("ingen bankdag", "no bank day")


def _events(network: Network, first: date, last: date) -> list[Entry]:
    found = []
    zone = time_zone(network.timezone)
    for event in network.events:
        day = local(event.start, zone).date()
        if day <= last and local(event.end - 1, zone).date() >= first:
            found.append(
                Entry(
                    kind="event",
                    id=event.id,
                    name=event.name,
                    day=day,
                    start=event.start,
                    end=event.end,
                    start_text=_clock(event.start, day, network),
                    end_text=_clock(event.end, day, network),
                    count=None,
                    amount=None,
                    remark=", ".join(network.entity[entity].name for entity in event.entities),
                )
            )
    return found


def _clock(minutes: int, day: date, network: Network) -> str:
    """The time of day, with its date where that is another day."""
    moment = local(minutes, time_zone(network.timezone))
    same = moment.date() == day or (moment.date() - day == timedelta(1) and moment.hour == 0 and moment.minute == 0)
    return clock_of(moment) if same else f"{moment:%d/%m} {clock_of(moment)}"


def to_dict(network: Network, entries: list[Entry]) -> dict[str, Any]:
    """The calendar as JSON."""
    zone = time_zone(network.timezone)
    return {
        "schema": "beroenden/calendar/1",
        "entries": [
            {
                "kind": entry.kind,
                "id": entry.id,
                "name": entry.name,
                "date": entry.day.isoformat(),
                "start": iso(entry.start, zone),
                "end": None if entry.end is None else iso(entry.end, zone),
                "count": entry.count,
                "amount": entry.amount,
            }
            for entry in entries
        ],
    }
