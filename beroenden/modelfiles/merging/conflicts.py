"""What two sides say differently, how that is told, and how a person settles it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from beroenden.language import say
from beroenden.modelfiles.findings import Finding, Place, visible
from beroenden.modelfiles.merging.records import Key, at_text
from beroenden.modelfiles.merging.words import field_words, key_words, written_words
from beroenden.modelfiles.write import toml_value

Which = Literal["a", "b"]
Where = tuple[str | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing on which two sides do not agree.

    Attributes:
        field: "" when the whole table is there on one side, and was removed or has others in its place on the other.
        a: What the first side has written; None: nothing.
        b: The same of the second.
        a_place: Where that is, or where it would be.
        names: What the sides are called.
        who: Whose answer each is; all who say the same.
        said: The tables in which they stand: with source, verified and confidence.
        tlp: The label of both together.
        called: Names of what the key names, by their ids.
    """

    key: Key
    field: str
    a: Any
    b: Any
    a_place: Place | None
    b_place: Place | None
    names: tuple[str, str]
    who: tuple[str, str]
    said: tuple[Mapping[str, Any], Mapping[str, Any]]
    tlp: str
    called: Mapping[str, str]

    @property
    def at(self) -> str:
        """What is in conflict, e.g. "entity.bankgirot.rto"."""
        return visible(at_text(self.key, self.field))

    @property
    def about(self) -> str:
        """What is in conflict in words, e.g. "bankgirot, recovery time (rto)"."""
        return self._in_words({})

    def _in_words(self, names: Mapping[str, str]) -> str:
        told = key_words(self.key, names)
        return visible(f"{told}, {field_words(self.field)}" if self.field else told)

    @property
    def is_about_priority(self) -> bool:
        """Whether the sides rank a payment differently."""
        return self.key[0] == "payment" and len(self.key) == 2 and self.field == "priority"

    def finding(self) -> Finding:
        """The conflict where the first side has it, naming where the second has it."""
        file, line, column = where(self.a_place)
        code, told = ("B721", self._priority()) if self.is_about_priority else ("B720", self._told())
        return Finding(code, "error", visible(f"{self.about}: {told}"), file, line, column)

    def _told(self) -> str:
        other = place_text(self.b_place)
        if not self.field and None not in (self.a, self.b):
            return say(
                f"olika leverantörer: ”{in_words(self.a, '')}” här, ”{in_words(self.b, '')}” i {other}",
                f'different providers: "{in_words(self.a, "")}" here, "{in_words(self.b, "")}" in {other}',
            )
        if not self.field:
            changed, removed = self.names if self.b is None else self.names[::-1]
            return say(
                f"ändrad i {changed}, borttagen i {removed} ({other})",
                f"changed in {changed}, removed in {removed} ({other})",
            )
        return say(
            f"{as_written(self.a)} här, {as_written(self.b)} i {other}",
            f"{as_written(self.a)} here, {as_written(self.b)} in {other}",
        )

    def _priority(self) -> str:
        other = place_text(self.b_place)
        return say(
            f"aktörerna ser olika på betalningens prioritet: {as_written(self.a)} här, {as_written(self.b)} i {other}",
            f"the actors see the payment's priority differently: {as_written(self.a)} here, {as_written(self.b)} in {other}",
        )

    def to_dict(self) -> dict[str, Any]:
        """The conflict as JSON."""
        return {
            "about": self.about,
            "at": self.at,
            "a": in_list(self.a),
            "b": in_list(self.b),
            "a_place": place_text(self.a_place),
            "b_place": place_text(self.b_place),
            "a_name": self.names[0],
            "b_name": self.names[1],
            **self._known("a", self.who[0], self.said[0]),
            **self._known("b", self.who[1], self.said[1]),
            "priority": self.is_about_priority,
            "tlp": self.tlp,
        }

    def row(self) -> dict[str, Any]:
        """The conflict as a row of a list: what is in it by name, and what the sides say in words."""
        values = {"a": in_words(self.a, self.field), "b": in_words(self.b, self.field)}
        return {**self.to_dict(), **values, "about": self._in_words(self.called)}

    @staticmethod
    def _known(which: Which, who: str, said: Mapping[str, Any]) -> dict[str, str]:
        """Who says so and when, as far as the model has it."""
        known = {name: in_list(said.get(name)) for name in ("verified", "confidence", "source")}
        return {f"{which}_{name}": value for name, value in {"who": visible(who), **known}.items()}


@dataclass(frozen=True, slots=True)
class Decided:
    """A conflict and which side was taken: as a person settled it, or as the answer of the actor that it belongs to."""

    conflict: Conflict
    which: Which
    owner: str | None = None

    def finding(self) -> Finding:
        """The decision, where the side that was taken has it."""
        conflict, is_a = self.conflict, self.which == "a"
        file, line, column = where(conflict.a_place if is_a else conflict.b_place)
        shown = [as_written(one) if conflict.field else in_words(one, "") for one in (conflict.a, conflict.b)]
        taken, left = shown if is_a else shown[::-1]
        other = place_text(conflict.b_place if is_a else conflict.a_place)
        if self.owner is None:
            why = say("så avgjort i listan", "as settled in the list")
        else:
            why = say(f"eget svar från {self.owner} gäller", f"{self.owner}'s own answer holds")
        told = say(
            f"{why}: {taken}, inte {left} ({other})",
            f"{why}: {taken}, not {left} ({other})",
        )
        return Finding("B723", "info", visible(f"{conflict.about}: {told}"), file, line, column)

    def to_dict(self) -> dict[str, Any]:
        """The decision as JSON."""
        return {**self.conflict.to_dict(), "taken": self.which, "owner": self.owner}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person marked for a conflict, as the list had it, and where the mark stands."""

    at: str
    a: str
    b: str
    which: Which
    file: str
    line: int
    column: int

    def stale(self) -> Finding:
        """That the sides now say something else than when this was settled."""
        told = say(
            "sidorna säger inte längre det som avgjordes; gör en ny lista med --conflicts",
            "the sides no longer say what was settled; make a new list with --conflicts",
        )
        return Finding("B726", "error", f"{self.at}: {told}", self.file, self.line, self.column)

    def both_ways(self) -> Finding:
        """That a row before this one settles it the other way."""
        told = say("redan avgjord åt andra hållet i listan", "already settled the other way in the list")
        return Finding("B729", "error", f"{self.at}: {told}", self.file, self.line, self.column)


def as_written(value: Any) -> str:
    """A value as TOML writes it; "-" for nothing."""
    return "-" if value is None else str(toml_value(value))


def in_words(value: Any, field: str) -> str:
    """A value as a list shows it."""
    return visible(written_words(value, field))


def in_list(value: Any) -> str:
    """A value as JSON has it: text without quotes, and nothing for nothing."""
    if value is None:
        return ""
    return visible(value if isinstance(value, str) else as_written(value))


def where(place: Place | None) -> Where:
    """File, line and column of a place."""
    if place is None or place.source.name is None:
        return None, None, None
    line, column = place.source.positions.find(place.path, key=place.at_key)
    return place.source.name, line, column


def place_text(place: Place | None) -> str:
    """A place as file:line:column."""
    return ":".join("-" if part is None else str(part) for part in where(place))
