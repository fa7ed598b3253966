"""The worked examples of the design, by the twin alone."""

import random
import tomllib
from datetime import date, datetime
from typing import Any

import pytest

from twin import levels as section_3
from twin import payments as section_4

END = 3000
GRAPH = tomllib.loads("""
[[entity]]
id = "a"
[[entity]]
id = "e"
[[entity]]
id = "b"
needs = [{ provider = "a", endurance = "4h", restart = "30min" }]
[[entity]]
id = "c"
needs = [{ provider = "a", endurance = [["4h", 1.0], ["8h", 0.4]], floor = 0.1 }]
[[entity]]
id = "d"
needs = [{ any_of = ["a", "e"], at_least = 1 }]
[[entity]]
id = "f"
needs = [{ shares = { a = 0.7, e = 0.3 }, endurance = "1h" }]
[[entity]]
id = "x"
needs = [{ provider = "a" }, { provider = "y", endurance = "1h", restart = "2h" }]
[[entity]]
id = "y"
needs = [{ provider = "x", restart = "1h" }]
""")
OUTAGE = {"entity": "a", "start": 480, "end": 1200}


def profile(*pieces: tuple[int, int, float]) -> list[float]:
    """Levels of 1 but for the pieces (from, to, level)."""
    values = [1.0] * (END + 1)
    for begin, stop, level in pieces:
        values[begin:stop] = [level] * (stop - begin)
    return values


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("a", profile((480, 1200, 0.0))),
        ("e", profile()),
        ("b", profile((720, 1230, 0.0))),
        ("c", profile((720, 960, 0.4), (960, 1200, 0.1))),
        ("d", profile()),
        ("f", profile((540, 1200, 0.3))),
        ("x", profile((480, 1320, 0.0))),
        ("y", profile((480, 1320, 0.0))),
    ],
)
def test_levels_of_the_worked_example(entity: str, expected: list[float]) -> None:
    assert section_3.levels(GRAPH, [OUTAGE], [], END)[entity] == pytest.approx(expected, abs=1e-12)


def test_reserve_lost_of_the_worked_example() -> None:
    known = section_3.levels(GRAPH, [OUTAGE], [], END)
    needs = section_4.table_of(GRAPH["entity"], "d")["needs"]
    assert section_3.reserve_lost(needs, known, END) == [(0, 480, 1200)]


def test_summary_of_one_entity() -> None:
    values = section_3.levels(GRAPH, [OUTAGE], [], END)["c"]
    assert section_3.first(values, END, lambda level: level < 1) == 720
    assert section_3.first(values, END, lambda level: level == 0) is None
    assert section_3.restored(values, END) == 1200
    assert section_3.lost_hours(values, END) == pytest.approx(4 * 0.6 + 4 * 0.9)


def test_of_overlapping_outages_the_least_holds() -> None:
    outages = [
        {"entity": "a", "start": 0, "end": 10, "remaining": 0.5},
        {"entity": "a", "start": 5, "end": None, "remaining": 0.2},
    ]
    values = section_3.levels(GRAPH, outages, [], 20)["a"]
    assert values == [0.5] * 5 + [0.2] * 16


def test_a_pin_outranks_needs_and_outages() -> None:
    pins = [{"entity": "x", "start": 500, "end": 600, "level": 0.8}]
    values = section_3.levels(GRAPH, [OUTAGE], pins, END)
    assert values["x"][499:501] == [0.0, 0.8]
    assert values["x"][599:601] == [0.8, 0.0]


def test_a_self_loop_is_a_cycle() -> None:
    loop = {"entity": [{"id": "a", "needs": [{"provider": "a", "restart": "10min"}]}]}
    values = section_3.levels(loop, [{"entity": "a", "start": 0, "end": 5}], [], 30)["a"]
    assert values == [0.0] * 15 + [1.0] * 16


def test_a_loop_of_shares_reaches_its_limit() -> None:
    needs = [{"shares": {"a": 0.5, "b": 0.5}}]
    loop = {"entity": [{"id": "a", "needs": needs}, {"id": "b"}]}
    values = section_3.levels(loop, [{"entity": "b", "start": 2, "end": 4}], [], 5)["a"]
    assert values == [1.0, 1.0, 0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("seed", range(20))
def test_windows_are_the_plain_maximum_and_minimum(seed: int) -> None:
    chance = random.Random(seed)
    values = [chance.choice([0.0, 0.3, 1.0]) for _ in range(60)]
    width = chance.randrange(12)
    padded = [1.0] * width + values
    spans = [padded[t : t + width + 1] for t in range(len(values))]
    assert section_3.highest_over(values, width) == [max(part) for part in spans]
    assert section_3.lowest_over(values, width) == [min(part) for part in spans]


CHAIN = tomllib.loads("""
[model]
timezone = "UTC"
accounts = { b1 = 0.4, b2 = 0.6 }
[[entity]]
id = "sys"
[[entity]]
id = "clr"
[[entity]]
id = "b1"
[[entity]]
id = "b2"
[[window]]
id = "clearing-hours"
days = "bank"
times = [[07:00:00, 22:00:00]]
[[payment]]
id = "p"
paying_bank = "b1"
count = 1000
amount = 5000
max_delay = "24h"
dates = [2026-12-20]
roll = "preceding"
  [[payment.stage]]
  id = "underlag"
  opens = { bank_days = -3, at = 18:00:00 }
  duration = "3h"
  needs = [{ provider = "sys" }]
  [[payment.stage]]
  id = "clearing"
  cutoff = 19:00:00
  lead = 2
  release = [06:00:00, 10:00:00, 14:00:00]
  window = "clearing-hours"
  interbank = true
  needs = [{ provider = "clr", endurance = "1h" }]
  [[payment.stage]]
  id = "konto"
  opens = { bank_days = 0, at = 06:00:00 }
  at_recipient_bank = true
  needs = []
""")
NOMINAL = date(2026, 12, 20)
PLANNED = datetime(2026, 12, 18, 6)


def simulation(entity: str, start: datetime, length: int | None) -> section_4.Simulation:
    outage = {"entity": entity, "start": 0, "end": length}
    return section_4.Simulation(CHAIN, start, 14 * 1440, (outage,))


def run(entity: str, start: datetime, length: int | None) -> dict[str, Any]:
    row = section_4.payment_run(simulation(entity, start, length), "p", NOMINAL)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("entity", "start", "hours", "b1", "b2"),
    [
        ("sys", datetime(2026, 12, 15, 17), 12, PLANNED, PLANNED),
        ("sys", datetime(2026, 12, 15, 17), 23, PLANNED, PLANNED),
        ("sys", datetime(2026, 12, 15, 17), 23 + 1 / 60, PLANNED, datetime(2026, 12, 21, 6)),
        ("clr", datetime(2026, 12, 16, 18), 20, PLANNED, PLANNED),
        ("clr", datetime(2026, 12, 18, 4), 5, PLANNED, datetime(2026, 12, 18, 10)),
        ("clr", datetime(2026, 12, 18, 4), 12, PLANNED, datetime(2026, 12, 21, 6)),
        ("b2", datetime(2026, 12, 18, 5), 12, PLANNED, datetime(2026, 12, 18, 17)),
    ],
)
def test_completions_of_the_worked_example(
    entity: str, start: datetime, hours: float, b1: datetime, b2: datetime
) -> None:
    clock = section_4.Clock(start, 0)
    rows = run(entity, start, round(hours * 60))["branches"]
    assert [row["planned"] for row in rows] == [clock.minute(PLANNED)] * 2
    assert [clock.instant(row["completed"]) for row in rows] == [b1, b2]


def test_latest_recovery_of_the_worked_example() -> None:
    case = simulation("sys", datetime(2026, 12, 15, 17), 23 * 60 + 1)
    assert section_4.latest_recovery(case, "p", NOMINAL) == ("by", 23 * 60)


def test_summary_of_a_late_run() -> None:
    row = run("sys", datetime(2026, 12, 15, 17), 23 * 60 + 1)
    assert (row["status"], row["delay_minutes"]) == ("delayed", 72 * 60)
    assert (row["delayed_recipients"], row["delayed_amount"]) == (600, 3000)
    assert row["recipient_hours"] == pytest.approx(600 * 72)
    assert row["over_max_delay"]


def test_an_outage_without_an_end_never_completes() -> None:
    row = run("b2", datetime(2026, 12, 18, 5), None)
    assert (row["status"], row["completed"], row["delay_minutes"]) == ("not_completed", None, None)


def test_a_fault_in_part_of_a_file_is_a_branch_of_its_own() -> None:
    fault = {"payment": "p", "share": 0.1, "start": 0, "end": 120}
    case = section_4.Simulation(CHAIN, datetime(2026, 12, 18, 5), 5000, (fault,))
    row = section_4.payment_run(case, "p", NOMINAL)
    assert row is not None
    assert [b["bank"] for b in row["branches"]] == ["b1", "b2", None]
    assert [b["share"] for b in row["branches"]] == pytest.approx([0.36, 0.54, 0.1])
    assert row["branches"][2]["delay_minutes"] == 60
    assert section_4.latest_recovery(case, "p", NOMINAL) == ("by", 60)


@pytest.mark.parametrize(("roll", "day"), [("preceding", 18), ("following", 21), ("nearest", 21), ("none", 20)])
def test_rolling_a_sunday(roll: str, day: int) -> None:
    assert section_4.rolled(NOMINAL, roll) == date(2026, 12, day)


def test_bank_days_around_christmas() -> None:
    assert section_4.shifted(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert section_4.shifted(date(2027, 1, 1), -1) == date(2026, 12, 30)
    assert section_4.rolled(date(2026, 12, 26), "saturday_preceding") == date(2026, 12, 23)


def test_hours_over_midnight_belong_to_their_first_day() -> None:
    window = tomllib.loads('days = "bank"\ntimes = [[22:00:00, 02:00:00]]')
    assert section_4.is_open(window, datetime(2026, 12, 19, 1, 59))
    assert not section_4.is_open(window, datetime(2026, 12, 19, 22, 0))
    assert not section_4.is_open(window, datetime(2026, 12, 21, 1, 0))
