"""The key (facit) of a player at the end of a stage, to compare with the lägesbild that it wrote."""

from dataclasses import replace

from beroenden.documents.document import Block, Document, Field, Paragraph, Section
from beroenden.documents.lagesbild import internal
from beroenden.exercise.exercise import Stage
from beroenden.incident.lagesbild.situation import Situation
from beroenden.language import say, writing_in

_LEFT_OUT = ("nummer", "upprattad_av", "godkand_av", "nasta", "andrat")
"""Rows of the head that a lägesbild has and its key does not."""


def key_document(situation: Situation, stage: Stage) -> Document:
    """What could be known, on the internal form; questions that only people can answer are left out."""
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
        sections = _with_content(tuple(map(_answered, form.sections)))
        return replace(form, form="facit", title=title, header=rows, notice=note + form.notice, sections=sections)


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
