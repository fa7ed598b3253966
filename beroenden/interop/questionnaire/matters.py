"""The matters of the list of what to take up, and those that the model itself shows."""

from collections.abc import Iterator

from beroenden.interop.questionnaire.values import duration_text
from beroenden.model.network import Network
from beroenden.model.payments import Payment

DISAGREES, COMMENTS, UNKNOWN, REMARKS = "håller inte med", "kommenterar", "känt som okänt", "anteckning"
UNSURE = "står som låg säkerhet"
OUTRUN = "svar mot nyare uppgift"
UNSEEN = "syns inte för den som uppgav det"
ABSENT = "borttaget ur formuläret"
CONTRADICTS = "svaren säger emot varandra"
SAME_PLACE = "samma plats i ordningen"
ALIKE = "kan vara samma"
CLAIMED = "båda säger att den är deras"
NO_LONGER = "behöver inte längre"
AGREES = ": stämmer"
"""How it ends when what is asked is whether a need of another's is right."""

Entry = dict[str, str]


def contradictions(network: Network, actor: str) -> Iterator[Entry]:
    """What an actor says of its own parts that cannot all hold."""
    for one in network.entities:
        if network.actor_of(one.id) != actor:
            continue
        for longer, shorter in (("rto", "mtpd"), ("rta", "rto")):
            time, most = getattr(one, longer), getattr(one, shorter)
            if time is not None and most is not None and time > most:
                told = f"{longer} {duration_text(time)}, {shorter} {duration_text(most)}"
                why = f"{longer} är längre än {shorter}"
                about = {"ärende": CONTRADICTS, "gäller": one.id, "uppgift": told, "kommentar": why}
                yield about | whom(network, one.id)


def same_places(network: Network, actor: str) -> Iterator[Entry]:
    """An actor's payments that have the same place in the common order as another: that is not decided."""
    first: dict[int, Payment] = {}
    for one in network.payments:
        there = one if one.priority is None else first.setdefault(one.priority, one)
        own, other = (one, there) if network.actor_of(one.payer) == actor else (there, one)
        if there is not one and network.actor_of(own.payer) == actor:
            told = f"prioritet {own.priority}, samma som {other.id}"
            about = {"ärende": SAME_PLACE, "gäller": own.id, "uppgift": told, "kommentar": ""}
            yield about | whom(network, other.id)


def whom(network: Network, about: str) -> Entry:
    """The actor that answers for an entity or payment, and how it is reached."""
    payment = network.payment.get(about)
    actor = network.entity[network.actor_of(payment.payer if payment else about)]
    contact = actor.contact
    reached = [one for one in (contact.role, contact.channel) if one] if contact else []
    return {"ta upp med": actor.name, "kontakt": ", ".join(reached)}
