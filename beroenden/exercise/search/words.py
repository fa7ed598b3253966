"""The words of what was found: first signs, why a scenario was chosen, and what it does not meet."""

from collections.abc import Iterator

from beroenden.exercise.exercise import Evidence
from beroenden.exercise.noticed import direct_provider
from beroenden.exercise.search.choosing import Measured, Proposal
from beroenden.exercise.search.judging import Judged, Part
from beroenden.exercise.search.worth import hidden_wanted
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, number, percent

_NAMED = 1


def scenario_name(network: Network, one: Judged) -> str:
    """The names of what is out, and for how long."""
    return f"{outages_words(network, one)}, {duration_in_words(one.length)}"


def outages_words(network: Network, one: Judged) -> str:
    """The names of what is out."""
    return " + ".join(network.entity[entity].name for entity in one.out)


def sign_words(network: Network, sign: Evidence) -> str:
    """A first sign in a few words, for the game control: everything by its name."""
    whose = _some([network.entity[one].name for one in sign.entities])
    runs = _some([network.payment[payment].name for payment, _ in sign.payments])
    provider = direct_provider(sign)
    lost = network.entity[provider].name if provider else say("En leverantör", "A supplier")
    if sign.event == "supply":
        return say(f"{lost} uteblir för {whose}", f"{lost} fails {whose}")
    if sign.event == "reserve":
        return say(f"{whose} på sista reserven", f"{whose} on the last reserve")
    if sign.event == "stage":
        return say(f"{_stage(network, sign)} är inte klar: {runs}", f"{_stage(network, sign)} is not done: {runs}")
    if sign.event == "cutoff":
        return say(f"bryttiden missas: {runs}", f"the cut-off is missed: {runs}")
    if sign.event == "late":
        return say(f"pengarna uteblir: {runs}", f"the money does not come: {runs}")
    left = percent(sign.level or 0)
    down = say(f"{whose} ligger nere", f"{whose} down") if not sign.level else f"{whose}: {left}"
    return down + (say(f" (utan {lost})", f" (without {lost})") if provider else "")


def _stage(network: Network, sign: Evidence) -> str:
    stages = network.payment[sign.payments[0][0]].stages
    return next(stage.name for stage in stages if stage.id == sign.stage)


def _some(names: list[str]) -> str:
    each = list(dict.fromkeys(names))
    more = len(each) - _NAMED
    return listed([*each[:_NAMED], say(f"{more} till", f"{more} more")] if more > 0 else each)


def measured_words(one: Measured) -> str:
    """A figure beside the most that any scenario has: "9 betalningar sena (som mest 11)"."""
    value, most = (_figure(one.name, each) for each in (one.value, one.most))
    is_one = value == "1"
    what = {
        "payments": say(
            "betalning sen" if is_one else "betalningar sena", "payment late" if is_one else "payments late"
        ),
        "actors": say("aktör drabbad" if is_one else "aktörer drabbade", "actor hit" if is_one else "actors hit"),
        "recipient_hours": say("mottagartimmar", "recipient-hours"),
        "path": say("led från orsak till verkan", "links from cause to effect"),
        "over": say(
            "körning över tolerabel försening" if is_one else "körningar över tolerabel försening",
            "run beyond tolerable delay" if is_one else "runs beyond tolerable delay",
        ),
        "hidden_from": say(
            "aktör ser inte hela orsaken" if is_one else "aktörer ser inte hela orsaken",
            "actor does not see the whole cause" if is_one else "actors do not see the whole cause",
        ),
        "distinct_signs": say(
            "första tecken" if is_one else "olika första tecken",
            "first sign" if is_one else "different first signs",
        ),
        "few_consumers": say(
            "entitet eller betalning behöver direkt det som faller"
            if is_one
            else "entiteter och betalningar behöver direkt det som faller",
            "entity or payment needs directly what fails"
            if is_one
            else "entities and payments need directly what fails",
        ),
    }[one.name]
    of = say("som minst", "at least") if one.name == "few_consumers" else say("som mest", "at most")
    return f"{value} {what} ({of} {most})"


def _figure(name: str, value: float) -> str:
    if name == "few_consumers":
        return number(round(1 / value) - 1) if value else "0"
    return about(round(value)) if name == "recipient_hours" else number(value)


def because_words(one: Proposal) -> str:
    """Why a scenario was chosen, with its figures."""
    judged = one.judged
    parts = [*(measured_words(each) for each in one.measured), _hours(judged)]
    if one.likeness:
        like = percent(round(one.likeness, 2), 0)
        parts.append(say(f"{like} likt ett tidigare förslag", f"{like} like an earlier proposal"))
    return say("Valt för: ", "Chosen for: ") + "; ".join(parts) + "."


def _hours(one: Judged) -> str:
    if one.in_working_hours:
        return say("börjar på arbetstid", "begins in working hours")
    return say("börjar utanför arbetstid", "begins outside working hours")


def lacking_words(network: Network, one: Judged) -> list[str]:
    """What of the wishes a scenario does not meet, a sentence for each."""
    found, actors = [], len(one.parts)
    if one.hidden_from < hidden_wanted(actors):
        found.append(
            say(
                f"orsaken är dold för bara {one.hidden_from} av {actors} aktörer",
                f"the cause is hidden from only {one.hidden_from} of {actors} actors",
            )
        )
    found += _clockless_words(network, one)
    if one.distinct_signs < actors:
        found.append(
            say(
                f"{actors} aktörer får bara {one.distinct_signs} olika första tecken",
                f"{actors} actors get only {one.distinct_signs} different first signs",
            )
        )
    return found


def _clockless_words(network: Network, one: Judged) -> Iterator[str]:
    """For whom there is no deadline, and for whom because the outage is over before."""
    for is_over in (False, True):
        actors = [part.actor for part in one.parts if part.clock is None and part.is_over_in_time == is_over]
        names = listed(network.entity[actor].name for actor in actors)
        if names and is_over:
            yield say(
                f"avbrottet är över före fristen för {names}", f"the outage is over before the deadline of {names}"
            )
        elif names:
            yield say(f"ingen frist att besluta under för {names}", f"no deadline to decide under for {names}")


def note_words(network: Network, one: Proposal) -> str:
    """What a scenario's file says of it: for whom it was sought, why it was chosen, and what it does not meet."""
    actors = listed(network.entity[part.actor].name for part in one.judged.parts)
    sought = say(f"Sökt för {actors}.", f"Sought for {actors}.")
    return " ".join((because_words(one), sought, *notes_of(network, one)))


def notes_of(network: Network, one: Proposal) -> list[str]:
    """What to know of a proposal before it is used: what it does not meet, and what it shares with an earlier one."""
    lacking = lacking_words(network, one.judged)
    notes = [say("Brister: ", "Falls short: ") + "; ".join(lacking) + "."] if lacking else []
    own = listed(network.entity[part.actor].name for part in one.judged.parts if part.is_out)
    if own:
        notes.append(say(f"Något eget slås ut hos {own}.", f"Something of its own is out at {own}."))
    if one.shares:
        names = listed(network.entity[entity].name for entity in one.shares)
        notes.append(
            say(
                f"{names} slås ut i ett tidigare förslag också: annars blir förslagen färre än önskat.",
                f"{names} is out in an earlier proposal too: else there would be fewer than wanted.",
            )
        )
    return notes


def totals_words(one: Judged) -> str:
    """What a scenario does to all."""
    figures = one.figures
    payouts, hours = about(figures.payouts), about(round(figures.recipient_hours))
    return say(
        f"Sena utbetalningar: {payouts}; mottagartimmar: {hours}; drabbade aktörer: {number(figures.actors)}.",
        f"Late payouts: {payouts}; recipient-hours: {hours}; actors hit: {number(figures.actors)}.",
    )


def cause_words(one: Judged, part: Part) -> str:
    """Whether an actor can know the causes."""
    if part.is_out and part.hidden:
        return say("egen, annan dold", "its own, another hidden")
    if part.is_out:
        return say("egen", "its own")
    if not part.hidden:
        return say("syns", "seen")
    if len(part.hidden) < len(one.out):
        return say("delvis dold", "partly hidden")
    return say("dold", "hidden")
