"""The frozen network: who needs whom, whose accounts, in which order."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import beroenden
from beroenden.model.entities import Entity, LogNormal, Pert
from beroenden.model.graph import to_networkx
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.model.scenario import Outage, Pin, Scenario

EXAMPLE = Path(__file__).parents[1] / "files" / "valid" / "example.toml"


@pytest.fixture(scope="module")
def network() -> Network:
    return beroenden.load_or_raise(EXAMPLE)


def test_what_is_found_by_id(network: Network) -> None:
    assert network.entity["rix"].kind == "infrastructure"
    assert network.payment["barnbidrag"].payer == "forsakringskassan"
    assert network.window["rix-hours"].times == ((420, 1080),)


def test_who_needs_an_entity(network: Network) -> None:
    assert [(entity.id, index) for entity, index, _ in network.consumers["tele2"]] == [("fk-utbetalning", 1)]
    assert network.consumers["rix"] == ()  # needed by a stage only
    assert set(network.consumers) == set(network.entity)


def test_an_absent_value_is_unknown_and_not_zero(network: Network) -> None:
    tele = network.entity["telia"]
    assert (tele.rto, tele.mtpd, tele.mbco, tele.population, tele.failure) == (None,) * 5
    assert network.entity["fk-utbetalning"].provenance.note == ""
    assert network.payment["barnbidrag"].stages[0].needs[0].endurance is None


def test_the_accounts_of_a_payment(network: Network) -> None:
    own = network.payment["barnbidrag"]
    assert network.accounts_of(own) == (("swedbank", 0.5), ("ovriga-banker", 0.5))
    without = Payment("p", "p", "forsakringskassan")
    assert network.accounts_of(without) == network.accounts
    assert Network("", "", "UTC", "").accounts_of(without) == ((None, 1.0),)


def test_what_has_the_name_of_another_is_called_by_its_owner_or_else_its_id() -> None:
    entities = (
        Entity("a", "A", "authority"),
        Entity("b", "B", "authority"),
        Entity("one", "Check (sample)", "system", owner="a"),
        Entity("two", "Check (sample)", "system", owner="b"),
        Entity("three", "Net", "system", owner="a"),
        Entity("four", "Net", "system", owner="a"),
        Entity("five", "Link", "infrastructure"),
        Entity("six", "Link", "infrastructure"),
        Entity("seven", "Log (sample)", "system", owner="a"),
        Entity("~withheld-0", "A", "system"),
    )
    made = Network("", "", "UTC", "", entities=entities, withheld=frozenset({"~withheld-0"}))
    assert list(made.called.values()) == [
        "A (a)", "B", "Check (sample) (A)", "Check (sample) (B)", "Net (three)", "Net (four)", "Link (five)", "Link (six)",
        "Log (sample)", "A",
    ]  # fmt: skip
    assert (made.spoken["two"], made.spoken["seven"]) == ("Check (sample) (B)", "Log")


def test_the_actor_that_answers(network: Network) -> None:
    assert network.actor_of("fk-utbetalning") == "forsakringskassan"
    assert network.actor_of("rix") == "rix"


def test_payments_in_the_actors_order() -> None:
    payments = tuple(Payment(one, one, "a", priority=order) for one, order in (("x", None), ("y", 2), ("z", 1)))
    assert [one.id for one in Network("", "", "UTC", "", payments=payments).by_priority()] == ["z", "y", "x"]


def test_a_network_is_frozen_and_compares_by_value(network: Network) -> None:
    again = beroenden.load_or_raise(EXAMPLE)
    assert again == network and again is not network
    assert hash(again) == hash(network)
    with pytest.raises(FrozenInstanceError):
        network.name = "x"  # type: ignore[misc]


def test_the_graph_has_an_edge_for_each_provider_of_each_need(network: Network) -> None:
    graph = to_networkx(network)
    assert set(graph) == set(network.entity)
    assert graph.nodes["rix"] == {"name": "rix", "kind": "infrastructure"}
    edges = [(provider, key) for _, provider, key in graph.out_edges("fk-utbetalning", keys=True)]
    assert edges == [
        ("fk-stordator", (0, 0)),
        ("telia", (1, 0)),
        ("tele2", (1, 1)),
        ("elnat", (2, 0)),
        ("reservkraft", (2, 1)),
    ]


def test_a_scenario_spans_from_its_first_outage_over_the_horizon() -> None:
    outages = (Outage(500, 600, "a"), Outage(400, None, "b"))
    pin = Pin("c", 0.5, 100, None)
    assert (Scenario(outages, (pin,)).start, Scenario(outages, horizon=60).end) == (400, 460)
    assert Scenario((), (pin,)).start == 100


def test_the_typical_length() -> None:
    assert (Pert(1, 5, 9).typical, LogNormal(3, 9).typical) == (5, 3)
