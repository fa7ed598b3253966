"""The page opens from a file without a network, and shows each thing where Python has placed it."""

import pytest
from browser.explorer import Open, expect
from browser.pages import CLEARING, page_of, small_page, soes, soes_page
from browser.places import layout_of
from views.models import large, small

from beroenden.model.network import Network
from beroenden.views.explorer.data import Opening


@pytest.mark.parametrize("scenario", [None, CLEARING])
def test_the_page_opens_offline(open_page: Open, scenario: str | None) -> None:
    page = open_page(soes_page(scenario))
    assert page.text("h1") == "Samhällets betalningar – illustrativ modell"
    assert page.text("#shown").startswith("Visar 111 av 111, samlade per ansvarig i 18 grupper")
    assert page("#map canvas").count() == 1
    assert len(page.colours()) > 20
    assert page(".play").count() == (scenario is not None)
    if scenario:
        assert page.text(".scenario").startswith("Modellberäknat")


def test_the_page_speaks_english(open_page: Open) -> None:
    page = open_page(small_page("power", lang="en"))
    assert page("html").get_attribute("lang") == "en"
    assert page.text("#shown") == "Showing 13 of 13"
    page.find("driften")
    assert page.text("#state").startswith("◷ 4 h Living on endurance As of Thu 17 Dec 06:00")


@pytest.mark.parametrize(
    ("network", "width"), [(small(), 1280), (soes(), 1280), (large(150, 2), 1920)], ids=["small", "soes", "large"]
)
def test_the_script_places_as_python_does(open_page: Open, network: Network, width: int) -> None:
    layout = layout_of(network)
    right = layout.columns[-1][2]
    page = open_page(page_of(network), viewport={"width": width, "height": 1000})
    page("#grouping").select_option("none")
    for node in page.data["nodes"]:
        assert (node["x"], node["y"]) == layout.places[node["id"]]
    for entity in network.entities[:: max(1, len(network.entities) // 10)]:
        page("#whole").click()
        page.click_at(page.at(layout.places[entity.id], right, layout.bottom))
        assert page("#chosen h2").all_inner_texts() == [entity.name]


def test_what_is_seen_first_may_be_a_neighbourhood(open_page: Open) -> None:
    page = open_page(page_of(small(), opening=Opening("drift", 1)))
    assert page.text("#shown") == "Visar 3 av 13 Omgivning: Driften, 1 steg − + ×"
    assert page.text("#chosen h2") == "Driften"


def test_what_is_seen_first_may_be_a_payment(open_page: Open) -> None:
    page = open_page(page_of(small(), opening=Opening(payment="bidrag")))
    assert page("#payment").input_value() == "bidrag"
    assert page.text("#shown") == "Visar 11 av 13 Barnbidrag ×"
    assert page.text("#chosen h2") == "Barnbidrag"


def test_buttons_move_the_map(open_page: Open) -> None:
    page = open_page(soes_page())
    pictures = [page.drawn()]
    for button in ("#zoom-in", "#zoom-out", "#zoom-in", "#whole"):
        page(button).click()
        pictures.append(page.drawn())
    whole, nearer, back, _, again = pictures
    assert whole != nearer
    assert back != nearer
    assert whole == again


def test_forces_move_the_map_until_told_to_stop(open_page: Open) -> None:
    page = open_page(small_page())
    before = page.drawn()
    page("#force").click()
    expect(page("#force")).to_have_attribute("aria-pressed", "true")
    page.page.wait_for_timeout(300)
    page("#force").click()
    expect(page("#force")).to_have_attribute("aria-pressed", "false")
    assert page.drawn() != before
    page("#reset").click()
    assert page.drawn() == before
