"""A risk as charts: how bad a year can be, the risk matrix, and root causes ranked."""

from itertools import pairwise

from beroenden.analysis.risk.estimates import FEWEST, Estimate, Exceedance
from beroenden.analysis.risk.result import SURE, RootRisk
from beroenden.analysis.risk.result import Risk as Found
from beroenden.analysis.risk.scale import Steps
from beroenden.analysis.words import entities_in_words
from beroenden.language import say
from beroenden.units.numbers import at_least, figure, number
from beroenden.views.charts import Bar, Chart, Curve, Risk, exceedance_curve, ranking_bars, risk_matrix


def risk_charts(found: Found) -> list[Chart]:
    """The charts of a risk; those that would show nothing are left out."""
    charts = [_exceedance(found), _matrix(found), _ranking(found)]
    return [chart for chart in charts if chart is not None]


def _exceedance(found: Found) -> Chart | None:
    bad = found.bad["payouts"]
    curves = [
        _curve(say("Årets största händelse", "The year's largest event"), bad.largest),
        _curve(say("Årets summa", "The year's sum"), bad.sum),
    ]
    return exceedance_curve(
        [curve for curve in curves if curve.values],
        title=say(
            f"Hur illa ett år kan bli: försenade utbetalningar ({_years(found)})",
            f"How bad a year can be: delayed payouts ({_years(found)})",
        ),
        quantity=say("Försenade utbetalningar på ett år", "Payouts delayed in a year") + _uncounted(found),
    )


def _curve(name: str, found: Exceedance) -> Curve:
    """As far as enough years reached."""
    told = sum(years >= FEWEST for years in found.reached)
    low, high = zip(*found.intervals()[:told], strict=True) if told else ((), ())
    return Curve(name, found.values[:told], found.probability[:told], low, high, FEWEST / found.years)


def _matrix(found: Found) -> Chart | None:
    placed = [root for root in found.roots if root.likelihood is not None]
    if not placed:
        return None
    return risk_matrix(
        [
            Risk(found.network.called[one.entity.id], one.likelihood, one.consequence, one.is_uncertain)
            for one in placed
        ],
        likelihood_steps=_steps(found.scale.likelihood),
        consequence_steps=_steps(found.scale.consequence),
        units=(say("fel om året som försenar", "failures a year that delay"), _consequence_unit(found.scale.measure)),
        uncertain=say(
            f"i färre än {SURE} simulerade händelser försenade det något, så rutan är osäker.",
            f"in fewer than {SURE} simulated events it delayed anything, so the cell is uncertain.",
        ),
        title=say(
            f"Riskmatris över entiteter vars fel försenar utbetalningar ({_years(found)}; {_left_out(found)})",
            f"Risk matrix of entities whose failures delay payouts ({_years(found)}; {_left_out(found)})",
        ),
    )


def _steps(steps: Steps) -> list[str]:
    """The names of the steps with their limits."""
    limits = [number(limit, 4) for limit in steps.limits]
    between = [say(f"från {low} till {high}", f"from {low} to {high}") for low, high in pairwise(limits)]
    lowest, highest = say(f"under {limits[0]}", f"below {limits[0]}"), say(f"från {limits[-1]}", f"from {limits[-1]}")
    return [f"{name} ({limit})" for name, limit in zip(steps.names, [lowest, *between, highest], strict=True)]


def _consequence_unit(measure: str) -> str:
    words = {
        "payouts": say("försenade utbetalningar för ett sådant fel", "payouts delayed by such a failure"),
        "amount": say("försenade kronor för ett sådant fel", "SEK delayed by such a failure"),
        "recipient_hours": say("mottagartimmar för ett sådant fel", "recipient-hours of such a failure"),
    }
    return words[measure]


def _ranking(found: Found) -> Chart | None:
    return ranking_bars(
        [_bar(found, root) for root in found.roots if root.consequences.late_runs.mean > 0],
        title=say(
            f"Försenade utbetalningar per år efter grundorsak ({_years(found)}; {_left_out(found)})",
            f"Payouts delayed a year by root cause ({_years(found)}; {_left_out(found)})",
        ),
        quantity=say("Försenade utbetalningar per år, i medeltal", "Payouts delayed a year, on average")
        + _uncounted(found),
        interval=say("95 % konfidensintervall", "95% confidence interval"),
    )


def _bar(found: Found, root: RootRisk) -> Bar:
    payouts: Estimate = root.consequences.payouts
    failures = number(root.per_year, 2)
    is_unknown, is_more = root.consequences.is_unknown("payouts"), root.consequences.uncounted["payouts"] > 0
    mean = figure(payouts.mean)
    return Bar(
        name=found.network.called[root.entity.id],
        value=None if is_unknown else payouts.mean,
        text=say("okänt", "unknown") if is_unknown else at_least(mean) if is_more else mean,
        about=say(f"{failures} fel om året", f"{failures} failures a year"),
        low=payouts.low if payouts.high is not None else None,
        high=payouts.high,
    )


def _left_out(found: Found) -> str:
    count = len(found.lacking)
    return say(
        f"{entities_in_words(count)} utan feldata är inte med",
        f"{entities_in_words(count)} without failure data {'is' if count == 1 else 'are'} not in it",
    )


def _uncounted(found: Found) -> str:
    """Which payments come late of which no one knows how many payouts that is."""
    names = ", ".join(found.network.called[payment.id] for payment in found.uncounted("payouts"))
    return say(f", utan dem som saknar antal: {names}", f", without those of unknown number: {names}") if names else ""


def _years(found: Found) -> str:
    return say(f"{number(found.years)} simulerade år", f"{number(found.years)} simulated years")
