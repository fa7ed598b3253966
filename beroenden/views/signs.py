"""How kinds of entities and their states are told apart: shape, colour and letter or mark, never colour alone.

Fills of kinds are Paul Tol's "muted" scheme, which colour-blind readers can tell apart; harm is red with a mark.
"""

from dataclasses import dataclass
from typing import Literal

from beroenden.language import say
from beroenden.units.numbers import percent


@dataclass(frozen=True, slots=True)
class Sign:
    """How a kind is drawn.

    Attributes:
        letters: What stands in the shape, in Swedish and in English; empty where the name stands inside.
        fill: Colour.
        ink: Colour of the letter upon it.
        outline: The shape as SVG path data in a box of 20 by 20.
    """

    letters: tuple[str, str]
    fill: str
    ink: str
    outline: str

    @property
    def letter(self) -> str:
        """What stands in the shape."""
        return say(*self.letters)


_DARK, _LIGHT = "#1b1f24", "#ffffff"

SIGNS = {
    "supplier": Sign(("L", "S"), "#999933", _DARK, "M10 2 18.5 17H1.5Z"),
    "infrastructure": Sign(("I", "I"), "#b3b3b3", _DARK, "M10 18 1.5 3H18.5Z"),
    "system": Sign(("S", "Y"), "#88ccee", _DARK, "M1 10 5.5 2.2H14.5L19 10 14.5 17.8H5.5Z"),
    "process": Sign(
        ("P", "P"),
        "#ddcc77",
        _DARK,
        "M10 1 12.4 7.2 19 7.5 13.8 11.7 15.6 18.2 10 14.5 4.4 18.2 6.2 11.7 1 7.5 7.6 7.2Z",
    ),
    "authority": Sign(("M", "A"), "#5a4fcf", _LIGHT, "M2.5 2.5H17.5V17.5H2.5Z"),
    "framework_bank": Sign(("R", "F"), "#117733", _LIGHT, "M10 1 19 10 10 19 1 10Z"),
    "bank": Sign(("B", "B"), "#44aa99", _DARK, "M10 2A8 8 0 1 1 9.99 2Z"),
    "citizens": Sign(("", ""), "#e8c5e2", _DARK, "M5 4.5H15A5.5 5.5 0 0 1 15 15.5H5A5.5 5.5 0 0 1 5 4.5Z"),
}

State = Literal["down", "degraded", "waiting", "reserve", "endures", "unharmed"]
"""How something fares: at 0; below 1; its money overdue; on its last reserve; on its endurance; as usual."""

STATES: tuple[State, ...] = ("down", "degraded", "waiting", "reserve", "endures", "unharmed")
MARKS: dict[State, str] = {
    "down": "✕",
    "degraded": "◐",
    "waiting": "kr",
    "reserve": "!",
    "endures": "◷",
    "unharmed": "",
}

HARM = "#b2182b"
RESERVE = "#b35806"
ENDURES = "#0b5394"
BORDER = "#59636e"
SLIGHT, GRAVE = (253, 224, 208), (226, 110, 80)
"""The fills between which a degraded entity's lies, by its level."""


def state_words(state: State) -> str:
    """A state, as a legend says it."""
    words = {
        "down": ("Nere", "Down"),
        "degraded": ("Nedsatt", "Degraded"),
        "waiting": ("Väntar på pengar", "Waiting for money"),
        "reserve": ("Går på reserv", "On its reserve"),
        "endures": ("Lever på uthållighet", "Living on endurance"),
        "unharmed": ("Opåverkad", "Unaffected"),
    }
    return say(*words[state])


def state_of(worst: float, reserve_lost: bool, endures: bool = False) -> State:
    """The state to show for a worst level."""
    if worst <= 0:
        return "down"
    if worst < 1:
        return "degraded"
    if reserve_lost:
        return "reserve"
    return "endures" if endures else "unharmed"


def mark_of(state: State, worst: float) -> str:
    """The state in a few characters: "✕ 0 %", "◐ 40 %", "!"."""
    return f"{MARKS[state]} {percent(worst)}" if state in ("down", "degraded") else MARKS[state]
