"""What is put to one player: what it notices, what it is asked, and what it is told, when it can know it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from beroenden.consequences.outcome import Outcome
from beroenden.exercise.exercise import Evidence, Inject, Kind
from beroenden.exercise.noticed import deadlines, noticed, sees
from beroenden.exercise.wording import Wording, gap, questions_of
from beroenden.model.scenario import Outage
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for
from beroenden.units.durations import HOUR
from beroenden.units.times import local, time_zone

_AWAKE = (7, 20)
"""Hours of the day in which recipients and newsrooms call: from, and before."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """When players are told what they cannot see for themselves; minutes.

    Attributes:
        rumour: From a player's first sign until a wrong explanation reaches it.
        denial: From the wrong explanation until it is denied.
        unconfirmed: From an outage's start until others have unconfirmed word of it; at least half of it from the first sign.
        confirmed: From an outage's start until it is confirmed, with an estimate of its end; likewise.
        questions: From money that does not come until recipients call.
        media: From money that does not come until a newsroom calls.
    """

    rumour: int = HOUR // 2
    denial: int = 2 * HOUR
    unconfirmed: int = 2 * HOUR
    confirmed: int = 6 * HOUR
    questions: int = HOUR
    media: int = 3 * HOUR


class Witness:
    """Writes the injects of one player.

    Args:
        outcome: What happens, on the whole model.
        actor: The player's id.
        terms: When it is told what.
    """

    def __init__(self, outcome: Outcome, actor: str, terms: Disclosure) -> None:
        self._outcome, self._actor, self._terms = outcome, actor, terms
        self.wording = Wording(masked(outcome.network, viewer_for(outcome.network, actor)), actor)
        self._zone = time_zone(outcome.network.timezone)
        self.noticed = tuple(one for one in map(self._readable, noticed(outcome, actor)) if one is not None)

    @property
    def first_sign(self) -> int | None:
        """When the player first notices something; None: never."""
        return self.noticed[0].at if self.noticed else None

    def injects(self) -> Iterator[Inject]:
        """Everything that it gets by itself, in no order."""
        for one in self.noticed:
            yield self.inject(one)
        yield from self._asked()
        yield from self._news()
        for outage in self._outcome.scenario.outages:
            yield from self._about(outage)

    def inject(self, evidence: Evidence, at: int | None = None, kind: Kind = "inspel") -> Inject:
        """The inject that an evidence gives, at its time or at another."""
        sender, form, title, text = self.wording.words(evidence)
        return Inject(
            number=0,
            stage=0,
            play=0,
            time=evidence.at if at is None else at,
            sender=sender,
            to=self._actor,
            form=form,
            kind="information" if evidence.event == "pace" else kind,
            title=title,
            text=text,
            objective="" if evidence.event == "pace" else gap("övningsmål", "objective"),
            expected="" if evidence.event == "pace" else gap("förväntad åtgärd", "expected action"),
            questions=questions_of(evidence.event),
            responsible="" if evidence.event == "pace" else gap("vem i motspelet", "who of the role players"),
            tlp=self.wording.label(evidence),
            evidence=evidence,
        )

    def deadlines(self) -> Iterator[tuple[Evidence, Inject]]:
        """The deadlines that it decides under, each with a reserve inject for when it has not raised the matter itself."""
        start = self._outcome.start
        for one in map(self._readable, deadlines(self._outcome, self._actor)):
            if one is not None:
                at = max(one.at - 2 * HOUR, (start + one.at) // 2)
                yield one, self.inject(one, at, "reservinspel")

    def is_concerned(self, cause: str) -> bool:
        """Whether something that the player notices goes back to a cause."""
        return any(one.path and one.path[-1] == cause for one in self.noticed)

    def told_of(self, outage: Outage) -> int | None:
        """When the player is told for certain of what is out: at once of its own; None: never before it is over.

        Who does not notice anything of it is not told; it may hear of it from the other players.
        """
        if outage.entity is None or not self.wording.may_name(outage.entity) or not self.is_concerned(outage.entity):
            return None
        if self._outcome.network.actor_of(outage.entity) == self._actor:
            return outage.start
        at = max(outage.start + self._terms.confirmed, self._after_sign(self._terms.confirmed // 2))
        return at if outage.end is None or at < outage.end else None

    def _after_sign(self, minutes: int) -> int:
        return self._outcome.end if self.first_sign is None else self.first_sign + minutes

    def _readable(self, evidence: Evidence) -> Evidence | None:
        """The evidence without payments that the player may not read; None when nothing is left to be told."""
        payments = tuple(run for run in evidence.payments if self.wording.may_name(run[0]))
        if evidence.payments and not payments:
            return None
        return replace(evidence, payments=payments)

    def _asked(self) -> Iterator[Inject]:
        """Recipients and newsrooms who ask for money that has not come."""
        back = {run: one.at for one in self.noticed if one.event == "completed" for run in one.payments}
        own = {payment.id for payment in self._outcome.network.payments if payment.payer == self._actor}
        for late in (one for one in self.noticed if one.event == "late"):
            for event, wait in (("question", self._terms.questions), ("media", self._terms.media)):
                at = self._awake(late.at + wait)
                waiting = tuple(run for run in late.payments if run[0] in own and back.get(run, at + 1) > at)
                if waiting:
                    yield self.inject(Evidence(event, late.at, payments=waiting, path=late.path), at)  # type: ignore[arg-type]

    def _awake(self, time: int) -> int:
        """The time, or the next morning."""
        moment = local(time, self._zone)
        first, last = _AWAKE
        if moment.hour < first:
            return time + (first - moment.hour) * HOUR - moment.minute
        if moment.hour < last:
            return time
        morning = (moment + timedelta(days=1)).replace(hour=first, minute=0, tzinfo=None)
        return time + int((morning - moment.replace(tzinfo=None)).total_seconds() // 60)

    def _news(self) -> Iterator[Inject]:
        """What the public notices and everybody can read of: each worst level of a group once."""
        worst: dict[tuple[int, float], list[str]] = {}
        paths: dict[tuple[int, float], tuple[str, ...]] = {}
        for impact in self._outcome.entities:
            is_public = impact.entity.kind == "citizens" and impact.degraded_from is not None
            if is_public and self.wording.may_name(impact.entity.id):
                pieces = list(impact.steps.pieces(self._outcome.start, self._outcome.end))
                low = min(level for _, _, level in pieces)
                at = next(since for since, _, level in pieces if level == low)
                worst.setdefault((at, round(low, 3)), []).append(impact.entity.id)
                path = (link.entity for link in self._outcome.explainer.because(impact.entity.id, at))
                paths.setdefault((at, round(low, 3)), tuple(path))
        for (at, level), groups in worst.items():
            evidence = Evidence("service", at, tuple(groups), path=paths[at, level], level=level)
            yield self.inject(evidence, self._awake(at + HOUR // 2))

    def _about(self, outage: Outage) -> Iterator[Inject]:
        """What it hears of the cause: first uncertain, then for certain, at last that it is over."""
        told = self.told_of(outage)
        cause = outage.entity
        if cause is None or not self.wording.may_name(cause) or not self.is_concerned(cause):
            return
        evidence = Evidence("cause", outage.start, (cause,), path=(cause,), level=outage.remaining, until=outage.end)
        is_own = self._outcome.network.actor_of(cause) == self._actor
        if not is_own and not sees(self._outcome, self._actor, cause):
            heard = max(outage.start + self._terms.unconfirmed, self._after_sign(self._terms.unconfirmed // 2))
            if heard < (outage.end or self._outcome.end) and (told is None or heard < told):
                yield self.inject(replace(evidence, event="unconfirmed", until=None), heard)
        if told is not None:
            later = max(told, outage.start + self._terms.confirmed) if is_own else told
            if later < (outage.end or self._outcome.end):
                yield self.inject(evidence, later)
        if outage.end is not None and not is_own and self._is_seen_to_end(cause, outage.end):
            yield self.inject(Evidence("restored", outage.end, (cause,), level=1.0))

    def _is_seen_to_end(self, cause: str, end: int) -> bool:
        """Whether what is out works when an outage ends, and the player has noticed anything by then."""
        return self._outcome.level_at(cause, end) >= 1 and self.first_sign is not None and self.first_sign <= end
