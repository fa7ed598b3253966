"""The outage over time, as the page plays it."""

from dataclasses import replace
from typing import Any

import pytest
from views.models import small

from beroenden.consequences.simulate import simulate
from beroenden.language import writing_in
from beroenden.units.durations import DAY, HOUR
from beroenden.units.times import parse_instant, time_zone
from beroenden.views.explorer.playback import playback

ZONE = time_zone("Europe/Stockholm")
START = parse_instant("2026-12-17T06:00", ZONE)
POWER = {"entity": "el", "start": "2026-12-17T06:00", "for": "20h"}
TELE = {"entity": "tele-1", "start": "2026-12-17T06:00", "for": "2h"}
CLEARING = {"entity": "clearing", "start": "2026-12-17T06:00", "for": "30h"}


def played(*outages: dict[str, Any]) -> dict[str, Any]:
    with writing_in("sv"):
        return playback(small(), simulate(small(), list(outages)).to_dict())


def test_levels_are_those_of_the_outcome() -> None:
    levels = played(POWER)["levels"]
    assert levels["el"] == [(START, 0.0), (START + 20 * HOUR, 1.0)]
    assert levels["drift"] == [(START, 1.0), (START + 4 * HOUR, 0.0), (START + 20 * HOUR, 1.0)]
    assert "tele-2" not in levels


def test_endurance_counts_down_to_its_end() -> None:
    (respite,) = played(POWER)["endurance"]["drift"]
    assert (respite["since"], respite["to"]) == (START, START + 4 * HOUR)
    assert respite["drops"] == ((START + 4 * HOUR, 0.0),)


def test_each_step_of_an_endurance_is_a_fall() -> None:
    fell = START + 4 * HOUR  # when the supply ends, for the system
    (respite,) = played(POWER)["endurance"]["fk-system"]
    assert (respite["since"], respite["to"]) == (fell, START + 20 * HOUR)
    assert respite["drops"] == ((fell + 4 * HOUR, 0.4), (fell + 3 * DAY, 0.1))


def test_a_lost_reserve_has_its_time() -> None:
    assert played(TELE)["reserves"] == {"fk-system": [(1, START, START + 2 * HOUR)]}


def test_the_path_of_harm_leads_to_the_cause() -> None:
    path = played(POWER)["because"]["fk-system"]
    assert [(entity, level) for entity, _, level in path] == [("fk-system", 0.4), ("drift", 0.0), ("el", 0.0)]


def test_what_is_overdue_rises_and_falls() -> None:
    outcome = simulate(small(), [CLEARING])
    (run,) = played(CLEARING)["runs"]
    assert run["status"] == "delayed"
    assert run["overdue"] == [(run["planned"], 900_000, 1_602_600_000), (run["completed"], 0, 0)]
    assert run["overdue"][0][1] == outcome.payouts_delayed
    assert run["latestState"] == "by"


def test_what_is_overdue_of_unknown_size_is_unknown_until_it_has_come() -> None:
    sizeless = replace(small(), payments=tuple(replace(one, count=None, amount=None) for one in small().payments))
    (run,) = playback(sizeless, simulate(sizeless, [CLEARING]).to_dict())["runs"]
    assert (run["payouts"], run["amount"]) == (None, None)
    assert run["overdue"] == [(run["planned"], None, None), (run["completed"], 0, 0)]


def test_it_is_told_in_order_what_happens() -> None:
    told = played(CLEARING)["events"]
    assert told == sorted(told)
    assert [(text, one) for _, text, one in told] == [
        ("nere", "clearing"),
        ("senaste återställning för att hinna", "bidrag"),
        ("skulle ha varit klar", "bidrag"),
        ("återställd", "clearing"),
        ("klar, försenad", "bidrag"),
    ]


def test_playing_ends_a_little_after_the_last_event() -> None:
    whole = played(CLEARING)
    last = whole["events"][-1][0]
    assert last < whole["until"] < last + DAY < whole["end"]
    assert played(TELE)["until"] >= START + DAY


@pytest.mark.parametrize("outage", [POWER, TELE, CLEARING])
def test_of_what_the_model_lacks_nothing_is_played(outage: dict[str, Any]) -> None:
    outcome = simulate(small(), [outage]).to_dict()
    for entity in outcome["entities"]:
        entity["id"] += "-borta"
    assert playback(small(), outcome)["levels"] == {}
