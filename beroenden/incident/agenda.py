"""The agenda of a samverkanskonferens in FSPOS' order and wording, by what the conference is for."""

from dataclasses import dataclass
from typing import Literal

from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say

Purpose = Literal["information", "picture", "actions", "messages"]
PURPOSES: tuple[Purpose, ...] = ("information", "picture", "actions", "messages")
_POINTS: dict[Purpose, tuple[int, ...]] = {
    "information": (1, 2),
    "picture": (1, 2),
    "actions": (1, 2, 3),
    "messages": (1, 2, 4),
}
"""Which of FSPOS' four points a purpose calls for: measures and messages are coordinated on facts and a prognosis."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A point of the agenda and those under it."""

    text: str
    points: tuple[str, ...] = ()


def purpose_in_words(purpose: Purpose) -> str:
    """A purpose, in FSPOS' wording."""
    words = {
        "information": say(
            "Dela enskilda aktörers lägesbild (informationsdelning)",
            "Share the individual actors' situation reports (information sharing)",
        ),
        "picture": say(
            "Upprätta en samlad lägesbild inom sektorn", "Establish a joint situation picture within the sector"
        ),
        "actions": say("Samordnande åtgärder för att hantera händelsen", "Coordinate measures to handle the event"),
        "messages": say(
            "Koordinera budskap och informationsgivning (allmänhet/media/kunder/anställda)",
            "Coordinate messages and information (to the public/media/customers/staff)",
        ),
    }
    return words[purpose]


def functions_for(purpose: Purpose) -> tuple[str, ...]:
    """Which functions a purpose calls for; FSPOS' examples."""
    if purpose == "messages":
        return (say("informatör", "information officer"),)
    if purpose == "actions":
        return (say("krisledare", "crisis manager"), say("verksamhetsansvarig", "head of operations"))
    return (say("samverkansansvarig", "cooperation officer"),)


def agenda(purposes: tuple[Purpose, ...], is_feared: bool, is_planned: bool = False) -> tuple[AgendaItem, ...]:
    """FSPOS' agenda; the points in which the actors report keep its numbers."""
    summed = {
        "information": say("informationsdelning", "information sharing"),
        "picture": say("samlad lägesbild", "joint situation picture"),
        "actions": say("koordinerade åtgärder", "coordinated measures"),
        "messages": say("koordinerat budskap", "coordinated message"),
    }
    goals = listed(summed[one] for one in PURPOSES if one in purposes)
    return (
        AgendaItem(say("Närvarokontroll", "Attendance check")),
        AgendaItem(
            say("Säkerställ att sekreteraren loggför mötet", "Make sure that the secretary keeps a log of the meeting")
        ),
        AgendaItem(
            say("Presentera syfte med mötet", "Present the purpose of the meeting"),
            tuple(purpose_in_words(one) for one in PURPOSES if one in purposes),
        ),
        AgendaItem(
            say(
                "Respektive deltagande aktör redogör för följande", "Each participating actor reports on the following"
            ),
            _points(purposes, is_feared, is_planned),
        ),
        AgendaItem(
            say(
                f"Summering kopplat till syftet med mötet ({goals})",
                f"Summing up against the purpose of the meeting ({goals})",
            )
        ),
        AgendaItem(say("Sammanfattning av beslut/åtgärder", "Summary of decisions/measures")),
        AgendaItem(
            say(
                "Beslut om nästa samling (tid, form, syfte och agenda)",
                "Decision on the next meeting (time, form, purpose and agenda)",
            )
        ),
    )


def _points(purposes: tuple[Purpose, ...], is_feared: bool, is_planned: bool) -> tuple[str, ...]:
    event = say("befarad händelse", "the feared event") if is_feared else say("inträffad händelse", "the event")
    if is_planned:
        event = say("planerad händelse", "the planned event")
    points = (
        say(f"Fakta om {event}", f"Facts about {event}"),
        say(f"Prognos för {event}", f"Prognosis for {event}"),
        say("Behov avseende koordinering av åtgärder", "Needs for coordination of measures"),
        say("Behov avseende koordinering av budskap", "Needs for coordination of messages"),
    )
    numbers = sorted({number for purpose in purposes for number in _POINTS[purpose]})
    return tuple(f"{number}. {points[number - 1]}" for number in numbers)
