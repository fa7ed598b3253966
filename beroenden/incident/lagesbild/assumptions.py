"""Central assumptions, ordered by how much the outcome moves when each is varied."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from beroenden.consequences.draws import elapsed_at
from beroenden.consequences.lengths import length_quantile
from beroenden.consequences.outcome import Outcome
from beroenden.incident.basis import Basis
from beroenden.incident.known import Known
from beroenden.incident.lagesbild.actors import own_entities, own_runs
from beroenden.incident.lagesbild.against_others import AgainstOthers
from beroenden.incident.lagesbild.effects import Effect, effect, fares, moved, moved_runs
from beroenden.incident.lagesbild.fallbacks import enduring_stages, without_fallback
from beroenden.incident.lagesbild.planned_outages import planned_outages
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.lagesbild.writer import known_name, label_of, listed, may_tell, outage_name
from beroenden.incident.log.entries import Observation
from beroenden.incident.mended import going_on
from beroenden.incident.told_fears import told_fears
from beroenden.language import say
from beroenden.model.entities import LogNormal, Need, Pert, Step
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import DAY, duration_in_words
from beroenden.units.numbers import percent
from beroenden.units.times import time_in_words, time_zone

_TRIED_ENDURANCE = DAY


@dataclass(frozen=True, slots=True)
class _Variation:
    text: str
    varied: str
    effect: Effect
    path: tuple[str, ...]
    tlp: str
    also: str = ""


def standing() -> tuple[str, ...]:
    """The assumptions that every prognosis rests on."""
    return (
        say("Betalningar köar inte för varandra.", "Payments do not queue for one another."),
        say("En fil som blir sen får den vanliga ledtiden.", "A late file takes the ordinary lead time."),
        say("Data är oskadade när tjänsterna är tillbaka.", "Data are intact when the services are back."),
        say(
            "Uthålligheten är full igen så snart leveransen är tillbaka.",
            "Endurance is full again as soon as supply is back.",
        ),
    )


def assumptions(basis: Basis, actor: str) -> Iterator[Statement]:
    """The assumptions of a prognosis for an actor; each that can be varied says what then becomes of the actor's runs."""
    outcome = basis.outcome
    here = effect(outcome, actor)
    moves: dict[str, list[_Variation]] = {}
    for variation in (
        *_lengths(basis, actor),
        *_reports(basis, actor),
        *_endurances(outcome, actor),
        *_fallbacks(basis, actor),
    ):
        moves.setdefault(variation.text, []).append(variation)
    for text, variations in sorted(
        moves.items(), key=lambda item: -max(abs(one.effect.hours - here.hours) for one in item[1])
    ):
        effects = " ".join(
            f"{one.varied}: {moved(here, one.effect, basis.network, actor)}{one.also}." for one in variations
        )
        first = variations[0]
        names = [run.run.payment.id for one in variations for run in moved_runs(here, one.effect)]
        yield Statement(
            "prognos.antaganden",
            f"{text} {effects}",
            "antagande",
            _source(basis),
            None,
            tuple(one for one in first.path if one not in basis.network.withheld),
            strictest(first.tlp, label_of(basis, *names)) if names else first.tlp,
            is_withheld=not basis.may_hear_of(*names),
        )
    yield from planned_outages(basis, actor)
    yield from _feared_by_others(basis)
    yield from _faulty_parts(basis, actor)
    yield from _guesses(outcome, actor)
    source = say("modellens stående antaganden", "the model's standing assumptions")
    for text in standing():
        yield Statement("prognos.antaganden", text, "antagande", source, None, (), outcome.network.tlp)


def _source(basis: Basis) -> str:
    if basis.log is None:
        return say("det angivna avbrottet och modellen", "the outage that was given and the model")
    return say("loggen och modellen", "the log and the model")


def _feared_by_others(basis: Basis) -> Iterator[Statement]:
    """What others fear, which nothing is reckoned of."""
    for one in told_fears(basis):
        path = (one.outage.entity,) if one.outage.entity else ()
        yield Statement("prognos.antaganden", one.text, "antagande", _source(basis), None, path, one.tlp)


def _faulty_parts(basis: Basis, actor: str) -> Iterator[Statement]:
    """That the faulty part of a file waits for the fault alone, where the rest of the payment waits for something else."""
    told = {one.payment for one in basis.known.scenario.outages if one.payment and may_tell(basis, one)}
    late = (run.run.payment for run in own_runs(basis.outcome, actor) if run.is_late_by_fault and run.run.blocked_by)
    found = {one.id: one.name for one in late if one.id in told}
    if found:
        names = listed(found.values())
        text = say(
            f"Den felaktiga delen av filen för {names} antas vara framme så snart felet är åtgärdat, även om den utbetalande "
            "banken eller något annat som resten av betalningen väntar på är nere då.",
            f"The faulty part of the file for {names} is assumed to arrive as soon as the fault is mended, even if the paying "
            "bank or something else that the rest of the payment waits for is down then.",
        )
        source, label = say("modellens stående antaganden", "the model's standing assumptions"), label_of(basis, *found)
        is_withheld = not basis.may_hear_of(*found)
        yield Statement("prognos.antaganden", text, "antagande", source, None, (), label, is_withheld=is_withheld)


def _guesses(outcome: Outcome, actor: str) -> Iterator[Statement]:
    """Figures of the model that are only guesses and that the numbers rest on."""
    network = outcome.network
    late = {run.run.payment.id: run.run.payment for run in own_runs(outcome, actor) if run.late}
    guessed = [payment for payment in late.values() if payment.provenance.confidence == "low"]
    if guessed:
        names = listed(payment.name for payment in guessed)
        label = strictest(*(payment.provenance.tlp or network.tlp for payment in guessed))
        text = say(
            f"Antal, belopp eller vägar är delvis antaganden i modellen (se källorna där) för {names}.",
            f"Numbers, amounts or routes are partly assumptions in the model (see the sources there) for {names}.",
        )
        yield Statement("prognos.antaganden", text, "antagande", say("modellen", "the model"), None, (), label)
    for accounts in dict.fromkeys(network.accounts_of(payment) for payment in late.values()):
        hidden = network.withheld | outcome.scenario.withheld
        shown = [(bank, share) for bank, share in accounts if bank]
        if any(bank in hidden for bank, _ in shown):
            continue  # the others would tell which is left out
        parts = ", ".join(f"{network.entity[bank].name} {percent(share)}" for bank, share in shown)
        if parts:
            text = say(
                f"Mottagarnas konton fördelar sig så mellan bankerna: {parts}.",
                f"The recipients' accounts are divided between the banks as follows: {parts}.",
            )
            banks = tuple(bank for bank, _ in shown)
            source, label = say("modellen", "the model"), network.label_of(*banks)
            yield Statement("prognos.antaganden", text, "antagande", source, None, banks, label)


def _lengths(basis: Basis, actor: str) -> Iterator[_Variation]:
    """How long each outage lasts."""
    scenario = basis.known.scenario
    for index, outage in enumerate(scenario.outages):
        if not _can_be_said(basis, index):
            continue
        path = (outage.entity,) if outage.entity else ()
        zone = time_zone(basis.network.timezone)
        name, label = known_name(basis, index), label_of(basis, *path)
        text, ends = _assumed_end(outage, name, basis.at, zone)
        against, report = AgainstOthers(basis, actor), basis.known.reports[index]
        told = against.ended_by(outage)[-1:] if report is not None and basis.viewer is None else []
        for end, received in told:
            text, ends = _ended_otherwise(outage, name, end, received.sender_in(basis.network), zone)
            label = strictest(label, against.label_of(outage, [received]))
        if basis.known.is_unseen(outage):
            since = time_in_words(outage.start, zone)
            text += say(
                f" Det var planerat från {since} och räknas som om det blev av.",
                f" It was planned from {since} and counts as if it took place.",
            )
        for tried, end in ends:
            other = _with_outage(scenario, index, replace(outage, end=end, length=None))
            then = effect(varied(basis.outcome, scenario=other), actor)
            yield _Variation(text, tried, then, path, label)


def _ended_otherwise(outage: Outage, name: str, end: int, by: str, zone: ZoneInfo) -> tuple[str, list[tuple[str, int]]]:
    """Until when an outage is assumed to last by the own log, and that it has ended by another's word, which is to be tried."""
    told = time_in_words(end, zone)
    own = say(f"{name} antas kvarstå enligt loggen", f"{name} is assumed to persist by the log")
    if outage.end is not None:
        until = time_in_words(outage.end, zone)
        own = say(
            f"{name} antas enligt loggen vara åtgärdat {until}",
            f"{name} is assumed by the log to be resolved on {until}",
        )
    text = say(f"{own}, men upphörde enligt {by} {told}.", f"{own}, but ended on {told} according to {by}.")
    return text, [(say("Upphörde det då", "If it ended then"), end)]


def _assumed_end(outage: Outage, name: str, at: int, zone: ZoneInfo) -> tuple[str, list[tuple[str, int]]]:
    """Until when an outage is assumed to last, and other ends to try, each with what is then supposed."""
    if outage.end is None:
        text = say(f"{name} antas kvarstå (okänd längd).", f"{name} is assumed to persist (length unknown).")
        within = say("Är det åtgärdat inom ett dygn", "If it is resolved within a day")
        return text, [(within, max(at, outage.start) + DAY)]
    until = time_in_words(outage.end, zone)
    if outage.end <= at:
        text = say(
            f"{name} antas ha upphört {until}; det är inte bekräftat.",
            f"{name} is assumed to have ended on {until}; that is not confirmed.",
        )
        return text, [(say("Pågår det ännu, och ett dygn till", "If it still goes on, and for another day"), at + DAY)]
    lasting = outage.end - outage.start
    length = f"{duration_in_words(lasting)}{_where_from(outage, at)}"
    text = say(
        f"{name} antas vara åtgärdat {until} ({length}).", f"{name} is assumed to be resolved on {until} ({length})."
    )
    return text, [(words, outage.start + minutes) for words, minutes in _tried_lengths(outage, lasting, at)]


def _can_be_said(basis: Basis, index: int) -> bool:
    """Whether the reader may know of an outage, and its length is still open to assume."""
    return may_tell(basis, basis.known.scenario.outages[index]) and not basis.known.over[index]


def _reports(basis: Basis, actor: str) -> Iterator[_Variation]:
    """Whether what is reported is so, and whether what is feared comes."""
    network, scenario = basis.network, basis.known.scenario
    for index in _unsure(basis):
        told = basis.known.told[index]
        name, report, against = outage_name(network, told), basis.known.reports[index], AgainstOthers(basis, actor)
        text = say(f"{name} är obekräftat.", f"{name} is unconfirmed.")
        received = against.confirmed_to_house(told, report)
        if received is not None:
            by = received.sender_in(network)
            text = say(
                f"{name} är obekräftat i loggen, men bekräftat av {by}.",
                f"{name} is unconfirmed in the log, but confirmed by {by}.",
            )
        without = _without(basis.known, index)
        made = _variation(basis, actor, text, _not_so(), without, told.entity)
        also, spared = _spared(basis, actor, without)
        labels = [] if received is None else [against.label_of(told, [received])]
        yield replace(made, tlp=strictest(made.tlp, *labels, *map(network.label_of, spared)), also=also)
    yield from _observations(basis, actor)
    for report in basis.known.feared:
        if may_tell(basis, report.outage):
            name = outage_name(network, report.outage)
            text = say(
                f"{name} befaras och ingår inte i prognosen.", f"{name} is feared and is not part of the prognosis."
            )
            other = replace(scenario, outages=(*scenario.outages, report.outage))
            comes = say("Inträffar det", "If it happens")
            yield _variation(basis, actor, text, comes, other, report.outage.entity)


def _spared(basis: Basis, actor: str, other: Scenario) -> tuple[str, list[str]]:
    """Which of the actor's own systems are then not impaired at all, in words and by id; for the own house."""
    if basis.viewer is not None:
        return "", []
    harmed = {one.entity.id for one in own_entities(varied(basis.outcome, scenario=other), actor)}
    spared = [one.entity for one in own_entities(basis.outcome, actor) if one.entity.id not in harmed]
    if not spared:
        return "", []
    names = listed(one.name for one in spared)
    text = say(f"; då är eller var {names} inte nedsatt", f"; then {names} is not, or was not, impaired")
    if len(spared) > 1:
        text = say(f"; då är eller var {names} inte nedsatta", f"; then {names} are not, or were not, impaired")
    return text, [one.id for one in spared]


def _unsure(basis: Basis) -> Iterator[int]:
    """Which outages of the scenario are reported, here or by others, and not confirmed, of those that the reader may know of."""
    known = basis.known
    for index, (outage, report) in enumerate(zip(known.scenario.outages, known.reports, strict=True)):
        if known.is_unconfirmed(outage, report) and _can_be_said(basis, index):
            yield index


def unsure_outages(basis: Basis, actor: str) -> list[Outage]:
    """The outages that are reported and that nobody has confirmed, and that the actor's payments rest on.

    To others all that they may know of, as the choice would tell what needs what.
    """
    here, known = fares(basis.outcome, actor), basis.known
    sure = confirmed_by_others(basis, actor)
    return [
        known.scenario.outages[index]
        for index in _unsure(basis)
        if index not in sure
        if basis.viewer is not None or fares(varied(basis.outcome, scenario=_without(known, index)), actor) != here
    ]


def confirmed_by_others(basis: Basis, actor: str) -> dict[int, str]:
    """Which outages that the own log has as unconfirmed others have confirmed, to the own house: the label of their word."""
    against, found = AgainstOthers(basis, actor), dict[int, str]()
    for index in _unsure(basis):
        outage = basis.known.scenario.outages[index]
        told = against.confirmed_to_house(outage, basis.known.reports[index])
        if told is not None:
            found[index] = against.label_of(outage, [told])
    return found


def unsure_observations(basis: Basis, actor: str) -> list[Observation]:
    """The observations that nobody has confirmed: of each entity the last, and those before it that the actor's payments rest on."""
    seen = basis.known.pins
    last = {one.entity: one for one in sorted(seen, key=lambda one: one.time)}
    doubtful = [one for one in seen if one.status == "unconfirmed"]
    here = fares(basis.outcome, actor)
    found = [
        one
        for one in doubtful
        if one is last[one.entity] or fares(varied(basis.outcome, scenario=_unseen(basis.known, one)), actor) != here
    ]
    return found or doubtful


def _unseen(known: Known, observation: Observation) -> Scenario:
    """The scenario without the level of an observation that a later one of the same entity has replaced."""
    key, scenario = (observation.entity, observation.time), known.scenario
    of_its_own = [one for one in known.unreported if (one.entity, one.start) == key]
    return replace(
        scenario,
        outages=tuple(one for one in scenario.outages if one not in of_its_own),
        pins=tuple(pin for pin in scenario.pins if (pin.entity, pin.start) != key),
        since=scenario.start,
        horizon=scenario.end - scenario.start,
    )


def _observations(basis: Basis, actor: str) -> Iterator[_Variation]:
    """Whether what has been observed, and nobody has confirmed, is so."""
    doubtful = unsure_observations(basis, actor)
    entities = tuple(dict.fromkeys(one.entity or "" for one in doubtful))
    if basis.known.sure is None or not all(map(basis.may_name, entities)):
        return
    seen = listed(f"{basis.network.entity[one.entity or ''].name} {percent(one.level or 0.0)}" for one in doubtful)
    text = say(f"Observerad förmåga som är obekräftad: {seen}.", f"Observed capacity that is unconfirmed: {seen}.")
    then = effect(varied(basis.outcome, scenario=basis.known.sure), actor)
    yield _Variation(text, _not_so(), then, entities, label_of(basis, *entities))


def _not_so() -> str:
    return say("Stämmer det inte", "If it is not so")


def _variation(basis: Basis, actor: str, text: str, tried: str, other: Scenario, entity: str | None) -> _Variation:
    then = effect(varied(basis.outcome, scenario=other), actor)
    path = (entity,) if entity else ()
    return _Variation(text, tried, then, path, label_of(basis, *path))


def _without(known: Known, index: int) -> Scenario:
    """The scenario without one of its outages, over the same time as far as that goes."""
    scenario, told = known.scenario, known.told
    outages = going_on((*told[:index], *told[index + 1 :]))
    start = min((outage.start for outage in outages), default=scenario.start)
    return replace(scenario, outages=outages, since=start, horizon=scenario.end - start)


def _where_from(outage: Outage, at: int) -> str:
    """What the assumed length is of the one that was estimated: its middle, or that of what is left when that has passed."""
    length, end = outage.length, outage.end
    if length is None or end is None:
        return ""
    if end - outage.start != length.typical:
        passed, given = duration_in_words(elapsed_at(outage, at)), duration_in_words(length.typical)
        return say(
            f"; uppskattningens {given} har passerat, och det här är medianen av det som återstår av den efter {passed}",
            f"; the {given} of the estimate have passed, and this is the median of what is left of it after {passed}",
        )
    if isinstance(length, Pert):
        return say(", uppgiven som troligast", ", given as the most likely")
    return say(", medianen", ", the median")


def _tried_lengths(outage: Outage, length: int, at: int) -> list[tuple[str, int]]:
    """Other lengths to try: the ends of the range that was given, else half and double; never less than has passed."""
    passed = elapsed_at(outage, at)
    if isinstance(outage.length, LogNormal):
        most = length_quantile(outage.length, 0.9, passed)
        return [(f"{_lasting(most)} (P90)", most)]
    if isinstance(outage.length, Pert):
        least, most = outage.length.min, outage.length.max
        tried = [(_lasting(minutes), minutes) for minutes in (least, most) if minutes != length]
    else:
        halved, doubled = (
            say("Halveras längden", "If the length is halved"),
            say("Dubblas längden", "If the length is doubled"),
        )
        tried = [(halved, max(1, length // 2)), (doubled, 2 * length)]
    now = say("Åtgärdas det nu", "If it is resolved now")
    return [(words, minutes) if minutes >= passed else (now, passed) for words, minutes in tried]


def _lasting(minutes: int) -> str:
    return say(f"Varar det {duration_in_words(minutes)}", f"If it lasts {duration_in_words(minutes)}")


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
            if link.need is not None and (link.entity, link.need) not in outcome.network.withheld:
                need = outcome.network.entity[link.entity].needs[link.need]
                hidden = set(need.providers) & outcome.scenario.withheld
                if need.endurance is None and not hidden:
                    found[link.entity, link.need] = need
    return [(entity, index, need) for (entity, index), need in found.items()]


def _endurances(outcome: Outcome, actor: str) -> Iterator[_Variation]:
    network = outcome.network
    for entity, index, need in unknown_endurances(outcome, actor):
        other = varied(outcome, network=_with_endurance(network, entity, index))
        name, providers = network.entity[entity].name, listed(network.entity[one].name for one in need.providers)
        tried = duration_in_words(_TRIED_ENDURANCE)
        yield _Variation(
            say(
                f"{name} antas inte klara sig någon tid utan {providers} (uthålligheten är okänd).",
                f"{name} is assumed not to manage for any time without {providers} (the endurance is unknown).",
            ),
            say(f"Är den {tried}", f"If it is {tried}"),
            effect(other, actor),
            (entity, *need.providers),
            network.label_of(entity, *need.providers),
        )


def _fallbacks(basis: Basis, actor: str) -> Iterator[_Variation]:
    """How long stages of the actor's payments manage without what has failed, where that saves payouts."""
    outcome, network = basis.outcome, basis.network
    before = effect(outcome, actor)
    for (stage, manages, providers), places in enduring_stages(outcome, actor).items():
        then = effect(varied(outcome, network=without_fallback(network, places)), actor)
        if not then.is_beyond(before):
            continue
        payments = tuple(dict.fromkeys(payment for payment, _, _ in places))
        names = listed(network.payment[one].name for one in payments)
        lacking = listed(network.entity[one].name for one in providers)
        yield _Variation(
            say(
                f"Steget ”{stage}” i {names} antas klara sig {manages} utan {lacking} (reservrutin i modellen).",
                f'The stage "{stage}" of {names} is assumed to manage for {manages} without {lacking} (fallback in the model).',
            ),
            say("Fungerar det inte", "If that does not work"),
            then,
            providers,
            label_of(basis, *payments, *providers),
        )


def _with_endurance(network: Network, entity: str, index: int) -> Network:
    changed = network.entity[entity]
    needs = list(changed.needs)
    needs[index] = replace(needs[index], endurance=(Step(_TRIED_ENDURANCE, 1.0),))
    other = replace(changed, needs=tuple(needs))
    return replace(network, entities=tuple(other if one.id == entity else one for one in network.entities), hash="")
