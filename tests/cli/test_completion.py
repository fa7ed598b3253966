"""What a shell completes: through click's classes, as a shell's process, and how long it takes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from chain import network
from click.shell_completion import BashComplete, get_completion_class
from click.testing import CliRunner

import beroenden
from beroenden.cli.completion import ASKED, register_shells
from beroenden.cli.main import commands

SOES = Path("models/soes").resolve()


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "Öppen mapp" / "modell"
    path.mkdir(parents=True)
    beroenden.save(network(), path / "model.toml")
    return path


def completed(*words: object) -> list[str]:
    """What is proposed for the last word."""
    *before, begun = map(str, words)
    return [item.value for item in BashComplete(commands, {}, "beroenden", ASKED).get_completions(before, begun)]


def test_commands_and_options_are_completed():
    assert completed("exp") == ["explain", "export"]
    assert completed("export", "g") == ["graphml"]
    assert completed("simulate", "models/soes", "--sc") == ["--scenario"]
    assert completed("gaps", "models/soes", "--kind", "cap") == ["capability"]
    assert completed("completion", "p") == ["powershell"]


def test_opening_hours_are_completed_where_they_are_shown():
    assert completed("show", SOES, "kontorsti") == ["kontorstid"]
    assert completed("explain", SOES, "kontorsti") == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show",), ["clr", "clearing"]),
        (("simulate", "--outage"), ["clr"]),
        (("cutsets", "--target"), ["clr", "clearing"]),
        (("gaps", "--payment"), ["clearing"]),
    ],
)
def test_ids_of_the_model_are_completed(words, told, tmp_path):
    text = """
    [[entity]]
    id = "clr"
    kind = "system"
    [[entity]]
    id = "other"
    kind = "system"
    [[payment]]
    id = "clearing"
    """
    (tmp_path / "model.toml").write_text(text, "utf-8")
    command, *options = words
    assert completed(command, tmp_path, *options, "cl") == told


def test_the_model_may_stand_after_the_option(model):
    assert "clr" in completed("simulate", "--outage", "clr", model, "--outage", "c")


def test_actors_are_those_that_answer_for_themselves():
    found = completed("form", SOES, "--actor", "")
    assert {"forsakringskassan", "bankgirot"} < set(found)
    assert not {"fk-utbetalning", "barnfamiljer"} & set(found)


def test_in_a_list_the_last_id_is_completed_and_none_twice():
    found = completed("exercise", "plan", SOES, "--actors", "csn,pensionsmyndigheten,")
    assert "csn,pensionsmyndigheten,forsakringskassan" in found
    assert not [one for one in found if one.endswith(",csn")]


def test_a_reader_is_an_actor_or_a_label():
    assert {"csn", "TLP:AMBER"} < set(completed("view", SOES, "--to", ""))


def test_labels_come_before_actors():
    for words in (("view", SOES, "--tlp", ""), ("export", "graphml", SOES, "--to", "")):
        assert completed(*words)[:5] == ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("set", SOES, "csn-utbetalning", "rt"), ["rto", "rta", "rta_tested"]),
        (("set", SOES, "csn", "needs.csn-u"), ["needs.csn-utbetalning."]),
        (("set", SOES, "csn", "needs.telia.end"), ["needs.telia.endurance"]),
        (("set", SOES, "barnbidrag", "stage.clearing.cut"), ["stage.clearing.cutoff"]),
        (("set", SOES, "csn", "contact.r"), ["contact.role"]),
        (("set", SOES, "window:kontorstid", "d"), ["days"]),
        (("set", SOES, "audience:csn", ""), ["actor", "tlp"]),
        (("set", SOES, "nobody", ""), []),
        (("remove", SOES, "csn", "needs.csn-u"), ["needs.csn-utbetalning."]),
        (("set", SOES, "csn", "owner", "bankg"), ["bankgirot"]),
        (("set", SOES, "csn", "confidence", ""), ["low", "medium", "high"]),
        (("add", SOES, "need", "prov"), ["provider="]),
        (("add", SOES, "need", "provider=bankg"), ["provider=bankgirot"]),
        (("add", SOES, "entity", "id=x", "owner=riksg"), ["owner=riksgalden"]),
    ],
)
def test_keys_and_values_of_an_edit_are_completed(words, told):
    found = completed("edit", *words)
    assert found[: len(told) or None] == told


def test_a_name_is_completed_to_its_id():
    assert completed("show", SOES, "Bankg")[0] == "bankgirot"
    assert "forsakringskassan" in completed("form", SOES, "--actor", "Fö")


def test_a_log_gives_the_ids_of_its_model():
    log = Path("sample_data/incidents/bankgirot.toml").resolve()
    assert "bankgirot" in completed("incident", "add", log, "outage", "--entity", "bankg")


def test_names_are_told_beside_the_ids(model):
    found = BashComplete(commands, {}, "beroenden", ASKED).get_completions(["show", str(SOES)], "barnbidrag")
    assert [(item.value, item.help) for item in found] == [("barnbidrag", "Barnbidrag och flerbarnstillägg")]


def test_json_goes_to_a_file():
    found = BashComplete(commands, {}, "beroenden", ASKED).get_completions(["show", str(SOES), "--json"], "u")
    assert [(item.type, item.value) for item in found] == [("file", "u")]


@pytest.mark.parametrize(
    "content",
    [
        b'[[entity]]\nid = "clr',
        b"\xff\xfe\x00",
        b"entity = 1",
        b"entity = [1, {id = 2}, {name = 3}]",
        b'[[entity]]\nid = "$(touch x)"\n[[entity]]\nid = "a b"',
        b"x = " + b"[" * 5000,
    ],
)
def test_a_broken_model_gives_no_completions(content, tmp_path):
    (tmp_path / "model.toml").write_bytes(content)
    assert completed("show", tmp_path, "") == []
    assert completed("incident", "add", tmp_path / "model.toml", "outage", "--entity", "") == []


def test_no_model_gives_no_completions(tmp_path):
    for path in (tmp_path / "none", tmp_path, "\0", "~nobody-of-that-name/x"):
        assert completed("show", path, "") == []


def test_a_name_cannot_steer_the_terminal(tmp_path):
    (tmp_path / "model.toml").write_text('entity = [{id = "a", name = "Two\\nlines \\u001b[2J"}]', "utf-8")
    found = BashComplete(commands, {}, "beroenden", ASKED).get_completions(["show", str(tmp_path)], "")
    assert [item.help for item in found] == ["Two lines �[2J"]


def test_powershell_keeps_backslashes_and_spaces(monkeypatch):
    register_shells()
    way = get_completion_class("powershell")
    assert way is not None
    monkeypatch.setenv("COMP_WORDS", "beroenden\nshow\nC:\\Users\\Åsa Öst\\OneDrive - Verket\\modell")
    monkeypatch.setenv("COMP_CWORD", "'ban")
    made = way(commands, {}, "beroenden", ASKED)
    assert made.get_completion_args() == (["show", "C:\\Users\\Åsa Öst\\OneDrive - Verket\\modell"], "ban")


def test_powershell_is_told_ids_and_names_and_completes_files_itself(model):
    def asked(*words: object, begun: str = "") -> list[list[str]]:
        settings = {ASKED: "powershell_complete", "COMP_WORDS": "\n".join(map(str, words)), "COMP_CWORD": begun}
        done = subprocess.run([sys.executable, "-m", "beroenden"], env=os.environ | settings, capture_output=True)
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        return [line.split("\t") for line in done.stdout.decode().splitlines() if line]

    assert ["forsakringskassan", "Försäkringskassan"] in asked("beroenden", "show", SOES, begun="fors")
    assert asked("beroenden", "show", model.parent.name, begun="") == []
    assert asked("beroenden", "show") == []
    assert ["--json", "Write the result as JSON to a file; - is stdout."] in asked(
        "beroenden", "show", model, begun="--"
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_is_plain_text_that_any_code_page_has(shell):
    done = CliRunner().invoke(commands, ["completion", shell])
    assert done.exit_code == 0
    assert done.stdout_bytes.isascii()
    assert b"\r" not in done.stdout_bytes
    assert f"{ASKED}".encode() in done.stdout_bytes
    told = json.loads(CliRunner().invoke(commands, ["completion", shell, "--json", "-"]).stdout)
    assert told["script"].encode() == done.stdout_bytes
    assert told["line"] in CliRunner().invoke(commands, ["completion", "--help"]).stdout


def test_an_unknown_shell_is_refused():
    done = CliRunner().invoke(commands, ["completion", "csh"])
    assert done.exit_code == 2
    assert "powershell" in done.stderr


def _with_program(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that finds `beroenden`."""
    program = tmp_path / "bin" / "beroenden"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m beroenden "$@"\n', "utf-8")
    program.chmod(0o755)
    return os.environ | {"PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)}


def _bash() -> str | None:
    found = shutil.which("bash")
    said = subprocess.run([found, "--version"], capture_output=True).stdout.decode() if found else ""
    version = re.search(r"version (\d+)\.(\d+)", said)
    return found if version and (int(version[1]), int(version[2])) >= (4, 4) else None


def typed_in_bash(tmp_path: Path, *lines: str) -> list[str]:
    """What stands on the command line of a bash of one's own after each of some lines and a tab."""
    import pty
    import select

    environment = _with_program(tmp_path) | {"PS1": "", "TERM": "dumb", "INPUTRC": "/dev/null"}
    main, terminal = pty.openpty()
    bash = subprocess.Popen(
        [str(_bash()), "--norc", "--noprofile", "-i"], env=environment, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    try:
        os.write(
            main,
            b'eval "$(beroenden completion bash)"; bind "set bell-style none"; beroenden() { printf "<%s>" "$*"; }\n',
        )
        for line in lines:
            os.write(main, line.encode() + b"\t\n")
        os.write(main, b"printf '<%s>' end\n")
        told = b""
        while b"<end>" not in told:
            assert select.select([main], [], [], 30)[0], told
            told += os.read(main, 65536)
    finally:
        bash.kill()
        bash.wait()
        os.close(main)
    return [one.decode() for one in re.findall(rb"<([^<>%]*)>", told)][:-1]


@pytest.mark.skipif(_bash() is None or os.name == "nt", reason="no bash of 4.4 or later, or no terminal")
@pytest.mark.parametrize(
    ("line", "completed_to"),
    [
        ("view {} --to TLP:A", "view {} --to TLP:AMBER"),
        ("view {} --tlp TLP:G", "view {} --tlp TLP:GREEN"),
        ("explain {} --outage telia --start 2026-12-16T08:00 barnb", None),
        ("edit set {} window:kontorst", "edit set {} window:kontorstid"),
        ("edit add {} need provider=bankg", "edit add {} need provider=bankgirot"),
        ("edit set {} csn-utbetalning rt", "edit set {} csn-utbetalning rt"),
    ],
)
def test_bash_completes_where_words_have_colons_and_equals_signs(tmp_path, line, completed_to):
    expected = completed_to or line + "idrag"
    assert typed_in_bash(tmp_path, f"beroenden {line.format(SOES)}") == [expected.format(SOES)]


@pytest.mark.skipif(_bash() is None, reason="no bash of 4.4 or later")
def test_bash_completes(tmp_path, model):
    script = """
    eval "$(beroenden completion bash)"
    [[ $(complete -p beroenden) == *_beroenden_completion* ]] || exit 1
    COMP_LINE="beroenden simulate $1 --outage cl"; COMP_POINT=${#COMP_LINE}
    COMP_WORDS=(beroenden simulate "$1" --outage cl); COMP_CWORD=4; COMPREPLY=()
    _beroenden_completion beroenden && printf '%s\\n' "${COMPREPLY[@]}"
    """
    quoted = "'" + str(model) + "'"  # bash keeps the quotation marks that were typed
    arguments = [str(_bash()), "--norc", "-c", script, "bash", quoted]
    done = subprocess.run(arguments, env=_with_program(tmp_path), capture_output=True, timeout=30)
    assert (done.stdout.decode(), done.stderr.decode()) == ("clr\n", "")


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish")
def test_fish_completes_lists_and_whole_names(tmp_path):
    ask = f"beroenden completion fish | source; complete -C 'beroenden exercise plan {SOES} --actors csn,forsakr'"
    done = subprocess.run(["fish", "-c", ask], env=_with_program(tmp_path), capture_output=True, timeout=30)
    assert done.stdout.decode() == "csn,forsakringskassan\tFörsäkringskassan\n"


def test_nothing_heavy_is_loaded_to_complete():
    settings = {ASKED: "bash_complete", "COMP_LINE": f"beroenden show {SOES} ban", "COMP_PIECE": "ban"}
    script = (
        "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); import beroenden.__main__"
    )
    done = subprocess.run([sys.executable, "-c", script], env=os.environ | settings, capture_output=True)
    loaded = done.stderr.decode().split()
    assert b"plain,bankgirot" in done.stdout
    assert "click" in loaded
    assert not {"numba", "numpy", "scipy", "babel", "dateutil", "rich", "beroenden.modelfiles.read"} & set(loaded)
