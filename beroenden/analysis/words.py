"""How needs, levels and times of a model are said."""

from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import percent

KINDS = {
    "authority": ("myndighet", "authority"),
    "framework_bank": ("ramavtalsbank", "framework bank"),
    "bank": ("bank", "bank"),
    "supplier": ("leverantör", "supplier"),
    "system": ("system", "system"),
    "infrastructure": ("infrastruktur", "infrastructure"),
    "process": ("process", "process"),
    "citizens": ("medborgare", "citizens"),
}


def kind_words(kind: str) -> str:
    """The kind of an entity."""
    return say(*KINDS[kind])


def duration_words(minutes: int | None) -> str:
    """A duration, or that it is unknown."""
    return say("okänd", "unknown") if minutes is None else duration_in_words(minutes)


def level_words(level: float) -> str:
    """A level as what is left."""
    return say("nere", "down") if level <= 0 else f"{percent(level)} {say('kvar', 'left')}"


def providers_words(need: Need, network: Network) -> str:
    """Who delivers a need, and how many of them it takes."""
    names = [network.entity[provider].name for provider in need.providers]
    if need.form == "provider":
        return names[0]
    if need.form == "any_of":
        return say(f"minst {need.at_least} av: ", f"at least {need.at_least} of: ") + ", ".join(names)
    return " + ".join(f"{name} {percent(share)}" for name, share in zip(names, need.shares, strict=True))


def endurance_words(need: Need) -> str:
    """How long one does without."""
    if need.endurance is None:
        return say("okänd (räknas som 0)", "unknown (counts as 0)")
    steps = [
        duration_in_words(step.minutes)
        if step.level == 1
        else f"{percent(step.level)} {say('i', 'for')} {duration_in_words(step.minutes)}"
        for step in need.endurance
    ]
    floor = [f"{percent(need.floor)} {say('för alltid', 'for ever')}"] if need.floor else []
    return ", ".join([*steps, *floor])
