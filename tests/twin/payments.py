"""One payment run, minute by minute, straight from section 4 of the design.

Only models with `timezone = "UTC"`. Minutes count from the start of the simulation and may be
negative: before it every level is 1. Where the design leaves room:

- a batch stage without `release` completes at the first minute *of a bank day* that fits;
- an outage of unknown length never ends;
- a completion at exactly `end` is one, a later one is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from twin import levels as section_3

Table = Mapping[str, Any]
Level = Callable[[int], float]

HOLIDAYS = frozenset(
    {
        date(2026, 1, 1),  # nyårsdagen
        date(2026, 1, 6),  # trettondedag jul
        date(2026, 4, 3),  # långfredagen
        date(2026, 4, 6),  # annandag påsk
        date(2026, 5, 1),  # första maj
        date(2026, 5, 14),  # Kristi himmelsfärdsdag
        date(2026, 6, 19),  # midsommarafton
        date(2026, 12, 24),  # julafton
        date(2026, 12, 25),  # juldagen
        date(2026, 12, 31),  # nyårsafton
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 6),
        date(2027, 6, 25),
        date(2027, 12, 24),
        date(2027, 12, 31),
    }
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = timedelta(days=1)
FAR = 60 * 1440
NEARLY = 1e-6


# --- the calendar -----------------------------------------------------------------------------


def is_bank_day(day: date) -> bool:
    """Monday to Friday less the holidays."""
    return day.weekday() < 5 and day not in HOLIDAYS


def bank_day_from(day: date, step: int) -> date:
    """The day itself if it is a bank day, else the next one in the direction of step (1 or -1)."""
    while not is_bank_day(day):
        day += step * DAY
    return day


def shifted(day: date, bank_days: int) -> date:
    """The day that lies so many bank days strictly after (before) the day; 0 is the day itself."""
    step = 1 if bank_days > 0 else -1
    for _ in range(abs(bank_days)):
        day = bank_day_from(day + step * DAY, step)
    return day


def rolled(day: date, roll: str) -> date:
    """The payment date that a date of the rrule becomes."""
    before, after = bank_day_from(day, -1), bank_day_from(day, 1)
    return {
        "none": day,
        "preceding": before,
        "following": after,
        "nearest": before if day - before <= after - day else after,
        "saturday_preceding": before if day.weekday() == 5 else after,
    }[roll]


def date_of_payment(payment: Table, nominal: date) -> date:
    """Where a date of the rrule ends up: where the payer moves it, else where it rolls."""
    for old, new in payment.get("moved", []):
        if old == nominal:
            return date(new.year, new.month, new.day)
    return rolled(nominal, payment.get("roll", "none"))


def opening(opens: Table, payment_date: date) -> datetime:
    """The instant that `opens` means for a payment date."""
    if "bank_days" in opens:
        day = shifted(payment_date, opens["bank_days"])
    else:
        day = payment_date + opens.get("days", 0) * DAY
    return datetime.combine(day, opens.get("at", time()))


def is_open(window: Table, now: datetime) -> bool:
    """Whether the instant lies in the opening hours; hours over midnight belong to their first day."""
    return any(
        in_hours(now, day, *hours)
        for day in (now.date() - DAY, now.date())
        if is_window_day(window["days"], day)
        for hours in window["times"]
    )


def in_hours(now: datetime, day: date, opens: time, closes: time) -> bool:
    """Whether the instant lies in [opens, closes) as counted from the day."""
    last_day = day if closes > opens else day + DAY
    return datetime.combine(day, opens) <= now < datetime.combine(last_day, closes)


def is_window_day(days: str | Sequence[str], day: date) -> bool:
    """Whether a window has hours that begin on the day."""
    if days == "all":
        return True
    return is_bank_day(day) if days == "bank" else WEEKDAYS[day.weekday()] in days


# --- one branch -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clock:
    """Minutes from the start of the simulation; nothing is looked at after `limit`."""

    start: datetime
    limit: int

    def minute(self, when: datetime) -> int:
        """The minute of an instant."""
        return (when - self.start) // timedelta(minutes=1)

    def instant(self, minute: int) -> datetime:
        """The instant of a minute."""
        return self.start + timedelta(minutes=minute)

    def day(self, minute: int) -> date:
        """The date of a minute."""
        return self.instant(minute).date()

    def minutes_from(self, minute: int) -> range:
        """Every minute from this one up to and including the limit."""
        return range(minute, self.limit + 1)


@dataclass(frozen=True)
class Stage:
    """A stage as one branch sees it: its raw table, its window, and e(t) of each of its needs."""

    table: Table
    window: Table | None
    needs: Sequence[Level]

    def capacity(self, clock: Clock, minute: int) -> float:
        """κ: the least e(t), 0 outside the window."""
        if self.window is not None and not is_open(self.window, clock.instant(minute)):
            return 0.0
        return min((level(minute) for level in self.needs), default=1.0)

    def supplied(self, minute: int) -> bool:
        """Whether every need has e > 0."""
        return all(level(minute) > 0 for level in self.needs)


def completion(stages: Sequence[Stage], payment_date: date, clock: Clock) -> int | None:
    """When the last stage of a branch is complete; None past the limit."""
    before: int | None = None
    for stage in stages:
        before = stage_completion(stage, ready(stage, before, payment_date, clock), clock)
        if before is None:
            return None
    return before


def ready(stage: Stage, before: int | None, payment_date: date, clock: Clock) -> int:
    """max(opens, completion of the stage before)."""
    moments = [] if before is None else [before]
    if "opens" in stage.table:
        moments.append(clock.minute(opening(stage.table["opens"], payment_date)))
    return max(moments)


def stage_completion(stage: Stage, ready_at: int, clock: Clock) -> int | None:
    """When one stage is complete."""
    if "cutoff" not in stage.table:
        return done(stage, ready_at, clock)
    start = first_cutoff(stage.table["cutoff"], ready_at, clock)
    finished = None if start is None else done(stage, start, clock)
    if start is None or finished is None:
        return None
    lead_day = shifted(clock.day(start), stage.table.get("lead", 0))
    earliest = max(finished, clock.minute(datetime.combine(lead_day, time())))
    return delivery(stage, earliest, clock)


def first_cutoff(cutoff: time, ready_at: int, clock: Clock) -> int | None:
    """The first cut-off instant of a bank day that is not before `ready_at`."""
    return next(instants((cutoff,), ready_at, clock), None)


def instants(times: Sequence[time], earliest: int, clock: Clock) -> Iterator[int]:
    """The minutes from `earliest` on at which a bank day strikes one of the times."""
    for day in bank_days(earliest, clock):
        for minute in sorted(clock.minute(datetime.combine(day, at)) for at in times):
            if earliest <= minute <= clock.limit:
                yield minute


def bank_days(earliest: int, clock: Clock) -> Iterator[date]:
    """The bank days from the date of a minute to the limit."""
    day = clock.day(earliest)
    while day <= clock.day(clock.limit):
        if is_bank_day(day):
            yield day
        day += DAY


def done(stage: Stage, start: int, clock: Clock) -> int | None:
    """The first minute at which the work is done; work 0 is done where κ > 0."""
    work = section_3.minutes(stage.table.get("duration", "0min"))
    if work == 0:
        return next((m for m in clock.minutes_from(start) if stage.capacity(clock, m) > 0), None)
    worked = 0.0
    for minute in clock.minutes_from(start):
        if worked >= work - NEARLY:
            return minute
        worked += stage.capacity(clock, minute)
    return None


def delivery(stage: Stage, earliest: int, clock: Clock) -> int | None:
    """The first release that finds every need above 0, or without releases the first minute."""
    if "release" in stage.table:
        moments: Iterator[int] = instants(stage.table["release"], earliest, clock)
    else:
        moments = (m for m in clock.minutes_from(earliest) if is_bank_day(clock.day(m)))
    return next((minute for minute in moments if stage.supplied(minute)), None)


# --- one run ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Simulation:
    """A model and a scenario: outages in minutes from `start`, followed up to minute `end`.

    An outage of a part of a file has `payment` and `share` instead of `entity`.
    """

    tables: Table
    start: datetime
    end: int
    outages: tuple[Table, ...]

    def levels(self) -> dict[str, section_3.Levels]:
        """Section 3."""
        entities = [outage for outage in self.outages if "entity" in outage]
        return section_3.levels(self.tables, entities, [], self.end)

    def ending_at(self, end: int, as_of: int | None = None) -> Simulation:
        """The same with a common end for all outages that end after the as-of minute."""
        kept = [o for o in self.outages if not ends_after(o, as_of)]
        moved = [{**o, "end": end} for o in self.outages if ends_after(o, as_of)]
        happening = (*kept, *(o for o in moved if o["start"] < end))
        return Simulation(self.tables, self.start, self.end, happening)


def ends_after(outage: Table, as_of: int | None) -> bool:
    """Whether an outage is still to end; without an as-of minute all are."""
    return as_of is None or outage.get("end") is None or outage["end"] > as_of


def payment_run(simulation: Simulation, payment_id: str, nominal: date) -> dict[str, Any] | None:
    """The run of one date, in minutes; None when its planned completion is not in [0, end]."""
    payment = table_of(simulation.tables["payment"], payment_id)
    payment_date = date_of_payment(payment, nominal)
    planned = planned_of_branches(simulation, payment, payment_date)
    if None in planned.values() or not 0 <= max(planned.values()) <= simulation.end:
        return None
    branches = branches_of(simulation, payment, payment_date, planned)
    branches = with_shares(branches, simulation, payment_id, max(planned.values()))
    return {"date": payment_date, **summary(payment, branches, simulation.end)}


def table_of(tables: Sequence[Table], wanted: str) -> Table:
    """The table with an id."""
    return next(table for table in tables if table["id"] == wanted)


def accounts_of(simulation: Simulation, payment: Table) -> dict[str | None, float]:
    """Account share by bank; without any accounts one share without a bank."""
    return payment.get("accounts") or simulation.tables["model"].get("accounts") or {None: 1.0}


def planned_of_branches(simulation: Simulation, payment: Table, payment_date: date) -> dict[str | None, Any]:
    """The completion of every branch when nothing is ever down."""
    clock = Clock(simulation.start, simulation.end + FAR)
    return {
        bank: completion(stages_of(simulation, payment, bank, None), payment_date, clock)
        for bank in accounts_of(simulation, payment)
    }


def branches_of(
    simulation: Simulation, payment: Table, payment_date: date, planned: Mapping[str | None, int]
) -> list[dict[str, Any]]:
    """Every branch with its planned and its simulated completion."""
    clock = Clock(simulation.start, simulation.end)
    known = simulation.levels()
    return [
        branch(
            bank,
            share,
            planned[bank],
            completion(stages_of(simulation, payment, bank, known), payment_date, clock),
        )
        for bank, share in accounts_of(simulation, payment).items()
    ]


def branch(bank: str | None, share: float, planned: int, completed: int | None) -> dict[str, Any]:
    """One row of the result."""
    delay = None if completed is None else completed - planned
    return {
        "bank": bank,
        "share": share,
        "planned": planned,
        "completed": completed,
        "delay_minutes": delay,
    }


def stages_of(
    simulation: Simulation,
    payment: Table,
    bank: str | None,
    known: Mapping[str, section_3.Levels] | None,
) -> list[Stage]:
    """The stages that a branch passes; without levels every need is met."""
    own_bank = bank is not None and bank == payment.get("paying_bank")
    return [
        Stage(table, window_of(simulation, table), signals(table, bank, known))
        for table in payment["stage"]
        if not (own_bank and table.get("interbank", False))
    ]


def window_of(simulation: Simulation, stage: Table) -> Table | None:
    """The opening hours of a stage."""
    if "window" not in stage:
        return None
    return table_of(simulation.tables["window"], stage["window"])


def signals(stage: Table, bank: str | None, known: Mapping[str, section_3.Levels] | None) -> list[Level]:
    """e(t) of each need of a stage, the recipient's bank among them."""
    if known is None:
        return []
    needs = list(stage.get("needs", []))
    if stage.get("at_recipient_bank", False) and bank is not None:
        needs.append({"provider": bank})
    return [level_at(section_3.after_restart(need, known)) for need in needs]


def level_at(values: section_3.Levels) -> Level:
    """The level at any minute, 1 before minute 0 and 0 or 1 where it is within 1e-9 of it."""
    return lambda minute: 1.0 if minute < 0 else section_3.snap(values[minute])


def with_shares(
    branches: list[dict[str, Any]], simulation: Simulation, payment_id: str, planned: int
) -> list[dict[str, Any]]:
    """Adds a branch for a fault in part of the file, and shrinks the others."""
    for outage in simulation.outages:
        if outage.get("payment") == payment_id and planned in span(outage, simulation.end):
            share, until = outage["share"], outage.get("end")
            completed = until if until is not None and until <= simulation.end else None
            branches = [{**b, "share": b["share"] * (1 - share)} for b in branches]
            branches.append(branch(None, share, planned, completed))
    return branches


def span(outage: Table, end: int) -> range:
    """The minutes of an outage."""
    return section_3.minutes_of(outage, end)


# --- what is said about a run -----------------------------------------------------------------


def is_late(row: Table) -> bool:
    """Whether a branch comes later than planned, or not at all."""
    return row["delay_minutes"] is None or row["delay_minutes"] > 0


def summary(payment: Table, branches: list[dict[str, Any]], end: int) -> dict[str, Any]:
    """The row of the run."""
    late = [row for row in branches if is_late(row)]
    unfinished = any(row["completed"] is None for row in branches)
    share = sum(row["share"] for row in late)
    hours = sum(row["share"] * lateness(row, end) for row in late) / 60
    return {
        "status": "not_completed" if unfinished else "delayed" if late else "on_time",
        "planned": max(row["planned"] for row in branches),
        "completed": None if unfinished else max(row["completed"] for row in branches),
        "delay_minutes": None if unfinished else max(row["delay_minutes"] for row in branches),
        "delayed_recipients": round(payment.get("count", 0) * share),
        "delayed_amount": round(payment.get("amount", 0) * share),
        "recipient_hours": payment.get("count", 0) * hours,
        "over_max_delay": is_over(payment, late, end),
        "branches": branches,
    }


def lateness(row: Table, end: int) -> int:
    """Minutes late; an uncompleted branch counts to `end`."""
    until: int = end if row["completed"] is None else row["completed"]
    return until - int(row["planned"])


def is_over(payment: Table, late: Sequence[Table], end: int) -> bool:
    """Whether any branch is later than the payment tolerates."""
    if "max_delay" not in payment:
        return False
    tolerated = section_3.minutes(payment["max_delay"])
    return any(lateness(row, end) > tolerated for row in late)


# --- latest recovery --------------------------------------------------------------------------


def latest_recovery(
    simulation: Simulation, payment_id: str, nominal: date, as_of: int | None = None
) -> tuple[str, int | None]:
    """The state and, if that is `by`, the latest common end at which no branch is late."""

    def late_at(end: int) -> bool:
        row = payment_run(simulation.ending_at(end, as_of), payment_id, nominal)
        return row is None or row["status"] != "on_time"

    on_time, late = earliest_end(simulation, as_of), simulation.end
    if late_at(on_time):
        return "too_late", None
    if not late_at(late):
        return "any", None
    while late - on_time > 1:
        middle = (on_time + late) // 2
        if late_at(middle):
            late = middle
        else:
            on_time = middle
    return "by", on_time


def earliest_end(simulation: Simulation, as_of: int | None) -> int:
    """The as-of minute, or one minute after the first outage begins."""
    if as_of is not None:
        return as_of
    return 1 + min(int(outage["start"]) for outage in simulation.outages)
