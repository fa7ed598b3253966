"""Times as people type them."""

from datetime import date, time

import pytest

from beroenden.units.times import iso, parse_instant, time_zone
from beroenden.units.typed import is_clock, typed_days, typed_instant

ZONE = time_zone("Europe/Stockholm")
TODAY = date(2026, 12, 1)


def typed(text: str) -> str:
    return iso(typed_instant(text, ZONE, lambda: TODAY), ZONE)


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


@pytest.mark.parametrize("text", ["31/2 2026 08.00", "16 decembr 2026 08.00", "25.00", "snart", "8", "16/12 08.00", ""])
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
    assert iso(typed_instant("10 juni 2027", ZONE, lambda: TODAY, time(9, 30)), ZONE) == "2027-06-10T09:30+02:00"


def test_files_are_read_strictly():
    for text in ("2026-12-16 6.30", "16/12 2026 06.30", "2026-12-16 kl. 06.30", "08.00"):
        with pytest.raises(ValueError, match="not a time"):
            parse_instant(text, ZONE)
