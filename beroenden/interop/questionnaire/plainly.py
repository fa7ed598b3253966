"""What is to be taken up in words for those who do not know the ids."""

import re

from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import EVERY
from beroenden.interop.questionnaire.matters import Entry
from beroenden.model.labels import TLP
from beroenden.model.network import Network

_ID = r"[a-z0-9_-]+"
_NAMED = re.compile(rf"\b(behöver|samma som|behovet av|raden för) ({_ID}(?:(?:, | / ){_ID})*)")


def in_plain_words(network: Network, answers: Answers, entry: Entry) -> str:
    """What an entry is about, with names for ids, as far as the label of the answers lets them be named."""
    one = entry["gäller"]

    def named(ids: str) -> str:
        return re.sub(_ID, lambda found: _name(network, answers, found[0]), ids)

    told = _NAMED.sub(lambda found: f"{found[1]} {named(found[2])}", entry["uppgift"])
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
