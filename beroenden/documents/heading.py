"""What stands at the head of every document about an incident."""

from collections.abc import Iterator

from beroenden.documents.document import Field, Paragraph
from beroenden.incident.forms import left_to_a_person
from beroenden.incident.lagesbild.situation import Situation, unnamed_incident
from beroenden.language import say
from beroenden.units.times import time_in_words, time_zone


def row(key: str, value: str = "") -> Field:
    """A row of the head table; a blank for a person where it has no value."""
    return Field(key, _names()[key], value)


def _names() -> dict[str, str]:
    return {
        "aktor": say("Aktör", "Actor"),
        "mottagare": say("Mottagare", "Recipient"),
        "handelse": say("Händelse", "Event"),
        "nummer": say("Lägesbild nummer", "Situation report number"),
        "lage_per": say("Läget per", "Situation as of"),
        "period": say("Perioden som prognosen gäller", "Period covered by the prognosis"),
        "upprattad_av": say("Upprättad av (funktion)", "Prepared by (function)"),
        "godkand_av": say("Godkänd av (funktion)", "Approved by (function)"),
        "nasta": say("Nästa lägesbild", "Next situation report"),
        "andrat": say("Ändrat sedan förra", "Changed since the last"),
        "modell": say("Modell", "Model"),
        "dragningar": say("Dragningar", "Draws"),
        "sankt": say("Sänkt märkning", "Lowered label"),
        "jamford": say("Jämförd med", "Compared with"),
        "kontrollerad_av": say("Kontrollerad av (funktion)", "Checked by (function)"),
    }


def heading_of(situation: Situation) -> tuple[Field, ...]:
    """Actor, incident, number, times, who made and approved it, what it rests on; blanks for people."""
    time = situation.time_text
    rows = [
        row("aktor", situation.actor_name),
        *([row("mottagare", _reader(situation))] if situation.to else []),
        *([row("handelse", situation.incident)] if situation.incident != unnamed_incident() else []),
        Field(
            "nummer",
            say("Lägesbild nummer", "Situation report number"),
            _number(situation),
        ),
        row("lage_per", time(situation.at)),
        row(
            "period",
            say(
                f"{time(situation.at)} till {time(situation.end)}",
                f"{time(situation.at)} to {time(situation.end)}",
            ),
        ),
        row("upprattad_av"),
        row("godkand_av", situation.approved_by),
        row("nasta"),
        row("andrat", _changed(situation)),
        row("modell", _model(situation)),
    ]
    if situation.sampling:
        count, seed = situation.sampling.count, situation.sampling.seed
        rows.append(row("dragningar", say(f"{count}, frö {seed}", f"{count}, seed {seed}")))
    return (*rows, *lowered_field(situation.lowered))


def _reader(situation: Situation) -> str:
    if situation.to == "TLP:CLEAR":
        return say("alla (TLP:CLEAR)", "everyone (TLP:CLEAR)")
    if situation.to.startswith("TLP:"):
        return say(f"de som får läsa {situation.to}", f"those who may read {situation.to}")
    return situation.to_name


def lowered_field(lowered: tuple[str, str] | None) -> Iterator[Field]:
    """The row that says that a label was lowered for the reader, and who decided so."""
    if lowered:
        label, role = lowered
        text = say(f"uppgifter upp till {label}, beslut av {role}", f"information up to {label}, decided by {role}")
        yield row("sankt", text)


def notice_of(situation: Situation) -> str:
    """How the times and the marks are to be read."""
    return (
        say(
            f"Alla tider är svensk tid ({situation.timezone}). Märkning av varje uppgift: bekräftad, obekräftad, modellberäknad "
            "(följer av modellen, om uppgifterna och antagandena stämmer), antagande, okänd. Modellen räknar ut vad som "
            "följer av ett avbrott, inte hur troligt det är.",
            f"All times are Swedish time ({situation.timezone}). Each statement is marked: confirmed, unconfirmed, computed by "
            "the model (follows from the model, if the information and the assumptions are right), assumption, unknown. The "
            "model computes what follows from an outage, not how likely it is.",
        )
        + _selection(situation)
        + _draft(situation)
    )


def _selection(situation: Situation) -> str:
    if not situation.to:
        return ""
    return say(
        " Dokumentet innehåller bara det som mottagaren får se; siffror, ”inga” och ”ingen” gäller det.",
        ' The document holds only what its reader may see; figures, "none" and "no" refer to that.',
    )


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


def _number(situation: Situation) -> str:
    version = version_word(situation)
    if situation.approved_by:
        return f"{situation.number} ({version})"
    return say(f"utkast till nummer {situation.number} ({version})", f"draft of number {situation.number} ({version})")


def _changed(situation: Situation) -> str:
    if situation.before is None:
        return say("första lägesbilden", "the first situation report")
    when = time_in_words(situation.before.at, time_zone(situation.timezone))
    count = len(situation.changes)
    number = situation.before.number
    since = say(f"sedan nr {number} ({when})", f"since no. {number} ({when})")
    if situation.before.form != situation.form:  # each form has numbers of its own
        since = say(
            f"sedan den fullständiga lägesbilden nr {number} ({when})",
            f"since the whole situation report no. {number} ({when})",
        )
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


def left_blank() -> Paragraph:
    """A blank that only a person can fill in."""
    return Paragraph(left_to_a_person(), is_prompt=True)
