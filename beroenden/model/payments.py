"""Payments, their stages and their calendar."""

from dataclasses import dataclass, replace
from datetime import date

from beroenden.model.entities import UNSOURCED, Need, Provenance


@dataclass(frozen=True, slots=True)
class Window:
    """Opening hours: "bank", "all" or weekdays, and minutes of day [from, to); a `to` not after `from` is next day."""

    id: str
    days: str | tuple[str, ...]
    times: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Opens:
    """When a stage may begin, relative to the payment date: so many bank days or days from it, at a minute of day."""

    bank_days: int | None = None
    days: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """One link of a payment chain.

    Attributes:
        opens: None: as soon as the stage before is complete.
        duration: Minutes of work at full capacity.
        cutoff: Minute of day; a batch stage takes in the work at the first cut-off of a bank day.
        lead: Bank days from the cut-off's day to the day of delivery.
        release: Minutes of day at which the batch is delivered; empty: any.
        window: Id of its opening hours; None: always open.
        interbank: Skipped for recipients whose account is in the paying bank.
        at_recipient_bank: Needs the recipient's own bank.
    """

    id: str
    name: str
    opens: Opens | None = None
    duration: int = 0
    cutoff: int | None = None
    lead: int = 0
    release: tuple[int, ...] = ()
    window: str | None = None
    interbank: bool = False
    at_recipient_bank: bool = False
    needs: tuple[Need, ...] = ()
    provenance: Provenance = UNSOURCED


@dataclass(frozen=True, slots=True)
class Payment:
    """A recurring payment to citizens: who pays whom, how much, when, and through which stages.

    Attributes:
        count: Recipients a run; None is unknown.
        amount: SEK a run; None is unknown.
        rrule: RFC 5545 recurrence rule; None when `dates` are given.
        moved: Dates of the rule and where the payer puts them; replaces the rolling.
        max_delay: Tolerable delay in minutes; None is unknown.
        priority: 1 first; None is last.
        accounts: (bank, share) of the recipients' accounts; empty: the model's.
    """

    id: str
    name: str
    payer: str
    paying_bank: str | None = None
    recipients: str | None = None
    count: int | None = None
    amount: float | None = None
    rrule: str | None = None
    dates: tuple[date, ...] = ()
    roll: str = "none"
    moved: tuple[tuple[date, date], ...] = ()
    max_delay: int | None = None
    priority: int | None = None
    legal_basis: str | None = None
    accounts: tuple[tuple[str, float], ...] = ()
    stages: tuple[Stage, ...] = ()
    provenance: Provenance = UNSOURCED


@dataclass(frozen=True, slots=True)
class Event:
    """A planned outage of some entities, [start, end) in minutes since the epoch."""

    id: str
    name: str
    start: int
    end: int
    entities: tuple[str, ...]
    provenance: Provenance = UNSOURCED


def is_unknown(payment: Payment, by: str) -> bool:
    """Whether the model lacks what a measure needs of a payment, so that it adds nothing though it may come late."""
    needed = {"amount": payment.amount, "over_max_delay": payment.max_delay}
    needed |= dict.fromkeys(("recipient_hours", "payouts"), payment.count)
    return by in needed and needed[by] is None


def with_a_recipient(payment: Payment) -> Payment:
    """A payment of unknown count with one recipient, so that its recipient-hours are hours late; any other as it is."""
    return replace(payment, count=1) if payment.count is None else payment
