"""What in a prognosis rests on an observation that nobody has confirmed, and what holds without it."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.prognosis import Prognosis, verdict_of
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.incident.log.entries import Observation
from beroenden.language import say
from beroenden.units.numbers import percent


class Doubt(Writer):
    """The verdict without unconfirmed observations, where it is another."""

    def statements(self) -> Iterator[Statement]:
        """Nothing where no observation is unconfirmed, the verdict stands without it, or the reader may not know of it."""
        doubtful = [one for one in self._known.pins if one.status == "unconfirmed"]
        entities = tuple(dict.fromkeys(one.entity or "" for one in doubtful))
        without = _without(self._basis)
        if without is None or not all(map(self._basis.may_name, entities)):
            return
        otherwise = verdict_of(without, self._actor)
        if otherwise == verdict_of(self._basis, self._actor):
            return
        seen = listed(map(self._seen, doubtful))
        text = say(
            f"Bedömningen vilar på en obekräftad iakttagelse: {seen}. Utan den: {otherwise}",
            f"The assessment rests on an unconfirmed observation: {seen}. Without it: {otherwise}",
        )
        named = [*Prognosis(self._basis, self._actor).late_payments, *Prognosis(without, self._actor).late_payments]
        yield self._computed(HIGHLIGHTS, text, None, entities, names=named)

    def _seen(self, one: Observation) -> str:
        name, level, when = self._name(one.entity or ""), percent(one.level or 0.0), self._short(one.time)
        return say(f"{name} {level} av förmågan ({when}, {one.id})", f"{name} at {level} of capacity ({when}, {one.id})")


def _without(basis: Basis) -> Basis | None:
    """The same without what is unconfirmed of observed levels; None where nothing is."""
    scenario = basis.known.sure
    if scenario is None:
        return None
    count = len(scenario.outages)
    reports = (*basis.known.reports, *(None,) * count)[:count]
    known = replace(basis.known, scenario=scenario, reports=reports, over=(False,) * count, pins=(), sure=None)
    return replace(basis, known=known, outcome=varied(basis.outcome, scenario=scenario))
