"""The words of the questionnaire: what it is for, how it is answered, what each column holds."""

from beroenden.interop.questionnaire.columns import NEEDS, OTHERS, PAYMENTS, RESOURCES, Column, Part
from beroenden.interop.questionnaire.content import Form
from beroenden.language import say
from beroenden.modelfiles.findings import visible

_MINUTES = {RESOURCES.name: 3, NEEDS.name: 2, PAYMENTS.name: 3, OTHERS.name: 0.5}
"""What a row takes, roughly: look it up, ask a colleague now and then."""


def earlier_notes() -> tuple[str, ...]:
    """What the help on headings said in forms that may still come back."""
    return (
        say(
            "Vem uppgifterna får delas med (TLP 2.0). Tomt: modellens egen märkning.",
            "With whom the data may be shared (TLP 2.0). Empty: the label of the model.",
        ),
        say("Den som behöver er.", "Who needs you."),
        say("ja eller nej: är det så, och lovar ni det?", "ja or nej: is that so, and do you promise it?"),
    )


def title_of(form: Form) -> str:
    """The title of the questionnaire."""
    return f"{say('Formulär om beroenden', 'Questionnaire on dependencies')} – {visible(form.actor.name)[:100]}"


def facts(form: Form, reply_to: str) -> tuple[tuple[str, str], ...]:
    """What the questionnaire says of itself; by whose it is, its label, its form and its day it is known when it comes back."""
    return (
        (say("Aktör", "Actor"), form.actor.id),
        (say("Namn", "Name"), visible(form.actor.name)),
        (say("Modell", "Model"), visible(form.model)),
        (say("Skickas till", "Send to"), reply_to or _to_the_sender()),
        (say("Märkning", "Label"), form.label),
        (say("Formulär", "Form"), form.fingerprint),
        (say("Skrivet", "Written"), form.made.isoformat()),
    )


def _to_the_sender() -> str:
    return say("den i arbetsgruppen som skickade det till er", "whoever in the working group sent it to you")


def shown_parts(form: Form) -> tuple[Part, ...]:
    """The parts that the questionnaire has: without payments and others' needs where there are none."""
    return tuple(
        part for part in (RESOURCES, NEEDS, PAYMENTS, OTHERS) if part in (RESOURCES, NEEDS) or form.rows[part.name]
    )


def time_it_takes(form: Form) -> str:
    """How long it takes to answer, in quarters of an hour."""
    minutes = 10 + sum(_MINUTES[part] * len(rows) for part, rows in form.rows.items())
    quarters = -(-minutes // 15)
    hours, rest = divmod(int(quarters) * 15, 60)
    if hours:
        return f"{hours} {say('tim', 'h')}" + (f" {rest} min" if rest else "")
    return f"{rest} min"


def warning() -> str:
    """What may never be written in it."""
    return say(
        "Skriv inga säkerhetsskyddsklassificerade uppgifter och inga personuppgifter i formuläret: ange funktioner och "
        "funktionsbrevlådor, aldrig namngivna personer. Gör er egen bedömning av vad som kan lämnas ut och sätt delning därefter.",
        "Write no security-classified information and no personal data in this form: give functions and their mailboxes, "
        "never named persons. Judge for yourselves what may be disclosed, and set delning accordingly.",
    )


def instructions(form: Form) -> tuple[str, ...]:
    """What it is for and how it is answered."""
    return (
        say(
            "Formuläret visar hur modellen över samhällets betalningar beskriver er: era resurser, vad de behöver av andra och "
            "era betalningar. Rätta det som är fel och fyll i det som saknas. Svaren används för att räkna ut vad ett avbrott får "
            "för följder och för att se var aktörers förväntningar på varandra inte går ihop.",
            "The form shows how the model of society's payments describes you: your resources, what they need of others, and "
            "your payments. Correct what is wrong and fill in what is missing. The answers are used to work out what an outage "
            "leads to, and to see where actors' expectations of each other do not meet.",
        ),
        say(
            "Svarar gör den som ansvarar för kontinuitetshantering, med hjälp av it-drift och dem som sköter betalningarna. "
            f"Räkna med omkring {time_it_takes(form)}.",
            "It is answered by whoever is responsible for continuity management, helped by IT operations and those who run the "
            f"payments. It takes about {time_it_takes(form)}.",
        ),
        say(
            "En tom cell betyder att frågan inte är besvarad: inget ändras. Skriv okänt när ni vet att uppgiften inte finns. "
            "Skriv hellre okänt än en gissning.",
            "An empty cell means that the question is not answered: nothing is changed. Write okänt when you know that nobody "
            "knows. Write okänt rather than guess.",
        ),
        say(
            "Tider skrivs med enhet: 4h, 90 min, 3 dygn, 1 dygn 6 h, även 4 tim och 1,5 h. Nivåer och andelar skrivs i procent: "
            "40 %. Datum skrivs 2026-11-22. Belopp skrivs i kronor, eller som 2 671 Mkr.",
            "Times are written with their unit: 4h, 90 min, 3 d, 1 d 6 h. Levels and shares are written in per cent: 40 %. Dates "
            "are written 2026-11-22. Amounts are in kronor, or as 2 671 Mkr.",
        ),
        say(
            "Något nytt skrivs på en tom rad längst ner, med ny i kolumnen ändring. En rad som tas bort ur formuläret finns kvar i "
            "modellen; ett behov som inte finns längre markeras med bort.",
            "Something new is written in an empty row below, with ny in the column ändring. A row that is deleted here stays in "
            "the model; a need that is no more is marked with bort.",
        ),
        say(
            "Kan flera leverantörer ersätta varandra skrivs en rad för var och en med samma bokstav i alternativ_grupp, och i "
            "minst_antal hur många som måste fungera. Delas arbetet mellan dem skrivs också andel, som tillsammans blir 100 %. "
            "Det övriga skrivs på gruppens första rad.",
            "Where several providers can stand in for each other, each has a row with the same letter in alternativ_grupp, and "
            "minst_antal says how many must work. Where they share the load, andel is written too, 100 % in all. The rest is "
            "written in the first row of the group.",
        ),
        say(
            "Uthållighet är hur länge ni klarar er utan leverantören, räknat från avbrottets början. Sjunker nivån i steg skrivs "
            "det 4h 100 %; 72h 40 %; därefter 10 %: fullt i 4 timmar, sedan 40 % till och med timme 72, sedan 10 %.",
            "Uthållighet is how long you manage without the provider, from the beginning of the outage. A level that falls in "
            "steps is written 4h 100 %; 72h 40 %; därefter 10 %: whole for 4 hours, then 40 % until hour 72, then 10 %.",
        ),
        say(
            "Källa och verifierad säger vem som står för uppgiften och när den senast stämdes av. Lämnas källa som den är skrivs ert "
            "namn och dagens datum före det som står, på det ni har ändrat.",
            "Källa and verifierad say who vouches for the answer and when it was last checked. If källa is left as it is, your "
            "name and the day are written before what it says, on what you have changed.",
        ),
        say(
            "Rader och kolumner får sorteras, filtreras och flyttas. Ändra inte id, från och nr på rader som finns, sammanfoga inte "
            "celler och skriv inga formler. Spara som .xlsx.",
            "Rows and columns may be sorted, filtered and moved. Do not change id, från and nr of existing rows, and "
            "do not merge cells or write formulas. Save as .xlsx.",
        ),
    )


def part_note(part: Part) -> str:
    """What a sheet is for."""
    return {
        RESOURCES.name: say(
            "Era resurser: er själva och de system, processer och funktioner som ni svarar för.",
            "Your resources: yourselves, and the systems, processes and functions that you answer for.",
        ),
        NEEDS.name: say(
            "Vad era resurser behöver, av vem, och hur länge de klarar sig utan.",
            "What your resources need, of whom, and how long they manage without.",
        ),
        PAYMENTS.name: say("De betalningar som ni gör till medborgare.", "The payments that you make to citizens."),
        OTHERS.name: say(
            "Vad andra säger att de behöver av er. Svara ja, nej eller okänt i stämmer och förklara i kommentar; inget annat läses.",
            "What others say that they need of you. Answer ja, nej or okänt in stämmer, and explain in kommentar; nothing else is read.",
        ),
    }[part.name]


def hint_of(column: Column) -> str:
    """How the cells of a column are written, in a word or two."""
    if column.holds == "word":
        return say("välj", "choose")
    if column.name == "prioritet":
        return say("1 är först", "1 is first")
    if column.name in ("vem", "behöver", "vad", "leverantörens_namn", "vems_namn") and column.holds in ("shown", "id"):
        return say("läses inte in", "not read")
    return {
        "duration": "4h, 3 dygn",
        "endurance": "4h 100 %; 72h 40 %",
        "level": "40 %",
        "date": "2026-11-22",
        "money": "kr, Mkr",
        "count": say("antal", "number"),
        "entity": say("id eller namn", "id or name"),
    }.get(column.holds, "")


def note_of(part: Part, column: Column) -> str:
    """What a column holds."""
    own = _of_part().get((part.name, column.name))
    return own or _of_any()[column.name]


def _of_any() -> dict[str, str]:
    return {**_of_resources(), **_of_needs(), **_of_payments(), **_of_sources()}


def _of_part() -> dict[tuple[str, str], str]:
    return {
        (PAYMENTS.name, "id"): say("Betalningens kortnamn i modellen. Ändras inte.", "The payment's id. Not changed."),
        (PAYMENTS.name, "mottagare"): say("Den grupp av medborgare som får pengarna.", "The citizens who are paid."),
        (OTHERS.name, "vad"): say("Vad de använder det till.", "What they use it for."),
        (OTHERS.name, "nr"): say("Behovets nummer hos dem.", "The number of the need with them."),
        (OTHERS.name, "uthållighet"): say(
            "Hur länge de säger sig klara sig utan er.", "How long they say that they manage without you."
        ),
        (OTHERS.name, "omstart"): say(
            "Tid de behöver för att komma i gång när ni är tillbaka.", "Time they need once you are back."
        ),
        (OTHERS.name, "förväntad_återställning"): say(
            "Hur snabbt de räknar med att ni är tillbaka efter ett avbrott.", "How soon they count on you to be back."
        ),
    }


def _of_resources() -> dict[str, str]:
    return {
        "id": say(
            "Kortnamn i modellen. Ändras inte. På en ny rad kan det lämnas tomt.",
            "Short name in the model. Not changed. May be left empty in a new row.",
        ),
        "namn": say("Namnet som det skrivs i lägesbilder.", "The name as situation reports write it."),
        "typ": say("Vad det är för slags resurs.", "What sort of resource it is."),
        "mtpd": say(
            "Acceptabel avbrottstid (MTPD): hur länge den får vara nere innan följderna blir oacceptabla.",
            "Maximum tolerable period of disruption: how long it may be down before the consequences are unacceptable.",
        ),
        "rto": say(
            "Återställningstid (RTO): inom vilken tid ni har lovat att den är i gång igen. Högst mtpd.",
            "Recovery time objective: within what time you have promised it to be back. At most mtpd.",
        ),
        "rta": say(
            "Visad återställningstid (RTA): tiden det tog i det senaste provet eller vid ett verkligt avbrott.",
            "Recovery time actual: the time that it took in the last test, or in a real outage.",
        ),
        "rta_testad": say("När rta senast visades.", "When rta was last shown."),
        "mbco": say(
            "Lägsta acceptabla nivå (MBCO): hur stor del av verksamheten som måste gå under ett avbrott.",
            "Minimum business continuity objective: how much of the work must go on in an outage.",
        ),
        "rpo": say(
            "Maximal dataförlust (RPO): hur gammal den senaste kopian av data högst får vara.",
            "Recovery point objective: how old the last copy of the data may be at most.",
        ),
        "kontaktfunktion": say(
            "Den funktion som nås dygnet runt, t.ex. TiB. Aldrig en person.",
            "The function that is reached at any hour, e.g. the duty officer. Never a person.",
        ),
        "kontaktväg": say("Funktionsbrevlåda eller funktionens telefon.", "The function's mailbox or telephone."),
    }


def _of_needs() -> dict[str, str]:
    return {
        "från": say("Den av era resurser som behöver något.", "The one of your resources that needs something."),
        "nr": say(
            "Behovets nummer hos resursen. Ändras inte; lämnas tomt på en ny rad.",
            "The need's number with the resource. Not changed; empty in a new row.",
        ),
        "till": say(
            "Den som levererar: välj ett id från bladet Leverantörer, eller skriv en ny med ny i ändring.",
            "Who delivers: choose an id from the sheet Leverantörer, or write a new one with ny in ändring.",
        ),
        "leverantörens_namn": say("Bara till hjälp; läses inte in.", "Only to help; not read."),
        "vad": say("Vad det är som levereras.", "What is delivered."),
        "alternativ_grupp": say(
            "Samma bokstav på de rader hos en resurs som kan ersätta varandra eller delar på arbetet.",
            "The same letter in those rows of a resource that can stand in for each other or share the load.",
        ),
        "minst_antal": say("Hur många i gruppen som måste fungera.", "How many of the group must work."),
        "andel": say(
            "Leverantörens del av arbetet, när det delas. Gruppens andelar blir 100 %.",
            "The provider's part of the load, where it is shared. 100 % in the group.",
        ),
        "uthållighet": say(
            "Hur länge resursen klarar sig utan. I steg: 4h 100 %; 72h 40 %; därefter 10 %.",
            "How long the resource manages without. In steps: 4h 100 %; 72h 40 %; därefter 10 %.",
        ),
        "golv": say(
            "Vad som går att göra hur länge som helst utan leverantören.", "What goes on for ever without the provider."
        ),
        "omstart": say(
            "Tid för att komma i gång när leveransen är tillbaka.", "Time to come back once the supply is back."
        ),
        "förväntad_återställning": say(
            "Hur snabbt ni räknar med att leverantören är tillbaka efter ett avbrott.",
            "How soon you count on the provider to be back after an outage.",
        ),
        "ändring": say(
            "ny på en rad som är ny; i Behov även bort på ett behov som inte finns längre.",
            "ny in a row that is new; in Behov also bort for a need that is no more.",
        ),
        "vem": say(
            "Den som behöver er; */ framför ett steg: samma steg i flera betalningar.",
            "Who needs you; */ before a stage: the same stage of several payments.",
        ),
        "vems_namn": say("Namnet på den.", "Its name."),
        "behöver": say("Den av era resurser som den behöver.", "The one of your resources that it needs."),
        "stämmer": say(
            "ja, nej eller okänt: är det så, och lovar ni det?", "ja, nej or okänt: is that so, and do you promise it?"
        ),
        "kommentar": say("Vad som inte stämmer.", "What is not right."),
    }


def _of_payments() -> dict[str, str]:
    return {
        "antal": say("Mottagare vid ett utbetalningstillfälle.", "Recipients each time."),
        "belopp": say("Kronor vid ett utbetalningstillfälle.", "Kronor each time."),
        "prioritet": say(
            "Er syn på betalningens plats i den gemensamma ordningen, 1 först.",
            "Your view of the payment's place in the common order, 1 first.",
        ),
        "tolerabel_försening": say(
            "Hur sent pengarna får komma innan följderna blir oacceptabla.",
            "How late the money may be before the consequences are unacceptable.",
        ),
        "betalande_bank": say("Banken som betalar ut för er räkning.", "The bank that pays for you."),
        "mottagare": say("De som får pengarna.", "Those who are paid."),
        "rättslig_grund": say("Lag eller förordning som betalningen grundas på.", "The law that the payment rests on."),
    }


def _of_sources() -> dict[str, str]:
    return {
        "delning": say(
            "Vem uppgifterna får delas med (TLP 2.0). Tomt: som det är i modellen; på en ny rad formulärets märkning, om den är "
            "strängare än den som annars skulle gälla.",
            "With whom the data may be shared (TLP 2.0). Empty: as it is in the model; in a new row the label of this form, if that "
            "is stricter than the one that would hold otherwise.",
        ),
        "källa": say("Varifrån uppgifterna kommer.", "Where the data come from."),
        "verifierad": say("När uppgifterna senast stämdes av.", "When the data were last checked."),
        "säkerhet": say("Hur säkra uppgifterna är.", "How sure the data are."),
        "anmärkning": say("Det som behöver förklaras.", "What needs explaining."),
    }
