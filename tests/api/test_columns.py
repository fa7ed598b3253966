"""Frames have all their columns whatever comes out: the same of a rich answer and of one in which nothing happens."""

from collections.abc import Callable
from functools import cache
from typing import Any

import chain
import pytest

import beroenden
from beroenden.api.columns import COLUMNS
from beroenden.api.frames import frames
from beroenden.model.network import Network

OUT = [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}]
SPOILED = [{"entity": "a", "start": "2026-12-16T08:00", "for": "12h"}]


@cache
def soes() -> Network:
    return beroenden.load_or_raise("models/soes")


@cache
def tiny() -> Network:
    """Two that are each other's reserve, and no payment."""
    entities: list[dict[str, Any]] = [{"id": one, "kind": "system"} for one in "ab"]
    entities.append({"id": "c", "kind": "system", "needs": [{"any_of": ["a", "b"], "endurance": "8h"}]})
    network, findings = beroenden.build({"model": {"name": "m"}, "entity": entities})
    assert network is not None, findings
    return network


@cache
def unsized() -> Network:
    """The worked chain with an unknown endurance, and an unknown number of recipients."""
    tables = chain.tables()
    tables["entity"][1]["needs"] = [{"provider": "power"}]
    del tables["payment"][0]["count"]
    network, findings = beroenden.build(tables)
    assert network is not None, findings
    return network


def ranked(network: Network, **more: Any) -> Any:
    return beroenden.rank(network, "24h", window="2026-12-16", every="12h", **more)


RICH: dict[str, tuple[Callable[[], Any], ...]] = {
    "network": (soes,),
    "beroenden/outcome/1": (lambda: beroenden.simulate(soes(), OUT), lambda: beroenden.simulate(tiny(), SPOILED)),
    "beroenden/explanation/1": (lambda: beroenden.explain(beroenden.simulate(soes(), OUT), "barnbidrag"),),
    "beroenden/ranking/1": (lambda: ranked(soes(), k=2), lambda: ranked(tiny(), k=2, by="level_hours", targets=["c"])),
    "beroenden/risk/1": (lambda: beroenden.risk(soes(), year=2027, years=50, seed=1),),
    "beroenden/improvements/1": (lambda: beroenden.improve(soes(), OUT),),
    "beroenden/gaps/1": (lambda: beroenden.gaps(soes()),),
    "beroenden/quality/1": (
        lambda: beroenden.quality(soes(), window="2026-12-16", every="24h"),
        lambda: beroenden.quality(unsized(), window="2026-12-15..2026-12-18"),
    ),
    "beroenden/plan/1": (lambda: beroenden.plan(soes(), "barnbidrag", "2026-12-18"),),
    "beroenden/cutsets/1": (lambda: beroenden.cut_sets(soes(), "barnbidrag"),),
}
POOR: dict[str, tuple[Callable[[], Any], ...]] = {
    "network": (tiny,),
    "beroenden/outcome/1": (
        lambda: beroenden.simulate(tiny(), SPOILED),
        lambda: beroenden.simulate(soes(), [OUT[0] | {"for": "1min"}]),
    ),
    "beroenden/explanation/1": (lambda: beroenden.explain(beroenden.simulate(tiny(), SPOILED), "c"),),
    "beroenden/ranking/1": (lambda: ranked(tiny(), by="level_hours"),),
    "beroenden/risk/1": (),
    "beroenden/improvements/1": (),
    "beroenden/gaps/1": (lambda: beroenden.gaps(tiny()),),
    "beroenden/quality/1": (lambda: beroenden.quality(tiny(), window="2026-12-16", every="24h"),),
    "beroenden/plan/1": (),
    "beroenden/cutsets/1": (lambda: beroenden.cut_sets(tiny(), "a"),),
}


def columns(answer: Any) -> dict[str, list[str]]:
    return {name: list(frame.columns) for name, frame in frames(answer).items()}


@pytest.mark.parametrize("schema", RICH)
def test_what_is_said_to_be_a_column_is_one_and_nothing_else_is(schema: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the answers themselves: what they hold without being told, in all of them together."""
    answers = [make() for make in RICH[schema]]
    monkeypatch.setattr("beroenden.api.frames.COLUMNS", {})
    found: dict[str, set[str]] = {}
    for name, frame in ((name, frame) for answer in answers for name, frame in frames(answer).items()):
        if len(frame):
            found.setdefault(name, set()).update(frame.columns)
    if schema == "beroenden/gaps/1":
        found = {name: names for name, names in found.items() if not name.startswith("gaps_figures")}
        found["gaps"] = {name for name in found["gaps"] if not name.startswith("figures_")}
    assert found == {name: set(names) for name, names in COLUMNS[schema].items()}


@pytest.mark.parametrize("schema", [schema for schema, makers in POOR.items() if makers])
def test_they_are_there_where_nothing_happens(schema: str) -> None:
    for make in POOR[schema]:
        found = columns(make())
        if schema == "beroenden/gaps/1":
            found["gaps"] = [name for name in found["gaps"] if not name.startswith("figures_")]
        assert found == {name: list(names) for name, names in COLUMNS[schema].items()}


def test_every_answer_is_asked_for() -> None:
    assert set(RICH) == set(POOR) == set(COLUMNS) - {"beroenden/portrait/1"}


def test_nothing_late_is_blocked_by_nothing() -> None:
    payments = frames(beroenden.simulate(soes(), [OUT[0] | {"for": "1min"}]))["payments"]
    assert (payments["status"] == "on_time").all()
    assert set(payments["blocked_by"]) == {()}


def test_ids_at_the_top_are_no_frame_whether_there_are_any_or_not() -> None:
    for item in ("bankgirot", "barnfamiljer", "barnbidrag", None):
        assert not {"pays", "owns", "entities", "payments"} & set(frames(beroenden.portrait(soes(), item)))
