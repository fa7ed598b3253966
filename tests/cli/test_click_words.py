"""What click says itself: Usage, Options, Error, No such option … in Swedish wherever the commands speak Swedish."""

import ast
import gettext
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

import beroenden.cli.group
from beroenden.cli.main import commands
from beroenden.language import writing_in

SOURCE = Path(beroenden.cli.group.__file__).with_name("locale") / "sv/LC_MESSAGES/click.po"
FREE = {
    "{value!r} is not a valid {number_type}.": "the types are named in English, and not by gettext",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": "as are the kinds of parameters",
}
"""Texts whose Swedish may leave out a gap, and why."""
HELP = """
import json, click
from click.testing import CliRunner
from beroenden.cli.main import commands
def walk(command, words):
    yield words
    for name, one in getattr(command, "commands", {}).items():
        yield from walk(one, [*words, name])
shown = {" ".join(words): CliRunner().invoke(commands, [*words, "--help"], terminal_width=80).output for words in walk(commands, [])}
print(json.dumps(shown))
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with SOURCE.open("rb") as file:
        return read_po(file, locale="sv")


def texts_of_click() -> dict[str, str]:
    """Every text that click marks for translation, with where it stands; of a plural the singular names it."""
    found = {}
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext", "ngettext"):
                given = node.args[0]
                if isinstance(given, ast.Constant):
                    found[given.value] = f"{path.name}:{node.lineno}"
    return found


def test_every_text_of_click_is_translated(catalogue):
    texts = texts_of_click()
    assert len(texts) > 50
    missing = [
        f"{place}: {text}" for text, place in texts.items() if text not in catalogue or not said(catalogue[text])
    ]
    assert not missing, "add to click.po:\n" + "\n".join(missing)


def said(message: object) -> bool:
    """Whether all forms of a message are translated."""
    string = message.string  # type: ignore[attr-defined]
    return all(all_of(string))


def test_translations_have_the_gaps_of_their_texts(catalogue):
    for message in catalogue:
        if not message.id or message.id in FREE:
            continue
        ids, strings = all_of(message.id), all_of(message.string)
        wanted = {gap for text in ids for gap in gaps(text)}
        assert {gap for text in strings for gap in gaps(text)} <= wanted, message.id
        assert gaps(ids[0]) <= {gap for text in strings for gap in gaps(text)}, message.id


def gaps(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}|%\(\w+\)s", text))


def test_the_compiled_catalogue_is_that_of_its_source(catalogue):
    with SOURCE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    renew = "python -m babel.messages.frontend compile -l sv -i click.po -o click.mo, in its folder"
    assert translations(compiled) == translations(catalogue), f"renew it: {renew}"


def translations(of: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Texts to what they become; more than one where there is a plural."""
    return {all_of(message.id): all_of(message.string) for message in of if message.id}


def all_of(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["simulat"], "Fel: Kommandot 'simulat' finns inte."),
        (["rank", "m", "--ouput"], "finns inte."),
        (["rank", "m", "--by", "x"], "'x' är inget av 'recipient_hours'"),
        (["rank", "m", "--k", "5"], "Ogiltigt värde för '--k': 5 går inte; ange 1 till 3."),
        (["rank", "m", "--k", "x"], "'x' är inget giltigt tal här."),
        (["risk", "m", "--years", "1"], "Ogiltigt värde för '--years': 1 går inte; ange minst 2."),
        (["risk", "m", "--window", "2026-12"], "”2026-12” är inget år; skriv ett år, t.ex. 2026."),
        (["improve", "m", "--risk", "--window", "december"], "”december” är inget år; skriv ett år, t.ex. 2026."),
        (["simulate", "m", "--remaining", "1.5"], "1.5 går inte; ange 0 till 1."),
        (["simulate", "models/soes", "--outage", "xyzzy"], "Se vad som finns: beroenden show MODELL"),
        (["rank", "m", "--k"], "Valet '--k' kräver ett värde."),
        (["calendar", "m", "--from", "5", "--to", "6"], "”5” är ingen dag; skriv 2026-12-01."),
        (["show", "a", "b", "c"], "Ett argument för mycket (c)"),
        (["simulate"], "Ange argumentet"),
        (["calendar", "m"], "Ange valet '--from'."),
        (["simulate"], "för hjälp."),
        (["simulate"], "Användning: beroenden simulate"),
    ],
)
def test_wrong_usage_is_told_in_the_language_of_the_rest(arguments, told):
    with writing_in("sv"):
        swedish = CliRunner().invoke(commands, arguments, prog_name="beroenden")
    english = CliRunner().invoke(commands, arguments, prog_name="beroenden")
    assert (swedish.exit_code, english.exit_code) == (2, 2)
    assert told in swedish.output
    assert told not in english.output
    assert "Error: " in english.output


def test_the_language_is_that_of_the_setting_and_nothing_of_it_is_left(monkeypatch):
    monkeypatch.setenv("BEROENDEN_LANG", "sv")
    monkeypatch.setenv("LANGUAGE", "de")
    before = gettext.textdomain()
    assert "Fel: " in CliRunner().invoke(commands, ["x"]).output
    assert os.environ["LANGUAGE"] == "de"
    assert gettext.textdomain() == before
    assert gettext.gettext("Usage:") == "Usage:"


def help_in(language: str) -> dict[str, str]:
    """The help of every command, as a program of its own says it."""
    environment = {**os.environ, "BEROENDEN_LANG": language, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", HELP], capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_help_is_in_one_language_and_fits_80_columns(language):
    shown = help_in(language)
    other = {
        "sv": r"Usage:|Options:|Commands:|Show this|\[required\]|default:|OPTIONS|ARGS|Example:|Positional",
        "en": r"Användning:|Val:|Kommandon:|Visa|krävs|förval:|\[VAL\]|Exempel:",
    }[language]
    assert len(shown) > 40
    for name, text in shown.items():
        assert not re.search(other, text), (name, text)
        assert not re.search(r"INTEGER|FLOAT|RANGE|%Y|BOOLEAN", text), (name, text)
        assert max(map(len, text.splitlines())) <= 80, (name, text)
