"""How kinds of entities and their states are told apart: name, shape and colour, never colour alone.

Fills of kinds are Paul Tol's "muted" scheme, which colour-blind readers can tell apart; harm is red with a mark.
"""

from dataclasses import dataclass

from beroenden.units.numbers import percent


@dataclass(frozen=True, slots=True)
class Sign:
    """How a kind is drawn.

    Attributes:
        name: In Swedish.
        shape: As vis-network calls it.
        fill: Colour.
        outline: The shape as SVG path data in a box of 20 by 20, for the legend.
    """

    name: str
    shape: str
    fill: str
    outline: str


SIGNS = {
    "supplier": Sign("Leverantör", "triangle", "#999933", "M10 2 18.5 17H1.5Z"),
    "infrastructure": Sign("Infrastruktur", "triangleDown", "#b3b3b3", "M10 18 1.5 3H18.5Z"),
    "system": Sign("System", "hexagon", "#88ccee", "M1 10 5.5 2.2H14.5L19 10 14.5 17.8H5.5Z"),
    "process": Sign(
        "Process",
        "star",
        "#ddcc77",
        "M10 1 12.4 7.2 19 7.5 13.8 11.7 15.6 18.2 10 14.5 4.4 18.2 6.2 11.7 1 7.5 7.6 7.2Z",
    ),
    "authority": Sign("Myndighet", "square", "#5a4fcf", "M2.5 2.5H17.5V17.5H2.5Z"),
    "framework_bank": Sign("Ramavtalsbank", "diamond", "#117733", "M10 1 19 10 10 19 1 10Z"),
    "bank": Sign("Bank", "dot", "#44aa99", "M10 2A8 8 0 1 1 9.99 2Z"),
    "citizens": Sign("Medborgare", "box", "#e8c5e2", "M5 4.5H15A5.5 5.5 0 0 1 15 15.5H5A5.5 5.5 0 0 1 5 4.5Z"),
}

DOWN, DEGRADED, RESERVE_LOST, UNAFFECTED = "Nere", "Nedsatt", "Reserv förlorad", "Opåverkad"
MARKS = {DOWN: "✕", DEGRADED: "◐", RESERVE_LOST: "!", UNAFFECTED: ""}

BORDER = "#59636e"
HARM = "#b2182b"
RESERVE = "#b35806"
_SLIGHT, _GRAVE = (253, 224, 208), (226, 110, 80)


def state_of(worst: float, reserve_lost: bool) -> str:
    """The state to show for a worst level."""
    if worst <= 0:
        return DOWN
    if worst < 1:
        return DEGRADED
    return RESERVE_LOST if reserve_lost else UNAFFECTED


def mark_of(state: str, worst: float) -> str:
    """The state in a few characters: "✕ 0 %", "◐ 40 %", "!"."""
    return f"{MARKS[state]} {percent(worst)}" if state in (DOWN, DEGRADED) else MARKS[state]


def harm_fill(worst: float) -> str:
    """The fill of a harmed entity: red when down, else the paler the less it has fallen."""
    if worst <= 0:
        return HARM
    mixed = [round(grave + (slight - grave) * worst) for slight, grave in zip(_SLIGHT, _GRAVE, strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed)
