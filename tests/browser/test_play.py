"""The outage over time: the slider, what happens when, the counters and the strip, against the outcome itself."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from browser.explorer import Explorer, Open, expect
from browser.pages import (
    BANK,
    CLEARING,
    FILE,
    SCENARIOS,
    TELE,
    local,
    minute,
    outcome_of,
    page_of,
    small_outcome,
    small_page,
    soes_page,
)
from views.models import small

from beroenden.consequences.outcome import Outcome, RunImpact
from beroenden.consequences.simulate import simulate
from beroenden.units.numbers import NBSP

START = minute("2026-12-17T06:00")


def number(text: str) -> float:
    """The number that a text begins with, as Swedish writes it."""
    return float(re.match(r"[\d ]*(,\d+)?", text)[0].replace(" ", "").replace(",", ".") or 0)


def late_now(run: RunImpact, time: int) -> float:
    """The part of a run that should have come and has not."""
    return sum(
        branch.share
        for branch in run.branches
        if branch.is_late and branch.planned <= time and (branch.completed is None or branch.completed > time)
    )


def set_time(page: Explorer, time: int) -> None:
    """Draw the slider to a time."""
    page("#time").fill(str(time))


# ---- the slider and the buttons ----


def test_the_slider_by_keyboard(open_page: Open) -> None:
    page = open_page(small_page("power"))
    assert page.text("#now") == "tor 17 dec 06.00 (+0 min)"
    page("#time").focus()
    keyboard = page.page.keyboard
    keyboard.press("ArrowRight")
    assert page.text("#now") == "tor 17 dec 06.05 (+5 min)"
    keyboard.press("ArrowLeft")
    keyboard.press("ArrowLeft")
    assert page.text("#now") == "tor 17 dec 06.00 (+0 min)"
    keyboard.press("PageUp")
    assert page.text("#now") > "tor 17 dec 07.00"
    expect(page("#time")).to_have_attribute("aria-valuetext", page.text("#now").partition(" (")[0])
    keyboard.press("End")
    assert page.text("#harmed") == "0"
    keyboard.press("Home")
    assert page.text("#now") == "tor 17 dec 06.00 (+0 min)"


def test_from_event_to_event(open_page: Open) -> None:
    page = open_page(small_page("power"))
    times = []
    for _ in range(6):
        times.append(page.text("#now").partition(" (")[0])
        page("#next").click()
    assert times[:5] == [
        "tor 17 dec 06.00",
        "tor 17 dec 10.00",
        "tor 17 dec 14.00",
        "fre 18 dec 02.00",
        "fre 18 dec 02.30",
    ]
    for _ in range(6):
        page("#previous").click()
    assert page.text("#now") == "tor 17 dec 06.00 (+0 min)"


def test_keys_play_and_step(open_page: Open) -> None:
    page = open_page(small_page("power"))
    keyboard = page.page.keyboard
    keyboard.press(".")
    keyboard.press(".")
    assert page.text("#now").startswith("tor 17 dec 14.00")
    keyboard.press(",")
    assert page.text("#now").startswith("tor 17 dec 10.00")
    keyboard.press(" ")
    expect(page("#toggle")).to_have_attribute("aria-pressed", "true")
    keyboard.press(" ")
    expect(page("#toggle")).to_have_attribute("aria-pressed", "false")
    page("#find").press_sequentially("a. ,")
    assert page("#find").input_value() == "a. ,"
    expect(page("#toggle")).to_have_attribute("aria-pressed", "false")


def test_keys_step_when_a_button_has_been_pressed(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page("#next").click()
    page.page.keyboard.press(".")
    assert page.text("#now").startswith("tor 17 dec 14.00")
    page.page.keyboard.press(",")
    assert page.text("#now").startswith("tor 17 dec 10.00")


def test_play_goes_on_until_paused_or_ended(open_page: Open) -> None:
    page = open_page(small_page("power"))
    page("#speed").select_option(label="snabbt")
    page("#toggle").click()
    assert page.text("#toggle") == "❚❚ Pausa"
    expect(page("#now")).not_to_have_text("tor 17 dec 06.00 (+0 min)")
    page("#toggle").click()
    stopped = page.text("#now")
    page.page.wait_for_timeout(100)
    assert page.text("#now") == stopped
    assert page.text("#toggle") == "▶ Spela"
    page("#time").focus()
    page.page.keyboard.press("End")
    page.page.keyboard.press("ArrowLeft")
    page("#toggle").click()
    expect(page("#toggle")).to_have_attribute("aria-pressed", "false")
    page("#toggle").click()
    expect(page("#now")).to_contain_text("tor 17 dec")  # from the start again
    page("#toggle").click()


def test_what_happens_is_listed(open_page: Open) -> None:
    page = open_page(small_page("power"))
    rows = page.texts("#events > li")
    times = ["tor 17 dec 06.00", "tor 17 dec 10.00", "tor 17 dec 14.00", "fre 18 dec 02.00", "fre 18 dec 02.30"]
    assert [row[:16] for row in rows] == times
    assert "Elnätet nere" in rows[0] and "Utbetalningssystemet går på reserv" in rows[0]
    assert rows[1] == "tor 17 dec 10.00 Driften nere"
    assert "Försäkringskassan 40 %" in rows[2]
    assert "Driften återställd" in rows[3] and "Utbetalningssystemet går inte längre på reserv" in rows[3]
    assert "Försäkringskassan återställd" in rows[4]
    assert page.texts("#events .past") == page.texts("#events > li")[:1]
    page.press("tor 17 dec 14.00", "#events")
    assert page.text("#now").startswith("tor 17 dec 14.00")
    assert page.texts("#events .past") == page.texts("#events > li")[:3]
    assert page.text("#events .current").startswith("tor 17 dec 14.00")
    page("#events").get_by_role("button", name="Driften").first.click()
    assert page.text("#chosen h2") == "Driften"


# ---- the map ----


def test_the_map_is_red_where_harm_is(open_page: Open) -> None:
    assert "178,24,43" not in open_page(small_page()).colours()
    page = open_page(small_page("power"))
    at_once = page.colours()["178,24,43"]
    set_time(page, minute("2026-12-17T11:00"))
    assert page.colours()["178,24,43"] > at_once > 0
    page("#time").focus()
    page.page.keyboard.press("End")
    assert "178,24,43" not in page.colours()


def test_endurance_and_lost_reserve_have_colours_of_their_own(open_page: Open) -> None:
    page = open_page(small_page("power"))
    assert {"11,83,148", "179,88,6"} <= set(page.colours())
    set_time(page, minute("2026-12-17T10:00"))
    assert "179,88,6" in page.colours()
    page("#time").focus()
    page.page.keyboard.press("End")
    assert not {"11,83,148", "179,88,6"} & set(page.colours())


# ---- counters ----


@pytest.mark.parametrize("scenario", [BANK, CLEARING, FILE, TELE])
def test_counters_are_those_of_the_outcome(open_page: Open, scenario: str) -> None:
    page, outcome = open_page(soes_page(scenario)), outcome_of(scenario)
    start, until = (int(page("#time").get_attribute(end) or 0) for end in ("min", "max"))
    assert start == outcome.start
    for part in (0, 0.2, 0.45, 1):
        time = start + 5 * int(part * (until - start) / 5)
        set_time(page, time)
        assert page.text("#now").startswith(local(time))
        check_counters(page, outcome, time)


def check_counters(page: Explorer, outcome: Outcome, time: int) -> None:
    """Compare with what the levels and the runs say."""
    payouts = amount = 0.0
    for run in outcome.late_runs:
        late = sum(branch.share for branch in run.branches if branch.is_late)
        part = late_now(run, time) / late
        payouts += (run.delayed_recipients or 0) * part
        amount += (run.delayed_amount or 0) * part
    unit = 1e6 if "Mkr" in page.text("#amount") else 1
    assert number(page.text("#payouts")) == pytest.approx(payouts, abs=len(outcome.late_runs) + 1)
    assert number(page.text("#amount")) * unit == pytest.approx(amount, abs=0.06 * unit + len(outcome.late_runs))
    harmed = [one for one in outcome.network.entities if outcome.level_at(one.id, time) < 1 - 1e-9]
    assert page.text("#harmed") == str(len(harmed))
    groups = {
        one.name: one.population and one.population * (1 - outcome.level_at(one.id, time))
        for one in harmed
        if one.kind == "citizens"
    }
    if not groups:
        assert page.text("#citizens") == "ingen"
        return
    worst = max(groups, key=lambda name: groups[name] or -1)
    assert page.text("#citizens").startswith(worst)
    people = page.text("#citizens").removeprefix(worst + " ").removeprefix("cirka ")
    assert number(people) == pytest.approx(groups[worst] or 0, rel=0.06)


@pytest.mark.parametrize("with_known", [True, False])
def test_what_is_late_of_unknown_size_is_not_nothing(open_page: Open, with_known: bool) -> None:
    payment = small().payments[0]
    payments = replace(payment, id="other", count=None, amount=None), *([payment] if with_known else [])
    network = replace(small(), payments=payments)
    outcome = simulate(network, [{"entity": "clearing", "start": "2026-12-17T06:00", "for": "30h"}])
    run = outcome.late_runs[0]
    page = open_page(page_of(network, outcome))
    set_time(page, run.planned - 5)
    assert page.text("#lost") == (
        "2 körningar, minst 900 000 utbetalningar" if with_known else "1 körning, okänt antal utbetalningar"
    )
    set_time(page, run.planned + 60)
    shown = page.text("#payouts"), page.text("#amount").replace(NBSP, " ")
    assert shown == (("minst 900 000", "minst 1 602,6 Mkr") if with_known else ("okänt", "okänt"))
    set_time(page, (run.completed or 0) + 5)
    assert page.text("#payouts") == "0"


def test_citizens_without_service_are_counted(open_page: Open) -> None:
    page = open_page(small_page("bank"))
    assert page.text("#citizens") in ("Barnfamiljer 1 200 000", "Barnfamiljer cirka 1 200 000")
    set_time(page, minute("2026-12-18T02:00"))
    assert page.text("#citizens") == "ingen"


def test_some_scenario_has_late_payouts_and_some_citizens_without_service(open_page: Open) -> None:
    late = {scenario for scenario in SCENARIOS if outcome_of(scenario).payouts_delayed}
    assert late >= {CLEARING, FILE}
    without = {scenario for scenario in SCENARIOS if outcome_of(scenario).groups}
    assert without >= {TELE, BANK}


# ---- the strip ----


def lane(run: RunImpact) -> list[str]:
    """What a row of the strip must say of a run."""
    said = [f"Planerad {local(run.planned)}: "]
    if run.status == "on_time":
        said.append("i tid.")
    elif run.completed is None:
        said.append("inte klar inom perioden.")
    else:
        said.append(f"klar {local(run.completed)}.")
    if run.latest_recovery_state == "by" and run.latest_recovery is not None:
        said.append(local(run.latest_recovery))
    elif run.status != "on_time":
        said.append({"any": "hinner ändå", "too_late": "för sent"}[run.latest_recovery_state])
    return said


def check_lanes(page: Explorer, runs: Iterable[RunImpact]) -> None:
    """Each row says what the outcome says of its run, in order of the planned completion."""
    lanes = page("#runs svg").evaluate_all("l => l.map((lane) => lane.getAttribute('aria-label'))")
    left = [lane.replace(NBSP, " ") for lane in lanes]
    names = page.texts("#runs li > button")
    rows = list(zip(names, left, strict=True))
    for run in runs:
        found = [row for row in rows if row[0] == run.payment.name and all(part in row[1] for part in lane(run))]
        assert found, (run.payment.name, lane(run), rows)
        rows.remove(found[0])
    assert rows == []


@pytest.mark.parametrize("scenario", [CLEARING, TELE])
def test_the_strip_says_what_the_outcome_says(open_page: Open, scenario: str) -> None:
    page, outcome = open_page(soes_page(scenario)), outcome_of(scenario)
    assert page("#all-runs").is_checked() == (not outcome.late_runs)  # those on time where none is late
    page("#all-runs").set_checked(False)
    check_lanes(page, outcome.late_runs)
    page("#all-runs").check()
    check_lanes(page, outcome.runs)
    page("#runs li > button").first.click()
    assert page.text("#chosen h2") == page.text("#runs li:first-child > button")


def test_signs_stand_where_their_times_are(open_page: Open) -> None:
    page = open_page(small_page("clearing"))
    run = small_outcome("clearing").runs[0]
    start, until = (int(page("#time").get_attribute(end) or 0) for end in ("min", "max"))
    for sign, time in (("planned", run.planned), ("latest", run.latest_recovery)):
        x = page(f"#runs .{sign}").get_attribute("x") or ""
        assert float(x.rstrip("%")) == pytest.approx(100 * (time - start) / (until - start), abs=0.001)
    assert page("#runs .completed").text_content() == "→"
    set_time(page, run.planned // 5 * 5)
    cursor = page("#runs .cursor").get_attribute("x1") or ""
    assert float(cursor.rstrip("%")) == pytest.approx(100 * (run.planned // 5 * 5 - start) / (until - start), abs=0.001)


def test_an_outage_without_late_payments_says_so(open_page: Open) -> None:
    page = open_page(small_page("tele"))
    assert page.text("#no-runs") == "Ingen betalning blir sen."
    assert page("#runs li").count() == 1
    page("#all-runs").uncheck()
    assert page("#runs li").count() == 0


def test_an_outage_of_a_year_can_be_stepped_through(open_page: Open) -> None:
    outage = {"entity": "el", "start": "2026-03-28T20:00", "for": "300d"}
    page = open_page(page_of(small(), simulate(small(), [outage], horizon="400d")))
    set_time(page, minute("2026-03-29T03:00"))  # one hour less in the night to summer time
    assert page.text("#now") == "sön 29 mar 03.00 (+6 tim)"
    set_time(page, minute("2026-03-30T07:35"))
    assert page.text("#now") == "mån 30 mar 07.35 (+1 dygn 10 tim 35 min)"
