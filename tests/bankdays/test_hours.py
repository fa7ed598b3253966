"""Opening hours on the time axis: days, midnight, clock changes."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.bankdays.hours import WEEKDAY_NAMES, openings, opens_on
from beroenden.units.times import Clock, instant, local

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CLOCK = Clock(STOCKHOLM)


def at(text: str) -> int:
    return instant(datetime.fromisoformat(text), STOCKHOLM)


def clock(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def spells(days: str | tuple[str, ...], times: list[str], start: str, until: str) -> list[str]:
    """Openings as "17 07:00–18 06:00"."""
    given_times = tuple((clock(one[:5]), clock(one[6:])) for one in times)
    found = openings(days, given_times, CLOCK, at(start), at(until))
    return [f"{local(begin, STOCKHOLM):%d %H:%M}–{local(end, STOCKHOLM):%d %H:%M}" for begin, end in found]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("all", "mtwtfss"),
        ("bank", "mtwtf--"),
        (("mon", "sun"), "m-----s"),
        (("fri",), "----f--"),
        ((), "-------"),
    ],
)
def test_days_of_a_window(days: str | tuple[str, ...], expected: str) -> None:
    monday = date(2026, 11, 16).toordinal()
    found = [name[0] if opens_on(days, monday + index) else "-" for index, name in enumerate(WEEKDAY_NAMES)]
    assert "".join(found) == expected


def test_bank_days_leave_out_holidays() -> None:
    found = spells("bank", ["07:00–18:00"], "2026-12-23T00:00", "2026-12-29T00:00")
    assert found == ["23 07:00–23 18:00", "28 07:00–28 18:00"]


def test_the_first_spell_is_cut_and_the_last_may_reach_past() -> None:
    found = spells("all", ["07:00–18:00"], "2026-12-21T10:00", "2026-12-22T08:00")
    assert found == ["21 10:00–21 18:00", "22 07:00–22 18:00"]


def test_hours_over_midnight_end_the_next_day() -> None:
    found = spells(("mon",), ["22:00–06:00"], "2026-12-21T00:00", "2026-12-24T00:00")
    assert found == ["21 22:00–22 06:00"]


def test_hours_over_midnight_belong_to_the_day_on_which_they_open() -> None:
    found = spells(("sun",), ["22:00–06:00"], "2026-12-21T00:00", "2026-12-21T12:00")
    assert found == ["21 00:00–21 06:00"]  # opened on Sunday 20th
    assert spells("bank", ["22:00–06:00"], "2026-12-25T00:00", "2026-12-27T00:00") == []  # the 24th is no bank day


def test_hours_that_end_when_they_begin_last_a_day() -> None:
    found = spells(("mon",), ["08:00–08:00"], "2026-12-21T00:00", "2026-12-24T00:00")
    assert found == ["21 08:00–22 08:00"]


def test_all_day_from_midnight_to_midnight() -> None:
    found = spells("all", ["00:00–00:00"], "2026-12-21T06:00", "2026-12-22T12:00")
    assert found == ["21 06:00–22 00:00", "22 00:00–23 00:00"]


def test_hours_that_overlap_are_disjoint_and_in_order() -> None:
    found = spells("all", ["13:00–16:00", "07:00–14:00", "08:00–09:00"], "2026-12-21T00:00", "2026-12-21T23:00")
    assert found == ["21 07:00–21 14:00", "21 14:00–21 16:00"]


def test_the_night_before_may_reach_into_the_morning() -> None:
    found = spells("all", ["20:00–08:00", "07:00–12:00"], "2026-12-21T00:00", "2026-12-21T23:00")
    assert found == ["21 00:00–21 08:00", "21 08:00–21 12:00", "21 20:00–22 08:00"]


def test_a_window_that_never_opens() -> None:
    assert spells((), ["07:00–18:00"], "2026-12-01T00:00", "2026-12-31T00:00") == []
    assert spells("all", [], "2026-12-01T00:00", "2026-12-31T00:00") == []


def test_the_night_of_the_clock_changes() -> None:
    nights = [("2026-03-28T12:00", "2026-03-29T12:00"), ("2026-10-24T12:00", "2026-10-25T12:00")]
    lengths = []
    for start, until in nights:
        (begin, end), *_ = openings("all", ((clock("22:00"), clock("06:00")),), CLOCK, at(start), at(until))
        lengths.append(end - begin)
    assert lengths == [7 * 60, 9 * 60]


@settings(derandomize=True, database=None, deadline=None, max_examples=60)
@given(
    days=st.sampled_from(["bank", "all"]) | st.lists(st.sampled_from(WEEKDAY_NAMES), max_size=4).map(tuple),
    times=st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 1439)), max_size=3).map(tuple),
    start=st.sampled_from(["2026-03-28T03:00", "2026-10-24T13:07", "2026-12-23T23:59"]),
)
def test_openings_agree_with_the_clock_on_the_wall(
    days: str | tuple[str, ...], times: tuple[tuple[int, int], ...], start: str
) -> None:
    """Each quarter of an hour of three days is open as the hours say, however the clock is changed meanwhile."""
    first = at(start)
    found = list(openings(days, times, CLOCK, first, first + 3 * 1440))
    assert all(begin < end for begin, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    for moment in range(first, first + 3 * 1440, 15):
        is_open = any(begin <= moment < end for begin, end in found)
        assert is_open == _is_open(moment, days, times)


def _is_open(moment: int, days: str | tuple[str, ...], times: tuple[tuple[int, int], ...]) -> bool:
    here = local(moment, STOCKHOLM)
    for back in (0, 1):
        day = here.date() - timedelta(days=back)
        if not opens_on(days, day.toordinal()):
            continue
        for opening, closing in times:
            last = day + timedelta(days=closing <= opening)
            begin, end = (
                instant(datetime.combine(one, datetime.min.time()) + timedelta(minutes=minute), STOCKHOLM)
                for one, minute in ((day, opening), (last, closing))
            )
            if begin <= moment < end:
                return True
    return False
