"""Rankings, risk matrices, exceedance curves and dependency matrices: what they say, and that nothing is cut off."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from math import exp
from typing import Any

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from matplotlib.text import Text
from views.models import built, large, small

from beroenden.errors import UsageError
from beroenden.language import writing_in
from beroenden.sharing.redaction import redact_network
from beroenden.sharing.viewer import viewer_for
from beroenden.units.numbers import money, number
from beroenden.views.charts import Bar, Curve, Risk, dependency_matrix, exceedance_curve, ranking_bars, risk_matrix
from beroenden.views.charts.actor_links import links_between_actors
from beroenden.views.charts.exceedance import per_year_in_words
from beroenden.views.charts.room import Room
from beroenden.views.charts.sheet import TALLEST

LONG = "Gemensam driftmiljö för utbetalningssystem och ärendehantering hos samverkande myndigheter"
STEPS = {
    "sv": (
        ("Mycket låg: mindre än 1 gång på 1 000 år", "Låg", "Medelhög: 1 gång på 10–100 år", "Hög", "Mycket hög"),
        ("Mycket begränsade", "Begränsade", "Allvarliga", "Mycket allvarliga", "Katastrofala"),
    ),
    "en": (("Very low", "Low", "Medium", "High", "Very high"), ("Very limited", "Limited", "Grave", "Worse", "Worst")),
}


def texts(chart):
    return [one.get_text() for one in chart.figure.findobj(Text) if one.get_text()]


def ranking(*bars, **words):
    chart = ranking_bars(bars, **{"title": "Ranking", "quantity": "Payouts delayed", **words})
    assert chart is not None
    return chart


def matrix(*risks, language="en"):
    likelihood, consequence = STEPS[language]
    return risk_matrix(risks, likelihood_steps=likelihood, consequence_steps=consequence, title="Risk matrix")


def curve(name="All payments", scale=1.0, steps=400, with_band=True):
    values = tuple(scale * exp(8 * step / steps) for step in range(steps))
    often = tuple(2 * (1 - step / steps) ** 4 for step in range(steps))
    band = (tuple(one * 0.7 for one in often), tuple(one * 1.3 for one in often)) if with_band else ((), ())
    return Curve(name, values, often, *band)


def exceedance(*curves, **words):
    chart = exceedance_curve(curves, **{"title": "Exceedance", "quantity": "Payouts delayed in a year", **words})
    assert chart is not None
    return chart


def nasty(language):
    """Pictures of what is hard to draw, all of them."""
    bars = [
        Bar(LONG if n % 7 == 0 else f"E{n}", 60.0 - n // 3, money((60 - n // 3) * 1e8), high=70, low=9)
        for n in range(60)
    ]
    marked = [Bar(LONG, 0, LONG, about=LONG, is_marked=True), Bar("", None, "?"), Bar("a", 1e-9, "x", added=1e9)]
    full = [Risk(LONG if n % 5 == 0 else f"E{n}", 3, 3) for n in range(60)]
    spread = [Risk(f"E{n}", n % 6 or None, n % 5 or None) for n in range(300)]
    return [
        ranking(*bars, interval=LONG),
        ranking(*marked, added=LONG, marked=LONG),
        ranking(Bar("One", 0, "0"), quantity=LONG * 3),
        matrix(language=language),
        matrix(*full, language=language),
        matrix(*spread, language=language),
        exceedance(curve()),
        exceedance(*(curve(f"{LONG} {n}", 10.0**n) for n in range(6)), in_words=money),
        exceedance(Curve("Twice", (0, 7), (1, 0.5)), Curve("Equal", (7,), (0.5,)), quantity=LONG * 2),
        exceedance(Curve("Wide", (1e-9, 1e12), (3000, 1e-9))),
        dependency_matrix(small()),
        dependency_matrix(large(600, 1)),
        dependency_matrix(ring()),
    ]


def ring(**extra: Any):
    """Two that need each other, one whose need has a reserve, and one that needs a system of its own."""
    entities = [
        {"id": "power", "name": "Power", "kind": "infrastructure", "needs": [{"provider": "tele"}]},
        {"id": "tele", "name": "Tele", "kind": "infrastructure", "needs": [{"provider": "power"}]},
        {"id": "net", "name": "Net", "kind": "infrastructure"},
        {"id": "system", "name": LONG, "kind": "system", "owner": "payer", "needs": [{"any_of": ["tele", "net"]}]},
        {
            "id": "payer",
            "name": "Payer",
            "kind": "authority",
            "needs": [{"provider": "system"}, {"provider": "power", "what": "Heating"}, {"provider": "power"}],
        },
        {"id": "families", "name": "Families", "kind": "citizens", "needs": [{"provider": "payer"}]},
    ]
    return built({"model": {"name": "Ring"}, "entity": [one | extra.get(one["id"], {}) for one in entities]})


@pytest.fixture(scope="module", params=["sv", "en"])
def drawn(request):
    with writing_in(request.param):
        charts = nasty(request.param)
    for chart in charts:
        FigureCanvasAgg(chart.figure).draw()
    return charts


def test_no_text_is_cut_off_and_no_page_overflows(drawn):
    for chart in drawn:
        assert chart.figure.get_figheight() * 25.4 <= TALLEST + 1, chart.name
        width, height = chart.figure.canvas.get_width_height()
        for one in chart.figure.findobj(Text):
            if one.get_text():
                box = one.get_window_extent()
                inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= width + 1 and box.y1 <= height + 1
                assert inside, (chart.name, one.get_text(), box)


def test_no_text_lies_upon_another(drawn):
    for chart in drawn:
        shown = [one for one in chart.figure.findobj(Text) if one.get_text().strip()]
        boxes = [one.get_window_extent().padded(-1.5) for one in shown]
        for (one, box), (other, its) in combinations(zip(shown, boxes, strict=True), 2):
            assert not box.overlaps(its), (chart.name, one.get_text(), other.get_text())


def test_the_same_data_give_the_same_picture():
    def made():
        return [
            ranking(Bar("A", 2, "2", low=1, high=3, added=1)),
            matrix(Risk("A", 1, None)),
            exceedance(curve(), curve("Other", 3)),
            dependency_matrix(ring()),
        ]

    for first, second in zip(made(), made(), strict=True):
        assert first.svg() == second.svg()
        assert first.png() == second.png()
        ET.fromstring(first.svg())


def test_a_ranking_says_who_is_first_and_what_is_unknown():
    bars = [
        Bar("Clearing", 900, "900", low=700, high=1100, is_marked=True),
        Bar("Net", 0, "0"),
        Bar("Bank", None, "unknown"),
    ]
    chart = ranking(*bars, marked="single point of failure", interval="95% confidence interval")
    assert "First is Clearing: 900." in chart.alt
    assert "Then Net: 0; Bank: unknown." in chart.alt
    assert "Zero for 1 of them. Unknown for 1 of them." in chart.alt
    assert "Single point of failure: Clearing." in chart.alt
    assert {"Payouts delayed", "900", "single point of failure", "95% confidence interval"} <= set(texts(chart))
    assert ranking_bars([], title="", quantity="") is None


def test_a_ranking_counts_what_has_no_room():
    bars = [Bar(f"Entity {place}", 100 - place, str(100 - place)) for place in range(90)]
    chart = ranking(*bars)
    shown = sum(text.startswith("Entity") for text in texts(chart))
    assert 30 < shown < 90
    left_out = f"Another {90 - shown} do not fit in the picture (first Entity {shown}: {100 - shown}; unknown for 0)."
    assert left_out in texts(chart)
    assert chart.alt.endswith(left_out)


def test_a_ranking_tells_zeros_and_unknowns_that_have_no_room():
    bars = [Bar("Clearing", 9, "9"), *(Bar(f"Entity {place}", None if place > 85 else 0, "–") for place in range(90))]
    assert "(zero or unknown for all; unknown for 4)" in ranking(*bars).alt


def test_a_second_part_and_an_interval_make_room_for_the_text():
    one, other = (
        next(text for text in ranking(bar).figure.findobj(Text) if text.get_text() == "9")
        for bar in (Bar("A", 9, "9"), Bar("A", 9, "9", added=9))
    )
    assert one.get_position() == other.get_position()


def test_risks_stand_in_their_cells_with_the_numbers_of_their_order():
    chart = matrix(Risk("Mild", 1, 1), Risk("Grave", 5, 5), Risk("Middle", 3, 3), Risk("Not known", None, 5))
    assert "Unknown risk: 1, very high risk: 1, high risk: 0, moderate risk: 1, low risk: 1." in chart.alt
    assert "Likelihood 5. Very high, consequence 5. Worst: 2 Grave." in chart.alt
    assert "Likelihood unknown, consequence 5. Worst: 4 Not known." in chart.alt
    assert "unknown" in texts(chart)
    assert "unknown" not in texts(matrix(Risk("Mild", 1, 1)))


def test_an_uncertain_risk_has_a_question_mark():
    risks = Risk("Sure", 2, 2), Risk("Seldom seen", 2, 2, is_uncertain=True)
    steps = [f"Step {step}" for step in range(1, 6)]
    chart = risk_matrix(risks, likelihood_steps=steps, consequence_steps=steps, title="", uncertain="too few events.")
    assert {"1", "2?", "?: too few events."} <= set(texts(chart))
    assert "1 Sure; 2? Seldom seen" in chart.alt
    assert "?" not in "".join(texts(matrix(*risks[:1])))


def test_levels_of_risk_are_those_of_the_sum_of_steps():
    chart = matrix(*(Risk(f"{row}{column}", row, column) for row in range(1, 6) for column in range(1, 6)))
    assert "Very high risk: 3, high risk: 7, moderate risk: 9, low risk: 6." in chart.alt


def test_unknown_likelihood_lies_below_the_lowest_step():
    chart = matrix(Risk("Lowest", 1, 1), Risk("Unknown", None, 1))
    lowest, unknown = (
        next(one.get_position()[1] for one in chart.figure.findobj(Text) if one.get_text() == number)
        for number in ("1", "2")
    )
    assert unknown > lowest


def test_risks_without_room_in_the_list_are_counted_in_their_cell():
    chart = matrix(*(Risk(f"{LONG} {place}", 3, 3) for place in range(80)))
    dots = [one for one in chart.figure.findobj(Line2D) if one.get_marker() == "o"]
    assert 10 < len(dots) < 80
    assert f"+{80 - len(dots)}" in texts(chart)
    assert f"{80 - len(dots)} more." in chart.alt
    assert "Moderate risk: 80" not in chart.alt
    assert "moderate risk: 80" in chart.alt


@pytest.mark.parametrize("risk", [Risk("Zero", 0, 1), Risk("Six", 1, 6)])
def test_a_step_that_there_is_none_of_is_refused(risk):
    with pytest.raises(UsageError, match="the steps go from 1 to 5"):
        matrix(risk)


def test_a_curve_gives_once_in_ten_and_in_a_hundred_years():
    values = (10.0, 20.0, 30.0, 40.0)
    chart = exceedance(Curve("All", values, (1.0, 0.5, 0.1, 0.01)), Curve("Rare", values, (0.05, 0.02, 0.01, 0.001)))
    assert "All: any at all once a year, once in 10 years at least 30, once in 100 years at least 40" in chart.alt
    assert "Rare: any at all once in 20 years, once in 10 years none, once in 100 years at least 30" in chart.alt
    assert {"All", "Rare", "none", "once in 10 years", "once in 100 years"} <= set(texts(chart))


def test_what_is_rarer_than_the_data_is_unknown():
    chart = exceedance(Curve("Few years", (10.0, 20.0), (0.5, 0.05)))
    assert "once in 10 years at least 10, once in 100 years unknown" in chart.alt
    assert "unknown" in texts(chart)


def test_a_curve_ends_where_too_little_is_known():
    chart = exceedance(Curve("Some years", (10.0, 20.0), (0.5, 0.04), (), (), 0.02))
    assert chart.alt.startswith(
        "How often at least so much: Payouts delayed in a year. Some years: any at all once in 2 years, once in 10 years at least 10, "
        "once in 100 years unknown."
    )
    assert "What is rarer than once in 50 years is unknown: too few simulated years." in texts(chart)
    assert "once in 200 years" not in texts(chart)


def test_nothing_ever_gives_no_curve():
    assert exceedance_curve([Curve("Nothing", (0.0,), (1.0,)), Curve("Empty", (), ())], title="", quantity="") is None


def test_curves_that_are_not_shown_are_named():
    chart = exceedance(*(curve(f"Curve {place}", place + 1.0) for place in range(6)), Curve("Nothing", (0.0,), (1.0,)))
    assert "Another 2 are not shown: Curve 4; Curve 5." in texts(chart)
    assert chart.alt.endswith("Never any consequence: Nothing.")


def test_a_curve_falls_in_steps_from_value_to_value():
    chart = exceedance(Curve("Steps", (1.0, 2.0), (1.0, 0.1)))
    line = max(chart.figure.findobj(Line2D), key=lambda one: len(one.get_xdata()))
    points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
    assert len(points) == 5
    assert points[0][1] == points[1][1]
    assert points[1][0] == points[2][0]
    assert points[2][1] == points[3][1]


@pytest.mark.parametrize(
    ("per_year", "swedish", "english"),
    [
        (10, "10 gånger om året", "10 times a year"),
        (1, "1 gång om året", "once a year"),
        (0.5, "1 gång på 2 år", "once in 2 years"),
        (0.1, "1 gång på 10 år", "once in 10 years"),
        (0.3, "1 gång på 3,3 år", "once in 3.3 years"),
        (0.0001, "1 gång på 10 000 år", "once in 10,000 years"),
    ],
)
def test_frequencies_are_told_in_words(per_year, swedish, english):
    with writing_in("sv"):
        assert per_year_in_words(per_year).replace("\xa0", " ") == swedish
    assert per_year_in_words(per_year) == english


def test_room_is_clear_of_curves_and_of_what_was_placed():
    line = [(0.0, 50.0), (100.0, 50.0)]
    room = Room((0, 0, 100, 100), [line])
    first, second = room.beside([(50.0, 50.0)], 20), room.beside([(50.0, 50.0)], 20)
    assert first is not None
    assert second is not None
    assert first[1] < 50 < second[1]
    assert room.beside([(50.0, 50.0)], 20) is None


def test_needs_are_counted_between_actors():
    links = links_between_actors(ring())
    assert links.needs == {
        ("power", "tele"): 1,
        ("tele", "power"): 1,
        ("payer", "power"): 2,
        ("payer", "tele"): 1,
        ("payer", "net"): 1,
    }
    assert links.without_reserve["payer", "power"] == 2
    assert links.without_reserve["payer", "tele"] == links.without_reserve["payer", "net"] == 0


def test_a_reserve_of_the_same_actor_is_none():
    network = ring(net={"owner": "tele"})
    assert links_between_actors(network).without_reserve["payer", "tele"] == 1


def test_stages_count_as_needs_of_the_payer_once():
    network = small()
    again = replace(network.payments[0], id="again")
    links = links_between_actors(replace(network, payments=(*network.payments, again)))
    assert links.needs["fk", "clearing"] == 1
    assert links == links_between_actors(network)


def test_a_dependency_matrix_says_who_needs_each_other():
    with writing_in("sv"):
        chart = dependency_matrix(ring())
    assert chart.alt.startswith("4 aktörer har 6 behov av varandra, varav 4 utan reserv.")
    assert "Behövs av flest: Power (2), Tele (2), Net (1)." in chart.alt
    assert "Ömsesidigt beroende av varandra: Power; Tele." in chart.alt
    assert "Medborgargrupper visas inte (1)." in texts(chart)
    assert "ömsesidigt, direkt eller genom andra" in texts(chart)


def test_providers_come_before_those_who_need_them():
    chart = dependency_matrix(small())
    order = chart.alt[chart.alt.index("1 ") :]
    assert order.index("Elnätet") < order.index("Driften") < order.index("9 Försäkringskassan")
    assert "None of them are mutually dependent." in chart.alt


def test_actors_without_room_are_counted():
    network = large(300, 2)
    chart = dependency_matrix(network)
    links = links_between_actors(network)
    shown = int(chart.alt.split(" ")[0])
    needs = int(chart.alt.split(" ")[3])
    left_out = f"Another {number(len(links.actors()) - shown)} actors and {number(links.needs.total() - needs)} needs"
    assert left_out in chart.alt
    assert any(left_out in text for text in texts(chart))


def test_nobody_in_need_gives_no_matrix():
    assert dependency_matrix(built({"model": {"name": "A"}, "entity": [{"id": "a", "kind": "system"}]})) is None


@pytest.mark.parametrize("hidden", ["tele", "net", "power", "payer", "system"])
def test_what_is_withheld_is_neither_named_nor_numbered(hidden):
    whole = ring(**{hidden: {"tlp": "TLP:RED"}})
    seen = redact_network(whole, viewer_for(whole, "TLP:GREEN"))
    chart = dependency_matrix(seen)
    links = links_between_actors(seen)
    assert not seen.withheld & {one for pair in links.needs for one in pair}
    if chart is not None:
        said = " ".join([chart.alt, *texts(chart)])
        assert whole.entity[hidden].name not in said
        assert "~withheld" not in said
        assert int(chart.alt.split(" ")[0]) <= 4 - (hidden != "system")


def test_a_withheld_need_is_not_counted():
    whole = ring()
    needs = whole.entity["payer"].needs
    hidden = replace(whole, withheld=frozenset({("payer", 1)}))
    assert len(needs) == 3
    assert links_between_actors(hidden).needs["payer", "power"] == 1
