"""Expectations of a model that the working group keeps: what must come of which outage."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from beroenden.consequences.outcome import EntityImpact, Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Finding, Place, Report, has_errors
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.scenario import DEFAULT_HORIZON, check_entity, read_outage, read_pin
from beroenden.modelfiles.schema import Field, read_table, read_tables
from beroenden.units.durations import format_duration
from beroenden.units.times import iso, time_zone

Range = tuple[float, float]
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Check:
    """A scenario and what is expected of it; each expectation holds only the keys that it is about.

    Attributes:
        covers: Ids of the entities and payments that it checks; empty: all that it names.
        by: The function that wrote it from the sources; "" where that is not said.
        entered_by: The function that entered what it checks in the model; "" where that is not said.
    """

    id: str
    name: str
    source: str
    scenario: Scenario
    with_events: bool
    expectations: tuple[dict[str, Any], ...]
    covers: tuple[str, ...] = ()
    by: str = ""
    entered_by: str = ""

    @property
    def is_by_another(self) -> bool:
        """Whether it is known that who wrote it did not enter what it checks."""
        return bool(self.by and self.entered_by) and self.by.casefold() != self.entered_by.casefold()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a check holds, and what differs if not."""

    id: str
    name: str
    misses: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything came out as expected."""
        return not self.misses

    def to_dict(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return {"id": self.id, "name": self.name, "holds": self.holds, "misses": list(self.misses)}


def load_checks(path: Path, network: Network) -> tuple[list[Check], list[Finding]]:
    """Read a file of [[check]] tables; faulty ones are left out and reported."""
    report = Report()
    parsed = parse(path, report)
    if parsed is None:
        return [], report.in_order()
    tables, place = parsed
    known = read_table(tables, place, (Field("check", lambda raw, at: tuple(read_tables(raw, at, "check"))),))
    checks = [_read_check(raw, at, network) for raw, at in known.get("check", ())]
    return [check for check in checks if check is not None], report.in_order()


def _read_check(raw: Any, place: Place, network: Network) -> Check | None:
    moment = values.Moment(time_zone(network.timezone))
    before = len(place.report.findings)
    found = read_table(
        raw,
        place,
        (
            Field("id", values.slug, required=True),
            Field("name", values.text),
            Field("source", values.text),
            Field("covers", _known_ids({*network.entity, *network.payment}, say("id", "id"))),
            Field("by", values.text),
            Field("entered_by", values.text),
            Field("horizon", values.duration),
            Field("at", moment),
            Field("with_events", values.flag),
            Field(
                "outage",
                lambda given, at: _read_all(
                    given, at, "check.outage", lambda one, here: read_outage(one, here, network, moment)
                ),
                required=True,
            ),
            Field(
                "pin",
                lambda given, at: _read_all(
                    given, at, "check.pin", lambda one, here: read_pin(one, here, network, moment)
                ),
            ),
            Field("expect", lambda given, at: _read_expectations(given, at, network, moment), required=True),
        ),
    )
    if has_errors(place.report.findings[before:]):
        return None
    if not found["outage"] or not found["expect"]:
        place.error(
            "B801", say("en kontroll ska ha avbrott och förväntningar", "a check needs outages and expectations")
        )
        return None
    scenario = Scenario(found["outage"], found.get("pin", ()), found.get("horizon", DEFAULT_HORIZON), found.get("at"))
    return Check(
        found["id"],
        found.get("name", found["id"]),
        found.get("source", ""),
        scenario,
        found.get("with_events", False),
        found["expect"],
        found.get("covers", ()),
        found.get("by", "").strip(),
        found.get("entered_by", "").strip(),
    )


def _read_all(raw: Any, place: Place, header: str, read: Callable[[Any, Place], Any]) -> tuple[Any, ...]:
    found = [read(one, at) for one, at in read_tables(raw, place, header)]
    return tuple(one for one in found if one is not None)


def _range(value: Any, place: Place) -> Range | None:
    """A number, or a closed interval [least, most]."""
    if not isinstance(value, list) or len(value) != 2:
        found = values.number(value, place)
        return None if found is None else (found, found)
    least, most = values.number(value[0], place / 0), values.number(value[1], place / 1)
    if least is None or most is None:
        return None
    if least > most:
        place.error("B212", say("intervallet ska skrivas [minst, mest]", "write the interval as [least, most]"))
    return least, most


def _known_ids(known: Container[str], what: str) -> values.Reader:
    """Ids that must exist."""

    def read(value: Any, place: Place) -> tuple[str, ...]:
        ids: tuple[str, ...] = values.ListOf(values.slug)(value, place) or ()
        for index, one in enumerate(ids):
            if one not in known:
                (place / index).error(
                    "B301", say(f"{what} ”{one[:60]}” finns inte", f'there is no {what} "{one[:60]}"')
                )
        return ids

    return read


_MOMENTS = ("planned", "completed", "latest_recovery", "degraded_from", "down_from", "restored")


def _read_expectations(raw: Any, place: Place, network: Network, moment: values.Reader) -> tuple[dict[str, Any], ...]:
    """Each expectation is about a payment, an entity or the totals, and has only the keys of that."""
    entities = _known_ids(network.entity, say("entiteten", "entity"))
    payment = (
        Field("payment", values.slug),
        Field("date", values.day),
        Field("bank", values.slug),
        Field("status", values.OneOf("on_time", "delayed", "not_completed")),
        Field("planned", moment),
        Field("completed", moment),
        Field("delay", values.duration),
        Field("latest_recovery", moment),
        Field("latest_recovery_state", values.OneOf("by", "any", "too_late")),
        Field("delayed_recipients", _range),
        Field("delayed_amount", _range),
        Field("over_max_delay", values.flag),
        Field("blocked_by", entities),
        Field("late_banks", entities),
        Field("on_time_banks", entities),
    )
    entity = (
        Field("entity", values.slug),
        Field("at", moment),
        Field("level", _range),
        Field("harmed", values.flag),
        Field("reserve_lost", values.flag),
        Field("degraded_from", moment),
        Field("down_from", moment),
        Field("restored", moment),
        Field("peak_affected", _range),
        Field("person_hours", _range),
    )
    totals = (Field("payouts_delayed", _range), Field("amount_delayed", _range), Field("recipient_hours", _range))
    always = (Field("never", values.ListOf(values.OneOf(*_MOMENTS))), Field("note", values.text))
    found = []
    for element, at in read_tables(raw, place, "check.expect"):
        about: tuple[Field, ...] = payment if isinstance(element, dict) and "payment" in element else totals
        about = entity if isinstance(element, dict) and "entity" in element else about
        one = read_table(element, at, (*about, *always))
        _check_expectation(one, at, network)
        found.append(one)
    return tuple(found)


_SUBJECTS = {"payment", "bank", "entity", "at", "note"}


def _check_expectation(one: dict[str, Any], place: Place, network: Network) -> None:
    """What is expected must say something about something that exists."""
    check_entity(one.get("entity"), place / "entity", network)
    check_entity(one.get("bank"), place / "bank", network)
    if "payment" in one and one["payment"] not in network.payment:
        near = did_you_mean(one["payment"], network.payment)
        (place / "payment").error("B301", say("betalningen finns inte", "there is no such payment"), near)
    if ("level" in one) != ("at" in one):
        (place / ("level" if "level" in one else "at")).error(
            "B203", say("ange level och at tillsammans", "give level and at together")
        )
    if not set(one) - _SUBJECTS:
        place.error(
            "B802", say("förväntan säger inget som kan prövas", "the expectation says nothing that can be tested")
        )


def run_checks(network: Network, checks: list[Check]) -> list[Verdict]:
    """Simulate each check and compare."""
    verdicts = []
    for check in checks:
        outcome = simulate_scenario(network, check.scenario, with_events=check.with_events)
        misses = [miss for expectation in check.expectations for miss in _misses(outcome, expectation)]
        verdicts.append(Verdict(check.id, check.name, tuple(misses)))
    return verdicts


def _misses(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    if "payment" in expected:
        return _payment_misses(outcome, expected)
    if "entity" in expected:
        return _entity_misses(outcome, expected)
    totals = {
        "payouts_delayed": outcome.payouts_delayed,
        "amount_delayed": outcome.amount_delayed,
        "recipient_hours": outcome.recipient_hours,
    }
    return _differences(outcome, "", expected, totals)


def _payment_misses(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    payment: str = expected["payment"]
    day: date | None = expected.get("date")
    runs = [run for run in outcome.runs if run.payment.id == payment and (day is None or run.day == day)]
    if len(runs) != 1:
        when = f" {day}" if day else ""
        return [
            say(
                f"{payment}{when}: {len(runs)} körningar inom horisonten",
                f"{payment}{when}: {len(runs)} runs within the horizon",
            )
        ]
    run = runs[0]
    if "bank" in expected:
        branch = next((one for one in run.branches if one.bank == expected["bank"]), None)
        if branch is None:
            return [
                say(
                    f"{payment} har inga konton i {expected['bank']}",
                    f"{payment} has no accounts in {expected['bank']}",
                )
            ]
        parts = {"planned": branch.planned, "completed": branch.completed, "delay": branch.delay}
        return _differences(outcome, f"{payment} {branch.bank}", expected, parts)
    found = {
        "status": run.status,
        "planned": run.planned,
        "completed": run.completed,
        "delay": run.delay,
        "latest_recovery": run.latest_recovery,
        "latest_recovery_state": run.latest_recovery_state,
        "delayed_recipients": run.delayed_recipients,
        "delayed_amount": run.delayed_amount,
        "over_max_delay": run.over_max_delay,
        "blocked_by": run.blocked_by,
        "late_banks": tuple(branch.bank for branch in run.branches if branch.is_late and branch.bank),
    }
    misses = _differences(outcome, payment, expected, found, in_any_order=("blocked_by", "late_banks"))
    return misses + _banks_late(run, expected.get("on_time_banks", ()))


def _banks_late(run: RunImpact, on_time: tuple[str, ...]) -> list[str]:
    in_time = {branch.bank for branch in run.branches if not branch.is_late}
    late = [bank for bank in on_time if bank not in in_time]
    return [say(f"{run.payment.id}: sen för {bank}", f"{run.payment.id}: late for {bank}") for bank in late]


def _entity_misses(outcome: Outcome, expected: dict[str, Any]) -> list[str]:
    entity: str = expected["entity"]
    impact: EntityImpact | None = next((one for one in outcome.entities if one.entity.id == entity), None)
    harmed = impact if impact is not None and impact.degraded_from is not None else None
    group = next((one for one in outcome.groups if one.entity.id == entity), None)
    found = {
        "level": outcome.level_at(entity, expected["at"]) if "at" in expected else None,
        "harmed": harmed is not None,
        "reserve_lost": bool(impact and impact.reserves_lost),
        "degraded_from": harmed.degraded_from if harmed else None,
        "down_from": harmed.down_from if harmed else None,
        "restored": harmed.restored if harmed else None,
        "peak_affected": group.peak_affected if group else None,
        "person_hours": group.person_hours if group else None,
    }
    return _differences(outcome, entity, expected, found)


def _differences(
    outcome: Outcome, about: str, expected: dict[str, Any], found: dict[str, Any], in_any_order: tuple[str, ...] = ()
) -> list[str]:
    misses = [
        say(
            f"{about} {key}: väntade aldrig, blev {_words(outcome, key, found[key])}",
            f"{about} {key}: expected never, got {_words(outcome, key, found[key])}",
        )
        for key in expected.get("never", ())
        if found.get(key) is not None
    ]
    for key, value in expected.items():
        if key not in found:
            continue
        same: Callable[[Any, Any], bool] = _same_set if key in in_any_order else _same
        if not same(value, found[key]):
            words = (_words(outcome, key, value), _words(outcome, key, found[key]))
            misses.append(
                say(
                    f"{about} {key}: väntade {words[0]}, blev {words[1]}",
                    f"{about} {key}: expected {words[0]}, got {words[1]}",
                ).strip()
            )
    return misses


def _same_set(expected: tuple[str, ...], found: tuple[str, ...]) -> bool:
    return set(expected) == set(found)


def _same(expected: Any, found: Any) -> bool:
    if isinstance(expected, tuple) and len(expected) == 2 and isinstance(expected[0], int | float):
        return found is not None and expected[0] - _NEAR <= found <= expected[1] + _NEAR
    return bool(expected == found)


def _words(outcome: Outcome, key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key in _MOMENTS:
        return iso(value, time_zone(outcome.network.timezone))
    if key == "delay":
        return format_duration(value)
    if isinstance(value, tuple) and len(value) == 2 and value[0] == value[1]:
        return str(value[0])
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
