"""What must hold between the entries of a log."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.incident.log.entries import (
    Closed,
    Entry,
    Incident,
    Issued,
    Measure,
    Observation,
    OutageEntry,
    Withdrawn,
    withdrawn_by,
)
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.modelfiles.findings import Place


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with its raw table and place."""

    raw: dict[str, Any]
    entry: Entry
    place: Place


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident and the entries that could be read, in the order of the file."""

    incident: Incident
    items: tuple[Item, ...]

    def corrections(self) -> Iterator[tuple[Item, Entry]]:
        """Entries with what they supersede, where the log has it."""
        known = {item.entry.id: item.entry for item in reversed(self.items)}
        for item in self.items:
            if item.entry.supersedes in known:
                yield item, known[item.entry.supersedes]

    def withdrawn(self) -> set[str]:
        """Ids of what has been withdrawn."""
        return withdrawn_by(item.entry for item in self.items)


def ids_are_unique(draft: Draft) -> None:
    """No two entries have one id."""
    seen: set[str] = set()
    for item in draft.items:
        if item.entry.id in seen:
            message = say(f"id ”{item.entry.id}” finns redan", f'there already is an id "{item.entry.id}"')
            (item.place / "id").error("B901", message, None)
        seen.add(item.entry.id)


def corrected_entry_is_there(draft: Draft) -> None:
    """What an entry supersedes is another entry of its kind.

    Of any kind where that closed the incident; an observation may say that a reported outage never came; and whatever was
    entered, received or closed can be withdrawn.
    """
    known = {item.entry.id: item.entry for item in draft.items}
    for item in draft.items:
        word = item.entry.supersedes
        if word is None:
            continue
        place = item.place / "supersedes"
        if word not in known:
            message = say(f"loggen har ingen post ”{word}”", f'the log has no entry "{word}"')
            place.error("B902", message, did_you_mean(word, known))
        elif not _may_correct(item.entry, known[word]):
            message = say(
                f"{word} är en post av ett annat slag; en rättelse är av samma slag ([[{known[word].kind}]])",
                f"{word} is of another kind; a correction is of the same kind ([[{known[word].kind}]])",
            )
            place.error("B902", message)
        elif _leads_back(item.entry, known):
            place.error("B902", say("posten ersätter till slut sig själv", "the entry ends up superseding itself"))


def _may_correct(entry: Entry, corrected: Entry) -> bool:
    if isinstance(entry, Withdrawn) or isinstance(corrected, Withdrawn):
        return isinstance(entry, Withdrawn) and not isinstance(corrected, Withdrawn | Issued)
    never_came = isinstance(entry, Observation) and isinstance(corrected, OutageEntry)
    return type(entry) is type(corrected) or isinstance(corrected, Closed) or never_came


def _leads_back(entry: Entry, known: dict[str, Entry]) -> bool:
    seen: set[str] = set()
    one = entry.supersedes
    while one in known and one not in seen and one != entry.id:
        seen.add(one)
        one = known[one].supersedes
    return one == entry.id


def correction_is_later(draft: Draft) -> None:
    """A correction became known no earlier than what it corrects; a mistaken time is no longer one when it is withdrawn."""
    withdrawn = draft.withdrawn()
    for item, corrected in draft.corrections():
        if item.entry.time < corrected.time and not {item.entry.id, corrected.id} & withdrawn:
            message = say(
                f"posten rättar {corrected.id}, som har en senare tid",
                f"the entry corrects {corrected.id}, whose time is later",
            )
            (item.place / "time").warning("B903", message)


def entries_are_in_order(draft: Draft) -> None:
    """Entries stand in order of time; those with `logged` were entered later on purpose."""
    latest, withdrawn = 0, draft.withdrawn()
    for item in draft.items:
        if item.entry.id in withdrawn:
            continue
        if item.entry.time < latest and item.entry.logged is None:
            message = say(
                "posten har en tidigare tid än en som står före den; poster läses i tidsordning",
                "the entry's time is earlier than that of one before it; entries are read in order of time",
            )
            (item.place / "time").warning("B904", message)
        latest = max(latest, item.entry.time)


def levels_have_an_entity_and_an_end(draft: Draft) -> None:
    """An observed level is an entity's, until a later time; one that was observed before may have ended since."""
    known = {item.entry.id: item.entry for item in draft.items}
    for item in draft.items:
        entry = item.entry
        if not isinstance(entry, Observation):
            continue
        if "level" in item.raw and "entity" not in item.raw:
            (item.place / "level").error("B905", say("level hör till en entity", "level goes with an entity"))
        if "until" in item.raw and "level" not in item.raw:
            (item.place / "until").error("B905", say("until hör till en level", "until goes with a level"))
        elif entry.until is not None and entry.until <= first_seen(entry, known).time:
            (item.place / "until").error("B905", say("until ska vara efter time", "until should be after time"))


def first_seen(observation: Observation, known: Mapping[str, Entry]) -> Observation:
    """The first observation of the same level of the same entity, among those that this one corrects."""
    first, seen = observation, {observation.id}
    while isinstance(before := known.get(first.supersedes or ""), Observation) and before.id not in seen:
        if (before.entity, before.level) != (first.entity, first.level) or before.time > first.time:
            break
        seen.add(before.id)
        first = before
    return first


def texts_are_not_empty(draft: Draft) -> None:
    """A text that is given says something."""
    for item in draft.items:
        if isinstance(item.raw.get("text"), str) and not item.raw["text"].strip():
            (item.place / "text").error("B907", say("texten är tom", "the text is empty"))


def lowered_labels_are_recorded(draft: Draft) -> None:
    """A correction with a less strict label says from which it was lowered, and who decided so."""
    for item, corrected in draft.corrections():
        label, before = item.entry.tlp or draft.incident.tlp, corrected.tlp or draft.incident.tlp
        recorded = item.entry.lowered_from == before and item.entry.lowered_by
        if TLP.index(label) < TLP.index(before) and not recorded:
            message = say(
                f"märkningen sänks från {before} till {label} utan lowered_from och lowered_by",
                f"the label is lowered from {before} to {label} without lowered_from and lowered_by",
            )
            (item.place / "tlp" if "tlp" in item.raw else item.place).warning("B908", message)


def entries_are_corrected_once(draft: Draft) -> None:
    """Two corrections of one entry would both stand; the later one corrects the newest correction."""
    corrected, withdrawn = set[str](), draft.withdrawn()
    for item, before in draft.corrections():
        if item.entry.id in withdrawn:
            continue
        if before.id in corrected:
            others = (other.entry for other in draft.items if other is not item)
            newest = newest_correction(before, others)
            is_open = isinstance(before, Closed) and not isinstance(newest, Closed)
            is_final = is_open or isinstance(newest, Withdrawn)
            message = say(
                f"{before.id} är redan ersatt, senast av {newest.id}",
                f"{before.id} is superseded already, most recently by {newest.id}",
            )
            (item.place / "supersedes").warning("B909", message, None if is_final else newest.id)
        corrected.add(before.id)


def newest_correction(corrected: Entry, entries: Iterable[Entry]) -> Entry:
    """The last of an entry's correction, that one's correction and so on; the entry itself where it stands.

    A correction that was withdrawn is none.
    """
    known = tuple(entries)
    first, withdrawn = dict[str, Entry](), withdrawn_by(known)
    for entry in known:
        if entry.supersedes is not None and entry.id not in withdrawn:
            first.setdefault(entry.supersedes, entry)
    newest = corrected
    while newest.id in first:
        newest = first.pop(newest.id)
    return newest


def measures_are_done_when_they_are_known_to_be(draft: Draft) -> None:
    """A measure was done no later than that was said."""
    for item in draft.items:
        entry = item.entry
        if isinstance(entry, Measure) and entry.done is not None and entry.done > entry.time:
            message = say(
                "åtgärden är klar (done) efter postens tid (time); det som ska bli klart har due",
                "the measure is done after the entry's time; what is to be done has due",
            )
            (item.place / "done").error("B910", message)


RULES: tuple[Callable[[Draft], None], ...] = (
    ids_are_unique,
    corrected_entry_is_there,
    correction_is_later,
    entries_are_in_order,
    levels_have_an_entity_and_an_end,
    texts_are_not_empty,
    lowered_labels_are_recorded,
    entries_are_corrected_once,
    measures_are_done_when_they_are_known_to_be,
)
