"""Lägesbilder of outcomes, for tests."""

from beroenden.consequences.outcome import Outcome
from beroenden.documents import lagesbild, markdown
from beroenden.incident.basis import basis
from beroenden.incident.known import known_from
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.language import Language


def situation_of(
    outcome: Outcome, actor: str, *, language: Language = "sv", is_exercise: bool = True, form: str = "intern"
) -> Situation:
    """The lägesbild of an actor from an outcome alone."""
    ground = basis(outcome.network, known_from(outcome.scenario), with_events=outcome.with_events, language=language)
    return situation(ground, actor, Order(form=form, is_exercise=is_exercise))


def markdown_of(situation: Situation) -> str:
    """The internal lägesbild as Markdown."""
    return markdown.render(lagesbild.internal(situation))
