"""Whom to call about an incident and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from beroenden.consequences.outcome import EntityImpact, RunImpact
from beroenden.incident.asked import waiting_for, waits
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import causing_actors, late_banks, own_runs, upstream_actors
from beroenden.incident.lagesbild.against_others import AgainstOthers
from beroenden.incident.lagesbild.writer import Writer, listed
from beroenden.incident.log.entries import OutageEntry, Request
from beroenden.incident.readers import label_told, own_id, requests_to_others
from beroenden.incident.reported import OBSERVED, latest_received
from beroenden.incident.responsibility import Ending, SharedSystem, ending_by_entity, harmed_later, no_longer_harmed
from beroenden.incident.said import has_ended
from beroenden.language import say, writing_in
from beroenden.model.entities import Contact
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.times import brief_date, table_time

SCHEMA = "beroenden/contacts/1"
_NAMED = 3
"""How many names a reason gives before the rest are counted."""
_PRESSING = ("cause", "between", "asked", "waits", "told", "pays")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """An actor to call: the function, never a person; "" where the model has none.

    Attributes:
        is_withheld: Whether the model has more of it than the reader may see.
        reasons: Key of why it is on the list (cause, between, asked, waits, told, pays, bank, harmed) and the words for it,
            the weightiest first.
    """

    actor: str
    name: str
    role: str
    channel: str
    reasons: tuple[tuple[str, str], ...]
    tlp: str
    is_withheld: bool = False

    @property
    def why(self) -> str:
        """All reasons in words."""
        return "; ".join(words for _, words in self.reasons)

    @property
    def is_pressing(self) -> bool:
        """Whether more than being affected speaks for calling it: the cause, the way here, what is asked or told, late payments."""
        return any(key in _PRESSING for key, _ in self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON; what is missing is null."""
        return {
            "actor": self.actor,
            "name": self.name,
            "role": self.role or None,
            "channel": self.channel or None,
            "contact_shared": not self.is_withheld,
            "reasons": [{"reason": key, "text": words} for key, words in self.reasons],
            "tlp": self.tlp,
        }


def contact_list(basis: Basis, actor: str) -> tuple[ContactRow, ...]:
    """Whom an actor needs to reach: where the cause lies, who stands between, who is asked, asks or tells, who else is affected.

    Args:
        basis: What is known and what follows.
        actor: Id in the whole model; it is not on its own list.

    Raises:
        UsageError: when it is no actor.
    """
    here = own_id(basis, actor)
    with writing_in(basis.language):
        return tuple(_Contacts(basis, here).rows())


def to_dict(contacts: Iterable[ContactRow], systems: Iterable[SharedSystem]) -> dict[str, Any]:
    """Both lists as JSON."""
    return {
        "schema": SCHEMA,
        "contacts": [one.to_dict() for one in contacts],
        "shared_systems": [one.to_dict() for one in systems],
    }


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why an actor is called.

    Attributes:
        names: Ids of what the words name or rest on.
        label: That of what was said which it rests on.
    """

    key: str
    actor: str
    words: str
    names: tuple[str, ...] = ()
    label: str = "TLP:CLEAR"


class _Contacts(Writer):
    """Reasons to call, gathered by actor; the order in which actors are first named is that of need."""

    def __init__(self, basis: Basis, actor: str) -> None:
        super().__init__(basis, actor)
        self._since = None if basis.is_feared else basis.at

    def rows(self) -> Iterator[ContactRow]:
        reasons: dict[str, dict[str, _Reason]] = {}
        for one in self._reasons():
            is_told = one.key == "asked" or self._basis.may_hear_of(one.actor)
            if one.actor != self._actor and self._is_shared(one.actor) and is_told:
                reasons.setdefault(one.actor, {}).setdefault(one.key, one)
        for actor, found in reasons.items():
            entity = self._network.entity[actor]
            contact = entity.contact or Contact()
            named = (name for one in found.values() for name in one.names if self._is_shared(name))
            label = label_told(self._basis, *dict.fromkeys((actor, *named)))
            label = strictest(label, *(self._basis.label_for(one.label) for one in found.values()))
            words = tuple((one.key, one.words) for one in found.values())
            is_withheld = self._basis.withholds_contact(actor)
            yield ContactRow(actor, entity.name, contact.role or "", contact.channel or "", words, label, is_withheld)

    def _reasons(self) -> Iterator[_Reason]:
        yield from self._causes()
        stopped = (one for run in own_runs(self._outcome, self._actor) if run.late for one in run.run.blocked_by)
        between = (*upstream_actors(self._outcome, self._actor), *map(self._network.actor_of, stopped))
        causing = causing_actors(self._outcome, self._actor)
        for actor in between:
            if actor not in causing:
                yield _Reason("between", actor, say("står mellan orsaken och oss", "stands between the cause and us"))
        yield from self._asked()
        yield from self._waiting()
        yield from self._told()
        yield from self._payers()
        late = say("bankens kunder får pengar sent", "the bank's customers receive money late") + self._if_feared
        was_late = say("bankens kunder har fått pengar sent", "the bank's customers received money late")
        waiting = late_banks(self._outcome, self._since)
        for actor in late_banks(self._outcome):
            yield _Reason("bank", actor, late if actor in waiting else was_late)
        yield from self._harmed()

    def _causes(self) -> Iterator[_Reason]:
        network = self._network
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        told = [(outage, report) for outage, report in pairs if outage.entity and self._may_tell(outage)]
        goes_on, ended = self._goes_on_by(told), self._ended_by(told)
        endings = ending_by_entity(self._basis)
        for actor in causing_actors(self._outcome, self._actor):
            ahead, begun, planned = dict[str, None](), dict[Ending, dict[str, None]](), list[Outage]()
            for outage, report in told:
                entity = outage.entity or ""
                if network.actor_of(entity) != actor:
                    continue
                if self._known.is_only_planned(outage):
                    planned.append(outage)
                elif self._is_feared(outage, report):
                    ahead[entity] = None
                elif outage.start <= self._at:
                    begun.setdefault(endings[entity], {})[entity] = None
            out, assumed, over = ([*begun.get(one, ())] for one in ("ongoing", "assumed", "over"))
            words = [self._out(actor, out)] if out else []
            words += [self._feared(actor, [*ahead])] if ahead else []
            words += [self._planned(actor, planned)] if planned else []
            unsure = say("antas ha upphört, inte bekräftat", "assumed to have ended, not confirmed")
            words += self._were_out(actor, [one for one in assumed if one not in ended], unsure, goes_on)
            words += self._ended(actor, [one for one in assumed if one in ended], ended)
            words += self._were_out(actor, over, say("åtgärdat", "resolved"), goes_on)
            names = (*out, *ahead, *(one.subject for one in planned), *assumed, *over)
            labels = [label for by in (goes_on, ended) for one in (*assumed, *over) for _, label in by.get(one, ())]
            yield _Reason("cause", actor, "; ".join(words), names, strictest("TLP:CLEAR", *labels))

    def _goes_on_by(self, told: Iterable[tuple[Outage, OutageEntry | None]]) -> dict[str, list[tuple[str, str]]]:
        """By whose word what has ended by the own log goes on: by its id, the name and the label of the word."""
        others, found = AgainstOthers(self._basis, self._actor), dict[str, list[tuple[str, str]]]()
        for outage, report in told:
            by = None if report is None else others.goes_on_by(outage, report)
            if by is not None:
                named = by.sender_in(self._network), others.label_of(outage, [by])
                found.setdefault(outage.subject, []).append(named)
        return found

    def _ended_by(self, told: Iterable[tuple[Outage, OutageEntry | None]]) -> dict[str, list[tuple[str, str]]]:
        """By whose word what is only assumed to have ended by the own log has: by its id, the name and the label of the word."""
        others, found = AgainstOthers(self._basis, self._actor), dict[str, list[tuple[str, str]]]()
        for outage, report in told:
            is_said = report is None or has_ended(report) or others.goes_on_by(outage, report) is not None
            for _, by in () if is_said else others.ended_by(outage):
                named = by.sender_in(self._network), others.label_of(outage, [by])
                found.setdefault(outage.subject, []).append(named)
        return found

    def _ended(self, actor: str, entities: list[str], ended: Mapping[str, list[tuple[str, str]]]) -> list[str]:
        """That things are only assumed to have ended by the own log, and by whose word they have."""
        found: dict[str, str] = {}
        for one in entities:
            names = listed(dict.fromkeys(name for name, _ in ended[one]))
            found[one] = say(
                f"antas ha upphört enligt loggen, har upphört enligt {names}",
                f"assumed to have ended by the log, has ended according to {names}",
            )
        return self._each_was_out(actor, found)

    def _were_out(
        self, actor: str, entities: list[str], how: str, goes_on: Mapping[str, list[tuple[str, str]]]
    ) -> list[str]:
        """That things have been out, and by whose word some of them still are."""
        found: dict[str, str] = {}
        for one in entities:
            names = listed(name for name, _ in goes_on.get(one, ()))
            still = say(f" enligt loggen, men pågår enligt {names}", f" by the log, but goes on according to {names}")
            found[one] = how + (still if names else "")
        return self._each_was_out(actor, found)

    def _each_was_out(self, actor: str, how: Mapping[str, str]) -> list[str]:
        """That things have been out, those of which the same is said together."""
        together: dict[str, list[str]] = {}
        for one, words in how.items():
            together.setdefault(words, []).append(one)
        return [self._was_out(actor, each, words) for words, each in together.items()]

    def _is_feared(self, outage: Outage, report: OutageEntry | None) -> bool:
        """Whether an outage is feared; of a scenario without a log all that lies ahead is."""
        is_ahead = self._known.log is None and outage.start > self._at
        return is_ahead or (report is not None and report.status == "feared")

    def _out(self, actor: str, entities: list[str]) -> str:
        doubted = self._known.doubted
        unconfirmed = say(" (obekräftat)", " (unconfirmed)")
        names = _some(self._name(one) + (unconfirmed if one in doubted else "") for one in entities)
        if entities == [actor]:
            return say("har själv ett avbrott", "has an outage itself") + (unconfirmed if actor in doubted else "")
        return say(f"svarar för det som har avbrott: {names}", f"answers for what has an outage: {names}")

    def _was_out(self, actor: str, entities: list[str], how: str) -> str:
        names = _some(self._name(one) for one in entities)
        if entities == [actor]:
            return say(f"har haft ett avbrott ({how})", f"has had an outage ({how})")
        return say(
            f"svarar för det som har haft avbrott ({how}): {names}",
            f"answers for what has had an outage ({how}): {names}",
        )

    def _feared(self, actor: str, entities: list[str]) -> str:
        names = _some(self._name(one) for one in entities)
        if entities == [actor]:
            return say("befaras själv få avbrott", "is itself feared to have an outage")
        return say(
            f"svarar för det som befaras få avbrott: {names}", f"answers for what is feared to have an outage: {names}"
        )

    def _planned(self, actor: str, outages: list[Outage]) -> str:
        """That outages are or were planned, each from when."""
        has = say("hade", "had") if all(one.start <= self._at for one in outages) else say("har", "has")
        if all(one.entity == actor for one in outages):
            since = listed(table_time(one.start, self._zone) for one in outages)
            return say(f"{has} själv ett planerat avbrott från {since}", f"{has} a planned outage itself from {since}")
        each = ((self._name(one.subject), table_time(one.start, self._zone)) for one in outages)
        names = _some(say(f"{name} från {since}", f"{name} from {since}") for name, since in each)
        return say(
            f"svarar för det som {has} planerat avbrott: {names}", f"answers for what {has} a planned outage: {names}"
        )

    def _asked(self) -> Iterator[_Reason]:
        asked: dict[str, list[Request]] = {}
        for request in requests_to_others(self._basis, self._actor):
            if request.to in self._network.entity:
                asked.setdefault(request.to or "", []).append(request)
        for actor, requests in asked.items():
            yield _Reason(
                "asked", actor, _asked_in_words(len(requests), sum(waits(self._basis, one) for one in requests))
            )

    def _waiting(self) -> Iterator[_Reason]:
        """Who has asked something that is not answered."""
        asked: dict[str, list[str]] = {}
        for one in waiting_for(self._basis, self._actor):
            if one.sender in self._network.entity:
                asked.setdefault(one.sender, []).append(one.tlp)
        for actor, labels in asked.items():
            many = len(labels)
            on = "" if many == 1 else say(f" på {many} begäranden", f" to {many} requests")
            words = say(f"väntar på vårt svar{on}", f"waits for our answer{on}")
            yield _Reason("waits", actor, words, label=strictest(*labels))

    def _told(self) -> Iterator[_Reason]:
        """Who has shared that something is out, impaired or feared to be."""
        for received in latest_received(self._basis.log) if self._basis.log else ():
            about, feared, labels = dict[str, None](), dict[str, None](), list[str]()
            for said in received.statements if received.sender in self._network.entity else ():
                for claim in said.claims:
                    if claim.aspect in ("start", "feared", OBSERVED) and self._may_tell_of(claim.subject):
                        (feared if claim.aspect == "feared" else about)[claim.subject] = None
                        labels.append(received.label_of(said))
            words = [say("har delgett uppgifter om ", "has shared facts about ") + self._named(about)] if about else []
            fears = say("befarar avbrott eller fel i ", "fears an outage of, or a fault in, ")
            words += [fears + self._named(feared)] if feared else []
            if words:
                yield _Reason("told", received.sender, "; ".join(words), (*about, *feared), strictest(*labels))

    def _may_tell_of(self, subject: str) -> bool:
        """Whether the model has something, and the reader may know what is said of it."""
        is_known = subject in self._network.entity or subject in self._network.payment
        return is_known and self._basis.may_name(subject) and self._basis.may_hear_of(subject)

    def _named(self, subjects: Iterable[str]) -> str:
        payment = self._network.payment
        return _some(payment[one].name if one in payment else self._name(one) for one in subjects)

    def _payers(self) -> Iterator[_Reason]:
        late: dict[str, list[RunImpact]] = {}
        for run in self._outcome.late_runs:
            late.setdefault(run.payment.payer, []).append(run)
        for actor, runs in late.items():
            waiting, come = list[str](), list[str]()
            for run in runs:
                (come if self._has_come(run) else waiting).append(f"{run.payment.name} ({brief_date(run.day)})")
            now, before = _some(waiting), _some(come)
            words = [say(f"betalar sent{self._if_feared}: {now}", f"pays late{self._if_feared}: {now}")] if now else []
            words += [say(f"har betalat sent: {before}", f"has paid late: {before}")] if before else []
            rests = tuple(one for run in runs for one in (run.payment.id, *run.blocked_by))
            yield _Reason("pays", actor, "; ".join(words), rests)

    def _has_come(self, run: RunImpact) -> bool:
        """Whether all that is late of a run has come."""
        ends = [branch.completed for branch in run.branches if branch.is_late]
        return self._since is not None and all(end is not None and end <= self._since for end in ends)

    def _harmed(self) -> Iterator[_Reason]:
        out = {one.entity for one in self._outcome.scenario.outages}
        harmed: dict[str, list[EntityImpact]] = {}
        for impact in self._outcome.entities:
            if impact.degraded_from is not None and impact.entity.kind != "citizens" and impact.entity.id not in out:
                harmed.setdefault(self._network.actor_of(impact.entity.id), []).append(impact)
        for actor, impacts in harmed.items():
            over = [one for one in impacts if no_longer_harmed(self._basis, one)]
            ahead = [one for one in impacts if harmed_later(self._basis, one) is not None]
            still = [one for one in impacts if one not in (*over, *ahead)]
            words = [self._harmed_now(actor, still)] if still else []
            words += [self._harmed_later(actor, ahead)] if ahead else []
            words += [self._harmed_before(actor, over)] if over else []
            rests = tuple(link.entity for one in impacts for link in one.because)
            yield _Reason("harmed", actor, "; ".join(words), rests)

    def _harmed_now(self, actor: str, impacts: list[EntityImpact]) -> str:
        names, when = _systems(actor, impacts), self._if_feared
        own = say("den egna verksamheten är nedsatt", "its own operations are impaired") + when
        return say(f"har nedsatta system{when}: {names}", f"has impaired systems{when}: {names}") if names else own

    def _harmed_later(self, actor: str, impacts: list[EntityImpact]) -> str:
        starts = (harmed_later(self._basis, one) for one in impacts)
        names, since = _systems(actor, impacts), table_time(min(one for one in starts if one is not None), self._zone)
        own = say(
            f"den egna verksamheten blir nedsatt från {since}", f"its own operations will be impaired from {since}"
        )
        systems = say(f"får nedsatta system från {since}: {names}", f"will have impaired systems from {since}: {names}")
        return systems if names else own

    def _harmed_before(self, actor: str, impacts: list[EntityImpact]) -> str:
        names = _systems(actor, impacts)
        own = say("den egna verksamheten har varit nedsatt", "its own operations have been impaired")
        return say(f"har haft nedsatta system: {names}", f"has had impaired systems: {names}") if names else own


def _systems(actor: str, impacts: Iterable[EntityImpact]) -> str:
    """What an actor answers for beside itself."""
    return _some(one.entity.name for one in impacts if one.entity.id != actor)


def _asked_in_words(count: int, unanswered: int) -> str:
    """That an actor has been asked, and whether it has answered; that it has not weighs more."""
    if count == 1:
        state = say("obesvarad", "unanswered") if unanswered else say("besvarad", "answered")
        return say(f"har fått en begäran ({state})", f"has been asked ({state})")
    state = say("besvarade", "answered")
    if unanswered:
        one = say("1 obesvarad", "1 unanswered")
        state = one if unanswered == 1 else say(f"{unanswered} obesvarade", f"{unanswered} unanswered")
    return say(f"har fått {count} begäranden ({state})", f"has been asked {count} times ({state})")


def _some(names: Iterable[str]) -> str:
    """The first names, and how many more there are."""
    each = [*dict.fromkeys(names)]
    rest = len(each) - _NAMED
    if rest <= 1:
        return ", ".join(each)
    return ", ".join(each[:_NAMED]) + say(f" och {rest} till", f" and {rest} more")
