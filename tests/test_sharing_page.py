"""models/DELNING.md: it has a word on every command, says which take a reader, and knows every label."""

import re
from pathlib import Path

import click
import pytest
from pages import every_command

from beroenden.model.labels import TLP

PAGE = (Path(__file__).parents[1] / "models" / "DELNING.md").read_text("utf-8")
OTHERS, _, OWN = PAGE.partition("**För andra**")[2].partition("\n## ")[0].partition("**Bara för eget hus.**")
ACTOR_IS_READER = {"form", "exercise plan", "exercise import", "exercise move"}


def told_in(table: str) -> set[str]:
    """The commands that the first column of a table names."""
    cells = re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)
    named = [name for cell in cells for name in re.findall("`([^`]*)`", cell)]
    return {name.partition(" --")[0] for name in named} - {"samlad", "soes", "kontakter"}


def takes_a_reader(command: click.Command) -> bool:
    options = [one for one in command.params if isinstance(one, click.Option)]
    return any(one.name == "to" and {"--tlp", "--to"} & set(one.opts) for one in options)


@pytest.mark.parametrize("name", sorted(every_command()))
def test_each_command_stands_in_one_of_the_two_tables(name: str) -> None:
    others, own = told_in(OTHERS), told_in(OWN)
    assert (name in others) + (name in own) == 1
    is_for_others = name in ACTOR_IS_READER or takes_a_reader(every_command()[name])
    adds_a_request = name == "incident add"
    assert (name in others) == (is_for_others and not adds_a_request)


def test_no_command_is_named_that_is_not_there() -> None:
    assert told_in(OTHERS) | told_in(OWN) == set(every_command())


def test_labels_are_all_explained_and_never_translated() -> None:
    for label in TLP:
        assert f"| `{label}` |" in PAGE
    assert set(re.findall(r"TLP:[A-Z+]+", PAGE)) == {*TLP, "TLP:WHITE"}
