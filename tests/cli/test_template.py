"""beroenden template, as a user meets it."""

import json

import docx
import pytest
from click.testing import CliRunner

from beroenden.cli.template import template


def run(*arguments: object):
    return CliRunner().invoke(template, [str(argument) for argument in arguments])


def test_new_writes_a_template_that_check_accepts(tmp_path):
    path = tmp_path / "own.docx"
    assert run("new", "-o", path, "--form", "soes").exit_code == 0
    done = run("check", path, "--form", "soes", "--json", "-")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["unknown"] == []
    assert "innehall" in json.loads(done.stdout)["used"]


def test_new_keeps_the_template_that_was_there(tmp_path):
    path = tmp_path / "own.docx"
    path.write_bytes(b"mine")
    assert run("new", "-o", path).exit_code == 0
    assert (tmp_path / "own.1.docx").read_bytes() == b"mine"


def test_check_tells_what_is_unknown_and_what_would_be_lost(tmp_path):
    made = docx.Document()
    made.add_paragraph("{{ aktorn }} {{ tlp }}")
    made.save(tmp_path / "own.docx")
    done = run("check", tmp_path / "own.docx")
    assert done.exit_code == 1
    assert "Not in the form: aktorn" in done.stdout
    assert "{{ innehall }}" in done.stderr


def test_list_tells_what_placeholders_become():
    assert "{{ fakta_handelse }}" in run("list").stdout
    known = json.loads(run("list", "--form", "delgivning", "--json", "-").stdout)
    assert known["placeholders"]["tlp"] == "The label, e.g. TLP:AMBER"


@pytest.mark.parametrize(
    "arguments",
    [("list", "--form", "inter"), ("new", "-o", "own.odt"), ("check", "none.docx"), ("check", __file__)],
)
def test_wrong_usage_is_answered_with_a_sentence(arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Error:" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("name", ["new", "list", "check"])
def test_each_command_has_help_with_an_example(name):
    assert f"beroenden template {name}" in run(name, "--help").output.replace("\n", " ")
