"""What `beroenden risk` prints of dependency-risk chains, and of how sure the figures are."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from beroenden.cli.common import heading, line, table
from beroenden.cli.risk_words import left_out, named
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import at_least, counted, figure, number, percent

if TYPE_CHECKING:
    from beroenden.analysis.risk.chains import Chain, Link
    from beroenden.analysis.risk.result import Risk


def print_uncounted(found: "Risk") -> bool:
    """Say which payments come late of which no one knows how many payouts that is; returns whether others are counted."""
    names = named(found.network.called[payment.id] for payment in found.uncounted("payouts"))
    is_known = not found.total.is_unknown("payouts")
    if not is_known:
        line(
            say(
                f"Okänt: antal mottagare saknas för {names}.",
                f"Unknown: the number of recipients is missing for {names}.",
            )
        )
    elif names:
        line(
            say(
                f"Utan de betalningar vars antal mottagare saknas: {names}.",
                f"Without the payments whose number of recipients is missing: {names}.",
            )
        )
    return is_known


def print_chains(found: "Risk", top: int) -> None:
    """The dependency-risk chains."""
    chains, order = found.chains, say(f"(högst ordning {found.order})", f"(at most order {found.order})")
    heading(f"{say('Riskkedjor till betalningar', 'Risk chains to payments')} {order}")
    if print_uncounted(found):
        unit = say("Utbetalningar per år", "Payouts a year")
        _print_chains_to(found, chains.to_payments, unit, top, found.total.payouts.mean)
    heading(f"{say('Riskkedjor till medborgare', 'Risk chains to citizens')} {order}")
    harm = max((one.hours.mean for one in found.groups), default=0.0)
    _print_chains_to(found, chains.to_citizens, say("Timmar per person och år", "Hours a person and year"), top, harm)
    if chains.to_payments or chains.to_citizens:
        line(
            say(
                "Når fram per år: fel som når kedjans sista led, även de som inte försenar någon betalning. Hur många som gör "
                "det står bland grundorsakerna (Fel som försenar).",
                "Arrives a year: failures that reach the last link of the chain, also those that delay no payment. How many "
                "do stands among the root causes (Failures that delay).",
            )
        )
        line(
            say(
                "Där flera vägar drabbas anges hela följden för var och en; kedjornas risker ska därför inte läggas ihop.",
                "Where several paths are hit, each is shown with the whole consequence; the chains' risks must not be added up.",
            )
        )
    if found.chains.not_all_from:
        names = named(found.network.called[one] for one in found.chains.not_all_from)
        line(say(f"Inte alla kedjor följdes från: {names}.", f"Not all chains were followed from: {names}."))


def _print_chains_to(found: "Risk", listed: "Sequence[Chain]", unit: str, top: int, harm: float) -> None:
    rows = [_chain_row(found, alike) for alike in _alike(_ways(listed))]
    if not rows:
        line(_no_chain(found, harm))
        return
    columns = (
        say("Kedja, och tid från felet till varje led", "Chain, and time from the failure to each link"),
        say("Når fram per år", "Arrives a year"),
        unit,
    )
    table(columns, rows[:top], right=(1, 2))
    left_out(min(top, len(rows)), len(rows))


def _no_chain(found: "Risk", harm: float) -> str:
    """That no failure gets there by itself, and whence the harm is then."""
    if not harm:
        return say("Inga.", "None.")
    if found.chains.go_on:
        return say(
            "Inga så korta från ett enda fel. Skadan ovan kommer av flera fel samtidigt, eller genom längre kedjor (--order).",
            "None that short from a single failure. The harm above comes of several failures at once, or through longer "
            "chains (--order).",
        )
    return say(
        "Inga: inget fel når dit ensamt. Skadan ovan kommer av flera fel samtidigt.",
        "None: no failure gets there alone. The harm above comes of several failures at once.",
    )


def _ways(listed: Iterable["Chain"]) -> list[list["Chain"]]:
    """Chains from one entity to another, the one of greatest risk first; the ends in order of that."""
    found: dict[tuple[str, str], list[Chain]] = {}
    for chain in listed:
        found.setdefault((chain.links[0].entity, chain.links[-1].entity), []).append(chain)
    return list(found.values())


def _alike(found: list[list["Chain"]]) -> list[list[list["Chain"]]]:
    """Ways to groups of citizens that differ in nothing but the group stand together."""
    same: dict[object, list[list[Chain]]] = {}
    for ways in found:
        first = ways[0]
        key = (
            first.links if not first.is_to_citizens else (first.links[:-1], first.links[-1].after, round(first.risk, 9))
        )
        same.setdefault((key, len(ways)), []).append(ways)
    return list(same.values())


def _chain_row(found: "Risk", alike: list[list["Chain"]]) -> tuple[str, str, str]:
    chain, others = alike[0][0], len(alike[0]) - 1
    links = chain.links
    names = [found.network.called[ways[0].links[-1].entity] for ways in alike]
    told = " → ".join([*(_link(found, link) for link in links[:-1]), f"{_few(names)}{_after(links[-1])}"])
    to = [] if chain.is_to_citizens else [found.network.called[one] for link in links for one in link.payments]
    told += f"\n→ {_few(to)}" if to else ""
    if others:
        ways = counted(others, say("annan väg", "other way"), say("andra vägar", "other ways"))
        told += say(f"\n(och {ways} dit)", f"\n(and {ways} there)")
    risk = figure(chain.risk)
    return told, figure(links[-1].per_year), at_least(risk) if _is_at_least(found, chain) else risk


def _is_at_least(found: "Risk", chain: "Chain") -> bool:
    """Whether payments of unknown number that need a link directly come late too by failures of the first."""
    entities = {link.entity for link in chain.links}
    root = next(one for one in found.roots if one.entity.id == chain.links[0].entity)
    if chain.is_to_citizens or not root.consequences.uncounted["payouts"]:
        return False
    stages = ((payment, stage) for payment in found.uncounted("payouts") for stage in payment.stages)
    return any(not entities.isdisjoint(found.network.stage_providers(*each)) for each in stages)


def _few(names: list[str]) -> str:
    more = len(names) - 2
    return ", ".join(names[:2]) + (say(f" och {number(more)} till", f" and {number(more)} more") if more > 0 else "")


def _link(found: "Risk", link: "Link") -> str:
    return found.network.called[link.entity] + _after(link)


def _after(link: "Link") -> str:
    return f" ({duration_in_words(link.after)})" if link.after else ""


def print_convergence(found: "Risk") -> None:
    """How the mean settled."""
    heading(say("Konvergens: försenade utbetalningar per år", "Convergence: payouts delayed a year"))
    if not print_uncounted(found):
        return
    rows = [
        (
            number(mark.years),
            figure(mark.mean),
            "–" if mark.half_width is None else f"± {figure(mark.half_width)} ({percent(mark.half_width / mark.mean)})",
        )
        for mark in found.convergence["payouts"]
    ]
    columns = (say("Efter år", "After years"), say("Medeltal", "Mean"), say("95 % konfidens", "95% confidence"))
    table(columns, rows, right=(0, 1, 2))


def _off(found: "Risk") -> str:
    """How much more or less the events give one by one than the years at once."""
    apart = found.events_apart["payouts"]
    if apart is None:
        unknown = say("försenade utbetalningar av okänt antal", "delayed payouts of unknown number")
        return unknown if found.total.late_runs.mean else say("inga förseningar", "no delays")
    if abs(apart) < 5e-5:
        return say("lika många försenade utbetalningar", "as many delayed payouts")
    more = apart > 0
    share = percent(abs(apart), 2)
    return say(
        f"{share} {'fler' if more else 'färre'} försenade utbetalningar",
        f"{share} {'more' if more else 'fewer'} delayed payouts",
    )


def print_method(found: "Risk") -> None:
    """How it was computed, and how far the events one by one are off."""
    heading(say("Metod", "Method"))
    off = _off(found)
    line(
        say(
            "Fel inträffar som en Poissonprocess, oberoende av varandra, vid slumpade tidpunkter; det som hänger ihop hänger "
            "ihop genom beroendena. Varje år simuleras i ett stycke. Fel som börjar under året följs till slutet, även in i "
            "nästa års betalningar; fel från året före följer inte med. Fel inom ett dygn från varandra är en händelse "
            f"({number(found.joint_events)} av {number(found.events)} händelser hade flera fel). Händelserna var för sig ger "
            f"{off}; fördelningen på orsaker är omräknad till årens summa. Planerade händelser är inte med.",
            "Failures are a Poisson process, independent of each other, at random instants; what hangs together does so through "
            "the dependencies. Each year is simulated in one piece. Failures that begin within the year are followed to their "
            "end, also into the next year's payments; failures of the year before are not carried over. Failures within a day "
            f"of each other are one event ({number(found.joint_events)} of {number(found.events)} events had several). The events "
            f"one by one give {off}; what is put down to causes is scaled to the years' sum. "
            "Planned events are not included.",
        )
    )
    if found.cut:
        line(
            say(
                f"{number(found.cut)} fel slumpades längre än ett år och kapades där.",
                f"{number(found.cut)} failures were drawn longer than a year and were cut off there.",
            )
        )
