"""What records of a model and their fields are called, and what they say."""

from collections.abc import Mapping
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.merging.records import Key, field_of, is_need
from beroenden.modelfiles.write import toml_value
from beroenden.units.numbers import percent

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
CONFIDENCES: dict[str, tuple[str, str]] = {
    "low": ("låg", "low"),
    "medium": ("medel", "medium"),
    "high": ("hög", "high"),
}
INSIDE: dict[str, tuple[str, str]] = {
    "per_year": ("gånger om året", "times a year"),
    "duration": ("längd", "length"),
    "unavailability": ("otillgänglig", "unavailable"),
    "bank_days": ("bankdagar", "bank days"),
    "days": ("dagar", "days"),
    "at": ("kl.", "at"),
    "at_least": ("minst", "at least"),
}
"""Keys of inline tables."""
OF_THE_FORM: dict[str, str] = {
    "namn": "name",
    "typ": "kind",
    "rta_testad": "rta_tested",
    "kontaktfunktion": "contact.role",
    "kontaktväg": "contact.channel",
    "delning": "tlp",
    "verifierad": "verified",
    "säkerhet": "confidence",
    "anmärkning": "note",
    "till": "provider",
    "vad": "what",
    "alternativ_grupp": "any_of",
    "minst_antal": "at_least",
    "andel": "shares",
    "uthållighet": "endurance",
    "golv": "floor",
    "omstart": "restart",
    "förväntad_återställning": "expects",
    "antal": "count",
    "belopp": "amount",
    "prioritet": "priority",
    "tolerabel_försening": "max_delay",
    "betalande_bank": "paying_bank",
    "mottagare": "recipients",
    "rättslig_grund": "legal_basis",
}
"""The keys of the form's columns that are called otherwise, as its sources name what they are of."""
ALONE = ("provider", "any_of", "rrule", "dates")
"""Those whose value says what it is."""


def key_words(key: Key, names: Mapping[str, str] | None = None) -> str:
    """What a record is, by its ids, with their names beside them where these are given."""
    own = key[:-4] if is_need(key) else key
    if own == ("model",):
        return "[model]"
    text = _named(own[1], names) + (say(f", steg {own[3]}", f", stage {own[3]}") if len(own) == 4 else "")
    if not is_need(key):
        return text
    providers = ", ".join(_named(one, names) for one in key[-3].split("+"))
    what = f" ({key[-2]})" if key[-2] else ""
    return text + say(f", behov av {providers}{what}", f", need of {providers}{what}")


def field_words(field: str) -> str:
    """What a field is called."""
    return say(*_FIELDS[field])


def field_named(subject: str) -> str:
    """The field that a source says that it is of, by its key or the form's column; a key within a table keeps its path."""
    return field_of(OF_THE_FORM.get(subject, subject))


def _named(one: str, names: Mapping[str, str] | None) -> str:
    name = (names or {}).get(one, one)
    return one if name == one else f"{one} ({name})"


def written_words(value: Any, field: str) -> str:
    """What a file says of a field, or with "" of a whole table or several, in words; lengths and days as the file has them."""
    if value is None:
        return say("(inget)", "(nothing)") if field else say("(borttagen)", "(removed)")
    if field:
        return _text(value)
    if isinstance(value, list):
        return say(" och ", " and ").join(f"({written_words(one, field)})" for one in value)
    stated = ((name, one) for name, one in value.items() if name in _FIELDS and one not in ([], {}))
    return "; ".join(f"{field_words(name)}: {_stated(name, one)}" for name, one in stated)


def _stated(field: str, value: Any) -> str:
    return say(*CONFIDENCES[value]) if field == "confidence" else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return say("ja", "yes") if value else say("nej", "no")
    if isinstance(value, Mapping):
        return ", ".join(_pair(name, one) for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_step(*one) if isinstance(one, list) else _text(one) for one in value)
    written = str(toml_value(value))
    return say(written.replace(".", ","), written) if isinstance(value, float) else written


def _step(first: Any, last: Any) -> str:
    """A step of an endurance, else a time or day and the one that it lasts to or is moved to."""
    if isinstance(last, int | float):
        return f"{percent(last, 4)} {say('till', 'until')} {_text(first)}"
    return f"{_text(first)}–{_text(last)}"


def _pair(name: str, value: Any) -> str:
    """A key of an inline table with its value."""
    if name in ALONE:
        return _text(value)
    return f"{say(*INSIDE[name]) if name in INSIDE else name} {_text(value)}"
