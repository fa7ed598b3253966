"""Draft questions for discussion at each kind of inject."""

from beroenden.exercise.exercise import Event
from beroenden.language import say


def questions_of(event: Event) -> str:
    """Draft questions for discussion, from facts, assumptions, measures and messages."""
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
