"""A log on disk: what is read, what is refused, and that nothing appended is ever lost or half."""

import multiprocessing
import os
import random
import re
import stat
import sys
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from chain import network
from filelock import FileLock, Timeout

from beroenden.errors import FaultyFilesError, UsageError
from beroenden.incident.log import write as logwrite
from beroenden.incident.log.entries import (
    Claim,
    Closed,
    Decision,
    Issued,
    Measure,
    Message,
    Observation,
    OutageEntry,
    Received,
    Request,
)
from beroenden.incident.log.read import load_log, named_model, read_log
from beroenden.incident.log.write import append, new
from beroenden.model.entities import Pert
from beroenden.units.times import parse_instant, time_zone

FILES = sorted((Path(__file__).parent / "files").glob("*.toml"))
ZONE = time_zone("Europe/Stockholm")
EVERYTHING = [
    {
        "kind": "outage",
        "time": "2026-12-16T08:40",
        "source": "Bankgirots driftinformation, telefon",
        "status": "confirmed",
        "tlp": "TLP:GREEN",
        "disclose": True,
        "entity": "clr",
        "start": "2026-12-16T08:10:00+01:00",
        "for": {"min": "2h", "mode": "6h", "max": "20h"},
    },
    {"kind": "outage", "time": "2026-12-16T08:41", "payment": "allowance", "share": 0.5, "start": "2026-12-16T08:10"},
    {
        "kind": "observation",
        "time": "2026-12-16T08:50",
        "text": 'Å\n"två" \\ rader',
        "entity": "b1",
        "level": 0.4,
        "until": "2026-12-16T12:00",
    },
    {
        "kind": "measure",
        "time": "2026-12-16T09:00",
        "type": "operational",
        "text": "Reserv",
        "owner": "Driftchef",
        "due": "2026-12-16T11:00",
        "progress": "done",
        "done": "2026-12-16T08:55",
        "intended_effect": "Fil i tid",
        "effect": "partly",
        "concerns": ["clr", "allowance"],
    },
    {
        "kind": "decision",
        "time": "2026-12-16T09:01",
        "text": "Delge",
        "by": "Krisledare",
        "discloses": ["prognos.betalningar"],
    },
    {
        "kind": "message",
        "time": "2026-12-16T09:02",
        "audience": "external",
        "text": "Sen",
        "channel": "webb",
        "concerns": ["allowance"],
    },
    {
        "kind": "request",
        "time": "2026-12-16T09:03",
        "type": "help",
        "to": "b2",
        "text": "Kan ni?",
        "role": "Krisledare",
        "due": "2026-12-16T10:00",
        "answered": "2026-12-16T09:50",
        "answer": "Ja",
    },
    {
        "kind": "received",
        "time": "2026-12-16T09:04",
        "sender": "b1",
        "sender_name": "Bank one",
        "number": 2,
        "at": "2026-12-16T09:00",
        "approved_by": "Krisledare",
        "hash": "ab",
        "statement": [
            {
                "section": "fakta.handelse",
                "text": "Avbrott",
                "status": "bekräftad",
                "said": "2026-12-16T08:55",
                "tlp": "TLP:GREEN",
                "claims": [{"subject": "clr", "aspect": "start", "value": "2026-12-16T08:10+01:00"}],
            },
            {"section": "fakta.handelse", "text": "Två", "status": "okänd"},
        ],
    },
    {
        "kind": "issued",
        "time": "2026-12-16T09:05",
        "form": "intern",
        "number": 1,
        "at": "2026-12-16T09:00",
        "to": "b2",
        "approved_by": "Krisledare",
        "model_hash": "cd",
        "claims": [{"subject": "clr", "aspect": "start", "value": "x"}],
    },
    {"kind": "closed", "time": "2026-12-16T13:00", "text": "Över"},
    {"kind": "withdrawn", "time": "2026-12-16T13:05", "text": "Avsåg annat", "supersedes": "observation-1"},
]


@pytest.fixture
def path(tmp_path) -> Path:
    made = tmp_path / "logg.toml"
    begin(made)
    return made


def begin(path, **more):
    values = {"actor": "payer", "name": "Störning", "is_exercise": True, "model": "model", "incident_id": "i"}
    return new(path, opened=instant("2026-12-16T08:40"), network=network(), **{**values, **more})


def instant(text):
    return parse_instant(text, ZONE)


def seen(text="Ett", moment="2026-12-16T08:50", **more):
    return {"kind": "observation", "time": moment, "text": text, **more}


def expected(file):
    return re.findall(r"^# expect: (.+)$", file.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_invalid_log_gives_exactly_its_findings(file):
    log, findings = read_log(file, network())
    told = [
        " ".join(filter(None, (f"{one.line}:{one.column}", one.severity, one.code, one.suggestion))) for one in findings
    ]
    assert told == expected(file)
    assert file.stem[:4] in " ".join(told)
    assert (log is None) == any(one.severity == "error" for one in findings)


def test_every_code_of_logs_has_an_invalid_file():
    sources = Path(logwrite.__file__).parent.glob("*.py")
    written = {code for source in sources for code in re.findall(r'"(B9\d\d)"', source.read_text("utf-8"))}
    assert written == {code for file in FILES for code in re.findall(r"B9\d\d", " ".join(expected(file)))}


def test_what_is_appended_is_read_back(path):
    ids = append(path, EVERYTHING, network())
    assert ids == [
        "outage-1", "outage-2", "observation-1", "measure-1", "decision-1", "message-1", "request-1", "received-1",
        "issued-1", "closed-1", "withdrawn-1",
    ]  # fmt: skip
    log, findings = load_log(path, network())
    assert findings == []
    outage = log.of(OutageEntry)[0]
    assert outage.time == instant("2026-12-16T08:40")
    assert outage.outage.start == instant("2026-12-16T08:10")
    assert outage.outage.length == Pert(120, 360, 1200)
    assert (outage.actor, outage.status, outage.disclose, log.label(outage)) == (
        "payer",
        "confirmed",
        True,
        "TLP:GREEN",
    )
    assert log.of(OutageEntry)[1].outage.share == 0.5
    (observation,) = log.of(Observation)
    assert (observation.text, observation.level, observation.until) == (
        'Å\n"två" \\ rader',
        0.4,
        instant("2026-12-16T12:00"),
    )
    (measure,) = log.of(Measure)
    assert (measure.done, measure.concerns) == (instant("2026-12-16T08:55"), ("clr", "allowance"))
    assert log.of(Decision)[0].discloses == ("prognos.betalningar",)
    assert log.of(Message)[0].channel == "webb"
    assert log.of(Request)[0].answered == instant("2026-12-16T09:50")
    (received,) = log.of(Received)
    assert received.at == instant("2026-12-16T09:00")
    assert [(one.text, one.said) for one in received.statements] == [
        ("Avbrott", instant("2026-12-16T08:55")),
        ("Två", None),
    ]
    assert received.statements[0].claims == (Claim("clr", "start", "2026-12-16T08:10+01:00"),)
    assert log.of(Issued)[0].claims == (Claim("clr", "start", "x"),)
    assert log.of(Closed)[0].text == "Över"
    assert log.is_closed


def test_instants_can_be_minutes(path):
    append(path, [{**EVERYTHING[7], "time": instant("2026-12-16T09:04"), "at": instant("2026-12-16T09:00")}], network())
    append(path, [{**EVERYTHING[7]}], network())
    first, second = load_log(path, network())[0].of(Received)
    assert (first.time, first.at, first.statements) == (second.time, second.at, second.statements)


def test_a_log_can_be_read_without_its_model(path):
    append(path, [*EVERYTHING[:-1], seen(entity="no-such", actor="nor-this")])
    assert read_log(path)[1] == []
    assert {one.code for one in read_log(path, network())[1]} == {"B301"}


def test_the_model_is_found_from_the_log(path):
    assert named_model(path) == path.resolve().parent / "model"


def test_entries_are_in_order_of_time_and_those_of_one_time_as_in_the_file(path):
    append(path, [seen("b"), {**EVERYTHING[5], "time": "2026-12-16T08:50"}, seen("c"), seen("a", "2026-12-16T08:45")])
    log, findings = load_log(path)
    assert [entry.id for entry in log.entries] == ["observation-3", "observation-1", "message-1", "observation-2"]
    assert findings == []


def test_what_is_logged_later_says_when(path):
    now = int(time.time() // 60)
    append(path, [{"kind": "observation", "text": "now"}, seen("then")])
    then, here = sorted(load_log(path)[0].entries, key=lambda entry: entry.text, reverse=True)
    assert abs(then.logged - now) <= 1
    assert (here.logged, abs(here.time - now) <= 1) == (None, True)


def test_the_old_text_stays_byte_for_byte(path):
    old = b"\xef\xbb\xbf# hand-written\r\n" + path.read_bytes().replace(b"\n", b"\r\n") + b"# and so on"
    path.write_bytes(old)
    append(path, [seen()])
    assert path.read_bytes().startswith(old + b"\n")
    assert len(load_log(path)[0].entries) == 1


@pytest.mark.parametrize(
    ("entries", "code", "where"),
    [
        ([seen(), seen(entity="clrr")], "B301", "observation[1].entity"),
        ([seen(status="sure")], "B207", "observation[0].status"),
        ([{"kind": "measure", "type": "operational"}], "B203", "measure[0]"),
        ([seen(moment="today")], "B211", "observation[0].time"),
        ([seen(id="observation-1")], "B901", "observation[0].id"),
        ([seen(supersedes="observation-7")], "B902", "observation[0].supersedes"),
        ([seen(levl=1)], "B201", "observation[0].levl"),
    ],
)
def test_a_faulty_entry_leaves_the_file_as_it_was(path, entries, code, where):
    append(path, [seen()], network())
    old = path.read_bytes()
    with pytest.raises(FaultyFilesError) as caught:
        append(path, entries, network())
    assert [(one.code, one.where) for one in caught.value.findings] == [(code, where)]
    assert path.read_bytes() == old


def test_a_faulty_log_is_not_written_to(path):
    path.write_text(path.read_text("utf-8").replace("exercise", "exercis"), "utf-8")
    old = path.read_bytes()
    with pytest.raises(FaultyFilesError, match=r"logg\.toml:1:1: error B203"):
        append(path, [seen()], network())
    assert path.read_bytes() == old


def test_an_unknown_kind_is_refused(path):
    with pytest.raises(UsageError, match="outage, observation"):
        append(path, [{"kind": "rumour", "text": "x"}])


def test_a_label_is_lowered_only_with_a_record(path):
    append(path, [seen(tlp="TLP:RED")])
    with pytest.raises(UsageError, match="TLP:RED to TLP:GREEN"):
        append(path, [seen(tlp="TLP:GREEN", supersedes="observation-1")])
    with pytest.raises(UsageError, match=re.escape("TLP:RED to TLP:AMBER+STRICT")):
        append(path, [seen(supersedes="observation-1")])
    record = {"lowered_from": "TLP:RED", "lowered_by": "Krisledare"}
    append(path, [seen(tlp="TLP:GREEN", supersedes="observation-1", **record)])
    assert load_log(path)[0].entries[1].lowered_by == "Krisledare"
    assert load_log(path)[1] == []


def test_an_entry_is_corrected_once_and_the_newest_is_named(path):
    append(path, [seen()])
    append(path, [seen("Två", supersedes="observation-1")])
    append(path, [seen("Tre", supersedes="observation-2")])
    old = path.read_bytes()
    with pytest.raises(UsageError, match=r"most recently by observation-3.*--supersedes observation-3"):
        append(path, [seen("Fyra", supersedes="observation-1")])
    assert path.read_bytes() == old


def test_two_corrections_at_once_are_refused(path):
    append(path, [seen()])
    old = path.read_bytes()
    with pytest.raises(UsageError, match=r"observation\[1\].supersedes.*by observation-2"):
        append(path, [seen("Två", supersedes="observation-1"), seen("Tre", supersedes="observation-1")])
    assert path.read_bytes() == old


def test_of_writers_that_correct_one_entry_at_a_time_one_succeeds(path):
    append(path, [seen()])
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda number: _correct(path, number), range(6)))
    assert sorted(told) == [False] * 5 + [True]
    assert len(load_log(path)[0].entries) == 2


def _correct(path, number):
    try:
        append(path, [seen(str(number), supersedes="observation-1")])
    except UsageError:
        return False
    return True


def test_a_closing_is_opened_once(path):
    append(path, [{"kind": "closed", "time": "2026-12-16T13:00"}])
    append(path, [seen(moment="2026-12-16T13:10", supersedes="closed-1")])
    with pytest.raises(UsageError, match="Leave out --supersedes"):
        append(path, [seen(moment="2026-12-16T13:20", supersedes="closed-1")])


def test_a_guard_sees_the_log_under_the_lock_and_can_refuse(path):
    append(path, [seen()])
    old = path.read_bytes()
    met = []

    def guard(log):
        met.append([entry.id for entry in log.entries])
        with pytest.raises(Timeout):
            FileLock(path.with_name(".logg.toml.lock"), timeout=0).acquire()
        raise UsageError("taken")

    with pytest.raises(UsageError, match="taken"):
        append(path, [seen("Två")], guard=guard)
    assert met == [["observation-1"]]
    assert path.read_bytes() == old
    assert append(path, [seen("Två")], guard=lambda log: None) == ["observation-2"]


def test_a_withdrawn_outage_says_of_what(path):
    append(path, EVERYTHING[:2], network())
    append(
        path, [seen("Larmet var falskt", supersedes="outage-1"), seen("Filen kom", supersedes="outage-2")], network()
    )
    first, second = load_log(path, network())[0].of(Observation)
    assert (first.entity, first.text, second.entity) == ("clr", "Larmet var falskt", None)


def test_the_lock_is_hidden_and_harmless_when_left(path, tmp_path):
    append(path, [seen()])
    assert [one.name for one in tmp_path.iterdir() if not one.name.startswith(".")] == ["logg.toml"]
    (tmp_path / ".logg.toml.lock").touch()
    append(path, [seen("Två")])
    assert len(load_log(path)[0].entries) == 2


def test_a_closed_incident_is_opened_by_superseding_the_closing(path):
    append(path, [{"kind": "closed", "time": "2026-12-16T13:00"}])
    with pytest.raises(UsageError, match=r'withdraw ".*" closed-1'):
        append(path, [seen()])
    append(path, [EVERYTHING[8]])
    append(path, [seen(moment="2026-12-16T13:10", supersedes="closed-1")])
    append(path, [seen(moment="2026-12-16T13:20")])
    assert not load_log(path)[0].is_closed


def test_text_that_no_file_can_hold_is_replaced(path):
    append(path, [seen("a\x00b\udcffc")])
    assert load_log(path)[0].entries[0].text == "a\ufffdb\ufffdc"


@pytest.mark.parametrize("entry", EVERYTHING, ids=lambda entry: entry["kind"])
def test_a_log_cut_anywhere_in_its_last_entry_is_read_and_written_on(path, entry):
    append(path, [seen()])
    kept = path.read_bytes()
    append(path, [entry], network())
    whole = path.read_bytes()
    for end in range(len(kept), len(whole)):
        path.write_bytes(whole[:end])
        log, findings = read_log(path, network())
        assert log is not None, (whole[len(kept) : end], findings)
        assert "observation-1" in log.entry
        assert {one.code for one in findings} <= {"B904", "B906"}
    for end in range(len(kept) + 1, len(whole) - 1, 29):
        path.write_bytes(whole[:end])
        is_closed = load_log(path, network())[0].is_closed
        reopening = {"supersedes": "closed-1"} if is_closed else {}
        (given,) = append(path, [seen("after", "2026-12-16T14:00", **reopening)], network())
        log, findings = load_log(path, network())
        assert {one.code for one in findings} <= {"B904"}
        assert log.entry[given].text == "after"
        assert "observation-1" in log.entry


MISTAKES = [
    ('[[outage]]\nid = "outage-1"\ntime = 2026-12-16T09:00:00\nstart = 2026-12-16T08:10:00\nentity = "cls"', "B301", "clr"),
    ('[[outage]]\nid = "outage-1"\nentity = "clr"\nstart = 2026-12-16T08:10:00\nremaining = 0,4', "B104", None),
    ('[[outage]]\nid = "outage-1"\nremaining = 0,4\nentity = "clr"\nstart = 2026-12-16T08:10:00', "B104", None),
    ('[[measure]]\nid = "measure-1"\ntime = 2026-12-16T09:00:00\ntext = "x"', "B203", None),
    ('[[outage]]\nid = "outage-1"\ntime = 2026-12-16T09:00:00\nstart = 2026-12-16T08:10:00', "B213", None),
    ('[[received]]\nid = "received-1"\ntime = 2026-12-16T09:00:00\nsender = "b1"\n[[received.statement]]\ntext = "x"\nstatus = "okänd"', "B203", None),
    ('[[observation]]\nid = "observation-2"\ntime = 2026-12-16T09:00:00\ntext = "x"\nstatus = "confirmd"', "B207", "confirmed"),
    ('[[observation]]\nid = "observation-2"\ntime = 2026-12-16T09:00:00\ntext = "x"\ntext = "y"', "B104", None),
    ('[[observation]]\nid = "observation-2"\ntime = 2026-12-16\ntext = "x"', "B202", None),
]  # fmt: skip


@pytest.mark.parametrize("end", ["", "\n"], ids=["cut", "whole"])
@pytest.mark.parametrize(("entry", "code", "suggestion"), MISTAKES)
def test_a_mistake_in_the_last_entry_is_an_error_and_drops_nothing(path, entry, code, suggestion, end):
    append(path, [seen()])
    path.write_text(path.read_text("utf-8") + "\n" + entry + end, "utf-8")
    log, findings = read_log(path, network())
    assert log is None
    assert [(one.code, one.suggestion) for one in findings if one.severity == "error"] == [(code, suggestion)]
    old = path.read_bytes()
    with pytest.raises(FaultyFilesError, match=code):
        append(path, [seen("Två")], network())
    assert path.read_bytes() == old


@pytest.mark.parametrize("end", [b"", b"\n"], ids=["cut", "whole"])
def test_a_last_entry_that_is_not_utf_8_is_an_error(path, end):
    append(path, [seen()])
    entry = '\n[[observation]]\nid = "observation-2"\ntime = 2026-12-16T09:00:00\ntext = "Återställt"'
    path.write_bytes(path.read_bytes() + entry.encode("latin-1") + end)
    log, findings = read_log(path, network())
    assert (log, [one.code for one in findings]) == (None, ["B103"])


def test_a_broken_end_is_kept_as_comments(path):
    append(path, [seen()])
    path.write_bytes(path.read_bytes() + b'\n[[observation]]\nid = "observation-2"\ntext = "Tv\xc3\x00')
    append(path, [seen("Tre")])
    text = path.read_text("utf-8")
    assert (
        '# trasig post: [[observation]]\n# trasig post: id = "observation-2"\n# trasig post: text = "Tv\\xc3\\u0000\n'
        in text
    )
    assert [entry.text for entry in load_log(path)[0].entries] == ["Ett", "Tre"]


def test_zeros_that_a_power_cut_left_are_no_entry(path):
    append(path, [seen()])
    path.write_bytes(path.read_bytes() + bytes(4096))
    log, findings = load_log(path)
    assert [entry.id for entry in log.entries] == ["observation-1"]
    assert [one.code for one in findings] == ["B906"]


def test_a_log_is_begun_once(path):
    old = path.read_bytes()
    with pytest.raises(UsageError, match="already"):
        begin(path)
    assert path.read_bytes() == old


@pytest.mark.parametrize(("given", "code"), [({"tlp": "AMBR"}, "B206"), ({"actor": "payr"}, "B301")])
def test_a_log_that_would_not_read_is_not_begun(tmp_path, given, code):
    with pytest.raises(FaultyFilesError, match=code):
        begin(tmp_path / "new.toml", **given)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_says_why(path, tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        begin(tmp_path / "none" / "logg.toml")
    with pytest.raises(UsageError, match="incident new"):
        append(tmp_path / "none.toml", [seen()])
    path.chmod(0o444)
    with pytest.raises(UsageError, match="read-only"):
        append(path, [seen()])


def test_a_full_disk_leaves_the_file_as_it_was(path, monkeypatch):
    old = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logwrite, "write_text", full)
    with pytest.raises(UsageError, match="No space left"):
        append(path, [seen()])
    assert path.read_bytes() == old


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_permissions_stay_as_the_owner_set_them(path):
    path.chmod(0o600)
    append(path, [seen()])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_to_a_log_stays_a_link(path, tmp_path):
    link = tmp_path / "link.toml"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("no links here")
    append(link, [seen()])
    assert link.is_symlink()
    assert len(load_log(path)[0].entries) == 1


def test_a_busy_log_names_the_lock(path, monkeypatch):
    monkeypatch.setattr(logwrite, "PATIENCE", 0.05)
    with FileLock(path.with_name(f".{path.name}.lock")), pytest.raises(UsageError, match=r"\.logg\.toml\.lock"):
        append(path, [seen()])


def _keep_appending(path, name, count, done):
    """Append entries and note each that was: the note comes after the append has returned."""
    with Path(done).open("a", encoding="utf-8") as notes:
        for number in range(count):
            append(path, [seen(f"{name}.{number}.a"), seen(f"{name}.{number}.b")])
            notes.write(f"{name}.{number}\n")
            notes.flush()
            os.fsync(notes.fileno())


def test_writers_that_are_killed_lose_nothing_and_leave_nothing_half(path, tmp_path):
    spawn = multiprocessing.get_context("spawn")
    notes = [tmp_path / f"done-{name}" for name in range(8)]
    workers = [
        spawn.Process(target=_keep_appending, args=(path, name, 16, notes[name]), daemon=True) for name in range(8)
    ]
    for worker in workers:
        worker.start()
    for worker in workers[:4]:
        while not path.stat().st_size > 2000 and any(one.is_alive() for one in workers):
            time.sleep(0.01)
        time.sleep(random.uniform(0.05, 0.3))
        worker.kill()
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers[4:]] == [0] * 4
    assert any(worker.exitcode != 0 for worker in workers[:4])
    log, findings = load_log(path)
    assert findings == []
    texts = [entry.text for entry in log.entries]
    assert len(texts) == len(set(texts)) == len({entry.id for entry in log.entries})
    appended = [line for note in notes if note.exists() for line in note.read_text("utf-8").split()]
    assert {f"{one}.{half}" for one in appended for half in "ab"} <= set(texts)
    assert {one[:-2] for one in texts if one.endswith("a")} == {one[:-2] for one in texts if one.endswith("b")}
    append(path, [seen("last")])
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_a_thousand_entries_are_read_in_half_a_second(path):
    append(path, [seen(f"Uppgift {number}", entity="b1") for number in range(1000)], network())
    model = network()
    start = time.perf_counter()
    log, _ = load_log(path, model)
    assert time.perf_counter() - start < 0.5
    assert len(log.entries) == 1000


def test_the_file_is_plain_toml(path):
    append(path, EVERYTHING, network())
    tables = tomllib.loads(path.read_text("utf-8"))
    assert list(tables) == ["incident", *(entry["kind"] for entry in EVERYTHING[1:])]
