"""The key (facit) of a player at the end of a stage, to compare with the lägesbild that it wrote."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section
from beroenden.documents.lagesbild import internal
from beroenden.exercise.exercise import Stage
from beroenden.exercise.key import Key
from beroenden.exercise.unexplained import Unexplained
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.writer import listed
from beroenden.incident.outturn import day_in_words
from beroenden.language import say, writing_in
from beroenden.units.numbers import percent
from beroenden.units.times import short_time, time_zone

_LEFT_OUT = ("nummer", "upprattad_av", "godkand_av", "nasta", "andrat")
"""Rows of the head that a lägesbild has and its key does not."""


def key_document(key: Key, stage: Stage) -> Document:
    """What could be known, on the internal form; questions that only people can answer are left out."""
    situation = key.situation
    with writing_in(situation.language):
        form = internal(situation)
        rows = (
            Field("skede", say("Skede", "Stage"), str(stage.number)),
            *(row for row in form.header if row.key not in _LEFT_OUT),
        )
        title = say(
            f"Facit efter skede {stage.number}: {situation.actor_name}",
            f"Key after stage {stage.number}: {situation.actor_name}",
        )
        note = say(
            "Bara för spelledningen. Så mycket kunde en god lägesbild innehålla av det som aktören hade fått veta när "
            "skedet slutade; jämför med den som de övade skrev. Vad människor avgör (inriktning, åtgärder, budskap) har "
            "inget facit. ",
            "For the game control only. This much a good situation report could hold of what the actor had been told when "
            "the stage ended; compare it with the one that the players wrote. What people decide (direction, measures, "
            "messages) has no key. ",
        )
        sections = (*_unexplained(key), *_with_content(tuple(map(_answered, form.sections))))
        return replace(form, form="facit", title=title, header=rows, notice=note + form.notice, sections=sections)


def _unexplained(key: Key) -> Iterator[Section]:
    """What the player has been told and the prognosis does not come to; what is told of several runs alike, together."""
    alike: dict[str, dict[str, set[int]]] = {}
    for one in key.unexplained:
        alike.setdefault(_seen(one, key.situation), {}).setdefault(
            f"{one.payment.name} ({day_in_words(one.day)})", set()
        ).update(one.injects)
    if alike:
        intro = say(
            "Prognosen nedan följer bara av de avbrott som aktören har fått veta om. Den har också fått veta detta, "
            "som inte följer av dem; en god lägesbild säger det, och vad som inte är känt om orsaken:",
            "The prognosis below follows only from the outages that the actor has been told of. It has also been told this, "
            "which does not follow from them; a good situation report says so, and what is not known of the cause:",
        )
        items = (f"{listed(runs)} ({_numbers(set().union(*runs.values()))}): {words}" for words, runs in alike.items())
        title = say("Det som prognosen inte förklarar", "What the prognosis does not explain")
        yield Section("", title, 1, (Paragraph(intro), Bullets(tuple(map(Item, items)))))


def _numbers(injects: Iterable[int]) -> str:
    numbers = listed(map(str, sorted(injects)))
    return say(f"inspel {numbers}", f"inject {numbers}")


def _seen(one: Unexplained, situation: Situation) -> str:
    """What was told of a run, and what the prognosis says instead."""
    zone = time_zone(situation.timezone)
    at, run, banks = short_time(one.at, zone), one.run, listed(one.banks)
    to = say(f" till konton i {banks}", f" to accounts at {banks}") if banks else ""
    if one.missing is not None:
        to = say(f" till {percent(one.missing)} av mottagarna", f" to {percent(one.missing)} of the recipients")
    seen = {
        "held_up": say(f"ett steg var försenat {at}", f"a stage was late {at}"),
        "overdue": say(f"skulle ha kommit{to} {at} och har inte gjort det", f"should have come{to} {at} and has not"),
        "completed": say(f"har kommit{to} {at}", f"came{to} {at}"),
        "not_missing": say(
            f"skulle ha kommit{to} {at}, och hör inte till det som sägs saknas",
            f"should have come{to} {at}, and is not among what is said to be missing",
        ),
    }[one.sight]
    if run is None:
        return say(f"{seen}; prognosen säger inget om det.", f"{seen}; the prognosis says nothing of it.")
    if one.sight == "held_up":
        return say(f"{seen}; enligt prognosen klart i tid.", f"{seen}; according to the prognosis done in time.")
    if not run.late:
        return say(f"{seen}; enligt prognosen i tid.", f"{seen}; according to the prognosis on time.")
    if run.late_completed is None:
        return say(
            f"{seen}; enligt prognosen inte framme inom perioden.",
            f"{seen}; according to the prognosis not complete within the period.",
        )
    when = short_time(run.late_completed, zone)
    return say(f"{seen}; enligt prognosen framme {when}.", f"{seen}; according to the prognosis complete {when}.")


def _answered(section: Section) -> Section:
    """The section without what is left to people."""
    kept = tuple(block for block in section.blocks if not _is_prompt(block))
    return replace(section, blocks=kept)


def _is_prompt(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.is_prompt


def _with_content(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The sections that say something, and the headings above them."""
    kept: list[Section] = []
    deeper = 0
    for section in reversed(sections):
        if section.blocks or section.level < deeper:
            kept.append(section)
            deeper = section.level
    return tuple(reversed(kept))
