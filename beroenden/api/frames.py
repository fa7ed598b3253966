"""Results as pandas data frames: each list of the JSON is a frame, under the same names."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from beroenden.api.columns import COLUMNS
from beroenden.api.tables import tables_of
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.numbers import number

if TYPE_CHECKING:
    import pandas

    from beroenden.analysis.cutsets.cutsets import CutSets

_MOST_SETS = 100_000
_KEYS = ("id", "entity", "payment", "date", "k", "order")
"""What says which row of the outer list a row of an inner list belongs to."""
_PAIRS = {"levels": ("time", "level")}
"""Lists of pairs, and what the two are."""
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

Row = dict[str, Any]
Columns = Mapping[str, tuple[str, ...]]
"""The columns of each frame."""


class Result(Protocol):
    """Whatever a question is answered with."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command that answers the same."""
        ...


def frames(
    result: "Result | CutSets | Mapping[str, Any] | Network", *, naive: bool = False
) -> "dict[str, pandas.DataFrame]":
    """The lists of a result as data frames.

    A list within a row is a frame of its own, named after both (`payments_branches`), and its rows begin with what
    identifies the outer row. Objects within a row become columns (`expected_payouts_mean`), lists of ids become tuples,
    also empty ones. Frames and columns are the same whatever comes out, also where there is no row or nothing is late; only
    a portrait has those of what it portrays, and `gaps` those figures that some gap has. Instants are in the model's time zone, days are midnight without
    a zone; lengths are minutes unless their name says hours, shares and levels 0..1, amounts SEK, as in the JSON. None,
    which is unknown, is missing (NaN, NaT), never 0.

    Args:
        result: What a function of this package answers, its JSON, or a network: `entities`, `payments`, `stages`, and
            `needs` with a row for each provider. There `confidence` and the rest of who says so are as `quality` counts
            them: of a stage's need, where it says nothing itself, those of its stage, else of the payment.
        naive: Instants are the model's local time without a zone, which is what `to_excel` takes: Excel has no zones. The
            hour that comes twice in October is then not told apart.

    Raises:
        UsageError: when pandas is not installed, for more cut sets than a frame should hold, or what is no result.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> outcome = beroenden.simulate(network, [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}])
    >>> late = frames(outcome)["payments"].query("status != 'on_time'")
    >>> late[["payment", "delay_minutes"]].head(2).to_string(index=False).splitlines()[1].split()
    ['barnbidrag', '4320']
    """
    try:
        import pandas
    except ImportError:
        message = say(
            "Tabeller kräver pandas: pip install 'beroenden[notebook]'.",
            "Frames need pandas: pip install 'beroenden[notebook]'.",
        )
        raise UsageError(message) from None
    given, zone = _content(result)
    columns = COLUMNS.get("network" if isinstance(result, Network) else str(given.get("schema")))
    tables: dict[str, list[Row]] = {name: [] for name in columns or ()}
    _walk(given, "", {}, tables, columns)
    made = {
        name: _typed(_with_columns(pandas.DataFrame(rows), (columns or {}).get(name, ())), zone)
        for name, rows in tables.items()
    }
    return {name: _without_zones(frame) for name, frame in made.items()} if naive else made


def _content(result: "Result | CutSets | Mapping[str, Any] | Network") -> tuple[Mapping[str, Any], str | None]:
    """The JSON, and the time zone where the result knows its network."""
    if isinstance(result, Network):
        return tables_of(result), result.timezone
    if not isinstance(result, Mapping) and not callable(getattr(result, "to_dict", None)):
        kind = type(result).__name__
        message = say(
            f"frames tar ett resultat, dess JSON eller ett nätverk, inte {kind}; t.ex. frames(simulate(network, outages)).",
            f"frames takes a result, its JSON or a network, not {kind}; e.g. frames(simulate(network, outages)).",
        )
        raise UsageError(message)
    network = getattr(result, "network", None)
    zone = network.timezone if isinstance(network, Network) else None
    return (result if isinstance(result, Mapping) else _json_of(result)), zone


def _json_of(result: "Result | CutSets") -> dict[str, Any]:
    """All of it; a target may have more cut sets than anyone could list, so those are counted first."""
    from beroenden.analysis.cutsets.cutsets import CutSets

    if not isinstance(result, CutSets):
        return result.to_dict()
    if result.count > _MOST_SETS:
        message = say(
            f"{number(result.count)} snittmängder är för många för en tabell; välj ett antal: frames(x.to_dict(100)).",
            f"{number(result.count)} cut sets are too many for a frame; choose how many: frames(x.to_dict(100)).",
        )
        raise UsageError(message)
    return result.to_dict(result.count)


def _walk(
    value: Mapping[str, Any], path: str, keys: Row, tables: dict[str, list[Row]], columns: Columns | None
) -> None:
    """Add the lists in an object, and in the objects within it, to the tables.

    Args:
        columns: Those that are always there; None: it is not known which, so that an empty list may be a table.
    """
    for name, inner in value.items():
        here = name if not path else path if name == "listed" else f"{path}_{name}"
        if isinstance(inner, Mapping):
            _walk(inner, here, keys, tables, columns)
        elif isinstance(inner, list) and not _is_cell(inner) and (inner or (columns is None and not keys)):
            rows = tables.setdefault(here, [])
            known = (columns or {}).get(here, ())
            for one in inner:
                row = _row(one, name)
                rows.append({_outer(key, row, path): of for key, of in keys.items()} | dict(_cells(row, known)))
                _walk(row, here, keys | {key: row[key] for key in _KEYS if _identifies(row, key)}, tables, columns)


def _outer(key: str, row: Mapping[str, Any], path: str) -> str:
    """What the outer row's key is called beside a row that has one of the same name."""
    return f"{path}_{key}" if key in row else key


def _is_cell(values: list[Any]) -> bool:
    """Whether a list is one value of a row: ids, limits, a pair."""
    return bool(values) and not any(isinstance(one, Mapping | list) for one in values)


def _identifies(row: Mapping[str, Any], key: str) -> bool:
    return key in row and not isinstance(row[key], Mapping | list)


def _row(value: Any, name: str) -> Mapping[str, Any]:
    """An element of a list as a row."""
    if isinstance(value, Mapping):
        return value
    return dict(zip(_PAIRS[name], value, strict=True)) if name in _PAIRS else {"entities": value}


def _cells(row: Mapping[str, Any], known: tuple[str, ...], path: str = "") -> Iterator[tuple[str, Any]]:
    """The values of a row that fit into one cell each; of empty lists those that are known to be columns.

    An object that is None, unknown, has no cell: its columns are known by what they hold when it is there.
    """
    for name, value in row.items():
        here = f"{path}_{name}" if path else name
        if isinstance(value, Mapping):
            yield from _cells(value, known, here)
        elif value is None and here not in known and any(column.startswith(f"{here}_") for column in known):
            continue
        elif not isinstance(value, list):
            yield here, value
        elif _is_cell(value) or (not value and here in known):
            yield here, tuple(value)


def _with_columns(frame: "pandas.DataFrame", known: tuple[str, ...]) -> "pandas.DataFrame":
    """The frame with the known columns first, in their order, and then those that only this answer has."""
    return frame.reindex(columns=[*known, *(name for name in frame.columns if name not in known)]) if known else frame


def _typed(frame: "pandas.DataFrame", zone: str | None) -> "pandas.DataFrame":
    """The frame with its instants and days as such, and no ids as an empty tuple."""
    import pandas

    for name in frame.columns:
        if any(isinstance(one, tuple) for one in frame[name]):
            frame[name] = [one if isinstance(one, tuple) else () for one in frame[name]]
            continue
        texts = [one for one in frame[name] if isinstance(one, str)]
        if texts and all(map(_INSTANT.fullmatch, texts)):
            instants = pandas.to_datetime(frame[name], utc=True)
            frame[name] = instants.dt.tz_convert(zone) if zone else instants
        elif texts and all(map(_DAY.fullmatch, texts)):
            frame[name] = pandas.to_datetime(frame[name])
    return frame


def _without_zones(frame: "pandas.DataFrame") -> "pandas.DataFrame":
    """The frame with its instants as local time without a zone."""
    import pandas

    for name in frame.columns:
        if isinstance(frame[name].dtype, pandas.DatetimeTZDtype):
            frame[name] = frame[name].dt.tz_localize(None)
    return frame
