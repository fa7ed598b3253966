"""A lägesbild as data: a header and statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from beroenden.errors import UsageError
from beroenden.incident.basis import Basis
from beroenden.incident.forms import CHOSEN_FORMS
from beroenden.incident.lagesbild.actors import affected_actors
from beroenden.incident.lagesbild.assumptions import assumptions
from beroenden.incident.lagesbild.changed import SECTION_OF, Changed
from beroenden.incident.lagesbild.claims import actor_claims, each_once, entry_claims
from beroenden.incident.lagesbild.cooperation import Cooperation
from beroenden.incident.lagesbild.doubt import Doubt
from beroenden.incident.lagesbild.facts import Facts
from beroenden.incident.lagesbild.foreseen import Foreseen
from beroenden.incident.lagesbild.information import Information
from beroenden.incident.lagesbild.others import Others
from beroenden.incident.lagesbild.planned import Planned
from beroenden.incident.lagesbild.prognosis import Prognosis
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.taken import Taken
from beroenden.incident.lagesbild.uncertainty import DEFAULT_SAMPLING, Sampling, Uncertainty
from beroenden.incident.lagesbild.writer import listed, may_tell, outage_name
from beroenden.incident.log.entries import Claim, Issued
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.model.network import WITHHELD
from beroenden.model.scenario import Outage
from beroenden.units.times import iso, time_in_words, time_zone

Version = Literal["första", "uppdatering", "slutlig"]


@dataclass(frozen=True, slots=True)
class Situation:
    """One lägesbild of one actor, in one language. Times are minutes since the epoch.

    Attributes:
        form: The form it is meant for.
        to: Who it is for: an actor's id or a label; "" is the own house.
        to_name: That in words.
        number: Counts the issued ones of the same form and reader.
        sampling: Draws and seed, where something was uncertain.
        approved_by: The role that approved it; "" while it is a draft.
        lowered: (label, role) where a label was lowered for this reader.
        before: The one issued before.
        ground: The label of the model and of the incident's name, which every form has.
        tlp: The strictest label of all that it holds.
    """

    form: str
    actor: str
    actor_name: str
    to: str
    to_name: str
    language: Language
    incident: str
    number: int
    version: Version
    at: int
    start: int
    end: int
    is_exercise: bool
    ground: str
    tlp: str
    timezone: str
    model_name: str
    model_version: str
    model_hash: str
    sampling: Sampling | None
    statements: tuple[Statement, ...]
    changes: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    before: Issued | None = None
    approved_by: str = ""
    lowered: tuple[str, str] | None = None

    def in_section(self, section: str) -> list[Statement]:
        """The statements that answer a support question."""
        return [statement for statement in self.statements if statement.section == section]

    def label_of(self, statements: Iterable[Statement]) -> str:
        """The strictest label of some statements, under the heading that every form has."""
        return strictest(self.ground, *(one.tlp for one in statements))

    def time_text(self, minutes: int) -> str:
        """An instant in running text, in the language of the lägesbild."""
        with writing_in(self.language):
            return time_in_words(minutes, time_zone(self.timezone))

    def to_dict(self) -> dict[str, Any]:
        """The lägesbild as JSON."""
        zone = time_zone(self.timezone)
        return {
            "form": self.form,
            "actor": None if self.actor.startswith(WITHHELD) else self.actor,
            "to": self.to or None,
            "language": self.language,
            "incident": self.incident,
            "number": self.number,
            "version": self.version,
            "at": iso(self.at, zone),
            "start": iso(self.start, zone),
            "end": iso(self.end, zone),
            "exercise": self.is_exercise,
            "tlp": self.tlp,
            "approved_by": self.approved_by or None,
            "model": {"name": self.model_name, "version": self.model_version, "hash": self.model_hash},
            "seed": self.sampling and self.sampling.seed,
            "draws": self.sampling and self.sampling.count,
            "statements": [self._dict(statement) for statement in self.statements],
            "changes": [self._dict(statement) for statement in self.changes],
        }

    def _dict(self, statement: Statement) -> dict[str, Any]:
        time = None if statement.time is None else iso(statement.time, time_zone(self.timezone))
        return statement.to_dict(time)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a lägesbild beside what it is made from.

    Attributes:
        disclosed: Sections of the computed that may be shared; "prognos" stands for all that begin with it.
        issued: The highest number that has been issued of the same form to the same reader, whenever that was.
    """

    form: str = "intern"
    to: str = ""
    is_exercise: bool = True
    disclosed: tuple[str, ...] = ()
    sampling: Sampling = DEFAULT_SAMPLING
    approved_by: str = ""
    lowered: tuple[str, str] | None = None
    issued: int = 0

    @property
    def is_chosen(self) -> bool:
        """Whether a person chooses what of it is shared."""
        return self.form in CHOSEN_FORMS


def situation(basis: Basis, actor: str, order: Order | None = None) -> Situation:
    """The lägesbild of an actor at the as-of time (the first outage's start, when there is none).

    Args:
        basis: What is known and what follows.
        actor: Id in the whole model.
        order: What is asked.

    Raises:
        UsageError: when a scenario has not begun by the as-of time.
    """
    if basis.log is None and basis.at < basis.outcome.start:
        raise UsageError(
            say(
                "Läget per (--at) ligger före det första avbrottet.",
                "The as-of time (--at) lies before the first outage.",
            )
        )
    with writing_in(basis.language):
        return _situation(basis, basis.mask.ids.get(actor, actor), order or Order())


def _situation(basis: Basis, actor: str, order: Order) -> Situation:
    network, log = basis.network, basis.log
    uncertain = tuple(Uncertainty(basis, actor, order.sampling).statements())
    written = tuple(_written(basis, actor, order, uncertain))
    statements = _held(written, order)
    before = _before(basis, actor, order)
    claims = _claims(basis, written, statements, is_chosen=order.is_chosen)
    changes = () if before is None else _changes(basis, actor, order, before, written, statements, claims)
    number = order.issued + 1
    if before is not None and before.form == order.form:
        number = max(number, before.number + 1)
    is_final = log is not None and log.is_closed
    ground = strictest(network.tlp, *_name_label(basis))
    return Situation(
        form=order.form,
        actor=actor,
        actor_name=network.entity[actor].name,
        to=order.to,
        to_name=network.entity[to].name if (to := basis.mask.ids.get(order.to, order.to)) in network.entity else to,
        language=basis.language,
        incident=_incident(basis),
        number=number,
        version="slutlig" if is_final else "uppdatering" if before else "första",
        at=basis.at,
        start=_start(basis),
        end=basis.outcome.end,
        is_exercise=order.is_exercise,
        ground=ground,
        tlp=strictest(ground, *(one.tlp for one in (*statements, *changes))),
        timezone=network.timezone,
        model_name=network.name,
        model_version=network.version,
        model_hash=network.hash,
        sampling=order.sampling if uncertain else None,
        statements=statements,
        changes=changes,
        claims=claims,
        before=before,
        approved_by=order.approved_by,
        lowered=order.lowered,
    )


def _written(basis: Basis, actor: str, order: Order, uncertain: Iterable[Statement]) -> Iterator[Statement]:
    """All that can be said, in the order of the form; what others foresee stands after the own prognosis.

    What they say matters most stands before the own where it leads to that.
    """
    others = Others(basis, actor)
    said = tuple(others.statements())
    yield from Facts(basis, actor).statements()
    yield from said if others.leads else ()
    yield from Doubt(basis, actor).statements()
    yield from Prognosis(basis, actor, whole=_whole_list(order)).statements()
    yield from () if others.leads else said
    yield from uncertain
    yield from Taken(basis, actor).statements()
    yield from Cooperation(basis, actor).statements()
    yield from Information(basis, actor).statements()
    yield from assumptions(basis, actor)
    yield from Foreseen(basis, actor).statements()
    yield from Planned(basis, actor).statements()


def _held(written: Iterable[Statement], order: Order) -> tuple[Statement, ...]:
    """What the form may hold: nothing that is withheld from its reader; where a person chooses what to share, only that."""
    found = (_marked(one, order.disclosed) for one in written if not one.is_withheld)
    return tuple(one for one in found if one.disclose or not order.is_chosen)


def _changes(
    basis: Basis,
    actor: str,
    order: Order,
    before: Issued,
    written: Sequence[Statement],
    statements: Sequence[Statement],
    claims: Sequence[Claim],
) -> tuple[Statement, ...]:
    """What has changed since the one before, as far as the form may hold what it is about."""
    sections = [one for one in SECTION_OF.values() if not order.is_chosen or _is_disclosed(one, order.disclosed)]
    changed = Changed(basis, actor, sections, _untold(written)).statements(before, statements, claims)
    return tuple(
        one for one in changed if not one.is_withheld and (one.disclose or not (order.is_chosen and one.entry))
    )


def _whole_list(order: Order) -> str:
    """Where the late payments stand that a headline leaves out, as far as the form has them."""
    if order.form in ("kort", "soes"):
        return say("se den fullständiga lägesbilden", "see the full situation report")
    if order.is_chosen and not _is_disclosed("prognos.betalningar", order.disclosed):
        return ""
    return say("se tabellen under Närmaste betalningsdagar", "see the table under Next payment dates")


def _marked(statement: Statement, disclosed: Sequence[str]) -> Statement:
    """The statement, marked for sharing where its section was chosen; what people entered they mark themselves."""
    if statement.entry or not _is_disclosed(statement.section, disclosed):
        return statement
    return replace(statement, disclose=True)


def _is_disclosed(section: str, disclosed: Sequence[str]) -> bool:
    return any(section == one or section.startswith(f"{one}.") for one in disclosed)


def _claims(
    basis: Basis, written: Sequence[Statement], statements: Sequence[Statement], *, is_chosen: bool
) -> tuple[Claim, ...]:
    """Everything that the next lägesbild can be compared with, each once.

    Of the computed, all that is known, so that what is merely told of for the first time is no change; of what was
    entered, in a choice, only what was chosen. Who is affected is so by the outcome: whom to speak with changes for other
    reasons too.
    """
    entries = {statement.entry for statement in statements}
    known = (one for one in written if not one.entry or one.entry in entries)
    own = (claim for statement in known if not _is_others(basis, statement) for claim in statement.claims)
    found = [claim for claim in own if claim.aspect != "affected"]
    found += actor_claims(one for one in affected_actors(basis.outcome) if basis.may_name(one))
    of_log = entry_claims(basis.log) if basis.log else ()
    found += [claim for claim in of_log if not is_chosen or claim.subject in entries]
    return each_once(found)


def _untold(written: Sequence[Statement]) -> set[tuple[str, str]]:
    """Subject and aspect of what is withheld from the reader, and told nowhere."""
    told, withheld = set[tuple[str, str]](), set[tuple[str, str]]()
    for one in written:
        keys = withheld if one.is_withheld else told
        keys |= {(claim.subject, claim.aspect) for claim in one.claims}
    return withheld - told


def _is_others(basis: Basis, statement: Statement) -> bool:
    """Whether it repeats another actor's delgivning."""
    return basis.log is not None and statement.entry.startswith("received")


def _before(basis: Basis, actor: str, order: Order) -> Issued | None:
    """The latest issued lägesbild of the same actor and form, to the same reader.

    The short form goes on from the whole too, but not from one as of the same time, which it stands beside.
    """
    issued = basis.log.of(Issued) if basis.log else ()
    mine = [one for one in issued if (one.actor, one.to or "") == (actor, order.to)]
    same = [
        one
        for one in mine
        if one.form == order.form or (order.form == "kort" and one.form == "intern" and one.at < basis.at)
    ]
    return same[-1] if same else None


def _start(basis: Basis) -> int:
    """Where the time looked at begins, as far as the reader may know: no earlier than something it may know of."""
    told = [outage.start for outage in basis.known.scenario.outages if may_tell(basis, outage)]
    return basis.outcome.start if basis.viewer is None else min([basis.at, *told])


def _incident(basis: Basis) -> str:
    scenario = basis.known.scenario
    if scenario.name:
        return scenario.name
    shown: dict[str, Outage] = {}
    for outage in sorted(scenario.outages, key=lambda one: one.start):
        if may_tell(basis, outage) and (outage.start <= basis.at or outage.subject not in shown):
            shown[outage.subject] = outage
    return listed(_event(basis, outage) for outage in shown.values()) or unnamed_incident()


def _event(basis: Basis, outage: Outage) -> str:
    """The name of an outage, and whether it is by the word of nobody who has confirmed it."""
    doubt = say(" (obekräftat)", " (unconfirmed)") if outage.subject in basis.known.doubted else ""
    return outage_name(basis.network, outage) + doubt


def _name_label(basis: Basis) -> list[str]:
    """The label that the incident's name carries, where it is told."""
    if basis.log is None or not basis.known.scenario.name:
        return []
    return [basis.label_for(basis.log.incident.tlp)]


def unnamed_incident() -> str:
    """What an incident is called whose name and outages the reader may not know."""
    return say("Händelse", "Event")
