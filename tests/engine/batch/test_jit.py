"""Compiled code: kept where it can be, done without where it cannot; and sums as Python adds them up."""

import importlib
import math
import random
from pathlib import Path

import pytest

from beroenden.engine.batch import jit, levels


def test_the_folder_that_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(jit._config, "CACHE_DIR", str(tmp_path / "asked"))
    folder = jit.cache_folder()
    assert folder is not None and folder.parent == tmp_path / "asked"
    assert folder.is_dir()


def test_the_users_folder_where_the_other_cannot_be_written_to(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(jit._config, "CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setattr(jit, "_user_cache", lambda: tmp_path / "user")
    folder = jit.cache_folder()
    assert folder is not None and folder.parent == tmp_path / "user" / "beroenden"


def test_without_any_folder_it_is_compiled_each_time(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(jit._config, "CACHE_DIR", "")
    monkeypatch.setattr(jit, "_user_cache", lambda: tmp_path / "file")
    assert jit.cache_folder() is None
    assert jit.entry(twice)(21) == 42


def twice(number):
    return 2 * number


def test_a_change_in_any_source_gives_another_folder(monkeypatch, tmp_path):
    before = jit._fingerprint()
    for pattern in jit._SOURCES:
        found = sorted(jit._PACKAGE.glob(pattern))
        assert found
        for file in found:
            copy = tmp_path / file.relative_to(jit._PACKAGE)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    monkeypatch.setattr(jit, "_PACKAGE", tmp_path)
    assert jit._fingerprint() == before
    changed = tmp_path / "engine" / "operators.py"
    changed.write_text(changed.read_text("utf-8") + "\n", "utf-8")
    assert jit._fingerprint() != before


@pytest.mark.parametrize("seed", range(20))
def test_a_sum_is_pythons(seed):
    draw = random.Random(seed)
    terms = [draw.choice([1e-9, 0.1, 1 / 3, 1e16, -1e16]) * draw.random() for _ in range(draw.randint(0, 30))]
    assert added(terms) == sum(terms, 0.0)


def test_a_compensated_sum_is_right(monkeypatch):
    monkeypatch.setattr(levels, "COMPENSATED", True)
    assert added([0.1] * 10) == math.fsum([0.1] * 10) == 1.0
    assert added([1.0, 1e100, 1.0, -1e100]) == 2.0


def added(terms):
    total, carried = 0.0, 0.0
    for term in terms:
        total, carried = levels.add(total, carried, term)
    return levels.summed(total, carried)


def test_sources_that_are_compiled_are_all_in_the_fingerprint():
    folders = {Path(pattern).parent.as_posix() for pattern in jit._SOURCES}
    for name in ("beroenden.engine.kernel", "beroenden.engine.operators", "beroenden.consequences.batch.run"):
        file = Path(importlib.import_module(name).__file__)
        assert file.parent.relative_to(jit._PACKAGE).as_posix() in folders
