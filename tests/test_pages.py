"""Every command of every page runs, prints what the page shows, and leads somewhere."""

import re
from itertools import pairwise
from pathlib import Path

import click
import pytest
from pages import PAGES, ROOT, blocks_of, copy_into, pieces, run

import beroenden
from beroenden.cli.main import commands


def output_option(words: list[str]) -> Path | None:
    """The file or folder that a command is told to write."""
    return next((Path(to) for option, to in pairwise(words) if option in ("-o", "--output")), None)


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_is_one_that_there_is(page):
    for block in blocks_of(page):
        for words in block.commands if block.language == "sh" else ():
            if words[0] == "cp":
                continue
            command: click.Command = commands
            rest = words[1:]
            while isinstance(command, click.Group):
                found = command.get_command(click.Context(command), rest[0])
                assert found is not None, f"{page}: there is no command {rest[0]}"
                command, rest = found, rest[1:]
            command.make_context(command.name, rest)


@pytest.mark.sweep
@pytest.mark.parametrize("page", [page for page in PAGES if any(one.language == "sh" for one in blocks_of(page))])
def test_the_commands_of_a_page_run_and_print_what_it_shows(page, tmp_path, monkeypatch):
    copy_into(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BEROENDEN_LANG", "en" if page == "README.md" else "sv")
    printed = ""
    for block in blocks_of(page):
        if block.language == "sh":
            for words in block.commands:
                printed += run(words)
                to = output_option(words)
                assert to is None or to.exists(), words
        elif block.language == "text" and printed:
            for piece in pieces(block.text):
                assert piece in printed or "error B204" in piece, f"{page} shows what is not printed:\n{piece}"


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page):
    text = (ROOT / page).read_text("utf-8")
    here = (ROOT / page).parent
    for to in re.findall(r"\]\(([^)\s]+)\)", text):
        file, _, anchor = to.partition("#")
        if "://" in file:
            continue
        target = here / file if file else ROOT / page
        assert target.exists(), f"{page} links to {to}"
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}, to


def test_the_python_of_the_readme_runs(monkeypatch, tmp_path):
    (code,) = (block.text for block in blocks_of("README.md") if block.language == "python")
    copy_into(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(code, names)
    outcome = names["outcome"]
    assert isinstance(outcome, beroenden.Outcome)
    assert outcome.payouts_delayed > 1_000_000
    assert (tmp_path / "karta.html").is_file()


def test_the_finding_of_the_readme_is_what_is_printed(tmp_path):
    readme = (ROOT / "README.md").read_text("utf-8")
    (told,) = re.findall(r"^models/soes/infrastructure.toml:(\d+:\d+: error .*)$", readme, re.MULTILINE)
    text = (ROOT / "models/soes/infrastructure.toml").read_text("utf-8")
    (tmp_path / "m.toml").write_text('[model]\nname = "m"\n', "utf-8")
    (tmp_path / "i.toml").write_text(text.replace('endurance = "0min"', 'endurance = "4 timmar"', 1), "utf-8")
    found = [str(finding).removeprefix(f"{tmp_path / 'i.toml'}:") for finding in beroenden.load(tmp_path)[1]]
    assert told in found


def test_the_model_of_ones_own_that_the_page_begins_with_is_sound_and_can_be_built_on(tmp_path, monkeypatch):
    page = (ROOT / "models/README.md").read_text("utf-8")
    (section,) = re.findall(r"^## En egen modell$(.*?)^(?:## |<!--)", page, re.MULTILINE | re.DOTALL)
    (text,) = re.findall(r"^```toml\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    commands_told = re.findall(r"`(beroenden (?:validate|edit) [^`]+)`", section)
    assert [one.split()[1] for one in commands_told] == ["validate", "edit"]
    (tmp_path / "models/var").mkdir(parents=True)
    (tmp_path / "models/var/model.toml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    told = "".join(run(one.split()) for one in commands_told)
    assert "error" not in told
    network = beroenden.load_or_raise("models/var")
    assert network.entity["tele"].name == "Telenätet"
    hidden = {one.name for one in (tmp_path / "models/var").iterdir()} - {"model.toml"}
    assert (
        hidden <= {name for name in (".model.undo", ".model.lock") if f"`{name}`" in section}
        and ".model.undo" in hidden
    )
