"""Statements: what a lägesbild says, how sure it is, and where it comes from."""

from dataclasses import dataclass
from typing import Any, Literal, get_args

from beroenden.incident.log.entries import Claim
from beroenden.language import say

Status = Literal["bekräftad", "obekräftad", "modellberäknad", "antagande", "okänd"]


def status_word(status: Status) -> str:
    """A status as a document says it; in the data it is always the Swedish word."""
    english = {
        "bekräftad": "confirmed",
        "obekräftad": "unconfirmed",
        "modellberäknad": "computed by the model",
        "antagande": "assumption",
        "okänd": "unknown",
    }
    return say(status, english[status])


def as_status(word: str) -> Status:
    """A status that another actor gave; what is none counts as unconfirmed."""
    known: dict[str, Status] = {status: status for status in get_args(Status)}
    return known.get(word, "obekräftad")


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a lägesbild says.

    Attributes:
        section: Key of the support question that it answers; see `forms`.
        text: A sentence in the language of the situation.
        status: How far it is known.
        source: Who or what says so.
        time: Instant that the statement is about or was made at; None when it has none.
        path: Ids from a victim back to the cause, where the statement rests on one.
        tlp: The label it carries.
        disclose: Whether it has been chosen for sharing (delge); never by itself.
        cells: (heading, value) of a statement that is best read in a table.
        entry: Id of the log entry that it repeats; "" for what no entry says.
        condition: What the computed depends on, when the text begins with it; "" where it depends on nothing.
        claims: What of it can be compared, with the next lägesbild and with what others say.
        is_withheld: Whether it names what the reader may not know to be out; it is left out.
        is_over: Whether it tells only of what has ended.
        asks: (actor, question) to whoever has told what it says differs from the own log, each of its own word alone.
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
    entry: str = ""
    condition: str = ""
    claims: tuple[Claim, ...] = ()
    is_withheld: bool = False
    is_over: bool = False
    asks: tuple[tuple[str, str], ...] = ()

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
            "claims": [[claim.subject, claim.aspect, claim.value] for claim in self.claims],
        }
