"""What is put to one player: what it notices, what it is asked, and what it is told, when it can know it."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta

from beroenden.consequences.outcome import EntityImpact, Outcome, breakpoints
from beroenden.errors import UsageError
from beroenden.exercise.exercise import Evidence, Inject, Kind
from beroenden.exercise.noticed import (
    NAMES_PROVIDER,
    bears_on,
    begun,
    deadlines,
    direct_provider,
    faults_of,
    has_a_part,
    noticed,
    reporter,
)
from beroenden.exercise.phrases import gap
from beroenden.exercise.questions import Part, is_too_late, questions_of
from beroenden.exercise.wording.wording import Wording
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


@dataclass(frozen=True, slots=True)
class Withheld:
    """What another player knows, and the one who is not told of it unless that player does so.

    Attributes:
        inject: A reserve, for when it has not.
        teller: Id of the player that knows.
        known: What tells that player.
    """

    inject: Inject
    teller: str
    known: Evidence


class Witness:
    """Writes the injects of one player.

    Args:
        outcome: What happens, on the whole model.
        actor: The player's id.
        terms: When it is told what.
        players: Ids of all who play: nobody plays them.
    """

    def __init__(self, outcome: Outcome, actor: str, terms: Disclosure, players: Sequence[str] = ()) -> None:
        self._outcome, self._actor, self._terms = outcome, actor, terms
        self._network, self._players = outcome.network, frozenset(players) - {actor}
        self._mask = masked(self._network, viewer_for(self._network, actor))
        self.wording = Wording(self._mask, actor, outcome.level_at, players)
        self._zone = time_zone(self._network.timezone)
        self.noticed = tuple(one for one in map(self._readable, noticed(outcome, actor)) if one is not None)
        self._others: Mapping[str, Witness] = {}
        self._left: tuple[tuple[Evidence, str, Evidence], ...] = ()

    def among(self, others: Mapping[str, "Witness"]) -> "Witness":
        """The same player where others play, who tell it themselves what they know; or do not."""
        made = copy(self)
        made._others = {actor: one for actor, one in others.items() if actor != self._actor}
        found = [(one, self._teller(one)) for one in self.noticed]
        tellers = [(one, teller, teller and others[teller]._knows(one)) for one, teller in found]
        made._left = tuple((one, teller, known) for one, teller, known in tellers if teller and known)
        left = {one for one, _, _ in made._left}
        kept = [one for one in self.noticed if one not in left]
        made.noticed = tuple(one for one in kept if not _is_back(one) or any(_fails(one, other) for other in kept))
        return made

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

    def withheld(self) -> Iterator[Withheld]:
        """What it is told of only if another player tells it, in no order."""
        for one, teller, known in self._left:
            yield Withheld(self.inject(one, kind="reservinspel"), teller, known)
        for outage in self._outcome.scenario.outages:
            yield from self._withheld(outage)

    def _withheld(self, outage: Outage) -> Iterator[Withheld]:
        """That something is out, and works again, which the player knows that answers for it."""
        cause = outage.entity or ""
        teller = self._owner_in_play(outage)
        other = self._others.get(teller or "")
        if teller is None or other is None or not self.wording.may_name(cause):
            return
        is_hit = any(one.path and one.path[-1] == cause for one, _, _ in self._left)
        if not (self.is_public(cause) or self.is_concerned(cause) or is_hit):
            return
        at = self._told_by(other, outage)
        if at is not None:
            evidence = self._cause(outage)
            yield Withheld(self.inject(evidence, at, "reservinspel"), teller, evidence)
        back = self._back(outage)
        if back is not None and (over := other._restoration(cause, back)) is not None:
            evidence = _works_again(outage, back)
            yield Withheld(self.inject(evidence, kind="reservinspel"), teller, over)

    def _told_by(self, other: "Witness | None", outage: Outage) -> int | None:
        """From when another player can be expected to have told it of what is out, for certain; None: never."""
        told = None if other is None else other.told_of(outage)
        at = max(told or 0, self._heard(outage, self._terms.confirmed) or 0)
        return at if told is not None and at < (outage.end or self._outcome.end) else None

    def _restoration(self, entity: str, at: int) -> Evidence | None:
        """What tells the player that something of its own works again."""
        return next(
            (one for one in self.noticed if one.event == "restored" and one.at == at and entity in one.entities), None
        )

    def _owner_in_play(self, outage: Outage) -> str | None:
        """The other player that answers for what is out; None: none."""
        owner = self._network.actor_of(outage.entity) if outage.entity else None
        return owner if owner in self._players else None

    def _teller(self, one: Evidence) -> str | None:
        """The other player that would tell the player how a payment goes; None: nobody that plays."""
        if not one.payments or one.event not in ("stage", "cutoff"):
            back = self._network.actor_of(one.path[0]) if _is_back(one) and one.path else None
            return back if back in self._players else None
        payment = self._network.payment[one.payments[0][0]]
        stage = next(stage for stage in payment.stages if stage.id == one.stage)
        told_by = reporter(self._network, payment, stage, self._actor)
        return told_by if told_by in self._players else None

    def _knows(self, one: Evidence) -> Evidence | None:
        """What tells the player of the same thing as another is told of; None: nothing does."""
        for own in self.noticed:
            if own.event == one.event and own.at == one.at:
                is_it = own.stage == one.stage and bool(set(own.payments) & set(one.payments))
                if is_it or (_is_back(one) and one.path[0] in own.entities):
                    return own
        return None

    def inject(self, evidence: Evidence, at: int | None = None, kind: Kind = "inspel") -> Inject:
        """The inject that an evidence gives, at its time or at another."""
        time = evidence.at if at is None else at
        sender, form, title, text = self.wording.words(evidence, time)
        too_late = is_too_late(self._outcome, evidence, time)
        return Inject(
            number=0,
            stage=0,
            play=0,
            time=time,
            sender=sender,
            to=self._actor,
            form=form,
            kind="information" if evidence.event in ("pace", "service") else kind,
            title=title,
            text=text,
            objective="" if evidence.event == "pace" else gap("övningsmål", "objective"),
            expected="" if evidence.event == "pace" else gap("förväntad åtgärd", "expected action"),
            questions=questions_of(evidence.event, self._part(evidence), is_too_late=too_late),
            responsible="" if evidence.event == "pace" else gap("vem i motspelet", "who of the role players"),
            tlp=self.wording.label(evidence),
            evidence=evidence,
        )

    def _part(self, evidence: Evidence) -> Part:
        """What the player has to do with what it is told."""
        if evidence.event in ("stage", "cutoff"):
            pays = any(self._network.payment[payment].payer == self._actor for payment, _ in evidence.payments)
            return "pays" if pays else "knows"
        if evidence.event == "cause" and self._network.actor_of(evidence.entities[0]) == self._actor:
            return "knows"
        if any(one.payer == self._actor for one in self._network.payments):
            return "pays"
        return "carries" if self._carries() else "neither"

    def _carries(self) -> bool:
        network = self._network
        banks = {bank for one in network.payments for bank in (one.paying_bank, *dict(network.accounts_of(one)))}
        return self._actor in banks

    def deadlines(self) -> Iterator[tuple[Evidence, Inject]]:
        """The deadlines that it decides under, each with a reserve inject for when it has not raised the matter itself."""
        for one in map(self._readable, deadlines(self._outcome, self._actor)):
            if one is not None:
                at = max(one.at - 2 * HOUR, (begun(self._outcome, one) + one.at) // 2)
                bank = self._network.payment[one.payments[0][0]].paying_bank
                left = 1.0 if bank is None else self._outcome.level_at(bank, at)
                yield one, self.inject(replace(one, level=left if left < 1 else None), at, "reservinspel")

    def can_know(self, deadline: Evidence, by: int) -> bool:
        """Whether the player may know of a payment of a deadline, and has been told of anything by an instant that bears on it."""
        if not any(has_a_part(self._mask, self._actor, payment) for payment, _ in deadline.payments):
            return False
        told = [one for one in self.noticed if one.at <= by]
        told += [one.evidence for each in self._outcome.scenario.outages for one in self._about(each)
                 if one.time <= by and one.evidence]  # fmt: skip
        runs = [run for run in self._outcome.runs if run.key in deadline.payments]
        return any(bears_on(self._outcome, one, run) for one in told for run in runs)

    def is_concerned(self, cause: str) -> bool:
        """Whether something that the player notices goes back to a cause."""
        return any(one.path and one.path[-1] == cause for one in self.noticed)

    def is_public(self, cause: str) -> bool:
        """Whether everybody may know of it, so that all hear of it at one time, also who does not notice anything."""
        return self._network.label_of(cause) == "TLP:CLEAR"

    def told_of(self, outage: Outage) -> int | None:
        """When the player is told for certain of what is out; None: never before it is over, or only by another player.

        Of what is not public only who notices something of it is told; the others may hear of it from those. Who knows of a
        disturbance is told at once how it goes on.
        """
        if outage.payment is not None:
            return self._told_of_fault(outage)
        cause = outage.entity
        if cause is None or not self.wording.may_name(cause) or self._owner_in_play(outage) is not None:
            return None
        if self._network.actor_of(cause) == self._actor:
            confirmed = self._disturbance(outage)[0] + self._terms.confirmed
            at = max(outage.start, confirmed) if self.is_concerned(cause) else None
        else:
            at = self._heard(outage, self._terms.confirmed)
        return at if at is not None and at < (outage.end or self._outcome.end) else None

    def _told_of_fault(self, outage: Outage) -> int | None:
        """When who pays finds that its file is faulty, or the bank that pays hears so from one that does not play.

        Nobody knows of it before the money is missing.
        """
        payment = self._network.payment[outage.payment or ""]
        hears = self._actor == payment.paying_bank and payment.payer not in self._players
        if (self._actor != payment.payer and not hears) or not self.wording.may_name(payment.id):
            return None
        hit = set(self._fault(outage).payments)
        late = (one for one in self.noticed if one.event == "late")
        missing = min((one.at for one in late if not hit.isdisjoint(one.payments)), default=None)
        if missing is None:
            return None
        at = max(outage.start + self._terms.confirmed, missing + self._terms.confirmed // 2)
        return at if at < (outage.end or self._outcome.end) else None

    def _fault(self, outage: Outage) -> Evidence:
        """What is wrong with a file: which runs it hits, and for which share of their recipients."""
        runs = (run for run in self._outcome.late_runs if run.payment.id == outage.payment and run.is_late_by_fault)
        hit = 1.0 if outage.share is None else outage.share
        level = round(1 - hit, 6) if hit < 1 else None
        return Evidence("fault", outage.start, payments=tuple(run.key for run in runs), level=level, until=outage.end)

    def depends_on(self, outage: Outage) -> str | None:
        """Id of the other player that alone can tell it of what is out, or of what comes of that; None: none."""
        if outage.payment is not None:
            payment = self._network.payment[outage.payment]
            is_its_bank = self._actor == payment.paying_bank and payment.payer in self._players
            return payment.payer if is_its_bank else None
        tellers = [one.teller for one in self._withheld(outage)]
        tellers += [teller for one, teller, _ in self._left if one.path and one.path[-1] == outage.entity]
        return next((one for one in tellers if self._can_be_told_by(one, outage)), None)

    def _can_be_told_by(self, other: str, outage: Outage) -> bool:
        """Whether another player knows of what is out, and the player may read of it."""
        cause, teller = outage.entity or "", self._others[other]
        knows = self._network.actor_of(cause) == other or teller.told_of(outage) is not None
        return self.wording.may_name(cause) and (knows or teller._has_met(cause, outage.end or self._outcome.end))

    def _heard(self, outage: Outage, after: int) -> int | None:
        """When the player has word of what is out and it is, so long after the disturbance began; None: not at all."""
        word = self._word(outage, after)
        return None if word is None else max(outage.start, word)

    def _word(self, outage: Outage, after: int) -> int | None:
        """When word of a disturbance reaches the player, so long after it began; None: not at all."""
        cause, begun = outage.entity or "", self._disturbance(outage)[0]
        if self.is_public(cause):
            return begun + after
        return max(begun + after, self._after_sign(after // 2)) if self.is_concerned(cause) else None

    def _disturbance(self, outage: Outage) -> tuple[int, int | None]:
        """When the disturbance begins and ends that an outage is a part of: what goes on at another level is the same one."""
        faults = faults_of(self._outcome, outage.entity or "")
        return next(one for one in reversed(faults) if one[0] <= outage.start)

    def _cause(self, outage: Outage) -> Evidence:
        """What is out, for certain, and until when the disturbance lasts that it is a part of."""
        cause, (begun, over) = outage.entity or "", self._disturbance(outage)
        since = begun if begun < outage.start else None
        return Evidence("cause", outage.start, (cause,), path=(cause,), level=outage.remaining, until=over, since=since)

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
        asked: set[tuple[str, str]] = set()
        for late in (one for one in self.noticed if one.event == "late"):
            fresh = [run for run in late.payments if run not in asked]
            asked |= {*fresh}
            for event, wait in (("question", self._terms.questions), ("media", self._terms.media)):
                at = self._awake(late.at + wait)
                waiting = tuple(run for run in fresh if run[0] in own and back.get(run, at + 1) > at)
                if waiting:
                    evidence = replace(late, event=event, entities=(), payments=waiting)  # type: ignore[arg-type]
                    yield self.inject(evidence, at)

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
        """What the public notices and everybody can read of: each worst level of a group once, if it is so when it is told."""
        told: dict[tuple[int, float], list[str]] = {}
        for impact in self._outcome.entities:
            if impact.entity.kind == "citizens" and self.wording.may_name(impact.entity.id):
                for at, level in self._felt(impact):
                    if all(now <= level for *_, now in impact.steps.pieces(at, self._published(at) + 1)):
                        told.setdefault((at, level), []).append(impact.entity.id)
        for (at, level), groups in told.items():
            path = tuple(link.entity for link in self._outcome.because(groups[0], at))
            evidence = Evidence("service", at, tuple(groups), path=path, level=level)
            yield self.inject(evidence, self._published(at))

    def _published(self, at: int) -> int:
        """When the news tell of what began to be felt at an instant."""
        return self._awake(at + HOUR // 2)

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
        if outage.payment is not None and (found := self.told_of(outage)) is not None:
            yield self.inject(self._fault(outage), found)
        cause, end = outage.entity, outage.end or self._outcome.end
        if cause is None or not self.wording.may_name(cause):
            return
        evidence = self._cause(outage)
        kind: Kind = "inspel" if self.is_concerned(cause) else "information"
        told, is_own = self.told_of(outage), self._network.actor_of(cause) == self._actor
        heard = self._word(outage, self._terms.unconfirmed)
        certain = told or self._told_by(self._others.get(self._owner_in_play(outage) or ""), outage)
        is_news = heard is not None and outage.start <= heard < min(end, certain or end)
        if is_own or heard is None or not is_news or self._has_met(cause, heard):
            heard = None
        if heard is not None:
            yield self.inject(replace(evidence, event="unconfirmed", until=None), heard, kind)
        if told is not None:
            yield self.inject(evidence, told, kind)
        knows = heard is not None or told is not None or self._has_met(cause, end)
        back = None if is_own or not knows or self._owner_in_play(outage) else self._back(outage)
        if back is not None:
            yield self.inject(_works_again(outage, back), kind=kind)

    def _has_met(self, cause: str, by: int) -> bool:
        """Whether the player has noticed by itself, and by name, that something is out, by an instant."""
        return any(one.at <= by for one in self._meetings(cause))

    def _meetings(self, cause: str) -> Iterator[Evidence]:
        return (one for one in self.noticed if direct_provider(one) == cause and one.event in NAMES_PROVIDER)

    def meets(self, outage: Outage) -> int | None:
        """When the player notices by itself, and by name, that something is out, while it is; None: it does not."""
        end = outage.end or self._outcome.end
        found = (one.at for one in self._meetings(outage.entity or "") if self.wording.may_name(outage.entity or ""))
        return next((at for at in found if outage.start <= at < end), None)

    def _back(self, outage: Outage) -> int | None:
        """When what is out works again after an outage, which may be later than its end; None: never, or after another one."""
        entity, end = outage.entity or "", outage.end
        if end is None:
            return None
        steps = breakpoints(self._outcome.levels.of(entity), end, self._outcome.end)
        back = next((at for at, level in steps if level >= 1), None)
        others = (one for one in self._outcome.scenario.outages if one.entity == entity and one != outage)
        is_last = all(back is None or one.start >= back or (one.end is not None and one.end <= end) for one in others)
        return back if is_last else None


def witnesses(outcome: Outcome, actors: Sequence[str], terms: Disclosure) -> list[tuple[str, Witness]]:
    """The players of an exercise, each among the others."""
    alone = {actor: Witness(outcome, actor, terms, actors) for actor in actors}
    return [(actor, one.among(alone)) for actor, one in alone.items()]


def _works_again(outage: Outage, at: int) -> Evidence:
    """That what was out works, and until when its fault lasted where it took time from then on."""
    mended = None if outage.end == at else outage.end
    return Evidence("restored", at, (outage.entity or "",), level=1.0, until=mended)


def _is_back(one: Evidence) -> bool:
    """Whether it tells that what a payment waited for works again."""
    return one.event == "restored" and bool(one.payments) and not one.entities


def _fails(back: Evidence, one: Evidence) -> bool:
    """Whether it told that what is back had failed the same payment."""
    is_same = set(one.payments) & set(back.payments) and direct_provider(one) == direct_provider(back)
    return one.event in ("stage", "cutoff") and one.at < back.at and bool(is_same)
