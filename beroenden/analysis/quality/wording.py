"""Questions to the owners, and what hangs on the answers, in words."""

from beroenden.analysis.gaps.wording import listed
from beroenden.analysis.quality.doubts import TRIED, Doubt
from beroenden.analysis.quality.questions import Question, Questions
from beroenden.analysis.words import endurance_words
from beroenden.language import say
from beroenden.model.entities import Contact
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, figure, percent


def field_words(field: str) -> str:
    """What a field is called in a table of what is known."""
    words = {
        "owner": say("ansvarig", "responsible"),
        "contact": say("kontaktfunktion", "contact function"),
        "mtpd": say("acceptabel avbrottstid (mtpd)", "tolerable outage (mtpd)"),
        "rto": say("återställningstid (rto)", "recovery time (rto)"),
        "rta": say("visad återställningstid (rta)", "recovery time shown (rta)"),
        "verified": say("kontrolldatum", "day of verification"),
        "source": say("källa", "source"),
        "endurance": say("uthållighet", "endurance"),
        "expects": say("förväntad återställningstid", "expected recovery time"),
        "count": say("antal mottagare", "number of recipients"),
        "amount": say("belopp", "amount"),
        "max_delay": say("tolerabel försening", "tolerable delay"),
    }
    return words[field]


def confidence_words(confidence: str) -> str:
    """A confidence in a table."""
    words = {
        "high": say("hög", "high"),
        "medium": say("medel", "medium"),
        "low": say("låg", "low"),
        "unknown": say("ej angiven", "not stated"),
    }
    return words[confidence]


def question_words(one: Question, network: Network) -> str:
    """The question, as one would put it."""
    consumer, providers = _consumer(one.doubt, network), _providers(one.doubt, network)
    if one.doubt.is_unknown:
        return say(
            f"Hur länge klarar sig {consumer} utan {providers}?",
            f"How long does {consumer} manage without {providers}?",
        )
    registered = endurance_words(one.doubt.need)
    return say(
        f"Hur länge klarar sig {consumer} utan {providers}? Registrerat med låg tillförlitlighet: {registered}.",
        f"How long does {consumer} manage without {providers}? Registered with low confidence: {registered}.",
    )


def to_whom(one: Question, network: Network) -> str:
    """The owner's function, never a person."""
    consumer = network.entity.get(one.doubt.consumer)
    actor = network.entity[one.doubt.actor]
    contact = next((each for each in (consumer and consumer.contact, actor.contact) if each), Contact())
    parts = [part for part in (contact.role, contact.channel) if part]
    lacking = say("kontaktfunktion saknas i modellen", "no contact function in the model")
    return f"{network.spoken[actor.id]}: {', '.join(parts) or lacking}"


def hangs_words(one: Question, found: Questions, network: Network) -> str:
    """What hangs on the answer."""
    texts = [_hours_words(one, found, network)] if one.change else []
    return " ".join([*texts, *([_late_words(one, network)] if one.uncounted else [])])


def _answers_words(one: Question) -> str:
    if one.doubt.is_unknown:
        return say(f"{duration_in_words(TRIED)} i stället för 0", f"{duration_in_words(TRIED)} instead of 0")
    return say("Hälften eller det dubbla", "Half or double")


def _hours_words(one: Question, found: Questions, network: Network) -> str:
    answers, share = _answers_words(one), percent(one.change / found.mean) if found.mean else "–"
    worst = network.spoken[one.worst]
    least, most, change = map(_hours, (one.worst_least, one.worst_most, one.change))
    return say(
        f"{answers} ändrar medelvärdet med {change} mottagartimmar per avbrott ({share}); mest vid avbrott i "
        f"{worst}: {least} till {most}.",
        f"{answers} changes the mean by {change} recipient-hours an outage ({share}); most in an "
        f"outage of {worst}: {least} to {most}.",
    )


def _hours(value: float) -> str:
    return about(round(value)) if value >= 1000 else figure(value)


def _late_words(one: Question, network: Network) -> str:
    """How much later payments of unknown count become."""
    names = listed([network.spoken[payment] for payment, _ in one.uncounted])
    upto = say("upp till ", "up to ") if len(one.uncounted) > 1 else ""
    hours, worst = figure(one.uncounted[0][1]), network.spoken[one.worst]
    sv, en = f"i medeltal med {upto}{hours} tim per avbrott", f"on average by {upto}{hours} h an outage"
    if one.change:
        return say(
            f"Dessutom ändras hur sent {names} kommer, {sv}; antalet mottagare är okänt.",
            f"It also changes how late {names} comes, {en}; the number of recipients is unknown.",
        )
    return say(
        f"{_answers_words(one)} ändrar hur sent {names} kommer, {sv}; mest vid avbrott i {worst}. Antalet mottagare är okänt, så "
        "det ger inga mottagartimmar.",
        f"{_answers_words(one)} changes how late {names} comes, {en}; most in an outage of {worst}. The number of recipients is "
        "unknown, so it gives no recipient-hours.",
    )


def _consumer(doubt: Doubt, network: Network) -> str:
    if doubt.stage is None:
        return network.spoken[doubt.consumer]
    payment = network.payment[doubt.consumer]
    stage = payment.stages[doubt.stage].name
    return say(f"{network.spoken[payment.id]}, steget {stage},", f"{network.spoken[payment.id]}, stage {stage},")


def _providers(doubt: Doubt, network: Network) -> str:
    names = [network.spoken[provider] for provider in doubt.need.providers]
    return say(" och ", " and ").join(filter(None, (", ".join(names[:-1]), names[-1])))
