"""`beroenden exercise evaluate` as its user meets it."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from exercise.played import FULL, HEAD, NETWORK, exercise

import beroenden
from beroenden.cli.exercise_evaluate import evaluate
from beroenden.exercise.files.write import to_toml
from beroenden.interop.inject_list.written import xlsx


@pytest.fixture
def folder(tmp_path):
    beroenden.save(NETWORK, tmp_path / "modell.toml")
    planned = exercise(injects=tuple(replace(one, status="utkast", played=None) for one in exercise().injects))
    (tmp_path / "ovning.toml").write_text(to_toml(planned, NETWORK), "utf-8")
    (tmp_path / "payer.toml").write_text(HEAD.format(actor="payer", is_exercise="true") + FULL, "utf-8")
    (tmp_path / "live.toml").write_text(HEAD.format(actor="b2", is_exercise="false"), "utf-8")
    return tmp_path


def run(folder, *more):
    return CliRunner().invoke(evaluate, [str(folder), *(str(one) for one in more)])


def paths(folder, *more):
    return [folder / one if one.endswith((".toml", ".xlsx", ".md")) else one for one in more]


@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_it_is_written_in_each_format(folder, ending):
    out, data = folder / f"u.{ending}", folder / "u.json"
    done = run(folder, "--log", folder / "payer.toml", "-o", out, "--json", data)
    assert done.exit_code == 0, done.output
    assert out.stat().st_size > 1000
    made = json.loads(data.read_text("utf-8"))
    assert (made["schema"], made["exercise"]) == ("beroenden/evaluation/1", "Övning Strömlöst")
    assert made["players"][0]["noticed"][0]["lag_minutes"] == 40  # from the planned time


def test_the_list_says_what_was_played(folder):
    spelat = folder / "spelad.xlsx"
    spelat.write_bytes(xlsx(exercise(injects=_sendable()), NETWORK))
    done = run(folder, "--list", spelat, "--log", folder / "payer.toml", "-o", folder / "u.md", "--json", "-")
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    first = made["players"][0]["noticed"][0]
    assert (first["known"], first["known_from"], first["lag_minutes"]) == ("2026-12-15T16:30+01:00", "played", 10)
    assert made["injects"][1]["outcome"] == "TiB larmade"


def test_a_log_that_lies_outside_the_exercise_is_told(folder):
    entry = '\n[[observation]]\nid = "observation-1"\ntime = 2025-01-10T09:05:00+01:00\ntext = "…"\nentity = "sys"\n'
    (folder / "b2.toml").write_text(HEAD.format(actor="b2", is_exercise="true") + entry, "utf-8")
    done = run(folder, "--log", folder / "b2.toml", "-o", folder / "u.md")
    assert "none of 1 entries" in done.stderr
    assert "none of" not in run(folder, "--log", folder / "payer.toml", "-o", folder / "u.md").stderr


def _sendable():
    """The injects with everything that one has to have that was played."""
    filled = {"objective": "Mål", "expected": "Åtgärd", "responsible": "Motspel", "questions": "Vad gör ni?"}
    return tuple(replace(one, **filled) for one in exercise().injects)


def test_the_document_is_in_the_language_of_the_exercise_unless_told(folder):
    run(folder, "-o", folder / "u.md")
    assert "Åtgärder att följa upp" in (folder / "u.md").read_text("utf-8")
    run(folder, "-o", folder / "en.md", "--lang", "en")
    assert "Measures to follow up" in (folder / "en.md").read_text("utf-8")


def test_a_log_on_the_other_clock_is_doubted(folder):
    entry = '\n[[observation]]\nid = "observation-1"\ntime = 2026-11-10T09:05:00+01:00\ntext = "…"\nentity = "sys"\n'
    path = folder / "b2.toml"
    path.write_text(HEAD.format(actor="b2", is_exercise="true") + entry, "utf-8")
    done = run(folder, "--log", path, "-o", folder / "u.md", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "1 of 1 entries lie in the time of play" in done.stderr
    assert "lie in the time of play" in (folder / "u.md").read_text("utf-8")
    done = run(folder, "--log", path, "-o", folder / "u.md", "--lang", "en", "--clock", "play")
    assert "right?" not in done.stderr
    done = run(folder, "--log", f"{path}@play", "-o", folder / "u.md", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "right?" not in done.stderr
    assert "times of the logs are those of play" in (folder / "u.md").read_text("utf-8")
    done = run(folder, "--log", f"{path}@scenario", "-o", folder / "u.md", "--lang", "en", "--clock", "play")
    assert "lie in the time of play" in done.stderr


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        (["-o", "u.pdf"], 2, ".docx"),
        (["-o", "u.md", "--late", "lagom"], 2, "is no length"),
        (["-o", "u.md", "--log", "live.toml"], 2, "marked LIVE"),
        (["-o", "u.md", "--log", "payer.toml", "--log", "payer.toml"], 2, "Two logs"),
        (["-o", "u.md", "--log", "none.toml"], 1, "none.toml"),
        (["-o", "u.md", "--list", "none.xlsx"], 1, "none.xlsx"),
        (["-o", "u.md", "--clock", "wall"], 2, "'play'"),
    ],
)
def test_wrong_usage_names_the_way_out(folder, more, code, told):
    done = run(folder, *paths(folder, *more))
    assert done.exit_code == code, done.output
    assert told in done.stderr


def test_a_folder_without_exercise_and_an_exercise_without_model(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    assert "beroenden exercise plan" in run(empty, "-o", empty / "u.md").stderr
    text = (folder / "ovning.toml").read_text("utf-8").replace('model = "modell.toml"\n', "")
    (empty / "ovning.toml").write_text(text, "utf-8")
    done = run(empty, "-o", empty / "u.md")
    assert done.exit_code == 2
    assert "--model" in done.stderr
    assert run(empty, "-o", empty / "u.md", "--model", folder / "modell.toml").exit_code == 0
