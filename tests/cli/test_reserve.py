"""Whatever lives on what is left of a need of several providers is said to be so with the same words everywhere."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands
from beroenden.language import Language, writing_in
from beroenden.views.explorer.page import page
from beroenden.views.signs import state_words

MODEL = """
[model]
name = "Liten"
version = "1"

[[entity]]
id = "ordinarie"
kind = "supplier"

[[entity]]
id = "andra"
kind = "supplier"

[[entity]]
id = "system"
name = "Systemet"
kind = "system"
owner = "system"

  [[entity.needs]]
  any_of = ["ordinarie", "andra"]
"""
OUTAGE = ("--outage", "ordinarie", "--start", "2026-12-16T08:00", "--for", "6h")


@pytest.mark.parametrize(("language", "words"), [("sv", "går på reserv"), ("en", "on its reserve")])
def test_on_its_reserve_is_said_alike_everywhere(
    language: Language, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.toml"
    path.write_bytes(MODEL.encode())
    monkeypatch.setenv("BEROENDEN_LANG", language)
    network = beroenden.load_or_raise(path)
    with writing_in(language):
        simulated = CliRunner().invoke(commands, ["simulate", str(path), *OUTAGE]).stdout
        explained = CliRunner().invoke(commands, ["explain", str(path), *OUTAGE, "system"]).stdout
        outage = [{"entity": "ordinarie", "start": "2026-12-16T08:00", "for": "6h"}]
        shown = page(network, beroenden.simulate(network, outage).to_dict())
        legend = state_words("reserve")
    for told in (simulated, explained, legend, shown):
        assert words in " ".join(told.lower().split())
    for told in (simulated, explained, legend, shown):
        assert "förlorad" not in told and "reserve lost" not in told.lower()
