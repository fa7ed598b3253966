"""The quality of a model: coverage and confidence, and the questions to ask next."""

from dataclasses import dataclass
from typing import Any

from beroenden.analysis.quality.coverage import Cover, cover_by_actor, cover_by_payment, cover_of_model
from beroenden.analysis.quality.doubts import TRIED, doubts
from beroenden.analysis.quality.questions import Question, Questions
from beroenden.analysis.quality.wording import hangs_words, question_words
from beroenden.model.network import Network
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/quality/1"


@dataclass(frozen=True)
class Quality:
    """What is known of a model, and what to ask next."""

    network: Network
    whole: Cover
    by_actor: tuple[Cover, ...]
    by_payment: tuple[Cover, ...]
    questions: Questions

    @property
    def unknown_on_chains(self) -> int:
        """How many endurances on the payment chains are unknown: those that `validate` remarks on."""
        return sum(one.is_unknown for one in doubts(self.network))

    def to_dict(self, limit: int | None = None) -> dict[str, Any]:
        """The JSON of `beroenden quality`; at most so many questions."""
        network, found = self.network, self.questions
        zone = time_zone(network.timezone)
        return {
            "schema": SCHEMA,
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "coverage": {
                "model": self.whole.to_dict(),
                "actors": [one.to_dict() for one in self.by_actor],
                "payments": [one.to_dict() for one in self.by_payment],
            },
            "tried": {
                "length_minutes": found.asked.length,
                "first_start": iso(found.asked.starts[0], zone),
                "last_start": iso(found.asked.starts[-1], zone),
                "starts": len(found.asked.starts),
                "horizon_minutes": found.asked.horizon,
                "outages": found.outages,
                "unknown_tried_minutes": [0, TRIED],
                "scenarios": {"planned": found.planned, "done": found.scenarios},
                "doubts": found.doubts,
                "doubts_done": found.tried,
                "mean_recipient_hours": found.mean,
                "uncounted": list(found.uncounted),
                "matter": len(found.questions),
            },
            "questions": [_question(one, self) for one in found.questions[:limit]],
        }


def quality_of(network: Network, questions: Questions) -> Quality:
    """What is known of a model, beside the questions that were found for it."""
    by_actor, by_payment = cover_by_actor(network), cover_by_payment(network)
    return Quality(network, cover_of_model(network), tuple(by_actor), tuple(by_payment), questions)


def _question(one: Question, quality: Quality) -> dict[str, Any]:
    network, doubt = quality.network, one.doubt
    stage = None if doubt.stage is None else network.payment[doubt.consumer].stages[doubt.stage].id
    return {
        "actor": doubt.actor,
        "consumer": doubt.consumer,
        "stage": stage,
        "need": doubt.index,
        "providers": list(doubt.need.providers),
        "is_unknown": doubt.is_unknown,
        "question": question_words(one, network),
        "hangs": hangs_words(one, quality.questions, network),
        "mean_recipient_hours": {"least": one.least, "now": one.now, "most": one.most},
        "change": one.change,
        "uncounted": {
            "payments": [payment for payment, _ in one.uncounted],
            "most_hours": max((hours for _, hours in one.uncounted), default=0.0),
        },
        "worst": {"entity": one.worst, "least": one.worst_least, "most": one.worst_most},
    }
