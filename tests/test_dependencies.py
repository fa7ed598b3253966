"""What is imported is declared, what is declared is imported, and what is heavy is imported late."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MODULES = {path: ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "beroenden").rglob("*.py"))}
DISTRIBUTIONS = packages_distributions()

NOT_IMPORTED = {"tzdata"}
"""Declared and never imported by us: zoneinfo reads the time zones of tzdata where the system has none."""

OPTIONAL = {"distributed", "pandas"}
"""Of the extras: loaded when --dask or a data frame is asked for, with a sentence where they are not installed."""

LATE = OPTIONAL | {"jinja2", "matplotlib", "networkx", "numba", "numpy", "openpyxl", "pyvis", "relibmss", "scipy"}
"""Not loaded until a command needs it: `beroenden --help` is to answer at once."""


def normalized(name: str) -> str:
    """A distribution's name as it is compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """The names of requirements."""
    return {normalized(re.match(r"[\w.-]+", one)[0]) for one in requirements}


def imported(tree: ast.AST) -> set[str]:
    """The top-level names of what a module imports, at the top or within functions, also by `import_module`."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                names |= {one.name for one in node.names}
            case ast.ImportFrom(level=0):
                names.add(node.module)
            case ast.Call(func=ast.Name(id="import_module"), args=[ast.Constant(value=str(name)), *_]):
                names.add(name)
    return {name.split(".")[0] for name in names} - {"beroenden"} - sys.stdlib_module_names


def distributions(name: str) -> set[str]:
    """The distributions that a top-level name comes from."""
    return {normalized(one) for one in DISTRIBUTIONS.get(name, [name])}


CORE = declared(PROJECT["dependencies"])
EXTRAS = declared([one for group in PROJECT["optional-dependencies"].values() for one in group])
FOUND = {name for tree in MODULES.values() for name in imported(tree)}


def test_the_reading_of_imports_sees_every_form():
    code = "import a.b\nfrom c.d import e\nfrom . import f\nimport json\ndef g():\n import h\n import_module('i.j')"
    assert imported(ast.parse(code)) == {"a", "c", "h", "i"}
    assert declared(["Python_Docx>=1.1", "a.b[c]>=2; x"]) == {"python-docx", "a-b"}


@pytest.mark.parametrize("name", sorted(FOUND - OPTIONAL))
def test_what_is_imported_is_declared(name):
    assert distributions(name) & CORE, f"{name} is imported; declare it in pyproject.toml"


@pytest.mark.parametrize("name", sorted(OPTIONAL))
def test_what_is_optional_is_in_an_extra_and_used(name):
    assert name in FOUND
    assert distributions(name) & EXTRAS
    assert not distributions(name) & CORE


@pytest.mark.parametrize("distribution", sorted(CORE))
def test_what_is_declared_is_imported(distribution):
    is_imported = any(distribution in distributions(name) for name in FOUND)
    assert is_imported != (distribution in NOT_IMPORTED)


def test_every_dependency_says_from_which_version_and_what_it_is_for():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    (block,) = re.findall(r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = block.splitlines()
    assert len(lines) == len(PROJECT["dependencies"])
    for line in lines:
        assert re.fullmatch(r' +"[\w.-]+>=[\w.]+", +# \w.*', line), line


def test_what_is_heavy_is_loaded_late():
    code = "import sys, beroenden, beroenden.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not LATE & {*done.stdout.split()}


def test_what_is_imported_when_a_command_is_chosen_is_small():
    """At the top of modules of the command line stand only click and our own: the rest is within functions."""
    top = {
        name
        for path, tree in MODULES.items()
        if path.parent.name == "cli"
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
    }
    assert top <= {"click"}
