"""The play plan as a calendar, read back with icalendar: every event at its time, nothing that is not for its reader."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from chain import network
from exercise.example import INJECTS, exercise, moment
from icalendar import Calendar

from beroenden.exercise.exercise import Exercise, Inject, Stage
from beroenden.interop.play_calendar import calendar

NETWORK = network()


def events(content: bytes) -> list:
    """The events of a calendar, read back."""
    return Calendar.from_ical(content).walk("VEVENT")


def minutes(event, key: str) -> int:
    return int(event[key].dt.timestamp() // 60)


def with_inject(**changes) -> Exercise:
    return replace(exercise(), injects=(replace(INJECTS[1], **changes), *INJECTS[2:]))


def test_each_stage_and_each_inject_at_its_time() -> None:
    planned = exercise()
    found = events(calendar(planned, NETWORK))
    stages, injects = found[:2], found[2:]
    assert [(minutes(one, "DTSTART"), minutes(one, "DTEND")) for one in stages] == [
        (stage.play, stage.play_until) for stage in planned.stages
    ]
    assert [minutes(one, "DTSTART") for one in injects] == [one.play for one in planned.injects]
    assert {minutes(one, "DTEND") - minutes(one, "DTSTART") for one in injects} == {10}


def test_an_inject_ends_when_the_next_begins() -> None:
    close = with_inject(play=INJECTS[2].play - 4)
    assert [minutes(one, "DTEND") - minutes(one, "DTSTART") for one in events(calendar(close, NETWORK))[2:4]] == [4, 10]


def test_nothing_can_be_taken_for_real() -> None:
    for content in (calendar(exercise(), NETWORK), calendar(exercise(), NETWORK, "b2")):
        for event in events(content):
            label, word, _ = event["SUMMARY"].split(" ", 2)
            assert label.startswith("TLP:") and word == "ÖVNING"
            assert event["DESCRIPTION"].startswith("ÖVNING: detta har inte hänt.")
            assert event["CLASS"] == "CONFIDENTIAL"
    english = events(calendar(replace(exercise(), language="en"), NETWORK))
    assert str(english[2]["SUMMARY"]) == "TLP:AMBER+STRICT EXERCISE Inject 1 to the game control: Skede 1 börjar"


def test_a_player_gets_the_stages_and_nothing_of_the_injects() -> None:
    content = calendar(exercise(), NETWORK, "b2")
    found = events(content)
    assert [str(one["SUMMARY"]) for one in found] == [
        "TLP:GREEN ÖVNING Övning Elavbrott, skede 1",
        "TLP:GREEN ÖVNING Övning Elavbrott, skede 2",
    ]
    text = content.decode().replace("\r\n ", "")
    assert not [word for one in INJECTS for word in (one.title, one.text, one.sender) if word in text]
    assert "Scenariotid" not in text and "Elavbrott" in text


def test_the_list_keeps_what_injects_say_and_who_is_responsible() -> None:
    text = calendar(exercise(), NETWORK).decode().replace("\r\n ", "")
    assert not [one for one in INJECTS if one.text in text]
    assert "Motspel drift" not in text and "sys <- power" not in text and "larmar" not in text


def test_reserves_are_tentative_and_what_is_skipped_cancelled() -> None:
    status = [str(one.get("STATUS", "")) for one in events(calendar(exercise(), NETWORK))]
    assert status == ["", "", "", "", "", "TENTATIVE", "CANCELLED", ""]


def test_the_same_exercise_has_the_same_calendar() -> None:
    content = calendar(exercise(), NETWORK)
    assert content == calendar(exercise(), NETWORK)
    uids = [str(one["UID"]) for one in events(content)]
    assert len(set(uids)) == len(uids) == 8
    moved = [str(one["UID"]) for one in events(calendar(with_inject(play=moment("2026-11-10T09:20")), NETWORK))]
    assert set(moved) == set(uids) - {uids[2]}
    assert not {str(one["UID"]) for one in events(calendar(exercise(), NETWORK, "b2"))} & set(uids)


def test_no_alarms_and_nobody_invited() -> None:
    content = calendar(exercise(), NETWORK).decode()
    assert not [word for word in ("VALARM", "ATTENDEE", "ORGANIZER", "METHOD") if word in content]


LONG = "Åtgärder för ”återstående” utbetalningar: överföringsköer; ärendehantering, å\\ä\\ö " * 4 + "\N{GRINNING FACE}"


def test_long_swedish_lines_are_folded_at_75_octets_and_unfold() -> None:
    content = calendar(with_inject(title=LONG), NETWORK)
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert "\r\n".join(line.decode() for line in lines).encode() == content  # no letter is cut in two
    assert str(events(content)[2]["SUMMARY"]).endswith(f"Inspel 2 till The payer: {LONG}")


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x00"])
def test_a_title_never_begins_a_line_of_its_own(break_: str) -> None:
    content = calendar(with_inject(title=f"a{break_}END:VEVENT{break_}b"), NETWORK)
    assert len(events(content)) == len(INJECTS) + 1
    assert content.replace(b"\r\n", b"").find(b"\r") == content.replace(b"\r\n", b"").find(b"\n") == -1


def test_the_zone_is_described_for_the_years_of_the_exercise() -> None:
    (zone,) = Calendar.from_ical(calendar(exercise(), NETWORK)).walk("VTIMEZONE")
    there = zone.to_tz()
    for day, hours in (("2026-11-10T09:00", 1), ("2026-07-01T09:00", 2), ("2027-03-28T09:00", 2)):
        assert datetime.fromisoformat(day).replace(tzinfo=there).utcoffset() == timedelta(hours=hours)


def test_the_hour_that_comes_twice() -> None:
    change = moment("2026-10-25T02:30")
    stage = Stage(1, change, change + 600, change, change + 120, 5.0)
    ends = [Inject(n, 1, change + 60 * (n - 1), change, "a", "b2", "mejl", "inspel", "t", "") for n in (1, 2)]
    planned = replace(exercise(), stages=(stage,), injects=tuple(ends))
    first, second = events(calendar(planned, NETWORK))[1:]
    assert (minutes(first, "DTSTART"), minutes(second, "DTSTART")) == (change, change + 60)
    assert second["DTSTART"].dt == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_model_in_utc_needs_no_zone() -> None:
    content = calendar(exercise(), replace(NETWORK, timezone="UTC"))
    assert b"VTIMEZONE" not in content
    assert minutes(events(content)[0], "DTSTART") == exercise().play_start


def test_a_reserve_says_so_before_its_number() -> None:
    found = [str(one["SUMMARY"]).split(" ", 2)[2] for one in events(calendar(exercise(), NETWORK))]
    reserves = [one for one in INJECTS if one.kind == "reservinspel"]
    assert [one for one in found if one.startswith("RESERV Inspel")] == [
        one for one in found if any(f"Inspel {reserve.number} " in one for reserve in reserves)
    ]
    assert reserves


def test_each_change_is_a_later_version() -> None:
    first, then = (events(calendar(replace(exercise(), revision=one), NETWORK))[0] for one in (0, 3))
    assert (first["SEQUENCE"], then["SEQUENCE"]) == (0, 3)
    assert first["DTSTAMP"].dt < then["DTSTAMP"].dt < datetime(2026, 1, 1, tzinfo=UTC)


def test_the_zone_changes_by_the_clock_before_the_change() -> None:
    (zone,) = Calendar.from_ical(calendar(exercise(), NETWORK)).walk("VTIMEZONE")
    changes = {f"{one['DTSTART'].dt:%Y-%m-%d %H}": one.name for one in zone.subcomponents}
    assert changes == {
        "2025-12-31 01": "STANDARD",
        "2026-03-29 02": "DAYLIGHT",
        "2026-10-25 03": "STANDARD",
        "2027-03-28 02": "DAYLIGHT",
        "2027-10-31 03": "STANDARD",
    }
    assert "COMMENT" not in zone


def test_a_stage_that_is_one_moment_of_the_scenario_has_one_time() -> None:
    """It read "Wed 07:50 – Wed 07:50"."""
    planned = exercise()
    stage = replace(planned.stages[0], until=planned.stages[0].since)
    text = str(events(calendar(replace(planned, stages=(stage, *planned.stages[1:])), NETWORK))[0]["DESCRIPTION"])
    (line,) = (one for one in text.splitlines() if one.startswith("Scenariotid: "))
    assert " – " not in line


def test_what_is_skipped_says_so_in_its_title() -> None:
    """A calendar that shows a cancelled event as any other showed it as one to give."""
    titles = [str(one["SUMMARY"]) for one in events(calendar(exercise(), NETWORK))]
    (skipped,) = [one for one in titles if "ÖVERHOPPAT" in one]
    assert "ÖVNING ÖVERHOPPAT Inspel 5 till " in skipped
