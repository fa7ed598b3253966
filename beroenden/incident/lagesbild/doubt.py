"""What in a prognosis rests on an observation that nobody has confirmed, and what holds without it."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.assumptions import confirmed_by_others, unsure_observations, unsure_outages
from beroenden.incident.lagesbild.prognosis import Prognosis
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.lagesbild.writer import Writer, lasting, listed
from beroenden.incident.log.entries import Observation
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.units.numbers import percent


class Doubt(Writer):
    """The headline without unconfirmed observations, where it is another."""

    def statements(self) -> Iterator[Statement]:
        """Nothing where no observation is unconfirmed, the headline stands without it, or the reader may not know of it."""
        doubtful = unsure_observations(self._basis, self._actor)
        entities = tuple(dict.fromkeys(one.entity or "" for one in doubtful))
        without = _without(self._basis)
        if without is None or not all(map(self._basis.may_name, entities)):
            return
        here, there = Prognosis(self._basis, self._actor), Prognosis(without, self._actor)
        (verdict, deadline), (other_verdict, other_deadline) = here.headline(), there.headline()
        otherwise = [there.headline(is_brief=True)[0]] if other_verdict != verdict else []
        if other_deadline != deadline:
            none = say("Ingen tidsfrist återstår.", "No deadline remains.")
            otherwise.append(other_deadline or none)
        if not otherwise:
            return
        seen, rest = listed(map(self._seen, doubtful)), " ".join(otherwise)
        text = say(
            f"Bedömningen vilar på en obekräftad iakttagelse: {seen}. Utan den: {rest}",
            f"The assessment rests on an unconfirmed observation: {seen}. Without it: {rest}",
        )
        if len(doubtful) > 1:
            text = say(
                f"Bedömningen vilar på obekräftade iakttagelser: {seen}. Utan dem: {rest}",
                f"The assessment rests on unconfirmed observations: {seen}. Without them: {rest}",
            )
        also, names = self._unsure_outages()
        sure = confirmed_by_others(self._basis, self._actor).values()  # by what is not said to be unconfirmed too
        for section in self._sections:
            made = self._computed(section, text + also, None, entities, names=(*here.named, *there.named, *names))
            yield replace(made, tlp=strictest(made.tlp, *sure))

    def _unsure_outages(self) -> tuple[str, tuple[str, ...]]:
        """Which outages are not confirmed either, in words, and the ids that they name; "" where none."""
        outages = unsure_outages(self._basis, self._actor)
        if not outages:
            return "", ()
        which = lasting(self._basis, outages)
        text = say(
            f" Inte heller {which.words} är {'bekräftade' if which.is_many else 'bekräftat'}.",
            f" Nor {'are' if which.is_many else 'is'} {which.words} confirmed.",
        )
        return text, which.names

    @property
    def _sections(self) -> tuple[str, ...]:
        """Where it is said: to others, who may be given one section without another, wherever the headline bears on."""
        return (
            (HIGHLIGHTS,) if self._basis.viewer is None else (HIGHLIGHTS, "prognos.konsekvenser", "prognos.betalningar")
        )

    def _seen(self, one: Observation) -> str:
        name, level = self._name(one.entity or ""), percent(one.level or 0.0)
        where = self._short(one.time) if self._basis.viewer else f"{one.id}, {self._short(one.time)}"
        return say(f"{name} {level} av förmågan ({where})", f"{name} at {level} of capacity ({where})")


def _without(basis: Basis) -> Basis | None:
    """The same without what is unconfirmed of observed levels; None where nothing is."""
    scenario = basis.known.sure
    if scenario is None:
        return None
    count = len(scenario.outages)
    reports = (*basis.known.reports, *(None,) * count)[:count]
    known = replace(basis.known, scenario=scenario, reports=reports, over=(False,) * count, pins=(), sure=None)
    return replace(basis, known=known, outcome=varied(basis.outcome, scenario=scenario))
