"""Scenarios of tables, files and made outages."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import beroenden
from beroenden.model.entities import LogNormal
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin
from beroenden.modelfiles.scenario import build_scenario, load_scenario
from beroenden.units.times import iso, parse_instant

EXAMPLE = Path(__file__).parents[1] / "files" / "valid" / "example.toml"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
START = "2026-12-16T08:00"


@pytest.fixture(scope="module")
def network() -> Network:
    return beroenden.load_or_raise(EXAMPLE)


def at(text: str) -> int:
    return parse_instant(text, STOCKHOLM)


def refused(network: Network, *arguments: Any, **named: Any) -> str:
    with pytest.raises(beroenden.UsageError) as caught:
        build_scenario(network, *arguments, **named)
    return str(caught.value)


def test_a_scenario_file(network: Network, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text(
        'name = "Prov"\nnote = "n"\nhorizon = "7d"\nat = 2026-12-16T10:00:00\n'
        '[[outage]]\nentity = "rix"\nstart = 2026-12-16T08:00:00\nfor = { p50 = "2h", p90 = "12h" }\nremaining = 0.3\n'
        '[[outage]]\npayment = "barnbidrag"\nstart = 2026-12-16T09:00:00+01:00\nshare = 0.028\n'
        '[[pin]]\nentity = "telia"\nlevel = 0.5\nstart = "2026-12-16T08:00"\nend = "2026-12-16T12:00"\n'
    )
    scenario, findings = load_scenario(tmp_path / "s.toml", network)
    assert scenario is not None and findings == []
    assert scenario.outages == (
        Outage(at(START), at("2026-12-16T10:00"), "rix", remaining=0.3, length=LogNormal(120, 720)),
        Outage(at("2026-12-16T09:00"), None, payment="barnbidrag", share=0.028),
    )
    assert scenario.pins == (Pin("telia", 0.5, at(START), at("2026-12-16T12:00")),)
    assert (scenario.name, scenario.note, scenario.horizon, scenario.at) == (
        "Prov",
        "n",
        7 * 1440,
        at("2026-12-16T10:00"),
    )


def test_defaults(network: Network) -> None:
    scenario = build_scenario(network, [{"entity": "rix", "start": START}])
    assert scenario.outages == (Outage(at(START), None, "rix"),)
    assert (scenario.pins, scenario.horizon, scenario.at) == ((), 14 * 1440, None)
    whole = build_scenario(network, [{"payment": "barnbidrag", "start": START}])
    assert whole.outages[0].share == 1.0


def test_outages_may_come_from_a_generator(network: Network) -> None:
    made = Outage(at(START), None, "rix")
    scenario = build_scenario(network, (one for one in [made, {"entity": "telia", "start": START}]))
    assert [one.entity for one in scenario.outages] == ["rix", "telia"]


def test_made_outages_must_be_of_the_model(network: Network) -> None:
    message = refused(network, [Outage(at(START), None, "rixx")])
    assert 'the model has no entity "rixx".' in message
    assert 'Did you mean "rix"?' in message
    assert "rixx" in refused(network, [], [Pin("rixx", 0.5, at(START), None)])


@pytest.mark.parametrize("time", ["2026-12-16T10:00", datetime(2026, 12, 16, 10), "2026-12-16T09:00Z"])
def test_the_as_of_time_in_any_form(time: Any, network: Network) -> None:
    scenario = build_scenario(network, [{"entity": "rix", "start": START}], at=time)
    assert scenario.at is not None
    assert iso(scenario.at, STOCKHOLM) == "2026-12-16T10:00+01:00"
    assert build_scenario(network, [{"entity": "rix", "start": START}], at=scenario.at) == scenario


@pytest.mark.parametrize("horizon", ["20d", 20 * 1440, "P20D"])
def test_the_horizon_in_any_form(horizon: Any, network: Network) -> None:
    late = build_scenario(network, [{"entity": "rix", "start": START}], horizon=horizon, at="2027-01-02T08:00")
    assert late.end == at("2027-01-05T08:00")


@pytest.mark.parametrize("horizon", [0, -1, True, 1.5, "0min", "snart", 10**12, [], object()])
def test_horizons_that_are_refused(horizon: Any, network: Network) -> None:
    assert refused(network, [{"entity": "rix", "start": START}], horizon=horizon).startswith("horizon: ")


@pytest.mark.parametrize("outages", [5, None, "rix", [5], [None], [["rix"]], {"entity": "rix"}, b"x"])
def test_outages_that_are_no_tables(outages: Any, network: Network) -> None:
    assert refused(network, outages)


def test_every_fault_on_a_line_of_its_own(network: Network) -> None:
    message = refused(
        network, [{"entity": "rixx", "start": START}, {"entity": "telia", "start": "snart", "foor": "4h"}]
    )
    assert [line.partition(":")[0] for line in message.splitlines()] == [
        "outage[0].entity",
        "outage[1].foor",
        "outage[1].start",
    ]


@pytest.mark.parametrize(
    ("span", "message"),
    [
        ({"start": "1969-12-16T08:00"}, "the year must be between 1970 and 2099"),
        ({"start": START, "end": "2026-12-16T07:59"}, "the outage ends before it starts"),
        ({"start": START, "end": START}, "the outage lasts 0 minutes"),
        ({"start": START, "for": "0min"}, "the outage lasts 0 minutes"),
        ({"start": START, "for": "-4h"}, 'Did you mean "4h"?'),
        ({}, '"start" is missing'),
    ],
)
def test_times_that_cannot_be(span: dict[str, str], message: str, network: Network) -> None:
    assert message in refused(network, [{"entity": "rix", **span}])


def shares(*spans: tuple[str, str | None, float]) -> list[dict[str, Any]]:
    outages = ({"payment": "barnbidrag", "start": start, "end": end, "share": share} for start, end, share in spans)
    return [{key: value for key, value in one.items() if value is not None} for one in outages]


def test_shares_of_a_payment_at_one_time_are_at_most_all(network: Network) -> None:
    first, second = ("2026-12-16T08:00", "2026-12-19T08:00", 0.6), ("2026-12-18T08:00", None, 0.5)
    assert "outage[1].share: the shares of barnbidrag exceed 1" in refused(network, shares(first, second))
    assert build_scenario(network, shares(first, (*second[:2], 0.4)))


def test_shares_of_a_payment_at_different_times_are_apart(network: Network) -> None:
    november, december = ("2026-11-16T08:00", "2026-11-30T08:00", 0.6), ("2026-11-30T08:00", "2026-12-30T08:00", 0.6)
    scenario = build_scenario(network, shares(november, december), horizon="60d")
    assert len(scenario.outages) == 2
    over_both = ("2026-11-20T08:00", "2026-12-10T08:00", 0.4)
    assert len(build_scenario(network, shares(november, december, over_both), horizon="60d").outages) == 3
