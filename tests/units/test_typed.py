"""Times as people type them."""

from datetime import date, datetime, time

import pytest

from beroenden.units.times import iso, parse_instant, time_zone
from beroenden.units.typed import has_date, is_clock, typed_days, typed_instant, typed_moment

ZONE = time_zone("Europe/Stockholm")
NOW = datetime(2026, 12, 1, 22, 40, 30, tzinfo=ZONE)


def typed(text: str) -> str:
    return iso(typed_instant(text, ZONE, NOW), ZONE)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-16T06:30",
        "2026-12-16 06.30",
        "2026-12-16 6.30",
        "2026-12-16 6:30",
        "2026-12-16 kl. 06.30",
        "2026-12-16 kl.\N{NO-BREAK SPACE}06.30",
        "onsdag 16 december 2026 kl. 06.30",
        "Wednesday 16 December 2026 at 6:30",
        "ons 2026-12-16 06.30",
        "16/12 2026 06.30",
        "16/12/2026 06.30",
        "den 16 dec 2026 06.30",
        "2026-12-16T05:30+00:00",
        "16.12.2026 06:30",
        "16/12 2026 06:30:00",
    ],
)
def test_all_of_these_are_the_same_time(text):
    assert typed(text) == "2026-12-16T06:30+01:00"


@pytest.mark.parametrize("text", ["torsdag 16 december 2026 06.30", "tor 2026-12-16 06.30", "Thursday 16/12 2026 6:30"])
def test_a_weekday_that_the_date_does_not_fall_on_is_refused(text):
    """Onsdag is right: whoever read the wrong row of a calendar would log the wrong day."""
    with pytest.raises(ValueError, match="Wednesday 16 December 2026"):
        typed(text)


def test_a_time_of_day_is_of_the_day_that_is_asked_for():
    assert [typed(text) for text in ("08.00", "kl. 8:00")] == ["2026-12-01T08:00+01:00"] * 2
    assert [is_clock(text) for text in ("08.00", "2026-12-16 08.00", "8")] == [True, False, False]


@pytest.mark.parametrize(
    "text",
    ["31/2 2026 08.00", "16 decembr 2026 08.00", "25.00", "snart", "8", "om några timmar", "i morgon kl. 25", ""],
)
def test_what_is_no_time_is_refused_with_the_one_example(text):
    with pytest.raises(ValueError, match=r"2026-12-17 08\.00 \(or 2026-12-17T08:00\)"):
        typed(text)


@pytest.mark.parametrize("text", ["2026-12-16", "16/12 2026", "16 december 2026"])
def test_a_day_alone_is_refused(text):
    with pytest.raises(ValueError, match=r"only a day.*2026-12-16 08\.00"):
        typed(text)


@pytest.mark.parametrize("text", ["1/6 2027 kl. 13", "2027-06-01 kl 13", "1 juni 2027 klockan 13", "1/6 2027 13:00"])
def test_the_hour_alone_after_kl(text):
    assert typed(text) == "2027-06-01T13:00+02:00"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mars 2027", (date(2027, 3, 1), date(2027, 3, 31))),
        ("March 2027", (date(2027, 3, 1), date(2027, 3, 31))),
        ("2027-03", (date(2027, 3, 1), date(2027, 3, 31))),
        ("16/3 2027", (date(2027, 3, 16), date(2027, 3, 16))),
        ("2027", (date(2027, 1, 1), date(2027, 12, 31))),
    ],
)
def test_periods(text, days):
    assert typed_days(text) == days


@pytest.mark.parametrize("text", ["mars", "16 mars", "2027-13", "16/3 2027 08.00", "x"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        typed_days(text)


def test_a_day_alone_takes_the_time_of_day_that_is_given():
    assert iso(typed_instant("10 juni 2027", ZONE, NOW, time(9, 30)), ZONE) == "2027-06-10T09:30+02:00"
    assert iso(typed_instant("i morgon", ZONE, NOW, time(9, 30)), ZONE) == "2026-12-02T09:30+01:00"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("i morgon kl. 9", "2026-12-02T09:00"),
        ("I morgon 06:30", "2026-12-02T06:30"),
        ("imorgon 9", "2026-12-02T09:00"),
        ("kl. 9 i morgon", "2026-12-02T09:00"),
        ("tomorrow 9", "2026-12-02T09:00"),
        ("i dag kl. 17", "2026-12-01T17:00"),
        ("today at 17", "2026-12-01T17:00"),
        ("i går 22.15", "2026-11-30T22:15"),
        ("yesterday, 22:15", "2026-11-30T22:15"),
        ("kl. 9", "2026-12-01T09:00"),
        ("om två timmar", "2026-12-02T00:40"),
        ("om 2 timmar", "2026-12-02T00:40"),
        ("om 30 min", "2026-12-01T23:10"),
        ("in an hour", "2026-12-01T23:40"),
        ("in 2 hours", "2026-12-02T00:40"),
        ("för tre timmar sedan", "2026-12-01T19:40"),
        ("ten minutes ago", "2026-12-01T22:30"),
        ("16 dec 13.20", "2026-12-16T13:20"),
        ("ons 16/12 13:20", "2026-12-16T13:20"),
        ("16 Dec 13:20", "2026-12-16T13:20"),
        ("2 januari kl. 8", "2027-01-02T08:00"),
    ],
)
def test_a_time_as_it_is_said_is_reckoned_from_when_it_is_said(text, time):
    assert typed(text) == f"{time}+01:00"
    assert not has_date(text)


def test_a_weekday_without_a_year_is_checked_too():
    with pytest.raises(ValueError, match="Wednesday 16 December 2026"):
        typed("fre 16 dec 13.20")


@pytest.mark.parametrize("text", ["i morgon kl. 9", "om två timmar", "16 dec 13.20"])
def test_what_stands_in_a_file_is_not_reckoned_from_a_day(text):
    with pytest.raises(ValueError, match="not a time"):
        typed_moment(text, NOW.date)


def test_files_are_read_strictly():
    for text in ("2026-12-16 6.30", "16/12 2026 06.30", "2026-12-16 kl. 06.30", "08.00"):
        with pytest.raises(ValueError, match="not a time"):
            parse_instant(text, ZONE)
