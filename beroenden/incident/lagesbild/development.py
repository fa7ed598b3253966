"""How it develops: the actor's own systems and payouts at some hours from the as-of time, and at what happens then."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from beroenden.consequences.outcome import EntityImpact, Spell
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, own_entities, own_runs, pays
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.language import say
from beroenden.model.payments import Payment
from beroenden.units.durations import HOUR
from beroenden.units.numbers import about, about_money, percent, summed

HOURS_AHEAD = (0, 4, 12, 24, 48, 72)


@dataclass(frozen=True, slots=True)
class _Moment:
    """How it stands at a time; moments in a row that say the same are told together.

    Attributes:
        what: Why the time is looked at, in words; "" for a mere number of hours.
        hit: The own systems that are impaired, with what is left.
    """

    time: int
    what: str
    hit: tuple[tuple[EntityImpact, float], ...]
    overdue: tuple[OwnRun, ...]

    @property
    def payouts(self) -> str:
        """Payouts that should have arrived and have not."""
        return summed([run.recipients_overdue_at(self.time) for run in self.overdue], about, _unknown())

    @property
    def amount(self) -> str:
        """What they amount to."""
        return summed([run.amount_overdue_at(self.time) for run in self.overdue], about_money, _unknown())

    @property
    def own(self) -> str:
        """The own systems that are impaired, with what is left."""
        impaired = listed(f"{one.entity.name} ({percent(level)})" for one, level in self.hit)
        return impaired or say("inga", "none")

    @property
    def payments(self) -> str:
        """What is overdue, by name, and what of its size is unknown."""
        return listed(run.run.payment.name + _lacking(run.run.payment) for run in self.overdue) or "–"

    @property
    def state(self) -> tuple[object, ...]:
        """What is the same for moments that are told together; a moment with a meaning of its own stands alone."""
        return (self.own, self.payouts, self.amount, self.payments, self.what and self.time)


class Development(Writer):
    """The rows of "Utveckling från läget och framåt"."""

    def __init__(self, basis: Basis, actor: str, carried: Sequence[OwnRun] | None = None) -> None:
        """
        Args:
            basis: What is known and what follows.
            actor: Id in the masked model.
            carried: The runs to tell of where they are not those that concern it first: those that it has a part in.
        """
        super().__init__(basis, actor)
        self._runs = own_runs(basis.outcome, actor) if carried is None else carried
        self._pays = carried is None and pays(basis.network, actor)
        self._entities = own_entities(basis.outcome, actor)

    def statements(self) -> Iterator[Statement]:
        """One for each state, in order of time."""
        for _, alike in groupby(self._moments(), key=lambda moment: moment.state):
            yield self._row(list(alike))

    def _moments(self) -> Iterator[_Moment]:
        end, whats = self._outcome.end, self._whats()
        hours = [self._at + ahead * HOUR for ahead in HOURS_AHEAD]
        for start in self._between((*hours, *whats)):
            whats.setdefault(start, []).append(say("kortvarigt nedsatt", "briefly impaired"))
        for time in sorted({time for time in (*hours, *whats) if time <= end}):
            levels = ((impact, self._left(impact, time)) for impact in self._entities)
            hit = tuple((impact, level) for impact, level in levels if level < 1)
            overdue = tuple(run for run in self._runs if run.overdue_at(time))
            yield _Moment(time, listed(whats.get(time, ())), hit, overdue)

    def _between(self, times: Collection[int]) -> set[int]:
        """When something of its own is impaired that is itself again before the next of some times."""
        last = max(times)
        return {
            start
            for impact in self._entities
            for one in impact.spells
            if self._at < (start := self._computed_from(impact, one)) < last
            and (one.end is None or start < one.end)
            and not any(start <= time and (one.end is None or time < one.end) for time in times)
        }

    def _computed_from(self, impact: EntityImpact, spell: Spell) -> int:
        """From when it is impaired in a spell; right after the as-of time where it was observed to work until then."""
        start = max(spell.start, self._at)
        return start + 1 if self._left(impact, start) >= 1 else spell.start

    def _whats(self) -> dict[int, list[str]]:
        """What happens after the as-of time: deadlines of what else will be late, its payment times, and when all is there."""
        late = [run for run in self._runs if run.late]
        deadline, due = say("tidsfrist", "deadline"), say("betalningsdag", "payment date")
        found = [(run.deadline, deadline) for run in late]
        found += [(branch.planned, due) for run in late for branch in run.late]
        ends = [run.late_completed for run in late]
        if ends and None not in ends:
            found.append((max(end for end in ends if end is not None), say("alla framme", "all complete")))
        whats: dict[int, list[str]] = {}
        for time, what in found:
            if time is not None and time > self._at:
                whats.setdefault(time, []).append(what)
        return whats

    def _row(self, alike: list[_Moment]) -> Statement:
        first, last = alike[0], alike[-1]
        after = _listed_hours([one.time - self._at for one in alike])
        short, words = self._short(first.time), self._time(first.time)
        if last is not first:
            short = f"{short} – {self._short(last.time)}"
            words = say(f"{words} till {self._time(last.time)}", f"{words} to {self._time(last.time)}")
        what = f" ({first.what})" if first.what else ""
        text = f"{after} ({words}){what}: " + say(f"egna nedsatta: {first.own}", f"own systems impaired: {first.own}")
        cells: tuple[tuple[str, str], ...] = (
            (say("Tid", "Time"), f"{after}, {short}{what}"),
            (self._own_systems(), first.own),
        )
        if self._pays or self._runs:
            which = "" if self._pays else say(f" som {self._writing} har del i", f" that {self._writing} has a part in")
            text += "; " + say(
                f"utbetalningar{which} som skulle ha varit framme men inte är det: {first.payouts}",
                f"payouts{which} that should have arrived and have not: {first.payouts}",
            )
            cells += (
                (say("Försenade utbetalningar", "Delayed payouts") + which, first.payouts),
                (say("Belopp", "Amount"), first.amount),
                (say("Betalningar", "Payments"), first.payments),
            )
        path, names = (one.entity.id for one, _ in first.hit), (run.run.payment.id for run in self._named(first))
        return self._computed("prognos.tid", f"{self._if}{text}.", first.time, path, cells, names=names)

    def _named(self, moment: _Moment) -> Iterable[OwnRun]:
        """The runs that a row tells of: those that are overdue, and all that are late where it stands for one of them."""
        return [run for run in self._runs if run.late] if moment.what else moment.overdue

    def _own_systems(self) -> str:
        if not self._is_read_by_its_own:
            return say("Egna system nedsatta, av dem som delas", "Own systems impaired, of those that are shared")
        return say("Egna system nedsatta (förmåga kvar)", "Own systems impaired (capacity remaining)")


def _lacking(payment: Payment) -> str:
    """After the name of a payment: that its number or amount is unknown."""
    if payment.count is None and payment.amount is None:
        return say(" (antal och belopp okända)", " (number and amount unknown)")
    if payment.count is None:
        return say(" (antalet okänt)", " (number unknown)")
    return say(" (beloppet okänt)", " (amount unknown)") if payment.amount is None else ""


def _unknown() -> str:
    return say("okänt", "unknown")


def _listed_hours(minutes: list[int]) -> str:
    """ "T+0, T+4 och T+12 tim" (T+0, T+4 and T+12 h); what is no whole hour stands alone."""
    hours, rest = divmod(minutes[0], HOUR)
    listing = listed(f"T+{one // HOUR}" for one in minutes)
    unit = say("tim", "h")
    return f"T+{hours} {unit} {rest} min" if rest else f"{listing} {unit}"
