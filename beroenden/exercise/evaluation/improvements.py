"""What is to be followed up after the exercise: what went wrong by the logs, and measures that are not done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from beroenden.exercise.evaluation.deciding import Deciding
from beroenden.exercise.evaluation.noticing import Noticing
from beroenden.exercise.evaluation.players import PlayerLog, Said, scenario_time
from beroenden.exercise.evaluation.reviewing import Review
from beroenden.exercise.evaluation.rumours import Rumour
from beroenden.exercise.exercise import Exercise
from beroenden.exercise.phrases import gap
from beroenden.incident.lagesbild.planned import progress_word
from beroenden.incident.lagesbild.writer import listed
from beroenden.incident.log.entries import Measure
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.times import brief_date, table_time, time_zone

Kind = Literal["missed", "late", "undecided", "decided_late", "rumour", "measure"]


@dataclass(frozen=True, slots=True)
class Improvement:
    """A row of the list of measures. Instants on the scenario's clock, in minutes since the epoch.

    Attributes:
        issue: What was found, in words.
        action: The corrective action; a gap where a person has to decide it.
        contact: Role and channel of the actor by the model; "" where it has none.
        status: In words.
        injects: Numbers of the injects that it comes from.
        entries: Ids of the log entries that it comes from.
    """

    kind: Kind
    actor: str
    issue: str
    action: str
    responsible: str
    contact: str
    start: int | None
    due: int | None
    status: str
    injects: tuple[int, ...] = ()
    entries: tuple[str, ...] = ()


_OF_NO_CONSEQUENCE = ("service", "restored", "completed")
"""Events that nothing has to be done about because they were not logged."""


def perhaps_words(one: Noticing | Deciding | Rumour) -> str:
    """Which entries may be about what nobody is found to have logged or decided, or not until later; "" where none may."""
    found = one.nameless if isinstance(one.nameless, tuple) else (one.nameless,)
    ids = [each.entry.id for each in found if each]
    if not ids:
        return ""
    if len(ids) > 1:
        return say(
            f"; kan stå i {listed(ids)}, som inte anger vad de gäller",
            f"; may be in {listed(ids)}, which do not name what they are about",
        )
    return say(
        f"; kan stå i {ids[0]}, som inte anger vad den gäller",
        f"; may be in {ids[0]}, which does not name what it is about",
    )


class Improvements:
    """Makes the rows of one player, in the language that is written in.

    Args:
        late: Minutes after which something was logged late.
    """

    def __init__(self, network: Network, exercise: Exercise, actor: str, late: int) -> None:
        self._network, self._exercise, self._actor, self._late = network, exercise, actor, late
        self._zone: ZoneInfo = time_zone(network.timezone)

    def of_noticings(self, noticings: tuple[Noticing, ...]) -> Iterator[Improvement]:
        """What was not logged, in one row, and what was logged late, in another.

        News, and that something is over, need no measure: that they were not logged stands in the table of what was noticed.
        """
        told = [one for one in noticings if one.evidence.event not in _OF_NO_CONSEQUENCE]
        missed = [one for one in told if one.state == "missed"]
        if missed:
            injects = listed(self._missed(one) for one in missed)
            yield self._finding("missed", say(f"Ingen post efter inspel {injects}.", f"No entry after inject {injects}."),
                                _numbers(missed), ())  # fmt: skip
        late = [one for one in told if one.said is not None and one.lag is not None and one.is_late(self._late)]
        if late:
            injects = listed(self._lagging(one) for one in late)
            entries = tuple(dict.fromkeys(one.said.entry.id for one in late if one.said))
            yield self._finding("late", say(f"Sent loggade inspel: {injects}.", f"Injects logged late: {injects}."),
                                _numbers(late), entries)  # fmt: skip

    def _missed(self, one: Noticing) -> str:
        earlier = one.earlier.entry.id if one.earlier else ""
        before = say(f", dessförinnan {earlier}", f", before that {earlier}") if earlier else ""
        return f"{one.injects[0].number} ({one.injects[0].title}{before}{perhaps_words(one)})"

    def _lagging(self, one: Noticing) -> str:
        lag = duration_in_words((one.lag or 0) - one.jumped)
        first = one.injects[0]
        return say(
            f"{first.number} ({first.title}{perhaps_words(one)}) efter {lag}",
            f"{first.number} ({first.title}{perhaps_words(one)}) after {lag}",
        )

    def of_decidings(self, decidings: tuple[Deciding, ...]) -> Iterator[Improvement]:
        """Latest recoveries that no decision came before, those of one moment in one row."""
        kinds: dict[str, Kind] = {"none": "undecided", "after": "decided_late"}
        rows: dict[tuple[Kind, int, str], list[Deciding]] = {}
        for one in decidings:
            if one.state in kinds:
                more = perhaps_words(one) + passed_words(one)
                rows.setdefault((kinds[one.state], one.deadline, more), []).append(one)
        for (kind, deadline, more), found in rows.items():
            what, when = listed(run_words(self._network, one) for one in found), table_time(deadline, self._zone)
            issue = say(
                f"Inget beslut före senaste återställning för {what}, {when}{more}.",
                f"No decision before the latest recovery for {what}, {when}{more}.",
            )
            entries = tuple(dict.fromkeys(one.said.entry.id for one in found if one.said))
            yield self._finding(kind, issue, (), entries)

    def of_rumours(self, rumours: tuple[Rumour, ...], reviews: tuple[Review, ...]) -> Iterator[Improvement]:
        """Rumours that were taken as confirmed, with what was decided, done or told while they were."""
        for one in rumours:
            if one.taken != "confirmed":
                continue
            told = f"{one.inject.number} ({one.inject.title})"
            issue = say(
                f"Ryktet i inspel {told} loggades som bekräftat.",
                f"The rumour of inject {told} was logged as confirmed.",
            )
            if one.is_left_standing:
                issue += say(" Inte rättat efter dementin.", " Not corrected after the denial.")
            if meanwhile := ", ".join(each.said.entry.id for each in reviews if one in each.rumours):
                issue += say(f" Under tiden: {meanwhile}.", f" Meanwhile: {meanwhile}.")
            yield self._finding("rumour", issue, (one.inject.number,), tuple(each.entry.id for each in one.entries))

    def of_measures(self, log: PlayerLog) -> Iterator[Improvement]:
        """Measures of the log, as they stand, that are neither done nor cancelled."""
        ids = {said.entry.id for said in log.said}
        for said in log.said:
            measure, is_correction = said.newest, said.entry.supersedes in ids
            if isinstance(measure, Measure) and measure.progress in ("decided", "ongoing") and not is_correction:
                yield self._measure(said, measure, log)

    def _measure(self, said: Said, measure: Measure, log: PlayerLog) -> Improvement:
        names = listed(name_of(self._network, one) for one in measure.concerns)
        about = say(f" om {names}", f" about {names}") if names else ""
        return Improvement(
            "measure",
            self._actor,
            say(f"Åtgärd ur loggen{about}, inte genomförd.", f"Measure of the log{about}, not carried out."),
            measure.text,
            measure.owner or gap("ansvarig funktion", "responsible function"),
            contact_of(self._network, self._actor),
            said.time,
            None if measure.due is None else scenario_time(self._exercise, measure.due, log.clock),
            progress_word(measure.progress),
            entries=tuple(dict.fromkeys((said.entry.id, measure.id))),
        )

    def _finding(self, kind: Kind, issue: str, injects: tuple[int, ...], entries: tuple[str, ...]) -> Improvement:
        return Improvement(
            kind,
            self._actor,
            issue,
            gap("åtgärd", "corrective action"),
            gap("ansvarig funktion", "responsible function"),
            contact_of(self._network, self._actor),
            None,
            None,
            say("att besluta", "to be decided"),
            injects,
            entries,
        )


def _numbers(noticings: list[Noticing]) -> tuple[int, ...]:
    return tuple(one.injects[0].number for one in noticings)


def name_of(network: Network, one: str) -> str:
    """The name of an entity or payment; its id where the model no longer has it."""
    if one in network.entity:
        return network.entity[one].name
    return network.payment[one].name if one in network.payment else one


def run_words(network: Network, deciding: Deciding) -> str:
    """A payment and its dates in words."""
    days = listed(brief_date(date.fromisoformat(day)) for day in deciding.dates)
    return f"{name_of(network, deciding.payment)} ({days})"


def passed_words(deciding: Deciding) -> str:
    """That the latest recovery passed before the cause was known, to go on with; "" where it was known."""
    words = {
        "told": say("; fristen passerade innan orsaken var känd", "; it passed before the cause was known"),
        "confirmed": say(
            "; fristen passerade innan orsaken var bekräftad", "; it passed before the cause was confirmed"
        ),
    }
    return words.get(deciding.passed_before, "")


def contact_of(network: Network, actor: str) -> str:
    """Role and channel of an actor; never a person's name."""
    found = network.entity[actor].contact
    return ", ".join(part for part in (found.role, found.channel) if part) if found else ""
