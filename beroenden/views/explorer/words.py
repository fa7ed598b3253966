"""The texts that the page's script says."""

from typing import Any

from beroenden.language import say
from beroenden.units.times import month_names, weekday_names


def script_words() -> dict[str, Any]:
    """All texts of the script in the language that is written; {gaps} are filled by it."""
    return {**_units(), **_choosing(), **_panel(), **_playing(), **_tables()}


def _units() -> dict[str, Any]:
    return {
        "weekdays": [name[:3] for name in weekday_names()],
        "months": [name[:3] for name in month_names()],
        "colon": say(".", ":"),
        "units": [say("dygn", "d"), say("tim", "h"), "min"],
        "percent": say("{number}\N{NO-BREAK SPACE}%", "{number}%"),
        "millions": say("{number}\N{NO-BREAK SPACE}Mkr", "SEK\N{NO-BREAK SPACE}{number}m"),
        "kronor": say("{number}\N{NO-BREAK SPACE}kr", "SEK\N{NO-BREAK SPACE}{number}"),
        "unknown": say("okänt", "unknown"),
        "withheld": say("beroende som inte delas", "dependency not shared"),
        "nouns": _nouns(),
    }


def _nouns() -> dict[str, tuple[str, str]]:
    """What is counted, of one and of several."""
    return {
        "groups": (say("grupp", "group"), say("grupper", "groups")),
        "late": (say("försenad", "late"), say("försenade", "late")),
        "parts": (say("del", "part"), say("delar", "parts")),
        "payouts": (say("utbetalning", "payout"), say("utbetalningar", "payouts")),
        "rows": (say("rad", "row"), say("rader", "rows")),
        "runs": (say("körning", "run"), say("körningar", "runs")),
        "times": (say("tidpunkt", "time"), say("tidpunkter", "times")),
    }


def _choosing() -> dict[str, Any]:
    return {
        "payment": say("Betalning", "Payment"),
        "noHit": say("Inget med det namnet.", "Nothing by that name."),
        "chooseOne": say("Välj ett namn i listan.", "Choose a name in the list."),
        "more": say("… och {count} till; skriv mer av namnet.", "… and {count} more; write more of the name."),
        "shown": say("Visar {some} av {all}", "Showing {some} of {all}"),
        "groups": {
            "none": "",
            "owner": say("samlade per ansvarig i {groups}", "grouped by owner in {groups}"),
            "kind": say("samlade per slag i {groups}", "grouped by kind in {groups}"),
        },
        "edgesOnDemand": say(
            "Linjerna är många och visas för det du väljer.", "The lines are many and are shown for what you choose."
        ),
        "nothingShown": say("Inget passar det du har valt.", "Nothing fits what you have chosen."),
        "around": say("Omgivning: {name}, {depth} steg", "Around: {name}, {depth} steps"),
        "narrower": say("Ett steg mindre", "One step less"),
        "wider": say("Ett steg mer", "One step more"),
        "remove": say("Ta bort: {what}", "Remove: {what}"),
        "opened": say("Öppnade grupper", "Opened groups"),
        "filter": say("Filter", "Filter"),
        "filters": {
            "kind": say("Slag", "Kind"),
            "owner": say("Ansvarig", "Owner"),
            "state": say("Som sämst under avbrottet", "At worst during the outage"),
            "label": say("Märkning", "Label"),
            "confidence": say("Tillförlitlighet", "Confidence"),
            "age": say("Verifierad", "Verified"),
        },
        "confidence": {
            "high": say("hög", "high"),
            "medium": say("medel", "medium"),
            "low": say("låg", "low"),
            "none": say("okänd", "unknown"),
        },
        "age": {
            "year": say("senaste året", "within a year"),
            "older": say("för mer än ett år sedan", "over a year ago"),
            "none": say("aldrig", "never"),
        },
        "all": say("Alla", "All"),
        "none": say("Inga", "None"),
    }


def _panel() -> dict[str, Any]:
    return {
        "back": say("← Tillbaka", "← Back"),
        "groupOf": say("{count} som visas som en", "{count} shown as one"),
        "open": say("Visa delarna", "Show the parts"),
        "close": say("Samla igen", "Group again"),
        "members": say("Delar", "Parts"),
        "showAround": say("Visa omgivningen", "Show surroundings"),
        "pathFrom": say("Väg härifrån …", "Path from here …"),
        "showChain": say("Visa bara betalningens kedja", "Show only the payment's chain"),
        "why": say("Varför", "Why"),
        "levelFrom": say("{level} från {time}", "{level} from {time}"),
        "endOfPeriod": say("periodens slut", "the end of the period"),
        "noReserve": say("går på reserv", "on its reserve"),
        "when": say("När (modellberäknat)", "When (computed)"),
        "needs": say("Behöver", "Needs"),
        "neededBy": say("Behövs av", "Needed by"),
        "crossing": say("Betalningar som beror på den", "Payments that depend on it"),
        "nothing": say("Inget annat i modellen.", "Nothing else in the model."),
        "stages": say("Steg och vad de behöver", "Stages and what they need"),
        "noStages": say("Inga steg i modellen.", "No stages in the model."),
        "pathTitle": say("Väg mellan två", "Path between two"),
        "pathSteps": say("Så sprids ett bortfall, kortaste vägen", "How a failure spreads, by the shortest path"),
        "morePaths": say("Kartan visar alla lika korta vägar.", "The map shows all equally short paths."),
        "noPath": say(
            "Varken {one} eller {other} beror på den andra, och ingen betalning går genom båda.",
            "Neither {one} nor {other} depends on the other, and no payment crosses both.",
        ),
        "onlyPayments": say(
            "{one} och {other} möts bara i betalningarna; ingen av dem behöver den andra för sin egen drift.",
            "{one} and {other} meet in payments only; neither needs the other for its own operation.",
        ),
        "shared": say("Båda beror på", "Both depend on"),
        "joining": say("Betalningar som går genom båda", "Payments that cross both"),
        "nothingShared": say("Inget gemensamt i modellen.", "Nothing in common in the model."),
        "endures": say(
            "Uthålligheten räcker till {time} ({left} kvar); är leveransen inte åter då: {level}.",
            "The endurance lasts until {time} ({left} left); if supply is not back by then: {level}.",
        ),
        "lastStep": say("Det sista av uthålligheten.", "The last of the endurance."),
        "supplyChanges": say("Leveransen ändras {time}.", "The supply changes {time}."),
        "without": say("Utan full leverans från {providers}.", "Without full supply from {providers}."),
        "reserveLost": say("Går på reserv: bara {left} kvar av {all}.", "On its reserve: only {left} left of {all}."),
        "restored": say("Återställd", "Restored"),
        "asOf": say("Läget {time}", "As of {time}"),
        "pays": say("Betalar", "Pays"),
        "receives": say("Får", "Receives"),
        "togetherWith": say(
            "tillsammans med {others}; någon av dem hade räckt", "together with {others}; any would have done"
        ),
    }


def _playing() -> dict[str, Any]:
    return {
        "play": say("▶ Spela", "▶ Play"),
        "pause": say("❚❚ Pausa", "❚❚ Pause"),
        "slow": say("långsamt", "slow"),
        "medium": say("lagom", "medium"),
        "fast": say("snabbt", "fast"),
        "ofAll": say("{some} av {all}", "{some} of {all}"),
        "atLeast": say("minst {text}", "at least {text}"),
        "andMore": say("och {groups} till", "and {groups} more"),
        "earlier": say("… {times} tidigare", "… {times} earlier"),
        "later": say("… {times} senare", "… {times} later"),
        "moreEvents": say("… och {count} till; se tabellen", "… and {count} more; see the table"),
        "nobody": say("ingen", "nobody"),
        "runs": say("Körningar i perioden", "Runs in the period"),
        "onTime": say("Planerad {planned}: i tid.", "Planned {planned}: on time."),
        "late": say("Planerad {planned}: klar {completed}.", "Planned {planned}: complete {completed}."),
        "notCompleted": say(
            "Planerad {planned}: inte klar inom perioden.", "Planned {planned}: not complete within the period."
        ),
        "latest": say("Senaste återställning {time}.", "Latest recovery {time}."),
        "unknownPayouts": say("okänt antal utbetalningar", "an unknown number of payouts"),
        "unknownAmount": say("okänt belopp", "an unknown amount"),
        "over": say("Över det tolerabla.", "Over the tolerable delay."),
        "cause": say("Orsak: {causes}.", "Cause: {causes}."),
        "about": say("cirka", "about"),
        "unknownLate": say("okänt antal försenade", "an unknown number late"),
        "noLost": say("inga", "none"),
        "any": say("Hinner ändå.", "In time anyway."),
        "too_late": say("För sent att hinna.", "Too late to be in time."),
        "inTime": say("I tid", "On time"),
        "lateShort": say("Sen", "Late"),
    }


def _tables() -> dict[str, Any]:
    return {
        "copy": say("Kopiera till kalkylblad", "Copy to a spreadsheet"),
        "copied": say("Kopierat: {rows}", "Copied: {rows}"),
        "notCopied": say("Kopieringen hindrades av webbläsaren", "The browser did not allow copying"),
    }
