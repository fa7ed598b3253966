"""Reading a scenario: outages and pinned levels against a network."""

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from beroenden.errors import UsageError, did_you_mean
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Finding, Place, Report, Source, has_errors
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.schema import Field, read_table, read_tables
from beroenden.units.durations import DAY
from beroenden.units.times import LAST_YEAR, local, time_zone

DEFAULT_HORIZON = 14 * DAY


def load_scenario(path: str | Path, network: Network) -> tuple[Scenario | None, list[Finding]]:
    """Read a scenario file; None when any finding is an error."""
    report = Report()
    parsed = parse(Path(path), report)
    if parsed is None:
        return None, report.in_order()
    tables, place = parsed
    scenario = read_scenario(tables, place, network)
    return (None if has_errors(report.findings) else scenario), report.in_order()


def build_scenario(
    network: Network,
    outages: Iterable[Mapping[str, Any] | Outage] | Mapping[str, Any],
    pins: Iterable[Mapping[str, Any] | Pin] | Mapping[str, Any] = (),
    horizon: str | int | None = None,
    at: str | int | None = None,
) -> Scenario:
    """A scenario of tables in memory, with the keys of a scenario file, or of outages and pins already made.

    A single table may stand for a list of one.

    Raises:
        UsageError: with every fault, one a line.
    """
    given, given_pins = _listed(outages), _listed(pins)
    times = {"horizon": horizon, "at": at}
    tables = {
        "outage": [_raw(one) for one in given if not isinstance(one, Outage)],
        "pin": [_raw(one) for one in given_pins if not isinstance(one, Pin)],
        **{key: time for key, time in times.items() if time is not None and not _is_minutes(time)},
    }
    report = Report()
    scenario = read_scenario(
        tables,
        report.root(Source(None)),
        network,
        [one for one in given if isinstance(one, Outage)],
        [one for one in given_pins if isinstance(one, Pin)],
        {key: time for key, time in times.items() if _is_minutes(time)},
    )
    if has_errors(report.findings) or scenario is None:
        raise UsageError("\n".join(_sentence(finding) for finding in report.in_order() if finding.severity == "error"))
    return scenario


def _listed(given: Any) -> list[Any]:
    """The outages or pins; one table stands alone, and what is none is refused in its place."""
    is_many = isinstance(given, Iterable) and not isinstance(given, Mapping | str | bytes)
    return list(given) if is_many else [given]


def _raw(one: Any) -> Any:
    return dict(one) if isinstance(one, Mapping) else one


def _is_minutes(time: Any) -> bool:
    return isinstance(time, int) and not isinstance(time, bool)


def _sentence(finding: Finding) -> str:
    return f"{finding.where}: {finding.sentence}" if finding.where else finding.sentence


def read_scenario(
    tables: dict[str, Any],
    place: Place,
    network: Network,
    outages: Collection[Outage] = (),
    pins: Collection[Pin] = (),
    times: Mapping[str, Any] | None = None,
) -> Scenario | None:
    """The scenario of raw tables; faults go to the report of the place.

    More outages and pins, and `horizon` and `at` in minutes, can be added.
    """
    moment = values.Moment(time_zone(network.timezone))
    found = read_table(
        tables,
        place,
        (
            Field("name", values.text),
            Field("note", values.text),
            Field("horizon", values.duration),
            Field("at", moment),
            Field(
                "outage",
                lambda raw, at: _each(raw, at, "outage", lambda one, here: read_outage(one, here, network, moment)),
            ),
            Field("pin", lambda raw, at: _each(raw, at, "pin", lambda one, here: read_pin(one, here, network, moment))),
        ),
    )
    found |= times or {}
    for entity in (*(one.entity for one in outages), *(one.entity for one in pins)):
        check_entity(entity, place, network)
    placed = [*((one, place / "outage") for one in outages), *found.pop("outage", ())]
    placed_pins = [*((one, place / "pin") for one in pins), *found.pop("pin", ())]
    all_outages, all_pins = tuple(one for one, _ in placed), tuple(one for one, _ in placed_pins)
    if not all_outages and not all_pins and not has_errors(place.report.findings):
        place.error("B701", say("scenariot har inget avbrott ([[outage]])", "the scenario has no outage ([[outage]])"))
    if not all_outages and not all_pins:
        return None
    found.setdefault("horizon", DEFAULT_HORIZON)
    scenario = Scenario(all_outages, all_pins, **found)
    _check_span(scenario, place)
    _check_shares(placed)
    return scenario


def _each(raw: Any, place: Place, header: str, read: Callable[[Any, Place], Any]) -> list[tuple[Any, Place]]:
    found = [(read(element, at), at) for element, at in read_tables(raw, place, header)]
    return [(one, at) for one, at in found if one is not None]


def read_outage(raw: Any, place: Place, network: Network, moment: values.Reader) -> Outage | None:
    """[[outage]]: of an entity or of part of a payment's file."""
    fields = (
        Field("entity", values.slug),
        Field("payment", values.slug),
        Field("start", moment, required=True),
        Field("for", values.positive_duration),
        Field("end", moment),
        Field("remaining", values.level),
        Field("share", values.level),
    )
    found = read_table(raw, place, fields)
    if not isinstance(raw, dict):
        return None
    if ("entity" in raw) == ("payment" in raw):
        at = place / "entity" if "entity" in raw else place
        at.error("B213", say("ett avbrott har antingen entity eller payment", "an outage has either entity or payment"))
    if "for" in raw and "end" in raw:
        (place / "for").error("B213", say("ange for eller end, inte båda", "give for or end, not both"))
    if "share" in raw and "payment" not in raw:
        (place / "share").error("B213", say("share hör till en betalning", "share goes with a payment"))
    if "remaining" in raw and "payment" in raw and "entity" not in raw:
        (place / "remaining").error("B213", say("remaining hör till en entitet", "remaining goes with an entity"))
    check_entity(found.get("entity"), place / "entity", network)
    _check_known(found.get("payment"), place / "payment", network.payment, say("ingen betalning", "no payment"))
    if "start" not in found:
        return None
    start, length, end = found["start"], found.get("for"), found.get("end")
    if end is not None and end <= start:
        _ends_before_start(place / "start", end == start)
        return None
    minutes = length if length is None or isinstance(length, int) else length.typical
    return Outage(
        start=start,
        end=end if minutes is None else start + minutes,
        entity=found.get("entity"),
        payment=found.get("payment"),
        remaining=found.get("remaining", 0.0),
        share=found.get("share", 1.0) if "payment" in found else None,
        length=None if length is None or isinstance(length, int) else length,
    )


def _ends_before_start(place: Place, same: bool) -> None:
    if same:
        place.error("B702", say("avbrottet varar 0 minuter", "the outage lasts 0 minutes"))
    else:
        place.error("B703", say("avbrottet slutar innan det börjar", "the outage ends before it starts"))


def read_pin(raw: Any, place: Place, network: Network, moment: values.Reader) -> Pin | None:
    """[[pin]]: an observed level."""
    fields = (
        Field("entity", values.slug, required=True),
        Field("level", values.level, required=True),
        Field("start", moment, required=True),
        Field("end", moment),
    )
    found = read_table(raw, place, fields)
    check_entity(found.get("entity"), place / "entity", network)
    if not {"entity", "level", "start"} <= set(found):
        return None
    if found.get("end") is not None and found["end"] <= found["start"]:
        _ends_before_start(place / "start", found["end"] == found["start"])
        return None
    return Pin(found["entity"], found["level"], found["start"], found.get("end"))


def check_entity(word: str | None, place: Place, network: Network) -> None:
    """Report an entity that the model does not have."""
    _check_known(word, place, network.entity, say("ingen entitet", "no entity"))


def _check_known(word: str | None, place: Place, known: Mapping[str, object], what: str) -> None:
    if word and word not in known:
        message = say(f"modellen har {what} ”{word[:60]}”.", f'the model has {what} "{word[:60]}".')
        place.error("B301", message, did_you_mean(word, known))


def _check_span(scenario: Scenario, place: Place) -> None:
    if scenario.horizon <= 0:
        (place / "horizon").error("B212", say("horisonten ska vara längre än 0", "the horizon should be longer than 0"))
    elif scenario.horizon > 400 * 366 * DAY or local(scenario.end, time_zone("UTC")).year > LAST_YEAR:
        (place / "horizon").error("B212", say("horisonten når för långt fram", "the horizon reaches too far ahead"))
    elif scenario.at is not None and scenario.at > scenario.end:
        (place / "at").error(
            "B704", say("lägets tidpunkt ligger efter horisonten", "the as-of time lies after the horizon")
        )


def _check_shares(placed: list[tuple[Outage, Place]]) -> None:
    """Outages of one payment at one time hit at most all of its recipients."""
    faults = [(outage, place) for outage, place in placed if outage.payment]
    for index, (outage, place) in enumerate(faults):
        earlier = [other for other, _ in faults[:index] if other.payment == outage.payment]
        overlaps = [other for other in earlier if _overlap(other, outage)]
        starts = [outage.start, *(other.start for other in overlaps if other.start > outage.start)]
        most = max(sum(other.share or 0 for other in overlaps if _covers(other, start)) for start in starts)
        if most + (outage.share or 0) > 1 + 1e-9:
            message = say(f"andelarna av {outage.payment} blir mer än 1", f"the shares of {outage.payment} exceed 1")
            (place / "share").error("B401", message)


def _overlap(one: Outage, other: Outage) -> bool:
    return (one.end is None or other.start < one.end) and (other.end is None or one.start < other.end)


def _covers(outage: Outage, moment: int) -> bool:
    return outage.start <= moment and (outage.end is None or moment < outage.end)
