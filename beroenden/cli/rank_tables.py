"""How a ranking is printed."""

from typing import TYPE_CHECKING

from beroenden.cli.common import heading, line, table
from beroenden.cli.moments import Moments, moments_words
from beroenden.cli.risk_words import no_payments
from beroenden.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beroenden.analysis.ranking.alone import Criticality, SinglePoint
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.analysis.ranking.together import Joint, Point, Together


def print_ranking(found: "Ranking", moments: Moments, top: int) -> None:
    """The most critical entities, single points of failure, and what fails worst together, in this order."""
    _print_question(found, moments)
    _print_entities(found, top)
    _print_single_points(found, top)
    for together in found.together:
        _print_together(found, together)


def _print_question(found: "Ranking", moments: Moments) -> None:
    from beroenden.analysis.ranking.words import measure_words
    from beroenden.analysis.words import entities_in_words
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import number

    asked, length = found.question, duration_in_words(found.question.length)
    heading(say(f"Avbrott på {length}: {measure_words(asked.by)}", f"Outages of {length}: {measure_words(asked.by)}"))
    if asked.entities or len(asked.payments) < len(found.network.payments):
        names = ", ".join(_name(found, one) for one in (*asked.entities, *asked.payments))
        line(say(f"Bara för: {names}.", f"Only for: {names}."))
    own = [one.id for one in found.network.payments if one.payer in asked.entities and one.id not in asked.payments]
    if own:
        options = " ".join(f"--target {one}" for one in own)
        line(
            say(
                f"Vad en aktör själv förmår är inte dess betalningar; för dem: {options}.",
                f"What an actor itself can do is not its payments; for those: {options}.",
            )
        )
    horizon, count = duration_in_words(asked.horizon), entities_in_words(len(asked.candidates))
    if len(asked.candidates) > 1:
        count += say(" var för sig", " each alone")
    line(
        say(
            f"{count}, {moments_words(moments, found.network.timezone)}; följder inom {horizon}.",
            f"{count}, {moments_words(moments, found.network.timezone)}; consequences within {horizon}.",
        )
    )
    _print_none_due(found)
    if found.is_partial:
        done, planned = number(found.scenarios), number(asked.scenarios)
        is_one, tried = len(found.entities) == 1, entities_in_words(len(found.entities))
        line(
            say(
                f"OFULLSTÄNDIGT: avbrutet efter {done} av {planned} scenarier; {tried} är {'prövad' if is_one else 'prövade'}.",
                f"PARTIAL: stopped after {done} of {planned} scenarios; {tried} {'was' if is_one else 'were'} tried.",
            )
        )


def _print_none_due(found: "Ranking") -> None:
    """That there is nothing to delay, where no payment is due."""
    if found.question.by == "level_hours" or found.runs:
        return
    if not found.network.payments:
        line(no_payments())
    else:
        line(
            say(
                "Ingen betalning som räknas ska vara klar under den tiden, så inget kan bli sent. Välj en annan tid (--window eller --start).",
                "No payment that counts is due during that time, so nothing can be late. Choose another time (--window or --start).",
            )
        )


def _print_entities(found: "Ranking", top: int) -> None:
    harmful = [one for one in found.entities if not one.is_harmless]
    if harmful and len(found.question.starts) > 1:
        late = say("Sen vid", "Late at") if found.question.payments else say("Skada vid", "Harm at")
        columns = say("Som värst", "At worst"), say("Vid start", "Starting"), say("I medel", "Mean"), late
        rows = [_row_of_window(found, one) for one in harmful[:top]]
        table((say("Entitet", "Entity"), *columns), rows, right=(1, 3, 4), whole=(2,))
    elif harmful:
        _print_entities_at(found, harmful[:top])
    _print_rest(found, len(harmful), top)


def _row_of_window(found: "Ranking", one: "Criticality") -> tuple[str, ...]:
    from beroenden.analysis.ranking.words import value_words
    from beroenden.units.numbers import percent

    by = found.question.by
    worst, mean = (value_words(by, value, one.uncounted) for value in (one.worst, one.mean))
    share = percent(one.hits / len(found.question.starts))
    return _name(found, one.entity), worst, _when(found, one.worst_start), mean, share


def _print_entities_at(found: "Ranking", shown: "Sequence[Criticality]") -> None:
    """The entities, where there is only one start."""
    from beroenden.analysis.ranking.words import measure_words, value_words
    from beroenden.units.numbers import number

    by = found.question.by
    columns = [say("Entitet", "Entity"), _capital(measure_words(by))]
    rows = [[_name(found, one.entity), value_words(by, one.worst, one.uncounted)] for one in shown]
    if found.question.payments:
        columns.append(say("Sena betalningar", "Late payments"))
        rows = [[*row, number(one.payments_late or 0)] for row, one in zip(rows, shown, strict=True)]
    table(columns, rows, right=(1, 2))


def _print_rest(found: "Ranking", harmful: int, top: int) -> None:
    from beroenden.analysis.words import entities_in_words, payments_in_words
    from beroenden.units.numbers import number

    if harmful > top:
        line(
            say(
                f"Visar {number(top)} av {entities_in_words(harmful)} vars avbrott gör skada; --top N visar fler.",
                f"Shows {number(top)} of {entities_in_words(harmful)} whose outage does harm; --top N shows more.",
            )
        )
    count = len(found.entities) - harmful
    if count == 1:
        line(say("1 entitet gör ingen sådan skada.", "1 entity does no such harm."))
    else:
        others = number(count)
        line(
            say(
                f"{others} entiteter gör ingen sådan skada var för sig.",
                f"{others} entities do no such harm each alone.",
            )
        )
    if found.uncounted:
        names = ", ".join(_name(found, one) for one in found.uncounted)
        unknown = payments_in_words(len(found.uncounted))
        later = say(
            " Av starter som är lika illa i det som räknas visas den då dessa betalningar blir som senast.",
            " Of starts that are equally bad in what is counted, that is shown at which these payments are latest.",
        )
        line(
            say(
                f"Räknas inte med, för att uppgiften saknas i modellen: {unknown} ({names}).",
                f"Not counted, since the model lacks the figure: {unknown} ({names}).",
            )
            + later * (len(found.question.starts) > 1)
        )


def _print_single_points(found: "Ranking", top: int) -> None:
    by_payment = found.by_payment
    if len(by_payment) == 1:
        _print_points_of_one(found, top)
    elif by_payment:
        _print_points(found, by_payment)


def _print_points(found: "Ranking", by_payment: "dict[str, list[SinglePoint]]") -> None:
    """A line for each payment: how many make it late alone, and which is worst."""
    heading(
        say("Enskilda bortfall som gör en betalning sen", "Single points of failure: alone they make a payment late")
    )
    is_window = len(found.question.starts) > 1
    rows = []
    for payment, points in by_payment.items():
        over = sum(bool(point.hits_over) for point in points)
        is_known = found.network.payment[payment].max_delay is not None
        counts = str(len(points)), str(over) if is_known else say("okänt", "unknown")
        worst = (_name(found, points[0].entity), *([_when(found, points[0].worst_start)] if is_window else []))
        rows.append((_name(found, payment), *counts, *worst))
    columns = [say("Betalning", "Payment"), say("Sen av", "Late by"), say("Över", "Over"), say("Värst", "Worst")]
    table(
        [*columns, *([say("Vid start", "Starting")] if is_window else [])], rows, right=(1, 2), whole=(4,)[:is_window]
    )
    line(
        say(
            "Sen av: antal entiteter som var för sig gör den sen. Över: antal som gör den senare än det tolerabla. "
            "--target BETALNING visar vilka.",
            "Late by: number of entities that each alone make it late. Over: number that make it later than tolerable. "
            "--target PAYMENT shows which.",
        )
    )


def _print_points_of_one(found: "Ranking", top: int) -> None:
    """Which entities make the only payment late alone."""
    from beroenden.units.numbers import number, percent

    points, starts = found.single_points, len(found.question.starts)
    name = _name(found, points[0].payment)
    heading(say(f"Enskilda bortfall som gör betalningen sen: {name}", f"Single points of failure: {name}"))
    rows = []
    for point in points[:top]:
        over = say("okänt", "unknown") if point.hits_over is None else percent(point.hits_over / starts)
        if starts == 1 and point.hits_over is not None:
            over = say("ja", "yes") if point.hits_over else say("nej", "no")
        row = _name(found, point.entity), over, percent(point.hits / starts), _when(found, point.worst_start)
        rows.append(row if starts > 1 else row[:2])
    columns = say("Entitet", "Entity"), say("Över tolerabelt", "Over tolerable"), say("Sen", "Late")
    table(
        (*columns, say("Värst vid start", "Worst starting"))[: 4 if starts > 1 else 2], rows, right=(1, 2), whole=(3,)
    )
    if len(points) > top:
        line(say(f"Visar {top} av {number(len(points))}.", f"Shows {top} of {number(len(points))}."))
    line(_order_of(found, points[0].payment))
    if starts > 1:
        line(
            say(
                "Andel av starttiderna då betalningen blir sen, och senare än det tolerabla (max_delay).",
                "Share of the starts at which the payment is late, and later than is tolerable (max_delay).",
            )
        )


def _order_of(found: "Ranking", payment: str) -> str:
    """By what the single points of failure of a payment are ordered."""
    from beroenden.analysis.ranking.words import measure_words
    from beroenden.model.payments import is_unknown

    by, ordered = found.question.by, found.network.payment[payment]
    wait = say("hur länge mottagarna får vänta", "how long the recipients have to wait")
    hours = wait if ordered.count is None else measure_words("recipient_hours")
    is_of_hours = by in ("recipient_hours", "level_hours") or is_unknown(ordered, by)
    first, then = (hours, "") if is_of_hours else (measure_words(by), f"{hours}, ")
    return say(
        f"Ordning: de som gör betalningen senare än det tolerabla först, därefter efter {first} som värst; av lika "
        f"efter {then}andelen över tolerabelt, sedan i medel.",
        f"Order: those that make the payment later than tolerable first, then by {first} at worst; of equals by "
        f"{then}the share over tolerable, then in the mean.",
    )


def _print_together(found: "Ranking", together: "Together") -> None:
    from beroenden.units.numbers import counted, number

    tried = counted(together.tried, say("par", "pair"), say("par", "pairs"))
    if together.k > 2:
        tried = counted(together.tried, say("trippel", "three"), say("tripplar", "threes"))
    heading(say("Tillsammans, prövat: ", "Together, tried: ") + tried)
    if together.tried < together.combinations:
        of = number(together.combinations)
        line(say(f"OFULLSTÄNDIGT: {tried} av {of} har prövats.", f"PARTIAL: {tried} of {of} tried."))
    apart = say(
        "Varandras reserv: ofarliga var för sig men inte tillsammans",
        "Each other's reserve: harmless apart but not together",
    )
    _print_joints(found, apart, together.redundant, together.redundant_count)
    _print_added(found, together)
    worst = say(
        "Värst tillsammans: mer än den värsta av dem ensam", "Worst together: more than the worst of them alone"
    )
    if together.k > 2:
        worst = say(
            "Värst tillsammans: mer än det värsta paret av dem", "Worst together: more than the worst pair of them"
        )
    _print_joints(found, worst, together.greatest, together.greatest_count)
    if together.greatest:
        line(
            say(
                "Bara de där alla bidrar vid den värsta starttiden; följderna kan ändå vara mindre än summan var för sig.",
                "Only those in which each adds something at the worst start; it may still be less than the sum of each alone.",
            )
        )


def _print_joints(found: "Ranking", title: str, joints: "Sequence[Joint]", count: int) -> None:
    from beroenden.analysis.ranking.words import value_words

    heading(title)
    if not joints:
        line(say("Inga.", "None."))
        return
    rows = []
    for one in joints:
        value = None if one.worst.together <= 0 and one.uncounted else one.worst.together
        rows.append(
            (_names(found, one), value_words(found.question.by, value, one.uncounted), _when(found, one.worst.start))
        )
    table(_columns(found, say("Tillsammans", "Together")), _cut(found, rows), right=(1,), whole=(2,))
    _print_count(len(joints), count)


def _print_added(found: "Ranking", together: "Together") -> None:
    from beroenden.analysis.ranking.words import value_words

    second = say("Mer än summan: vad ett andra bortfall lägger till", "More than the sum: what a second failure adds")
    third = say("Mer än summan: vad tre tillsammans lägger till", "More than the sum: what three together add")
    heading(second if together.k == 2 else third)
    if not together.adding:
        line(say("Inget utöver vad delarna gör var för sig.", "Nothing beyond what the parts do."))
        return
    by = found.question.by

    def cells(point: "Point") -> tuple[str, ...]:
        return tuple(value_words(by, value) for value in (point.together, point.added))

    rows = [(_names(found, one), *cells(one.most_added), _when(found, one.most_added.start)) for one in together.adding]
    columns = _columns(found, say("Tillsammans", "Together"), say("varav tillägg", "of which added"))
    table(columns, _cut(found, rows), right=(1, 2), whole=(3,))
    _print_count(len(together.adding), together.adding_count)
    line(
        say(
            "Tillägg: det som går utöver summan av delarna, vid den starttid då det är störst.",
            "Added: what goes beyond the sum of the parts, at the start at which that is most.",
        )
    )


def _columns(found: "Ranking", *values: str) -> tuple[str, ...]:
    start = (say("Vid start", "Starting"),) if len(found.question.starts) > 1 else ()
    return say("Faller samtidigt", "Fail together"), *values, *start


def _cut(found: "Ranking", rows: "Sequence[tuple[str, ...]]") -> "Sequence[tuple[str, ...]]":
    """The rows without their start, where there is only one."""
    return rows if len(found.question.starts) > 1 else [row[:-1] for row in rows]


def _print_count(shown: int, count: int) -> None:
    from beroenden.units.numbers import number

    if shown < count:
        line(say(f"Visar {number(shown)} av {number(count)}.", f"Shows {number(shown)} of {number(count)}."))


def _name(found: "Ranking", one: str) -> str:
    return found.network.called[one]


def _names(found: "Ranking", joint: "Joint") -> str:
    return " + ".join(_name(found, one) for one in joint.entities)


def _when(found: "Ranking", start: int) -> str:
    from beroenden.units.times import table_time, time_zone

    return table_time(start, time_zone(found.network.timezone))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
