"""The JSON of an outcome as the page's tables and panels say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.analysis.lateness import causes
from beroenden.consequences.outcome import SCHEMA
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import WITHHELD, Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import counted, money, number, percent, summed
from beroenden.units.times import parse_instant, short_time, table_date, time_zone
from beroenden.views.signs import State, mark_of, state_of, state_words


@dataclass(frozen=True, slots=True)
class Harm:
    """What befalls one entity.

    Attributes:
        worst: Its least level, 0..1.
        since, down_from, restored: As table cells.
    """

    id: str
    name: str
    state: State
    worst: float
    since: str
    down_from: str
    restored: str

    @property
    def mark(self) -> str:
        """The state in a few characters and words: "✕ 0 % Nere"."""
        return f"{mark_of(self.state, self.worst)} {state_words(self.state)}".strip()


@dataclass(frozen=True, slots=True)
class RunRow:
    """A payment run as table cells; `minutes` of delay, endless where unknown, and `kronor`, -1 where unknown, to sort by.

    The delay is the longest of any bank's recipients, each against its own plan; the rest is of the run as a whole.
    """

    payment: str
    name: str
    day: str
    planned: str
    completed: str
    delay: str
    minutes: int
    recipients: str
    amount: str
    kronor: float
    causes: str
    latest_recovery: str

    @property
    def is_planned_that_day(self) -> bool:
        """Whether the planned time says the payment's date too."""
        return self.planned.startswith(self.day)


@dataclass(frozen=True, slots=True)
class Group:
    """Citizens who cannot use what they should, as table cells."""

    id: str
    name: str
    population: str
    peak_affected: str


@dataclass(frozen=True, slots=True)
class Result:
    """An outcome, ready to be shown."""

    other_model: bool
    period: str
    outages: tuple[str, ...]
    totals: str
    harms: dict[str, Harm]
    late: tuple[RunRow, ...]
    in_time: tuple[RunRow, ...]
    groups: tuple[Group, ...]


def read_result(outcome: Mapping[str, Any], network: Network) -> Result:
    """The outcome in words.

    Raises:
        UsageError: when it is not an outcome of `beroenden simulate`.
    """
    if not isinstance(outcome, Mapping) or outcome.get("schema") != SCHEMA:
        raise UsageError(say(f"Utfallet är inte på formen {SCHEMA}.", f"The outcome is not of the form {SCHEMA}."))
    try:
        return _Reader(outcome, network).result()
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise UsageError(
            say(f"Utfallet följer inte {SCHEMA}: {error!r}.", f"The outcome does not follow {SCHEMA}: {error!r}.")
        ) from error


def causes_of(network: Network, run: Mapping[str, Any]) -> str:
    """What makes a run of the outcome late; the branches that a fault in the file hits have no bank and come last."""
    names = (_name(network, one) for one in run["blocked_by"])
    faulty = (branch for branch in run["branches"][1:] if branch["bank"] is None)
    return ", ".join(causes(names, is_late_by_fault=any(map(is_late, faulty))))


def is_late(branch: Mapping[str, Any]) -> bool:
    """Later than planned, or not completed by the end."""
    return branch["delay_minutes"] is None or branch["delay_minutes"] > 0


def _name(network: Network, entity: str) -> str:
    unknown = say("beroende som inte delas", "dependency not shared") if entity == WITHHELD else entity
    return network.called.get(entity, unknown)


class _Reader:
    """Reads one outcome, with the model's names and time zone at hand."""

    def __init__(self, outcome: Mapping[str, Any], network: Network) -> None:
        self._outcome = outcome
        self._network = network
        self._zone: ZoneInfo = time_zone(network.timezone)

    def result(self) -> Result:
        outcome = self._outcome
        late = [run for run in outcome["payments"] if run["status"] != "on_time"]
        harmed = {entity["id"] for entity in outcome["entities"]}
        hit = [one for one in outcome["groups"] if one["peak_affected"] != 0 and one["entity"] in harmed]
        return Result(
            other_model=outcome["model"]["hash"] != self._network.hash,
            period=_period(self._when(outcome["start"]), self._when(outcome["end"])),
            outages=tuple(self._outage(outage) for outage in outcome["outages"]),
            totals=self._totals(late),
            harms={entity["id"]: self._harm(entity) for entity in outcome["entities"]},
            late=tuple(self._run(run) for run in late),
            in_time=tuple(self._run(run) for run in outcome["payments"] if run["status"] == "on_time"),
            groups=tuple(map(self._group, hit)),
        )

    def _when(self, text: str) -> str:
        return short_time(parse_instant(text, self._zone), self._zone)

    def _name(self, entity: str) -> str:
        return _name(self._network, entity)

    def _outage(self, outage: Mapping[str, Any]) -> str:
        lasting = say("slut okänt (räknat som om avbrottet kvarstår)", "end unknown (computed as if the outage lasts)")
        period = _period(self._when(outage["start"]), self._when(outage["end"]) if outage["end"] else lasting)
        if outage["payment"] is not None:
            part = percent(outage["share"]) if outage["share"] is not None else say("alla", "all")
            fault = say(f"fel i filen för {part} av mottagarna", f"a fault in the file for {part} of the recipients")
            return f"{self._name(outage['payment'])}: {fault}, {period}"
        kept = percent(outage["remaining"] or 0)
        left = say(f", {kept} kvar", f", {kept} left") if outage["remaining"] else ""
        return f"{self._name(outage['entity'])}: {period}{left}"

    def _totals(self, late: list[Mapping[str, Any]]) -> str:
        runs = len(self._outcome["payments"])
        text = say(f"Sena betalningskörningar: {len(late)} av {runs}", f"Late payment runs: {len(late)} of {runs}")
        if not late:
            return f"{text}."
        unknown = (
            say("okänt antal utbetalningar", "an unknown number of payouts"),
            say("okänt belopp", "an unknown amount"),
        )
        payouts = summed([run["delayed_recipients"] for run in late], _payouts, unknown[0])
        amount = summed([run["delayed_amount"] for run in late], money, unknown[1])
        return f"{text} ({payouts}, {amount})."

    def _harm(self, entity: Mapping[str, Any]) -> Harm:
        worst = min((float(level) for _, level in entity["levels"]), default=1.0)
        state = state_of(worst, bool(entity["reserve_lost"]))
        reserves = entity["reserve_lost"]
        first = entity["degraded_from"] or (reserves[0]["from"] if reserves else None)
        return Harm(
            id=entity["id"],
            name=self._name(entity["id"]),
            state=state,
            worst=worst,
            since=self._when(first) if first else "–",
            down_from=self._when(entity["down_from"]) if entity["down_from"] else "–",
            restored=self._restored(entity),
        )

    def _restored(self, entity: Mapping[str, Any]) -> str:
        """When all is as before; for a reserve alone, when the reserve is back."""
        if entity["degraded_from"] is not None:
            return self._when(entity["restored"]) if entity["restored"] else _not_by_end()
        ends = [lost["to"] for lost in entity["reserve_lost"]]
        return _not_by_end() if None in ends or not ends else self._when(ends[-1])

    def _run(self, run: Mapping[str, Any]) -> RunRow:
        day = date.fromisoformat(run["date"])
        delay, recipients, amount = run["delay_minutes"], run["delayed_recipients"], run["delayed_amount"]
        return RunRow(
            payment=run["payment"],
            name=self._name(run["payment"]),
            day=table_date(day),
            planned=self._when(run["planned"]),
            completed=self._when(run["completed"]) if run["completed"] else _not_by_end(),
            delay=say("okänd", "unknown") if delay is None else duration_in_words(delay),
            minutes=10**9 if delay is None else delay,
            recipients=_unknown() if recipients is None else number(recipients),
            amount=_unknown() if amount is None else money(amount),
            kronor=-1 if amount is None else amount,
            causes=causes_of(self._network, run),
            latest_recovery=self._recovery(run),
        )

    def _recovery(self, run: Mapping[str, Any]) -> str:
        state = run["latest_recovery_state"]
        if state == "by":
            return self._when(run["latest_recovery"])
        words = {"any": ("hinner ändå", "in time anyway"), "too_late": ("för sent", "too late")}
        return say(*words[state])

    def _group(self, group: Mapping[str, Any]) -> Group:
        population, affected = group["population"], group["peak_affected"]
        return Group(
            id=group["entity"],
            name=self._name(group["entity"]),
            population=_unknown() if population is None else number(population),
            peak_affected=_unknown() if affected is None else number(affected),
        )


def _not_by_end() -> str:
    return say("inte inom perioden", "not within the period")


def _payouts(count: int) -> str:
    return counted(count, say("utbetalning", "payout"), say("utbetalningar", "payouts"))


def _unknown() -> str:
    return say("okänt", "unknown")


def _period(start: str, end: str) -> str:
    """From one time to another, the date once when it is the same."""
    day, _, _ = start.rpartition(" ")
    return f"{start} – {end.removeprefix(day + ' ')}"
