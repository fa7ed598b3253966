"""The payment calendar, read back with icalendar: every event at its time, nothing that is not for its reader."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from chain import tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from modelfiles.strategies import networks

import beroenden
from beroenden.consequences.dates import payment_dates
from beroenden.errors import UsageError
from beroenden.interop.payment_calendar import PaymentCalendar, payment_calendar
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer, viewer_for

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
EVENT = {
    "id": "swap",
    "name": "Planned swap",
    "start": "2026-12-05T22:00",
    "end": "2026-12-06T06:00",
    "entities": ["clr", "power"],
}


def network(**changes: Any) -> Network:
    made, findings = beroenden.build({**tables(), "event": [EVENT], **changes})
    assert made is not None, findings
    return made


def made(viewer: Viewer | None = None, model: Network | None = None, **wanted: Any) -> PaymentCalendar:
    return payment_calendar(masked(model or network(), viewer), *wanted.pop("days", DECEMBER), **wanted)


def events(calendar: PaymentCalendar) -> list[Any]:
    return Calendar.from_ical(calendar.content).walk("VEVENT")


def summaries(calendar: PaymentCalendar) -> list[str]:
    return [str(one["SUMMARY"]) for one in events(calendar)]


def times(event: Any) -> tuple[str, str | None]:
    start, end = event["DTSTART"].dt, event.get("DTEND")
    return str(start)[:16], end and str(end.dt)[:16]


def test_the_worked_example_stands_at_its_planned_times() -> None:
    found = {str(one["SUMMARY"]): times(one) for one in events(made())}
    assert found == {
        "TLP:GREEN Planned event: Planned swap": ("2026-12-05 22:00", "2026-12-06 06:00"),
        "TLP:GREEN Allowance: underlag": ("2026-12-15 18:00", "2026-12-15 21:00"),
        "TLP:GREEN Allowance: cut-off clearing": ("2026-12-16 19:00", None),
        "TLP:GREEN Allowance: payment date": ("2026-12-18", "2026-12-19"),
        "TLP:GREEN Allowance: konto": ("2026-12-18 06:00", None),
    }


def test_the_payment_date_is_a_whole_day_that_blocks_nothing() -> None:
    (run,) = [one for one in events(made()) if "payment date" in one["SUMMARY"]]
    assert run["DTSTART"].dt == date(2026, 12, 18)  # 20 December 2026 is a Sunday
    assert (str(run["TRANSP"]), run["CATEGORIES"].to_ical()) == ("TRANSPARENT", b"Payment date")
    assert str(run["DESCRIPTION"]).splitlines() == [
        "Planned with the recipients: Fri 2026-12-18 06:00",
        "Payer: The payer",
        "Paying bank: Bank one",
        "Recipients: People",
        "Number: 1,000",
        "Amount: SEK\xa05m",
        "Priority: 1",
        "Tolerable delay: 24\xa0h",
        "TLP:GREEN",
    ]


def test_it_speaks_swedish() -> None:
    with writing_in("sv"):
        told = summaries(made())
    assert "TLP:GREEN Allowance: betalningsdag" in told
    assert "TLP:GREEN Allowance: bryttid clearing" in told


def test_a_stage_stands_in_the_period_in_which_it_begins_whatever_its_payment_date() -> None:
    until_17th = made(days=(date(2026, 12, 1), date(2026, 12, 17)))
    from_18th = made(days=(date(2026, 12, 18), date(2026, 12, 31)))
    assert (until_17th.runs, until_17th.stages, until_17th.events) == (0, 2, 1)
    assert (from_18th.runs, from_18th.stages, from_18th.events) == (1, 1, 0)
    assert sorted(summaries(until_17th) + summaries(from_18th)) == sorted(summaries(made()))


def test_branches_with_other_times_have_their_own_events_and_name_their_banks() -> None:
    changed = tables()
    changed["payment"][0]["stage"].append({"id": "use", "duration": "5min", "needs": []})
    changed["payment"][0]["stage"][1]["lead"] = 3
    model, findings = beroenden.build(changed)
    assert model is not None, findings
    found = [one for one in events(made(model=model)) if str(one["SUMMARY"]).endswith("use")]
    assert [times(one)[0] for one in found] == ["2026-12-18 06:00", "2026-12-21 06:00"]
    assert ["Accounts in: Bank one" in one["DESCRIPTION"] for one in found] == [True, False]
    assert len({str(one["UID"]) for one in found}) == 2


def test_the_same_model_has_the_same_calendar_and_ids_outlive_a_change() -> None:
    first = made()
    assert first == made()
    later = made(model=network(payment=[{**tables()["payment"][0], "count": 7, "verified": date(2026, 11, 2)}]))
    uids, again = ([str(one["UID"]) for one in events(one)] for one in (first, later))
    assert sorted(uids) == sorted(again)
    assert len(set(uids)) == len(uids) == 5
    assert {one["DTSTAMP"].dt for one in events(first)} == {datetime(2026, 12, 1, tzinfo=UTC)}
    assert {one["DTSTAMP"].dt for one in events(later)} == {datetime(2026, 11, 2, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("label", "class_"),
    [("TLP:CLEAR", "PUBLIC"), ("TLP:GREEN", "PRIVATE"), ("TLP:AMBER", "CONFIDENTIAL"), ("TLP:RED", "CONFIDENTIAL")],
)
def test_the_label_is_in_the_class_the_summary_and_the_description(label: str, class_: str) -> None:
    found = made(model=network(model={**tables()["model"], "tlp": label}))
    assert found.label == label
    for event in events(found):
        assert str(event["SUMMARY"]).startswith(f"{label} ")
        assert str(event["DESCRIPTION"]).endswith(label)
        assert str(event["CLASS"]) == class_


def test_only_what_an_actor_takes_part_in() -> None:
    assert summaries(made(actor="payer")) == [one for one in summaries(made()) if "Planned" not in one]
    assert [one.split(": ")[1] for one in summaries(made(actor="clr"))] == [
        "Planned swap",
        "cut-off clearing",
        "payment date",
    ]
    assert [one.split(": ")[1] for one in summaries(made(actor="b2"))] == ["payment date", "konto"]
    assert summaries(made(actor="people")) == []


def test_one_payment() -> None:
    other = {**tables()["payment"][0], "id": "other", "name": "Other"}
    both = network(payment=[*tables()["payment"], other])
    assert {one.split(" ")[1] for one in summaries(made(model=both, payment="other"))} == {"Other:"}
    assert made(model=both).runs == 2


def secret(**more: Any) -> Network:
    """The example with a clearing and its stage that only the own house knows of."""
    changed = tables()
    changed["entity"][3] |= {"tlp": "TLP:RED", "name": "Hidden clearing"}
    changed["payment"][0]["stage"][1] |= {"tlp": "TLP:RED", "name": "Hidden stage"}
    return network(entity=changed["entity"], payment=changed["payment"], **more)


def test_what_the_reader_may_not_see_is_in_no_event() -> None:
    model = secret()
    found = made(viewer_for(model, "TLP:GREEN"), model)
    text = found.content.decode().replace("\r\n ", "")
    assert "idden" not in text and "withheld" not in text
    assert (found.runs, found.stages, found.events) == (1, 2, 1)
    (swap,) = [one for one in events(found) if "swap" in one["SUMMARY"]]
    assert "Planned to be down: dependency not shared\\, Power" in swap.to_ical().decode().replace("\r\n ", "")
    own = made(model=model)
    assert own.label == "TLP:RED"
    assert "TLP:RED Allowance: cut-off Hidden stage" in summaries(own)


def test_a_withheld_event_is_not_there() -> None:
    model = network(event=[{**EVENT, "tlp": "TLP:AMBER"}])
    assert made(viewer_for(model, "TLP:GREEN"), model).events == 0
    assert made(viewer_for(model, "TLP:AMBER"), model).events == 1


def test_one_cannot_ask_for_what_the_reader_may_not_see() -> None:
    model = secret()
    with pytest.raises(UsageError, match="may not see clr"):
        made(viewer_for(model, "TLP:GREEN"), model, actor="clr")


def test_a_need_that_is_not_shared_selects_no_stage() -> None:
    changed = tables()
    changed["payment"][0]["stage"][0]["needs"][0] |= {"tlp": "TLP:RED"}
    changed["entity"][1]["owner"] = "sys"
    model = network(entity=changed["entity"], payment=changed["payment"])
    assert made(model=model, actor="sys").stages == 1
    assert made(viewer_for(model, "TLP:GREEN"), model, actor="sys").stages == 0


def test_no_alarms_and_nobody_invited_and_lines_are_folded() -> None:
    content = made().content
    assert not [word for word in (b"VALARM", b"ATTENDEE", b"ORGANIZER", b"METHOD") if word in content]
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\x0b"])
def test_a_name_never_begins_a_line_of_its_own(break_: str) -> None:
    name = f"a{break_}END:VEVENT{break_}b"
    model = network(payment=[{**tables()["payment"][0], "name": name}], event=[{**EVENT, "name": name}])
    assert len(events(made(model=model))) == 5


def test_the_zone_is_described_for_the_years_of_the_calendar() -> None:
    (zone,) = Calendar.from_ical(made().content).walk("VTIMEZONE")
    there = zone.to_tz()
    for day, hours in (("2026-12-10T09:00", 1), ("2026-07-01T09:00", 2), ("2027-07-01T09:00", 2)):
        assert datetime.fromisoformat(day).replace(tzinfo=there).utcoffset() == timedelta(hours=hours)
    assert b"VTIMEZONE" not in made(model=network(model={**tables()["model"], "timezone": "UTC"})).content


def test_an_empty_period_is_an_empty_calendar() -> None:
    found = made(days=(date(2026, 12, 24), date(2026, 12, 24)))
    assert (events(found), found.label) == ([], "TLP:GREEN")


@pytest.mark.sweep
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(model=networks(), first=st.dates(date(1990, 1, 1), date(2080, 1, 1)), days=st.integers(0, 60))
def test_any_model_has_a_calendar_with_a_day_for_each_payment_date(model: Network, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = made(model=model, days=(first, last))
    dates = [day for payment in model.payments for day in payment_dates(payment, first, last)]
    runs = [one for one in events(found) if one["CATEGORIES"].to_ical() == b"Payment date"]
    assert sorted(one["DTSTART"].dt for one in runs) == sorted(dates)
    assert len(events(found)) == found.runs + found.stages + found.events
