"""What the changes of an exercise make doubtful, each rule with what raises it and what does not."""

from dataclasses import replace

import pytest
from chain import network, tables
from exercise.example import STAGES, exercise, moment, play

import beroenden
from beroenden.exercise.doubts.doubts import doubts
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject
from beroenden.exercise.pace import Pace
from beroenden.exercise.plan import plan
from beroenden.model.scenario import Outage, Scenario

NETWORK = network()
POWER_OUT = moment("15T17:00")


def told(number: int, event: str, clock: str, time: str, to: str, what: str = "power", **more) -> Inject:
    found = Evidence(event, more.pop("at", POWER_OUT), (what,))
    kind = "spelledning" if to == CONTROL else "inspel"
    return Inject(
        number,
        1,
        play(clock),
        moment(time),
        "Motspelet",
        to,
        "mejl",
        kind,
        f"Rubrik {number}",
        "Text",
        evidence=found,
        **more,
    )


BEFORE = replace(
    exercise(),
    injects=(
        told(1, "outage", "09:00", "15T17:00", CONTROL),
        told(2, "rumour", "09:08", "15T19:08", "payer", "clr", at=moment("15T19:08")),
        told(3, "unconfirmed", "09:15", "15T21:00", "payer"),
        told(4, "denial", "09:23", "15T23:08", "payer", "clr", at=moment("15T23:08")),
        told(5, "cause", "09:30", "16T01:00", "payer"),
        told(6, "level", "09:38", "16T03:00", "payer", "sys", at=moment("16T03:00")),
        told(7, "level", "09:38", "16T03:00", "b2", "b2", at=moment("16T03:00"), reserve_for=None),
        told(8, "deadline", "09:45", "16T05:00", "payer", "sys", at=moment("17T19:00"), reserve_for=1),
        told(9, "level", "09:53", "16T07:00", "payer", "sys", at=moment("16T07:00"), reserve_for=6),
    ),
)  # fmt: skip


def edited(number: int, **changes) -> Exercise:
    injects = (replace(one, **changes) if one.number == number else one for one in BEFORE.injects)
    return replace(BEFORE, injects=tuple(injects))


def without(number: int) -> Exercise:
    return replace(BEFORE, injects=tuple(one for one in BEFORE.injects if one.number != number))


def found(after: Exercise) -> list[tuple[str, int, str]]:
    return [(one.code, one.number, one.field) for one in doubts(BEFORE, after, NETWORK)]


def message(after: Exercise) -> str:
    (one,) = doubts(BEFORE, after, NETWORK)
    return one.message


def test_what_was_not_changed_is_not_doubted():
    assert found(BEFORE) == []
    assert found(edited(6, text="Annan text", objective="Mål", status="godkänd")) == []


def test_a_time_off_the_clock_is_told_with_what_the_clock_shows():
    after = edited(6, play=play("09:49"))
    assert found(after) == [("B972", 6, "play")]
    assert "shows Wed 16 Dec 06:04" in message(after)
    assert "which is played Tue 10 Nov 09:38" in message(after)
    assert found(edited(6, time=moment("16T07:00"))) == [("B972", 6, "time")]


def test_ten_minutes_off_the_clock_a_clock_that_stands_still_and_what_is_skipped_are_not_told():
    assert found(edited(6, play=play("09:44"))) == []
    assert STAGES[0].play_time(STAGES[0].until) < play("10:15")
    assert found(edited(6, play=play("10:28"), time=STAGES[0].until)) == []
    assert found(edited(6, play=play("10:28"), status="överhoppat")) == []


def test_what_is_told_minutes_ahead_of_what_it_tells_is_off_the_clock():
    """A minute of play may be hours of the scenario: ten of them lay before what had happened."""
    assert found(edited(6, play=play("09:37"))) == [("B972", 6, "play")]


def test_what_is_told_before_it_happens():
    after = edited(6, play=play("09:30"), time=moment("16T01:00"))
    assert found(after) == [("B973", 6, "time")]
    assert "happens only Wed 16 Dec 03:00" in message(after)
    before_all = edited(6, play=play("09:00"), time=moment("15T16:00"))
    assert found(before_all) == [("B973", 6, "time")]
    assert "before the scenario begins Tue 15 Dec 17:00" in message(before_all)


def test_a_deadline_is_told_of_ahead():
    assert found(edited(8, play=play("09:41"), time=moment("16T04:00"))) == []


def test_another_players_things():
    after = edited(7, to="payer")
    assert found(after) == [("B974", 7, "to")]
    assert "belongs to Bank two: Bank two" in message(after)
    paid = replace(BEFORE.injects[5], evidence=Evidence("late", moment("16T03:00"), (), (("allowance", "2026-12-18"),)))
    before = replace(BEFORE, injects=(paid,))
    (one,) = doubts(before, replace(before, injects=(replace(paid, to="b2"),)), NETWORK)
    assert (one.code, "The payer: Allowance" in one.message) == ("B974", True)
    assert found(edited(7, to=CONTROL)) == []


@pytest.mark.parametrize(
    ("after", "number", "field", "why"),
    [
        (without(4), 4, "number", "inject 4 is removed"),
        (edited(4, status="överhoppat"), 4, "status", "inject 4 is skipped"),
        (edited(4, to="b2"), 4, "to", "inject 4 goes to somebody else"),
        (edited(2, play=play("09:25"), time=moment("15T23:40")), 2, "play", "inject 4 comes before it"),
    ],
)
def test_a_rumour_that_is_no_longer_denied(after, number, field, why):
    (one,) = doubts(BEFORE, after, NETWORK)
    assert (one.code, one.number, one.field) == ("B975", number, field)
    assert "in inject 2 is no longer denied" in one.message
    assert one.message.endswith(why)


def test_a_rumour_that_is_skipped_needs_no_denial():
    both = replace(edited(2, status="överhoppat"), injects=edited(2, status="överhoppat").injects[:3])
    assert "B975" not in {code for code, _, _ in found(both)}


def test_unconfirmed_word_after_the_confirmation():
    after = edited(3, play=play("09:34"), time=moment("16T02:00"))
    assert found(after) == [("B976", 3, "play")]
    assert "comes after the confirmation in inject 5" in message(after)


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"time": moment("16T03:00"), "play": play("09:38")}, "time", "now confirmed to The payer Wed 16 Dec 03:00"),
        ({"to": "b2"}, "to", "now confirmed to Bank two Wed 16 Dec 01:00"),
        ({"to": CONTROL}, "to", "now confirmed to the game control"),
        ({"status": "överhoppat"}, "status", "no longer confirmed to The payer"),
    ],
)
def test_the_hidden_course_that_is_no_longer_so(changes, field, why):
    after = edited(5, **changes)
    assert found(after) == [("B977", 5, field)]
    assert why in message(after)
    assert "the hidden course in inject 1 (Rubrik 1) says otherwise" in message(after)
    corrected = (replace(one, text="Rättad") if one.number == 1 else one for one in after.injects)
    assert found(replace(after, injects=tuple(corrected))) == []


def test_a_confirmation_that_is_removed_or_only_played_later():
    assert found(without(5)) == [("B977", 5, "number")]
    assert found(edited(5, play=play("09:35"))) == []


def test_a_reserve_to_another_reader():
    assert found(edited(9, reserve_for=7)) == [("B978", 9, "reserve_for")]
    assert found(edited(7, reserve_for=6)) == [("B978", 7, "reserve_for")]
    assert ("B978", 6, "to") in found(edited(6, to="b2"))
    assert found(edited(9, reserve_for=1)) == []
    added = replace(BEFORE.injects[8], number=10, evidence=None, to="b2")
    assert found(replace(BEFORE, injects=(*BEFORE.injects, added))) == [("B978", 10, "reserve_for")]


def test_who_answers_for_what_is_out_has_a_time_in_the_hidden_course_too():
    """It was said to know at once, whenever it was told."""
    made = tables()
    made["entity"][2] |= {"owner": "payer"}
    model, findings = beroenden.build(made)
    assert model is not None, findings
    after = edited(5, time=moment("16T03:00"), play=play("09:38"))
    assert ("B977", 5) in {(one.code, one.number) for one in doubts(BEFORE, after, model)}


def test_what_is_told_only_if_another_player_does_not_has_no_time_in_the_hidden_course():
    before = replace(
        BEFORE, injects=tuple(replace(one, kind="reservinspel") if one.number == 5 else one for one in BEFORE.injects)
    )
    after = replace(before, injects=tuple(one for one in before.injects if one.number != 5))
    assert "B977" not in {one.code for one in doubts(before, after, NETWORK)}


def test_what_another_player_is_made_to_say():
    added = replace(BEFORE.injects[5], number=10, evidence=None, sender="Bank two, driften (motspel)")
    with_it = replace(BEFORE, injects=(*BEFORE.injects, added))
    assert found(with_it) == [("B980", 10, "sender")]
    assert "a reserve that is given if Bank two has not told The payer" in message(with_it)
    assert found(edited(6, sender="bank two")) == [("B980", 6, "sender")]
    assert found(edited(7, sender="Bank two")) == []
    reserve = replace(added, kind="reservinspel")
    assert found(replace(BEFORE, injects=(*BEFORE.injects, reserve))) == []


def test_a_players_clock_does_not_go_back():
    after = edited(6, play=play("09:48"))
    assert found(after) == [("B982", 6, "play")]
    assert (
        "The payer gets inject 6 (scenariotid Wed 16 Dec 03:00) after inject 8 (scenariotid Wed 16 Dec 05:00)"
        in message(after)
    )
    assert found(edited(6, play=play("09:48"), time=moment("16T05:30"))) == []
    assert found(edited(7, play=play("09:40"))) == []


def test_a_denial_of_a_rumour_that_is_not_given_any_more():
    assert found(without(2)) == [("B981", 2, "number")]
    assert found(edited(2, status="överhoppat")) == [("B981", 2, "status")]
    assert "inject 4 denies the rumour of Clearing, which is no longer given (no. 2)" in message(without(2))
    both = replace(BEFORE, injects=tuple(one for one in BEFORE.injects if one.number not in (2, 4)))
    assert found(both) == []


def reworded(was: str, becomes: str, **changes) -> list[str]:
    """The doubts about the text of the payer's system, when it is reworded."""
    one = replace(BEFORE.injects[5], text=was)
    before = replace(BEFORE, injects=(one,))
    after = replace(before, injects=(replace(one, text=becomes, **changes),))
    return [one.message for one in doubts(before, after, NETWORK) if one.code == "B986"]


TOLD = "The payer's system is down until Wednesday 16 December 2026 at 20.00, for about 1\N{NO-BREAK SPACE}150 people."


def test_a_reworded_text_that_no_longer_says_the_times_numbers_and_names_it_is_about():
    (message,) = reworded(TOLD, "It is down until Thursday 17 December at 09.00, for many.")
    assert message.startswith(
        "inject 6 no longer says The payer's system, 16, 20.00, 1\N{NO-BREAK SPACE}150. The keys and"
    )
    (message,) = reworded(TOLD, TOLD.replace("20.00", "16.00"))
    assert message.startswith("inject 6 no longer says 20.00. ")


def test_what_a_reworded_text_no_longer_says_and_a_reserve_about_the_same_still_does_is_told():
    one = replace(BEFORE.injects[5], text=TOLD)
    reserve = replace(one, number=7, kind="reservinspel", to="b2", reserve_for=6)
    before = replace(BEFORE, injects=(one, reserve))
    for text, still in (("20.00", " (it still stands in no. 7)"), ("16.00", "")):
        told = replace(reserve, text=TOLD.replace("20.00", text))
        after = replace(before, injects=(replace(one, text=TOLD.replace("20.00", "16.00")), told))
        (message, *_) = (each.message for each in doubts(before, after, NETWORK) if each.number == 6)
        assert message.startswith(f"inject 6 no longer says 20.00{still}. The keys and")


@pytest.mark.parametrize(
    "becomes",
    [
        "Wednesday the 16th, at 20 and not before: until then the system of the payer does nothing for 1 150 people.",
        TOLD.replace("20.00", "20:00") + " What do you do, and who are the 3 that you call?",
    ],
)
def test_other_words_with_the_same_times_numbers_and_names_are_not_doubted(becomes):
    assert reworded(TOLD, becomes) == []
    assert reworded(f"{TOLD} [TO WRITE: 2 voices]", becomes) == []


def test_a_text_that_no_longer_says_what_the_plan_has_is_doubted_at_every_import():
    """It was told once, and then the list was said to change nothing."""
    scenario = Scenario((Outage(POWER_OUT, moment("17T08:00"), "power"),))
    planned = plan(NETWORK, scenario, ("payer",), Pace(play("09:00")), language="en")
    assert doubts(planned, planned, NETWORK) == ()
    one = next(one for one in planned.injects if one.to == "payer" and one.evidence.event == "supply")
    for text, is_told in ((f"{one.text} What do you do?", False), ("It is out.", True)):
        injects = tuple(replace(each, text=text) if each == one else each for each in planned.injects)
        after = replace(planned, injects=injects)
        told = [(each.code, each.number, each.field) for each in doubts(after, after, NETWORK)]
        assert told == [("B986", one.number, "text")] * is_told
        other = replace(after, model_hash="0" * 64)
        assert doubts(other, other, NETWORK) == ()


def test_what_is_not_given_or_is_a_persons_own_is_not_doubted():
    assert reworded(TOLD, "Other words.", status="överhoppat") == []
    assert reworded(TOLD, "Other words.", to=CONTROL) == []
    own = replace(BEFORE, injects=(replace(BEFORE.injects[5], evidence=None, text=TOLD),))
    assert doubts(own, replace(own, injects=(replace(own.injects[0], text="Other words."),)), NETWORK) == ()


def test_what_is_said_to_have_been_given_on_another_day():
    given = replace(BEFORE, injects=tuple(replace(one, status="spelat", played=one.play) for one in BEFORE.injects))
    assert not [doubt for doubt in doubts(BEFORE, given, NETWORK) if doubt.code == "B988"]
    other = replace(given, injects=tuple(replace(one, played=one.play - 42 * 1440) for one in given.injects[:3]))
    (doubt,) = [
        doubt for doubt in doubts(replace(BEFORE, injects=BEFORE.injects[:3]), other, NETWORK) if doubt.code == "B988"
    ]
    first = given.injects[0].number
    assert (doubt.number, doubt.field) == (first, "played") and "another day" in doubt.message
    assert not [one for one in doubts(other, other, NETWORK) if one.code == "B988"]


def test_a_reserve_before_what_it_waits_for():
    """Others would have been told by it before the player that they were to hear it from."""
    waiting = replace(BEFORE.injects[6], number=10, kind="reservinspel", play=play("09:40"), reserve_for=6)
    before = replace(BEFORE, injects=(*BEFORE.injects, waiting))

    def after(**changes) -> Exercise:
        return replace(
            before, injects=tuple(replace(one, **changes) if one.number == 6 else one for one in before.injects)
        )

    def early(made: Exercise, of: Exercise = before) -> list[tuple[str, int, str]]:
        return [(one.code, one.number, one.field) for one in doubts(of, made, NETWORK) if one.code == "B990"]

    moved = after(play=play("09:50"), time=moment("16T06:00"))
    assert early(moved) == [("B990", 6, "play")]
    assert early(after(play=play("09:40"))) == [] and early(after(status="överhoppat")) == []
    assert early(moved, moved) == []
    (doubt,) = (one for one in doubts(before, moved, NETWORK) if one.code == "B990")
    assert doubt.message.startswith("reserve injects 10 come before inject 6")


def test_a_reserve_before_the_note_of_its_deadline():
    note = replace(BEFORE.injects[7], number=20, to=CONTROL, play=play("09:40"))
    nudge = replace(BEFORE.injects[7], number=21, kind="reservinspel", play=play("09:40"), reserve_for=20)
    before = replace(BEFORE, injects=(*BEFORE.injects, note, nudge))
    after = replace(before, injects=(*before.injects[:-1], replace(nudge, play=play("09:39"))))
    (doubt,) = (one for one in doubts(before, after, NETWORK) if one.code == "B990")
    assert (doubt.number, doubt.field) == (21, "play") and "the game control's inject 20" in doubt.message


def test_what_is_given_instead_comes_before_what_it_replaces_is_given():
    over = replace(BEFORE.injects[5], number=20, evidence=Evidence("restored", moment("16T03:00"), ("sys",)))
    longer = replace(
        over, number=21, kind="reservinspel", reserve_for=20, evidence=Evidence("longer", moment("16T03:00"))
    )
    before = replace(BEFORE, injects=(over, longer))

    def late(clock: str) -> list[tuple[str, int, str]]:
        after = replace(before, injects=(over, replace(longer, play=play(clock))))
        return [(one.code, one.number, one.field) for one in doubts(before, after, NETWORK) if one.code == "B991"]

    assert late("09:45") == [("B991", 21, "play")] and late("09:38") == []


def test_a_deadline_is_told_of_while_there_is_time():
    deadline = replace(BEFORE.injects[7], evidence=Evidence("deadline", moment("16T04:00")))
    before = replace(BEFORE, injects=(deadline,))

    def late(clock: str) -> list[tuple[str, int, str]]:
        after = replace(before, injects=(replace(deadline, play=play(clock)),))
        return [(one.code, one.number, one.field) for one in doubts(before, after, NETWORK) if one.code == "B992"]

    assert late("09:50") == [("B992", deadline.number, "play")] and late("09:39") == []
