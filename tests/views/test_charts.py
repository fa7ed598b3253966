"""Pictures: what they say, that they are the same each time, and that nothing falls outside the sheet."""

import re
import xml.etree.ElementTree as ET
from datetime import date

import chain
import matplotlib
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

import beroenden
from beroenden.language import writing_in
from beroenden.units.durations import HOUR
from beroenden.units.times import Clock, time_zone
from beroenden.views.charts import levels_over_time, payments_on_axis, payouts_delayed
from beroenden.views.charts.axis import TimeAxis
from beroenden.views.charts.sheet import drawable, width_of, wrapped

CHARTS = (levels_over_time, payments_on_axis, payouts_delayed)
CLEARING = {"entity": "clr", "start": "2026-12-18T04:00", "for": "12h"}
SYSTEM = {"entity": "sys", "start": "2026-12-15T17:00", "for": "30h"}


def outcome_of(*outages, tables=None):
    network, findings = beroenden.build(tables or chain.tables())
    assert network is not None, findings
    return beroenden.simulate(network, list(outages))


def made(outcome, actor="payer"):
    return [chart for draw in CHARTS if (chart := draw(outcome, actor, outcome.start + HOUR))]


def texts(chart):
    return [one.get_text() for one in chart.figure.findobj(Text) if one.get_text()]


def test_nothing_harmed_gives_no_picture():
    outcome = outcome_of({"entity": "clr", "start": "2026-12-19T04:00", "for": "1h"})
    assert levels_over_time(outcome, "payer", outcome.start) is None
    assert payouts_delayed(outcome, "payer", outcome.start) is None
    assert payments_on_axis(outcome, "sys", outcome.start) is None


def test_levels_say_what_is_down_and_when():
    outcome = outcome_of({"entity": "power", "start": "2026-12-15T08:00", "for": "12h"})
    with writing_in("sv"):
        chart = levels_over_time(outcome, "payer", outcome.start)
    assert "The payer's system: nere, från tisdag 15 december 2026 kl.\xa012.00" in chart.alt
    assert "Ute: Power från tisdag 15 december 2026 kl.\xa008.00" in chart.alt
    assert "nere tis 15 dec 12.00–20.00" in " ".join(texts(chart)).replace("\xa0", " ")


def test_degraded_is_given_with_its_level():
    outcome = outcome_of({**SYSTEM, "remaining": 0.4})
    assert "The payer's system: down to 40%" in levels_over_time(outcome, "payer", outcome.start).alt


def test_payments_say_who_is_late_by_how_long():
    outcome = outcome_of(CLEARING)
    with writing_in("sv"):
        chart = payments_on_axis(outcome, "payer", outcome.start)
    said = chart.alt.replace("\xa0", " ")
    assert "Sena betalningar: 1." in said
    assert "Allowance, planerad fredag 18 december 2026 kl. 06.00: 600 sena, 3 dygn, Bank two" in said
    assert {"40\xa0%", "60\xa0%", "planerad", "försening", "ingen bankdag"} <= set(texts(chart))


def test_who_is_late_by_a_fault_in_the_file_is_said_beside_the_banks():
    bank = {"entity": "b2", "start": "2026-12-18T05:00", "for": "3h"}
    fault = {"payment": "allowance", "share": 0.1, "start": "2026-12-18T00:00", "for": "2d"}
    outcome = outcome_of(bank, fault)
    chart = payments_on_axis(outcome, "payer", outcome.start)
    assert "Bank two, the faulty part of the file" in chart.alt.replace("\xa0", " ")


def test_a_bank_sees_its_own_branch():
    outcome = outcome_of(CLEARING)
    assert "40%" not in texts(payments_on_axis(outcome, "b2", outcome.start))


def test_not_completed_is_said():
    outcome = outcome_of({"entity": "clr", "start": "2026-12-18T04:00"})
    chart = payments_on_axis(outcome, "payer", outcome.start)
    assert "600 late, not there" in chart.alt
    assert "Not there means not there before Friday 1 January 2027" in chart.alt
    assert "not there" in texts(chart)
    assert "some have not come" in payouts_delayed(outcome, "payer", outcome.start).alt


def test_payouts_count_what_is_overdue():
    outcome = outcome_of(CLEARING)
    chart = payouts_delayed(outcome, "payer", outcome.start)
    assert "At most 600 payouts are delayed, from Friday 18 December 2026 at\xa006:00" in chart.alt
    assert "all have come Monday 21 December 2026 at\xa006:00" in chart.alt
    assert "at most 600" in texts(chart)


def test_percentiles_make_a_band():
    short, long = outcome_of({**CLEARING, "for": "2h"}), outcome_of({**CLEARING, "for": "12h"})
    chart = payouts_delayed(outcome_of({**CLEARING, "for": "5h"}), "payer", short.start, {10: short, 90: long})
    assert "P10–P90 of the outage's length gives at most 0 and 600." in chart.alt
    assert "P10–P90 of the outage's length" in texts(chart)
    assert payouts_delayed(short, "payer", short.start) is None


def test_what_does_not_fit_is_counted():
    tables = chain.tables()
    names = [f"Allowance number {number}" for number in range(40)]
    one = tables["payment"][0]
    tables["payment"] = [{**one, "id": f"p{number}", "name": name} for number, name in enumerate(names)]
    chart = payments_on_axis(outcome_of(CLEARING, tables=tables), "payer", 0)
    shown = sum(text.startswith("Allowance number") for text in texts(chart))
    assert 5 < shown < 40
    assert f"There is no room in the picture for another {40 - shown} late payments." in texts(chart)
    assert chart.figure.get_figheight() * 25.4 < 220


def test_axis_ends_where_nothing_more_happens():
    outcome = outcome_of({"entity": "power", "start": "2026-12-15T08:00", "for": "12h"})
    assert [
        one for one in texts(levels_over_time(outcome, "payer", outcome.start)) if "Dec" in one and "15" not in one
    ] == []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "outages", [(CLEARING,), (SYSTEM,), ({"entity": "power", "start": "2026-12-15T08:00"},), (CLEARING, SYSTEM)]
)
def test_no_text_is_cut_off(language, outages):
    with writing_in(language):
        charts = made(outcome_of(*outages))
    assert charts
    for chart in charts:
        canvas = FigureCanvasAgg(chart.figure)
        canvas.draw()
        width, height = canvas.get_width_height()
        for one in chart.figure.findobj(Text):
            if one.get_text():
                box = one.get_window_extent()
                inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
                assert inside, (chart.name, one.get_text(), box)


def test_any_name_can_be_drawn():
    tables = chain.tables()
    tables["entity"][1]["name"] = "Pay $x_1$ & <b>tag</b> \U0001fae0 漢 -- " + "Överbelastningsattackskyddsfunktion" * 4
    tables["payment"][0]["name"] = "Bidrag $\\frac{a}$ \U0001fae0"
    for chart in made(outcome_of(SYSTEM, CLEARING, tables=tables)):
        assert chart.png().startswith(b"\x89PNG")
        ET.fromstring(chart.svg())


def test_ids_of_the_model_are_not_in_the_picture():
    tables = chain.tables()
    tables["entity"][1]["id"] = "secretid"
    tables["entity"][1]["name"] = "beroende som inte delas"
    tables["payment"][0]["stage"][0]["needs"][0]["provider"] = "secretid"
    for chart in made(outcome_of({**SYSTEM, "entity": "secretid"}, tables=tables)):
        assert "secretid" not in chart.svg() + chart.alt + chart.title


def test_the_same_outcome_gives_the_same_picture():
    first, second = made(outcome_of(SYSTEM)), made(outcome_of(SYSTEM))
    assert [one.svg() for one in first] == [one.svg() for one in second]
    assert [one.png() for one in first] == [one.png() for one in second]
    assert [one.svg() for one in first] == [one.svg() for one in first]
    assert b"Software" not in first[0].png()
    assert b"tEXtDate" not in first[0].png()


def test_svgs_share_a_page():
    drawn = [chart.svg() for chart in made(outcome_of(SYSTEM))]
    ids = [one for svg in drawn for one in re.findall(r'\bid="([^"]+)"', svg)]
    assert len(drawn) == 3
    assert len(ids) == len(set(ids))
    for svg in drawn:
        own = set(re.findall(r'\bid="([^"]+)"', svg))
        assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg)) <= own
        assert svg.startswith("<svg")
        assert "<style" not in svg
        assert "<metadata" not in svg


def test_settings_of_the_user_neither_matter_nor_change():
    plain = made(outcome_of(SYSTEM))[0].png()
    with matplotlib.rc_context({"savefig.facecolor": "black", "font.size": 30, "savefig.bbox": "tight"}):
        before = dict(matplotlib.rcParams)
        assert made(outcome_of(SYSTEM))[0].png() == plain
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Åsa", "Åsa"), ("a\U0001fae0b", "a□b"), ("a\u202eb", "ab"), ("a\u0b3cb", "ab"), ("a\tb", "a b")],
)
def test_what_the_font_lacks_is_a_square(text, shown):
    assert drawable(text) == shown


def test_wrapping_loses_nothing():
    text = "Fyra korta ord och ettmycketlångtordsomintefårplatspåenrad 1\xa0000\xa0kr"
    lines = wrapped(text, 25)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(width_of, lines)) <= 25
    assert any("1\xa0000\xa0kr" in line for line in lines)


def test_days_begin_at_local_midnight_when_the_clock_changes():
    zone = time_zone("Europe/Stockholm")
    clock = Clock(zone)
    first = date(2026, 10, 24).toordinal()  # a Saturday; Sunday has 25 hours
    assert clock.midnight(first + 2) - clock.midnight(first + 1) == 25 * HOUR
    axis = TimeAxis(clock.midnight(first), clock.midnight(first + 3), zone, 0, 73)
    assert [round(axis.x(clock.midnight(first + day))) for day in range(4)] == [0, 24, 49, 73]
