"""One model of several: what only one side says is taken, what all say alike stands, and what they say differently is told.

All that the sides say of a place is weighed at once, so that their order makes no difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.modelfiles.findings import Finding, visible
from beroenden.modelfiles.merging import sayings, stages
from beroenden.modelfiles.merging.carried import Carried, perhaps_renamed, with_renames_carried
from beroenden.modelfiles.merging.claims import (
    Answer,
    Claim,
    Pair,
    answers_of,
    best_of,
    circle,
    conflict_of,
    open_pairs,
    pair_of,
)
from beroenden.modelfiles.merging.conflicts import Conflict, Decided, Settled, place_text, where
from beroenden.modelfiles.merging.credited import as_sure_as_known, only_of_what_holds, said_together
from beroenden.modelfiles.merging.exchanged import Exchange, exchanges
from beroenden.modelfiles.merging.needs import twofold_needs, unknown_needs
from beroenden.modelfiles.merging.records import (
    Key,
    Record,
    Records,
    at_text,
    differ,
    label_of,
    names_of,
    owners_of,
    parent_of,
    stands_in,
)
from beroenden.modelfiles.merging.renames import Renamed
from beroenden.modelfiles.merging.sides import Side, named, with_needs_aligned


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge.

    Attributes:
        records: Of the merged model; of no use while there are conflicts or errors.
        conflicts: All that is left for a person to settle.
        errors: What no choice of a side settles.
        decided: Conflicts that were settled, and how.
        remarks: What the sides should speak about.
        sides: What was merged, each thing under one id and each need under one key in all of them.
        renamed: What one side gave another id, in the order in which it was carried over to the others.
    """

    records: Records
    conflicts: tuple[Conflict, ...]
    errors: tuple[Finding, ...]
    decided: tuple[Decided, ...]
    remarks: tuple[Finding, ...]
    sides: tuple[Side, ...]
    renamed: tuple[Renamed, ...]

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
    sides: Sequence[Side], base: Side | None = None, *, settled: Iterable[Settled] = (), owner_wins: bool = False
) -> Merged:
    """Merge two sides or more; in whatever order they come, the model that they make is the same.

    What a side has only given another id since the base has it in the merged model, with what the others say of it.

    Args:
        base: The model that all come from: what only one changed or removed is taken. Without it nothing counts as removed.
        settled: Which of two answers a person took. Of several, the one that is taken before each of the others holds.
        owner_wins: Whether an actor's own answer outweighs the others' about its own things; needs the sides' actors.
    """
    carried = with_renames_carried(named(sides), {} if base is None else base.records)
    every, before, doubtful = with_needs_aligned(carried.sides, None if base is None else carried.base)
    return _Merging(every, before, exchanges(every, before), list(settled), owner_wins).run(carried, doubtful)


@dataclass(slots=True)
class _Merging:
    """
    Attributes:
        exchanges: Needs that stand in the place of others, each key with all that belong with it.
        exchanged: Of each such, the needs of the base that are kept, and the sides whose answer is not taken.
        standing: Of each record, the sides that have a word in what it holds.
        met: What was marked between answers that are still given.
        contested: Records that a person kept or removed.
        unsettled: Those of which it is not settled whether they are kept.
    """

    sides: list[Side]
    base: Records
    exchanges: dict[Key, Exchange]
    settled: list[Settled]
    owner_wins: bool
    merged: Records = field(default_factory=dict)
    exchanged: dict[Exchange, tuple[tuple[Key, ...], list[int]]] = field(default_factory=dict)
    standing: dict[Key, list[int]] = field(default_factory=dict)
    met: set[Settled] = field(default_factory=set)
    contested: list[Key] = field(default_factory=list)
    unsettled: list[Key] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    errors: list[Finding] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def run(self, carried: Carried, doubtful: Iterable[tuple[Key, Key]]) -> Merged:
        """Merge every record, each after the one around it, then what rests on several."""
        for key in dict.fromkeys(key for side in self.sides for key in side.records):
            self._merge(key)
        self.merged = {
            key: one for key, one in self.merged.items() if not any(stands_in(key, at) for at in self.unsettled)
        }
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
        self.remarks += unknown_needs(self.sides, self.base, self.exchanges)
        self.remarks += twofold_needs(self.sides, self.base, self.merged)
        told = [*carried.findings, *perhaps_renamed(self.sides, self.base, self.merged, self.unsettled)]
        self.remarks += [one for one in told if one.severity != "error"]
        self.errors += [one for one in told if one.severity == "error"]
        self.errors += [one.stale() for one in self.settled if one not in self.met and not self._is_moot(one)]
        return Merged(
            self.merged,
            tuple(self.conflicts),
            tuple(self.errors),
            tuple(self.decided),
            tuple(self.remarks),
            tuple(self.sides),
            carried.renamed,
        )

    def _is_moot(self, row: Settled) -> bool:
        """Whether it is about what stands in a table that a person kept or removed as a whole."""
        return any(row.at.startswith(f"{at_text(key)}.") for key in self.contested)

    def _doubt(self, a: Key, b: Key) -> None:
        """Say that two needs of the same providers may be the same, or cannot be told apart."""
        mine, theirs = (next(side.records[key] for side in self.sides if key in side.records) for key in (a, b))
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

    def _merge(self, key: Key) -> None:
        around = parent_of(key)
        if around is not None and around not in self.merged:
            return
        asked = range(len(self.sides)) if around is None else self.standing[around]
        having = [number for number in asked if key in self.sides[number].records]
        if key in self.exchanges:
            having = self._not_exchanged(key, having, asked)
        elif key in self.base and len(having) < len(asked):
            having = self._not_removed(key, having, [number for number in asked if number not in having])
        if having:
            self.standing[key] = having
            self.merged[key] = self._together(key, having)

    def _not_removed(self, key: Key, having: list[int], removed: list[int]) -> list[int]:
        """The sides that have a word in a record that others have removed: none where nobody has changed it."""
        changed = [number for number in having if differ(self.sides[number].records, self.base, key)]
        gone = [self._claim(number, key, "", None, None) for number in removed]
        lost: list[int] = []
        tables = [(number, dict(self.sides[number].records[key].written)) for number in changed]
        for answer in answers_of(self._claim(number, key, "", table, table) for number, table in tables):
            taken = self._decide(key, "", [*answer.claims, *gone])
            (self.unsettled if taken is None else self.contested).append(key)
            if taken is not None and taken.shown.value is None:
                lost += [one.side for one in answer.claims]
        return [number for number in having if number not in lost] if len(lost) < len(changed) else []

    def _not_exchanged(self, key: Key, having: list[int], asked: Sequence[int]) -> list[int]:
        """The sides that have a word in a need that others stand in the place of, or that stands in the place of others."""
        one = self.exchanges[key]
        if one not in self.exchanged:
            self.exchanged[one] = self._exchange(one, asked)
        kept, left = self.exchanged[one]
        return [number for number in having if number not in left] if key in kept or key not in self.base else []

    def _exchange(self, one: Exchange, asked: Sequence[int]) -> tuple[tuple[Key, ...], list[int]]:
        """The needs of the base that are kept where sides have put others in their place, and the sides that have no word."""
        touched = [number for number in asked if one.is_touched(self.sides[number].records, self.base)]
        claims = [
            self._claim_of_needs(number, one) for number in sorted(touched, key=lambda each: self.sides[each].name)
        ]
        if not claims:
            return one.before, []
        answers = answers_of(claims)
        taken = self._decide(one.key, "", claims)
        if taken is None:
            self.unsettled += one.keys
            for answer in answers:
                for key in answer.shown.value:  # what those who agree on the needs say differently of them
                    self._together(key, [claim.side for claim in answer.claims])
            return (), list(asked)
        if len(answers) > 1:
            self.contested += one.keys
        return taken.shown.value, [claim.side for claim in claims if claim not in taken.claims]

    def _claim_of_needs(self, number: int, one: Exchange) -> Claim:
        """What a side has of needs that stand in each other's place, as one answer; as sure as the least sure of them."""
        records = self.sides[number].records
        held, written = one.held(records), one.written(records)
        each = [self._claim(number, key, "", held, written) for key in held or one.before]
        called = {name: text for key in one.keys for name, text in names_of(key, records).items()}
        least = min((claim.said for claim in each), key=sayings.how_sure)
        return replace(each[0], said=least, label=strictest(*(claim.label for claim in each)), called=called)

    def _together(self, key: Key, having: Sequence[int]) -> Record:
        """What the sides that have a record say of it."""
        records = [self.sides[number].records[key] for number in having]
        if len(records) == 1:
            return records[0]
        first, base = records[0], self._before(key)
        before = None if base is None else base.fields
        apart = (*sayings.STATEMENT, "order")
        names = [name for name in dict.fromkeys(name for one in records for name in one.fields) if name not in apart]
        known, open_ = len(self.decided), len(self.conflicts) + len(self.errors)
        chosen = {name: self._taken(key, having, before, name) for name in names}
        taken = {name: one for name, one in chosen.items() if name in one.fields}
        fields = {name: one.fields[name] for name, one in taken.items()}
        written = {name: one.written[name] for name, one in taken.items()}
        said = said_together(records, chosen, before)
        if len(self.conflicts) + len(self.errors) == open_:  # else what is credited is not known
            said, told = as_sure_as_known(said, records, chosen, before, is_chosen=len(self.decided) > known)
            said = only_of_what_holds(said, records, chosen, before)
            self.remarks += told
        empty = {name: value for name, value in first.written.items() if name not in first.fields}
        order = {"order": first.fields["order"]} if "order" in first.fields else {}
        places = {name: one.place_of(name) for name, one in taken.items() if one is not first or name in one.places}
        return Record(key, {**fields, **said, **order}, {**written, **said, **order, **empty}, first.place, places)

    def _before(self, key: Key) -> Record | None:
        """What the base has of a record, or has instead of a need."""
        one = self.exchanges.get(key)
        is_plain = one is not None and len(one.before) == 1
        return self.base.get(one.key if one is not None and is_plain and key not in self.base else key)

    def _taken(self, key: Key, having: Sequence[int], before: Mapping[str, Any] | None, name: str) -> Record:
        """The record of the first side that has the value that holds."""
        records = {number: self.sides[number].records[key] for number in having}
        values = {number: record.fields.get(name) for number, record in records.items()}
        if before is None:
            # without `what` it may be another need
            is_said = {number: value is not None or name == "what" for number, value in values.items()}
        else:
            is_said = {number: value != before.get(name) for number, value in values.items()}
        claims = [
            self._claim(number, key, name, values[number], records[number].written.get(name))
            for number in having
            if is_said[number]
        ]
        answer = self._decide(key, name, claims) if claims else None
        return records[answer.claims[0].side if answer is not None else having[0]]

    # Who is taken

    def _claim(self, number: int, key: Key, name: str, value: Any, written: Any) -> Claim:
        side = self.sides[number]
        record = side.records.get(key)
        place = side.near(key) if record is None else record.place_of(name) if name else record.place
        label = label_of(key, [written], side.records, side.tlp)
        said = {} if record is None else record.fields
        called = names_of(key, side.records)
        return Claim(number, side.name, side.actor or side.name, value, written, place, said, label, called)

    def _decide(self, key: Key, name: str, claims: Sequence[Claim]) -> Answer | None:
        """The answer that all give, or that a person or the owner's own answer settles it for; None, and told, when none does."""
        answers = answers_of(claims)
        if len(answers) == 1:
            return answers[0]
        chosen = self._chosen(key, name, answers)
        best = best_of(answers, chosen)
        if best is not None:
            return self._settle(key, name, answers, best)
        if {left for _, left in chosen} == set(range(len(answers))):
            self.errors.append(circle(conflict_of(key, name, *answers[:2]).about, answers, chosen))
            return None
        owner = self._owner(key, name) if self.owner_wins else None
        own = {
            index for index, one in enumerate(answers) for each in one.claims if self.sides[each.side].actor == owner
        }
        if owner is not None and len(own) == 1:
            return self._settle(key, name, answers, own.pop(), owner)
        self.conflicts += [
            conflict_of(key, name, answers[one], answers[other]) for one, other in open_pairs(answers, chosen)
        ]
        return None

    def _chosen(self, key: Key, name: str, answers: Sequence[Answer]) -> dict[Pair, Settled]:
        """Which of two answers the list takes, and where; what it settles both ways is told."""
        chosen: dict[Pair, Settled] = {}
        for row in self.settled:
            pair = pair_of(row, answers, name) if row.at == visible(at_text(key, name)) else None
            if pair is None:
                continue
            self.met.add(row)
            if pair[::-1] in chosen:
                self.errors.append(row.both_ways())
            else:
                chosen.setdefault(pair, row)
        return chosen

    def _settle(self, key: Key, name: str, answers: Sequence[Answer], best: int, owner: str | None = None) -> Answer:
        """Take an answer; each side whose answer it is not is told."""
        taken = answers[best]
        for left in (claim for answer in answers if answer is not taken for claim in answer.claims):
            conflict = conflict_of(key, name, taken, Answer((left,)))
            self.decided.append(Decided(conflict, "a" if taken.shown.side < left.side else "b", owner))
        return taken

    def _owner(self, key: Key, name: str) -> str | None:
        """The one actor that what is in conflict belongs to; None when the sides do not agree on that."""
        owners = {one for side in self.sides for one in owners_of(key, side.records)}
        return owners.pop() if len(owners) == 1 and name not in ("owner", "payer", "entities") else None

    # What rests on several records

    def _order(self, key: Key, there: list[str]) -> None:
        """The order of the stages that a payment now has."""
        kept = {number: self._kept(self.sides[number].records, key, there) for number in self.standing[key]}
        before = self._kept(self.base, key, there) if key in self.base else []
        order = stages.one_order(*kept.values()) or self._chosen_order(key, kept, before)
        record = self.merged[key]
        self.merged[key] = replace(
            record, fields={**record.fields, "order": order}, written={**record.written, "order": order}
        )

    def _chosen_order(self, key: Key, kept: Mapping[int, list[str]], before: list[str]) -> list[str]:
        """What those say who have moved stages holds, else what those say who have put some in; with what only others have."""
        moved = {number: one for number, one in kept.items() if before and not stages.keeps(one, before)}
        saying = {
            number: one
            for number, one in (moved or kept).items()
            if not any(stages.is_within(one, other) for other in (moved or kept).values())
        }
        order = stages.one_order(*saying.values())
        if order is None:
            answer = self._decide(
                key, "order", [self._claim(number, key, "order", one, one) for number, one in saying.items()]
            )
            order = next(iter(saying.values())) if answer is None else answer.shown.value
        return reduce(stages.put_in, sorted(kept.values()), order)

    def _kept(self, records: Records, key: Key, there: list[str]) -> list[str]:
        return [one for one in records[key].fields["order"] if one in there]

    def _keep_times(self) -> None:
        """Events' local times mean the same whatever time zone the merged model has."""
        zone = self.merged[("model",)].fields.get("timezone", "Europe/Stockholm")
        if all(side.timezone == zone for side in self.sides):
            return
        for key, record in self.merged.items():
            if key[0] == "event":
                times = {name: record.fields[name] for name in ("start", "end")}
                self.merged[key] = replace(record, written={**record.written, **times})
