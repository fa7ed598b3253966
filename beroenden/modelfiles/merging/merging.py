"""One model of two: what only one side says is taken, what both say alike stands, and what they say differently is told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.editing.editable import Editable
from beroenden.modelfiles.findings import Finding, Place, visible
from beroenden.modelfiles.merging import sayings, stages
from beroenden.modelfiles.merging.conflicts import (
    Conflict,
    Decided,
    Settled,
    Which,
    as_written,
    marked_twice,
    place_text,
    where,
)
from beroenden.modelfiles.merging.records import (
    Key,
    Record,
    Records,
    aligned,
    at_text,
    is_need,
    parent_of,
    records_of,
    stands_in,
)


@dataclass(frozen=True, slots=True)
class Side:
    """A model that is merged.

    Attributes:
        top: Where a table that it lacks would be.
        actor: Whose answer it is, when that is known.
        name: What it is called where something is told of it; "": A or B.
    """

    records: Records
    timezone: str
    top: Place | None = None
    actor: str | None = None
    name: str = ""


def side_of(model: Editable, actor: str | None = None, name: str = "") -> Side:
    """A model as a side.

    Raises:
        FaultyFilesError: when it has errors.
    """
    draft = model.reading.draft
    return Side(records_of(model.network, draft), model.network.timezone, draft.model_place, actor, name)


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge.

    Attributes:
        records: Of the merged model; of no use while there are conflicts or errors.
        conflicts: All that is left for a person to settle.
        errors: What no choice of a side settles.
        decided: Conflicts that were settled, and how.
        remarks: What the sides should speak about.
    """

    records: Records
    conflicts: tuple[Conflict, ...]
    errors: tuple[Finding, ...]
    decided: tuple[Decided, ...]
    remarks: tuple[Finding, ...]

    @property
    def findings(self) -> list[Finding]:
        """All that there is to say, by severity and place."""
        found = [
            *(one.finding() for one in self.conflicts),
            *self.errors,
            *(one.finding() for one in self.decided),
            *self.remarks,
        ]
        return sorted(found, key=lambda one: (one.severity != "error", one.file or "", one.line or 0, one.column or 0))


def merge(
    a: Side, b: Side, base: Side | None = None, *, settled: Iterable[Settled] = (), owner_wins: bool = False
) -> Merged:
    """Merge two sides.

    Args:
        base: The model that both come from: what only one side changed or removed is taken. Without it nothing counts as
            removed.
        settled: Which side a person took for a conflict.
        owner_wins: Whether an actor's own answer outweighs the other's about its own things; needs the sides' actors.
    """
    theirs, doubtful = aligned(a.records, b.records, by_what=True)
    before: Records = {}
    if base is not None:
        before = aligned(theirs, aligned(a.records, base.records, by_what=True)[0], by_what=True)[0]
    marked = list(settled)
    made = _Merging(a, replace(b, records=theirs), before, {one.at: one for one in marked}, owner_wins)
    made.errors += marked_twice(marked)
    return made.run(doubtful)


@dataclass(slots=True)
class _Merging:
    a: Side
    b: Side
    base: Records
    settled: dict[str, Settled]
    owner_wins: bool
    merged: Records = field(default_factory=dict)
    whole: dict[Key, Which] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def run(self, doubtful: Iterable[tuple[Key, Key]]) -> Merged:
        """Merge every record, each after the one around it, then what rests on several."""
        a, b = self.a.records, self.b.records
        for key in dict.fromkeys((*a, *b)):
            around = parent_of(key)
            if around is not None and around not in self.merged:
                continue
            if around in self.whole:
                self._follow(key, self.whole[around])
            elif key in a and key in b:
                self.merged[key] = self._both(a[key], b[key], self.base.get(key))
            else:
                self._one(key, "a" if key in a else "b")
        stages_of: dict[Key, list[str]] = {key: [] for key in self.merged if key[0] == "payment" and len(key) == 2}
        for key in self.merged:
            if key[:2] in stages_of and len(key) == 4:
                stages_of[key[:2]].append(key[3])
        for key, there in stages_of.items():
            self._order(key, there)
        self._keep_times()
        for one, other in doubtful:
            if one in self.merged and other in self.merged:
                self._doubt(one, other)
        self.remarks += [*self._one_sided("a"), *self._one_sided("b")]
        used = {one.conflict.at for one in self.decided}
        asked = {one.at for one in self.conflicts}
        self.errors += [one.stale() for at, one in self.settled.items() if at not in used | asked]
        return Merged(self.merged, tuple(self.conflicts), tuple(self.errors), tuple(self.decided), tuple(self.remarks))

    def _doubt(self, a: Key, b: Key) -> None:
        """Say that two needs of the same providers may be the same, or cannot be told apart."""
        mine, theirs = self.a.records[a], self.b.records[b]
        file, line, column = where(mine.place)
        other = place_text(theirs.place)
        if a[-2] and b[-2]:
            told = say(
                f"{at_text(a)}: {other} säger med andra ord ”{b[-2]}”; de behålls som två behov",
                f'{at_text(a)}: {other} says "{b[-2]}" in other words; they are kept as two needs',
            )
            self.remarks.append(Finding("B725", "info", visible(told), file, line, column))
        else:
            told = say(
                f"{at_text(a)}: vilket behov som menas går inte att se, här och i {other}; ange ”what” på båda sidor",
                f'{at_text(a)}: it cannot be told which need is meant, here and in {other}; give "what" on both sides',
            )
            self.errors.append(Finding("B722", "error", visible(told), file, line, column))

    # One record

    @property
    def _names(self) -> tuple[str, str]:
        return self.a.name or "A", self.b.name or "B"

    def _side(self, which: Which) -> Records:
        return (self.a if which == "a" else self.b).records

    def _follow(self, key: Key, which: Which) -> None:
        if key in self._side(which):
            self.merged[key] = self._side(which)[key]
            self.whole[key] = which

    def _one(self, key: Key, which: Which) -> None:
        """A record of one side only: it is new, or the other side removed it."""
        mine = self._side(which)
        if key not in self.base or (
            _differs(mine, self.base, key) and self._decide(self._removal(key, which)) == which
        ):
            self.merged[key] = mine[key]
            self.whole[key] = which

    def _removal(self, key: Key, which: Which) -> Conflict:
        gone: Which = "b" if which == "a" else "a"
        values: dict[Which, Any] = {which: dict(self._side(which)[key].written), gone: None}
        places: dict[Which, Place | None] = {which: self._side(which)[key].place, gone: self._near(key, gone)}
        return Conflict(key, "", values["a"], values["b"], places["a"], places["b"], self._names)

    def _near(self, key: Key, which: Which) -> Place | None:
        """Where a side has what is around a record."""
        around = parent_of(key)
        if around is not None and around in self._side(which):
            return self._side(which)[around].place
        return (self.a if which == "a" else self.b).top

    def _both(self, a: Record, b: Record, base: Record | None) -> Record:
        before = None if base is None else base.fields
        apart = (*sayings.STATEMENT, "note", "order")
        names = [name for name in dict.fromkeys((*a.fields, *b.fields)) if name not in apart]
        known = len(self.decided)
        chosen = {name: self._taken(a, b, before, name) for name in names}
        sides = {name: a if which == "a" else b for name, which in chosen.items()}
        taken = {name: side for name, side in sides.items() if name in side.fields}
        fields = {name: side.fields[name] for name, side in taken.items()}
        written = {name: side.written[name] for name, side in taken.items()}
        credited = _credited(a, b, "a", chosen, before), _credited(b, a, "b", chosen, before)
        said = self._as_chosen(a, b, sayings.together(*credited, before), self.decided[known:])
        empty = {name: value for name, value in a.written.items() if name not in a.fields}
        order = {"order": a.fields["order"]} if "order" in a.fields else {}
        places = {name: side.place_of(name) for name, side in taken.items() if side is b or name in side.places}
        return Record(a.key, {**fields, **said, **order}, {**written, **said, **order, **empty}, a.place, places)

    def _as_chosen(self, a: Record, b: Record, said: dict[str, Any], decided: list[Decided]) -> dict[str, Any]:
        """What the sides say of a table, without a day and confidence that are of an answer that was not chosen; told."""
        if not decided:
            return said
        sides = {"a": a, "b": b}
        sure = sayings.as_sure_as(said, [sides[which].fields for which in {one.which for one in decided}])
        if sure != said:
            self.remarks.append(_of_the_other(decided, sides, sayings.when(said), sayings.when(sure)))
        return sure

    def _taken(self, a: Record, b: Record, base: Mapping[str, Any] | None, name: str) -> Which:
        mine, theirs = a.fields.get(name), b.fields.get(name)
        if mine == theirs:
            return "a"
        if (
            base is None and name != "what" and (mine is None or theirs is None)
        ):  # without `what` it may be another need
            return "b" if mine is None else "a"
        if base is not None and base.get(name) in (mine, theirs):
            return "b" if base.get(name) == mine else "a"
        places = a.place_of(name), b.place_of(name)
        return (
            self._decide(Conflict(a.key, name, a.written.get(name), b.written.get(name), *places, self._names)) or "a"
        )

    # Who is taken

    def _decide(self, conflict: Conflict) -> Which | None:
        """The side that a person or the owner's own answer settles it for; None, and remembered, when neither does."""
        settled = self.settled.get(conflict.at)
        if settled is not None and settled.fits(conflict):
            self.decided.append(Decided(conflict, settled.which))
            return settled.which
        if settled is not None:
            self.errors.append(settled.stale())
        owner = self._owner(conflict) if self.owner_wins else None
        if owner is not None and self.a.actor != self.b.actor and owner in (self.a.actor, self.b.actor):
            which: Which = "a" if owner == self.a.actor else "b"
            self.decided.append(Decided(conflict, which, owner))
            return which
        self.conflicts.append(conflict)
        return None

    def _owner(self, conflict: Conflict) -> str | None:
        """The one actor that what is in conflict belongs to; None when the sides do not agree on that."""
        owners = {one for which in (self.a, self.b) for one in owners_of(conflict.key, which.records)}
        return owners.pop() if len(owners) == 1 and conflict.field not in ("owner", "payer", "entities") else None

    # What rests on several records

    def _order(self, key: Key, there: list[str]) -> None:
        """The order of the stages that a payment now has."""
        sides = [self._kept(which.records, key, there) for which in (self.a, self.b)]
        first, second = [one or [] for one in sides]
        before = self._kept(self.base, key, there)
        order = stages.one_order(first, second)
        if None in sides:
            order = first or second
        elif order is None and before and stages.keeps(first, before) != stages.keeps(second, before):
            order = stages.put_in(*((second, first) if stages.keeps(first, before) else (first, second)))
        if order is None:
            a, b = self.a.records[key], self.b.records[key]
            places = a.place_of("order"), b.place_of("order")
            which = self._decide(Conflict(key, "order", first, second, *places, self._names))
            order = stages.put_in(*((second, first) if which == "b" else (first, second)))
        record = self.merged[key]
        self.merged[key] = replace(
            record, fields={**record.fields, "order": order}, written={**record.written, "order": order}
        )

    def _kept(self, records: Records, key: Key, there: list[str]) -> list[str] | None:
        if key not in records:
            return None
        return [one for one in records[key].fields["order"] if one in there]

    def _keep_times(self) -> None:
        """Events' local times mean the same whatever time zone the merged model has."""
        zone = self.merged[("model",)].fields.get("timezone", "Europe/Stockholm")
        if zone == self.a.timezone == self.b.timezone:
            return
        for key, record in self.merged.items():
            if key[0] == "event":
                times = {name: record.fields[name] for name in ("start", "end")}
                self.merged[key] = replace(record, written={**record.written, **times})

    def _one_sided(self, which: Which) -> Iterator[Finding]:
        """What one side needs of a thing that the other side holds, and that the other does not know of."""
        mine, other = (self.a, self.b) if which == "a" else (self.b, self.a)
        seen: set[tuple[str, str]] = set()
        for key in mine.records:
            if not is_need(key) or key in other.records or key in self.base:
                continue
            for provider in key[-3].split("+"):
                if self.base and other.actor is None and not _differs(other.records, self.base, ("entity", provider)):
                    continue  # nothing shows that it was asked about that
                pair = _between(key, provider, mine, other)
                if pair is not None and (pair[0], provider) not in seen:
                    seen.add((pair[0], provider))
                    yield _unknown_need(key, provider, pair[1], mine, other, self._names[which == "a"])


def _of_the_other(
    decided: list[Decided], sides: Mapping[str, Record], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Finding:
    """That a table loses its day of verification or confidence, which was of an answer that was not chosen."""
    one = next(one for one in decided if sayings.when(sides[one.which].fields) == after)
    conflict = one.conflict
    taken = conflict.a if one.which == "a" else conflict.b
    file, line, column = where(conflict.a_place if one.which == "a" else conflict.b_place)
    was, now = (", ".join(f"{name} = {as_written(value)}" for name, value in each.items()) for each in (before, after))
    told = say(
        f"{was} gällde det andra svaret, inte {as_written(taken)}; för hela tabellen skrivs nu {now or 'ingetdera'}. "
        "Bekräfta det som valdes",
        f"{was} was of the other answer, not of {as_written(taken)}; for the whole table {now or 'neither'} is now written. "
        "Have what was chosen confirmed",
    )
    return Finding("B730", "warning", visible(f"{conflict.about}: {told}"), file, line, column)


def _credited(
    mine: Record, other: Record, which: Which, chosen: Mapping[str, Which], base: Mapping[str, Any] | None
) -> Mapping[str, Any]:
    """What a side says of a table; without who says so and when, where nothing that it answered was taken."""
    before = {} if base is None else base
    answered = [name for name in chosen if mine.fields.get(name) != before.get(name)]
    apart = [name for name in answered if mine.fields.get(name) != other.fields.get(name)]
    has_lost = any(chosen[name] != which for name in apart)
    has_given = any(chosen[name] == which for name in apart) or (base is not None and len(apart) < len(answered))
    if not has_lost or has_given:
        return mine.fields
    kept = {name: value for name, value in mine.fields.items() if name not in sayings.STATEMENT}
    return kept | {name: before[name] for name in sayings.STATEMENT if name in before}


def owners_of(key: Key, records: Records) -> set[str]:
    """The actors that a side says a record belongs to: of a need its consumer's, of a payment its payer's."""
    if key[:2] not in records:
        return set()
    top = records[key[:2]]
    if key[0] == "entity":
        return {top.fields.get("owner", key[1])}
    if key[0] not in ("payment", "event"):
        return set()
    named = [top.fields["payer"]] if key[0] == "payment" else top.fields["entities"]
    return {one for entity in named for one in owners_of(("entity", entity), records) or {entity}}


def _between(key: Key, provider: str, mine: Side, other: Side) -> tuple[str, str] | None:
    """The two actors, when one needs what belongs to the other and the sides are theirs.

    Of a side whose actor is not given, what it states an owner of is taken for that owner's answer.
    """
    held = other.records.get(("entity", provider))
    if held is None or (other.actor is None and "owner" not in held.fields):
        return None
    consumers, providers = owners_of(key, mine.records), owners_of(("entity", provider), other.records)
    if len(consumers) != 1 or len(providers) != 1:
        return None
    consumer, owner = consumers.pop(), providers.pop()
    are_theirs = mine.actor in (None, consumer) and other.actor in (None, owner)
    return (consumer, owner) if are_theirs and consumer != owner else None


def _unknown_need(key: Key, provider: str, owner: str, mine: Side, other: Side, name: str) -> Finding:
    file, line, column = where(mine.records[key].place)
    there = place_text(other.records[("entity", provider)].place)
    if key[:2] in other.records:
        told = say(
            f"{key[1]} behöver {provider} ({owner}): {name} har båda men inte behovet ({there})",
            f"{key[1]} needs {provider} ({owner}): {name} has both but not the need ({there})",
        )
    else:
        told = say(
            f"{key[1]} behöver {provider} ({owner}): {name} känner inte till {key[1]} ({there})",
            f"{key[1]} needs {provider} ({owner}): {name} does not know of {key[1]} ({there})",
        )
    return Finding("B724", "info", visible(told), file, line, column)


def _differs(records: Records, other: Records, key: Key) -> bool:
    """Whether a record or anything in it is not the same in both."""
    inside = {one for one in (*records, *other) if stands_in(one, key)}
    return any(one not in records or one not in other or records[one].fields != other[one].fields for one in inside)
