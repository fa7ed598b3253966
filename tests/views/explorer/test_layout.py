"""Columns and places of the entities."""

import pytest
from views.models import built, large, small

from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.views.explorer.columns import column_titles, columns_of, sorted_columns
from beroenden.views.explorer.layout import CELL_WIDTH, placed
from beroenden.views.explorer.picture import height_of, label_of, picture_of


def drawn(network: Network) -> list[dict]:
    return picture_of(network, sorted_columns(network))[0]


def overlapping(network: Network) -> list[tuple[str, str]]:
    """Pairs of entities that stand nearer than their size."""
    nodes = sorted(drawn(network), key=lambda node: (node["x"], node["y"]))
    return [
        (one["id"], other["id"])
        for index, one in enumerate(nodes)
        for other in nodes[index + 1 :]
        if abs(one["x"] - other["x"]) < CELL_WIDTH
        and abs(one["y"] - other["y"]) < min(height_of(one["label"]), height_of(other["label"]))
    ]


@pytest.mark.parametrize("network", [small(), large(300, 1)], ids=["small", "large"])
def test_all_have_a_place_and_none_overlap(network: Network) -> None:
    assert {node["id"] for node in drawn(network)} == set(network.entity)
    assert overlapping(network) == []


@writing_in("sv")
def test_chains_read_from_left_to_right() -> None:
    titles = column_titles()
    columns = {entity: titles[number] for entity, number in columns_of(small()).items()}
    assert columns == {
        "el": "Leverantörer och infrastruktur",
        "drift": "Leverantörer och infrastruktur",
        "tele-1": "Leverantörer och infrastruktur",
        "tele-2": "Leverantörer och infrastruktur",
        "fk-system": "System och processer",
        "attest": "System och processer",
        "fk": "Myndigheter och utbetalare",
        "bank-1": "Rambanker och clearing",
        "clearing": "Rambanker och clearing",
        "bank-2": "Mottagarnas banker",
        "kort": "Betalmedel",
        "app": "Betalmedel",
        "familjer": "Medborgare",
    }


def test_the_same_model_gives_the_same_places() -> None:
    assert drawn(large(100, 2)) == drawn(large(100, 2))


def test_a_model_of_one_and_a_cycle_have_places() -> None:
    one = built({"model": {"name": "En"}, "entity": [{"id": "a", "kind": "system"}]})
    assert [node["id"] for node in drawn(one)] == ["a"]
    entities = [
        {"id": "a", "kind": "system", "needs": [{"provider": "b"}]},
        {"id": "b", "kind": "infrastructure", "needs": [{"provider": "a"}]},
    ]
    cycle = built({"model": {"name": "Två"}, "entity": entities})
    assert overlapping(cycle) == []


def test_in_a_row_providers_stand_to_the_left() -> None:
    none: frozenset[str] = frozenset()
    consumers = {"a": none, "b": frozenset("a"), "c": frozenset("b")}
    columns = {0: ["a", "b", "c"], 1: ["a"]}
    rows = placed({0: columns[0]}, dict.fromkeys("abc", 500), consumers)
    assert sorted("abc", key=lambda one: rows.places[one][0]) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Telia", "Telia"),
        ("Lokala och regionala elnät", "Lokala och\nregionala elnät"),
        ("Arbetsmarknadspolitiska program", "Arbetsmarknadspol-\nitiska program"),
        (
            "Ett namn som är så långt att det inte alls får plats på kartan",
            "Ett namn som är så\nlångt att det inte\nalls får plats …",
        ),
    ],
)
def test_names_stand_over_a_few_lines(name: str, label: str) -> None:
    assert label_of(name) == label
