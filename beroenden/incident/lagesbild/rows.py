"""What is said of each payment of a prognosis: its row in the table, its banks, what it waits for."""

from collections.abc import Iterable, Sequence

from beroenden.analysis.lateness import causes, unknown_of
from beroenden.consequences.course import course_of
from beroenden.incident.lagesbild.actors import OwnRun, is_late_for_all
from beroenden.incident.lagesbild.writer import Writer, listed, payouts_in_words
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, about_money, summed
from beroenden.units.times import brief_date


class Rows(Writer):
    """Late payments as a table and a sentence show them."""

    def _apart(self, run: OwnRun) -> list[OwnRun]:
        """What is late of a run, by when it comes; all of it, where that would tell which bank is the one not named."""
        return run.parts if all(bank is None or self._is_named(bank) for bank in run.banks) else [run]

    def _row(self, part: OwnRun, run: OwnRun) -> tuple[tuple[str, str], ...]:
        """What is late of a run, or a part of that, as a table shows it."""
        unknown = say("okänt", "unknown")
        return (
            (say("Betalning", "Payment"), run.run.payment.name),
            (say("Planerad", "Planned"), between(list(map(self._short, part.late_due)))),
            (say("Beräknas klar", "Expected complete"), self._done(part)),
            (
                say("Sena utbetalningar", "Late payouts"),
                unknown if part.recipients_late is None else about(part.recipients_late),
            ),
            (say("Belopp", "Amount"), unknown if part.amount_late is None else about_money(part.amount_late)),
            (say("Sena för konton i", "Late for accounts at"), self._late_banks([part], [run])),
            (say("Orsak", "Cause"), self._why(part)),
            *(() if not run.stages else ((self._stage_heading(), stages_of([run])),)),
        )

    def _done(self, part: OwnRun) -> str:
        """When what is late of a run comes or should have come, and what of it does not within the time looked at."""
        times = [one.late_completed for one in part.parts if one.late_completed is not None]
        past, ahead = (
            [self._short(one) for one in times if (one <= self._at) is has_come] for has_come in (True, False)
        )
        if not times:
            return not_within()
        if part.has_come_by(self._at):
            return say(f"bör vara framme sedan {past[-1]}", f"should have arrived {past[-1]}")
        when = [say(f"en del bör vara framme sedan {past[-1]}", f"some should have arrived {past[-1]}")] if past else []
        if ahead:
            rest = say("andra", "others") if part.never else say("resten", "the rest")
            when.append(f"{rest} {between(ahead)}" if past else between(ahead))
        if not part.never:
            return ", ".join(when)
        some, never = _how_many_never(part), not_within()
        return say(f"{', '.join(when)}; för {some} {never}", f"{', '.join(when)}; for {some} {never}")

    def _stage_heading(self) -> str:
        if self._is_read_by_its_own:
            return say("Aktörens steg", "Stage of the actor")
        return say("Avsändarens steg", "Stage of the sender")

    def _late_banks(self, runs: Sequence[OwnRun], whole: Sequence[OwnRun] = ()) -> str:
        """In which banks some late runs are late for somebody, and in which of them only for the faulty part of a file.

        Args:
            runs: The runs, or parts of them.
            whole: The runs that they are parts of, where they are.
        """
        late = list(dict.fromkeys(bank for run in runs for bank in run.late_banks))
        in_part = {bank for run in runs for bank in run.faulty_banks}
        in_part -= {bank for run in runs for bank in run.late_banks if bank not in run.faulty_banks}
        where = self._where(late, whole or runs)
        partly, wholly = [one for one in late if one in in_part], [one for one in late if one not in in_part]
        if not partly:
            return where
        if not wholly:
            return say(f"{where} (en del av filen)", f"{where} (part of the file)")
        if len(partly) <= len(wholly):
            some = self._each(partly)
            return say(f"{where}, i {some} bara en del av filen", f"{where}, at {some} only part of the file")
        some = self._each(wholly)
        return say(f"{where}, utom i {some} bara en del av filen", f"{where}, except at {some} only part of the file")

    def _where(self, late: list[str | None], runs: Sequence[OwnRun]) -> str:
        """Some of the banks of some runs, in as few words as say which; a bank that is late beside them is not excepted."""
        others = {bank for run in runs for bank in run.banks} - set(late)
        if WITHHELD in late and not any(is_late_for_all(run.run) for run in runs):
            return self._each(late)
        if not others and len(late) > 1:
            return say("alla banker", "all banks")
        spared, passed_by = next(iter(others), None), {one.bank for run in runs for one in run.late_passed_by}
        is_one = len(others) == 1 and spared not in passed_by
        if is_one and spared and self._is_named(spared) and len(late) > 1:
            return say(f"alla banker utom {self._name(spared)}", f"all banks except {self._name(spared)}")
        return self._each(late)

    def _each(self, banks: list[str | None]) -> str:
        return listed(map(self._bank, banks))

    def _is_named(self, bank: str) -> bool:
        return bank != WITHHELD and self._is_shared(bank)

    def _bank(self, bank: str | None) -> str:
        if bank is None:
            return say("okända banker", "unknown banks")
        if not self._is_named(bank):
            return say("vissa banker (namnges inte här)", "some banks (not named here)")
        return self._name(bank)

    def _why(self, run: OwnRun) -> str:
        """The causes, and the first deadline that was missed; what a fault in the file hits waits for that alone."""
        sound = [branch for branch in run.late if branch not in run.run.faulty_part]
        if not sound:
            return listed(causes((), is_late_by_fault=True))
        names = map(self._name, run.blocked_by)
        found = listed(causes(names, is_late_by_fault=run.is_late_by_fault))
        for part in course_of(self._outcome, run.run, sound):
            stage = part.stage.name
            if part.stage.id.startswith(WITHHELD):
                continue
            if part.missed_cutoff is not None:
                time = self._short(part.missed_cutoff)
                return f"{found}; {stage} " + say(f"missar bryttiden {time}", f"misses the cut-off {time}")
            if part.missed_release is not None:
                time = self._short(part.missed_release)
                return f"{found}; {stage} " + say(f"missar leveransen {time}", f"misses the release {time}")
        return found

    def _payouts(self, runs: list[OwnRun]) -> str:
        """How many payouts of some late runs are late."""
        unknown = say("okänt antal utbetalningar", "an unknown number of payouts")
        return summed([run.recipients_late for run in runs], payouts_in_words, unknown)

    def _size(self, runs: list[OwnRun]) -> str:
        """What some late runs amount to, and of which of them that is unknown."""
        unknown = say("okänt belopp", "an unknown amount")
        many, much = self._payouts(runs), summed([run.amount_late for run in runs], about_money, unknown)
        return "; ".join(
            filter(None, (say(f"{many} och {much}", f"{many} and {much}"), unknown_of(run.run.payment for run in runs)))
        )

    def _result(self, part: OwnRun) -> str:
        """How late what is late of a run is, and why."""
        size = "" if part.recipients_late is None else f", {payouts_in_words(part.recipients_late)}"
        if part.comes_in_part:
            some = _how_many_never(part)
            return say(
                f"sen{size}, varav {some} inte klara inom perioden",
                f"late{size}, of which {some} not complete within the period",
            )
        if part.worst.delay is None:
            return say("inte klar inom perioden", "not complete within the period") + size
        over = say(", mer än den tolerabla förseningen", ", more than the tolerable delay")
        delay, most = duration_in_words(part.worst.delay), part.run.payment.max_delay
        late = say(f"upp till {delay} sen", f"up to {delay} late")
        is_over = most is not None and part.worst.delay > most
        return f"{late}{over if is_over else ''}{size}; {self._why(part)}"


def between(times: Sequence[str]) -> str:
    """When something is due or comes: at one time, or at different times for different recipients."""
    if len(times) == 1:
        return times[0]
    first, last = times[0], times[-1]
    return say(
        f"{first} till {last}, olika för olika mottagare", f"{first} to {last}, different for different recipients"
    )


def not_within() -> str:
    """When something comes that does not within the time looked at."""
    return say("inte inom perioden", "not within the period")


def named(run: OwnRun) -> str:
    """A run by its payment and date."""
    return f"{run.run.payment.name} ({brief_date(run.run.day)})"


def named_never(run: OwnRun) -> str:
    """What of a run is not complete within the time looked at: the run by its name, or how many of it."""
    if not run.comes_in_part:
        return named(run)
    some = _how_many_never(run)
    return say(f"{some} av {named(run)}", f"{some} of {named(run)}")


def _how_many_never(run: OwnRun) -> str:
    many = run.recipients_never
    return say("en del", "some") if many is None else about(many)


def stages_of(runs: Iterable[OwnRun]) -> str:
    """The stages that the actor carries of some runs."""
    return listed(stage.name for run in runs for stage in run.stages)
