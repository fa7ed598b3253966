"""What of an inject goes where in OpenAEV, alike in the scenario and in the sheet.

Players see nothing of an inject there: manual injects send nothing. All that the game control has in its list stands in
the description, which the game control reads; a team is only who it concerns.
"""

from collections import Counter

from beroenden.exercise.exercise import CONTROL, Exercise, Inject
from beroenden.exercise.phrases import is_gap
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import UNPRINTABLE, visible
from beroenden.units.times import short_time, time_zone

MANUAL = "d02e9132-b9d0-4daa-b3b1-4b9871f8472c"
"""The injector contract of manual injects: somebody gives them; the platform sends nothing."""
SCORE = 100


def team_names(exercise: Exercise, network: Network) -> dict[str, str]:
    """Name of each player's team, by actor: without commas, which part teams in the sheet, and no two alike."""
    plain = {actor: visible(network.entity[actor].name).replace(",", "") for actor in exercise.actors}
    count = Counter(name.casefold() for name in plain.values())
    return {actor: f"{name} ({actor})" if count[name.casefold()] > 1 else name for actor, name in plain.items()}


def is_by_the_clock(inject: Inject) -> bool:
    """Whether it is given when its time comes: no reserve, and not skipped."""
    return inject.kind != "reservinspel" and inject.status != "överhoppat"


def seconds(exercise: Exercise, inject: Inject) -> int:
    """From the start of the exercise."""
    return max(0, inject.play - exercise.play_start) * 60


def title(inject: Inject) -> str:
    """The title, with its number in the list first."""
    return f"{inject.number}. {visible(inject.title)}"


def expectation(inject: Inject) -> str:
    """What a player is expected to do, where a person has written all of it; "" for what no player gets."""
    return printable(inject.expected).strip() if inject.is_for_players and not is_gap(inject.expected) else ""


def description(inject: Inject, exercise: Exercise, network: Network) -> str:
    """All of an inject for the game control, a line for each thing that is given."""
    zone = time_zone(network.timezone)
    to = say(CONTROL, "the game control") if inject.to == CONTROL else network.entity[inject.to].name
    reserve = say(f"nr {inject.reserve_for}", f"no. {inject.reserve_for}") if inject.reserve_for is not None else ""
    lines = (
        (say("Från", "From"), inject.sender),
        (say("Till", "To"), to),
        (say("Form", "Form"), inject.form),
        (say("Typ", "Kind"), inject.kind),
        (say("Scenariotid", "Scenario time"), short_time(inject.time, zone)),
        (say("Inspel", "Inject"), inject.text),
        (say("Övningsmål", "Objective"), inject.objective),
        (say("Förväntad åtgärd", "Expected action"), inject.expected),
        (say("Diskussionsfrågor", "Questions to discuss"), inject.questions),
        (say("Reserv för", "Reserve for"), reserve),
        (say("Ansvarig i motspelet", "Responsible controller"), inject.responsible),
        (say("Underlag", "Basis"), inject.basis),
        (say("Status", "Status"), inject.status),
    )
    label = exercise.tlp or network.tlp  # of the game control's papers: more is told here than what the player gets
    told = [f"{heading}: {printable(value)}" for heading, value in lines if value.strip()]
    return "\n".join([f"{label} {say('ÖVNING', 'EXERCISE')}", *told])


def printable(text: str) -> str:
    """The text with what a database or sheet refuses as U+FFFD."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
