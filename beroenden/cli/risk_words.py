"""What the tables of `beroenden risk` and `rank` say alike."""

from collections.abc import Iterable

from beroenden.cli.common import line
from beroenden.language import say
from beroenden.units.numbers import number

_NAMED = 6
"""So many names are given before it is said how many there are more."""


def named(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    listed = list(names)
    more = len(listed) - _NAMED
    said = ", ".join(listed[:_NAMED])
    return said + (say(f" och {number(more)} till", f" and {number(more)} more") if more > 0 else "")


def no_payments() -> str:
    """That there is nothing to delay in a model without payments, and what to do."""
    return say(
        "Modellen har inga betalningar, så ingen kan bli sen. Lägg till dem som [[payment]].",
        "The model has no payments, so none can be late. Add them as [[payment]].",
    )


def left_out(shown: int, count: int) -> None:
    """Say how many rows a table leaves out."""
    if shown < count:
        line(
            say(
                f"Visar {number(shown)} av {number(count)}; fler med --top.",
                f"Shows {number(shown)} of {number(count)}; more with --top.",
            )
        )
