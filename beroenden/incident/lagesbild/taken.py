"""Stages that the model takes to be done, though what they need was impaired at the time: has it happened?"""

from collections.abc import Iterator

from beroenden.consequences.course import course_of
from beroenden.incident.lagesbild.actors import OwnRun, own_runs
from beroenden.incident.lagesbild.rows import named
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.language import say

_Found = tuple[str, int, tuple[str, ...]]
"""A stage's name, when it is taken to have been done, and what it needs that was impaired."""


class Taken(Writer):
    """What a prognosis of payments in time rests on, and only people can know."""

    def statements(self) -> Iterator[Statement]:
        """A question for each stage, with the payments that it was for."""
        alike: dict[_Found, list[OwnRun]] = {}
        for run in own_runs(self._outcome, self._actor):
            if not run.late and run.planned > self._at:
                for found in self._taken(run):
                    alike.setdefault(found, []).append(run)
        for (stage, done, providers), runs in alike.items():
            payments, lacking = listed(named(run) for run in runs), listed(self._name(one) for one in providers)
            text = say(
                f"”{stage}” för {payments} räknas som klart {self._short(done)}, fast {lacking} var nedsatt. Har det skett? "
                "Annars kan betalningen bli sen.",
                f'"{stage}" for {payments} is taken to have been done by {self._short(done)}, though {lacking} was impaired. '
                "Has it happened? Else the payment may be late.",
            )
            names = [run.run.payment.id for run in runs]
            yield self._computed("prognos.information", text, done, providers, status="okänd", names=names)

    def _taken(self, run: OwnRun) -> Iterator[_Found]:
        """The stages of a run that are done by the as-of time, on something impaired."""
        payment, hidden = run.run.payment, self._network.withheld | self._known.scenario.withheld
        places = {stage.id: place for place, stage in enumerate(payment.stages)}
        for part in course_of(self._outcome, run.run):
            place, done = places[part.stage.id], part.actual.completion if part.actual else None
            if done is None or done > self._at or hidden & {payment.id, (payment.id, place)}:
                continue
            needs = [need for index, need in enumerate(part.stage.needs) if (payment.id, place, index) not in hidden]
            providers = (one for need in needs for one in need.providers if one not in hidden)
            impaired = tuple(one for one in providers if self._was_impaired(one, part.planned.start, done))
            if impaired:
                yield part.stage.name, done, impaired

    def _was_impaired(self, provider: str, begun: int, done: int) -> bool:
        """Whether something worked less than fully from when a stage should have begun until it is taken to be done."""
        pieces = self._outcome.levels.of(provider).pieces(min(begun, done), done + 1)
        return any(level < 1 for _, _, level in pieces)
