"""A samlad lägesbild as data: who has contributed, what each says, and how it compares."""

from dataclasses import dataclass
from typing import Any, Literal

from beroenden.incident.answers import is_same, said_request
from beroenden.incident.log.entries import Claim
from beroenden.incident.reported import UNKNOWN
from beroenden.language import Language
from beroenden.model.names import is_source
from beroenden.model.network import WITHHELD
from beroenden.units.times import iso, time_zone

COMPUTED, CONFIRMED = "modellberäknad", "bekräftad"
_COMPUTED_ASPECTS = ("latest_recovery",)
"""What no one can have seen."""
Kind = Literal["agree", "differ", "alone"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a contribution.

    Attributes:
        to: Of whom a request is made: actors' ids.
    """

    section: str
    text: str
    status: str
    source: str
    time: int | None
    tlp: str
    claims: tuple[Claim, ...] = ()
    to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contribution:
    """A delgivning: the latest of its sender, or the own one.

    Attributes:
        at: Its as-of time; None where it has none.
    """

    sender: str
    name: str
    number: int | None
    at: int | None
    approved_by: str
    tlp: str
    is_own: bool
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An actor that is affected or stands before the harm, and has not contributed.

    Attributes:
        why: In words.
        named_by: Names of the contributors that call it affected.
        by_model: Whether the own model does.
    """

    actor: str
    name: str
    why: tuple[str, ...]
    contact: str
    named_by: tuple[str, ...]
    by_model: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """What one contributor, or the own model, says of something.

    Attributes:
        sender: Id; "" for the own model.
        value: As it was said, for comparison.
        text: In words.
        since: When the part of an outage that is told in parts began that it is about; else None.
        is_estimate: Whether it is when an outage is expected to end, and not that it has.
    """

    sender: str
    name: str
    value: str
    text: str
    status: str
    source: str
    at: int | None
    since: int | None = None
    is_estimate: bool = False

    @property
    def is_confirmed(self) -> bool:
        """Whether it has been confirmed; who has confirmed an outage has not confirmed when it is expected to end."""
        return self.status == CONFIRMED and not self.is_estimate


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is said of one aspect of one subject.

    Attributes:
        what: Subject and aspect in words.
        part: The bank whose customers' part of a payment it is; "" for the whole.
        owner: The actor that answers for the subject; "" when the own model does not know it.
        voices: Of the contributors, in their order.
        model: What the own model computes; None where it computes nothing of the kind.
        is_against_model: Whether any of them says something else than the model.
        gap: Why something is lacking, in words; "" when nothing is.
        since: When the outage or the part of it began that it is of, where that is not the current outage as a whole.
    """

    kind: Kind
    subject: str
    aspect: str
    part: str
    what: str
    owner: str
    voices: tuple[Voice, ...]
    model: Voice | None = None
    is_against_model: bool = False
    gap: str = ""
    since: int | None = None

    @property
    def is_verified(self) -> bool:
        """Whether two or more say the same, each of itself, and have had it confirmed; that nobody knows verifies nothing."""
        confirmed = sum(voice.value != UNKNOWN and not self._is_retold(voice) for voice in self._confirmed)
        return self.kind == "agree" and confirmed > 1

    @property
    def is_retold(self) -> bool:
        """Whether two or more have it confirmed, and some of them only by the word of another."""
        return len(self._confirmed) > 1 and any(map(self._is_retold, self._confirmed))

    @property
    def _confirmed(self) -> list[Voice]:
        return [voice for voice in self.voices if voice.is_confirmed]

    def _is_retold(self, voice: Voice) -> bool:
        """Whether the source of what one says is another of them, and not itself."""
        names = [one.name for one in self.voices]
        told = [one.sender for one in self.voices if is_source(voice.source, one.name, names)]
        return bool(told) and voice.sender not in told

    @property
    def is_computed(self) -> bool:
        """Whether none of them has more than computed it."""
        return all(voice.status == COMPUTED for voice in self.voices)

    @property
    def is_of_computed(self) -> bool:
        """Whether it is about what is computed alone: nobody reports it, whoever says it."""
        return self.is_computed or self.aspect in _COMPUTED_ASPECTS

    @property
    def with_model(self) -> tuple[Voice, ...]:
        """All voices, the own model last."""
        return (*self.voices, self.model) if self.model else self.voices


@dataclass(frozen=True, slots=True)
class Combined:
    """A samlad lägesbild as data.

    Attributes:
        actor: Who has put it together.
        is_part: Whether it is for another reader, who may see a part.
        is_reckoned: Whether the own log has anything that something follows from.
        to_name: Who it is for; "" is the own house.
        fears: What contributors fear, which the model's word does not hold; left out for other readers.
        number: Counts those that were issued to the same reader; None when none is being issued.
        approved_by: The role that approved it; "" while it is a draft.
        tlp: The strictest label of what it says.
    """

    incident: str
    actor: str
    actor_name: str
    to_name: str
    number: int | None
    approved_by: str
    at: int
    is_exercise: bool
    is_part: bool
    is_reckoned: bool
    language: Language
    timezone: str
    tlp: str
    model_name: str
    model_version: str
    model_hash: str
    contributions: tuple[Contribution, ...]
    missing: tuple[Missing, ...]
    fears: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    names: tuple[tuple[str, str], ...]

    @property
    def agreeing(self) -> list[Comparison]:
        """What two or more say alike; first what is not only computed."""
        return sorted((one for one in self.comparisons if one.kind == "agree"), key=lambda one: not one.is_verified)

    @property
    def differing(self) -> list[Comparison]:
        """Facts that are said differently; first between contributors, then against the own model."""
        return [one for one in self._differing() if not one.is_of_computed]

    @property
    def differing_computed(self) -> list[Comparison]:
        """What is computed differently, by contributors or by the own model."""
        return [one for one in self._differing() if one.is_of_computed]

    def _differing(self) -> list[Comparison]:
        found = (one for one in self.comparisons if one.kind == "differ" or one.is_against_model)
        return sorted(found, key=lambda one: one.kind != "differ")

    @property
    def gaps(self) -> list[Comparison]:
        """What only one has reported of something that another answers for."""
        return [one for one in self.comparisons if one.gap and not one.is_of_computed]

    @property
    def gaps_computed(self) -> list[Comparison]:
        """What only one has computed of something that another answers for."""
        return [one for one in self.comparisons if one.gap and one.is_of_computed]

    @property
    def unconfirmed(self) -> list[Comparison]:
        """What only one has said and has not computed, where there is nobody else to ask."""
        alone = (one for one in self.comparisons if one.kind == "alone" and not one.gap and one.aspect != "affected")
        return [one for one in alone if one.voices[0].status != COMPUTED and one.voices[0].value != UNKNOWN]

    def under(self, section: str) -> list[tuple[Contribution, Said]]:
        """What is said under a section or under all that begin with it, with who says it."""
        return [
            (one, said)
            for one in self.contributions
            for said in one.said
            if said.section == section or said.section.startswith(f"{section}.")
        ]

    def asked(self, section: str) -> list[tuple[str, list[tuple[Contribution, Said]]]]:
        """The requests under a section by the name of whom they are to; "" where that is nobody in particular.

        What several tell of one request stands once: as the latest has it who tells of an answer, else as it was first told.
        """
        found: dict[str, list[tuple[Contribution, Said]]] = {}
        for one, said in self.under(section):
            for to in said.to or ("",):
                _add(found.setdefault(dict(self.names).get(to, to), []), one, said)
        return sorted(found.items(), key=lambda item: (not item[0], item[0]))

    def to_dict(self) -> dict[str, Any]:
        """The samlad lägesbild as JSON."""
        return _Json(self).made()


class _Json:
    def __init__(self, combined: Combined) -> None:
        self._combined, self._zone = combined, time_zone(combined.timezone)

    def made(self) -> dict[str, Any]:
        one = self._combined
        return {
            "form": "samlad",
            "incident": one.incident,
            "actor": _shared(one.actor),
            "number": one.number,
            "approved_by": one.approved_by or None,
            "at": self._time(one.at),
            "exercise": one.is_exercise,
            "language": one.language,
            "tlp": one.tlp,
            "model": {"name": one.model_name, "version": one.model_version, "hash": one.model_hash},
            "contributions": [self._contribution(each) for each in one.contributions],
            "missing": [
                {
                    "actor": each.actor,
                    "name": each.name,
                    "why": list(each.why),
                    "named_by": list(each.named_by),
                    "by_model": each.by_model,
                }
                for each in one.missing
            ],
            "comparisons": [self._comparison(each) for each in one.comparisons],
        }

    def _contribution(self, one: Contribution) -> dict[str, Any]:
        return {
            "sender": _shared(one.sender),
            "name": one.name,
            "number": one.number,
            "at": self._time(one.at),
            "approved_by": one.approved_by or None,
            "tlp": one.tlp,
            "own": one.is_own,
            "statements": [self._said(said) for said in one.said],
        }

    def _said(self, one: Said) -> dict[str, Any]:
        return {
            "section": one.section,
            "text": one.text,
            "status": one.status,
            "source": one.source or None,
            "time": self._time(one.time),
            "tlp": one.tlp,
            "to": [to for to in one.to if _shared(to)],
        }

    def _comparison(self, one: Comparison) -> dict[str, Any]:
        return {
            "kind": one.kind,
            "subject": one.subject,
            "aspect": one.aspect,
            "part": _shared(one.part),
            "since": self._time(one.since),
            "owner": _shared(one.owner),
            "verified": one.is_verified,
            "against_model": one.is_against_model,
            "gap": one.gap or None,
            "voices": [self._voice(voice) for voice in one.with_model],
        }

    def _voice(self, one: Voice) -> dict[str, Any]:
        return {
            "sender": _shared(one.sender),
            "value": one.value,
            "status": one.status,
            "source": one.source or None,
            "at": self._time(one.at),
            "since": self._time(one.since),
        }

    def _time(self, minutes: int | None) -> str | None:
        return None if minutes is None else iso(minutes, self._zone)


def _add(told: list[tuple[Contribution, Said]], one: Contribution, said: Said) -> None:
    """Add what is told of a request to what is told of others, or in place of what is told of the same one."""
    for place, (other, before) in enumerate(told):
        if _asks_the_same((one, said), (other, before)):
            if _answered_at(one, said) > _answered_at(other, before):
                told[place] = one, said
            return
    told.append((one, said))


def _asks_the_same(one: tuple[Contribution, Said], other: tuple[Contribution, Said]) -> bool:
    """Whether two tell of one request by the same actor."""
    pairs = [(each, said_request(said.text)) for each, said in (one, other)]
    asked = [(parts.asker or each.name, parts.text) for each, parts in pairs if parts]
    return len(asked) == 2 and asked[0][0] == asked[1][0] and is_same(asked[0][1], asked[1][1])


def _answered_at(one: Contribution, said: Said) -> int:
    """As of when an answer to a request is told; -1 where none is."""
    parts = said_request(said.text)
    return (one.at or 0) if parts and parts.is_answered else -1


def _shared(actor: str) -> str | None:
    """The id of an actor that the reader may know."""
    return None if not actor or actor.startswith(WITHHELD) else actor
