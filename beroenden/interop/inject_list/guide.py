"""The sheet "Läs mig" of the list: what may be changed, what each column holds, how it is read back."""

from beroenden.exercise.exercise import CONTROL, Exercise
from beroenden.interop.inject_list.columns import COLUMNS
from beroenden.interop.inject_list.version import NAME
from beroenden.language import say
from beroenden.model.network import Network

COMMAND = "beroenden exercise import"


def instructions() -> tuple[str, ...]:
    """What one may do with the list, and how it is read back."""
    return (
        say(
            "Alla celler får ändras utom nr: det är på nr som ett inspel känns igen när listan läses in.",
            "Every cell may be changed except nr: an inject is recognised by its nr when the list is read.",
        ),
        say(
            "Rader och kolumner får sorteras, filtreras och flyttas. Sammanfoga inte celler och skriv inga formler.",
            "Rows and columns may be sorted, filtered and moved. Do not merge cells or write formulas.",
        ),
        say(
            "Ett nytt inspel är en ny rad med ett nytt nr. Får flera samma inspel, skrivs en rad för var och en. En rad kan kopieras "
            "hel ur en annan lista, t.ex. den förra planens, och får ett nytt nr.",
            "A new inject is a new row with a new nr. Where several get the same inject, each has a row. A row may be copied whole "
            "from another list, such as the former plan's, and gets a new nr.",
        ),
        say(
            "Ett inspel som inte ska ges får status överhoppat. En rad som tas bort ur listan finns kvar i övningen, om inte "
            f"inläsningen ska ta bort den: {COMMAND} MAPP inspel.xlsx --remove-missing.",
            "An inject that is not to be given has status överhoppat. A row that is deleted here stays in the exercise, "
            f"unless the import is told to remove it: {COMMAND} FOLDER inspel.xlsx --remove-missing.",
        ),
        say(
            "Ett inspel flyttas i tid med t_plus eller speltid: ändra den ena, så följer den andra med vid inläsningen. "
            "Skedenas tider ändras med beroenden exercise move.",
            "An inject is moved in time by t_plus or speltid: change one, and the other follows when the list is read. "
            "The times of the stages are changed by beroenden exercise move.",
        ),
        say(
            "Det som bara en person kan skriva är märkt [ATT SKRIVA: …] och gult. Det ska vara skrivet innan status blir "
            "godkänd.",
            "What only a person can write is marked [TO WRITE: …] and yellow. It must be written before status is godkänd.",
        ),
        say(
            f"Spara som .xlsx eller CSV UTF-8 och läs in med {COMMAND}. Alla fel visas på en gång, med rad och kolumn.",
            f"Save as .xlsx or CSV UTF-8 and read it with {COMMAND}. All faults are shown at once, with row and column.",
        ),
        say(
            "På liggande A4 kommer först sidorna med det som behövs när inspelen ges, nr till inspel, och sedan sidorna med "
            "resten.",
            "Printed on landscape A4, the pages with what is needed when the injects are given come first, nr to inspel, "
            "then the pages with the rest.",
        ),
        say(
            "Listan är spelledningens. Den ges inte till övade: de får bara sina egna underlag.",
            "The list is the game control's. It is not given to players: they get only their own papers.",
        ),
    )


def column_notes() -> tuple[tuple[str, str], ...]:
    """Each column, with what it holds."""
    notes = _notes()
    must = say(" Måste fyllas i.", " Must be filled in.")
    hidden = say(
        "Dold. Säger vilken övning listan är av och i vilken version. Ändras inte.",
        "Hidden. Says of which exercise the list is, and in which version. Not changed.",
    )
    return (*((one.name, notes[one.name] + (must if one.is_mandatory else "")) for one in COLUMNS), (NAME, hidden))


def _notes() -> dict[str, str]:
    return {**_notes_of_time(), **_notes_of_words(), **_notes_of_play()}


def _notes_of_time() -> dict[str, str]:
    return {
        "nr": say("Inspelets nummer. Ändras inte.", "The inject's number. Not changed."),
        "skede": say("Numret på det skede som inspelet ges i.", "The number of the stage that it is given in."),
        "t_plus": say(
            "Tid från övningens början, timmar:minuter. Även 90 min och 1,5 h läses. Den eller speltid måste fyllas i.",
            "Time since the beginning, hours:minutes. 90 min and 1.5 h are read too. Either this or speltid must be filled in.",
        ),
        "speltid": say(
            "När inspelet ges, på klockan i rummet. Bara ett klockslag är av skedets dag.",
            "When it is given, on the clock on the wall. A clock time alone means the stage's day.",
        ),
        "scenariotid": say(
            "När det händer i det tänkta förloppet. Tom: följer skedets tempo.",
            "When it happens in the fictive course of events. Empty: follows the pace of the stage.",
        ),
    }


def _notes_of_words() -> dict[str, str]:
    return {
        "från": say("Vem inspelet kommer från, i ord.", "Whom it comes from, in words."),
        "till": say("Mottagarens id enligt tabellen nedan.", "The recipient's id, from the table below."),
        "rubrik": say("Kort rubrik.", "A short title."),
        "inspel": say("Hela texten som ges.", "The whole text that is given."),
        "övningsmål": say("Vilket övningsmål det prövar.", "Which objective it tests."),
        "förväntad_åtgärd": say("Vad de övade väntas göra.", "What the players are expected to do."),
        "diskussionsfrågor": say("Frågor att ställa.", "Questions to put."),
        "reserv_för": say("Nr på det inspel som det är reserv för.", "The nr of the inject that it stands in for."),
        "ansvarig_motspel": say("Vem i motspelet som ger det (funktion).", "Who gives it (function)."),
        "underlag": say("Vad i simuleringen det vilar på.", "What of the simulation it rests on."),
    }


def _notes_of_play() -> dict[str, str]:
    made = {
        "spelat_kl": say("När det gavs. Fylls i under övningen.", "When it was given. Filled during the exercise."),
        "utfall": say("Hur det togs emot. Fylls i under övningen.", "How it was received. Filled during the exercise."),
    }
    for one in COLUMNS:
        if one.words:
            made[one.name] = ", ".join(one.words[:-1]) + say(" eller ", " or ") + one.words[-1] + "."
    return made


def recipients(exercise: Exercise, network: Network) -> tuple[tuple[str, str], ...]:
    """Ids that till may hold, with names."""
    actors = ((one, network.entity[one].name if one in network.entity else "") for one in exercise.actors)
    return (*actors, (CONTROL, say("Bara spelledningen", "The game control alone")))
