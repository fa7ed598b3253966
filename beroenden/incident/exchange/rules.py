"""What must hold of a delgivning, and between it and the log that it is read into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.log.entries import Log
from beroenden.incident.log.fields import zone_of
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Place
from beroenden.units.times import short_time, time_zone

STRICTEST_SHARED = "TLP:AMBER+STRICT"
"""TLP:RED is for the persons in a room, and goes into no file."""
_BOXES = ("fakta.", "prognos.", "inriktning.", "begaran.", "kommunikation.", HIGHLIGHTS)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A delgivning that has been read before: its entry's id or its file, and what it was."""

    id: str
    sender: str
    number: int | None
    at: int | None
    hash: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A delgivning that could be read, and what it is compared with.

    Attributes:
        place: Of the whole file.
        hash: That its content has.
        earlier: What has been read before it.
    """

    header: dict[str, Any]
    statements: tuple[Statement, ...]
    place: Place
    hash: str
    network: Network | None
    log: Log | None
    earlier: Sequence[Earlier]

    def at(self, key: str) -> Place:
        """The place of a value of the header."""
        return self.place / "delgivning" / key


def content_is_as_it_was_issued(draft: Draft) -> None:
    """The hash is that of the content."""
    if draft.header["hash"] != draft.hash:
        message = say(
            "filen har ändrats efter att avsändaren godkände den: innehållet stämmer inte med hash. "
            "Använd den inte; be avsändaren om den på nytt",
            "the file was changed after the sender approved it: its content is not that of the hash. "
            "Do not use it; ask the sender for it again",
        )
        draft.at("hash").error("B922", message)


def labels_may_stand_in_a_file(draft: Draft) -> None:
    """No label is stricter than TLP:AMBER+STRICT."""
    labels = [(draft.at("tlp"), draft.header["tlp"])]
    labels += [(draft.place / "statement" / index / "tlp", one.tlp) for index, one in enumerate(draft.statements)]
    for place, label in labels:
        if label and TLP.index(label) > TLP.index(STRICTEST_SHARED):
            message = say(
                f"{label} lämnas inte som fil; högst {STRICTEST_SHARED}. Radera filen och säg till avsändaren",
                f"{label} is not handed on as a file; at most {STRICTEST_SHARED}. Delete the file and tell the sender",
            )
            place.error("B923", message)


def something_is_said(draft: Draft) -> None:
    """There is at least one statement."""
    if not draft.statements:
        draft.place.error(
            "B924",
            say(
                "delgivningen säger inget: [[statement]] saknas",
                "the delgivning says nothing: [[statement]] is missing",
            ),
        )


def sections_are_of_the_form(draft: Draft) -> None:
    """Each statement answers a question of the four boxes."""
    for index, one in enumerate(draft.statements):
        if not one.section.startswith(_BOXES):
            message = say(
                f"”{one.section[:60]}” är ingen av formulärets fyra rutor; uppgiften läses in men visas inte i lägesbilden",
                f'"{one.section[:60]}" is in none of the four boxes; it is read but not shown in the situation report',
            )
            (draft.place / "statement" / index / "section").warning("B930", message)


def sender_is_another(draft: Draft) -> None:
    """The own delgivning is not received."""
    if draft.log and draft.header["sender"] == draft.log.incident.actor:
        message = say("delgivningen är loggens egen aktörs", "the delgivning is of the log's own actor")
        draft.at("sender").error("B925", message)


def exercise_and_live_are_kept_apart(draft: Draft) -> None:
    """What is said in an exercise never enters the log of something that has happened, nor the other way round."""
    if draft.log is None or draft.header["is_exercise"] == draft.log.incident.is_exercise:
        return
    if draft.header["is_exercise"]:
        message = say("delgivningen är ÖVNING och loggen SKARPT", "the delgivning is EXERCISE and the log LIVE")
    else:
        message = say("delgivningen är SKARPT och loggen ÖVNING", "the delgivning is LIVE and the log EXERCISE")
    draft.at("exercise").error("B926", message + say("; de blandas aldrig", "; they are never mixed"))


def reader_is_the_own_actor(draft: Draft) -> None:
    """A delgivning to an actor is read by that actor."""
    to = draft.header["to"]
    if draft.log and not to.startswith("TLP:") and to != draft.log.incident.actor:
        message = say(
            f"delgivningen är ställd till ”{to[:60]}”, inte till {draft.log.incident.actor}",
            f'the delgivning is to "{to[:60]}", not to {draft.log.incident.actor}',
        )
        draft.at("to").warning("B927", message)


def it_is_new(draft: Draft) -> None:
    """What has been read before is nothing new."""
    for one in draft.earlier:
        if one.hash == draft.header["hash"] == draft.hash:
            message = say(f"är redan inläst ({one.id}); inget nytt", f"has been read already ({one.id}); nothing new")
            draft.place.info("B928", message)
            return


def it_is_the_latest(draft: Draft) -> None:
    """Nothing later of the same sender has been read."""
    number, at = draft.header["number"], draft.header["at"]
    for one in draft.earlier:
        is_other = one.sender == draft.header["sender"] and one.hash != draft.header["hash"]
        if is_other and ((one.number or 0) > number or (one.at or 0) > at):
            this, that = _numbered(draft, number, at), _numbered(draft, one.number, one.at)
            message = say(
                f"{this} läses in efter {that}; den vars läge är senast gäller",
                f"{this} is read after {that}; the one whose as-of time is latest counts",
            )
            draft.at("number").warning("B929", message)
            return


def _numbered(draft: Draft, number: int | None, at: int | None) -> str:
    zone = time_zone(zone_of(draft.network))
    when = "" if at is None else say(f" (läget {short_time(at, zone)})", f" (as of {short_time(at, zone)})")
    return f"{say('nr', 'no.')} {number or '–'}{when}"


RULES: tuple[Callable[[Draft], None], ...] = (
    content_is_as_it_was_issued,
    labels_may_stand_in_a_file,
    something_is_said,
    sections_are_of_the_form,
    sender_is_another,
    exercise_and_live_are_kept_apart,
    reader_is_the_own_actor,
    it_is_new,
    it_is_the_latest,
)
