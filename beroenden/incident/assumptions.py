"""Central assumptions, ordered by how much the outcome moves when each is varied."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from beroenden.consequences.outcome import Outcome
from beroenden.incident.actors import own_entities, own_runs
from beroenden.incident.facts import outage_name
from beroenden.incident.statements import Statement
from beroenden.incident.variations import varied
from beroenden.model.entities import Length, LogNormal, Need, Pert, Step
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import DAY, swedish_duration
from beroenden.units.numbers import about, percent
from beroenden.units.times import swedish_time, time_zone

STANDING = (
    "Betalningar köar inte för varandra.",
    "En fil som blir sen får den vanliga ledtiden.",
    "Data är oskadade när tjänsterna är tillbaka.",
    "Uthålligheten är full igen så snart leveransen är tillbaka.",
)
_TRIED_ENDURANCE = DAY


@dataclass(frozen=True, slots=True)
class _Variation:
    text: str
    varied: str
    recipient_hours: float
    payouts: int
    path: tuple[str, ...]
    tlp: str


def assumptions(outcome: Outcome, actor: str) -> Iterator[Statement]:
    """The assumptions of a prognosis for an actor; each that can be varied says what then becomes of the actor's runs."""
    hours, payouts = _size(outcome, actor)
    moves: dict[str, list[_Variation]] = {}
    for variation in (*_lengths(outcome, actor), *_endurances(outcome, actor)):
        moves.setdefault(variation.text, []).append(variation)
    for text, variations in sorted(
        moves.items(), key=lambda item: -max(abs(one.recipient_hours - hours) for one in item[1])
    ):
        effects = " ".join(
            f"{one.varied}: {_moved(one.recipient_hours - hours, one.payouts - payouts)}." for one in variations
        )
        first = variations[0]
        yield Statement(
            "prognos.antaganden",
            f"{text} {effects}",
            "antagande",
            "scenariot och modellen",
            None,
            first.path,
            first.tlp,
        )
    yield from _guesses(outcome, actor)
    for text in STANDING:
        yield Statement(
            "prognos.antaganden", text, "antagande", "modellens stående antaganden", None, (), outcome.network.tlp
        )


def _size(outcome: Outcome, actor: str) -> tuple[float, int]:
    runs = own_runs(outcome, actor)
    return sum(run.recipient_hours for run in runs), sum(run.recipients_late or 0 for run in runs)


def _moved(hours: float, payouts: int) -> str:
    if abs(hours) < 1 and not payouts:
        return "utfallet för de egna betalningarna ändras inte"
    more = "fler" if hours > 0 or (abs(hours) < 1 and payouts > 0) else "färre"
    longer = "ökar" if more == "fler" else "minskar"
    counts = f"{about(abs(payouts))} {more} sena utbetalningar" if payouts else "lika många sena utbetalningar"
    return f"{counts}, och väntan {longer} med {about(abs(hours))} timmar över alla mottagare"


def _guesses(outcome: Outcome, actor: str) -> Iterator[Statement]:
    """Figures of the model that are only guesses and that the numbers rest on."""
    network = outcome.network
    late = {run.run.payment.id: run.run.payment for run in own_runs(outcome, actor) if run.late}
    guessed = [payment for payment in late.values() if payment.provenance.confidence == "low"]
    if guessed:
        names = ", ".join(payment.name for payment in guessed)
        label = strictest(*(payment.provenance.tlp or network.tlp for payment in guessed))
        text = f"Antal, belopp eller vägar är delvis antaganden i modellen (se källorna där) för {names}."
        yield Statement("prognos.antaganden", text, "antagande", "modellen", None, (), label)
    for accounts in dict.fromkeys(network.accounts_of(payment) for payment in late.values()):
        parts = ", ".join(f"{network.entity[bank].name} {percent(share)}" for bank, share in accounts if bank)
        if parts:
            text = f"Mottagarnas konton fördelar sig så mellan bankerna: {parts}."
            banks = tuple(bank for bank, _ in accounts if bank)
            yield Statement("prognos.antaganden", text, "antagande", "modellen", None, banks, network.label_of(*banks))


def _lengths(outcome: Outcome, actor: str) -> Iterator[_Variation]:
    network, scenario = outcome.network, outcome.scenario
    for index, outage in enumerate(scenario.outages):
        name = outage_name(network, outage)
        if outage.end is None:
            text = f"{name} antas kvarstå (okänd längd)."
            ends = [("Är det åtgärdat inom ett dygn", outage.start + DAY)]
        else:
            until = swedish_time(outage.end, time_zone(network.timezone))
            text = f"{name} antas vara åtgärdat {until} ({swedish_duration(outage.end - outage.start)}{_typical(outage.length)})."
            ends = [
                (words, outage.start + minutes) for words, minutes in _tried_lengths(outage, outage.end - outage.start)
            ]
        for tried, end in ends:
            other = _with_outage(scenario, index, replace(outage, end=end, length=None))
            hours, payouts = _size(varied(outcome, scenario=other), actor)
            path = (outage.entity,) if outage.entity else ()
            yield _Variation(text, tried, hours, payouts, path, network.label_of(*path))


def _typical(length: Length | None) -> str:
    if length is None:
        return ""
    return ", det mest sannolika" if isinstance(length, Pert) else ", medianen"


def _tried_lengths(outage: Outage, length: int) -> list[tuple[str, int]]:
    """Other lengths to try: the ends of the range that was given, else half and double."""
    if isinstance(outage.length, Pert):
        least, most = outage.length.min, outage.length.max
        return [(f"Varar det {swedish_duration(minutes)}", minutes) for minutes in (least, most) if minutes != length]
    if isinstance(outage.length, LogNormal):
        return [(f"Varar det {swedish_duration(outage.length.p90)} (P90)", outage.length.p90)]
    return [("Halveras längden", max(1, length // 2)), ("Dubblas längden", 2 * length)]


def _with_outage(scenario: Scenario, index: int, outage: Outage) -> Scenario:
    outages = (*scenario.outages[:index], outage, *scenario.outages[index + 1 :])
    return replace(scenario, outages=outages)


def unknown_endurances(outcome: Outcome, actor: str) -> list[tuple[str, int, Need]]:
    """Needs of unknown endurance that the actor's own harm, or that of its runs, passed through."""
    found: dict[tuple[str, int], Need] = {}
    impacts = {impact.entity.id: impact for impact in outcome.entities}
    wanted = [impact.entity.id for impact in own_entities(outcome, actor)]
    for run in own_runs(outcome, actor):
        if run.late:
            stages = run.run.payment.stages
            wanted += [provider for stage in stages for need in stage.needs for provider in need.providers]
    for entity in dict.fromkeys(wanted):
        for link in impacts[entity].because if entity in impacts else ():
            if link.need is not None:
                need = outcome.network.entity[link.entity].needs[link.need]
                if need.endurance is None:
                    found[link.entity, link.need] = need
    return [(entity, index, need) for (entity, index), need in found.items()]


def _endurances(outcome: Outcome, actor: str) -> Iterator[_Variation]:
    network = outcome.network
    for entity, index, need in unknown_endurances(outcome, actor):
        other = varied(outcome, network=_with_endurance(network, entity, index))
        hours, payouts = _size(other, actor)
        providers = ", ".join(network.entity[provider].name for provider in need.providers)
        yield _Variation(
            f"{network.entity[entity].name} antas inte klara sig någon tid utan {providers} (uthålligheten är okänd).",
            f"Är den {swedish_duration(_TRIED_ENDURANCE)}",
            hours,
            payouts,
            (entity, *need.providers),
            network.label_of(entity, *need.providers),
        )


def _with_endurance(network: Network, entity: str, index: int) -> Network:
    changed = network.entity[entity]
    needs = list(changed.needs)
    needs[index] = replace(needs[index], endurance=(Step(_TRIED_ENDURANCE, 1.0),))
    other = replace(changed, needs=tuple(needs))
    return replace(network, entities=tuple(other if one.id == entity else one for one in network.entities), hash="")
