"""What people's changes of an exercise make doubtful: told, never refused.

B972  a time of play that the stage's clock does not have for its time of the scenario
B973  something told before it happens, or before the scenario begins
B974  something that is about another player's things
B975  a rumour that is no longer denied
B976  unconfirmed word that comes after the confirmation
B977  the hidden course of events tells the game control what is no longer so
B978  a reserve that stands in for an inject to another reader
B980  something said by a player to another, while that player itself takes part
B981  a denial of what nobody has said
B982  a player's clock that goes back
B983  good news that are still to be given though a reserve let the disturbance last longer
B986  a text that no longer says what its evidence has, with which the keys and the evaluation reckon
B988  a time at which it was given that is of another day than the play
B990  a reserve that comes before the inject that it waits for
B991  what is given instead of an inject, after that inject
B992  a deadline that is told of when it has passed
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from beroenden.exercise.edits import as_planned, pairs
from beroenden.exercise.exercise import CONTROL, Event, Exercise, Inject
from beroenden.exercise.phrases import numbers_in_words, without_gaps
from beroenden.exercise.prolonging import as_long, overtaken, says_longer
from beroenden.exercise.stating import unsaid
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.units.times import table_time, time_zone

_SLACK = 10
"""Minutes of play by which an inject may be off the clock."""
_AHEAD = ("deadline", "longer")
"""Events that are told of before they come."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about a change.

    Attributes:
        code: Of the rule.
        number: The inject that it is about.
        field: The attribute of it that was changed; "number" where it is not in the list any more.
        message: In the language of who asks.
    """

    code: str
    number: int
    field: str
    message: str


def doubts(before: Exercise, after: Exercise, network: Network) -> tuple[Doubt, ...]:
    """What the changes between two versions of an exercise make doubtful.

    What was so before is not told again, unless it contradicts the rest of the exercise for as long as it stands (B983, B986).
    """
    edit = _Edit(before, after, network)
    return tuple(doubt for rule in RULES for doubt in rule(edit))


@dataclass(frozen=True)
class _Edit:
    before: Exercise
    after: Exercise
    network: Network

    @cached_property
    def old(self) -> dict[int, Inject]:
        return {one.number: one for one in self.before.injects}

    @cached_property
    def new(self) -> dict[int, Inject]:
        return {one.number: one for one in self.after.injects}

    @cached_property
    def planned(self) -> dict[int, Inject]:
        """The injects as the plan has them, by the number of what they have become; empty where the model is another."""
        made = as_planned(self.after, self.network)
        return {} if made is None else {one.number: new for one, new in pairs(self.after.injects, made)}

    def differs(self, one: Inject, field: str) -> bool:
        """Whether a field of an inject was changed; of a new inject all were."""
        earlier = self.old.get(one.number)
        return earlier is None or getattr(earlier, field) != getattr(one, field)

    def changed(self, *fields: str) -> Iterator[tuple[Inject, str]]:
        """The injects that are to be given of which a field was changed, with the first such field."""
        for one in self.after.injects:
            field = next((field for field in fields if self.differs(one, field)), None)
            if field is not None and _is_given(one):
                yield one, field

    def ordered_pairs(self, first: Event, then: Event) -> Iterator[tuple[Inject, Inject]]:
        """Two injects to one reader about one thing that came in their order before."""
        for one in _with_event(self.before, first):
            for other in _with_event(self.before, then):
                if one.to == other.to and _subject(one) == _subject(other) and not _is_before(other, one):
                    yield one, other

    def what_changed(self, *injects: Inject) -> tuple[int, str]:
        """Number and field of the first change that explains why injects stand otherwise than they did."""
        fields = ("play", "time", "to", "status")
        found = ((one.number, field) for one in injects for field in fields if self.differs(one, field))
        return next(found, (injects[0].number, "number"))

    def clock(self, one: Inject) -> tuple[int, int, int]:
        """The stage of an inject, when of play its time comes there, and what the clock there shows when it is given."""
        stage = next(stage for stage in self.after.stages if stage.number == one.stage)
        return stage.number, stage.play_time(one.time), stage.scenario_time(one.play)

    def time(self, minutes: int) -> str:
        return table_time(minutes, time_zone(self.network.timezone))

    def name(self, one: str) -> str:
        return spoken(self.network.entity[one].name)


def _fits(one: Inject, meant: int, shown: int) -> bool:
    """Whether an inject is given when the clock shows its time, or nearly so and not before what it tells a player of."""
    found = None if one.to == CONTROL else one.evidence
    is_ahead = found is not None and found.event not in _AHEAD and shown < found.at <= one.time
    return shown == one.time or (abs(one.play - meant) <= _SLACK and not is_ahead)


def _is_given(one: Inject) -> bool:
    return one.status != "överhoppat"


def _with_event(exercise: Exercise, event: Event) -> list[Inject]:
    """The injects to be given that rest on an event."""
    return [one for one in exercise.injects if one.evidence and one.evidence.event == event and _is_given(one)]


def _subject(one: Inject) -> tuple[str, ...]:
    return one.evidence.entities[:1] if one.evidence else ()


def _is_before(one: Inject, other: Inject) -> bool:
    return one.play < other.play or one.time < other.time


def it_fits_the_clock(edit: _Edit) -> Iterator[Doubt]:
    """An inject is given when its stage's clock shows its time of the scenario; the clock may stand still."""
    for one, field in edit.changed("play", "time"):
        stage, meant, shown = edit.clock(one)
        if _fits(one, meant, shown):
            continue
        given, played = edit.time(one.play), edit.time(meant)
        message = say(
            f"inspel {one.number} ges {given}, när klockan i skede {stage} visar {edit.time(shown)}, men scenariotid "
            f"är {edit.time(one.time)}, som spelas {played}. Töm scenariotid, så följer den klockan",
            f"inject {one.number} is given {given}, when the clock of stage {stage} shows {edit.time(shown)}, but "
            f"scenariotid is {edit.time(one.time)}, which is played {played}. Empty scenariotid, and it follows the clock",
        )
        yield Doubt("B972", one.number, field, message)


def it_has_happened(edit: _Edit) -> Iterator[Doubt]:
    """What an inject tells of has happened, and the scenario has begun."""
    begins = edit.after.scenario.start
    for one, field in edit.changed("time"):
        found, when = one.evidence, edit.time(one.time)
        if one.time < begins:
            message = say(
                f"inspel {one.number} har scenariotid {when}, före scenariots början {edit.time(begins)}",
                f"inject {one.number} has scenariotid {when}, before the scenario begins {edit.time(begins)}",
            )
        elif found is not None and found.event not in _AHEAD and one.time < found.at:
            message = say(
                f"inspel {one.number} har scenariotid {when}, men det som det berättar händer först {edit.time(found.at)}",
                f"inject {one.number} has scenariotid {when}, but what it tells happens only {edit.time(found.at)}",
            )
        else:
            continue
        yield Doubt("B973", one.number, field, message)


def it_is_about_its_reader(edit: _Edit) -> Iterator[Doubt]:
    """A player gets nothing that only another player can notice in its own things."""
    for one, field in edit.changed("to"):
        if one.to == CONTROL:
            continue
        theirs: dict[str, list[str]] = {}
        for owner, name in _things(one, edit.network):
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


def _things(one: Inject, network: Network) -> Iterator[tuple[str | None, str]]:
    """Who answers for each thing that an inject is about, with its name."""
    if one.evidence is not None:
        for entity in one.evidence.entities:
            yield network.actor_of(entity), spoken(network.entity[entity].name)
        for payment in dict.fromkeys(payment for payment, _ in one.evidence.payments):
            yield network.payment[payment].payer, spoken(network.payment[payment].name)


def a_rumour_is_denied(edit: _Edit) -> Iterator[Doubt]:
    """A wrong explanation is denied to whom it reached, after it."""
    for was, denied in edit.ordered_pairs("rumour", "denial"):
        rumour, denial = edit.new.get(was.number), edit.new.get(denied.number)
        if rumour is None or not _is_given(rumour):
            continue
        name, nr = edit.name(_subject(rumour)[0]), denied.number
        if denial is None:
            place, why = (nr, "number"), say(f"inspel {nr} är borttaget", f"inject {nr} is removed")
        elif not _is_given(denial):
            place, why = (nr, "status"), say(f"inspel {nr} är överhoppat", f"inject {nr} is skipped")
        elif denial.to != rumour.to:
            place = edit.what_changed(denial, rumour)
            why = say(f"inspel {nr} går till någon annan", f"inject {nr} goes to somebody else")
        elif _is_before(denial, rumour):
            place = edit.what_changed(denial, rumour)
            why = say(f"inspel {nr} kommer före det", f"inject {nr} comes before it")
        else:
            continue
        message = say(
            f"ryktet om {name} i inspel {rumour.number} dementeras inte längre: {why}",
            f"the rumour of {name} in inject {rumour.number} is no longer denied: {why}",
        )
        yield Doubt("B975", *place, message)


def what_is_denied_has_been_said(edit: _Edit) -> Iterator[Doubt]:
    """A denial comes to whom the rumour came."""
    for was, denied in edit.ordered_pairs("rumour", "denial"):
        rumour, denial = edit.new.get(was.number), edit.new.get(denied.number)
        if denial is None or not _is_given(denial) or (rumour is not None and _is_given(rumour)):
            continue
        name, nr = edit.name(_subject(was)[0]), denial.number
        if any(one.to == denial.to and _subject(one) == _subject(was) for one in _with_event(edit.after, "rumour")):
            continue
        message = say(
            f"inspel {nr} dementerar ryktet om {name}, som inte längre ges (nr {was.number}). Ta bort det också, eller hoppa över det",
            f"inject {nr} denies the rumour of {name}, which is no longer given (no. {was.number}). Remove it too, or skip it",
        )
        yield Doubt("B981", was.number, "number" if rumour is None else "status", message)


def the_clock_goes_forward(edit: _Edit) -> Iterator[Doubt]:
    """What a player gets later is not of an earlier time in the scenario."""
    for one, field in edit.changed("play", "time"):
        _, meant, shown = edit.clock(one)
        if not _fits(one, meant, shown):
            continue  # which is told already
        others = (other for other in edit.after.injects if other.to == one.to and other.number != one.number)
        for other in (each for each in others if _is_given(each) and each.kind != "reservinspel" != one.kind):
            if (one.play - other.play) * (one.time - other.time) < 0:
                first, later = sorted((one, other), key=lambda each: each.play)
                message = say(
                    f"{_reader(edit, one.to)} får inspel {later.number} (scenariotid "
                    f"{edit.time(later.time)}) efter inspel {first.number} (scenariotid {edit.time(first.time)}): klockan går bakåt. "
                    "Töm scenariotid, så följer den klockan, eller flytta ett av dem",
                    f"{_reader(edit, one.to)} gets inject {later.number} (scenariotid {edit.time(later.time)}) after inject "
                    f"{first.number} (scenariotid {edit.time(first.time)}): the clock goes back. Empty scenariotid, and it "
                    "follows the clock, or move one of them",
                )
                yield Doubt("B982", one.number, field, message)
                break


def unconfirmed_word_comes_first(edit: _Edit) -> Iterator[Doubt]:
    """Unconfirmed word of an outage comes before its confirmation, to the same reader."""
    for was, confirmed in edit.ordered_pairs("unconfirmed", "cause"):
        word, cause = edit.new.get(was.number), edit.new.get(confirmed.number)
        if word is None or cause is None or word.to != cause.to or not (_is_given(word) and _is_given(cause)):
            continue
        if _is_before(cause, word):
            name = edit.name(_subject(word)[0])
            message = say(
                f"den obekräftade uppgiften om {name} i inspel {word.number} kommer efter bekräftelsen i inspel {cause.number}",
                f"the unconfirmed word of {name} in inject {word.number} comes after the confirmation in inject {cause.number}",
            )
            yield Doubt("B976", *edit.what_changed(word, cause), message)


def the_hidden_course_is_so(edit: _Edit) -> Iterator[Doubt]:
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


def _hidden(edit: _Edit, cause: Inject) -> Inject | None:
    """The hidden course that tells of a confirmation, unless its text was changed at the same time."""
    for one in _with_event(edit.after, "outage"):
        is_its = cause.evidence and one.evidence and cause.evidence.at == one.evidence.at
        if is_its and _subject(one) == _subject(cause) and not edit.differs(one, "text"):
            return one
    return None


def _what_is_said(edit: _Edit, was: Inject, now: Inject | None) -> tuple[str, str] | None:
    """The field of a confirmation that was changed, and what holds now; None where nothing of it was."""
    reader, name = _reader(edit, was.to), edit.name(_subject(was)[0])
    if now is None or _is_given(was) > _is_given(now):
        never = say(f"{name} bekräftas inte längre för {reader}", f"{name} is no longer confirmed to {reader}")
        return "number" if now is None else "status", never
    if not _is_given(now):
        return None
    when = edit.time(now.time)
    said = say(
        f"{name} bekräftas nu för {_reader(edit, now.to)} {when}",
        f"{name} is now confirmed to {_reader(edit, now.to)} {when}",
    )
    if was.to != now.to:
        return "to", said
    if was.time != now.time:
        return "time", said
    return None if _is_given(was) else ("status", said)


def _reader(edit: _Edit, to: str) -> str:
    return say("spelledningen", "the game control") if to == CONTROL else edit.name(to)


def a_reserve_has_the_reader_of_its_inject(edit: _Edit) -> Iterator[Doubt]:
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
                f"inspel {one.number} till {_reader(edit, one.to)} är reserv för inspel {other.number} till "
                f"{_reader(edit, other.to)}",
                f"inject {one.number} to {_reader(edit, one.to)} stands in for inject {other.number} to "
                f"{_reader(edit, other.to)}",
            )
            yield Doubt("B978", *place, message)


def a_reserve_comes_after_its_inject(edit: _Edit) -> Iterator[Doubt]:
    """Nobody is told by a reserve before it is time for what the reserve waits for; unless the plan has it so."""
    for other in (one for one in edit.after.injects if _is_given(one)):
        mine = (one for one in edit.after.injects if one.reserve_for == other.number and one.kind == "reservinspel")
        early = [one for one in mine if _is_given(one) and one.play < other.play and not _was_early(edit, one)]
        if early:
            yield Doubt("B990", *edit.what_changed(other, *early), _too_early(edit, other, early))


def _too_early(edit: _Edit, other: Inject, early: Sequence[Inject]) -> str:
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


def what_is_given_instead_comes_no_later(edit: _Edit) -> Iterator[Doubt]:
    """What says that a disturbance lasts longer is given instead of what says that it is over, so not after that."""
    for one, field in edit.changed("play", "kind", "reserve_for"):
        other = edit.new.get(one.reserve_for or 0)
        if other is None or not _is_given(other) or not one.evidence or one.evidence.event != "longer":
            continue
        if one.kind == "reservinspel" and one.play > other.play:
            message = say(
                f"reservinspel {one.number} ges i stället för inspel {other.number} men kommer efter det ({edit.time(other.play)}): "
                "mottagaren har då redan hört att det är över. Flytta det till senast då",
                f"reserve inject {one.number} is given instead of inject {other.number} but comes after it ({edit.time(other.play)}): "
                "its reader has then already heard that it is over. Move it to then at the latest",
            )
            yield Doubt("B991", one.number, field, message)


def a_deadline_is_told_of_before_it_passes(edit: _Edit) -> Iterator[Doubt]:
    """What is said of a deadline is said while there is time to decide under it."""
    for one, field in edit.changed("play", "time"):
        if one.evidence is None or one.evidence.event != "deadline":
            continue
        _, _, shown = edit.clock(one)
        if shown > one.evidence.at:
            by = edit.time(one.evidence.at)
            message = say(
                f"inspel {one.number} är om fristen {by} men ges när klockan visar {edit.time(shown)}: då har den passerat. Flytta "
                "det till före fristen, eller hoppa över det",
                f"inject {one.number} is about the deadline {by} but is given when the clock shows {edit.time(shown)}: it has "
                "passed then. Move it to before the deadline, or skip it",
            )
            yield Doubt("B992", one.number, field, message)


def _was_early(edit: _Edit, reserve: Inject) -> bool:
    """Whether a reserve came before its inject before anything was changed."""
    was = edit.old.get(reserve.number)
    other = edit.old.get(reserve.reserve_for or 0)
    return was is not None and other is not None and was.reserve_for == other.number and was.play < other.play


def nobody_speaks_for_a_player(edit: _Edit) -> Iterator[Doubt]:
    """What a player says to others it says itself; only a reserve says it in its place."""
    for one, field in edit.changed("sender", "kind"):
        said = one.sender.casefold()
        players = (other for other in edit.after.actors if other != one.to and one.kind != "reservinspel")
        player = next((other for other in players if edit.name(other).casefold() in said), None)
        if player is not None:
            name, reader = edit.name(player), _reader(edit, one.to)
            message = say(
                f"inspel {one.number} kommer från {name}, som själv spelar och kan säga något annat. Gör det till ett "
                f"reservinspel som ges om {name} inte själv har berättat det för {reader}, eller byt avsändare",
                f"inject {one.number} comes from {name}, which plays and may say something else itself. Make it a reserve that "
                f"is given if {name} has not told {reader} so itself, or give it another sender",
            )
            yield Doubt("B980", one.number, field, message)


def what_lasts_longer_is_not_over(edit: _Edit) -> Iterator[Doubt]:
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


def a_reworded_text_says_the_same(edit: _Edit) -> Iterator[Doubt]:
    """What a player is told in other words has the times, numbers and names that it had."""
    for one in filter(_is_given, edit.after.injects):
        was = edit.old.get(one.number) if edit.differs(one, "text") else edit.planned.get(one.number)
        if was is None or one.evidence is None or CONTROL in (was.to, one.to):
            continue
        lost = unsaid(without_gaps(was.text), one.text, dict.fromkeys(name for _, name in _things(one, edit.network)))
        if lost:
            words = ", ".join(lost)
            message = say(
                f"inspel {one.number} säger inte längre {words}. Facit och utvärderingen räknar med det som planen har, inte med "
                "den nya texten: säger den något annat, sätt status överhoppat och skriv ett eget inspel, eller planera om",
                f"inject {one.number} no longer says {words}. The keys and the evaluation reckon with what the plan has, not with "
                "the new text: if that says otherwise, give it status överhoppat and write an inject of your own, or plan anew",
            )
            yield Doubt("B986", one.number, "text", message)


def it_was_given_on_the_day_of_the_play(edit: _Edit) -> Iterator[Doubt]:
    """What was given was given within a day of the play."""
    given = (one for one, _ in edit.changed("played"))
    astray = [one for one in given if one.played is not None and not edit.after.is_about_play(one.played)]
    if astray:
        first, numbers = astray[0], numbers_in_words(one.number for one in astray)
        when, begins = edit.time(first.played or 0), edit.time(edit.after.play_start)
        message = say(
            f"spelat_kl för inspel {numbers} ligger mer än ett dygn utanför övningens speltid (t.ex. {when}; övningen börjar {begins}). "
            "Är det en annan dags lista, läs in den rätta; annars flytta övningen eller rätta tiderna",
            f"spelat_kl of injects {numbers} lies more than a day outside the exercise's play (e.g. {when}; it begins {begins}). "
            "If it is the list of another day, read the right one; else move the exercise or correct the times",
        )
        yield Doubt("B988", first.number, "played", message)


RULES: tuple[Callable[[_Edit], Iterator[Doubt]], ...] = (
    it_fits_the_clock,
    it_has_happened,
    it_is_about_its_reader,
    a_rumour_is_denied,
    what_is_denied_has_been_said,
    the_clock_goes_forward,
    unconfirmed_word_comes_first,
    the_hidden_course_is_so,
    a_reserve_has_the_reader_of_its_inject,
    a_reserve_comes_after_its_inject,
    what_is_given_instead_comes_no_later,
    a_deadline_is_told_of_before_it_passes,
    nobody_speaks_for_a_player,
    what_lasts_longer_is_not_over,
    a_reworded_text_says_the_same,
    it_was_given_on_the_day_of_the_play,
)
