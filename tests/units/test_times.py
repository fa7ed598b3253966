"""Instants and local times, and the two nights a year on which they part."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.read import build
from beroenden.modelfiles.scenario import build_scenario
from beroenden.units.times import (
    LAST_YEAR,
    Clock,
    clock_text,
    date_in_words,
    instant,
    iso,
    local,
    minute_of_day,
    parse_instant,
    short_span,
    short_time,
    table_span,
    table_time,
    time_in_words,
    time_zone,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SAME_EXAMPLES = settings(derandomize=True, database=None, deadline=None, max_examples=200)

# The last Sunday of March (02:00 becomes 03:00) and of October (03:00 becomes 02:00).
FORWARD = ["2024-03-31", "2025-03-30", "2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31"]
BACK = ["2024-10-27", "2025-10-26", "2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27"]


def at(text: str) -> str:
    return iso(parse_instant(text, STOCKHOLM), STOCKHOLM)


@pytest.mark.parametrize("day", FORWARD)
def test_a_local_time_that_does_not_exist_is_moved_forward_an_hour(day: str) -> None:
    assert at(f"{day}T01:59") == f"{day}T01:59+01:00"
    assert at(f"{day}T02:00") == f"{day}T03:00+02:00"
    assert at(f"{day}T02:30") == f"{day}T03:30+02:00"
    assert at(f"{day}T03:00") == f"{day}T03:00+02:00"


@pytest.mark.parametrize("day", BACK)
def test_of_two_local_times_the_first_is_meant(day: str) -> None:
    assert at(f"{day}T01:59") == f"{day}T01:59+02:00"
    assert at(f"{day}T02:30") == f"{day}T02:30+02:00"
    assert at(f"{day}T03:00") == f"{day}T03:00+01:00"
    assert at(f"{day}T02:30+01:00") == f"{day}T02:30+01:00"  # an offset says which


@pytest.mark.parametrize("day", [*FORWARD, *BACK, "2026-12-18"])
def test_the_clock_agrees_with_instants_all_day(day: str) -> None:
    midnight, ordinal = datetime.fromisoformat(day), date.fromisoformat(day).toordinal()
    clock = Clock(STOCKHOLM)
    for minute in range(1440):
        expected = instant(midnight + timedelta(minutes=minute), STOCKHOLM)
        assert clock.at(ordinal, minute) == expected
        assert clock.day(expected) == ordinal
    length = clock.midnight(ordinal + 1) - clock.midnight(ordinal)
    assert length == (23 if day in FORWARD else 25 if day in BACK else 24) * 60
    assert clock.day(clock.midnight(ordinal) - 1) == ordinal - 1


@pytest.fixture(scope="module")
def network() -> Network:
    found = build({"model": {"name": "x"}, "entity": [{"id": "el", "kind": "system", "needs": [{"provider": "el"}]}]})[
        0
    ]
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-28T20:00", "2026-03-29T09:00+02:00"),
        ("2026-10-24T20:00", "2026-10-25T07:00+01:00"),
        ("2027-03-27T20:00", "2027-03-28T09:00+02:00"),
        ("2027-10-30T20:00", "2027-10-31T07:00+01:00"),
    ],
)
def test_an_outage_of_twelve_hours_across_the_clock_change(start: str, end: str, network: Network) -> None:
    outage = build_scenario(network, [{"entity": "el", "start": start, "for": "12h"}]).outages[0]
    assert outage.end == outage.start + 720
    assert iso(outage.end, STOCKHOLM) == end


def test_an_outage_until_a_local_time_across_the_clock_change(network: Network) -> None:
    spring, autumn = build_scenario(
        network,
        [
            {"entity": "el", "start": "2026-03-28T20:00", "end": "2026-03-29T08:00"},
            {"entity": "el", "start": "2026-10-24T20:00", "end": "2026-10-25T08:00"},
        ],
    ).outages
    assert spring.end is not None and autumn.end is not None
    assert (spring.end - spring.start, autumn.end - autumn.start) == (11 * 60, 13 * 60)


@pytest.mark.parametrize("text", ["2026-02-30T08:00", "2026-02-30 08.00"])
def test_a_day_that_is_not_in_the_calendar_is_told_as_such(text: str) -> None:
    with pytest.raises(ValueError, match="there is no 2026-02-30: February 2026 has 28 days"):
        parse_instant(text, STOCKHOLM)


def test_date_times_with_an_offset() -> None:
    assert at("2026-12-17T08:00Z") == at("2026-12-17T09:00") == at("2026-12-17T10:00+02:00") == "2026-12-17T09:00+01:00"
    assert instant(datetime(2026, 12, 17, 8, tzinfo=UTC), STOCKHOLM) == parse_instant("2026-12-17T09:00", STOCKHOLM)


@pytest.mark.parametrize(
    "text",
    [
        "", "i morgon", "2026-13-01", "2026-02-30T08:00", "08:00", "2026-12-17T25:00", "2026-12-17T08:00:30", "1969-12-31",
        "2100-01-01", "9999-12-31T23:59-23:59", "0001-01-01T00:00+23:59", "2099-12-31T23:30-01:00", "x" * 1000,
    ],
)  # fmt: skip
def test_texts_that_are_no_instant(text: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_instant(text, STOCKHOLM)
    assert 10 < len(str(caught.value)) < 200


@SAME_EXAMPLES
@given(minutes=st.integers(1440, 68_000_000), zone=st.sampled_from(["Europe/Stockholm", "Asia/Kathmandu", "UTC"]))
def test_what_is_written_is_read(minutes: int, zone: str) -> None:
    assert parse_instant(iso(minutes, time_zone(zone)), STOCKHOLM) == minutes
    assert instant(local(minutes, time_zone(zone)), STOCKHOLM) == minutes


@SAME_EXAMPLES
@given(minutes=st.integers(0, 68_000_000), zone=st.sampled_from(["America/New_York", "Pacific/Apia", "Asia/Beirut"]))
def test_the_day_of_an_instant_anywhere(minutes: int, zone: str) -> None:
    clock = Clock(time_zone(zone))
    assert clock.day(minutes) == local(minutes, clock.zone).date().toordinal()


@SAME_EXAMPLES
@given(moment=st.datetimes(timezones=st.sampled_from([None, UTC, timezone(timedelta(hours=23)), STOCKHOLM])))
def test_any_date_time_is_an_instant_or_refused(moment: datetime) -> None:
    try:
        found = instant(moment, STOCKHOLM)
    except ValueError:
        return
    assert 1970 <= local(found, STOCKHOLM).year <= LAST_YEAR


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Stokholm", "../UTC", "/etc/passwd", "\0", "\ud800", "x" * 5000])
def test_zones_that_do_not_exist(name: str) -> None:
    with pytest.raises(ValueError):
        time_zone(name)


def test_times_of_day() -> None:
    assert [clock_text(minute) for minute in (0, 65, 1140, 1439, 1440)] == ["00:00", "01:05", "19:00", "23:59", "00:00"]
    assert minute_of_day(time(19, 5)) == 1145
    for odd in (time(19, 0, 30), time(19, 0, 0, 1)):
        with pytest.raises(ValueError):
            minute_of_day(odd)


@writing_in("sv")
def test_swedish_dates_and_times() -> None:
    moment = parse_instant("2026-12-18T06:00", STOCKHOLM)
    assert date_in_words(date(2026, 12, 18)) == "fredag 18 december 2026"
    assert date_in_words(date(2026, 3, 1), weekday=False) == "1 mars 2026"
    assert time_in_words(moment, STOCKHOLM) == "fredag 18 december 2026 kl.\xa006.00"
    assert short_time(moment, STOCKHOLM) == "fre 2026-12-18 06.00"
    assert short_time(parse_instant("2026-12-19T23:59", STOCKHOLM), STOCKHOLM) == "lör 2026-12-19 23.59"
    assert iso(moment, STOCKHOLM) == "2026-12-18T06:00+01:00"


@writing_in("sv")
def test_the_hour_that_comes_twice_says_which() -> None:
    first = parse_instant("2026-10-25T02:30+02:00", STOCKHOLM)
    assert time_in_words(first, STOCKHOLM).endswith("kl.\xa002.30 (sommartid)")
    assert time_in_words(first + 60, STOCKHOLM).endswith("kl.\xa002.30 (normaltid)")
    assert short_time(first + 60, STOCKHOLM) == "sön 2026-10-25 02.30 (normaltid)"
    assert short_time(first + 120, STOCKHOLM) == "sön 2026-10-25 03.30"
    assert table_time(first, STOCKHOLM) == "sön 25 okt 02.30 (sommartid)"
    assert table_time(first + 60, STOCKHOLM) == "sön 25 okt 02.30 (normaltid)"
    assert table_time(first + 120, STOCKHOLM) == "sön 25 okt 03.30"
    with writing_in("en"):
        assert table_time(first + 60, STOCKHOLM) == "Sun 25 Oct 02:30 (standard time)"
    spring = parse_instant("2027-03-28T03:30", STOCKHOLM)
    assert short_time(spring, STOCKHOLM) == "sön 2027-03-28 03.30"


def test_a_span_names_the_day_on_which_it_ends_where_that_is_another():
    """A stage over midnight was written with the time of its end alone."""
    begins, same, after = (parse_instant(f"2026-12-{one}", STOCKHOLM) for one in ("02T10:20", "02T23:25", "03T23:25"))
    assert table_span(begins, same, STOCKHOLM) == "Wed 2 Dec 10:20–23:25"
    assert table_span(begins, after, STOCKHOLM) == "Wed 2 Dec 10:20–Thu 3 Dec 23:25"
    with writing_in("sv"):
        assert short_span(begins, after, STOCKHOLM) == "ons 2026-12-02 10.20–tor 2026-12-03 23.25"
