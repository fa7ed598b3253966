"""When a payment is paid."""

from datetime import date, timedelta

from beroenden.bankdays.bankdays import ROLLS
from beroenden.bankdays.recurrence import rule_dates
from beroenden.model.payments import Payment

_LONGEST_ROLL = timedelta(days=15)


def payment_dates(payment: Payment, first: date, last: date) -> list[date]:
    """Payment dates from `first` to `last`: dates of the rule, moved or rolled; those that meet are one."""
    moved = dict(payment.moved)
    widest = max([_LONGEST_ROLL, *(abs(after - before) for before, after in payment.moved)])
    rule = payment.rrule
    planned = rule_dates(rule, first - widest, last + widest) if rule else list(payment.dates)
    roll = ROLLS[payment.roll]
    paid = {moved[day] if day in moved else date.fromordinal(roll(day.toordinal())) for day in planned}
    return sorted(day for day in paid if first <= day <= last)
