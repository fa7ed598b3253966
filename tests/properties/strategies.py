"""Random models and scenarios, small enough to follow by hand.

A case is a raw model plus outages and pins in integer minutes from the simulation's start; `BASE`
is the instant of minute 0. The graphs run on a scale of minutes so that every minute can be sampled.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st
from twin import payments as twin
from twin.levels import providers

Tables = dict[str, Any]
Span = dict[str, Any]

BASE = datetime(2026, 12, 14)
TENTHS = [round(tenth / 10, 1) for tenth in range(11)]
IDS = "abcdefgh"


@dataclass(frozen=True)
class Case:
    """A model, a scenario and where it ends, in minutes from `start`."""

    tables: Tables
    outages: tuple[Span, ...]
    pins: tuple[Span, ...]
    end: int
    start: datetime = BASE

    @property
    def arguments(self) -> dict[str, Any]:
        """The scenario as the package takes it."""
        return {
            "outages": [as_text(outage, self.start) for outage in self.outages],
            "pins": [as_text(pin, self.start) for pin in self.pins],
            "horizon": f"{self.end}min",
        }

    def with_outages(self, outages: Sequence[Span]) -> Case:
        """The same model in another scenario."""
        return replace(self, outages=tuple(outages))


def as_text(span: Span, start: datetime) -> Span:
    """An outage or pin with its minutes written as the user writes them."""
    text = {key: value for key, value in span.items() if key not in ("start", "end")}
    text["start"] = instant(start, span["start"])
    if span["end"] is None:
        return text
    if span["start"] % 2 or "level" in span:
        return {**text, "end": instant(start, span["end"])}
    return {**text, "for": f"{span['end'] - span['start']}min"}


def instant(start: datetime, minute: int) -> str:
    """A local time as text."""
    return (start + timedelta(minutes=minute)).isoformat(timespec="minutes")


def graph_case(needs_of: dict[str, list[Tables]], outages: tuple[Span, ...], pins: tuple[Span, ...] = ()) -> Case:
    """A chosen case of systems with these needs, over half an hour."""
    entities = [{"id": name, "name": name, "kind": "system", "needs": each} for name, each in needs_of.items()]
    tables = {"model": {"name": "Test", "version": "1", "timezone": "UTC"}, "entity": entities}
    return Case(tables, outages, pins, 30)


# --- graphs -----------------------------------------------------------------------------------


def minutes(most: int) -> st.SearchStrategy[str]:
    """A duration of at least a minute."""
    return st.integers(1, most).map(lambda n: f"{n}min")


def some(options: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """One to three different providers."""
    return st.lists(st.sampled_from(options), min_size=1, max_size=3, unique=True)


@st.composite
def suppliers(draw: st.DrawFn, options: Sequence[str]) -> Tables:
    """One of the three forms of a need."""
    form = draw(st.sampled_from(["provider", "provider", "any_of", "shares"]))
    if form == "provider":
        return {"provider": draw(st.sampled_from(options))}
    named = draw(some(options))
    if form == "any_of":
        return {"any_of": named, "at_least": draw(st.integers(1, len(named)))}
    return {"shares": draw(weights(named))}


@st.composite
def weights(draw: st.DrawFn, named: Sequence[str]) -> dict[str, float]:
    """Shares in tenths that sum to 1."""
    cuts = draw(st.lists(st.integers(1, 9), min_size=len(named) - 1, max_size=len(named) - 1, unique=True))
    edges = [0, *sorted(cuts), 10]
    parts = [round((b - a) / 10, 1) for a, b in itertools.pairwise(edges)]
    return dict(zip(named, parts, strict=True))


@st.composite
def endurances(draw: st.DrawFn) -> Any:
    """A plain endurance or up to three steps, later in time and lower in level."""
    if draw(st.booleans()):
        return draw(minutes(30))
    size = draw(st.integers(1, 3))
    times = sorted(draw(st.sets(st.integers(1, 60), min_size=size, max_size=size)))
    heights = sorted(draw(st.sets(st.sampled_from(TENTHS[1:]), min_size=size, max_size=size)))
    return [[f"{n}min", level] for n, level in zip(times, reversed(heights), strict=True)]


@st.composite
def needs(draw: st.DrawFn, options: Sequence[str], restarts: bool = True) -> Tables:
    """A need with any of the properties a need can have."""
    need: Tables = draw(suppliers(options))
    if draw(st.booleans()):
        need["endurance"] = draw(endurances())
    if draw(st.integers(0, 3)) == 0:
        need["floor"] = draw(st.sampled_from(TENTHS[1:10]))
    if restarts and draw(st.booleans()):
        need["restart"] = draw(minutes(30))
    return need


@st.composite
def graphs(draw: st.DrawFn, restarts: bool = True) -> Tables:
    """A model of up to eight entities; half of them may be cyclic, self-loops included."""
    names = list(IDS[: draw(st.integers(1, 8))])
    cyclic = draw(st.booleans())
    entities = []
    for place, name in enumerate(names):
        options = names if cyclic else names[:place]
        entity: Tables = {"id": name, "name": name.upper(), "kind": "system"}
        if options:
            entity["needs"] = draw(st.lists(needs(options, restarts), max_size=3))
        entities.append(entity)
    return {"model": {"name": "Test", "version": "1", "timezone": "UTC"}, "entity": entities}


@st.composite
def spans(draw: st.DrawFn, names: Sequence[str], end: int, least: int = 0) -> Span:
    """An entity and some minutes of the simulation, perhaps beyond its end."""
    start = draw(st.integers(least, end - 1))
    length = draw(st.integers(1, end))
    return {"entity": draw(st.sampled_from(names)), "start": start, "end": start + length}


@st.composite
def outages_of(draw: st.DrawFn, names: Sequence[str], end: int) -> tuple[Span, ...]:
    """One to four outages, the first at minute 0, some partial, some of unknown length."""
    found = draw(st.lists(spans(names, end), min_size=1, max_size=4))
    found[0] = {**found[0], "start": 0, "end": found[0]["end"] - found[0]["start"]}
    for outage in found:
        if draw(st.integers(0, 2)) == 0:
            outage["remaining"] = draw(st.sampled_from(TENTHS))
        if draw(st.integers(0, 7)) == 0:
            outage["end"] = None
    return tuple(found)


@st.composite
def pins_of(draw: st.DrawFn, names: Sequence[str], end: int) -> tuple[Span, ...]:
    """No more than one pin an entity, mostly none at all."""
    if draw(st.integers(0, 2)):
        return ()
    found = draw(st.lists(spans(names, end), max_size=2, unique_by=lambda pin: pin["entity"]))
    return tuple({**pin, "level": draw(st.sampled_from(TENTHS))} for pin in found)


@st.composite
def cases(draw: st.DrawFn, restarts: bool = True, pinned: bool = True) -> Case:
    """A random graph in a random scenario."""
    tables = draw(graphs(restarts))
    names = [entity["id"] for entity in tables["entity"]]
    end = draw(st.integers(20, 240))
    pins = draw(pins_of(names, end)) if pinned else ()
    return Case(tables, draw(outages_of(names, end)), pins, end)


def without_need(tables: Tables, entity: int, need: int) -> Tables:
    """The model without one need."""
    smaller = copy.deepcopy(tables)
    del smaller["entity"][entity]["needs"][need]
    return smaller


def with_dates(case: Case, days: Sequence[int]) -> Case:
    """The same payment also due so many days from its date."""
    tables = copy.deepcopy(case.tables)
    dates = tables["payment"][0]["dates"]
    dates += [dates[0] + timedelta(days=n) for n in days]
    return replace(case, tables=tables)


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same with every id replaced, order kept."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {names.get(k, k): v if k in ("name", "kind") else renamed(v, names) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(renamed(item, names) for item in value)
    return value


# --- payments ---------------------------------------------------------------------------------

BANKS = ["bank-a", "bank-b", "bank-c"]
SYSTEMS = ["sys", "clr", "power"]
HOURS: list[Tables] = [
    {"days": "bank", "times": [[time(7), time(18)]]},
    {"days": "bank", "times": [[time(20), time(4)]]},
    {"days": "all", "times": [[time(6), time(12)], [time(13), time(22, 30)]]},
    {"days": ["mon", "wed", "fri", "sat"], "times": [[time(22), time(2)], [time(9), time(16)]]},
    {"days": "all", "times": [[time(0), time(0)]]},
]
DATES = [
    *(date(2026, 12, 10) + timedelta(days=n) for n in range(30)),
    *(date(2026, 3, 30) + timedelta(days=n) for n in range(12)),
    *(date(2026, 6, 17) + timedelta(days=n) for n in range(6)),
]
ROLLS = ["none", "preceding", "following", "nearest", "saturday_preceding"]


def times_of_day() -> st.SearchStrategy[time]:
    """Mostly whole hours."""
    return st.builds(time, st.integers(0, 23), st.sampled_from([0, 0, 0, 30, 59, 1]))


def openings() -> st.SearchStrategy[Tables]:
    """When a stage opens, in bank days or days from the payment date."""
    unit = st.sampled_from(["bank_days", "days"])
    return st.builds(lambda unit, n, at: {unit: n, "at": at}, unit, st.integers(-4, 1), times_of_day())


def hours_long() -> st.SearchStrategy[str]:
    """How a duration may be written."""
    return st.one_of(
        st.sampled_from(["90min", "3h", "1h 30min", "1d", "30min"]),
        st.integers(1, 900).map(lambda n: f"{n}min"),
    )


@st.composite
def stage_needs(draw: st.DrawFn) -> list[Tables]:
    """Up to two needs on banks and systems."""
    found: list[Tables] = draw(st.lists(suppliers([*SYSTEMS, *BANKS]), max_size=2))
    for need in found:
        if draw(st.integers(0, 2)) == 0:
            need["endurance"] = draw(st.sampled_from(["1h", "6h", [["2h", 1.0], ["10h", 0.4]]]))
        if draw(st.integers(0, 3)) == 0:
            need["restart"] = draw(st.sampled_from(["30min", "4h"]))
        if draw(st.integers(0, 7)) == 0:
            need["floor"] = draw(st.sampled_from([0.1, 0.5]))
    return found


@st.composite
def stages(draw: st.DrawFn, place: int) -> Tables:
    """A stage with any of the properties a stage can have, but for `opens`."""
    stage: Tables = {"id": f"s{place}", "name": f"S{place}", "needs": draw(stage_needs())}
    if draw(st.booleans()):
        stage["duration"] = draw(hours_long())
    if draw(st.integers(0, 2)) == 0:
        stage["window"] = f"w{draw(st.integers(0, len(HOURS) - 1))}"
    if draw(st.integers(0, 2)) == 0:
        stage["at_recipient_bank"] = True
    if place and draw(st.integers(0, 2)) == 0:
        stage["interbank"] = True
    if draw(st.integers(0, 2)) == 0:
        stage.update(draw(batches()))
    return stage


@st.composite
def batches(draw: st.DrawFn) -> Tables:
    """What makes a stage a batch stage."""
    batch: Tables = {"cutoff": draw(times_of_day())}
    if draw(st.booleans()):
        batch["lead"] = draw(st.integers(0, 2))
    if draw(st.booleans()):
        batch["release"] = sorted(draw(st.sets(times_of_day(), min_size=1, max_size=3)))
    return batch


@st.composite
def staged(draw: st.DrawFn, payment_date: date) -> list[Tables]:
    """One to four stages that open in order; the first has `opens`."""
    found = [draw(stages(place)) for place in range(draw(st.integers(1, 4)))]
    opening = [0, *(n for n in range(1, len(found)) if draw(st.booleans()))]
    opens = [draw(openings()) for _ in opening]
    opens.sort(key=lambda table: twin.opening(table, payment_date))
    for place, table in zip(opening, opens, strict=True):
        found[place]["opens"] = table
    return found


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, float] | None:
    """Account shares over one to three banks, or none."""
    if draw(st.integers(0, 4)) == 0:
        return None
    size = draw(st.integers(1, 3))
    return draw(weights(BANKS[:size]))


@st.composite
def payments(draw: st.DrawFn) -> Tables:
    """A payment of one date to a million."""
    nominal, roll = draw(st.sampled_from(DATES)), draw(st.sampled_from(ROLLS))
    payment: Tables = {
        "id": "pay",
        "name": "Pay",
        "payer": "payer",
        "paying_bank": "bank-a",
        "recipients": "people",
        "count": 1_000_000,
        "amount": 2_000_000_000,
        "dates": [nominal],
        "roll": roll,
        "max_delay": draw(st.sampled_from(["1h", "24h", "3d"])),
    }
    if draw(st.integers(0, 7)) == 0:
        payment["moved"] = [[nominal, nominal + timedelta(days=draw(st.integers(-4, 4)))]]
    payment["stage"] = draw(staged(twin.date_of_payment(payment, nominal)))
    shares = draw(accounts())
    return {**payment, "accounts": shares} if shares else payment


@st.composite
def payment_models(draw: st.DrawFn) -> Tables:
    """Systems, banks and one payment."""
    model: Tables = {"name": "Test", "version": "1", "timezone": "UTC"}
    shares = draw(accounts())
    if shares:
        model["accounts"] = shares
    kinds = [*((name, "system") for name in SYSTEMS), *((name, "bank") for name in BANKS)]
    entities: list[Tables] = [{"id": name, "name": name, "kind": kind} for name, kind in kinds]
    entities[0]["needs"] = [{"provider": "power", "endurance": "4h", "restart": "1h"}]
    entities[1]["needs"] = [{"any_of": ["sys", "power"]}]
    entities.append({"id": "payer", "name": "payer", "kind": "authority"})
    entities.append({"id": "people", "name": "people", "kind": "citizens", "population": 2_000_000})
    windows: list[Tables] = [{"id": f"w{n}", **hours} for n, hours in enumerate(HOURS)]
    return {"model": model, "entity": entities, "window": windows, "payment": [draw(payments())]}


def needed(tables: Tables) -> list[str]:
    """The entities that the stages of the payment need, the causes of most trouble."""
    table = tables["payment"][0]
    shares = table.get("accounts") or tables["model"].get("accounts") or {}
    named = [name for stage in table["stage"] for need in stage["needs"] for name in providers(need)]
    if any(stage.get("at_recipient_bank") for stage in table["stage"]):
        named += shares
    return sorted({*named, "power"})


@st.composite
def payment_outages(draw: st.DrawFn, names: Sequence[str]) -> tuple[Span, ...]:
    """One to three outages of up to three days, the first at minute 0, sometimes part of a file."""
    found = []
    for place in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, 2 * 1440)) if place else 0
        length = draw(st.one_of(st.integers(1, 72).map(lambda h: h * 60), st.integers(1, 4320)))
        outage: Span = {"entity": draw(st.sampled_from(names)), "start": start, "end": start + length}
        if draw(st.integers(0, 3)) == 0:
            outage["remaining"] = draw(st.sampled_from([0.2, 0.5, 0.7]))
        if draw(st.integers(0, 9)) == 0:
            outage["end"] = None
        found.append(outage)
    return (*found, *draw(file_faults()))


@st.composite
def file_faults(draw: st.DrawFn) -> tuple[Span, ...]:
    """Seldom a fault in part of the file."""
    if draw(st.integers(0, 7)):
        return ()
    start, length = draw(st.integers(0, 1440)), draw(st.integers(60, 4320))
    share = draw(st.sampled_from([0.1, 0.25, 0.5]))
    return ({"payment": "pay", "share": share, "start": start, "end": start + length},)


@st.composite
def payment_cases(draw: st.DrawFn) -> Case:
    """A payment with outages that begin up to three days before it is due."""
    tables = draw(payment_models())
    due = planned(tables)
    early = draw(st.one_of(st.integers(0, 48).map(lambda h: h * 60), st.integers(-60, 4320)))
    end = draw(st.sampled_from([3, 4, 6])) * 1440
    outages = draw(payment_outages(needed(tables)))
    return Case(tables, outages, (), end, due - timedelta(minutes=early))


def planned(tables: Tables) -> datetime:
    """The latest planned completion of the branches."""
    payment = tables["payment"][0]
    day = twin.date_of_payment(payment, payment["dates"][0])
    start = datetime.combine(day, time())
    found = twin.planned_of_branches(twin.Simulation(tables, start, 0, ()), payment, day)
    return start + timedelta(minutes=max(found.values()))


def nominal_date(case: Case) -> date:
    """The date of the payment before it rolls."""
    found: date = case.tables["payment"][0]["dates"][0]
    return found


def simulation(case: Case) -> twin.Simulation:
    """The case as the twin takes it."""
    return twin.Simulation(case.tables, case.start, case.end, case.outages)
