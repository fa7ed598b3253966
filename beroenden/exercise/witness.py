"""What is put to one player: what it notices, what it is asked, and what it is told, when it can know it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from beroenden.consequences.outcome import EntityImpact, Outcome, breakpoints
from beroenden.errors import UsageError
from beroenden.exercise.exercise import Evidence, Inject, Kind
from beroenden.exercise.noticed import deadlines, direct_provider, noticed
from beroenden.exercise.questions import questions_of
from beroenden.exercise.wording import Wording, gap
from beroenden.language import say
from beroenden.model.scenario import Outage
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for
from beroenden.units.durations import HOUR
from beroenden.units.times import local, time_zone

_FELT = 0.1
"""The part of a group from which on the news tells of it."""
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

    def __post_init__(self) -> None:
        """Refuse what would be confirmed before it is heard of.

        Raises:
            UsageError: when it is so.
        """
        if self.unconfirmed > self.confirmed:
            raise UsageError(
                say(
                    "Obekräftade uppgifter kommer inte efter de bekräftade: --unconfirmed-after är längre än --confirmed-after.",
                    "Unconfirmed word does not come after the confirmation: --unconfirmed-after is longer than --confirmed-after.",
                )
            )


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
            kind="information" if evidence.event in ("pace", "service") else kind,
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

    def is_public(self, cause: str) -> bool:
        """Whether everybody may know of it, so that all hear of it at one time, also who does not notice anything."""
        return self._outcome.network.label_of(cause) == "TLP:CLEAR"

    def told_of(self, outage: Outage) -> int | None:
        """When the player is told for certain of what is out: at once of its own; None: never before it is over.

        Of what is not public only who notices something of it is told; the others may hear of it from those.
        """
        cause = outage.entity
        if cause is None or not self.wording.may_name(cause):
            return None
        if self._outcome.network.actor_of(cause) == self._actor:
            return outage.start if self.is_concerned(cause) else None
        at = self._heard(outage, self._terms.confirmed)
        return at if at is not None and (outage.end is None or at < outage.end) else None

    def _heard(self, outage: Outage, after: int) -> int | None:
        """When word of an outage reaches the player, so long after its start; None: not at all."""
        cause = outage.entity or ""
        if self.is_public(cause):
            return outage.start + after
        return max(outage.start + after, self._after_sign(after // 2)) if self.is_concerned(cause) else None

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
        told: dict[tuple[int, float], list[str]] = {}
        for impact in self._outcome.entities:
            if impact.entity.kind == "citizens" and self.wording.may_name(impact.entity.id):
                for at, level in self._felt(impact):
                    told.setdefault((at, level), []).append(impact.entity.id)
        for (at, level), groups in told.items():
            path = tuple(link.entity for link in self._outcome.explainer.because(groups[0], at))
            evidence = Evidence("service", at, tuple(groups), path=path, level=level)
            yield self.inject(evidence, self._awake(at + HOUR // 2))

    def _felt(self, impact: EntityImpact) -> Iterator[tuple[int, float]]:
        """When a group first feels it, and when it is at its worst where that is much worse."""
        levels = breakpoints(impact.steps, self._outcome.start, self._outcome.end)
        felt = next(((at, level) for at, level in levels if level <= 1 - _FELT), None)
        if felt is not None:
            yield felt
            worst = min(levels, key=lambda pair: (pair[1], pair[0]))
            if worst[1] <= felt[1] - 2 * _FELT:
                yield worst

    def _about(self, outage: Outage) -> Iterator[Inject]:
        """What it hears of the cause: first uncertain, then for certain, at last that it is over."""
        cause, end = outage.entity, outage.end or self._outcome.end
        if cause is None or not self.wording.may_name(cause):
            return
        evidence = Evidence("cause", outage.start, (cause,), path=(cause,), level=outage.remaining, until=outage.end)
        kind: Kind = "inspel" if self.is_concerned(cause) else "information"
        told, is_own = self.told_of(outage), self._outcome.network.actor_of(cause) == self._actor
        heard = self._heard(outage, self._terms.unconfirmed)
        if not is_own and heard is not None and not self._has_met(cause, heard) and heard < min(end, told or end):
            yield self.inject(replace(evidence, event="unconfirmed", until=None), heard, kind)
        certain = max(told, outage.start + self._terms.confirmed) if told is not None else end
        if certain < end:
            yield self.inject(evidence, certain, kind)
        if outage.end is not None and not is_own and self._is_seen_to_end(cause, outage.end):
            yield self.inject(Evidence("restored", outage.end, (cause,), level=1.0), kind=kind)

    def _has_met(self, cause: str, by: int) -> bool:
        """Whether the player has noticed by itself that something is out, by an instant."""
        return any(one.at <= by and direct_provider(one) == cause for one in self.noticed)

    def _is_seen_to_end(self, cause: str, end: int) -> bool:
        """Whether what is out works when an outage ends, and the player has heard of it or noticed anything of it by then."""
        if self._outcome.level_at(cause, end) < 1:
            return False
        if self.is_public(cause):
            return True
        return self.is_concerned(cause) and self.first_sign is not None and self.first_sign <= end
