"""What a reader finds and chooses: search, payment, groups, neighbourhood, the way between two."""

from browser.explorer import Explorer, Open, expect
from browser.pages import page_of, small_page, soes, soes_page
from browser.places import layout_of
from views.models import built, small

from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for
from beroenden.sharing.visible import visible_network


def around(page: Explorer) -> str:
    """The line that says what is shown, without the buttons of its chips."""
    return page.text("#shown").replace(" − + ×", "").replace(" ×", "")


# ---- search ----


def test_search_by_keyboard(open_page: Open) -> None:
    page = open_page(small_page())
    field, items = page("#find"), page("#find-list [role=option]")
    field.press_sequentially("ban")
    names = page.texts("#find-list [role=option] span:first-child")
    assert names == ["Bankappen", "Andra banken", "Rambanken"]
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(items.nth(0)).to_have_attribute("aria-selected", "true")
    page.page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(items.nth(1).get_attribute("id")))
    page.page.keyboard.press("ArrowUp")
    page.page.keyboard.press("ArrowUp")
    expect(items.nth(0)).to_have_attribute("aria-selected", "true")
    page.page.keyboard.press("Escape")
    expect(page("#find-list")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    assert page("#chosen").is_hidden()
    field.fill("försäk")
    page.page.keyboard.press("Enter")
    assert page.text("#chosen h2") == "Försäkringskassan"
    assert field.input_value() == "Försäkringskassan"


def test_search_puts_an_exact_id_first_and_then_what_is_out(open_page: Open) -> None:
    page = open_page(soes_page())
    page("#find").fill("rix")
    assert page.texts("#find-list [role=option] span:first-child")[:2] == ["RIX-RTGS", "RIX-INST"]
    page("#find").press("Enter")
    assert page.text("#chosen h2") == "RIX-RTGS"
    page = open_page(small_page("bank"))
    page("#find").fill("ban")
    assert page.texts("#find-list [role=option] span:first-child") == ["Andra banken", "Bankappen", "Rambanken"]


def test_search_by_mouse(open_page: Open) -> None:
    page = open_page(small_page())
    page("#find").fill("BARNB")
    page("#find-list").get_by_text("Barnbidrag").click()
    assert page.text("#chosen h2") == "Barnbidrag"
    expect(page("#find-list")).to_be_hidden()


def test_search_says_when_there_is_nothing_and_when_there_is_more(open_page: Open) -> None:
    page = open_page(soes_page())
    page("#find").fill("zzz")
    assert page.texts("#find-list li") == ["Inget med det namnet."]
    page.page.keyboard.press("Enter")
    assert page("#chosen").is_hidden()
    page("#find").fill("a")
    names = [entity.name + " " + entity.id for entity in soes().entities]
    names += [payment.name + " " + payment.id for payment in soes().payments]
    count = sum("a" in name.lower() for name in names)
    assert page("#find-list [role=option]:not([aria-disabled])").count() == 30
    assert page.texts("#find-list li:last-child") == [f"… och {count - 30} till; skriv mer av namnet."]


def test_search_opens_the_group_that_holds_what_is_found(open_page: Open) -> None:
    page = open_page(soes_page())
    within = next(one for one in soes().entities if one.owner == "forsakringskassan")
    page.find(within.name)
    assert page.text("#chosen h2") == within.name
    assert "Öppnade grupper" in page.text("#shown")
    assert "i 17 grupper" in page.text("#shown")
    page.press("Ta bort: Öppnade grupper", "#shown")
    assert "i 18 grupper" in page.text("#shown")


def test_search_shows_what_lies_outside_what_is_shown(open_page: Open) -> None:
    page = open_page(small_page())
    page("#payment").select_option("bidrag")
    page.find("bankappen")
    assert page.text("#chosen h2") == "Bankappen"
    assert "Omgivning: Bankappen, 2 steg" in page.text("#shown")


# ---- payment and groups ----


def test_a_payment_shows_its_chain(open_page: Open) -> None:
    page = open_page(small_page())
    page("#payment").select_option("bidrag")
    assert around(page) == "Visar 11 av 13 Barnbidrag"
    assert page.text("#chosen h2") == "Barnbidrag"
    page.press("Ta bort: Barnbidrag", "#shown")
    assert around(page) == "Visar 13 av 13"
    assert page("#payment").input_value() == ""
    page.press("Visa bara betalningens kedja", "#chosen")
    assert page("#payment").input_value() == "bidrag"
    page("#reset").click()
    assert around(page) == "Visar 13 av 13"
    assert page("#start").is_visible()


def test_entities_are_taken_together(open_page: Open) -> None:
    page = open_page(small_page())
    page("#grouping").select_option("owner")
    assert around(page) == "Visar 13 av 13, samlade per ansvarig i 2 grupper"
    page("#grouping").select_option("kind")
    assert around(page) == "Visar 13 av 13, samlade per slag i 2 grupper"
    page("#grouping").select_option("none")
    assert around(page) == "Visar 13 av 13"


def test_a_group_opens_by_double_click_and_by_buttons(open_page: Open) -> None:
    tables = [
        {"id": "fk", "name": "Kassan", "kind": "authority"},
        {"id": "ett", "name": "Ett", "kind": "system", "owner": "fk"},
        {"id": "tva", "name": "Två", "kind": "system", "owner": "fk"},
    ]
    page = open_page(page_of(built({"model": {"name": "Grupp"}, "entity": tables})))
    page("#grouping").select_option("owner")
    wide, high = page.page.evaluate("[map.clientWidth, map.clientHeight]")
    # one column with one member of two lines: 176 wide, 28 + 2 * 20 + 14 high
    place = page.at((88, 0), 176, 82)
    assert 0 < place[0] < wide and 0 < place[1] < high
    page.click_at(place)
    assert page.text("#chosen h2") == "Kassan"
    assert page.text("#chosen h2 + .note") == "3 som visas som en"
    assert page.list_after("Delar") == ["Ett", "Kassan", "Två"]
    page.press("Visa delarna", "#chosen")
    assert around(page) == "Visar 3 av 3 Öppnade grupper"
    page.find("två")
    page.press("Samla igen", "#chosen")
    assert around(page) == "Visar 3 av 3, samlade per ansvarig i 1 grupp"
    page("#whole").click()
    page.click_at(page.at((88, 0), 176, 82), clicks=2)
    assert around(page) == "Visar 3 av 3 Öppnade grupper"


def test_a_click_beside_everything_chooses_nothing(open_page: Open) -> None:
    page = open_page(small_page())
    layout = layout_of(small())
    page.find("driften")
    page("#whole").click()
    page.click_at(page.at((layout.columns[0][1] - 10, layout.bottom), layout.columns[-1][2], layout.bottom))
    assert page("#chosen").is_hidden()
    assert page("#start").is_visible()


# ---- neighbourhood ----


def test_a_neighbourhood_grows_and_shrinks(open_page: Open) -> None:
    page = open_page(small_page())
    page.find("driften")
    page.press("Visa omgivningen", "#chosen")
    assert around(page) == "Visar 4 av 13 Omgivning: Driften, 2 steg"
    page.press("Ett steg mindre", "#shown")
    assert around(page) == "Visar 3 av 13 Omgivning: Driften, 1 steg"
    page.press("Ett steg mindre", "#shown")
    assert around(page) == "Visar 3 av 13 Omgivning: Driften, 1 steg"
    page.press("Ett steg mer", "#shown")
    page.press("Ett steg mer", "#shown")
    assert around(page) == "Visar 4 av 13 Omgivning: Driften, 3 steg"
    page.press("Ta bort: Omgivning: Driften, 3 steg", "#shown")
    assert around(page) == "Visar 13 av 13"


def test_a_neighbourhood_is_what_the_model_says(open_page: Open) -> None:
    page = open_page(soes_page())
    page.find("bankid")
    page.press("Visa omgivningen", "#chosen")
    near = {"bankid"}
    for step in (upstream, downstream):
        ring = {"bankid"}
        for _ in range(2):
            ring |= {other for one in ring for other in step(one)}
        near |= ring
    assert page.text("#shown").startswith(f"Visar {len(near)} av 111")


def upstream(entity: str) -> set[str]:
    """Whom an entity of models/soes needs."""
    return {provider for need in soes().entity[entity].needs for provider in need.providers}


def downstream(entity: str) -> set[str]:
    """Who needs an entity of models/soes."""
    return {one.id for one in soes().entities if entity in upstream(one.id)}


# ---- the way between two ----


def way(page: Explorer, one: str, other: str) -> None:
    """Ask for the way between two."""
    if page("#paths").is_hidden():
        page("#paths-toggle").click()
    for field, words in (("#path-one", one), ("#path-other", other)):
        page(field).fill(words)
        page.page.keyboard.press("Enter")


def test_a_dependency_is_a_way(open_page: Open) -> None:
    page = open_page(small_page())
    way(page, "försäkringskassan", "driften")
    assert page.text("#chosen h2") == "Väg mellan två"
    steps = page.list_after("Så sprids ett bortfall, kortaste vägen")
    assert [step.split(" ")[0] for step in steps] == ["Driften", "Utbetalningssystemet", "Försäkringskassan"]
    assert "uthållighet: 4 tim, sedan 40 % fram till 3 dygn" in steps[1]
    assert page.list_after("Betalningar som går genom båda") == ["Barnbidrag"]
    assert around(page) == "Visar 3 av 13 Försäkringskassan – Driften"
    page.press("Ta bort: Försäkringskassan – Driften", "#shown")
    assert around(page) == "Visar 13 av 13"


def test_all_ways_as_short_are_shown(open_page: Open) -> None:
    page = open_page(small_page())
    way(page, "elnätet", "försäkringskassan")
    assert len(page.list_after("Så sprids ett bortfall, kortaste vägen")) == 4
    assert "Kartan visar alla lika korta vägar." in page.text("#chosen")
    assert page.text("#shown").startswith("Visar 5 av 13")


def test_two_without_a_way_share_providers(open_page: Open) -> None:
    page = open_page(small_page())
    page.find("driften")
    page.press("Väg härifrån …", "#chosen")
    assert page("#path-one").input_value() == "Driften"
    expect(page("#path-other")).to_be_focused()
    page.page.keyboard.type("telia")
    page.page.keyboard.press("Enter")
    assert page.list_after("Båda beror på") == ["Elnätet"]
    assert page.list_after("Betalningar som går genom båda") == ["Barnbidrag"]


def test_two_with_nothing_in_common_say_so(open_page: Open) -> None:
    page = open_page(small_page())
    way(page, "bankappen", "elnätet")
    assert "Inget gemensamt i modellen." in page.text("#chosen")
    assert page.text("#shown").startswith("Visar 2 av 13")


def test_what_is_plainly_meant_is_taken_when_the_field_is_left(open_page: Open) -> None:
    page = open_page(soes_page())
    page("#paths-toggle").click()
    page("#path-one").press_sequentially("Telia")
    page.page.keyboard.press("Tab")
    assert page("#path-one").input_value() == "Telia"
    page("#path-other").press_sequentially("Barnfamiljer")
    page.page.keyboard.press("Enter")
    assert page.text("#chosen h2") == "Väg mellan två"
    assert "Telia – Barnfamiljer" in page.text("#shown")


def test_what_could_be_several_is_said_when_the_field_is_left(open_page: Open) -> None:
    page = open_page(small_page())
    page("#paths-toggle").click()
    page("#path-one").press_sequentially("ban")
    page.page.keyboard.press("Tab")
    assert page.text("#path-one-said") == "Välj ett namn i listan."
    expect(page("#path-one")).to_have_attribute("aria-invalid", "true")
    page("#path-one").fill("bankappen")
    page.page.keyboard.press("Tab")
    expect(page("#path-one-said")).to_be_empty()
    page("#path-other").fill("elnätet")
    page.page.keyboard.press("Tab")
    assert page.text("#chosen h2") == "Väg mellan två"


# ---- what a reader may not see ----


def test_what_is_not_shared_is_said_and_cannot_be_chosen(open_page: Open) -> None:
    mask = masked(small(), viewer_for(small(), "TLP:GREEN"))
    page = open_page(page_of(visible_network(mask)))
    assert "Kartan visar det som mottagaren får se." in page.text("header")
    page.find("driften")
    assert page.list_after("Behöver")[0].startswith("beroende som inte delas")
    assert page("#chosen").get_by_role("button", name="beroende som inte delas").count() == 0
    assert "Elnätet" not in page.page.content()
