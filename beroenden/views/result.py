"""The JSON of an outcome as the page shows it, in Swedish words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import SCHEMA
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import money, number, percent
from beroenden.units.times import WEEKDAYS, parse_instant, short_time, time_zone
from beroenden.views.signs import mark_of, state_of

NOT_BY_END = "inte inom perioden"


@dataclass(frozen=True, slots=True)
class Harm:
    """What befalls one entity.

    Attributes:
        worst: Its least level, 0..1.
        map_mark: The state in a few characters, for the map.
        since, down_from, restored: As table cells.
        spells: Sentences: from when to when, at what level.
        because: (entity id, sentence), victim first, cause last.
    """

    id: str
    name: str
    state: str
    worst: float
    map_mark: str
    since: str
    down_from: str
    restored: str
    spells: tuple[str, ...]
    because: tuple[tuple[str, str], ...]

    @property
    def mark(self) -> str:
        """The state in a few characters and words: "✕ 0 % Nere"."""
        return f"{self.map_mark} {self.state}".strip()


@dataclass(frozen=True, slots=True)
class LateRun:
    """A payment run that does not come in time, as table cells."""

    payment: str
    name: str
    day: str
    planned: str
    completed: str
    delay: str
    recipients: str
    latest_recovery: str


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
    late: tuple[LateRun, ...]
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


class _Reader:
    """Reads one outcome, with the model's names and time zone at hand."""

    def __init__(self, outcome: Mapping[str, Any], network: Network) -> None:
        self._outcome = outcome
        self._network = network
        self._zone: ZoneInfo = time_zone(network.timezone)

    def result(self) -> Result:
        outcome = self._outcome
        late = [run for run in outcome["payments"] if run["status"] != "on_time"]
        return Result(
            other_model=outcome["model"]["hash"] != self._network.hash,
            period=_period(self._when(outcome["start"]), self._when(outcome["end"])),
            outages=tuple(self._outage(outage) for outage in outcome["outages"]),
            totals=self._totals(late),
            harms={entity["id"]: self._harm(entity) for entity in outcome["entities"]},
            late=tuple(self._late_run(run) for run in late),
            groups=tuple(self._group(group) for group in outcome["groups"] if group["peak_affected"] != 0),
        )

    def _when(self, text: str) -> str:
        return short_time(parse_instant(text, self._zone), self._zone)

    def _name(self, entity: str) -> str:
        known = self._network.entity.get(entity)
        return known.name if known else entity

    def _payment_name(self, payment: str) -> str:
        known = self._network.payment.get(payment)
        return known.name if known else payment

    def _outage(self, outage: Mapping[str, Any]) -> str:
        end = "slut okänt (räknat som om avbrottet kvarstår)" if outage["end"] is None else self._when(outage["end"])
        period = _period(self._when(outage["start"]), end)
        if outage["payment"] is not None:
            part = "" if outage["share"] is None else f" för {percent(outage['share'])} av mottagarna"
            return f"{self._payment_name(outage['payment'])}: fel i filen{part}, {period}"
        left = f", {percent(outage['remaining'])} kvar" if outage["remaining"] else ""
        return f"{self._name(outage['entity'])}: {period}{left}"

    def _totals(self, late: list[Mapping[str, Any]]) -> str:
        text = f"Sena betalningskörningar: {len(late)} av {len(self._outcome['payments'])}"
        totals = self._outcome["totals"]
        if not late:
            return f"{text}."
        payouts, amount = number(totals["payouts_delayed"]), money(totals["amount_delayed"])
        return f"{text} ({payouts} utbetalningar, {amount})."

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
            map_mark=mark_of(state, worst),
            since=self._when(first) if first else "–",
            down_from=self._when(entity["down_from"]) if entity["down_from"] else "–",
            restored=self._restored(entity),
            spells=(*self._spells(entity["levels"]), *(self._reserve(entity["id"], lost) for lost in reserves)),
            because=tuple((link["entity"], self._link(link)) for link in entity["because"]),
        )

    def _restored(self, entity: Mapping[str, Any]) -> str:
        """When all is as before; for a reserve alone, when the reserve is back."""
        if entity["degraded_from"] is not None:
            return self._when(entity["restored"]) if entity["restored"] else NOT_BY_END
        ends = [lost["to"] for lost in entity["reserve_lost"]]
        return NOT_BY_END if None in ends or not ends else self._when(ends[-1])

    def _spells(self, levels: list[tuple[str, float]]) -> list[str]:
        """A sentence for each stretch below 1."""
        ends = [self._when(since) for since, _ in levels[1:]] + ["periodens slut"]
        return [
            f"{_period(self._when(since), end)}: {percent(level)}"
            for (since, level), end in zip(levels, ends, strict=True)
            if level < 1
        ]

    def _reserve(self, entity: str, lost: Mapping[str, Any]) -> str:
        known = self._network.entity.get(entity)
        needs = known.needs if known else ()
        providers = ", ".join(map(self._name, needs[lost["need"]].providers)) if lost["need"] < len(needs) else ""
        end = self._when(lost["to"]) if lost["to"] else "periodens slut"
        return f"{_period(self._when(lost['from']), end)}: ingen reserv kvar" + (
            f" bland {providers}" if providers else ""
        )

    def _link(self, link: Mapping[str, Any]) -> str:
        return f"{self._name(link['entity'])}: {percent(link['level'])} från {self._when(link['at'])}"

    def _late_run(self, run: Mapping[str, Any]) -> LateRun:
        day = date.fromisoformat(run["date"])
        delay, recipients = run["delay_minutes"], run["delayed_recipients"]
        worst = max(run["branches"], key=lambda branch: (branch["completed"] is None, branch["delay_minutes"] or 0))
        return LateRun(
            payment=run["payment"],
            name=self._payment_name(run["payment"]),
            day=f"{WEEKDAYS[day.weekday()][:3]} {day.isoformat()}",
            planned=self._when(worst["planned"]),
            completed=self._when(worst["completed"]) if worst["completed"] else NOT_BY_END,
            delay="okänd" if delay is None else duration_in_words(delay),
            recipients="okänt" if recipients is None else number(recipients),
            latest_recovery=self._recovery(run),
        )

    def _recovery(self, run: Mapping[str, Any]) -> str:
        state = run["latest_recovery_state"]
        if state == "by":
            return f"senast {self._when(run['latest_recovery'])}"
        return {"any": "hinner ändå", "too_late": "för sent"}[state]

    def _group(self, group: Mapping[str, Any]) -> Group:
        population, affected = group["population"], group["peak_affected"]
        return Group(
            id=group["entity"],
            name=self._name(group["entity"]),
            population="okänt" if population is None else number(population),
            peak_affected="okänt" if affected is None else number(affected),
        )


def _period(start: str, end: str) -> str:
    """From one time to another, the date once when it is the same."""
    day, _, _ = start.rpartition(" ")
    return f"{start} – {end.removeprefix(day + ' ')}"
