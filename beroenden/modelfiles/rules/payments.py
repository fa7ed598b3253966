"""What holds of payments, their stages and dates, and of planned events. One rule, one function, one code."""

from datetime import date

from beroenden.bankdays.bankdays import add_bank_days
from beroenden.bankdays.recurrence import has_dates, rule_dates
from beroenden.language import say
from beroenden.model.entities import Entity
from beroenden.model.payments import Opens, Payment
from beroenden.modelfiles.schema import Draft


def payments_have_stages(draft: Draft, today: date) -> None:
    """A payment has at least one stage."""
    for payment, place in draft.payments:
        if not payment.stages:
            place.error(
                "B501",
                say("betalningen har inget steg ([[payment.stage]])", "the payment has no stage ([[payment.stage]])"),
            )


def first_stages_open(draft: Draft, today: date) -> None:
    """The first stage says when it opens."""
    for payment, place in draft.payments:
        if payment.stages and payment.stages[0].opens is None:
            at = place / "stage" / 0
            at.error("B502", say("första steget saknar ”opens”", 'the first stage has no "opens"'))


def stages_are_in_order(draft: Draft, today: date) -> None:
    """No stage opens before one that it comes after."""
    for payment, place in draft.payments:
        latest = -(10**9)
        for index, stage in enumerate(payment.stages):
            if stage.opens is None:
                continue
            opens = _opening(stage.opens)
            if opens < latest:
                (place / "stage" / index / "opens").warning(
                    "B503", say("steget öppnar före ett tidigare steg", "the stage opens before an earlier stage")
                )
            latest = max(latest, opens)


_ANY_WEDNESDAY = date(2026, 9, 16).toordinal()


def _opening(opens: Opens) -> int:
    """Minutes from the payment date, for an ordinary payment date in the middle of a week."""
    day = (
        add_bank_days(_ANY_WEDNESDAY, opens.bank_days)
        if opens.bank_days is not None
        else _ANY_WEDNESDAY + (opens.days or 0)
    )
    return (day - _ANY_WEDNESDAY) * 1440 + opens.at


def a_stage_needs_the_paying_bank(draft: Draft, today: date) -> None:
    """Some stage needs the paying bank or something that it owns."""
    known = draft.entity_ids()
    for payment, place in draft.payments:
        if payment.stages and payment.paying_bank in known and not _needs_actor(known, payment, payment.paying_bank):
            (place / "paying_bank").warning(
                "B504", say("inget steg behöver den betalande banken", "no stage needs the paying bank")
            )


def a_stage_needs_the_payer(draft: Draft, today: date) -> None:
    """Some stage needs the payer or something that it owns."""
    known = draft.entity_ids()
    for payment, place in draft.payments:
        if payment.stages and payment.payer in known and not _needs_actor(known, payment, payment.payer):
            (place / "payer").warning(
                "B505",
                say(
                    "inget steg behöver betalaren eller något som den äger", "no stage needs the payer or what it owns"
                ),
            )


def _needs_actor(known: dict[str, Entity], payment: Payment, actor: str) -> bool:
    providers = [provider for stage in payment.stages for need in stage.needs for provider in need.providers]
    return any(provider == actor or (provider in known and known[provider].owner == actor) for provider in providers)


def stages_take_time(draft: Draft, today: date) -> None:
    """A stage of duration 0 passes at any capacity above 0."""
    for _, stage, place in draft.stages():
        if stage.duration == 0:
            (place / "duration" if stage.id else place).info(
                "B506",
                say(
                    f"steget ”{stage.id}” tar ingen tid: det går igenom vid varje kapacitet över 0",
                    f'the stage "{stage.id}" takes no time: it passes at any capacity above 0',
                ),
            )


def payments_have_dates(draft: Draft, today: date) -> None:
    """The rule of a payment yields dates."""
    for payment, place in draft.payments:
        if payment.rrule and not has_dates(payment.rrule):
            (place / "rrule").warning("B507", say("regeln ger inga datum", "the rule yields no dates"))


def moved_dates_are_dates_of_the_rule(draft: Draft, today: date) -> None:
    """A moved date is one that the rule gives."""
    for payment, place in draft.payments:
        for index, pair in enumerate(payment.moved):
            if not pair:
                continue
            planned = pair[0]
            is_planned = (
                planned in payment.dates
                if payment.dates
                else bool(payment.rrule and rule_dates(payment.rrule, planned, planned))
            )
            if not is_planned:
                (place / "moved" / index / 0).warning(
                    "B508", say(f"{planned} är inget av betalningens datum", f"{planned} is not a date of the payment")
                )


def events_end_after_they_start(draft: Draft, today: date) -> None:
    """An event ends after it starts."""
    for event, place in draft.events:
        if event.start and event.end and event.end <= event.start:
            (place / "start").error("B509", say("händelsen slutar innan den börjar", "the event ends before it starts"))
