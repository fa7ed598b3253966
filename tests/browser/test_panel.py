"""The panel tells everything that is known of what is chosen."""

from datetime import date

from browser.explorer import Open
from browser.pages import TELE, local, minute, outcome_of, page_of, small_outcome, small_page, soes, soes_page
from views.models import built


def test_an_entity_without_an_outage(open_page: Open) -> None:
    page = open_page(small_page())
    page.find("utbetalningssystemet")
    assert page("#state").inner_text() == ""
    assert page.texts("#chosen dt") == ["Slag", "Svarar för den", "Återställningstid (rto)", "TLP"]
    assert page.texts("#chosen dd") == ["system", "Försäkringskassan", "okänd", "TLP:GREEN"]
    assert page.list_after("Behöver") == [
        "Driften uthållighet: 4 tim, sedan 40 % fram till 3 dygn, 10 % för alltid; omstart 30 min; räknar med: okänt",
        "Telia Tele2 Data; minst 1 av dem räcker; uthållighet: okänd (räknas som 0);"
        " räknar med återställning inom 2 tim",
    ]
    assert page.list_after("Behövs av") == ["Försäkringskassan uthållighet: okänd (räknas som 0); räknar med: okänt"]
    assert page.list_after("Betalningar som beror på den") == ["Barnbidrag Underlag"]


def test_everything_registered_is_told(open_page: Open) -> None:
    told = {
        "id": "a",
        "name": "A",
        "kind": "system",
        "mtpd": "24h",
        "contact": {"role": "TiB", "channel": "tib@example.se"},
        "source": "Intervju",
        "verified": date(2026, 2, 14),
        "confidence": "high",
        "note": "Obs",
    }
    needing = {
        "id": "b",
        "name": "B",
        "kind": "system",
        "needs": [{"provider": "a", "source": "Avtal 7", "verified": date(2026, 1, 2)}],
    }
    page = open_page(page_of(built({"model": {"name": "M"}, "entity": [told, needing]})))
    page.find("a")
    said = dict(zip(page.texts("#chosen dt"), page.texts("#chosen dd"), strict=True))
    assert said["Kontakt"] == "TiB, tib@example.se"
    assert [said[term] for term in ("Källa", "Verifierad", "Tillförlitlighet", "Anmärkning")] == [
        "Intervju",
        "2026-02-14",
        "hög",
        "Obs",
    ]
    assert page.list_after("Behövs av")[0].endswith("källa: Avtal 7; verifierad 2026-01-02")
    assert page("#chosen h3:text-is('Behöver') + p").inner_text() == "Inget annat i modellen."


def test_names_in_the_panel_lead_on_and_back(open_page: Open) -> None:
    page = open_page(small_page())
    page.find("driften")
    page.press("Elnätet", "#chosen")
    assert page.text("#chosen h2") == "Elnätet"
    page.press("Telia", "#chosen")
    page.press("Barnbidrag", "#chosen")
    assert page.text("#chosen h2") == "Barnbidrag"
    stages = page.list_after("Steg och vad de behöver")
    assert [stage.partition(" tar ")[0].partition(" öppnar ")[0] for stage in stages] == [
        "Underlag Utbetalningssystemet Attest",
        "Bank Rambanken",
        "Clearing Clearingen",
        "Konto Rambanken Andra banken",
    ]
    assert stages[2].endswith("tar 1 tim; bara mellan banker")
    page.press("← Tillbaka", "#chosen")
    assert page("#start").is_visible()


def test_state_reserve_and_countdown_follow_the_time(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page.find("driften")
    page("#time").fill(str(minute("2026-12-17T08:00")))
    state = page.text("#state")
    assert state.startswith("◷ 2 tim Lever på uthållighet Läget tor 17 dec 08.00 Utan full leverans från Elnätet.")
    assert "räcker till tor 17 dec 10.00 (2 tim kvar)" in state
    assert state.endswith("0 %.")
    page("#time").fill(str(minute("2026-12-17T09:45")))
    assert "(15 min kvar)" in page.text("#state")
    page("#time").fill(str(minute("2026-12-17T10:00")))
    assert page.text("#state") == "✕ 0 % Nere Läget tor 17 dec 10.00"
    page.find("utbetalningssystemet")
    assert page.text("#state").startswith("! Går på reserv Läget tor 17 dec 10.00")
    assert "40 %." in page.text("#state")
    assert page.text("#state").endswith("Går på reserv: bara Tele2 kvar av Telia, Tele2.")
    page("#time").fill(str(minute("2026-12-17T14:00")))
    assert page.text("#state").startswith("◐ 40 % Nedsatt Läget tor 17 dec 14.00")
    page("#time").fill(str(minute("2026-12-18T02:30")))
    assert page.text("#state").endswith("Återställd Läget fre 18 dec 02.30")


def test_the_panel_says_why_and_when(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page.find("försäkringskassan")
    assert page.list_after("Varför") == [
        "Försäkringskassan 40 % från tor 17 dec 14.00",
        "Utbetalningssystemet 40 % från tor 17 dec 14.00",
        "Driften 0 % från tor 17 dec 10.00",
        "Elnätet 0 % från tor 17 dec 06.00",
    ]
    assert page.list_after("När (modellberäknat)") == ["tor 17 dec 14.00 – fre 18 dec 02.30: 40 %"]
    page.find("attest")
    assert page("#chosen h3:text-is('Varför')").count() == 0


def test_every_because_path_is_that_of_the_outcome(open_page: Open) -> None:
    page = open_page(soes_page(TELE))
    paths = {one.entity.id: one.because for one in outcome_of(TELE).entities if one.because}
    assert len(paths) > 10
    for entity, path in list(paths.items())[:12]:
        page(f"main [data-choose='{entity}']").first.click()
        said = page.list_after("Varför")
        assert len(said) == len(path)
        for line, link in zip(said, path, strict=True):
            assert line.startswith(soes().entity[link.entity].name)
            assert f" % från {local(link.at)}" in line


def test_a_harmed_path_is_lit_on_the_map(open_page: Open) -> None:
    page = open_page(small_page("power"))
    assert "178,24,43" in page.colours()
    page("#time").fill(str(minute("2026-12-17T15:00")))
    before = page.colours()
    page.find("försäkringskassan")
    lit = page.colours()
    assert lit["178,24,43"] > 0
    assert lit["255,255,255"] + lit.get("243,245,247", 0) > before["255,255,255"]


def test_runs_of_a_payment(open_page: Open) -> None:
    page = open_page(small_page("clearing"))
    page.find("barnbidrag")
    run = small_outcome("clearing").runs[0]
    (said,) = page.list_after("Körningar i perioden")
    assert said.startswith(f"Planerad {local(run.planned)}: inte klar inom perioden.")
