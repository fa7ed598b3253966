"""The tables: sorted by any column, copied to a spreadsheet, opened when they are long."""

from datetime import datetime
from typing import Any

from browser.explorer import Explorer, Open, expect
from browser.pages import CLEARING, outcome_of, page_of, small_page, soes, soes_page
from views.models import built, large, small

from beroenden.consequences.simulate import simulate

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def table(heading: str) -> str:
    """The selector of the table under a heading."""
    return f"table[aria-labelledby={heading}]"


def column(page: Explorer, heading: str, name: str) -> list[str]:
    """What is read in a column from the top down."""
    names = page.texts(f"{table(heading)} thead th")
    number = next(place for place, one in enumerate(names, 1) if one.strip(" ▲▼") == name)
    return page.texts(f"{table(heading)} tbody tr > :nth-child({number})")


def sort(page: Explorer, heading: str, name: str) -> list[str]:
    """Press the heading of a column, and what is then read in it."""
    page(f"{table(heading)} thead button:text-is('{name}')").click()
    return column(page, heading, name)


def copied(page: Explorer, heading: str) -> list[list[str]]:
    """The cells that the clipboard has when a table has been copied."""
    page(f"button.copy:has(+ {table(heading)})").click()
    expect(page(f"button.copy:has(+ {table(heading)})")).to_contain_text("Kopierat: ")
    text = page.page.evaluate("navigator.clipboard.readText()")
    return [line.split("\t") for line in text.replace("\r\n", "\n").split("\n")]


def kronor(text: str) -> float:
    """An amount as the page writes it."""
    return float(text.removesuffix(" Mkr").removesuffix(" kr").replace(" ", "").replace(",", "."))


# ---- sorting ----


def test_text_in_swedish_order(open_page: Open) -> None:
    names = ["Öl", "zebra", "Ål", "Él 10", "Al", "Äl", "El 2", "Bank"]
    entities = [{"id": f"e{number}", "name": name, "kind": "bank"} for number, name in enumerate(names)]
    page = open_page(page_of(built({"model": {"name": "M"}, "entity": entities})))
    assert column(page, "register", "Namn") == names
    rising = ["Al", "Bank", "El 2", "Él 10", "zebra", "Ål", "Äl", "Öl"]
    assert sort(page, "register", "Namn") == rising
    expect(page(f"{table('register')} th[aria-sort=ascending]")).to_have_count(1)
    assert sort(page, "register", "Namn") == rising[::-1]
    expect(page(f"{table('register')} th[aria-sort=descending]")).to_have_count(1)
    sort(page, "register", "Slag")
    expect(page(f"{table('register')} th[aria-sort]")).to_have_count(1)


def test_numbers_and_amounts(open_page: Open) -> None:
    page = open_page(soes_page())
    counts = [one.count for one in soes().payments]
    known = sorted(count for count in counts if count is not None)
    said = sort(page, "payments", "Antal")
    assert [int(text.replace(" ", "")) for text in said if text != "okänt"] == known
    assert any(" " in text for text in said)
    said = sort(page, "payments", "Belopp")
    amounts = [kronor(text) for text in said if text != "okänt"]
    assert amounts == sorted(amounts)
    assert len(amounts) == sum(one.amount is not None for one in soes().payments)


def test_times_and_delays(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    late = outcome_of(CLEARING).late_runs
    days = sorted(run.day.isoformat() for run in late)
    assert [text.split(" ")[1] for text in sort(page, "late", "Datum")] == days
    planned = [text.split(" ", 1)[1] for text in sort(page, "late", "Planerad")]
    assert planned == sorted(planned)
    by_delay = sort(page, "late", "Försening")
    names = column(page, "late", "Betalning")
    expected = sorted(run.delay if run.delay is not None else 10**9 for run in late)
    delays = {(run.payment.name, run.delay if run.delay is not None else 10**9) for run in late}
    assert all((name, delay) in delays for name, delay in zip(names, expected, strict=True))
    assert sort(page, "late", "Försening") == by_delay[::-1]


def test_what_has_no_end_comes_after_what_has(open_page: Open) -> None:
    outages = [
        {"entity": "clearing", "start": "2026-12-17T06:00"},
        {"entity": "attest", "start": "2026-12-17T06:00", "for": "2h"},
        {"entity": "tele-2", "start": "2026-12-17T06:00", "for": "3h"},
    ]
    page = open_page(page_of(small(), simulate(small(), outages)))
    restored = sort(page, "harmed-title", "Återställd")
    assert restored[-1] == "inte inom perioden"
    assert len(restored) >= 3


# ---- who lives on endurance ----


def respite_rows(page: Explorer) -> list[list[str]]:
    """The cells of the table of those who live on endurance."""
    return [row.split("\t") for row in page.page.locator(f"{table('respites')} tbody tr").all_inner_texts()]


def test_endurance_runs_out_in_the_table_when_it_does_in_the_panel(open_page: Open) -> None:
    page = open_page(page_of(soes(), simulate(soes(), {"entity": "elnat", "start": "2026-12-16T08:00", "for": "30h"})))
    rows = respite_rows(page)
    internet = [row[2:] for row in rows if row[:2] == ["Finansinspektionen", "Internet och öppna datanät i Sverige"]]
    assert internet == [
        ["ons 2026-12-16 12.00", "ons 2026-12-16 20.00", "tar slut"],
        ["tor 2026-12-17 08.00", "tor 2026-12-17 16.00", "räcker"],
    ]
    page(f"{table('respites')} tbody button", has_text="Finansinspektionen").first.click()
    while "Internet och öppna datanät i Sverige" not in page.text("#state"):
        page("#next").click()
    assert "till ons 16 dec 20.00" in page.text("#state")


def test_a_stepped_endurance_lasts_until_its_first_step(open_page: Open) -> None:
    page = open_page(small_page("power"))
    assert respite_rows(page) == [
        ["Driften", "Elnätet", "tor 2026-12-17 06.00", "tor 2026-12-17 10.00", "tar slut"],
        ["Utbetalningssystemet", "Driften", "tor 2026-12-17 10.00", "tor 2026-12-17 14.00", "tar slut"],
    ]


# ---- copying ----


def test_a_copy_is_tab_separated_with_plain_numbers(open_page: Open) -> None:
    page = open_page(soes_page(), **CLIPBOARD)
    rows = copied(page, "payments")
    assert rows[0] == ["Betalning", "Betalare", "Betalande bank", "Mottagare", "Antal", "Belopp (kr)", "Steg"]
    assert [row[0] for row in rows[1:]] == [one.name for one in soes().by_priority()]
    assert {len(row) for row in rows} == {7}
    counts = [str(one.count) for one in soes().by_priority() if one.count is not None]
    assert [row[4] for row in rows[1:] if row[4] != "okänt"] == counts
    amounts = [f"{one.amount:.0f}" for one in soes().by_priority() if one.amount is not None]
    assert [row[5] for row in rows[1:] if row[5] != "okänt"] == amounts
    register = copied(page, "register")
    assert len(register) == 112
    assert all(";" in row[5] or len(soes().entities[place].needs) < 2 for place, row in enumerate(register[1:]))
    expect(page(f"button.copy:has(+ {table('register')})")).to_have_text("Kopierat: 111 rader")


def test_a_copy_of_what_comes_late_has_kronor_minutes_and_times_that_a_spreadsheet_reads(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING), **CLIPBOARD)
    late = outcome_of(CLEARING).late_runs
    heading, *rows = copied(page, "late")
    assert heading[4:7] == ["Försening (minuter)", "Sena mottagare", "Belopp (kr)"]
    assert {row[4] for row in rows} == {str(run.delay) for run in late}
    assert {row[6] for row in rows} == {f"{run.delayed_amount:.0f}" for run in late}
    assert {row[1] for row in rows} == {run.day.isoformat() for run in late}
    for row in rows:
        assert all(datetime.strptime(cell, "%Y-%m-%d %H:%M") for cell in row[2:4])


def test_a_copy_follows_the_sorting(open_page: Open) -> None:
    page = open_page(soes_page(), **CLIPBOARD)
    names = sort(page, "register", "Namn")
    assert [row[0] for row in copied(page, "register")[1:]] == names


def test_no_cell_of_a_copy_is_a_formula(open_page: Open) -> None:
    names = ["=1+1", "+46 8", "-2", "@SUM(A1)", "\t=2", " =3", "=A1&B1", "'=5"]
    entities: list[dict[str, Any]] = [
        {"id": f"e{number}", "name": name, "kind": "bank"} for number, name in enumerate(names)
    ]
    page = open_page(page_of(built({"model": {"name": "M"}, "entity": entities})), **CLIPBOARD)
    rows = copied(page, "register")
    assert len(rows) == len(names) + 1
    assert {len(row) for row in rows} == {6}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []
    assert rows[1][0] == "'=1+1"


def test_a_cell_that_begins_with_a_quotation_mark_stays_a_cell(open_page: Open) -> None:
    entities = [{"id": "a", "name": '"Gula" huset', "kind": "bank"}, {"id": "b", "name": "B", "kind": "bank"}]
    page = open_page(page_of(built({"model": {"name": "M"}, "entity": entities})), **CLIPBOARD)
    # a spreadsheet reads what begins with a quotation mark up to the next one as one cell, unless all are doubled
    assert copied(page, "register")[1][0] in ('"""Gula"" huset"', '\'"Gula" huset')


def test_copying_works_without_leave_to_use_the_clipboard(open_page: Open) -> None:
    page = open_page(soes_page())
    page(f"button.copy:has(+ {table('payments')})").click()
    expect(page(f"button.copy:has(+ {table('payments')})")).to_have_text(f"Kopierat: {len(soes().payments)} rader")


# ---- long tables, and what leads to the map ----


def test_a_long_table_is_opened_when_asked_for(open_page: Open) -> None:
    page = open_page(page_of(large(320, 4)), **CLIPBOARD)
    assert page(table("register")).count() == 0
    assert page.text("summary") == "320 rader"
    page("summary").click()
    page(table("register")).wait_for()  # it is drawn when it has been opened
    assert len(column(page, "register", "Namn")) == 320
    assert sort(page, "register", "Namn")[:3] == ["Entitet 0", "Entitet 1", "Entitet 2"]
    assert len(copied(page, "register")) == 321
    page(f"{table('register')} tbody button").nth(5).click()
    assert page.text("#chosen h2") == "Entitet 5"


def test_a_name_in_a_table_is_chosen_on_the_map(open_page: Open) -> None:
    page = open_page(soes_page(CLEARING))
    page(f"{table('harmed-title')} button", has_text="Dataclearing").click()
    assert page.text("#chosen h2") == "Dataclearing"
    page(f"{table('late')} tbody button").first.click()
    assert page.text("#chosen h2") == column(page, "late", "Betalning")[0]
