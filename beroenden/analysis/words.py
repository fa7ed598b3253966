"""How needs, levels and times of a model are said."""

import re
from collections.abc import Iterable
from itertools import groupby

from beroenden.bankdays.hours import WEEKDAY_NAMES
from beroenden.language import say
from beroenden.model.entities import Failure, LogNormal, Need, Pert
from beroenden.model.network import Network
from beroenden.model.payments import Payment, Window
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import counted, number, percent
from beroenden.units.times import clock_text, month_names, weekday_names

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


def entities_in_words(count: int) -> str:
    """So many entities."""
    return counted(count, say("entitet", "entity"), say("entiteter", "entities"))


def payments_in_words(count: int) -> str:
    """So many payments."""
    return counted(count, say("betalning", "payment"), say("betalningar", "payments"))


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
    first, *later = need.endurance
    begun = duration_in_words(first.minutes)
    steps = [
        begun if first.level == 1 else f"{percent(first.level)} {say('i', 'for')} {begun}",
        *(then_until(percent(step.level), step.minutes) for step in later),
    ]
    floor = [f"{percent(need.floor)} {say('för alltid', 'for ever')}"] if need.floor else []
    return ", ".join([*steps, *floor])


def then_until(level: str, minutes: int) -> str:
    """A later step of an endurance; its time is counted from the beginning, as that of the first."""
    until = duration_in_words(minutes)
    return say(f"sedan {level} fram till {until}", f"then {level} until {until}")


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


_MONTHLY = re.compile(r"FREQ=MONTHLY(?:;BYMONTH=(?P<months>[\d,]+))?;BYMONTHDAY=(?P<days>-1|[\d,]+)")


def dates_words(payment: Payment) -> str:
    """On which dates a payment is made, before any moving; a rule that is not of a common form as it is written."""
    if payment.rrule is None:
        return ", ".join(map(str, payment.dates))
    found = _MONTHLY.fullmatch(payment.rrule)
    if found is None:
        return payment.rrule
    days = [_ordinal(int(day)) for day in found["days"].split(",")]
    of = say(" varje månad", " of every month")
    if found["months"]:
        of = say(" i ", " of ") + _listed(month_names()[int(month) - 1] for month in found["months"].split(","))
    return say("den ", "the ") + _listed(days) + of


def _ordinal(day: int) -> str:
    """A day of the month."""
    if day < 0:
        return say("sista", "last")
    swedish = f"{day}:{'a' if day in (1, 2, 21, 22, 31) else 'e'}"
    english = f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"
    return say(swedish, english)


def _listed(names: Iterable[str]) -> str:
    *others, last = names
    return ", ".join(others) + say(" och ", " and ") + last if others else last


def window_words(window: Window) -> str:
    """When something is open.

    >>> window_words(Window("hours", ("mon", "tue", "wed", "sat"), ((540, 1080), (1200, 120))))
    'Monday–Wednesday and Saturday 09:00–18:00 and 20:00–02:00 the day after'
    """
    if not window.days or not window.times:
        return say("aldrig", "never")
    return f"{_open_days(window.days)} {_listed(_open_times(*times) for times in window.times)}"


def _open_days(days: str | tuple[str, ...]) -> str:
    if days == "bank":
        return say("bankdagar", "bank days")
    if days == "all":
        return say("alla dagar", "every day")
    numbers = [number for number, name in enumerate(WEEKDAY_NAMES) if name in days]
    runs = [list(run) for _, run in groupby(numbers, key=lambda number: number - numbers.index(number))]
    names = weekday_names()
    return _listed(names[run[0]] if len(run) == 1 else f"{names[run[0]]}–{names[run[-1]]}" for run in runs)


def _open_times(start: int, end: int) -> str:
    if start == end == 0:
        return say("hela dygnet", "round the clock")
    after = say(" dagen efter", " the day after") if end <= start and end else ""
    return f"{clock_text(start)}–{clock_text(end) if end else clock_text(0).replace('00', '24', 1)}{after}"


def roll_words(roll: str) -> str:
    """What becomes of a payment date that is no bank day."""
    words = {
        "preceding": ("till bankdagen före", "to the bank day before"),
        "following": ("till bankdagen efter", "to the bank day after"),
        "nearest": ("till närmaste bankdag, vid lika den före", "to the nearest bank day, of two the one before"),
        "saturday_preceding": (
            "lördag till bankdagen före, annars till bankdagen efter",
            "Saturday to the bank day before, otherwise to the bank day after",
        ),
        "none": ("flyttas inte", "not moved"),
    }
    return say(*words[roll])
