"""What was read of a register and what was not, for the import report."""

from collections import Counter
from dataclasses import dataclass, field

from beroenden.language import say


@dataclass
class Tally:
    """Rows by template, and rows or cells left out by (template, reason)."""

    rows: Counter[str] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)

    def leave(self, template: str, reason: str, count: int = 1) -> None:
        """Count something that does not come into the model."""
        self.left[template, reason] += count

    def reasons(self) -> list[tuple[str, str, int]]:
        """Template, reason in words and how many, in the order of the templates."""
        return [(template, in_words(reason), count) for (template, reason), count in sorted(self.left.items())]


def in_words(reason: str) -> str:
    """Why something was left out."""
    return {
        "branch": say("filialer blir inte egna noder", "branches do not become nodes"),
        "intra-group": say(
            "koncerninterna avtalslänkar ger inget nytt beroende", "links of intra-group contracts add no dependency"
        ),
        "signing": say("vem som skrivit under ett avtal är inget beroende", "who signed a contract is no dependency"),
        "ended": say("avtalet hade upphört på referensdagen", "the contract had ended by the reference date"),
        "deleted": say("företaget hade utgått på referensdagen", "the entity was out of scope by the reference date"),
        "repeated": say(
            "samma beroende igen (registret har en rad för varje land eller plats)",
            "the same dependency again (the register has a row for each country or location)",
        ),
        "zero": say(
            "0 timmar betyder okänd tid, inte omedelbar återställning (anvisningen: 1 för under en timme)",
            "0 hours mean an unknown time, not instant recovery (the instructions: 1 for less than an hour)",
        ),
        "no key": say("raden saknar det som den handlar om", "the row lacks what it is about"),
        "no use": say("avtalet stödjer ingen funktion i B_02.02", "the contract supports no function in B_02.02"),
        "extra user": say(
            "fler användare av avtalet, utan angiven funktion; står i tjänstens anteckning",
            "more users of the contract, of no stated function; stand in the note of the service",
        ),
        "vertical": say("definitionerna står inte i kolumner", "the definitions do not stand in columns"),
    }[reason]
