"""Statements: what a lägesbild says, how sure it is, and where it comes from."""

from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["bekräftad", "obekräftad", "modellberäknad", "antagande", "okänd"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a lägesbild says.

    Attributes:
        section: Key of the support question that it answers; see `sections`.
        text: A Swedish sentence.
        status: How far it is known.
        source: Who or what says so.
        time: Instant that the statement is about or was made at; None when it has none.
        path: Ids from a victim back to the cause, where the statement rests on one.
        tlp: The label it carries.
        disclose: Whether it has been chosen for sharing (delge); never by itself.
        cells: (heading, value) of a statement that is best read in a table.
    """

    section: str
    text: str
    status: Status
    source: str
    time: int | None = None
    path: tuple[str, ...] = ()
    tlp: str = ""
    disclose: bool = False
    cells: tuple[tuple[str, str], ...] = ()

    def to_dict(self, time: str | None) -> dict[str, Any]:
        """The statement as JSON, its time already in ISO 8601."""
        return {
            "section": self.section,
            "text": self.text,
            "status": self.status,
            "source": self.source,
            "time": time,
            "path": list(self.path),
            "tlp": self.tlp,
            "disclose": self.disclose,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A support question of the FSPOS form; without statements it is left as a prompt to a person."""

    key: str
    text: str
    otherwise: str = "Fylls i av handläggaren."


@dataclass(frozen=True, slots=True)
class Group:
    """A heading within a box, and its support questions."""

    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One of the four boxes of the form."""

    title: str
    groups: tuple[Group, ...]


HIGHLIGHTS = "viktigast"
"""Section of the two or three lines that stand before the boxes."""

INTERNAL_FORM = (
    Box(
        "1. FAKTA",
        (
            Group(
                "Vad har hänt?",
                (
                    Question("fakta.handelse", "Beskrivning av händelsen"),
                    Question(
                        "fakta.konsekvenser", "Konsekvenser (ex. personella, materiella, ekonomiska, förtroendemässiga)"
                    ),
                    Question("fakta.kommunikation", "Kommunikativt läge (ex. mediabevakning, sociala medier)"),
                    Question(
                        "fakta.register",
                        "Registrerade uppgifter i modellen",
                        "Modellen har inga uppgifter med källa och verifieringsdatum om det som är ute.",
                    ),
                ),
            ),
            Group(
                "Vilka åtgärder har vi vidtagit?",
                (
                    Question("fakta.strategiskt", "Strategiskt"),
                    Question("fakta.operativt", "Operativt"),
                    Question("fakta.kommunikativt", "Kommunikativt"),
                ),
            ),
        ),
    ),
    Box(
        "2. PROGNOS",
        (
            Group(
                "Vad tror vi om utvecklingen?",
                (
                    Question("prognos.konsekvenser", "Övergripande konsekvenser"),
                    Question("prognos.tid", "Utveckling från läget och framåt"),
                    Question(
                        "prognos.betalningar", "Närmaste betalningsdagar", "Ingen av aktörens betalningar blir sen."
                    ),
                    Question("prognos.opinion", "Opinionsmässig eller mediemässig utveckling"),
                    Question("prognos.fragor", "Åsikter och frågor hos kunder och samarbetsparter"),
                    Question("prognos.beslut", "Behov av beslut"),
                    Question("prognos.samverkan", "Samverkansbehov"),
                    Question("prognos.juridik", "Juridiska implikationer"),
                    Question("prognos.information", "Behov av ytterligare information"),
                ),
            ),
            Group("Vilka centrala antaganden har gjorts?", (Question("prognos.antaganden", "Antaganden"),)),
        ),
    ),
    Box(
        "3. INRIKTNING OCH ÅTGÄRDER",
        (
            Group(
                "Vilken är vår strategiska inriktning?",
                (Question("inriktning.strategi", "Utgå från organisationens vägledande principer"),),
            ),
            Group(
                "Vilka åtgärder planerar vi att genomföra?",
                (
                    Question("inriktning.sikt", "På kort och lång sikt"),
                    Question("inriktning.ansvarig", "Utse ansvarig"),
                    Question("inriktning.tidsplan", "Fastställ tidsplan"),
                ),
            ),
        ),
    ),
    Box(
        "4. KOMMUNIKATION",
        (
            Group(
                "Hur ska vi kommunicera?",
                (
                    Question("kommunikation.interna", "Interna budskap"),
                    Question("kommunikation.externa", "Externa budskap"),
                    Question("kommunikation.kanaler", "Kanaler för informationsdelning"),
                ),
            ),
        ),
    ),
)
"""FSPOS "Mall – intern lägesbild" with its support questions, and three of our own: the register, the development over
time and the next payment dates, which give the computed a place of its own."""
