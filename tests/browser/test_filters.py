"""Each filter, alone and with others, and how it is taken away."""

from collections import Counter
from datetime import date, timedelta

from browser.explorer import Explorer, Open
from browser.pages import CLEARING, TELE, outcome_of, page_of, soes, soes_page
from views.models import built

from beroenden.model.network import Network

RECENT, OLD = date.today() - timedelta(days=100), date.today() - timedelta(days=500)


def known() -> Network:
    """A model of entities with all sorts of labels, confidence and age."""
    entities = [
        {"id": "a", "name": "A", "kind": "system", "tlp": "TLP:CLEAR", "confidence": "high", "verified": RECENT},
        {"id": "b", "name": "B", "kind": "system", "tlp": "TLP:RED", "confidence": "medium", "verified": OLD},
        {"id": "c", "name": "C", "kind": "bank", "confidence": "low", "verified": OLD},
        {"id": "d", "name": "D", "kind": "bank", "owner": "c"},
    ]
    return built({"model": {"name": "Känt", "tlp": "TLP:AMBER"}, "entity": entities})


def box(name: str) -> str:
    """The selector of a filter."""
    return f"fieldset[data-filter={name}]"


def values(page: Explorer, name: str) -> list[str]:
    """The values of a filter, with how many have each."""
    return page.texts(f"{box(name)} .ticks label")


def count(page: Explorer) -> int:
    """How many entities are shown."""
    said = page.text("#shown")
    return 0 if said.startswith("Inget passar det du har valt.") else int(said.split(" ")[1])


def test_filters_have_the_values_of_the_model(open_page: Open) -> None:
    page = open_page(page_of(known()))
    page("#filters-toggle").click()
    expected = {
        "kind": ["Bank (2)", "System (2)"],
        "owner": ["A (1)", "B (1)", "C (2)"],
        "label": ["TLP:AMBER (2)", "TLP:CLEAR (1)", "TLP:RED (1)"],
        "confidence": ["hög (1)", "låg (1)", "medel (1)", "okänd (1)"],
        "age": ["aldrig (1)", "för mer än ett år sedan (2)", "senaste året (1)"],
    }
    assert {name: sorted(values(page, name)) for name in expected} == expected
    for name in expected:
        for value in values(page, name):
            page.press("Inga", box(name))
            assert count(page) == 0
            page(f"{box(name)} .ticks label", has_text=value).click()
            assert f"({count(page)})" in value
        page.press("Alla", box(name))
        assert page.text("#shown") == "Visar 4 av 4"


def test_filters_count_as_the_model_does(open_page: Open) -> None:
    page = open_page(soes_page())
    page("#filters-toggle").click()
    entities = soes().entities
    expected = {
        "kind": [one.kind for one in entities],
        "owner": [soes().actor_of(one.id) for one in entities],
        "label": [one.provenance.tlp or soes().tlp for one in entities],
        "confidence": [one.provenance.confidence for one in entities],
    }
    for name, of_each in expected.items():
        said = [int(text.rpartition("(")[2][:-1]) for text in values(page, name)]
        assert sorted(said) == sorted(Counter(of_each).values())
        first = page(f"{box(name)} input").first
        first.uncheck()
        assert count(page) == 111 - said[0]
        page(".chip", has_text="Filter:").get_by_role("button").click()
        assert count(page) == 111
        assert first.is_checked()


def test_state_is_the_worst_during_the_outage(open_page: Open) -> None:
    page = open_page(soes_page(TELE))
    page("#filters-toggle").click()
    harmed = [one for one in outcome_of(TELE).entities if one.degraded_from is not None]
    down = [one for one in harmed if one.down_from is not None]
    assert 0 < len(down) < len(harmed)
    assert f"Nedsatt ({len(harmed) - len(down)})" in values(page, "state")
    page.press("Inga", box("state"))
    page(f"{box('state')} label", has_text="Nere").click()
    assert count(page) == len(down)
    assert open_page(soes_page())(box("state")).count() == 0


def test_filters_meet(open_page: Open) -> None:
    page = open_page(page_of(known()))
    page("#filters-toggle").click()
    page(f"{box('kind')} label", has_text="System").click()
    page(f"{box('label')} label", has_text="TLP:RED").click()
    page(f"{box('age')} label", has_text="aldrig").click()
    assert page.text("#shown").startswith("Visar 1 av 4 Filter: Slag × Filter: Märkning × Filter: Verifierad ×")
    page.press("Ta bort: Filter: Slag", "#shown")
    assert count(page) == 2
    page("#reset").click()
    assert page.text("#shown") == "Visar 4 av 4"
    assert page(f"{box('label')} input:not(:checked)").count() == 0
    page("#filters-toggle").click()
    assert page("#filters").is_hidden()


def test_nothing_left_is_no_fault(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    page("#filters-toggle").click()
    page.press("Inga", box("kind"))
    assert count(page) == 0
    for button in ("#whole", "#zoom-in", "#next", "#force"):
        page(button).click()
    page.page.wait_for_timeout(300)  # forces move an empty map a few times
    page("#force").click()
    page("#grouping").select_option("kind")
    assert set(page.colours()) <= {"0,0,0", "255,255,255"}
    page("#reset").click()
    assert count(page) == 111
