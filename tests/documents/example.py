"""A document with all there can be in one, and names that try to be something else."""

import base64
from dataclasses import dataclass, replace

from beroenden.documents.document import Bullets, Document, Field, Figure, Item, Paragraph, Section, Table

HOSTILE = "Bank & Co <b>fet</b> ]]> {{ tlp }} {% x %} |rör| *stjärna* 😀 \x00 \ud800 \u202eomvänt"
HARMLESS = "Bank & Co <b>fet</b> ]]> {{ tlp }} {% x %} |rör| *stjärna* 😀 � � �omvänt"
LONG_WORD = "Betalningsförmedlingsavbrottskonsekvensbeskrivningsmallar" * 2

_PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAGQAAAAoCAIAAACHGsgUAAAANUlEQVR42u3OMQ0AAAgDMPybBhnbQdLK"
    "Zdqe6wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAHi3eaMAAfJkVJcAAAAASUVORK5CYII="
)


@dataclass(frozen=True)
class Picture:
    """A chart that was drawn beforehand."""

    name: str = "forlopp"
    title: str = "Förlopp"
    alt: str = "Utbetalningarna står stilla från kl. 08.00 till kl. 20.00."
    data: bytes = _PNG

    def svg(self) -> str:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 120" width="600" height="120">'
            '<rect x="10" y="40" width="500" height="40" fill="#b2182b"/><text x="20" y="30">08.00</text></svg>'
        )

    def png(self) -> bytes:
        return self.data


def document() -> Document:
    """One short document with each kind of block."""
    return Document(
        form="intern",
        title="Intern lägesbild: Försäkringskassan",
        label="TLP:AMBER",
        is_exercise=True,
        language="sv",
        header=(
            Field("aktor", "Aktör", "Försäkringskassan"),
            Field("handelse", "Händelse", HOSTILE),
            Field("nummer", "Lägesbild nummer", "1 (första)"),
            Field("upprattad_av", "Upprättad av (funktion)"),
        ),
        notice="Alla tider är svensk tid (Europe/Stockholm).",
        sections=(
            Section(
                "viktigast",
                "Det viktigaste",
                1,
                (
                    Bullets(
                        (
                            Item("600 utbetalningar blir sena.", "modellberäknad"),
                            Item("Elen är ute.", "bekräftad", "TiB"),
                        )
                    ),
                ),
            ),
            Section("", "1. FAKTA", 1),
            Section("", "Vad har hänt?", 2),
            Section("fakta.handelse", "Beskrivning av händelsen", 3, (Paragraph(f"Avbrott hos {HOSTILE}."),)),
            Section(
                "fakta.kommunikation", "Kommunikativt läge", 3, (Paragraph("Fylls i av handläggaren.", is_prompt=True),)
            ),
            Section(
                "prognos.betalningar",
                "Närmaste betalningsdagar",
                2,
                (
                    Table(
                        ("Utbetalning", "Planerad", "Klar", "Antal", "Belopp"),
                        (
                            ("Barnbidrag", "fre 18 dec 06.00", "fre 18 dec 18.30", "1 213 000", "2 650 mnkr"),
                            (LONG_WORD, "fre 18 dec 06.00", "", "12", "1 mnkr"),
                        ),
                        "Utbetalningar som blir sena",
                    ),
                    Figure(Picture(), "Avbrottet varar i tolv timmar."),
                ),
            ),
        ),
    )


def long_document() -> Document:
    """Some twelve pages: many sections, statements and rows."""
    short = document()
    rows = tuple(
        (
            f"Utbetalning {number} till hushåll och företag",
            "fre 18 dec 06.00",
            "mån 21 dec 06.00",
            f"{number * 1371}",
            f"{number * 17} mnkr",
        )
        for number in range(1, 61)
    )
    sentences = (
        "Handläggaren har talat med driftledningen, som räknar med att driften är i gång igen under eftermiddagen. " * 3
    )
    more = tuple(
        Section(
            f"extra.{number}",
            f"{number}. Ett område till",
            1 + number % 3,
            (
                Paragraph(sentences),
                Bullets(tuple(Item(f"{sentences} ({index})", "obekräftad", "driftledningen") for index in range(4))),
                *(
                    (Table(("Utbetalning", "Planerad", "Klar", "Antal", "Belopp"), rows, "Alla utbetalningar"),)
                    if number % 6 == 0
                    else ()
                ),
            ),
        )
        for number in range(1, 15)
    )
    return replace(short, sections=(*short.sections, *more))
