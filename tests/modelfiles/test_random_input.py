"""Random bytes, texts, damaged files and values of wrong types never raise."""

import copy
import tomllib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

import beroenden
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.scenario import build_scenario, load_scenario

VALID = sorted((Path(__file__).parents[1] / "files" / "valid").glob("*.toml"))
EXAMPLE = Path(__file__).parents[1] / "files" / "valid" / "example.toml"
SAME_EXAMPLES = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=300,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

odd_texts = st.sampled_from(
    [
        "", "bank", "all", "mon", "4h", "-4h", "9" * 5000 + "h", "TLP:RED", "tlp:", "Europe/Stockholm", "Europe", "..",
        "FREQ=DAILY", "FREQ=SECONDLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=1;UNTIL=20260101", "RDATE:20260101",
        "DTSTART;TZID=Europe/Stockholm:20260101T000000\nRRULE:FREQ=DAILY", "2026-12-17T08:00", "0001-01-01", "\ud800",
        "2026-12-17T08:00+23:59", "9999-12-31T23:59-23:59", "\x00\x1b[31m", "å", "A" * 10_000, "el", "swedbank",
        "system", "citizens", "nearest", "high",
    ]
)  # fmt: skip
odd_zones = st.sampled_from([None, UTC, timezone(timedelta(hours=23, minutes=59)), timezone(timedelta(seconds=-61))])
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**15, 10**400, -(10**400), 366, -1]),
    st.floats(),
    st.text(max_size=5),
    odd_texts,
    st.binary(max_size=3),
    st.dates(),
    st.datetimes(timezones=odd_zones),
    st.times(),
    st.builds(object),
)
keys = st.sampled_from(
    ["id", "provider", "any_of", "shares", "p50", "p90", "min", "mode", "max", "at", "days", "bank_days", "kind", "el"]
) | (st.none() | st.integers() | st.text(max_size=3) | st.just("\ud800"))
wrong = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=5
)


def check(network: Network | Scenario | None, findings: list[Finding]) -> None:
    """A network exactly when nothing is an error, and findings that can be shown."""
    assert (network is None) == any(finding.severity == "error" for finding in findings)
    for finding in findings:
        str(finding).encode()
        assert "\n" not in str(finding)
        assert finding.severity in ("error", "warning", "info")


def check_file(path: Path) -> None:
    """A file gives a network or findings, each with its place."""
    network, findings = beroenden.load(path)
    check(network, findings)
    lines = path.read_bytes().count(b"\n") + 1
    for finding in findings:
        assert finding.line is not None and finding.column is not None
        assert 1 <= finding.line <= lines + 1
        assert finding.column >= 1
    if network is not None:
        assert beroenden.build(tomllib.loads(beroenden.to_toml(network)))[0] == network


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


@pytest.fixture(scope="module")
def network() -> Network:
    return beroenden.load_or_raise(EXAMPLE)


@SAME_EXAMPLES
@given(raw=st.binary(max_size=200))
def test_random_bytes(raw: bytes, folder: Path) -> None:
    (folder / "bytes.toml").write_bytes(raw)
    check_file(folder / "bytes.toml")


PIECES = [
    "[model]",
    "[[entity]]",
    "[",
    "]",
    "{",
    "}",
    "=",
    '"',
    "'",
    '"""',
    "\n",
    ",",
    ".",
    "#",
    "id",
    "name",
    "1",
    "-",
]


@SAME_EXAMPLES
@given(pieces=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30))
def test_random_texts(pieces: list[str], folder: Path) -> None:
    (folder / "text.toml").write_bytes("".join(pieces).encode("utf-8", "surrogatepass"))
    check_file(folder / "text.toml")


@SAME_EXAMPLES
@given(
    path=st.sampled_from(VALID),
    cuts=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=4) | st.sampled_from([b"\n", b"1", b'"x"'])),
        min_size=1,
        max_size=3,
    ),
)
def test_damaged_files(path: Path, cuts: list[tuple[float, int, bytes]], folder: Path) -> None:
    raw = path.read_bytes()
    for where, length, instead in cuts:
        start = int(where * len(raw))
        raw = raw[:start] + instead + raw[start + length :]
    (folder / "damaged.toml").write_bytes(raw)
    check_file(folder / "damaged.toml")


@SAME_EXAMPLES
@given(path=st.sampled_from(VALID), data=st.data())
def test_files_with_lines_moved(path: Path, data: st.DataObject, folder: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    source, target = data.draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2))
    lines.insert(target, lines[source] if data.draw(st.booleans()) else lines.pop(source))
    (folder / "moved.toml").write_bytes(b"\n".join(lines))
    check_file(folder / "moved.toml")


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of everything inside tables and lists."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield (*path, key)
        yield from paths(one, (*path, key))


TABLES = tomllib.loads(EXAMPLE.read_text())
PATHS = list(paths(TABLES))


def replaced(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The example with another value in one place."""
    tables = copy.deepcopy(TABLES)
    around: Any = tables
    for key in path[:-1]:
        around = around[key]
    around[path[-1]] = value
    return tables


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_each_value_may_be_of_any_type(path: tuple[Any, ...]) -> None:
    odd = [None, True, -1, 10**400, 1.5, float("nan"), "", "\ud800", b"x", [], {}, [[]], [{}], {"a": []}, [None, None]]
    moments = [date(1, 1, 1), datetime(9999, 12, 31, 23, 59, tzinfo=timezone(timedelta(hours=-23))), time(1, 1, 1)]
    for value in odd + moments:
        check(*beroenden.build(replaced(path, value)))


@settings(SAME_EXAMPLES, max_examples=500)
@given(path=st.sampled_from(PATHS), value=wrong, other=st.sampled_from(PATHS), second=wrong)
def test_two_random_values_of_any_type(path: Any, value: Any, other: Any, second: Any) -> None:
    tables = replaced(path, value)
    around: Any = tables
    try:
        for key in other[:-1]:
            around = around[key]
        around[other[-1]] = second
    except (KeyError, IndexError, TypeError):
        reject()  # the first value has taken away the place of the second
    check(*beroenden.build(tables))


@SAME_EXAMPLES
@given(tables=wrong | st.dictionaries(st.sampled_from(["model", "entity", "window", "payment", "event"]), wrong))
def test_random_tables(tables: Any) -> None:
    check(*beroenden.build(tables))


def attempt(network: Network, *arguments: Any, **named: Any) -> None:
    """A scenario, or an error that a person can read."""
    try:
        scenario = build_scenario(network, *arguments, **named)
    except beroenden.UsageError as error:
        assert str(error).strip()
        str(error).encode()
    else:
        assert scenario.start < scenario.end


SPAN = st.fixed_dictionaries(
    {},
    optional={
        "entity": wrong | st.just("rix"),
        "payment": wrong | st.just("barnbidrag"),
        "start": wrong | st.just("2026-12-17T08:00"),
        "for": wrong | st.just("4h"),
        "end": wrong | st.just("2026-12-18T08:00"),
        "remaining": wrong,
        "share": wrong | st.floats(0, 1),
        "level": wrong | st.floats(0, 1),
        "odd": wrong,
    },
)


@SAME_EXAMPLES
@given(outages=wrong | st.lists(SPAN | wrong, max_size=3), pins=st.just([]) | st.lists(SPAN | wrong, max_size=2))
def test_a_scenario_of_wrong_values_raises_only_usage_errors(outages: Any, pins: Any, network: Network) -> None:
    attempt(network, outages, pins)


@SAME_EXAMPLES
@given(horizon=wrong | st.integers(-5, 10**12), at=wrong | st.integers(-5, 10**12))
def test_wrong_times_raise_only_usage_errors(horizon: Any, at: Any, network: Network) -> None:
    attempt(network, [{"entity": "rix", "start": "2026-12-17T08:00", "for": "4h"}], (), horizon, at)


@SAME_EXAMPLES
@given(pieces=st.lists(st.sampled_from([*PIECES, "[[outage]]", 'entity = "rix"', "start = 2026-12-17T08:00:00"])))
def test_random_scenario_files(pieces: list[str], folder: Path, network: Network) -> None:
    (folder / "scenario.toml").write_text("".join(pieces))
    check(*load_scenario(folder / "scenario.toml", network))
