"""What stands at the head of every document about an incident."""

from collections.abc import Iterator

from beroenden.documents.document import Field
from beroenden.incident.lagesbild.situation import Situation
from beroenden.language import say
from beroenden.units.times import time_in_words, time_zone


def heading_of(situation: Situation) -> tuple[Field, ...]:
    """Actor, incident, number, times, who made and approved it, what it rests on; blanks for people."""
    time = situation.time_text
    rows = [
        Field("aktor", say("Aktör", "Actor"), situation.actor_name),
        *([Field("mottagare", say("Mottagare", "Recipient"), situation.to_name)] if situation.to else []),
        Field("handelse", say("Händelse", "Event"), situation.incident),
        Field(
            "nummer",
            say("Lägesbild nummer", "Situation report number"),
            f"{situation.number} ({version_word(situation)})",
        ),
        Field("lage_per", say("Läget per", "Situation as of"), time(situation.at)),
        Field(
            "period",
            say("Perioden som prognosen gäller", "Period covered by the prognosis"),
            say(
                f"{time(situation.at)} till {time(situation.end)}",
                f"{time(situation.at)} to {time(situation.end)}",
            ),
        ),
        Field("upprattad_av", say("Upprättad av (funktion)", "Prepared by (function)")),
        Field("godkand_av", say("Godkänd av (funktion)", "Approved by (function)"), situation.approved_by),
        Field("nasta", say("Nästa lägesbild", "Next situation report")),
        Field("andrat", say("Ändrat sedan förra", "Changed since the last"), _changed(situation)),
        Field("modell", say("Modell", "Model"), _model(situation)),
    ]
    if situation.sampling:
        count, seed = situation.sampling.count, situation.sampling.seed
        rows.append(
            Field("dragningar", say("Dragningar", "Draws"), say(f"{count}, frö {seed}", f"{count}, seed {seed}"))
        )
    return (*rows, *lowered_field(situation.lowered))


def lowered_field(lowered: tuple[str, str] | None) -> Iterator[Field]:
    """The row that says that a label was lowered for the reader, and who decided so."""
    if lowered:
        label, role = lowered
        text = say(f"uppgifter upp till {label}, beslut av {role}", f"information up to {label}, decided by {role}")
        yield Field("sankt", say("Sänkt märkning", "Lowered label"), text)


def notice_of(situation: Situation) -> str:
    """How the times and the marks are to be read."""
    return say(
        f"Alla tider är svensk tid ({situation.timezone}). Märkning av varje uppgift: bekräftad, obekräftad, modellberäknad "
        "(följer av modellen, om uppgifterna och antagandena stämmer), antagande, okänd. Modellen räknar ut vad som "
        "följer av ett avbrott, inte hur troligt det är.",
        f"All times are Swedish time ({situation.timezone}). Each statement is marked: confirmed, unconfirmed, computed by "
        "the model (follows from the model, if the information and the assumptions are right), assumption, unknown. The "
        "model computes what follows from an outage, not how likely it is.",
    ) + _draft(situation)


def _draft(situation: Situation) -> str:
    if situation.approved_by:
        return ""
    return say(" Utkast: fylls i och fastställs av en människa.", " Draft: to be completed and approved by a person.")


def version_word(situation: Situation) -> str:
    """First, update or final."""
    words = {
        "första": say("första", "first"),
        "uppdatering": say("uppdatering", "update"),
        "slutlig": say("slutlig", "final"),
    }
    return words[situation.version]


def _changed(situation: Situation) -> str:
    if situation.before is None:
        return say("första lägesbilden", "the first situation report")
    when = time_in_words(situation.before.at, time_zone(situation.timezone))
    count = len(situation.changes)
    since = say(f"sedan nr {situation.before.number} ({when})", f"since no. {situation.before.number} ({when})")
    if not count:
        return say(f"inget {since}", f"nothing {since}")
    many = say("ändring" if count == 1 else "ändringar", "change" if count == 1 else "changes")
    return f"{count} {many} {since}"


def _model(situation: Situation) -> str:
    sum_ = situation.model_hash[:12]
    if not situation.model_name:
        return say(f"kontrollsumma {sum_}", f"checksum {sum_}")
    name, version = situation.model_name, situation.model_version
    return say(f"{name}, version {version}, kontrollsumma {sum_}", f"{name}, version {version}, checksum {sum_}")
