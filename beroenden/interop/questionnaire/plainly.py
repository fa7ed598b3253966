"""What is to be taken up in words for those who do not know the ids."""

import re

from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import EVERY
from beroenden.interop.questionnaire.matters import Entry
from beroenden.model.labels import TLP
from beroenden.model.network import Network

_NAMED = re.compile(r"\b(behöver|samma som) ([a-z0-9_-]+)")
_NEED = re.compile(r"behov (\d+)(?=: )")


def in_plain_words(network: Network, answers: Answers, entry: Entry) -> str:
    """What an entry is about, with names for ids, as far as the label of the answers lets them be named."""
    one = entry["gäller"]
    told = _NAMED.sub(lambda found: f"{found[1]} {_name(network, answers, found[2])}", entry["uppgift"])
    told = _NEED.sub(lambda found: _need(network, answers, one, int(found[1]) - 1) or found[0], told)
    about = _name(network, answers, one)
    if told.startswith(about):
        return told
    return f"{about} {told}" if told.startswith("behöver ") else f"{about}: {told}"


def may_be_named(network: Network, one: str, answers: Answers) -> bool:
    """Whether the label of answers lets an entity or payment be named."""
    return TLP.index(network.label_of(one)) <= TLP.index(answers.label)


def _name(network: Network, answers: Answers, one: str) -> str:
    """The name of an entity, a payment or a stage; of anything else itself."""
    if one in network.entity:
        return network.entity[one].name if may_be_named(network, one, answers) else one
    paid, _, stage = one.partition("/")
    payments = [known for known in network.payments if paid in (known.id, EVERY)]
    payments = [known for known in payments if may_be_named(network, known.id, answers)]
    if not stage:
        return payments[0].name if payments else one
    name = next((step.name for payment in payments for step in payment.stages if step.id == stage), "")
    whose = "betalningarna" if paid == EVERY else payments[0].name if payments else ""
    return f"{name or stage} ({whose})" if payments else one


def _need(network: Network, answers: Answers, entity: str, index: int) -> str:
    """Of whom a need is, that had an index before those that the answers take away."""
    gone = [change.need or 0 for change in answers.changes if change.kind == "removed" and change.id == entity]
    needs = network.entity[entity].needs if entity in network.entity and index not in gone else ()
    at = index - sum(one < index for one in gone)
    if at >= len(needs):
        return ""
    return f"behovet av {' / '.join(_name(network, answers, one) for one in needs[at].providers)}"
