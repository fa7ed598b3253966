"""Bank days against lists written out by hand, and rolls against dates that the payers published."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from beroenden.bankdays.bankdays import (
    ROLLS,
    add_bank_days,
    following,
    is_bank_day,
    nearest,
    preceding,
    saturday_preceding,
)
from beroenden.bankdays.recurrence import check_rule, has_dates, rule_dates
from beroenden.consequences.dates import payment_dates
from beroenden.model.payments import Payment

# Easter Sundays: 31 March 2024, 20 April 2025, 5 April 2026, 28 March 2027, 16 April 2028, 1 April 2029, 21 April 2030.
# In order: nyårsdagen, trettondedag jul, långfredag, annandag påsk, 1 maj, Kristi himmelsfärd, nationaldagen,
# midsommarafton, julafton, juldagen, annandag jul, nyårsafton; those on a Saturday or Sunday are left out.
WEEKDAY_BANK_HOLIDAYS = {
    2024: ["01-01", "03-29", "04-01", "05-01", "05-09", "06-06", "06-21", "12-24", "12-25", "12-26", "12-31"],
    2025: ["01-01", "01-06", "04-18", "04-21", "05-01", "05-29", "06-06", "06-20", "12-24", "12-25", "12-26", "12-31"],
    2026: ["01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25", "12-31"],
    2027: ["01-01", "01-06", "03-26", "03-29", "05-06", "06-25", "12-24", "12-31"],
    2028: ["01-06", "04-14", "04-17", "05-01", "05-25", "06-06", "06-23", "12-25", "12-26"],
    2029: ["01-01", "03-30", "04-02", "05-01", "05-10", "06-06", "06-22", "12-24", "12-25", "12-26", "12-31"],
    2030: ["01-01", "04-19", "04-22", "05-01", "05-30", "06-06", "06-21", "12-24", "12-25", "12-26", "12-31"],
}
RIKSBANK_2017 = ["01-06", "04-14", "04-17", "05-01", "05-25", "06-06", "06-23", "12-25", "12-26"]


def weekday_bank_holidays(year: int) -> list[str]:
    first = date(year, 1, 1)
    days = [first + timedelta(days=index) for index in range((date(year + 1, 1, 1) - first).days)]
    return [f"{day:%m-%d}" for day in days if day.weekday() < 5 and not is_bank_day(day.toordinal())]


@pytest.mark.parametrize("year", WEEKDAY_BANK_HOLIDAYS)
def test_weekday_bank_holidays(year: int) -> None:
    assert weekday_bank_holidays(year) == WEEKDAY_BANK_HOLIDAYS[year]


def test_the_riksbanks_list_of_2017() -> None:
    assert weekday_bank_holidays(2017) == RIKSBANK_2017


@pytest.mark.parametrize("year", [1970, 2004, 2026, 2099, 2100])
def test_every_year_that_is_covered_has_its_holidays(year: int) -> None:
    for month, day in ((1, 1), (5, 1), (12, 24), (12, 25), (12, 31)):
        assert not is_bank_day(date(year, month, day).toordinal())


@pytest.mark.parametrize("day", ["2026-04-02", "2026-01-05", "2026-04-30", "2026-05-13", "2026-10-30", "2026-12-23"])
def test_short_working_days_are_bank_days(day: str) -> None:
    assert is_bank_day(date.fromisoformat(day).toordinal())


def test_saturdays_and_sundays_are_no_bank_days() -> None:
    assert [is_bank_day(date(2026, 11, day).toordinal()) for day in range(16, 23)] == [True] * 5 + [False] * 2


def rolled(roll: str, day: str) -> str:
    return date.fromordinal(ROLLS[roll](date.fromisoformat(day).toordinal())).isoformat()


@pytest.mark.parametrize(
    ("day", "before", "after", "near", "saturday"),
    [
        ("2026-12-18", "2026-12-18", "2026-12-18", "2026-12-18", "2026-12-18"),  # a Friday
        ("2026-12-19", "2026-12-18", "2026-12-21", "2026-12-18", "2026-12-18"),  # a Saturday
        ("2026-12-20", "2026-12-18", "2026-12-21", "2026-12-21", "2026-12-21"),  # a Sunday
        ("2025-06-06", "2025-06-05", "2025-06-09", "2025-06-05", "2025-06-09"),  # nationaldagen, a Friday
        ("2024-05-01", "2024-04-30", "2024-05-02", "2024-04-30", "2024-05-02"),  # a Wednesday: a tie
        ("2026-04-04", "2026-04-02", "2026-04-07", "2026-04-02", "2026-04-02"),  # påskafton
        ("2026-04-05", "2026-04-02", "2026-04-07", "2026-04-07", "2026-04-07"),  # påskdagen
        ("2026-12-26", "2026-12-23", "2026-12-28", "2026-12-28", "2026-12-23"),  # annandag jul, a Saturday
    ],
)
def test_rolls(day: str, before: str, after: str, near: str, saturday: str) -> None:
    names = ("none", "preceding", "following", "nearest", "saturday_preceding")
    assert [rolled(name, day) for name in names] == [day, before, after, near, saturday]


def test_rolls_lead_to_bank_days() -> None:
    for day in range(date(2024, 1, 1).toordinal(), date(2031, 1, 1).toordinal()):
        before, after = preceding(day), following(day)
        assert before <= day <= after <= before + 7
        assert nearest(day) in (before, after)
        assert saturday_preceding(day) in (before, after)
        assert all(is_bank_day(one) for one in (before, after))
        assert is_bank_day(day) == (before == day == after)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-12-18", 0, "2026-12-18"),
        ("2026-12-20", 0, "2026-12-20"),  # 0 is the day itself, bank day or not
        ("2026-12-18", 1, "2026-12-21"),
        ("2026-12-18", -3, "2026-12-15"),
        ("2026-12-20", -1, "2026-12-18"),
        ("2026-12-20", 1, "2026-12-21"),
        ("2026-12-23", 1, "2026-12-28"),  # over julafton, juldagen and a weekend
        ("2026-12-23", 3, "2026-12-30"),
        ("2026-12-23", 4, "2027-01-04"),  # over nyårsafton, nyårsdagen and a weekend
        ("2026-04-07", -1, "2026-04-02"),
        ("2026-04-07", -4, "2026-03-30"),
        ("2026-01-02", 366, "2027-06-18"),  # 250 more in 2026, 102 until May, 14 in June
    ],
)
def test_add_bank_days(day: str, count: int, found: str) -> None:
    assert date.fromordinal(add_bank_days(date.fromisoformat(day).toordinal(), count)).isoformat() == found


def test_bank_days_there_and_back() -> None:
    bank_days = [day for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()) if is_bank_day(day)]
    for day, after in pairwise(bank_days):
        assert add_bank_days(day, 1) == after
        assert add_bank_days(after, -1) == day
    assert add_bank_days(bank_days[0], len(bank_days) - 1) == bank_days[-1]


def paid(rrule: str, roll: str, year: int, *moved: tuple[date, date]) -> list[date]:
    """The payment dates of a year."""
    payment = Payment("p", "p", "a", rrule=rrule, roll=roll, moved=moved)
    return payment_dates(payment, date(year, 1, 1), date(year, 12, 31))


def by_month(days: list[date]) -> list[int]:
    assert [day.month for day in days] == list(range(1, 13))
    return [day.day for day in days]


def test_pensionsmyndigheten_2019() -> None:
    first = paid("FREQ=MONTHLY;BYMONTHDAY=18", "nearest", 2019)
    second = paid("FREQ=MONTHLY;BYMONTHDAY=19", "nearest", 2019)
    assert by_month(first) == [18, 18, 18, 18, 17, 18, 18, 19, 18, 18, 18, 18]
    assert by_month(second) == [18, 19, 19, 18, 20, 19, 19, 19, 19, 18, 19, 19]


def test_kpa_2020() -> None:
    first = paid("FREQ=MONTHLY;BYMONTHDAY=18", "nearest", 2020)
    second = paid("FREQ=MONTHLY;BYMONTHDAY=19", "nearest", 2020)
    assert by_month(first) == [17, 18, 18, 17, 18, 18, 17, 18, 18, 19, 18, 18]
    published = [20, 19, 19, 20, 19, 19, 20, 19, 18, 19, 19, 18]
    published[5] = 18  # KPA's own list says 19 June, which was midsommarafton: an error in that list
    assert by_month(second) == published


@pytest.mark.parametrize(
    ("day", "deviations"),
    [(20, {6: 18, 9: 18, 12: 18}), (27, {6: 26, 9: 25, 12: 23}), (21, {2: 20, 3: 20, 6: 18, 11: 20})],
    ids=["barnbidrag", "bostadsbidrag", "familjebidrag"],
)
def test_forsakringskassan_2015(day: int, deviations: dict[int, int]) -> None:
    found = paid(f"FREQ=MONTHLY;BYMONTHDAY={day}", "preceding", 2015)
    assert by_month(found) == [deviations.get(month, day) for month in range(1, 13)]


CSN_STUDIEBIDRAG = [
    "2016-09-30",
    "2016-10-31",
    "2016-11-30",
    "2016-12-30",
    "2017-01-31",
    "2017-02-28",
    "2017-03-31",
    "2017-04-28",
    "2017-05-31",
    "2017-06-30",
    "2019-09-30",
    "2019-10-31",
    "2019-11-29",
    "2019-12-30",
    "2020-01-31",
    "2020-02-28",
    "2020-03-31",
    "2020-04-30",
    "2020-05-29",
    "2020-06-30",
]


def test_csn_studiebidrag_on_the_last_bank_day_of_september_to_june() -> None:
    rule = "FREQ=MONTHLY;BYMONTH=9,10,11,12,1,2,3,4,5,6;BYMONTHDAY=-1"
    payment = Payment("studiehjalp", "Studiehjälp", "csn", rrule=rule, roll="preceding")
    found = [payment_dates(payment, date(year, 8, 1), date(year + 1, 7, 31)) for year in (2016, 2019)]
    assert [day.isoformat() for year in found for day in year] == CSN_STUDIEBIDRAG


def test_csn_studiemedel_2014() -> None:
    assert date(2014, 5, 23) in paid("FREQ=MONTHLY;BYMONTHDAY=25", "preceding", 2014)


def test_a_kassor_2023() -> None:
    """Thursdays; a holiday earlier in the week moves them too, which is the payers' own decision."""
    moved = {(4, 13): (4, 14), (5, 4): (5, 5), (6, 8): (6, 9), (12, 28): (12, 29)}
    pairs = [(date(2023, *before), date(2023, *after)) for before, after in moved.items()]
    found = paid("FREQ=WEEKLY;BYDAY=TH", "following", 2023, *pairs)
    fridays = [day for day in found if day.weekday() != 3]
    assert fridays == [date(2023, *day) for day in ((4, 14), (5, 5), (5, 19), (6, 9), (12, 29))]
    assert len(found) == 52


def test_a_date_of_another_year_may_roll_into_this_one() -> None:
    assert paid("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "following", 2027)[0] == date(2027, 1, 4)
    assert paid("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "preceding", 2026)[-1] == date(2026, 12, 30)


def test_dates_that_roll_to_one_day_are_one() -> None:
    assert paid("FREQ=MONTHLY;BYMONTHDAY=19,20;BYMONTH=12", "preceding", 2026) == [date(2026, 12, 18)]


def test_a_moved_date_is_not_rolled() -> None:
    pair = (date(2026, 12, 20), date(2026, 12, 19))
    assert paid("FREQ=MONTHLY;BYMONTHDAY=20;BYMONTH=12", "preceding", 2026, pair) == [date(2026, 12, 19)]


def test_given_dates_are_rolled_and_sorted() -> None:
    payment = Payment("p", "p", "a", dates=(date(2026, 12, 20), date(2026, 11, 20)), roll="preceding")
    found = payment_dates(payment, date(2026, 1, 1), date(2026, 12, 31))
    assert found == [date(2026, 11, 20), date(2026, 12, 18)]


def test_a_rule_counts_from_2000_unless_it_says_otherwise() -> None:
    assert rule_dates("FREQ=WEEKLY;INTERVAL=2", date(2000, 1, 1), date(2000, 1, 31)) == [
        date(2000, 1, 1),
        date(2000, 1, 15),
        date(2000, 1, 29),
    ]
    from_monday = rule_dates("DTSTART:20260105\nRRULE:FREQ=WEEKLY;INTERVAL=2", date(2026, 1, 1), date(2026, 1, 31))
    assert from_monday == [date(2026, 1, 5), date(2026, 1, 19)]


def test_exceptions_of_a_rule() -> None:
    rule = "DTSTART:20260105\nRRULE:FREQ=WEEKLY\nEXDATE:20260112T000000"
    assert rule_dates(rule, date(2026, 1, 1), date(2026, 1, 20)) == [date(2026, 1, 5), date(2026, 1, 19)]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "x",
        "FREQ=HOURLY",
        "FREQ=DAILY;FREQ=SECONDLY",
        "RRULE:FREQ=DAILY\nRRULE:FREQ=MINUTELY",
        "RRULE:FREQ=DAILY\nEXRULE:FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=MONTHLY;BYMONTHDAY=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=DAILY;UNTIL=5",
        "FREQ=DAILY;UNTIL=tomorrow",
        "RDATE:20260105",
        "DTSTART:00010101\nRRULE:FREQ=DAILY",
        "DTSTART;TZID=Europe/Stockholm:20260105T090000\nRRULE:FREQ=DAILY",
        "BYMONTHDAY=20",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYEASTER=366",
        "FREQ=DAILY\nEXRULE:FREQ=WEEKLY",
        "RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Stockholm:20260105T090000\nRRULE:FREQ=DAILY",
    ],
)
def test_what_is_no_rule_of_whole_days(rule: str) -> None:
    with pytest.raises(ValueError):
        check_rule(rule)


def test_a_rule_without_dates() -> None:
    assert not has_dates("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert not has_dates("FREQ=DAILY;COUNT=0")
    assert has_dates("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")


def test_rules_end_with_the_years_that_are_covered() -> None:
    assert rule_dates("FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1", date(2098, 1, 1), date(2150, 1, 1)) == [
        date(2098, 7, 1),
        date(2099, 7, 1),
    ]
