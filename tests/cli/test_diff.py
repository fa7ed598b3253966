"""`beroenden diff` as a user meets it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from chain import network, tables
from click.testing import CliRunner

import beroenden
from beroenden.cli.diff import diff
from beroenden.cli.main import commands

SOES = Path(__file__).parents[2] / "models" / "soes"
WINDOW = ("--for", "24h", "--window", "2026-12-15..2026-12-18", "--every", "6h")


def run(*arguments: object, **environment: str):
    words = [str(one) for one in arguments]
    return CliRunner().invoke(diff, words, env={"COLUMNS": "80", **environment}, prog_name="beroenden diff")


def told(*arguments: object):
    done = run(*arguments, "--json", "-")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def models(tmp_path) -> tuple[Path, Path]:
    raw = tables()
    raw["entity"][1]["needs"][0]["endurance"] = "0min"
    raw["entity"][1]["rto"] = "6h"
    raw["entity"][3]["needs"] = [{"provider": "power"}]
    beroenden.save(network(), tmp_path / "old.toml")
    made, findings = beroenden.build(raw)
    assert made is not None, findings
    beroenden.save(made, tmp_path / "new.toml")
    return tmp_path / "old.toml", tmp_path / "new.toml"


def test_the_difference_is_told_within_80_columns(models):
    done = run(*models)
    assert done.exit_code == 0
    assert done.stdout.replace("\N{NO-BREAK SPACE}", " ") == (
        "\nEntities and their needs\n"
        "  + clr, need of power\n"
        "  ~ sys\n"
        "      recovery time (rto): 8 h → 6 h\n"
        "  ~ sys, need of power (electricity)\n"
        "      endurance: 4 h → 0 min\n"
        "\n1 tables added, 0 removed, 2 changed and 0 renamed.\n"
    )
    assert run(*models).stdout == done.stdout


def test_long_texts_are_wrapped(tmp_path, models):
    path = tmp_path / "long.toml"
    path.write_text(models[1].read_text().replace('"electricity"', f'"{"elektricitet " * 20}"'))
    done = run(models[0], path, BEROENDEN_LANG="sv")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_and_exit_codes(models):
    found = told(*models)
    assert found["schema"] == "beroenden/model-difference/1"
    assert found["old"]["hash"] == network().hash
    assert found["consequences"] is None
    assert found["changed"][0] == {
        "kind": "entity",
        "id": "sys",
        "changes": [{"field": "rto", "old": "8h", "new": "6h"}],
    }
    assert run(*models, "--exit-code").exit_code == 1
    assert run(models[0], models[0], "--exit-code").exit_code == 0
    assert run(models[0], models[0]).stdout == "The models say the same.\n"


def test_both_models_faults_are_told(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text("[model]\nname = 3\n")
    done = run(tmp_path / "a.toml", tmp_path / "b.toml")
    assert done.exit_code == 1
    assert done.stderr.count("error B202") == 2


def test_wrong_usage(models):
    assert "--for goes with --consequences" in run(*models, "--for", "24h").stderr
    assert run(*models, "--consequences", "--for", "24h").exit_code == 2


def test_consequences_are_those_of_rank(models):
    found = told(*models, "--consequences", *WINDOW)["consequences"]
    ranks = []
    for model in models:
        done = CliRunner().invoke(commands, ["rank", str(model), *WINDOW, "--json", "-"])
        ranks.append(json.loads(done.stdout))
    assert found["by"] == "recipient_hours"
    assert found["outages"] == {"before": 6 * 16, "after": 6 * 16}
    assert found["moves"]
    for move in found["moves"]:
        for when, rank in zip(("before", "after"), ranks, strict=True):
            [place] = [place for place, one in enumerate(rank["entities"]) if one["entity"] == move["entity"]]
            one = rank["entities"][place]
            assert (move[when]["worst"], move[when]["mean"]) == (one["worst"], one["mean"])
            worse = sum((other["worst"], other["mean"]) > (one["worst"], one["mean"]) for other in rank["entities"])
            assert move[when]["rank"] == (None if one["harmless"] else worse + 1)
    told_moves = {move["entity"] for move in found["moves"]}
    for before in ranks[0]["entities"]:
        [after] = [one for one in ranks[1]["entities"] if one["entity"] == before["entity"]]
        if (before["worst"], before["mean"]) != (after["worst"], after["mean"]):
            assert before["entity"] in told_moves
    hits = [sum(one["starts_late"] for each in rank["single_points"] for one in each["entities"]) for rank in ranks]
    assert found["late"] == [{"payment": "allowance", "before": hits[0], "after": hits[1]}]
    assert hits[0] < hits[1]


def test_scenarios_are_simulated_on_both(models, tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text('name = "Ström"\n[[outage]]\nentity = "power"\nstart = 2026-12-15T17:00:00\nfor = "24h"\n')
    done = run(*models, "--consequences", *WINDOW, "--scenario", path)
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert re.search(r"Late runs +Amount +Recipient-hours", done.stdout)
    [found] = told(*models, "--consequences", *WINDOW, "--scenario", path)["consequences"]["scenarios"]
    for when, model in zip(("before", "after"), models, strict=True):
        outcome = json.loads(
            CliRunner().invoke(commands, ["simulate", str(model), "--scenario", str(path), "--json", "-"]).stdout
        )
        assert found[when]["payouts_delayed"] == outcome["totals"]["payouts_delayed"]
        assert found[when]["recipient_hours"] == outcome["totals"]["recipient_hours"]
    assert found["before"] != found["after"]


def test_what_is_not_counted_is_named_and_the_figures_are_then_at_least_so_much(models, tmp_path):
    raw = tables()
    raw["payment"].append(raw["payment"][0] | {"id": "grant", "name": "Grant"})
    del raw["payment"][1]["count"]
    made, _ = beroenden.build(raw)
    beroenden.save(made, tmp_path / "grant.toml")
    path = tmp_path / "scenario.toml"
    path.write_text('[[outage]]\nentity = "clr"\nstart = 2026-12-18T05:00:00\nfor = "24h"\n')
    told = run(models[0], tmp_path / "grant.toml", "--consequences", *WINDOW, "--scenario", path, COLUMNS="120").stdout
    assert "at least 43,200" in next(row for row in told.splitlines() if row.startswith("Clearing"))
    assert "Not counted, since the figure is lacking: Grant in the new." in told
    assert "Number unknown before or after of: Grant." in told


def test_a_renamed_entity_keeps_its_standing(tmp_path):
    shutil.copytree(SOES, tmp_path / "new")
    for file in (tmp_path / "new").iterdir():
        file.write_text(file.read_text().replace('"bankgirot"', '"bg"'))
    found = told(SOES, tmp_path / "new", "--consequences", "--for", "24h", "--start", "2026-12-17T08:00")
    assert [one["new"]["id"] for one in found["renamed"]] == ["bg"]
    assert not found["changed"]
    assert found["consequences"]["moves"] == []
    assert all(one["before"] == one["after"] for one in found["consequences"]["late"])


def test_git_difftool_shows_a_single_file(models, tmp_path):
    """As the docstring says; a folder needs a second worktree."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    folder = tmp_path / "repository"
    folder.mkdir()
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.se", "-c", "init.defaultBranch=main"]

    def git(*words: str) -> str:
        return subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    shutil.copy(models[0], folder / "model.toml")
    git("add", "model.toml")
    git("commit", "-q", "-m", "first")
    shutil.copy(models[1], folder / "model.toml")
    seen = folder / "seen.sh"
    seen.write_text('#!/bin/sh\ncp "$1" "$3/one.toml"\ncp "$2" "$3/two.toml"\n')
    seen.chmod(0o755)
    git("-c", f'difftool.x.cmd={seen} "$LOCAL" "$REMOTE" {tmp_path}', "difftool", "-y", "-t", "x", "--", "model.toml")
    assert run(tmp_path / "one.toml", tmp_path / "two.toml").stdout == run(*models).stdout
