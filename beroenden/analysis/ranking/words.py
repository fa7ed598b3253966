"""How harm is named and written."""

from beroenden.analysis.ranking.question import Measure
from beroenden.language import say
from beroenden.units.numbers import NBSP, figure, money, number

_MEASURES: dict[Measure, tuple[str, str]] = {
    "recipient_hours": ("mottagartimmar", "recipient-hours"),
    "amount": ("försenat belopp", "amount delayed"),
    "payouts": ("sena utbetalningar", "late payouts"),
    "over_max_delay": ("betalningar försenade över det tolerabla", "payment runs beyond tolerable delay"),
    "level_hours": ("förlorade nivåtimmar", "level-hours lost"),
}


def measure_words(by: Measure) -> str:
    """What harm is measured by, as in the middle of a sentence."""
    return say(*_MEASURES[by])


def value_words(by: Measure, value: float | None, uncounted: int = 0) -> str:
    """An amount of harm; where payments of unknown size come late too it is at least that."""
    if value is None:
        return say("okänt", "unknown")
    text = _number(by, value)
    return say(f"minst {text}", f"at least {text}") if uncounted else text


def _number(by: Measure, value: float) -> str:
    """Small values to three significant digits, so that what is left and what is taken off agree."""
    if by == "amount":
        return (
            money(value)
            if value == 0 or abs(value) >= 100
            else say(f"{figure(value)}{NBSP}kr", f"SEK{NBSP}{figure(value)}")
        )
    return number(value, 1) if by == "level_hours" and abs(value) >= 100 else figure(value)
