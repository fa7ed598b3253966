"""The matters of the list of what to take up, and those that the model itself shows."""

from collections.abc import Container, Iterator

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


def same_places(network: Network, actor: str, placed_now: Container[str] = ()) -> Iterator[Entry]:
    """The payments that have the same place in the common order, an actor's among them: that is not decided.

    It is told alike whichever of the actors it is. It is taken up with the others, where the actor itself has just asked for
    the place, else with all who share it.

    Args:
        placed_now: The payments whose place the actor's own answers give.
    """
    placed: dict[int, list[Payment]] = {}
    for one in network.payments:
        if one.priority is not None:
            placed.setdefault(one.priority, []).append(one)
    for priority, tied in placed.items():
        first, *others = tied
        actors = dict.fromkeys(network.actor_of(one.payer) for one in tied)
        if others and actor in actors:
            told = f"prioritet {priority}, samma som {', '.join(one.id for one in others)}"
            about = {"ärende": SAME_PLACE, "gäller": first.id, "uppgift": told, "kommentar": ""}
            asks = any(one.id in placed_now for one in tied)
            yield about | whom_of_actors(network, [one for one in actors if one != actor or not asks] or [actor])


def whom(network: Network, about: str) -> Entry:
    """The actor that answers for an entity or payment, and how it is reached."""
    return whom_of_actors(network, [network.actor_of(network.answering(about))])


def whom_of_actors(network: Network, actors: list[str]) -> Entry:
    """How one actor is reached; of several, their names."""
    if len(actors) > 1:
        return {"ta upp med": ", ".join(network.entity[one].name for one in actors), "kontakt": ""}
    actor = network.entity[actors[0]]
    contact = actor.contact
    reached = [one for one in (contact.role, contact.channel) if one] if contact else []
    return {"ta upp med": actor.name, "kontakt": ", ".join(reached)}
