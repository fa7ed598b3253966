"""Doubts about who is told, and by whom.

B974  something that is about another player's things
B978  a reserve that stands in for an inject to another reader
B980  something said by a player to another, while that player itself takes part
"""

from collections.abc import Iterator

from beroenden.exercise.doubts.edit import Doubt, Edit, things
from beroenden.exercise.exercise import CONTROL
from beroenden.language import say


def it_is_about_its_reader(edit: Edit) -> Iterator[Doubt]:
    """A player gets nothing that only another player can notice in its own things."""
    for one, field in edit.changed("to"):
        if one.to == CONTROL:
            continue
        theirs: dict[str, list[str]] = {}
        for owner, name in things(one, edit.network):
            if owner in edit.after.actors and owner != one.to:
                theirs.setdefault(owner, []).append(name)
        whose = "; ".join(f"{edit.name(owner)}: {', '.join(names)}" for owner, names in theirs.items())
        if whose:
            message = say(
                f"inspel {one.number} går nu till {edit.name(one.to)}, men är om något som hör till {whose}. Skriv om texten "
                "eller ge det till den som det gäller",
                f"inject {one.number} now goes to {edit.name(one.to)}, but is about what belongs to {whose}. Reword it, or "
                "give it to whom it concerns",
            )
            yield Doubt("B974", one.number, field, message)


def a_reserve_has_the_reader_of_its_inject(edit: Edit) -> Iterator[Doubt]:
    """A reserve goes to whom the inject goes that it stands in for; the game control's notes have reserves for players."""
    for one in edit.after.injects:
        other = None if one.reserve_for is None else edit.new.get(one.reserve_for)
        if other is None or other.to in (one.to, CONTROL):
            continue
        if edit.name(other.to).casefold() in one.sender.casefold():
            continue  # what the other reader has not told by itself
        changes = ((one, "reserve_for"), (one, "to"), (other, "to"))
        place = next(((inject.number, field) for inject, field in changes if edit.differs(inject, field)), None)
        if place is not None:
            message = say(
                f"inspel {one.number} till {edit.reader(one.to)} är reserv för inspel {other.number} till "
                f"{edit.reader(other.to)}",
                f"inject {one.number} to {edit.reader(one.to)} stands in for inject {other.number} to "
                f"{edit.reader(other.to)}",
            )
            yield Doubt("B978", *place, message)


def nobody_speaks_for_a_player(edit: Edit) -> Iterator[Doubt]:
    """What a player says to others it says itself; only a reserve says it in its place."""
    for one, field in edit.changed("sender", "kind"):
        said = one.sender.casefold()
        players = (other for other in edit.after.actors if other != one.to and one.kind != "reservinspel")
        player = next((other for other in players if edit.name(other).casefold() in said), None)
        if player is not None:
            name, reader = edit.name(player), edit.reader(one.to)
            message = say(
                f"inspel {one.number} kommer från {name}, som själv spelar och kan säga något annat. Gör det till ett "
                f"reservinspel som ges om {name} inte själv har berättat det för {reader}, eller byt avsändare",
                f"inject {one.number} comes from {name}, which plays and may say something else itself. Make it a reserve that "
                f"is given if {name} has not told {reader} so itself, or give it another sender",
            )
            yield Doubt("B980", one.number, field, message)
