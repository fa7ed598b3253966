"""Read and used by everyone: no serious violation, the keyboard alone, light, dark and print."""

from typing import Any

import pytest
from browser.explorer import Explorer, Open, expect
from browser.pages import CLEARING, page_of, small_page, soes_page
from views.models import large

SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    name: one.id ? "#" + one.id : one.dataset.choose || one.textContent.trim().slice(0, 40),
    tag: one.tagName.toLowerCase(),
    inside: one.closest("#panel") ? "panel" : one.closest(".strip") ? "strip" : one.closest("table") ? "table" : "",
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1,
    inView: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}"""


def violations(page: Explorer, **options: Any) -> list[str]:
    """What axe-core holds against the page that is serious or critical."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="install the extra `test`").Axe()
    found = axe.run(page.page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {node['target']} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


# ---- axe-core ----


def in_light_and_dark(page: Explorer) -> list[str]:
    """The violations in both."""
    found = violations(page)
    page.page.emulate_media(color_scheme="dark")
    found += violations(page)
    page.page.emulate_media(color_scheme="light")
    return found


def test_the_plain_page(open_page: Open) -> None:
    assert in_light_and_dark(open_page(small_page())) == []


def test_an_outage_with_everything_open(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    page("#filters-toggle").click()
    page("#paths-toggle").click()
    page("#all-runs").check()
    page("#next").click()
    page(".ticks input").first.uncheck()
    assert in_light_and_dark(page) == []


def test_suggestions(open_page: Open) -> None:
    page = open_page(small_page())
    page("#find").fill("ban")
    assert in_light_and_dark(page) == []
    page("#find").fill("zzz")
    assert violations(page) == []


def test_more_suggestions_than_are_listed(open_page: Open) -> None:
    page = open_page(page_of(large(60, 1)))
    page("#find").fill("e")
    assert violations(page) == []


def test_panels_of_something_harmed(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page.find("utbetalningssystemet")
    page("#next").click()
    assert in_light_and_dark(page) == []
    page.find("barnbidrag")
    page("main th .sort").first.click()
    assert violations(page) == []


def test_in_english(open_page: Open) -> None:
    page = open_page(small_page("clearing", lang="en"))
    page.find("clearing")
    assert violations(page) == []


def test_axe_sees_a_violation(open_page: Open) -> None:
    page = open_page(small_page())
    page.page.evaluate("document.getElementById('find').previousElementSibling.remove()")
    page.page.evaluate("document.getElementById('find').placeholder = ''")
    page.page.evaluate("document.querySelector('.meta').style.color = '#ddd'")
    assert {one.partition(" ")[0] for one in violations(page)} >= {"label", "color-contrast"}


# ---- the keyboard alone ----


def focused_in_turn(page: Explorer) -> list[dict[str, Any]]:
    """Everything that Tab reaches, until it leaves the page."""
    found = []
    for _ in range(400):
        page.page.keyboard.press("Tab")
        seen = page.page.evaluate(SEEN)
        if seen is None or (found and seen["name"] == "#find"):
            return found
        found.append(seen)
    raise AssertionError("Tab never leaves the page")


def test_tab_reaches_everything_in_order_and_leaves(open_page: Open) -> None:
    page = open_page(small_page("power"))
    found = focused_in_turn(page)
    names = [one["name"] for one in found]
    wanted = ["#find", "#payment", "#grouping", "#filters-toggle", "#paths-toggle", "#zoom-in", "#zoom-out", "#whole"]
    wanted += ["#force", "#reset", "#panel", "#previous", "#toggle", "#next", "#speed", "#time", "#all-runs"]
    assert [name for name in names if name in wanted] == wanted
    assert {"panel", "strip", "table"} <= {one["inside"] for one in found}
    assert [one["name"] for one in found if not one["outlined"]] == []
    assert [one["name"] for one in found if not one["inView"]] == []


def test_tab_goes_back_as_it_came(open_page: Open) -> None:
    page = open_page(small_page("power"))
    for place in ("#toggle", "#panel", "#find"):
        page(place).focus()
        page.page.keyboard.press("Tab")
        page.page.keyboard.press("Shift+Tab")
        expect(page(place)).to_be_focused()


def test_an_entity_is_found_read_and_left_by_keyboard(open_page: Open) -> None:
    page = open_page(small_page("power"))
    keyboard = page.page.keyboard
    keyboard.press("Tab")
    expect(page("#find")).to_be_focused()
    keyboard.type("driften")
    keyboard.press("Enter")
    page("#panel").focus()
    keyboard.press("Tab")
    assert page.page.evaluate(SEEN)["name"] == "← Tillbaka"
    keyboard.press("Tab")
    assert page.page.evaluate(SEEN)["name"] == "Visa omgivningen"
    keyboard.press("Enter")
    assert "Omgivning: Driften" in page.text("#shown")
    page("#chosen .back").focus()
    keyboard.press("Enter")
    expect(page("#start")).to_be_visible()


def test_focus_is_not_lost_by_what_is_pressed(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page.find("driften")
    for button in (page("#chosen .actions button").first, page("#chosen li button").first, page("#chosen .back")):
        button.focus()
        page.page.keyboard.press("Enter")
        assert page.page.evaluate("document.activeElement !== document.body")
    page("#payment").select_option("bidrag")
    page("#shown .chip button").last.focus()
    page.page.keyboard.press("Enter")
    assert page.page.evaluate("document.activeElement !== document.body")


def test_filters_and_sorting_by_keyboard(open_page: Open) -> None:
    page = open_page(small_page())
    page("#filters-toggle").focus()
    page.page.keyboard.press("Enter")
    page(".ticks input").first.focus()
    page.page.keyboard.press(" ")
    assert "Filter:" in page.text("#shown")
    expect(page(".ticks input").first).to_be_focused()
    page("main th .sort").first.focus()
    page.page.keyboard.press("Enter")
    expect(page("main th").first).to_have_attribute("aria-sort", "ascending")


# ---- light, dark and print ----


def test_the_map_is_dark_in_the_dark(open_page: Open) -> None:
    page = open_page(small_page("tele"))
    light = page.colours()
    assert light["243,245,247"] > light.get("28,34,41", 0)
    page.page.emulate_media(color_scheme="dark")
    dark = page.colours()
    assert dark["28,34,41"] > dark.get("243,245,247", 0)
    assert dark.get("230,237,243", 0) > 0  # names
    assert page("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(20, 24, 29)"
    page.page.emulate_media(color_scheme="light")
    assert page.colours() == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_dark_on_white(open_page: Open, scheme: str) -> None:
    page = open_page(small_page("clearing"), color_scheme=scheme)
    page.page.emulate_media(media="print")
    assert page("#panel").is_hidden()
    assert page("#toggle").is_hidden()
    assert page("main table").first.is_visible()
    assert page("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(255, 255, 255)"
    assert page("main td").first.evaluate("(cell) => getComputedStyle(cell).color") == "rgb(0, 0, 0)"
    drawn = page.colours()
    assert drawn["243,245,247"] > drawn.get("28,34,41", 0)
    assert violations(page, runOnly=["color-contrast"]) == []


def test_the_page_prints(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    assert page.page.pdf().startswith(b"%PDF")


def test_nothing_is_wider_than_the_window(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    page("#filters-toggle").click()
    for width in (1920, 1280, 800, 360):
        page.page.set_viewport_size({"width": width, "height": 800})
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width
        assert page("#map").evaluate("(map) => map.clientHeight") >= 300
