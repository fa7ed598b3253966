"""What `beroenden risk` prints."""

from typing import TYPE_CHECKING

from beroenden.analysis.words import entities_in_words
from beroenden.cli.common import heading, line, table
from beroenden.cli.risk_method import print_chains, print_convergence, print_method, print_uncounted
from beroenden.cli.risk_words import left_out, named, no_payments
from beroenden.language import say
from beroenden.units.numbers import at_least, figure, money, number

if TYPE_CHECKING:
    from collections.abc import Callable

    from beroenden.analysis.risk.estimates import Estimate, Level
    from beroenden.analysis.risk.result import Consequences, Risk


def print_risk(found: "Risk", top: int) -> None:
    """The risk as a person reads it; `top` rows of each table."""
    _print_basis(found)
    _print_expected(found)
    _print_bad(found)
    _print_roots(found, top)
    _print_matrix(found, top)
    _print_payments(found, top)
    _print_groups(found, top)
    print_chains(found, top)
    print_convergence(found)
    print_method(found)


def _range(found: "Estimate", words: "Callable[[float], str]" = figure) -> str:
    return "–" if found.high is None else f"{words(found.low)}–{words(found.high)}"


def _mean(found: "Consequences", measure: str, words: "Callable[[float], str]" = figure) -> tuple[str, str]:
    """The mean and its interval; at least that where payments come late whose part in it is unknown."""
    if found.is_unknown(measure):
        return say("okänt", "unknown"), "–"
    estimate: Estimate = getattr(found, measure)
    mean = words(estimate.mean)
    return at_least(mean) if found.uncounted[measure] else mean, _range(estimate, words)


def _print_basis(found: "Risk") -> None:
    network = found.network
    heading(say(f"Risk under ett år: {network.name}", f"Risk over a year: {network.name}"))
    if found.is_partial:
        line(
            say(
                f"AVBRUTET: {number(found.years)} av {number(found.wanted)} år är klara; siffrorna gäller dem.",
                f"STOPPED: {number(found.years)} of {number(found.wanted)} years are done; the figures refer to these.",
            )
        )
    line(
        say(
            f"{number(found.years)} simulerade år med kalendern för {found.year}, frö {found.seed}. "
            f"{entities_in_words(len(found.roots))} faller enligt modellens feldata (failure).",
            f"{number(found.years)} simulated years with the calendar of {found.year}, seed {found.seed}. "
            f"{entities_in_words(len(found.roots))} {'fails' if len(found.roots) == 1 else 'fail'} as the model's failure "
            "data say.",
        )
    )
    _print_lacking(found)
    _print_uncounted(found)
    if not found.payments:
        line(no_payments())
    elif not any(one.runs or one.consequences.late_runs.mean for one in found.payments):
        line(
            say(
                f"Ingen betalning ska vara klar under {found.year}, så ingen kan bli sen. Välj ett annat år (--window).",
                f"No payment is due in {found.year}, so none can be late. Choose another year (--window).",
            )
        )


def _print_uncounted(found: "Risk") -> None:
    if found.of_unknown_size:
        names = named(found.network.called[payment.id] for payment in found.of_unknown_size)
        line(
            say(
                f"Okänt antal mottagare eller belopp, därför inte fullt inräknade: {names}.",
                f"Of unknown count or amount, and so not fully counted: {names}.",
            )
        )
    if found.uncounted("over_max_delay"):
        names = named(found.network.called[payment.id] for payment in found.uncounted("over_max_delay"))
        line(
            say(
                f"Okänt hur sent som är tolerabelt (max_delay), därför inte med bland dem som är senare än så: {names}.",
                f"Of unknown tolerable delay (max_delay), and so not among those later than tolerable: {names}.",
            )
        )


def _print_lacking(found: "Risk") -> None:
    names = {one.entity: found.network.called[one.entity] for one in found.lacking}
    bare = [names[one.entity] for one in found.lacking if one.missing == "failure"]
    if bare:
        is_one, lacking = len(bare) == 1, entities_in_words(len(bare))
        line(
            say(
                f"OKÄND risk: {lacking} saknar feldata och faller aldrig här, så siffrorna är en undre gräns: {named(bare)}. "
                f"Ange failure i {'dess' if is_one else 'deras'} [[entity]].",
                f"UNKNOWN risk: {lacking} {'has' if is_one else 'have'} no failure data and never {'fails' if is_one else 'fail'} "
                f"here, so the figures are a lower bound: {named(bare)}. Enter failure in {'its' if is_one else 'their'} [[entity]].",
            )
        )
    words = {
        "duration": say("längd: ange duration", "a length: enter duration"),
        "per_year": say("antal om året: ange per_year", "a number a year: enter per_year"),
    }
    for one in found.lacking:
        if one.missing in words:
            line(
                say(
                    f"OKÄND risk: {names[one.entity]} faller aldrig här, för dess feldata saknar {words[one.missing]}.",
                    f"UNKNOWN risk: {names[one.entity]} never fails here, since its failure data lack {words[one.missing]}.",
                )
            )


def _print_expected(found: "Risk") -> None:
    total = found.total
    heading(say("Väntat per år", "Expected a year"))
    rows = [
        (say("Betalningar som kommer sent", "Payment runs that come late"), *_mean(total, "late_runs")),
        (
            say("… senare än tolerabelt (max_delay)", "… later than tolerable (max_delay)"),
            *_mean(total, "over_max_delay"),
        ),
        (say("Försenade utbetalningar", "Payouts delayed"), *_mean(total, "payouts")),
        (say("Försenat belopp", "Amount delayed"), *_mean(total, "amount", money)),
        (say("Mottagartimmar", "Recipient-hours"), *_mean(total, "recipient_hours")),
    ]
    table((say("Vad", "What"), say("Medeltal", "Mean"), _interval()), rows, right=(1, 2))


def _interval() -> str:
    return say("95 % konfidens", "95% confidence")


def _print_bad(found: "Risk") -> None:
    bad = found.bad["payouts"]
    pairs = list(zip(bad.largest.levels(), bad.sum.levels(), strict=True))
    heading(say("Hur illa ett år kan bli: försenade utbetalningar", "How bad a year can be: payouts delayed"))
    if not print_uncounted(found):
        return
    columns = (
        say("Minst så många", "At least so many"),
        say("Årets största händelse", "The year's largest event"),
        say("Årets summa", "The year's sum"),
    )
    known = [(one, other) for one, other in pairs if one.value is not None]
    rows = [
        (say(f"1 år av {number(one.years)}", f"1 year in {number(one.years)}"), _level(one), _level(other))
        for one, other in known
    ]
    if rows:
        table(columns, rows, right=(1, 2), whole=(0,))
    if any(level.value for pair in known for level in pair):
        line(say("Inom parentes 95 % konfidens.", "In brackets 95% confidence."))
    if len(known) < len(pairs):
        rarer = number(pairs[len(known)][0].years)
        line(
            say(
                f"1 år av {rarer} och mer sällan: okänt, för få simulerade år.",
                f"1 year in {rarer} and rarer: unknown, too few simulated years.",
            )
        )


def _level(one: "Level") -> str:
    inside = f"\n({figure(one.low or 0)}–{figure(one.high or 0)})" if one.value else ""
    return figure(one.value or 0) + inside


def _print_roots(found: "Risk", top: int) -> None:
    heading(say("Grundorsaker, per år", "Root causes, a year"))
    columns = (
        say("Nr", "No."),
        say("Entitet", "Entity"),
        say("Fel", "Failures"),
        say("Fel som försenar", "Failures that delay"),
        say("Utbetalningar", "Payouts"),
        _interval(),
    )
    rows = [
        (
            str(place),
            found.network.called[root.entity.id],
            figure(root.per_year),
            figure(root.harmful.mean) if root.harmful.mean else _never(found, root.failures),
            *_mean(root.consequences, "payouts"),
        )
        for place, root in enumerate(found.roots[:top], 1)
    ]
    table(columns, rows, right=(0, 2, 4, 5))
    left_out(len(rows), len(found.roots))


def _never(found: "Risk", failures: int) -> str:
    return (
        say(f"inget av {number(failures)}", f"none of {number(failures)}")
        if failures
        else say("inga fel", "no failures")
    )


def _print_matrix(found: "Risk", top: int) -> None:
    if all(root.likelihood is None for root in found.roots):
        return
    from beroenden.analysis.risk.result import SURE

    scale, steps = found.scale, range(1, 6)
    heading(say("Riskmatris (nummer ur tabellen ovan)", "Risk matrix (numbers of the table above)"))
    corner = say("Sannolikhet ↑", "Likelihood ↑")
    places: list[int | None] = [*steps, *([None] if _has_unknown(found) else [])]
    columns = [corner, *(f"{step} {name}" for step, name in zip(steps, scale.consequence.names, strict=True))]
    rows = [
        [f"{step} {name}", *(_cell(found, top, step, place) for place in places)]
        for step, name in reversed(list(zip(steps, scale.likelihood.names, strict=True)))
    ]
    table([*columns, say("Okänd", "Unknown")][: 1 + len(places)], rows)
    line(
        say(
            "Sannolikhet: fel per år som försenar någon betalning. Konsekvens: vad ett sådant fel försenar i medeltal. "
            f"+: så många till som inte står i tabellen. ?: i färre än {SURE} simulerade händelser försenade det något, så rutan är osäker. ",
            "Likelihood: failures a year that delay any payment. Consequence: what such a failure delays on average. "
            f"+: so many more that are not in the table. ?: in fewer than {SURE} simulated events it delayed anything, so the "
            "cell is uncertain. ",
        )
        + say(*scale.source)
    )
    more = [
        found.network.called[root.entity.id]
        for root in found.roots
        if root.consequence and root.consequences.uncounted[scale.measure]
    ]
    if more:
        line(
            say(
                f"Konsekvensen är minst så stor för {named(more)}: fel där försenar också betalningar av okänd storlek.",
                f"The consequence is at least that for {named(more)}: failures there also delay payments of unknown size.",
            )
        )


def _has_unknown(found: "Risk") -> bool:
    return any(root.likelihood is not None and root.consequence is None for root in found.roots)


def _cell(found: "Risk", top: int, likelihood: int, consequence: int | None) -> str:
    """The numbers of the entities in a cell, and how many more there are below the table."""
    inside = [
        (place, root)
        for place, root in enumerate(found.roots, 1)
        if (root.likelihood, root.consequence) == (likelihood, consequence)
    ]
    shown = [f"{place}{'?' if root.is_uncertain else ''}" for place, root in inside if place <= top]
    more = len(inside) - len(shown)
    return ", ".join([*shown, *([f"+{more}"] if more else [])]) or "·"


def _print_payments(found: "Risk", top: int) -> None:
    if not found.payments:
        return
    heading(say("Betalningar som drabbas, per år", "Payments that suffer, a year"))
    columns = (
        say("Betalning", "Payment"),
        say("Körningar", "Runs"),
        say("Sena", "Late"),
        say("Utbetalningar", "Payouts"),
        _interval(),
    )
    unknown = say("okänt", "unknown")
    rows = [
        (
            found.network.called[one.payment.id],
            number(one.runs),
            figure(one.consequences.late_runs.mean),
            unknown if one.payment.count is None else figure(one.consequences.payouts.mean),
            unknown if one.payment.count is None else _range(one.consequences.payouts),
        )
        for one in found.payments[:top]
    ]
    table(columns, rows, right=(1, 2, 3, 4))
    left_out(len(rows), len(found.payments))


def _print_groups(found: "Risk", top: int) -> None:
    hit = [one for one in found.groups if one.hours.mean]
    heading(
        say("Medborgare som inte kan använda sina pengar som vanligt", "Citizens who cannot use their money as usual")
    )
    if not hit:
        line(say("Inga av de simulerade felen når någon grupp.", "None of the simulated failures reaches any group."))
        return
    columns = (
        say("Grupp", "Group"),
        say("Timmar per person och år", "Hours a person and year"),
        _interval(),
        say("Persontimmar per år", "Person-hours a year"),
    )
    unknown = say("okänt", "unknown")
    rows = [
        (
            found.network.called[one.entity.id],
            figure(one.hours.mean),
            _range(one.hours),
            unknown if one.entity.population is None else number(one.entity.population * one.hours.mean),
        )
        for one in hit[:top]
    ]
    table(columns, rows, right=(1, 2, 3))
    left_out(len(rows), len(hit))
