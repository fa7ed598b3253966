"""What Windows does differently: names, held files, code pages, times, locales. Simulated, for it is not at hand."""

import ast
import json
import locale
import ntpath
import os
import subprocess
import sys
import zipfile
from pathlib import Path, PureWindowsPath

import pytest
from chain import network, tables
from click.testing import CliRunner
from exercise.example import exercise as example_exercise

import beroenden
from beroenden.cli.common import path_from
from beroenden.cli.main import commands
from beroenden.documents.exercise.folder import files
from beroenden.errors import why_unreadable
from beroenden.exercise.files.read import read_exercise
from beroenden.exercise.files.write import to_toml as exercise_toml
from beroenden.language import language
from beroenden.model.names import file_name
from beroenden.modelfiles import write
from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.write import to_toml
from beroenden.units.times import iso, parse_instant, time_zone

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "beroenden").rglob("*.py"))
OWN = ("beroenden", "models", "sample_data", "tests", "notebooks")
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
CLEARING = ("--outage", "clr", "--start", "2026-12-18T04:00", "--for", "5h")


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "OneDrive – Åsas verk" / "modell"
    path.mkdir(parents=True)
    beroenden.save(network(), path / "model.toml")
    return path


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for a device, or cannot have it at all."""
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved() or bool(FORBIDDEN & set(name)) or name[-1:] in (" ", ".")


def calls(tree: ast.AST):
    """Each call in a file: its name and itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", None) or getattr(node.func, "id", None), node


# Encodings, line ends and times


def faults(text: str):
    """Where a source leaves an encoding, a line end or a time to the system that it runs on."""
    for name, call in calls(ast.parse(text)):
        is_method, written = isinstance(call.func, ast.Attribute), ast.unparse(call)
        modes = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in ("fromtimestamp", "utcfromtimestamp"):
            yield call.lineno, "refuses times before 1970"
        if name == "read_text" and is_method and not call.args and not call.keywords:
            yield call.lineno, "read_text without encoding"
        if name == "open" and not written.startswith("archive.") and not any("b" in mode for mode in modes):
            yield call.lineno, "open in text mode"
        if name == "write_text" and is_method and not written.startswith("self."):
            yield call.lineno, "write_text makes \\r\\n of \\n"
        if "%-" in written and name == "strftime":
            yield call.lineno, "%- is no directive"


def test_nothing_is_left_to_the_system():
    found = {source.name: list(faults(source.read_text("utf-8"))) for source in SOURCES}
    assert len(found) > 200
    assert {name: told for name, told in found.items() if told} == {}
    wrong = "p.read_text()\nopen('x')\np.write_text('', 'utf-8')\ndatetime.fromtimestamp(0)\nt.strftime('%-d')"
    assert [line for line, _ in faults(wrong)] == [1, 2, 3, 4, 5]


def test_the_first_hour_is_before_1970_in_utc():
    zone = time_zone("Europe/Stockholm")
    assert parse_instant("1970-01-01T00:00", zone) == -60
    assert iso(-60, zone) == "1970-01-01T00:00+01:00"


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("Swedish_Sweden.1252", "sv"), ("sv-SE", "sv"), ("en-SE", "en"), ("C", "en"), ("Swedish", "sv")],
)
def test_the_locales_of_windows_are_understood(name, spoken, monkeypatch):
    for variable in ("BEROENDEN_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for function in ("setlocale", "_setlocale"):
        monkeypatch.setattr(locale, function, lambda category, wanted=None: name)
    assert language() == spoken


@pytest.mark.parametrize("settings", [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "cp850", "LC_ALL": "C"}])
def test_what_is_printed_is_utf_8_whatever_the_code_page(settings, model):
    environment = os.environ | {"PYTHONUTF8": "0", "BEROENDEN_LANG": "sv"} | settings
    arguments = [sys.executable, "-m", "beroenden", "simulate", str(model), *CLEARING]
    done = subprocess.run(arguments, env=environment, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    told = done.stdout.decode("utf-8")
    assert "Åtgärdas" in told
    assert "→" in told


def test_json_that_powershell_pipes_is_ascii(model, monkeypatch):
    whole = run("show", ROOT / "models/soes", "forsakringskassan", "--json", "-")
    assert "Försäkringskassan" in whole.stdout
    monkeypatch.setattr(sys, "platform", "win32")
    piped = run("show", ROOT / "models/soes", "forsakringskassan", "--json", "-")
    assert piped.stdout.isascii()
    assert json.loads(piped.stdout) == json.loads(whole.stdout)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "utf-8"])
def test_an_outcome_that_powershell_wrote_is_read(encoding, model, tmp_path):
    outcome = run("simulate", model, *CLEARING, "--json", "-").stdout
    saved = tmp_path / "utfall.json"
    saved.write_bytes(outcome.encode(encoding))
    done = run("view", model, "--outcome", saved, "-o", tmp_path / "karta.html")
    assert done.exit_code == 0, done.stderr


# Files that another program holds


def hold(monkeypatch, held: Path, times: int = 1000) -> list[Path]:
    """Let a file not be replaced or renamed, as when Excel has it open; the attempts are listed."""
    tried: list[Path] = []
    replace = os.replace

    def refused(source, target, **options):
        if Path(held) in (Path(source), Path(target)) and len(tried) < times:
            tried.append(Path(target))
            raise PermissionError(13, "Permission denied", str(target))
        return replace(source, target, **options)

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(write, "sleep", lambda seconds: None)
    return tried


def test_a_file_that_is_held_for_a_moment_is_written(tmp_path, monkeypatch):
    target = tmp_path / "karta.graphml"
    tried = hold(monkeypatch, target, times=2)
    write.write_bytes(target, b"new")
    assert target.read_bytes() == b"new"
    assert len(tried) == 2


def test_a_file_that_is_held_is_left_as_it_was_and_the_way_out_is_told(model, tmp_path, monkeypatch):
    target = tmp_path / "karta.graphml"
    target.write_bytes(b"old")
    hold(monkeypatch, target)
    done = run("export", "graphml", model, "-o", target)
    assert done.exit_code == 2
    assert "close it in Excel or Word" in " ".join(done.stderr.split())
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".tmp")] == []


def test_a_document_that_is_held_cannot_be_kept_aside_and_stays(model, tmp_path, monkeypatch):
    target = tmp_path / "form.xlsx"
    target.write_bytes(b"old")
    hold(monkeypatch, target)
    done = run("form", model, "--actor", "payer", "-o", target)
    assert done.exit_code == 2
    assert "close it in Excel or Word" in " ".join(done.stderr.split())
    assert "Internal error" not in done.stderr
    assert target.read_bytes() == b"old"


def test_a_model_that_is_held_is_not_edited(model, monkeypatch):
    before = (model / "model.toml").read_bytes()
    hold(monkeypatch, model / "model.toml")
    done = run("edit", "set", model, "clr", "name", "Clearingen")
    assert done.exit_code == 2
    assert "close it in Excel or Word" in " ".join(done.stderr.split())
    assert (model / "model.toml").read_bytes() == before
    assert not list(model.glob(".*.tmp"))


def test_a_log_that_is_held_gets_no_entry(model, tmp_path, monkeypatch):
    log = tmp_path / "logg.toml"
    begun = run("incident", "new", log, "--actor", "payer", "--name", "Prov", "--exercise", "--model", model)
    assert begun.exit_code == 0, begun.stderr
    before = log.read_bytes()
    hold(monkeypatch, log)
    done = run("incident", "add", log, "message", "--text", "Hej", "--audience", "internal")
    assert done.exit_code == 2
    assert "close it in Excel or Word" in " ".join(done.stderr.split())
    assert log.read_bytes() == before


def test_an_exercise_of_which_a_file_is_held_is_not_written_at_all(tmp_path, monkeypatch):
    folder = tmp_path / "ovning"
    scenario = ROOT / "sample_data/scenarios/clearing-fore-den-20e.toml"
    plan = (
        "exercise",
        "plan",
        ROOT / "models/soes",
        "--scenario",
        scenario,
        "--actors",
        "forsakringskassan",
        "-o",
        folder,
    )
    done = run(*plan, "--stages", 1, "--play-start", "2026-12-02 09.00")
    assert done.exit_code == 0, done.stderr
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    held, opened = folder / "spelledning" / "inspel.xlsx", Path.open

    def refused(self, mode="r", *arguments, **options):
        if self == held and "+" in mode:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, mode, *arguments, **options)

    monkeypatch.setattr(Path, "open", refused)
    done = run("exercise", "move", folder, "--to", "2026-12-03 10.00")
    assert done.exit_code == 2
    assert "inspel.xlsx" in "".join(done.stderr.split())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "words",
    [
        ("import", "form", "FILE.xlsx", "--into", "MODEL", "--dry-run"),
        ("import", "dora", "FILE.xlsx", "-o", "OUT"),
        ("import", "graphml", "FILE.graphml", "-o", "OUT"),
        ("import", "json", "FILE.json", "-o", "OUT"),
        ("template", "check", "FILE.docx"),
        ("view", "MODEL", "--outcome", "FILE.json", "-o", "OUT.html"),
        ("validate", "FILE.toml"),
    ],
)
def test_a_file_that_cannot_be_read_tells_the_way_out(words, model, tmp_path, monkeypatch):
    suffix = next(Path(word).suffix for word in words if word.startswith("FILE"))
    file = tmp_path / f"fil{suffix}"
    file.write_bytes(b"x")
    places = {"MODEL": model, f"FILE{suffix}": file, "OUT": tmp_path / "ut", "OUT.html": tmp_path / "ut.html"}
    opened = open

    def refused(path, *arguments, **options):
        if str(path) == str(file):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **options)

    monkeypatch.setattr("io.open", refused)  # all of pathlib goes through it
    done = run(*(places.get(word, word) for word in words))
    assert done.exit_code in (1, 2)
    assert "close it in Excel or Word" in " ".join((done.stdout + done.stderr).split())


def test_a_folder_is_called_a_folder_though_windows_says_that_access_is_denied(tmp_path, monkeypatch):
    monkeypatch.setattr("os.name", "nt")
    assert why_unreadable(tmp_path, PermissionError(13, "Permission denied")) == "it is a folder"


# Names


@pytest.mark.parametrize("id_", ["con", "prn", "aux", "nul", "com1", "lpt9", "csn", "con-a", "console", "com10"])
def test_an_id_as_a_file_name_is_no_device(id_):
    made = file_name(id_)
    assert not is_reserved(made)
    assert not is_reserved(f"{made}.xlsx")
    assert (made != id_) == is_reserved(id_)


def test_an_actor_called_con_gets_a_form_and_a_folder(tmp_path):
    text = to_toml(network()).replace('"payer"', '"con"')
    (tmp_path / "model.toml").write_text(text, "utf-8")
    done = run("form", tmp_path / "model.toml", "--all", "-o", tmp_path / "formular")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "formular" / "con_.xlsx").is_file()

    renamed = beroenden.load_or_raise(tmp_path / "model.toml")
    plan = exercise_toml(example_exercise(), network()).replace('"payer"', '"con"')
    (tmp_path / "ovning.toml").write_text(plan, "utf-8")
    exercise, findings = read_exercise(tmp_path / "ovning.toml", renamed)
    assert exercise is not None, findings
    paths = [file.path for file in files(exercise, renamed)]
    assert "spelare/con_/spelplan.ics" in paths
    assert not [path for path in paths if any(map(is_reserved, path.split("/")))]
    assert len({path.casefold() for path in paths}) == len(paths)


def test_the_own_files_have_names_that_windows_takes():
    ours = [path.relative_to(ROOT) for folder in OWN for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert len(ours) > 500
    assert not [path for path in ours if any(map(is_reserved, path.parts))]
    assert max(len(str(path)) for path in ours if "__pycache__" not in path.parts) < 140
    assert len({str(path).casefold() for path in ours}) == len(ours)


def test_a_file_whose_name_differs_in_case_is_the_same_file(model):
    opened = open_model(model)
    file = opened.add("window", {"id": "natt", "days": "all", "times": [["22:00:00", "06:00:00"]]}, file="Model.toml")
    assert file == model / "model.toml"


def test_a_model_is_read_in_the_same_order_where_paths_have_no_case(tmp_path, monkeypatch):
    made = {"B.toml": tables()["entity"][:1], "a.toml": tables()["entity"][1:2]}
    for name, entities in made.items():
        (tmp_path / name).write_text(f'[[entity]]\nid = "{entities[0]["id"]}"\nkind = "system"\n', "utf-8")
    monkeypatch.setattr(type(tmp_path), "__lt__", lambda one, other: str(one).lower() < str(other).lower())
    assert [file.name for file in open_model_files(tmp_path)] == ["B.toml", "a.toml"]


def open_model_files(path: Path) -> list[Path]:
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.read import model_files

    return model_files(path, Report())


def test_a_path_that_is_too_long_is_told(model, tmp_path, monkeypatch):
    def refused(path, content):
        raise FileNotFoundError(2, "No such file or directory", str(path))

    monkeypatch.setattr(write, "write_bytes", refused)
    deep = tmp_path.joinpath(*["en mapp med ett långt namn"] * 10, "karta.graphml")
    assert "too long for Windows" in " ".join(run("export", "graphml", model, "-o", deep).stderr.split())


# Bytes and processes


def test_a_workbook_has_the_same_bytes_from_every_system(model, tmp_path, monkeypatch):
    made = []
    for place, platform in enumerate(("linux", "win32")):
        monkeypatch.setattr(sys, "platform", platform)
        assert zipfile.ZipInfo("x").create_system == (0 if platform == "win32" else 3)
        target = tmp_path / str(place) / "form.xlsx"
        assert run("form", model, "--actor", "payer", "-o", target).exit_code == 0
        made.append(target.read_bytes())
    assert made[0] == made[1]


def test_windows_waits_for_no_more_than_61_processes(monkeypatch):
    from beroenden.consequences.batch import sweep

    asked = []

    class Pool:
        def __init__(self, processes, *rest):
            asked.append(processes)

        def shutdown(self, **options):
            pass

    monkeypatch.setattr(sweep, "ProcessPoolExecutor", Pool)
    for platform in ("win32", "linux"):
        monkeypatch.setattr(sys, "platform", platform)
        assert list(sweep._on_processes(None, (), 100)) == []
    assert asked == [61, 100]


SCRIPT = """
import beroenden
from beroenden.consequences.batch.chunk import batch_model
from beroenden.consequences.batch.sweep import Sweep
from beroenden.engine.batch.scenarios import n_minus_k
from beroenden.engine.compiled import compiled
GUARD
    network = beroenden.load_or_raise(MODEL)
    series = n_minus_k(compiled(network), [29_700_000], 600, k=1, chunk=2)
    print(sum(len(results) for _, results in Sweep(batch_model(network), series, processes=2)))
"""


@pytest.mark.sweep
@pytest.mark.parametrize(("guard", "is_done"), [('if __name__ == "__main__":', True), ("if True:", False)])
def test_processes_that_are_started_afresh(guard, is_done, model, tmp_path):
    script = tmp_path / "skript.py"
    script.write_text(SCRIPT.replace("GUARD", guard).replace("MODEL", repr(str(model))), "utf-8")
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, timeout=120)
    last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    assert (done.returncode == 0) is is_done, last
    if is_done:
        assert int(done.stdout) == len(network().entities)
    else:
        assert "One of the processes died" in last[0]


def test_a_path_on_another_drive_is_given_whole(tmp_path, monkeypatch):
    def refused(path, start):
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    assert path_from(tmp_path / "modell", tmp_path / "loggar") == "../modell"
    monkeypatch.setattr(os.path, "relpath", refused)
    assert path_from(tmp_path / "modell", tmp_path / "loggar") == (tmp_path / "modell").as_posix()
