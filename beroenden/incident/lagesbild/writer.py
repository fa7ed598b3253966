"""What all who write statements share: the model and time they write from, and words for what recurs."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun
from beroenden.incident.lagesbild.statements import Statement, Status, as_status
from beroenden.incident.log.entries import Claim, Entry, Received, ReceivedStatement
from beroenden.incident.reported import OBSERVED
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Outage
from beroenden.units.numbers import about, percent
from beroenden.units.times import local, short_time, time_in_words, time_zone

_MOST_NAMED = 3
"""Outages that a condition names; of more it says that they are several."""


class Writer:
    """Writes statements for one actor at one time; everything it names is in the words that its reader may see."""

    def __init__(self, basis: Basis, actor: str) -> None:
        self._basis, self._actor, self._at = basis, actor, basis.at
        self._outcome, self._network, self._known = basis.outcome, basis.network, basis.known
        self._zone = time_zone(basis.network.timezone)
        self._lasting = all_lasting(basis)
        self._condition, self._conditional = condition_of(basis)
        self._if = beginning(self._condition)

    def _computed(
        self,
        section: str,
        text: str,
        time: int | None = None,
        path: Iterable[str] = (),
        cells: tuple[tuple[str, str], ...] = (),
        status: Status = "modellberäknad",
        claims: tuple[Claim, ...] = (),
        names: Iterable[str] = (),
        on: tuple[str, tuple[str, ...]] | None = None,
    ) -> Statement:
        """A statement that the model computes; its label is that of what it names, on its path or beside it.

        Args:
            on: What it depends on, in words and by id; None: on what everything does.
        """
        shown = tuple(one for one in path if one not in self._network.withheld)
        condition, conditional = (self._condition, self._conditional) if on is None else on
        depends = bool(condition) and text.startswith(condition)
        named = (*shown, *names, *(conditional if condition[1:] in text else ()))
        return Statement(
            section,
            text,
            status,
            say("modellberäkning", "computed by the model"),
            time,
            shown,
            self._label_of(*named),
            cells=cells,
            condition=condition if depends else "",
            claims=claims,
            is_withheld=not self._basis.may_hear_of(*named),
        )

    def _depending(self, entity: str) -> tuple[str, tuple[str, ...]]:
        """On which outages it depends how an entity fares; to others on all, as the choice would tell what needs what."""
        if self._basis.viewer is not None:
            return self._condition, self._conditional
        return condition_of(self._basis, self._network.upstream([entity]))

    def _entered(
        self,
        entry: Entry,
        section: str,
        text: str,
        path: tuple[str, ...] = (),
        cells: tuple[tuple[str, str], ...] = (),
    ) -> Statement:
        """A statement that repeats an entry, with its source, label and whether it was chosen for sharing."""
        return Statement(
            section,
            text,
            "bekräftad" if entry.status == "confirmed" else "obekräftad",
            f"{entry.source or self._name(entry.actor)}, {self._short(entry.time)}",
            entry.time,
            path,
            entry.tlp or "TLP:RED",
            entry.disclose,
            cells,
            entry.id,
        )

    def _repeated(self, received: Received, said: ReceivedStatement, section: str, text: str) -> Statement:
        """A statement that repeats what another actor has shared, with its status, source and label."""
        status, source, tlp = as_status(said.status), self._shared_in(received), received.label_of(said)
        if status in ("bekräftad", "obekräftad"):
            source += self._of_day(received, said)
        return Statement(section, text, status, source, said.said, (), tlp, entry=received.id)

    def _of_day(self, received: Received, said: ReceivedStatement) -> str:
        """When what a delgivning repeats was said, where that is another day than it is of, or a level was observed before."""
        if said.said is None or received.at is None:
            return ""
        told, of = (local(one, self._zone).date() for one in (said.said, received.at))
        is_seen = any(claim.aspect == OBSERVED for claim in said.claims)
        is_of_then = told == of and not (is_seen and said.said < received.at)
        return "" if is_of_then else say(f"; sagt {self._short(said.said)}", f"; said {self._short(said.said)}")

    def _told_labels(self, received: Received, subject: str) -> Iterator[str]:
        """The labels of what a delgivning says of something."""
        for one in received.statements:
            if any(claim.subject == subject for claim in one.claims):
                yield self._basis.label_for(received.label_of(one))

    def _label_of(self, *ids: str) -> str:
        return label_of(self._basis, *ids)

    @property
    def _writing(self) -> str:
        """The actor as its own house calls it, or as another reader does."""
        return say("aktören", "the actor") if self._is_read_by_its_own else say("avsändaren", "the sender")

    @property
    def _is_read_by_its_own(self) -> bool:
        """Whether the actor itself reads it, its own house or as a reader of the model (the key of an exercise)."""
        viewer = self._basis.viewer
        return viewer is None or viewer.actor == self._actor

    def _complete(self, run: OwnRun | None) -> str:
        """What is complete at a time: all that is late of a run, or of a recipients' bank's own part of one."""
        if run is not None and run.is_part and not run.stages:
            name = self._name(self._actor)
            return say(f"klart för konton i {name}", f"complete for accounts in {name}")
        return say("alla framme", "all complete")

    @property
    def _if_feared(self) -> str:
        return if_feared(self._basis)

    def _left(self, impact: EntityImpact, time: int) -> float:
        """How much of something is left at a time; at the as-of time what was observed of it, where that holds until then."""
        seen = [one.level for one in self._known.held if one.entity == impact.entity.id and time == self._at]
        return impact.steps.at(time) if not seen else seen[0] or 0.0

    def _time(self, minutes: int) -> str:
        return time_in_words(minutes, self._zone)

    def _short(self, minutes: int) -> str:
        return short_time(minutes, self._zone)

    def _name(self, entity: str) -> str:
        return self._network.entity[entity].name

    def _shared_in(self, received: Received) -> str:
        """A delgivning as the source of what stands in it."""
        number = "" if received.number is None else say(f" nr {received.number}", f" no. {received.number}")
        name, when = received.sender_in(self._network), "" if received.at is None else f", {self._short(received.at)}"
        return say(f"delgivning{number} från {name}{when}", f"situation report{number} shared by {name}{when}")

    def _is_shared(self, *ids: str | None) -> bool:
        return not any(one in self._network.withheld for one in ids)

    def _may_tell(self, outage: Outage) -> bool:
        """Whether the reader may know of an outage."""
        return may_tell(self._basis, outage)


def label_of(basis: Basis, *ids: str) -> str:
    """The label of a text that names some entities and payments: theirs, and that of what is said of their outage."""
    said = (basis.label_for(basis.labels[one]) for one in ids if one in basis.labels)
    return strictest(basis.network.label_of(*ids), *said)


def condition_of(basis: Basis, behind: Collection[str] | None = None) -> tuple[str, tuple[str, ...]]:
    """On what everything computed depends: that what is feared comes, an outage persists, or ends as was said or estimated.

    Args:
        basis: What is known and what follows.
        behind: Ids of what bears on what is computed; None: everything does.

    Returns:
        The words, and the ids that they name.
    """
    reports = basis.known.reports
    if reports and all(report is not None and report.status == "feared" for report in reports):
        return say("Om det befarade inträffar", "If what is feared happens"), ()
    outages = [one for one in basis.known.scenario.outages if behind is None or one.subject in behind]
    persisting = [one for one in outages if one.end is None and bears_on_told(basis, one)]
    goes_on = ongoing(basis)
    ending = [one for one in outages if one.end is not None and one in goes_on and bears_on_told(basis, one)]
    if not all(may_tell(basis, outage) for outage in (*persisting, *ending)):
        return _if_assumed(basis), ()
    which, then = lasting(basis, persisting), lasting(basis, ending)
    persists = say("kvarstår", "persist" if which.is_many else "persists")
    if not persisting:
        return _ending(basis, ending)
    if not ending:
        return say(f"Om {which.words} {persists}", f"If {which.words} {persists}"), which.names
    as_said = _as_said(ending)
    words = say(
        f"Om {which.words} {persists} och {then.words} är {then.resolved} {as_said}",
        f"If {which.words} {persists} and {then.words} {then.resolved} {as_said}",
    )
    return words, (*which.names, *then.names)


def _if_assumed(basis: Basis) -> str:
    """That what the reader may not know of is as the sender has it; to the public in the sender's own voice."""
    if basis.viewer is not None and basis.viewer.is_public:
        return say("Om det som vi räknar med stämmer", "If what we count on holds")
    return say("Om avsändarens antaganden håller", "If the sender's assumptions hold")


def _ending(basis: Basis, ending: list[Outage]) -> tuple[str, tuple[str, ...]]:
    """That outages whose end has been said or estimated end then; "" where there are none."""
    if not ending:
        return "", ()
    which = lasting(basis, ending)
    if all(outage.length is not None for outage in ending):
        of = say(f" på {which.words}", f" of {which.words}") if which.names else ""
        if not which.is_many:
            return say(f"Om den uppskattade längden{of} håller", f"If the estimated length{of} holds"), which.names
        return say(f"Om de uppskattade längderna{of} håller", f"If the estimated lengths{of} hold"), which.names
    as_said = _as_said(ending)
    return say(
        f"Om {which.words} är {which.resolved} {as_said}", f"If {which.words} {which.resolved} {as_said}"
    ), which.names


def _as_said(ending: list[Outage]) -> str:
    """How it is known when some outages end."""
    if all(outage.length is not None for outage in ending):
        return say("som uppskattat", "as estimated")
    return say("som uppgivet", "as stated")


def beginning(condition: str) -> str:
    """What a statement begins with that depends on something; "" where it depends on nothing."""
    return f"{condition}: " if condition else ""


@dataclass(frozen=True, slots=True)
class Lasting:
    """Some outages as a sentence speaks of them: "avbrottet", or by name where there are others that they could be.

    Attributes:
        names: The ids that the words name.
        is_ahead: Whether they are planned, and would not have begun by the time that is spoken of: then they are cancelled.
        also: Those of them that are, beside others that are not.
    """

    words: str
    is_many: bool
    names: tuple[str, ...]
    is_ahead: bool = False
    also: "Lasting | None" = None

    @property
    def resolved(self) -> str:
        """After the words: that they are over, or do not take place."""
        verb = say("åtgärdade", "are resolved") if self.is_many else say("åtgärdat", "is resolved")
        if self.is_ahead:
            verb = say("inställda", "are cancelled") if self.is_many else say("inställt", "is cancelled")
        also = self.also
        return (
            verb if also is None else say(f"{verb} och {also.words}", f"{verb} and {also.words}") + f" {also.resolved}"
        )

    @property
    def resolved_now(self) -> str:
        """After the words: that they end at the as-of time, or will not take place."""
        verb = say("åtgärdas nu", "are resolved now") if self.is_many else say("åtgärdas nu", "is resolved now")
        if self.is_ahead:
            verb = say("ställs in", "are cancelled") if self.is_many else say("ställs in", "is cancelled")
        also = self.also
        return (
            verb
            if also is None
            else say(f"{verb} och {also.words}", f"{verb} and {also.words}") + f" {also.resolved_now}"
        )


def ongoing(basis: Basis) -> list[Outage]:
    """The outages that go on at the as-of time, or are still to come."""
    pairs = zip(basis.known.scenario.outages, basis.known.over, strict=True)
    return [outage for outage, is_over in pairs if not is_over and (outage.end is None or outage.end > basis.at)]


def lasting(basis: Basis, outages: Iterable[Outage], by: int | None = None) -> Lasting:
    """Some outages in words; only of those that the reader may know of is anything said, and how many they are.

    Args:
        basis: What is known.
        outages: Which are meant.
        by: When they are to be over, where that is what is said of them: what is planned to begin then or later is cancelled.
    """
    all_told = {_which(basis, one) for one in basis.known.scenario.outages if may_tell(basis, one)}
    found = {_which(basis, one): one for one in outages if may_tell(basis, one)}
    ahead = [one for one in found.values() if by is not None and one.start >= by and basis.known.is_planned(one)]
    begun = [one for one in found.values() if one not in ahead]
    if not ahead or not begun:
        return replace(_in_words(basis, [*found.values()], len(all_told) < 2), is_ahead=bool(ahead))
    first, then = _in_words(basis, begun), replace(_in_words(basis, ahead), is_ahead=True)
    return replace(first, names=(*first.names, *then.names), also=then)


def _which(basis: Basis, outage: Outage) -> tuple[str, int | None]:
    """What an outage is told apart by: all that goes on of one thing is one, and each that is planned another."""
    return outage.subject, outage.start if basis.known.is_planned(outage) else None


def _in_words(basis: Basis, outages: Sequence[Outage], is_alone: bool = False) -> Lasting:
    """Some outages that the reader may know of in words; by no name where no other could be meant."""
    planned = [one for one in outages if basis.known.is_planned(one)]
    begun = [one for one in outages if one not in planned]
    if is_alone and planned:
        return Lasting(say("det planerade avbrottet", "the planned outage"), False, ())
    if is_alone or not outages:
        return Lasting(say("avbrottet", "the outage"), False, ())
    if len(outages) > _MOST_NAMED or (len(outages) > 1 and any(one.entity is None for one in outages)):
        return Lasting(say("avbrotten", "the outages"), True, ())
    names = tuple(dict.fromkeys(one.subject for one in outages))
    each = [*_of_begun(basis.network, begun), *_of_planned(basis.network, planned)]
    return Lasting(listed(each), len(outages) > 1, names)


def _of_begun(network: Network, outages: Sequence[Outage]) -> Iterator[str]:
    if len(outages) == 1:
        yield _of_the(network, outages[0])
    elif outages:
        listing = listed(network.entity[one.subject].name for one in outages)
        yield say(f"avbrotten i {listing}", f"the outages of {listing}")


def _of_planned(network: Network, outages: Sequence[Outage]) -> Iterator[str]:
    """Planned outages, each with when it is to begin."""
    zone = time_zone(network.timezone)
    named = [(network.entity[one.subject].name, short_time(one.start, zone)) for one in outages]
    listing = listed(say(f"{name} (från {since})", f"{name} (from {since})") for name, since in named)
    if len(outages) == 1:
        yield say(f"det planerade avbrottet i {listing}", f"the planned outage of {listing}")
    elif outages:
        yield say(f"de planerade avbrotten i {listing}", f"the planned outages of {listing}")


def all_lasting(basis: Basis) -> Lasting:
    """All that goes on in words, as its end is spoken of; to others with what they may not know of, whether there is any or not."""
    if basis.viewer is None:
        return lasting(basis, ongoing(basis), basis.at)
    told = lasting(basis, ongoing(basis))
    words = say(
        f"{told.words} och allt annat som prognosen räknar med",
        f"{told.words} and everything else that the prognosis takes into account",
    )
    return replace(told, words=words, is_many=True)


def _of_the(network: Network, outage: Outage) -> str:
    if outage.entity is None:
        name = network.payment[outage.payment or ""].name
        return say(f"felet i filen för {name}", f"the fault in the file for {name}")
    name = network.entity[outage.entity].name
    return say(f"avbrottet i {name}", f"the outage of {name}")


def may_tell(basis: Basis, outage: Outage) -> bool:
    """Whether the reader may know of an outage."""
    hidden = basis.network.withheld | basis.known.scenario.withheld
    return not {outage.entity, outage.payment} & hidden


def bears_on_told(basis: Basis, outage: Outage) -> bool:
    """Whether anything that the reader is told may rest on an outage: a fault in a file bears on its own payment alone."""
    return outage.payment is None or may_tell(basis, outage)


def if_feared(basis: Basis) -> str:
    """After a consequence while nothing has happened yet: on what it depends."""
    return say(" om det befarade inträffar", " if what is feared happens") if basis.is_feared else ""


def outage_name(network: Network, outage: Outage) -> str:
    """What is out, in words."""
    if outage.entity is not None:
        name, left = network.entity[outage.entity].name, percent(outage.remaining)
        kept = say(f" ({left} av förmågan kvar)", f" ({left} of capacity remaining)") if outage.remaining else ""
        return say(f"Avbrott i {name}", f"Outage of {name}") + kept
    name, part = network.payment[outage.payment or ""].name, percent(outage.share or 0)
    share = "" if outage.share in (None, 1) else say(f" för {part} av mottagarna", f" for {part} of the recipients")
    return say(f"Fel i filen för {name}", f"Fault in the file for {name}") + share


def known_name(basis: Basis, index: int) -> str:
    """What is out, with what an observation says is left of it beside what was reported, where they differ."""
    outage = basis.known.scenario.outages[index]
    report = basis.known.reports[index] if index < len(basis.known.reports) else None
    if report is None or outage.entity is None or report.outage.remaining == outage.remaining:
        return outage_name(basis.network, outage)
    name, seen, said = (
        outage_name(basis.network, replace(outage, remaining=0.0)),
        percent(outage.remaining),
        percent(report.outage.remaining),
    )
    kept = say(
        f" ({seen} av förmågan kvar enligt en iakttagelse, {said} enligt rapporten)",
        f" ({seen} of capacity remaining by an observation, {said} by the report)",
    )
    return name + kept


def sentence(text: str) -> str:
    """A text with a full stop, so that another sentence can follow."""
    return text if not text or text.endswith((".", "!", "?")) else f"{text}."


def payouts_in_words(count: int) -> str:
    """ "cirka 1 500 000 utbetalningar" (about 1,500,000 payouts)."""
    word = say("utbetalning", "payout") if count == 1 else say("utbetalningar", "payouts")
    return f"{about(count)} {word}"


def late_in_words(count: int) -> str:
    """ "cirka 1 500 000 sena utbetalningar" (about 1,500,000 late payouts)."""
    word = say("sen utbetalning", "late payout") if count == 1 else say("sena utbetalningar", "late payouts")
    return f"{about(count)} {word}"


def listed(names: Iterable[str]) -> str:
    """Names in a sentence, each once.

    >>> from beroenden.language import writing_in
    >>> with writing_in("sv"):
    ...     listed(["a", "b", "b", "c"])
    'a, b och c'
    """
    each = list(dict.fromkeys(names))
    return ", ".join(each[:-1]) + say(" och ", " and ") + each[-1] if len(each) > 1 else "".join(each)
