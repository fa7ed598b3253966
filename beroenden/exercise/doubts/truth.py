"""Doubts about whether what is told is still so.

B977  the hidden course of events tells the game control what is no longer so
B983  good news that are still to be given though a reserve let the disturbance last longer
B986  a text that no longer says what its evidence has, with which the keys and the evaluation reckon
"""

from collections.abc import Iterator, Sequence

from beroenden.exercise.doubts.edit import Doubt, Edit, is_given, subject, things, with_event
from beroenden.exercise.exercise import CONTROL, Inject
from beroenden.exercise.phrases import numbers_in_words, without_gaps
from beroenden.exercise.prolonging import as_long, overtaken, says_longer
from beroenden.exercise.stating import unsaid
from beroenden.language import say


def the_hidden_course_is_so(edit: Edit) -> Iterator[Doubt]:
    """What the game control reads of when an outage is confirmed, and to whom, is what the injects say."""
    for was in (one for one in edit.before.injects if one.evidence and one.evidence.event == "cause"):
        hidden = _hidden(edit, was)
        # The hidden course says no time of what is told only if another player does not tell it.
        if hidden is None or was.kind == "reservinspel":
            continue
        now = edit.new.get(was.number)
        found = _what_is_said(edit, was, now)
        if found is not None:
            field, why = found
            message = say(
                f"{why}; det dolda förloppet i inspel {hidden.number} ({hidden.title[:60]}) säger något annat, rätta det där",
                f"{why}; the hidden course in inject {hidden.number} ({hidden.title[:60]}) says otherwise, correct it there",
            )
            yield Doubt("B977", was.number, field, message)


def _hidden(edit: Edit, cause: Inject) -> Inject | None:
    """The hidden course that tells of a confirmation, unless its text was changed at the same time."""
    for one in with_event(edit.after, "outage"):
        is_its = cause.evidence and one.evidence and cause.evidence.at == one.evidence.at
        if is_its and subject(one) == subject(cause) and not edit.differs(one, "text"):
            return one
    return None


def _what_is_said(edit: Edit, was: Inject, now: Inject | None) -> tuple[str, str] | None:
    """The field of a confirmation that was changed, and what holds now; None where nothing of it was."""
    reader, name = edit.reader(was.to), edit.name(subject(was)[0])
    if now is None or is_given(was) > is_given(now):
        never = say(f"{name} bekräftas inte längre för {reader}", f"{name} is no longer confirmed to {reader}")
        return "number" if now is None else "status", never
    if not is_given(now):
        return None
    when = edit.time(now.time)
    said = say(
        f"{name} bekräftas nu för {edit.reader(now.to)} {when}",
        f"{name} is now confirmed to {edit.reader(now.to)} {when}",
    )
    if was.to != now.to:
        return "to", said
    if was.time != now.time:
        return "time", said
    return None if is_given(was) else ("status", said)


def what_lasts_longer_is_not_over(edit: Edit) -> Iterator[Doubt]:
    """What is not so where a disturbance lasts longer is not told once a reserve is given that says it does."""
    told: dict[int, list[Inject]] = {}
    for one in edit.after.injects:
        if one.is_for_players and one.evidence and says_longer(one):
            told.setdefault(one.evidence.at, []).append(one)
    for end, given in told.items():
        wrong = (other for other, _ in overtaken(edit.after, edit.network, end))
        left = [each.number for each in wrong if each.kind != "reservinspel" and _is_to_be_given(each)]
        if left:
            first = given[0]
            field = next((one for one in ("status", "kind") if edit.differs(first, one)), "status")
            also = [
                each.number for each in as_long(edit.after, first) if _is_to_be_given(each) and not each.is_for_players
            ]
            message = _not_over([one.number for one in given], left, also)
            yield Doubt("B983", first.number, field, message)


def _is_to_be_given(one: Inject) -> bool:
    return one.status in ("utkast", "godkänd")


def _not_over(given: Sequence[int], left: Sequence[int], also: Sequence[int]) -> str:
    """What is still to be given though a disturbance lasts longer, and who else is to be told that it does."""
    numbers, wrong = numbers_in_words(given), numbers_in_words(left)
    text = say(
        f"inspel {numbers} ges och låter störningen vara längre, men nr {wrong} ska fortfarande ges och är då inte "
        "sant. Sätt status överhoppat på dem, och skriv nya inspel om när det fungerar och när pengarna kommer; när det är så "
        "står i spelledningens dokument",
        f"inject {numbers} is given and lets the disturbance last longer, but no. {wrong} are still to be given and are "
        "not so then. Give them status överhoppat, and write new injects of when it works and when the money comes; when that "
        "is so stands in the game control's document",
    )
    if also:
        listed = numbers_in_words(also)
        text += say(f". Ge också nr {listed}", f". Also give no. {listed}")
    return text


def a_reworded_text_says_the_same(edit: Edit) -> Iterator[Doubt]:
    """What a player is told in other words has the times, numbers and names that it had."""
    for one in filter(is_given, edit.after.injects):
        was = edit.old.get(one.number) if edit.differs(one, "text") else edit.planned.get(one.number)
        if was is None or one.evidence is None or CONTROL in (was.to, one.to):
            continue
        lost = unsaid(without_gaps(was.text), one.text, _names(edit, one))
        if lost:
            words = ", ".join(lost) + _said_still(edit, one, lost)
            message = say(
                f"inspel {one.number} säger inte längre {words}. Facit och utvärderingen räknar med det som planen har, inte med "
                "den nya texten: säger den något annat, sätt status överhoppat och skriv ett eget inspel, eller planera om",
                f"inject {one.number} no longer says {words}. The keys and the evaluation reckon with what the plan has, not with "
                "the new text: if that says otherwise, give it status överhoppat and write an inject of your own, or plan anew",
            )
            yield Doubt("B986", one.number, "text", message)


def _said_still(edit: Edit, reworded: Inject, lost: Sequence[str]) -> str:
    """Which other injects about the same still say what one does not say any more; "" where none does."""
    numbers = [
        one.number
        for one in edit.after.injects
        if one.to != CONTROL and one.number != reworded.number and is_given(one) and _is_about_the_same(one, reworded)
        if not set(lost).isdisjoint(unsaid(without_gaps(one.text), reworded.text, _names(edit, reworded)))
    ]
    listed = numbers_in_words(numbers)
    return say(f" (det står kvar i nr {listed})", f" (it still stands in no. {listed})") if numbers else ""


def _is_about_the_same(one: Inject, other: Inject) -> bool:
    found, told = one.evidence, other.evidence
    if found is None or told is None or found.event != told.event or found.at != told.at:
        return False
    return (found.entities, found.payments) == (told.entities, told.payments)


def _names(edit: Edit, one: Inject) -> list[str]:
    """The names of what an inject is about."""
    return list(dict.fromkeys(name for _, name in things(one, edit.network)))
