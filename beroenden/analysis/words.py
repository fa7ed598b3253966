"""How needs, levels and times of a model are said."""

from beroenden.language import say
from beroenden.model.entities import Failure, LogNormal, Need, Pert
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number, percent

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


def failure_words(failure: Failure) -> str:
    """How often something fails and for how long, or how much of the time it is unavailable."""
    parts = []
    if failure.per_year is not None:
        times = number(failure.per_year, 3)
        parts.append(say(f"{times} gånger om året", f"{times} times a year"))
    if failure.duration is not None:
        parts.append(_length_words(failure.duration))
    if failure.unavailability is not None:
        parts.append(
            say("otillgänglig ", "unavailable ") + percent(failure.unavailability, 4) + say(" av tiden", " of the time")
        )
    return ", ".join(parts)


def _length_words(length: int | Pert | LogNormal) -> str:
    if isinstance(length, int):
        return duration_in_words(length)
    if isinstance(length, Pert):
        least, mode, most = map(duration_in_words, (length.min, length.mode, length.max))
        return say(f"{least} till {most}, oftast {mode}", f"{least} to {most}, mostly {mode}")
    half, most = duration_in_words(length.p50), duration_in_words(length.p90)
    return say(f"hälften inom {half}, nio av tio inom {most}", f"half within {half}, nine in ten within {most}")
