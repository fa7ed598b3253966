"""The exercise in sample_data is what the commands of its page make."""

import shutil
from pathlib import Path

import pytest
from pages import ROOT, blocks_of, copy_into, run

SAMPLE = ROOT / "sample_data/ovning"


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """The project's data where commands can write."""
    copy_into(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def making() -> tuple[list[str], list[str]]:
    """The commands that made the files: they stand in blocks of bash, since they write over what they stand beside."""
    plan, evaluate = (
        words
        for block in blocks_of("sample_data/ovning/README.md")
        if block.language == "bash"
        for words in block.commands
    )
    return plan, evaluate


def test_the_sample_is_what_its_command_makes(copy):
    plan, _ = making()
    kept = {"README.md", "spelad"}
    for path in (copy / "sample_data/ovning").iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    run(plan)
    made = {path.relative_to(copy / "sample_data/ovning"): path for path in (copy / "sample_data/ovning").rglob("*.*")}
    there = {path.relative_to(SAMPLE): path for path in SAMPLE.rglob("*.*")}
    assert made.keys() == there.keys()
    differing = [str(name) for name in there if made[name].read_bytes() != there[name].read_bytes()]
    assert differing == []


def test_its_evaluation_is_what_its_command_makes(copy):
    _, evaluate = making()
    run(evaluate)
    assert (copy / "utvardering.docx").read_bytes() == (SAMPLE / "spelad/utvardering.docx").read_bytes()
