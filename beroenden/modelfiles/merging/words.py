"""What records of a model and their fields are called."""

from beroenden.language import say
from beroenden.modelfiles.merging.records import Key, is_need

_FIELDS: dict[str, tuple[str, str]] = {
    "name": ("namn", "name"),
    "version": ("version", "version"),
    "timezone": ("tidszon", "time zone"),
    "tlp": ("delning", "sharing"),
    "kind": ("slag", "kind"),
    "owner": ("ansvarig", "owner"),
    "mtpd": ("acceptabel avbrottstid (mtpd)", "tolerable outage (mtpd)"),
    "rto": ("återställningstid (rto)", "recovery time (rto)"),
    "rta": ("visad återställningstid (rta)", "recovery time shown (rta)"),
    "rta_tested": ("återställning testad", "recovery tested"),
    "rpo": ("maximal dataförlust (rpo)", "greatest loss of data (rpo)"),
    "mbco": ("lägsta acceptabla nivå (mbco)", "least acceptable level (mbco)"),
    "population": ("antal personer", "persons"),
    "failure": ("felfrekvens", "failures"),
    "contact": ("kontakt", "contact"),
    "contact.role": ("kontakt", "contact"),
    "contact.channel": ("kontaktväg", "contact channel"),
    "regimes": ("regelverk", "regimes"),
    "source": ("källa", "source"),
    "verified": ("kontrollerad", "verified"),
    "confidence": ("tillförlitlighet", "confidence"),
    "note": ("anmärkning", "note"),
    "supply": ("leverantörer", "providers"),
    "endurance": ("uthållighet", "endurance"),
    "spread": ("osäkerhet i uthållighet", "spread of the endurance"),
    "floor": ("kvar för alltid", "remains for ever"),
    "restart": ("omstart", "restart"),
    "expects": ("förväntad återställning", "expected recovery"),
    "what": ("vad", "what"),
    "payer": ("betalare", "payer"),
    "paying_bank": ("utbetalande bank", "paying bank"),
    "recipients": ("mottagare", "recipients"),
    "count": ("antal mottagare", "number of recipients"),
    "amount": ("belopp", "amount"),
    "schedule": ("utbetalningsdagar", "payment dates"),
    "roll": ("flyttas", "rolls"),
    "moved": ("flyttade dagar", "moved dates"),
    "max_delay": ("tolerabel försening", "tolerable delay"),
    "priority": ("prioritet", "priority"),
    "legal_basis": ("lagstöd", "legal basis"),
    "accounts": ("kontofördelning", "accounts"),
    "order": ("stegens ordning", "order of the stages"),
    "opens": ("öppnar", "opens"),
    "duration": ("arbetstid", "duration"),
    "cutoff": ("sista inlämning", "cut-off"),
    "lead": ("bankdagar till leverans", "bank days to delivery"),
    "release": ("utlämning", "release"),
    "window": ("öppettid", "opening hours"),
    "interbank": ("mellan banker", "between banks"),
    "at_recipient_bank": ("hos mottagarens bank", "at the recipient's bank"),
    "days": ("dagar", "days"),
    "times": ("tider", "times"),
    "start": ("början", "start"),
    "end": ("slut", "end"),
    "entities": ("entiteter", "entities"),
}


def key_words(key: Key) -> str:
    """What a record is, by its ids."""
    own = key[:-4] if is_need(key) else key
    if own == ("model",):
        return "[model]"
    text = own[1] + (say(f", steg {own[3]}", f", stage {own[3]}") if len(own) == 4 else "")
    if not is_need(key):
        return text
    providers, what = key[-3].replace("+", ", "), f" ({key[-2]})" if key[-2] else ""
    return text + say(f", behov av {providers}{what}", f", need of {providers}{what}")


def field_words(field: str) -> str:
    """What a field is called."""
    return say(*_FIELDS[field])
