"""What a person's words mean in a model: names stand for ids, and numbers, lengths, days and times are read as they are said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.names import id_named
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Key, Report, Source
from beroenden.units.durations import format_duration, minutes_of
from beroenden.units.typed import is_clock, typed_days, typed_moment, typed_number

NAMES_ONE = ("owner", "provider", "payer", "paying_bank", "recipients", "actor")
"""Keys whose value is the id of an entity."""
NAMES_SEVERAL = ("any_of", "entities")
"""Keys whose value is a list of them."""
_WEIGHED = ("shares", "accounts")
"""Keys whose value is a table of them."""
MOMENT = values.Moment(ZoneInfo("UTC"))
"""Reads a date-time in whatever zone the model has."""
_NUMBERS = (values.number, values.factor, values.level)
_LENGTHS = (values.duration, values.length, values.endurance, values.positive_duration)


@dataclass(frozen=True, slots=True)
class Taken:
    """A value that was not written as the files have it: the key, what was written, and what it was taken for."""

    key: str
    written: str
    value: str

    def __str__(self) -> str:
        return say(
            f"{self.key}: ”{self.written}” läses som {self.value}",
            f'{self.key}: "{self.written}" is read as {self.value}',
        )


@dataclass(frozen=True, slots=True)
class Words:
    """The names that a person may use in a model, and how the words so far were taken.

    Attributes:
        named: Gives the names of the entities by id; asked only when a person's words are read.
        taken: What was not written as the files have it.
    """

    named: Callable[[], Mapping[str, str]] = dict
    taken: list[Taken] = field(default_factory=list)


def with_ids(path: tuple[Key, ...], value: Any, named: Mapping[str, str]) -> Any:
    """A value with ids for the names of entities that stand where the path wants ids; any other as it is.

    Raises:
        UsageError: for a word there that is neither an id nor the name of one entity.
    """
    key = next(step for step in reversed(path) if isinstance(step, str))
    if isinstance(value, str) and (key in NAMES_ONE or (key in NAMES_SEVERAL and isinstance(path[-1], int))):
        return _id_of(value, named)
    if isinstance(value, list) and key in NAMES_SEVERAL:
        return [_id_of(one, named) if isinstance(one, str) else one for one in value]
    if isinstance(value, dict) and key in _WEIGHED:
        return {_id_of(one, named): share for one, share in value.items()}
    return value


def meant(read: values.Reader | None, text: str) -> Iterator[Any]:
    """What a reader's value probably is when a person says it so, in the form of the files."""
    try:
        if read in _LENGTHS:
            yield format_duration(minutes_of("", text, least=0))
        elif read in _NUMBERS:
            yield typed_number(text)
        elif read == values.day:
            first, last = typed_days(text)
            if first == last:
                yield first
        elif read == values.clock and is_clock(text):
            yield typed_moment(text, date.today).time()
        elif read == MOMENT and not is_clock(text):
            yield typed_moment(text, date.today)
    except (UsageError, ValueError):
        return


def shown(value: Any) -> str:
    """A value as it is told: text without quotes."""
    if isinstance(value, dict):
        return ", ".join(f"{key} = {one}" for key, one in value.items())
    return ", ".join(map(shown, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class _Entity:
    name: str


def _id_of(word: str, named: Mapping[str, str]) -> str:
    """The id that a word is or names; one that no entity has yet is left to the rules, which know what is added with it."""
    found = word if word in named else id_named(word, named)
    if found is not None or values.slug(word, Report().root(Source(None))) is not None:
        return found or word
    raise unknown_id(say("entitet", "entity"), word, {id_: _Entity(name) for id_, name in named.items()})
