"""Every text a user reads is written in Swedish and in English, the two say the same, and each is used."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
import texts
from jinja2 import Environment, meta, nodes
from texts_in_pages import outright_in, pairs_in, texts_in_script

from beroenden.documents.reference.codes import every_code
from beroenden.language import writing_in
from beroenden.views.explorer.words import script_words

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "beroenden"
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))
SCRIPTS = sorted(PACKAGE.rglob("*.js"))

SAME = frozenset(
    [
        "id",
        "version",
        "bank",
        "system",
        "process",
        "scenario",
        "period",
        "definition",
        "status",
        "agenda",
        "start",
        "information",
        "text",
        "rrule",
        "form",
        "sort",
        "filter",
    ]
)
"""Words that are the same in Swedish and English, or are keys of the model's files."""
SAME_TEXTS = frozenset(
    {
        "{}, version {}",
        "ISO 8601",
        "ArchiMate, `import archimate`",
        "measure: strategic, operational, communicative; request: help, information, action, message.",
        "measure: decided, ongoing, done, cancelled [decided].",
    }
)
"""Names, and lists of the values that a log takes."""
SWEDISH_NAMES = frozenset({"lägesbild", "därefter", "ja", "nej"})
"""Swedish terms that English texts keep: the document's name, and words to be written in a cell."""
ALTERNATIVES = frozenset(
    {"interop/archimate/mapping.py", "interop/questionnaire/columns.py", "interop/openaev/sheet.py"}
)
"""Where tuples are the names that are read for one thing, not one text in two languages."""
ONE_LANGUAGE = {
    "cli/lagesbild.py": "a type, for the checker",
    "cli/shells.py": "scripts in the language of a shell",
    "documents/reference/examples.py": "examples of model files, in which people write Swedish",
    "incident/exchange/files.py": "the head of a file",
    "incident/lagesbild/statements.py": "English by its Swedish key",
    "incident/log/text.py": "what the reader of TOML says, to be recognised",
    "interop/archimate/mapping.py": "names of the exchange format",
    "interop/archimate/written.py": "the name of a property of the exchange format",
    "interop/dora/codes.py": "what the regulation calls it, as registers write it",
    "interop/questionnaire/agenda.py": "columns and values of a list, the same in both languages as those of the form",
    "interop/questionnaire/matters.py": "values of the same list",
    "interop/questionnaire/settled.py": "decisions in the same list",
    "modelfiles/persons.py": "names of people, to be recognised",
    "modelfiles/editing/unified.py": "what a unified difference says",
}
"""Files with texts in one language, and why that is right."""
SAYERS = frozenset(
    [
        "echo",
        "secho",
        "line",
        "heading",
        "table",
        "UsageError",
        "ClickException",
        "BadParameter",
        "confirm",
        "prompt",
        "Paragraph",
        "Table",
        "Item",
        "Bullets",
        "write_string",
        "add_worksheet",
    ]
)
"""What shows a text to a user."""
SHOWN_AS_IT_IS = frozenset({"Inspel", "OpenAEV", "cd {}", "window: {}"})
"""Names of sheets and parameters, and a command."""
CALLED_BY_OTHERS = frozenset(
    [
        "_repr_html_",
        "setDocumentLocator",
        "startElement",
        "endElement",
        "get_completion_args",
        "format_completion",
        "GOALS",
    ]
)
"""Methods that another library calls (notebooks, the reader of XML, click), and what a test compares."""


@cache
def modules() -> dict[str, ast.Module]:
    """The package's syntax trees by path."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def takers() -> dict[str, int]:
    return texts.takers_of_both(modules().values())


@cache
def kept_names() -> frozenset[str]:
    """Columns, values and forms that are Swedish words in any language."""
    words = (word for tree in modules().values() for word in texts.single_words(tree, takers()))
    return SWEDISH_NAMES | {word.lower() for word in words}


def is_the_same_on_purpose(text: str) -> bool:
    return text in SAME_TEXTS or text.lower() in SAME


def told(found: list[str]) -> str:
    return "\n" + "\n".join(found)


def test_each_text_says_the_same_in_both_languages():
    found = []
    for name, tree in modules().items():
        if name in ALTERNATIVES:
            continue
        for pair in texts.pairs(tree, takers()):
            if not is_the_same_on_purpose(pair.sv.words):
                found += [f"{name}:{pair.line}: {fault}: {pair.sv.words}" for fault in texts.faults(pair, kept_names())]
    assert not found, told(found)


def test_no_text_is_written_in_one_language():
    found = [
        f"{name}:{line}: {text}"
        for name, tree in modules().items()
        if name not in ONE_LANGUAGE
        for line, text in texts.literals(tree, takers())
    ]
    assert not found, told(found)


def test_files_with_texts_in_one_language_have_some():
    assert [name for name in ONE_LANGUAGE if not [*texts.literals(modules()[name], takers())]] == []


def test_what_is_shown_goes_through_say():
    found = [
        f"{name}:{line}: {text}"
        for name, tree in modules().items()
        for line, text in texts.said_outright(tree, SAYERS)
        if not name.startswith("documents/reference/") and text.strip() not in SHOWN_AS_IT_IS
    ]
    assert not found, told(found)


def test_instants_are_written_by_units_times():
    """Only the language-aware functions of units write a date or a time of day for a reader."""
    allowed = {"analysis/difference/words.py"}
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules().items()
        for node in texts.nodes_of(tree)
        if isinstance(node, ast.Call) and texts.called(node) == "strftime"
        if not name.startswith("units/") and name not in allowed
    ]
    assert not found, told(found)


def test_nothing_is_defined_that_nothing_uses():
    """Names that only tests use are told too: a text of theirs would reach nobody."""
    elsewhere = "\n".join(path.read_text("utf-8") for path in (*TEMPLATES, *SCRIPTS))
    words = [name for name in texts.unused(modules().values(), elsewhere) if is_about_words(name)]
    assert not words, told(words)


def is_about_words(name: str) -> bool:
    """Whether a name says that it holds texts: capitals, or a function of words."""
    return name not in CALLED_BY_OTHERS and bool(re.search(r"^[A-Z_]+$|words|text|title|name|said|told|heading", name))


def test_every_word_of_a_dictionary_is_asked_for():
    gone_through = {"cli/completion.py", "views/explorer/words.py"}
    asked_for = texts.unasked(modules(), takers())
    found = [f"{name}:{line}: {key}" for name, line, key in asked_for if name not in gone_through]
    assert not found, told(found)


# Templates and scripts


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_all_in_both_languages(path):
    template = path.read_text("utf-8")
    assert outright_in(template) == []
    found = [
        f"{pair.line}: {fault}: {pair.sv.words}"
        for pair in pairs_in(template)
        for fault in texts.faults(pair)
        if not is_the_same_on_purpose(pair.sv.words)
    ]
    assert not found, told(found)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_what_they_are_given_and_are_given_what_they_use(path):
    parsed = Environment().parse(path.read_text("utf-8"))
    own = {one.target.name for one in parsed.find_all(nodes.Assign)}
    assert given_to(path.name) == meta.find_undeclared_variables(parsed) - own


def given_to(template: str) -> set[str]:
    """The names that the module which loads a template hands to it: when it renders, and as globals."""
    (tree,) = [
        tree
        for tree in modules().values()
        if any(getattr(one, "value", None) == template for one in texts.nodes_of(tree))
    ]
    given = {
        word.arg
        for node in texts.nodes_of(tree)
        if isinstance(node, ast.Call) and texts.called(node) == "render"
        for word in node.keywords
    }
    for node in texts.nodes_of(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and ast.unparse(node.func).endswith("globals.update")
        ):
            given |= {word.arg for word in node.keywords}
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("globals"):
            given.add(ast.literal_eval(node.slice))
    return {name for name in given if name}


def test_scripts_use_every_word_they_are_given_and_no_other():
    source = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    asked = set(re.findall(r"\bwords\.(\w+)", source))
    by_value = {"any", "too_late", "confidence", "age"}
    assert "words[run.latestState]" in source
    assert "words[name][value]" in source
    assert set(script_words()) == asked | by_value


def test_the_gaps_of_the_scripts_words_are_filled():
    source = "\n".join(path.read_text("utf-8") for path in SCRIPTS)
    for language in ("sv", "en"):
        with writing_in(language):
            for name, text in script_words().items():
                gaps = set(
                    re.findall(r"\{(\w+)\}", text if isinstance(text, str) else " ".join(map(str, every_text(text))))
                )
                for gap in gaps:
                    assert re.search(rf"\b{gap}\b\s*[:,}}]", source), (name, gap)
    assert every_text(script_words())


def every_text(given: object) -> list[str]:
    """All texts of a dictionary of dictionaries and lists."""
    if isinstance(given, dict):
        return [text for one in given.values() for text in every_text(one)]
    if isinstance(given, list):
        return [text for one in given for text in every_text(one)]
    return [str(given)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_hold_no_texts(path):
    assert texts_in_script(path.read_text("utf-8")) == []


# Findings


@cache
def findings(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """What each finding says in a language, by code and severity."""
    with writing_in(language):
        return {(one.code, one.severity): one.messages for one in every_code()}


def test_every_finding_is_said_in_both_languages():
    assert findings("sv").keys() == findings("en").keys()
    for key, messages in findings("sv").items():
        assert messages, key
        assert all((*messages, *findings("en")[key])), key


def test_every_finding_is_tried_by_a_test():
    tried = {
        code
        for path in (ROOT / "tests").rglob("*.*")
        if path.suffix in (".py", ".toml", ".md")
        for code in re.findall(r"\bB\d{3}\b", path.read_text("utf-8"))
    }
    assert {code for code, _ in findings("en")} - tried == set()
