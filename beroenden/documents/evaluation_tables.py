"""The tables of the evaluation of an exercise."""

from collections.abc import Iterable, Iterator

from beroenden.documents.document import Table
from beroenden.exercise.evaluation.deciding import Deciding, Sign
from beroenden.exercise.evaluation.evaluation import Evaluation, Tally
from beroenden.exercise.evaluation.improvements import Improvement, name_of, passed_words, perhaps_words, run_words
from beroenden.exercise.evaluation.noticing import Noticing
from beroenden.exercise.evaluation.players import Said
from beroenden.exercise.evaluation.reviewing import Review
from beroenden.exercise.evaluation.rumours import Rumour
from beroenden.exercise.exercise import CONTROL, Inject
from beroenden.exercise.noticed import has_a_part, may_know_that_it_rests_on
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number
from beroenden.units.times import clock_text, local, table_time, time_zone

_NONE = "–"


class EvaluationTables:
    """Makes the tables of one evaluation, in the language that is written in."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._of, self._zone = evaluation, time_zone(evaluation.network.timezone)

    def summary(self) -> Table:
        """One row for each player with a log, and one for all of them."""
        headings = (
            say("Aktör", "Actor"),
            say("Fick veta", "Was told of"),
            say("Loggat", "Logged"),
            say("varav sent", "of which late"),
            say("Fördröjning, median", "Lag, median"),
            say("Beslut i tid", "Decisions in time"),
            say("Rykten tagna för sanna", "Rumours taken as true"),
        )
        judged = self._of.judged
        rows = [(one.name, *self._counts(self._of.tally([one]))) for one in judged]
        if len(judged) > 1:
            name = say("Alla med logg", "All with a log")
            rows.append((name, *self._counts(self._of.tally(judged))))
        return Table(headings, tuple(rows))

    def _counts(self, tally: Tally) -> tuple[str, ...]:
        return (
            number(tally.told),
            _of_all(tally.logged, tally.told),
            _of_all(tally.late, tally.logged),
            _NONE if tally.lag is None else _signed(round(tally.lag)),
            _of_all(tally.in_time, tally.deadlines),
            _of_all(tally.believed, tally.rumours),
        )

    def noticed(self, noticings: Iterable[Noticing]) -> Table:
        """What a player was told, and its first entry about it."""
        headings = (
            say("Inspel", "Inject"),
            say("Kunde vara känt", "Could be known"),
            say("Loggat", "Logged"),
            say("Fördröjning", "Lag"),
        )
        return Table(headings, tuple(self._noticing(one) for one in noticings))

    def _noticing(self, one: Noticing) -> tuple[str, ...]:
        told = f"{', '.join(str(inject.number) for inject in one.injects)}. {one.injects[0].title}"
        known = say("aldrig: överhoppat", "never: skipped")
        if one.known is not None:
            known = table_time(one.known, self._zone) + ("" if one.is_played else say(" (planerat)", " (planned)"))
        return told, known, self._logged(one), self._lag(one)

    def _logged(self, one: Noticing) -> str:
        if one.said is not None:
            perhaps = perhaps_words(one) if one.is_late(self._of.late) else ""
            return self._about(one.said, one.concerns) + perhaps
        if one.earlier is not None:
            entry, perhaps = self._entry(one.earlier), perhaps_words(one)
            return say(f"inte efteråt; dessförinnan {entry}", f"not afterwards; before that {entry}") + perhaps
        return say("inte loggat", "not logged") + perhaps_words(one) if one.state == "missed" else _NONE

    def _lag(self, one: Noticing) -> str:
        if one.lag is None:
            return _NONE
        parts = [_signed(one.lag)]
        if one.jumped:
            jumped = duration_in_words(one.jumped)
            parts.append(say(f"varav {jumped} tidshopp", f"of which a jump of {jumped}"))
        if one.played_lag is not None:
            parts.append(say(f"{_signed(one.played_lag)} speltid", f"{_signed(one.played_lag)} of play"))
        if one.is_late(self._of.late):
            parts.append(say("sent", "late"))
        return ", ".join(parts)

    def decided(self, decidings: Iterable[Deciding]) -> Table:
        """Latest recoveries and the first decision or measure."""
        headings = (
            say("Betalning", "Payment"),
            say("Senaste återställning", "Latest recovery"),
            say("Första tecken, och tid till fristen", "First sign, and time to the deadline"),
            say("Första beslut eller åtgärd", "First decision or measure"),
            say("Marginal", "Margin"),
        )
        return Table(headings, tuple(self._deciding(one) for one in decidings))

    def _deciding(self, one: Deciding) -> tuple[str, ...]:
        decided = say("inget", "none") if one.said is None else self._about(one.said, one.concerns)
        when = table_time(one.deadline, self._zone)
        decided += perhaps_words(one)
        payment = run_words(self._of.network, one) + self._unknown(one)
        return payment, when, self._sign(one), decided, _margin(one) + passed_words(one)

    def _unknown(self, one: Deciding) -> str:
        """That the player could not know from the model which payment of others is late through what it answers for."""
        network = self._of.network
        mask = masked(network, viewer_for(network, one.actor))
        is_known = has_a_part(mask, one.actor, one.payment) or may_know_that_it_rests_on(mask, one.payment, one.own)
        if not one.own or is_known:
            return ""
        return say(
            " (aktören får inte läsa i modellen att den vilar på något eget)",
            " (the actor may not read in the model that it rests on something of its own)",
        )

    def _sign(self, one: Deciding) -> str:
        """When the player first knew of anything that bears on it, and how long that was before."""
        if one.sign is None:
            return say("inget inspel rörde den", "no inject bore on it")
        known = say(f"{self._given(one.sign)}, inspel", f"{self._given(one.sign)}, inject")
        known += f" {one.sign.inject.number}"
        if one.play_to_decide is None:
            return f"{known}: " + say("efter fristen", "after the deadline")
        span, played = (duration_in_words(each or 0) for each in (one.time_to_decide, one.play_to_decide))
        return f"{known}: {span}, " + say(f"{played} speltid", f"{played} of play")

    def _given(self, sign: Sign) -> str:
        planned = "" if sign.inject.played is not None else say(" (planerat)", " (planned)")
        return table_time(sign.at, self._zone) + planned

    def rumours(self, found: Iterable[tuple[str, Rumour]]) -> Table:
        """How each rumour was taken by each player."""
        headings = (
            say("Aktör", "Actor"),
            say("Rykte", "Rumour"),
            say("Loggat som", "Logged as"),
            say("Dementi", "Denial"),
            say("Rättat efter dementin", "Corrected after the denial"),
        )
        return Table(headings, tuple((name, *self._rumour(one)) for name, one in found))

    def _rumour(self, one: Rumour) -> tuple[str, ...]:
        told = f"{one.inject.number}. {one.inject.title} ({table_time(one.told, self._zone)})"
        ids = ", ".join(each.entry.id for each in one.entries)
        taken = taken_word(one.taken) + (f" ({ids})" if ids else "") + perhaps_words(one)
        if one.denial is None or one.denied is None:
            return told, taken, say("ingen gavs", "none was given"), _NONE
        denial = f"{one.denial.number}. {table_time(one.denied, self._zone)}"
        return told, taken, denial, self._corrected(one)

    def _corrected(self, one: Rumour) -> str:
        if not one.entries:
            return _NONE
        return say("nej", "no") if one.correction is None else f"{say('ja', 'yes')}: {self._entry(one.correction)}"

    def review(self, one: Review) -> str:
        """A decision, and why it is to be gone through."""
        entry = self._about(one.said, one.said.concerns) if one.said.concerns else self._entry(one.said)
        return f"{entry}: {'; '.join(self._why_reviewed(one))}."

    def _why_reviewed(self, one: Review) -> Iterator[str]:
        if one.without_need:
            yield say(
                "ingen betalning som den anger blev sen i scenariot",
                "no payment that it names came late in the scenario",
            )
        if one.rumours:
            told = listed(f"{rumour.inject.number} ({rumour.inject.title})" for rumour in one.rumours)
            yield say(
                f"ryktet i inspel {told} var då taget för sant", f"the rumour of inject {told} was then taken as true"
            )

    def injects(self, injects: Iterable[Inject]) -> Table:
        """When each was to be played and was, and how it was received."""
        headings = (
            say("Nr", "No."),
            say("Till", "To"),
            say("Rubrik", "Title"),
            say("Planerat (speltid)", "Planned (play)"),
            say("Spelat", "Played"),
            say("Utfall", "Outcome"),
        )
        return Table(headings, tuple(self._inject(one) for one in injects))

    def _inject(self, one: Inject) -> tuple[str, ...]:
        kind = {
            "spelledning": say(" (spelledning)", " (game control)"),
            "reservinspel": say(" (reserv)", " (reserve)"),
        }.get(one.kind, "")
        to = say("spelledningen", "game control") if one.to == CONTROL else name_of(self._of.network, one.to)
        title = one.title if one.to == CONTROL else one.title + kind
        return str(one.number), to, title, self._clock(one.play), self._played(one), one.outcome or _NONE

    def _played(self, one: Inject) -> str:
        if one.status == "överhoppat":
            return say("överhoppat", "skipped")
        if one.played is None:
            no_time = say("ja, tid saknas", "yes, no time given")
            unknown = _NONE if one.kind in ("reservinspel", "spelledning") else say("ej angivet", "not said")
            return no_time if one.status == "spelat" else unknown
        difference = one.played - one.play
        if not difference:
            return self._clock(one.played)
        sign = "+" if difference > 0 else "−"
        return f"{self._clock(one.played)} ({sign}{duration_in_words(abs(difference))})"

    def improvements(self, rows: Iterable[Improvement]) -> Table:
        """What one player is to follow up; whom to reach there stands above it."""
        headings = (
            say("Iakttagelse", "Issue"),
            say("Åtgärd", "Corrective action"),
            say("Ansvarig", "Responsible"),
            say("Start", "Start"),
            say("Klart senast", "Due"),
            say("Läge", "Status"),
        )
        return Table(headings, tuple(self._improvement(one) for one in rows))

    def _improvement(self, one: Improvement) -> tuple[str, ...]:
        origin = f" ({', '.join(one.entries)})" if one.entries else ""
        start, due = ("" if time is None else table_time(time, self._zone) for time in (one.start, one.due))
        return f"{one.issue}{origin}", one.action, one.responsible, start, due, one.status

    def _about(self, said: Said, ids: Iterable[str]) -> str:
        """An entry and what of it counted."""
        names = listed(name_of(self._of.network, one) for one in ids)
        return f"{self._entry(said)}, {say('om', 'about')} {names}"

    def _entry(self, said: Said) -> str:
        """When an entry was made and which it is, with the one that corrected it last."""
        ids = said.entry.id if said.newest is said.entry else f"{said.entry.id} → {said.newest.id}"
        return f"{table_time(said.time, self._zone)} ({ids})"

    def _clock(self, time: int) -> str:
        """A time of play: the clock, with the day where that is not the exercise's first."""
        moment, first = local(time, self._zone), local(self._of.exercise.play_start, self._zone)
        if moment.date() != first.date():
            return table_time(time, self._zone)
        return clock_text(moment.hour * 60 + moment.minute)


def taken_word(taken: str) -> str:
    """How a rumour was taken, in words."""
    words = {
        "confirmed": say("bekräftat", "confirmed"),
        "unconfirmed": say("obekräftat", "unconfirmed"),
        "unclear": say("oklart: bekräftad iakttagelse utan nivå", "unclear: confirmed observation without a level"),
        "not_logged": say("inte loggat", "not logged"),
    }
    return words[taken]


def _margin(one: Deciding) -> str:
    if one.state == "beyond":
        return say("infaller efter sista skedet", "comes after the last stage")
    if one.state == "too_early":
        return say("kunde inte veta; räknas inte", "could not know; not counted")
    if one.margin is None:
        return say("inget beslut", "no decision")
    span = duration_in_words(abs(one.margin))
    return say(f"{span} före", f"{span} before") if one.margin >= 0 else say(f"{span} efter", f"{span} after")


def _signed(minutes: int) -> str:
    span = duration_in_words(abs(minutes))
    return span if minutes >= 0 else say(f"{span} före inspelet", f"{span} before the inject")


def _of_all(part: int, whole: int) -> str:
    return say(f"{part} av {whole}", f"{part} of {whole}") if whole else _NONE
