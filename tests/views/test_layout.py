"""Places of the entities."""

import pytest
from views.models import built, large, small

from beroenden.model.network import Network
from beroenden.views.layout import CELL_WIDTH, COLUMNS, columns_of, layered

HEIGHT = 90


def overlapping(network: Network) -> list[tuple[str, str]]:
    """Pairs of entities that stand nearer than their size."""
    places = sorted(layered(network, lambda _: HEIGHT).places.items(), key=lambda item: item[1])
    return [
        (one, other)
        for index, (one, (x, y)) in enumerate(places)
        for other, (other_x, other_y) in places[index + 1 :]
        if abs(x - other_x) < CELL_WIDTH and abs(y - other_y) < HEIGHT
    ]


@pytest.mark.parametrize("network", [small(), large(300, 1)], ids=["small", "large"])
def test_all_have_a_place_and_none_overlap(network: Network) -> None:
    assert set(layered(network, lambda _: HEIGHT).places) == set(network.entity)
    assert overlapping(network) == []


def test_chains_read_from_left_to_right() -> None:
    columns = {entity: COLUMNS[number] for entity, number in columns_of(small()).items()}
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
    assert layered(large(100, 2), lambda _: HEIGHT) == layered(large(100, 2), lambda _: HEIGHT)


def test_a_model_of_one_and_a_cycle_have_places() -> None:
    one = built({"model": {"name": "En"}, "entity": [{"id": "a", "kind": "system"}]})
    assert list(layered(one, lambda _: HEIGHT).places) == ["a"]
    entities = [
        {"id": "a", "kind": "system", "needs": [{"provider": "b"}]},
        {"id": "b", "kind": "infrastructure", "needs": [{"provider": "a"}]},
    ]
    cycle = built({"model": {"name": "Två"}, "entity": entities})
    assert overlapping(cycle) == []
