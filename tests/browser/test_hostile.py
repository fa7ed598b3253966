"""Names that try to become markup or script are read as text wherever they are shown."""

import pytest
from browser.explorer import Explorer, Open
from browser.pages import page_of
from views.models import HOSTILE, hostile

from beroenden.consequences.simulate import simulate
from beroenden.model.network import Network

OUTAGE = {"entity": "e0", "start": "2026-12-17T06:00", "for": "20h"}


@pytest.fixture
def page(open_page: Open) -> Explorer:
    """The hostile model, harmed from its first entity on."""
    return open_page(page_of(hostile(), simulate(hostile(), [OUTAGE])))


def unharmed(page: Explorer) -> None:
    """Nothing of the model has become an element or has been run."""
    assert page("img, iframe, object, embed, a, link, base, form").count() == 0
    assert page("script").count() == 3
    assert page.page.evaluate(
        "[...document.querySelectorAll('*')].every((one) => ![...one.attributes].some("
        "({ name }) => name.startsWith('on') || name === 'src' || name === 'href'))"
    )
    assert page.page.title().startswith(HOSTILE[1])


def plain(text: str) -> str:
    """As the page shows it, in one line."""
    return " ".join(text.split())


def test_every_panel(page: Explorer) -> None:
    network: Network = hostile()
    for entity in network.entities:
        page(f"main {'[data-choose=' + entity.id + ']'}").first.click()
        assert page.text("#chosen h2") == plain(entity.name)
        assert plain(entity.provenance.note or "-") in page.text("#chosen")
        for need in entity.needs:
            assert plain(network.entity[need.providers[0]].name) in page.text("#chosen")
    page("#start [data-choose=p]").evaluate("(button) => button.click()")
    assert page.text("#chosen h2") == plain(network.payment["p"].name)
    assert plain(network.payment["p"].stages[0].name) in page.text("#chosen")
    unharmed(page)


def test_every_table(page: Explorer) -> None:
    for button in page("th .sort").all():
        button.click()
    assert sorted(page.texts("table[aria-labelledby=register] tbody th")) == sorted(
        plain(one.name) for one in hostile().entities
    )
    assert page.text("h1") == plain(HOSTILE[1])
    unharmed(page)


def test_find_and_filters_and_ways(page: Explorer) -> None:
    page("#filters-toggle").click()
    page("#paths-toggle").click()
    page("#find").fill("<")
    names = page.texts("#find-list [role=option] span:first-child")
    assert len(names) > 8 and all("<" in name for name in names)
    page.page.keyboard.press("Enter")
    for field, words in (("#path-one", "e0"), ("#path-other", "e2")):
        page(field).fill(words)
        page.page.keyboard.press("Enter")
    assert plain(hostile().entity["e1"].name) in page.text("#chosen ol")
    page("fieldset[data-filter=owner] button").first.click()
    page("#reset").click()
    for grouping in ("owner", "kind", "none"):
        page("#grouping").select_option(grouping)
    unharmed(page)


def test_a_group_and_what_happens(page: Explorer) -> None:
    page("#next").click()
    assert any(plain(HOSTILE[0]) in text for text in page.texts("#events > li"))
    page("#all-runs").check()
    assert page.texts("#runs li > button") == [plain(hostile().payment["p"].name)]
    page("#grouping").select_option("owner")
    assert page.text("#shown") == "Visar 12 av 12, samlade per ansvarig i 1 grupp"
    unharmed(page)
