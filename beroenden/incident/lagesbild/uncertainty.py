"""How far the prognosis may be off where lengths or endurances are uncertain: percentiles over draws."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, inf

from beroenden.analysis.lateness import unknown_of
from beroenden.consequences.draws import Draws, Key, draw, elapsed_at, is_uncertain
from beroenden.consequences.lengths import length_quantile
from beroenden.consequences.outcome import BranchImpact, part_of
from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.actors import carried_stages, concerns, own_branches, own_runs, pays
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, bears_on_told, known_name, late_in_words, listed
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.model.scenario import Scenario
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, about_money, at_least
from beroenden.units.times import brief_date

PERCENTILES = (10, 50, 90)


@dataclass(frozen=True, slots=True)
class Sampling:
    """How many draws, from which seed."""

    count: int = 200
    seed: int = 1


_Drawn = dict[Key, tuple[BranchImpact, ...]]
"""The branches of each run in one draw."""

DEFAULT_SAMPLING = Sampling()


class Uncertainty(Writer):
    """P10, P50 and P90 of an actor's payments."""

    def __init__(self, basis: Basis, actor: str, sampling: Sampling) -> None:
        super().__init__(basis, actor)
        self._sampling, self._pays = sampling, pays(basis.network, actor)
        scenario = basis.known.scenario
        self._drawn_from = replace(
            scenario, outages=tuple(outage for outage in scenario.outages if bears_on_told(basis, outage))
        )

    def statements(self) -> Iterator[Statement]:
        """The lengths, the sum over all own payments, and each payment that may be late; nothing where nothing is uncertain."""
        if not is_uncertain(self._network, self._drawn_from):
            return
        yield from self._lengths()
        drawn = self._drawn()
        if not self._pays and not any(drawn):
            return
        late = self._late_in(drawn)
        payouts = self._percentiles(drawn, self._recipients)
        own = (run for run in own_runs(self._outcome, self._actor) if not self._have_come(run.branches))
        if payouts[-1] > sum(run.recipients_late or 0 for run in own):
            yield self._may_be_worse(payouts, late)
        yield self._summed(drawn, payouts, late)
        for key in dict.fromkeys(key for runs in drawn for key, branches in runs.items() if _late(branches)):
            yield self._run(key, [runs[key] for runs in drawn])

    def _drawn(self) -> list[_Drawn]:
        """For each draw, the actor's own part of its runs."""
        network = self._network
        payments = tuple(
            payment.id for payment in network.by_priority() if self._is_told(payment.id) and self._is_own(payment)
        )
        draws = _draw(
            network,
            self._drawn_from,
            payments,
            self._sampling.count,
            self._sampling.seed,
            self._outcome.with_events,
        )
        return [
            {
                key: own
                for key, branches in runs.items()
                if (own := self._own(network.payment[key[0]], branches)) and not self._have_come(own)
            }
            for runs in draws.runs
        ]

    def _is_told(self, payment: str) -> bool:
        """Whether the reader is told of the runs of a payment."""
        return self._basis.may_name(payment) and self._basis.may_hear_of(payment)

    def _is_own(self, payment: Payment) -> bool:
        if self._pays:
            return concerns(self._network, payment, self._actor)
        return bool(carried_stages(self._network, payment, self._actor))

    def _own(self, payment: Payment, branches: tuple[BranchImpact, ...]) -> tuple[BranchImpact, ...]:
        return own_branches(payment, branches, self._actor) if self._pays else branches

    def _have_come(self, branches: Sequence[BranchImpact]) -> bool:
        """Whether all of it had come by the as-of time, so that no length changes it any more; so it is in every draw."""
        return all(branch.completed is not None and branch.completed <= self._at for branch in branches)

    def _lengths(self) -> Iterator[Statement]:
        """The lengths that are drawn."""
        for index, outage in enumerate(self._known.scenario.outages):
            if outage.length is not None and self._may_tell(outage):
                passed = elapsed_at(outage, self._at)
                lengths = [length_quantile(outage.length, percent / 100, passed) for percent in PERCENTILES]
                still = say(
                    f", givet att det har varat i {duration_in_words(passed)}",
                    f", given that it has lasted {duration_in_words(passed)}",
                )
                name, spread = known_name(self._basis, index), _spread(duration_in_words, lengths)
                text = say(f"{name}, hela längden{still}: {spread}.", f"{name}, whole length{still}: {spread}.")
                path = (outage.entity,) if outage.entity else ()
                yield self._computed("prognos.osakerhet", text, outage.start, path)

    def _late_in(self, drawn: Sequence[_Drawn]) -> list[Payment]:
        """The payments that are late in some draw."""
        keys = (key[0] for runs in drawn for key, branches in runs.items() if _late(branches))
        return [self._network.payment[one] for one in dict.fromkeys(keys)]

    def _percentiles(
        self, drawn: Sequence[_Drawn], part: Callable[[Key, Sequence[BranchImpact]], int | None]
    ) -> list[float]:
        """Of what is late in each draw, as far as it is known."""
        return percentiles([sum(part(key, branches) or 0 for key, branches in runs.items()) for runs in drawn])

    def _may_be_worse(self, payouts: Sequence[float], late: Sequence[Payment]) -> Statement:
        """Among what matters most: that it may well be more than the estimate gives."""
        many = _known(late_in_words, [one.count for one in late])(int(payouts[-1]))
        text = say(
            f"Längden är osäker: drar det ut på tiden blir det {many} (P90).",
            f"The length is uncertain: if it drags on there will be {many} (P90).",
        )
        return self._computed(HIGHLIGHTS, text)

    def _summed(self, drawn: Sequence[_Drawn], payouts: Sequence[float], late: Sequence[Payment]) -> Statement:
        amounts = self._percentiles(drawn, self._amount)
        many = _spread(_known(about, [one.count for one in late]), payouts)
        much = _spread(_known(about_money, [one.amount for one in late]), amounts)
        lacking = unknown_of(late)
        names = [one.id for one in late] if lacking else []
        lacking = f" {lacking[0].upper()}{lacking[1:]}." if lacking else ""
        count, seed = self._sampling.count, self._sampling.seed
        text = say(
            f"{self._whose()}: {many}. Belopp: {much}.{lacking} ({count} dragningar, frö {seed}; P10 är vad en dragning av tio "
            f"hamnar under eller på, P90 vad nio av tio gör.{self._apart()})",
            f"{self._whose()}: {many}. Amount: {much}.{lacking} ({count} draws, seed {seed}; P10 is what one draw in ten does not "
            f"exceed, P90 what nine in ten do not.{self._apart()})",
        )
        return self._computed("prognos.osakerhet", text, names=names)

    def _apart(self) -> str:
        """That the lengths' percentiles are exact and those of the draws are not, where both are told."""
        if not any(self._lengths()):
            return ""
        return say(
            " Längdernas P10, P50 och P90 är uppskattningens egna, de andra är ur dragningarna: en beräkning med just de "
            "längderna kan ge andra tider och antal.",
            " P10, P50 and P90 of the lengths are the estimate's own, the others are of the draws: a simulation of just "
            "those lengths may give other times and numbers.",
        )

    def _whose(self) -> str:
        """Whose late payouts are summed, where it is not plainly those that the own house pays."""
        if not self._pays:
            return say(
                f"Sena utbetalningar som {self._writing} har del i", f"Late payouts that {self._writing} has a part in"
            )
        if self._basis.viewer is not None:
            return say("Avsändarens sena utbetalningar", "Late payouts of the sender")
        return say("Sena utbetalningar", "Late payouts")

    def _run(self, key: Key, drawn: Sequence[tuple[BranchImpact, ...]]) -> Statement:
        payment, day = self._network.payment[key[0]], key[1]
        hit = {branch.bank for branches in drawn for branch in _late(branches)}
        parts = [[branch for branch in branches if branch.bank in hit] or branches for branches in drawn]
        ends = percentiles([max(_end(branch) for branch in branches) for branches in parts])
        late = [self._recipients(key, branches) for branches in drawn]
        counts = [say("okänt", "unknown")]
        known = [count for count in late if count is not None]
        if len(known) == len(late):
            counts = [about(count) for count in percentiles(known)]
        many = counts[0] if len(set(counts)) == 1 else " / ".join(counts)
        times = [self._end(time) for time in ends]
        planned = max(branch.planned for branch in parts[0])
        cells = (
            (say("Betalning", "Payment"), f"{payment.name} ({brief_date(day)})"),
            (say("Planerad", "Planned"), self._short(planned)),
            *(
                (say(f"Klar P{percent}", f"Complete P{percent}"), time)
                for percent, time in zip(PERCENTILES, times, strict=True)
            ),
            (say("Sena P10 / P50 / P90", "Late P10 / P50 / P90"), many),
        )
        spread = listed(f"P{percent} {time}" for percent, time in zip(PERCENTILES, times, strict=True))
        text = say(
            f"{payment.name}, planerad {self._short(planned)}, beräknas klar: {spread}.",
            f"{payment.name}, planned for {self._short(planned)}, is expected to be complete: {spread}.",
        )
        return self._computed("prognos.osakerhet", text, planned, (), cells, names=(payment.id,))

    def _end(self, time: float) -> str:
        return say("inte inom perioden", "not within the period") if time == inf else self._short(int(time))

    def _recipients(self, key: Key, branches: Sequence[BranchImpact]) -> int | None:
        late = _late(branches)
        return part_of(self._network.payment[key[0]].count, late) if late else 0

    def _amount(self, key: Key, branches: Sequence[BranchImpact]) -> int | None:
        late = _late(branches)
        return part_of(self._network.payment[key[0]].amount, late) if late else 0


def at_percentile(scenario: Scenario, percent: int) -> Scenario:
    """The scenario with every uncertain length at one of its percentiles, all short or all long together."""
    outages = tuple(
        outage
        if outage.length is None
        else replace(
            outage,
            end=outage.start + length_quantile(outage.length, percent / 100, elapsed_at(outage, scenario.at)),
            length=None,
        )
        for outage in scenario.outages
    )
    return replace(scenario, outages=outages)


def percentiles(values: Sequence[float]) -> list[float]:
    """P10, P50 and P90: the smallest value that so many of a hundred do not exceed.

    >>> percentiles([5, 1, 2, 3, 4, 6, 7, 8, 9, 10])
    [1, 5, 9]
    """
    ordered = sorted(values)
    return [ordered[ceil(len(ordered) * percent / 100) - 1] for percent in PERCENTILES]


@lru_cache(maxsize=64)
def _draw(
    network: Network, scenario: Scenario, payments: tuple[str, ...], count: int, seed: int, with_events: bool
) -> Draws:
    return draw(network, scenario, payments, count, seed, with_events=with_events)


def _end(branch: BranchImpact) -> float:
    """When a branch is complete; one that is not within the time looked at comes after all others."""
    return inf if branch.completed is None else branch.completed


def _late(branches: Sequence[BranchImpact]) -> list[BranchImpact]:
    return [branch for branch in branches if branch.is_late]


def _known(words: Callable[[int], str], sizes: Sequence[float | None]) -> Callable[[int], str]:
    """Words for a sum over payments of these sizes: at least what is known where some are unknown (None)."""
    known = [size for size in sizes if size is not None]
    if sizes and not known:
        return lambda _: say("okänt", "unknown")
    return words if len(known) == len(sizes) else lambda many: at_least(words(many))


def _spread(words: Callable[[int], str], values: Sequence[float]) -> str:
    """Percentiles in words; said once where they are equal."""
    said = [words(int(value)) for value in values]
    if len(set(said)) == 1:
        return f"{said[0]} ({say('P10, P50 och P90', 'P10, P50 and P90')})"
    return ", ".join(f"P{percent} {one}" for percent, one in zip(PERCENTILES, said, strict=True))
