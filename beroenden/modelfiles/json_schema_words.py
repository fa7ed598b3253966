"""What the tables of the files and their keys mean, for whoever writes them: Swedish and English."""

Words = tuple[str, str]

_PROVENANCE: dict[str, Words] = {
    "tlp": ("Delning: vem som får läsa uppgiften (TLP 2.0).", "Sharing: who may read it (TLP 2.0)."),
    "source": ("Källa, t.ex. ”FK, intervju 2026-02”.", 'Where it comes from, e.g. "FK, interview 2026-02".'),
    "verified": ("Datum då uppgiften senast bekräftades.", "The day on which it was last confirmed."),
    "confidence": ("Hur säker uppgiften är.", "How sure it is."),
    "note": ("Anmärkning.", "A remark."),
}
_ID: Words = ("Id: gemener a–z, siffror och bindestreck; unikt.", "Id: lower-case a-z, digits and hyphens; unique.")
_NEEDS: Words = ("Vad som behövs från andra.", "What is needed from others.")
_ENTITY: Words = ("Id för en entitet.", "Id of an entity.")

TABLES: dict[str, tuple[Words, dict[str, Words]]] = {
    "model": (
        ("Modellen som helhet; står en gång.", "The model as a whole; stands once."),
        {
            "name": ("Modellens namn.", "The model's name."),
            "version": ("Modellens version.", "The model's version."),
            "timezone": ("Tidszon för lokala tider, t.ex. Europe/Stockholm.", "Time zone, e.g. Europe/Stockholm."),
            "tlp": ("Märkning för det som inte har en egen.", "The label of what has none of its own."),
            "accounts": (
                "Hur mottagarnas konton fördelas, { bank = andel }; summan är 1.",
                "How the recipients' accounts are split, { bank = share }; the sum is 1.",
            ),
        },
    ),
    "entity": (
        (
            "En aktör, ett system, en infrastruktur eller en grupp medborgare.",
            "An actor, a system, infrastructure or citizens.",
        ),
        {
            "id": _ID,
            "name": ("Namn i klartext.", "Name in plain words."),
            "kind": ("Slag.", "Kind."),
            "owner": ("Aktören som svarar för den.", "The actor that answers for it."),
            "mtpd": ('Acceptabel avbrottstid, t.ex. "24h".', 'Tolerable outage (MTPD), e.g. "24h".'),
            "rto": ("Återställningstid som har lovats (RTO).", "Recovery time that was promised (RTO)."),
            "rta": ("Återställningstid som har visats i test (RTA).", "Recovery time that was shown in a test (RTA)."),
            "rta_tested": ("Datum för testet.", "The day of the test."),
            "rpo": ("Hur gamla data får vara efter återställning (RPO).", "How old data may be after recovery (RPO)."),
            "mbco": ("Lägsta acceptabla nivå, 0–1 (MBCO).", "Least acceptable level, 0..1 (MBCO)."),
            "population": ("Antal personer; bara för citizens.", "Number of persons; citizens only."),
            "failure": ("Hur ofta den faller.", "How often it fails."),
            "contact": ("Funktionen som svarar, aldrig en person.", "The function that answers, never a person."),
            "regimes": ("Regelverk att minnas, t.ex. nis2, dora.", "Regimes to remember, e.g. nis2, dora."),
            "needs": _NEEDS,
            **_PROVENANCE,
        },
    ),
    "need": (
        (
            "Ett behov; exakt en av provider, any_of och shares.",
            "A need; exactly one of provider, any_of and shares.",
        ),
        {
            "provider": ("Den enda som levererar.", "The only one that provides it."),
            "any_of": ("De som kan ersätta varandra.", "Those that can stand in for each other."),
            "at_least": (
                "Hur många av any_of som behövs; 1 om inget anges.",
                "How many of any_of are needed; 1 unless given.",
            ),
            "shares": (
                "Lasten delas, { id = andel }; summan är 1.",
                "The load is split, { id = share }; the sum is 1.",
            ),
            "endurance": (
                'Uthållighet: hur länge det går utan, "4h", eller steg [["4h", 1.0], ["72h", 0.4]].',
                'Endurance: how long one goes on without it, "4h", or steps [["4h", 1.0], ["72h", 0.4]].',
            ),
            "spread": ("Uthållighetens osäkerhet, en faktor från 1.", "Uncertainty of the endurance, a factor from 1."),
            "floor": ("Vad som alltid finns kvar utan det, 0–1.", "What remains for ever without it, 0..1."),
            "restart": ("Tid att komma igång när det är tillbaka.", "Time to come back once it is back."),
            "expects": ("Återställningstid som man räknar med.", "Recovery time that is counted on."),
            "what": ("Vad det är som behövs.", "What it is that is needed."),
            **_PROVENANCE,
        },
    ),
    "contact": (
        ("Funktion och väg, aldrig en person.", "Function and channel, never a person."),
        {
            "role": ("Funktion, t.ex. TiB.", "Function, e.g. the duty officer."),
            "channel": ("Hur den nås, t.ex. en funktionsbrevlåda.", "How it is reached, e.g. a shared mailbox."),
        },
    ),
    "failure": (
        ("Hur ofta och hur länge, eller hur stor del av tiden.", "How often and how long, or what share of the time."),
        {
            "per_year": ("Fel per år.", "Failures a year."),
            "duration": (
                "Hur länge: en tid, { min, mode, max } eller { p50, p90 }.",
                "How long: a duration, { min, mode, max } or { p50, p90 }.",
            ),
            "unavailability": ("Andel av tiden den är nere, 0–1.", "Share of the time it is down, 0..1."),
        },
    ),
    "window": (
        ("Öppettider.", "Opening hours."),
        {
            "id": _ID,
            "days": ('bank, all eller en lista av veckodagar ["mon", "tue"].', 'bank, all or a list ["mon", "tue"].'),
            "times": ("Från och till, [[07:00:00, 18:00:00]].", "From and to, [[07:00:00, 18:00:00]]."),
        },
    ),
    "payment": (
        ("En betalning till medborgare.", "A payment to citizens."),
        {
            "id": _ID,
            "name": ("Namn i klartext.", "Name in plain words."),
            "payer": ("Aktören som betalar.", "The actor that pays."),
            "paying_bank": ("Banken som betalar ut.", "The bank that pays out."),
            "recipients": (
                "Mottagarna: en entitet av slaget citizens.",
                "The recipients: an entity of the kind citizens.",
            ),
            "count": ("Antal mottagare per körning.", "Number of recipients a run."),
            "amount": ("Kronor per körning.", "SEK a run."),
            "rrule": (
                "Regel för dagarna (RFC 5545), t.ex. FREQ=MONTHLY;BYMONTHDAY=20.",
                "Rule for the days (RFC 5545), e.g. FREQ=MONTHLY;BYMONTHDAY=20.",
            ),
            "dates": ("Dagarna en för en, i stället för rrule.", "The days one by one, instead of rrule."),
            "roll": ("Hur en dag flyttas till en bankdag.", "How a day is moved to a bank day."),
            "moved": (
                "Regelns dag och dagen i stället, [[dag, dag]].",
                "A day of the rule and the day instead, [[day, day]].",
            ),
            "max_delay": ("Tolerabel försening.", "Tolerable delay."),
            "priority": ("Aktörernas gemensamma ordning, 1 först.", "The actors' common order, 1 first."),
            "legal_basis": ("Rättslig grund.", "Legal basis."),
            "accounts": (
                "Mottagarnas konton, { bank = andel }; annars modellens.",
                "The recipients' accounts, { bank = share }; else the model's.",
            ),
            "stage": ("Stegen i ordning.", "The stages in order."),
            **_PROVENANCE,
        },
    ),
    "stage": (
        ("Ett steg i betalningskedjan.", "A stage of the payment chain."),
        {
            "id": ("Id, unikt inom betalningen.", "Id, unique within the payment."),
            "name": ("Namn i klartext.", "Name in plain words."),
            "opens": ("När steget öppnar; krävs i första steget.", "When it opens; the first stage must have it."),
            "duration": ("Arbetets längd vid full kapacitet.", "How long the work takes at full capacity."),
            "cutoff": ("Bryttid en bankdag.", "Cut-off on a bank day."),
            "lead": ("Bankdagar från bryttid till leverans.", "Bank days from cut-off to delivery."),
            "release": ("Klockslag då det levereras.", "Times of day at which it is delivered."),
            "window": ("Öppettider: id för en window.", "Opening hours: id of a window."),
            "interbank": (
                "Hoppas över för konton i den utbetalande banken.",
                "Skipped for accounts in the paying bank.",
            ),
            "at_recipient_bank": ("Behöver mottagarens egen bank.", "Needs the recipient's own bank."),
            "needs": _NEEDS,
            **_PROVENANCE,
        },
    ),
    "opens": (
        ("När steget öppnar, räknat från betalningsdagen.", "When the stage opens, from the payment date."),
        {
            "bank_days": ("Bankdagar från betalningsdagen, t.ex. -3.", "Bank days from the payment date, e.g. -3."),
            "days": ("Dagar från betalningsdagen.", "Days from the payment date."),
            "at": ("Klockslag, t.ex. 18:00:00.", "Time of day, e.g. 18:00:00."),
        },
    ),
    "audience": (
        ("Vad en aktör får läsa av andras uppgifter.", "What an actor may read of others."),
        {
            "actor": ("Aktören.", "The actor."),
            "tlp": ("Den högsta märkning den får läsa.", "The highest label that it may read."),
        },
    ),
    "event": (
        ("Ett planerat avbrott.", "A planned outage."),
        {
            "id": _ID,
            "name": ("Namn i klartext.", "Name in plain words."),
            "start": ("Början, t.ex. 2026-12-05T22:00:00.", "The start, e.g. 2026-12-05T22:00:00."),
            "end": ("Slut.", "The end."),
            "entities": ("Vilka som är nere.", "Who is down."),
            **_PROVENANCE,
        },
    ),
    "scenario": (
        ("Vad som antas hända.", "What is supposed to happen."),
        {
            "name": ("Scenariots namn.", "The scenario's name."),
            "note": ("Anmärkning.", "A remark."),
            "horizon": ("Hur långt fram man ser; 14d om inget anges.", "How far ahead to look; 14d unless given."),
            "at": (
                "Läget per: från då räknas senaste återställning.",
                "As-of time, from which latest recovery counts.",
            ),
        },
    ),
    "outage": (
        ("Ett avbrott, eller ett fel i en del av en betalning.", "An outage, or a fault in part of a payment."),
        {
            "entity": _ENTITY,
            "payment": ("Id för en betalning.", "Id of a payment."),
            "start": ("Början, t.ex. 2026-12-17T08:00:00.", "The start, e.g. 2026-12-17T08:00:00."),
            "for": (
                "Hur länge: en tid, { min, mode, max } eller { p50, p90 }.",
                "How long: a duration, { min, mode, max } or { p50, p90 }.",
            ),
            "end": ("Slut; utan for och end är längden okänd.", "The end; without for and end the length is unknown."),
            "remaining": ("Nivå som är kvar, 0–1.", "Level that remains, 0..1."),
            "share": ("Andel av mottagarna som drabbas, 0–1.", "Share of the recipients that is hit, 0..1."),
        },
    ),
    "pin": (
        ("En observerad nivå; går före det beräknade.", "An observed level; outranks what is computed."),
        {
            "entity": _ENTITY,
            "level": ("Nivån, 0–1.", "The level, 0..1."),
            "start": ("Från.", "From."),
            "end": ("Till; annars tills vidare.", "Until; else for the time being."),
        },
    ),
}
"""By table: what it is, and what each of its keys means."""
