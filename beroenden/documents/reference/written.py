"""How the value of a key is written in a file, for each of the readers that the tables are made of."""

from dataclasses import MISSING, fields

from beroenden.analysis import checks
from beroenden.bankdays.hours import WEEKDAY_NAMES
from beroenden.language import say
from beroenden.modelfiles import schema, values
from beroenden.units.durations import format_duration

Said = tuple[str, str]

_WRITTEN: dict[values.Reader, Said] = {
    values.text: ("text", "text"),
    values.slug: ("id", "id"),
    values.entity_id: ("id", "id"),
    values.flag: ("`true` eller `false`", "`true` or `false`"),
    values.tlp: ("en TLP-märkning", "a TLP label"),
    values.whole: ("heltal från 0", "whole number from 0"),
    values.whole_of_any_sign: ("heltal, −366 till 366", "whole number, −366 to 366"),
    values.days_ahead: ("heltal, 0 till 366", "whole number, 0 to 366"),
    values.of_any_size: ("heltal, 1 till antalet i `any_of`", "whole number, 1 to the number in `any_of`"),
    values.from_one: ("heltal från 1", "whole number from 1"),
    values.number: ("tal från 0", "number from 0"),
    values.factor: ("tal från 1", "number from 1"),
    values.level: ("tal, 0 till 1", "number, 0 to 1"),
    values.duration: ("tidslängd", "duration"),
    values.length: ("tidslängd, även osäker", "duration, also uncertain"),
    values.positive_duration: ("tidslängd över 0, även osäker", "duration above 0, also uncertain"),
    values.endurance: ("tidslängd, eller steg `[[tidslängd, nivå], …]`", "duration, or steps `[[duration, level], …]`"),
    values.day: ("datum", "date"),
    values.clock: ("klockslag", "time of day"),
    values.zone_name: ("tidszon (IANA)", "time zone (IANA)"),
    values.rrule: ("RRULE", "RRULE"),
    values.shares: ("`{ id = andel, … }`", "`{ id = share, … }`"),
    values.weekdays: (
        f"`bank`, `all` eller en lista av `{'`, `'.join(WEEKDAY_NAMES)}`",
        f"`bank`, `all` or a list of `{'`, `'.join(WEEKDAY_NAMES)}`",
    ),
    checks._range: ("tal, eller `[minst, mest]`", "number, or `[least, most]`"),
    schema.opens: ("tabell, se `opens`", "table, see `opens`"),
    schema.stages: ("tabeller, se `[[payment.stage]]`", "tables, see `[[payment.stage]]`"),
}


def written(reader: values.Reader) -> str:
    """How a value is written that a reader takes.

    Raises:
        LookupError: for a reader that nothing is said of here.
    """
    if reader in _WRITTEN:
        return say(*_WRITTEN[reader])
    match reader:
        case values.OneOf():
            return ", ".join(f"`{word}`" for word in reader.words)
        case values.ListOf():
            return say("lista av ", "list of ") + written(reader.item)
        case values.PairsOf():
            return say("lista av par: ", "list of pairs: ") + written(reader.half)
        case values.Moment():
            return say("tidpunkt", "date-time")
        case schema.InlineTable():
            return say("tabell, se `{}`", "table, see `{}`").format(reader.build.__name__.lower())
        case schema.NeedsUnder():
            return say("tabeller, se behov", "tables, see need")
    raise LookupError(reader)


def default(reader: values.Reader, value: object) -> str:
    """What holds when a key is not given, as it would be written; a dash where that is nothing or unknown."""
    if value is None or value in ((), ""):
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if reader is values.duration and isinstance(value, int):
        return f"`{format_duration(value)}`"
    if reader is values.clock and isinstance(value, int):
        return f"`{value // 60:02}:{value % 60:02}:00`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def defaults_of(made: type | None) -> dict[str, object]:
    """The defaults of a model class by key."""
    if made is None:
        return {}
    return {one.name: one.default for one in fields(made) if one.default is not MISSING}
