"""Windows of the calendar, and the moments in them."""

from datetime import date
from itertools import pairwise

import pytest

from beroenden.analysis.ranking.starts import sensible_step, starts_within, window_days
from beroenden.errors import UsageError
from beroenden.units.times import Clock, local, time_zone

STOCKHOLM = Clock(time_zone("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-12", (date(2026, 12, 1), date(2026, 12, 31))),
        ("2028-02", (date(2028, 2, 1), date(2028, 2, 29))),
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-12-16", (date(2026, 12, 16), date(2026, 12, 16))),
        ("2026-12-16..2026-12-20", (date(2026, 12, 16), date(2026, 12, 20))),
        ("2026-12-30..2027-02", (date(2026, 12, 30), date(2027, 2, 28))),
    ],
)
def test_windows(text, days):
    assert window_days(text) == days


@pytest.mark.parametrize("text", ["december", "2026-13", "2026-02-30", "1890-01", "2026-12-16..2026-12-15", "", ".."])
def test_what_is_no_window_is_refused(text):
    with pytest.raises(UsageError):
        window_days(text)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_starts_keep_their_local_times_when_the_clock_changes(day, hours):
    starts = starts_within((day, day), 60, STOCKHOLM)
    assert [after - before for before, after in pairwise(starts)] == [60] * (hours - 1)
    following = date.fromordinal(day.toordinal() + 1)
    six = starts_within((day, following), 360, STOCKHOLM)
    assert [local(start, STOCKHOLM.zone).hour for start in six] == [0, 6, 12, 18] * 2


def test_every_hour_of_a_month_and_a_year_is_a_start():
    assert len(starts_within(window_days("2027-10"), 60, STOCKHOLM)) == 31 * 24 + 1
    assert len(starts_within(window_days("2027-03"), 60, STOCKHOLM)) == 31 * 24 - 1
    assert len(starts_within(window_days("2027"), 60, STOCKHOLM)) == 365 * 24


def test_a_midnight_that_comes_twice_begins_one_day():
    havana = Clock(time_zone("America/Havana"))
    starts = starts_within((date(2026, 11, 1), date(2026, 11, 2)), 1440, havana)
    assert [start - starts[0] for start in starts] == [0, 25 * 60]


def test_whole_days_apart():
    starts = starts_within(window_days("2026-12"), 7 * 1440, STOCKHOLM)
    assert [local(start, STOCKHOLM.zone).day for start in starts] == [1, 8, 15, 22, 29]


@pytest.mark.parametrize("every", [0, 300, 1500])
def test_a_step_that_does_not_fit_a_day_is_refused(every):
    with pytest.raises(UsageError):
        starts_within(window_days("2026-12"), every, STOCKHOLM)


def test_the_step_widens_with_the_number_of_scenarios():
    month = window_days("2026-12")
    assert [sensible_step(month, count) for count in (97, 4700, 10**6)] == [60, 6 * 60, 1440]
