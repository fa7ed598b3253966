"""Thousands of entities open taken together, and open step by step."""

import pytest
from browser.explorer import Open
from browser.pages import page_of
from views.models import large

from beroenden.consequences.simulate import simulate


@pytest.fixture(scope="module")
def text() -> str:
    """Three thousand entities, an early one down for a day."""
    network = large(3000, 7)
    return page_of(network, simulate(network, [{"entity": "e5", "start": "2026-12-17T06:00", "for": "24h"}]))


def test_three_thousand_entities_open_taken_together(open_page: Open, text: str) -> None:
    page = open_page(text)
    assert page.text("#shown").startswith("Visar 3 000 av 3 000, samlade per slag i 8 grupper")
    assert len(page.colours()) > 5
    page.find("entitet 1234")
    assert page.text("#chosen h2") == "Entitet 1234"
    page.press("Visa omgivningen", "#chosen")
    assert "Omgivning: Entitet 1234, 2 steg" in page.text("#shown")
    page("#reset").click()
    before = page.drawn()
    page("#next").click()
    assert page.drawn() != before


def test_three_thousand_entities_one_by_one(open_page: Open, text: str) -> None:
    page = open_page(text)
    page("#grouping").select_option("none")
    assert "Linjerna är många och visas för det du väljer." in page.text("#shown")
    page.find("entitet 2")
    assert page.text("#chosen h2") == "Entitet 2"
    assert "Linjerna" in page.text("#shown")
