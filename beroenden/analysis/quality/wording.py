"""Questions to the owners, and what hangs on the answers, in words."""

from beroenden.analysis.quality.doubts import TRIED, Doubt
from beroenden.analysis.quality.questions import Question, Questions
from beroenden.analysis.words import endurance_words
from beroenden.language import say
from beroenden.model.entities import Contact
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, percent


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
    return f"{spoken(actor.name)}: {', '.join(parts) or lacking}"


def hangs_words(one: Question, found: Questions, network: Network) -> str:
    """What hangs on the answer."""
    answers = (
        say(f"{duration_in_words(TRIED)} i stället för 0", f"{duration_in_words(TRIED)} instead of 0")
        if one.doubt.is_unknown
        else say("Hälften eller det dubbla", "Half or double")
    )
    share = percent(one.change / found.mean) if found.mean else "–"
    worst = spoken(network.entity[one.worst].name)
    least, most = about(round(one.worst_least)), about(round(one.worst_most))
    return say(
        f"{answers} ändrar medelvärdet med {about(round(one.change))} mottagartimmar per avbrott ({share}); mest vid avbrott i "
        f"{worst}: {least} till {most}.",
        f"{answers} changes the mean by {about(round(one.change))} recipient-hours an outage ({share}); most in an "
        f"outage of {worst}: {least} to {most}.",
    )


def _consumer(doubt: Doubt, network: Network) -> str:
    if doubt.stage is None:
        return spoken(network.entity[doubt.consumer].name)
    payment = network.payment[doubt.consumer]
    stage = payment.stages[doubt.stage].name
    return say(f"{spoken(payment.name)}, steget {stage},", f"{spoken(payment.name)}, stage {stage},")


def _providers(doubt: Doubt, network: Network) -> str:
    names = [spoken(network.entity[provider].name) for provider in doubt.need.providers]
    return say(" och ", " and ").join(filter(None, (", ".join(names[:-1]), names[-1])))
