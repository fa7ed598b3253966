"""What is said on screen when something leaves the house: why an entry is left out, and what goes along and why."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.names import spoken

if TYPE_CHECKING:
    from beroenden.incident.basis import Basis
    from beroenden.incident.lagesbild.situation import Situation
    from beroenden.incident.log.entries import Decision, Entry, Log
    from beroenden.model.network import Network
    from beroenden.sharing.viewer import Viewer


def tell_left_out(log: "Log", entries: "Iterable[Entry]", network: "Network", viewer: "Viewer") -> None:
    """Say on stderr why entries that were chosen for sharing are not in what a reader gets, one line for each reason."""
    alike: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        alike.setdefault(_why_left_out(log, entry, network, viewer), []).append(entry.id)
    for (reason, way_out), ids in alike.items():
        click.echo(clean(_left_out(ids, reason, way_out)), err=True)
    left = {one for ids in alike.values() for one in ids}
    if left and all(one.id in left for one in log.entries if one.disclose):
        message = say(
            "Ingen av posterna som är valda är alltså med: ur loggen delges inget.",
            "So none of the entries that were chosen is in it: nothing of the log is shared.",
        )
        click.echo(clean(message), err=True)


def _why_left_out(log: "Log", entry: "Entry", network: "Network", viewer: "Viewer") -> tuple[str, str]:
    """Why an entry is left out, and what can be done."""
    from beroenden.incident.log.entries import Request
    from beroenden.incident.said import concerned

    label = log.label(entry)
    if not viewer.may_read(label):
        reason = say(f"posten är {label}", f"the entry is {label}")
        return reason, _for_all() if _is_everybody(viewer) else _lower()
    if to_another(entry, viewer):
        to = network.entity[entry.to].name if isinstance(entry, Request) and entry.to else ""
        reason = say(f"begäran är ställd till {to}", f"the request is made to {to}")
        told = say("Den går med i delgivningen dit.", "It goes with what is shared there.")
        more = say(
            "Ska mottagaren veta av den, säg det i en egen post.",
            "Should the reader know of it, say so in an entry of its own.",
        )
        return reason, f"{told} {more}"
    labels = {one: _label(network, one) for one in concerned(entry) if one in network.entity or one in network.payment}
    above = [say(f"{one} är {its}", f"{one} is {its}") for one, its in labels.items() if not viewer.may_read(its)]
    reason = say("den nämner något som mottagaren inte får läsa om: ", "it names what the reader may not read of: ")
    plain = say(
        "Säg det i ord som mottagaren får läsa: lägg till en post utan --entity som beskriver följden. ",
        "Say it in words that the reader may read: add an entry without --entity that describes what follows. ",
    )
    return reason + ", ".join(above), plain + ("" if _is_everybody(viewer) else _lower())


def to_another(entry: "Entry", viewer: "Viewer") -> bool:
    """Whether an entry is a request to another actor than the reader, which is not told of it."""
    from beroenden.incident.lagesbild.planned import concerns_reader
    from beroenden.incident.log.entries import Request

    return isinstance(entry, Request) and not concerns_reader(viewer, entry)


def _label(network: "Network", one: str) -> str:
    if one in network.entity:
        return network.label_of(one)
    return network.payment[one].provenance.tlp or network.tlp


def _is_everybody(viewer: "Viewer") -> bool:
    return viewer.actor is None and viewer.label == "TLP:CLEAR"


def _for_all() -> str:
    return say(
        "Säg det som alla får läsa i en ny post: --tlp TLP:CLEAR --disclose.",
        "Say what all may read in a new entry: --tlp TLP:CLEAR --disclose.",
    )


def _lower() -> str:
    return say(
        "En märkning sänks bara efter beslut (--lower-label --by FUNKTION).",
        "A label is lowered only after a decision (--lower-label --by ROLE).",
    )


def _left_out(ids: list[str], reason: str, way_out: str) -> str:
    listed = ", ".join(ids)
    chosen = say("är vald", "was chosen") if len(ids) == 1 else say("är valda", "were chosen")
    return say(
        f"{listed} {chosen} för delgivning men inte med: {reason}. {way_out}",
        f"{listed} {chosen} for sharing but left out: {reason}. {way_out}",
    )


def tell_what_goes_along(situation: "Situation", log: "Log | None", asked: tuple[str, ...]) -> None:
    """List what a delgivning holds and why, on stderr; warn where it holds no facts.

    Args:
        situation: The delgivning.
        log: The log as it stood.
        asked: Sections that the command itself disclosed.
    """
    from beroenden.incident.log.entries import Decision

    decisions = log.of(Decision) if log else ()
    to = situation.to_name
    click.echo(clean(say(f"Med i delgivningen till {to}:", f"In the delgivning to {to}:")), err=True)
    for line in _going(situation, decisions, asked):
        click.echo(clean(f"  {line}"), err=True)
    _warn_of_empty_sections(situation, (*asked, *(section for one in decisions for section in one.discloses)))
    if not any(one.section.startswith("fakta.") for one in situation.statements):
        message = say(
            "Varning: FAKTA är tom. Mottagaren får inget avbrott att räkna med; välj poster med --disclose.",
            "Warning: FAKTA is empty. The reader gets no outage to compute with; choose entries with --disclose.",
        )
        click.echo(clean(message), err=True)


def _warn_of_empty_sections(situation: "Situation", chosen: Iterable[str]) -> None:
    """Say on stderr which sections were chosen that hold nothing for the reader."""
    there = {one.section for one in situation.statements}
    empty = [one for one in dict.fromkeys(chosen) if not any(_covers((one,), section) for section in there)]
    if empty:
        which = ", ".join(empty)
        message = say(
            f"Varning: {which} är valt men ger inget: där finns inget modellberäknat som mottagaren får läsa.",
            f"Warning: {which} was chosen but gives nothing: it has nothing computed that the reader may read.",
        )
        click.echo(clean(message), err=True)


def _going(situation: "Situation", decisions: "tuple[Decision, ...]", asked: tuple[str, ...]) -> Iterator[str]:
    """Each section with how many statements it has, and by what choice."""
    sections: dict[str, list[str]] = {}
    for one in situation.statements:
        sections.setdefault(one.section, []).append(one.entry)
    for section, entries in sections.items():
        own = dict.fromkeys(entry for entry in entries if entry)
        if own:
            yield f"{section}: {', '.join(own)} (--disclose)"
        computed = sum(not entry for entry in entries)
        if computed:
            why = [say("kommandots --disclose", "--disclose of the command")] if _covers(asked, section) else []
            why += [
                say(f"{one.id}, gäller alla mottagare", f"{one.id}, for all readers")
                for one in decisions
                if _covers(one.discloses, section)
            ]
            count = say(f"{computed} ur modellen", f"{computed} from the model")
            yield f"{section}: {count} ({'; '.join(why)})"


def _covers(disclosed: tuple[str, ...], section: str) -> bool:
    return any(section == one or section.startswith(f"{one}.") for one in disclosed)


def warn_of_named_anyway(situation: "Situation", basis: "Basis") -> None:
    """Say on stderr what a paper names in what follows, though its outage or level is withheld from the reader."""
    own = {situation.actor, situation.to}
    for one in sorted(basis.known.scenario.withheld - own):
        entity = basis.network.entity.get(one)
        if entity is None or one in basis.network.withheld:
            continue
        name = re.compile(rf"(?<!\w){re.escape(spoken(entity.name))}s?(?!\w)")
        found = [said for said in (*situation.statements, *situation.changes) if name.search(said.text)]
        if found:
            sections = ", ".join(dict.fromkeys(said.section for said in found))
            message = say(
                f"Varning: {entity.name} nämns ändå i det som följer ({sections}), fast något som räknas med om dess "
                "avbrott eller nivå inte delges. Läs de raderna, eller lämna avsnitten utanför, innan något skickas.",
                f"Warning: {entity.name} is named all the same in what follows ({sections}), though something that counts of "
                "its outage or level is not shared. Read those lines, or leave those sections out, before anything is sent.",
            )
            click.echo(clean(message), err=True)


def refuse_only_instructions(situation: "Situation") -> None:
    """Refuse to approve a text for the public in which nothing has been said.

    Raises:
        UsageError: saying what to choose, or how to get a draft to write in.
    """
    from beroenden.incident.forms import public_form

    sections = [key for question in public_form() for key in question.key.split()]
    if situation.approved_by and situation.form == "allmanhet" and not any(map(situation.in_section, sections)):
        raise UsageError(
            say(
                "Texten till allmänheten har bara anvisningar: inget är valt och märkt TLP:CLEAR, så det finns inget att godkänna. "
                "Välj poster med --disclose --tlp TLP:CLEAR, eller gör ett utkast att skriva i: utan --approved-by.",
                "The text for the public holds only instructions: nothing was chosen and is TLP:CLEAR, so there is nothing to "
                "approve. Choose entries with --disclose --tlp TLP:CLEAR, or make a draft to write in: without --approved-by.",
            )
        )


def warn_of_no_outage(situation: "Situation", log: "Log | None") -> None:
    """Say on stderr that an approved lägesbild is of no outage and no observed level."""
    from beroenden.incident.log.entries import Observation, OutageEntry, Received
    from beroenden.incident.reported import OBSERVED
    from beroenden.incident.said import holds_level

    if log is None or log.of(OutageEntry) or any(map(holds_level, log.of(Observation))):
        return
    claims = (claim for one in log.of(Received) for said in one.statements for claim in said.claims)
    if any(claim.aspect in ("start", OBSERVED) for claim in claims):
        return
    message = say(
        f"Varning: loggen har inget avbrott; lägesbild nummer {situation.number} säger inget om vad som följer.",
        f"Warning: the log has no outage; report number {situation.number} says nothing of what follows.",
    )
    click.echo(clean(message), err=True)
