"""How late a payment run is, bank by bank and in a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from beroenden.consequences.outcome import BranchImpact, Outcome, RunImpact, part_of
from beroenden.language import say
from beroenden.model.payments import Payment
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import counted, money, number, summed
from beroenden.units.times import iso, table_time, time_zone


@dataclass(frozen=True, slots=True)
class BranchRow:
    """The recipients of a late run with accounts in one bank, in data (None: unknown, or not within the period) and in words.

    Attributes:
        recipients: How many of them are late.
        amount: SEK that is late.
    """

    bank: str | None
    planned: str | None
    completed: str | None
    delay_minutes: int | None
    recipients: int | None
    amount: int | None
    name: str
    planned_text: str
    completed_text: str
    delay_text: str
    recipients_text: str
    amount_text: str


def lateness_in_words(outcome: Outcome, late: Sequence[RunImpact]) -> str:
    """What is late, how much and because of what, in a sentence."""
    network, first = outcome.network, late[0]
    size = f"{payouts_of(late)} ({money_of(late)})"
    delays = [run.delay for run in late]
    longest = max((delay for delay in delays if delay is not None), default=0)
    far = say(f"upp till {duration_in_words(longest)} sena", f"up to {duration_in_words(longest)} late")
    if None in delays:
        far = _unfinished(late)
    names = (network.entity[one].name for run in late for one in run.blocked_by)
    *others, last = causes(names, is_late_by_fault=any(run.is_late_by_fault for run in late))
    cause = say(" och ", " and ").join(filter(None, (", ".join(others), last)))
    return say(
        f"{first.payment.name}: {size} blir {far}, på grund av {cause}.",
        f"{first.payment.name}: {size} will be {far}, because of {cause}.",
    )


def payouts_of(late: Sequence[RunImpact]) -> str:
    """How many payouts of some runs are late."""
    unknown = say("ett okänt antal utbetalningar", "an unknown number of payouts")
    counts = [run.delayed_recipients for run in late]
    return summed(counts, _payouts, unknown)


def _payouts(count: int) -> str:
    return counted(count, say("utbetalning", "payout"), say("utbetalningar", "payouts"))


def money_of(late: Sequence[RunImpact]) -> str:
    """How much money of some runs is late."""
    return summed([run.delayed_amount for run in late], money, say("okänt belopp", "an unknown amount"))


def unknown_of(summed_up: Iterable[Payment]) -> str:
    """Of which payments of a sum the number or the amount is unknown, where others have it; "" where of none."""
    payments = {one.id: one for one in summed_up}.values()
    numberless = [one.name for one in payments if one.count is None]
    amountless = [one.name for one in payments if one.amount is None]
    clauses = (
        (numberless, say("antalet är okänt för", "the number is unknown for")),
        (amountless, say("beloppet är okänt för", "the amount is unknown for")),
    )
    return "; ".join(f"{text} {'; '.join(names)}" for names, text in clauses if 0 < len(names) < len(payments))


def causes(names: Iterable[str], *, is_late_by_fault: bool) -> tuple[str, ...]:
    """What makes a run late: the names of what it waits for, each once, and the fault in the file."""
    fault = (say("fel i filen", "a fault in the file"),) if is_late_by_fault else ()
    return (*dict.fromkeys(names), *fault)


def _unfinished(late: Sequence[RunImpact]) -> str:
    """How many are not complete within the time looked at, where others of the same run come late but come."""
    never = [[branch for branch in run.branches if branch.completed is None] for run in late]
    if all(len(some) == sum(branch.is_late for branch in run.branches) for run, some in zip(late, never, strict=True)):
        return say("inte klara inom perioden", "not complete within the period")
    counts = [part_of(run.payment.count, some) for run, some in zip(late, never, strict=True)]
    if None in counts:
        return say("sena, en del inte klara inom perioden", "late, some not complete within the period")
    many = number(sum(count or 0 for count in counts))
    return say(f"sena, {many} av dem inte klara inom perioden", f"late, {many} of them not complete within the period")


def branch_rows(outcome: Outcome, run: RunImpact) -> Iterator[BranchRow]:
    """The branches of a run, in their order."""
    for branch in run.branches:
        late = [branch] if branch.is_late else []
        count, amount = part_of(run.payment.count, late), part_of(run.payment.amount, late)
        unknown = say("okänt", "unknown")
        recipients = summed([count] if late else [], number, unknown)
        if late and count == 0 and run.payment.count:
            recipients = say("mindre än 1", "less than 1")
        delay = "" if branch.delay is None else duration_in_words(branch.delay)
        yield BranchRow(
            bank=branch.bank,
            planned=iso_of(outcome, branch.planned),
            completed=iso_of(outcome, branch.completed),
            delay_minutes=branch.delay,
            recipients=count,
            amount=amount,
            name=whose(outcome, run, branch),
            planned_text=short_of(outcome, branch.planned),
            completed_text=short_of(outcome, branch.completed),
            delay_text=delay if branch.is_late else say("i tid", "on time"),
            recipients_text=recipients,
            amount_text=summed([amount] if late else [], money, unknown),
        )


def _are_over(outcome: Outcome) -> bool:
    """Whether all that was out has ended by the as-of time."""
    at = outcome.scenario.at
    return at is not None and all(one.end is not None and one.end <= at for one in outcome.outages)


def recovery_in_words(outcome: Outcome, run: RunImpact) -> str:
    """Until when the outages may last for the run to be on time, and which planned ones that takes as they are."""
    return _recovery(outcome, run) + _planned(outcome, run)


def _planned(outcome: Outcome, run: RunImpact) -> str:
    """The planned outages that count and that a run may wait for; "" for none."""
    behind = outcome.network.behind(run.payment)
    named = [
        f"{outcome.network.entity[entity].name} ({event.name})"
        for event in outcome.events
        for entity in event.entities
        if entity in behind
    ]
    if not named:
        return ""
    names = ", ".join(dict.fromkeys(named))
    return say(f" Planerade avbrott räknas som planerat: {names}.", f" Planned outages count as planned: {names}.")


def _recovery(outcome: Outcome, run: RunImpact) -> str:
    if run.latest_recovery_state == "too_late" and _are_over(outcome):
        out = say("avbrottet räknas som åtgärdat", "the outage is taken to be resolved")
        if not is_one(outcome):
            out = say("avbrotten räknas som åtgärdade", "the outages are taken to be resolved")
        return say(
            f"Det är redan för sent: {out}, och den blir sen ändå.",
            f"It is too late already: {out}, and it is late all the same.",
        )
    if run.latest_recovery_state == "too_late":
        out = say("avbrottet", "the outage is") if is_one(outcome) else say("avbrotten", "the outages are")
        return say(
            f"Det är redan för sent: den blir sen även om {out} åtgärdas genast.",
            f"It is too late already: it will be late even if {out} resolved at once.",
        )
    if run.latest_recovery is None:
        return say("Den hinner ändå.", "It is on time anyway.")
    by = short_of(outcome, run.latest_recovery)
    return say(
        f"Allt kommer i tid om {resolved_words(outcome)} senast {by}.",
        f"All of it is on time if {resolved_words(outcome)} by {by}.",
    )


def resolved_words(outcome: Outcome) -> str:
    """That the outages of the scenario are over, as a clause."""
    if is_one(outcome):
        return say("avbrottet är åtgärdat", "the outage is resolved")
    return say("avbrotten är åtgärdade", "the outages are resolved")


def is_one(outcome: Outcome) -> bool:
    """Whether a single thing is out, however many times."""
    return len({one.subject for one in outcome.scenario.outages}) == 1


def whose(outcome: Outcome, run: RunImpact, branch: BranchImpact) -> str:
    """Whose recipients a branch is, in words."""
    if branch.bank is not None:
        return outcome.network.entity[branch.bank].name
    return faulty_part_words() if branch in run.faulty_part else say("okända banker", "unknown banks")


def faulty_part_words() -> str:
    """The recipients who are hit by a fault in the file."""
    return say("den felaktiga delen av filen", "the faulty part of the file")


def iso_of(outcome: Outcome, minutes: int | None) -> str | None:
    """An instant in ISO 8601; None: not within the period."""
    return None if minutes is None else iso(minutes, time_zone(outcome.network.timezone))


def short_of(outcome: Outcome, minutes: int | None) -> str:
    """An instant as a table shows it."""
    if minutes is None:
        return say("inte inom perioden", "not within the period")
    return table_time(minutes, time_zone(outcome.network.timezone))
