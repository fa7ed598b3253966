"""Doubts about injects that belong together: which comes first, and whether both come.

B975  a rumour that is no longer denied
B976  unconfirmed word that comes after the confirmation
B981  a denial of what nobody has said
B990  a reserve that comes before the inject that it waits for
B991  what is given instead of an inject, after that inject
"""

from collections.abc import Iterator, Sequence

from beroenden.exercise.doubts.edit import Doubt, Edit, is_before, is_given, subject, with_event
from beroenden.exercise.exercise import CONTROL, Inject
from beroenden.exercise.phrases import numbers_in_words
from beroenden.language import say


def a_rumour_is_denied(edit: Edit) -> Iterator[Doubt]:
    """A wrong explanation is denied to whom it reached, after it."""
    for was, denied in edit.ordered_pairs("rumour", "denial"):
        rumour, denial = edit.new.get(was.number), edit.new.get(denied.number)
        if rumour is None or not is_given(rumour):
            continue
        name, nr = edit.name(subject(rumour)[0]), denied.number
        if denial is None:
            place, why = (nr, "number"), say(f"inspel {nr} är borttaget", f"inject {nr} is removed")
        elif not is_given(denial):
            place, why = (nr, "status"), say(f"inspel {nr} är överhoppat", f"inject {nr} is skipped")
        elif denial.to != rumour.to:
            place = edit.what_changed(denial, rumour)
            why = say(f"inspel {nr} går till någon annan", f"inject {nr} goes to somebody else")
        elif is_before(denial, rumour):
            place = edit.what_changed(denial, rumour)
            why = say(f"inspel {nr} kommer före det", f"inject {nr} comes before it")
        else:
            continue
        message = say(
            f"ryktet om {name} i inspel {rumour.number} dementeras inte längre: {why}",
            f"the rumour of {name} in inject {rumour.number} is no longer denied: {why}",
        )
        yield Doubt("B975", *place, message)


def what_is_denied_has_been_said(edit: Edit) -> Iterator[Doubt]:
    """A denial comes to whom the rumour came."""
    for was, denied in edit.ordered_pairs("rumour", "denial"):
        rumour, denial = edit.new.get(was.number), edit.new.get(denied.number)
        if denial is None or not is_given(denial) or (rumour is not None and is_given(rumour)):
            continue
        name, nr = edit.name(subject(was)[0]), denial.number
        if any(one.to == denial.to and subject(one) == subject(was) for one in with_event(edit.after, "rumour")):
            continue
        message = say(
            f"inspel {nr} dementerar ryktet om {name}, som inte längre ges (nr {was.number}). Ta bort det också, eller hoppa över det",
            f"inject {nr} denies the rumour of {name}, which is no longer given (no. {was.number}). Remove it too, or skip it",
        )
        yield Doubt("B981", was.number, "number" if rumour is None else "status", message)


def unconfirmed_word_comes_first(edit: Edit) -> Iterator[Doubt]:
    """Unconfirmed word of an outage comes before its confirmation, to the same reader."""
    for was, confirmed in edit.ordered_pairs("unconfirmed", "cause"):
        word, cause = edit.new.get(was.number), edit.new.get(confirmed.number)
        if word is None or cause is None or word.to != cause.to or not (is_given(word) and is_given(cause)):
            continue
        if is_before(cause, word):
            name = edit.name(subject(word)[0])
            message = say(
                f"den obekräftade uppgiften om {name} i inspel {word.number} kommer efter bekräftelsen i inspel {cause.number}",
                f"the unconfirmed word of {name} in inject {word.number} comes after the confirmation in inject {cause.number}",
            )
            yield Doubt("B976", *edit.what_changed(word, cause), message)


def a_reserve_comes_after_its_inject(edit: Edit) -> Iterator[Doubt]:
    """Nobody is told by a reserve before it is time for what the reserve waits for; unless the plan has it so."""
    for other in (one for one in edit.after.injects if is_given(one)):
        mine = (one for one in edit.after.injects if one.reserve_for == other.number and one.kind == "reservinspel")
        early = [one for one in mine if is_given(one) and one.play < other.play and not _was_early(edit, one)]
        if early:
            yield Doubt("B990", *edit.what_changed(other, *early), _too_early(edit, other, early))


def _too_early(edit: Edit, other: Inject, early: Sequence[Inject]) -> str:
    """That reserves come before the inject that they wait for, to a player or to the game control."""
    numbers, given = numbers_in_words(one.number for one in early), edit.time(other.play)
    if other.to == CONTROL:
        return say(
            f"reservinspel {numbers} kommer före spelledningens inspel {other.number}, {given}, då det är dags att se om de "
            "behövs. Flytta dem till efter det",
            f"reserve injects {numbers} come before the game control's inject {other.number}, {given}, when it is time to "
            "see whether they are needed. Move them to after it",
        )
    return say(
        f"reservinspel {numbers} kommer före inspel {other.number}, som ges {given} och som de väntar på: den som får dem skulle "
        "få veta det först. Flytta dem också, till efter det",
        f"reserve injects {numbers} come before inject {other.number}, which is given {given} and which they wait for: whoever "
        "gets them would know it first. Move them too, to after it",
    )


def _was_early(edit: Edit, reserve: Inject) -> bool:
    """Whether a reserve came before its inject before anything was changed."""
    was = edit.old.get(reserve.number)
    other = edit.old.get(reserve.reserve_for or 0)
    return was is not None and other is not None and was.reserve_for == other.number and was.play < other.play


def what_is_given_instead_comes_no_later(edit: Edit) -> Iterator[Doubt]:
    """What says that a disturbance lasts longer is given instead of what says that it is over, so not after that."""
    for one, field in edit.changed("play", "kind", "reserve_for"):
        other = edit.new.get(one.reserve_for or 0)
        if other is None or not is_given(other) or not one.evidence or one.evidence.event != "longer":
            continue
        if one.kind == "reservinspel" and one.play > other.play:
            message = say(
                f"reservinspel {one.number} ges i stället för inspel {other.number} men kommer efter det ({edit.time(other.play)}): "
                "mottagaren har då redan hört att det är över. Flytta det till senast då",
                f"reserve inject {one.number} is given instead of inject {other.number} but comes after it ({edit.time(other.play)}): "
                "its reader has then already heard that it is over. Move it to then at the latest",
            )
            yield Doubt("B991", one.number, field, message)
