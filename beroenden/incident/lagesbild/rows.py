"""What is said of each payment of a prognosis: its row in the table, its banks, what it waits for."""

from collections.abc import Iterable

from beroenden.analysis.lateness import causes, unknown_of
from beroenden.consequences.course import course_of
from beroenden.incident.lagesbild.actors import OwnRun
from beroenden.incident.lagesbild.writer import Writer, listed, payouts_in_words
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, about_money, summed
from beroenden.units.times import brief_date


class Rows(Writer):
    """Late payments as a table and a sentence show them."""

    def _row(self, run: OwnRun) -> tuple[tuple[str, str], ...]:
        """A late run as a table shows it."""
        unknown = say("okänt", "unknown")
        return (
            (say("Betalning", "Payment"), run.run.payment.name),
            (say("Planerad", "Planned"), self._short(run.late_planned)),
            (say("Beräknas klar", "Expected complete"), self._done(run)),
            (
                say("Sena utbetalningar", "Late payouts"),
                unknown if run.recipients_late is None else about(run.recipients_late),
            ),
            (say("Belopp", "Amount"), unknown if run.amount_late is None else about_money(run.amount_late)),
            (say("Sena för konton i", "Late for accounts at"), self._late_banks([run])),
            (say("Orsak", "Cause"), self._why(run)),
            *(() if not run.stages else ((self._stage_heading(), stages_of([run])),)),
        )

    def _done(self, run: OwnRun) -> str:
        """When all that is late of a run has come, or what of it has not within the time looked at."""
        came = run.late_came
        if came is None:
            return say("inte inom perioden", "not within the period")
        if not run.never:
            return self._short(came)
        some = _how_many_never(run)
        return say(
            f"{self._short(came)}, men {some} inte inom perioden",
            f"{self._short(came)}, but {some} not within the period",
        )

    def _stage_heading(self) -> str:
        if self._is_read_by_its_own:
            return say("Aktörens steg", "Stage of the actor")
        return say("Avsändarens steg", "Stage of the sender")

    def _late_banks(self, runs: list[OwnRun]) -> str:
        """In which banks some late runs are late for somebody, and in which of them only for the faulty part of a file."""
        late = list(dict.fromkeys(bank for run in runs for bank in run.late_banks))
        in_part = {bank for run in runs for bank in run.faulty_banks}
        in_part -= {bank for run in runs for bank in run.late_banks if bank not in run.faulty_banks}
        where = self._where(late, {bank for run in runs for bank in run.banks})
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

    def _where(self, late: list[str | None], banks: set[str | None]) -> str:
        """Some of the banks of some runs, in as few words as say which."""
        in_time = banks - set(late)
        if not in_time and len(late) > 1:
            return say("alla banker", "all banks")
        spared = next(iter(in_time), None)
        if len(in_time) == 1 and spared and self._is_named(spared) and len(late) > 1:
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
        """The causes, and the first deadline that was missed."""
        names = (self._name(one) for one in run.run.blocked_by)
        found = listed(causes(names, is_late_by_fault=run.is_late_by_fault))
        for part in course_of(self._outcome, run.run):
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

    def _result(self, run: OwnRun) -> str:
        size = "" if run.recipients_late is None else f", {payouts_in_words(run.recipients_late)}"
        if run.comes_in_part:
            some = _how_many_never(run)
            return say(
                f"sen{size}, varav {some} inte klara inom perioden",
                f"late{size}, of which {some} not complete within the period",
            )
        if run.worst.delay is None:
            return say("inte klar inom perioden", "not complete within the period") + size
        over = say(", mer än den tolerabla förseningen", ", more than the tolerable delay")
        delay = duration_in_words(run.worst.delay)
        late = say(f"upp till {delay} sen", f"up to {delay} late")
        return f"{late}{over if run.run.over_max_delay else ''}{size}; {self._why(run)}"


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
