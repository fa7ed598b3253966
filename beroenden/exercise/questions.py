"""Draft questions for discussion at each kind of inject."""

from typing import Literal

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.causes import first_late
from beroenden.exercise.exercise import Event, Evidence
from beroenden.language import say

Part = Literal["pays", "carries", "neither", "knows"]
"""What a player has to do with what it is told: knows is that it can tell others, who may not know."""


def questions_of(event: Event, part: Part = "pays", *, is_too_late: bool = False) -> str:
    """Draft questions for discussion, from facts, assumptions, measures and messages.

    Args:
        part: The player pays, carries the payments of others, or does neither; or it is what only the player itself knows.
        is_too_late: The deadline has passed: what is not done can no longer be done in time.
    """
    if part == "knows":
        return say(
            "Det här vet ni. Vem behöver få veta det, när, och av vem?",
            "This is what you know. Who needs to know it, when, and from whom?",
        )
    if event == "level" and part != "pays":
        return _without_payments_of_its_own(part)
    if event == "stage" and is_too_late:
        event = "cutoff"
    asked: dict[Event, tuple[str, str]] = {
        "supply": (
            "Vad vet ni, och vad antar ni? Hur länge klarar ni er, och vem behöver få veta det?",
            "What do you know, and what do you assume? How long can you go on, and who needs to know?",
        ),
        "level": (
            "Vad vet ni, och vad antar ni? Vilka av era utbetalningar kan beröras, och när?",
            "What do you know, and what do you assume? Which of your payments may be affected, and when?",
        ),
        "reserve": (
            "Vad gör ni om även den sista reserven faller?",
            "What do you do if the last reserve falls as well?",
        ),
        "stage": (
            "Till när måste det vara löst för att pengarna ska komma i tid? Vem beslutar?",
            "By when must it be solved for the money to come in time? Who decides?",
        ),
        "cutoff": (
            "Vad betyder det för mottagarna? Vad kan göras i stället, och vem beslutar?",
            "What does it mean for the recipients? What can be done instead, and who decides?",
        ),
        "late": (
            "Vilka drabbas hårdast? Vad säger ni, till vem, och tillsammans med vilka?",
            "Who is hit hardest? What do you say, to whom, and together with whom?",
        ),
        "question": (
            "Vilket är ert budskap till mottagarna nu? Säger andra myndigheter detsamma?",
            "What is your message to the recipients now? Do other authorities say the same?",
        ),
        "media": (
            "Vad kan ni säga säkert? Vem svarar, och är det avstämt med andra?",
            "What can you say for certain? Who answers, and has it been agreed with others?",
        ),
        "service": (
            "Berör det er? Vilka frågor kommer till er?",
            "Does it concern you? Which questions will come to you?",
        ),
        "rumour": (
            "Hur prövar ni uppgiften? Hur skriver ni den i lägesbilden?",
            "How do you test this? How do you put it in your situation report?",
        ),
        "denial": (
            "Vad i er lägesbild behöver rättas?",
            "What in your situation report needs to be corrected?",
        ),
        "unconfirmed": (
            "Vem kan bekräfta det? Vad gör ni redan nu?",
            "Who can confirm it? What do you do already?",
        ),
        "cause": (
            "Hur ändras prognosen? Vilka frister gäller nu?",
            "How does the prognosis change? Which deadlines hold now?",
        ),
        "fault": (
            "Vilka är det som är utan pengar, och hur får de dem? Vad säger ni till dem?",
            "Who are without their money, and how do they get it? What do you say to them?",
        ),
        "restored": (
            "Vad återstår? Vilka ska få veta det?",
            "What remains? Who should know?",
        ),
        "completed": (
            "Vad följer ni upp?",
            "What do you follow up?",
        ),
    }  # fmt: skip
    return say(*asked[event]) if event in asked else ""


def is_too_late(outcome: Outcome, evidence: Evidence, at: int) -> bool:
    """Whether the deadline of every late payment that something is about has passed at an instant."""
    found = [first_late(outcome, run).deadline for run in outcome.late_runs if run.key in evidence.payments]
    return bool(found) and all(deadline is None or deadline < at for deadline in found)


def _without_payments_of_its_own(part: Part) -> str:
    """What one who pays nothing is asked when something of its own fails."""
    if part == "carries":
        return say(
            "Vad vet ni, och vad antar ni? Vilka betalningar går genom det, och vems är de?",
            "What do you know, and what do you assume? Which payments go through it, and whose are they?",
        )
    return say(
        "Vad vet ni, och vad antar ni? Vilka andra kan beröras, och när?",
        "What do you know, and what do you assume? Who else may be affected, and when?",
    )
